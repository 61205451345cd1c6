//! What the keys of a configuration have in common with those of each client.

use tunelint_catalog::kafka::{self, Scope};
use tunelint_catalog::librdkafka;

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
pub(super) fn is_librdkafkas(key: &str) -> bool {
    key.contains('.')
        && !SHARED_WITH_LIBRDKAFKA.contains(&key)
        && kafka::scopes_of(key).next().is_none()
        && librdkafka::find(key)
            .is_some_and(|found| found.name == key && found.ty != librdkafka::Type::Code)
}

/// How many keys are known, and to whom.
#[derive(Default)]
pub(super) struct Evidence {
    pub(super) strong: usize,
    pub(super) weak: usize,
    pub(super) keys: usize,
    pub(super) producer: usize,
    pub(super) consumer: usize,
    pub(super) streams: usize,
    pub(super) topic: usize,
    pub(super) broker: usize,
    pub(super) mirror: bool,
    /// Keys that the Java clients have and librdkafka lacks, and the reverse.
    pub(super) java: usize,
    pub(super) librdkafka: usize,
    /// Whether a serializer or deserializer is named, which librdkafka takes in code only.
    pub(super) serializer: bool,
    /// Whether a key of the Scala clients is set that nothing else has.
    pub(super) scala: bool,
}

impl Evidence {
    pub(super) fn of<'k>(keys: impl Iterator<Item = &'k str>) -> Self {
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
    pub(super) fn is_java(&self) -> bool {
        self.serializer || self.scala || self.java > self.librdkafka
    }

    /// One key that only Kafka has, several of librdkafka, or several words that it shares with
    /// others and that are most of what stands there.
    pub(super) fn is_kafka(&self) -> bool {
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
