//! Real files from public repositories, where they lie next to the checkout: what is ours is
//! recognised, what is not is left alone, and all of it is read without a stumble.
#![allow(
    clippy::print_stdout,
    reason = "the counts are for the reader of the log"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use tunelint_base::Text;
use tunelint_engine::{Report, Settings};
use tunelint_model::{Options, SourceFile};
use tunelint_tests::confusion::Confusion;
use tunelint_tests::folder;

/// Precision and recall of recognition are at least this.
const GOOD: f64 = 0.97;

/// Files whose folder says something else about them than we do, each with the reason.
const MISLABELLED: [(&str, &str); 2] = [
    (
        "properties/apache__kafka/config/zookeeper.properties",
        "ZooKeeper's own settings; no Kafka ConfigDef reads them",
    ),
    (
        "properties/confluentinc__cp-demo/scripts/ccloud/schema-link-example.properties",
        "settings of Schema Registry's exporter; there is no Kafka key among them",
    ),
];

/// Files with a `syntax-error` that is truly there.
const MALFORMED: [(&str, &str); 0] = [];

/// Files of other software in which something is rightly found.
const FOUND_IN_OTHERS: [(&str, &str); 0] = [];

fn listed(list: &[(&str, &str)], path: &str) -> bool {
    list.iter().any(|(listed, _)| *listed == path)
}

/// The files of one part of the corpus as the engine reads them; what is no text is left out.
fn read(root: &Path, part: &str) -> Vec<SourceFile> {
    let files = folder::files(&root.join(part)).into_iter();
    let texts = files.filter_map(|(name, path)| {
        let text = Text::decode(fs::read(path).ok()?)?;
        Some(tunelint_engine::read(format!("{part}/{name}"), text))
    });
    texts.collect()
}

/// Each file on its own: the corpus is a heap of files, not a repository.
fn check(files: Vec<SourceFile>) -> Report {
    let options = Options {
        no_link: true,
        ..Options::default()
    };
    tunelint_engine::check(
        files,
        &Settings {
            options,
            ..Settings::default()
        },
    )
}

#[test]
fn kafka_properties_are_recognised_and_others_are_not() {
    let Some(root) = folder::shared("corpus") else {
        return;
    };
    let mut confusion = Confusion::default();
    let mut wrong = Vec::new();
    for (part, ours) in [("properties", true), ("other-properties", false)] {
        for file in read(&root, part) {
            if listed(&MISLABELLED, &file.path) {
                continue;
            }
            let recognised = file.facts.is_recognised();
            confusion.add(ours, recognised);
            if recognised != ours {
                let what = if ours { "missed" } else { "taken" };
                wrong.push(format!("{what}: {} {:?}", file.path, file.facts.roles));
            }
        }
    }
    for part in ["spring", "kubernetes"] {
        let files = read(&root, part);
        let ours = files
            .iter()
            .filter(|file| file.facts.is_recognised())
            .count();
        println!("recognised in {part}: {ours} of {}", files.len());
    }
    let (precision, recall) = (confusion.precision(), confusion.recall());
    println!(
        "recognition: precision {precision:.4}, recall {recall:.4}, {confusion:?}\n{}",
        wrong.join("\n")
    );
    assert!(
        precision >= GOOD,
        "precision {precision:.4}\n{}",
        wrong.join("\n")
    );
    assert!(recall >= GOOD, "recall {recall:.4}\n{}", wrong.join("\n"));
}

#[test]
fn the_corpus_is_read_without_stumbling() {
    let Some(root) = folder::shared("corpus") else {
        return;
    };
    let mut counts: BTreeMap<String, BTreeMap<&str, usize>> = BTreeMap::new();
    let mut stumbles = Vec::new();
    for part in ["properties", "spring", "kubernetes"] {
        let report = check(read(&root, part));
        for found in &report.diagnostics {
            *counts
                .entry(found.rule.to_string())
                .or_default()
                .entry(part)
                .or_default() += 1;
            let path = &report.files[found.location.file.0 as usize].path;
            if &*found.rule == "syntax-error" && !listed(&MALFORMED, path) {
                stumbles.push(format!("{path}: {}", found.message));
            }
        }
    }
    println!(
        "{:<34}{:>12}{:>10}{:>12}",
        "findings by rule", "properties", "spring", "kubernetes"
    );
    for (rule, by_part) in counts {
        let count = |part: &str| by_part.get(part).copied().unwrap_or_default();
        println!(
            "{rule:<34}{:>12}{:>10}{:>12}",
            count("properties"),
            count("spring"),
            count("kubernetes")
        );
    }
    assert!(
        stumbles.is_empty(),
        "syntax errors:\n{}",
        stumbles.join("\n")
    );
}

#[test]
fn nothing_is_found_in_the_files_of_others() {
    let Some(root) = folder::shared("corpus") else {
        return;
    };
    let report = check(read(&root, "other-properties"));
    let found = report.diagnostics.iter().filter_map(|found| {
        let path = &report.files[found.location.file.0 as usize].path;
        (!listed(&FOUND_IN_OTHERS, path))
            .then(|| format!("{path}: {}: {}", found.rule, found.message))
    });
    let found: Vec<String> = found.collect();
    assert!(
        found.is_empty(),
        "findings in files of other software:\n{}",
        found.join("\n")
    );
}
