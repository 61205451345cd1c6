//! Findings about the run itself: files that cannot be read, mistakes in `tunelint.toml`.

use crate::configuration::Configuration;
use crate::discover::Found;
use std::sync::Arc;
use tunelint_base::{Diagnostic, FileId, Kind, Location, Severity, Span};
use tunelint_engine::{Report, Settings};
use tunelint_model::SourceFile;

/// A finding before it is known which number its file has.
#[derive(Debug)]
pub(crate) struct OwnFindings(Vec<OwnFinding>);

#[derive(Debug)]
struct OwnFinding {
    rule: &'static str,
    path: String,
    span: Span,
    message: String,
    help: Option<String>,
}

impl OwnFindings {
    /// What is to be told of the configuration and of the files.
    pub(crate) fn of(found: &Found, configuration: &Configuration) -> Self {
        let unreadable = found.unreadable.iter().map(|(path, reason)| OwnFinding {
            rule: "unreadable-file",
            path: path.clone(),
            span: Span::empty(0),
            message: format!("`{path}` cannot be read: {reason}"),
            help: None,
        });
        let path = configuration.path().unwrap_or_default();
        let mistakes = configuration.mistakes.iter().map(|mistake| OwnFinding {
            rule: "config-mistake",
            path: path.to_owned(),
            span: mistake.span,
            message: mistake.message.clone(),
            help: None,
        });
        Self(unreadable.chain(mistakes).collect())
    }

    /// Puts them into a report, in its order. Files that are read anew keep their numbers, so
    /// this can be done after every check.
    pub(crate) fn join(&self, report: &mut Report, settings: &Settings) {
        for own in &self.0 {
            let Some(id) = report.files.iter().position(|file| file.path == own.path) else {
                continue;
            };
            if let Some(diagnostic) = own.diagnostic(id, settings) {
                report.diagnostics.push(diagnostic);
            }
        }
        let files: &[SourceFile] = &report.files;
        let path = |id: FileId| files.get(id.0 as usize).map(|file| file.path.as_str());
        report.diagnostics.sort_by(|a, b| {
            let key = |d: &Diagnostic| (d.location.span.start, Arc::clone(&d.rule));
            path(a.location.file)
                .cmp(&path(b.location.file))
                .then_with(|| key(a).cmp(&key(b)))
        });
    }
}

impl OwnFinding {
    fn diagnostic(&self, file: usize, settings: &Settings) -> Option<Diagnostic> {
        let page = tunelint_rules::find(self.rule);
        let group = page.map_or("engine", |page| page.group);
        let is_ignored = settings
            .ignore
            .iter()
            .any(|name| name == self.rule || name == group);
        let stated = settings.severity.get(self.rule).copied();
        let of_page = page.map(|page| page.severity);
        let severity = stated.or(of_page).unwrap_or(Some(Severity::Error));
        Some(Diagnostic {
            rule: self.rule.into(),
            group: group.into(),
            severity: severity.filter(|_| !is_ignored)?,
            kind: page.map_or(Kind::Invalid, |page| page.kind),
            message: self.message.clone(),
            help: self.help.clone(),
            location: Location::new(FileId(u32::try_from(file).ok()?), self.span),
            entity: self.path.clone(),
            profiles: Vec::new(),
            overlays: Vec::new(),
            related: Vec::new(),
            fix: None,
            fingerprint: fingerprint(&[self.rule, &self.path, &self.message]),
        })
    }
}

/// FNV-1a over the parts.
fn fingerprint(parts: &[&str]) -> String {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in parts.iter().flat_map(|part| part.bytes().chain([0])) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    format!("{hash:016x}")
}
