//! Facts of the transformations and predicates of a connector.

use crate::client::{Client, ClientKind, Entry};
use crate::facts::setting::{value_place, with};
use crate::facts::{Decl, decl};
use crate::value::{Fact, Type, Value};
use crate::view::View;
use tunelint_base::Entity;

use super::{elements, is_whole};

const ON: Entity = Entity::Setting;

pub(super) const FACTS: &[Decl] = &[
    decl(
        "setting.alias_without_type",
        ON,
        Type::Str,
        "A transformation or predicate in the list that has no class",
        |view| of_connector(view, without_type),
    ),
    decl(
        "setting.negates_nothing",
        ON,
        Type::Str,
        "The key with the predicate that `negate` needs, where it is not there",
        |view| of_connector(view, negates_nothing),
    ),
    decl(
        "setting.predicate_unknown",
        ON,
        Type::Str,
        "A predicate that a transformation names and that is not in `predicates`",
        |view| of_connector(view, unknown_predicate),
    ),
];

fn of_connector<'m>(
    view: &View<'m>,
    then: impl FnOnce(&'m Client<'m>, Entry<'m>) -> Fact<'m>,
) -> Fact<'m> {
    with(view, |client, entry| {
        if client.kind != ClientKind::Connector || client.hides(entry.setting) {
            return Fact::absent();
        }
        match then(client, entry) {
            found if found.value == Value::Absent || is_whole(view) => found,
            _ => Fact::unknown("the rest of the connector's configuration"),
        }
    })
}

/// `ConnectorConfig.enrich` defines `<list>.<alias>.type` without a default.
fn without_type<'m>(client: &'m Client<'m>, entry: Entry<'m>) -> Fact<'m> {
    if !matches!(entry.name, "transforms" | "predicates") {
        return Fact::absent();
    }
    let has_type = |alias: &str| {
        client
            .entry(&format!("{}.{alias}.type", entry.name))
            .is_some()
    };
    let mut bare = elements(&entry.setting.value).filter(|alias| !has_type(alias));
    bare.next().map_or_else(Fact::absent, |alias| {
        Fact::set(Value::str(alias), value_place(entry))
    })
}

/// The last part of `transforms.<alias>.<part>`, where `<alias>` is in the list of transformations.
fn alias_of<'m>(client: &Client<'_>, entry: Entry<'m>, part: &str) -> Option<&'m str> {
    let alias = entry
        .name
        .strip_prefix("transforms.")?
        .strip_suffix(part)?
        .strip_suffix('.')?;
    let listed = client.written("transforms")?;
    elements(listed).any(|one| one == alias).then_some(alias)
}

fn negates_nothing<'m>(client: &'m Client<'m>, entry: Entry<'m>) -> Fact<'m> {
    let Some(alias) = alias_of(client, entry, "negate") else {
        return Fact::absent();
    };
    let key = format!("transforms.{alias}.predicate");
    if client.entry(&key).is_some() {
        return Fact::absent();
    }
    Fact::set(Value::str(key), value_place(entry))
}

fn unknown_predicate<'m>(client: &'m Client<'m>, entry: Entry<'m>) -> Fact<'m> {
    let hidden = client
        .entry("predicates")
        .is_some_and(|list| client.hides(list.setting));
    let named = entry.setting.value.trim();
    if alias_of(client, entry, "predicate").is_none() || hidden || named.is_empty() {
        return Fact::absent();
    }
    let listed = client.written("predicates").unwrap_or("");
    if elements(listed).any(|predicate| predicate == named) {
        return Fact::absent();
    }
    Fact::set(Value::str(named), value_place(entry))
}
