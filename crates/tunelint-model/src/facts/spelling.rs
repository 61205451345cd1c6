//! Facts of how a key and value are spelled in a properties file, where Java reads it otherwise
//! than it looks.

use super::setting::{is_secret, refused_as_it_stands, uses_sasl, value_place, with};
use super::{Decl, decl, truth};
use crate::client::{Client, Entry};
use crate::setting::Style;
use crate::value::{Fact, Type, Value};
use crate::view::View;
use tunelint_base::{Entity, Location, Span};
use tunelint_catalog::kafka;
use tunelint_syntax::properties::{self, Properties};

mod lines;
mod marks;

const ON: Entity = Entity::Setting;

pub(super) const FACTS: &[Decl] = &[
    decl(
        "setting.broken_continuation",
        ON,
        Type::Str,
        "The key that the next line becomes because a blank follows the `\\` at the end of this one",
        lines::broken,
    ),
    decl(
        "setting.byte_order_mark",
        ON,
        Type::Str,
        "The key without the byte-order mark at the start of the file, which Java takes for a part of it",
        marks::byte_order_mark,
    ),
    decl(
        "setting.lost_backslash",
        ON,
        Type::Str,
        "The escape in the value that was hardly meant as one, as in `C:\\temp`",
        marks::lost_backslash,
    ),
    decl(
        "setting.non_latin1",
        ON,
        Type::Str,
        "The first character of the line that a reader of ISO-8859-1 takes for others",
        marks::non_latin1,
    ),
    decl(
        "setting.placeholder",
        ON,
        Type::Str,
        "The placeholder in the value that the Java client does not fill in by itself",
        marks::placeholder,
    ),
    decl(
        "setting.placeholder_of_provider",
        ON,
        Type::Bool,
        "Whether the placeholder asks for a configuration provider, and `config.providers` does not name it",
        marks::of_provider,
    ),
    decl(
        "setting.quoted",
        ON,
        Type::Bool,
        "Whether one pair of quotes stands around the value, in a file where they belong to it",
        quoted,
    ),
    decl(
        "setting.quotes_refused",
        ON,
        Type::Bool,
        "Whether Kafka refuses the value because of the quotes around it",
        quotes_refused,
    ),
    decl(
        "setting.split_key",
        ON,
        Type::Str,
        "The key that was probably meant, where a blank in it ended it",
        split_key,
    ),
    decl(
        "setting.swallowed_line",
        ON,
        Type::Str,
        "The next setting or comment that a `\\` at the end of a line makes part of the value",
        lines::swallowed,
    ),
    decl(
        "setting.trailing_blanks",
        ON,
        Type::Str,
        "The blanks at the end of the value",
        lines::trailing_blanks,
    ),
    decl(
        "setting.unquoted",
        ON,
        Type::Str,
        "The value without the quotes around it, unless it is a secret",
        unquoted,
    ),
];

/// The text of an entry of a properties file, read once more, and where it begins in the file.
/// `None` where it does not stand there verbatim, as in a quoted YAML scalar.
fn reread<'m>(view: &View<'m>, entry: Entry<'m>) -> Option<(Properties<'m>, usize)> {
    let setting = entry.setting;
    if setting.style != Style::Properties {
        return None;
    }
    let source = view.model.text_at(Location::new(entry.file, setting.span));
    let read = properties::parse(source);
    let mut entries = read.entries();
    let same = match (entries.next(), entries.next()) {
        (Some(one), None) => {
            one.key.text() == &*setting.written && one.value.text() == &*setting.value
        }
        _ => false,
    };
    drop(entries);
    same.then_some((read, setting.span.start as usize))
}

fn shifted(entry: Entry<'_>, span: Span, by: usize) -> Location {
    let (start, end) = (span.start as usize + by, span.end as usize + by);
    Location::new(entry.file, Span::new(start, end))
}

/// The text in a value that is wholly in one pair of quotes.
fn inside<'m>(client: &Client<'_>, entry: Entry<'m>) -> Option<&'m str> {
    let setting = entry.setting;
    if setting.style != Style::Properties || client.hides(setting) {
        return None;
    }
    let value = setting.value.trim();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let inner = value.strip_prefix(quote)?.strip_suffix(quote)?;
    (!inner.contains(quote)).then_some(inner)
}

fn quoted<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |client, entry| {
        truth(inside(client, entry).is_some(), [])
    })
}

fn unquoted<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |client, entry| {
        match inside(client, entry).filter(|_| !is_secret(entry)) {
            Some(inner) => Fact::set(Value::str(inner), value_place(entry)),
            None => Fact::absent(),
        }
    })
}

/// A JAAS configuration is read only by a client that authenticates by SASL.
fn quotes_refused<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |client, entry| {
        if inside(client, entry).is_none() {
            return truth(false, []);
        }
        let jaas = entry.name == "sasl.jaas.config" && uses_sasl(client);
        truth(jaas || refused_as_it_stands(view), [])
    })
}

/// `num stream.threads=4` is the key `num`. Only where the words together are a key, or where the
/// first of them is none and the rest looks like a setting.
fn split_key<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |client, entry| {
        let setting = entry.setting;
        let Some((read, start)) = reread(view, entry) else {
            return Fact::absent();
        };
        let Some(found) = read.entries().next() else {
            return Fact::absent();
        };
        let source = view.model.text_at(Location::new(entry.file, setting.span));
        let separator = found.separator.of(source);
        let unknown = view.targets().iter().all(|target| target.key.is_none())
            && kafka::scopes_of(entry.name).next().is_none();
        if separator.is_empty() || separator.contains(['=', ':']) || !unknown {
            return Fact::absent();
        }
        let end = setting.value.find(['=', ':']).unwrap_or(0);
        let rest = setting.value[..end].trim_end();
        let word = !rest.is_empty()
            && rest
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "._-".contains(c));
        if !word {
            return Fact::absent();
        }
        let joined = [".", "_", "-", ""]
            .map(|between| format!("{}{between}{rest}", entry.name))
            .into_iter()
            .find(|joined| {
                let targets = client.kind.targets(joined);
                targets.iter().any(|target| target.key.is_some())
            });
        let Some(joined) = joined else {
            return Fact::absent();
        };
        let written = Span::new(
            found.key.span.start as usize,
            found.value.span.start as usize + end,
        );
        Fact::set(Value::str(joined), shifted(entry, written, start))
    })
}
