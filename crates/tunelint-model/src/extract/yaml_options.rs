//! JVM options anywhere in a YAML file: a chart's values, variables of other tools.

use super::jvm::looks_like_options;
use super::launch::flag;
use super::pod::variable;
use crate::file::FileFacts;
use crate::fragment::Fragment;
use crate::jvm::{Carrier, Flag, OptionString};
use crate::kube::Sourced;
use tunelint_syntax::yaml::{Kind, Node};

/// More nodes than these are not looked at, through however many aliases.
const MOST_NODES: usize = 20_000;

/// Collects the strings and lists of options in a document that is nothing else of ours.
pub(super) fn extract(facts: &mut FileFacts, fragment: &Fragment<'_>, root: Node<'_>) {
    let mut left = MOST_NODES;
    let before = facts.options.len();
    walk(facts, fragment, root, None, 0, &mut left);
    if facts.options.len() > before {
        facts.add_role("JVM options");
    }
}

fn walk(
    facts: &mut FileFacts,
    fragment: &Fragment<'_>,
    node: Node<'_>,
    key: Option<&Sourced>,
    depth: usize,
    left: &mut usize,
) {
    const DEEPEST: usize = 40;
    *left = left.saturating_sub(1);
    if depth > DEEPEST || *left == 0 || node.alias().is_some() {
        return;
    }
    match node.kind() {
        Kind::Mapping(pairs) => {
            // `name: JAVA_OPTS` beside `value: -Xmx1g`.
            let name = node.get("name").and_then(Node::scalar);
            let name = name.map(|scalar| fragment.sourced(scalar));
            for pair in pairs {
                let Some(scalar) = pair.key.scalar() else {
                    continue;
                };
                let own = fragment.sourced(scalar);
                let key = name
                    .as_ref()
                    .filter(|_| &*own.text == "value")
                    .unwrap_or(&own);
                walk(facts, fragment, pair.value, Some(key), depth + 1, left);
            }
        }
        Kind::Sequence(items) => {
            let flags = list(fragment, node);
            if flags.is_empty() {
                for item in items {
                    walk(facts, fragment, item, key, depth + 1, left);
                }
            } else {
                let name_span = key.map_or(flags[0].span, |key| key.span);
                facts.options.push(OptionString {
                    carrier: Carrier::CommandLine,
                    name: key.map_or("java".into(), |key| key.text.clone()),
                    name_span,
                    span: flags
                        .iter()
                        .fold(flags[0].span, |all, one| all.cover(one.span)),
                    flags,
                    stands: None,
                });
            }
        }
        Kind::Scalar(scalar) => {
            if looks_like_options(&scalar.text) && !is_other_text(&scalar.text) {
                let value = fragment.sourced(scalar);
                let string = variable(fragment, key.unwrap_or(&value), &value);
                facts.options.extend(string);
            }
        }
        Kind::Absent | Kind::Unknown => {}
    }
}

/// Whether a text only holds options somewhere: a command, a patch, a document.
fn is_other_text(text: &str) -> bool {
    text.contains("java ") || text.contains(": ")
}

/// A list of which each item is one option; `java` and what else stands on a command line makes
/// it another thing.
fn list(fragment: &Fragment<'_>, node: Node<'_>) -> Vec<Flag> {
    let scalars: Vec<_> = node.items().map(Node::scalar).collect();
    let is_option = |text: &str| text.starts_with("-X") || text.starts_with("-D");
    let all = scalars
        .iter()
        .all(|scalar| scalar.is_some_and(|s| is_option(&s.text) && !s.text.contains(' ')));
    let any = scalars
        .iter()
        .any(|scalar| scalar.is_some_and(|s| looks_like_options(&s.text)));
    if !all || !any {
        return Vec::new();
    }
    let flags = scalars.into_iter().flatten().map(|scalar| {
        let item = fragment.sourced(scalar);
        flag(&item.text, item.span, item.map, item.placeholder)
    });
    flags.collect()
}
