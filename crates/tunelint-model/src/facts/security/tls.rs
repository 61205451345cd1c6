//! Names of TLS versions, cipher suites and algorithms.

use super::on;
use crate::connection::{Answer, Connection, Given};
use crate::facts::setting::value_place;
use crate::facts::{Decl, decl, truth};
use crate::value::{Fact, Type, Value};
use crate::view::View;
use tunelint_base::Entity;

const ON: Entity = Entity::Setting;

pub(super) const FACTS: &[Decl] = &[
    decl(
        "setting.tls_value_refused",
        ON,
        Type::Str,
        "Why a client under TLS refuses the value of a `ssl.*` key",
        refused,
    ),
    decl(
        "setting.tls_versions_old",
        ON,
        Type::Str,
        "The versions of TLS and SSL in the value that Java no longer lets connect",
        |view| picked(view, &["ssl.enabled.protocols", "ssl.protocol"], is_old),
    ),
    decl(
        "setting.tls_versions_only_old",
        ON,
        Type::Bool,
        "Whether the value enables no other versions than those",
        |view| only(view, "ssl.enabled.protocols", is_old),
    ),
    decl(
        "setting.tls_versions_unknown",
        ON,
        Type::Str,
        "The names in a list of TLS versions that Java does not know",
        |view| picked(view, &["ssl.enabled.protocols"], is_unknown),
    ),
    decl(
        "setting.ciphers_weak",
        ON,
        Type::Str,
        "The cipher suites in the value that do not protect: without encryption or login, or with broken ciphers",
        |view| picked(view, &["ssl.cipher.suites"], is_weak),
    ),
    decl(
        "setting.ciphers_only_weak",
        ON,
        Type::Bool,
        "Whether the value enables no other cipher suites than those",
        |view| only(view, "ssl.cipher.suites", is_weak),
    ),
];

fn is_old(name: &str) -> bool {
    let old = [
        "SSLv2",
        "SSLv2Hello",
        "SSLv3",
        "TLSv1",
        "TLSv1.0",
        "TLSv1.1",
    ];
    old.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// `SSLParameters.setProtocols` takes the names in exactly this spelling.
fn is_unknown(name: &str) -> bool {
    let known = [
        "SSLv2Hello",
        "SSLv3",
        "TLSv1",
        "TLSv1.1",
        "TLSv1.2",
        "TLSv1.3",
    ];
    !known.contains(&name)
}

fn is_weak(suite: &str) -> bool {
    let name = suite.to_ascii_uppercase();
    let parts = [
        "_NULL_", "_ANON_", "_EXPORT", "_RC4_", "_DES_", "_DES40_", "_3DES_",
    ];
    parts.iter().any(|part| name.contains(part)) || name.ends_with("_MD5")
}

fn elements(value: &str) -> impl Iterator<Item = &str> {
    value
        .split(',')
        .map(str::trim)
        .filter(|name| !name.is_empty())
}

/// The elements of the value that `is` picks, of one of `keys`.
fn picked<'m>(view: &View<'m>, keys: &[&str], is: fn(&str) -> bool) -> Fact<'m> {
    on(view, |connection, bare, entry| {
        if !keys.contains(&bare) {
            return Fact::absent();
        }
        let Given::Is(value) = connection.given(bare) else {
            return Fact::absent();
        };
        let names: Vec<&str> = elements(value).filter(|name| is(name)).collect();
        if names.is_empty() {
            return Fact::absent();
        }
        Fact::set(Value::str(names.join(", ")), value_place(entry))
    })
}

fn only<'m>(view: &View<'m>, key: &str, is: fn(&str) -> bool) -> Fact<'m> {
    on(view, |connection, bare, _| {
        if bare != key {
            return truth(false, []);
        }
        let value = connection.given(bare).text().unwrap_or("");
        truth(
            elements(value).next().is_some() && elements(value).all(is),
            [],
        )
    })
}

/// Whether the client is one under TLS that refuses the value.
pub(in crate::facts) fn is_refused(view: &View<'_>) -> bool {
    let under_tls = on(view, |connection, _, _| {
        truth(connection.uses_tls() == Answer::Yes, [])
    });
    under_tls.value == Value::Bool(true) && refused(view).value.is_known()
}

/// What `SSLContext`, the factories of managers and the reader of stores do not take.
fn refused<'m>(view: &View<'m>) -> Fact<'m> {
    on(view, |connection, bare, entry| {
        if !bare.starts_with("ssl.") {
            return Fact::absent();
        }
        let given = connection.given(bare);
        if connection.given("ssl.engine.factory.class").is_written() {
            return Fact::absent();
        }
        let why = match (bare, given) {
            (
                "ssl.protocol"
                | "ssl.provider"
                | "ssl.keymanager.algorithm"
                | "ssl.trustmanager.algorithm"
                | "ssl.secure.random.implementation",
                Given::Is(""),
            ) => "there is no algorithm or provider of an empty name",
            ("ssl.keystore.location" | "ssl.truststore.location", Given::Is("")) => {
                "an empty path is no file"
            }
            ("ssl.protocol", Given::Is(name)) if is_no_context(&connection, name) => {
                "Java has no such protocol: it is TLSv1.3, TLSv1.2 or TLS"
            }
            _ => return Fact::absent(),
        };
        Fact::set(Value::str(why), value_place(entry))
    })
}

/// The names that `SSLContext.getInstance` finds without a further provider, in any letter case.
fn is_no_context(connection: &Connection<'_>, name: &str) -> bool {
    let known = [
        "TLS", "TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3", "SSL", "SSLv3", "DTLS", "DTLSv1.0",
        "DTLSv1.2", "Default",
    ];
    let more = ["ssl.provider", "security.providers"];
    // IBM's own provider has names such as `SSL_TLSv2`.
    !known.iter().any(|known| known.eq_ignore_ascii_case(name))
        && !name.starts_with("SSL_")
        && !more.iter().any(|key| connection.given(key).is_written())
}
