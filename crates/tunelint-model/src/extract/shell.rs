//! Shell: what starts `java`, variables that hold JVM options, and continuations that do not continue.

use super::jvm::split_string;
use crate::file::{BrokenCommand, FileFacts};
use crate::fragment::Fragment;
use crate::jvm::{Carrier, OptionString};
use crate::start::Start;
use tunelint_base::Span;
use tunelint_syntax::shell::{Command, Script, Word, parse};

mod assemble;
mod build;
mod kafka;
mod loose;
mod replay;

use assemble::assemble;

pub(super) fn extract(facts: &mut FileFacts, fragment: &Fragment<'_>) {
    let script = parse(&fragment.text);
    for broken in &script.broken_continuations {
        let command = fragment.span(broken.command);
        let program = broken
            .command
            .of(&fragment.text)
            .split_whitespace()
            .next()
            .unwrap_or("")
            .to_owned();
        let all: Vec<Span> = broken
            .lines
            .iter()
            .map(|line| fragment.span(line.span))
            .collect();
        let Some(first) = all.first().copied() else {
            continue;
        };
        let next = broken.next.of(&fragment.text).to_owned();
        facts.broken_commands.push(BrokenCommand {
            program,
            first,
            all,
            command,
            next,
            in_dockerfile: false,
        });
        facts.add_role("shell commands");
    }
    let assembled = assemble(fragment, &script);
    if assembled.starts.iter().any(Start::has_options) || !assembled.loose.is_empty() {
        facts.add_role("JVM options");
    }
    facts.starts.extend(assembled.starts);
    facts.options.extend(assembled.loose);
    facts.builds.extend(build::commands(fragment, &script));
}

/// What a script that is written into a command starts; the last `java` of it.
pub(super) fn start_of(fragment: &Fragment<'_>) -> Start {
    let script = parse(&fragment.text);
    let last_word = script.commands.last().and_then(|command| {
        let words: Vec<&str> = command.words.iter().map(|word| &*word.text).collect();
        script_path(&words)
    });
    let starts = assemble(fragment, &script).starts;
    let chosen = starts
        .iter()
        .rposition(|start| start.java.is_some())
        .and_then(|at| starts.get(at));
    chosen.cloned().unwrap_or_else(|| Start {
        script: last_word,
        unseen: !script.commands.is_empty(),
        ..Start::default()
    })
}

/// The script that the words of a command run, if they do.
pub(super) fn script_path(words: &[&str]) -> Option<Box<str>> {
    const RUNNERS: [&str; 8] = [
        "exec",
        "sh",
        "bash",
        "dash",
        "tini",
        "dumb-init",
        "env",
        "nohup",
    ];
    let name = |word: &str| word.rsplit('/').next().unwrap_or(word).to_owned();
    let first = words
        .iter()
        .find(|word| !word.starts_with('-') && !RUNNERS.contains(&&*name(word)))?;
    let is_path = first.contains('/') || first.ends_with(".sh") || first.ends_with(".bash");
    (is_path && !first.contains(['$', ' '])).then(|| (*first).into())
}

/// The options in the value of a variable, as its reader splits it.
fn options_of(fragment: &Fragment<'_>, carrier: Carrier, name: &str, word: &Word) -> OptionString {
    let inner = fragment.inner(word.text.clone(), &word.map);
    let span = fragment.span(word.span);
    OptionString {
        carrier,
        name: name.into(),
        name_span: span,
        flags: split_string(carrier, &inner),
        span,
        stands: None,
    }
}

/// The words that were meant as one command with the command at `at`: those after a broken
/// continuation are still meant for it. `None` for a command that is such a rest itself.
fn meant<'s>(script: &'s Script, at: usize) -> Option<Vec<&'s Word>> {
    let broken = script
        .broken_continuations
        .iter()
        .find(|broken| broken.commands.contains(&at));
    let commands: &'s [Command] = match broken {
        Some(broken) if broken.commands.start == at => {
            script.commands.get(broken.commands.clone())?
        }
        Some(_) => return None,
        None => std::slice::from_ref(script.commands.get(at)?),
    };
    let words = commands.iter().flat_map(|command| &command.words);
    Some(if broken.is_some() {
        words.filter(|word| !word.text.trim().is_empty()).collect()
    } else {
        words.collect()
    })
}
