//! Spring's spellings of sizes and durations, as the numbers that Kafka takes.

use tunelint_base::quantity::parse_millis;

/// How a framework spells the value of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Conversion {
    /// As Kafka does.
    Same,
    /// `16KB`, binary whatever the letters (`org.springframework.util.unit.DataSize`).
    DataSize,
    /// `10s`, `500ms`, `PT10S`, or a number of milliseconds.
    Duration,
    /// An enum constant for a lower-case word.
    LowerCase,
    /// `file:/etc/trust.jks`; what lies on the class path is written to a file whose name nobody knows.
    Resource,
}

/// The value as Kafka takes it; `None` where it is not spelled so.
pub(super) fn convert(conversion: Conversion, value: &str) -> Option<String> {
    let value = value.trim();
    match conversion {
        Conversion::Same => Some(value.to_owned()),
        Conversion::LowerCase => Some(value.to_ascii_lowercase().replace('-', "_")),
        Conversion::DataSize => data_size(value).map(|bytes| bytes.to_string()),
        Conversion::Duration => duration(value).map(|millis| millis.to_string()),
        Conversion::Resource => match value.split_once(':') {
            Some(("file", path)) => Some(path.to_owned()),
            Some(_) => None,
            None => Some(value.to_owned()),
        },
    }
}

fn data_size(value: &str) -> Option<i64> {
    let digits = value
        .find(|c: char| !c.is_ascii_digit() && c != '-')
        .unwrap_or(value.len());
    let number: i64 = value[..digits].parse().ok()?;
    let shift = match value[digits..].trim() {
        "" | "B" => 0,
        "KB" => 10,
        "MB" => 20,
        "GB" => 30,
        "TB" => 40,
        _ => return None,
    };
    number.checked_mul(1 << shift)
}

fn duration(value: &str) -> Option<i64> {
    let lower = value.to_ascii_lowercase();
    if let Some(iso) = lower.strip_prefix("pt") {
        let unit = iso.chars().last()?;
        let number = &iso[..iso.len() - 1];
        let word = match unit {
            'h' => "h",
            'm' => "min",
            's' => "s",
            _ => return None,
        };
        return parse_millis(&format!("{number}{word}"));
    }
    parse_millis(&lower)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spring_spellings_become_numbers() {
        assert_eq!(
            convert(Conversion::DataSize, "16KB").as_deref(),
            Some("16384")
        );
        assert_eq!(
            convert(Conversion::DataSize, "16384").as_deref(),
            Some("16384")
        );
        assert_eq!(convert(Conversion::Duration, "5s").as_deref(), Some("5000"));
        assert_eq!(
            convert(Conversion::Duration, "PT5M").as_deref(),
            Some("300000")
        );
        assert_eq!(convert(Conversion::Duration, "250").as_deref(), Some("250"));
        assert_eq!(convert(Conversion::Duration, "soon"), None);
        assert_eq!(
            convert(Conversion::LowerCase, "READ_COMMITTED").as_deref(),
            Some("read_committed")
        );
    }
}
