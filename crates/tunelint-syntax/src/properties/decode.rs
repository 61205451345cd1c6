//! Splits a logical line into key and value.

use std::ops::Range;

use memchr::memchr;
use tunelint_base::{OffsetMap, Span};

use super::lines::{Logical, is_blank};
use super::unescape::Decoder;
use super::{Entry, Piece};

/// The entry on `line`, and the source of each malformed `\u`.
pub(super) fn entry<'a>(text: &'a str, line: Logical) -> (Entry<'a>, Vec<Span>) {
    let mut malformed = Vec::new();
    let joined = Joined::new(text, &line);
    let (key, value) = split(joined.text().as_bytes());
    let separator = joined.source(key..value);
    let end = joined.text().len();
    let entry = Entry {
        key: joined.piece(0..key, &mut malformed),
        separator,
        value: joined.piece(value..end, &mut malformed),
        span: line.span,
        full: line.full,
        continued: line.continued,
    };
    (entry, malformed)
}

/// Where the key ends and where the value begins.
fn split(line: &[u8]) -> (usize, usize) {
    let mut key = 0;
    let mut escaped = false;
    while let Some(byte) = line.get(key) {
        if !escaped && (is_blank(*byte) || matches!(byte, b'=' | b':')) {
            break;
        }
        escaped = *byte == b'\\' && !escaped;
        key += 1;
    }
    let mut value = key;
    let mut separated = false;
    while let Some(byte) = line.get(value) {
        match byte {
            b'=' | b':' if !separated => separated = true,
            _ if is_blank(*byte) => {}
            _ => break,
        }
        value += 1;
    }
    (key, value)
}

/// A logical line without its continuations.
enum Joined<'a> {
    /// The line is one natural line, at this range.
    Verbatim(&'a str, Span),
    /// The line was put together; the map leads back to the file `source`.
    Copy {
        source: &'a str,
        text: String,
        map: OffsetMap,
    },
}

impl<'a> Joined<'a> {
    fn new(source: &'a str, line: &Logical) -> Self {
        if line.continued.is_empty() {
            return Self::Verbatim(line.span.of(source), line.span);
        }
        let mut text = String::with_capacity(line.span.len());
        let mut map = OffsetMap::starting_at(line.span.start as usize);
        let mut at = line.span.start as usize;
        let line_end = Span::empty(line.span.end as usize);
        for gap in line.continued.iter().chain([&line_end]) {
            let part = Span::new(at, gap.start as usize);
            text.push_str(part.of(source));
            map.push_verbatim(at, part.len());
            // A value that begins after the last continuation, empty, stands at the very end.
            at = gap.end as usize;
        }
        map.end_at(at);
        Self::Copy { source, text, map }
    }

    fn text(&self) -> &str {
        match self {
            Self::Verbatim(text, _) => text,
            Self::Copy { text, .. } => text,
        }
    }

    fn source(&self, range: Range<usize>) -> Span {
        match self {
            Self::Verbatim(_, span) => Span::from(range).shift(span.start as usize),
            Self::Copy { map, .. } => map.to_source(range.into()),
        }
    }

    fn piece(&self, range: Range<usize>, malformed: &mut Vec<Span>) -> Piece<'a> {
        let span = self.source(range.clone());
        let raw = match self {
            Self::Verbatim(text, _) => text.get(range.clone()).unwrap_or(""),
            Self::Copy { source, .. } => span.of(source),
        };
        let text = self.text().get(range.clone()).unwrap_or("");
        let is_escaped = memchr(b'\\', text.as_bytes()).is_some();
        if !is_escaped && raw.len() == text.len() {
            let decoded = None;
            return Piece { span, raw, decoded };
        }
        let mut decoder = Decoder::new(text);
        decoder.run();
        malformed.extend(decoder.malformed.iter().map(|bad| {
            let bad = bad.shift(range.start);
            self.source(bad.range())
        }));
        let mut decoded = decoder.decoded;
        decoded.map = decoded.map.shift(range.start);
        decoded.map = match self {
            Self::Verbatim(_, span) => decoded.map.shift(span.start as usize),
            Self::Copy { map, .. } => decoded.map.through(map),
        };
        let decoded = Some(Box::new(decoded));
        Piece { span, raw, decoded }
    }
}
