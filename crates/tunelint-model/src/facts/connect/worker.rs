//! Facts of a Connect worker.

use super::{elements, of, place};
use crate::client::{Client, ClientKind, Place};
use crate::facts::{Decl, decl, text, truth};
use crate::value::{Fact, Type, Value};
use tunelint_base::Entity;

const ON: Entity = Entity::Client;

pub(super) const FACTS: &[Decl] = &[
    decl(
        "worker.insecure_clients",
        ON,
        Type::Str,
        "Whose protocol is not set though the worker's own is: producers, consumers, or producers and consumers",
        |view| of(view, ClientKind::ConnectWorker, insecure_clients),
    ),
    decl(
        "worker.listener_fault",
        ON,
        Type::Str,
        "An address in `listeners` or `admin.listeners` that the REST server does not take",
        |view| {
            of(view, ClientKind::ConnectWorker, |client| {
                listener(client, |url| url_of(url).is_none())
            })
        },
    ),
    decl(
        "worker.mode",
        ON,
        Type::Str,
        "How the worker keeps its state: distributed, in topics, or standalone, in a file",
        |view| of(view, ClientKind::ConnectWorker, mode),
    ),
    decl(
        "worker.plain_listener",
        ON,
        Type::Str,
        "An address at which the REST interface answers without TLS",
        |view| of(view, ClientKind::ConnectWorker, plain_listener),
    ),
    decl(
        "worker.producer_untuned",
        ON,
        Type::Bool,
        "Whether nothing is set for the batches of source connectors' producers",
        |view| of(view, ClientKind::ConnectWorker, producer_untuned),
    ),
    decl(
        "worker.shared_topic",
        ON,
        Type::Str,
        "A topic that is to hold two of configurations, offsets and statuses",
        |view| of(view, ClientKind::ConnectWorker, shared_topic),
    ),
    decl(
        "worker.signature_missing",
        ON,
        Type::Str,
        "The algorithm by which the worker signs its requests, where it does not accept it itself",
        |view| of(view, ClientKind::ConnectWorker, signature),
    ),
];

fn mode<'m>(client: &'m Client<'m>) -> Fact<'m> {
    let file = client.entry("offset.storage.file.filename");
    let topics = ["config.storage.topic", "offset.storage.topic", "group.id"];
    let in_topics = topics.iter().any(|key| client.entry(key).is_some());
    match file {
        Some(entry) if !in_topics => Fact::set(Value::str("standalone"), place(entry)),
        _ if in_topics || client.entry("connect.protocol").is_some() => text("distributed"),
        _ => Fact::unknown("how the worker keeps its state"),
    }
}

/// Whether it stands in a custom resource, to which an operator adds what it thinks right.
fn is_of_operator(client: &Client<'_>) -> bool {
    matches!(client.facts.place, Place::Section(_))
}

/// `Worker.baseProducerConfigs` and `baseConsumerConfigs` take the worker's addresses and what
/// stands behind their prefix, nothing else. An operator sets all three alike.
fn insecure_clients<'m>(client: &'m Client<'m>) -> Fact<'m> {
    let Some(entry) = client.entry("security.protocol") else {
        return Fact::absent();
    };
    let Some(protocol) = client.written("security.protocol") else {
        return Fact::unknown("security.protocol, behind a placeholder");
    };
    let lacks = |key: &str| client.entry(key).is_none();
    let whose = match (
        lacks("producer.security.protocol"),
        lacks("consumer.security.protocol"),
    ) {
        _ if protocol.eq_ignore_ascii_case("PLAINTEXT") => return Fact::absent(),
        _ if is_of_operator(client) => return Fact::absent(),
        (true, true) => "producers and consumers",
        (true, false) => "producers",
        (false, true) => "consumers",
        (false, false) => return Fact::absent(),
    };
    Fact::set(Value::str(whose), place(entry))
}

/// Scheme, host and port of a listener: `RestServer.createConnector` takes `http://` and
/// `https://` in any letter case, and wants a port.
fn url_of(text: &str) -> Option<(String, &str, &str)> {
    let (scheme, rest) = text.split_once("://")?;
    let (host, port) = rest.rsplit_once(':')?;
    let host = host.strip_prefix('[').unwrap_or(host);
    let host = host.strip_suffix(']').unwrap_or(host);
    let is_host = |c: char| c.is_ascii_alphanumeric() || "-%._:".contains(c);
    let digits = port.strip_prefix('-').unwrap_or(port);
    let scheme = scheme.to_ascii_lowercase();
    let is_whole = matches!(scheme.as_str(), "http" | "https")
        && host.chars().all(is_host)
        && !digits.is_empty()
        && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_whole.then_some((scheme, host, port))
}

/// The first listener that `is` picks.
fn listener<'m>(client: &'m Client<'m>, is: impl Fn(&str) -> bool) -> Fact<'m> {
    for key in ["listeners", "admin.listeners"] {
        let (Some(entry), Some(value)) = (client.entry(key), client.written(key)) else {
            continue;
        };
        if let Some(found) = elements(value).find(|element| is(element)) {
            return Fact::set(Value::str(found), place(entry));
        }
    }
    Fact::absent()
}

fn plain_listener<'m>(client: &'m Client<'m>) -> Fact<'m> {
    let is_plain = |url: &str| {
        let local = ["localhost", "127.0.0.1", "::1"];
        url_of(url).is_some_and(|(scheme, host, _)| scheme == "http" && !local.contains(&host))
    };
    match client.entry("listeners") {
        Some(entry) if client.hides(entry.setting) => {
            Fact::unknown("listeners, behind a placeholder")
        }
        Some(_) => listener(client, is_plain),
        None if client.entry("rest.host.name").is_some() || is_of_operator(client) => {
            Fact::unknown("where the REST interface listens")
        }
        None => text("http://:8083"),
    }
}

fn producer_untuned<'m>(client: &'m Client<'m>) -> Fact<'m> {
    let keys = [
        "producer.batch.size",
        "producer.linger.ms",
        "producer.compression.type",
    ];
    truth(keys.iter().all(|key| client.entry(key).is_none()), [])
}

fn shared_topic<'m>(client: &'m Client<'m>) -> Fact<'m> {
    let keys = [
        "config.storage.topic",
        "offset.storage.topic",
        "status.storage.topic",
    ];
    for (at, key) in keys.iter().enumerate() {
        let Some(topic) = client.written(key).filter(|topic| !topic.is_empty()) else {
            continue;
        };
        let again = keys[at + 1..]
            .iter()
            .find(|other| client.written(other) == Some(topic));
        if let Some(other) = again.and_then(|other| client.entry(other)) {
            let mut fact = Fact::set(Value::str(topic), place(other));
            let first = client.entry(key).map(place);
            fact.parts = first
                .map(|place| (place, "the same topic".to_owned()))
                .into_iter()
                .collect();
            return fact;
        }
    }
    Fact::absent()
}

/// `DistributedConfig.validateInterWorkerKeyConfigs` compares the names as they are written.
fn signature<'m>(client: &'m Client<'m>) -> Fact<'m> {
    const SIGN: &str = "inter.worker.signature.algorithm";
    const VERIFY: &str = "inter.worker.verification.algorithms";
    const DEFAULT: &str = "HmacSHA256";
    let given = |key: &str| match client.entry(key) {
        Some(entry) if client.hides(entry.setting) => None,
        Some(entry) => Some((entry.setting.value.trim(), Some(place(entry)))),
        None => Some((DEFAULT, None)),
    };
    let (Some((sign, at)), Some((verify, other))) = (given(SIGN), given(VERIFY)) else {
        return Fact::unknown("an algorithm behind a placeholder");
    };
    let accepted = elements(verify).any(|algorithm| algorithm == sign);
    match at.or(other) {
        Some(place) if !accepted && !sign.is_empty() && !verify.is_empty() => {
            Fact::set(Value::str(sign), place)
        }
        _ => Fact::absent(),
    }
}
