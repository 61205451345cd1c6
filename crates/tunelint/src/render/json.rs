//! The report as one JSON object.

use super::{Shown, statistics, summary};
use serde::Serialize;
use tunelint_base::{Diagnostic, Location};

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    tool: Tool,
    summary: Summary,
    diagnostics: Vec<Finding<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    statistics: Option<Vec<RuleCounts<'a>>>,
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct Summary {
    files: usize,
    errors: usize,
    warnings: usize,
    infos: usize,
    hints: usize,
    suppressed: usize,
    fixable: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    fixed: Option<usize>,
}

#[derive(Serialize)]
struct Finding<'a> {
    rule: &'a str,
    group: &'a str,
    severity: &'static str,
    kind: &'static str,
    message: String,
    help: Option<String>,
    path: &'a str,
    range: Range,
    entity: String,
    profiles: &'a [String],
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    overlays: &'a [String],
    related: Vec<Related<'a>>,
    fix: Option<Fix<'a>>,
    fingerprint: &'a str,
}

#[derive(Serialize)]
struct Range {
    start: Place,
    end: Place,
}

#[derive(Serialize)]
struct Place {
    line: u32,
    column: u32,
    offset: u32,
}

#[derive(Serialize)]
struct Related<'a> {
    path: &'a str,
    range: Range,
    message: String,
}

#[derive(Serialize)]
struct Fix<'a> {
    safety: &'static str,
    title: String,
    edits: Vec<Edit<'a>>,
}

#[derive(Serialize)]
struct Edit<'a> {
    path: &'a str,
    range: Range,
    text: String,
}

#[derive(Serialize)]
struct RuleCounts<'a> {
    rule: &'a str,
    errors: usize,
    warnings: usize,
    infos: usize,
    hints: usize,
}

pub(super) fn render(shown: &Shown<'_>) -> String {
    let counts = summary::count(shown);
    let document = Document {
        version: 1,
        tool: Tool {
            name: "tunelint",
            version: env!("CARGO_PKG_VERSION"),
        },
        summary: Summary {
            files: counts.files,
            errors: counts.errors,
            warnings: counts.warnings,
            infos: counts.infos,
            hints: counts.hints,
            suppressed: counts.suppressed,
            fixable: counts.fixable,
            fixed: shown.options.fixed,
        },
        diagnostics: shown
            .diagnostics()
            .filter_map(|diagnostic| finding(shown, diagnostic))
            .collect(),
        statistics: shown.options.statistics.then(|| rule_counts(shown)),
    };
    let mut text = serde_json::to_string_pretty(&document).unwrap_or_default();
    text.push('\n');
    text
}

fn rule_counts<'r>(shown: &Shown<'r>) -> Vec<RuleCounts<'r>> {
    let counts = statistics::count(shown).into_iter();
    let rows = counts.map(|(rule, [errors, warnings, infos, hints])| RuleCounts {
        rule,
        errors,
        warnings,
        infos,
        hints,
    });
    rows.collect()
}

fn finding<'r>(shown: &Shown<'r>, diagnostic: &'r Diagnostic) -> Option<Finding<'r>> {
    let (path, range) = place(shown, diagnostic.location)?;
    let text = |text: &str| shown.text(text, diagnostic);
    let related = diagnostic.related.iter().filter_map(|related| {
        let (path, range) = place(shown, related.location)?;
        let message = text(&related.message);
        Some(Related {
            path,
            range,
            message,
        })
    });
    let fix = diagnostic.fix.as_ref().map(|fix| Fix {
        safety: fix.safety.as_str(),
        title: text(&fix.title),
        edits: fix
            .edits
            .iter()
            .filter_map(|edit| {
                let (path, range) = place(shown, edit.location)?;
                let text = text(&edit.text);
                Some(Edit { path, range, text })
            })
            .collect(),
    });
    Some(Finding {
        rule: &diagnostic.rule,
        group: &diagnostic.group,
        severity: diagnostic.severity.as_str(),
        kind: diagnostic.kind.as_str(),
        message: text(&diagnostic.message),
        help: diagnostic.help.as_deref().map(text),
        path,
        range,
        entity: text(&diagnostic.entity),
        profiles: &diagnostic.profiles,
        overlays: &diagnostic.overlays,
        related: related.collect(),
        fix,
        fingerprint: &diagnostic.fingerprint,
    })
}

fn place<'r>(shown: &Shown<'r>, location: Location) -> Option<(&'r str, Range)> {
    let file = shown.report.files.get(location.file.0 as usize)?;
    let at = |offset: u32| {
        let position = file.lines.position(offset, file.text.as_str());
        Place {
            line: position.line,
            column: position.column,
            offset: file.text.file_offset(offset),
        }
    };
    let range = Range {
        start: at(location.span.start),
        end: at(location.span.end),
    };
    Some((&file.path, range))
}
