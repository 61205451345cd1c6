//! What tunelint says of JVM options against what real JVMs said.
//!
//! Asserted where recorded verdicts lie next to the checkout: no list of options that a JVM accepts
//! or only warns about has an error of kind `invalid`. How many refusals we see is printed.
#![allow(
    clippy::print_stdout,
    reason = "the counts are for the reader of the log"
)]

use serde_json::Value;
use std::collections::BTreeMap;
use tunelint_base::{JavaVersion, Kind, Severity, Text};
use tunelint_engine::Settings;
use tunelint_model::FileFacts;
use tunelint_model::extract::options_from_arguments;
use tunelint_tests::folder;

/// Whether a list of arguments has an error of kind `invalid` for that release.
fn has_error(arguments: &[String], java: JavaVersion) -> bool {
    let (text, options) = options_from_arguments(arguments);
    let mut file = tunelint_engine::read("<jvm-args>".to_owned(), Text::utf8(text));
    file.facts = FileFacts {
        options: vec![options],
        ..FileFacts::default()
    };
    let mut settings = Settings::default();
    settings.options.java = Some(java);
    let report = tunelint_engine::check(vec![file], &settings);
    report
        .diagnostics
        .iter()
        .any(|found| found.kind == Kind::Invalid && found.severity == Severity::Error)
}

#[test]
fn what_a_jvm_accepts_is_no_error() {
    let Some(path) = folder::shared("oracle/jvm.jsonl") else {
        return;
    };
    let mut counts: BTreeMap<(String, bool), usize> = BTreeMap::new();
    let mut false_alarms = Vec::new();
    for line in folder::text(&path).lines() {
        let case: Value = serde_json::from_str(line).expect("a JSON object a line");
        let list = case["args"].as_array().expect("args");
        let arguments: Vec<String> = list
            .iter()
            .filter_map(|item| item.as_str().map(str::to_owned))
            .collect();
        for (release, verdict) in case["verdict"].as_object().expect("verdicts") {
            let java = release.parse().expect("a Java release");
            let verdict = verdict.as_str().expect("a word");
            let error = has_error(&arguments, java);
            *counts.entry((verdict.to_owned(), error)).or_default() += 1;
            if error && verdict != "refused" {
                false_alarms.push(format!("{arguments:?} on {release}: {verdict}"));
            }
        }
    }
    for ((verdict, error), count) in &counts {
        println!(
            "{verdict:<8}  {}  {count:>5}",
            if *error { "error " } else { "silent" }
        );
    }
    assert!(counts.values().sum::<usize>() > 1000, "{counts:?}");
    assert!(false_alarms.is_empty(), "{}", false_alarms.join("\n"));
}

/// Cases of our own, for everybody: each is stated in the page of its rule.
#[test]
fn plain_cases_are_judged() {
    let judge = |line: &str, java: u16| {
        let arguments: Vec<String> = line.split(' ').map(str::to_owned).collect();
        has_error(&arguments, JavaVersion(java))
    };
    for (line, java) in [
        ("-Xmx1.5g", 17),
        ("-Xms2g -Xmx1g", 21),
        ("-XX:+UseG1GC -XX:+UseZGC", 21),
        ("-XX:+UseConcMarkSweepGC", 17),
        ("-XX:UseG1GC", 25),
        ("-XX:MaxGCPauseMillis=200ms", 11),
        ("-XX:MinHeapFreeRatio=80", 21),
    ] {
        assert!(judge(line, java), "{line} is refused by {java}");
    }
    for (line, java) in [
        ("-Xms1g -Xmx1g -XX:+UseG1GC", 21),
        ("-XX:+UseG1GC -XX:-UseG1GC -XX:+UseZGC", 21),
        ("-XX:+UseConcMarkSweepGC", 11),
        ("-XX:+UnlockDiagnosticVMOptions -XX:+PrintNMTStatistics", 21),
        ("-Xmx0x40000000", 25),
    ] {
        assert!(!judge(line, java), "{line} is taken by {java}");
    }
}
