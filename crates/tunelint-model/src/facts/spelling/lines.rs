//! Where a line of a properties file ends, and what the next one becomes.

use super::{reread, shifted};
use crate::client::Entry;
use crate::facts::setting::with;
use crate::model::EntityRef;
use crate::value::{Fact, Value};
use crate::view::View;
use tunelint_base::{Location, Span};
use tunelint_catalog::kafka;

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\x0c')
}

/// Whether the text ends in a backslash that is not escaped itself.
fn ends_in_backslash(text: &str) -> bool {
    text.bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1
}

/// A value that ends in `\` and blanks: the backslash escapes the first of them.
pub(super) fn broken<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |_, entry| {
        let Some((read, start)) = reread(view, entry) else {
            return Fact::absent();
        };
        let Some(found) = read.entries().next() else {
            return Fact::absent();
        };
        let raw = found.value.raw;
        let head = raw.trim_end_matches(is_blank);
        if head.len() == raw.len() || !ends_in_backslash(head) {
            return Fact::absent();
        }
        let Some(next) = next_line(view, entry) else {
            return Fact::absent();
        };
        let end = found.value.span.end as usize;
        let mark = Span::new(end - (raw.len() - head.len()) - 1, end);
        let place = shifted(entry, mark, start);
        let mut fact = Fact::set(Value::str(&*next.setting.written), place);
        fact.parts = vec![(
            Location::new(next.file, next.setting.key_span),
            "a key of its own".to_owned(),
        )];
        fact
    })
}

/// The setting on the very next line.
fn next_line<'m>(view: &View<'m>, entry: Entry<'m>) -> Option<Entry<'m>> {
    let EntityRef::Setting(_, index) = view.entity else {
        return None;
    };
    let next = *view.client?.settings.get(index + 1)?;
    let (end, begin) = (entry.setting.span.end, next.setting.span.start);
    if next.file != entry.file || end > begin {
        return None;
    }
    let between = Span::new(end as usize, begin as usize);
    let between = view.model.text_at(Location::new(entry.file, between));
    let adjacent = between.trim().is_empty() && between.matches('\n').count() == 1;
    adjacent.then_some(next)
}

/// A line that a continuation joins to the value although it looks like one of its own: a comment,
/// or a setting of Kafka's.
pub(super) fn swallowed<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |_, entry| {
        let source = view
            .model
            .text_at(Location::new(entry.file, entry.setting.span));
        if !source.contains(['\n', '\r']) {
            return Fact::absent();
        }
        let Some((read, start)) = reread(view, entry) else {
            return Fact::absent();
        };
        let Some(found) = read.entries().next() else {
            return Fact::absent();
        };
        for gap in &found.continued {
            let rest = source.get(gap.end as usize..).unwrap_or("");
            let line = rest.split(['\n', '\r']).next().unwrap_or("");
            if !stands_alone(line) {
                continue;
            }
            let shown = line
                .trim_end_matches(is_blank)
                .trim_end_matches('\\')
                .trim_end();
            let place = Span::new(gap.end as usize, gap.end as usize + shown.len());
            let backslash = Span::new(gap.start as usize, gap.start as usize + 1);
            let comment = shown.starts_with(['#', '!']);
            let end = shown.find(['=', ':']).filter(|_| !comment);
            let named = shown[..end.unwrap_or(shown.len())].trim_end();
            let mut fact = Fact::set(Value::str(named.to_owned()), shifted(entry, place, start));
            fact.parts = vec![(
                shifted(entry, backslash, start),
                "this line goes on".to_owned(),
            )];
            return fact;
        }
        Fact::absent()
    })
}

/// Whether a line would mean something by itself.
fn stands_alone(line: &str) -> bool {
    if line.starts_with(['#', '!']) {
        return true;
    }
    let Some((key, _)) = line.split_once('=') else {
        return false;
    };
    let key = key.trim_end();
    let bare = key
        .trim_start_matches("main.")
        .trim_start_matches("consumer.")
        .trim_start_matches("producer.");
    key.contains('.') && kafka::scopes_of(bare).next().is_some()
}

/// Blanks that Java keeps. What ends in `\` and a blank is another matter.
pub(super) fn trailing_blanks<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |_, entry| {
        let value = &*entry.setting.value;
        if value.trim_end().len() == value.len() || value.trim().is_empty() {
            return Fact::absent();
        }
        let Some((read, start)) = reread(view, entry) else {
            return Fact::absent();
        };
        let Some(found) = read.entries().next() else {
            return Fact::absent();
        };
        let raw = found.value.raw;
        let head = raw.trim_end_matches(is_blank);
        // An escaped blank at the end was put there on purpose, or is a broken continuation.
        if head.len() == raw.len() || head.ends_with('\\') || !found.continued.is_empty() {
            return Fact::absent();
        }
        let end = found.value.span.end as usize;
        let place = Span::new(end - (raw.len() - head.len()), end);
        Fact::set(Value::str(&raw[head.len()..]), shifted(entry, place, start))
    })
}
