//! Sizes, durations and CPU shares: how people write them and how they are shown.

/// What a whole number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Bytes.
    Bytes,
    /// Milliseconds.
    Millis,
    /// Thousandths of a CPU core.
    Millicores,
}

impl Unit {
    /// The number as people read it: `1.5 GiB`, `5 min`, `1500m`.
    #[must_use]
    pub fn show(self, value: i64) -> String {
        match self {
            Self::Bytes => show_bytes(value),
            Self::Millis => show_millis(value),
            Self::Millicores => show_millicores(value),
        }
    }
}

/// Bytes in the greatest binary unit that gives at least 1: `512 B`, `16 KiB`, `1.5 GiB`.
#[must_use]
pub fn show_bytes(bytes: i64) -> String {
    let (mut value, mut unit) = (bytes as f64, "B");
    for next in ["KiB", "MiB", "GiB", "TiB"] {
        if value.abs() < 1024.0 {
            break;
        }
        value /= 1024.0;
        unit = next;
    }
    format!("{} {unit}", short(value))
}

/// Milliseconds in a unit that keeps them short: `20 ms`, `1.5 s`, `5 min`, `7 d`.
#[must_use]
pub fn show_millis(millis: i64) -> String {
    let steps = [
        (86_400_000, "d"),
        (3_600_000, "h"),
        (60_000, "min"),
        (1_000, "s"),
    ];
    for (size, unit) in steps {
        if millis.abs() >= size && (millis % size == 0 || size == 1_000) {
            let text = format!("{:.3}", millis as f64 / size as f64);
            return format!(
                "{} {unit}",
                text.trim_end_matches('0').trim_end_matches('.')
            );
        }
    }
    format!("{millis} ms")
}

fn show_millicores(millis: i64) -> String {
    if millis % 1000 == 0 {
        let cores = millis / 1000;
        return format!("{cores} CPU{}", if cores == 1 { "" } else { "s" });
    }
    format!("{} CPUs", short(millis as f64 / 1000.0))
}

/// Three digits that count, and none that are zero after the point.
fn short(value: f64) -> String {
    let decimals = match value.abs() {
        large if large >= 100.0 => 0,
        middle if middle >= 10.0 => 1,
        _ => 2,
    };
    let text = format!("{value:.decimals$}");
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
    }
}

/// Reads a duration as rule pages write it: `500ms`, `5s`, `10min`, `24h`, `7d`.
#[must_use]
pub fn parse_millis(text: &str) -> Option<i64> {
    let digits = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    let number: i64 = text[..digits].parse().ok()?;
    let factor = match text[digits..].trim() {
        "ms" | "" => 1,
        "s" => 1_000,
        "min" | "m" => 60_000,
        "h" => 3_600_000,
        "d" => 86_400_000,
        _ => return None,
    };
    number.checked_mul(factor)
}

/// Why a string is no Kubernetes quantity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAQuantity;

/// Reads a Kubernetes quantity as thousandths, rounded up as the API server does: `1.5` is 1500,
/// `100m` is 100, `1Ki` is 1,024,000; what is too large stays at the largest number. The grammar is
/// that of `resource.ParseQuantity` (apimachinery, `pkg/api/resource/quantity.go`): an optional
/// sign, digits with at most one point, then a binary suffix, a decimal suffix, or `e`/`E` with an
/// exponent. The digits may all be missing.
pub fn parse_kubernetes(text: &str) -> Result<i128, NotAQuantity> {
    if text.is_empty() {
        return Err(NotAQuantity);
    }
    let body = text.strip_prefix(['+', '-']).unwrap_or(text);
    let negative = text.starts_with('-');
    let digits = |text: &str| {
        text.find(|c: char| !c.is_ascii_digit())
            .unwrap_or(text.len())
    };
    let (whole, rest) = body.split_at(digits(body));
    let (fraction, suffix) = match rest.strip_prefix('.') {
        Some(rest) => rest.split_at(digits(rest)),
        None => ("", rest),
    };
    let (base, exponent) = suffix_of(suffix)?;
    let value = scaled(whole, fraction, base, exponent);
    Ok(if negative { -value } else { value })
}

/// The factor of a suffix, and the power of ten.
fn suffix_of(suffix: &str) -> Result<(i128, i32), NotAQuantity> {
    Ok(match suffix {
        "Ki" => (1 << 10, 0),
        "Mi" => (1 << 20, 0),
        "Gi" => (1 << 30, 0),
        "Ti" => (1 << 40, 0),
        "Pi" => (1 << 50, 0),
        "Ei" => (1 << 60, 0),
        "n" => (1, -9),
        "u" => (1, -6),
        "m" => (1, -3),
        "" => (1, 0),
        "k" => (1, 3),
        "M" => (1, 6),
        "G" => (1, 9),
        "T" => (1, 12),
        "P" => (1, 15),
        "E" => (1, 18),
        _ => {
            let digits = suffix.strip_prefix(['e', 'E']).ok_or(NotAQuantity)?;
            let power: i64 = digits.parse().map_err(|_| NotAQuantity)?;
            // Go cuts the number to 32 bits.
            (1, power as i32)
        }
    })
}

/// `whole.fraction × base × 10^exponent` in thousandths, away from zero.
fn scaled(whole: &str, fraction: &str, base: i128, exponent: i32) -> i128 {
    let fraction = fraction.trim_end_matches('0');
    let all = format!("{whole}{fraction}");
    let all = all.trim_start_matches('0');
    if all.is_empty() {
        return 0;
    }
    // Digits behind the thirtieth cannot change a number of this size but by rounding it up.
    const KEPT: usize = 30;
    let kept = all.len().min(KEPT);
    let more = all[kept..].bytes().any(|digit| digit != b'0');
    let Ok(mantissa) = all[..kept].parse::<i128>() else {
        return i128::MAX;
    };
    let cut = i64::try_from(all.len() - kept).unwrap_or(i64::MAX);
    let places = i64::try_from(fraction.len()).unwrap_or(i64::MAX);
    let scale = i64::from(exponent) + 3 + cut - places;
    let value = mantissa.saturating_mul(base);
    match u32::try_from(scale) {
        Ok(up) => value.saturating_mul(10_i128.checked_pow(up).unwrap_or(i128::MAX)),
        Err(_) => {
            let down = u32::try_from(-scale)
                .ok()
                .and_then(|down| 10_i128.checked_pow(down));
            let down = down.unwrap_or(i128::MAX);
            value / down + i128::from(value % down != 0 || more)
        }
    }
}

/// Bytes of a Kubernetes memory quantity, rounded up to whole bytes.
pub fn kubernetes_bytes(text: &str) -> Result<i64, NotAQuantity> {
    let milli = parse_kubernetes(text)?;
    let bytes = milli.div_euclid(1000) + i128::from(milli.rem_euclid(1000) != 0);
    i64::try_from(bytes).map_err(|_| NotAQuantity)
}

/// Millicores of a Kubernetes CPU quantity.
pub fn kubernetes_millicores(text: &str) -> Result<i64, NotAQuantity> {
    i64::try_from(parse_kubernetes(text)?).map_err(|_| NotAQuantity)
}

/// Bytes of a size as HotSpot reads it after `-Xmx` or `-XX:Flag=`: decimal or `0x` digits and
/// at most one of `k m g t` in either case; no fraction, no blank, no other suffix.
#[must_use]
pub fn jvm_size(text: &str) -> Option<u64> {
    let (digits, radix) = match text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
        Some(hex) => (hex, 16),
        None => (text, 10),
    };
    let end = digits
        .find(|c: char| !c.is_digit(radix))
        .unwrap_or(digits.len());
    let (number, suffix) = digits.split_at(end);
    let shift = match suffix {
        "" => 0,
        "k" | "K" => 10,
        "m" | "M" => 20,
        "g" | "G" => 30,
        "t" | "T" => 40,
        _ => return None,
    };
    u64::from_str_radix(number, radix)
        .ok()?
        .checked_mul(1 << shift)
}

/// A size as HotSpot options spell it, in the greatest unit that divides it: `2g`, `1536m`.
#[must_use]
pub fn show_jvm_size(bytes: u64) -> String {
    for (shift, unit) in [(30, "g"), (20, "m"), (10, "k")] {
        if bytes > 0 && bytes.is_multiple_of(1 << shift) {
            return format!("{}{unit}", bytes >> shift);
        }
    }
    bytes.to_string()
}

/// A memory quantity as manifests spell it, in the greatest binary unit that divides it: `4Gi`, `1536Mi`.
#[must_use]
pub fn show_kubernetes_bytes(bytes: i64) -> String {
    for (shift, unit) in [(30, "Gi"), (20, "Mi"), (10, "Ki")] {
        if bytes > 0 && bytes % (1 << shift) == 0 {
            return format!("{}{unit}", bytes >> shift);
        }
    }
    bytes.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantities_are_read_as_kubernetes_reads_them() {
        let cases = [
            ("1000m", Ok(1000)),
            ("4Gi", Ok((4 << 30) * 1000)),
            ("4G", Ok(4_000_000_000_000)),
            ("1e9", Ok(1_000_000_000_000)),
            ("0.1", Ok(100)),
            ("1.5Gi", Ok(1536 * 1024 * 1024 * 1000)),
            ("1E", Ok(1_000_000_000_000_000_000_000)),
            ("1n", Ok(1)),
            ("-1", Ok(-1000)),
            (".5", Ok(500)),
            ("5.", Ok(5000)),
            ("+", Ok(0)),
            (".", Ok(0)),
            ("1K", Err(NotAQuantity)),
            ("1_000", Err(NotAQuantity)),
            ("", Err(NotAQuantity)),
            ("1 Gi", Err(NotAQuantity)),
            ("Ki", Ok(0)),
            ("1e", Err(NotAQuantity)),
            ("1e-3", Ok(1)),
            ("1E+2", Ok(100_000)),
            ("0.0001", Ok(1)),
            ("1Gib", Err(NotAQuantity)),
            ("--1", Err(NotAQuantity)),
            ("1.2.3", Err(NotAQuantity)),
        ];
        for (text, value) in cases {
            assert_eq!(parse_kubernetes(text), value, "{text}");
        }
        assert_eq!(kubernetes_bytes("400m"), Ok(1));
        assert_eq!(kubernetes_millicores("1.5"), Ok(1500));
    }

    #[test]
    fn sizes_are_read_as_hotspot_reads_them() {
        let cases = [
            ("512m", Some(512 << 20)),
            ("1G", Some(1 << 30)),
            ("0x20000000", Some(1 << 29)),
            ("1t", Some(1 << 40)),
            ("1.5g", None),
            ("1gb", None),
            ("1Gi", None),
            ("", None),
            ("-1g", None),
            ("99999999999g", None),
        ];
        for (text, value) in cases {
            assert_eq!(jvm_size(text), value, "{text}");
        }
    }

    #[test]
    fn quantities_are_shown_shortly() {
        assert_eq!(show_bytes(1536 << 20), "1.5 GiB");
        assert_eq!(show_bytes(65_536), "64 KiB");
        assert_eq!(show_millis(300_000), "5 min");
        assert_eq!(show_millis(1_500), "1.5 s");
        assert_eq!(show_millis(604_800_000), "7 d");
        assert_eq!(show_millis(90_000), "90 s");
        assert_eq!(show_millis(30_020), "30.02 s");
        assert_eq!(Unit::Millicores.show(1000), "1 CPU");
        assert_eq!(Unit::Millicores.show(1500), "1.5 CPUs");
        assert_eq!(show_jvm_size(1536 << 20), "1536m");
        assert_eq!(show_kubernetes_bytes(4 << 30), "4Gi");
    }
}
