//! The starts of `java` in a script, with the variables that they expand.

use super::super::launch::{Argument, flag, is_java, launch, position};
use super::super::variables::whole_variable;
use super::kafka::{is_kafka_script, kafka};
use super::loose::loose;
use super::meant;
use super::replay::{State, replay};
use crate::fragment::Fragment;
use crate::jvm::{Carrier, Flag, OptionString, Stand, When};
use crate::start::Start;
use std::collections::BTreeSet;
use tunelint_syntax::shell::{Command, Script, Word};

/// What a script has of JVM options.
#[derive(Default)]
pub(super) struct Assembled {
    pub(super) starts: Vec<Start>,
    /// Variables with options that reach none of the starts.
    pub(super) loose: Vec<OptionString>,
}

/// More starts than these are not followed.
pub(super) const MOST_STARTS: usize = 40;

pub(super) fn assemble(fragment: &Fragment<'_>, script: &Script) -> Assembled {
    let mut assembled = Assembled::default();
    let mut used: BTreeSet<String> = BTreeSet::new();
    let probes = asks_for_the_release(&fragment.text);
    let programs = java_commands(script);
    for (at, command) in script.commands.iter().enumerate() {
        if assembled.starts.len() == MOST_STARTS {
            break;
        }
        let Some(words) = meant(script, at) else {
            continue;
        };
        let program = words.first().map_or("", |word| word.text.as_str());
        let texts = words.iter().map(|word| word.text.as_str());
        let held = texts
            .clone()
            .find(|word| !["exec", "nohup"].contains(word))
            .and_then(whole_variable);
        let mut start =
            if position(texts).is_some() || held.is_some_and(|name| programs.contains(name)) {
                let mut state = replay(fragment, script, at, command.block);
                java(fragment, &mut state, &words, command, &mut used)
            } else if is_kafka_script(program) {
                let mut state = replay(fragment, script, at, command.block);
                kafka(fragment, &mut state, command, words[0], &mut used)
            } else {
                None
            };
        if let Some(start) = &mut start {
            // An arm of a script that asks for the release may be for another one.
            let arm = script.blocks.get(command.block);
            if probes && arm.is_some_and(|block| block.branching.is_some()) {
                let flags = start
                    .strings
                    .iter_mut()
                    .flat_map(|string| &mut string.flags);
                flags.for_each(|flag| flag.when = When::Perhaps);
            }
        }
        assembled.starts.extend(start);
    }
    assembled.loose = loose(fragment, script, &mut used);
    assembled
}

/// Whether a script looks at the release of Java, so that its branches may be for different ones.
fn asks_for_the_release(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let words = [
        "-version",
        "java_version",
        "java_major",
        "javaversion",
        "java_ver",
        "jdk_ver",
        "jdk_major",
        "jvm_version",
        "specification.version",
    ];
    words.iter().any(|word| lower.contains(word))
}

/// The variables that hold a command which starts `java`.
fn java_commands(script: &Script) -> BTreeSet<String> {
    let all = script
        .commands
        .iter()
        .flat_map(|command| &command.assignments);
    all.filter(|assignment| {
        let words = assignment.value.text.trim_start_matches('(');
        let mut words = words.split_whitespace();
        words
            .next()
            .is_some_and(|first| is_java(first.trim_matches('"')))
            && words.next().is_some()
    })
    .map(|assignment| assignment.name.clone())
    .collect()
}

/// `exec java -Xmx1g $JAVA_OPTS -jar app.jar`.
fn java(
    fragment: &Fragment<'_>,
    state: &mut State,
    words: &[&Word],
    command: &Command,
    used: &mut BTreeSet<String>,
) -> Option<Start> {
    let arguments: Vec<Argument> = words
        .iter()
        .flat_map(|word| expand(fragment, state, word))
        .collect();
    let at = position(arguments.iter().map(|argument| &*argument.flag.text))?;
    let program = arguments.get(at)?.flag.clone();
    let name_span = program.span;
    let mut start = launch(
        name_span,
        fragment.span(command.span),
        arguments.into_iter().skip(at + 1),
    );
    if only_asks(&start) {
        return None;
    }
    start.found_java(&program.text, name_span);
    start.expands = words
        .iter()
        .flat_map(|word| super::super::command::variables(&word.text))
        .collect();
    used.extend(state.variables.used.iter().cloned());
    inherit(fragment, state, command, &mut start, used);
    Some(start)
}

/// `java -version`: it runs no program.
fn only_asks(start: &Start) -> bool {
    let mut flags = start.strings.iter().flat_map(|string| &string.flags);
    flags.any(|flag| {
        matches!(
            &*flag.text,
            "-version"
                | "--version"
                | "-fullversion"
                | "--full-version"
                | "-help"
                | "--help"
                | "-h"
        )
    })
}

/// What a word becomes: one option, those of a known variable, or a variable for others to fill in.
fn expand(fragment: &Fragment<'_>, state: &mut State, word: &Word) -> Vec<Argument> {
    let span = fragment.span(word.span);
    let map = fragment.through(&word.map);
    let plain = |placeholder| flag(&word.text, span, map.clone(), placeholder);
    if !word.has_expansion {
        return vec![Argument::plain(plain(false))];
    }
    let list = word
        .text
        .strip_prefix("${")
        .and_then(|rest| rest.strip_suffix("[@]}"));
    let name = match (list, whole_variable(&word.text)) {
        (Some(list), _) => Some(list),
        (None, Some(name)) if !word.quoted && !is_java(&word.text) => Some(name),
        _ => None,
    };
    let Some(name) = name else {
        let known = state.variables.word(&word.text, span, map);
        return vec![Argument::plain(known)];
    };
    let is_known = state.variables.get(name).is_some();
    let mut flags: Vec<Flag> = Vec::new();
    state.variables.splice(&mut flags, name, plain(true), "");
    let arguments = flags.into_iter().map(|flag| {
        let inner = whole_variable(&flag.text).filter(|_| flag.placeholder && list.is_none());
        let stands = match (is_known, inner) {
            (false, _) if list.is_none() => Some(Stand::Variable(name.into())),
            (true, Some(inner)) => Some(Stand::Variable(inner.into())),
            _ => None,
        };
        Argument { flag, stands }
    });
    arguments.collect()
}

/// The variables that the JVM reads by itself: exported ones, and those before the command.
pub(super) fn inherit(
    fragment: &Fragment<'_>,
    state: &State,
    command: &Command,
    start: &mut Start,
    used: &mut BTreeSet<String>,
) {
    let here = command.assignments.iter().filter_map(|assignment| {
        let carrier = crate::jvm::carrier_of(&assignment.name)?;
        Some(super::options_of(
            fragment,
            carrier,
            &assignment.name,
            &assignment.value,
        ))
    });
    let here: Vec<OptionString> = here
        .filter(|string| string.carrier != Carrier::Script || start.unseen)
        .collect();
    for (name, string) in &state.read_by_jvm {
        let exported = state.exported.contains(name) || state.exported.contains("*");
        if exported && here.iter().all(|other| *other.name != **name) {
            start.strings.push(string.clone());
            used.insert(name.clone());
        }
    }
    for string in here {
        start
            .strings
            .retain(|other| other.name != string.name || &*other.name == "java");
        start.strings.push(string);
    }
}
