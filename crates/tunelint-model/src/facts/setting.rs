//! Facts of one key and value: what Kafka makes of it.

use super::{Decl, decl, text, truth};
use crate::client::{Client, Entry};
use crate::value::{Fact, Type, Value};
use crate::view::View;
use tunelint_base::{Entity, Location, Origin, Span};

mod class;
mod comment;
mod default;
mod neighbour;
mod number;
mod refusal;
mod secrecy;
mod unworkable;

pub(super) use refusal::{refused_as_it_stands, uses_sasl};
pub(super) use secrecy::is_secret;

const ON: Entity = Entity::Setting;

pub(super) const FACTS: &[Decl] = &[
    decl(
        "setting.comment",
        ON,
        Type::Str,
        "The `#` or `!` comment that stands in the value, where it looks like one",
        comment::comment,
    ),
    decl(
        "setting.comment_refused",
        ON,
        Type::Bool,
        "Whether Kafka refuses the value because of the comment in it",
        comment::refused,
    ),
    decl(
        "setting.default",
        ON,
        Type::Str,
        "The default of the key",
        default::default,
    ),
    decl(
        "setting.expected",
        ON,
        Type::Str,
        "What the value must be, where it is refused",
        refusal::expected,
    ),
    decl(
        "setting.fault",
        ON,
        Type::Str,
        "Why the value is refused: type, range, enum, empty or form; empty where it is not",
        refusal::fault,
    ),
    decl(
        "setting.full_class_name",
        ON,
        Type::Str,
        "The class of Kafka's that is known by the short name in the value",
        class::full,
    ),
    decl(
        "setting.handed_on",
        ON,
        Type::Bool,
        "Whether the value is only handed on, or keys of another client make it doubtful who reads it, so that loading may not refuse it",
        refusal::handed_on,
    ),
    decl(
        "setting.head",
        ON,
        Type::Str,
        "The value before the comment in it",
        comment::head,
    ),
    decl(
        "setting.holds_secret",
        ON,
        Type::Bool,
        "Whether a secret stands in the value in clear text",
        secrecy::holds_secret,
    ),
    decl(
        "setting.is_default",
        ON,
        Type::Bool,
        "Whether the value is what would hold without it",
        default::is_default,
    ),
    decl(
        "setting.key",
        ON,
        Type::Str,
        "The key as it is written",
        key,
    ),
    decl(
        "setting.known",
        ON,
        Type::Bool,
        "Whether this version of Kafka has the key",
        refusal::known,
    ),
    decl(
        "setting.literal",
        ON,
        Type::Bool,
        "Whether the value stands there, and not a placeholder for it",
        literal,
    ),
    decl(
        "setting.name",
        ON,
        Type::Str,
        "The key as Kafka knows it",
        name,
    ),
    decl(
        "setting.near",
        ON,
        Type::Str,
        "The key that was probably meant, where the written one is unknown",
        neighbour::near,
    ),
    decl(
        "setting.overwritten_by",
        ON,
        Type::Str,
        "The value of the same key further down in the file",
        neighbour::overwritten,
    ),
    decl(
        "setting.secret",
        ON,
        Type::Bool,
        "Whether the value is a secret",
        secrecy::secret,
    ),
    decl(
        "setting.unworkable",
        ON,
        Type::Str,
        "What a number does that no client refuses although it cannot work, as a clause",
        unworkable::unworkable,
    ),
    decl(
        "setting.undotted_class",
        ON,
        Type::Str,
        "A name in place of a class name that has no package",
        class::undotted,
    ),
    decl(
        "setting.undotted_in_list",
        ON,
        Type::Bool,
        "Whether that name stands in a list of classes, which clients load when they are made",
        class::in_list,
    ),
    decl(
        "setting.unit_suffix",
        ON,
        Type::Str,
        "The unit after the number, or what groups its digits, in a value that must be a plain number",
        number::suffix,
    ),
    decl(
        "setting.unit_value",
        ON,
        Type::Str,
        "What the value with its unit would be as a plain number",
        number::plain,
    ),
    decl(
        "setting.value",
        ON,
        Type::Str,
        "The value; `[redacted]` where it is secret",
        value,
    ),
];

pub(in crate::facts) fn with<'m>(
    view: &View<'m>,
    then: impl FnOnce(&'m Client<'m>, Entry<'m>) -> Fact<'m>,
) -> Fact<'m> {
    match (view.client, view.setting) {
        (Some(client), Some(entry)) => then(client, entry),
        _ => Fact::unknown("the setting"),
    }
}

pub(in crate::facts) fn value_place(entry: Entry<'_>) -> Location {
    let setting = entry.setting;
    // An empty value has no text to point at; its key has.
    let span = if setting.value_span.is_empty() {
        setting.key_span
    } else {
        trimmed(setting.value_span, &setting.value)
    };
    Location::new(entry.file, span)
}

/// Without the blanks around the value, where the text stands verbatim.
fn trimmed(span: Span, value: &str) -> Span {
    let (start, end) = (
        value.len() - value.trim_start().len(),
        value.len() - value.trim_end().len(),
    );
    if span.len() == value.len() {
        Span::new(span.start as usize + start, span.end as usize - end)
    } else {
        span
    }
}

fn shown<'m>(entry: Entry<'m>) -> Value<'m> {
    if is_secret(entry) {
        Value::str("[redacted]")
    } else {
        Value::str(entry.setting.value.trim())
    }
}

fn key<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |_, entry| {
        Fact::set(
            Value::str(&*entry.setting.written),
            Location::new(entry.file, entry.setting.key_span),
        )
    })
}

fn name<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |_, entry| {
        Fact::set(
            Value::str(entry.name),
            Location::new(entry.file, entry.setting.key_span),
        )
    })
}

fn value<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |client, entry| {
        if client.hides(entry.setting) {
            return Fact::new(
                Value::unknown("a value behind a placeholder"),
                Origin::Set(value_place(entry)),
            );
        }
        Fact::set(shown(entry), value_place(entry))
    })
}

fn literal<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |client, entry| {
        let value = entry.setting.value.trim();
        truth(!value.is_empty() && !client.hides(entry.setting), [])
    })
}
