//! What a configuration is for, decided by its keys; the path is only a hint.

use crate::client::ClientKind;
use tunelint_catalog::kafka::{self, Scope};
use tunelint_catalog::librdkafka;

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

/// Keys with a dot that other software has too: alone they prove nothing.
const COMMON_WORDS: [&str; 16] = [
    "application.id",
    "application.server",
    "client.id",
    "client.rack",
    "group.id",
    "log.dir",
    "log.dirs",
    "node.id",
    "state.dir",
    "poll.ms",
    "batch.size",
    "retention.ms",
    "key.converter",
    "value.converter",
    "tasks.max",
    "rest.port",
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

/// Keys of librdkafka that other software has as well, so that they tell nothing.
const SHARED_WITH_LIBRDKAFKA: [&str; 4] = [
    "compression.codec",
    "compression.level",
    "log.queue",
    "socket.timeout.ms",
];

/// Keys of the Scala clients, of which librdkafka has some others.
const SCALA: [&str; 8] = [
    "consumer.timeout.ms",
    "key.serializer.class",
    "offsets.storage",
    "producer.type",
    "queue.enqueue.timeout.ms",
    "serializer.class",
    "zk.connect",
    "zookeeper.connect",
];

/// Whether librdkafka alone has the key.
fn is_librdkafkas(key: &str) -> bool {
    key.contains('.')
        && !SHARED_WITH_LIBRDKAFKA.contains(&key)
        && kafka::scopes_of(key).next().is_none()
        && librdkafka::find(key)
            .is_some_and(|found| found.name == key && found.ty != librdkafka::Type::Code)
}

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

/// How many keys are known, and to whom.
#[derive(Default)]
struct Evidence {
    strong: usize,
    weak: usize,
    keys: usize,
    producer: usize,
    consumer: usize,
    streams: usize,
    topic: usize,
    broker: usize,
    mirror: bool,
    /// Keys that the Java clients have and librdkafka lacks, and the reverse.
    java: usize,
    librdkafka: usize,
    /// Whether a serializer or deserializer is named, which librdkafka takes in code only.
    serializer: bool,
    /// Whether a key of the Scala clients is set that nothing else has.
    scala: bool,
}

impl Evidence {
    fn of<'k>(keys: impl Iterator<Item = &'k str>) -> Self {
        let mut evidence = Self::default();
        for key in keys {
            evidence.keys += 1;
            evidence.serializer |= key.ends_with(".serializer") || key.ends_with(".deserializer");
            evidence.scala |= SCALA.contains(&key);
            evidence.librdkafka += usize::from(is_librdkafkas(key));
            evidence.mirror |=
                key.ends_with(".bootstrap.servers") && key != "confluent.metrics.bootstrap.servers";
            let bare = strip_client_prefix(key);
            let scopes: Vec<Scope> = kafka::scopes_of(bare).collect();
            if scopes.is_empty() {
                continue;
            }
            let dotted = bare.contains('.') && !COMMON_WORDS.contains(&bare);
            if dotted {
                evidence.strong += 1;
            } else {
                evidence.weak += 1;
            }
            let has = |scope: Scope| scopes.contains(&scope);
            let clients = [
                Scope::Producer,
                Scope::Consumer,
                Scope::Admin,
                Scope::Streams,
            ]
            .into_iter()
            .filter(|s| has(*s))
            .count();
            let foreign = librdkafka::find(bare).is_none();
            evidence.java += usize::from(clients > 0 && dotted && foreign);
            if clients == 1 && bare == key {
                evidence.producer += usize::from(has(Scope::Producer));
                evidence.consumer += usize::from(has(Scope::Consumer));
                evidence.streams += usize::from(has(Scope::Streams) && key != "application.id");
            }
            if clients == 0 {
                evidence.topic += usize::from(has(Scope::Topic));
                evidence.broker += usize::from(has(Scope::Broker) && !has(Scope::Topic));
            }
        }
        evidence
    }

    /// Whether keys of librdkafka stand among those of a Java client, rather than the reverse.
    fn is_java(&self) -> bool {
        self.serializer || self.scala || self.java > self.librdkafka
    }

    /// One key that only Kafka has, several of librdkafka, or several words that it shares with
    /// others and that are most of what stands there.
    fn is_kafka(&self) -> bool {
        self.strong > 0
            || self.librdkafka > 1
            || self.mirror
            || (self.weak >= 2 && self.weak * 2 >= self.keys)
    }
}

fn strip_client_prefix(key: &str) -> &str {
    for prefix in ["producer.", "consumer.", "admin."] {
        if let Some(rest) = key.strip_prefix(prefix)
            && rest.contains('.')
        {
            return rest.strip_prefix("override.").unwrap_or(rest);
        }
    }
    key
}
