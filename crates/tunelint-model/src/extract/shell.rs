//! Shell: `java` commands, variables that hold JVM options, and continuations that do not continue.

use super::jvm::{looks_like_options, options_from_words, split_string};
use crate::file::{BrokenCommand, FileFacts};
use crate::fragment::Fragment;
use crate::jvm::{Carrier, Flag, OptionString, carrier_of};
use tunelint_base::Span;
use tunelint_syntax::shell::{Word, parse};

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
        });
        facts.add_role("shell commands");
    }
    let meant_as_one = |at: usize| {
        script
            .broken_continuations
            .iter()
            .find(|broken| broken.commands.contains(&at))
    };
    for (at, command) in script.commands.iter().enumerate() {
        for assignment in &command.assignments {
            assigned(facts, fragment, &assignment.name, &assignment.value);
        }
        match meant_as_one(at) {
            // The options after a broken line are still meant for the first command: they are
            // judged as such, and the break is a finding of its own.
            Some(broken) if broken.commands.start == at => {
                let meant = script
                    .commands
                    .get(broken.commands.clone())
                    .unwrap_or_default();
                let words: Vec<&Word> = meant
                    .iter()
                    .flat_map(|command| &command.words)
                    .filter(|word| !word.text.trim().is_empty())
                    .collect();
                java(facts, fragment, &words, command.span);
            }
            Some(_) => {}
            None => java(
                facts,
                fragment,
                &command.words.iter().collect::<Vec<_>>(),
                command.span,
            ),
        }
    }
}

/// `KAFKA_HEAP_OPTS="-Xmx1g"`, alone, exported, or before a command.
fn assigned(facts: &mut FileFacts, fragment: &Fragment<'_>, name: &str, word: &Word) {
    let Some(carrier) =
        carrier_of(name).or_else(|| looks_like_options(&word.text).then_some(Carrier::Script))
    else {
        return;
    };
    let inner = fragment.inner(word.text.clone(), &word.map);
    let flags = split_string(carrier, &inner);
    if flags.is_empty() {
        return;
    }
    let span = fragment.span(word.span);
    facts.options.push(OptionString {
        carrier,
        name: name.into(),
        name_span: span,
        flags,
        span,
    });
    facts.add_role("JVM options");
}

/// `java -Xmx1g … -jar app.jar`: the words up to the program.
fn java(facts: &mut FileFacts, fragment: &Fragment<'_>, words: &[&Word], span: Span) {
    if let Some(options) = java_command(fragment, words, span) {
        facts.options.push(options);
        facts.add_role("JVM options");
    }
}

/// The options of a command that starts `java`, if it does.
pub(super) fn java_command(
    fragment: &Fragment<'_>,
    words: &[&Word],
    span: Span,
) -> Option<OptionString> {
    let is_java = |word: &&Word| word.text == "java" || word.text.ends_with("/bin/java");
    let at = words.iter().position(is_java)?;
    let before = words[..at]
        .iter()
        .all(|word| ["exec", "sudo", "nohup", "env", "time"].contains(&word.text.as_str()));
    if !before {
        return None;
    }
    let flags = words[at + 1..].iter().map(|word| Flag {
        text: word.text.as_str().into(),
        span: fragment.span(word.span),
        map: fragment.through(&word.map),
        placeholder: word.has_expansion,
    });
    let flags = options_from_words(flags);
    let name_span = fragment.span(words[at].span);
    let options = OptionString {
        carrier: Carrier::CommandLine,
        name: "java".into(),
        name_span,
        flags,
        span: fragment.span(span),
    };
    (!options.flags.is_empty()).then_some(options)
}
