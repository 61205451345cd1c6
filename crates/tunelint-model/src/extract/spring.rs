//! Application frameworks: Spring Boot, Spring Cloud Stream, MicroProfile and Quarkus, Debezium Server.

use crate::client::{ClientFacts, ClientKind, Place};
use crate::file::FileFacts;
use crate::setting::{Setting, Style};
use std::collections::BTreeMap;
use tunelint_base::Span;
use tunelint_catalog::kafka;

mod convert;

use convert::{Conversion, convert};

/// Whether keys of a framework's Kafka support stand there.
pub(super) fn is_framework(settings: &[Setting]) -> bool {
    settings.iter().any(|setting| {
        let key = strip_profile(&setting.written);
        let prefixes = [
            "spring.kafka.",
            "spring.cloud.stream.kafka.",
            "kafka.bootstrap.servers",
            "kafka-streams.",
            "quarkus.kafka-streams.",
            "quarkus.kafka.",
            "quarkus.messaging.kafka.",
            "debezium.sink.kafka.",
        ];
        // A channel is Kafka's by its connector; without one, a serializer of Kafka's tells.
        let channel = key.starts_with("mp.messaging.")
            && (setting.value.trim() == "smallrye-kafka" || setting.value.contains(".kafka."));
        let shared = key
            .strip_prefix("kafka.")
            .is_some_and(|name| name.contains('.') && kafka::scopes_of(name).next().is_some());
        channel || shared || prefixes.iter().any(|prefix| key.starts_with(prefix))
    })
}

/// Quarkus' `%prod.`.
fn strip_profile(key: &str) -> &str {
    key.strip_prefix('%')
        .and_then(|rest| rest.split_once('.'))
        .map_or(key, |(_, rest)| rest)
}

/// What a framework's key sets: whose setting, which Kafka key, and how its value is spelled.
struct Mapped {
    section: String,
    kind: Option<ClientKind>,
    name: String,
    conversion: Conversion,
}

fn mapped(section: &str, kind: Option<ClientKind>, name: &str) -> Mapped {
    Mapped {
        section: section.to_owned(),
        kind,
        name: name.to_owned(),
        conversion: Conversion::Same,
    }
}

/// Makes the clients that the settings of a framework's file describe.
pub(super) fn clients(facts: &mut FileFacts, settings: Vec<Setting>) {
    let kafka_channels = kafka_channels(&settings);
    let mut sections: BTreeMap<String, (ClientKind, Vec<Setting>)> = BTreeMap::new();
    let mut common = Vec::new();
    for setting in settings {
        let Some(to) = map_key(&setting.written, &kafka_channels) else {
            continue;
        };
        let setting = rename(setting, &to);
        match to.kind {
            Some(kind) => sections
                .entry(to.section)
                .or_insert((kind, Vec::new()))
                .1
                .push(setting),
            None => common.push(setting),
        }
    }
    if sections.is_empty() && !common.is_empty() {
        sections.insert("kafka".into(), (ClientKind::Client, Vec::new()));
    }
    for (section, (kind, own)) in sections {
        let mut all = common.clone();
        all.extend(own);
        let anchor = all.last().map_or(Span::default(), |setting| setting.span);
        facts.clients.push(ClientFacts {
            kind,
            why: format!("it is the section `{section}`"),
            settings: all,
            complete: false,
            kafka: facts.directives.kafka,
            anchor,
            insert: None,
            place: Place::Section(section),
        });
    }
}

fn rename(setting: Setting, to: &Mapped) -> Setting {
    let mut setting = setting;
    setting.name = to.name.as_str().into();
    if to.conversion != Conversion::Same {
        match convert(to.conversion, &setting.value) {
            Some(value) => setting.value = value.into(),
            None => setting.placeholder = true,
        }
        setting.style = Style::Fixed;
    }
    setting
}

/// The MicroProfile channels whose connector is Kafka's.
fn kafka_channels(settings: &[Setting]) -> Vec<String> {
    let connectors = settings
        .iter()
        .filter(|setting| setting.value.trim() == "smallrye-kafka");
    connectors
        .filter_map(|setting| {
            strip_profile(&setting.written)
                .strip_suffix(".connector")
                .map(str::to_owned)
        })
        .collect()
}

fn map_key(key: &str, channels: &[String]) -> Option<Mapped> {
    // What only one profile sets cannot be judged together with what all of them do.
    if key.starts_with('%') {
        return None;
    }
    if let Some(rest) = key.strip_prefix("spring.kafka.") {
        return spring_kafka(rest);
    }
    if let Some(rest) = key.strip_prefix("spring.cloud.stream.kafka.") {
        return cloud_stream(rest);
    }
    for channel in channels {
        if let Some(name) = key
            .strip_prefix(channel.as_str())
            .and_then(|rest| rest.strip_prefix('.'))
        {
            let kind = if channel.contains(".incoming.") {
                ClientKind::Consumer
            } else {
                ClientKind::Producer
            };
            return known(kind, name).then(|| mapped(channel, Some(kind), name));
        }
    }
    let streams = key
        .strip_prefix("kafka-streams.")
        .or_else(|| key.strip_prefix("quarkus.kafka-streams."));
    if let Some(name) = streams {
        let dotted = name.replace('-', ".");
        let name = if known(ClientKind::Streams, name) {
            name
        } else {
            dotted.as_str()
        };
        return known(ClientKind::Streams, name)
            .then(|| mapped("kafka-streams", Some(ClientKind::Streams), name));
    }
    if let Some(name) = key.strip_prefix("debezium.sink.kafka.producer.") {
        return Some(mapped(
            "debezium.sink.kafka.producer",
            Some(ClientKind::Producer),
            name,
        ));
    }
    let name = key.strip_prefix("kafka.")?;
    known(ClientKind::Client, name).then(|| mapped("kafka", None, name))
}

fn known(kind: ClientKind, name: &str) -> bool {
    kind.targets(name).iter().any(|target| target.key.is_some())
        || kafka::scopes_of(name).next().is_some()
}

/// Spring Boot's `KafkaProperties`. Its own names bind in any spelling, so they are compared
/// without dashes and case; what stands below `properties` is Kafka's.
fn spring_kafka(rest: &str) -> Option<Mapped> {
    let sections = [
        ("producer.", "spring.kafka.producer", ClientKind::Producer),
        ("consumer.", "spring.kafka.consumer", ClientKind::Consumer),
        ("streams.", "spring.kafka.streams", ClientKind::Streams),
        ("admin.", "spring.kafka.admin", ClientKind::Admin),
    ];
    let (section, kind, rest) = sections
        .iter()
        .find_map(|(prefix, section, kind)| {
            Some((*section, Some(*kind), rest.strip_prefix(prefix)?))
        })
        .unwrap_or(("spring.kafka", None, rest));
    if let Some(name) = rest.strip_prefix("properties.") {
        return Some(mapped(section, kind, bare(name)));
    }
    let plain: String = rest
        .chars()
        .filter(|c| *c != '-' && *c != '_')
        .collect::<String>()
        .to_ascii_lowercase();
    let (name, conversion) = match (kind, plain.as_str()) {
        (_, "bootstrapservers") => ("bootstrap.servers", Conversion::Same),
        (_, "clientid") => ("client.id", Conversion::Same),
        (_, "security.protocol") => ("security.protocol", Conversion::Same),
        (Some(ClientKind::Producer), "acks") => ("acks", Conversion::Same),
        (Some(ClientKind::Producer), "batchsize") => ("batch.size", Conversion::DataSize),
        (Some(ClientKind::Producer), "buffermemory") => ("buffer.memory", Conversion::DataSize),
        (Some(ClientKind::Producer), "compressiontype") => ("compression.type", Conversion::Same),
        (Some(ClientKind::Producer), "keyserializer") => ("key.serializer", Conversion::Same),
        (Some(ClientKind::Producer), "valueserializer") => ("value.serializer", Conversion::Same),
        (Some(ClientKind::Producer), "retries") => ("retries", Conversion::Same),
        (Some(ClientKind::Consumer), "autocommitinterval") => {
            ("auto.commit.interval.ms", Conversion::Duration)
        }
        (Some(ClientKind::Consumer), "autooffsetreset") => ("auto.offset.reset", Conversion::Same),
        (Some(ClientKind::Consumer), "enableautocommit") => {
            ("enable.auto.commit", Conversion::Same)
        }
        (Some(ClientKind::Consumer), "fetchmaxwait") => ("fetch.max.wait.ms", Conversion::Duration),
        (Some(ClientKind::Consumer), "fetchminsize") => ("fetch.min.bytes", Conversion::DataSize),
        (Some(ClientKind::Consumer), "groupid") => ("group.id", Conversion::Same),
        (Some(ClientKind::Consumer), "heartbeatinterval") => {
            ("heartbeat.interval.ms", Conversion::Duration)
        }
        (Some(ClientKind::Consumer), "isolationlevel") => {
            ("isolation.level", Conversion::LowerCase)
        }
        (Some(ClientKind::Consumer), "keydeserializer") => ("key.deserializer", Conversion::Same),
        (Some(ClientKind::Consumer), "valuedeserializer") => {
            ("value.deserializer", Conversion::Same)
        }
        (Some(ClientKind::Consumer), "maxpollrecords") => ("max.poll.records", Conversion::Same),
        (Some(ClientKind::Consumer), "maxpollinterval") => {
            ("max.poll.interval.ms", Conversion::Duration)
        }
        (Some(ClientKind::Streams), "applicationid") => ("application.id", Conversion::Same),
        (Some(ClientKind::Streams), "replicationfactor") => {
            ("replication.factor", Conversion::Same)
        }
        (Some(ClientKind::Streams), "statedir" | "statestorecachemaxdir") => {
            ("state.dir", Conversion::Same)
        }
        (Some(ClientKind::Streams), "statestorecachemaxsize") => {
            ("statestore.cache.max.bytes", Conversion::DataSize)
        }
        _ => return None,
    };
    Some(Mapped {
        section: section.to_owned(),
        kind,
        name: name.to_owned(),
        conversion,
    })
}

fn cloud_stream(rest: &str) -> Option<Mapped> {
    let sections = [
        (
            "streams.binder.configuration.",
            "spring.cloud.stream.kafka.streams.binder",
            Some(ClientKind::Streams),
        ),
        (
            "binder.producer-properties.",
            "spring.cloud.stream.kafka.binder.producer",
            Some(ClientKind::Producer),
        ),
        (
            "binder.consumer-properties.",
            "spring.cloud.stream.kafka.binder.consumer",
            Some(ClientKind::Consumer),
        ),
        (
            "binder.configuration.",
            "spring.cloud.stream.kafka.binder",
            None,
        ),
    ];
    sections.iter().find_map(|(prefix, section, kind)| {
        Some(mapped(section, *kind, bare(rest.strip_prefix(prefix)?)))
    })
}

/// `[max.poll.records]`: a map key in brackets is taken as it stands.
fn bare(name: &str) -> &str {
    name.strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'))
        .unwrap_or(name)
}
