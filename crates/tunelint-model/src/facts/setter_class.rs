//! The class that a setting puts under `rocksdb.config.setter`, and whether the sources have it.

use super::{Decl, decl};
use crate::client::{Client, ClientKind};
use crate::model::{Model, simple_name};
use crate::value::{Fact, Type, Value};
use crate::view::View;
use tunelint_base::{Entity, Location};
use tunelint_java::JavaFacts;

const ON: Entity = Entity::Client;
const KEY: &str = "rocksdb.config.setter";

pub(super) const FACTS: &[Decl] = &[
    decl(
        "streams.setter_elsewhere",
        ON,
        Type::Str,
        "The class of the sources that `rocksdb.config.setter` probably means, where it names none of them",
        elsewhere,
    ),
    decl(
        "streams.setter_missing",
        ON,
        Type::Str,
        "The class of `rocksdb.config.setter` that the sources do not have, although they have its package or its name",
        missing,
    ),
];

fn sources<'m>(model: &'m Model<'m>) -> impl Iterator<Item = &'m JavaFacts> {
    model.files.iter().flat_map(|file| &file.facts.sources)
}

/// The class and where it is named, if a Streams application names one.
fn named<'m>(view: &View<'m>) -> Option<(&'m str, Location, &'m Client<'m>)> {
    let client = view
        .client
        .filter(|client| client.kind == ClientKind::Streams)?;
    let entry = client.entry(KEY)?;
    let class = client.written(KEY).filter(|class| !class.is_empty())?;
    Some((class, Location::new(entry.file, entry.setting.span), client))
}

fn has(model: &Model<'_>, class: &str) -> bool {
    sources(model).any(|source| {
        source.types.iter().any(|known| {
            // A piece of a source in a document has no package.
            known == class || (!known.contains('.') && known == simple_name(class))
        })
    })
}

/// A class of another package or spelling, setters first.
fn near<'m>(model: &'m Model<'m>, class: &str) -> Option<&'m str> {
    let simple = simple_name(class);
    let setters = model
        .setters
        .iter()
        .map(|setter| setter.facts.class.as_str());
    let types = sources(model).flat_map(|source| source.types.iter().map(String::as_str));
    setters
        .chain(types)
        .find(|known| simple_name(known).eq_ignore_ascii_case(simple) && *known != class)
}

fn missing<'m>(view: &View<'m>) -> Fact<'m> {
    let Some((class, place, _)) = named(view) else {
        return Fact::absent();
    };
    if view.model.options.no_link || has(view.model, class) {
        return Fact::absent();
    }
    let package = class.rsplit_once('.').map_or("", |(package, _)| package);
    let knows_package =
        !package.is_empty() && sources(view.model).any(|source| source.package == package);
    if knows_package || near(view.model, class).is_some() {
        Fact::set(Value::str(class), place)
    } else {
        Fact::absent()
    }
}

fn elsewhere<'m>(view: &View<'m>) -> Fact<'m> {
    let found = named(view).and_then(|(class, ..)| near(view.model, class));
    found.map_or_else(Fact::absent, super::text)
}
