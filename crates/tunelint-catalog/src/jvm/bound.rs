//! What the value of a flag must be beyond its range, so that a JVM starts.

use super::tables;
use tunelint_base::JavaVersion;

/// A rule for the value of one flag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BoundRule {
    /// A number between these, both included.
    Within {
        /// The least.
        min: i128,
        /// The greatest.
        max: i128,
    },
    /// A number not between these, both included.
    Outside {
        /// The first that is refused.
        min: i128,
        /// The last that is refused.
        max: i128,
    },
    /// A multiple of this.
    Multiple(i128),
    /// A power of two.
    PowerOfTwo {
        /// Whether 0 is fine as well.
        or_zero: bool,
    },
    /// One of these texts.
    Words(&'static [&'static str]),
    /// A list of these texts, with commas or blanks between.
    Each(&'static [&'static str]),
    /// A list of words that begin with one of these.
    Begins(&'static [&'static str]),
    /// Anything, but only with this switch on.
    Needs(&'static str),
    /// On only where this flag is set.
    OnNeeds(&'static str),
}

/// A rule for the value of one flag, in some releases.
#[derive(Clone, Copy, Debug)]
pub struct Bound {
    /// The flag.
    pub flag: &'static str,
    pub(super) from: u16,
    pub(super) to: u16,
    /// The rule.
    pub rule: BoundRule,
}

/// The rules for the values of a flag in `version`.
pub fn bounds(flag: &str, version: JavaVersion) -> impl Iterator<Item = BoundRule> {
    let all = tables::bounds();
    let start = all.partition_point(|bound| bound.flag < flag);
    all[start..]
        .iter()
        .take_while(move |bound| bound.flag == flag)
        .filter(move |bound| (bound.from..=bound.to).contains(&version.0))
        .map(|bound| bound.rule)
}

/// A flag that is another spelling of `-Xlog`.
#[derive(Clone, Copy, Debug)]
pub struct LogAlias {
    pub(super) flag: &'static str,
    pub(super) from: u16,
    pub(super) to: u16,
    /// What the JVM takes it for: `-Xlog:gc`.
    pub instead: &'static str,
    pub(super) advice: &'static str,
}

/// What does in `version` what the flag or option did in older releases.
#[must_use]
pub fn instead_of(name: &str, version: JavaVersion) -> Option<&'static str> {
    let found = || {
        tables::instead()
            .iter()
            .find(|(own, from, _)| *own == name && version.0 >= *from)
            .map(|(_, _, instead)| *instead)
    };
    log_alias(name, version)
        .map(|alias| alias.advice)
        .or_else(found)
}

/// What `version` takes a flag of older releases for.
#[must_use]
pub fn log_alias(flag: &str, version: JavaVersion) -> Option<&'static LogAlias> {
    tables::log_aliases()
        .iter()
        .find(|alias| alias.flag == flag && (alias.from..=alias.to).contains(&version.0))
}
