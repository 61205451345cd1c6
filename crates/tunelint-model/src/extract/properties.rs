//! Java properties: plain Kafka keys, or those of a framework.

use super::framework;
use super::jvm::{looks_like_options, split_blanks};
use crate::client::{ClientFacts, ClientKind, Insertion, Place};
use crate::file::{FileFacts, SyntaxError};
use crate::fragment::Fragment;
use crate::jvm::{Carrier, OptionString};
use crate::recognise::recognise;
use crate::setting::{Setting, Style, is_placeholder, is_secret_name};
use tunelint_base::Span;
use tunelint_syntax::properties::{Entry, Properties, parse};

/// Reads a whole file.
pub(super) fn extract(facts: &mut FileFacts, fragment: &Fragment<'_>, path: &str) {
    extract_at(facts, fragment, path, Place::File);
}

/// Values that are JVM options, as `org.gradle.jvmargs` and `env.java.opts` have them.
fn option_values(facts: &mut FileFacts, fragment: &Fragment<'_>, settings: &[Setting]) {
    for setting in settings {
        if !looks_like_options(&setting.value) {
            continue;
        }
        let inner = Fragment {
            text: setting.value.to_string().into(),
            map: Some(setting.map.clone()),
            file: fragment.file,
        };
        let flags = split_blanks(&inner);
        facts.add_role("JVM options");
        facts.options.push(OptionString {
            carrier: Carrier::Script,
            name: setting.written.clone(),
            name_span: setting.key_span,
            flags,
            span: setting.value_span,
            stands: None,
        });
    }
}

/// Reads a text that stands at `place`, and says whether it was recognised.
pub(super) fn extract_at(
    facts: &mut FileFacts,
    fragment: &Fragment<'_>,
    path: &str,
    place: Place,
) -> bool {
    let properties = parse(&fragment.text);
    if is_hocon(&fragment.text) {
        // Sections in braces: to read them as properties would misread every one.
        let keys: Vec<&str> = properties.entries().map(|entry| entry.key.text()).collect();
        let known = recognise(keys.iter().copied(), path).is_some();
        if known {
            facts.add_role("Kafka settings in HOCON, which is not read");
        }
        return known;
    }
    let settings: Vec<Setting> = properties
        .entries()
        .map(|entry| setting(fragment, entry))
        .collect();
    option_values(facts, fragment, &settings);
    let own = facts
        .directives
        .kind
        .flatten()
        .filter(|_| place == Place::File);
    let of_framework = own.is_none() && framework::is_framework(&settings);
    let recognised = match own {
        Some(kind) => Some((kind, "a directive says so".to_owned())),
        None if of_framework => None,
        None => {
            recognise(settings.iter().map(|s| &*s.name), path).map(|found| (found.kind, found.why))
        }
    };
    if !of_framework && recognised.is_none() {
        return false;
    }
    for error in &properties.errors {
        let message =
            "a `\\u` that four hexadecimal digits do not follow: Java refuses to load the file"
                .to_owned();
        facts.errors.push(SyntaxError {
            span: fragment.span(error.span),
            message,
        });
    }
    note_secrets(facts, &settings);
    if of_framework {
        facts.add_role("Kafka settings of an application framework");
        let separators = framework::separators(&fragment.text, |span| fragment.span(span));
        framework::clients(facts, framework::documents(settings, &separators), &place);
        return true;
    }
    let Some((kind, why)) = recognised else {
        return false;
    };
    facts.add_role(format!("Kafka {} configuration", kind.as_str()));
    let insert = insertion(fragment, &properties);
    let client = client(facts, kind, why, settings, place, insert);
    facts.clients.push(client);
    true
}

/// Lines that only close a brace, and lines that open one.
fn is_hocon(text: &str) -> bool {
    let closes = text
        .lines()
        .any(|line| matches!(line.trim(), "}" | "}," | "]"));
    closes
        && text
            .lines()
            .any(|line| line.trim_end().ends_with(['{', '[']))
}

fn client(
    facts: &FileFacts,
    kind: ClientKind,
    why: String,
    settings: Vec<Setting>,
    place: Place,
    insert: Option<Insertion>,
) -> ClientFacts {
    let anchor = settings
        .first()
        .map_or(Span::default(), |setting| setting.span);
    let complete = facts.directives.complete;
    ClientFacts {
        kind,
        why,
        complete,
        kafka: facts.directives.kafka,
        settings,
        anchor,
        insert,
        place,
        section: None,
    }
}

/// One entry of a properties text.
pub(super) fn setting(fragment: &Fragment<'_>, entry: &Entry<'_>) -> Setting {
    let value = entry.value.text();
    let span = fragment.span(entry.span);
    let key = entry.key.text();
    Setting {
        name: key.into(),
        written: key.into(),
        value: value.into(),
        span,
        key_span: fragment.span(entry.key.span),
        value_span: fragment.span(entry.value.span),
        lines: fragment.whole_lines(span),
        style: Style::Properties,
        map: fragment.through(&entry.value.map()),
        placeholder: is_placeholder(value),
    }
}

/// After the last entry, on a line of its own with that entry's indent.
fn insertion(fragment: &Fragment<'_>, properties: &Properties<'_>) -> Option<Insertion> {
    let last = properties.entries().last()?;
    let span = fragment.span(last.span);
    let indent = fragment.indent_at(span.start);
    let before = format!("{}{indent}", fragment.line_end());
    Some(Insertion {
        offset: span.end,
        before,
        after: String::new(),
        separator: "=",
    })
}

/// Notes the values that no output may show.
pub(super) fn note_secrets(facts: &mut FileFacts, settings: &[Setting]) {
    let secret = settings.iter().filter(|setting| {
        is_secret_name(&setting.name)
            || is_secret_name(&setting.written)
            || crate::client_secret(&setting.name)
    });
    facts
        .secrets
        .extend(secret.map(|setting| setting.value_span));
    facts.secrets.extend(settings.iter().flat_map(logins));
}

/// Passwords in addresses that have no place for them: `user:password@broker`.
fn logins(setting: &Setting) -> Vec<Span> {
    if !setting.name.ends_with("bootstrap.servers") || !setting.value.contains('@') {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut at = 0;
    for address in setting.value.split(',') {
        let password = address
            .rfind('@')
            .and_then(|end| Some((address[..end].rfind(':')? + 1, end)));
        if let Some((start, end)) = password {
            found.push(setting.part(Span::new(at + start, at + end)));
        }
        at += address.len() + 1;
    }
    found
}
