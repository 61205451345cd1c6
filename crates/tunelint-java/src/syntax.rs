//! The syntax tree, with the few questions that are asked of it.

use tree_sitter::{Node, Parser, Tree};
use tunelint_base::Span;

/// Deeper code is left alone, so that no source can exhaust the stack.
pub(crate) const DEEPEST: usize = 300;

/// Parses a source; broken parts become error nodes.
pub(crate) fn parse(text: &str) -> Option<Tree> {
    let mut parser = Parser::new();
    let language = tree_sitter_java::LANGUAGE.into();
    parser.set_language(&language).ok()?;
    parser.parse(text, None)
}

/// The range of a node.
pub(crate) fn span(node: Node<'_>) -> Span {
    Span::from(node.byte_range())
}

/// The text of a node.
pub(crate) fn text_of<'t>(node: Node<'_>, text: &'t str) -> &'t str {
    text.get(node.byte_range()).unwrap_or("")
}

/// The child of that field.
pub(crate) fn field<'n>(node: Node<'n>, name: &str) -> Option<Node<'n>> {
    node.child_by_field_name(name)
}

/// The named children, comments left out.
pub(crate) fn children(node: Node<'_>) -> Vec<Node<'_>> {
    let mut cursor = node.walk();
    node.named_children(&mut cursor)
        .filter(|child| !child.kind().ends_with("comment"))
        .collect()
}

/// Calls `visit` for a node and what is in it, in the order of the source, until it says `false`
/// for a subtree.
pub(crate) fn walk<'n>(node: Node<'n>, visit: &mut dyn FnMut(Node<'n>) -> bool) {
    walk_at(node, 0, visit);
}

fn walk_at<'n>(node: Node<'n>, depth: usize, visit: &mut dyn FnMut(Node<'n>) -> bool) {
    if depth > DEEPEST || !visit(node) {
        return;
    }
    for child in children(node) {
        walk_at(child, depth + 1, visit);
    }
}

/// The simple name of a type: `LRUCache` of `org.rocksdb.LRUCache`, `Materialized` of
/// `Materialized<K, V>`.
pub(crate) fn simple_type<'t>(node: Node<'_>, text: &'t str) -> &'t str {
    let whole = text_of(node, text);
    let bare = whole.split('<').next().unwrap_or(whole).trim();
    bare.rsplit('.').next().unwrap_or(bare).trim()
}

/// The arguments of a call or of a `new`.
pub(crate) fn arguments(node: Node<'_>) -> Vec<Node<'_>> {
    field(node, "arguments").map(children).unwrap_or_default()
}

/// The expression without parentheses and casts around it.
pub(crate) fn bare(mut node: Node<'_>) -> Node<'_> {
    for _ in 0..DEEPEST {
        let inner = match node.kind() {
            "parenthesized_expression" => children(node).first().copied(),
            "cast_expression" => field(node, "value"),
            _ => return node,
        };
        match inner {
            Some(inner) => node = inner,
            None => return node,
        }
    }
    node
}

/// Whether the declaration bears that modifier: `static`, `final`, `abstract`.
pub(crate) fn has_modifier(node: Node<'_>, word: &str, text: &str) -> bool {
    children(node)
        .into_iter()
        .filter(|child| child.kind() == "modifiers")
        .any(|modifiers| {
            text_of(modifiers, text)
                .split_whitespace()
                .any(|w| w == word)
        })
}
