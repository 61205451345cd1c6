//! From the text of a `tunelint.toml` to what it says.

use super::table::{Item, Mistakes, span_of};
use super::{Config, Mistake, StatedWorkload, check_profile, check_rule_or_group};
use globset::{GlobBuilder, GlobMatcher};
use toml::de::DeTable;
use tunelint_base::quantity::{kubernetes_bytes, parse_millis};
use tunelint_base::{Severity, Span};
use tunelint_model::memory::TERMS;
use tunelint_model::model::{StoreKind, StoreSpec};
use tunelint_page::Level;

const KEYS: [&str; 7] = [
    "kafka-version",
    "java-version",
    "profiles",
    "select",
    "ignore",
    "severity",
    "workload",
];
const NOT_YET: [&str; 3] = ["extend", "per-path", "rules"];
const WORKLOAD_KEYS: [&str; 7] = [
    "name",
    "config",
    "manifests",
    "java",
    "partitions",
    "stores",
    "memory",
];
const STORE_KEYS: [&str; 5] = ["name", "kind", "retention", "keys", "value-bytes"];

/// Reads a `tunelint.toml`. What is wrong in it is told, and the rest counts all the same.
#[must_use]
pub fn parse(text: &str) -> (Config, Vec<Mistake>) {
    let mut config = Config::default();
    let mut mistakes = Mistakes::default();
    // A byte-order mark is no TOML to the parser, but editors write one.
    let bom = if text.starts_with('\u{feff}') {
        '\u{feff}'.len_utf8()
    } else {
        0
    };
    let (table, errors) = DeTable::parse_recoverable(&text[bom..]);
    for error in errors {
        let span = error.span().map_or(Span::empty(0), Span::from);
        mistakes.0.push(Mistake {
            span,
            message: format!("this is no TOML: {}", error.message()),
            is_syntax: true,
        });
    }
    if mistakes.0.is_empty() {
        for (key, item) in table.get_ref() {
            top(
                &mut config,
                &mut mistakes,
                key.get_ref(),
                span_of(key),
                item,
            );
        }
    }
    let mut mistakes = mistakes.0;
    for mistake in &mut mistakes {
        mistake.span = mistake.span.shift(bom);
    }
    for workload in &mut config.workloads {
        workload.span = workload.span.shift(bom);
        workload.partitions = workload
            .partitions
            .map(|(count, at)| (count, at.shift(bom)));
        for (_, at) in &mut workload.stores {
            *at = at.shift(bom);
        }
        for (_, _, at) in &mut workload.memory {
            *at = at.shift(bom);
        }
    }
    mistakes.sort_by_key(|mistake| mistake.span);
    (config, mistakes)
}

fn top(config: &mut Config, mistakes: &mut Mistakes, key: &str, at: Span, item: &Item<'_>) {
    match key {
        "kafka-version" => config.kafka_version = mistakes.parsed(key, item, str::parse),
        "java-version" => config.java_version = mistakes.parsed(key, item, str::parse),
        "profiles" => {
            config.profiles = mistakes.strings(key, item, |name| known(name, check_profile(name)));
        }
        "select" => config.select = rules(mistakes, key, item),
        "ignore" => config.ignore = rules(mistakes, key, item),
        "severity" => severities(config, mistakes, item),
        "workload" => {
            for (span, table) in mistakes.tables(key, item) {
                config.workloads.extend(workload(mistakes, span, table));
            }
        }
        _ if NOT_YET.contains(&key) => {
            mistakes.add(at, format!("`{key}` is not supported yet"));
        }
        _ => mistakes.unknown_key(at, key, &KEYS),
    }
}

fn known(name: &str, checked: Result<(), super::UnknownName>) -> Result<String, String> {
    checked
        .map(|()| name.to_owned())
        .map_err(|unknown| unknown.to_string())
}

fn rules(mistakes: &mut Mistakes, key: &str, item: &Item<'_>) -> Vec<String> {
    mistakes.strings(key, item, |name| known(name, check_rule_or_group(name)))
}

fn severities(config: &mut Config, mistakes: &mut Mistakes, item: &Item<'_>) {
    let Some(table) = mistakes.table("severity", item) else {
        return;
    };
    for (key, item) in table {
        let name = key.get_ref();
        if let Err(unknown) = check_rule_or_group(name) {
            mistakes.add(span_of(key), unknown.to_string());
            continue;
        }
        if let Some(level) = mistakes.parsed(name, item, level) {
            config.severity.insert(name.to_string(), level);
        }
    }
}

fn level(word: &str) -> Result<Level, String> {
    if word == "off" {
        return Ok(None);
    }
    word.parse::<Severity>()
        .map(Some)
        .map_err(|_| format!("`{word}` is no severity: use off, hint, info, warning or error"))
}

fn workload(mistakes: &mut Mistakes, span: Span, table: &DeTable<'_>) -> Option<StatedWorkload> {
    let mut stated = StatedWorkload {
        span,
        ..StatedWorkload::default()
    };
    for (key, item) in table {
        let name: &str = key.get_ref();
        match name {
            "name" => stated.name = mistakes.string(name, item).unwrap_or_default().to_owned(),
            "config" => stated.config = mistakes.strings(name, item, glob),
            "manifests" => stated.manifests = mistakes.strings(name, item, glob),
            "java" => stated.java = mistakes.strings(name, item, glob),
            "partitions" => {
                let count = mistakes.positive(name, item);
                stated.partitions = count.map(|count| (count, span_of(key).cover(span_of(item))));
            }
            "stores" => {
                for (span, table) in mistakes.tables(name, item) {
                    let store = store(mistakes, span, table);
                    stated.stores.extend(store.map(|store| (store, span)));
                }
            }
            "memory" => stated.memory = memory(mistakes, name, item),
            _ => mistakes.unknown_key(span_of(key), name, &WORKLOAD_KEYS),
        }
    }
    if !table.contains_key("name") {
        mistakes.add(span, "a workload needs a `name`");
    }
    (!stated.name.is_empty()).then_some(stated)
}

/// Terms of the memory budget that somebody measured or knows.
fn memory(mistakes: &mut Mistakes, name: &str, item: &Item<'_>) -> Vec<(&'static str, i64, Span)> {
    let mut stated = Vec::new();
    for (key, item) in mistakes.table(name, item).into_iter().flatten() {
        let word: &str = key.get_ref();
        let Some(term) = TERMS.iter().find(|term| **term == word) else {
            mistakes.unknown_key(span_of(key), word, &TERMS);
            continue;
        };
        if let Some(bytes) = mistakes.parsed(word, item, size) {
            stated.push((*term, bytes, span_of(key).cover(span_of(item))));
        }
    }
    stated
}

fn size(text: &str) -> Result<i64, String> {
    kubernetes_bytes(text)
        .ok()
        .filter(|bytes| *bytes >= 0)
        .ok_or_else(|| format!("`{text}` is no size: write it like 96Mi"))
}

fn store(mistakes: &mut Mistakes, span: Span, table: &DeTable<'_>) -> Option<StoreSpec> {
    let mut found = StoreSpec {
        name: String::new(),
        kind: StoreKind::KeyValue,
        retention: None,
        keys: None,
        value_bytes: None,
        location: None,
    };
    for (key, item) in table {
        let name: &str = key.get_ref();
        match name {
            "name" => found.name = mistakes.string(name, item).unwrap_or_default().to_owned(),
            "kind" => found.kind = mistakes.parsed(name, item, store_kind)?,
            "retention" => found.retention = mistakes.parsed(name, item, retention),
            "keys" => found.keys = mistakes.positive(name, item),
            "value-bytes" => found.value_bytes = mistakes.positive(name, item),
            _ => mistakes.unknown_key(span_of(key), name, &STORE_KEYS),
        }
    }
    for needed in ["name", "kind"] {
        if !table.contains_key(needed) {
            mistakes.add(span, format!("a store needs a `{needed}`"));
            return None;
        }
    }
    Some(found)
}

fn store_kind(word: &str) -> Result<StoreKind, String> {
    Ok(match word {
        "key-value" => StoreKind::KeyValue,
        "window" => StoreKind::Window,
        "session" => StoreKind::Session,
        "versioned" => StoreKind::Versioned,
        "global" => StoreKind::Global,
        _ => {
            let all = "key-value, window, session, versioned or global";
            return Err(format!("`{word}` is no kind of store: use {all}"));
        }
    })
}

fn retention(text: &str) -> Result<i64, String> {
    parse_millis(text)
        .filter(|millis| *millis > 0)
        .ok_or_else(|| format!("`{text}` is no retention: write it like 48h, 7d or 90min"))
}

fn glob(text: &str) -> Result<GlobMatcher, String> {
    GlobBuilder::new(text.strip_prefix("./").unwrap_or(text))
        .literal_separator(true)
        .build()
        .map(|glob| glob.compile_matcher())
        .map_err(|error| format!("`{text}` is no pattern of paths: {}", error.kind()))
}
