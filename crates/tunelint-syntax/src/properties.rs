//! Reads Java properties files as `java.util.Properties.load(Reader)` does, and keeps every byte.

mod decode;
mod escape;
mod lines;
#[cfg(test)]
mod tests;
mod unescape;

use tunelint_base::{OffsetMap, Span};

pub use escape::{escape_key, escape_value};

/// A properties file: its items in source order, and what Java would refuse in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Properties<'a> {
    /// Entries, comments and blank lines; their full ranges tile the text without gaps.
    pub items: Vec<Item<'a>>,
    /// In source order. Java throws at the first one, so that nothing from there on is loaded.
    pub errors: Vec<Error>,
}

impl<'a> Properties<'a> {
    /// The entries in source order; of equal keys Java keeps the last.
    pub fn entries(&self) -> impl Iterator<Item = &Entry<'a>> {
        self.items.iter().filter_map(|item| match item {
            Item::Entry(entry) => Some(entry),
            Item::Comment(_) | Item::Blank(_) => None,
        })
    }

    /// The comments in source order.
    pub fn comments(&self) -> impl Iterator<Item = &Comment> {
        self.items.iter().filter_map(|item| match item {
            Item::Comment(comment) => Some(comment),
            Item::Entry(_) | Item::Blank(_) => None,
        })
    }
}

/// One item of a properties file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item<'a> {
    /// A key with its value.
    Entry(Entry<'a>),
    /// A comment line.
    Comment(Comment),
    /// A line, with its line end, that holds nothing; also a lone `\` with the blank line or the
    /// line end that follows it, which Java skips as well.
    Blank(Span),
}

impl Item<'_> {
    /// The whole lines of the item, with indent and line end.
    #[must_use]
    pub fn full(&self) -> Span {
        match self {
            Item::Entry(entry) => entry.full,
            Item::Comment(comment) => comment.full,
            Item::Blank(span) => *span,
        }
    }
}

/// A key with its value, on one logical line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry<'a> {
    /// The logical line without its indent and its final line end.
    pub span: Span,
    /// The logical line with indent and line end: what to delete to be rid of the entry.
    pub full: Span,
    /// The key.
    pub key: Piece<'a>,
    /// The blanks and at most one `=` or `:` between key and value; empty where a key stands alone.
    pub separator: Span,
    /// The value; blanks at its end belong to it.
    pub value: Piece<'a>,
    /// Each continuation: the backslash, the line end and the blanks that Java skips after it. A
    /// lone backslash at the end of the file is the last of them.
    pub continued: Vec<Span>,
}

/// A key or a value: its raw source and what Java makes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece<'a> {
    /// The raw source, escapes and continuations included.
    pub span: Span,
    /// The text of that range.
    pub raw: &'a str,
    decoded: Option<Box<Decoded>>,
}

/// The text of a piece that differs from its source.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Decoded {
    text: String,
    map: OffsetMap,
    lone_surrogate: bool,
}

impl Piece<'_> {
    /// The text as Java holds it, but for lone surrogates: see [`Piece::lone_surrogate`].
    #[must_use]
    pub fn text(&self) -> &str {
        match &self.decoded {
            Some(decoded) => &decoded.text,
            None => self.raw,
        }
    }

    /// Whether the text is the source, byte by byte.
    #[must_use]
    pub fn is_verbatim(&self) -> bool {
        self.decoded.is_none()
    }

    /// Whether an escape made half a surrogate pair. Java keeps such a half; here it is U+FFFD,
    /// because no UTF-8 text can hold it.
    #[must_use]
    pub fn lone_surrogate(&self) -> bool {
        self.decoded.as_ref().is_some_and(|d| d.lone_surrogate)
    }

    /// The source of a range of the text.
    #[must_use]
    pub fn to_source(&self, text: Span) -> Span {
        match &self.decoded {
            Some(decoded) => decoded.map.to_source(text),
            None => text.shift(self.span.start as usize),
        }
    }

    /// The map from the text to the source, to read a further language inside the value.
    #[must_use]
    pub fn map(&self) -> OffsetMap {
        match &self.decoded {
            Some(decoded) => decoded.map.clone(),
            None => OffsetMap::verbatim(self.span),
        }
    }
}

/// A comment line. It cannot be continued.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Comment {
    /// From the marker `#` or `!` to the end of the line, line end excluded.
    pub span: Span,
    /// What follows the marker.
    pub text: Span,
    /// The line with indent and line end.
    pub full: Span,
}

/// A `\u` without four hexadecimal digits: Java throws `IllegalArgumentException` and loads no
/// further entry. Here the backslash is dropped, as before any other character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Error {
    /// The `\u` and the digits that do follow.
    pub span: Span,
    /// The place of the entry in [`Properties::items`].
    pub item: usize,
}

/// Reads a properties file. Any text is one; what Java refuses is in [`Properties::errors`].
#[must_use]
pub fn parse(text: &str) -> Properties<'_> {
    let mut properties = Properties::default();
    for line in lines::Lines::new(text) {
        let item = match line {
            lines::Line::Logical(logical) => {
                let item = properties.items.len();
                let (entry, malformed) = decode::entry(text, logical);
                let errors = malformed.into_iter().map(|span| Error { span, item });
                properties.errors.extend(errors);
                Item::Entry(entry)
            }
            lines::Line::Comment(comment) => Item::Comment(comment),
            lines::Line::Blank(span) => Item::Blank(span),
        };
        properties.items.push(item);
    }
    properties
}
