//! What fixing would change, as a unified diff.

use super::Outcome;
use crate::discover::Found;
use crate::redact::Redactor;
use crate::style::Paint;
use owo_colors::Style;
use similar::{ChangeTag, TextDiff};
use tunelint_model::SourceFile;

/// The diff of all files that changed. Secrets are hidden on both sides.
pub(crate) fn diff(outcome: &Outcome, found: &Found, color: bool) -> String {
    let paint = Paint::new(color);
    let mut text = String::new();
    for (id, before) in &outcome.before {
        let after = &outcome.report.files[id.0 as usize];
        let is_on_disk = found.disk.contains_key(&after.path);
        text.push_str(&of_file(before, after, is_on_disk, paint));
    }
    text
}

fn of_file(before: &SourceFile, after: &SourceFile, is_on_disk: bool, paint: Paint) -> String {
    let (old, new) = (before.text.as_str(), after.text.as_str());
    let (old_lines, new_lines) = (lines(old), lines(new));
    let diff = TextDiff::from_slices(&old_lines, &new_lines);
    let (old_shown, new_shown) = (Shown::new(before, after), Shown::new(after, before));
    let path = crate::redact::printable(&after.path);
    let (a, b) = if is_on_disk { ("a/", "b/") } else { ("", "") };
    let mut text = format!(
        "{}\n{}\n",
        paint.bold(format!("--- {a}{path}")),
        paint.bold(format!("+++ {b}{path}"))
    );
    for hunk in diff.grouped_ops(3) {
        let (Some(first), Some(last)) = (hunk.first(), hunk.last()) else {
            continue;
        };
        let old = range(first.old_range().start, last.old_range().end);
        let new = range(first.new_range().start, last.new_range().end);
        text.push_str(&format!("{}\n", paint.help(format!("@@ -{old} +{new} @@"))));
        for change in hunk.iter().flat_map(|op| diff.iter_changes(op)) {
            let (sign, side, index, style) = match change.tag() {
                ChangeTag::Equal => (' ', &old_shown, change.old_index(), Style::new()),
                ChangeTag::Delete => ('-', &old_shown, change.old_index(), Style::new().red()),
                ChangeTag::Insert => ('+', &new_shown, change.new_index(), Style::new().green()),
            };
            let index = index.unwrap_or_default();
            text.push_str(&paint.style(format!("{sign}{}", side.line(index)), style));
            text.push_str(if change.value().ends_with('\r') {
                "\r\n"
            } else {
                "\n"
            });
            let is_last = index + 1 == side.count;
            if is_last && side.is_open {
                text.push_str("\\ No newline at end of file\n");
            }
        }
    }
    text
}

/// The lines between LFs, as `patch` counts them, a CR before the LF still at their end.
fn lines(text: &str) -> Vec<&str> {
    let mut lines: Vec<&str> = text.split('\n').collect();
    if text.ends_with('\n') || text.is_empty() {
        lines.pop();
    }
    lines
}

fn range(start: usize, end: usize) -> String {
    match end - start {
        0 => format!("{start},0"),
        1 => format!("{}", start + 1),
        len => format!("{},{len}", start + 1),
    }
}

/// The lines of a file as they may be shown.
struct Shown {
    lines: Vec<String>,
    count: usize,
    is_open: bool,
}

impl Shown {
    /// What is secret in the one version is secret in the other, whatever it is called there.
    fn new(file: &SourceFile, other: &SourceFile) -> Self {
        let text = file.text.as_str();
        let mut shown = Redactor::lines(file, other).into_iter();
        // A lone CR ends a line for Java, but not for `patch`.
        let lines = lines(text).into_iter().map(|line| {
            let parts = line
                .strip_suffix('\r')
                .unwrap_or(line)
                .matches('\r')
                .count()
                + 1;
            shown.by_ref().take(parts).collect::<Vec<_>>().join("\r")
        });
        let lines: Vec<String> = lines.collect();
        Self {
            count: lines.len(),
            lines,
            is_open: !text.ends_with('\n'),
        }
    }

    fn line(&self, index: usize) -> &str {
        self.lines.get(index).map_or("", String::as_str)
    }
}
