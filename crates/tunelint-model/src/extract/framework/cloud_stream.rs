//! Spring Cloud Stream's Kafka binders, `spring.cloud.stream.kafka.*`.

use super::{Conversion, Mapped, bare, relaxed};
use crate::client::{ClientKind, Framework};

use Conversion::Same;

type Row = (&'static str, &'static str);

/// Where the binder's own settings stand, for all its clients.
pub(super) const BINDER: &str = "spring.cloud.stream.kafka.binder";
/// Where the defaults of all bindings stand.
pub(super) const DEFAULTS: &str = "spring.cloud.stream.kafka.default";
/// Where the settings of each binding stand.
pub(super) const BINDINGS: &str = "spring.cloud.stream.kafka.bindings.";

/// The message channel binder: for all its clients.
const OF_BINDER: [Row; 2] = [("brokers", "bootstrap.servers"), ("requiredacks", "acks")];
/// For the producer of one binding.
const PRODUCER: [Row; 3] = [
    ("buffersize", "batch.size"),
    ("batchtimeout", "linger.ms"),
    ("compressiontype", "compression.type"),
];
/// For the consumer of one binding.
const CONSUMER: [Row; 1] = [("startoffset", "auto.offset.reset")];
/// The Kafka Streams binder.
const STREAMS: [Row; 2] = [
    ("brokers", "bootstrap.servers"),
    ("applicationid", "application.id"),
];

fn mapped(section: String, kind: Option<ClientKind>, name: &str) -> Mapped {
    Mapped {
        framework: Framework::CloudStream,
        section,
        kind,
        name: name.to_owned(),
        conversion: Same,
    }
}

fn row(rows: &[Row], name: &str) -> Option<&'static str> {
    let plain = relaxed(name);
    rows.iter()
        .find(|(known, _)| *known == plain)
        .map(|(_, key)| *key)
}

/// What follows `spring.cloud.stream.`.
pub(super) fn map(rest: &str) -> Option<Mapped> {
    // `binders.<name>.environment.` holds a whole configuration for one binder.
    if let Some(rest) = rest.strip_prefix("binders.") {
        let (binder, inner) = rest.split_once(".environment.spring.cloud.stream.")?;
        let mut found = map(inner)?;
        found.section = format!("{} of the binder {binder}", found.section);
        return Some(found);
    }
    let rest = rest.strip_prefix("kafka.")?;
    if let Some(rest) = rest.strip_prefix("streams.") {
        return streams(rest);
    }
    if let Some(rest) = rest.strip_prefix("binder.") {
        return binder(rest);
    }
    let (place, rest) = match rest.strip_prefix("bindings.") {
        Some(rest) => {
            let (binding, rest) = rest.split_once('.')?;
            (format!("{BINDINGS}{binding}"), rest)
        }
        None => (DEFAULTS.to_owned(), rest.strip_prefix("default.")?),
    };
    let (direction, rest) = rest.split_once('.')?;
    let (kind, rows): (ClientKind, &[Row]) = match direction {
        "producer" => (ClientKind::Producer, &PRODUCER),
        "consumer" => (ClientKind::Consumer, &CONSUMER),
        _ => return None,
    };
    let section = format!("{place}.{direction}");
    let name = match configuration(rest) {
        Some(name) => name,
        None => row(rows, rest)?,
    };
    Some(mapped(section, Some(kind), name))
}

fn binder(rest: &str) -> Option<Mapped> {
    let section = BINDER;
    for (prefix, kind) in [
        ("producer-properties.", ClientKind::Producer),
        ("producerProperties.", ClientKind::Producer),
        ("consumer-properties.", ClientKind::Consumer),
        ("consumerProperties.", ClientKind::Consumer),
    ] {
        if let Some(name) = rest.strip_prefix(prefix) {
            let section = format!("{section}.{}", kind.as_str());
            return Some(mapped(section, Some(kind), bare(name)));
        }
    }
    match (configuration(rest), row(&OF_BINDER, rest)) {
        (Some(name), _) => Some(mapped(section.to_owned(), None, name)),
        (None, Some("acks")) => {
            let producer = Some(ClientKind::Producer);
            Some(mapped(format!("{section}.producer"), producer, "acks"))
        }
        (None, Some(key)) => Some(mapped(section.to_owned(), None, key)),
        (None, None) => None,
    }
}

fn streams(rest: &str) -> Option<Mapped> {
    let kind = Some(ClientKind::Streams);
    if let Some(rest) = rest.strip_prefix("binder.") {
        // `functions.<name>.` configures one of several applications.
        let (section, rest) = match rest
            .strip_prefix("functions.")
            .and_then(|rest| rest.split_once('.'))
        {
            Some((function, rest)) => (format!("kafka.streams.binder.functions.{function}"), rest),
            None => ("kafka.streams.binder".to_owned(), rest),
        };
        let section = format!("spring.cloud.stream.{section}");
        let name = configuration(rest).or_else(|| row(&STREAMS, rest))?;
        return Some(mapped(section, kind, name));
    }
    let (binding, rest) = rest.strip_prefix("bindings.")?.split_once('.')?;
    let rest = rest.strip_prefix("consumer.")?;
    let name = configuration(rest).or_else(|| row(&STREAMS, rest))?;
    let section = format!("spring.cloud.stream.kafka.streams.bindings.{binding}.consumer");
    Some(mapped(section, kind, name))
}

/// What stands below `configuration` is Kafka's.
fn configuration(rest: &str) -> Option<&str> {
    let rest = rest.strip_prefix("configuration")?;
    rest.strip_prefix('.')
        .or_else(|| rest.starts_with('[').then_some(rest))
        .map(bare)
}
