//! One string that holds all names and values, and pools of things that many rows share.

use std::collections::HashMap;

/// The text of all strings, each once.
#[derive(Default)]
pub(crate) struct Strings {
    text: String,
    places: HashMap<String, usize>,
}

impl Strings {
    /// The expression of a `Text` for `string`.
    pub(crate) fn text(&mut self, string: &str) -> String {
        let start = *self.places.entry(string.to_owned()).or_insert_with(|| {
            self.text.find(string).unwrap_or_else(|| {
                self.text.push_str(string);
                self.text.len() - string.len()
            })
        });
        format!("Text({start}, {})", string.len())
    }

    /// The static that holds the text.
    pub(crate) fn declare(&self) -> String {
        format!("static STRINGS: &str = {:?};\n", self.text)
    }
}

/// Expressions of one type, each once, in a static slice.
#[derive(Default)]
pub(crate) struct Pool {
    items: Vec<String>,
    places: HashMap<String, usize>,
}

impl Pool {
    /// The place of `expression`.
    pub(crate) fn add(&mut self, expression: String) -> usize {
        *self.places.entry(expression.clone()).or_insert_with(|| {
            self.items.push(expression);
            self.items.len() - 1
        })
    }

    /// The static slice that holds them.
    pub(crate) fn declare(&self, name: &str, kind: &str) -> String {
        format!(
            "static {name}: &[{kind}] = &[\n{},\n];\n",
            self.items.join(",\n")
        )
    }
}

/// Runs of values over time, each run once, one after another in a static slice.
#[derive(Default)]
pub(crate) struct Runs {
    items: Vec<String>,
    places: HashMap<Vec<String>, usize>,
}

impl Runs {
    /// The expression of the `Run` that holds `run`.
    pub(crate) fn add(&mut self, run: Vec<String>) -> String {
        let len = run.len();
        let start = *self.places.entry(run.clone()).or_insert_with(|| {
            self.items.extend(run);
            self.items.len() - len
        });
        format!("Run {{ start: {start}, len: {len} }}")
    }

    /// The static slice that holds them.
    pub(crate) fn declare(&self, name: &str, kind: &str) -> String {
        format!(
            "static {name}: &[(u32, {kind})] = &[\n{},\n];\n",
            self.items.join(",\n")
        )
    }
}
