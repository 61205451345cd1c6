//! Constants: literals, arithmetic as Java does it, and names of finals.

use crate::facts::Const;
use crate::syntax::{DEEPEST, bare, children, field, text_of};
use std::collections::HashMap;
use tree_sitter::Node;

/// A constant while it is worked out: Java's `int` wraps at 32 bits, its `long` at 64.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Folded {
    Int(i32),
    Long(i64),
    Other(Const),
}

impl Folded {
    /// What it is worth.
    pub(crate) fn into_const(self) -> Const {
        match self {
            Self::Int(value) => Const::Int(value.into()),
            Self::Long(value) => Const::Int(value),
            Self::Other(value) => value,
        }
    }

    fn wide(&self) -> Option<i64> {
        match self {
            Self::Int(value) => Some((*value).into()),
            Self::Long(value) => Some(*value),
            Self::Other(_) => None,
        }
    }
}

/// A constant, and whether `int` arithmetic ran over on the way.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Outcome {
    pub(crate) value: Folded,
    pub(crate) overflows: bool,
}

impl Outcome {
    fn sure(value: Folded) -> Self {
        Self {
            value,
            overflows: false,
        }
    }

    /// Nothing is known.
    pub(crate) fn unknown() -> Self {
        Self::sure(Folded::Other(Const::Unknown))
    }
}

/// Names with their values.
pub(crate) type Names = HashMap<String, Outcome>;

/// The value of an expression where `names` stand for constants.
pub(crate) fn fold(node: Node<'_>, text: &str, names: &Names) -> Outcome {
    fold_at(node, text, names, 0)
}

fn fold_at(node: Node<'_>, text: &str, names: &Names, depth: usize) -> Outcome {
    if depth > DEEPEST {
        return Outcome::unknown();
    }
    let inner = |node: Node<'_>| fold_at(node, text, names, depth + 1);
    let whole = text_of(node, text);
    let known = |value: Option<Folded>| value.map_or_else(Outcome::unknown, Outcome::sure);
    match node.kind() {
        "decimal_integer_literal" => known(integer(whole, 10)),
        "hex_integer_literal" => known(integer(whole.get(2..).unwrap_or(""), 16)),
        "octal_integer_literal" => known(integer(whole.trim_start_matches(['0', 'o']), 8)),
        "binary_integer_literal" => known(integer(whole.get(2..).unwrap_or(""), 2)),
        "decimal_floating_point_literal" => {
            let digits = whole.replace('_', "");
            let digits = digits.trim_end_matches(['f', 'F', 'd', 'D']);
            known(
                digits
                    .parse()
                    .ok()
                    .map(|value| Folded::Other(Const::Double(value))),
            )
        }
        "true" => Outcome::sure(Folded::Other(Const::Bool(true))),
        "false" => Outcome::sure(Folded::Other(Const::Bool(false))),
        "string_literal" => {
            let plain = whole.trim_matches('"');
            let value = (!plain.contains('\\')).then(|| Const::Text(plain.to_owned()));
            known(value.map(Folded::Other))
        }
        "parenthesized_expression" => children(node)
            .first()
            .map_or_else(Outcome::unknown, |child| inner(*child)),
        "cast_expression" => {
            let Some(value) = field(node, "value").map(inner) else {
                return Outcome::unknown();
            };
            let ty = field(node, "type").map_or("", |ty| text_of(ty, text));
            Outcome {
                value: cast(ty, value.value),
                overflows: value.overflows,
            }
        }
        "unary_expression" => {
            let Some(operand) = field(node, "operand").map(inner) else {
                return Outcome::unknown();
            };
            let operator = field(node, "operator").map_or("", |operator| text_of(operator, text));
            Outcome {
                value: unary(operator, operand.value),
                overflows: operand.overflows,
            }
        }
        "binary_expression" => {
            let (Some(left), Some(right)) = (
                field(node, "left").map(inner),
                field(node, "right").map(inner),
            ) else {
                return Outcome::unknown();
            };
            let operator = field(node, "operator").map_or("", |operator| text_of(operator, text));
            let before = left.overflows || right.overflows;
            let (value, overflows) = binary(operator, &left.value, &right.value);
            Outcome {
                value,
                overflows: overflows || before,
            }
        }
        "identifier" => names.get(whole).cloned().unwrap_or_else(Outcome::unknown),
        "field_access" => {
            let last = field(node, "field").map_or("", |name| text_of(name, text));
            let known = names.get(whole).or_else(|| {
                let of_this = field(node, "object").is_some_and(|object| object.kind() == "this");
                of_this.then(|| names.get(last)).flatten()
            });
            let shouted = !last.is_empty()
                && last
                    .chars()
                    .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_');
            match (known, whole) {
                (Some(known), _) => known.clone(),
                (None, "Integer.MAX_VALUE") => Outcome::sure(Folded::Int(i32::MAX)),
                (None, "Long.MAX_VALUE") => Outcome::sure(Folded::Long(i64::MAX)),
                (None, _) if shouted => Outcome::sure(Folded::Other(Const::Name(last.to_owned()))),
                _ => Outcome::unknown(),
            }
        }
        _ => Outcome::unknown(),
    }
}

/// The milliseconds of a duration: a number of them, `Duration.ofMinutes(5)`, `TimeUnit.HOURS.toMillis(1)`.
pub(crate) fn millis(node: Node<'_>, text: &str, names: &Names) -> Option<i64> {
    let node = bare(node);
    if let Some(value) = fold(node, text, names).value.into_const().int() {
        return Some(value);
    }
    if node.kind() == "identifier" {
        return None;
    }
    if node.kind() == "field_access" && text_of(node, text) == "Duration.ZERO" {
        return Some(0);
    }
    if node.kind() != "method_invocation" {
        return None;
    }
    let object = text_of(field(node, "object")?, text);
    let method = text_of(field(node, "name")?, text);
    let argument = *crate::syntax::arguments(node).first()?;
    let count = fold(argument, text, names).value.into_const().int()?;
    let factor = match (object.rsplit('.').next()?, method) {
        ("Duration", "ofMillis") => 1,
        ("Duration", "ofSeconds") => 1_000,
        ("Duration", "ofMinutes") => 60_000,
        ("Duration", "ofHours") => 3_600_000,
        ("Duration", "ofDays") => 86_400_000,
        ("SECONDS", "toMillis") => 1_000,
        ("MINUTES", "toMillis") => 60_000,
        ("HOURS", "toMillis") => 3_600_000,
        ("DAYS", "toMillis") => 86_400_000,
        _ => return None,
    };
    count.checked_mul(factor)
}

fn integer(digits: &str, radix: u32) -> Option<Folded> {
    let digits = digits.replace('_', "");
    let (digits, long) = match digits.strip_suffix(['l', 'L']) {
        Some(digits) => (digits, true),
        None => (digits.as_str(), false),
    };
    let digits = if digits.is_empty() { "0" } else { digits };
    let value = u64::from_str_radix(digits, radix).ok()?;
    // In other radixes than ten a literal may set the sign's bit.
    if long {
        return Some(Folded::Long(value.cast_signed()));
    }
    let value = u32::try_from(value).ok()?;
    (radix != 10 || i32::try_from(value).is_ok() || value == 1 << 31)
        .then(|| Folded::Int(value.cast_signed()))
}

fn cast(ty: &str, value: Folded) -> Folded {
    let double = match value {
        Folded::Other(Const::Double(value)) => Some(value),
        _ => None,
    };
    match (ty, value.wide(), double) {
        ("long" | "Long", Some(value), _) => Folded::Long(value),
        // The cast cuts off what does not fit, as Java's does.
        ("int" | "Integer", Some(value), _) => Folded::Int(value as i32),
        ("long", None, Some(value)) => Folded::Long(value as i64),
        ("int", None, Some(value)) => Folded::Int(value as i32),
        _ => value,
    }
}

fn unary(operator: &str, value: Folded) -> Folded {
    match (operator, value) {
        ("-", Folded::Int(value)) => Folded::Int(value.wrapping_neg()),
        ("-", Folded::Long(value)) => Folded::Long(value.wrapping_neg()),
        ("-", Folded::Other(Const::Double(value))) => Folded::Other(Const::Double(-value)),
        ("+", value) => value,
        ("~", Folded::Int(value)) => Folded::Int(!value),
        ("~", Folded::Long(value)) => Folded::Long(!value),
        ("!", Folded::Other(Const::Bool(value))) => Folded::Other(Const::Bool(!value)),
        _ => Folded::Other(Const::Unknown),
    }
}

fn binary(operator: &str, left: &Folded, right: &Folded) -> (Folded, bool) {
    let unknown = (Folded::Other(Const::Unknown), false);
    let (Some(a), Some(b)) = (left.wide(), right.wide()) else {
        return unknown;
    };
    let shift = matches!(operator, "<<" | ">>" | ">>>");
    let both_int = match (left, right) {
        (Folded::Int(_), Folded::Int(_)) => true,
        (Folded::Int(_), Folded::Long(_)) => shift,
        _ => false,
    };
    let bits = u32::try_from(b & if both_int { 31 } else { 63 }).unwrap_or(0);
    let value: Option<i128> = match operator {
        "+" => Some(i128::from(a) + i128::from(b)),
        "-" => Some(i128::from(a) - i128::from(b)),
        "*" => Some(i128::from(a) * i128::from(b)),
        "/" => i128::from(a).checked_div(i128::from(b)),
        "%" => i128::from(a).checked_rem(i128::from(b)),
        "<<" => Some(i128::from(a) << bits),
        ">>" => Some(i128::from(a >> bits)),
        ">>>" if a >= 0 => Some(i128::from(a >> bits)),
        "&" => Some(i128::from(a & b)),
        "|" => Some(i128::from(a | b)),
        "^" => Some(i128::from(a ^ b)),
        _ => None,
    };
    let Some(value) = value else { return unknown };
    if both_int {
        let wrapped = value as i32;
        (Folded::Int(wrapped), i128::from(wrapped) != value)
    } else {
        let wrapped = value as i64;
        (Folded::Long(wrapped), i128::from(wrapped) != value)
    }
}
