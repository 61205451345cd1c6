//! Facts of a producer that several keys decide together.

use super::{Decl, decl, effective, text, truth};
use crate::client::{Client, ClientKind};
use crate::value::{Fact, Type, Value};
use crate::view::View;
use tunelint_base::{Entity, KafkaVersion, Location, Origin};

pub(super) const FACTS: &[Decl] = &[
    decl(
        "producer.acks",
        Entity::Client,
        Type::Str,
        "The acknowledgements that the producer waits for: `all`, `1` or `0`; idempotence raises the default of clients before 3.0",
        acks,
    ),
    decl(
        "producer.idempotence_conflict",
        Entity::Client,
        Type::Str,
        "The setting that contradicts the idempotence that is asked for",
        conflict,
    ),
    decl(
        "producer.idempotence_reason",
        Entity::Client,
        Type::Str,
        "Why idempotence is off, where it is",
        reason,
    ),
    decl(
        "producer.idempotent",
        Entity::Client,
        Type::Bool,
        "Whether the producer is idempotent, by its settings or by default",
        idempotent,
    ),
];

pub(super) fn producer<'m>(view: &View<'m>) -> Result<&'m Client<'m>, Fact<'m>> {
    match view.client {
        Some(client) if client.kind == ClientKind::Producer => Ok(client),
        _ => Err(Fact::unknown("the producer")),
    }
}

/// KIP-679 made `all` the default in 3.0; before, `ProducerConfig.maybeOverrideAcksAndRetries`
/// raised an unset `acks` where idempotence or a transaction asked for it.
fn acks<'m>(view: &View<'m>) -> Fact<'m> {
    let client = match producer(view) {
        Ok(client) => client,
        Err(unknown) => return unknown,
    };
    let mut fact = effective::of_client(view, client, "acks");
    if client.entry("acks").is_none() && client.kafka < KafkaVersion::new(3, 0) {
        let asks = client
            .written("enable.idempotence")
            .is_some_and(|value| value.eq_ignore_ascii_case("true"))
            || client.entry("transactional.id").is_some()
            || in_exactly_once(view, client);
        if asks {
            fact = Fact::new(Value::str("all"), Origin::Override("idempotence".into()));
        }
    }
    if fact.value == Value::str("-1") {
        fact.value = Value::str("all");
    }
    fact
}

/// Whether it is the producer of exactly-once Streams, which sets `enable.idempotence` itself.
fn in_exactly_once(view: &View<'_>, client: &Client<'_>) -> bool {
    let streams = client.parent.and_then(|at| view.model.clients.get(at));
    streams.is_some_and(Client::is_exactly_once)
}

/// What switches idempotence off, with its place. `Ok(None)`: it is on.
fn off<'m>(view: &View<'m>) -> Result<Option<(String, Option<Location>)>, Fact<'m>> {
    let client = producer(view)?;
    if in_exactly_once(view, client) {
        return Ok(None);
    }
    let entry = |key: &str| {
        client
            .entry(key)
            .map(|entry| (entry, Location::new(entry.file, entry.setting.span)))
    };
    if let Some((found, place)) = entry("enable.idempotence") {
        return match found.setting.value.trim().to_ascii_lowercase().as_str() {
            _ if client.hides(found.setting) => {
                Err(Fact::unknown("enable.idempotence, behind a placeholder"))
            }
            "false" => Ok(Some((
                "`enable.idempotence` is false".to_owned(),
                Some(place),
            ))),
            _ => Ok(None),
        };
    }
    if entry("transactional.id").is_some() {
        return Ok(None);
    }
    let version = client.kafka;
    if version < KafkaVersion::new(3, 0) {
        return Ok(Some((
            format!("Kafka {version} does not switch it on by itself"),
            None,
        )));
    }
    // KAFKA-13598: 3.0.0 and 3.1.0 announced the default but did not act on it.
    if matches!(
        (version.major, version.minor, version.patch),
        (3, 0 | 1, Some(0))
    ) {
        return Ok(Some((
            format!("Kafka {version} does not act on its default (KAFKA-13598)"),
            None,
        )));
    }
    const IN_FLIGHT: &str = "max.in.flight.requests.per.connection";
    // From 4.0 on too many requests in flight are refused instead.
    let keys = if version < KafkaVersion::new(4, 0) {
        &["acks", "retries", IN_FLIGHT][..]
    } else {
        &["acks", "retries"]
    };
    for key in keys {
        if let Some((found, place)) = entry(key) {
            if client.hides(found.setting) {
                return Err(Fact::unknown(format!("{key}, behind a placeholder")));
            }
            let value = found.setting.value.trim();
            let number = value.parse::<i64>();
            let conflict = match *key {
                "acks" => ["0", "1"].contains(&value),
                "retries" => number == Ok(0),
                _ => number.is_ok_and(|count| count > 5),
            };
            if conflict {
                return Ok(Some((
                    format!("`{key}={value}` switches its default off"),
                    Some(place),
                )));
            }
        }
    }
    Ok(None)
}

fn idempotent<'m>(view: &View<'m>) -> Fact<'m> {
    match off(view) {
        Ok(found) => {
            let place = found.as_ref().and_then(|(_, place)| *place);
            place.map_or_else(
                || truth(found.is_none(), []),
                |place| Fact::set(Value::Bool(false), place),
            )
        }
        Err(unknown) => unknown,
    }
}

fn reason<'m>(view: &View<'m>) -> Fact<'m> {
    match off(view) {
        Ok(Some((reason, _))) => text(reason),
        Ok(None) => Fact::absent(),
        Err(unknown) => unknown,
    }
}

/// What `ProducerConfig.postProcessAndValidateIdempotenceConfigs` refuses (before 3.0.1 and 3.1.1
/// the producer's constructor did): idempotence asked for, by itself, by a transaction or by
/// exactly-once Streams, and a setting that rules it out.
fn conflict<'m>(view: &View<'m>) -> Fact<'m> {
    let client = match producer(view) {
        Ok(client) => client,
        Err(unknown) => return unknown,
    };
    let streams = client.parent.and_then(|at| view.model.clients.get(at));
    let guarantee = streams.and_then(|streams| streams.entry("processing.guarantee"));
    let exactly_once =
        guarantee.filter(|entry| entry.setting.value.trim().starts_with("exactly_once"));
    let entry = |key: &str| {
        client
            .entry(key)
            .map(|entry| (entry, Location::new(entry.file, entry.setting.span)))
    };
    let asked = match entry("enable.idempotence") {
        _ if exactly_once.is_some() => exactly_once.map(|entry| {
            let place = Location::new(entry.file, entry.setting.span);
            (Some(place), "exactly-once needs idempotence")
        }),
        Some((_, place))
            if client
                .written("enable.idempotence")
                .is_some_and(|v| v.eq_ignore_ascii_case("true")) =>
        {
            Some((Some(place), "idempotence is asked for here"))
        }
        _ => entry("transactional.id")
            .map(|(_, place)| (Some(place), "transactions need idempotence")),
    };
    let Some((asked_at, asked)) = asked else {
        return Fact::absent();
    };
    let off = |key: &str| match key {
        "acks" => client
            .written(key)
            .is_some_and(|value| matches!(value, "0" | "1")),
        "retries" => {
            client
                .written(key)
                .and_then(|value| value.parse::<i64>().ok())
                == Some(0)
        }
        "enable.idempotence" => client
            .written(key)
            .is_some_and(|value| value.eq_ignore_ascii_case("false")),
        _ => client
            .written(key)
            .and_then(|value| value.parse::<i64>().ok())
            .is_some_and(|count| count > 5),
    };
    let keys = [
        "enable.idempotence",
        "acks",
        "retries",
        "max.in.flight.requests.per.connection",
    ];
    let Some((found, place)) = keys.into_iter().filter(|key| off(key)).find_map(entry) else {
        return Fact::absent();
    };
    let value = format!("{}={}", found.setting.written, found.setting.value.trim());
    let mut fact = Fact::set(Value::str(value), place);
    fact.parts = asked_at
        .into_iter()
        .map(|place| (place, asked.to_owned()))
        .collect();
    fact
}
