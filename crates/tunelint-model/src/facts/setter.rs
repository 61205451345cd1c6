//! Facts of a class that configures RocksDB for Kafka Streams.

use super::{Decl, decl, sized, text, truth};
use crate::client::{Client, ClientKind};
use crate::model::Setter;
use crate::rocksdb::{Bound, Tuning, calls};
use crate::value::{Fact, Type, Value};
use crate::view::View;
use tunelint_base::{Entity, Location, Origin, Unit};
use tunelint_java::{Argument, Const, Native, NativeKind, TableConfig};

const ON: Entity = Entity::ConfigSetter;

pub(super) const FACTS: &[Decl] = &[
    decl(
        "setter.bounds_missing",
        ON,
        Type::Str,
        "What of a bound for all instances is missing: a shared cache, a write buffer manager charged to it, index and filter blocks in it",
        missing,
    ),
    sized(
        "setter.cache.per_store",
        ON,
        Unit::Bytes,
        "The capacity of the block cache that the class makes for each RocksDB instance",
        per_store,
    ),
    decl(
        "setter.cache.shared",
        ON,
        Type::Bool,
        "Whether the block cache is one for all instances",
        shared,
    ),
    decl(
        "setter.cache.strict",
        ON,
        Type::Bool,
        "Whether the block cache refuses what goes beyond its capacity",
        strict,
    ),
    decl(
        "setter.class",
        ON,
        Type::Str,
        "The class, with its package",
        class,
    ),
    decl(
        "setter.closes_shared",
        ON,
        Type::Str,
        "A native object of all stores that `close` closes",
        closes_shared,
    ),
    decl(
        "setter.compression",
        ON,
        Type::Bool,
        "Whether it chooses a compression",
        |view| is_called(view, "setCompressionType"),
    ),
    decl(
        "setter.index_in_cache",
        ON,
        Type::Bool,
        "Whether index and filter blocks lie in the block cache",
        index_in_cache,
    ),
    decl(
        "setter.kafka",
        ON,
        Type::Str,
        "The version of Kafka Streams that it is used with, as text",
        |view| with(view, |setter| text(setter.kafka.to_string())),
    ),
    decl(
        "setter.kafka_version",
        ON,
        Type::Version,
        "The version of Kafka Streams that it is used with",
        version,
    ),
    decl(
        "setter.name",
        ON,
        Type::Str,
        "The class, without its package",
        name,
    ),
    decl(
        "setter.new_table_config",
        ON,
        Type::Str,
        "The `new BlockBasedTableConfig()` that is handed to the options",
        new_table,
    ),
    decl(
        "setter.new_table_config_always",
        ON,
        Type::Bool,
        "Whether that is done whatever store it is",
        new_table_always,
    ),
    decl(
        "setter.overflow",
        ON,
        Type::Str,
        "A product of `int`s that runs over",
        overflow,
    ),
    decl(
        "setter.overflow_value",
        ON,
        Type::Int,
        "What comes out of the product that runs over",
        overflow_value,
    ),
    decl(
        "setter.own_table_config",
        ON,
        Type::Str,
        "The expression for the table config that Streams made",
        own_table,
    ),
    decl(
        "setter.registered",
        ON,
        Type::Bool,
        "Whether a setting or code puts the class under `rocksdb.config.setter`",
        registered,
    ),
    decl(
        "setter.sources_configure_streams",
        ON,
        Type::Bool,
        "Whether the files hold the settings of a Streams application, none of them a class that cannot be seen",
        configured,
    ),
    decl(
        "setter.statistics",
        ON,
        Type::Bool,
        "Whether it sets a `Statistics` object of its own",
        |view| is_called(view, "setStatistics"),
    ),
    decl(
        "setter.unclosed",
        ON,
        Type::Strings,
        "Native objects that it makes for each instance and that nobody closes",
        |view| unclosed(view, |_| true),
    ),
    decl(
        "setter.unclosed_caches",
        ON,
        Type::Strings,
        "Caches among them",
        |view| unclosed(view, |native| native.kind == NativeKind::Cache),
    ),
    sized(
        "setter.write_buffers",
        ON,
        Unit::Bytes,
        "The write buffers of one RocksDB instance, where the class makes them more than Kafka Streams does",
        write_buffers,
    ),
];

fn with<'m>(view: &View<'m>, then: impl FnOnce(&'m Setter<'m>) -> Fact<'m>) -> Fact<'m> {
    view.setter
        .map_or_else(|| Fact::unknown("the config setter"), then)
}

fn name<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |setter| {
        Fact::set(Value::str(setter.name()), setter.anchor())
    })
}

fn class<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |setter| {
        Fact::set(Value::str(&*setter.facts.class), setter.anchor())
    })
}

fn version<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |setter| {
        Fact::new(
            Value::Int(setter.kafka.ordinal()),
            Origin::Derived(Vec::new()),
        )
    })
}

fn registered<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |setter| {
        truth(!setter.uses.is_empty(), setter.uses.first().copied())
    })
}

fn new_table<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |setter| {
        match setter.facts.table.as_ref().map(|table| table.config) {
            Some(TableConfig::New(span)) => {
                let place = setter.at(span);
                let mut fact = Fact::set(Value::str(view.model.text_at(place)), place);
                if let Some(table) = &setter.facts.table {
                    fact.parts.push((
                        setter.at(table.span),
                        "handed to the options here".to_owned(),
                    ));
                }
                fact
            }
            Some(TableConfig::Unknown) => Fact::unknown("the table config"),
            _ => Fact::absent(),
        }
    })
}

fn new_table_always<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |setter| {
        truth(
            setter
                .facts
                .table
                .as_ref()
                .is_some_and(|table| !table.conditional),
            [],
        )
    })
}

/// `(BlockBasedTableConfig) options.tableFormatConfig()`, in parentheses where a call follows.
fn own_table<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |setter| {
        let options = if setter.facts.options.is_empty() {
            "options"
        } else {
            &setter.facts.options
        };
        let cast = format!("(BlockBasedTableConfig) {options}.tableFormatConfig()");
        let Some(TableConfig::New(span)) = setter.facts.table.as_ref().map(|table| table.config)
        else {
            return text(cast);
        };
        let file = view
            .model
            .file(setter.file)
            .map_or("", |file| file.text.as_str());
        let chained = file
            .get(span.end as usize..)
            .is_some_and(|rest| rest.trim_start().starts_with('.'));
        text(if chained { format!("({cast})") } else { cast })
    })
}

fn block_cache<'m>(setter: &'m Setter<'m>) -> Result<&'m Native, Fact<'m>> {
    if calls(setter.facts, "setBlockCache").next().is_none() {
        return Err(Fact::absent());
    }
    setter
        .block_cache()
        .ok_or_else(|| Fact::unknown("where the block cache comes from"))
}

fn shared<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |setter| match block_cache(setter) {
        Ok(cache) => Fact::set(Value::Bool(cache.is_shared()), setter.at(cache.span)),
        Err(other) => other,
    })
}

fn per_store<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |setter| match block_cache(setter) {
        Ok(cache) if cache.is_shared() => Fact::absent(),
        Ok(cache) => {
            let capacity = cache
                .arguments
                .first()
                .and_then(|argument| argument.value.int());
            let value = capacity.map_or_else(|| Value::unknown("the cache's capacity"), Value::Int);
            Fact::set(value, setter.at(cache.span))
        }
        Err(other) => other,
    })
}

/// `new LRUCache(capacity, shardBits, strictCapacityLimit, …)`.
fn strict<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |setter| {
        let caches = setter
            .facts
            .natives
            .iter()
            .filter(|native| native.kind == NativeKind::Cache);
        let argument = |native: &Native| native.arguments.get(2).cloned();
        let found: Vec<Argument> = caches
            .filter(|native| native.class == "LRUCache")
            .filter_map(argument)
            .filter(|argument| argument.value.bool() == Some(true))
            .collect();
        found.first().map_or_else(
            || truth(false, []),
            |argument| Fact::set(Value::Bool(true), setter.at(argument.span)),
        )
    })
}

fn index_in_cache<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |setter| {
        let tuning = Tuning::of_setter(setter);
        let value = tuning.index_in_cache.value == 1;
        if !value && !tuning.is_plain {
            return Fact::unknown("what the config setter does");
        }
        truth(value, tuning.index_in_cache.place())
    })
}

fn missing<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |setter| {
        let tuning = Tuning::of_setter(setter);
        let mut missing = Vec::new();
        if tuning.bound == Bound::Nothing {
            missing.push("one static cache");
        }
        if tuning.bound != Bound::CacheAndBuffers {
            missing.push("a static WriteBufferManager charged to it");
        }
        if tuning.index_in_cache.value == 0 {
            missing.push("setCacheIndexAndFilterBlocks(true)");
        }
        match (missing.is_empty(), tuning.is_plain) {
            (true, _) => Fact::absent(),
            (false, true) => Fact::set(Value::str(missing.join(" and ")), setter.anchor()),
            (false, false) => Fact::unknown("what the config setter does"),
        }
    })
}

fn is_called<'m>(view: &View<'m>, method: &str) -> Fact<'m> {
    with(view, |setter| {
        let call = setter.facts.calls.iter().find(|call| call.method == method);
        match call {
            Some(call) => Fact::set(Value::Bool(true), setter.at(call.span)),
            None if setter.facts.hands_on => Fact::unknown("what the config setter does"),
            None => truth(false, []),
        }
    })
}

fn unclosed<'m>(view: &View<'m>, wanted: impl Fn(&Native) -> bool) -> Fact<'m> {
    with(view, |setter| {
        let all = setter.facts.natives.iter();
        let left: Vec<&Native> = all
            .filter(|native| !native.is_shared() && native.closed == Some(false) && wanted(native))
            .collect();
        if left.is_empty() {
            return Fact::absent();
        }
        let names = left
            .iter()
            .map(|native| Value::str(&*native.class))
            .collect();
        let close = setter
            .facts
            .close
            .as_ref()
            .map_or(setter.facts.name, |close| close.name);
        let mut fact = Fact::set(Value::List(names), setter.at(close));
        let part = |native: &&Native| {
            (
                setter.at(native.span),
                format!("this {} is never closed", native.class),
            )
        };
        fact.parts = left.iter().map(part).collect();
        fact
    })
}

fn closes_shared<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |setter| {
        let all = setter
            .facts
            .natives
            .iter()
            .filter(|native| native.is_shared());
        let mut closed = all.filter_map(|native| Some((native, native.closed_at?)));
        closed.next().map_or_else(Fact::absent, |(native, span)| {
            let mut fact = Fact::set(Value::str(&*native.class), setter.at(span));
            let made = "made once, for all stores".to_owned();
            fact.parts.push((setter.at(native.span), made));
            fact
        })
    })
}

/// The first argument in which `int` arithmetic runs over.
fn overflowing<'m>(setter: &'m Setter<'m>) -> Option<(Location, &'m Argument)> {
    let of_calls = setter.facts.calls.iter().flat_map(|call| &call.arguments);
    let of_natives = setter
        .facts
        .natives
        .iter()
        .flat_map(|native| &native.arguments);
    let first = of_calls
        .chain(of_natives)
        .filter(|argument| argument.overflows);
    let first = first.min_by_key(|argument| argument.span.start)?;
    Some((setter.at(first.span), first))
}

fn overflow<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |setter| {
        overflowing(setter).map_or_else(Fact::absent, |(place, _)| {
            Fact::set(Value::str(view.model.text_at(place)), place)
        })
    })
}

fn overflow_value<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |setter| match overflowing(setter) {
        Some((
            _,
            Argument {
                value: Const::Int(value),
                ..
            },
        )) => super::number(*value, []),
        _ => Fact::absent(),
    })
}

fn configured<'m>(view: &View<'m>) -> Fact<'m> {
    if view.model.options.no_link {
        return Fact::unknown("the other files");
    }
    let mut all = view.model.clients.iter();
    let is_streams = |client: &&Client<'_>| client.kind == ClientKind::Streams;
    let any = all.clone().any(|client| is_streams(&client));
    let hidden = all.any(|client| {
        let entry = client.entry("rocksdb.config.setter");
        is_streams(&client) && entry.is_some_and(|entry| client.hides(entry.setting))
    });
    truth(any && !hidden, [])
}

fn write_buffers<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |setter| {
        let tuning = Tuning::of_setter(setter);
        let usual = Tuning::streams(setter.kafka);
        let all = |tuning: &Tuning| {
            tuning
                .write_buffer
                .value
                .saturating_mul(tuning.write_buffers.value)
        };
        let place = tuning.write_buffer.place().or(tuning.write_buffers.place());
        match place.filter(|_| all(&tuning) > all(&usual)) {
            Some(place) => Fact::set(Value::Int(all(&tuning)), place),
            None => Fact::absent(),
        }
    })
}
