//! The indexes of all rules and all facts are what the pages and the code say.

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
