//! One line per finding: `path:line:column: severity[rule] message`.

use super::{Shown, statistics};
use crate::style::{Paint, severity_style};

pub(super) fn render(shown: &Shown<'_>) -> String {
    let paint = Paint::new(shown.options.look.color);
    let mut text = String::new();
    for diagnostic in shown.diagnostics() {
        let Some(file) = shown.report.files.get(diagnostic.location.file.0 as usize) else {
            continue;
        };
        let at = file
            .lines
            .position(diagnostic.location.span.start, file.text.as_str());
        let path = crate::redact::printable(&file.path);
        let severity = paint.style(diagnostic.severity, severity_style(diagnostic.severity));
        let message = shown
            .text(&diagnostic.message, diagnostic)
            .replace('\n', " ");
        let rule = &diagnostic.rule;
        text.push_str(&format!(
            "{path}:{}:{}: {severity}[{rule}] {message}\n",
            at.line, at.column
        ));
    }
    if shown.options.statistics {
        text.push_str(&statistics::table(shown, paint));
    }
    text
}
