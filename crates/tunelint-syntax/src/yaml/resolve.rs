//! What an unquoted scalar is taken for, which differs from reader to reader.

/// The rules by which a reader resolves unquoted scalars.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Schema {
    /// YAML 1.1 as Kubernetes reads it (go-yaml v2): `y`, `yes`, `on` and `n`, `no`, `off` are
    /// booleans, `0777` and `0o777` octal, `1_000` a number, `12:30` a string.
    Yaml11,
    /// YAML 1.1 as SnakeYAML and so Spring reads it: `yes` and `on` are booleans but `y` is not,
    /// `0777` is octal but `0o777` a string, `12:30` is 750.
    SnakeYaml,
    /// The core schema of YAML 1.2: only `true` and `false`, `0o777` octal, `0777` decimal.
    Yaml12,
}

/// What an unquoted scalar was taken for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Resolved {
    /// Null.
    Null,
    /// A boolean.
    Bool(bool),
    /// An integer.
    Int(i128),
    /// A number with a fraction or exponent, or an integer beyond all bounds.
    Float(f64),
    /// A string, or a date, which the readers here give on as a string.
    Str,
}

/// Resolves the text of a plain scalar.
pub(super) fn resolve(text: &str, schema: Schema) -> Resolved {
    if let Some(word) = word(text, schema) {
        return word;
    }
    let number = match schema {
        Schema::Yaml11 => go(text),
        Schema::SnakeYaml => snake(text),
        Schema::Yaml12 => core(text),
    };
    number.unwrap_or(Resolved::Str)
}

/// Null, booleans and the two special numbers, in lower case, upper case or with a capital.
fn word(text: &str, schema: Schema) -> Option<Resolved> {
    let one_case =
        text.chars().skip(1).all(|c| !c.is_uppercase()) || text.chars().all(|c| !c.is_lowercase());
    let lower = match text.len() {
        0..=5 => text.to_ascii_lowercase(),
        _ => return None,
    };
    let unsigned = lower.trim_start_matches(['+', '-']);
    match unsigned {
        ".inf" if lower.len() - unsigned.len() <= 1 && is_special(text) => {
            let negative = lower.starts_with('-');
            let value = if negative {
                f64::NEG_INFINITY
            } else {
                f64::INFINITY
            };
            return Some(Resolved::Float(value));
        }
        ".nan" if matches!(text, ".nan" | ".NaN" | ".NAN") => {
            return Some(Resolved::Float(f64::NAN));
        }
        _ => {}
    }
    if !one_case {
        return None;
    }
    let old = schema != Schema::Yaml12;
    match &*lower {
        "" | "~" | "null" => Some(Resolved::Null),
        "true" => Some(Resolved::Bool(true)),
        "false" => Some(Resolved::Bool(false)),
        "yes" | "on" if old => Some(Resolved::Bool(true)),
        "no" | "off" if old => Some(Resolved::Bool(false)),
        "y" if schema == Schema::Yaml11 => Some(Resolved::Bool(true)),
        "n" if schema == Schema::Yaml11 => Some(Resolved::Bool(false)),
        _ => None,
    }
}

fn is_special(text: &str) -> bool {
    matches!(
        text.trim_start_matches(['+', '-']),
        ".inf" | ".Inf" | ".INF"
    )
}

/// As Go's `ParseInt(text, 0, …)` without underscores, then a decimal float.
fn go(text: &str) -> Option<Resolved> {
    let first = text.chars().next()?;
    if first == '.' {
        return float(text, false);
    }
    if !(first.is_ascii_digit() || matches!(first, '+' | '-')) {
        return None;
    }
    let plain = text.replace('_', "");
    let (negative, digits) = sign(&plain);
    let lower = digits.to_ascii_lowercase();
    let (radix, digits) = match lower.get(..2) {
        Some("0x") => (16, &lower[2..]),
        Some("0o") => (8, &lower[2..]),
        Some("0b") => (2, &lower[2..]),
        _ if lower.len() > 1 && lower.starts_with('0') => (8, &lower[1..]),
        _ => (10, &*lower),
    };
    integer(negative, digits, radix).or_else(|| float(&plain, false))
}

/// As SnakeYAML's patterns for integers and floats.
fn snake(text: &str) -> Option<Resolved> {
    let (negative, digits) = sign(text);
    let first = digits.chars().next()?;
    if !(first.is_ascii_digit() || first == '.') {
        return None;
    }
    if let Some(parts) = sixty(digits) {
        return integer(negative, &parts.to_string(), 10);
    }
    let plain = digits.replace('_', "");
    let (radix, body) = match plain.get(..2) {
        Some("0x") => (16, &plain[2..]),
        Some("0b") => (2, &plain[2..]),
        _ if plain.len() > 1 && plain.starts_with('0') => (8, &plain[1..]),
        _ => (10, &*plain),
    };
    integer(negative, body, radix).or_else(|| {
        // Of the decimal numbers only those with a point or a signed exponent are floats.
        let float = float(&plain, true)?;
        Some(match float {
            Resolved::Float(value) if negative => Resolved::Float(-value),
            other => other,
        })
    })
}

/// `12:30:45`, a number to the base of sixty.
fn sixty(text: &str) -> Option<i128> {
    let mut parts = text.split(':');
    let first = parts.next()?.replace('_', "");
    if !text.contains(':') || first.is_empty() || first.starts_with('0') {
        return None;
    }
    let mut value: i128 = first.parse::<u32>().ok()?.into();
    for part in parts {
        let digits = part.bytes().all(|b| b.is_ascii_digit());
        let part: i128 = part.parse().ok()?;
        if !digits || part >= 60 {
            return None;
        }
        value = value.checked_mul(60)?.checked_add(part)?;
    }
    Some(value)
}

/// The core schema of YAML 1.2.
fn core(text: &str) -> Option<Resolved> {
    if let Some(digits) = text.strip_prefix("0o") {
        return integer(false, digits, 8);
    }
    if let Some(digits) = text.strip_prefix("0x") {
        return integer(false, digits, 16);
    }
    let (negative, digits) = sign(text);
    integer(negative, digits, 10).or_else(|| float(text, false))
}

fn sign(text: &str) -> (bool, &str) {
    match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    }
}

fn integer(negative: bool, digits: &str, radix: u32) -> Option<Resolved> {
    if digits.is_empty() || !digits.chars().all(|c| c.is_digit(radix)) {
        return None;
    }
    let value = match i128::from_str_radix(digits, radix) {
        Ok(value) => value,
        Err(_) if radix == 10 => return float(digits, false),
        Err(_) => return Some(Resolved::Float(f64::INFINITY)),
    };
    Some(Resolved::Int(if negative { -value } else { value }))
}

/// A decimal number: digits with at most one point, then perhaps an exponent (which must have a
/// sign where `strict`, and the number a point).
fn float(text: &str, strict: bool) -> Option<Resolved> {
    let (_, unsigned) = sign(text);
    let (mantissa, exponent) = match unsigned.find(['e', 'E']) {
        Some(at) => (&unsigned[..at], Some(&unsigned[at + 1..])),
        None => (unsigned, None),
    };
    let digits = mantissa.bytes().filter(u8::is_ascii_digit).count();
    let points = mantissa.bytes().filter(|b| *b == b'.').count();
    if digits == 0 || points > 1 || digits + points != mantissa.len() {
        return None;
    }
    if strict && points == 0 && exponent.is_none() {
        return None;
    }
    if let Some(exponent) = exponent {
        let (_, power) = sign(exponent);
        let signed = exponent.len() != power.len();
        if power.is_empty() || !power.bytes().all(|b| b.is_ascii_digit()) || (strict && !signed) {
            return None;
        }
    }
    text.parse().ok().map(Resolved::Float)
}
