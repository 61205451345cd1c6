//! What the method `close` closes.

use crate::facts::{Holder, Native};
use crate::syntax::{arguments, bare, field, span, text_of, walk};
use std::collections::HashSet;
use tree_sitter::Node;

/// Notes in each native object whether `close` closes it.
pub(super) fn read(
    close: Node<'_>,
    class: Node<'_>,
    text: &str,
    natives: &mut [Native],
    escaped: &HashSet<usize>,
) {
    let mut is_plain = true;
    let mut closed = Vec::new();
    if let Some(body) = field(close, "body") {
        walk(body, &mut |node| {
            if node.kind() != "method_invocation" {
                return true;
            }
            let name = field(node, "name").map_or("", |name| text_of(name, text));
            let object = field(node, "object").map(bare);
            let mut targets: Vec<Node<'_>> = Vec::new();
            match object {
                Some(object) if name == "close" && is_name(object) => targets.push(object),
                object if is_log(object, text) => return true,
                _ if name.to_ascii_lowercase().contains("close") => {
                    let given = arguments(node).into_iter().map(bare);
                    targets.extend(given.filter(|node| is_name(*node)));
                    is_plain &= !targets.is_empty();
                }
                _ => is_plain = false,
            }
            for target in targets {
                let name = text_of(target, text);
                closed.push((name.rsplit('.').next().unwrap_or(name), span(node)));
            }
            true
        });
    }
    let has_parent = field(class, "superclass").is_some();
    for (at, native) in natives.iter_mut().enumerate() {
        let held = match &native.holder {
            Holder::Static(name) | Holder::Field(name) => Some(name.as_str()),
            Holder::Local(_) | Holder::Nowhere => None,
        };
        let place = closed.iter().find(|(name, _)| Some(*name) == held);
        native.closed_at = place.map(|(_, span)| *span);
        native.closed = match place {
            Some(_) => Some(true),
            None if !is_plain || has_parent || escaped.contains(&at) => None,
            None => Some(false),
        };
    }
}

fn is_name(node: Node<'_>) -> bool {
    matches!(node.kind(), "identifier" | "field_access")
}

fn is_log(object: Option<Node<'_>>, text: &str) -> bool {
    object.is_some_and(|object| {
        let name = text_of(object, text).to_ascii_lowercase();
        name.starts_with("log") || name == "system.out" || name == "system.err"
    })
}
