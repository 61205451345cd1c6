//! Reads one word of a shell command with its quotes, escapes and expansions.

use tunelint_base::{OffsetMap, Span};

use super::Word;

/// What ends a word.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Ends {
    /// Blanks, line ends and the operators of the shell.
    Operators,
    /// Blanks and line ends only.
    Blanks,
}

/// The word that begins at `start`. It is empty where `start` does not lie on a word.
pub(super) fn read(text: &str, start: usize, ends: Ends) -> Word {
    let mut reader = Reader {
        text,
        bytes: text.as_bytes(),
        at: start,
        word: Word {
            map: OffsetMap::starting_at(start),
            ..Word::default()
        },
    };
    reader.run(ends);
    let mut word = reader.word;
    word.span = Span::new(start, reader.at);
    word.map.end_at(reader.at);
    word
}

struct Reader<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    word: Word,
}

impl Reader<'_> {
    fn run(&mut self, ends: Ends) {
        while let Some(byte) = self.bytes.get(self.at).copied() {
            match byte {
                b' ' | b'\t' | b'\n' => return,
                b'\r' if matches!(self.bytes.get(self.at + 1), None | Some(b'\n')) => return,
                b';' | b'&' | b'|' | b'<' | b'>' | b'(' | b')' if ends == Ends::Operators => return,
                b'\\' => {
                    // Blanks up to the line end were meant to be none: the continuation is broken.
                    if ends == Ends::Operators
                        && super::continuation::after(self.text, self.at).is_some()
                    {
                        return;
                    }
                    self.escape();
                }
                b'\'' => self.single_quoted(),
                b'"' => self.double_quoted(),
                b'$' | b'`' => self.expansion(true),
                _ => self.copy_to(self.at + 1),
            }
        }
    }

    /// Copies the source up to `end`, which is moved to the end of its character.
    fn copy_to(&mut self, end: usize) {
        let end = char_boundary(self.text, end);
        self.word.text.push_str(&self.text[self.at..end]);
        self.word.map.push_verbatim(self.at, end - self.at);
        self.at = end;
    }

    /// A backslash outside quotes.
    fn escape(&mut self) {
        let backslash = self.at;
        if let Some(end) = line_end(self.bytes, backslash + 1) {
            self.at = end;
            return;
        }
        self.at += 1;
        match self.text[self.at..].chars().next() {
            Some(escaped) => self.push(escaped, backslash),
            None => {
                self.at = backslash;
                self.copy_to(backslash + 1);
            }
        }
    }

    /// Appends the character at `at`, escaped by the backslash at `backslash`.
    fn push(&mut self, escaped: char, backslash: usize) {
        self.at += escaped.len_utf8();
        self.word.text.push(escaped);
        let source = Span::new(backslash, self.at);
        self.word.map.push_escape(source, escaped.len_utf8());
    }

    fn single_quoted(&mut self) {
        self.word.quoted = true;
        self.at += 1;
        let rest = &self.bytes[self.at..];
        match memchr::memchr(b'\'', rest) {
            Some(len) => {
                self.copy_to(self.at + len);
                self.at += 1;
            }
            None => self.copy_to(self.bytes.len()),
        }
    }

    fn double_quoted(&mut self) {
        self.word.quoted = true;
        self.at += 1;
        while let Some(byte) = self.bytes.get(self.at).copied() {
            match byte {
                b'"' => {
                    self.at += 1;
                    return;
                }
                b'\\' => match self.bytes.get(self.at + 1) {
                    Some(b'$' | b'`' | b'"' | b'\\' | b'\n' | b'\r') => self.escape(),
                    _ => self.copy_to(self.at + 1),
                },
                b'$' | b'`' => self.expansion(false),
                _ => self.copy_to(self.at + 1),
            }
        }
    }

    /// A `$` or a backquote, in double quotes where not `bare`; copies the expansion as it stands.
    fn expansion(&mut self, bare: bool) {
        let end = match (self.bytes[self.at], self.bytes.get(self.at + 1).copied()) {
            (b'`', _) => skip_quoted(self.bytes, self.at + 1, b'`'),
            (_, Some(b'{')) => skip_nested(self.bytes, self.at + 1, b'{', b'}'),
            (_, Some(b'(')) => skip_nested(self.bytes, self.at + 1, b'(', b')'),
            (_, Some(b'\'')) if bare => {
                self.word.quoted = true;
                skip_quoted(self.bytes, self.at + 2, b'\'')
            }
            (_, Some(byte)) if byte.is_ascii_alphabetic() || byte == b'_' => {
                let name = self.bytes[self.at + 1..].iter();
                let len = name
                    .take_while(|b| b.is_ascii_alphanumeric() || **b == b'_')
                    .count();
                self.at + 1 + len
            }
            (_, Some(b'0'..=b'9' | b'@' | b'*' | b'#' | b'?' | b'-' | b'$' | b'!')) => self.at + 2,
            _ => return self.copy_to(self.at + 1),
        };
        self.word.has_expansion = true;
        self.copy_to(end);
    }
}

/// The first end of a character at or after `at`.
pub(super) fn char_boundary(text: &str, mut at: usize) -> usize {
    while at < text.len() && !text.is_char_boundary(at) {
        at += 1;
    }
    at.min(text.len())
}

/// The offset after a line end at `at`.
pub(super) fn line_end(bytes: &[u8], at: usize) -> Option<usize> {
    match (bytes.get(at), bytes.get(at + 1)) {
        (Some(b'\n'), _) => Some(at + 1),
        (Some(b'\r'), Some(b'\n')) => Some(at + 2),
        _ => None,
    }
}

/// The offset after the next `mark` that no backslash escapes; the end where there is none.
fn skip_quoted(bytes: &[u8], mut at: usize, mark: u8) -> usize {
    while let Some(byte) = bytes.get(at).copied() {
        at += match byte {
            b'\\' => 2,
            _ => 1,
        };
        if byte == mark {
            break;
        }
    }
    at.min(bytes.len())
}

/// The offset after the bracket that closes the one at `at`; quotes hide brackets.
pub(super) fn skip_nested(bytes: &[u8], mut at: usize, open: u8, close: u8) -> usize {
    let mut depth = 0_usize;
    while let Some(byte) = bytes.get(at).copied() {
        at = match byte {
            b'\\' => at + 2,
            b'"' => skip_quoted(bytes, at + 1, b'"'),
            b'\'' => memchr::memchr(b'\'', &bytes[at + 1..]).map_or(bytes.len(), |n| at + n + 2),
            _ => at + 1,
        };
        if byte == open {
            depth += 1;
        } else if byte == close {
            depth -= 1;
            if depth == 0 {
                break;
            }
        }
    }
    at.min(bytes.len())
}
