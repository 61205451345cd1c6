//! A configuration key: what it is in each version.

use super::{Scope, Validator, tables};
use crate::table::{Run, Text, at};
use std::fmt;
use tunelint_base::{KafkaVersion, Unit};

/// What a value is parsed as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Type {
    /// `true` or `false`.
    Boolean,
    /// Any text.
    String,
    /// A whole number of 32 bits.
    Int,
    /// A whole number of 16 bits.
    Short,
    /// A whole number of 64 bits.
    Long,
    /// A number with a fraction.
    Double,
    /// Texts between commas.
    List,
    /// The name of a Java class.
    Class,
    /// A text that is kept out of logs.
    Password,
}

impl Type {
    /// The word for it, as Kafka's documentation has it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Boolean => "boolean",
            Self::String => "string",
            Self::Int => "int",
            Self::Short => "short",
            Self::Long => "long",
            Self::Double => "double",
            Self::List => "list",
            Self::Class => "class",
            Self::Password => "password",
        }
    }

    /// Whether values are numbers.
    #[must_use]
    pub fn is_number(self) -> bool {
        matches!(self, Self::Int | Self::Short | Self::Long | Self::Double)
    }
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// How much Kafka's documentation thinks of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Importance {
    /// Rarely set.
    Low,
    /// Sometimes set.
    Medium,
    /// Set by nearly everybody.
    High,
}

/// What holds where a key is not set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DefaultValue {
    /// Nothing: the key must be set.
    Required,
    /// Java's null: nothing is set.
    Null,
    /// This text.
    Value(&'static str),
    /// What depends on the machine or its JVM; on the newest usual ones it is this text.
    Machine(&'static str),
}

impl DefaultValue {
    /// The text, if there is one.
    #[must_use]
    pub fn text(self) -> Option<&'static str> {
        match self {
            Self::Value(text) | Self::Machine(text) => Some(text),
            Self::Required | Self::Null => None,
        }
    }
}

/// A default as the tables hold it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Stored {
    Required,
    Null,
    Value(Text),
    Machine(Text),
}

/// A configuration key of one scope.
pub struct Key {
    pub(super) name: Text,
    /// Where it belongs.
    pub scope: Scope,
    /// How important it is held; `None` for keys from before 2.4.
    pub importance: Option<Importance>,
    /// Whether Kafka keeps it for itself.
    pub internal: bool,
    pub(super) unit: Option<Unit>,
    /// The first release that has it; `None` where it is older than the facts reach.
    pub since: Option<KafkaVersion>,
    /// The first release that has it no longer.
    pub removed: Option<KafkaVersion>,
    /// The first release that calls it deprecated; 2.4 where it was so before.
    pub deprecated_since: Option<KafkaVersion>,
    pub(super) types: Run,
    pub(super) defaults: Run,
    pub(super) checks: Run,
}

impl Key {
    /// Its name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        tables::text(self.name)
    }

    /// Whether `version` has it.
    #[must_use]
    pub fn exists_in(&self, version: KafkaVersion) -> bool {
        let reached = |from: KafkaVersion| version.ordinal() >= first_of(from);
        self.since.is_none_or(reached) && !self.removed.is_some_and(reached)
    }

    /// Whether an earlier version, or `version` itself, removed it.
    #[must_use]
    pub fn is_removed_in(&self, version: KafkaVersion) -> bool {
        self.removed
            .is_some_and(|from| version.ordinal() >= first_of(from))
    }

    /// Whether it is deprecated in `version`.
    #[must_use]
    pub fn is_deprecated_in(&self, version: KafkaVersion) -> bool {
        let reached = |from: KafkaVersion| version.ordinal() >= first_of(from);
        self.deprecated_since.is_some_and(reached)
    }

    /// What its value is parsed as in `version`.
    #[must_use]
    pub fn ty(&self, version: KafkaVersion) -> Type {
        let ty = at(tables::types(self.types), version.ordinal());
        ty.copied().unwrap_or(Type::String)
    }

    /// What holds in `version` where it is not set.
    #[must_use]
    pub fn default(&self, version: KafkaVersion) -> DefaultValue {
        match at(tables::defaults(self.defaults), version.ordinal()) {
            Some(Stored::Required) => DefaultValue::Required,
            Some(Stored::Value(text)) => DefaultValue::Value(tables::text(*text)),
            Some(Stored::Machine(text)) => DefaultValue::Machine(tables::text(*text)),
            Some(Stored::Null) | None => DefaultValue::Null,
        }
    }

    /// What `version` asks of its value beyond the type.
    #[must_use]
    pub fn valid(&self, version: KafkaVersion) -> &'static Validator {
        at(tables::checks(self.checks), version.ordinal())
            .and_then(|place| tables::validators().get(usize::from(*place)))
            .unwrap_or(&Validator::None)
    }

    /// What its number counts, if its name or its documentation says so.
    #[must_use]
    pub fn unit(&self) -> Option<Unit> {
        self.unit
    }

    /// Whether its value is not to be shown.
    #[must_use]
    pub fn is_secret(&self) -> bool {
        let types = tables::types(self.types);
        types.iter().any(|(_, ty)| *ty == Type::Password)
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Key({} {})", self.scope, self.name())
    }
}

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        self.scope == other.scope && self.name() == other.name()
    }
}

impl Eq for Key {}

/// The ordinal of the first patch of a version.
pub(super) fn first_of(version: KafkaVersion) -> i64 {
    KafkaVersion {
        patch: Some(version.patch.unwrap_or(0)),
        ..version
    }
    .ordinal()
}

#[cfg(test)]
mod tests;
