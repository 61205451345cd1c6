//! Block scalars, literal and folded: header, indent, folding and chomping, with the way back.

use std::ops::Range;

use super::decode::Decoder;
use super::mask::{line_end, next_line};

/// What becomes of the line ends after the last line.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Chomp {
    Strip,
    Clip,
    Keep,
}

/// Where the `|` or `>` of the block scalar stands that the parser found after `from`: only
/// indicators, anchors, tags, comments and blanks can stand between the two.
pub(super) fn header(text: &str, from: usize, content: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let limit = (content + 1).min(bytes.len());
    let mut at = from;
    if text
        .get(at..)
        .is_some_and(|rest| rest.starts_with('\u{feff}'))
    {
        at += '\u{feff}'.len_utf8();
    }
    while at < limit {
        match bytes[at] {
            b' ' | b'\t' | b'\n' | b'\r' => at += 1,
            b'|' | b'>' => return Some(at),
            b'#' => at = line_end(text, at),
            _ => {
                // A word: `:`, `-`, `?`, `---`, `&anchor` or `!tag`.
                while at < limit && !bytes[at].is_ascii_whitespace() {
                    at += 1;
                }
            }
        }
    }
    None
}

impl Decoder<'_> {
    /// Decodes the block scalar whose header is at `header` and whose lines end before `end`, each
    /// after `indent` blanks (none where the scalar has no line with text). Returns the end of the
    /// last line with text, or of the header.
    pub(super) fn block(&mut self, header: usize, indent: Option<usize>, end: usize) -> usize {
        let text = self.structure;
        let folded = text.as_bytes().get(header) == Some(&b'>');
        let header_end = line_end(text, header);
        let chomp = chomp(text.get(header..header_end).unwrap_or(""));
        let indicators = |c: char| matches!(c, '|' | '>' | '+' | '-') || c.is_ascii_digit();
        let head = text.get(header..header_end).unwrap_or("");
        let mut stop = header + (head.len() - head.trim_start_matches(indicators).len());

        let mut line = next_line(text, header_end);
        let mut empty: Vec<Range<usize>> = Vec::new();
        let mut last: Option<(Range<usize>, bool)> = None;
        while line < end {
            let ends = line_end(text, line).min(end);
            let next = next_line(text, ends).min(end.max(ends));
            let body = body(text, line, ends, indent);
            let Some(body) = body else {
                if next > ends {
                    empty.push(ends..next);
                }
                line = next.max(line + 1);
                continue;
            };
            let more = matches!(text.as_bytes().get(body), Some(b' ' | b'\t'));
            match last.take() {
                Some((_, false)) if folded && !more && !empty.is_empty() => {}
                Some((break_, false)) if folded && !more => self.escape(break_, " "),
                Some((break_, _)) => self.escape(break_, "\n"),
                None => {}
            }
            self.line_ends(&mut empty);
            self.copy(body..ends);
            stop = ends;
            last = Some((ends..next, more));
            line = next.max(line + 1);
        }

        match (chomp, last) {
            (Chomp::Strip, _) | (Chomp::Clip, None) => {}
            (Chomp::Clip, Some((break_, _))) => self.line_end(break_),
            (Chomp::Keep, last) => {
                if let Some((break_, _)) = last {
                    self.line_end(break_);
                }
                self.line_ends(&mut empty);
            }
        }
        self.map.end_at(self.base + stop);
        stop
    }

    /// A line end, unless the text ended without one.
    fn line_end(&mut self, range: Range<usize>) {
        if !range.is_empty() {
            self.escape(range, "\n");
        }
    }

    fn line_ends(&mut self, ranges: &mut Vec<Range<usize>>) {
        for range in ranges.drain(..) {
            self.line_end(range);
        }
    }
}

/// Where the text of a line begins; none for an empty line.
fn body(text: &str, line: usize, ends: usize, indent: Option<usize>) -> Option<usize> {
    let indent = indent?;
    let bytes = text.as_bytes().get(line..ends)?;
    let blanks = bytes.iter().take(indent).take_while(|b| **b == b' ');
    let body = line + blanks.count();
    (body < ends).then_some(body)
}

fn chomp(header: &str) -> Chomp {
    let indicators = header.split([' ', '\t', '#']).next().unwrap_or("");
    if indicators.contains('-') {
        Chomp::Strip
    } else if indicators.contains('+') {
        Chomp::Keep
    } else {
        Chomp::Clip
    }
}
