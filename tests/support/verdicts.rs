//! Recorded verdicts on whole configurations, and what tunelint says to them.

use serde::Deserialize;
use std::collections::BTreeMap;
use tunelint_base::{KafkaVersion, Kind, Severity, Text};
use tunelint_engine::Settings;
use tunelint_model::{Options, SourceFile};

/// A configuration with the real client's verdict by version.
#[derive(Debug, Deserialize)]
pub struct Case {
    /// `producer`, `consumer`, `admin` or `streams`.
    pub client: String,
    /// What it is called.
    pub id: String,
    /// The text of the file, which is the whole configuration.
    pub properties: String,
    /// `refused` or `accepted`, by version.
    pub verdict: BTreeMap<String, String>,
    /// The exception's text, by version.
    #[serde(default)]
    pub message: BTreeMap<String, String>,
}

/// Why the real client refuses a configuration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// One value alone: its type, its range, the values that are allowed.
    Value,
    /// A required key is not there.
    Missing,
    /// Several keys together, or what only a constructor looks at.
    Other,
}

impl Cause {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Value, Self::Missing, Self::Other];

    /// The cause that the exception's text tells.
    #[must_use]
    pub fn of(message: &str) -> Self {
        let own = match message
            .strip_prefix("embedded ")
            .and_then(|rest| rest.split_once(": "))
        {
            Some((_, own)) => own,
            None => message,
        };
        let of_another_key = own.contains("doesn't have corresponding tag set");
        if own.starts_with("Missing required configuration ")
            || own.starts_with("Invalid value null for configuration ")
        {
            Self::Missing
        } else if own.starts_with("Invalid value ")
            && own.contains(" for configuration ")
            && !of_another_key
        {
            Self::Value
        } else {
            Self::Other
        }
    }
}

/// One verdict beside ours.
#[derive(Debug)]
pub struct Judged<'c> {
    /// The configuration.
    pub case: &'c Case,
    /// The version.
    pub version: &'c str,
    /// Why the real client refuses it, if it does.
    pub refused: Option<Cause>,
    /// Our errors of kind `invalid`, as `rule: message`.
    pub errors: Vec<String>,
}

/// Reads the cases of a file with one JSON object a line.
///
/// # Panics
/// Where a line is no case.
#[must_use]
pub fn cases(text: &str) -> Vec<Case> {
    let lines = text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(at, line)| {
            serde_json::from_str(line).unwrap_or_else(|e| panic!("line {}: {e}", at + 1))
        })
        .collect()
}

/// Judges all cases under all their versions: one run a version, each file on its own.
///
/// # Panics
/// Where a version is none.
#[must_use]
pub fn judge(cases: &[Case]) -> Vec<Judged<'_>> {
    let read = |(at, case): (usize, &Case)| {
        let text = format!(
            "# tunelint: kind={} complete\n{}",
            case.client, case.properties
        );
        tunelint_engine::read(format!("{at:06}/case.properties"), Text::utf8(text))
    };
    let files: Vec<SourceFile> = cases.iter().enumerate().map(read).collect();
    let mut versions: Vec<&str> = cases
        .iter()
        .flat_map(|case| case.verdict.keys().map(String::as_str))
        .collect();
    versions.sort_unstable();
    versions.dedup();
    versions
        .into_iter()
        .flat_map(|version| judge_version(cases, &files, version))
        .collect()
}

fn judge_version<'c>(cases: &'c [Case], files: &[SourceFile], version: &'c str) -> Vec<Judged<'c>> {
    let kafka: KafkaVersion = version.parse().unwrap_or_else(|e| panic!("{version}: {e}"));
    let options = Options {
        kafka: Some(kafka),
        no_link: true,
        ..Options::default()
    };
    let report = tunelint_engine::check(
        files.to_vec(),
        &Settings {
            options,
            ..Settings::default()
        },
    );
    let mut errors: Vec<Vec<String>> = vec![Vec::new(); cases.len()];
    for found in &report.diagnostics {
        if found.kind == Kind::Invalid && found.severity == Severity::Error {
            errors[found.location.file.0 as usize]
                .push(format!("{}: {}", found.rule, found.message));
        }
    }
    let judged = cases.iter().zip(errors).filter_map(|(case, errors)| {
        let refused = case.verdict.get(version)? == "refused";
        let message = case.message.get(version).map_or("", String::as_str);
        Some(Judged {
            case,
            version,
            refused: refused.then(|| Cause::of(message)),
            errors,
        })
    });
    judged.collect()
}
