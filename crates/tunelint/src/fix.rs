//! Applying fixes: first in memory, until none is left, then to the files.

mod apply;
mod diff;
mod write;

#[cfg(test)]
mod tests;

pub(crate) use diff::diff;
pub(crate) use write::write;

use apply::{Change, applied};
use std::collections::{BTreeMap, BTreeSet};
use tunelint_base::{Diagnostic, FileId, Safety, Severity, Text};
use tunelint_engine::Report;
use tunelint_model::SourceFile;

/// A fix may make room for another one, but not for ever.
const PASSES: usize = 10;

/// What fixing came to.
#[derive(Debug)]
pub(crate) struct Outcome {
    /// What is found afterwards.
    pub(crate) report: Report,
    /// The files that changed, as they were.
    pub(crate) before: BTreeMap<FileId, SourceFile>,
    /// How many findings were fixed.
    pub(crate) fixed: usize,
    /// What could not be applied, and why.
    pub(crate) refused: Vec<String>,
}

/// Applies the fixes of findings at or above `least`, and of what is found then, and so on.
pub(crate) fn fix(
    report: Report,
    check: &dyn Fn(Vec<SourceFile>) -> Report,
    least: Severity,
    unsafe_too: bool,
) -> Outcome {
    let mut outcome = Outcome {
        report,
        before: BTreeMap::new(),
        fixed: 0,
        refused: Vec::new(),
    };
    let mut banned = BTreeSet::new();
    for _ in 0..PASSES {
        let wanted = |diagnostic: &&Diagnostic| {
            let allowed = |safety| unsafe_too || safety == Safety::Safe;
            let fix = diagnostic.fix.as_ref();
            diagnostic.severity >= least
                && fix.is_some_and(|fix| allowed(fix.safety))
                && !banned.contains(&key(diagnostic))
        };
        let wanted: Vec<&Diagnostic> = outcome.report.diagnostics.iter().filter(wanted).collect();
        let (change, refused) = choose(&wanted, &outcome.report.files);
        for (key, reason) in refused {
            banned.insert(key);
            outcome.refused.push(reason);
        }
        if change.keys.is_empty() {
            break;
        }
        match applied(&change, &outcome.report.files) {
            Ok(changed) => {
                outcome.fixed += change.keys.len();
                let mut files = std::mem::take(&mut outcome.report.files);
                for (id, file) in changed {
                    let old = std::mem::replace(&mut files[id.0 as usize], file);
                    outcome.before.entry(id).or_insert(old);
                }
                outcome.report = check(files);
            }
            Err(broken) => {
                // The other fixes have another chance without those that break this file.
                let path = &outcome.report.files[broken.0 as usize].path;
                outcome.refused.push(format!(
                    "the fixes in {path} were not applied: it could not be read afterwards"
                ));
                banned.extend(change.keys_in(broken));
            }
        }
    }
    let files = &outcome.report.files;
    outcome
        .before
        .retain(|id, old| files[id.0 as usize].text != old.text);
    outcome
}

/// What tells a finding from others across passes.
pub(crate) fn key(diagnostic: &Diagnostic) -> String {
    format!(
        "{} {} {}",
        diagnostic.rule, diagnostic.fingerprint, diagnostic.location.file.0
    )
}

/// The fixes that can be applied together, all edits of each, and those that never can.
fn choose(wanted: &[&Diagnostic], files: &[SourceFile]) -> (Change, Vec<(String, String)>) {
    let mut change = Change::default();
    let mut refused = Vec::new();
    for diagnostic in wanted {
        let Some(fix) = &diagnostic.fix else { continue };
        let text = |id: FileId| {
            files
                .get(id.0 as usize)
                .map(|file| (&file.path, &file.text))
        };
        let cannot = fix.edits.iter().find_map(|edit| {
            let (path, text): (&String, &Text) = text(edit.location.file)?;
            text.encode(&edit.text).is_none().then(|| {
                format!("the fix of {} in {path} was not applied: its ISO-8859-1 has no such characters", diagnostic.rule)
            })
        });
        match cannot {
            Some(reason) => refused.push((key(diagnostic), reason)),
            None => change.add(key(diagnostic), &fix.edits),
        }
    }
    (change, refused)
}
