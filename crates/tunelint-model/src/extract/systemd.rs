//! Units of systemd: what a service starts, with which environment, within which limits.

use super::launch::{Argument, flag, launch, position};
use super::pod::variable;
use super::shell::{script_path, start_of};
use crate::file::FileFacts;
use crate::fragment::Fragment;
use crate::jvm::Stand;
use crate::kube::{
    Amount, ContainerFacts, EnvFrom, EnvValue, EnvVar, Object, Platform, Pod, Resources, Sourced,
};
use crate::setting::{Style, is_placeholder, is_secret_name};
use crate::start::Start;
use tunelint_base::{OffsetMap, Span};
use tunelint_syntax::unit::{self, Entry, Word};

pub(super) fn extract(facts: &mut FileFacts, fragment: &Fragment<'_>, path: &str) {
    let entries = unit::parse(&fragment.text);
    let mut container = ContainerFacts {
        span: fragment.span(Span::new(0, fragment.text.len())),
        // The manager's own environment and drop-ins come on top.
        unseen: true,
        ..ContainerFacts::default()
    };
    for entry in entries.iter().filter(|entry| entry.section == "Service") {
        read(&mut container, fragment, entry);
    }
    for variable in &container.env {
        if let EnvValue::Literal(value) = &variable.value
            && is_secret_name(&variable.name.text)
        {
            facts.secrets.push(value.span);
        }
    }
    container.options = container
        .env
        .iter()
        .filter_map(|var| match &var.value {
            EnvValue::Literal(value) => variable(fragment, &var.name, value),
            _ => None,
        })
        .collect();
    if container.options.is_empty() && container.start.java.is_none() {
        return;
    }
    facts.add_role("systemd unit of a JVM");
    let file = path.rsplit('/').next().unwrap_or(path);
    let folder = path.rsplit('/').nth(1).unwrap_or("");
    let unit = folder.strip_suffix(".d").unwrap_or(file);
    let whole = fragment.span(Span::empty(0));
    facts.objects.push(Object {
        platform: Platform::Systemd,
        kind: "systemd unit".to_owned(),
        name: Some(Sourced {
            text: unit.into(),
            span: container.start.java.unwrap_or(whole),
            map: OffsetMap::starting_at(whole.start as usize),
            style: Style::Fixed,
            placeholder: false,
        }),
        span: container.span,
        pod: Some(Pod {
            containers: vec![container],
            ..Pod::default()
        }),
        ..Object::default()
    });
}

fn read(container: &mut ContainerFacts, fragment: &Fragment<'_>, entry: &Entry) {
    match entry.name.as_str() {
        "Environment" => {
            // An empty value takes everything back that was set before.
            if entry.text.is_empty() {
                container.env.clear();
            }
            for word in unit::words(entry) {
                container.env.extend(env_var(fragment, &word));
            }
        }
        "EnvironmentFile" => container.env_from.push(EnvFrom {
            config_map: None,
            file: Some(entry.text.trim_start_matches('-').to_owned()),
            prefix: String::new(),
        }),
        "ExecStart" => {
            let start = started(fragment, entry);
            if start.java.is_some() || start.script.is_some() || container.start.java.is_none() {
                container.start = start;
            }
        }
        "MemoryMax" | "MemoryLimit" => {
            container.resources.memory_limit = amount(fragment, entry, memory);
        }
        "CPUQuota" => container.resources.cpu_limit = amount(fragment, entry, cpu),
        _ => {}
    }
    let Resources {
        memory_limit,
        cpu_limit,
        key,
        ..
    } = &mut container.resources;
    *key = memory_limit
        .as_ref()
        .or(cpu_limit.as_ref())
        .map(|one| one.text.span);
}

fn sourced(fragment: &Fragment<'_>, text: &str, map: &OffsetMap) -> Sourced {
    let mut part = fragment.part(text, map);
    part.placeholder |= has_specifier(text);
    part
}

/// `%i`, `%h`: filled in by systemd.
fn has_specifier(text: &str) -> bool {
    let mut rest = text;
    while let Some(at) = rest.find('%') {
        match rest[at + 1..].chars().next() {
            Some('%') => rest = &rest[at + 2..],
            Some(c) if c.is_ascii_alphabetic() => return true,
            _ => rest = &rest[at + 1..],
        }
    }
    false
}

fn env_var(fragment: &Fragment<'_>, word: &Word) -> Option<EnvVar> {
    let equals = word.text.find('=')?;
    let part = |range: Span| {
        let map = OffsetMap::verbatim(range).through(&word.map);
        sourced(fragment, range.of(&word.text), &map)
    };
    Some(EnvVar {
        name: part(Span::new(0, equals)),
        value: EnvValue::Literal(part(Span::new(equals + 1, word.text.len()))),
    })
}

/// The command of `ExecStart`. A variable without braces becomes as many words as it holds; with
/// braces it stays within its word.
fn started(fragment: &Fragment<'_>, entry: &Entry) -> Start {
    let mut words = unit::words(entry);
    // What stands before the path says how it is run.
    if let Some(first) = words.first_mut() {
        let len = first.text.len()
            - first
                .text
                .trim_start_matches(['@', '-', ':', '+', '!', '|'])
                .len();
        let rest = Span::new(len, first.text.len());
        first.map = OffsetMap::verbatim(rest).through(&first.map);
        first.text.drain(..len);
    }
    let texts: Vec<&str> = words.iter().map(|word| &*word.text).collect();
    let expands = super::command::variables(&entry.text);
    let Some(at) = position(texts.iter().copied()) else {
        let shell = texts.first().is_some_and(|first| first.ends_with("sh"));
        let script = texts.iter().position(|word| *word == "-c").map(|at| at + 1);
        let mut start = match script.and_then(|at| words.get(at)).filter(|_| shell) {
            Some(script) => start_of(&fragment.inner(script.text.clone(), &script.map)),
            None => Start {
                script: script_path(&texts),
                unseen: true,
                ..Start::default()
            },
        };
        start.expands.extend(expands);
        return start;
    };
    let name_span = fragment.span(words[at].map.to_source(Span::new(0, words[at].text.len())));
    let arguments = words[at + 1..].iter().map(|word| {
        let map = fragment.through(&word.map);
        let span = map.to_source(Span::new(0, word.text.len()));
        let placeholder = is_placeholder(&word.text) || has_specifier(&word.text);
        let bare = word.text.strip_prefix('$').filter(|name| {
            !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        });
        Argument {
            flag: flag(&word.text, span, map, placeholder),
            stands: bare.map(|name| Stand::Variable(name.into())),
        }
    });
    let span = fragment.span(entry.key).cover(name_span);
    let mut start = launch(name_span, span, arguments);
    start.found_java(&words[at].text, name_span);
    start.expands = expands;
    start
}

fn amount(fragment: &Fragment<'_>, entry: &Entry, read: fn(&str) -> Option<i64>) -> Option<Amount> {
    let text = sourced(fragment, &entry.text, &entry.map);
    let value = read(&text.text).filter(|_| !text.placeholder);
    // `infinity` is no limit.
    (&*text.text != "infinity" && !text.text.is_empty()).then_some(Amount { text, value })
}

/// Bytes; the suffixes K, M, G and T go by 1024, and a share of the machine's memory is not known.
fn memory(text: &str) -> Option<i64> {
    let digits = text.trim_end_matches(['K', 'M', 'G', 'T', 'B']);
    let shift = match &text[digits.len()..] {
        "" | "B" => 0,
        "K" => 10,
        "M" => 20,
        "G" => 30,
        "T" => 40,
        _ => return None,
    };
    digits.trim().parse::<i64>().ok()?.checked_mul(1 << shift)
}

/// Millicores: 100 % is one processor.
fn cpu(text: &str) -> Option<i64> {
    let percent: i64 = text.strip_suffix('%')?.trim().parse().ok()?;
    percent.checked_mul(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_read() {
        assert_eq!(memory("2G"), Some(2 << 30));
        assert_eq!(memory("512M"), Some(512 << 20));
        assert_eq!(memory("50%"), None);
        assert_eq!(cpu("150%"), Some(1500));
        assert!(has_specifier("/run/%i"));
        assert!(!has_specifier("100%%"));
    }
}
