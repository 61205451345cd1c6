//! Keys that belong to another client than the one that they are given to.

use super::super::setting::with;
use super::text;
use crate::client::{Client, ClientKind, Entry};
use crate::value::Fact;
use crate::view::View;
use tunelint_catalog::kafka::{self, Scope};

/// Names that applications and serializers give settings of their own.
const COMMON: [&str; 19] = [
    "application.id",
    "application.server",
    "broker.id",
    "client.id",
    "group.id",
    "host.name",
    "key.converter",
    "log.dir",
    "log.dirs",
    "node.id",
    "num.partitions",
    "poll.ms",
    "replication.factor",
    "state.dir",
    "tasks.max",
    "topics.regex",
    "value.converter",
    "window.size.ms",
    "windowed.inner.class.serde",
];

/// The scopes that have the key, where this client's readers never had it and librdkafka does not
/// call it so either.
fn elsewhere(view: &View<'_>, client: &Client<'_>, entry: Entry<'_>) -> Vec<Scope> {
    use ClientKind::{Admin, ConnectWorker, Consumer, Producer, Streams};
    let name = entry.name;
    let judged = matches!(
        client.kind,
        Producer | Consumer | Admin | Streams | ConnectWorker
    );
    let known = view.targets().iter().any(|target| target.key.is_some());
    let renamed =
        tunelint_catalog::librdkafka::find(name).is_some_and(|key| key.java != Some(key.name));
    if !judged
        || known
        || renamed
        || !(name.contains('.') || name == "acks")
        || COMMON.contains(&name)
    {
        return Vec::new();
    }
    let scopes: Vec<Scope> = kafka::scopes_of(name).collect();
    // What one kind's keys were counted for may as well be another's; a framework's keys for all
    // its clients reach each of them.
    let certain = super::is_stated(view, client) || client.facts.why.starts_with("it sets");
    let for_all =
        client.facts.framework().is_some() && !entry.setting.written.contains(client.kind.as_str());
    if !certain || for_all {
        return Vec::new();
    }
    // A worker hands its own keys on to its admin clients (`Worker.adminConfigs`).
    if client.kind == ConnectWorker && scopes.contains(&Scope::Admin) {
        return Vec::new();
    }
    scopes
}

fn whose(scope: Scope) -> &'static str {
    match scope {
        Scope::Producer => "producers",
        Scope::Consumer => "consumers",
        Scope::Admin => "admin clients",
        Scope::Streams => "Kafka Streams",
        Scope::ConnectDistributed | Scope::ConnectStandalone => "Connect workers",
        Scope::ConnectSource | Scope::ConnectSink => "connectors",
        Scope::MirrorMaker
        | Scope::MirrorSource
        | Scope::MirrorCheckpoint
        | Scope::MirrorHeartbeat => "MirrorMaker",
        Scope::Topic => "topics",
        Scope::Broker => "brokers",
    }
}

pub(in crate::facts) fn belongs_to<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |client, entry| {
        let mut names: Vec<&str> = elsewhere(view, client, entry)
            .into_iter()
            .map(whose)
            .collect();
        names.dedup();
        match names.as_slice() {
            [] => Fact::absent(),
            [one] => text(*one),
            [one, two] => text(format!("{one} and {two}")),
            [first, ..] => text(format!("{first} and others")),
        }
    })
}

/// Streams and Connect reach the clients inside them, and Streams its topics, by prefix.
pub(in crate::facts) fn right_place<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |client, entry| {
        let scopes = elsewhere(view, client, entry);
        let has = |scope| scopes.contains(&scope);
        let prefix = match client.kind {
            ClientKind::Streams if has(Scope::Topic) => "topic.",
            ClientKind::ConnectWorker if has(Scope::Producer) => "producer.",
            ClientKind::ConnectWorker if has(Scope::Consumer) => "consumer.",
            _ => return Fact::absent(),
        };
        let same = entry.setting.written == entry.setting.name;
        if same {
            text(format!("{prefix}{}", entry.name))
        } else {
            Fact::absent()
        }
    })
}
