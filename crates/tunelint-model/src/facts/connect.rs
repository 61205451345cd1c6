//! Facts of Kafka Connect: workers, connectors, and what one hands to the other.

use super::Decl;
use crate::client::{Client, ClientKind, Entry};
use crate::file::Language;
use crate::value::Fact;
use crate::view::View;
use tunelint_base::Location;

mod connector;
mod converter;
mod overrides;
mod transform;
mod worker;

/// All of them, by module.
pub(super) const TABLES: [&[Decl]; 5] = [
    connector::FACTS,
    converter::FACTS,
    overrides::FACTS,
    transform::FACTS,
    worker::FACTS,
];

/// Asks about a configuration of that kind; of any other nothing is so.
fn of<'m>(
    view: &View<'m>,
    kind: ClientKind,
    then: impl FnOnce(&'m Client<'m>) -> Fact<'m>,
) -> Fact<'m> {
    match view.client {
        Some(client) if client.kind == kind => then(client),
        Some(_) => Fact::absent(),
        None => Fact::unknown("the client"),
    }
}

/// Whether the file shows all there is of a connector: no template adds keys to it, and it is no
/// piece in a document. Connectors are not configured in code.
fn is_whole(view: &View<'_>) -> bool {
    let marks = ["{{", "{%", "<%"];
    view.file.is_some_and(|(_, file)| {
        let text = file.text.as_str();
        file.facts.language != Language::Markdown && !marks.iter().any(|mark| text.contains(mark))
    })
}

/// Where a setting stands.
fn place(entry: Entry<'_>) -> Location {
    Location::new(entry.file, entry.setting.span)
}

/// The elements of a list, as Kafka reads it.
fn elements(value: &str) -> impl Iterator<Item = &str> {
    value
        .split(',')
        .map(str::trim)
        .filter(|element| !element.is_empty())
}
