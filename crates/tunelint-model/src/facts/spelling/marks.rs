//! Characters of a value that are read otherwise than they look: escapes, letters beyond ASCII,
//! placeholders.

use super::{reread, shifted};
use crate::client::{Client, ClientKind, Entry};
use crate::facts::setting::{is_secret, value_place, with};
use crate::facts::truth;
use crate::setting::Style;
use crate::value::{Fact, Value};
use crate::view::View;
use tunelint_base::{Encoding, Location, Span};

/// What an editor of Windows may put before the first key. Before a comment it does no harm.
pub(super) fn byte_order_mark<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |_, entry| {
        let setting = entry.setting;
        let key = setting.written.strip_prefix('\u{feff}');
        let key =
            key.filter(|key| setting.style == Style::Properties && !key.starts_with(['#', '!']));
        let Some(key) = key.filter(|_| setting.span.start == 0) else {
            return Fact::absent();
        };
        let mark = Location::new(entry.file, Span::new(0, '\u{feff}'.len_utf8()));
        Fact::set(Value::str(key), mark)
    })
}

/// A backslash before a letter or digit that is no escape, or in what looks like a path of
/// Windows. People who escape a quote or a bracket mean what they get: the backslash goes.
pub(super) fn lost_backslash<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |client, entry| {
        let source = view
            .model
            .text_at(Location::new(entry.file, entry.setting.value_span));
        if !source.contains('\\') {
            return Fact::absent();
        }
        let Some((read, start)) = reread(view, entry) else {
            return Fact::absent();
        };
        let Some(found) = read.entries().next() else {
            return Fact::absent();
        };
        let raw = found.value.raw;
        let drive = is_path(raw);
        let pattern = is_pattern(client, entry.name);
        let begin = found.value.span.start as usize;
        let mut places = Vec::new();
        let mut first = None;
        let mut at = 0;
        while let Some(next) = raw[at..].find('\\') {
            let mark = at + next;
            let Some(escaped) = raw[mark + 1..].chars().next() else {
                break;
            };
            let lost = match escaped {
                'u' => false,
                't' | 'n' | 'r' | 'f' => drive,
                c if c.is_ascii_alphanumeric() => true,
                '.' | '*' | '+' | '?' | '(' | ')' | '[' | ']' | '|' | '^' | '$' => pattern,
                _ => false,
            };
            at = mark + 1 + escaped.len_utf8();
            if lost {
                first = first.or(Some(&raw[mark..at]));
                let place = Span::new(begin + mark, begin + at);
                places.push(shifted(entry, place, start));
            }
        }
        let Some(first) = first else {
            return Fact::absent();
        };
        // The last place is the one that is pointed at.
        places.reverse();
        let shown = if is_secret(entry) { "\\…" } else { first };
        Fact::derived(Value::str(shown.to_owned()), places)
    })
}

/// `C:\…` or `C:\\…` or `\\host\…` as it is written.
fn is_path(raw: &str) -> bool {
    let mut chars = raw.trim_start().chars();
    let (one, two, three) = (chars.next(), chars.next(), chars.next());
    one.is_some_and(|c| c.is_ascii_alphabetic()) && two == Some(':') && three == Some('\\')
}

/// Keys whose value is a regular expression; to MirrorMaker topics and groups are.
fn is_pattern(client: &Client<'_>, name: &str) -> bool {
    let ends = |all: &[&str]| all.iter().any(|end| name.ends_with(end));
    ends(&[".regex", ".pattern", ".include", ".exclude"])
        || (client.kind == ClientKind::MirrorMaker && ends(&["topics", "groups"]))
}

/// `java.util.Properties` reads a byte stream as ISO-8859-1; a file of UTF-8 has two bytes and more
/// for such a character. A file that is ISO-8859-1 itself is read as it was meant.
pub(super) fn non_latin1<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |client, entry| {
        let setting = entry.setting;
        let utf8 = view
            .file
            .is_some_and(|(_, file)| file.text.encoding() == Encoding::Utf8);
        let plain = utf8
            && setting.style == Style::Properties
            && client.facts.framework().is_none()
            && client.kind != ClientKind::Librdkafka;
        if !plain || (setting.value.is_ascii() && setting.written.is_ascii()) {
            return Fact::absent();
        }
        let place = Location::new(entry.file, setting.span);
        let source = view.model.text_at(place);
        let Some((at, found)) = source.char_indices().find(|(_, c)| !c.is_ascii()) else {
            return Fact::absent();
        };
        if found == '\u{feff}' {
            return Fact::absent();
        }
        let start = setting.span.start as usize + at;
        let span = Span::new(start, start + found.len_utf8());
        let shown = if is_secret(entry) { '…' } else { found };
        Fact::set(
            Value::str(shown.to_string()),
            Location::new(entry.file, span),
        )
    })
}

/// `${…}`, of which a Java client fills in none but those of its configuration providers. In the
/// files of frameworks and connectors others do.
fn unfilled<'m>(client: &Client<'_>, entry: Entry<'m>) -> Option<(&'m str, bool)> {
    use ClientKind::{Admin, ConnectWorker, Consumer, Producer, Streams};
    let java = matches!(
        client.kind,
        Producer | Consumer | Admin | Streams | ConnectWorker
    );
    let setting = entry.setting;
    let framework = client.facts.framework().is_some();
    if !java || framework || setting.style != Style::Properties {
        return None;
    }
    let at = setting.value.find("${")?;
    let end = at + setting.value[at..].find('}')? + 1;
    let found = &setting.value[at..end];
    let name = found[2..found.len() - 1]
        .split_once(':')
        .map(|(name, _)| name);
    // `${NAME:-default}` is a shell's, `${NAME:default}` a framework's.
    let known = [
        "file",
        "env",
        "directory",
        "dir",
        "secrets",
        "vault",
        "externalSecrets",
    ];
    let provider = name.is_some_and(|name| known.contains(&name));
    Some((found, provider))
}

fn declared(client: &Client<'_>, found: &str) -> bool {
    let name = found[2..].split(':').next().unwrap_or("");
    client
        .settings
        .iter()
        .filter(|entry| entry.name == "config.providers")
        .any(|entry| entry.setting.value.split(',').any(|one| one.trim() == name))
}

pub(super) fn placeholder<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |client, entry| match unfilled(client, entry) {
        Some((found, provider)) if !(provider && declared(client, found)) => {
            Fact::set(Value::str(found), value_place(entry))
        }
        _ => Fact::absent(),
    })
}

pub(super) fn of_provider<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |client, entry| {
        let found = unfilled(client, entry);
        truth(found.is_some_and(|(_, provider)| provider), [])
    })
}
