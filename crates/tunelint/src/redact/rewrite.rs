//! Replacing pieces of a text, and finding offsets again afterwards.

use std::ops::Range;

/// Replacements in a text, in order, none overlapping another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Rewrite {
    pieces: Vec<(Range<usize>, String)>,
}

impl Rewrite {
    /// These replacements. Of two that overlap, both are replaced as one, by what the first says.
    pub(crate) fn new(mut pieces: Vec<(Range<usize>, String)>) -> Self {
        pieces.sort_by_key(|(range, _)| (range.start, range.end));
        let mut joined: Vec<(Range<usize>, String)> = Vec::with_capacity(pieces.len());
        for (range, text) in pieces {
            match joined.last_mut() {
                Some((last, _)) if range.start < last.end => last.end = last.end.max(range.end),
                _ => joined.push((range, text)),
            }
        }
        Self { pieces: joined }
    }

    /// The text with the replacements made.
    pub(crate) fn apply(&self, text: &str) -> String {
        let mut rewritten = String::with_capacity(text.len());
        let mut done = 0;
        for (range, replacement) in &self.pieces {
            rewritten.push_str(text.get(done..range.start).unwrap_or(""));
            rewritten.push_str(replacement);
            done = range.end;
        }
        rewritten.push_str(text.get(done..).unwrap_or(""));
        rewritten
    }

    /// Where a range of the text stands afterwards; within a replacement it grows to the whole.
    pub(crate) fn map(&self, range: Range<usize>) -> Range<usize> {
        let start = self.place(range.start, false);
        let end = if range.is_empty() {
            start
        } else {
            self.place(range.end, true)
        };
        start..end.max(start)
    }

    fn place(&self, offset: usize, is_end: bool) -> usize {
        let (mut before, mut after) = (0, 0);
        for (range, replacement) in &self.pieces {
            let is_reached = if is_end {
                offset > range.start
            } else {
                offset >= range.end
            };
            let is_inside = range.start < offset && offset < range.end;
            if !is_reached && !is_inside {
                break;
            }
            after += range.start - before;
            if is_inside {
                return if is_end {
                    after + replacement.len()
                } else {
                    after
                };
            }
            after += replacement.len();
            before = range.end;
        }
        after + offset.saturating_sub(before)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_are_found_again() {
        let rewrite = Rewrite::new(vec![(3..8, "XX".to_owned()), (10..11, String::new())]);
        assert_eq!(rewrite.apply("a=(hello)b c d"), "a=(XX)bc d");
        assert_eq!(rewrite.map(3..8), 3..5);
        assert_eq!(rewrite.map(4..6), 3..5);
        assert_eq!(rewrite.map(0..4), 0..5);
        assert_eq!(rewrite.map(8..9), 5..6);
        assert_eq!(rewrite.map(11..12), 7..8);
        assert_eq!(rewrite.map(9..9), 6..6);
    }
}
