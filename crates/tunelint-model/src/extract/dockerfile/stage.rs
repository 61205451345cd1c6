//! The stages of a Dockerfile, each with what it has from the stage that it is built on.

use super::super::command;
use super::super::shell::start_of;
use super::super::variables::Variables;
use super::java;
use super::{Carrier, Dockerfile, OptionString, carrier_of, looks_like_options, sourced};
use crate::fragment::Fragment;
use crate::image::ImageJava;
use crate::kube::{EnvValue, EnvVar, Sourced};
use crate::start::Start;
use std::collections::BTreeMap;
use tunelint_base::{OffsetMap, Span};
use tunelint_syntax::dockerfile::{Instruction, exec_form, pairs, words};

/// `ENTRYPOINT` or `CMD`.
#[derive(Clone, Debug)]
pub(super) enum Form {
    /// A list of words.
    Exec(Vec<Sourced>),
    /// A line for a shell, with what it starts.
    Shell(Box<Start>),
}

/// A stage.
#[derive(Clone, Debug, Default)]
pub(super) struct Stage {
    pub(super) name: Option<String>,
    pub(super) base: Option<Sourced>,
    pub(super) env: Vec<EnvVar>,
    pub(super) options: Vec<OptionString>,
    pub(super) entrypoint: Option<Form>,
    pub(super) cmd: Option<Form>,
    pub(super) java: Option<ImageJava>,
    pub(super) title: Option<String>,
    pub(super) copies: Vec<(String, String)>,
    pub(super) span: Span,
    variables: Variables,
    entry: Option<Start>,
    start: Option<Start>,
}

impl Stage {
    /// What the entry point starts by itself.
    pub(super) fn entry(&self) -> Start {
        self.entry.clone().unwrap_or_default()
    }

    /// What the image starts.
    pub(super) fn start(&self) -> Start {
        self.start.clone().unwrap_or_default()
    }
}

/// More stages than these are not followed.
const MOST_STAGES: usize = 60;

pub(super) fn stages(fragment: &Fragment<'_>, file: &Dockerfile) -> Vec<Stage> {
    let mut stages: Vec<Stage> = Vec::new();
    let mut global = Variables::default();
    for instruction in &file.instructions {
        let span = fragment.span(instruction.span);
        if instruction.name == "FROM" {
            if stages.len() == MOST_STAGES {
                break;
            }
            let stage = from(fragment, file, instruction, &stages, &global);
            stages.push(stage);
            continue;
        }
        let number = stages.len();
        let (before, current) = stages.split_at_mut(number.saturating_sub(1));
        match current.first_mut() {
            None if instruction.name == "ARG" => {
                assign(fragment, file, instruction, &mut global, None);
            }
            None => {}
            Some(stage) => {
                stage.span = stage.span.cover(span);
                stage.run(fragment, file, instruction, before, &global);
            }
        }
    }
    for stage in &mut stages {
        let (entry, start) = (stage.entrypoint.as_ref(), stage.cmd.as_ref());
        stage.entry = entry.map(|form| started(fragment, form, None));
        stage.start = match (entry, start) {
            (Some(entry), cmd) => Some(started(fragment, entry, cmd)),
            (None, Some(cmd)) => Some(started(fragment, cmd, None)),
            (None, None) => None,
        };
    }
    stages
}

/// What a form starts, with the words of another one behind it.
fn started(fragment: &Fragment<'_>, form: &Form, behind: Option<&Form>) -> Start {
    match (form, behind) {
        (Form::Shell(start), _) => Start {
            open: false,
            ..(**start).clone()
        },
        (Form::Exec(words), Some(Form::Exec(more))) => command::read(fragment, words, more),
        (Form::Exec(words), _) => command::read(fragment, words, &[]),
    }
}

/// `FROM image AS name`.
fn from(
    fragment: &Fragment<'_>,
    file: &Dockerfile,
    instruction: &Instruction,
    stages: &[Stage],
    global: &Variables,
) -> Stage {
    let words = words(instruction, file.backquote_escapes);
    let name = match words.get(1) {
        Some(word) if word.text.eq_ignore_ascii_case("as") => words.get(2),
        _ => None,
    };
    let mut stage = Stage::default();
    if let Some(word) = words.first() {
        let parent = stages.iter().rev().find(|stage| {
            stage
                .name
                .as_deref()
                .is_some_and(|name| name.eq_ignore_ascii_case(&word.text))
        });
        match parent {
            Some(parent) => stage = parent.clone(),
            None => {
                let mut base = sourced(fragment, word);
                if let Some(filled) = global.substitute_all(&base.text) {
                    base.placeholder = false;
                    base.text = filled.into();
                }
                stage.java = java::of_image(&base);
                stage.base = Some(base);
            }
        }
    }
    stage.name = name.map(|word| word.text.clone());
    stage.span = fragment.span(instruction.span);
    stage
}

impl Stage {
    fn run(
        &mut self,
        fragment: &Fragment<'_>,
        file: &Dockerfile,
        instruction: &Instruction,
        before: &[Self],
        global: &Variables,
    ) {
        match instruction.name.as_str() {
            "ENV" => {
                let mut variables = std::mem::take(&mut self.variables);
                assign(fragment, file, instruction, &mut variables, Some(self));
                self.variables = variables;
            }
            "ARG" => self.argument(fragment, file, instruction, global),
            "LABEL" => {
                for pair in pairs(instruction, file.backquote_escapes) {
                    if pair.name.text == "org.opencontainers.image.title" {
                        self.title = pair.value.map(|value| value.text);
                    }
                }
            }
            "ENTRYPOINT" => {
                self.entrypoint = Some(form(fragment, instruction));
                // What the stage below would have started is not started any more.
                self.cmd = None;
            }
            "CMD" => self.cmd = Some(form(fragment, instruction)),
            "RUN" => {
                let found = java::installed(fragment, instruction);
                self.java = self.java.or(found);
            }
            "COPY" | "ADD" => self.copy(fragment, file, instruction, before),
            _ => {}
        }
    }

    /// `ARG NAME` takes over what stands before the first stage.
    fn argument(
        &mut self,
        fragment: &Fragment<'_>,
        file: &Dockerfile,
        instruction: &Instruction,
        global: &Variables,
    ) {
        for pair in pairs(instruction, file.backquote_escapes) {
            let name = pair.name.text;
            if self.env.iter().any(|variable| *variable.name.text == *name) {
                continue;
            }
            match (pair.value, global.get(&name)) {
                (Some(value), _) => {
                    let expands = value.has_expansion;
                    let held =
                        self.variables
                            .value(fragment, &value.text, &value.map, expands, &name);
                    self.variables.set(&name, held, true);
                }
                (None, Some(held)) => self.variables.set(&name, held.clone(), true),
                (None, None) => {}
            }
        }
    }

    /// Files of the build context, and Java out of another image or stage.
    fn copy(
        &mut self,
        fragment: &Fragment<'_>,
        file: &Dockerfile,
        instruction: &Instruction,
        before: &[Self],
    ) {
        let words = match exec_form(instruction) {
            Some(words) => words,
            None => words(instruction, file.backquote_escapes),
        };
        let from = instruction.options.iter().find(|(name, _)| name == "from");
        let Some((target, sources)) = words.split_last() else {
            return;
        };
        match from {
            None => {
                let copies = sources
                    .iter()
                    .filter(|source| !source.text.contains(['$', '<', ':']))
                    .map(|source| (source.text.clone(), target.text.clone()));
                self.copies.extend(copies);
            }
            Some((_, from)) if self.java.is_none() => {
                let stage = before
                    .iter()
                    .rev()
                    .find(|stage| stage.name.as_deref().is_some_and(|name| name == from));
                let number = from.parse::<usize>().ok().and_then(|at| before.get(at));
                let span = fragment.span(instruction.span);
                let found = match stage.or(number) {
                    Some(stage) => stage.java.map(|java| ImageJava { span, ..java }),
                    None => crate::image::java_of(from).map(|(release, hotspot)| ImageJava {
                        release,
                        span,
                        hotspot,
                    }),
                };
                let is_java = |word: &str| java::is_home(word);
                if is_java(&target.text) || sources.iter().any(|source| is_java(&source.text)) {
                    self.java = found;
                }
            }
            Some(_) => {}
        }
    }
}

fn form(fragment: &Fragment<'_>, instruction: &Instruction) -> Form {
    match exec_form(instruction) {
        Some(words) => Form::Exec(words.iter().map(|word| sourced(fragment, word)).collect()),
        None => {
            let inner = fragment.inner(instruction.text.clone(), &instruction.map);
            let mut start = start_of(&inner);
            start.expands = command::variables(&instruction.text);
            Form::Shell(Box::new(start))
        }
    }
}

/// `ENV` and `ARG`: what each name holds from here on.
fn assign(
    fragment: &Fragment<'_>,
    file: &Dockerfile,
    instruction: &Instruction,
    variables: &mut Variables,
    mut stage: Option<&mut Stage>,
) {
    // All values of one instruction see the variables as they were before it.
    let old = variables.clone();
    let mut seen = BTreeMap::new();
    for pair in pairs(instruction, file.backquote_escapes) {
        let Some(value) = pair.value else { continue };
        let name = pair.name.text.clone();
        let mut scope = old.clone();
        let expands = value.has_expansion;
        let held = scope.value(fragment, &value.text, &value.map, expands, &name);
        seen.insert(name.clone(), held.clone());
        if let Some(stage) = stage.as_deref_mut() {
            let name_text = sourced(fragment, &pair.name);
            let mut text = sourced(fragment, &value);
            if let Some(filled) = scope.substitute_all(&value.text).filter(|_| expands) {
                text.map = whole(text.span, filled.len());
                text.placeholder = crate::setting::is_placeholder(&filled);
                text.text = filled.into();
            }
            let carrier = carrier_of(&name)
                .or_else(|| looks_like_options(&text.text).then_some(Carrier::Script));
            stage.options.retain(|string| *string.name != *name);
            if let Some(carrier) = carrier {
                let inner = fragment.inner(value.text.clone(), &value.map);
                let flags = if expands || carrier == Carrier::Script {
                    held.words
                } else {
                    super::split_string(carrier, &inner)
                };
                if !flags.is_empty() {
                    stage.options.push(OptionString {
                        carrier,
                        name: name.as_str().into(),
                        name_span: name_text.span,
                        flags,
                        span: text.span,
                        stands: None,
                    });
                }
            }
            stage.env.retain(|variable| *variable.name.text != *name);
            stage.env.push(EnvVar {
                name: name_text,
                value: EnvValue::Literal(text),
            });
        }
    }
    for (name, held) in seen {
        variables.set(&name, held, true);
    }
}

fn whole(span: Span, len: usize) -> OffsetMap {
    let mut map = OffsetMap::starting_at(span.start as usize);
    map.push_escape(span, len);
    map
}
