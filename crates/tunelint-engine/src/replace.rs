//! One cause, one finding: the specific rule speaks instead of the general one.

use std::collections::HashMap;
use tunelint_base::{Diagnostic, FileId, Span};

/// A finding whose rule replaces others.
struct Replacer {
    span: Span,
    /// The greatest end of this and all before it, so that a search can stop.
    reach: u32,
    names: &'static [&'static str],
}

/// Takes out the findings that another one on the same place replaces.
pub(crate) fn replace(found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut replacers: HashMap<FileId, Vec<Replacer>> = HashMap::new();
    for finding in &found {
        let names = tunelint_rules::find(&finding.rule).map_or(&[][..], |rule| rule.replaces);
        if !names.is_empty() {
            let span = finding.location.span;
            let all = replacers.entry(finding.location.file).or_default();
            all.push(Replacer {
                span,
                reach: 0,
                names,
            });
        }
    }
    for all in replacers.values_mut() {
        all.sort_by_key(|replacer| replacer.span);
        let mut reach = 0;
        for replacer in all {
            reach = replacer.span.end.max(reach);
            replacer.reach = reach;
        }
    }
    let stays = |finding: &Diagnostic| {
        let span = finding.location.span;
        let all = replacers
            .get(&finding.location.file)
            .map_or(&[][..], Vec::as_slice);
        let after = all.partition_point(|replacer| replacer.span.start <= span.end);
        let near = all[..after]
            .iter()
            .rev()
            .take_while(|replacer| replacer.reach >= span.start);
        let mut over = near.filter(|replacer| replacer.span.overlaps(span));
        !over.any(|replacer| replacer.names.contains(&&*finding.rule))
    };
    found.into_iter().filter(stays).collect()
}
