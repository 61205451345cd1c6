//! The settings that make one connection: those behind one prefix, and those that they fall back on.

use crate::client::{Client, ClientKind, Entry, Target};
use tunelint_base::Location;
use tunelint_catalog::kafka;

/// What is known of the value of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Given<'m> {
    /// Somebody wrote it; trimmed, as Kafka trims it.
    Is(&'m str),
    /// Somebody wrote it, and a placeholder hides what.
    Hidden,
    /// It is not there, and nothing else can supply it.
    Absent,
    /// It is not there, and something else may supply it.
    Unseen,
}

impl<'m> Given<'m> {
    /// Whether somebody wrote it.
    pub(crate) fn is_written(self) -> bool {
        matches!(self, Self::Is(_) | Self::Hidden)
    }

    /// What somebody wrote.
    pub(crate) fn text(self) -> Option<&'m str> {
        match self {
            Self::Is(text) => Some(text),
            _ => None,
        }
    }
}

/// Whether something is so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// It is.
    Yes,
    /// It is not.
    No,
    /// It cannot be seen.
    Unseen,
}

impl Answer {
    /// The word for it.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Unseen => "unseen",
        }
    }
}

/// The settings of one connection of a client.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Connection<'m> {
    client: &'m Client<'m>,
    /// The prefixes in which its keys are looked up, the strongest first.
    prefixes: &'static [&'static str],
}

/// The prefixes of a Streams application's clients, each with those that it falls back on.
const STREAMS: [&[&str]; 6] = [
    &["main.consumer.", "consumer.", ""],
    &["restore.consumer.", "consumer.", ""],
    &["global.consumer.", "consumer.", ""],
    &["consumer.", ""],
    &["producer.", ""],
    &["admin.", ""],
];

/// The prefixes of a worker's clients: only its admin clients see the worker's own keys, too
/// (`Worker.adminConfigs`, against `Worker.baseProducerConfigs` and `baseConsumerConfigs`).
const WORKER: [&[&str]; 3] = [&["producer."], &["consumer."], &["admin.", ""]];

/// The prefixes of a connector's clients. What they fall back on stands in the worker's file.
const CONNECTOR: [&[&str]; 3] = [
    &["producer.override."],
    &["consumer.override."],
    &["admin.override."],
];

impl<'m> Connection<'m> {
    /// The connection that the setting is for, and the key without its prefix.
    pub(crate) fn of(
        client: &'m Client<'m>,
        entry: &Entry<'m>,
        targets: &[Target<'m>],
    ) -> Option<(Self, &'m str)> {
        let bare = targets.first()?.name;
        let prefix = entry.name.strip_suffix(bare)?;
        let all: &[&'static [&'static str]] = match client.kind {
            ClientKind::Streams => &STREAMS,
            ClientKind::ConnectWorker => &WORKER,
            ClientKind::Connector => &CONNECTOR,
            _ => &[],
        };
        let prefixes = match all.iter().find(|chain| chain.first() == Some(&prefix)) {
            Some(chain) => chain,
            None if prefix.is_empty() => &[""][..],
            None => return None,
        };
        Some((Self { client, prefixes }, bare))
    }

    /// The entry that counts for `key`.
    pub(crate) fn entry(&self, key: &str) -> Option<Entry<'m>> {
        self.prefixes.iter().find_map(|prefix| {
            let mut latest = self.client.settings.iter().rev();
            latest
                .find(|entry| {
                    // Lengths first: of hundreds of keys hardly one has the right one.
                    entry.name.len() == prefix.len() + key.len()
                        && entry.name.strip_prefix(prefix) == Some(key)
                })
                .copied()
        })
    }

    /// What is known of `key`, which the client's version may not have.
    pub(crate) fn given(&self, key: &str) -> Given<'m> {
        let exists = || {
            kafka::scopes_of(key)
                .filter_map(|scope| kafka::find(scope, key))
                .any(|known| known.exists_in(self.client.kafka))
        };
        match self.entry(key).filter(|_| exists()) {
            Some(entry) if self.client.hides(entry.setting) => Given::Hidden,
            Some(entry) => Given::Is(entry.setting.value.trim()),
            None if self.is_closed() => Given::Absent,
            None => Given::Unseen,
        }
    }

    /// Where `key` is written.
    pub(crate) fn place(&self, key: &str) -> Option<Location> {
        let entry = self.entry(key)?;
        Some(Location::new(entry.file, entry.setting.span))
    }

    /// Whether what is not there is nowhere else.
    pub(crate) fn is_closed(&self) -> bool {
        self.client.facts.complete && self.client.kind != ClientKind::Connector
    }

    /// `security.protocol` in capitals, which it may be written in or not.
    fn protocol(&self) -> Option<String> {
        match self.given("security.protocol") {
            Given::Is(text) => Some(text.to_ascii_uppercase()),
            Given::Absent => Some("PLAINTEXT".to_owned()),
            Given::Hidden | Given::Unseen => None,
        }
    }

    /// Whether it is encrypted.
    pub(crate) fn uses_tls(&self) -> Answer {
        match self.protocol().as_deref() {
            Some("SSL" | "SASL_SSL") => Answer::Yes,
            Some(_) => Answer::No,
            None => Answer::Unseen,
        }
    }

    /// Whether its client logs in by SASL.
    pub(crate) fn uses_sasl(&self) -> Answer {
        match self.protocol().as_deref() {
            Some("SASL_SSL" | "SASL_PLAINTEXT") => Answer::Yes,
            Some(_) => Answer::No,
            None => Answer::Unseen,
        }
    }
}
