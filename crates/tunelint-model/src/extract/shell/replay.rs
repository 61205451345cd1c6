//! What the variables of a script hold when a command runs.

use super::super::jvm::looks_like_options;
use super::super::launch::flag;
use super::super::variables::{Held, Variables};
use super::options_of;
use crate::fragment::Fragment;
use crate::jvm::{Carrier, OptionString, When, carrier_of};
use std::collections::{BTreeMap, BTreeSet};
use tunelint_base::{OffsetMap, Span};
use tunelint_syntax::shell::{Assignment, Command, Script, split_words};

/// The state at one place of a script.
#[derive(Debug, Default)]
pub(super) struct State {
    pub(super) variables: Variables,
    /// The variables that the JVM itself reads, as they were set last.
    pub(super) read_by_jvm: BTreeMap<String, OptionString>,
    pub(super) exported: BTreeSet<String>,
    /// Where each variable that holds options was set last.
    pub(super) option_variables: BTreeMap<String, (Carrier, Span)>,
}

/// Runs the commands before `until`, as seen from `block`: what runs for certain, what may have
/// run, and what cannot have.
pub(super) fn replay(
    fragment: &Fragment<'_>,
    script: &Script,
    until: usize,
    block: usize,
) -> State {
    let mut state = State::default();
    let function = script.function_around(block);
    for (at, command) in script.commands.iter().enumerate() {
        let later = at >= until;
        // A function is called later than it is written.
        if later && (function.is_none() || function == script.function_around(command.block)) {
            if function.is_none() {
                break;
            }
            continue;
        }
        if script.exclude(command.block, block) {
            continue;
        }
        let certain = !later && script.is_within(block, command.block);
        state.run(fragment, command, certain);
    }
    state
}

impl State {
    fn run(&mut self, fragment: &Fragment<'_>, command: &Command, certain: bool) {
        let first = command.words.first().map(|word| word.text.as_str());
        let declares = matches!(
            first,
            None | Some("export" | "readonly" | "local" | "declare" | "typeset")
        );
        if declares {
            for assignment in &command.assignments {
                self.assign(fragment, assignment, certain);
            }
        }
        match first {
            Some("export") => {
                let names = command.words.iter().skip(1);
                let names = names.map(|word| word.text.split('=').next().unwrap_or("").to_owned());
                self.exported.extend(names);
            }
            Some("." | "source" | "eval") => self.variables.doubt_all(),
            Some("set")
                if command
                    .words
                    .iter()
                    .any(|w| w.text == "-a" || w.text == "allexport") =>
            {
                self.exported.insert("*".to_owned());
            }
            Some("unset") => {
                for word in command.words.iter().skip(1) {
                    self.variables.set(&word.text, Held::default(), certain);
                    self.read_by_jvm.remove(&word.text);
                }
            }
            Some(":") => {
                for word in command.words.iter().skip(1) {
                    self.set_default(fragment, word);
                }
            }
            _ => {}
        }
    }

    fn assign(&mut self, fragment: &Fragment<'_>, assignment: &Assignment, certain: bool) {
        let Assignment {
            name,
            appends,
            value: word,
        } = assignment;
        let is_list = !word.quoted && word.text.starts_with('(') && word.text.ends_with(')');
        let mut value = if is_list {
            self.list(fragment, assignment)
        } else {
            let expands = word.has_expansion;
            self.variables
                .value(fragment, &word.text, &word.map, expands, name)
        };
        if *appends {
            let mut words = match self.variables.get(name) {
                Some(held) => held.words.clone(),
                None => {
                    let span = fragment.span(Span::empty(word.span.start as usize));
                    let map = OffsetMap::starting_at(span.start as usize);
                    vec![flag(&format!("${name}"), span, map, true)]
                }
            };
            words.append(&mut value.words);
            value = Held::from(words);
        }
        let carrier =
            carrier_of(name).or_else(|| looks_like_options(&word.text).then_some(Carrier::Script));
        if let Some(carrier) = carrier {
            let span = fragment.span(word.span);
            self.option_variables.insert(name.clone(), (carrier, span));
            if carrier != Carrier::Script {
                let mut string = options_of(fragment, carrier, name, word);
                if word.has_expansion && !value.is_opaque() {
                    string.flags.clone_from(&value.words);
                }
                if !certain {
                    string.flags.iter_mut().for_each(|f| f.when = When::Perhaps);
                }
                self.read_by_jvm.insert(name.clone(), string);
            }
        } else if let Some((_, span)) = self.option_variables.get_mut(name) {
            *span = fragment.span(word.span);
        }
        self.variables.set(name, value, certain);
    }

    /// `NAME=(-Xmx1g "-Dname=a b")`: each word is one option.
    fn list(&mut self, fragment: &Fragment<'_>, assignment: &Assignment) -> Held {
        let word = &assignment.value;
        let inside = Span::new(1, word.text.len().saturating_sub(1).max(1));
        let text = inside.of(&word.text);
        let outer = OffsetMap::verbatim(inside).through(&word.map);
        let mut held = Held::default();
        for item in split_words(text) {
            let map = fragment.through(&item.map.through(&outer));
            let span = map.to_source(Span::new(0, item.text.len()));
            let name = item.text.trim_start_matches("${").split('[').next();
            let spread = item.text.starts_with("${") && item.text.ends_with("[@]}");
            match name.filter(|_| spread) {
                Some(name) => {
                    let unknown = flag(&item.text, span, map, true);
                    self.variables
                        .splice(&mut held.words, name, unknown, &assignment.name);
                }
                None if item.has_expansion => {
                    held.words.push(self.variables.word(&item.text, span, map));
                }
                None => held.words.push(flag(&item.text, span, map, false)),
            }
        }
        held
    }

    /// `: "${NAME:=value}"` sets a variable that is not set.
    fn set_default(&mut self, fragment: &Fragment<'_>, word: &tunelint_syntax::shell::Word) {
        let Some(inner) = word
            .text
            .strip_prefix("${")
            .and_then(|rest| rest.strip_suffix('}'))
        else {
            return;
        };
        let Some((name, value)) = inner.split_once('=') else {
            return;
        };
        let name = name.trim_end_matches(':');
        if self.variables.get(name).is_some() {
            return;
        }
        let start = word.text.len() - 1 - value.len();
        let range = Span::new(start, start + value.len());
        let map = OffsetMap::verbatim(range).through(&word.map);
        let held = self.variables.value(fragment, value, &map, true, name);
        self.variables.set(name, held, false);
        if carrier_of(name).is_some() || looks_like_options(value) {
            let carrier = carrier_of(name).unwrap_or(Carrier::Script);
            let span = fragment.span(word.span);
            self.option_variables
                .insert(name.to_owned(), (carrier, span));
        }
    }
}
