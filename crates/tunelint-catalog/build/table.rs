//! Reads the tables: rows of cells, versions, cells over time.

use std::path::Path;

/// The rows of a table under `data/`.
pub(crate) fn rows(path: &str) -> Vec<Vec<String>> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("data")
        .join(path);
    let text = std::fs::read_to_string(&file).unwrap_or_else(|e| panic!("{path}: {e}"));
    text.lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .map(|line| line.split('\t').map(str::to_owned).collect())
        .collect()
}

/// The numbers of a version; the patch may lack.
pub(crate) fn version(text: &str) -> (u8, u8, Option<u8>) {
    let mut parts = text.split('.').map(|part| {
        part.parse::<u8>()
            .unwrap_or_else(|_| panic!("`{text}` is no version"))
    });
    match (parts.next(), parts.next(), parts.next()) {
        (Some(major), Some(minor), patch) => (major, minor, patch),
        _ => panic!("`{text}` is no version"),
    }
}

/// A version as the expression of its `Option<KafkaVersion>`; `-` is none.
pub(crate) fn version_expression(text: &str) -> String {
    if text == "-" {
        return "None".into();
    }
    let (major, minor, patch) = version(text);
    format!("Some(KafkaVersion {{ major: {major}, minor: {minor}, patch: {patch:?} }})")
}

/// A cell over time: each value with the ordinal of its first version, the first with 0.
pub(crate) fn over_time(cell: &str) -> Vec<(u32, String)> {
    let mut values = Vec::new();
    for (i, part) in cell.split(" | ").enumerate() {
        if i == 0 {
            values.push((0, part.to_owned()));
            continue;
        }
        let (from, value) = part
            .split_once(": ")
            .unwrap_or_else(|| panic!("no version in `{part}`"));
        let (major, minor, patch) = if from.contains('.') {
            version(from)
        } else {
            (from.parse().expect("a Java release"), 0, None)
        };
        let from = u32::from(major) * 1_000_000 + u32::from(minor) * 1_000;
        values.push((from + u32::from(patch.unwrap_or(0)), value.to_owned()));
    }
    values
}

/// A cell over the five Java releases: the value at each.
pub(crate) fn over_releases(cell: &str) -> [String; 5] {
    let values = over_time(cell);
    [8, 11, 17, 21, 25].map(|release: u32| {
        let at = values.partition_point(|(from, _)| *from <= release * 1_000_000);
        values[at - 1].1.clone()
    })
}
