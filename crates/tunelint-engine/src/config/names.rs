//! The names that a run may be given: profiles, rules, groups.

use super::nearest;
use std::fmt;
use tunelint_rules::RULES;

/// Objectives, then overlays.
pub const PROFILES: [&str; 9] = [
    "throughput",
    "latency",
    "durability",
    "availability",
    "prod",
    "pci",
    "eos",
    "capacity",
    "monitoring",
];

/// A name that nothing has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownName {
    /// What was asked for: `profile`, `rule or group`.
    pub what: &'static str,
    /// The name.
    pub name: String,
    /// The name that was probably meant.
    pub nearest: Option<&'static str>,
}

impl fmt::Display for UnknownName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { what, name, .. } = self;
        match self.nearest {
            Some(nearest) => write!(f, "there is no {what} `{name}`: did you mean `{nearest}`?"),
            None if *what == "profile" => write!(
                f,
                "there is no profile `{name}`: the profiles are {}",
                PROFILES.join(", ")
            ),
            None => write!(
                f,
                "there is no {what} `{name}`: `tunelint rules` lists them"
            ),
        }
    }
}

impl std::error::Error for UnknownName {}

/// The groups of the built-in rules, in alphabetical order.
#[must_use]
pub fn groups() -> Vec<&'static str> {
    let mut groups: Vec<&str> = RULES.iter().map(|rule| rule.group).collect();
    groups.sort_unstable();
    groups.dedup();
    groups
}

/// Whether there is a profile of that name.
///
/// # Errors
/// There is none.
pub fn check_profile(name: &str) -> Result<(), UnknownName> {
    if PROFILES.contains(&name) {
        return Ok(());
    }
    Err(UnknownName {
        what: "profile",
        name: name.to_owned(),
        nearest: nearest(name, PROFILES),
    })
}

/// Whether there is a rule or a group of that name.
///
/// # Errors
/// There is none.
pub fn check_rule_or_group(name: &str) -> Result<(), UnknownName> {
    let mut names = groups();
    names.extend(RULES.iter().map(|rule| rule.name));
    if names.contains(&name) {
        return Ok(());
    }
    Err(UnknownName {
        what: "rule or group",
        name: name.to_owned(),
        nearest: nearest(name, names),
    })
}
