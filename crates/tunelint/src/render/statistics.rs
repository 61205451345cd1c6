//! The findings of each rule, counted.

use super::Shown;
use crate::style::Paint;
use crate::table::{cell, columns};
use std::collections::BTreeMap;
use tunelint_base::Severity;

/// For each rule with findings: errors, warnings, infos, hints.
pub(super) fn count<'r>(shown: &Shown<'r>) -> BTreeMap<&'r str, [usize; 4]> {
    let mut rules: BTreeMap<&str, [usize; 4]> = BTreeMap::new();
    for diagnostic in &shown.report.diagnostics {
        let place = match diagnostic.severity {
            Severity::Error => 0,
            Severity::Warning => 1,
            Severity::Info => 2,
            Severity::Hint => 3,
        };
        rules.entry(&diagnostic.rule).or_default()[place] += 1;
    }
    rules
}

/// The table for people, the rules with most findings first.
pub(super) fn table(shown: &Shown<'_>, paint: Paint) -> String {
    let mut rules: Vec<(&str, [usize; 4])> = count(shown).into_iter().collect();
    rules.sort_by_key(|(_, counts)| std::cmp::Reverse(counts.iter().sum::<usize>()));
    let heads = ["rule", "error", "warning", "info", "hint"];
    let mut rows = vec![heads.map(|head| (paint.bold(head), head.len())).to_vec()];
    for (rule, counts) in rules {
        let mut row = vec![cell(rule)];
        row.extend(counts.map(|count| {
            cell(if count == 0 {
                "·".to_owned()
            } else {
                count.to_string()
            })
        }));
        rows.push(row);
    }
    columns(&rows, &[1, 2, 3, 4])
}
