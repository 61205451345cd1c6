//! Why Kafka refuses a value.

use super::Type;
use std::fmt;

/// Why Kafka refuses a value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Fault {
    /// It cannot be parsed.
    WrongType {
        /// What it should be.
        expected: Type,
    },
    /// It is a whole number, but not one of so few bits.
    TooBig {
        /// What it should be.
        expected: Type,
    },
    /// It is a number outside the range.
    OutOfRange {
        /// The least that is allowed.
        min: Option<f64>,
        /// The greatest that is allowed.
        max: Option<f64>,
        /// A number outside the range that is allowed all the same.
        special: Option<f64>,
    },
    /// It, or an element of the list, is none of the allowed values.
    NotOneOf {
        /// The allowed values.
        values: &'static [&'static str],
        /// Whether letter case is ignored.
        ignore_case: bool,
    },
    /// It is empty.
    Empty,
    /// An element of the list is empty.
    EmptyElement,
    /// An element stands in the list twice.
    Duplicate,
    /// The list is too long.
    TooMany {
        /// How many elements it may have.
        max: usize,
    },
    /// It is not written as it must be.
    Malformed {
        /// How it must be written.
        expected: &'static str,
    },
}

impl fmt::Display for Fault {
    /// What the value should be, to stand after a dash or a colon.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::WrongType { expected } => f.write_str(match expected {
                Type::Boolean => "must be true or false",
                Type::Double => "must be a number",
                Type::Int | Type::Long | Type::Short => "must be a whole number",
                Type::Class => "must be the name of a class",
                Type::String | Type::List | Type::Password => "must be a text",
            }),
            Self::TooBig { expected } => match expected {
                Type::Short => write!(f, "must lie between {} and {}", i16::MIN, i16::MAX),
                Type::Int => write!(f, "must lie between {} and {}", i32::MIN, i32::MAX),
                _ => write!(f, "must lie between {} and {}", i64::MIN, i64::MAX),
            },
            Self::OutOfRange { min, max, special } => {
                match (min, max) {
                    (Some(min), Some(max)) => write!(f, "must lie between {min} and {max}")?,
                    (Some(min), None) => write!(f, "must be at least {min}")?,
                    (None, Some(max)) => write!(f, "must be at most {max}")?,
                    (None, None) => f.write_str("must be a number")?,
                }
                special.map_or(Ok(()), |special| write!(f, ", or {special}"))
            }
            Self::NotOneOf {
                values,
                ignore_case,
            } => {
                let case = if *ignore_case {
                    ""
                } else {
                    ", in exactly this spelling"
                };
                match values.split_last() {
                    Some((last, [])) => write!(f, "must be {last}{case}"),
                    Some((last, rest)) => write!(f, "must be {} or {last}{case}", rest.join(", ")),
                    None => f.write_str("must be empty"),
                }
            }
            Self::Empty => f.write_str("must not be empty"),
            Self::EmptyElement => f.write_str("must not have empty elements"),
            Self::Duplicate => f.write_str("must not name an element twice"),
            Self::TooMany { max } => write!(f, "must have at most {max} elements"),
            Self::Malformed { expected } => write!(f, "must be {expected}"),
        }
    }
}

impl std::error::Error for Fault {}
