//! Facts of a running process.

use super::{Decl, decl, number, sized, text, truth};
use crate::memory::{Budget, Operand, Term, suggested_limit};
use crate::value::{Fact, Type, Value};
use crate::view::View;
use tunelint_base::quantity::show_bytes;
use tunelint_base::{Entity, Location, Origin, Unit};

const ON: Entity = Entity::Workload;

/// A term of the budget as a fact: what it is expected to take.
macro_rules! term {
    ($fact:literal, $term:literal, $doc:literal) => {
        sized($fact, ON, Unit::Bytes, $doc, |view| term(view, $term))
    };
}

pub(super) const FACTS: &[Decl] = &[
    sized(
        "workload.memory.allowed",
        ON,
        Unit::Bytes,
        "The same as `workload.memory.worst`, with the places that it rests on as labels",
        |view| with(view, Budget::worst, |term| term.worst),
    ),
    sized(
        "workload.memory.certain",
        ON,
        Unit::Bytes,
        "Memory that is set and surely becomes resident: a heap that begins at its maximum, is touched at the start, or alone reaches the limit",
        certain,
    ),
    term!(
        "workload.memory.code_cache",
        "code-cache",
        "Compiled code, as expected"
    ),
    term!(
        "workload.memory.direct",
        "direct",
        "Direct buffers, as expected"
    ),
    sized(
        "workload.memory.expected",
        ON,
        Unit::Bytes,
        "Memory that a service with these settings is expected to use",
        expected,
    ),
    sized(
        "workload.memory.fetch_limit",
        ON,
        Unit::Bytes,
        "`fetch.max.bytes` or `max.partition.fetch.bytes` of the main consumers, where somebody wrote the one that bounds what they hold",
        fetch_limit,
    ),
    term!(
        "workload.memory.gc",
        "gc",
        "The collector's own tables, as expected"
    ),
    term!("workload.memory.heap", "heap", "The maximum heap"),
    term!(
        "workload.memory.heap_fetched_records",
        "heap-fetched-records",
        "What the main consumers may hold of fetched records, in the heap"
    ),
    term!(
        "workload.memory.heap_producer_buffers",
        "heap-producer-buffers",
        "What the producers of a Streams application may buffer, in the heap"
    ),
    term!(
        "workload.memory.heap_record_cache",
        "heap-record-cache",
        "The record cache of a Streams application, in the heap"
    ),
    term!(
        "workload.memory.jvm_other",
        "jvm-other",
        "Symbols, compiler arenas and archives, as expected"
    ),
    term!(
        "workload.memory.malloc",
        "malloc",
        "What the allocator keeps, as expected"
    ),
    term!(
        "workload.memory.memory_volumes",
        "memory-volumes",
        "Files in memory, as expected"
    ),
    term!(
        "workload.memory.metaspace",
        "metaspace",
        "Classes, as expected"
    ),
    sized(
        "workload.memory.suggested_limit",
        ON,
        Unit::Bytes,
        "A memory limit that holds the worst case and leaves 15 % over what is expected, in steps of 256 MiB",
        suggested,
    ),
    decl(
        "workload.memory.terms",
        ON,
        Type::Str,
        "What the expected memory is made of",
        |view| terms(view, |term| term.expected),
    ),
    term!(
        "workload.memory.thread_stacks",
        "thread-stacks",
        "Stacks of the threads, as expected"
    ),
    sized(
        "workload.memory.worst",
        ON,
        Unit::Bytes,
        "Memory that the settings allow",
        worst,
    ),
    decl(
        "workload.memory.worst_terms",
        ON,
        Type::Str,
        "What the worst case is made of",
        |view| terms(view, |term| term.worst),
    ),
    decl(
        "workload.name",
        ON,
        Type::Str,
        "What it is called in reports",
        name,
    ),
    decl(
        "workload.replicas",
        ON,
        Type::Int,
        "`spec.replicas`",
        replicas,
    ),
    term!(
        "workload.rocksdb.block_cache",
        "rocksdb-block-cache",
        "RocksDB's block caches, as expected"
    ),
    decl(
        "workload.rocksdb.bounded",
        ON,
        Type::Bool,
        "Whether one cache bounds block caches, write buffers, index and filter blocks of all RocksDB instances",
        bounded,
    ),
    term!(
        "workload.rocksdb.index_filter",
        "rocksdb-index-filter",
        "RocksDB's index and filter blocks outside of the cache, as expected"
    ),
    decl(
        "workload.rocksdb.instances",
        ON,
        Type::Int,
        "RocksDB instances at the worst moment: stores × segments × tasks of a pod when another one is gone",
        instances,
    ),
    decl(
        "workload.rocksdb.instances_why",
        ON,
        Type::Str,
        "How the number of RocksDB instances comes about",
        instances_why,
    ),
    term!(
        "workload.rocksdb.offsets",
        "rocksdb-offsets",
        "RocksDB's memtables for offsets, from Kafka 4.3 on"
    ),
    sized(
        "workload.rocksdb.worst",
        ON,
        Unit::Bytes,
        "All that RocksDB's settings allow it to take",
        rocksdb_worst,
    ),
    term!(
        "workload.rocksdb.write_buffers",
        "rocksdb-write-buffers",
        "RocksDB's memtables, as expected"
    ),
    sized(
        "workload.rocksdb.write_buffers_worst",
        ON,
        Unit::Bytes,
        "All memtables full",
        |view| worst_of(view, "rocksdb-write-buffers"),
    ),
];

fn budget<'v>(view: &'v View<'_>) -> Result<&'v Budget, Fact<'static>> {
    view.budget()
        .ok_or_else(|| Fact::unknown("the maximum heap"))
}

/// A sum with the places that it rests on, each once with what stands there for which part;
/// RocksDB's terms count as one part.
fn with<'m>(
    view: &View<'m>,
    sum: impl FnOnce(&Budget) -> i64,
    size: impl Fn(&Term) -> i64,
) -> Fact<'m> {
    let budget = match budget(view) {
        Ok(budget) => budget,
        Err(unknown) => return unknown,
    };
    let mut fact = number(sum(budget), []);
    let rocksdb: i64 = budget
        .terms
        .iter()
        .filter(|term| term.is_rocksdb())
        .map(&size)
        .sum();
    let limit = budget.limit.as_ref().and_then(Operand::place);
    let mut parts: Vec<(Location, String)> = Vec::new();
    let mut add = |place: Location, label: String, told: &str| match parts
        .iter_mut()
        .find(|(known, _)| *known == place)
    {
        _ if Some(place) == limit => {}
        Some((_, text)) if text.contains(told) => {}
        Some((_, text)) => *text = format!("{text}, {label}"),
        None => parts.push((place, label)),
    };
    let mut told = false;
    for term in budget.terms.iter().filter(|term| size(term) > 0) {
        if term.is_rocksdb() {
            for operand in &term.operands {
                let Some(place) = operand.place() else {
                    continue;
                };
                let whole = if std::mem::replace(&mut told, true) {
                    "RocksDB".to_owned()
                } else {
                    format!("RocksDB {}", show_bytes(rocksdb))
                };
                let said = operand.told();
                add(place, format!("{whole}: {said}"), &said);
            }
        } else {
            for place in term.places() {
                let said = format!("{} {}", term.name, show_bytes(size(term)));
                add(place, said.clone(), &said);
            }
        }
    }
    fact.parts = parts;
    fact
}

fn worst<'m>(view: &View<'m>) -> Fact<'m> {
    match budget(view) {
        Ok(budget) => number(budget.worst(), []),
        Err(unknown) => unknown,
    }
}

fn certain<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, Budget::certain, |term| term.certain)
}

fn expected<'m>(view: &View<'m>) -> Fact<'m> {
    let mut fact = with(view, Budget::expected, |term| term.expected);
    if fact.value.is_known() {
        fact.origin = Origin::Estimate("fits to measured runs".to_owned());
    }
    fact
}

fn suggested<'m>(view: &View<'m>) -> Fact<'m> {
    let limit = view
        .workload
        .and_then(|(at, _)| suggested_limit(view.model, at));
    limit.map_or_else(
        || Fact::unknown("a limit that would do"),
        |limit| number(limit, []),
    )
}

fn terms<'m>(view: &View<'m>, size: impl Fn(&Term) -> i64) -> Fact<'m> {
    let budget = match budget(view) {
        Ok(budget) => budget,
        Err(unknown) => return unknown,
    };
    let terms: Vec<String> = budget
        .terms
        .iter()
        .filter(|term| size(term) > 0)
        .map(|term| format!("{} {}", term.name, show_bytes(size(term))))
        .collect();
    let mut all = terms.join(" + ");
    for assumption in &budget.assumptions {
        all = format!("{all}; {assumption}");
    }
    text(all)
}

fn find<'m>(view: &View<'m>, name: &str, size: impl Fn(&Term) -> i64) -> Fact<'m> {
    let budget = match budget(view) {
        Ok(budget) => budget,
        Err(unknown) => return unknown,
    };
    match budget.term(name) {
        Some(term) => Fact::new(Value::Int(size(term)), term.origin.clone()),
        None => Fact::absent(),
    }
}

fn term<'m>(view: &View<'m>, name: &str) -> Fact<'m> {
    find(view, name, |term| term.expected)
}

fn worst_of<'m>(view: &View<'m>, name: &str) -> Fact<'m> {
    find(view, name, |term| term.worst)
}

fn rocksdb_worst<'m>(view: &View<'m>) -> Fact<'m> {
    let budget = match budget(view) {
        Ok(budget) => budget,
        Err(unknown) => return unknown,
    };
    if budget.instances.is_none() {
        return Fact::absent();
    }
    let all = budget.terms.iter().filter(|term| term.is_rocksdb());
    number(all.map(|term| term.worst).sum(), [])
}

fn bounded<'m>(view: &View<'m>) -> Fact<'m> {
    match budget(view) {
        Err(unknown) => unknown,
        Ok(budget) if budget.instances.is_none() => Fact::absent(),
        Ok(budget) => budget.bounded.map_or_else(
            || Fact::unknown("what the config setter does"),
            |bounded| truth(bounded, []),
        ),
    }
}

fn instances<'m>(view: &View<'m>) -> Fact<'m> {
    match budget(view) {
        Err(unknown) => unknown,
        Ok(budget) => budget
            .instances
            .as_ref()
            .map_or_else(Fact::absent, |instances| {
                let places = instances
                    .operands
                    .iter()
                    .filter_map(|operand| operand.place());
                number(instances.worst, places)
            }),
    }
}

fn instances_why<'m>(view: &View<'m>) -> Fact<'m> {
    match budget(view) {
        Err(unknown) => unknown,
        Ok(budget) => budget
            .instances
            .as_ref()
            .map_or_else(Fact::absent, |instances| text(instances.why.clone())),
    }
}

fn name<'m>(view: &View<'m>) -> Fact<'m> {
    view.workload.map_or_else(
        || Fact::unknown("the workload"),
        |(_, workload)| text(workload.name.as_str()),
    )
}

fn replicas<'m>(view: &View<'m>) -> Fact<'m> {
    let Some(container) = view.container else {
        return Fact::unknown("the container");
    };
    match container.object.replicas {
        Some((count, span)) => Fact::set(Value::Int(count), Location::new(container.file, span)),
        None => Fact::unknown("spec.replicas"),
    }
}

fn fetch_limit<'m>(view: &View<'m>) -> Fact<'m> {
    let budget = match budget(view) {
        Ok(budget) => budget,
        Err(unknown) => return unknown,
    };
    let operands = budget
        .term("heap-fetched-records")
        .map(|term| &term.operands);
    let limit = operands.and_then(|all| all.iter().find(|operand| operand.name.contains("fetch")));
    let written = limit.and_then(|limit| Some((limit.value, limit.place()?)));
    written.map_or_else(Fact::absent, |(value, place)| {
        Fact::set(Value::Int(value), place)
    })
}
