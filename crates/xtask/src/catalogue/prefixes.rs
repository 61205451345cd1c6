//! The prefixes that hand a key on to a client, a topic or a plug-in.

use super::Table;
use super::table::{or_dash, render};
use anyhow::{Context, Result};
use serde_json::Value;

/// The table of prefixes.
pub(crate) fn table(read: &dyn Fn(&str) -> Result<Value>) -> Result<Table> {
    let facts = read("kafka/prefixes.json")?;
    let mut rows = Vec::new();
    let mut add = |host: &str, prefix: &str, target: &str, clients: String, since: &str| {
        rows.push(vec![
            host.into(),
            prefix.into(),
            target.into(),
            clients,
            since.into(),
        ]);
    };
    let streams = &facts["streams"];
    let source = or_dash(&streams["source"]);
    for (prefix, rule) in streams["prefixes"].as_object().context("streams")? {
        let target = or_dash(&rule["target"]);
        let clients = rule["applies_to"].as_array().map_or_else(
            || match target.as_str() {
                "producer" | "admin" => format!("streams-{target}"),
                _ => "-".to_owned(),
            },
            |list| {
                let names = list.iter().map(|name| format!("streams-{}", or_dash(name)));
                names.collect::<Vec<_>>().join(",")
            },
        );
        let since = source
            .split_once(&format!("{prefix} from "))
            .and_then(|(_, rest)| rest.split(|c: char| !c.is_ascii_digit() && c != '.').next());
        add("streams", prefix, &target, clients, since.unwrap_or("-"));
    }
    let connect = &facts["connect"];
    for (host, part) in [
        ("connect-worker", "worker_file"),
        ("connector", "connector_config"),
    ] {
        for (prefix, target) in connect[part].as_object().with_context(|| part.to_owned())? {
            let Some(client) = target.as_str().filter(|_| is_prefix(prefix)) else {
                continue;
            };
            let target = match client {
                "producer" | "consumer" | "admin" => client,
                _ => "-",
            };
            add(host, prefix, target, "-".into(), "-");
        }
    }
    let listeners = or_dash(&connect["listener_prefix"]);
    for word in listeners.split_whitespace() {
        if let Some(prefix) = word.strip_suffix('*').filter(|prefix| is_prefix(prefix)) {
            add("connect-worker", prefix, "-", "-".into(), "-");
        }
    }
    add("any", "config.providers.", "-", "-".into(), "-");
    for inner in facts["mirror_maker"]["inner"]
        .as_array()
        .context("mirror_maker")?
    {
        let prefix = or_dash(inner);
        let target = prefix.trim_end_matches('.').to_owned();
        add("mirror-maker", &prefix, &target, "-".into(), "-");
    }
    let about = "The prefixes that hand a key on, by the file that they stand in.";
    let columns = ["host", "prefix", "target", "clients", "since"];
    Ok(("kafka/prefixes.tsv".into(), render(about, &columns, rows)?))
}

fn is_prefix(text: &str) -> bool {
    text.ends_with('.') && text.chars().all(|c| c.is_ascii_lowercase() || c == '.')
}
