//! A comment that became part of the value, because properties have no trailing comments.

use super::{is_secret, truth, uses_sasl, with};
use crate::client::{Client, ClientKind, Entry};
use crate::setting::Style;
use crate::value::{Fact, Value};
use crate::view::View;
use tunelint_base::{Location, Span};
use tunelint_catalog::librdkafka::{self, Key, Type};

/// Where the comment begins in a value: at a `#` or `!` that begins the value or follows a blank.
fn begin(value: &str) -> Option<usize> {
    let marks = value.char_indices().filter(|(_, c)| matches!(c, '#' | '!'));
    let mut begins = marks
        .map(|(at, _)| at)
        .filter(|at| value[..*at].is_empty() || value[..*at].ends_with([' ', '\t']));
    begins.next()
}

/// Where the comment begins in a JAAS configuration: after the `;` that ends it. A mark in quotes or
/// before that belongs to it.
fn after_jaas(value: &str) -> Option<usize> {
    let mut quoted = false;
    let mut ended = false;
    for (at, c) in value.char_indices() {
        match c {
            '"' => quoted = !quoted,
            _ if quoted => {}
            ';' => ended = true,
            '#' | '!' if ended => return Some(at),
            c if !c.is_whitespace() => ended = false,
            _ => {}
        }
    }
    None
}

/// The value before its comment, and the comment. Into a password a mark may well belong.
fn split<'m>(client: &Client<'_>, entry: Entry<'m>) -> Option<(&'m str, &'m str, Span)> {
    let setting = entry.setting;
    if setting.style != Style::Properties || client.hides(setting) {
        return None;
    }
    // librdkafka ignores what follows a number.
    let number = |key: &Key| matches!(key.canonical().ty, Type::Integer | Type::Float);
    if client.kind == ClientKind::Librdkafka
        && librdkafka::find(entry.name).is_some_and(number)
        && setting
            .value
            .trim_start()
            .starts_with(|c: char| c.is_ascii_digit())
    {
        return None;
    }
    let at = if entry.name.ends_with("sasl.jaas.config") {
        after_jaas(&setting.value)?
    } else if is_secret(entry) {
        return None;
    } else {
        begin(&setting.value)?
    };
    let (head, comment) = setting.value.split_at(at);
    let span = setting.part(Span::new(at, setting.value.len()));
    Some((head.trim(), comment.trim_end(), span))
}

pub(super) fn comment<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |client, entry| {
        split(client, entry).map_or_else(Fact::absent, |(_, comment, span)| {
            let location = Location::new(entry.file, span);
            let mut fact = Fact::set(Value::str(comment), location);
            fact.parts = vec![(location, "part of the value".to_owned())];
            fact
        })
    })
}

pub(super) fn head<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |client, entry| {
        split(client, entry).map_or_else(Fact::absent, |(head, ..)| super::text(head))
    })
}

/// The value fails the key's own check, or is read in a way that no blank can pass.
pub(super) fn refused<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |client, entry| {
        if split(client, entry).is_none() {
            return truth(false, []);
        }
        let jaas = entry.name == "sasl.jaas.config" && uses_sasl(client);
        truth(jaas || super::refused_as_it_stands(view), [])
    })
}

#[cfg(test)]
mod tests {
    use super::{after_jaas, begin};

    #[test]
    fn comments_begin_where_they_look_like_it() {
        assert_eq!(begin("20  # wait"), Some(4));
        assert_eq!(begin("# wait"), Some(0));
        assert_eq!(begin("a#b"), None);
        let jaas = "Plain required username=\"a\" password=\"b;#c\"";
        assert_eq!(after_jaas(jaas), None);
        assert_eq!(
            after_jaas(&format!("{jaas}; # PLAIN")),
            Some(jaas.len() + 2)
        );
    }
}
