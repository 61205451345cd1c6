//! Facts of what encrypts a connection and of what logs in on it.

use super::setting::with;
use super::{Decl, decl, text, truth};
use crate::client::{Client, ClientKind, Entry};
use crate::connection::{Answer, Connection, Given};
use crate::value::{Fact, Type, Value};
use crate::view::View;
use tunelint_base::Entity;

mod login;
mod oauth;
mod stores;
pub(super) mod tls;

const ON: Entity = Entity::Setting;

/// All of them, by module.
pub(super) const TABLES: [&[Decl]; 5] =
    [FACTS, login::FACTS, oauth::FACTS, stores::FACTS, tls::FACTS];

const FACTS: &[Decl] = &[
    decl(
        "setting.bare",
        ON,
        Type::Str,
        "The key as the client that it is for knows it: without `producer.`, `main.consumer.`, `producer.override.`",
        |view| on(view, |_, bare, _| text(bare)),
    ),
    decl(
        "setting.mechanism",
        ON,
        Type::Str,
        "`sasl.mechanism` of the connection that the key is for, where somebody wrote it",
        |view| on(view, |connection, _, _| mechanism(&connection)),
    ),
    decl(
        "setting.trust_store_given",
        ON,
        Type::Bool,
        "Whether the connection that the key is for has certificates of its own to trust",
        trust_store,
    ),
    decl(
        "setting.unused_for",
        ON,
        Type::Str,
        "What the key and its kin are for, TLS or SASL, where the connection uses no such thing; only for the first of them",
        unused,
    ),
    decl(
        "setting.uses_sasl",
        ON,
        Type::Str,
        "Whether the connection that the key is for logs in by SASL: yes, no or unseen",
        |view| {
            on(view, |connection, _, _| {
                text(connection.uses_sasl().as_str())
            })
        },
    ),
    decl(
        "setting.uses_tls",
        ON,
        Type::Str,
        "Whether the connection that the key is for is encrypted: yes, no or unseen",
        |view| {
            on(view, |connection, _, _| {
                text(connection.uses_tls().as_str())
            })
        },
    ),
];

/// Asks about the connection that the setting of the view is for.
fn on<'m>(
    view: &View<'m>,
    then: impl FnOnce(Connection<'m>, &'m str, Entry<'m>) -> Fact<'m>,
) -> Fact<'m> {
    with(view, |client, entry| {
        match Connection::of(client, &entry, view.targets()) {
            Some((connection, bare)) => then(connection, bare, entry),
            None => Fact::absent(),
        }
    })
}

fn mechanism<'m>(connection: &Connection<'m>) -> Fact<'m> {
    match connection.given("sasl.mechanism") {
        Given::Is(value) => match connection.place("sasl.mechanism") {
            Some(place) => Fact::set(Value::str(value), place),
            None => text(value),
        },
        Given::Hidden => Fact::unknown("sasl.mechanism, behind a placeholder"),
        Given::Absent | Given::Unseen => Fact::absent(),
    }
}

fn trust_store<'m>(view: &View<'m>) -> Fact<'m> {
    let keys = [
        "ssl.truststore.location",
        "ssl.truststore.certificates",
        "ssl.engine.factory.class",
    ];
    on(view, |connection, _, _| {
        truth(
            keys.iter().any(|key| connection.given(key).is_written()),
            [],
        )
    })
}

/// Kinds whose `ssl.*` and `sasl.*` are for the connection to Kafka and for nothing else.
fn is_plain_client(client: &Client<'_>) -> bool {
    matches!(
        client.kind,
        ClientKind::Producer
            | ClientKind::Consumer
            | ClientKind::Admin
            | ClientKind::Client
            | ClientKind::Streams
    )
}

/// A schema registry's client may borrow the login of the connection to Kafka.
fn lends_login(client: &Client<'_>) -> bool {
    client
        .settings
        .iter()
        .any(|entry| entry.name.ends_with("auth.credentials.source"))
}

fn unused<'m>(view: &View<'m>) -> Fact<'m> {
    on(view, |connection, bare, entry| {
        let Some(client) = view.client.filter(|client| is_plain_client(client)) else {
            return Fact::absent();
        };
        let (prefix, what, used) = if bare.starts_with("ssl.") {
            ("ssl.", "TLS", connection.uses_tls())
        } else if bare.starts_with("sasl.") {
            ("sasl.", "SASL", connection.uses_sasl())
        } else {
            return Fact::absent();
        };
        let protocols = client
            .settings
            .iter()
            .filter(|other| other.name.ends_with("security.protocol"));
        let first = client
            .settings
            .iter()
            .find(|other| other.name.starts_with(prefix));
        let is_first = first.is_some_and(|first| std::ptr::eq(first.setting, entry.setting));
        if used == Answer::No && is_first && protocols.count() == 1 && !lends_login(client) {
            text(what)
        } else {
            Fact::absent()
        }
    })
}
