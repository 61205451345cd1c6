//! Facts of a Java virtual machine.

use super::{Decl, decl, sized, text, truth};
use crate::jvm::Jvm;
use crate::value::{Fact, Type, Value};
use crate::view::View;
use tunelint_base::{Entity, Origin, Unit};

mod heap;
mod written;

const ON: Entity = Entity::Jvm;

pub(super) const TABLES: [&[Decl]; 3] = [FACTS, heap::FACTS, written::FACTS];

const FACTS: &[Decl] = &[
    decl(
        "java.known",
        ON,
        Type::Bool,
        "Whether the Java release is stated or seen, not assumed",
        known,
    ),
    decl(
        "java.version",
        ON,
        Type::Int,
        "The feature release of Java: 8, 11, 17, 21, 25",
        version,
    ),
    decl(
        "jvm.collectors",
        ON,
        Type::Strings,
        "The garbage collectors that are switched on",
        collectors,
    ),
    decl(
        "jvm.heap_bounded",
        ON,
        Type::Bool,
        "Whether an option bounds the heap",
        heap_bounded,
    ),
    decl(
        "jvm.hidden_options",
        ON,
        Type::Bool,
        "Whether a placeholder may hold more options",
        hidden,
    ),
    decl(
        "jvm.ignores_unrecognized",
        ON,
        Type::Bool,
        "Whether `-XX:+IgnoreUnrecognizedVMOptions` is there",
        ignores,
    ),
    decl(
        "jvm.name",
        ON,
        Type::Str,
        "What it is called in reports",
        name,
    ),
    sized(
        "jvm.xms",
        ON,
        Unit::Bytes,
        "The initial heap, `-Xms` or `-XX:InitialHeapSize`",
        |view| size(view, "InitialHeapSize"),
    ),
    sized(
        "jvm.xmx",
        ON,
        Unit::Bytes,
        "The maximum heap, `-Xmx` or `-XX:MaxHeapSize`",
        |view| size(view, "MaxHeapSize"),
    ),
];

fn with<'m>(view: &View<'m>, then: impl FnOnce(&'m Jvm<'m>) -> Fact<'m>) -> Fact<'m> {
    view.jvm.map_or_else(|| Fact::unknown("the JVM"), then)
}

fn known<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |jvm| truth(jvm.java_known, []))
}

/// Its label tells what says so, where a file does.
fn version<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |jvm| {
        let mut fact = Fact::new(
            Value::Int(i64::from(jvm.java.0)),
            Origin::Derived(Vec::new()),
        );
        fact.parts.extend(jvm.java_from.clone());
        fact
    })
}

fn collectors<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |jvm| {
        let found = jvm.collectors();
        let values = found
            .iter()
            .map(|(collector, _)| Value::str(collector.as_str()))
            .collect();
        let mut fact = Fact::derived(
            Value::List(values),
            found.iter().map(|(_, place)| *place).collect(),
        );
        fact.parts = found
            .iter()
            .map(|(collector, place)| (*place, format!("switches {} on", collector.as_str())))
            .collect();
        fact
    })
}

fn heap_bounded<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |jvm| {
        let names = [
            "MaxHeapSize",
            "MaxRAMPercentage",
            "MaxRAMFraction",
            "MaxRAM",
        ];
        let found = names.iter().find_map(|name| jvm.last(name));
        found.map_or_else(
            || truth(false, []),
            |(place, _)| Fact::set(Value::Bool(true), place),
        )
    })
}

fn hidden<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |jvm| truth(jvm.has_hidden_options(), []))
}

fn ignores<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |jvm| {
        // Where it is only perhaps there, or switched by a template, it is taken to be there.
        let last = jvm.last("IgnoreUnrecognizedVMOptions");
        truth(last.is_some_and(|(_, value)| value != "-"), [])
    })
}

fn name<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |jvm| text(jvm.name.as_str()))
}

fn size<'m>(view: &View<'m>, name: &'static str) -> Fact<'m> {
    with(view, |jvm| match jvm.size(name) {
        Some(Ok((place, bytes))) => Fact::set(Value::Int(bytes), place),
        Some(Err(place)) => Fact::new(
            Value::unknown(format!("{name}, which is no size")),
            Origin::Set(place),
        ),
        None => Fact::absent(),
    })
}
