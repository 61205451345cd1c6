//! What a property of librdkafka is, and what the Java clients call it.

use crate::render::wrap;
use crate::style::Paint;
use tunelint_base::Unit;
use tunelint_catalog::kafka::scopes_of;
use tunelint_catalog::librdkafka::{Key, Level, Note, Range, Side, Type, VERSION, find, keys};

/// The property of that name. Of a key of the Java clients that librdkafka lacks there is nothing
/// to say here.
pub(super) fn explain(name: &str, width: usize, paint: Paint) -> Option<String> {
    let mut found: Vec<&Key> = keys().iter().filter(|key| key.name == name).collect();
    if found.is_empty() {
        found.extend(find(name));
    }
    let first = found.first()?;
    let mut text = format!(
        "{}: property of librdkafka {VERSION}\n",
        paint.bold(first.name)
    );
    let mut described = None;
    for key in &found {
        let level = match key.level {
            _ if found.len() == 1 => String::new(),
            Level::Global => paint.help("of the client").to_string(),
            Level::Topic => paint
                .help(format!("of its topics, as topic.{}", key.name))
                .to_string(),
        };
        text.push_str(&format!(
            "{}{level}\n",
            if level.is_empty() { "" } else { "\n" }
        ));
        let description = key.description().filter(|text| described != Some(*text));
        described = description.or(described);
        if let Some(description) = description {
            text.push_str(&format!("  {}\n", wrap(description, width, 2, 2)));
        }
        text.push_str(&about(key, width));
    }
    let rules = rules_about(first);
    if !rules.is_empty() {
        let rules = wrap(&rules.join(", "), width, 14, 14);
        text.push_str(&format!("\n  {:<10}  {rules}\n", "rules"));
    }
    Some(text)
}

fn about(key: &Key, width: usize) -> String {
    let canonical = key.canonical();
    let mut names: Vec<&str> = keys()
        .iter()
        .filter(|other| other.level == key.level && other.canonical().name == canonical.name)
        .map(|other| other.name)
        .filter(|name| *name != key.name)
        .collect();
    names.dedup();
    let rows = [
        ("type", canonical.ty.to_string()),
        ("default", default(canonical)),
        ("valid", valid(canonical)),
        ("also", names.join(", ")),
        ("in Java", java(key)),
        ("used by", used_by(canonical).to_owned()),
        ("note", note(canonical).to_owned()),
    ];
    let rows = rows.into_iter().filter(|(_, value)| !value.is_empty());
    let rows = rows.map(|(head, value)| format!("  {head:<10}  {}\n", wrap(&value, width, 14, 14)));
    rows.collect()
}

fn default(key: &Key) -> String {
    match key.default {
        None if key.ty == Type::Code => String::new(),
        None => "none".to_owned(),
        Some(text) => shown(key.name, text),
    }
}

/// A number with what it comes to: `300000 [5 min]`.
fn shown(name: &str, text: &str) -> String {
    let unit = match name.rsplit('.').next() {
        Some("ms") => Some(Unit::Millis),
        Some("bytes") => Some(Unit::Bytes),
        _ => None,
    };
    let number = text.parse::<i64>().ok();
    let number = number.filter(|number| *number >= 1000 && *number < i64::from(i32::MAX));
    match number.zip(unit) {
        Some((number, unit)) => format!("{text} [{}]", unit.show(number)),
        None => text.to_owned(),
    }
}

fn valid(key: &Key) -> String {
    match (key.range, key.ty) {
        (Range::Between(min, max), _) if key.name == "request.required.acks" => {
            format!("{min} to {max}, or all; brokers take -1, 0 and 1")
        }
        (Range::Between(min, max), _) => format!("{min} to {max}"),
        (Range::OneOf(words), Type::Exact) => words.join(", "),
        (Range::OneOf(words), _) => format!("{} (in any case)", words.join(", ")),
        (Range::None, _) => String::new(),
    }
}

/// The same key under Java's name, if it is a known one at all.
fn java(key: &Key) -> String {
    let canonical = key.canonical();
    match (key.java.or(canonical.java), key.instead) {
        (Some(java), _) if java == key.name => "the same name".to_owned(),
        (Some(java), _) => java.to_owned(),
        (None, Some(instead)) => format!("nothing that takes the same values; see {instead}"),
        (None, None) if scopes_of(key.name).next().is_none() => "nothing like it".to_owned(),
        (None, None) => String::new(),
    }
}

fn used_by(key: &Key) -> &'static str {
    match key.side {
        Side::Any => "every client",
        Side::Producer => "producers; others take it and log that they ignore it",
        Side::Consumer => "consumers; others take it and log that they ignore it",
    }
}

fn note(key: &Key) -> &'static str {
    match key.note {
        Some(Note::Deprecated) => "deprecated",
        Some(Note::Unused) => "no longer used",
        Some(Note::Windows) => "on Windows only; elsewhere it is refused",
        None => "",
    }
}

/// The rules whose condition asks for it, under whatever name, and that are about librdkafka.
fn rules_about(key: &Key) -> Vec<&'static str> {
    let canonical = key.canonical().name;
    let names = keys()
        .iter()
        .filter(|other| other.canonical().name == canonical);
    let asked: Vec<String> = names
        .flat_map(|key| {
            [
                format!("Key({:?})", key.name),
                format!("Str({:?})", key.name),
            ]
        })
        .collect();
    let rules = tunelint_rules::RULES.iter().filter(|rule| {
        let condition = format!("{:?}", rule.when);
        condition.contains("\"librdkafka\"") && asked.iter().any(|asked| condition.contains(asked))
    });
    rules.map(|rule| rule.name).collect()
}

/// The property that was probably meant.
pub(super) fn nearest(name: &str) -> Option<&'static str> {
    tunelint_catalog::librdkafka::nearest(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_java_name_and_the_levels_are_told() {
        let told = |name| explain(name, 80, Paint::new(false)).unwrap_or_default();
        assert!(told("queue.buffering.max.ms").contains("  in Java     linger.ms\n"));
        assert!(told("queue.buffering.max.kbytes").contains("see buffer.memory"));
        let both = told("compression.type");
        assert!(both.contains("of the client\n") && both.contains("as topic.compression.type\n"));
        assert_eq!(both.matches("Which codec").count(), 1);
        assert!(told("topic.acks").starts_with("acks: property of librdkafka"));
        assert_eq!(told("max.block.ms"), "");
    }
}
