//! How Java reads the texts that Kafka hands it: trimming, numbers, lists.

/// `String.trim`: cuts characters up to U+0020 from both ends.
pub(super) fn trim(text: &str) -> &str {
    text.trim_matches(|c| c <= '\u{20}')
}

/// Why a text is no whole number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoNumber {
    /// Something else than digits stands in it.
    Form,
    /// It does not fit.
    TooBig,
}

/// `Integer.parseInt`, `Long.parseLong`, `Short.parseShort`: a sign, then decimal digits of any script.
pub(super) fn parse_whole(text: &str, min: i64, max: i64) -> Result<i64, NoNumber> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if digits.is_empty() {
        return Err(NoNumber::Form);
    }
    let mut value: i128 = 0;
    for c in digits.chars() {
        let digit = digit(c).ok_or(NoNumber::Form)?;
        value = value.saturating_mul(10).saturating_add(i128::from(digit));
    }
    if text.starts_with('-') {
        value = -value;
    }
    match i64::try_from(value) {
        Ok(value) if (min..=max).contains(&value) => Ok(value),
        _ => Err(NoNumber::TooBig),
    }
}

/// The zeros of the scripts whose digits `Character.digit` reads, within one UTF-16 unit.
const ZEROS: [u32; 37] = [
    0x0030, 0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6,
    0x0D66, 0x0DE6, 0x0E50, 0x0ED0, 0x0F20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80,
    0x1A90, 0x1B50, 0x1BB0, 0x1C40, 0x1C50, 0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0,
    0xFF10,
];

fn digit(c: char) -> Option<u8> {
    let code = u32::from(c);
    let zero = ZEROS[..ZEROS.partition_point(|zero| *zero <= code)].last()?;
    u8::try_from(code - zero).ok().filter(|digit| *digit < 10)
}

/// `Double.parseDouble`: decimal or hexadecimal, with `f` or `d` behind it, `NaN`, `Infinity`.
pub(super) fn parse_double(text: &str) -> Option<f64> {
    let text = trim(text);
    let body = text.strip_prefix(['+', '-']).unwrap_or(text);
    let value = match body {
        "NaN" => f64::NAN,
        "Infinity" => f64::INFINITY,
        _ => {
            let plain = body.strip_suffix(['f', 'F', 'd', 'D']).unwrap_or(body);
            match plain
                .strip_prefix("0x")
                .or_else(|| plain.strip_prefix("0X"))
            {
                Some(hex) => hexadecimal(hex)?,
                None => decimal(plain)?,
            }
        }
    };
    Some(if text.starts_with('-') { -value } else { value })
}

fn decimal(text: &str) -> Option<f64> {
    let ok = text
        .bytes()
        .all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'e' | b'E' | b'+' | b'-'));
    // Signs in front are gone already; Rust would take a second one.
    if !ok || text.starts_with(['+', '-']) {
        return None;
    }
    text.parse().ok()
}

fn hexadecimal(text: &str) -> Option<f64> {
    let (mantissa, exponent) = text.split_once(['p', 'P'])?;
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let exponent = parse_ascii_exponent(exponent)?;
    let mut value = 0.0;
    for c in whole.chars().chain(fraction.chars()) {
        value = value * 16.0 + f64::from(c.to_digit(16)?);
    }
    let shift = exponent.saturating_sub(i32::try_from(fraction.len()).ok()?.saturating_mul(4));
    Some(value * 2_f64.powi(shift))
}

fn parse_ascii_exponent(text: &str) -> Option<i32> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let value: i32 = digits.parse().unwrap_or(i32::MAX / 8);
    Some(if text.starts_with('-') { -value } else { value })
}

/// The elements of a list: split at commas with the white space around them; an empty text has none.
pub(super) fn split_list(text: &str) -> Vec<&str> {
    if text.is_empty() {
        return Vec::new();
    }
    let space = |c| matches!(c, ' ' | '\t' | '\n' | '\u{b}' | '\u{c}' | '\r');
    let last = text.matches(',').count();
    let elements = text.split(',').enumerate().map(|(i, element)| {
        let element = if i > 0 {
            element.trim_start_matches(space)
        } else {
            element
        };
        if i < last {
            element.trim_end_matches(space)
        } else {
            element
        }
    });
    elements.collect()
}
