//! What librdkafka makes of a value: `rd_kafka_anyconf_set_prop`, and what its constructor asks of one value alone.

use super::number::{float, narrowed, whole};
use super::{Key, Range, Type};
use crate::kafka::{self, Fault, Parsed};

/// The assignors that librdkafka has.
const ASSIGNORS: &[&str] = &["range", "roundrobin", "cooperative-sticky"];

/// What librdkafka makes of `raw` as the value of `key`. Programs that read files cut the blanks
/// around a value off, so that they do not count here, though librdkafka minds some of them.
pub fn check<'a>(key: &Key, raw: &'a str) -> Result<Parsed<'a>, Fault> {
    let key = key.canonical();
    let text = raw.trim();
    let must_stand = match key.ty {
        Type::String => matches!(key.name, "broker.version.fallback" | "sasl.mechanisms"),
        Type::Patterns | Type::Code => false,
        _ => true,
    };
    if text.is_empty() && must_stand {
        return Err(Fault::Empty);
    }
    match key.ty {
        Type::Boolean => boolean(text),
        Type::Integer => integer(key, text),
        Type::Float => number(key, text),
        Type::Enum | Type::Exact => word(key, text),
        Type::Flags => flags(key, text),
        Type::String => string(key, text),
        Type::Patterns => Ok(Parsed::List(elements(text))),
        Type::Code => Ok(Parsed::Str(text)),
    }
}

fn boolean(text: &str) -> Result<Parsed<'_>, Fault> {
    let is = |words: [&str; 2], digit: &str| {
        text == digit || words.iter().any(|word| text.eq_ignore_ascii_case(word))
    };
    match text {
        _ if is(["true", "t"], "1") => Ok(Parsed::Bool(true)),
        _ if is(["false", "f"], "0") => Ok(Parsed::Bool(false)),
        _ => Err(Fault::WrongType {
            expected: kafka::Type::Boolean,
        }),
    }
}

fn integer<'a>(key: &Key, text: &'a str) -> Result<Parsed<'a>, Fault> {
    let takes_all = key.name == "request.required.acks";
    let Some((wide, _)) = whole(text) else {
        return match takes_all {
            true if text.eq_ignore_ascii_case("all") => Ok(Parsed::Int(-1)),
            true => Err(Fault::Malformed {
                expected: "all, or a whole number from -1 to 1000",
            }),
            false => Err(Fault::WrongType {
                expected: kafka::Type::Int,
            }),
        };
    };
    let narrow = narrowed(wide);
    if i64::from(narrow) != wide {
        return Err(Fault::TooBig {
            expected: kafka::Type::Int,
        });
    }
    within(key, f64::from(narrow)).map(|()| Parsed::Int(wide))
}

fn number<'a>(key: &Key, text: &'a str) -> Result<Parsed<'a>, Fault> {
    let Some((number, _)) = float(text) else {
        return Err(Fault::WrongType {
            expected: kafka::Type::Double,
        });
    };
    within(key, number).map(|()| Parsed::Double(number))
}

/// Not a number is neither below nor above anything.
fn within(key: &Key, number: f64) -> Result<(), Fault> {
    match key.range {
        Range::Between(min, max) if number < min.into() || number > max.into() => {
            Err(Fault::OutOfRange {
                min: Some(min.into()),
                max: Some(max.into()),
                special: None,
            })
        }
        _ => Ok(()),
    }
}

fn words(key: &Key) -> &'static [&'static str] {
    match key.range {
        Range::OneOf(words) => words,
        _ => &[],
    }
}

fn word<'a>(key: &Key, text: &'a str) -> Result<Parsed<'a>, Fault> {
    let values = words(key);
    let ignore_case = key.ty == Type::Enum;
    let known = values
        .iter()
        .any(|word| *word == text || ignore_case && word.eq_ignore_ascii_case(text));
    if known {
        Ok(Parsed::Str(text))
    } else {
        Err(Fault::NotOneOf {
            values,
            ignore_case,
        })
    }
}

fn elements(text: &str) -> Vec<&str> {
    let elements = text.split(',').map(str::trim);
    elements.filter(|element| !element.is_empty()).collect()
}

/// A `+` before a flag adds it, a `-` takes it away.
fn flags<'a>(key: &Key, text: &'a str) -> Result<Parsed<'a>, Fault> {
    let values = words(key);
    let flags = elements(text);
    let known = |flag: &&str| {
        let flag = flag.strip_prefix(['+', '-']).unwrap_or(flag);
        flag.is_empty() || values.iter().any(|word| word.eq_ignore_ascii_case(flag))
    };
    if flags.iter().all(known) {
        Ok(Parsed::List(flags))
    } else {
        Err(Fault::NotOneOf {
            values,
            ignore_case: true,
        })
    }
}

fn string<'a>(key: &Key, text: &'a str) -> Result<Parsed<'a>, Fault> {
    match key.name {
        "sasl.mechanisms" if text.contains([',', ' ']) => Err(Fault::Malformed {
            expected: "one mechanism, without commas and blanks",
        }),
        "partition.assignment.strategy" => assignors(text),
        _ => Ok(Parsed::Str(text)),
    }
}

/// `rd_kafka_assignors_init`: names in exactly this spelling, and none of the eager ones beside
/// the cooperative one.
fn assignors(text: &str) -> Result<Parsed<'_>, Fault> {
    let names: Vec<&str> = text.split(',').map(str::trim_start).collect();
    let mut given = names.iter().filter(|name| !name.is_empty());
    if !given.clone().all(|name| ASSIGNORS.contains(name)) {
        return Err(Fault::NotOneOf {
            values: ASSIGNORS,
            ignore_case: false,
        });
    }
    let cooperative = |name: &&&str| **name == "cooperative-sticky";
    let all = given.clone().count();
    match given.by_ref().filter(cooperative).count() {
        some if some > 0 && some < all => Err(Fault::Malformed {
            expected: "either cooperative-sticky alone, or range and roundrobin",
        }),
        _ => Ok(Parsed::List(names)),
    }
}
