//! What Kafka Streams and Connect hand the clients inside them.

use super::tables;
use crate::table::at;
use tunelint_base::KafkaVersion;

/// A client inside Kafka Streams or Connect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Client {
    /// The producer of Streams.
    StreamsProducer,
    /// The consumer that Streams processes records from.
    StreamsMain,
    /// The consumer that Streams restores its stores with.
    StreamsRestore,
    /// The consumer of Streams' global tables.
    StreamsGlobal,
    /// The admin client of Streams.
    StreamsAdmin,
    /// The producer of a source connector's task.
    ConnectSource,
    /// The consumer of a sink connector's task.
    ConnectSink,
}

/// A value that is handed to a client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    /// This text.
    Literal(&'static str),
    /// What this key of the surrounding configuration holds.
    Key(&'static str),
    /// Something that only the running software knows.
    Computed,
    /// Nothing: the key is taken out.
    Absent,
}

impl Value {
    /// The text, if it is one.
    #[must_use]
    pub fn literal(self) -> Option<&'static str> {
        match self {
            Self::Literal(text) => Some(text),
            Self::Key(_) | Self::Computed | Self::Absent => None,
        }
    }
}

/// A value that beats what the user writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Forced {
    /// The value.
    pub value: Value,
    /// Whether it gives way to the client's own prefix (`main.consumer.`, `restore.consumer.`,
    /// `global.consumer.`), though not to the plain key and the wider prefix (`consumer.`).
    pub yields_to_own_prefix: bool,
}

/// How firmly a value is handed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Strength {
    Default,
    UnlessOwnPrefix,
    Forced,
}

/// A row of the table.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    pub(super) client: Client,
    pub(super) key: &'static str,
    pub(super) exactly_once: Option<bool>,
    pub(super) values: &'static [(u32, Option<Value>)],
    pub(super) strength: Strength,
}

/// What `client` gets for `key` in `version` where the user writes nothing; `None` where that is
/// the client's own default.
#[must_use]
pub fn default(
    client: Client,
    key: &str,
    version: KafkaVersion,
    exactly_once: bool,
) -> Option<Value> {
    let forced = forced(client, key, version, exactly_once).map(|forced| forced.value);
    forced.or_else(|| {
        let mut rows = rows(client, key, version, exactly_once);
        rows.find_map(|(row, value)| (row.strength == Strength::Default).then_some(value))
    })
}

/// What `client` gets for `key` in `version` whatever the user writes.
#[must_use]
pub fn forced(
    client: Client,
    key: &str,
    version: KafkaVersion,
    exactly_once: bool,
) -> Option<Forced> {
    let mut rows = rows(client, key, version, exactly_once);
    rows.find_map(|(row, value)| {
        (row.strength != Strength::Default).then_some(Forced {
            value,
            yields_to_own_prefix: row.strength == Strength::UnlessOwnPrefix,
        })
    })
}

/// The keys that `client` gets something for in some version.
pub fn keys(client: Client) -> impl Iterator<Item = &'static str> {
    let mut keys: Vec<_> = tables::handed()
        .iter()
        .filter(|row| row.client == client)
        .map(|row| row.key)
        .collect();
    keys.sort_unstable();
    keys.dedup();
    keys.into_iter()
}

fn rows(
    client: Client,
    key: &str,
    version: KafkaVersion,
    exactly_once: bool,
) -> impl Iterator<Item = (&'static Row, Value)> {
    tables::handed()
        .iter()
        .filter(move |row| row.client == client && row.key == key)
        .filter(move |row| row.exactly_once.is_none_or(|when| when == exactly_once))
        .filter_map(move |row| {
            let value = at(row.values, version.ordinal()).copied().flatten();
            value.map(|value| (row, value))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streams_hands_its_clients_what_it_hands_them() {
        let value = |client, key, (major, minor), once| {
            default(client, key, KafkaVersion::new(major, minor), once).and_then(Value::literal)
        };
        use Client::{ConnectSource, StreamsMain, StreamsProducer, StreamsRestore};
        let cases = [
            (StreamsProducer, "linger.ms", (3, 9), false, Some("100")),
            (StreamsProducer, "acks", (3, 9), false, None),
            (
                StreamsProducer,
                "transaction.timeout.ms",
                (2, 7),
                false,
                Some("10000"),
            ),
            (
                StreamsProducer,
                "transaction.timeout.ms",
                (2, 8),
                false,
                None,
            ),
            (
                StreamsProducer,
                "transaction.timeout.ms",
                (4, 0),
                true,
                Some("10000"),
            ),
            (
                StreamsProducer,
                "delivery.timeout.ms",
                (4, 0),
                true,
                Some("2147483647"),
            ),
            (
                StreamsMain,
                "auto.offset.reset",
                (4, 0),
                false,
                Some("earliest"),
            ),
            (
                StreamsRestore,
                "auto.offset.reset",
                (4, 0),
                false,
                Some("none"),
            ),
            (StreamsMain, "max.poll.records", (4, 0), false, Some("1000")),
            (StreamsMain, "isolation.level", (4, 0), false, None),
            (
                StreamsMain,
                "isolation.level",
                (4, 0),
                true,
                Some("read_committed"),
            ),
            (ConnectSource, "acks", (4, 0), false, Some("all")),
            (
                ConnectSource,
                "enable.idempotence",
                (4, 0),
                true,
                Some("true"),
            ),
        ];
        for (client, key, version, once, expected) in cases {
            assert_eq!(
                value(client, key, version, once),
                expected,
                "{key} {version:?}"
            );
        }
    }

    #[test]
    fn guards_close_over_time() {
        let forced = |key, major, minor| {
            forced(
                Client::StreamsMain,
                key,
                KafkaVersion::new(major, minor),
                false,
            )
        };
        let old = forced("enable.auto.commit", 4, 1).expect("forced");
        assert!(old.yields_to_own_prefix);
        let new = forced("enable.auto.commit", 4, 2).expect("forced");
        assert!(!new.yields_to_own_prefix);
        assert_eq!(
            forced("group.id", 3, 0).map(|forced| forced.value),
            Some(Value::Key("application.id"))
        );
        assert_eq!(forced("max.poll.records", 4, 2), None);
        assert_eq!(forced("group.protocol", 3, 9), None);
    }

    #[test]
    fn every_handed_key_is_known() {
        use crate::kafka::{Scope, find};
        for row in tables::handed() {
            let scope = match row.client {
                Client::StreamsProducer | Client::ConnectSource => Scope::Producer,
                Client::StreamsAdmin => Scope::Admin,
                _ => Scope::Consumer,
            };
            assert!(find(scope, row.key).is_some(), "{} {}", scope, row.key);
        }
    }
}
