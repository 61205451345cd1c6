//! What the options come to: the heap, the collector, and what else the JVM takes.

use super::with;
use crate::facts::{Decl, decl, sized, text, truth};
use crate::jvm::{Collector, Jvm};
use crate::value::{Fact, Type, Value};
use crate::view::View;
use tunelint_base::origin::DefaultOf;
use tunelint_base::{Entity, Location, Origin, Unit};

const ON: Entity = Entity::Jvm;
const OPTIONS: &str = "options that cannot be seen";

pub(super) const FACTS: &[Decl] = &[
    sized(
        "jvm.heap.max",
        ON,
        Unit::Bytes,
        "What the heap may grow to: what an option says, else the JVM's share of the memory that it sees",
        |view| heap(view, Jvm::max_heap),
    ),
    sized(
        "jvm.heap.initial",
        ON,
        Unit::Bytes,
        "What the heap begins with: what an option says, else a 64th of the memory",
        |view| heap(view, Jvm::initial_heap),
    ),
    decl(
        "jvm.heap.rule",
        ON,
        Type::Str,
        "What decides about the maximum heap: size, initial (a larger `-Xms` raises it), max-share, or min-share on little memory",
        rule,
    ),
    sized(
        "jvm.heap.compressed_limit",
        ON,
        Unit::Bytes,
        "The largest heap in which references take 4 bytes",
        |view| known(view, |jvm| Some(jvm.compressed_oops_limit())),
    ),
    sized(
        "jvm.memory",
        ON,
        Unit::Bytes,
        "The memory that the JVM reckons with: `MaxRAM`, else the container's limit",
        |view| known(view, Jvm::memory),
    ),
    decl(
        "jvm.processors",
        ON,
        Type::Int,
        "The processors that the JVM counts: `ActiveProcessorCount`, else the container's CPU limit, rounded up",
        |view| known(view, Jvm::processors),
    ),
    decl(
        "jvm.parallel_threads",
        ON,
        Type::Int,
        "The threads that work in a pause: `ParallelGCThreads`, else one a processor, from 8 on 5 of 8",
        |view| known(view, Jvm::parallel_threads),
    ),
    decl(
        "jvm.concurrent_threads",
        ON,
        Type::Int,
        "The threads of the collector that work beside the program: `ConcGCThreads`, else a quarter of the parallel ones",
        |view| known(view, Jvm::concurrent_threads),
    ),
    decl(
        "jvm.collector",
        ON,
        Type::Str,
        "The garbage collector that works: the chosen one, else Serial below 2 processors or 1792 MiB, else G1 (Parallel on 8)",
        collector,
    ),
    decl(
        "jvm.collector_chosen",
        ON,
        Type::Bool,
        "Whether an option chooses the collector",
        |view| {
            with(view, |jvm| {
                truth(
                    !jvm.collectors().is_empty(),
                    jvm.collectors().iter().map(|(_, place)| *place),
                )
            })
        },
    ),
    sized(
        "jvm.region_size",
        ON,
        Unit::Bytes,
        "A region of G1: `G1HeapRegionSize`, else a 2048th of the heap between 1 and 32 MiB, as a power of two",
        |view| g1(view, Jvm::region_size),
    ),
    decl(
        "jvm.regions",
        ON,
        Type::Int,
        "How many regions the heap of G1 has",
        |view| g1(view, |jvm| Some(jvm.max_heap()? / jvm.region_size()?)),
    ),
    sized(
        "jvm.metaspace",
        ON,
        Unit::Bytes,
        "What classes may take: `MaxMetaspaceSize`; absent where nothing bounds it",
        |view| bounded(view, "MaxMetaspaceSize"),
    ),
    sized(
        "jvm.code_cache",
        ON,
        Unit::Bytes,
        "What compiled code may take: `ReservedCodeCacheSize`, else 240 MiB, without tiers 48 MiB",
        |view| known(view, Jvm::code_cache),
    ),
    sized(
        "jvm.direct_memory",
        ON,
        Unit::Bytes,
        "What direct buffers may take: `MaxDirectMemorySize`, else as much as the heap",
        |view| known(view, Jvm::direct_memory),
    ),
    sized(
        "jvm.stack",
        ON,
        Unit::Bytes,
        "The stack of a thread: `-Xss` or `ThreadStackSize`, else 1 MiB",
        |view| known(view, Jvm::stack),
    ),
];

/// A number that follows from all options, seen ones.
fn known<'m>(view: &View<'m>, get: fn(&Jvm<'m>) -> Option<i64>) -> Fact<'m> {
    with(view, |jvm| {
        if jvm.has_hidden_options() {
            return Fact::unknown(OPTIONS);
        }
        get(jvm).map_or_else(
            || Fact::unknown("the machine"),
            |value| {
                Fact::new(
                    Value::Int(value),
                    Origin::Default(DefaultOf::Java(jvm.java.0)),
                )
            },
        )
    })
}

fn g1<'m>(view: &View<'m>, get: fn(&Jvm<'m>) -> Option<i64>) -> Fact<'m> {
    with(view, |jvm| match jvm.collector() {
        _ if jvm.has_hidden_options() => Fact::unknown(OPTIONS),
        None => Fact::unknown("the collector"),
        Some(Collector::G1) => get(jvm).map_or_else(
            || Fact::unknown("the machine"),
            |value| {
                let from = ["G1HeapRegionSize", "MaxHeapSize"];
                let places = from.iter().filter_map(|name| jvm.wrote(name)).collect();
                Fact::derived(Value::Int(value), places)
            },
        ),
        Some(_) => Fact::absent(),
    })
}

fn heap<'m>(view: &View<'m>, get: fn(&Jvm<'m>) -> Option<i64>) -> Fact<'m> {
    with(view, |jvm| {
        let place = jvm.wrote("MaxHeapSize");
        if place.is_none() && jvm.has_hidden_options() {
            return Fact::unknown(OPTIONS);
        }
        let Some(bytes) = get(jvm) else {
            return Fact::unknown("the memory that the JVM sees");
        };
        let names = [
            "MaxRAMPercentage",
            "MaxRAMFraction",
            "MaxRAM",
            "InitialHeapSize",
        ];
        let of_share = || {
            names
                .iter()
                .find_map(|name| jvm.last(name).map(|(place, _)| place))
        };
        match place.or_else(of_share) {
            Some(place) => Fact::set(Value::Int(bytes), place),
            None => Fact::new(
                Value::Int(bytes),
                Origin::Default(DefaultOf::Java(jvm.java.0)),
            ),
        }
    })
}

fn rule<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |jvm| {
        if jvm.wrote("MaxHeapSize").is_some() {
            return text("size");
        }
        if jvm.has_hidden_options() {
            return Fact::unknown(OPTIONS);
        }
        jvm.heap_rule()
            .map_or_else(|| Fact::unknown("the memory that the JVM sees"), text)
    })
}

fn collector<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |jvm| {
        let chosen = jvm.collectors();
        if chosen.is_empty() && jvm.has_hidden_options() {
            return Fact::unknown(OPTIONS);
        }
        let Some(collector) = jvm.collector() else {
            return Fact::unknown("the collector");
        };
        let places: Vec<Location> = chosen.iter().map(|(_, place)| *place).collect();
        Fact::derived(Value::str(collector.as_str()), places)
    })
}

/// A size that only an option gives.
fn bounded<'m>(view: &View<'m>, name: &'static str) -> Fact<'m> {
    with(view, |jvm| match jvm.wrote(name) {
        None if jvm.has_hidden_options() => Fact::unknown(OPTIONS),
        None => Fact::absent(),
        Some(place) => {
            let bytes = jvm
                .number(name)
                .and_then(|number| i64::try_from(number.value).ok());
            bytes.map_or_else(
                || Fact::unknown(name),
                |bytes| Fact::set(Value::Int(bytes), place),
            )
        }
    })
}
