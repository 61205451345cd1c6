//! `tunelint.toml`: what it may say, and what that means for a run.

mod names;
mod nearest;
mod parse;
mod settings;
mod table;

#[cfg(test)]
mod tests;

pub use names::{PROFILES, UnknownName, check_profile, check_rule_or_group, groups};
pub use nearest::nearest;
pub use parse::parse;
pub use settings::settings;

use globset::GlobMatcher;
use std::collections::BTreeMap;
use tunelint_base::{JavaVersion, KafkaVersion, Span};
use tunelint_model::model::StoreSpec;
use tunelint_page::Level;

/// What a `tunelint.toml` says.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// `kafka-version`.
    pub kafka_version: Option<KafkaVersion>,
    /// `java-version`.
    pub java_version: Option<JavaVersion>,
    /// `profiles`.
    pub profiles: Vec<String>,
    /// `select`: rules and groups.
    pub select: Vec<String>,
    /// `ignore`: rules and groups.
    pub ignore: Vec<String>,
    /// `[severity]`; `None` is off.
    pub severity: BTreeMap<String, Level>,
    /// `[[workload]]`.
    pub workloads: Vec<StatedWorkload>,
}

/// A `[[workload]]`, its files still as globs.
#[derive(Clone, Debug, Default)]
pub struct StatedWorkload {
    /// `name`.
    pub name: String,
    /// `config`.
    pub config: Vec<GlobMatcher>,
    /// `manifests`.
    pub manifests: Vec<GlobMatcher>,
    /// `java`.
    pub java: Vec<GlobMatcher>,
    /// `partitions`, with its place.
    pub partitions: Option<(i64, Span)>,
    /// `stores`, with their places.
    pub stores: Vec<(StoreSpec, Span)>,
    /// `memory`: terms of the budget in bytes, with their places.
    pub memory: Vec<(&'static str, i64, Span)>,
    /// The table's header or name in the file.
    pub span: Span,
}

/// Something in a `tunelint.toml` that does not count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// Where.
    pub span: Span,
    /// What, in one sentence without a full stop.
    pub message: String,
    /// Whether the file is no TOML, so that nothing in it can be trusted.
    pub is_syntax: bool,
}
