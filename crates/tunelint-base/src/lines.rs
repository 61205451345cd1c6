//! Lines and columns of byte offsets.

use crate::Span;

/// A place as people count: line and column from 1, the column in Unicode scalar values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineColumn {
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1, in Unicode scalar values.
    pub column: u32,
}

/// The line starts of a text. A line ends with LF, CR LF or a lone CR, as Java's readers hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LineIndex {
    starts: Vec<u32>,
}

impl LineIndex {
    /// The index of `text`.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for (i, byte) in bytes.iter().enumerate() {
            let ends = match byte {
                b'\n' => true,
                b'\r' => bytes.get(i + 1) != Some(&b'\n'),
                _ => false,
            };
            if ends {
                starts.push(Span::empty(i + 1).start);
            }
        }
        Self { starts }
    }

    /// The number of lines; a text that ends with a line end has an empty last one.
    #[must_use]
    pub fn count(&self) -> usize {
        self.starts.len()
    }

    /// The line of `offset`, from 0.
    #[must_use]
    pub fn line_of(&self, offset: u32) -> usize {
        self.starts.partition_point(|start| *start <= offset) - 1
    }

    /// The range of line `line` (from 0) in `text`, without its line end.
    #[must_use]
    pub fn span_of(&self, line: usize, text: &str) -> Span {
        let start = self.starts.get(line).map_or(text.len(), |s| *s as usize);
        let end = self
            .starts
            .get(line + 1)
            .map_or(text.len(), |s| *s as usize);
        let line = text.get(start..end).unwrap_or("");
        Span::new(start, start + line.trim_end_matches(['\n', '\r']).len())
    }

    /// Line and column of `offset` in `text`, the text that the index was made of.
    #[must_use]
    pub fn position(&self, offset: u32, text: &str) -> LineColumn {
        let line = self.line_of(offset);
        let start = self.starts[line] as usize;
        let before = text.get(start..offset as usize).unwrap_or("");
        LineColumn {
            line: u32::try_from(line).unwrap_or(u32::MAX).saturating_add(1),
            column: u32::try_from(before.chars().count())
                .unwrap_or(u32::MAX)
                .saturating_add(1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_all_line_ends_and_characters() {
        let text = "a\r\nbé=1\rc\n";
        let index = LineIndex::new(text);
        assert_eq!(index.count(), 4);
        let at = text.find('=').expect("there");
        let place = index.position(u32::try_from(at).expect("small"), text);
        assert_eq!(place, LineColumn { line: 2, column: 3 });
        assert_eq!(index.span_of(1, text).of(text), "bé=1");
        assert_eq!(index.span_of(3, text), Span::empty(text.len()));
    }
}
