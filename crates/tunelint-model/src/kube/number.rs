//! Numbers as the API server takes them: quantities, and counts that may be percentages or names.

use super::{At, Read};
use tunelint_syntax::yaml::Resolved;

/// What a `intstr.IntOrString` holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IntOrText<'a> {
    /// A number.
    Int(i64),
    /// `25%`: the number before the sign.
    Percent(i64),
    /// Any other text: the name of a port.
    Text(&'a str),
}

impl<'a> At<'a> {
    /// The number, percentage or name under a path.
    #[must_use]
    pub fn int_or_text(self, path: &[&str]) -> Read<IntOrText<'a>> {
        self.resolved(path).map(|(text, resolved)| match resolved {
            Resolved::Int(value) => i64::try_from(value).ok().map(IntOrText::Int),
            Resolved::Str => Some(match text.strip_suffix('%').map(str::parse) {
                Some(Ok(value)) => IntOrText::Percent(value),
                _ => IntOrText::Text(text),
            }),
            _ => None,
        })
    }
}

impl IntOrText<'_> {
    /// Of so many, how many it is; a percentage is rounded up, as `GetScaledValueFromIntOrPercent`
    /// of apimachinery does it for disruption budgets.
    #[must_use]
    pub fn of(self, total: i64) -> Option<i64> {
        match self {
            Self::Int(value) => Some(value),
            Self::Percent(percent) => Some((total.checked_mul(percent)? + 99) / 100),
            Self::Text(_) => None,
        }
    }
}

/// The text that `resource.ParseQuantity` gets for a YAML scalar: an unquoted number goes through
/// JSON first, so that `010` becomes `8` and `1_000` becomes `1000`; blanks around a string are
/// cut off. `None` for what JSON cannot carry or an API server never sees as a quantity.
#[must_use]
pub fn quantity_text(text: &str, resolved: Resolved) -> Option<String> {
    match resolved {
        Resolved::Str => Some(text.trim().to_owned()),
        Resolved::Int(value) => Some(value.to_string()),
        Resolved::Float(value) if value.is_finite() => Some(json_number(value)),
        Resolved::Bool(value) => Some(value.to_string()),
        Resolved::Null | Resolved::Float(_) => None,
    }
}

/// A float as Go's `encoding/json` writes it: shortest digits, an exponent below 1e-6 and from
/// 1e21 on.
fn json_number(value: f64) -> String {
    let size = value.abs();
    if size != 0.0 && !(1e-6..1e21).contains(&size) {
        let text = format!("{value:e}");
        return match text.split_once('e') {
            Some((digits, power)) if !power.starts_with('-') => format!("{digits}e+{power}"),
            _ => text,
        };
    }
    format!("{value}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_are_written_as_go_writes_them() {
        for (value, text) in [
            (0.1, "0.1"),
            (1e9, "1000000000"),
            (1e21, "1e+21"),
            (1.5e-7, "1.5e-7"),
            (2.0, "2"),
        ] {
            assert_eq!(json_number(value), text);
        }
    }
}
