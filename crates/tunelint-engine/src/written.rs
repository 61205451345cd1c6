//! Findings in what a kustomization deploys, told at the places where it was written.

use crate::fingerprint::fingerprint;
use tunelint_base::{Diagnostic, Edit, Fix, Location};
use tunelint_model::Model;

/// The finding with its places in the files that people edit.
pub(crate) fn written(model: &Model<'_>, found: Diagnostic) -> Diagnostic {
    let here = |location: Location| {
        model
            .file(location.file)
            .is_some_and(|file| file.overlay.is_some())
    };
    let anywhere = here(found.location) || found.related.iter().any(|one| here(one.location));
    if !anywhere {
        return found;
    }
    let mut found = found;
    let overlay = model
        .file(found.location.file)
        .and_then(|file| file.overlay.as_ref());
    found
        .overlays
        .extend(overlay.map(|overlay| overlay.name.clone()));
    found.location = model.written_at(found.location).0;
    for related in &mut found.related {
        related.location = model.written_at(related.location).0;
    }
    let own = found.location;
    found.related.retain(|related| {
        !(related.location.file == own.file && related.location.span.overlaps(own.span))
    });
    found.fix = found.fix.and_then(|fix| edited(model, fix));
    found.fingerprint = fingerprint(&found.rule, &found.entity, model, found.location);
    found
}

/// The fix, if each of its edits replaces text that stands in a file as it stands in the result.
fn edited(model: &Model<'_>, fix: Fix) -> Option<Fix> {
    let edits = fix.edits.into_iter().map(|edit| {
        let (location, exact) = model.written_at(edit.location);
        let kept = exact && (location == edit.location || !location.span.is_empty());
        kept.then_some(Edit { location, ..edit })
    });
    Some(Fix {
        edits: edits.collect::<Option<_>>()?,
        ..fix
    })
}

/// Joins the overlays of a finding that was made in several: `same` goes, `kept` stays. Always
/// true, so that it can end a comparison.
pub(crate) fn join(same: &mut Diagnostic, kept: &mut Diagnostic) -> bool {
    if same.overlays.is_empty() || kept.overlays.is_empty() {
        kept.overlays.clear();
    } else {
        for overlay in same.overlays.drain(..) {
            if !kept.overlays.contains(&overlay) {
                kept.overlays.push(overlay);
            }
        }
    }
    true
}
