//! Facts of a key in a Streams application's file: whose it is, and what Streams makes of it.

use super::setting::{value_place, with};
use super::{Decl, decl, text, truth};
use crate::client::{Client, ClientKind};
use crate::embedded::{overwritten, split};
use crate::value::{Fact, Type, Value};
use crate::view::View;
use tunelint_base::{Entity, KafkaVersion, Location};
use tunelint_catalog::kafka::embedded;

const ON: Entity = Entity::Setting;

pub(super) const FACTS: &[Decl] = &[
    decl(
        "setting.other_cluster",
        ON,
        Type::Bool,
        "In a Streams file whether it sends one of the clients inside to another cluster than the rest",
        other_cluster,
    ),
    decl(
        "setting.streams_key",
        ON,
        Type::Str,
        "In a Streams file the key without `main.consumer.`, `producer.` and the like",
        key,
    ),
    decl(
        "setting.streams_logs",
        ON,
        Type::Bool,
        "Whether Streams says in its log that it overwrites the value",
        logs,
    ),
    decl(
        "setting.streams_prefix",
        ON,
        Type::Str,
        "In a Streams file the prefix of the key without its dot: main.consumer, restore.consumer, global.consumer, consumer, producer, admin; empty where it has none",
        prefix,
    ),
    decl(
        "setting.streams_value",
        ON,
        Type::Str,
        "What Streams puts in the place of the value, where that is something else",
        value,
    ),
];

/// The Streams application and a key of it.
fn of<'m>(view: &View<'m>, then: impl FnOnce(&'m Client<'m>, &'m str) -> Fact<'m>) -> Fact<'m> {
    with(view, |client, entry| {
        if client.kind == ClientKind::Streams {
            then(client, entry.name)
        } else {
            Fact::absent()
        }
    })
}

fn key<'m>(view: &View<'m>) -> Fact<'m> {
    of(view, |_, name| text(split(name).1))
}

fn prefix<'m>(view: &View<'m>) -> Fact<'m> {
    of(view, |_, name| text(split(name).0.trim_end_matches('.')))
}

fn value<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |client, entry| {
        let Some(put) = overwritten(client, entry.name) else {
            return Fact::absent();
        };
        let shown = match put {
            embedded::Value::Literal(literal) => literal,
            embedded::Value::Key(key) => match client.entry(key) {
                Some(other) if client.hides(other.setting) => {
                    return Fact::unknown(format!("{key}, behind a placeholder"));
                }
                Some(other) => other.setting.value.trim(),
                None => return Fact::unknown(key),
            },
            embedded::Value::Computed => "a value of its own",
            embedded::Value::Absent => "nothing",
        };
        if client.hides(entry.setting) {
            return Fact::unknown("a value behind a placeholder");
        }
        let same = entry.setting.value.trim().eq_ignore_ascii_case(shown);
        if same {
            Fact::absent()
        } else {
            Fact::set(Value::str(shown), value_place(entry))
        }
    })
}

/// What `StreamsConfig.checkIfUnexpectedUserSpecifiedClientConfig` looks at, by version.
fn logs<'m>(view: &View<'m>) -> Fact<'m> {
    of(view, |client, name| {
        let since = |major, minor| client.kafka >= KafkaVersion::new(major, minor);
        let (prefix, key) = split(name);
        let told = match key {
            "enable.auto.commit" | "isolation.level" | "enable.idempotence" => true,
            "transactional.id" => since(2, 6),
            "allow.auto.create.topics" => since(4, 2),
            // From 4.1 on the wider forms are dropped before anything looks at them.
            "group.protocol" if matches!(prefix, "" | "consumer.") => since(4, 0) && !since(4, 1),
            "group.protocol" => since(4, 2),
            _ => false,
        };
        truth(told, [])
    })
}

/// `main.consumer.`, `restore.consumer.`, `global.consumer.` and `admin.` win over the application's
/// own addresses; `consumer.` and `producer.` do not.
fn other_cluster<'m>(view: &View<'m>) -> Fact<'m> {
    of(view, |client, name| {
        let (prefix, key) = split(name);
        let wins = matches!(
            prefix,
            "main.consumer." | "restore.consumer." | "global.consumer." | "admin."
        );
        let (Some(entry), Some(top)) = (client.entry(name), client.entry("bootstrap.servers"))
        else {
            return truth(false, []);
        };
        if key != "bootstrap.servers" || !wins || entry.setting.value.trim().is_empty() {
            return truth(false, []);
        }
        if client.hides(entry.setting) || client.hides(top.setting) {
            return Fact::unknown("bootstrap.servers, behind a placeholder");
        }
        let hosts = |text: &str| {
            let mut all: Vec<String> = text.split(',').map(|host| host.trim().to_owned()).collect();
            all.sort();
            all
        };
        let differs = hosts(&entry.setting.value) != hosts(&top.setting.value);
        let mut fact = Fact::set(Value::Bool(differs), value_place(entry));
        let place = Location::new(top.file, top.setting.span);
        fact.parts = vec![(place, "the application's own cluster".to_owned())];
        fact
    })
}
