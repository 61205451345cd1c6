//! Fixes of a page's findings: they silence the rule and change nothing else.

use crate::{findings, folder, page, program};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use tunelint_page::Rule;
use tunelint_syntax::properties;

/// Applies the fixes: the findings that have one go, nothing else does.
pub(crate) fn try_fix(
    rule: &Rule,
    folder: &Path,
    args: &[String],
    found: &[findings::Found],
) -> Result<(), String> {
    let broken = |args: &[&str]| {
        findings::check(
            folder,
            &args.iter().map(|a| (*a).to_owned()).collect::<Vec<_>>(),
        )
    };
    let errors_before = broken(&["--select", "syntax-error"])?.len();
    let mut touched: BTreeMap<&str, Vec<(usize, usize)>> = BTreeMap::new();
    for edit in found
        .iter()
        .filter_map(|finding| finding.fix.as_ref())
        .flat_map(|fix| &fix.edits)
    {
        touched
            .entry(&edit.path)
            .or_default()
            .push((edit.range.start.offset, edit.range.end.offset));
    }
    let before: BTreeMap<String, String> = texts(folder);
    let mut all: Vec<String> = [
        "check",
        ".",
        "--fix",
        "--unsafe-fixes",
        "--min-severity",
        "hint",
        "--fail-on",
        "never",
    ]
    .map(String::from)
    .to_vec();
    all.extend_from_slice(args);
    program::run(folder, &all).done()?;
    let after = texts(folder);
    let without_fix = found.iter().filter(|finding| finding.fix.is_none()).count();
    let left = findings::check(folder, args)?;
    if left
        .iter()
        .filter(|finding| finding.rule == rule.name)
        .count()
        > without_fix
    {
        return Err(format!(
            "after the fix the rule still speaks:\n{}",
            page::report(folder, args)?
        ));
    }
    if broken(&["--select", "syntax-error"])?.len() > errors_before {
        return Err("after the fix there is a syntax error".to_owned());
    }
    for (name, text) in before {
        let now = after
            .get(&name)
            .ok_or_else(|| format!("the fix removed the file {name}"))?;
        let edits = touched.remove(name.as_str()).unwrap_or_default();
        if edits.is_empty() && *now != text {
            return Err(format!(
                "the fix changed {name}, which no finding's edits name"
            ));
        }
        if name.ends_with(".properties") {
            kept(&name, &text, now, &edits)?;
        }
    }
    Ok(())
}

fn texts(root: &Path) -> BTreeMap<String, String> {
    let files = folder::files(root).into_iter();
    files
        .filter_map(|(name, path)| Some((name, fs::read_to_string(path).ok()?)))
        .collect()
}

/// Every entry that no edit touches is there afterwards, with its value and in its order.
fn kept(name: &str, before: &str, after: &str, edits: &[(usize, usize)]) -> Result<(), String> {
    let old = properties::parse(before);
    let new = properties::parse(after);
    let mut rest = new
        .entries()
        .map(|entry| (entry.key.text(), entry.value.text()));
    for entry in old.entries() {
        let (start, end) = (entry.span.start as usize, entry.span.end as usize);
        if edits.iter().any(|(from, to)| *from < end && *to > start) {
            continue;
        }
        let pair = (entry.key.text(), entry.value.text());
        if !rest.any(|now| now == pair) {
            return Err(format!(
                "the fix lost or changed `{}={}` in {name}",
                pair.0, pair.1
            ));
        }
    }
    Ok(())
}
