//! A comment that became part of the value, because properties have no trailing comments.

use super::{is_secret, truth, with};
use crate::client::{Client, Entry};
use crate::setting::Style;
use crate::value::{Fact, Value};
use crate::view::View;
use tunelint_base::{Location, Span};

/// Where the comment begins in a value: at a `#` or `!` that begins the value or follows a blank.
fn begin(value: &str) -> Option<usize> {
    let marks = value.char_indices().filter(|(_, c)| matches!(c, '#' | '!'));
    let mut begins = marks
        .map(|(at, _)| at)
        .filter(|at| value[..*at].is_empty() || value[..*at].ends_with([' ', '\t']));
    begins.next()
}

/// The value before its comment, and the comment.
fn split<'m>(client: &Client<'_>, entry: Entry<'m>) -> Option<(&'m str, &'m str, Span)> {
    let setting = entry.setting;
    if setting.style != Style::Properties || is_secret(entry) || client.hides(setting) {
        return None;
    }
    let at = begin(&setting.value)?;
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
        truth(super::refused_as_it_stands(view), [])
    })
}
