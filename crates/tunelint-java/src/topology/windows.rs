//! Windows: what kind of store they need, and how long it keeps.

use crate::facts::StoreKind;
use crate::fold::{Names, millis};
use crate::syntax::{DEEPEST, arguments, bare, field, text_of};
use std::collections::HashMap;
use tree_sitter::Node;

/// The grace of windows that were made without saying one, `Windows.DEPRECATED_DEFAULT_24_HR_GRACE_PERIOD`.
const OLD_GRACE: i64 = 86_400_000;

/// The innermost object of a chain of calls: `TimeWindows` of `TimeWindows.of(…).grace(…)`.
pub(super) fn root(node: Node<'_>) -> Node<'_> {
    let mut at = bare(node);
    for _ in 0..DEEPEST {
        match field(at, "object").map(bare) {
            Some(object) if at.kind() == "method_invocation" => at = object,
            _ => break,
        }
    }
    at
}

/// The kind of store that windows need, and its retention in milliseconds where it is plain:
/// `size + grace`, `2 × difference + grace` for sliding ones and joins, `gap + grace` for sessions.
pub(super) fn of(
    node: Node<'_>,
    text: &str,
    names: &Names,
    types: &HashMap<String, String>,
) -> (StoreKind, Option<i64>) {
    let start = text_of(root(node), text);
    let class = types.get(start).map_or(start, String::as_str);
    let kind = if class == "SessionWindows" {
        StoreKind::Session
    } else {
        StoreKind::Window
    };
    if types.contains_key(start) {
        // A variable: what it was made with is not plain.
        return (kind, None);
    }
    (kind, retention(class, node, text, names))
}

fn retention(class: &str, node: Node<'_>, text: &str, names: &Names) -> Option<i64> {
    let (mut made, mut grace) = (None, None);
    let mut at = Some(bare(node));
    while let Some(call) = at.filter(|node| node.kind() == "method_invocation") {
        let method = text_of(field(call, "name")?, text);
        let all = arguments(call);
        let duration = |at: usize| millis(*all.get(at)?, text, names);
        match method {
            "grace" => grace = Some(duration(0)?),
            "advanceBy" | "before" | "after" => {
                if class == "JoinWindows" {
                    return None;
                }
            }
            _ => {
                let length = duration(0)?;
                let said = if method.ends_with("AndGrace") || method == "withTimeDifferenceAndGrace"
                {
                    Some(duration(1)?)
                } else if method.ends_with("WithNoGrace") {
                    Some(0)
                } else {
                    None
                };
                made = Some((length, said));
            }
        }
        at = field(call, "object").map(bare);
    }
    let (length, said) = made?;
    let span = match class {
        "SlidingWindows" | "JoinWindows" => length.checked_mul(2)?,
        "TimeWindows" | "SessionWindows" => length,
        _ => return None,
    };
    let grace = grace.or(said).unwrap_or_else(|| (OLD_GRACE - span).max(0));
    span.checked_add(grace)
}
