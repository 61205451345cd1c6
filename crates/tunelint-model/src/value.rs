//! What a fact is worth, and where that comes from.

use crate::kube::Slot;
use std::borrow::Cow;
use tunelint_base::{Location, Origin, Unit};

/// The value of a fact or of an expression.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'m> {
    /// It cannot be known from the files; the name of what is missing.
    Unknown(Cow<'m, str>),
    /// It is known not to be there.
    Absent,
    /// A truth value.
    Bool(bool),
    /// A whole number, in the base unit of its fact; a version as its ordinal.
    Int(i64),
    /// A number with a fraction.
    Double(f64),
    /// A string.
    Str(Cow<'m, str>),
    /// A list.
    List(Vec<Value<'m>>),
}

impl<'m> Value<'m> {
    /// A string value.
    #[must_use]
    pub fn str(text: impl Into<Cow<'m, str>>) -> Self {
        Self::Str(text.into())
    }

    /// A value that cannot be known, for want of `what`.
    #[must_use]
    pub fn unknown(what: impl Into<Cow<'m, str>>) -> Self {
        Self::Unknown(what.into())
    }

    /// The text of a string.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::Str(text) => Some(text),
            _ => None,
        }
    }

    /// Whether it is neither unknown nor absent.
    #[must_use]
    pub fn is_known(&self) -> bool {
        !matches!(self, Self::Unknown(_) | Self::Absent)
    }

    /// The value as people read it.
    #[must_use]
    pub fn show(&self, unit: Option<Unit>) -> String {
        match (self, unit) {
            (Self::Unknown(_), _) => "unknown".to_owned(),
            (Self::Absent, _) => "not set".to_owned(),
            (Self::Bool(value), _) => value.to_string(),
            (Self::Int(value), Some(unit)) => unit.show(*value),
            (Self::Int(value), None) => value.to_string(),
            (Self::Double(value), _) => {
                let text = format!("{value:.2}");
                text.trim_end_matches('0').trim_end_matches('.').to_owned()
            }
            (Self::Str(text), _) => text.to_string(),
            (Self::List(items), _) => items
                .iter()
                .map(|item| item.show(unit))
                .collect::<Vec<_>>()
                .join(", "),
        }
    }
}

/// The type of a fact or of an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// A truth value.
    Bool,
    /// A whole number.
    Int,
    /// A number with a fraction.
    Double,
    /// A string.
    Str,
    /// A list of strings.
    Strings,
    /// A Kafka version.
    Version,
}

impl Type {
    /// The word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Bool => "bool",
            Self::Int => "int",
            Self::Double => "double",
            Self::Str => "string",
            Self::Strings => "list of strings",
            Self::Version => "version",
        }
    }
}

/// A value with its origin.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact<'m> {
    /// What it is worth.
    pub value: Value<'m>,
    /// Where that comes from.
    pub origin: Origin,
    /// The places of what it is made of, each with what is to be seen there.
    pub parts: Vec<(Location, String)>,
    /// Where it could be written, where nothing stands yet.
    pub slot: Option<Slot>,
}

impl<'m> Fact<'m> {
    /// A value with its origin.
    #[must_use]
    pub fn new(value: Value<'m>, origin: Origin) -> Self {
        Self {
            value,
            origin,
            parts: Vec::new(),
            slot: None,
        }
    }

    /// A value written at `location`.
    #[must_use]
    pub fn set(value: Value<'m>, location: Location) -> Self {
        Self::new(value, Origin::Set(location))
    }

    /// A value that follows from what stands at `from`.
    #[must_use]
    pub fn derived(value: Value<'m>, from: Vec<Location>) -> Self {
        Self::new(value, Origin::Derived(from))
    }

    /// A value that cannot be known, for want of `what`.
    #[must_use]
    pub fn unknown(what: impl Into<Cow<'m, str>>) -> Self {
        Self::new(Value::unknown(what), Origin::Absent)
    }

    /// A value known not to be there.
    #[must_use]
    pub fn absent() -> Self {
        Self::new(Value::Absent, Origin::Absent)
    }

    /// The same, with the place where it could be written.
    #[must_use]
    pub fn with_slot(mut self, slot: Slot) -> Self {
        self.slot = Some(slot);
        self
    }

    /// The whole number in it, if it is one.
    #[must_use]
    pub fn int(&self) -> Option<i64> {
        match self.value {
            Value::Int(value) => Some(value),
            _ => None,
        }
    }
}
