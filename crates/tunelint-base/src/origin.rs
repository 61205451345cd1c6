//! Where a fact comes from.

use crate::{KafkaVersion, Location};

/// Where the value of a fact comes from; every fact has one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Somebody wrote it there.
    Set(Location),
    /// Nobody wrote it: the software's default in that version.
    Default(DefaultOf),
    /// Written by nobody, put there by other software: Kafka Streams over its clients' defaults, say.
    Override(String),
    /// A typical figure of the named source; never the only ground for an error.
    Estimate(String),
    /// Follows from other facts.
    Derived(Vec<Location>),
    /// Not there at all.
    Absent,
}

/// Whose default a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DefaultOf {
    /// Kafka's, in that version.
    Kafka(KafkaVersion),
    /// HotSpot's, in that feature release.
    Java(u16),
    /// librdkafka's, in the release that the catalogue knows.
    Librdkafka,
    /// Kubernetes'.
    Kubernetes,
}

impl Origin {
    /// The place where it was written, if it was.
    #[must_use]
    pub fn location(&self) -> Option<Location> {
        match self {
            Self::Set(location) => Some(*location),
            Self::Derived(locations) => locations.first().copied(),
            _ => None,
        }
    }

    /// The word for it in `model` and `budget`: `set`, `default`, `override`, `estimate`, `derived`, `absent`.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Set(_) => "set",
            Self::Default(_) => "default",
            Self::Override(_) => "override",
            Self::Estimate(_) => "estimate",
            Self::Derived(_) => "derived",
            Self::Absent => "absent",
        }
    }
}
