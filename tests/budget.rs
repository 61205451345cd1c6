//! `budget` on an example: every form of the report, and the sizes that the formulas give by hand.
//!
//! `UPDATE_EXPECT=1` rewrites the reports beside the example.

use serde_json::Value;
use std::fs;
use std::path::PathBuf;
use tunelint_tests::{expect, folder, program};

const MIB: i64 = 1 << 20;

fn project() -> PathBuf {
    folder::workspace().join("tests/projects/card-totals")
}

fn json(folder: &std::path::Path, args: &[&str]) -> Value {
    let mut all = vec!["budget", ".", "--format", "json"];
    all.extend(args);
    let ran = program::run(folder, &all);
    serde_json::from_str(&ran.stdout)
        .unwrap_or_else(|e| panic!("{e}: {}{}", ran.stdout, ran.stderr))
}

/// The worst case of a term in MiB.
fn worst(report: &Value, name: &str) -> Option<i64> {
    let terms = report["workloads"][0]["terms"].as_array().expect("terms");
    let term = terms.iter().find(|term| term["name"] == name)?;
    let bytes = term["worst"].as_i64().expect("bytes");
    assert_eq!(bytes % MIB, 0, "{name}");
    Some(bytes / MIB)
}

#[test]
fn reports_are_as_expected() {
    let mut failures = Vec::new();
    for (format, ending) in [
        ("human", "txt"),
        ("json", "json.txt"),
        ("svg", "svg"),
        ("html", "html"),
    ] {
        let args = [
            "budget",
            ".",
            "--format",
            format,
            "--color",
            "never",
            "--verbose",
        ];
        let ran = program::run(&project(), &args);
        let name = format!("tests/projects/card-totals/budget.{ending}");
        let path = folder::workspace().join(&name);
        failures.extend(expect::file(&path, &name, &ran.stdout).err());
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// Heap 2 GiB, a cache of 128 MiB and 3 × 64 MiB of buffers for each instance: four tasks with a
/// key-value store or a window store of three segments, with and without a standby of each.
#[test]
fn the_worst_case_is_the_product_of_what_is_set() {
    let window = r#"
[[workload]]
name = "card-totals"
config = ["src/main/resources/*.properties"]
manifests = ["k8s/*.yaml"]
partitions = 4
stores = [{ name = "totals", kind = "window", retention = "24h" }]
"#;
    for (is_window, standby, instances) in
        [(false, 0, 4), (false, 1, 8), (true, 0, 12), (true, 1, 24)]
    {
        let copy = tempfile::tempdir().expect("a folder");
        for (name, path) in folder::files(&project()) {
            let to = copy.path().join(&name);
            fs::create_dir_all(to.parent().expect("a parent")).expect("a folder");
            let mut text = folder::text(&path);
            if name == "tunelint.toml" && is_window {
                text = window.to_owned();
            }
            if name.ends_with("application-prod.properties") {
                text.push_str(&format!("num.standby.replicas={standby}\n"));
            }
            fs::write(to, text).expect("a file");
        }
        let report = json(copy.path(), &["--kafka-version", "4.1"]);
        let case = format!("window {is_window}, standby {standby}");
        assert_eq!(worst(&report, "heap"), Some(2048), "{case}");
        assert_eq!(
            worst(&report, "rocksdb-block-cache"),
            Some(128 * instances),
            "{case}"
        );
        assert_eq!(
            worst(&report, "rocksdb-write-buffers"),
            Some(192 * instances),
            "{case}"
        );
        assert_eq!(worst(&report, "rocksdb-index-filter"), Some(0), "{case}");
        assert_eq!(worst(&report, "rocksdb-offsets"), None, "{case}");
        let newer = json(copy.path(), &["--kafka-version", "4.3"]);
        assert_eq!(
            worst(&newer, "rocksdb-offsets"),
            Some(3 * instances),
            "{case}"
        );
    }
}

#[test]
fn terms_add_up_and_point_at_lines() {
    let report = json(&project(), &[]);
    let workload = &report["workloads"][0];
    for total in ["expected", "worst", "certain"] {
        let terms = workload["terms"].as_array().expect("terms");
        let sum: i64 = terms.iter().filter_map(|term| term[total].as_i64()).sum();
        assert_eq!(Some(sum), workload[total].as_i64(), "{total}");
    }
    let text = report.to_string();
    for place in [
        "TunedRocksDb.java",
        "deployment.yaml",
        "tunelint.toml",
        "CardTotals.java",
    ] {
        assert!(text.contains(place), "{place}");
    }
}

#[test]
fn other_circumstances_change_the_verdict() {
    let status = |args: &[&str]| {
        let mut all = vec!["budget", "."];
        all.extend(args);
        program::run(&project(), &all).status
    };
    assert_eq!(status(&[]), 0);
    assert_eq!(status(&["--what-if", "limit=3Gi"]), 1);
    assert_eq!(status(&["--what-if", "limit=8Gi,threads=2,standby=1"]), 0);
    assert_eq!(status(&["--what-if", "shared-cache=512Mi"]), 0);
    assert_eq!(status(&["--what-if", "limit"]), 2);
    assert_eq!(status(&["--what-if", "pods=3"]), 2);
    assert_eq!(
        json(&project(), &["--what-if", "limit=3Gi"])["workloads"][0]["verdict"],
        "exceeds"
    );
}

#[test]
fn the_page_needs_nothing_from_elsewhere() {
    let ran = program::run(&project(), &["budget", ".", "--format", "html"]);
    let page = ran.stdout;
    for word in [
        "<script",
        "<link",
        "@import",
        "src=\"http",
        "href=\"http",
        "{{",
    ] {
        assert!(!page.contains(word), "{word}");
    }
    assert!(page.contains("prefers-color-scheme: dark"));
}

/// All of it in one document, in code fences.
#[test]
fn fences_of_a_document_are_enough() {
    let files = folder::files(&project());
    let text = |end: &str| {
        let found = files.iter().find(|(name, _)| name.ends_with(end));
        folder::text(&found.expect(end).1)
    };
    let document = format!(
        "# Notes\n\n```java\n{}```\n\n```properties\n{}```\n\n```yaml\n{}```\n",
        text("TunedRocksDb.java"),
        text("application-prod.properties"),
        text("deployment.yaml")
    );
    let toml = "[[workload]]\nname = \"cards\"\nconfig = [\"notes.md\"]\nmanifests = [\"notes.md\"]\npartitions = 4\n";
    let copy = tempfile::tempdir().expect("a folder");
    fs::write(copy.path().join("notes.md"), document).expect("a file");
    fs::write(copy.path().join("tunelint.toml"), toml).expect("a file");
    let report = json(copy.path(), &["--kafka-version", "4.1"]);
    assert_eq!(worst(&report, "rocksdb-block-cache"), Some(512));
    assert_eq!(worst(&report, "rocksdb-write-buffers"), Some(768));
}
