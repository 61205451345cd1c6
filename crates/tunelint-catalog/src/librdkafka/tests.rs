//! The table and its check against verdicts of the real library.

use super::*;
use crate::kafka::{self, Fault, Parsed, Scope};

const RECORDED: &str = include_str!("../../tests/librdkafka.tsv");

#[test]
fn the_library_says_the_same() {
    let mut wrong = Vec::new();
    let mut count = 0;
    let lines = RECORDED.lines().filter(|line| !line.starts_with('#'));
    for line in lines {
        let cells: Vec<&str> = line.split('\t').collect();
        let [name, value, verdict, reading] = cells.as_slice() else {
            panic!("not four cells: {line}");
        };
        let key = find(name).unwrap_or_else(|| panic!("{name} is unknown"));
        let ours = check(key, value);
        // What comes of a number of more than 32 bits depends on the system.
        if matches!(ours, Err(Fault::TooBig { .. })) {
            continue;
        }
        count += 1;
        let number = match &ours {
            Ok(Parsed::Int(number)) => Some(number.to_string()),
            Ok(Parsed::Double(number)) if !number.is_nan() => Some(number.to_string()),
            _ => None,
        };
        let same = *reading == "-" || number.is_none_or(|number| number == *reading);
        if ours.is_ok() != (*verdict == "accepted") || !same {
            wrong.push(format!("{line}: {ours:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count > 800, "{count}");
}

#[test]
fn names_lead_to_properties() {
    assert!(keys().is_sorted_by(|a, b| (a.name, a.level) < (b.name, b.level)));
    for key in keys() {
        assert!(find(key.name).is_some(), "{}", key.name);
        let canonical = key.canonical();
        assert!(canonical.alias_of.is_none(), "{}", key.name);
        assert_eq!(key.alias_of.is_some(), key.name != canonical.name);
        assert_eq!((key.ty, key.range), (canonical.ty, canonical.range));
    }
    assert_eq!(find("topic.acks").map(|key| key.name), Some("acks"));
    assert_eq!(find("topic.linger.ms").map(|key| key.name), None);
    let interval = |name| find(name).map(|key| key.level);
    assert_eq!(interval("auto.commit.interval.ms"), Some(Level::Global));
    assert_eq!(
        interval("topic.auto.commit.interval.ms"),
        Some(Level::Topic)
    );
    assert!(is_same("acks", "request.required.acks"));
    assert!(is_same("topic.acks", "request.required.acks"));
    assert!(!is_same("enable.auto.commit", "auto.commit.enable"));
    assert!(!is_same("acks", "linger.ms"));
}

#[test]
fn defaults_are_accepted() {
    for key in keys() {
        let taken = key.default.is_none_or(|text| check(key, text).is_ok());
        assert!(taken, "{key:?}");
    }
}

#[test]
fn slips_and_other_names_are_told() {
    assert_eq!(nearest("sasl.user.name"), Some("sasl.username"));
    assert_eq!(
        nearest("enable.auto.offsets.store"),
        Some("enable.auto.offset.store")
    );
    assert_eq!(nearest("acks"), None);
    assert_eq!(nearest("schema.registry.url"), None);
    let clients = [Scope::Producer, Scope::Consumer, Scope::Admin];
    let known = |name: &str| {
        clients
            .iter()
            .any(|scope| kafka::find(*scope, name).is_some())
    };
    for key in keys() {
        assert!(key.java.is_none_or(known), "{}", key.name);
    }
    let names = |java| for_java(java).map(|key| key.name).collect::<Vec<_>>();
    assert_eq!(names("max.request.size"), ["message.max.bytes"]);
    assert_eq!(
        names("buffer.memory"),
        ["queue.buffering.max.kbytes", "queue.buffering.max.messages"]
    );
    assert!(names("max.block.ms").is_empty());
}

#[test]
fn numbers_that_look_like_others_are_seen() {
    let reading = |name, text| {
        let found = find(name).and_then(|key| key.reading(text));
        found.map(|found| (found.number, found.rest.to_owned(), found.cause))
    };
    let some = |number: &str, rest: &str, cause| Some((number.to_owned(), rest.to_owned(), cause));
    let cases = [
        ("batch.size", "64KB", some("64", "KB", Cause::Rest)),
        ("batch.size", "1e3", some("1", "e3", Cause::Rest)),
        ("batch.size", "1_000", some("1", "_000", Cause::Rest)),
        ("batch.size", "010", some("8", "", Cause::Octal)),
        ("batch.size", "08", some("0", "8", Cause::Octal)),
        (
            "batch.size",
            "99999999999",
            some("1215752191", "", Cause::Wraps),
        ),
        ("linger.ms", "5ms", some("5", "ms", Cause::Rest)),
        ("linger.ms", "1e3", None),
        ("linger.ms", "0.5", None),
        ("batch.size", "20  # a comment", None),
        ("batch.size", "20.0", None),
        ("batch.size", "007", None),
        ("batch.size", "0x10", None),
        ("batch.size", "00", None),
        ("batch.size", "0", None),
        ("retries", "-1", None),
        ("batch.size", "many", None),
        ("acks", "all", None),
        ("client.id", "64KB", None),
    ];
    for (name, text, expected) in cases {
        assert_eq!(reading(name, text), expected, "{name}={text}");
    }
}
