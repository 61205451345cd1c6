//! Facts of where a key belongs: to another client, behind another prefix, to librdkafka.

use super::setting::with;
use super::{Decl, decl, text, truth};
use crate::client::{Client, ClientKind, Entry, Place};
use crate::librdkafka::is_java_only;
use crate::value::{Fact, Type};
use crate::view::View;
use tunelint_base::Entity;
use tunelint_catalog::kafka;
use tunelint_catalog::kafka::prefixes::{self, Host};
use tunelint_catalog::librdkafka::{self, Key as LibrdkafkaKey};

mod foreign;

pub(super) const FACTS: &[Decl] = &[
    decl(
        "client.kind_stated",
        Entity::Client,
        Type::Bool,
        "Whether a directive, a section or a Kubernetes object says what it is for, so that its keys need not",
        kind_stated,
    ),
    decl(
        "setting.belongs_to",
        Entity::Setting,
        Type::Str,
        "Whose key it is, where it is certainly not one of this client",
        foreign::belongs_to,
    ),
    decl(
        "setting.java_advice",
        Entity::Setting,
        Type::Str,
        "What a Java client has instead of a key of librdkafka, as a clause",
        java_advice,
    ),
    decl(
        "setting.java_name",
        Entity::Setting,
        Type::Str,
        "The Java clients' key, as it would be written here, that means the same as this one of librdkafka",
        java_name,
    ),
    decl(
        "setting.librdkafka_advice",
        Entity::Setting,
        Type::Str,
        "What librdkafka has instead of a key of the Java clients, as a clause",
        librdkafka_advice,
    ),
    decl(
        "setting.near_prefix",
        Entity::Setting,
        Type::Str,
        "The key with the prefix that was probably meant, where the written one is unknown",
        near_prefix,
    ),
    decl(
        "setting.of_java",
        Entity::Setting,
        Type::Bool,
        "Whether the key is one of the Java clients in a file for librdkafka, which lacks it",
        of_java,
    ),
    decl(
        "setting.of_librdkafka",
        Entity::Setting,
        Type::Bool,
        "Whether the key is one of librdkafka in a file for a Java client, which lacks it",
        of_librdkafka,
    ),
    decl(
        "setting.right_place",
        Entity::Setting,
        Type::Str,
        "The key with the prefix that leads to the client whose key it is",
        foreign::right_place,
    ),
];

/// Whether somebody said what the configuration is for. Otherwise its own keys were the evidence.
fn is_stated(view: &View<'_>, client: &Client<'_>) -> bool {
    let directive = view
        .model
        .file(client.file)
        .and_then(|file| file.facts.directives.kind.flatten());
    let said = client.facts.place == Place::File && directive == Some(client.kind);
    said || client.facts.framework().is_some() || client.facts.why.starts_with("it is ")
}

fn kind_stated<'m>(view: &View<'m>) -> Fact<'m> {
    view.client
        .map_or_else(Fact::absent, |client| truth(is_stated(view, client), []))
}

/// A key of librdkafka alone, in the configuration of a Java client. Its names without a dot are
/// words that anybody may use.
fn from_librdkafka<'m>(
    view: &View<'m>,
    client: &Client<'_>,
    entry: Entry<'m>,
) -> Option<(&'static LibrdkafkaKey, &'m str)> {
    use ClientKind::{Admin, ConnectWorker, Connector, Consumer, Producer, Streams};
    let java = matches!(
        client.kind,
        Producer | Consumer | Admin | Streams | ConnectWorker | Connector
    );
    let prefixed = view.targets().first().map(|target| target.name);
    let name = prefixed.unwrap_or(entry.name);
    let known = view.targets().iter().any(|target| {
        target.key.is_some_and(|key| {
            key.exists_in(client.kafka) || key.since.is_some_and(|v| v.major > 2)
        })
    });
    // A connector's own keys may have any name.
    let foreign = client.kind == ClientKind::Connector && prefixed.is_none();
    if !java || known || foreign || !name.contains('.') {
        return None;
    }
    let key = librdkafka::find(name)?;
    (key.java != Some(key.name)).then_some((key, name))
}

fn of_librdkafka<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |client, entry| {
        truth(from_librdkafka(view, client, entry).is_some(), [])
    })
}

fn java_name<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |client, entry| {
        let found = from_librdkafka(view, client, entry);
        let Some((java, name)) = found.and_then(|(key, name)| Some((key.java?, name))) else {
            return Fact::absent();
        };
        match entry.setting.written.strip_suffix(name) {
            Some(prefix) => text(format!("{prefix}{java}")),
            None => Fact::absent(),
        }
    })
}

fn java_advice<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |client, entry| {
        let Some((key, _)) = from_librdkafka(view, client, entry) else {
            return Fact::absent();
        };
        text(match (key.java, key.instead) {
            (Some(java), _) => format!("the Java clients call it `{java}`"),
            (None, Some(instead)) => format!("the Java clients have {instead} for that"),
            (None, None) => "the Java clients have nothing like it: remove the line".to_owned(),
        })
    })
}

/// A key that only the Java clients have, in a configuration for librdkafka.
fn from_java<'m>(client: &Client<'_>, entry: Entry<'m>) -> Option<&'m str> {
    let foreign = client.kind == ClientKind::Librdkafka && is_java_only(entry.name);
    foreign.then_some(entry.name)
}

fn of_java<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |client, entry| {
        truth(from_java(client, entry).is_some(), [])
    })
}

fn librdkafka_advice<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |client, entry| {
        let Some(name) = from_java(client, entry) else {
            return Fact::absent();
        };
        let keys: Vec<String> = librdkafka::for_java(name)
            .map(|key| format!("`{}`", key.name))
            .collect();
        match keys.split_last() {
            None => text("librdkafka has nothing like it: remove the line"),
            Some((last, [])) => text(format!("librdkafka has {last} for that")),
            Some((last, rest)) => {
                let rest = rest.join(", ");
                text(format!("librdkafka has {rest} and {last} for that"))
            }
        }
    })
}

/// The file that a key stands in, as far as prefixes go.
fn host(kind: ClientKind) -> Option<Host> {
    Some(match kind {
        ClientKind::Streams => Host::Streams,
        ClientKind::ConnectWorker => Host::ConnectWorker,
        ClientKind::Connector => Host::Connector,
        _ => return None,
    })
}

/// `comsumer.max.poll.records`: a known key behind what is nearly a prefix.
fn near_prefix<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |client, entry| {
        let known = view.targets().iter().any(|target| target.key.is_some())
            || kafka::scopes_of(entry.name).next().is_some();
        let Some(host) = host(client.kind).filter(|_| !known) else {
            return Fact::absent();
        };
        let near = prefixes::nearest(host, entry.name, client.kafka);
        let same = entry.setting.written == entry.setting.name;
        match near.filter(|_| same) {
            Some((prefix, rest)) => text(format!("{}{rest}", prefix.text)),
            None => Fact::absent(),
        }
    })
}
