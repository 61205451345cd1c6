//! The command `rules`: every rule, as a table, as JSON, or as Markdown.

use crate::Io;
use crate::args::{RulesArgs, RulesFormat};
use crate::style::{Paint, wants_color};
use crate::table::{cell, columns, plural};
use serde::Serialize;
use tunelint_page::Rule;
use tunelint_rules::RULES;

/// Runs it; the result is the exit status.
pub(crate) fn run(args: &RulesArgs, io: &mut Io<'_>) -> anyhow::Result<i32> {
    let mut rules: Vec<&Rule> = RULES.iter().collect();
    rules.sort_by_key(|rule| (rule.group, rule.name));
    let text = match args.format {
        RulesFormat::Human => human(&rules, Paint::new(wants_color(io, args.color))),
        RulesFormat::Json => json(&rules)?,
        RulesFormat::Markdown => markdown(&rules),
    };
    io.print(&text)?;
    Ok(0)
}

fn human(rules: &[&Rule], paint: Paint) -> String {
    let mut text = String::new();
    let groups: Vec<&[&Rule]> = rules.chunk_by(|a, b| a.group == b.group).collect();
    for group in &groups {
        text.push_str(&format!("{}\n", paint.bold(group[0].group)));
        let rows: Vec<_> = group.iter().map(|rule| row(rule, paint)).collect();
        text.push_str(&columns(&rows, &[]));
        text.push('\n');
    }
    text.push_str(&format!(
        "{} in {}.\n",
        plural(rules.len(), "rule"),
        plural(groups.len(), "group")
    ));
    text
}

fn row(rule: &Rule, paint: Paint) -> Vec<(String, usize)> {
    let severity = severity(rule);
    let painted = rule.severity.map_or_else(
        || paint.dim(severity),
        |level| paint.severity(severity, level),
    );
    let fix = rule.fix.map_or("", |fix| fix.safety.as_str());
    vec![
        cell(format!("  {}", rule.name)),
        (painted, severity.len()),
        cell(if fix.is_empty() {
            String::new()
        } else {
            format!("{fix} fix")
        }),
        cell(rule.summary),
    ]
}

fn severity(rule: &Rule) -> &'static str {
    rule.severity.map_or("off", |severity| severity.as_str())
}

fn markdown(rules: &[&Rule]) -> String {
    let mut text = "| rule | group | severity | profiles | fix | what it finds |\n| --- | --- | --- | --- | --- | --- |\n".to_owned();
    for rule in rules {
        let profiles: Vec<String> = profiles(rule)
            .into_iter()
            .map(|(name, level)| format!("{name}: {level}"))
            .collect();
        let fix = rule.fix.map_or("", |fix| fix.safety.as_str());
        let summary = rule.summary.replace('|', "\\|");
        let (name, group, severity) = (rule.name, rule.group, severity(rule));
        text.push_str(&format!(
            "| `{name}` | {group} | {severity} | {} | {fix} | {summary} |\n",
            profiles.join(", ")
        ));
    }
    text
}

fn profiles(rule: &Rule) -> Vec<(&'static str, &'static str)> {
    let word = |level: tunelint_page::Level| level.map_or("off", |severity| severity.as_str());
    rule.profiles
        .iter()
        .map(|(name, level)| (*name, word(*level)))
        .collect()
}

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    rules: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Entry<'a> {
    name: &'a str,
    group: &'a str,
    summary: &'a str,
    severity: &'a str,
    kind: &'a str,
    profiles: serde_json::Map<String, serde_json::Value>,
    fix: Option<&'a str>,
}

fn json(rules: &[&Rule]) -> anyhow::Result<String> {
    let entries = rules.iter().map(|rule| Entry {
        name: rule.name,
        group: rule.group,
        summary: rule.summary,
        severity: severity(rule),
        kind: rule.kind.as_str(),
        profiles: profiles(rule)
            .into_iter()
            .map(|(name, level)| (name.to_owned(), level.into()))
            .collect(),
        fix: rule.fix.map(|fix| fix.safety.as_str()),
    });
    let document = Document {
        version: 1,
        rules: entries.collect(),
    };
    Ok(serde_json::to_string_pretty(&document)? + "\n")
}
