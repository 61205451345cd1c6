//! Spring Boot's `spring.kafka.*` (`org.springframework.boot…KafkaProperties`).
//!
//! Its own names bind in any spelling (`batch-size`, `batchSize`, `BATCH_SIZE`), so they are
//! compared without dashes and case; what stands below `properties` is Kafka's and taken as it is.

use super::{Conversion, Mapped, bare, relaxed};
use crate::client::{ClientKind, Framework};

use Conversion::{DataSize, Duration, LowerCase, Resource, Same};

type Row = (&'static str, &'static str, Conversion);

/// Names that all sections have.
const COMMON: [Row; 14] = [
    ("bootstrapservers", "bootstrap.servers", Same),
    ("clientid", "client.id", Same),
    ("securityprotocol", "security.protocol", Same),
    ("sslkeypassword", "ssl.key.password", Same),
    (
        "sslkeystorecertificatechain",
        "ssl.keystore.certificate.chain",
        Same,
    ),
    ("sslkeystorekey", "ssl.keystore.key", Same),
    ("sslkeystorelocation", "ssl.keystore.location", Resource),
    ("sslkeystorepassword", "ssl.keystore.password", Same),
    ("sslkeystoretype", "ssl.keystore.type", Same),
    (
        "ssltruststorecertificates",
        "ssl.truststore.certificates",
        Same,
    ),
    ("ssltruststorelocation", "ssl.truststore.location", Resource),
    ("ssltruststorepassword", "ssl.truststore.password", Same),
    ("ssltruststoretype", "ssl.truststore.type", Same),
    ("sslprotocol", "ssl.protocol", Same),
];

const PRODUCER: [Row; 8] = [
    ("acks", "acks", Same),
    ("batchsize", "batch.size", DataSize),
    ("buffermemory", "buffer.memory", DataSize),
    ("compressiontype", "compression.type", Same),
    ("keyserializer", "key.serializer", Same),
    ("valueserializer", "value.serializer", Same),
    ("retries", "retries", Same),
    // Spring appends a number; what the client checks does not depend on it.
    ("transactionidprefix", "transactional.id", Same),
];

const CONSUMER: [Row; 12] = [
    ("autocommitinterval", "auto.commit.interval.ms", Duration),
    ("autooffsetreset", "auto.offset.reset", Same),
    ("enableautocommit", "enable.auto.commit", Same),
    ("fetchmaxwait", "fetch.max.wait.ms", Duration),
    ("fetchminsize", "fetch.min.bytes", DataSize),
    ("groupid", "group.id", Same),
    ("heartbeatinterval", "heartbeat.interval.ms", Duration),
    ("isolationlevel", "isolation.level", LowerCase),
    ("keydeserializer", "key.deserializer", Same),
    ("valuedeserializer", "value.deserializer", Same),
    ("maxpollrecords", "max.poll.records", Same),
    ("maxpollinterval", "max.poll.interval.ms", Duration),
];

const STREAMS: [Row; 5] = [
    ("applicationid", "application.id", Same),
    ("replicationfactor", "replication.factor", Same),
    ("statedir", "state.dir", Same),
    (
        "statestorecachemaxsize",
        "statestore.cache.max.bytes",
        DataSize,
    ),
    (
        "cachemaxsizebuffering",
        "cache.max.bytes.buffering",
        DataSize,
    ),
];

const SECTIONS: [(&str, &str, ClientKind, &[Row]); 4] = [
    (
        "producer.",
        "spring.kafka.producer",
        ClientKind::Producer,
        &PRODUCER,
    ),
    (
        "consumer.",
        "spring.kafka.consumer",
        ClientKind::Consumer,
        &CONSUMER,
    ),
    (
        "streams.",
        "spring.kafka.streams",
        ClientKind::Streams,
        &STREAMS,
    ),
    ("admin.", "spring.kafka.admin", ClientKind::Admin, &[]),
];

/// What follows `spring.kafka.`.
pub(super) fn map(rest: &str) -> Option<Mapped> {
    let found = SECTIONS.iter().find_map(|(prefix, section, kind, own)| {
        Some((*section, Some(*kind), *own, rest.strip_prefix(prefix)?))
    });
    let (section, kind, own, rest) = found.unwrap_or(("spring.kafka", None, &[], rest));
    let mapped = |name: &str, conversion| Mapped {
        framework: Framework::Spring,
        section: section.to_owned(),
        kind,
        name: name.to_owned(),
        conversion,
    };
    let handed_on = rest
        .strip_prefix("properties.")
        .or_else(|| rest.strip_prefix("properties[").and(Some(rest)));
    if let Some(name) = handed_on {
        let name = name.strip_prefix("properties").unwrap_or(name);
        return Some(mapped(bare(name), Same));
    }
    let plain = relaxed(rest);
    let row = own
        .iter()
        .chain(&COMMON)
        .find(|(name, ..)| *name == plain)?;
    Some(mapped(row.1, row.2))
}
