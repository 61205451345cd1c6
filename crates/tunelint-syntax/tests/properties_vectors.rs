//! Compares the reader of properties with recorded runs of `java.util.Properties`.

use std::path::PathBuf;

use serde_json::Value;
use tunelint_syntax::properties::{self, Item};

/// One run of `tests/java/PropertiesVectors.java`.
struct Case {
    input: String,
    thrown: bool,
    lone: u64,
    puts: Vec<String>,
}

fn cases() -> Vec<Case> {
    let kept = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/vectors/properties.jsonl");
    let path = std::env::var_os("PROPERTIES_VECTORS").map_or(kept, PathBuf::from);
    let text = std::fs::read_to_string(path).expect("the vectors are there");
    text.lines().map(case).collect()
}

fn case(line: &str) -> Case {
    let fields: Vec<Value> = serde_json::from_str(line).expect("a JSON list");
    let string = |value: &Value| value.as_str().expect("a string").to_owned();
    Case {
        input: string(&fields[0]),
        thrown: fields[1] == 1,
        lone: fields[2].as_u64().expect("a number"),
        puts: fields[3..].iter().map(string).collect(),
    }
}

/// The same record of our own reader: what comes before the first error, as Java stops there.
fn ours(input: &str) -> (bool, u64, Vec<String>) {
    let properties = properties::parse(input);
    let stop = properties.errors.first().map(|error| error.item);
    let mut puts = Vec::new();
    let mut lone = 0;
    for item in &properties.items[..stop.unwrap_or(properties.items.len())] {
        let Item::Entry(entry) = item else { continue };
        for piece in [&entry.key, &entry.value] {
            lone += u64::from(piece.lone_surrogate());
            puts.push(piece.text().to_owned());
        }
    }
    (stop.is_some(), lone, puts)
}

/// The record of the crate `java-properties`; none where it panics. Only for ASCII inputs, so
/// that its default encoding plays no part.
fn theirs(input: &str) -> Option<(bool, Vec<String>)> {
    std::panic::catch_unwind(|| {
        let mut puts = Vec::new();
        let mut reader = java_properties::PropertiesIter::new(input.as_bytes());
        let read = reader.read_into(|key, value| puts.extend([key, value]));
        (read.is_err(), puts)
    })
    .ok()
}

#[test]
fn our_reader_never_differs_from_java() {
    let cases = cases();
    assert!(cases.len() >= 10_000);
    let mut differences = Vec::new();
    for case in &cases {
        let expected = (case.thrown, case.lone, case.puts.clone());
        let found = ours(&case.input);
        if found != expected {
            differences.push(format!(
                "{:?}\n  Java {expected:?}\n  ours {found:?}",
                case.input
            ));
        }
    }
    assert!(
        differences.is_empty(),
        "{} of {} differ, the first:\n{}",
        differences.len(),
        cases.len(),
        differences[..differences.len().min(10)].join("\n")
    );
}

#[test]
fn the_crate_java_properties_does_differ() {
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let cases = cases();
    let ascii = cases.iter().filter(|case| case.input.is_ascii());
    let differs = |case: &&Case| {
        theirs(&case.input).is_none_or(|found| found != (case.thrown, case.puts.clone()))
    };
    let differences = ascii.filter(differs).count();
    std::panic::set_hook(hook);
    assert!(differences > 1_000, "only {differences} differences");
}
