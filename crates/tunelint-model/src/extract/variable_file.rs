//! Files of variables, one `NAME=value` a line, for containers and services to take over.

use super::pod::variable;
use crate::file::FileFacts;
use crate::fragment::Fragment;
use crate::kube::{DataEntry, Object, Platform, Sourced};
use crate::setting::{Style, is_placeholder, is_secret_name};
use tunelint_base::{OffsetMap, Span};

pub(super) fn extract(facts: &mut FileFacts, fragment: &Fragment<'_>) {
    let mut data = Vec::new();
    let mut at = 0;
    for line in fragment.text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let body = line.trim();
        if body.is_empty() || body.starts_with(['#', ';']) {
            continue;
        }
        let Some(equals) = line.find('=') else {
            continue;
        };
        let name = line[..equals].trim().trim_start_matches("export ").trim();
        let begins = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
        if !begins || name.contains(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '.'))
        {
            continue;
        }
        let name_at = start + line[..equals].trim_end().len() - name.len();
        let value = line[equals + 1..].trim();
        let value_at = start + line.len() - line[equals + 1..].trim_start().len();
        let quoted = [b'"', b'\''].iter().any(|mark| {
            value.len() >= 2
                && value.as_bytes().first() == Some(mark)
                && value.as_bytes().last() == Some(mark)
        });
        let inside = if quoted {
            Span::new(value_at + 1, value_at + value.len() - 1)
        } else {
            Span::new(value_at, value_at + value.len())
        };
        let key = text(fragment, Span::new(name_at, name_at + name.len()));
        let value = text(fragment, inside);
        let options = variable(fragment, &key, &value);
        // Such files hold what is not meant for the repository, under whatever name.
        if options.is_none() || is_secret_name(&key.text) {
            facts.secrets.push(value.span);
        }
        data.push(DataEntry {
            key,
            text: value,
            options,
        });
    }
    if data.is_empty() {
        return;
    }
    if data.iter().any(|entry| entry.options.is_some()) {
        facts.add_role("variables with JVM options");
    }
    facts.objects.push(Object {
        platform: Platform::Image,
        kind: "variables".to_owned(),
        span: fragment.span(Span::new(0, fragment.text.len())),
        data,
        ..Object::default()
    });
}

fn text(fragment: &Fragment<'_>, span: Span) -> Sourced {
    let text = span.of(&fragment.text);
    Sourced {
        text: text.into(),
        span: fragment.span(span),
        map: fragment.through(&OffsetMap::verbatim(span)),
        style: Style::Fixed,
        placeholder: is_placeholder(text),
    }
}
