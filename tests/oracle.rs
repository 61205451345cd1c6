//! What tunelint calls invalid is what the real Kafka client refuses.
//!
//! Asserted for every case and version: a configuration that is refused, for one of its values, for
//! a missing key, for several keys together or by a constructor's own checks, has an error of kind
//! `invalid`, and one that is accepted has none. A table says how many there are of each cause.
#![allow(
    clippy::print_stdout,
    reason = "the table of agreement is for the reader of the log"
)]

use std::fmt::Write;
use tunelint_tests::verdicts::{self, Judged};
use tunelint_tests::{confusion, folder};

/// At most so many disagreements are told in full.
const TOLD: usize = 40;

fn agree(name: &str, text: &str) {
    let cases = verdicts::cases(text);
    let judged = verdicts::judge(&cases);
    println!(
        "{name}: {} configurations, {} verdicts\n{}",
        cases.len(),
        judged.len(),
        confusion::table(&judged)
    );
    let wrong: Vec<&Judged<'_>> = judged
        .iter()
        .filter(|one| one.refused.is_some() == one.errors.is_empty())
        .collect();
    let mut told = String::new();
    for one in wrong.iter().take(TOLD) {
        let Judged {
            case,
            version,
            errors,
            ..
        } = one;
        let real = case
            .message
            .get(*version)
            .map_or("accepted", String::as_str);
        let _ = writeln!(
            told,
            "{} {} {version}: {real}; we say {errors:?} to {:?}",
            case.id, case.client, case.properties
        );
    }
    assert!(
        wrong.is_empty(),
        "{name}: {} disagreements\n{told}",
        wrong.len()
    );
}

/// Our own cases: their verdicts follow from the tables of the catalogue, key by key, and from what
/// the clients' sources check about several keys.
#[test]
fn own_cases_agree() {
    own("tests/oracle/kafka.jsonl");
}

/// Our own cases of addresses, logins, TLS, workers and connectors: their verdicts follow from the
/// sources of what refuses them.
#[test]
fn own_cases_of_security_and_connect_agree() {
    own("tests/oracle/kafka-security-connect.jsonl");
}

fn own(name: &str) {
    let text = folder::text(&folder::workspace().join(name));
    assert!(text.lines().count() >= 30);
    agree(name, &text);
}

/// What librdkafka's constructors said to a producer or consumer with those properties.
#[test]
fn librdkafka_agrees() {
    let path = folder::workspace().join("tests/oracle/librdkafka.jsonl");
    let text = folder::text(&path);
    assert!(text.lines().count() >= 150);
    agree("tests/oracle/librdkafka.jsonl", &text);
}

/// Verdicts recorded from the real clients, where they lie next to the checkout.
#[test]
fn recorded_verdicts_agree() {
    if let Some(path) = folder::shared("oracle/kafka.jsonl") {
        agree("oracle/kafka.jsonl", &folder::text(&path));
    }
}
