//! A rule page as a test: what its examples give, against what it says that they give.

use crate::example::{Example, examples};
use crate::expect::{difference, updating};
use crate::{findings, folder, program};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use tunelint_page::Rule;
use tunelint_syntax::properties;

/// Rules without examples: no file that a page can hold is unreadable.
pub const WITHOUT_EXAMPLES: [&str; 1] = ["unreadable-file"];

/// The path of a rule's page.
#[must_use]
pub fn path(rule: &Rule) -> PathBuf {
    folder::workspace()
        .join("rules")
        .join(rule.group)
        .join(format!("{}.md", rule.name))
}

/// Runs a page as a test.
///
/// # Errors
/// Everything that is not as the page says.
pub fn test(rule: &'static Rule) -> Result<(), Vec<String>> {
    let mut failures = Vec::new();
    if let Err(faults) = tunelint_engine::check_rule(rule) {
        failures.extend(faults.into_iter().map(|fault| fault.message));
    }
    let page = folder::text(&path(rule)).replace("\r\n", "\n");
    let examples = match examples(&page) {
        Ok(examples) => examples,
        Err(error) => return Err(vec![error]),
    };
    for (bad, word) in [(true, "Bad"), (false, "Good")] {
        if !examples.iter().any(|example| example.bad == bad)
            && !WITHOUT_EXAMPLES.contains(&rule.name)
        {
            failures.push(format!("the page has no `## {word}`"));
        }
    }
    let mut rewritten = page.clone();
    // From the last one on, so that the places of the others stay right.
    for example in examples.iter().rev() {
        if let Err(error) = try_example(rule, example, &mut rewritten) {
            failures.push(format!("{}: {error}", example.heading));
        }
    }
    if updating() && rewritten != page {
        fs::write(path(rule), rewritten).map_err(|error| vec![error.to_string()])?;
    }
    if failures.is_empty() {
        Ok(())
    } else {
        Err(failures)
    }
}

/// A folder with the files of an example.
///
/// # Errors
/// Why there is none.
pub fn laid_out(example: &Example) -> Result<TempDir, String> {
    let temporary = tempfile::tempdir().map_err(|error| error.to_string())?;
    example.write(temporary.path())?;
    Ok(temporary)
}

fn try_example(rule: &Rule, example: &Example, page: &mut String) -> Result<(), String> {
    let temporary = laid_out(example)?;
    let folder = temporary.path();
    let mut args = example.args.clone();
    args.extend(["--select".to_owned(), rule.name.to_owned()]);
    let found = findings::check(folder, &args)?;
    let count = found
        .iter()
        .filter(|finding| finding.rule == rule.name)
        .count();
    let output = report(folder, &args)?;
    if !example.bad {
        return if found.is_empty() {
            Ok(())
        } else {
            Err(format!("it is not silent:\n{output}"))
        };
    }
    if count == 0 {
        return Err(format!("the rule has nothing to say:\n{output}"));
    }
    match &example.output {
        Some((expected, _)) if *expected == output => {}
        Some((_, range)) if updating() => page.replace_range(range.clone(), &output),
        None if updating() => {
            page.insert_str(example.end, &format!("\n\n```text output\n{output}```"))
        }
        Some((expected, _)) => {
            return Err(format!(
                "the output differs:\n{}",
                difference(expected, &output)
            ));
        }
        None => {
            return Err(format!(
                "no `text output`; UPDATE_EXPECT=1 adds it:\n{output}"
            ));
        }
    }
    if rule.fix.is_some() && found.iter().any(|finding| finding.fix.is_some()) {
        return try_fix(rule, folder, &args, &found);
    }
    Ok(())
}

/// What a person reads, without the summary in the last paragraph.
fn report(folder: &Path, args: &[String]) -> Result<String, String> {
    let mut all: Vec<String> = [
        "check",
        ".",
        "--color",
        "never",
        "--min-severity",
        "hint",
        "--fail-on",
        "never",
    ]
    .map(String::from)
    .to_vec();
    all.extend_from_slice(args);
    let ran = program::run(folder, &all).done()?;
    let text = ran.stdout.trim_end();
    let end = text.rfind("\n\n").unwrap_or(0);
    let text = text[..end].trim_end();
    Ok(if text.is_empty() {
        String::new()
    } else {
        format!("{text}\n")
    })
}

/// Applies the fixes: the findings that have one go, nothing else does.
fn try_fix(
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
            report(folder, args)?
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
