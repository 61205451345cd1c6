//! Java: RocksDB config setters, their registration, and the stores of a topology.

use crate::file::FileFacts;
use crate::fragment::Fragment;
use tunelint_java::{JavaFacts, Place, may_say_something, outline, read};

/// Reads a source file; of one that says nothing about Kafka Streams only its name and package.
pub(super) fn extract_file(facts: &mut FileFacts, fragment: &Fragment<'_>, path: &str) {
    if may_say_something(&fragment.text) {
        extract(facts, fragment);
    }
    if facts.sources.is_empty() {
        let name = path.rsplit('/').next().unwrap_or(path);
        let stem = name.strip_suffix(".java").unwrap_or(name);
        facts.sources.push(outline(&fragment.text, stem));
    }
}

/// Reads a source, or a piece of one in a document.
pub(super) fn extract(facts: &mut FileFacts, fragment: &Fragment<'_>) {
    let mut found = read(&fragment.text);
    if found == JavaFacts::default() {
        return;
    }
    found.place(&|span| fragment.span(span));
    if !found.setters.is_empty() {
        facts.add_role("RocksDB config setter");
    }
    if !found.stores.is_empty() || !found.applications.is_empty() {
        facts.add_role("Kafka Streams topology");
    }
    if !found.registrations.is_empty() {
        facts.add_role("Kafka Streams settings in code");
    }
    facts.sources.push(found);
}
