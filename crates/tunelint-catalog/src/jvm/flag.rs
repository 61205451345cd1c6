//! A flag of HotSpot: what it is in each release.

use super::{LTS, tables};
use crate::table::Text;
use std::fmt;
use tunelint_base::JavaVersion;

/// What a flag's value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FlagType {
    /// `+` or `-` before the name.
    Bool,
    /// 32 bits with a sign.
    Int,
    /// 32 bits.
    Uint,
    /// 64 bits with a sign.
    Intx,
    /// 64 bits.
    Uintx,
    /// 64 bits.
    SizeT,
    /// 64 bits.
    Uint64,
    /// A number with a fraction.
    Double,
    /// A text.
    Ccstr,
    /// Texts, each `-XX:Name=` adding one.
    CcstrList,
}

impl FlagType {
    /// Whether its value is a whole number, which may end in `k`, `m`, `g` or `t`.
    #[must_use]
    pub fn is_whole(self) -> bool {
        !matches!(
            self,
            Self::Bool | Self::Double | Self::Ccstr | Self::CcstrList
        )
    }

    /// Whether a negative number cannot be written.
    #[must_use]
    pub fn is_unsigned(self) -> bool {
        matches!(self, Self::Uint | Self::Uintx | Self::SizeT | Self::Uint64)
    }
}

/// Whom a flag is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Everybody.
    Product,
    /// Everybody, also while the JVM runs.
    Manageable,
    /// Those who look for a fault.
    Diagnostic,
    /// Those who try something new.
    Experimental,
    /// Debug builds.
    Develop,
    /// Debug builds.
    NotProduct,
    /// Nobody any more.
    Removed,
}

/// What must stand before a flag.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Lock {
    /// `-XX:+UnlockExperimentalVMOptions`.
    Experimental,
    /// `-XX:+UnlockDiagnosticVMOptions`.
    Diagnostic,
}

impl Lock {
    /// The name of the flag that opens it.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Experimental => "UnlockExperimentalVMOptions",
            Self::Diagnostic => "UnlockDiagnosticVMOptions",
        }
    }
}

/// How a release takes a flag.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Status {
    /// Without a word.
    Accepted,
    /// With a warning that it will go.
    Deprecated,
    /// Only after the flag that unlocks it; otherwise the JVM refuses to start.
    Locked(Lock),
    /// With a warning that it does nothing.
    Obsolete,
    /// Not at all, as this is no debug build: the JVM refuses to start.
    DebugOnly,
    /// Not at all: the JVM refuses to start.
    Unrecognized,
}

/// A status as the tables hold it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stored {
    Accepted,
    Deprecated,
    Obsolete,
    DebugOnly,
    Unrecognized,
    Unknown,
}

/// What a flag's number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Counts {
    /// Things, milliseconds, per cent.
    Things,
    /// Bytes.
    Bytes,
    /// Units of 1024 bytes.
    Kibibytes,
}

/// The values that a flag takes, both ends included.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Range {
    /// Of whole numbers.
    Whole {
        /// The least.
        min: i128,
        /// The greatest.
        max: i128,
    },
    /// Of numbers with a fraction.
    Real {
        /// The least.
        min: f64,
        /// The greatest.
        max: f64,
    },
}

impl Range {
    /// Whether the whole number lies in it.
    #[must_use]
    pub fn contains(self, number: i128) -> bool {
        match self {
            Self::Whole { min, max } => (min..=max).contains(&number),
            Self::Real { min, max } => (min..=max).contains(&(number as f64)),
        }
    }

    /// Whether the number lies in it.
    #[must_use]
    pub fn contains_real(self, number: f64) -> bool {
        match self {
            Self::Whole { min, max } => (min as f64..=max as f64).contains(&number),
            Self::Real { min, max } => (min..=max).contains(&number),
        }
    }
}

/// A flag of HotSpot, written `-XX:`.
pub struct Flag {
    pub(super) name: Text,
    pub(super) types: u16,
    pub(super) kinds: [Kind; 5],
    pub(super) stored: [Stored; 5],
    pub(super) deprecated: u16,
    pub(super) obsolete: u16,
    pub(super) expired: u16,
    pub(super) alias: Option<Text>,
    pub(super) ranges: u16,
    pub(super) defaults: u16,
    /// What its number counts.
    pub counts: Counts,
}

impl Flag {
    /// Its name, without `-XX:`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        tables::text(self.name)
    }

    /// The flag that it is another name of.
    #[must_use]
    pub fn alias_of(&self) -> Option<&'static str> {
        self.alias.map(tables::text)
    }

    /// The release that first warned of its end, if a table of the JVM says so.
    #[must_use]
    pub fn deprecated_in(&self) -> Option<JavaVersion> {
        release(self.deprecated)
    }

    /// The release that first ignored it, if a table of the JVM says so.
    #[must_use]
    pub fn obsolete_in(&self) -> Option<JavaVersion> {
        release(self.obsolete)
    }

    /// The release that first refused it, if a table of the JVM says so.
    #[must_use]
    pub fn expired_in(&self) -> Option<JavaVersion> {
        release(self.expired)
    }

    /// What its value is in `version`; `None` for flags that were gone before 8.
    #[must_use]
    pub fn ty(&self, version: JavaVersion) -> Option<FlagType> {
        tables::ty(self.types, self.release_with_it(version))
    }

    /// Whom it is for in `version`.
    #[must_use]
    pub fn kind(&self, version: JavaVersion) -> Kind {
        self.kinds[self.release_with_it(version)]
    }

    /// What must stand before it in `version`.
    #[must_use]
    pub fn lock(&self, version: JavaVersion) -> Option<Lock> {
        match self.kind(version) {
            Kind::Experimental => Some(Lock::Experimental),
            Kind::Diagnostic => Some(Lock::Diagnostic),
            _ => None,
        }
    }

    /// How `version` takes it. For a release between those that were measured this follows from
    /// the JVM's tables of ends and from the neighbours; where they leave it open, it is accepted.
    #[must_use]
    pub fn status(&self, version: JavaVersion) -> Status {
        let settled = match self.settled(version) {
            Stored::Accepted | Stored::Unknown => Status::Accepted,
            Stored::Deprecated => Status::Deprecated,
            Stored::Obsolete => Status::Obsolete,
            Stored::DebugOnly => Status::DebugOnly,
            Stored::Unrecognized => Status::Unrecognized,
        };
        match (settled, self.lock(version)) {
            (Status::Accepted | Status::Deprecated, Some(lock)) => Status::Locked(lock),
            (settled, _) => settled,
        }
    }

    /// Whether `version` warns that it will go, once it is unlocked.
    #[must_use]
    pub fn is_deprecated(&self, version: JavaVersion) -> bool {
        self.settled(version) == Stored::Deprecated
    }

    /// The values that it takes in `version`, where they are known.
    #[must_use]
    pub fn range(&self, version: JavaVersion) -> Option<Range> {
        tables::range(self.ranges, self.release_with_it(version))
    }

    /// What holds in `version` where it is not set, before the JVM looks at the machine.
    #[must_use]
    pub fn default(&self, version: JavaVersion) -> Option<&'static str> {
        tables::default(self.defaults, self.release_with_it(version))
    }

    /// Whether its number counts bytes.
    #[must_use]
    pub fn is_size(&self) -> bool {
        self.counts == Counts::Bytes
    }

    fn settled(&self, version: JavaVersion) -> Stored {
        let place = release_at_or_before(version);
        let before = self.stored[place];
        if LTS.contains(&version.0) || version.0 < LTS[0] {
            return before;
        }
        let reached = |release: u16| release != 0 && version.0 >= release;
        if reached(self.expired) {
            return Stored::Unrecognized;
        }
        let after = self.stored.get(place + 1).copied().unwrap_or(before);
        if reached(self.obsolete) {
            // An end that a later measurement does not confirm was put off.
            let is_lifted = matches!(after, Stored::Accepted | Stored::Deprecated);
            return if is_lifted { after } else { Stored::Obsolete };
        }
        if reached(self.deprecated) && before != Stored::Unrecognized {
            return Stored::Deprecated;
        }
        match (before, after) {
            (Stored::Unrecognized | Stored::DebugOnly, Stored::Unrecognized) => before,
            (Stored::Unrecognized, after) => after,
            (before, _) => before,
        }
    }

    /// The place of the measured release nearest to `version` that has the flag.
    fn release_with_it(&self, version: JavaVersion) -> usize {
        let place = release_at_or_before(version);
        let has = |place: &usize| !matches!(self.stored[*place], Stored::Unrecognized);
        let is_between = !LTS.contains(&version.0);
        if is_between && !has(&place) && place + 1 < LTS.len() && has(&(place + 1)) {
            return place + 1;
        }
        place
    }
}

impl fmt::Debug for Flag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Flag({})", self.name())
    }
}

impl PartialEq for Flag {
    fn eq(&self, other: &Self) -> bool {
        self.name() == other.name()
    }
}

impl Eq for Flag {}

/// The place of the newest measured release that is not after `version`.
pub(super) fn release_at_or_before(version: JavaVersion) -> usize {
    LTS.partition_point(|release| *release <= version.0)
        .saturating_sub(1)
}

fn release(number: u16) -> Option<JavaVersion> {
    (number != 0).then_some(JavaVersion(number))
}
