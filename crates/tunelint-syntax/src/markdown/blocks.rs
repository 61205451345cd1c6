//! Follows the block structure of a Markdown text, line by line, as far as fences need it.

use std::borrow::Cow;

use memchr::{memchr2, memmem};
use tunelint_base::{OffsetMap, Span};

use super::Fence;
use super::cursor::Cursor;
use super::marks::{
    is_closing, is_heading_or_rule, opening, starts_block, take_item, take_quote, trimmed,
};

/// What the lines of a block have to begin with.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Container {
    /// `>`.
    Quote,
    /// This many columns of blanks.
    Item(usize),
}

/// The block that the next line may go on with.
enum Leaf<'a> {
    None,
    Paragraph,
    /// An HTML comment from this offset on.
    Comment(usize),
    Fence(Open<'a>),
}

/// A fence whose end has not been found yet.
struct Open<'a> {
    mark: u8,
    len: usize,
    indent: usize,
    fence: Fence<'a>,
    copy: String,
}

pub(super) struct Reader<'a> {
    text: &'a str,
    containers: Vec<Container>,
    /// The number of containers where the last line did no more than begin a list item.
    bare: Option<usize>,
    leaf: Leaf<'a>,
    comment: Option<Span>,
    fences: Vec<Fence<'a>>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            text,
            containers: Vec::new(),
            bare: None,
            leaf: Leaf::None,
            comment: None,
            fences: Vec::new(),
        }
    }

    pub(super) fn run(mut self) -> Vec<Fence<'a>> {
        let bytes = self.text.as_bytes();
        let mut start = 0;
        while start < bytes.len() {
            let end = memchr2(b'\n', b'\r', &bytes[start..]).map_or(bytes.len(), |n| start + n);
            let next = match bytes.get(end) {
                Some(b'\r') if bytes.get(end + 1) == Some(&b'\n') => end + 2,
                Some(_) => end + 1,
                None => end,
            };
            self.line(start, end, next);
            start = next;
        }
        self.close(bytes.len(), false);
        self.fences
    }

    fn line(&mut self, start: usize, end: usize, next: usize) {
        let mut cursor = Cursor::new(self.text, start, end);
        let matched = self.match_containers(&mut cursor);
        if matched < self.containers.len() {
            let lazy = matches!(self.leaf, Leaf::Paragraph) && !starts_block(cursor);
            if lazy {
                return;
            }
            self.close(start, false);
            self.containers.truncate(matched);
        }
        // A list item begins with at most one blank line.
        if self.bare.take() == Some(matched) && cursor.is_blank() {
            self.containers.pop();
        }
        match &mut self.leaf {
            Leaf::Fence(open) => {
                if is_closing(cursor, open.mark, open.len) {
                    self.close(start, true);
                } else {
                    cursor.skip(open.indent);
                    cursor.copy(self.text, next, &mut open.copy, &mut open.fence.map);
                }
            }
            Leaf::Comment(from) => {
                let from = *from;
                self.comment_line(from, cursor);
            }
            Leaf::None | Leaf::Paragraph => {
                self.open_containers(&mut cursor);
                self.open_leaf(cursor, next);
            }
        }
    }

    /// Takes the marks of the open containers; how many of them the line goes on with.
    fn match_containers(&self, cursor: &mut Cursor<'_>) -> usize {
        let mut matched = 0;
        for container in &self.containers {
            match *container {
                Container::Quote => {
                    if !take_quote(cursor) {
                        break;
                    }
                }
                Container::Item(columns) => {
                    if cursor.is_blank() || cursor.indent() >= columns {
                        cursor.skip(columns);
                    } else {
                        break;
                    }
                }
            }
            matched += 1;
        }
        matched
    }

    fn open_containers(&mut self, cursor: &mut Cursor<'_>) {
        loop {
            if take_quote(cursor) {
                self.containers.push(Container::Quote);
            } else {
                let in_paragraph = matches!(self.leaf, Leaf::Paragraph);
                let Some(columns) = take_item(cursor, in_paragraph) else {
                    return;
                };
                self.containers.push(Container::Item(columns));
                self.bare = cursor.is_blank().then_some(self.containers.len());
            }
            self.leaf = Leaf::None;
            self.comment = None;
        }
    }

    fn open_leaf(&mut self, mut cursor: Cursor<'_>, next: usize) {
        if cursor.is_blank() {
            self.leaf = Leaf::None;
            return;
        }
        let indent = cursor.indent();
        if indent >= 4 {
            // Indented code, or a further line of a paragraph: neither begins a fence.
            self.comment = None;
            return;
        }
        cursor.skip(indent);
        if let Some((mark, len)) = opening(cursor.rest()) {
            cursor.take(len);
            let info = trimmed(cursor);
            let word = info.of(self.text).split([' ', '\t']).next();
            let language = Span::new(
                info.start as usize,
                info.start as usize + word.map_or(0, str::len),
            );
            let fence = Fence {
                language,
                info,
                body: Span::empty(next),
                text: Cow::Borrowed(""),
                map: OffsetMap::starting_at(next),
                closed: false,
                comment_before: self.comment.take(),
            };
            let copy = String::new();
            self.leaf = Leaf::Fence(Open {
                mark,
                len,
                indent,
                fence,
                copy,
            });
        } else if cursor.rest().starts_with(b"<!--") {
            self.comment_line(cursor.at, cursor);
        } else {
            self.comment = None;
            self.leaf = if is_heading_or_rule(cursor.rest()) {
                Leaf::None
            } else {
                Leaf::Paragraph
            };
        }
    }

    /// A line of the comment that begins at `from`.
    fn comment_line(&mut self, from: usize, cursor: Cursor<'_>) {
        let skip = if cursor.at == from { 4 } else { 0 };
        let rest = cursor.rest();
        let end = memmem::find(rest.get(skip..).unwrap_or(&[]), b"-->");
        self.comment = None;
        self.leaf = Leaf::Comment(from);
        if let Some(found) = end {
            let after = skip + found + 3;
            if rest[after..].iter().all(u8::is_ascii_whitespace) {
                self.comment = Some(Span::new(from, cursor.at + after));
            }
            self.leaf = Leaf::None;
        }
    }

    /// Ends the open leaf before `at`.
    fn close(&mut self, at: usize, closed: bool) {
        match std::mem::replace(&mut self.leaf, Leaf::None) {
            Leaf::Fence(open) => {
                let mut fence = open.fence;
                fence.closed = closed;
                fence.body = Span::new(fence.body.start as usize, at);
                fence.map.end_at(at);
                let raw = fence.body.of(self.text);
                fence.text = if raw == open.copy {
                    Cow::Borrowed(raw)
                } else {
                    Cow::Owned(open.copy)
                };
                self.fences.push(fence);
            }
            Leaf::None | Leaf::Paragraph | Leaf::Comment(_) => {}
        }
        self.comment = None;
    }
}
