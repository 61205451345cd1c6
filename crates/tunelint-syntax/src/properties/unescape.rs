//! Undoes the escapes of a key or a value.

use memchr::memchr;
use tunelint_base::{OffsetMap, Span};

use super::Decoded;

/// Undoes escapes; all its offsets count from the start of `raw`.
pub(super) struct Decoder<'a> {
    raw: &'a str,
    at: usize,
    pub(super) decoded: Decoded,
    /// The source of each malformed `\u`.
    pub(super) malformed: Vec<Span>,
}

impl<'a> Decoder<'a> {
    pub(super) fn new(raw: &'a str) -> Self {
        Self {
            raw,
            at: 0,
            decoded: Decoded {
                text: String::with_capacity(raw.len()),
                map: OffsetMap::starting_at(0),
                lone_surrogate: false,
            },
            malformed: Vec::new(),
        }
    }

    pub(super) fn run(&mut self) {
        let raw = self.raw;
        while let Some(found) = memchr(b'\\', &raw.as_bytes()[self.at..]) {
            let backslash = self.at + found;
            self.copy_to(backslash);
            let Some(escaped) = raw[backslash + 1..].chars().next() else {
                self.at = raw.len();
                break;
            };
            let after = backslash + 1 + escaped.len_utf8();
            match escaped {
                't' => self.push('\t', after),
                'n' => self.push('\n', after),
                'r' => self.push('\r', after),
                'f' => self.push('\x0c', after),
                'u' => self.unicode(after),
                other => self.push(other, after),
            }
        }
        self.copy_to(raw.len());
        self.decoded.map.end_at(raw.len());
    }

    fn copy_to(&mut self, end: usize) {
        let part = &self.raw[self.at..end];
        self.decoded.text.push_str(part);
        self.decoded.map.push_verbatim(self.at, part.len());
        self.at = end;
    }

    /// Appends `character` for the source up to `end`.
    fn push(&mut self, character: char, end: usize) {
        self.decoded.text.push(character);
        let source = Span::new(self.at, end);
        self.decoded.map.push_escape(source, character.len_utf8());
        self.at = end;
    }

    /// A `\u` whose digits begin at `digits`.
    fn unicode(&mut self, digits: usize) {
        let Some(unit) = hex4(self.raw, digits) else {
            let tail = self.raw.as_bytes()[digits..].iter().take(4);
            let given = tail.take_while(|byte| byte.is_ascii_hexdigit()).count();
            self.malformed.push(Span::new(self.at, digits + given));
            return self.push('u', digits);
        };
        let end = digits + 4;
        let low = self.raw[end..]
            .starts_with("\\u")
            .then(|| hex4(self.raw, end + 2))
            .flatten();
        if let Some(low) = low
            && let Some(Ok(pair)) = char::decode_utf16([unit, low]).next()
            && pair > '\u{ffff}'
        {
            return self.push(pair, end + 6);
        }
        match char::from_u32(u32::from(unit)) {
            Some(character) => self.push(character, end),
            None => {
                self.decoded.lone_surrogate = true;
                self.push(char::REPLACEMENT_CHARACTER, end);
            }
        }
    }
}

/// The UTF-16 unit of the four hexadecimal digits at `at`.
fn hex4(raw: &str, at: usize) -> Option<u16> {
    let digits = raw.get(at..at + 4)?;
    // `from_str_radix` alone would take a sign.
    digits
        .bytes()
        .all(|byte| byte.is_ascii_hexdigit())
        .then(|| u16::from_str_radix(digits, 16).ok())
        .flatten()
}
