//! Facts of a Streams application that several keys decide together.

use super::{Decl, decl, sized};
use crate::client::{Client, ClientKind};
use crate::value::{Fact, Type, Value};
use crate::view::View;
use tunelint_base::origin::DefaultOf;
use tunelint_base::{Entity, Location, Origin, Unit};

const ON: Entity = Entity::Client;

pub(super) const FACTS: &[Decl] = &[
    sized(
        "streams.commit_interval",
        ON,
        Unit::Millis,
        "`commit.interval.ms`; 100 ms by default under exactly-once, else 30 s",
        commit_interval,
    ),
    decl(
        "streams.rack_tag_without_value",
        ON,
        Type::Str,
        "A tag in `rack.aware.assignment.tags` for which no `client.tag.*` is set; empty where the list has an empty element",
        rack_tag,
    ),
    sized(
        "streams.transaction_timeout",
        ON,
        Unit::Millis,
        "`producer.transaction.timeout.ms`; 10 s by default in Streams",
        transaction_timeout,
    ),
];

/// The Streams application of the view: its client, or the one that its client is part of.
pub(super) fn streams<'m>(view: &View<'m>) -> Result<&'m Client<'m>, Fact<'m>> {
    let whole = view.client.map(|client| match client.parent {
        Some(at) => view.model.clients.get(at).unwrap_or(client),
        None => client,
    });
    match whole {
        Some(client) if client.kind == ClientKind::Streams => Ok(client),
        _ => Err(Fact::unknown("the Streams application")),
    }
}

/// A whole number that somebody wrote, else the default that Streams puts there.
fn number<'m>(client: &Client<'m>, key: &str, default: i64) -> Fact<'m> {
    let Some(entry) = client.entry(key) else {
        return Fact::new(
            Value::Int(default),
            Origin::Default(DefaultOf::Kafka(client.kafka)),
        );
    };
    let place = Location::new(entry.file, entry.setting.span);
    let value = client.written(key).and_then(|text| text.parse().ok());
    Fact::set(
        value.map_or_else(|| Value::unknown(key.to_owned()), Value::Int),
        place,
    )
}

/// `StreamsConfig.postProcessParsedConfig`.
fn commit_interval<'m>(view: &View<'m>) -> Fact<'m> {
    let client = match streams(view) {
        Ok(client) => client,
        Err(unknown) => return unknown,
    };
    let exactly_once = client.is_exactly_once();
    number(
        client,
        "commit.interval.ms",
        if exactly_once { 100 } else { 30_000 },
    )
}

/// `StreamsConfig.verifyEOSTransactionTimeoutCompatibility` looks at the prefixed key only.
fn transaction_timeout<'m>(view: &View<'m>) -> Fact<'m> {
    match streams(view) {
        Ok(client) => number(client, "producer.transaction.timeout.ms", 10_000),
        Err(unknown) => unknown,
    }
}

fn rack_tag<'m>(view: &View<'m>) -> Fact<'m> {
    let client = match streams(view) {
        Ok(client) => client,
        Err(unknown) => return unknown,
    };
    let Some(entry) = client.entry("rack.aware.assignment.tags") else {
        return Fact::absent();
    };
    if client.hides(entry.setting) {
        return Fact::unknown("rack.aware.assignment.tags, behind a placeholder");
    }
    // The list's reader keeps an empty element, which has no value either.
    let value = entry.setting.value.trim();
    let tags = value.split(',').map(str::trim);
    let mut missing = tags.filter(|tag| client.entry(&format!("client.tag.{tag}")).is_none());
    let missing = missing.next().filter(|_| !value.is_empty());
    let place = Location::new(entry.file, entry.setting.span);
    missing.map_or_else(Fact::absent, |tag| {
        Fact::set(Value::str(tag.to_owned()), place)
    })
}
