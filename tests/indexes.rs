//! The indexes of all rules and facts, and the picture in the README, are what the code says.

use tunelint_tests::{expect, folder, index};

fn current(name: &str, text: &str) {
    let path = folder::workspace().join(name);
    if let Err(difference) = expect::file(&path, name, text) {
        panic!("{difference}");
    }
}

#[test]
fn the_index_of_rules_is_current() {
    current("rules/README.md", &index::rules());
}

#[test]
fn the_list_of_facts_is_current() {
    current("rules/FACTS.md", &index::facts());
}

/// The findings that the README shows are among those of the example, word for word.
#[test]
fn the_picture_in_the_readme_is_current() {
    let root = folder::workspace();
    let read = |name: &str| std::fs::read_to_string(root.join(name)).expect(name);
    let (readme, expected) = (
        read("README.md"),
        read("tests/projects/fraud-detection/expected.txt"),
    );
    let picture = readme
        .split("```text\n")
        .nth(1)
        .and_then(|rest| rest.split("```").next());
    let picture = picture.expect("a fence of text in README.md").trim_end();
    let findings: Vec<&str> = picture.split("\n\n").collect();
    assert!(findings.len() >= 2, "{picture}");
    for finding in findings {
        assert!(
            expected.contains(finding),
            "not what the example gives now:\n{finding}"
        );
    }
}
