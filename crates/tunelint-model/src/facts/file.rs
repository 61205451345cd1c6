//! Facts of a file as a whole: what should not stand in it.

use super::{Decl, decl, truth};
use crate::file::Language;
use crate::model::SourceFile;
use crate::value::{Fact, Type, Value};
use crate::view::View;
use tunelint_base::{Entity, FileId, Location, Span, card};
use tunelint_syntax::properties::{Properties, parse};

const ON: Entity = Entity::File;

pub(super) const FACTS: &[Decl] = &[
    decl(
        "file.card_number",
        ON,
        Type::Str,
        "How long a number is that may be a payment card's; the number itself is never shown",
        card_number,
    ),
    decl(
        "file.card_number_published",
        ON,
        Type::Bool,
        "Whether all such numbers are among those that are published for tests",
        published,
    ),
    decl(
        "file.debug_logger",
        ON,
        Type::Str,
        "A logger that writes what Kafka's clients do in such detail that records may be in it",
        debug_logger,
    ),
];

/// The first number that may be a card's, one that is not for tests if there is one.
fn card(view: &View<'_>) -> Option<(Location, usize, bool)> {
    let (id, file) = view.file.filter(|(_, file)| file.facts.is_recognised())?;
    let text = file.text.as_str();
    let mut found: Vec<(Span, bool)> = card::find(text)
        .into_iter()
        .filter(|range| card::is_issued(&text[range.clone()]))
        .map(|range| {
            (
                Span::new(range.start, range.end),
                card::is_published(&text[range]),
            )
        })
        .collect();
    found.sort_by_key(|(_, published)| *published);
    let (span, published) = *found.first()?;
    let digits = span.of(text).bytes().filter(u8::is_ascii_digit).count();
    Some((Location::new(id, span), digits, published))
}

fn card_number<'m>(view: &View<'m>) -> Fact<'m> {
    card(view).map_or_else(Fact::absent, |(place, digits, _)| {
        Fact::set(Value::str(format!("{digits} digits")), place)
    })
}

fn published<'m>(view: &View<'m>) -> Fact<'m> {
    truth(card(view).is_some_and(|(.., published)| published), [])
}

fn debug_logger<'m>(view: &View<'m>) -> Fact<'m> {
    let found = view
        .file
        .filter(|(_, file)| file.facts.language == Language::Properties)
        .and_then(|(id, file)| logger(id, file));
    found.map_or_else(Fact::absent, |(place, text)| {
        Fact::set(Value::str(text), place)
    })
}

/// Log4j 1 and 2, Spring Boot, Quarkus and `java.util.logging` as properties, where they have to do
/// with Kafka.
fn logger(id: FileId, file: &SourceFile) -> Option<(Location, String)> {
    let text = file.text.as_str();
    let words = ["DEBUG", "TRACE", "debug", "trace", "ALL", "FINE"];
    let hints = ["log4j", "logger", "logging.level", "quarkus.log"];
    if !text.contains("kafka")
        || !words.iter().any(|word| text.contains(word))
        || !hints.iter().any(|hint| text.contains(hint))
    {
        return None;
    }
    let properties = parse(text);
    properties.entries().find_map(|entry| {
        let (key, value) = (entry.key.text(), entry.value.text());
        let level = value.split(',').next().unwrap_or("").trim();
        let is_loud = ["debug", "trace", "all", "fine", "finer", "finest"]
            .iter()
            .any(|loud| loud.eq_ignore_ascii_case(level));
        let of_clients = is_loud && is_clients(&logger_of(key, &properties)?);
        of_clients.then(|| (Location::new(id, entry.span), format!("{key}={level}")))
    })
}

/// The name of the logger whose level a key sets; empty for the root.
fn logger_of(key: &str, properties: &Properties<'_>) -> Option<String> {
    let root = [
        "log4j.rootLogger",
        "rootLogger",
        "rootLogger.level",
        "logging.level.root",
        "quarkus.log.level",
        ".level",
    ];
    if root.contains(&key) {
        return Some(String::new());
    }
    for start in ["log4j.logger.", "logging.level."] {
        if let Some(name) = key.strip_prefix(start) {
            return Some(name.to_owned());
        }
    }
    if let Some(name) = key.strip_prefix("quarkus.log.category.") {
        return Some(name.strip_suffix(".level")?.trim_matches('"').to_owned());
    }
    // Log4j 2 names a logger in one key and its level in another.
    let alias = key
        .strip_suffix(".level")
        .filter(|alias| alias.starts_with("logger."))?;
    let wanted = format!("{alias}.name");
    let mut names = properties
        .entries()
        .filter(|entry| entry.key.text() == wanted);
    names
        .next()
        .map(|entry| entry.value.text().trim().to_owned())
}

/// Kafka's clients, streams and Connect, and the loggers above them.
fn is_clients(name: &str) -> bool {
    let own = [
        "org.apache.kafka.clients",
        "org.apache.kafka.streams",
        "org.apache.kafka.connect",
    ];
    let above = ["", "org", "org.apache", "org.apache.kafka"];
    above.contains(&name)
        || own.iter().any(|package| {
            name.strip_prefix(package)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        })
}
