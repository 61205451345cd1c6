//! What tunelint says of JVM options against what real JVMs said.
//!
//! Asserted where recorded verdicts lie next to the checkout: a list of options has an error of
//! kind `invalid` exactly where the JVM refuses to start, and where it warns, so do we.
#![allow(
    clippy::print_stdout,
    reason = "the counts are for the reader of the log"
)]

use serde_json::Value;
use std::collections::BTreeMap;
use tunelint_base::JavaVersion;
use tunelint_tests::folder;
use tunelint_tests::jvm::{Verdict, judge};

/// Cases whose verdict hangs on the machine that they were recorded on, each with its reason.
const LEFT_OUT: [(&str, &str); 0] = [];

#[test]
fn recorded_verdicts_are_ours() {
    let Some(path) = folder::shared("oracle/jvm.jsonl") else {
        return;
    };
    let mut counts: BTreeMap<(Verdict, Verdict), usize> = BTreeMap::new();
    let mut wrong = Vec::new();
    let (mut left_out, mut warned, mut unwarned) = (0, 0, Vec::new());
    for line in folder::text(&path).lines() {
        let case: Value = serde_json::from_str(line).expect("a JSON object a line");
        let list = case["args"].as_array().expect("args");
        let arguments: Vec<String> = list
            .iter()
            .filter_map(|item| item.as_str().map(str::to_owned))
            .collect();
        for (release, verdict) in case["verdict"].as_object().expect("verdicts") {
            let java = release.parse().expect("a Java release");
            let verdict = Verdict::named(verdict.as_str().expect("a word"));
            let ours = judge(&arguments, java, None);
            *counts.entry((verdict, ours.verdict)).or_default() += 1;
            let about = || format!("{arguments:?} on {release}: {verdict:?}, {:?}", ours.rules);
            if (verdict == Verdict::Refused) != (ours.verdict == Verdict::Refused) {
                let known = |(option, _): &(&str, &str)| arguments.iter().any(|a| a == option);
                if LEFT_OUT.iter().any(known) {
                    left_out += 1;
                } else {
                    wrong.push(about());
                }
            }
            if verdict == Verdict::Warned {
                warned += 1;
                if !ours.speaks {
                    unwarned.push(about());
                }
            }
        }
    }
    for ((verdict, ours), count) in &counts {
        println!("{verdict:?} is {ours:?} to us: {count}");
    }
    let all: usize = counts.values().sum();
    println!(
        "{left_out} of {all} left out; {} of {warned} warnings missed",
        unwarned.len()
    );
    println!("{}", unwarned.join("\n"));
    assert!(all > 1000, "{counts:?}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(left_out * 100 <= all, "{left_out} of {all} are left out");
    assert!(unwarned.len() * 50 <= warned, "{}", unwarned.join("\n"));
}

/// Cases of our own, for everybody: each is stated in the page of its rule.
#[test]
fn plain_cases_are_judged() {
    let refused = |line: &str, java: u16| {
        let arguments: Vec<String> = line.split(' ').map(str::to_owned).collect();
        judge(&arguments, JavaVersion(java), None).verdict == Verdict::Refused
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
        assert!(refused(line, java), "{line} is refused by {java}");
    }
    for (line, java) in [
        ("-Xms1g -Xmx1g -XX:+UseG1GC", 21),
        ("-XX:+UseG1GC -XX:-UseG1GC -XX:+UseZGC", 21),
        ("-XX:+UseConcMarkSweepGC", 11),
        ("-XX:+UnlockDiagnosticVMOptions -XX:+PrintNMTStatistics", 21),
        ("-Xmx0x40000000", 25),
    ] {
        assert!(!refused(line, java), "{line} is taken by {java}");
    }
}
