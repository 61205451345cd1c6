//! Every rule page is a test: its examples give what it says, and its fix cures them.
//!
//! `UPDATE_EXPECT=1 cargo test -p tunelint-tests --test rules` rewrites the `text output` blocks.

use libtest_mimic::{Arguments, Failed, Trial};
use std::collections::{BTreeMap, BTreeSet};
use std::process::ExitCode;
use tunelint_engine::OWN_RULES;
use tunelint_page::{Condition, Rule};
use tunelint_rules::RULES;
use tunelint_tests::{example, findings, folder, page};

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let pages = RULES.iter().map(|rule| {
        let name = format!("{}/{}", rule.group, rule.name);
        Trial::test(name, move || {
            fail(page::test(rule).err().unwrap_or_default())
        })
    });
    let mut trials: Vec<Trial> = pages.collect();
    trials.extend([
        Trial::test("every_page_is_built_in", || fail(every_page_is_built_in())),
        Trial::test("no_good_example_is_invalid", || {
            fail(no_good_example_is_invalid())
        }),
        Trial::test("the_group_engine_is_closed", || {
            fail(the_group_engine_is_closed())
        }),
        Trial::test("replaces_names_rules_without_cycles", || {
            fail(replaces_names_rules_without_cycles())
        }),
    ]);
    libtest_mimic::run(&arguments, trials).exit_code()
}

fn fail(failures: Vec<String>) -> Result<(), Failed> {
    if failures.is_empty() {
        Ok(())
    } else {
        Err(failures.join("\n\n").into())
    }
}

/// The pages on disk are the rules of the program.
fn every_page_is_built_in() -> Vec<String> {
    let root = folder::workspace().join("rules");
    let on_disk: BTreeSet<String> = folder::files(&root)
        .into_iter()
        .map(|(name, _)| name)
        .filter(|name| {
            name.ends_with(".md") && name.contains('/') && !name.starts_with("scorecards/")
        })
        .collect();
    let built_in: BTreeSet<String> = RULES
        .iter()
        .map(|rule| format!("{}/{}.md", rule.group, rule.name))
        .collect();
    let odd = on_disk.symmetric_difference(&built_in);
    odd.map(|name| format!("{name} is only a page or only a rule"))
        .collect()
}

/// All rules over every example: what is called good is not refused by anything real.
fn no_good_example_is_invalid() -> Vec<String> {
    RULES
        .iter()
        .filter_map(|rule| errors_in_good(rule).err())
        .collect()
}

fn errors_in_good(rule: &Rule) -> Result<(), String> {
    for example in example::examples(&folder::text(&page::path(rule)))? {
        let temporary = page::laid_out(&example)?;
        let found = findings::check(temporary.path(), &example.args)?;
        let error = found
            .iter()
            .find(|f| f.severity == "error" && f.kind == "invalid" && !example.bad);
        if let Some(error) = error {
            return Err(format!(
                "{}/{}, {}: {} in {}: {}",
                rule.group, rule.name, example.heading, error.rule, error.path, error.message
            ));
        }
    }
    Ok(())
}

fn the_group_engine_is_closed() -> Vec<String> {
    let in_code: BTreeSet<&str> = OWN_RULES.into_iter().collect();
    let in_group: BTreeSet<&str> = RULES
        .iter()
        .filter(|rule| rule.group == "engine")
        .map(|rule| rule.name)
        .collect();
    let by_code: BTreeSet<&str> = RULES
        .iter()
        .filter(|rule| rule.when == Condition::Engine)
        .map(|rule| rule.name)
        .collect();
    let mut failures = Vec::new();
    for (what, names) in [
        ("the pages of the group `engine`", &in_group),
        ("the pages with `when: engine`", &by_code),
    ] {
        if *names != in_code {
            failures.push(format!(
                "{what} are {names:?}, the engine's own rules {in_code:?}"
            ));
        }
    }
    failures
}

fn replaces_names_rules_without_cycles() -> Vec<String> {
    let all: BTreeMap<&str, &[&'static str]> = RULES
        .iter()
        .map(|rule| (rule.name, rule.replaces))
        .collect();
    let mut failures = Vec::new();
    for rule in RULES {
        let unknown = rule.replaces.iter().filter(|name| !all.contains_key(*name));
        failures.extend(
            unknown.map(|name| format!("{} replaces `{name}`, which is no rule", rule.name)),
        );
        let mut reached: Vec<&str> = rule.replaces.to_vec();
        let mut at = 0;
        while let Some(name) = reached.get(at).copied() {
            let next = all.get(name).copied().unwrap_or_default();
            reached.extend(
                next.iter()
                    .filter(|name| !reached.contains(name))
                    .copied()
                    .collect::<Vec<_>>(),
            );
            at += 1;
        }
        if reached.contains(&rule.name) {
            failures.push(format!("{} replaces itself, over {reached:?}", rule.name));
        }
    }
    failures
}
