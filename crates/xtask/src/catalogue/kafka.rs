//! One table for each scope of Kafka keys, and the list of versions.

use super::Table;
use super::table::{or_dash, ordinal, over_time, render};
use anyhow::{Context, Result, ensure};
use serde_json::Value;
use std::collections::BTreeSet;

/// The scopes: the file of facts and the name of the table.
pub(crate) const SCOPES: [(&str, &str); 14] = [
    ("producer", "producer"),
    ("consumer", "consumer"),
    ("admin", "admin"),
    ("streams", "streams"),
    ("connect-worker-distributed", "connect-distributed"),
    ("connect-worker-standalone", "connect-standalone"),
    ("connect-source", "connect-source"),
    ("connect-sink", "connect-sink"),
    ("mirror-maker", "mirror-maker"),
    ("mirror-source", "mirror-source"),
    ("mirror-checkpoint", "mirror-checkpoint"),
    ("mirror-heartbeat", "mirror-heartbeat"),
    ("topic", "topic"),
    ("broker", "broker"),
];

/// The first version that values are kept for.
const FIRST: u32 = 2004;

const COLUMNS: [&str; 9] = [
    "name",
    "type",
    "importance",
    "since",
    "removed",
    "deprecated",
    "marks",
    "default",
    "valid",
];

/// All tables of Kafka keys.
pub(crate) fn tables(read: &dyn Fn(&str) -> Result<Value>) -> Result<Vec<Table>> {
    let mut tables = Vec::new();
    let mut alive = BTreeSet::new();
    for (facts, _) in &SCOPES[..3] {
        let json = read(&format!("kafka/{facts}.json"))?;
        let keys = keys(&json)?.iter();
        alive.extend(
            keys.filter(|key| is_alive(key))
                .map(|key| or_dash(&key["name"])),
        );
    }
    for (facts, name) in SCOPES {
        let json = read(&format!("kafka/{facts}.json"))?;
        let mut rows = Vec::new();
        for key in keys(&json)? {
            let name = or_dash(&key["name"]);
            // Old documentation mixed the clients' tables: a key that lives in another client
            // never was one of this client's.
            let misplaced = !is_alive(key) && alive.contains(&name);
            if is_clean(&name) && !misplaced {
                rows.push(row(key).with_context(|| format!("{facts}: {name}"))?);
            }
        }
        let about = format!("The keys of {name}.");
        tables.push((format!("kafka/{name}.tsv"), render(&about, &COLUMNS, rows)?));
        if name == "producer" {
            tables.push(versions(&json)?);
        }
    }
    Ok(tables)
}

/// The list of versions, each with the build that stands for it.
fn versions(json: &Value) -> Result<Table> {
    let mut rows = Vec::new();
    for version in json["code_versions"].as_array().context("code_versions")? {
        let text = version.as_str().unwrap_or_default();
        let (line, build) = text.split_once(" (").context("a version and its build")?;
        let build = build.trim_end_matches(')');
        let is_final = build.chars().all(|c| c.is_ascii_digit() || c == '.');
        let state = if is_final { "final" } else { "unreleased" };
        rows.push(vec![line.into(), build.into(), state.into()]);
    }
    let about = "The release lines of Kafka, each with the build that its facts were read from.";
    let text = render(about, &["line", "build", "state"], rows)?;
    Ok(("kafka/versions.tsv".into(), text))
}

fn keys(json: &Value) -> Result<&Vec<Value>> {
    json["keys"].as_array().context("no list of keys")
}

fn is_alive(key: &Value) -> bool {
    key["last_seen"].as_str().and_then(ordinal) >= Some(FIRST)
}

fn is_clean(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphanumeric())
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'))
}

fn row(key: &Value) -> Result<Vec<String>> {
    let alive = is_alive(key);
    let since = or_dash(&key["since"]);
    let marks = if key["internal"] == true {
        "internal"
    } else {
        "-"
    };
    let cell = |text: String| if alive { text } else { "-".to_owned() };
    Ok(vec![
        or_dash(&key["name"]),
        cell(types(key)?),
        or_dash(&key["importance"]),
        if since.starts_with('<') {
            "-".into()
        } else {
            since
        },
        or_dash(&key["removed"]),
        or_dash(&key["deprecated_since"])
            .trim_start_matches("<=")
            .to_owned(),
        marks.into(),
        cell(defaults(key)?),
        cell(validators(key)?),
    ])
}

fn types(key: &Value) -> Result<String> {
    let plain = or_dash(&key["type"]);
    let changes = kept(&key["type_changes"])?;
    let changes: Vec<_> = changes
        .into_iter()
        .map(|(from, value)| (from, or_dash(value)))
        .filter(|(_, value)| !value.starts_with('?'))
        .collect();
    match changes.split_first() {
        Some(((_, first), later)) => over_time(first, later),
        None => Ok(plain),
    }
}

fn defaults(key: &Value) -> Result<String> {
    let mut cells = Vec::new();
    for (from, value) in kept(&key["defaults"])? {
        cells.push((from, default(value)?));
    }
    match cells.split_first() {
        Some(((_, first), later)) => over_time(first, later),
        None => Ok("~".into()),
    }
}

/// `~` null, `!` required, `""` empty, otherwise the text itself.
fn default(value: &Value) -> Result<String> {
    if value["required"] == true {
        return Ok("!".into());
    }
    let Some(text) = value.as_str() else {
        ensure!(value.is_null(), "the default {value}");
        return Ok("~".into());
    };
    ensure!(
        !["~", "!", "-", "\"\""].contains(&text),
        "the default {text}"
    );
    Ok(if text.is_empty() {
        "\"\"".into()
    } else {
        text.into()
    })
}

fn validators(key: &Value) -> Result<String> {
    let mut cells: Vec<(String, String)> = Vec::new();
    for (from, value) in kept(&key["valid"])? {
        let text = value.as_str().map_or("", |text| text.trim());
        cells.push((
            from,
            if text.is_empty() {
                "-".into()
            } else {
                text.into()
            },
        ));
    }
    let since = key["since"].as_str().and_then(ordinal).unwrap_or(FIRST);
    match cells.split_first() {
        Some(((from, first), later)) if ordinal(from) <= Some(since.max(FIRST)) => {
            over_time(first, later)
        }
        _ => over_time("-", &cells),
    }
}

/// What still holds from the first version on: the last change before it, and all after it.
fn kept(changes: &Value) -> Result<Vec<(String, &Value)>> {
    let mut kept = Vec::new();
    for change in changes.as_array().map_or(&[][..], Vec::as_slice) {
        let from = or_dash(&change["from"]);
        let at = ordinal(&from).with_context(|| format!("`{from}` is no version"))?;
        if at <= FIRST {
            kept.clear();
        }
        kept.push((from, &change["value"]));
    }
    Ok(kept)
}
