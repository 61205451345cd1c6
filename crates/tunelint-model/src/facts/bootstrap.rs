//! Facts of the addresses in `bootstrap.servers` and `bootstrap.controllers`.

use super::setting::{value_place, with};
use super::{Decl, decl, text, truth};
use crate::address::{self, Address, read, separated};
use crate::client::{Client, ClientKind, Entry};
use crate::value::{Fact, Type, Value};
use crate::view::View;
use tunelint_base::{Entity, Location, Span};
use tunelint_catalog::kafka::{Parsed, Type as KeyType};

const ON: Entity = Entity::Setting;

pub(super) const FACTS: &[Decl] = &[
    decl(
        "setting.address",
        ON,
        Type::Str,
        "The first of the addresses in the value that a client refuses or reads in another way",
        |view| {
            with(view, |client, entry| {
                told(view, client, entry, |odd| odd.text.to_owned())
            })
        },
    ),
    decl(
        "setting.address_fault",
        ON,
        Type::Str,
        "What is wrong with that address",
        |view| with(view, |client, entry| told(view, client, entry, Odd::why)),
    ),
    decl(
        "setting.address_list",
        ON,
        Type::Str,
        "The value with commas between its addresses, where something else stands there",
        list,
    ),
    decl(
        "setting.address_refused",
        ON,
        Type::Bool,
        "Whether the client refuses that address, and with it the whole list",
        refused,
    ),
    decl(
        "setting.address_used",
        ON,
        Type::Str,
        "What the client connects to for that address, where it takes it",
        used,
    ),
];

/// An address that somebody will not have meant so.
struct Odd<'m> {
    /// As it is written.
    text: &'m str,
    place: Location,
    /// The addresses in it, where it is several.
    parts: Option<Vec<&'m str>>,
    read: Result<Address<'m>, address::Fault>,
}

impl Odd<'_> {
    fn why(&self) -> String {
        match (&self.parts, &self.read) {
            (Some(_), _) => "it is several addresses, and only commas separate them".to_owned(),
            (None, Err(fault)) => fault.to_string(),
            (None, Ok(_)) => "it names no host".to_owned(),
        }
    }
}

/// The first odd address of a list. A Streams application overwrites what its clients' prefixes
/// say, but for its main consumer's.
fn odd<'m>(view: &View<'m>, client: &'m Client<'m>, entry: Entry<'m>) -> Option<Odd<'m>> {
    let bare = view.targets().first()?.name;
    let is_read = match client.kind {
        ClientKind::Streams => {
            matches!(
                entry.name,
                "bootstrap.servers" | "main.consumer.bootstrap.servers"
            )
        }
        ClientKind::Broker | ClientKind::Topic => false,
        _ => true,
    };
    let known = |target: &crate::client::Target<'_>| {
        target.key.is_some_and(|key| key.exists_in(client.kafka))
    };
    if !matches!(bare, "bootstrap.servers" | "bootstrap.controllers")
        || !is_read
        || client.hides(entry.setting)
        || !view.targets().iter().any(known)
    {
        return None;
    }
    let value: &'m str = &entry.setting.value;
    let Ok(Parsed::List(elements)) = KeyType::List.parse(value) else {
        return None;
    };
    let meant = |element: &&str| {
        !element.is_empty() && (client.facts.complete || !is_to_be_filled_in(element))
    };
    let mut elements = elements.into_iter().filter(meant);
    elements.find_map(|element| {
        let read = read(element, client.kafka);
        let parts = separated(element);
        let is_plain = read.is_ok_and(|address| !address.host.is_empty()) && parts.is_none();
        let start = element.as_ptr() as usize - value.as_ptr() as usize;
        let span = entry.setting.part(Span::new(start, start + element.len()));
        (!is_plain).then(|| Odd {
            text: element,
            place: Location::new(entry.file, span),
            parts,
            read,
        })
    })
}

/// Whether somebody is to write the address there yet: `<endpoint:9092>`, `YOUR_BROKER`.
fn is_to_be_filled_in(element: &str) -> bool {
    let is_shouted = !element.contains([':', '.']) && !element.contains(|c: char| c.is_lowercase());
    element.contains(['<', '>', '{', '}']) || is_shouted
}

fn told<'m>(
    view: &View<'m>,
    client: &'m Client<'m>,
    entry: Entry<'m>,
    say: impl FnOnce(&Odd<'m>) -> String,
) -> Fact<'m> {
    odd(view, client, entry).map_or_else(Fact::absent, |odd| {
        Fact::set(Value::str(say(&odd)), odd.place)
    })
}

fn refused<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |_, _| truth(is_refused(view), []))
}

/// Whether the setting is a list of addresses that the client refuses.
pub(super) fn is_refused(view: &View<'_>) -> bool {
    let (Some(client), Some(entry)) = (view.client, view.setting) else {
        return false;
    };
    odd(view, client, entry).is_some_and(|odd| odd.read.is_err())
}

fn used<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |client, entry| {
        let address = odd(view, client, entry).and_then(|odd| odd.read.ok());
        address.map_or_else(Fact::absent, |Address { host, port }| {
            let host = if host.is_empty() { "localhost" } else { host };
            text(format!("{host}:{port}"))
        })
    })
}

/// Only where nothing but the separators is wrong with the whole list.
fn list<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |client, entry| {
        let value: &'m str = &entry.setting.value;
        let Some(Odd { parts: Some(_), .. }) = odd(view, client, entry) else {
            return Fact::absent();
        };
        let separators = |c: char| c.is_whitespace() || matches!(c, ';' | '|' | ',');
        let parts: Vec<&str> = value
            .split(separators)
            .filter(|part| !part.is_empty())
            .collect();
        let is_whole = parts.iter().all(|part| read(part, client.kafka).is_ok());
        if is_whole && separated(&parts.join(" ")).is_some() {
            Fact::set(Value::str(parts.join(",")), value_place(entry))
        } else {
            Fact::absent()
        }
    })
}
