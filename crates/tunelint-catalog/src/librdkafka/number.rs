//! Numbers as C's `strtol` and `strtod` read them: as far as they go, whatever follows.

use super::{Key, Type};

/// Why a number is read as another one than it looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// What follows the number is ignored.
    Rest,
    /// A zero in front makes it octal.
    Octal,
    /// It does not fit into 32 bits: what comes of it depends on the system.
    Wraps,
}

/// What librdkafka makes of a number that is not plainly one.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading<'t> {
    /// The number, as it is used.
    pub number: String,
    /// What of the value is ignored, without blanks around it; mostly nothing.
    pub rest: &'t str,
    /// Why it is not what it looks like.
    pub cause: Cause,
}

impl Key {
    /// What the value is read as, where it is a number that looks like another. A comment after
    /// the number, a fraction of zeros and blanks change nothing of it and are left out.
    #[must_use]
    pub fn reading<'t>(&self, raw: &'t str) -> Option<Reading<'t>> {
        let text = raw.trim();
        let (number, end, cause) = match self.canonical().ty {
            Type::Integer => {
                let (wide, end) = whole(text)?;
                let narrow = narrowed(wide);
                let digits = text.trim_start_matches(['+', '-']);
                let octal = digits.len() > 1
                    && digits.starts_with('0')
                    && digits[1..].starts_with(|c: char| c.is_ascii_digit())
                    && !digits.trim_start_matches('0').is_empty()
                    && digits.trim_start_matches('0') != wide.unsigned_abs().to_string();
                let cause = if i64::from(narrow) != wide {
                    Cause::Wraps
                } else if octal {
                    Cause::Octal
                } else {
                    Cause::Rest
                };
                (narrow.to_string(), end, cause)
            }
            Type::Float => {
                let (number, end) = float(text)?;
                (number.to_string(), end, Cause::Rest)
            }
            _ => return None,
        };
        let after = text.get(end..)?;
        let rest = after.trim();
        let fraction = rest
            .strip_prefix('.')
            .is_some_and(|zeros| zeros.bytes().all(|byte| byte == b'0'));
        let comment = after.starts_with([' ', '\t']) && rest.starts_with(['#', '!', ';', '/']);
        let harmless = rest.is_empty() || fraction || comment;
        (cause != Cause::Rest || !harmless).then_some(Reading {
            number,
            rest: if harmless { "" } else { rest },
            cause,
        })
    }
}

/// `strtol(text, &end, 0)`: the number, kept within 64 bits, and where it ends.
pub(super) fn whole(text: &str) -> Option<(i64, usize)> {
    let bytes = text.as_bytes();
    let byte = |at: usize| bytes.get(at).copied().unwrap_or(0);
    let mut at = blanks(bytes);
    let negative = byte(at) == b'-';
    at += usize::from(matches!(byte(at), b'+' | b'-'));
    let prefixed = byte(at) == b'0'
        && byte(at + 1).eq_ignore_ascii_case(&b'x')
        && byte(at + 2).is_ascii_hexdigit();
    let radix = match (prefixed, byte(at)) {
        (true, _) => 16,
        (false, b'0') => 8,
        _ => 10,
    };
    at += if prefixed { 2 } else { 0 };
    let begin = at;
    let mut number = 0_i128;
    while let Some(digit) = char::from(byte(at)).to_digit(radix) {
        number = (number * i128::from(radix) + i128::from(digit)).min(1 << 64);
        at += 1;
    }
    let signed = if negative { -number } else { number };
    let kept = signed.clamp(i64::MIN.into(), i64::MAX.into());
    let kept = i64::try_from(kept).unwrap_or(i64::MAX);
    (at > begin).then_some((kept, at))
}

/// The lower 32 bits, which C keeps of a long where an int is wanted.
#[allow(
    clippy::cast_possible_truncation,
    reason = "the cut is what librdkafka does"
)]
pub(super) fn narrowed(wide: i64) -> i32 {
    wide as i32
}

/// `strtod(text, &end)`: the number and where it ends.
pub(super) fn float(text: &str) -> Option<(f64, usize)> {
    let bytes = text.as_bytes();
    let byte = |at: usize| bytes.get(at).copied().unwrap_or(0);
    let begin = blanks(bytes);
    let mut at = begin + usize::from(matches!(byte(begin), b'+' | b'-'));
    for word in ["infinity", "inf", "nan"] {
        let found = text.get(at..at + word.len());
        if found.is_some_and(|found| found.eq_ignore_ascii_case(word)) {
            let end = at + word.len();
            return text.get(begin..end)?.parse().ok().map(|n| (n, end));
        }
    }
    if byte(at) == b'0'
        && byte(at + 1).eq_ignore_ascii_case(&b'x')
        && byte(at + 2).is_ascii_hexdigit()
    {
        return hexadecimal(text, begin, at + 2);
    }
    let digits = |from: usize| (from..).take_while(|at| byte(*at).is_ascii_digit()).count();
    let before = digits(at);
    at += before;
    let after = if byte(at) == b'.' { digits(at + 1) } else { 0 };
    if before + after == 0 {
        return None;
    }
    at += if byte(at) == b'.' { 1 + after } else { 0 };
    if byte(at).eq_ignore_ascii_case(&b'e') {
        let sign = usize::from(matches!(byte(at + 1), b'+' | b'-'));
        let exponent = digits(at + 1 + sign);
        at += if exponent > 0 { 1 + sign + exponent } else { 0 };
    }
    text.get(begin..at)?.parse().ok().map(|n| (n, at))
}

/// A hexadecimal number without fraction; a fraction or exponent is nothing that people write.
fn hexadecimal(text: &str, begin: usize, first: usize) -> Option<(f64, usize)> {
    let rest = text.get(first..)?;
    let count = rest
        .bytes()
        .take_while(|byte| byte.is_ascii_hexdigit())
        .count();
    let mut number = 0.0;
    for digit in rest.chars().take(count).filter_map(|c| c.to_digit(16)) {
        number = number * 16.0 + f64::from(digit);
    }
    let negative = text.as_bytes().get(begin) == Some(&b'-');
    Some((if negative { -number } else { number }, first + count))
}

fn blanks(bytes: &[u8]) -> usize {
    let blank = |byte: &&u8| matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0b | 0x0c);
    bytes.iter().take_while(blank).count()
}
