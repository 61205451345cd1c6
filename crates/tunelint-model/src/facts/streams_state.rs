//! Facts of the state that a Streams application keeps: its stores, its cache, its threads.

use super::streams::streams;
use super::{Decl, decl, sized};
use crate::client::Client;
use crate::model::{StoreKind, StoreSpec};
use crate::value::{Fact, Type, Value};
use crate::view::View;
use tunelint_base::origin::DefaultOf;
use tunelint_base::{Entity, KafkaVersion, Location, Origin, Unit};

const ON: Entity = Entity::Client;

pub(super) const FACTS: &[Decl] = &[
    sized(
        "streams.cache",
        ON,
        Unit::Bytes,
        "The record cache of the whole application instance: `statestore.cache.max.bytes` since 3.4, else `cache.max.bytes.buffering`",
        cache,
    ),
    sized(
        "streams.cache_share",
        ON,
        Unit::Bytes,
        "The part of the record cache that each stream thread gets",
        cache_share,
    ),
    decl(
        "streams.in_memory",
        ON,
        Type::Str,
        "The setting that makes the DSL keep its stores in memory instead of RocksDB",
        in_memory,
    ),
    decl(
        "streams.stateful",
        ON,
        Type::Bool,
        "Whether it is known to keep state of its own: stores in `[[workload]]`, or a RocksDB config setter",
        stateful,
    ),
    decl(
        "streams.threads",
        ON,
        Type::Int,
        "`num.stream.threads`",
        threads,
    ),
];

fn number<'m>(client: &Client<'m>, key: &str) -> Option<Fact<'m>> {
    let entry = client.entry(key)?;
    let value = client.written(key).and_then(|text| text.parse().ok());
    Some(Fact::set(
        value.map_or_else(|| Value::unknown(key.to_owned()), Value::Int),
        Location::new(entry.file, entry.setting.span),
    ))
}

fn default<'m>(client: &Client<'m>, value: i64) -> Fact<'m> {
    let origin = Origin::Default(DefaultOf::Kafka(client.kafka));
    Fact::new(Value::Int(value), origin)
}

/// `StreamsConfigUtils.totalCacheSize`: the new key wins where both are set.
fn cache<'m>(view: &View<'m>) -> Fact<'m> {
    let client = match streams(view) {
        Ok(client) => client,
        Err(unknown) => return unknown,
    };
    let new = (client.kafka >= KafkaVersion::new(3, 4))
        .then(|| number(client, "statestore.cache.max.bytes"))
        .flatten();
    new.or_else(|| number(client, "cache.max.bytes.buffering"))
        .unwrap_or_else(|| default(client, 10 << 20))
}

fn threads<'m>(view: &View<'m>) -> Fact<'m> {
    match streams(view) {
        Ok(client) => number(client, "num.stream.threads").unwrap_or_else(|| default(client, 1)),
        Err(unknown) => unknown,
    }
}

/// `KafkaStreams.getCacheSizePerThread`; a thread for global tables would get a share as well.
fn cache_share<'m>(view: &View<'m>) -> Fact<'m> {
    let (cache, threads) = (cache(view), threads(view));
    match (cache.int(), threads.int()) {
        (Some(bytes), Some(count)) if count > 0 => {
            Fact::new(Value::Int(bytes / count), Origin::Derived(Vec::new()))
        }
        _ => Fact::unknown("the record cache or the threads"),
    }
}

fn in_memory<'m>(view: &View<'m>) -> Fact<'m> {
    let client = match streams(view) {
        Ok(client) => client,
        Err(unknown) => return unknown,
    };
    let suppliers = client
        .written("dsl.store.suppliers.class")
        .is_some_and(|class| class.contains("InMemoryDslStoreSuppliers"));
    let store = client.written("default.dsl.store") == Some("in_memory");
    let since = |major, minor| client.kafka >= KafkaVersion::new(major, minor);
    let key = if suppliers && since(3, 7) {
        "dsl.store.suppliers.class"
    } else if store && since(3, 2) && client.entry("dsl.store.suppliers.class").is_none() {
        "default.dsl.store"
    } else {
        return Fact::absent();
    };
    client.entry(key).map_or_else(Fact::absent, |entry| {
        Fact::set(
            Value::str(key),
            Location::new(entry.file, entry.setting.span),
        )
    })
}

/// A global table is filled from its topic on every instance; no standby could help it.
fn is_own(store: &StoreSpec) -> bool {
    store.kind != StoreKind::Global
}

fn stateful<'m>(view: &View<'m>) -> Fact<'m> {
    let client = match streams(view) {
        Ok(client) => client,
        Err(unknown) => return unknown,
    };
    let model = view.model;
    let workload = view.workload.and_then(|(_, workload)| workload.spec);
    let spec = workload.and_then(|at| model.options.workloads.get(at));
    if let Some(spec) = spec.filter(|spec| spec.stores.iter().any(is_own)) {
        let place = spec.location.into_iter().collect();
        return Fact::derived(Value::Bool(true), place);
    }
    match client.entry("rocksdb.config.setter") {
        Some(entry) => Fact::set(
            Value::Bool(true),
            Location::new(entry.file, entry.setting.span),
        ),
        None => Fact::unknown("whether it keeps state"),
    }
}
