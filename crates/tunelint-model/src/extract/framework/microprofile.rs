//! MicroProfile Reactive Messaging and Quarkus: `mp.messaging.*`, `kafka.*`, `kafka-streams.*`.

use super::{Conversion, Mapped, known};
use crate::client::{ClientKind, Framework};
use crate::setting::Setting;

/// The connector that makes a channel Kafka's.
pub(super) const CONNECTOR: &str = "smallrye-kafka";

fn mapped(section: &str, kind: Option<ClientKind>, name: &str) -> Mapped {
    Mapped {
        framework: Framework::SmallRye,
        section: section.to_owned(),
        kind,
        name: name.to_owned(),
        conversion: Conversion::Same,
    }
}

/// The prefixes of the channels whose connector is Kafka's.
pub(super) fn channels<'s>(settings: impl Iterator<Item = &'s Setting>) -> Vec<String> {
    settings
        .filter(|setting| setting.value.trim() == CONNECTOR)
        .filter_map(|setting| setting.name.strip_suffix(".connector").map(str::to_owned))
        .collect()
}

/// A whole key, without its profile.
pub(super) fn map(key: &str, channels: &[String]) -> Option<Mapped> {
    if let Some(name) = key.strip_prefix("mp.messaging.connector.smallrye-kafka.") {
        let client = ClientKind::Client;
        return known(client, name).then(|| mapped("mp.messaging.connector", None, name));
    }
    for channel in channels {
        let name = key
            .strip_prefix(channel.as_str())
            .and_then(|rest| rest.strip_prefix('.'));
        if let Some(name) = name {
            let kind = if channel.contains(".incoming.") {
                ClientKind::Consumer
            } else {
                ClientKind::Producer
            };
            return known(kind, name).then(|| mapped(channel, Some(kind), name));
        }
    }
    if let Some(name) = key.strip_prefix("kafka-streams.") {
        let kind = ClientKind::Streams;
        return known(kind, name).then(|| mapped("kafka-streams", Some(kind), name));
    }
    if let Some(name) = key.strip_prefix("quarkus.kafka-streams.") {
        // Quarkus' own names have dashes where Kafka's have dots.
        let dotted = name.replace('-', ".");
        let kind = ClientKind::Streams;
        return known(kind, &dotted).then(|| mapped("kafka-streams", Some(kind), &dotted));
    }
    let name = key.strip_prefix("kafka.")?;
    known(ClientKind::Client, name).then(|| mapped("kafka", None, name))
}
