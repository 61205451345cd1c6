//! What the engine finds on its own run: the closed group `engine`.

use crate::Settings;
use crate::fingerprint::fingerprint;
use tunelint_base::{Diagnostic, FileId, Location, Related, Severity, Span};
use tunelint_model::Model;
use tunelint_model::overlay::Failure;
use tunelint_page::{Condition, Rule};

/// The rules of the group, which pages describe and code finds.
pub const OWN_RULES: [&str; 5] = [
    "config-mistake",
    "overlay-not-built",
    "syntax-error",
    "unreadable-file",
    "unused-suppression",
];

/// A finding of the engine's own.
pub(crate) fn own(
    model: &Model<'_>,
    name: &'static str,
    location: Location,
    message: String,
) -> Option<Diagnostic> {
    let rule = tunelint_rules::find(name).filter(|rule| rule.when == Condition::Engine)?;
    Some(from_rule(rule, model, location, message))
}

fn from_rule(rule: &Rule, model: &Model<'_>, location: Location, message: String) -> Diagnostic {
    let entity = model
        .file(location.file)
        .map(|file| file.path.clone())
        .unwrap_or_default();
    Diagnostic {
        rule: rule.name.into(),
        group: rule.group.into(),
        severity: rule.severity.unwrap_or(Severity::Warning),
        kind: rule.kind,
        message,
        help: None,
        location,
        fingerprint: fingerprint(rule.name, &entity, model, location),
        entity,
        profiles: Vec::new(),
        overlays: Vec::new(),
        related: Vec::new(),
        fix: None,
    }
}

/// What cannot be read, and directives that say nothing.
pub(crate) fn findings(model: &Model<'_>, settings: &Settings) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (index, file) in model.files.iter().enumerate() {
        let id = FileId(u32::try_from(index).unwrap_or(u32::MAX));
        for error in &file.facts.errors {
            found.extend(own(
                model,
                "syntax-error",
                Location::new(id, error.span),
                error.message.clone(),
            ));
        }
        for duplicate in &file.facts.duplicates {
            let message = format!(
                "the key `{}` is there already: strict readers refuse the document, others keep the last",
                duplicate.name
            );
            let related = Related {
                location: Location::new(id, duplicate.first),
                message: "the first one".to_owned(),
            };
            let finding = own(
                model,
                "syntax-error",
                Location::new(id, duplicate.again),
                message,
            );
            found.extend(finding.map(|finding| Diagnostic {
                related: vec![related],
                ..finding
            }));
        }
        for (span, message) in &file.facts.directives.mistakes {
            found.extend(own(
                model,
                "config-mistake",
                Location::new(id, *span),
                message.clone(),
            ));
        }
    }
    found.retain(|finding| crate::runs(&finding.rule, &finding.group, settings));
    found
}

/// Kustomizations that cannot be built.
pub(crate) fn not_built(
    model: &Model<'_>,
    settings: &Settings,
    failures: Vec<Failure>,
) -> Vec<Diagnostic> {
    let found = failures.into_iter().filter_map(|failure| {
        let file = FileId(u32::try_from(failure.file).ok()?);
        let location = Location::new(file, failure.span);
        own(model, "overlay-not-built", location, failure.message)
    });
    found
        .filter(|finding| crate::runs(&finding.rule, &finding.group, settings))
        .collect()
}

/// A finding in a file that is not among those that were read: the caller knows its place.
#[must_use]
pub fn unreadable(file: FileId, reason: &str) -> Option<Diagnostic> {
    let rule = tunelint_rules::find("unreadable-file")?;
    Some(Diagnostic {
        rule: rule.name.into(),
        group: rule.group.into(),
        severity: rule.severity.unwrap_or(Severity::Error),
        kind: rule.kind,
        message: format!("the file cannot be read: {reason}"),
        help: None,
        location: Location::new(file, Span::default()),
        entity: String::new(),
        profiles: Vec::new(),
        overlays: Vec::new(),
        related: Vec::new(),
        fix: None,
        fingerprint: String::new(),
    })
}
