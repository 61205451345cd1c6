//! A unit after a number, where Kafka takes plain numbers only.

use super::{text, value_place, with};
use crate::client::{Client, Entry};
use crate::value::{Fact, Value};
use crate::view::View;
use tunelint_catalog::kafka::Fault;

/// The number and its unit, in a value that is refused because of the unit.
fn split<'m>(view: &View<'m>, client: &Client<'_>, entry: Entry<'m>) -> Option<(i64, &'m str)> {
    if client.hides(entry.setting) {
        return None;
    }
    let value = entry.setting.value.trim();
    let refusal = view.refusal()?;
    let Fault::WrongType { expected } = refusal.fault else {
        return None;
    };
    let digits = value
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(value.len());
    let unit = value[digits..].trim();
    let number = value[..digits].parse().ok()?;
    let known = factors(unit).is_some() || matches!(unit, "%" | "L" | "l" | "d");
    (expected.is_number() && known).then_some((number, unit))
}

/// What a unit multiplies by: the binary or only reading, and a decimal one where people mean either.
fn factors(unit: &str) -> Option<(i64, Option<i64>)> {
    Some(match unit.to_ascii_lowercase().as_str() {
        "b" | "bytes" => (1, None),
        "k" | "kb" => (1 << 10, Some(1_000)),
        "m" | "mb" => (1 << 20, Some(1_000_000)),
        "g" | "gb" => (1 << 30, Some(1_000_000_000)),
        "ki" | "kib" => (1 << 10, None),
        "mi" | "mib" => (1 << 20, None),
        "gi" | "gib" => (1 << 30, None),
        "ms" | "millis" => (1, None),
        "s" | "sec" | "seconds" => (1_000, None),
        "min" | "minutes" => (60_000, None),
        "h" | "hours" => (3_600_000, None),
        "days" => (86_400_000, None),
        _ => return None,
    })
}

pub(super) fn suffix<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |client, entry| {
        split(view, client, entry).map_or_else(Fact::absent, |(_, unit)| {
            Fact::set(Value::str(unit), value_place(entry))
        })
    })
}

pub(super) fn plain<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |client, entry| {
        let Some((number, unit)) = split(view, client, entry) else {
            return Fact::absent();
        };
        let Some((factor, other)) = factors(unit) else {
            return text(number.to_string());
        };
        // A duration's `m` is minutes as often as it is mebibytes of something else: the key tells.
        let time = entry.name.ends_with(".ms");
        let both = match (unit.to_ascii_lowercase().as_str(), time, other) {
            ("m", true, _) => number.checked_mul(60_000).map(|n| n.to_string()),
            (_, false, Some(decimal)) => number
                .checked_mul(factor)
                .zip(number.checked_mul(decimal))
                .map(|(binary, decimal)| format!("{binary} (binary) or {decimal} (decimal)")),
            _ => number.checked_mul(factor).map(|n| n.to_string()),
        };
        both.map_or_else(Fact::absent, text)
    })
}
