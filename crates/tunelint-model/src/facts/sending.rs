//! Facts of how a producer batches, compresses, spreads and gives up records.

use super::producer::producer;
use super::{Decl, decl, effective, number, sized};
use crate::client::{ClientKind, Entry};
use crate::value::{Fact, Type, Value};
use crate::view::View;
use tunelint_base::{Entity, KafkaVersion, Location, Unit};
use tunelint_catalog::kafka;

pub(super) const FACTS: &[Decl] = &[
    decl(
        "client.unused_compression_level",
        Entity::Client,
        Type::Str,
        "A `compression.*.level` of a codec that is not the one in use",
        unused_level,
    ),
    decl(
        "producer.ignored_partitioner_key",
        Entity::Client,
        Type::Str,
        "A key of the built-in partitioner that another setting leaves without effect",
        ignored_partitioner_key,
    ),
    decl(
        "producer.ignored_partitioner_reason",
        Entity::Client,
        Type::Str,
        "The setting that leaves it without effect",
        ignored_partitioner_reason,
    ),
    sized(
        "producer.least_delivery_timeout",
        Entity::Client,
        Unit::Millis,
        "The least `delivery.timeout.ms` that the producer takes: `linger.ms` and `request.timeout.ms` together, at most 2147483647",
        least_delivery_timeout,
    ),
];

fn place(entry: Entry<'_>) -> Location {
    Location::new(entry.file, entry.setting.span)
}

/// `KafkaProducer.configureDeliveryTimeout` adds the two as long and cuts the sum to an int.
fn least_delivery_timeout<'m>(view: &View<'m>) -> Fact<'m> {
    let client = match producer(view) {
        Ok(client) => client,
        Err(unknown) => return unknown,
    };
    let mut sum: i64 = 0;
    let mut places = Vec::new();
    for key in ["linger.ms", "request.timeout.ms"] {
        let fact = effective::of_client(view, client, key);
        let Some(value) = fact.int() else {
            return Fact::unknown(key);
        };
        sum = sum.saturating_add(value);
        places.extend(fact.origin.location());
    }
    number(sum.min(i32::MAX.into()), places)
}

/// KIP-390: each codec has a level of its own, and only that of the codec in use is looked at.
fn unused_level<'m>(view: &View<'m>) -> Fact<'m> {
    let Some(client) = view.client else {
        return Fact::unknown("the client");
    };
    let fits = matches!(
        client.kind,
        ClientKind::Producer | ClientKind::Topic | ClientKind::Broker
    );
    if !fits {
        return Fact::absent();
    }
    let Value::Str(codec) = effective::of_client(view, client, "compression.type").value else {
        return Fact::unknown("compression.type");
    };
    let scope = client.kind.scopes()[0];
    let unused = ["gzip", "lz4", "zstd"].into_iter().find_map(|name| {
        let entry = client.entry(&format!("compression.{name}.level"))?;
        let key = kafka::find(scope, entry.name)?;
        let counts = codec == name || !key.exists_in(client.kafka);
        (!counts).then_some(entry)
    });
    unused.map_or_else(Fact::absent, |entry| {
        Fact::set(Value::str(entry.name), place(entry))
    })
}

/// The key and what overrules it. `KafkaProducer` asks a partitioner of the user's before all else,
/// and keeps the statistics that the other keys work with only for its own (KIP-794, 3.3).
fn ignored<'m>(view: &View<'m>) -> Result<Option<(Entry<'m>, Entry<'m>)>, Fact<'m>> {
    const OWN: [&str; 4] = [
        "partitioner.ignore.keys",
        "partitioner.adaptive.partitioning.enable",
        "partitioner.availability.timeout.ms",
        "partitioner.rack.aware",
    ];
    let client = producer(view)?;
    if client.kafka < KafkaVersion::new(3, 3) {
        return Ok(None);
    }
    let custom = client
        .entry("partitioner.class")
        .filter(|entry| !entry.setting.value.trim().is_empty());
    if let Some(custom) = custom {
        let scope = client.kind.scopes()[0];
        let known =
            |key: &&str| kafka::find(scope, key).is_some_and(|key| key.exists_in(client.kafka));
        let key = OWN
            .into_iter()
            .filter(known)
            .find_map(|key| client.entry(key));
        return Ok(key.map(|key| (key, custom)));
    }
    let adaptive = client
        .entry("partitioner.adaptive.partitioning.enable")
        .filter(|entry| {
            client
                .written(entry.name)
                .is_some_and(|value| value.eq_ignore_ascii_case("false"))
        });
    let timeout = client
        .entry("partitioner.availability.timeout.ms")
        .filter(|entry| client.written(entry.name) != Some("0"));
    Ok(timeout.zip(adaptive))
}

fn ignored_partitioner_key<'m>(view: &View<'m>) -> Fact<'m> {
    match ignored(view) {
        Ok(Some((key, by))) => {
            let mut fact = Fact::set(Value::str(&*key.setting.written), place(key));
            fact.parts = vec![(place(by), "this decides".to_owned())];
            fact
        }
        Ok(None) => Fact::absent(),
        Err(unknown) => unknown,
    }
}

fn ignored_partitioner_reason<'m>(view: &View<'m>) -> Fact<'m> {
    match ignored(view) {
        Ok(Some((_, by))) => super::text(format!(
            "{}={}",
            by.setting.written,
            by.setting.value.trim()
        )),
        Ok(None) => Fact::absent(),
        Err(unknown) => unknown,
    }
}
