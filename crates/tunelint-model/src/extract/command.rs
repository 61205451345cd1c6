//! What a container starts: its `command` and `args`, in exec form or through a shell.

use super::launch::{Argument, flag, is_java, launch, position};
use super::shell::{script_path, start_of};
use crate::fragment::Fragment;
use crate::kube::Sourced;
use crate::start::Start;
use tunelint_base::Span;

const SHELLS: [&str; 8] = [
    "sh",
    "bash",
    "ash",
    "dash",
    "/bin/sh",
    "/bin/bash",
    "/bin/ash",
    "/usr/bin/bash",
];

/// Reads `command` and `args`.
pub(super) fn read(fragment: &Fragment<'_>, command: &[Sourced], args: &[Sourced]) -> Start {
    let all: Vec<&Sourced> = command.iter().chain(args).collect();
    let mut start = words(fragment, &all, command.is_empty());
    for word in &all {
        start.expands.extend(variables(&word.text));
    }
    start
}

fn words(fragment: &Fragment<'_>, all: &[&Sourced], only_args: bool) -> Start {
    // `/usr/bin/env bash -c …`, `tini -- sh -c …`.
    let shell = all
        .iter()
        .take(4)
        .position(|word| SHELLS.contains(&&*word.text));
    if let Some(shell) = shell {
        return through_shell(fragment, &all[shell + 1..]);
    }
    let texts = all.iter().map(|word| &*word.text);
    // `["/docker-entrypoint.sh", "java", …]` ends in `exec "$@"`.
    let at =
        position(texts.clone()).or_else(|| texts.clone().position(is_java).filter(|at| *at == 1));
    match at {
        Some(at) => {
            let name_span = all[at].span;
            let mut start = arguments(name_span, &all[at + 1..]);
            start.found_java(&all[at].text, name_span);
            start
        }
        // Without `command` the image's entry point gets the arguments: options show that it is java.
        None if only_args && all.first().is_some_and(|word| word.text.starts_with("-X")) => {
            arguments(all[0].span, all)
        }
        None => Start {
            script: script_path(&texts.collect::<Vec<_>>()),
            unseen: !only_args && !all.is_empty(),
            ..Start::default()
        },
    }
}

/// Words that `java` gets as they are.
pub(super) fn arguments(name_span: Span, words: &[&Sourced]) -> Start {
    let span = words
        .iter()
        .fold(name_span, |span, word| span.cover(word.span));
    let words = words.iter().map(|word| {
        Argument::plain(flag(
            &word.text,
            word.span,
            word.map.clone(),
            word.placeholder,
        ))
    });
    launch(name_span, span, words)
}

/// `sh -c "exec java $JAVA_OPTS -jar app.jar"`, `sh start.sh`.
fn through_shell(fragment: &Fragment<'_>, rest: &[&Sourced]) -> Start {
    let options = rest
        .iter()
        .take_while(|word| word.text.starts_with(['-', '+']))
        .count();
    let is_command = rest[..options]
        .iter()
        .any(|word| word.text.starts_with('-') && word.text.contains('c'));
    let Some(script) = rest.get(options) else {
        return Start::default();
    };
    if !is_command {
        return Start {
            script: script_path(&[&script.text]).or_else(|| Some(script.text.clone())),
            unseen: true,
            ..Start::default()
        };
    }
    let inner = Fragment {
        text: script.text.to_string().into(),
        map: Some(script.map.clone()),
        file: fragment.file,
    };
    start_of(&inner)
}

/// The names after `$`, `${` and `$(`.
pub(super) fn variables(text: &str) -> Vec<String> {
    let rests = text
        .split('$')
        .skip(1)
        .map(|rest| rest.trim_start_matches(['{', '(']));
    let names = rests.map(|rest| {
        rest.chars()
            .take_while(|c| c.is_ascii_alphanumeric() || *c == '_')
            .collect::<String>()
    });
    names.filter(|name| !name.is_empty()).collect()
}
