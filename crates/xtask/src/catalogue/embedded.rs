//! What Kafka Streams hands the clients inside it.

use super::Table;
use super::table::{or_dash, over_time, render};
use anyhow::{Context, Result};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// The clients: their name in the facts, their name in the table, their scope.
const CLIENTS: [(&str, &str, &str); 5] = [
    ("producer", "streams-producer", "producer"),
    ("main.consumer", "streams-main", "consumer"),
    ("restore.consumer", "streams-restore", "consumer"),
    ("global.consumer", "streams-global", "consumer"),
    ("admin", "streams-admin", "admin"),
];

/// The table of handed values.
pub(crate) fn table(read: &dyn Fn(&str) -> Result<Value>) -> Result<Table> {
    let facts = read("kafka/streams-embedded-clients.json")?;
    let versions = facts["by_version"].as_object().context("by_version")?;
    let mut states = Vec::new();
    for (version, guarantees) in versions {
        let version = version.strip_prefix("from ").unwrap_or(version).to_owned();
        states.push((version, guarantees));
    }
    let mut rows = Vec::new();
    for (client, name, scope) in CLIENTS {
        let known = names(&read(&format!("kafka/{scope}.json"))?);
        for once in [false, true] {
            let mut handed: BTreeMap<&str, Vec<(String, String)>> = BTreeMap::new();
            for (_, guarantees) in &states {
                for key in
                    values(guarantees, once, client).map_or_else(Vec::new, |v| v.keys().collect())
                {
                    if known.contains(key.as_str()) && !is_echo(key) {
                        handed.entry(key).or_default();
                    }
                }
            }
            for (version, guarantees) in &states {
                for (key, cells) in &mut handed {
                    let value = values(guarantees, once, client).and_then(|v| v.get(*key));
                    cells.push((version.clone(), value.map_or("-".into(), or_dash)));
                }
            }
            for (key, cells) in handed {
                let (first, later) = cells.split_first().context("no versions")?;
                let when = if once {
                    "exactly-once"
                } else {
                    "at-least-once"
                };
                let value = over_time(&first.1, later)?;
                rows.push(vec![name.into(), key.into(), when.into(), value]);
            }
        }
    }
    let about = "What Kafka Streams hands the clients inside it instead of their own defaults.";
    let text = render(about, &["client", "key", "when", "value"], rows)?;
    Ok(("kafka/embedded.tsv".into(), text))
}

fn names(json: &Value) -> BTreeSet<String> {
    let keys = json["keys"].as_array().map_or(&[][..], Vec::as_slice);
    keys.iter().map(|key| or_dash(&key["name"])).collect()
}

/// Keys that only echo the application's own configuration, and those that are nobody's to set.
fn is_echo(key: &str) -> bool {
    key == "group.id" || key.starts_with("internal.")
}

fn values<'a>(
    guarantees: &'a Value,
    once: bool,
    client: &str,
) -> Option<&'a serde_json::Map<String, Value>> {
    let names: &[&str] = if once {
        &["exactly_once_v2", "exactly_once"]
    } else {
        &["at_least_once"]
    };
    let state = names.iter().find_map(|name| guarantees.get(*name))?;
    state[client].as_object()
}
