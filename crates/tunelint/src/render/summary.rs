//! How many findings there are of what kind, and the line that says so.

use super::{RenderOptions, Shown, is_fixable};
use crate::style::Paint;
use crate::table::plural;
use tunelint_base::Severity;

/// Findings by severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) files: usize,
    pub(super) errors: usize,
    pub(super) warnings: usize,
    pub(super) infos: usize,
    pub(super) hints: usize,
    pub(super) hidden: usize,
    pub(super) suppressed: usize,
    pub(super) fixable: usize,
    pub(super) unsafely_fixable: usize,
}

/// Counts all findings, shown or not; as fixable only those that are shown, as only those are
/// fixed. Files count that are any of our business, or have a finding.
pub(super) fn count(shown: &Shown<'_>) -> Counts {
    let report = shown.report;
    let mut counts = Counts {
        suppressed: report.suppressed,
        ..Counts::default()
    };
    let mut ours: Vec<bool> = report
        .files
        .iter()
        .map(|file| file.facts.is_recognised())
        .collect();
    for diagnostic in &report.diagnostics {
        match diagnostic.severity {
            Severity::Error => counts.errors += 1,
            Severity::Warning => counts.warnings += 1,
            Severity::Info => counts.infos += 1,
            Severity::Hint => counts.hints += 1,
        }
        if let Some(is_ours) = ours.get_mut(diagnostic.location.file.0 as usize) {
            *is_ours = true;
        }
        if diagnostic.severity < shown.options.min_severity {
            counts.hidden += 1;
        } else if is_fixable(diagnostic) {
            counts.fixable += 1;
        } else if diagnostic.fix.is_some() {
            counts.unsafely_fixable += 1;
        }
    }
    counts.files = ours.into_iter().filter(|is_ours| *is_ours).count();
    counts
}

/// The last line of a human report.
pub(super) fn line(counts: &Counts, paint: Paint, options: &RenderOptions) -> String {
    let (fixed, least, width) = (options.fixed, options.min_severity, options.look.width);
    let mut found = Vec::new();
    let kinds = [
        (counts.errors, "error", Severity::Error),
        (counts.warnings, "warning", Severity::Warning),
        (counts.infos, "info", Severity::Info),
        (counts.hints, "hint", Severity::Hint),
    ];
    for (count, word, severity) in kinds {
        if count > 0 && severity >= least {
            let text = if severity == Severity::Info {
                format!("{count} info")
            } else {
                plural(count, word)
            };
            found.push(paint.severity(text, severity));
        }
    }
    let files = plural(counts.files, "file");
    let fixed = fixed
        .filter(|fixed| *fixed > 0)
        .map(|fixed| plural(fixed, "problem"));
    let line = match (found.is_empty(), &fixed) {
        (true, None) => format!("No problems in {files}."),
        (true, Some(fixed)) => format!("Fixed {fixed} in {files}; none remains."),
        (false, None) => format!("{files} checked: {}", found.join(", ")),
        (false, Some(fixed)) => format!(
            "{files} checked, {fixed} fixed; {} remain",
            found.join(", ")
        ),
    };
    let fixable = match (counts.fixable, counts.unsafely_fixable) {
        (0, 0) => String::new(),
        (0, more) => format!("({more} fixable with --fix --unsafe-fixes)"),
        (fixable, 0) => format!("({fixable} fixable with --fix)"),
        (fixable, more) => {
            format!("({fixable} fixable with --fix, {more} more with --unsafe-fixes)")
        }
    };
    let mut line = if fixable.is_empty() {
        line
    } else if plain_width(&line) + 1 + fixable.len() <= width {
        format!("{line} {fixable}")
    } else {
        format!("{line}\n{fixable}")
    };
    if counts.suppressed > 0 {
        line.push_str(&format!(
            "\n{} suppressed.",
            plural(counts.suppressed, "finding")
        ));
    }
    if counts.hidden > 0 {
        let what = match least {
            Severity::Info => plural(counts.hidden, "hint"),
            _ => plural(counts.hidden, "milder finding"),
        };
        line.push_str(&format!(
            "\n{what} not shown: --min-severity hint shows all."
        ));
    }
    line.push('\n');
    line
}

/// The width of a text without its colour codes.
fn plain_width(text: &str) -> usize {
    let mut parts = text.split('\x1b');
    let first = parts.next().map_or(0, str::len);
    first
        + parts
            .map(|part| part.split_once('m').map_or(0, |(_, rest)| rest.len()))
            .sum::<usize>()
}
