//! Key and trust stores whose settings contradict each other, as `DefaultSslEngineFactory` finds it.

use super::on;
use crate::client::Entry;
use crate::connection::{Connection, Given};
use crate::facts::{Decl, decl, truth};
use crate::value::{Fact, Type, Value};
use crate::view::View;
use tunelint_base::{Entity, Location};

const ON: Entity = Entity::Setting;

pub(super) const FACTS: &[Decl] = &[
    decl(
        "setting.store_fault",
        ON,
        Type::Str,
        "What is wrong with the key or trust store that the key is about, as a client under TLS sees it",
        |view| on(view, |connection, _, entry| fault(&connection, entry)),
    ),
    decl(
        "setting.store_fault_certain",
        ON,
        Type::Bool,
        "Whether that is wrong whatever else is set in code",
        certain,
    ),
];

/// A contradiction, at the setting that is too many or lacks another.
struct Found<'m> {
    at: Entry<'m>,
    why: String,
    /// Whether a key that is not there could only be added to make it right.
    certain: bool,
}

fn found<'m>(connection: &Connection<'m>, entry: Entry<'m>) -> Option<Found<'m>> {
    if !entry.name.contains("ssl.") || connection.given("ssl.engine.factory.class").is_written() {
        return None;
    }
    let all = [key_store(connection), trust_store(connection)];
    all.into_iter()
        .flatten()
        .find(|found| std::ptr::eq(found.at.setting, entry.setting))
}

fn fault<'m>(connection: &Connection<'m>, entry: Entry<'m>) -> Fact<'m> {
    found(connection, entry).map_or_else(Fact::absent, |found| {
        let place = Location::new(entry.file, entry.setting.key_span);
        Fact::set(Value::str(found.why), place)
    })
}

fn certain<'m>(view: &View<'m>) -> Fact<'m> {
    on(view, |connection, _, entry| {
        let found = found(&connection, entry);
        truth(found.is_some_and(|found| found.certain), [])
    })
}

/// Puts together what is wrong at `key`; `lacks` is what the key that is missing is given as.
fn at<'m>(
    connection: &Connection<'m>,
    key: &str,
    why: impl Into<String>,
    lacks: Option<Given<'_>>,
) -> Option<Found<'m>> {
    Some(Found {
        at: connection.entry(key)?,
        why: why.into(),
        certain: lacks.is_none_or(|given| given == Given::Absent),
    })
}

/// Whether a type is PEM for certain. `None`: it cannot be told, or only by its letter case.
fn is_pem(given: Given<'_>) -> Option<bool> {
    match given {
        Given::Is("PEM") => Some(true),
        Given::Is(text) if text.eq_ignore_ascii_case("PEM") => None,
        Given::Is(_) | Given::Absent => Some(false),
        Given::Hidden | Given::Unseen => None,
    }
}

/// `createKeystore`.
fn key_store<'m>(connection: &Connection<'m>) -> Option<Found<'m>> {
    let given = |key: &str| connection.given(key);
    let (ty, key, chain) = (
        given("ssl.keystore.type"),
        given("ssl.keystore.key"),
        given("ssl.keystore.certificate.chain"),
    );
    let (location, password) = (
        given("ssl.keystore.location"),
        given("ssl.keystore.password"),
    );
    if key.is_written() {
        return if location.is_written() {
            let why = "it names a key store, and `ssl.keystore.key` holds the key already";
            at(connection, "ssl.keystore.location", why, None)
        } else if password.is_written() {
            let why = "a key in PEM has no store, and so no password of one; `ssl.key.password` is the key's own";
            at(connection, "ssl.keystore.password", why, None)
        } else if let (Some(false), Some(text)) = (is_pem(ty), ty.text()) {
            let why = format!("`ssl.keystore.key` holds PEM, and {text} is another type");
            at(connection, "ssl.keystore.type", why, None)
        } else if !ty.is_written() {
            let why = "it holds PEM, and the type of a key store is JKS unless `ssl.keystore.type=PEM` is set";
            at(connection, "ssl.keystore.key", why, Some(ty))
        } else if !chain.is_written() {
            let why = "it needs `ssl.keystore.certificate.chain`, too";
            at(connection, "ssl.keystore.key", why, Some(chain))
        } else {
            None
        };
    }
    if chain.is_written() {
        let why = "it needs `ssl.keystore.key`, too";
        return at(connection, "ssl.keystore.certificate.chain", why, Some(key));
    }
    // A blank location is refused for being blank.
    if location == Given::Is("") {
        return None;
    }
    match (location.is_written(), password.is_written()) {
        (true, true) if is_pem(ty) == Some(true) => {
            let why = "a PEM file has no password; `ssl.key.password` is that of the key in it";
            at(connection, "ssl.keystore.password", why, None)
        }
        (true, false) if is_pem(ty) != Some(true) && ty != Given::Hidden => {
            let why = "it needs `ssl.keystore.password`, too";
            at(connection, "ssl.keystore.location", why, Some(password))
        }
        (false, true) => {
            let why = "there is no `ssl.keystore.location` that it could open";
            at(connection, "ssl.keystore.password", why, Some(location))
        }
        _ => None,
    }
}

/// `createTruststore`. A store can be read without its password, a password needs a store.
fn trust_store<'m>(connection: &Connection<'m>) -> Option<Found<'m>> {
    let given = |key: &str| connection.given(key);
    let (ty, certificates) = (
        given("ssl.truststore.type"),
        given("ssl.truststore.certificates"),
    );
    let (location, password) = (
        given("ssl.truststore.location"),
        given("ssl.truststore.password"),
    );
    if certificates.is_written() {
        return if location.is_written() {
            let why = "it names a trust store, and `ssl.truststore.certificates` holds the certificates already";
            at(connection, "ssl.truststore.location", why, None)
        } else if password.is_written() {
            let why = "certificates in PEM have no store, and so no password";
            at(connection, "ssl.truststore.password", why, None)
        } else if let (Some(false), Some(text)) = (is_pem(ty), ty.text()) {
            let why =
                format!("`ssl.truststore.certificates` holds PEM, and {text} is another type");
            at(connection, "ssl.truststore.type", why, None)
        } else if !ty.is_written() {
            let why = "it holds PEM, and the type of a trust store is JKS unless `ssl.truststore.type=PEM` is set";
            at(connection, "ssl.truststore.certificates", why, Some(ty))
        } else {
            None
        };
    }
    if location == Given::Is("") {
        return None;
    }
    match (location.is_written(), password.is_written()) {
        (true, true) if is_pem(ty) == Some(true) => {
            let why = "certificates in PEM have no password";
            at(connection, "ssl.truststore.password", why, None)
        }
        (false, true) => {
            let why = "there is no `ssl.truststore.location` that it could open";
            at(connection, "ssl.truststore.password", why, Some(location))
        }
        _ => None,
    }
}
