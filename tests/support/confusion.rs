//! Tables of agreement: what is so against what we say.

use crate::verdicts::{Cause, Judged};
use std::collections::BTreeMap;
use std::fmt::Write;

/// How often two answers to yes-or-no questions agree.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Confusion {
    /// Yes, and we say so.
    pub hits: usize,
    /// Yes, and we do not.
    pub misses: usize,
    /// No, and we say yes.
    pub false_alarms: usize,
    /// No, and we say no.
    pub rejections: usize,
}

impl Confusion {
    /// Counts one answer.
    pub fn add(&mut self, real: bool, ours: bool) {
        match (real, ours) {
            (true, true) => self.hits += 1,
            (true, false) => self.misses += 1,
            (false, true) => self.false_alarms += 1,
            (false, false) => self.rejections += 1,
        }
    }

    /// The share of our yeses that are right.
    #[must_use]
    pub fn precision(&self) -> f64 {
        share(self.hits, self.hits + self.false_alarms)
    }

    /// The share of the real yeses that we find.
    #[must_use]
    pub fn recall(&self) -> f64 {
        share(self.hits, self.hits + self.misses)
    }
}

#[allow(
    clippy::cast_precision_loss,
    reason = "counts of files and verdicts are small"
)]
fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        1.0
    } else {
        part as f64 / whole as f64
    }
}

/// The agreement by version and client, and the refusals by cause.
#[must_use]
pub fn table(judged: &[Judged<'_>]) -> String {
    let mut cells: BTreeMap<(&str, &str), Confusion> = BTreeMap::new();
    let mut causes: BTreeMap<Cause, Confusion> = BTreeMap::new();
    for one in judged {
        let cell = cells.entry((one.version, &one.case.client)).or_default();
        cell.add(one.refused.is_some(), !one.errors.is_empty());
        if let Some(cause) = one.refused {
            causes
                .entry(cause)
                .or_default()
                .add(true, !one.errors.is_empty());
        }
    }
    let mut text = String::from(
        "version  client    refused+error  refused+silent  accepted+error  accepted+silent\n",
    );
    for ((version, client), cell) in cells {
        let Confusion {
            hits,
            misses,
            false_alarms,
            rejections,
        } = cell;
        let _ = writeln!(
            text,
            "{version:<8} {client:<9} {hits:>13}  {misses:>14}  {false_alarms:>14}  {rejections:>15}"
        );
    }
    for cause in Cause::ALL {
        let Confusion { hits, misses, .. } = causes.get(&cause).copied().unwrap_or_default();
        let word = match cause {
            Cause::Value => "refused for one value",
            Cause::Missing => "refused for a missing key",
            Cause::Other => "refused for anything else",
        };
        let _ = writeln!(text, "{word}: {hits} of {} are errors", hits + misses);
    }
    text
}
