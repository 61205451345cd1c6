//! A unit after a number, where Kafka takes plain numbers only.

use super::{text, value_place, with};
use crate::client::{Client, Entry};
use crate::value::{Fact, Value};
use crate::view::View;
use tunelint_catalog::kafka::Fault;

/// The number, and what makes the value no plain number: a unit behind it, or what groups its digits.
fn split<'m>(view: &View<'m>, client: &Client<'_>, entry: Entry<'m>) -> Option<(i64, &'m str)> {
    if client.hides(entry.setting) {
        return None;
    }
    let value = entry.setting.value.trim();
    let refusal = view.refusal()?;
    let Fault::WrongType { expected } = refusal.fault else {
        return None;
    };
    if !expected.is_number() {
        return None;
    }
    if let Some(found) = grouped(value) {
        return Some(found);
    }
    let digits = value
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(value.len());
    let unit = value[digits..].trim();
    let number = value[..digits].parse().ok()?;
    let known = factors(unit).is_some() || matches!(unit, "%" | "L" | "l");
    known.then_some((number, unit))
}

/// `16_384`, `1,000,000` or `16 384`: one kind of mark, between groups of digits.
fn grouped(value: &str) -> Option<(i64, &str)> {
    let at = value.find(['_', ',', ' '])?;
    let mark = &value[at..=at];
    let groups: Vec<&str> = value.split(mark).collect();
    let digits = |group: &&str| !group.is_empty() && group.bytes().all(|b| b.is_ascii_digit());
    let thirds = mark == "_" || groups.iter().skip(1).all(|group| group.len() == 3);
    let number = groups.concat().parse().ok()?;
    (groups.iter().all(digits) && thirds).then_some((number, mark))
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
        "s" | "sec" | "secs" | "seconds" => (1_000, None),
        "min" | "mins" | "minutes" => (60_000, None),
        "h" | "hours" => (3_600_000, None),
        "d" | "days" => (86_400_000, None),
        _ => return None,
    })
}

pub(super) fn suffix<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |client, entry| {
        split(view, client, entry).map_or_else(Fact::absent, |(_, unit)| {
            let shown = match unit {
                " " => "blanks".to_owned(),
                unit => format!("`{unit}`"),
            };
            Fact::set(Value::str(shown), value_place(entry))
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
