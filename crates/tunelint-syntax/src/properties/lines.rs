//! Cuts a properties file into logical lines, comments and blank lines.

use memchr::memchr2;
use tunelint_base::Span;

use super::Comment;

/// A line as Java's reader of properties takes it.
pub(super) enum Line {
    Logical(Logical),
    Comment(Comment),
    Blank(Span),
}

/// A logical line: its text is `span` without the ranges in `continued`.
pub(super) struct Logical {
    pub(super) span: Span,
    pub(super) full: Span,
    pub(super) continued: Vec<Span>,
}

/// The lines of a text; their full ranges tile it.
pub(super) struct Lines<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Lines<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            bytes: text.as_bytes(),
            at: 0,
        }
    }

    fn skip_blanks(&self, mut at: usize) -> usize {
        while self.bytes.get(at).is_some_and(|byte| is_blank(*byte)) {
            at += 1;
        }
        at
    }

    /// The end of the natural line that `at` lies in, without and with its line end.
    fn line_end(&self, at: usize) -> (usize, usize) {
        match memchr2(b'\n', b'\r', &self.bytes[at..]) {
            None => (self.bytes.len(), self.bytes.len()),
            Some(found) => {
                let end = at + found;
                let crlf = self.bytes[end] == b'\r' && self.bytes.get(end + 1) == Some(&b'\n');
                (end, end + 1 + usize::from(crlf))
            }
        }
    }

    /// Whether the natural line `start..end` ends in a backslash that is not escaped itself.
    fn is_continued(&self, start: usize, end: usize) -> bool {
        let backslashes = self.bytes[start..end].iter().rev();
        backslashes.take_while(|byte| **byte == b'\\').count() % 2 == 1
    }

    /// The logical line whose first natural line begins at `start`, its text at `first`.
    fn logical(&self, start: usize, first: usize) -> Line {
        let mut continued = Vec::new();
        let mut at = first;
        let mut is_empty = true;
        loop {
            let (end, next) = self.line_end(at);
            if !self.is_continued(at, end) {
                // Java forgets a continuation that has joined nothing so far.
                if is_empty && at == end {
                    return Line::Blank(Span::new(start, next));
                }
                return logical(start..next, first..end, continued);
            }
            is_empty &= at == end - 1;
            let after = self.skip_blanks(next);
            if next == self.bytes.len() {
                // A lone backslash as the last line is the entry "" = "", except before CR LF:
                // Java looks for the end of the file after a single character of the line end.
                if is_empty && next == end + 2 {
                    return Line::Blank(Span::new(start, next));
                }
                continued.push(Span::new(end - 1, end));
                return logical(start..next, first..end, continued);
            }
            if is_empty {
                match self.bytes.get(after) {
                    None => return Line::Blank(Span::new(start, after)),
                    // Nothing precedes it on the logical line, so that it is a comment after all.
                    Some(b'#' | b'!') => return Line::Blank(Span::new(start, next)),
                    Some(_) => {}
                }
            }
            continued.push(Span::new(end - 1, after));
            at = after;
        }
    }
}

impl Iterator for Lines<'_> {
    type Item = Line;

    fn next(&mut self) -> Option<Line> {
        let start = self.at;
        if start >= self.bytes.len() {
            return None;
        }
        let first = self.skip_blanks(start);
        let line = match self.bytes.get(first) {
            None => Line::Blank(Span::new(start, first)),
            Some(b'\n' | b'\r') => Line::Blank(Span::new(start, self.line_end(first).1)),
            Some(b'#' | b'!') => {
                let (end, next) = self.line_end(first);
                Line::Comment(Comment {
                    span: Span::new(first, end),
                    text: Span::new(first + 1, end),
                    full: Span::new(start, next),
                })
            }
            Some(_) => self.logical(start, first),
        };
        self.at = match &line {
            Line::Logical(logical) => logical.full.end as usize,
            Line::Comment(comment) => comment.full.end as usize,
            Line::Blank(span) => span.end as usize,
        };
        Some(line)
    }
}

fn logical(
    full: std::ops::Range<usize>,
    span: std::ops::Range<usize>,
    continued: Vec<Span>,
) -> Line {
    Line::Logical(Logical {
        span: span.into(),
        full: full.into(),
        continued,
    })
}

/// The three characters that Java takes for blanks here: no other, no Unicode blank.
pub(super) fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\x0c')
}
