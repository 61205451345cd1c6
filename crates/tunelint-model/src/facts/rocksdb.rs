//! Facts of one call on RocksDB's options.

use super::{Decl, decl, text};
use crate::model::Setter;
use crate::rocksdb::{DEFAULTS, LEVEL_ONLY, calls};
use crate::value::{Fact, Type, Value};
use crate::view::View;
use tunelint_base::Entity;
use tunelint_java::{Const, OptionCall, Receiver, TableConfig};

const ON: Entity = Entity::RocksOption;

pub(super) const FACTS: &[Decl] = &[
    decl(
        "rocksdb.default_of",
        ON,
        Type::Str,
        "Whose default the value is, where it is one: Kafka Streams' or RocksDB's",
        default_of,
    ),
    decl(
        "rocksdb.no_effect",
        ON,
        Type::Str,
        "Why the call changes nothing, where it does not",
        no_effect,
    ),
    decl(
        "rocksdb.option",
        ON,
        Type::Str,
        "The method that is called: `setBlockSize`",
        option,
    ),
    decl(
        "rocksdb.value",
        ON,
        Type::Int,
        "The number that it is given",
        value,
    ),
    decl(
        "rocksdb.written",
        ON,
        Type::Str,
        "What it is given, as it is written",
        written,
    ),
];

/// RocksDB reads the table config when it is handed to the options, not later.
const NEVER_HANDED_BACK: &str = "the table config is never handed back to the options";

fn with<'m>(
    view: &View<'m>,
    then: impl FnOnce(&'m Setter<'m>, &'m OptionCall) -> Fact<'m>,
) -> Fact<'m> {
    match (view.setter, view.option) {
        (Some(setter), Some(option)) => then(setter, option),
        _ => Fact::unknown("the call on RocksDB's options"),
    }
}

fn option<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |setter, option| {
        Fact::set(Value::str(&*option.method), setter.at(option.span))
    })
}

fn value<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |setter, option| {
        let Some(argument) = option.arguments.first() else {
            return Fact::absent();
        };
        let value = argument
            .value
            .int()
            .map_or_else(|| Value::unknown("the argument"), Value::Int);
        Fact::set(value, setter.at(argument.span))
    })
}

fn written<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |setter, option| {
        let all = option
            .arguments
            .iter()
            .map(|argument| view.model.text_at(setter.at(argument.span)));
        text(all.collect::<Vec<_>>().join(", "))
    })
}

fn default_of<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |setter, option| {
        let known = DEFAULTS
            .iter()
            .find(|default| default.method == option.method);
        let (Some(default), Some(argument)) = (known, option.arguments.first()) else {
            return Fact::absent();
        };
        let same = match &argument.value {
            Const::Int(value) => default.name.is_empty() && *value == default.value,
            Const::Bool(value) => default.name.is_empty() && i64::from(*value) == default.value,
            Const::Name(name) => *name == default.name,
            _ => false,
        };
        // A value that puts back what a call above it changed is no repetition.
        let again = calls(setter.facts, &option.method).count() > 1;
        if same && !again && !option.conditional {
            Fact::set(Value::str(default.owner), setter.at(option.span))
        } else {
            Fact::absent()
        }
    })
}

fn no_effect<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |setter, option| {
        let styles: Vec<&OptionCall> = calls(setter.facts, "setCompactionStyle").collect();
        let says = |reason: &str| Fact::set(Value::str(reason.to_owned()), setter.at(option.span));
        if option.receiver == Receiver::Table
            && setter.facts.table.is_none()
            && !setter.facts.hands_on
        {
            return says(NEVER_HANDED_BACK);
        }
        let is_level_only =
            option.receiver == Receiver::Options && LEVEL_ONLY.contains(&option.method.as_str());
        if is_level_only {
            if setter.facts.hands_on {
                return Fact::unknown("the compaction style");
            }
            let universal = styles.iter().all(|call| {
                call.arguments
                    .first()
                    .is_some_and(|a| a.value == Const::Name("UNIVERSAL".into()))
            });
            return if universal {
                says("only level compaction reads it, and Kafka Streams sets universal compaction")
            } else {
                Fact::absent()
            };
        }
        if option.receiver == Receiver::Table && option.method == "setBlockCacheSize" {
            let own = setter
                .facts
                .table
                .as_ref()
                .is_none_or(|t| t.config == TableConfig::Own);
            if !own {
                return Fact::absent();
            }
            return says("the table config holds a cache object, and then no size is read");
        }
        Fact::absent()
    })
}
