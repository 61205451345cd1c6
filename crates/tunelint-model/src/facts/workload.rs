//! Facts of a running process.

use super::{Decl, decl, number, sized, text};
use crate::memory::{Budget, Term};
use crate::value::{Fact, Type, Value};
use crate::view::View;
use tunelint_base::quantity::show_bytes;
use tunelint_base::{Entity, Location, Origin, Unit};

const ON: Entity = Entity::Workload;

pub(super) const FACTS: &[Decl] = &[
    sized(
        "workload.memory.certain",
        ON,
        Unit::Bytes,
        "Memory that is set and will be used: the maximum heap",
        certain,
    ),
    sized(
        "workload.memory.expected",
        ON,
        Unit::Bytes,
        "Memory that a service with these settings is expected to use",
        expected,
    ),
    sized(
        "workload.memory.suggested_limit",
        ON,
        Unit::Bytes,
        "A memory limit with a tenth to spare, in steps of 256 MiB",
        suggested,
    ),
    decl(
        "workload.memory.terms",
        ON,
        Type::Str,
        "What the expected memory is made of",
        terms,
    ),
    sized(
        "workload.memory.worst",
        ON,
        Unit::Bytes,
        "Memory that the settings allow",
        worst,
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
];

fn with<'m>(view: &View<'m>, sum: impl FnOnce(&Budget) -> i64) -> Fact<'m> {
    let Some(budget) = view.budget() else {
        return Fact::unknown("the maximum heap");
    };
    let mut fact = number(sum(budget), []);
    // Places that several terms rest on are named once, with all of them; RocksDB's count as one.
    let mut parts: Vec<(Location, String)> = Vec::new();
    let rocksdb: i64 = budget
        .terms
        .iter()
        .filter(|term| is_rocksdb(term))
        .map(|term| term.expected)
        .sum();
    let first_rocksdb = budget.terms.iter().position(is_rocksdb);
    for (at, term) in budget.terms.iter().enumerate() {
        let label = match (is_rocksdb(term), Some(at) == first_rocksdb) {
            (true, true) => format!("RocksDB {}", show_bytes(rocksdb)),
            (true, false) => continue,
            (false, _) => format!("{} {}", term.name, show_bytes(term.expected)),
        };
        for place in &term.from {
            match parts.iter_mut().find(|(known, _)| known == place) {
                Some((_, text)) => *text = format!("{text}, {label}"),
                None => parts.push((*place, label.clone())),
            }
        }
    }
    fact.parts = parts;
    fact
}

fn is_rocksdb(term: &Term) -> bool {
    term.name.starts_with("rocksdb-")
}

fn certain<'m>(view: &View<'m>) -> Fact<'m> {
    let Some(budget) = view.budget() else {
        return Fact::unknown("the maximum heap");
    };
    let places = budget
        .terms
        .iter()
        .filter(|term| term.certain > 0)
        .flat_map(|term| term.from.clone());
    number(budget.certain(), places)
}

fn expected<'m>(view: &View<'m>) -> Fact<'m> {
    let mut fact = with(view, Budget::expected);
    if fact.value.is_known() {
        fact.origin = Origin::Estimate("fits to measured runs".to_owned());
    }
    fact
}

fn worst<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, Budget::worst)
}

fn suggested<'m>(view: &View<'m>) -> Fact<'m> {
    const STEP: i64 = 256 << 20;
    with(view, |budget| {
        (budget.expected() * 11 / 10 + STEP - 1) / STEP * STEP
    })
}

fn terms<'m>(view: &View<'m>) -> Fact<'m> {
    let Some(budget) = view.budget() else {
        return Fact::unknown("the maximum heap");
    };
    let terms: Vec<String> = budget
        .terms
        .iter()
        .map(|term| format!("{} {}", term.name, show_bytes(term.expected)))
        .collect();
    let mut all = terms.join(" + ");
    for assumption in &budget.assumptions {
        all = format!("{all}; {assumption}");
    }
    text(all)
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
