//! The facts that rule pages may name: one declaration each, with its type, unit and meaning.

use crate::value::{Fact, Type, Value};
use crate::view::View;
use std::sync::OnceLock;
use tunelint_base::{Entity, Location, Origin, Unit};

mod addresses;
mod belonging;
mod bootstrap;
mod client;
mod cluster;
mod command;
mod conflict;
mod connect;
mod consumer;
mod container;
mod effective;
mod file;
mod flag;
mod image;
mod jvm;
mod kube;
mod librdkafka;
mod lifecycle;
mod list;
mod producer;
mod rocksdb;
mod security;
mod sending;
mod setter;
mod setter_class;
mod setting;
mod spelling;
mod streams;
mod streams_key;
mod streams_rules;
mod streams_state;
mod topic;
mod workload;

pub use effective::{KeyType, effective, key_type};

/// A fact that rules may name.
#[derive(Clone, Copy)]
pub struct Decl {
    /// Its dotted name.
    pub name: &'static str,
    /// What it is a fact of.
    pub of: Entity,
    /// What its value is.
    pub ty: Type,
    /// What its number counts.
    pub unit: Option<Unit>,
    /// What it tells, in one sentence.
    pub doc: &'static str,
    /// Finds it out.
    pub get: for<'m> fn(&View<'m>) -> Fact<'m>,
}

impl std::fmt::Debug for Decl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Decl")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

/// Shortens the tables: name, type, meaning, function.
const fn decl(
    name: &'static str,
    of: Entity,
    ty: Type,
    doc: &'static str,
    get: for<'m> fn(&View<'m>) -> Fact<'m>,
) -> Decl {
    Decl {
        name,
        of,
        ty,
        unit: None,
        doc,
        get,
    }
}

/// The same, of a number with a unit.
const fn sized(
    name: &'static str,
    of: Entity,
    unit: Unit,
    doc: &'static str,
    get: for<'m> fn(&View<'m>) -> Fact<'m>,
) -> Decl {
    Decl {
        name,
        of,
        ty: Type::Int,
        unit: Some(unit),
        doc,
        get,
    }
}

/// Every fact, by name.
#[must_use]
pub fn declared() -> &'static [Decl] {
    static ALL: OnceLock<Vec<Decl>> = OnceLock::new();
    ALL.get_or_init(|| {
        let tables: &[&[Decl]] = &[
            addresses::FACTS,
            belonging::FACTS,
            bootstrap::FACTS,
            client::FACTS,
            cluster::FACTS,
            command::FACTS,
            conflict::FACTS,
            consumer::FACTS,
            container::FACTS,
            file::FACTS,
            image::FACTS,
            librdkafka::FACTS,
            lifecycle::FACTS,
            list::FACTS,
            producer::FACTS,
            rocksdb::FACTS,
            sending::FACTS,
            setter::FACTS,
            setter_class::FACTS,
            setting::FACTS,
            spelling::FACTS,
            streams::FACTS,
            streams_key::FACTS,
            streams_rules::FACTS,
            streams_state::FACTS,
            topic::FACTS,
            workload::FACTS,
        ];
        let mut all: Vec<Decl> = tables.concat();
        all.extend(connect::TABLES.concat());
        all.extend(flag::TABLES.concat());
        all.extend(jvm::TABLES.concat());
        all.extend(kube::TABLES.concat());
        all.extend(security::TABLES.concat());
        all.sort_by_key(|decl| decl.name);
        all
    })
}

/// The fact of that name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Decl> {
    let all = declared();
    let at = all.binary_search_by(|decl| decl.name.cmp(name)).ok()?;
    all.get(at)
}

/// Whether a rule about `on` can ask facts of `of`: what certainly belongs to it.
#[must_use]
pub fn reaches(on: Entity, of: Entity) -> bool {
    use Entity::{
        Client, Command, ConfigSetter, Container, File, Flag, Jvm, Object, Pod, RocksOption,
        Setting, Workload,
    };
    let around: &[Entity] = match on {
        File => &[File],
        Setting => &[Setting, Client, File, Workload, Container, Pod, Jvm],
        Client => &[Client, File, Workload, Container, Pod, Jvm],
        Jvm => &[Jvm, File, Workload, Container, Pod, Client],
        Flag => &[Flag, Jvm, File, Workload, Container, Pod, Client],
        Container => &[Container, Pod, File, Workload, Jvm, Client],
        Pod => &[Pod, File],
        Workload => &[Workload, Container, Pod, Jvm, Client, File, ConfigSetter],
        Object => &[Object, File],
        ConfigSetter => &[ConfigSetter, File, Workload, Container, Pod, Client, Jvm],
        RocksOption => &[
            RocksOption,
            ConfigSetter,
            File,
            Workload,
            Container,
            Pod,
            Client,
            Jvm,
        ],
        Command => &[Command, File],
        _ => &[],
    };
    around.contains(&of)
}

/// The edits that pages may ask for by name, `apply: …`.
pub const NAMED_EDITS: [&str; 6] = [
    "comment-above",
    "comments-out-of-command",
    "double-backslashes",
    "drop-partitioner",
    "escape-characters",
    "rename-key",
];

/// A truth value that follows from what stands at one place.
fn truth<'m>(value: bool, from: impl IntoIterator<Item = Location>) -> Fact<'m> {
    Fact::derived(Value::Bool(value), from.into_iter().collect())
}

/// A string that follows from other facts.
fn text<'m>(value: impl Into<std::borrow::Cow<'m, str>>) -> Fact<'m> {
    Fact::new(Value::str(value), Origin::Derived(Vec::new()))
}

/// A number that follows from what stands at some places.
fn number<'m>(value: i64, from: impl IntoIterator<Item = Location>) -> Fact<'m> {
    Fact::derived(Value::Int(value), from.into_iter().collect())
}

/// The place of an option.
fn option_place(location: Location) -> Origin {
    Origin::Set(location)
}
