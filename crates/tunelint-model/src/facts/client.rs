//! Facts of a Kafka configuration as a whole.

use super::{Decl, decl, text, truth};
use crate::client::{Client, ClientKind, Place};
use crate::value::{Fact, Type, Value};
use crate::view::View;
use tunelint_base::origin::DefaultOf;
use tunelint_base::{Entity, KafkaVersion, Location, Origin};
use tunelint_catalog::librdkafka;

pub(super) const FACTS: &[Decl] = &[
    decl(
        "client.complete",
        Entity::Client,
        Type::Bool,
        "Whether a directive says that code adds nothing",
        complete,
    ),
    decl(
        "client.embedded",
        Entity::Client,
        Type::Bool,
        "Whether it is a client inside a Streams application",
        embedded,
    ),
    decl(
        "client.exactly_once",
        Entity::Client,
        Type::Bool,
        "Whether its Streams application asks for exactly-once processing",
        exactly_once,
    ),
    decl(
        "client.framework",
        Entity::Client,
        Type::Bool,
        "Whether a framework such as Spring makes it, from keys of its own",
        framework,
    ),
    decl(
        "client.kafka",
        Entity::Client,
        Type::Str,
        "The version of Kafka's client library, as text",
        kafka,
    ),
    decl(
        "client.kind",
        Entity::Client,
        Type::Str,
        "What it is for: producer, consumer, admin, streams, connect-worker, connector, topic, broker, mirror-maker, librdkafka or client",
        kind,
    ),
    decl(
        "client.library",
        Entity::Client,
        Type::Str,
        "The library that reads it, with its version: `Kafka 4.3`, `librdkafka 2.16`",
        library,
    ),
    decl(
        "client.missing_keys",
        Entity::Client,
        Type::Strings,
        "The keys that must be set and are not",
        missing_keys,
    ),
    decl(
        "client.name",
        Entity::Client,
        Type::Str,
        "What it is called in reports",
        name,
    ),
    decl(
        "kafka.version",
        Entity::Client,
        Type::Version,
        "The version of Kafka's client library",
        version,
    ),
    decl(
        "written",
        Entity::Client,
        Type::Strings,
        "The keys that somebody wrote, for `in`",
        written,
    ),
];

fn complete<'m>(view: &View<'m>) -> Fact<'m> {
    view.client
        .map_or_else(Fact::absent, |client| truth(client.facts.complete, []))
}

fn embedded<'m>(view: &View<'m>) -> Fact<'m> {
    view.client
        .map_or_else(Fact::absent, |client| truth(client.parent.is_some(), []))
}

fn exactly_once<'m>(view: &View<'m>) -> Fact<'m> {
    let Some(client) = view.client else {
        return Fact::unknown("the client");
    };
    let parent = client.parent.and_then(|at| view.model.clients.get(at));
    let streams = parent.or((client.kind == ClientKind::Streams).then_some(client));
    let Some(streams) = streams else {
        return truth(false, []);
    };
    match streams.entry("processing.guarantee") {
        Some(entry) if streams.hides(entry.setting) => {
            Fact::unknown("processing.guarantee, behind a placeholder")
        }
        Some(entry) => {
            let value = entry.setting.value.trim().starts_with("exactly_once");
            Fact::set(
                Value::Bool(value),
                Location::new(entry.file, entry.setting.span),
            )
        }
        None => truth(false, []),
    }
}

fn framework<'m>(view: &View<'m>) -> Fact<'m> {
    let Some(client) = view.client else {
        return Fact::unknown("the client");
    };
    let mut settings = client.settings.iter().map(|entry| entry.setting);
    let renamed = settings.any(|setting| setting.written != setting.name);
    truth(
        renamed && matches!(client.facts.place, Place::Section(_)),
        [],
    )
}

fn kind<'m>(view: &View<'m>) -> Fact<'m> {
    view.client.map_or_else(
        || Fact::unknown("the client"),
        |client| text(client.kind.as_str()),
    )
}

fn name<'m>(view: &View<'m>) -> Fact<'m> {
    view.client.map_or_else(
        || Fact::unknown("the client"),
        |client| text(client.name.as_str()),
    )
}

fn kafka<'m>(view: &View<'m>) -> Fact<'m> {
    view.client.map_or_else(
        || Fact::unknown("the Kafka version"),
        |client| text(client.kafka.to_string()),
    )
}

fn library<'m>(view: &View<'m>) -> Fact<'m> {
    view.client.map_or_else(
        || Fact::unknown("the client's library"),
        |client| match client.kind {
            ClientKind::Librdkafka => text(format!("librdkafka {}", librdkafka::VERSION)),
            _ => text(format!("Kafka {}", client.kafka)),
        },
    )
}

fn version<'m>(view: &View<'m>) -> Fact<'m> {
    view.client.map_or_else(
        || Fact::unknown("the Kafka version"),
        |client| {
            Fact::new(
                Value::Int(client.kafka.ordinal()),
                Origin::Default(DefaultOf::Kafka(client.kafka)),
            )
        },
    )
}

/// Only `in` asks for it, and the engine answers that without building the list.
fn written<'m>(view: &View<'m>) -> Fact<'m> {
    view.client.map_or_else(
        || Fact::unknown("the client"),
        |client| {
            let keys = client
                .settings
                .iter()
                .map(|entry| Value::str(entry.name))
                .collect();
            Fact::new(Value::List(keys), Origin::Derived(Vec::new()))
        },
    )
}

/// Keys without a default. The clients' constructors ask for more than their ConfigDefs: addresses
/// in every version, serializers where null is a default that they refuse.
fn missing_keys<'m>(view: &View<'m>) -> Fact<'m> {
    let Some(client) = view.client.filter(|client| client.parent.is_none()) else {
        return Fact::unknown("the client");
    };
    let mut wanted: Vec<&str> = match client.kind {
        ClientKind::Producer => vec!["bootstrap.servers", "key.serializer", "value.serializer"],
        ClientKind::Consumer => vec![
            "bootstrap.servers",
            "key.deserializer",
            "value.deserializer",
        ],
        ClientKind::Admin => vec!["bootstrap.servers"],
        ClientKind::Streams => vec!["application.id", "bootstrap.servers"],
        ClientKind::ConnectWorker => worker_keys(client),
        ClientKind::Connector => vec!["name", "connector.class"],
        ClientKind::Librdkafka => super::librdkafka::missing(client),
        _ => Vec::new(),
    };
    // KIP-919: from 3.7 an admin client may go to the controllers instead. An empty list is none.
    if client.kind == ClientKind::Admin && client.kafka >= KafkaVersion::new(3, 7) {
        let filled = |key: &str| {
            let entry = client.entry(key);
            entry.is_some_and(|entry| !entry.setting.value.trim().is_empty())
        };
        let either = filled("bootstrap.servers") || filled("bootstrap.controllers");
        wanted = if either {
            Vec::new()
        } else {
            vec!["bootstrap.servers or bootstrap.controllers"]
        };
    }
    if client.kind != ClientKind::Librdkafka {
        wanted.retain(|key| client.entry(key).is_none());
    }
    if wanted.is_empty() {
        return Fact::absent();
    }
    let keys = wanted.into_iter().map(Value::str).collect();
    Fact::new(Value::List(keys), Origin::Derived(Vec::new()))
}

/// `DistributedConfig` and `StandaloneConfig`; the addresses have a default up to 4.1.
fn worker_keys(client: &Client<'_>) -> Vec<&'static str> {
    let mut keys = vec!["key.converter", "value.converter"];
    if client.entry("offset.storage.file.filename").is_none() {
        keys.extend([
            "group.id",
            "config.storage.topic",
            "offset.storage.topic",
            "status.storage.topic",
        ]);
    }
    if client.kafka >= KafkaVersion::new(4, 2) {
        keys.push("bootstrap.servers");
    }
    keys
}
