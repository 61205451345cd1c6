//! What a key asks of its value beyond the type.

use super::{Fault, Parsed, duration, java_regex};

/// What a key asks of its value beyond the type.
#[derive(Clone, Debug, PartialEq)]
pub enum Validator {
    /// Nothing.
    None,
    /// Anything but Java's null, which no file can spell.
    NonNull,
    /// A number within bounds.
    Range {
        /// The least that is allowed.
        min: Option<f64>,
        /// The greatest that is allowed.
        max: Option<f64>,
    },
    /// A number within bounds, or one other number.
    RangeOr {
        /// The least that is allowed.
        min: Option<f64>,
        /// The greatest that is allowed.
        max: Option<f64>,
        /// The other number.
        special: f64,
    },
    /// One of these values.
    OneOf {
        /// The values.
        values: &'static [&'static str],
        /// Whether letter case is ignored.
        ignore_case: bool,
    },
    /// A list of these values.
    List {
        /// The values; none means any.
        allowed: &'static [&'static str],
        /// Whether the list may be empty.
        allow_empty: bool,
        /// Whether the list may be Java's null.
        allow_null: bool,
        /// Whether an element may be empty (to 4.1; later versions refuse it).
        allow_empty_elements: bool,
    },
    /// A text that is not empty.
    NonEmptyString,
    /// A text that is not empty and holds no control characters.
    NonEmptyPrintable,
    /// A list that is not empty.
    NonEmptyList,
    /// A list that names nothing twice.
    UniqueElements,
    /// A list of at most so many elements.
    MaxElements(usize),
    /// A list of URLs without blank ones; only that is checked.
    Urls {
        /// Whether the list may be empty.
        allow_empty: bool,
    },
    /// A Java regular expression; checked as far as all releases of Java agree.
    Regex,
    /// A name that a member of a group may have.
    MemberName,
    /// `latest`, `earliest`, `none` or `by_duration:` and a duration that is not negative.
    AutoOffsetReset,
    /// `none`, `all`, or a list of optimisations.
    TopologyOptimization,
    /// A release of Kafka (`3.5`, `3.5-IV2`), of these.
    MetadataVersion(&'static [&'static str]),
    /// `*`, or a list of `partition:broker`.
    ThrottledReplicas,
    /// Something that only the software itself can check; the text is what it says of itself.
    Custom(&'static str),
}

const OPTIMIZATIONS: &[&str] = &[
    "all",
    "none",
    "reuse.ktable.source.topics",
    "merge.repartition.topics",
    "single.store.self.join",
];

impl Validator {
    /// Whether `value` satisfies it.
    pub(super) fn accept(&'static self, value: &Parsed<'_>) -> Result<(), Fault> {
        match self {
            Self::None | Self::NonNull | Self::Custom(_) => Ok(()),
            Self::Regex => each(value, regular_expression),
            Self::Range { min, max } => in_range(value, *min, *max, None),
            Self::RangeOr { min, max, special } => in_range(value, *min, *max, Some(*special)),
            Self::OneOf {
                values,
                ignore_case,
            } => each(value, |text| one_of(text, values, *ignore_case)),
            Self::MaxElements(max) => match value {
                Parsed::List(elements) if elements.len() > *max => {
                    Err(Fault::TooMany { max: *max })
                }
                _ => Ok(()),
            },
            Self::NonEmptyString | Self::NonEmptyPrintable | Self::MemberName => {
                each(value, |text| named(self, text))
            }
            Self::AutoOffsetReset => each(value, auto_offset_reset),
            Self::TopologyOptimization => each(value, topology_optimization),
            Self::MetadataVersion(values) => each(value, |text| metadata_version(text, values)),
            _ => match value {
                Parsed::List(elements) => self.accept_list(elements),
                _ => Ok(()),
            },
        }
    }

    fn accept_list(&'static self, elements: &[&str]) -> Result<(), Fault> {
        let refuses_empty = match self {
            Self::List { allow_empty, .. } | Self::Urls { allow_empty } => !allow_empty,
            other => *other == Self::NonEmptyList,
        };
        if elements.is_empty() && refuses_empty {
            return Err(Fault::Empty);
        }
        match self {
            Self::List {
                allowed,
                allow_empty_elements,
                ..
            } => elements.iter().try_for_each(|element| {
                if element.is_empty() && !allow_empty_elements {
                    Err(Fault::EmptyElement)
                } else if allowed.is_empty() {
                    Ok(())
                } else {
                    one_of(element, allowed, false)
                }
            }),
            Self::Urls { .. } if elements.iter().any(|e| e.trim().is_empty()) => {
                Err(Fault::EmptyElement)
            }
            Self::UniqueElements => {
                let twice = |(i, element)| elements[..i].contains(element);
                let is_twice = elements.iter().enumerate().any(twice);
                if is_twice {
                    Err(Fault::Duplicate)
                } else {
                    Ok(())
                }
            }
            Self::ThrottledReplicas => throttled_replicas(elements),
            _ => Ok(()),
        }
    }
}

/// Applies `accept` to the text, or to each element of the list.
fn each(value: &Parsed<'_>, accept: impl Fn(&str) -> Result<(), Fault>) -> Result<(), Fault> {
    match value {
        Parsed::Str(text) | Parsed::Class(text) | Parsed::Password(text) => accept(text),
        Parsed::List(elements) => elements.iter().try_for_each(|element| accept(element)),
        Parsed::Bool(_) | Parsed::Int(_) | Parsed::Double(_) => Ok(()),
    }
}

fn in_range(
    value: &Parsed<'_>,
    min: Option<f64>,
    max: Option<f64>,
    special: Option<f64>,
) -> Result<(), Fault> {
    let number = match value {
        Parsed::Int(number) => *number as f64,
        Parsed::Double(number) => *number,
        _ => return Ok(()),
    };
    // As in Java, NaN is below no bound and above none.
    let outside = min.is_some_and(|min| number < min) || max.is_some_and(|max| number > max);
    if outside && special != Some(number) {
        return Err(Fault::OutOfRange { min, max, special });
    }
    Ok(())
}

fn one_of(text: &str, values: &'static [&'static str], ignore_case: bool) -> Result<(), Fault> {
    let found = values
        .iter()
        .any(|value| *value == text || (ignore_case && value.eq_ignore_ascii_case(text)));
    if found {
        Ok(())
    } else if text.is_empty() {
        Err(Fault::Empty)
    } else {
        Err(Fault::NotOneOf {
            values,
            ignore_case,
        })
    }
}

fn named(validator: &Validator, text: &str) -> Result<(), Fault> {
    let is_legal = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
    match validator {
        _ if text.is_empty() => Err(Fault::Empty),
        Validator::NonEmptyPrintable if text.chars().any(char::is_control) => {
            Err(Fault::Malformed {
                expected: "a text without control characters",
            })
        }
        Validator::MemberName
            if text.len() > 249 || matches!(text, "." | "..") || !text.chars().all(is_legal) =>
        {
            Err(Fault::Malformed {
                expected: "at most 249 letters, digits, dots, underscores and hyphens",
            })
        }
        _ => Ok(()),
    }
}

fn regular_expression(text: &str) -> Result<(), Fault> {
    let expected = "a regular expression that Java can read";
    if java_regex::is_refused(text) {
        Err(Fault::Malformed { expected })
    } else {
        Ok(())
    }
}

fn auto_offset_reset(text: &str) -> Result<(), Fault> {
    let expected = "by_duration: and a duration such as PT1H";
    match text.strip_prefix("by_duration") {
        Some(rest) => match rest.strip_prefix(':').and_then(duration::parse) {
            Some(millis) if millis >= 0 => Ok(()),
            _ => Err(Fault::Malformed { expected }),
        },
        None => one_of(
            text,
            &["latest", "earliest", "none", "by_duration:…"],
            false,
        ),
    }
}

fn topology_optimization(text: &str) -> Result<(), Fault> {
    let mut parts = super::java::split_list(text);
    if parts.is_empty() {
        return Err(Fault::Empty);
    }
    // Java's `split` drops what is empty at the end.
    while parts.last().is_some_and(|part| part.is_empty()) {
        parts.pop();
    }
    let is_lone = parts.iter().any(|part| matches!(*part, "all" | "none"));
    if is_lone && parts.len() > 1 {
        return Err(Fault::Malformed {
            expected: "all or none alone, or a list of optimizations",
        });
    }
    parts
        .iter()
        .try_for_each(|part| one_of(part, OPTIMIZATIONS, false))
}

fn metadata_version(text: &str, values: &'static [&'static str]) -> Result<(), Fault> {
    let wanted = if text.starts_with("0.") { 3 } else { 2 };
    let parts: Vec<_> = text.split('.').take(wanted).collect();
    let release = parts.join(".");
    let known = values
        .iter()
        .any(|value| *value == release || value.split("-IV").next() == Some(&release));
    if known {
        Ok(())
    } else {
        one_of(&release, values, false)
    }
}

fn throttled_replicas(elements: &[&str]) -> Result<(), Fault> {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let is_pair = |element: &&str| {
        let pair = element.split_once(':');
        pair.is_some_and(|(partition, broker)| is_number(partition) && is_number(broker))
    };
    if elements.concat() == "*" || elements.iter().all(is_pair) {
        return Ok(());
    }
    Err(Fault::Malformed {
        expected: "* or a list of partition:broker",
    })
}

#[cfg(test)]
mod tests;
