//! Facts of a key over time: when it came, when it was deprecated, when it went.

use super::setting::with;
use super::{Decl, decl, text};
use crate::client::{Client, ClientKind, Entry, Target};
use crate::value::{Fact, Type};
use crate::view::View;
use tunelint_base::{Entity, KafkaVersion};
use tunelint_catalog::kafka::{self, Key, Scope, Successor};

const ON: Entity = Entity::Setting;

pub(super) const FACTS: &[Decl] = &[
    decl(
        "setting.added_in",
        ON,
        Type::Str,
        "The first version of Kafka that has the key, where this one does not have it yet",
        added,
    ),
    decl(
        "setting.advice",
        ON,
        Type::Str,
        "What to do about a key that is deprecated or gone, as a clause",
        advice,
    ),
    decl(
        "setting.deprecated_in",
        ON,
        Type::Str,
        "The version of Kafka that deprecated the key, where this one still has it",
        deprecated,
    ),
    decl(
        "setting.removed",
        ON,
        Type::Str,
        "Who removed the key, as a clause, where this version no longer has it",
        removed,
    ),
    decl(
        "setting.successor",
        ON,
        Type::Str,
        "The key, as it would be written here, that took the place of one that is deprecated or gone",
        successor,
    ),
];

/// The ConfigDefs that could have the key. MirrorMaker's file has a flow before its connectors' keys.
fn readers<'m>(client: &Client<'_>, view: &View<'m>, name: &'m str) -> Vec<Target<'m>> {
    if client.kind != ClientKind::MirrorMaker {
        return view.targets().to_vec();
    }
    let bare = match name
        .split_once("->")
        .and_then(|(_, rest)| rest.split_once('.'))
    {
        Some((_, bare)) => bare,
        None => name,
    };
    let scopes = [
        Scope::MirrorMaker,
        Scope::MirrorSource,
        Scope::MirrorCheckpoint,
        Scope::MirrorHeartbeat,
    ];
    let target = |scope| Target {
        scope,
        name: bare,
        key: kafka::find(scope, bare),
        parsed: false,
    };
    scopes.into_iter().map(target).collect()
}

/// The keys of those ConfigDefs that once were, where none of them has the key in this version. A
/// broker's file tells its age by such keys rather than being wrong about them.
fn bygone<'m>(client: &Client<'_>, view: &View<'m>, entry: Entry<'m>) -> Vec<Target<'m>> {
    if client.kind == ClientKind::Broker {
        return Vec::new();
    }
    let readers = readers(client, view, entry.name);
    let known = |target: &Target<'_>| target.key.is_some_and(|key| key.exists_in(client.kafka));
    if readers.iter().any(known) {
        return Vec::new();
    }
    let gone = |target: &Target<'_>| {
        target
            .key
            .is_some_and(|key| !key.internal && key.is_removed_in(client.kafka))
    };
    readers.into_iter().filter(gone).collect()
}

/// The reporter's own keys are in no ConfigDef; `JmxReporter` of 4.0 has no place for the old ones.
fn is_old_reporter_key(client: &Client<'_>, name: &str) -> bool {
    let name = name
        .rsplit_once("metrics.jmx.")
        .map_or("", |(_, last)| last);
    client.kafka >= KafkaVersion::new(4, 0) && matches!(name, "blacklist" | "whitelist")
}

fn removed<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |client, entry| {
        if is_old_reporter_key(client, entry.name) {
            return text("it was removed in 4.0");
        }
        let gone = bygone(client, view, entry);
        let when = gone.iter().filter_map(|target| target.key?.removed).max();
        let Some(when) = when else {
            return Fact::absent();
        };
        if when >= KafkaVersion::new(2, 4) {
            return text(format!("it was removed in {when}"));
        }
        // What librdkafka has too is told as its key; other software may own what a file for any
        // client says.
        if tunelint_catalog::librdkafka::find(entry.name).is_some()
            || client.kind == ClientKind::Client
        {
            return Fact::absent();
        }
        if when >= KafkaVersion::new(0, 11) {
            text(format!("it was removed in {when}"))
        } else {
            text("it belonged to the Scala clients, which were removed in 2.0")
        }
    })
}

/// The key that the file's own reader has, where that is deprecated and something can be done.
fn outdated<'m>(
    client: &Client<'_>,
    view: &View<'m>,
) -> Option<(&'static Key, &'static Successor)> {
    let mut known = view
        .targets()
        .iter()
        .filter_map(|target| target.key)
        .filter(|key| key.exists_in(client.kafka));
    let key = known
        .next()
        .filter(|key| key.is_deprecated_in(client.kafka))?;
    let successor = kafka::successor(key.scope, key.name())?;
    // Where both stand, which of them counts is the question, and another rule's.
    let both = successor
        .name
        .is_some_and(|name| client.entry(name).is_some());
    (!both && successor.advice.is_some()).then_some((key, successor))
}

fn deprecated<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |client, _| {
        let since = outdated(client, view).and_then(|(key, _)| key.deprecated_since);
        let oldest = kafka::VERSIONS.first().copied();
        since.map_or_else(Fact::absent, |since| {
            let before = if Some(since) == oldest {
                " or before"
            } else {
                ""
            };
            text(format!("{since}{before}"))
        })
    })
}

fn successor_of<'m>(
    client: &Client<'_>,
    view: &View<'m>,
    entry: Entry<'m>,
) -> Option<(&'static Successor, Option<&'static Key>)> {
    if let Some((key, successor)) = outdated(client, view) {
        let next = successor.name.and_then(|name| kafka::find(key.scope, name));
        return Some((successor, next));
    }
    if is_old_reporter_key(client, entry.name) {
        let at = entry.name.find("metrics.jmx.")?;
        return Some((kafka::successor(Scope::Producer, &entry.name[at..])?, None));
    }
    let gone = bygone(client, view, entry);
    gone.iter().find_map(|target| {
        let successor = kafka::successor(target.scope, target.name)?;
        let next = successor
            .name
            .and_then(|name| kafka::find(target.scope, name));
        Some((successor, next))
    })
}

fn advice<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |client, entry| {
        let found = successor_of(client, view, entry);
        let Some((advice, next)) = found.and_then(|(found, next)| Some((found.advice?, next)))
        else {
            return text("remove the line");
        };
        match next.and_then(|key| key.since) {
            Some(since) if since >= KafkaVersion::new(2, 5) => {
                text(format!("{advice}, which Kafka has since {since}"))
            }
            _ => text(advice),
        }
    })
}

/// Only where this version has the successor, and where the key stands as it is, so that the
/// name can be put in its place.
fn successor<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |client, entry| {
        let Some((found, next)) = successor_of(client, view, entry) else {
            return Fact::absent();
        };
        let Some(name) = found.name else {
            return Fact::absent();
        };
        let usable = next.is_none_or(|key| key.exists_in(client.kafka));
        let prefix = entry.setting.written.strip_suffix(found.key());
        match prefix.filter(|_| usable) {
            Some(prefix) => text(format!("{prefix}{name}")),
            None => Fact::absent(),
        }
    })
}

/// `config.providers` is in the ConfigDefs from 4.2, but every version reads it.
fn added<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |client, entry| {
        let keys = || view.targets().iter().filter_map(|target| target.key);
        let known =
            keys().any(|key| key.exists_in(client.kafka) || key.is_removed_in(client.kafka));
        if known || entry.name.ends_with("config.providers") {
            return Fact::absent();
        }
        let since = keys()
            .filter(|key| !key.internal)
            .filter_map(|key| key.since)
            .min();
        since.map_or_else(Fact::absent, |since| text(since.to_string()))
    })
}
