//! Scalars: their decoded text, and the way back to the source of each of its bytes.

use tunelint_base::{OffsetMap, Span};

use super::{Resolved, Schema, Tag, resolve};

/// How a scalar is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// `text`
    Plain,
    /// `'text'`
    SingleQuoted,
    /// `"text"`
    DoubleQuoted,
    /// `|` and lines
    Literal,
    /// `>` and lines
    Folded,
}

/// A string, number, boolean or null, as text.
#[derive(Clone, Debug)]
pub struct Scalar {
    /// The decoded text; the actions of a template stand in it as they are written.
    pub text: Box<str>,
    /// How it is written.
    pub style: Style,
    /// The source with its quotes, or from the `|` to the last character of the last line.
    pub span: Span,
    /// Whether a template action is part of it, so that its value is not known.
    pub templated: bool,
    /// Where the decoded text begins when it is a plain copy of the source.
    pub(super) start: u32,
    /// The way back when it is not: boxed, since most scalars are copies.
    pub(super) map: Option<Box<OffsetMap>>,
}

impl Scalar {
    /// The source range of the range `decoded` of [`Self::text`].
    #[must_use]
    pub fn to_source(&self, decoded: Span) -> Span {
        match &self.map {
            Some(map) => map.to_source(decoded),
            None => {
                let len = self.text.len();
                let end = (decoded.end as usize).min(len);
                let start = (decoded.start as usize).min(end);
                Span::new(start, end).shift(self.start as usize)
            }
        }
    }

    /// The map from [`Self::text`] to the source, to compose with those of texts inside it.
    #[must_use]
    pub fn map(&self) -> OffsetMap {
        match &self.map {
            Some(map) => (**map).clone(),
            None => OffsetMap::verbatim(Span::new(0, self.text.len()).shift(self.start as usize)),
        }
    }

    /// Whether the decoded text is a copy of one piece of the source.
    #[must_use]
    pub fn is_verbatim(&self) -> bool {
        self.map.is_none()
    }

    /// Whether it is written without quotes on the lines of its key.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        self.style == Style::Plain
    }

    /// What a reader of `schema` takes it for; without regard to a tag, see [`super::Node::resolve`].
    #[must_use]
    pub fn resolve(&self, schema: Schema) -> Resolved {
        self.resolve_tagged(schema, None)
    }

    pub(super) fn resolve_tagged(&self, schema: Schema, tag: Option<&Tag>) -> Resolved {
        match tag.map(|t| &*t.text) {
            Some("!" | "!!str" | "!<tag:yaml.org,2002:str>") => Resolved::Str,
            Some("!!int" | "!!float" | "!!bool" | "!!null") => resolve::resolve(&self.text, schema),
            _ if self.is_plain() => resolve::resolve(&self.text, schema),
            _ => Resolved::Str,
        }
    }
}
