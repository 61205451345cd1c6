//! From a report to text: pure, so that the same findings give the same bytes.

mod concise;
mod human;
mod json;
mod statistics;
mod summary;
#[cfg(test)]
mod tests;

pub(crate) use human::wrap;

use crate::redact::Redactor;
use tunelint_base::{Diagnostic, Safety, Severity};
use tunelint_engine::Report;

/// How findings are told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// With the lines of code that they are about.
    #[default]
    Human,
    /// One line each.
    Concise,
    /// One JSON object.
    Json,
}

/// What the output may look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// Columns.
    pub width: usize,
    /// Whether there are colours.
    pub color: bool,
    /// Whether only ASCII can be shown.
    pub ascii: bool,
}

impl Default for Look {
    fn default() -> Self {
        Self {
            width: 80,
            color: false,
            ascii: false,
        }
    }
}

/// What is shown, and how.
#[derive(Clone, Copy, Debug)]
pub struct RenderOptions {
    /// How findings are told.
    pub format: Format,
    /// What the output may look like.
    pub look: Look,
    /// The mildest severity that is shown.
    pub min_severity: Severity,
    /// Whether the findings of each rule are counted.
    pub statistics: bool,
    /// How many findings were fixed, where fixes were applied.
    pub fixed: Option<usize>,
}

impl Default for RenderOptions {
    fn default() -> Self {
        Self {
            format: Format::Human,
            look: Look::default(),
            min_severity: Severity::Info,
            statistics: false,
            fixed: None,
        }
    }
}

/// A report with what rendering it needs.
struct Shown<'r> {
    report: &'r Report,
    redactor: Redactor,
    options: &'r RenderOptions,
}

impl<'r> Shown<'r> {
    /// The findings that are shown.
    fn diagnostics(&self) -> impl Iterator<Item = &'r Diagnostic> + use<'r> {
        let least = self.options.min_severity;
        self.report
            .diagnostics
            .iter()
            .filter(move |diagnostic| diagnostic.severity >= least)
    }

    /// A text of a finding, without secrets.
    fn text(&self, text: &str, diagnostic: &Diagnostic) -> String {
        let edits = diagnostic
            .fix
            .iter()
            .flat_map(|fix| fix.edits.iter().map(|edit| edit.location.file));
        let related = diagnostic
            .related
            .iter()
            .map(|related| related.location.file);
        let mut files: Vec<_> = std::iter::once(diagnostic.location.file)
            .chain(related)
            .chain(edits)
            .collect();
        files.sort_unstable();
        files.dedup();
        self.redactor.message(text, files)
    }
}

/// Whether `--fix` alone would cure the finding.
fn is_fixable(diagnostic: &Diagnostic) -> bool {
    diagnostic
        .fix
        .as_ref()
        .is_some_and(|fix| fix.safety == Safety::Safe)
}

/// The report as text.
#[must_use]
pub fn render(report: &Report, options: &RenderOptions) -> String {
    let shown = Shown {
        report,
        redactor: Redactor::new(&report.files),
        options,
    };
    match options.format {
        Format::Human => human::render(&shown),
        Format::Concise => concise::render(&shown),
        Format::Json => json::render(&shown),
    }
}
