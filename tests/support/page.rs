//! A rule page as a test: what its examples give, against what it says that they give.

use crate::example::{Example, examples};
use crate::expect::{difference, updating};
use crate::{cure, findings, folder, program};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use tunelint_page::Rule;

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
    if !example.all_rules {
        args.extend(["--select".to_owned(), rule.name.to_owned()]);
    }
    let found = findings::check(folder, &args)?;
    let count = found
        .iter()
        .filter(|finding| finding.rule == rule.name)
        .count();
    let output = report(folder, &args)?;
    if !example.bad {
        return if count == 0 {
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
        return cure::try_fix(rule, folder, &args, &found);
    }
    Ok(())
}

/// What a person reads, without the summary in the last paragraph.
pub(crate) fn report(folder: &Path, args: &[String]) -> Result<String, String> {
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
