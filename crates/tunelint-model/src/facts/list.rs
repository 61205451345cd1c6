//! Facts of lists: what stands in them twice, and what is not there between two commas.

use super::setting::{value_place, with};
use super::{Decl, decl, truth};
use crate::client::ClientKind;
use crate::value::{Fact, Type, Value};
use crate::view::View;
use tunelint_base::{Entity, Location, Span};
use tunelint_catalog::kafka::{self, Fault, NEWEST_RELEASE, Parsed};

const ON: Entity = Entity::Setting;

pub(super) const FACTS: &[Decl] = &[
    decl(
        "setting.empty_entry",
        ON,
        Type::Bool,
        "Whether an entry of the list is empty, which newer versions of Kafka refuse",
        empty_entry,
    ),
    decl(
        "setting.twice",
        ON,
        Type::Str,
        "An entry that stands in the list twice",
        twice,
    ),
];

/// Whether anything of this kind reads lists as `ConfigDef` does, and nothing more is asked of them.
fn is_plain(kind: ClientKind) -> bool {
    matches!(
        kind,
        ClientKind::Producer
            | ClientKind::Consumer
            | ClientKind::Admin
            | ClientKind::Streams
            | ClientKind::ConnectWorker
            | ClientKind::Topic
            | ClientKind::Client
    )
}

fn twice<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |client, entry| {
        let value: &'m str = &entry.setting.value;
        let is_list = view.targets().iter().any(|target| {
            target.key.is_some_and(|key| {
                key.exists_in(client.kafka) && key.ty(client.kafka) == kafka::Type::List
            })
        });
        if !is_list
            || !is_plain(client.kind)
            || client.hides(entry.setting)
            || view.refusal().is_some()
        {
            return Fact::absent();
        }
        let mut seen: Vec<&str> = Vec::new();
        let mut at = 0;
        for part in value.split(',') {
            let start = at + (part.len() - part.trim_start().len());
            let name = part.trim();
            if !name.is_empty() && seen.contains(&name) {
                let span = entry.setting.part(Span::new(start, start + name.len()));
                return Fact::set(Value::str(name), Location::new(entry.file, span));
            }
            seen.push(name);
            at += part.len() + 1;
        }
        Fact::absent()
    })
}

/// Up to 4.1 lists may have empty entries; the validators that 4.2 brought refuse them.
fn empty_entry<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |client, entry| {
        let refused_later = view.targets().iter().any(|target| {
            target.key.is_some_and(|key| {
                key.exists_in(client.kafka)
                    && matches!(
                        kafka::check(key, client.kafka, &entry.setting.value),
                        Ok(Parsed::List(_))
                    )
                    && kafka::check(key, NEWEST_RELEASE, &entry.setting.value)
                        == Err(Fault::EmptyElement)
            })
        });
        let found = refused_later && !client.hides(entry.setting);
        if found {
            Fact::set(Value::Bool(true), value_place(entry))
        } else {
            truth(false, [])
        }
    })
}
