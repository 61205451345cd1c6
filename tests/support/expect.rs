//! Texts that are expected to be what they were, and how to accept what they are.

use similar::{ChangeTag, TextDiff};
use std::fs;
use std::path::Path;

/// Whether expectations are rewritten instead of compared: `UPDATE_EXPECT=1`.
#[must_use]
pub fn updating() -> bool {
    std::env::var_os("UPDATE_EXPECT").is_some_and(|value| !value.is_empty() && value != "0")
}

/// The lines in which two texts differ; lines that only `expected` has begin with `-`.
#[must_use]
pub fn difference(expected: &str, actual: &str) -> String {
    let diff = TextDiff::from_lines(expected, actual);
    let mut text = String::new();
    for change in diff.iter_all_changes() {
        let sign = match change.tag() {
            ChangeTag::Delete => '-',
            ChangeTag::Insert => '+',
            ChangeTag::Equal => ' ',
        };
        text.push(sign);
        text.push_str(change.value());
        if !change.value().ends_with('\n') {
            text.push('\n');
        }
    }
    text
}

/// Compares a file with what it should hold, or rewrites it.
///
/// # Errors
/// How they differ.
///
/// # Panics
/// Where the file cannot be written.
pub fn file(path: &Path, name: &str, actual: &str) -> Result<(), String> {
    let expected = fs::read_to_string(path)
        .unwrap_or_default()
        .replace("\r\n", "\n");
    if expected == actual {
        return Ok(());
    }
    if updating() {
        fs::write(path, actual).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        return Ok(());
    }
    let difference = difference(&expected, actual);
    Err(format!(
        "{name} is not current; UPDATE_EXPECT=1 rewrites it:\n{difference}"
    ))
}
