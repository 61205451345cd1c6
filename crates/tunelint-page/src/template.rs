//! Texts with expressions in braces.

use crate::cel::{self, leak, leak_str};
use crate::{Fault, Part, Template};
use tunelint_base::Span;

/// Reads `text`, which begins at `offset` of its page. `{{` and `}}` stand for single braces.
pub(crate) fn parse(text: &str, offset: usize) -> Result<Template, Vec<Fault>> {
    let mut parts = Vec::new();
    let mut plain = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        plain.push_str(&rest[..at]);
        let brace = &rest[at..];
        let here = offset + text.len() - brace.len();
        if brace.starts_with("{{") || brace.starts_with("}}") {
            plain.push_str(&brace[..1]);
            rest = &brace[2..];
            continue;
        }
        let Some(end) = brace.find('}').filter(|_| brace.starts_with('{')) else {
            return Err(vec![Fault {
                span: Span::empty(here),
                message: "a brace without its partner".into(),
            }]);
        };
        if !plain.is_empty() {
            parts.push(Part::Text(leak_str(&std::mem::take(&mut plain))));
        }
        parts.push(Part::Value(cel::parse(&brace[1..end], here + 1)?));
        rest = &brace[end + 1..];
    }
    plain.push_str(rest);
    if !plain.is_empty() {
        parts.push(Part::Text(leak_str(&plain)));
    }
    Ok(Template(leak(parts)))
}
