//! The stages of a Dockerfile, each with what it has from the stage that it is built on.

use super::super::command;
use super::super::launch::position;
use super::super::shell::start_of;
use super::super::variables::{Variables, first_variable};
use super::java;
use super::values::assign;
use super::{Dockerfile, OptionString, sourced};
use crate::fragment::Fragment;
use crate::image::{ImageJava, Literal};
use crate::kube::{EnvVar, Sourced};
use crate::start::Start;
use tunelint_base::Span;
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

    /// The first variable among the words of `java` in exec form.
    pub(super) fn literal(&self) -> Option<Literal> {
        let forms = [&self.entrypoint, &self.cmd].into_iter().flatten();
        let words: Vec<&Sourced> = forms
            .filter_map(|form| match form {
                Form::Exec(words) => Some(words),
                Form::Shell(_) => None,
            })
            .flatten()
            .collect();
        let texts = words.iter().map(|word| &*word.text);
        let java = position(texts).filter(|at| *at == 0)?;
        let options = words[java + 1..]
            .iter()
            .take_while(|word| &*word.text != "-jar" && word.text.starts_with(['-', '$']));
        options.into_iter().find_map(|word| {
            let (name, _) = first_variable(&word.text)?;
            let head = &word.text;
            let refused = head.starts_with('$') || head.starts_with("-X");
            Some(Literal {
                variable: name.to_owned(),
                span: word.span,
                refused,
            })
        })
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
