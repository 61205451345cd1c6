//! How bad a finding is, and what it claims.

use std::fmt;
use std::str::FromStr;

/// How bad a finding is; greater is worse.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing while editing; not shown by default.
    Hint,
    /// Worth knowing.
    Info,
    /// Likely harm.
    Warning,
    /// Certain harm: refused, lost, killed, or forbidden by a profile.
    Error,
}

impl Severity {
    /// All of them, mildest first.
    pub const ALL: [Self; 4] = [Self::Hint, Self::Info, Self::Warning, Self::Error];

    /// The word for it: `hint`, `info`, `warning`, `error`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Hint => "hint",
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Severity {
    type Err = String;

    fn from_str(s: &str) -> Result<Self, String> {
        Self::ALL
            .into_iter()
            .find(|severity| severity.as_str() == s)
            .ok_or_else(|| format!("`{s}` is no severity: use hint, info, warning or error"))
    }
}

/// What a finding claims.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The real client, JVM or API server refuses it (error), or accepts it but ignores or
    /// silently changes it (warning).
    Invalid,
    /// Data loss, insecurity, crash, eviction.
    Risk,
    /// Throughput, latency, cost.
    Tuning,
    /// Deprecated, redundant, unclear.
    Upkeep,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Invalid, Self::Risk, Self::Tuning, Self::Upkeep];

    /// The word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Invalid => "invalid",
            Self::Risk => "risk",
            Self::Tuning => "tuning",
            Self::Upkeep => "upkeep",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Kind {
    type Err = String;

    fn from_str(s: &str) -> Result<Self, String> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.as_str() == s)
            .ok_or_else(|| format!("`{s}` is no kind: use invalid, risk, tuning or upkeep"))
    }
}
