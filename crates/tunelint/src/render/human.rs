//! Findings for people: a headline, the lines of code, what to do about it.

mod clip;
mod draw;
mod frame;
mod window;

use super::{Shown, statistics, summary};
use crate::style::Paint;
use tunelint_base::{Diagnostic, Safety};
use unicode_width::UnicodeWidthStr;

pub(super) fn render(shown: &Shown<'_>) -> String {
    let paint = Paint::new(shown.options.look.color);
    let mut text = String::new();
    for diagnostic in shown.diagnostics() {
        text.push_str(&finding(shown, diagnostic, paint));
        text.push('\n');
    }
    if shown.options.statistics && !shown.report.diagnostics.is_empty() {
        text.push_str(&statistics::table(shown, paint));
        text.push('\n');
    }
    let counts = summary::count(shown);
    text.push_str(&summary::line(&counts, paint, shown.options));
    text
}

fn finding(shown: &Shown<'_>, diagnostic: &Diagnostic, paint: Paint) -> String {
    let width = shown.options.look.width;
    let say = |text: &str| shown.text(text, diagnostic);
    let rule = format!("[{}]", diagnostic.rule);
    let label = format!("{}{rule}", diagnostic.severity);
    let painted = paint.severity(&label, diagnostic.severity);
    let mut text = String::new();
    let message = wrap(&say(&diagnostic.message), width, label.width() + 2, 2);
    for (number, line) in message.lines().enumerate() {
        match number {
            0 => text.push_str(&format!("{painted}: {}\n", paint.bold(line))),
            _ => text.push_str(&format!("  {}\n", paint.bold(line.trim_start()))),
        }
    }
    text.push_str(&frame::frames(shown, diagnostic));
    if let Some(help) = &diagnostic.help {
        text.push_str(&paragraph("help", &say(help), width, paint));
    }
    if !diagnostic.overlays.is_empty() {
        text.push_str(&paragraph("in", &overlays(diagnostic), width, paint));
    }
    if let Some(fix) = &diagnostic.fix {
        let how = match fix.safety {
            Safety::Safe => "(safe, applied by --fix)",
            Safety::Unsafe => "(unsafe: --fix --unsafe-fixes)",
        };
        text.push_str(&paragraph(
            "fix",
            &format!("{} {how}", say(&fix.title)),
            width,
            paint,
        ));
    }
    text
}

/// The kustomizations that deploy what the finding is about.
fn overlays(diagnostic: &Diagnostic) -> String {
    let names = diagnostic.overlays.join(", ");
    match diagnostic.overlays.as_slice() {
        [_] => format!("the kustomization {names}"),
        _ => format!("the kustomizations {names}"),
    }
}

/// `  help: text`, wrapped, its further lines set under the text.
fn paragraph(head: &str, text: &str, width: usize, paint: Paint) -> String {
    let indent = head.len() + 4;
    let wrapped = wrap(text, width, indent, indent);
    format!("  {}: {wrapped}\n", paint.help(head))
}

/// `text` wrapped to `width` columns, the first line `first` columns shorter and all others
/// indented by `rest`. Words are kept whole, as are line ends in the text.
pub(crate) fn wrap(text: &str, width: usize, first: usize, rest: usize) -> String {
    let (first, rest) = (" ".repeat(first.min(width / 2)), " ".repeat(rest));
    let mut wrapped = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let initial = if number == 0 { &first } else { &rest };
        let options = textwrap::Options::new(width)
            .initial_indent(initial)
            .subsequent_indent(&rest)
            .break_words(false)
            .word_separator(textwrap::WordSeparator::AsciiSpace)
            .word_splitter(textwrap::WordSplitter::NoHyphenation);
        wrapped.extend(
            textwrap::wrap(line, options)
                .into_iter()
                .map(|line| line.trim_end().to_owned()),
        );
    }
    let text = wrapped.join("\n");
    text.strip_prefix(first.as_str())
        .map_or_else(|| text.trim_start().to_owned(), str::to_owned)
}
