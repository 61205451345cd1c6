//! Findings, and the edits that would cure them.

use crate::{Kind, Location, Severity};
use std::sync::Arc;

/// Whether a fix keeps what the configuration means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Safety {
    /// It keeps the meaning that was plainly intended, and is applied by `--fix`.
    Safe,
    /// It may change what runs, and is applied only when asked for by `--unsafe-fixes`.
    Unsafe,
}

impl Safety {
    /// The word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Safe => "safe",
            Self::Unsafe => "unsafe",
        }
    }
}

/// A replacement of the text at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced; an empty range inserts.
    pub location: Location,
    /// What stands there afterwards.
    pub text: String,
}

/// Edits that cure a finding, all or none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, in the imperative.
    pub title: String,
    /// Whether it keeps the meaning.
    pub safety: Safety,
    /// The edits, none overlapping another.
    pub edits: Vec<Edit>,
}

/// A second place that a finding speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// The place.
    pub location: Location,
    /// What is to be seen there.
    pub message: String,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule's name.
    pub rule: Arc<str>,
    /// The rule's group.
    pub group: Arc<str>,
    /// How bad it is.
    pub severity: Severity,
    /// What it claims.
    pub kind: Kind,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// What to do, if there is more to say than the message does.
    pub help: Option<String>,
    /// Where.
    pub location: Location,
    /// The name of the thing that it is about: a client, a container, a workload.
    pub entity: String,
    /// The active profiles that decided the severity.
    pub profiles: Vec<String>,
    /// The kustomizations in whose result it was found; empty where it holds without any.
    pub overlays: Vec<String>,
    /// The other places that it rests on.
    pub related: Vec<Related>,
    /// How to cure it.
    pub fix: Option<Fix>,
    /// Sixteen hexadecimal digits that stay the same when the file's other lines change.
    pub fingerprint: String,
}
