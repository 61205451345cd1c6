//! The linter as a pure function: files in, diagnostics out.
//!
//! [`read`] looks at one file and can run anywhere, in parallel; [`check`] joins what all of them
//! say and asks every rule. Neither touches the disk.

mod compile;
pub mod config;
mod eval;
mod finding;
mod fingerprint;
mod fix;
mod own;
mod ready;
mod replace;
mod suppress;
mod written;

pub use own::{OWN_RULES, unreadable};

use finding::Answer;
use rayon::prelude::*;
use ready::{Ready, ready};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;
use tunelint_base::{Diagnostic, Entity, FileId, Location, Span, Text};
use tunelint_model::link::link;
use tunelint_model::{Options, SourceFile, View, overlay};
use tunelint_page::{Fault, Level, Rule};

/// What is chosen for a run: from `tunelint.toml` and from the command line.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// The active profiles, such as `prod` and `pci`.
    pub profiles: Vec<String>,
    /// Rules and groups that run; all of them where it is empty.
    pub select: Vec<String>,
    /// Rules and groups that do not.
    pub ignore: Vec<String>,
    /// Severities that override every page and profile; `None` is off.
    pub severity: BTreeMap<String, Level>,
    /// Versions and stated workloads.
    pub options: Options,
    /// Paths that kustomizations name and that are known to hold no file.
    pub absent: BTreeSet<String>,
    /// The day that `until=` of a suppression is compared with, as `YYYY-MM-DD`.
    pub today: String,
}

/// A rule that had to stay silent about something, for want of a fact.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Silence {
    /// The rule.
    pub rule: String,
    /// What it was asked about.
    pub entity: String,
    /// The file that the entity stands in.
    pub path: String,
    /// The fact that nobody knows.
    pub missing: String,
}

/// What a run found.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// The files, sorted by path; diagnostics name them by index.
    pub files: Vec<SourceFile>,
    /// The findings, sorted by path, offset and rule.
    pub diagnostics: Vec<Diagnostic>,
    /// How many findings a comment or annotation suppressed.
    pub suppressed: usize,
    /// Where rules stayed silent.
    pub silences: Vec<Silence>,
    /// What was not carried out of kustomizations, with their folders.
    pub beyond: Vec<(String, String)>,
}

/// Parses, recognises and extracts one file. Pure; run it in parallel.
#[must_use]
pub fn read(path: String, text: Text) -> SourceFile {
    let facts = tunelint_model::extract(&path, text.as_str());
    SourceFile::new(path, text, facts)
}

/// Joins the files and asks every selected rule.
#[must_use]
pub fn check(mut files: Vec<SourceFile>, settings: &Settings) -> Report {
    let failures = if settings.options.no_link {
        Vec::new()
    } else {
        overlay::add(&mut files, &settings.absent)
    };
    let model = link(&files, &settings.options);
    let mut diagnostics = own::findings(&model, settings);
    diagnostics.extend(own::not_built(&model, settings, failures));
    let mut silences = Vec::new();
    for entity in Entity::ALL {
        let rules: Vec<&Ready> = rules()
            .iter()
            .filter(|ready| {
                ready.rule.on == entity && runs(ready.rule.name, ready.rule.group, settings)
            })
            .collect();
        if rules.is_empty() {
            continue;
        }
        let answers: Vec<(Vec<Diagnostic>, Vec<Silence>)> = model
            .entities(entity)
            .into_par_iter()
            .map(|thing| ask_all(&rules, &View::new(&model, thing), settings))
            .collect();
        for (found, silent) in answers {
            diagnostics.extend(found);
            silences.extend(silent);
        }
    }
    let diagnostics = replace::replace(diagnostics);
    let asked: Vec<Location> = diagnostics.iter().map(|one| one.location).collect();
    let diagnostics = diagnostics
        .into_iter()
        .map(|one| written::written(&model, one))
        .collect();
    let (mut diagnostics, suppressed) = suppress::suppress(&model, settings, diagnostics, &asked);
    drop(model);
    diagnostics.sort_by(|a, b| key(a).cmp(&key(b)));
    diagnostics.dedup_by(|a, b| key(a) == key(b) && written::join(a, b));
    let mut beyond = Vec::new();
    files.retain(|file| match &file.overlay {
        Some(overlay) => {
            let all = overlay.beyond.iter();
            beyond.extend(all.map(|what| (overlay.name.clone(), what.clone())));
            false
        }
        None => true,
    });
    silences.sort();
    silences.dedup();
    Report {
        files,
        diagnostics,
        suppressed,
        silences,
        beyond,
    }
}

fn key(finding: &Diagnostic) -> (FileId, Span, &str, &str) {
    (
        finding.location.file,
        finding.location.span,
        &finding.rule,
        &finding.message,
    )
}

fn ask_all(
    rules: &[&Ready],
    view: &View<'_>,
    settings: &Settings,
) -> (Vec<Diagnostic>, Vec<Silence>) {
    let (mut found, mut silent) = (Vec::new(), Vec::new());
    for ready in rules {
        match finding::ask(ready, view, settings) {
            Answer::Fine => {}
            Answer::Finding(finding) => found.push(*finding),
            Answer::Unknown(missing) => silent.push(Silence {
                rule: ready.rule.name.to_owned(),
                entity: view.name(),
                path: view
                    .file
                    .map(|(_, file)| file.path.clone())
                    .unwrap_or_default(),
                missing,
            }),
        }
    }
    (found, silent)
}

/// Whether a rule is selected and not ignored, by its name or its group.
fn runs(name: &str, group: &str, settings: &Settings) -> bool {
    let named = |list: &[String]| list.iter().any(|word| word == name || word == group);
    (settings.select.is_empty() || named(&settings.select)) && !named(&settings.ignore)
}

/// The built-in rules, resolved once.
fn rules() -> &'static [Ready] {
    static READY: OnceLock<Vec<Ready>> = OnceLock::new();
    READY.get_or_init(|| {
        tunelint_rules::RULES
            .iter()
            .filter_map(|rule| ready(rule).ok().flatten())
            .collect()
    })
}

/// Checks what a page names: facts, types, units. What the loader of pages cannot see.
///
/// # Errors
/// Every mistake, with its place in the page.
pub fn check_rule(rule: &'static Rule) -> Result<(), Vec<Fault>> {
    ready(rule).map(|_| ())
}
