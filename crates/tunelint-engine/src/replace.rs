//! One cause, one finding: the specific rule speaks instead of the general one.

use std::collections::BTreeMap;
use tunelint_base::{Diagnostic, FileId};

/// Takes out the findings that another one on the same place replaces.
pub(crate) fn replace(found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut by_file: BTreeMap<FileId, Vec<usize>> = BTreeMap::new();
    for (at, finding) in found.iter().enumerate() {
        by_file.entry(finding.location.file).or_default().push(at);
    }
    let gone = |at: usize| {
        let finding = &found[at];
        by_file
            .get(&finding.location.file)
            .into_iter()
            .flatten()
            .any(|other| {
                let other = &found[*other];
                let replaces =
                    tunelint_rules::find(&other.rule).map_or(&[][..], |rule| rule.replaces);
                replaces.contains(&&*finding.rule)
                    && other.location.span.overlaps(finding.location.span)
            })
    };
    let keep: Vec<bool> = (0..found.len()).map(|at| !gone(at)).collect();
    found
        .into_iter()
        .zip(keep)
        .filter_map(|(finding, keep)| keep.then_some(finding))
        .collect()
}
