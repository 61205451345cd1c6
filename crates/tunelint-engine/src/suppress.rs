//! Findings that somebody wants to keep, and suppressions that suppress nothing.

use crate::{Settings, own};
use std::collections::HashSet;
use tunelint_base::{Diagnostic, FileId, Location, Severity, Span};
use tunelint_model::Model;
use tunelint_model::directive::Suppression;

/// Takes out the suppressed findings (`asked` are the places where they were made: for what a
/// kustomization deploys, places in its result), adds what is wrong with suppressions, and counts.
pub(crate) fn suppress(
    model: &Model<'_>,
    settings: &Settings,
    found: Vec<Diagnostic>,
    asked: &[Location],
) -> (Vec<Diagnostic>, usize) {
    let all = collect(model);
    let mut used = vec![false; all.len()];
    let before = found.len();
    let mut kept: Vec<Diagnostic> = Vec::with_capacity(found.len());
    for (finding, asked) in found.into_iter().zip(asked) {
        let hit = all.iter().position(|(file, one)| {
            let mut places = [finding.location, *asked].into_iter();
            is_valid(one, settings)
                && places.any(|place| *file == place.file && matches(one, &finding, place))
        });
        match hit {
            Some(at) => used[at] = true,
            None => kept.push(finding),
        }
    }
    let used = used_anywhere(model, &all, &used);
    let suppressed = before - kept.len();
    for ((file, one), used) in all.iter().zip(used) {
        let (location, _) = model.written_at(Location::new(*file, one.span));
        let known = tunelint_rules::RULES
            .iter()
            .any(|rule| rule.name == one.rule || rule.group == one.rule);
        let message = if !is_valid(one, settings) {
            format!(
                "the suppression of `{}` ended on {}",
                one.rule,
                one.until.as_deref().unwrap_or("")
            )
        } else if !known {
            format!("there is no rule or group `{}` to suppress", one.rule)
        } else if !used && crate::runs(&one.rule, &one.rule, settings) && settings.select.is_empty()
        {
            format!(
                "nothing here is found by `{}`: the suppression can go",
                one.rule
            )
        } else if used && one.reason.is_empty() {
            let message = format!("the suppression of `{}` gives no reason", one.rule);
            let finding = own::own(model, "unused-suppression", location, message);
            kept.extend(finding.map(|finding| Diagnostic {
                severity: Severity::Hint,
                ..finding
            }));
            continue;
        } else {
            continue;
        };
        kept.extend(own::own(model, "unused-suppression", location, message));
    }
    (kept, suppressed)
}

/// Comments of all files, and annotations of Kubernetes objects.
fn collect(model: &Model<'_>) -> Vec<(FileId, Suppression)> {
    let mut all = Vec::new();
    for (index, file) in model.files.iter().enumerate() {
        let id = FileId(u32::try_from(index).unwrap_or(u32::MAX));
        all.extend(
            file.facts
                .directives
                .suppressions
                .iter()
                .map(|one| (id, one.clone())),
        );
        for (_, object) in file.objects() {
            for (_, value, span) in object.annotations.iter().filter(|(key, ..)| key == "allow") {
                all.extend(annotated(value, *span, object.span).map(|one| (id, one)));
            }
        }
    }
    all
}

/// `rule-name: reason; other-rule: reason`.
fn annotated(value: &str, span: Span, covers: Span) -> impl Iterator<Item = Suppression> + '_ {
    value
        .split(';')
        .filter(|part| !part.trim().is_empty())
        .map(move |part| {
            let (rule, reason) = part.split_once(':').unwrap_or((part, ""));
            Suppression {
                rule: rule.trim().to_owned(),
                reason: reason.trim().to_owned(),
                until: None,
                span,
                covers,
            }
        })
}

/// Days as `YYYY-MM-DD` compare as text.
fn is_valid(one: &Suppression, settings: &Settings) -> bool {
    one.until
        .as_ref()
        .is_none_or(|until| settings.today.is_empty() || *until >= settings.today)
}

fn matches(one: &Suppression, finding: &Diagnostic, place: Location) -> bool {
    let named = one.rule == *finding.rule || one.rule == *finding.group;
    named && (one.covers.contains(place.span) || one.covers.touches(place.span.start))
}

/// An annotation that stands in several results is used if it is used in one of them.
fn used_anywhere(model: &Model<'_>, all: &[(FileId, Suppression)], used: &[bool]) -> Vec<bool> {
    let written = |(file, one): &(FileId, Suppression)| {
        let place = model.written_at(Location::new(*file, one.span)).0;
        (place, one.rule.clone())
    };
    let pairs = || all.iter().zip(used);
    let anywhere: HashSet<(Location, String)> = pairs()
        .filter(|(_, used)| **used)
        .map(|(one, _)| written(one))
        .collect();
    pairs()
        .map(|(one, used)| *used || anywhere.contains(&written(one)))
        .collect()
}
