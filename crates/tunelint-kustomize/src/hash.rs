//! The suffix that a generated name gets: a hash of what the ConfigMap or Secret holds.

use crate::resource::Resource;
use crate::tree::Tree;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

/// Ten characters of the hash, letters that could spell words replaced
/// (`sigs.k8s.io/kustomize/api/internal/hasher`).
pub(crate) fn suffix(resource: &Resource) -> String {
    let mut whole = Map::new();
    let entries = |field: &str| {
        let pairs = resource.tree.get(field).map_or(&[][..], Tree::pairs);
        let pairs = pairs
            .iter()
            .map(|(key, value)| (key.text.clone(), Value::from(value.text().unwrap_or(""))));
        Value::Object(pairs.collect())
    };
    let text =
        |path: &[&str]| Value::from(resource.tree.at(path).and_then(Tree::text).unwrap_or(""));
    whole.insert("kind".to_owned(), text(&["kind"]));
    // The name is not part of it, though its field is.
    whole.insert("name".to_owned(), Value::from(""));
    whole.insert("data".to_owned(), entries("data"));
    if resource.kind() == "Secret" {
        whole.insert("type".to_owned(), text(&["type"]));
    }
    if resource.tree.get("binaryData").is_some() {
        whole.insert("binaryData".to_owned(), entries("binaryData"));
    }
    if resource.tree.get("stringData").is_some() {
        whole.insert("stringData".to_owned(), entries("stringData"));
    }
    // Go writes these five as escapes.
    let json = Value::Object(whole)
        .to_string()
        .replace('&', "\\u0026")
        .replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029");
    let digest = Sha256::digest(json.as_bytes());
    let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    hex.chars()
        .take(10)
        .map(|c| match c {
            '0' => 'g',
            '1' => 'h',
            '3' => 'k',
            'a' => 'm',
            'e' => 't',
            other => other,
        })
        .collect()
}
