//! The JSON report of `check`, as far as tests look into it.

use crate::program;
use serde::Deserialize;
use std::path::Path;

/// The report.
#[derive(Debug, Deserialize)]
struct Report {
    diagnostics: Vec<Found>,
}

/// A finding.
#[derive(Debug, Deserialize)]
pub struct Found {
    /// The rule.
    pub rule: String,
    /// `error`, `warning`, `info` or `hint`.
    pub severity: String,
    /// `invalid`, `risk`, `tuning` or `upkeep`.
    pub kind: String,
    /// What is wrong.
    pub message: String,
    /// The file.
    pub path: String,
    /// Where in it.
    pub range: Range,
    /// The cure.
    pub fix: Option<Fix>,
}

/// A range in a file.
#[derive(Debug, Deserialize)]
pub struct Range {
    /// Where it begins.
    pub start: Place,
    /// Where it ends.
    pub end: Place,
}

/// A place in a file.
#[derive(Debug, Deserialize)]
pub struct Place {
    /// From 1.
    pub line: u32,
    /// In bytes, from 0.
    pub offset: usize,
}

/// A cure.
#[derive(Debug, Deserialize)]
pub struct Fix {
    /// Its edits.
    pub edits: Vec<Edit>,
}

/// A replacement in a file.
#[derive(Debug, Deserialize)]
pub struct Edit {
    /// The file.
    pub path: String,
    /// What is replaced.
    pub range: Range,
}

/// What `check . ARGS` finds in a folder.
///
/// # Errors
/// Where the run failed or its report is no JSON of that shape.
pub fn check(folder: &Path, args: &[String]) -> Result<Vec<Found>, String> {
    let mut all: Vec<String> = [
        "check",
        ".",
        "--format",
        "json",
        "--min-severity",
        "hint",
        "--fail-on",
        "never",
    ]
    .map(String::from)
    .to_vec();
    all.extend_from_slice(args);
    let ran = program::run(folder, &all).done()?;
    let report: Report =
        serde_json::from_str(&ran.stdout).map_err(|e| format!("{e} in: {}", ran.stdout))?;
    Ok(report.diagnostics)
}
