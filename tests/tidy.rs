//! The repository keeps its own habits: layout, sizes, module docs, dependency arrows, paths in prose.

use std::collections::BTreeSet;
use tunelint_tests::layout::{ARROWS, TOP, TOP_LEVEL, WITH_IO};
use tunelint_tests::{folder, repository};

/// The longest a source file may be.
const LONGEST: usize = 500;

fn none<T: std::fmt::Display>(what: &str, found: impl IntoIterator<Item = T>) {
    let lines: Vec<String> = found.into_iter().map(|line| format!("  {line}")).collect();
    assert!(lines.is_empty(), "{what}:\n{}", lines.join("\n"));
}

#[test]
fn sources_say_what_they_are_and_stay_short() {
    let mut found = Vec::new();
    for (path, full) in repository::sources() {
        let text = folder::text(&full);
        let first = text.lines().next().unwrap_or("");
        let sentence = first.strip_prefix("//! ").unwrap_or("");
        if sentence.len() <= 8 {
            found.push(format!("{path} does not begin with a sentence after `//!`"));
        }
        let lines = text.lines().count();
        if lines > LONGEST {
            found.push(format!("{path} has {lines} lines"));
        }
        if path.ends_with("/mod.rs") {
            found.push(format!("{path}: a module `foo` is `foo.rs` beside `foo/`"));
        }
    }
    none("sources out of shape", found);
}

#[test]
fn nothing_is_left_undone() {
    // Put together, so that this file does not find itself.
    let marks =
        [["todo", "!("], ["unimplemented", "!("], ["#[ig", "nore"]].map(|words| words.concat());
    let found = repository::sources()
        .into_iter()
        .filter_map(|(path, full)| {
            let text = folder::text(&full);
            let mark = marks.iter().find(|mark| text.contains(mark.as_str()))?;
            Some(format!("{path} has `{mark}`"))
        });
    none("left undone", found);
}

#[test]
fn crates_are_named_as_their_folders() {
    let found = repository::packages().into_iter().filter(|package| {
        let expected = match package.folder.as_str() {
            "rules" => "tunelint-rules",
            "tests" => "tunelint-tests",
            other => other.trim_start_matches("crates/"),
        };
        package.name != expected || !(expected.starts_with("tunelint") || expected == "xtask")
    });
    none(
        "packages with other names than their folders",
        found.map(|package| package.folder),
    );
}

#[test]
fn dependencies_point_down() {
    let mut found = Vec::new();
    for package in repository::packages() {
        if TOP.contains(&package.name.as_str()) {
            continue;
        }
        let Some((_, allowed)) = ARROWS.iter().find(|(name, _)| *name == package.name) else {
            found.push(format!("{} has no place in the diagram", package.name));
            continue;
        };
        let wrong = package
            .needs
            .iter()
            .filter(|need| !allowed.contains(&need.as_str()));
        found.extend(wrong.map(|need| format!("{} may not depend on {need}", package.name)));
    }
    none("dependencies that do not point down", found);
}

#[test]
fn only_the_windows_do_io() {
    let words = [
        "std::fs",
        "std::net",
        "std::process",
        "std::env::var",
        "std::env::current_dir",
    ];
    let sources = repository::sources().into_iter().filter(|(path, _)| {
        let test =
            path.contains("/tests/") || path.contains("/benches/") || path.ends_with("/tests.rs");
        let build = path.ends_with("/build.rs") || path.contains("/build/");
        !test && !build && !WITH_IO.iter().any(|allowed| path.starts_with(allowed))
    });
    let found = sources.filter_map(|(path, full)| {
        let text = folder::text(&full);
        let word = words.iter().find(|word| text.contains(*word))?;
        Some(format!("{path} uses {word}"))
    });
    none("input and output outside of the windows", found);
}

#[test]
fn paths_in_prose_exist() {
    let root = folder::workspace();
    let top = repository::top_level();
    let mut found = Vec::new();
    for name in [
        "README.md",
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "crates/README.md",
    ] {
        let file = root.join(name);
        if !file.exists() {
            continue;
        }
        let paths = repository::paths_named_in(&folder::text(&file), &top);
        let missing = paths
            .into_iter()
            .filter(|path| !root.join(path.split('#').next().unwrap_or(path)).exists());
        found.extend(missing.map(|path| format!("{name} names `{path}`")));
    }
    none("paths that lead nowhere", found);
}

#[test]
fn the_top_level_holds_what_it_may() {
    let allowed: BTreeSet<String> = TOP_LEVEL.into_iter().map(str::to_owned).collect();
    none(
        "unexpected at the top level",
        repository::top_level().difference(&allowed),
    );
}

/// The commands of `.ci/run` that the README promises.
#[test]
fn the_readme_names_the_commands_of_ci() {
    let root = folder::workspace();
    let (readme, ci) = (root.join("README.md"), folder::text(&root.join(".ci/run")));
    if !readme.exists() {
        return;
    }
    let readme = folder::text(&readme);
    let commands = [
        "cargo test --workspace",
        "cargo run --release -- check tests/projects/fraud-detection",
    ];
    let missing = commands
        .into_iter()
        .filter(|command| !readme.contains(command) || !ci.contains(command));
    none("commands that README.md and .ci/run do not share", missing);
}
