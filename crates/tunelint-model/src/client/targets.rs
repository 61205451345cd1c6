//! Which ConfigDefs read a key of a configuration.

use super::ClientKind;
use tunelint_catalog::kafka::{self, Key, Scope};

/// A ConfigDef that reads a key, and the name by which it knows it.
#[derive(Clone, Copy, Debug)]
pub struct Target<'k> {
    /// The ConfigDef.
    pub scope: Scope,
    /// The key without the prefix that led there.
    pub name: &'k str,
    /// What the catalogue knows of it, in any version.
    pub key: Option<&'static Key>,
    /// Whether its value is parsed when this configuration is loaded: what is only handed on, to
    /// a client that may never be made or to the broker, is not.
    pub parsed: bool,
}

fn target(scope: Scope, name: &str, parsed: bool) -> Target<'_> {
    Target {
        scope,
        name,
        key: kafka::find(scope, name),
        parsed,
    }
}

impl ClientKind {
    /// The ConfigDefs that read `name` in a configuration of this kind. Empty where the name is
    /// outside of all of them by design: a connector's own keys, `client.tag.*`, and the like.
    #[must_use]
    pub fn targets(self, name: &str) -> Vec<Target<'_>> {
        match self {
            Self::Streams => streams(name),
            Self::ConnectWorker => worker(name),
            Self::Connector => connector(name),
            Self::MirrorMaker | Self::Librdkafka => Vec::new(),
            Self::Broker => broker(name),
            _ => self
                .scopes()
                .iter()
                .map(|scope| target(*scope, name, true))
                .collect(),
        }
    }
}

/// `StreamsConfig`'s prefixes. A prefix beats the bare key; the global consumer is made only by
/// an application with a global table.
fn streams(name: &str) -> Vec<Target<'_>> {
    let prefixes = [
        ("main.consumer.", Scope::Consumer, true),
        ("restore.consumer.", Scope::Consumer, true),
        ("global.consumer.", Scope::Consumer, false),
        ("consumer.", Scope::Consumer, true),
        ("producer.", Scope::Producer, true),
        ("admin.", Scope::Admin, true),
        ("topic.", Scope::Topic, false),
    ];
    if name.starts_with("client.tag.") {
        return Vec::new();
    }
    for (prefix, scope, parsed) in prefixes {
        if let Some(rest) = name.strip_prefix(prefix) {
            return vec![target(scope, rest, parsed)];
        }
    }
    ClientKind::Streams
        .scopes()
        .iter()
        .map(|scope| target(*scope, name, true))
        .collect()
}

/// A worker hands `producer.*`, `consumer.*` and `admin.*` on to clients that it makes later.
fn worker(name: &str) -> Vec<Target<'_>> {
    for (prefix, scope) in [
        ("producer.", Scope::Producer),
        ("consumer.", Scope::Consumer),
        ("admin.", Scope::Admin),
    ] {
        if let Some(rest) = name.strip_prefix(prefix)
            && kafka::find(scope, rest).is_some()
        {
            return vec![target(scope, rest, false)];
        }
    }
    ClientKind::ConnectWorker
        .scopes()
        .iter()
        .map(|scope| target(*scope, name, true))
        .collect()
}

fn connector(name: &str) -> Vec<Target<'_>> {
    let prefixes = [
        ("producer.override.", Scope::Producer),
        ("consumer.override.", Scope::Consumer),
        ("admin.override.", Scope::Admin),
    ];
    for (prefix, scope) in prefixes {
        if let Some(rest) = name.strip_prefix(prefix) {
            return vec![target(scope, rest, false)];
        }
    }
    let targets: Vec<Target<'_>> = ClientKind::Connector
        .scopes()
        .iter()
        .map(|scope| target(*scope, name, true))
        .collect();
    // Everything else belongs to the connector's class, which nobody here knows.
    if targets.iter().any(|t| t.key.is_some()) {
        targets
    } else {
        Vec::new()
    }
}

/// A broker's keys may stand behind `listener.name.<name>.` and a mechanism.
fn broker(name: &str) -> Vec<Target<'_>> {
    let bare = target(Scope::Broker, name, true);
    if bare.key.is_some() || !name.contains('.') {
        vec![bare]
    } else {
        Vec::new()
    }
}
