//! Short names where Kafka looks for a class by its full name.

use super::{text, truth, with};
use crate::client::{Client, ClientKind, Entry};
use crate::embedded::is_unread;
use crate::value::{Fact, Value};
use crate::view::View;
use tunelint_base::{Location, Span};
use tunelint_catalog::kafka::Type;

/// Lists that clients load when they are made; a class of the default package is possible in
/// Java, but nobody ships an assignor, interceptor or reporter as one.
const LISTS: [&str; 3] = [
    "partition.assignment.strategy",
    "interceptor.classes",
    "metric.reporters",
];

/// A name without a package, and its range in the value. Connect finds plug-ins by short names.
fn short<'m>(
    view: &View<'m>,
    client: &Client<'_>,
    entry: Entry<'m>,
) -> Option<(&'m str, usize, bool)> {
    let connect = matches!(
        client.kind,
        ClientKind::ConnectWorker | ClientKind::Connector | ClientKind::Broker
    );
    let mut known = view
        .targets()
        .iter()
        .filter(|target| !is_unread(client, entry.name, target.scope))
        .filter_map(|target| Some((target.name, target.key?)))
        .filter(|(_, key)| key.exists_in(client.kafka));
    let (list, name) = known.find_map(|(name, key)| match key.ty(client.kafka) {
        Type::Class if !connect => Some((false, name)),
        Type::List if LISTS.contains(&name) => Some((true, name)),
        _ => None,
    })?;
    if client.hides(entry.setting) || (list && !LISTS.contains(&name)) {
        return None;
    }
    let value = &*entry.setting.value;
    let mut at = 0;
    for part in value.split(',') {
        let found = part.trim();
        let begin = at + (part.len() - part.trim_start().len());
        at += part.len() + 1;
        let plain = found
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "-_$".contains(c));
        if !found.is_empty() && plain && found.contains(|c: char| c.is_ascii_alphabetic()) {
            return Some((found, begin, list));
        }
        if !list {
            return None;
        }
    }
    None
}

pub(super) fn undotted<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |client, entry| {
        let Some((name, at, _)) = short(view, client, entry) else {
            return Fact::absent();
        };
        let span = entry.setting.part(Span::new(at, at + name.len()));
        Fact::set(Value::str(name), Location::new(entry.file, span))
    })
}

pub(super) fn in_list<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |client, entry| {
        let found = short(view, client, entry);
        truth(found.is_some_and(|(_, _, list)| list), [])
    })
}

pub(super) fn full<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |client, entry| {
        let found = short(view, client, entry);
        let full = found.and_then(|(name, _, _)| full_name(entry.name, name));
        full.map_or_else(Fact::absent, text)
    })
}

/// The types that `org.apache.kafka.common.serialization` has serializers, deserializers and
/// serdes for.
const TYPES: [&str; 12] = [
    "Boolean",
    "ByteArray",
    "ByteBuffer",
    "Bytes",
    "Double",
    "Float",
    "Integer",
    "Long",
    "Short",
    "String",
    "UUID",
    "Void",
];

fn full_name(key: &str, short: &str) -> Option<String> {
    if key.ends_with("partition.assignment.strategy") {
        let class = match short {
            "range" | "RangeAssignor" => "RangeAssignor",
            "roundrobin" | "round-robin" | "RoundRobinAssignor" => "RoundRobinAssignor",
            "sticky" | "StickyAssignor" => "StickyAssignor",
            "cooperative-sticky" | "CooperativeStickyAssignor" => "CooperativeStickyAssignor",
            _ => return None,
        };
        return Some(format!("org.apache.kafka.clients.consumer.{class}"));
    }
    let (suffix, nested) = match key.rsplit('.').next()? {
        "serializer" => ("Serializer", ""),
        "deserializer" => ("Deserializer", ""),
        "serde" => ("Serde", "Serdes$"),
        "class" if key.ends_with("partitioner.class") && short == "RoundRobinPartitioner" => {
            return Some("org.apache.kafka.clients.producer.RoundRobinPartitioner".to_owned());
        }
        _ => return None,
    };
    let short = short.strip_prefix(nested).unwrap_or(short);
    let bare = short.strip_suffix(suffix).unwrap_or(short);
    let ty = TYPES.iter().find(|ty| ty.eq_ignore_ascii_case(bare))?;
    Some(format!(
        "org.apache.kafka.common.serialization.{nested}{ty}{suffix}"
    ))
}

#[cfg(test)]
mod tests {
    use super::full_name;

    #[test]
    fn short_names_have_full_ones() {
        let cases = [
            (
                "key.serializer",
                "StringSerializer",
                Some("StringSerializer"),
            ),
            ("key.serializer", "String", Some("StringSerializer")),
            ("default.key.serde", "String", Some("Serdes$StringSerde")),
            (
                "default.key.serde",
                "Serdes$LongSerde",
                Some("Serdes$LongSerde"),
            ),
            ("value.deserializer", "KafkaAvroDeserializer", None),
            ("sasl.login.class", "String", None),
        ];
        for (key, short, full) in cases {
            let full = full.map(|class| format!("org.apache.kafka.common.serialization.{class}"));
            assert_eq!(full_name(key, short), full, "{key}={short}");
        }
    }
}
