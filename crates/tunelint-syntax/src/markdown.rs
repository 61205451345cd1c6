//! Finds the fenced code blocks of a Markdown text.

mod blocks;
mod cursor;
mod marks;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use tunelint_base::{OffsetMap, Span};

/// A fenced code block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fence<'a> {
    /// The first word of the info string as it is written; empty where there is none.
    pub language: Span,
    /// The info string: what follows the opening marks, blanks around it excluded.
    pub info: Span,
    /// The whole lines between the two marks.
    pub body: Span,
    /// The body without quote marks, list indents and the indent of the fence.
    pub text: Cow<'a, str>,
    /// From `text` to the source.
    pub map: OffsetMap,
    /// Whether a closing mark follows; without one the block ends with its quote, its list item or
    /// the document.
    pub closed: bool,
    /// The HTML comment `<!-- … -->` directly before the fence; blank lines may stand between.
    pub comment_before: Option<Span>,
}

/// The fenced code blocks of a Markdown text, in source order.
///
/// Follows CommonMark 0.31 for fences in block quotes and list items, for indented code and for
/// HTML comments. Other HTML blocks are read as if they were text: a fence inside one is found. A
/// text that begins with a YAML front matter needs no special care.
#[must_use]
pub fn fences(text: &str) -> Vec<Fence<'_>> {
    blocks::Reader::new(text).run()
}
