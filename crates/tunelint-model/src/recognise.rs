//! What a configuration is for, decided by its keys; the path is only a hint.

use crate::client::ClientKind;

mod evidence;

use evidence::{Evidence, is_librdkafkas};

/// Keys that alone tell a kind, the strongest kinds first.
const SIGNS: [(ClientKind, &[&str]); 6] = [
    (ClientKind::Connector, &["connector.class"]),
    (
        ClientKind::ConnectWorker,
        &[
            "offset.storage.topic",
            "config.storage.topic",
            "status.storage.topic",
            "offset.storage.replication.factor",
            "config.storage.replication.factor",
            "status.storage.replication.factor",
            "offset.storage.file.filename",
            "offset.flush.interval.ms",
            "plugin.path",
            "connect.protocol",
        ],
    ),
    (
        ClientKind::Broker,
        &[
            "broker.id",
            "process.roles",
            "zookeeper.connect",
            "advertised.listeners",
            "inter.broker.listener.name",
            "security.inter.broker.protocol",
            "controller.quorum.voters",
            "controller.quorum.bootstrap.servers",
            "controller.listener.names",
            "offsets.topic.replication.factor",
            "transaction.state.log.replication.factor",
            "log.retention.hours",
            "num.network.threads",
            "authorizer.class.name",
        ],
    ),
    (
        ClientKind::Streams,
        &[
            "num.stream.threads",
            "num.standby.replicas",
            "processing.guarantee",
            "rocksdb.config.setter",
            "default.key.serde",
            "default.value.serde",
            "default.deserialization.exception.handler",
            "statestore.cache.max.bytes",
            "cache.max.bytes.buffering",
            "acceptable.recovery.lag",
            "topology.optimization",
        ],
    ),
    (
        ClientKind::Producer,
        &["key.serializer", "value.serializer"],
    ),
    (
        ClientKind::Consumer,
        &["key.deserializer", "value.deserializer"],
    ),
];

/// Beginnings of keys that only one other component of a Kafka platform has. It is a client of
/// Kafka with keys of its own, whatever else it shares with brokers and workers.
const COMPONENTS: [(&str, &str); 6] = [
    ("kafkastore.", "Schema Registry's"),
    ("ksql.", "ksqlDB's"),
    ("confluent.controlcenter.", "Control Center's"),
    ("metric.sampler.", "Cruise Control's"),
    ("webserver.http.", "Cruise Control's"),
    ("kafka.rest.", "the REST proxy's"),
];

/// What the keys of a configuration say of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recognised {
    /// What it is for.
    pub kind: ClientKind,
    /// What told.
    pub why: String,
}

/// Recognises a configuration by its keys. `None`: it is none of our business.
#[must_use]
pub fn recognise<'k>(
    keys: impl Iterator<Item = &'k str> + Clone,
    path: &str,
) -> Option<Recognised> {
    let evidence = Evidence::of(keys.clone());
    if !evidence.is_kafka() {
        return None;
    }
    let found = |kind: ClientKind, why: String| Some(Recognised { kind, why });
    if keys
        .clone()
        .any(|key| key.contains("->") || key == "clusters")
        && evidence.mirror
    {
        return found(
            ClientKind::MirrorMaker,
            "it names clusters and flows".into(),
        );
    }
    let component = COMPONENTS
        .iter()
        .find(|(start, _)| keys.clone().any(|key| key.starts_with(start)));
    if let Some((start, whose)) = component {
        let why = format!("keys that begin with `{start}` are {whose}");
        return found(ClientKind::Client, why);
    }
    let sign = keys.clone().find(|key| is_librdkafkas(key));
    if let Some(sign) = sign.filter(|_| !evidence.is_java()) {
        return found(ClientKind::Librdkafka, format!("it sets `{sign}`"));
    }
    for (kind, signs) in SIGNS {
        let sign = keys.clone().find(|key| signs.contains(key));
        let Some(sign) = sign else { continue };
        // A file of defaults for both directions is neither a producer's nor a consumer's.
        let both = evidence.producer > 0 && evidence.consumer > 0;
        if matches!(kind, ClientKind::Producer | ClientKind::Consumer) && both {
            break;
        }
        return found(kind, format!("it sets `{sign}`"));
    }
    if keys.clone().any(|key| key == "application.id")
        && keys.clone().any(|key| key == "bootstrap.servers")
    {
        return found(
            ClientKind::Streams,
            "it sets `application.id` and `bootstrap.servers`".into(),
        );
    }
    if let Some(prefix) = keys.clone().find(|key| {
        STREAMS_PREFIXES
            .iter()
            .any(|prefix| key.starts_with(prefix))
    }) {
        return found(ClientKind::Streams, format!("it sets `{prefix}`"));
    }
    let count = |n: usize, what: &str| format!("{n} of its keys are only {what}'s");
    match (
        evidence.streams,
        evidence.producer,
        evidence.consumer,
        evidence.topic,
        evidence.broker,
    ) {
        (n, p, c, _, _) if n > 0 && n >= p.max(c) => {
            found(ClientKind::Streams, count(n, "Kafka Streams"))
        }
        (_, p, 0, _, _) if p > 0 => found(ClientKind::Producer, count(p, "a producer")),
        (_, 0, c, _, _) if c > 0 => found(ClientKind::Consumer, count(c, "a consumer")),
        (_, p, c, _, _) if p > 0 && c > 0 => found(
            ClientKind::Client,
            "it has keys of producers and of consumers".into(),
        ),
        (.., b) if b > 1 && b > evidence.topic => found(ClientKind::Broker, count(b, "a broker")),
        (_, _, _, t, _) if t > 0 => found(ClientKind::Topic, count(t, "a topic")),
        (.., b) if b > 0 => found(ClientKind::Broker, count(b, "a broker")),
        _ => {
            let (kind, why) = by_path(path);
            found(kind, why)
        }
    }
}

const STREAMS_PREFIXES: [&str; 4] = [
    "main.consumer.",
    "restore.consumer.",
    "global.consumer.",
    "client.tag.",
];

/// Kinds among which the keys do not choose: the file's name may.
fn by_path(path: &str) -> (ClientKind, String) {
    let name = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
    for kind in [
        ClientKind::Producer,
        ClientKind::Consumer,
        ClientKind::Admin,
        ClientKind::Streams,
    ] {
        if name.contains(kind.as_str()) {
            return (
                kind,
                format!(
                    "it has keys of all clients, and its name says {}",
                    kind.as_str()
                ),
            );
        }
    }
    (ClientKind::Client, "it has keys of all clients".into())
}

#[cfg(test)]
mod tests;
