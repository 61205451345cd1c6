//! A text and where it stands in its file: the file itself, a code fence, a ConfigMap's entry.

use crate::kube::Sourced;
use crate::setting::{Style, is_placeholder};
use std::borrow::Cow;
use tunelint_base::{OffsetMap, Span};

/// A text inside a file, and the way back from its offsets to the file's.
#[derive(Clone, Debug)]
pub(crate) struct Fragment<'t> {
    /// The text.
    pub(crate) text: Cow<'t, str>,
    /// From its offsets to the file's; `None` where they are the same.
    pub(crate) map: Option<OffsetMap>,
    /// The whole file, to look at what stands around a range.
    pub(crate) file: &'t str,
}

impl<'t> Fragment<'t> {
    /// The file itself.
    #[must_use]
    pub(crate) fn whole(file: &'t str) -> Self {
        Self {
            text: Cow::Borrowed(file),
            map: None,
            file,
        }
    }

    /// A text that was decoded from this one.
    #[must_use]
    pub(crate) fn inner(&self, text: impl Into<Cow<'t, str>>, map: &OffsetMap) -> Self {
        Self {
            text: text.into(),
            map: Some(self.through(map)),
            file: self.file,
        }
    }

    /// The file's range of a range of the text.
    #[must_use]
    pub(crate) fn span(&self, span: Span) -> Span {
        self.map.as_ref().map_or(span, |map| map.to_source(span))
    }

    /// A map to the text, prolonged to the file.
    #[must_use]
    pub(crate) fn through(&self, map: &OffsetMap) -> OffsetMap {
        self.map
            .as_ref()
            .map_or_else(|| map.clone(), |outer| map.through(outer))
    }

    /// The whole lines of the file that the range takes, with the last line's end, if nothing
    /// but blanks stands beside it on them.
    #[must_use]
    pub(crate) fn whole_lines(&self, span: Span) -> Option<Span> {
        let before = self.file.get(..span.start as usize)?;
        let after = self.file.get(span.end as usize..)?;
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        let rest = after.find('\n').map_or(after.len(), |at| at + 1);
        let alone = before[start..].trim().is_empty() && after[..rest].trim().is_empty();
        alone.then(|| Span::new(start, span.end as usize + rest))
    }

    /// The indent of the line that the offset of the file lies on.
    #[must_use]
    pub(crate) fn indent_at(&self, offset: u32) -> &'t str {
        let before = self.file.get(..offset as usize).unwrap_or("");
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        let line = self.file.get(start..).unwrap_or("");
        &line[..line.len() - line.trim_start_matches([' ', '\t']).len()]
    }

    /// The line end that the file uses.
    #[must_use]
    pub(crate) fn line_end(&self) -> &'static str {
        if self.file.contains("\r\n") {
            "\r\n"
        } else {
            "\n"
        }
    }

    /// A text that was decoded from this one and that edits leave alone.
    #[must_use]
    pub(crate) fn part(&self, text: &str, map: &OffsetMap) -> Sourced {
        let map = self.through(map);
        Sourced {
            text: text.into(),
            span: map.to_source(Span::new(0, text.len())),
            map,
            style: Style::Fixed,
            placeholder: is_placeholder(text),
        }
    }

    /// A YAML scalar of the text.
    #[must_use]
    pub(crate) fn sourced(&self, scalar: &tunelint_syntax::yaml::Scalar) -> Sourced {
        use tunelint_syntax::yaml::Style as Yaml;
        let map = self.through(&scalar.map());
        let span = match scalar.style {
            Yaml::Plain | Yaml::Literal | Yaml::Folded => self.span(scalar.span),
            _ => map.to_source(Span::new(0, scalar.text.len())),
        };
        let style = match scalar.style {
            Yaml::Plain => Style::YamlPlain,
            Yaml::SingleQuoted => Style::YamlSingleQuoted,
            Yaml::DoubleQuoted => Style::YamlDoubleQuoted,
            Yaml::Literal | Yaml::Folded => Style::Fixed,
        };
        let placeholder = scalar.templated || is_placeholder(&scalar.text);
        Sourced {
            text: scalar.text.clone(),
            span,
            map,
            style,
            placeholder,
        }
    }
}
