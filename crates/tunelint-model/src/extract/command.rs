//! What a container starts: its `command` and `args`, in exec form or through a shell.

use super::jvm::options_from_words;
use super::shell::java_command;
use crate::fragment::Fragment;
use crate::jvm::{Carrier, Flag, OptionString};
use crate::kube::Sourced;
use tunelint_base::Span;
use tunelint_syntax::shell::{Word, parse};

/// What can be seen of a container's start.
#[derive(Debug, Default)]
pub(super) struct Started {
    /// The options on the command line of `java`.
    pub(super) options: Vec<OptionString>,
    /// The word `java`, where it is started.
    pub(super) java: Option<Span>,
    /// The variables that a shell or the kubelet expands there.
    pub(super) expands: Vec<String>,
}

/// Reads `command` and `args`.
pub(super) fn read(fragment: &Fragment<'_>, command: &[Sourced], args: &[Sourced]) -> Started {
    let mut started = Started::default();
    let all: Vec<&Sourced> = command.iter().chain(args).collect();
    for word in &all {
        started.expands.extend(variables(&word.text));
    }
    let shells = ["sh", "bash", "/bin/sh", "/bin/bash", "/usr/bin/env"];
    let through_shell = all
        .first()
        .is_some_and(|word| shells.contains(&&*word.text));
    if through_shell {
        let script = all
            .iter()
            .skip(1)
            .find(|word| !word.text.starts_with('-') && &*word.text != "bash");
        if let Some(script) = script {
            shell(&mut started, fragment, script);
        }
        return started;
    }
    let is_java = |word: &&Sourced| &*word.text == "java" || word.text.ends_with("/bin/java");
    let first = match all.iter().position(is_java) {
        Some(at) if at <= 1 => {
            started.java = Some(all[at].span);
            at + 1
        }
        // Without `command` the image's entry point gets the arguments: options show that it is java.
        _ if command.is_empty() && args.first().is_some_and(|word| word.text.starts_with("-X")) => {
            0
        }
        _ => return started,
    };
    let words = all[first..].iter().map(|word| Flag {
        text: word.text.clone(),
        span: word.span,
        map: word.map.clone(),
        placeholder: word.placeholder,
    });
    let flags = options_from_words(words);
    // Even without options there is a JVM, and what is not said about its heap matters.
    let Some(name_span) = started.java.or(flags.first().map(|flag| flag.span)) else {
        return started;
    };
    let span = flags
        .iter()
        .fold(name_span, |span, flag| span.cover(flag.span));
    started.options.push(OptionString {
        carrier: Carrier::CommandLine,
        name: "java".into(),
        name_span,
        flags,
        span,
    });
    started
}

/// `sh -c "exec java $JAVA_OPTS -jar app.jar"`.
fn shell(started: &mut Started, fragment: &Fragment<'_>, script: &Sourced) {
    let inner = Fragment {
        text: script.text.to_string().into(),
        map: Some(script.map.clone()),
        file: fragment.file,
    };
    for command in &parse(&inner.text).commands {
        let words: Vec<&Word> = command.words.iter().collect();
        if let Some(word) = words
            .iter()
            .find(|word| word.text == "java" || word.text.ends_with("/bin/java"))
        {
            started.java = Some(inner.span(word.span));
        }
        started
            .options
            .extend(java_command(&inner, &words, command.span));
    }
}

/// The names after `$`, `${` and `$(`.
fn variables(text: &str) -> Vec<String> {
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
