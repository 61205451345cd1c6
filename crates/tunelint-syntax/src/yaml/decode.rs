//! Plain and quoted scalars: escapes, doubled quotes and folded line ends, with the way back.

use std::ops::Range;

use tunelint_base::{OffsetMap, Span};

use super::mask::whole;

/// A text under decoding.
///
/// It reads `structure`, a piece of the text as the parser saw it, and copies from `content`, the
/// whole text with template actions put back; both agree in length and in everything that shapes
/// the decoding. `base` is where `structure` begins in `content`.
pub(super) struct Decoder<'t> {
    pub(super) structure: &'t str,
    pub(super) content: &'t str,
    pub(super) base: usize,
    /// What comes of `structure`: what the parser's own decoding must agree with.
    pub(super) seen: String,
    /// What comes of `content`, kept only when the two differ.
    pub(super) restored: Option<String>,
    pub(super) map: OffsetMap,
}

impl<'t> Decoder<'t> {
    pub(super) fn new(structure: &'t str, content: &'t str, base: usize, restore: bool) -> Self {
        Self {
            structure,
            content,
            base,
            seen: String::new(),
            restored: restore.then(String::new),
            map: OffsetMap::starting_at(base),
        }
    }

    /// Takes `range` of the source as it is.
    pub(super) fn copy(&mut self, range: Range<usize>) {
        let piece = self.structure.get(range.clone()).unwrap_or("");
        let source = self.base + range.start;
        let copied = self.content.get(source..source + piece.len());
        match (copied, &mut self.restored) {
            (Some(copied), Some(restored)) => {
                restored.push_str(copied);
                self.map.push_verbatim(source, piece.len());
            }
            (Some(copied), None) if copied == piece => {
                self.map.push_verbatim(source, piece.len());
            }
            (_, restored) => {
                // Recovery blanked it: as a whole it stands for what it was.
                let span = whole(self.content, source, source + piece.len());
                push_whole(&mut self.map, span, piece.len());
                if let Some(restored) = restored {
                    restored.push_str(piece);
                }
            }
        }
        self.seen.push_str(piece);
    }

    /// Takes `text` for `range` of the source.
    pub(super) fn escape(&mut self, range: Range<usize>, text: &str) {
        let span = whole(self.content, self.base + range.start, self.base + range.end);
        self.map.push_escape(span, text.len());
        self.seen.push_str(text);
        if let Some(restored) = &mut self.restored {
            restored.push_str(text);
        }
    }

    /// Decodes the plain scalar at `range`.
    pub(super) fn plain(&mut self, range: Range<usize>) {
        self.flow(range, None);
    }

    /// Decodes the inside of the quoted scalar at `range`, quotes included, written in `quote`.
    pub(super) fn quoted(&mut self, range: Range<usize>, quote: u8) {
        self.flow(range.start + 1..range.end.saturating_sub(1), Some(quote));
    }

    fn flow(&mut self, range: Range<usize>, quote: Option<u8>) {
        let bytes = self.structure.as_bytes();
        let end = range.end.min(bytes.len());
        let mut at = range.start;
        let mut copied = at;
        while at < end {
            match bytes[at] {
                b' ' | b'\t' | b'\n' | b'\r' => {
                    let (blank, breaks) = blanks(bytes, at, end);
                    if breaks > 0 {
                        self.copy(copied..at);
                        self.fold(at..blank, breaks - 1);
                        copied = blank;
                    }
                    at = blank;
                }
                b'\'' if quote == Some(b'\'') => {
                    // A doubled quote stands for one.
                    self.copy(copied..at);
                    self.escape(at..(at + 2).min(end), "'");
                    at = (at + 2).min(end);
                    copied = at;
                }
                b'\\' if quote == Some(b'"') => {
                    self.copy(copied..at);
                    at = self.backslash(at, end);
                    copied = at;
                }
                _ => at += 1,
            }
        }
        self.copy(copied..end.max(copied));
    }

    /// A run of blanks with one line end and `more` further ones.
    fn fold(&mut self, range: Range<usize>, more: usize) {
        if more == 0 {
            self.escape(range, " ");
        } else {
            self.escape(range, &"\n".repeat(more));
        }
    }

    /// Decodes the escape at `at`; returns where it ends.
    fn backslash(&mut self, at: usize, end: usize) -> usize {
        let bytes = self.structure.as_bytes();
        let Some(&kind) = bytes[..end].get(at + 1) else {
            return end;
        };
        let text = match kind {
            b'0' => "\0",
            b'a' => "\x07",
            b'b' => "\x08",
            b't' | b'\t' => "\t",
            b'n' => "\n",
            b'v' => "\x0b",
            b'f' => "\x0c",
            b'r' => "\r",
            b'e' => "\x1b",
            b' ' => " ",
            b'"' => "\"",
            b'/' => "/",
            b'\\' => "\\",
            b'N' => "\u{85}",
            b'_' => "\u{a0}",
            b'L' => "\u{2028}",
            b'P' => "\u{2029}",
            b'\n' | b'\r' => {
                // An escaped line end joins the lines; only empty lines after it are kept.
                let (stop, breaks) = blanks(bytes, at + 1, end);
                self.escape(at..stop, &"\n".repeat(breaks.saturating_sub(1)));
                return stop;
            }
            b'x' | b'u' | b'U' => return self.code_point(at, end, kind),
            _ => "",
        };
        self.escape(at..at + 2, text);
        at + 2
    }

    /// Decodes `\xXX`, `\uXXXX` (also a pair of surrogates, as JSON has them) or `\UXXXXXXXX`.
    fn code_point(&mut self, at: usize, end: usize, kind: u8) -> usize {
        let digits = match kind {
            b'x' => 2,
            b'u' => 4,
            _ => 8,
        };
        let hex = |from: usize| {
            let text = self.structure.get(from..(from + digits).min(end))?;
            u32::from_str_radix(text, 16).ok()
        };
        let mut stop = (at + 2 + digits).min(end);
        let Some(mut code) = hex(at + 2) else {
            return at + 2;
        };
        if (0xd800..0xdc00).contains(&code)
            && self.structure.get(stop..(stop + 2).min(end)) == Some("\\u")
            && let Some(low @ 0xdc00..0xe000) = hex(stop + 2)
        {
            code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
            stop = (stop + 6).min(end);
        }
        let mut buffer = [0; 4];
        let text = char::from_u32(code).map_or("", |c| &*c.encode_utf8(&mut buffer));
        self.escape(at..stop, text);
        stop
    }
}

/// Lets each of `len` decoded bytes stand for all of `span`: perhaps in two runs, since one as long
/// as its source would count as a copy of it.
pub(super) fn push_whole(map: &mut OffsetMap, span: Span, len: usize) {
    let first = usize::from(len == span.len());
    map.push_escape(span, first);
    map.push_escape(span, len - first);
}

/// The end of the run of blanks and line ends at `at`, and its number of line ends.
fn blanks(bytes: &[u8], mut at: usize, end: usize) -> (usize, usize) {
    let mut breaks = 0;
    while at < end {
        match bytes[at] {
            b' ' | b'\t' => {}
            b'\n' => breaks += 1,
            b'\r' => {
                breaks += 1;
                if at + 1 < end && bytes[at + 1] == b'\n' {
                    at += 1;
                }
            }
            _ => break,
        }
        at += 1;
    }
    (at, breaks)
}
