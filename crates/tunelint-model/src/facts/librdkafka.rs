//! Facts of librdkafka's clients: what its constructor refuses, and what it reads otherwise than it looks.

use super::setting::{value_place, with};
use super::{Decl, decl, text, truth};
use crate::client::{Client, ClientKind, Entry};
use crate::librdkafka::{Sides, key};
use crate::model::EntityRef;
use crate::value::{Fact, Type, Value};
use crate::view::View;
use tunelint_base::{Entity, Location};
use tunelint_catalog::librdkafka::{self, Cause, Note, Reading};

mod conflict;
mod missing;

pub(super) use missing::missing;

pub(super) const FACTS: &[Decl] = &[
    decl(
        "librdkafka.conflict",
        Entity::Client,
        Type::Str,
        "Settings that contradict each other, so that librdkafka does not make the client",
        conflict::text,
    ),
    decl(
        "librdkafka.conflict_certain",
        Entity::Client,
        Type::Bool,
        "Whether every client of that kind is refused, and nothing tells that the settings are for another one",
        conflict::certain,
    ),
    decl(
        "librdkafka.conflict_of",
        Entity::Client,
        Type::Str,
        "Whom librdkafka refuses with those settings: a producer, a consumer, a client",
        conflict::whose,
    ),
    decl(
        "librdkafka.consumes",
        Entity::Client,
        Type::Bool,
        "Whether it sets properties of consumers, and none of producers",
        |view| sides(view, |sides| sides.consumer && !sides.producer),
    ),
    decl(
        "librdkafka.produces",
        Entity::Client,
        Type::Bool,
        "Whether it sets properties of producers, and none of consumers",
        |view| sides(view, |sides| sides.producer && !sides.consumer),
    ),
    decl(
        "setting.librdkafka_note",
        Entity::Setting,
        Type::Str,
        "What librdkafka says of its property: deprecated or unused",
        note,
    ),
    decl(
        "setting.other_name",
        Entity::Setting,
        Type::Str,
        "Another name of the same property of librdkafka that is set further down",
        other_name,
    ),
    decl(
        "setting.read_as",
        Entity::Setting,
        Type::Str,
        "The number that librdkafka makes of the value, where it looks like another one",
        |view| {
            reading(view, |reading, entry| {
                Fact::set(Value::str(reading.number), value_place(entry))
            })
        },
    ),
    decl(
        "setting.read_rest",
        Entity::Setting,
        Type::Str,
        "What librdkafka ignores behind that number",
        |view| {
            reading(view, |reading, _| match reading.rest {
                "" => Fact::absent(),
                rest => text(rest.to_owned()),
            })
        },
    ),
    decl(
        "setting.read_why",
        Entity::Setting,
        Type::Str,
        "Why: rest, octal or wraps",
        |view| {
            reading(view, |reading, _| {
                text(match reading.cause {
                    Cause::Rest => "rest",
                    Cause::Octal => "octal",
                    Cause::Wraps => "wraps",
                })
            })
        },
    ),
];

fn sides<'m>(view: &View<'m>, ask: impl FnOnce(Sides) -> bool) -> Fact<'m> {
    match view.client {
        Some(client) if client.kind == ClientKind::Librdkafka => truth(ask(Sides::of(client)), []),
        _ => Fact::absent(),
    }
}

/// Asks about an entry that librdkafka reads.
fn entry<'m>(
    view: &View<'m>,
    then: impl FnOnce(&'m Client<'m>, Entry<'m>) -> Fact<'m>,
) -> Fact<'m> {
    with(view, |client, entry| {
        if client.kind == ClientKind::Librdkafka {
            then(client, entry)
        } else {
            Fact::absent()
        }
    })
}

fn reading<'m>(view: &View<'m>, then: impl FnOnce(Reading<'m>, Entry<'m>) -> Fact<'m>) -> Fact<'m> {
    entry(view, |client, entry| {
        let value: &'m str = &entry.setting.value;
        let key = key(&entry).filter(|_| !client.hides(entry.setting));
        match key.and_then(|key| key.reading(value)) {
            Some(reading) => then(reading, entry),
            None => Fact::absent(),
        }
    })
}

fn note<'m>(view: &View<'m>) -> Fact<'m> {
    entry(view, |_, entry| {
        match key(&entry).and_then(|key| key.canonical().note) {
            Some(Note::Deprecated) => text("deprecated"),
            Some(Note::Unused) => text("unused"),
            Some(Note::Windows) | None => Fact::absent(),
        }
    })
}

fn other_name<'m>(view: &View<'m>) -> Fact<'m> {
    entry(view, |client, entry| {
        let EntityRef::Setting(_, index) = view.entity else {
            return Fact::absent();
        };
        let mut later = client.settings.iter().skip(index + 1);
        let same = later
            .find(|later| later.name != entry.name && librdkafka::is_same(later.name, entry.name));
        same.map_or_else(Fact::absent, |later| {
            let place = Location::new(later.file, later.setting.span);
            let mut fact = Fact::set(Value::str(&*later.setting.written), place);
            fact.parts = vec![(place, "this one counts".to_owned())];
            fact
        })
    })
}
