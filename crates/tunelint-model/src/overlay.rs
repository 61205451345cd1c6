//! Kustomizations: what each of them deploys is a file of its own, made of pieces of the others.

use crate::extract;
use crate::model::{Model, SourceFile};
use std::collections::BTreeSet;
use tunelint_base::{FileId, LineIndex, Location, Span, Text};
use tunelint_kustomize::{Built, Elsewhere, Input, World, is_kustomization, worlds};

pub use tunelint_kustomize::Failure;

/// What makes a file the result of a kustomization.
#[derive(Clone, Debug)]
pub struct Overlay {
    /// The kustomization's folder.
    pub name: String,
    /// The text with the places of its pieces.
    pub built: Built,
    /// The kustomization itself.
    pub file: FileId,
    /// What was not carried out.
    pub beyond: Vec<String>,
}

fn build(files: &[SourceFile], absent: &BTreeSet<String>) -> Vec<World> {
    if !files.iter().any(|file| is_kustomization(&file.path)) {
        return Vec::new();
    }
    let inputs: Vec<Input<'_>> = files
        .iter()
        .map(|file| Input {
            path: &file.path,
            text: file.text.as_str(),
        })
        .collect();
    worlds(&inputs, Elsewhere::Absent(absent))
}

/// The paths that kustomizations among the files may name and that nobody has looked for.
#[must_use]
pub fn missing(files: &[SourceFile], absent: &BTreeSet<String>) -> BTreeSet<String> {
    let all = build(files, absent).into_iter();
    all.flat_map(|world| world.missing).collect()
}

/// Adds to the files what their kustomizations deploy, and marks the files that went in: what
/// stands in those is deployed as the result says, not as they say. Returns the kustomizations
/// that cannot be built. `absent` are paths that are known to hold no file.
pub fn add(files: &mut Vec<SourceFile>, absent: &BTreeSet<String>) -> Vec<Failure> {
    files.retain(|file| file.overlay.is_none());
    for file in files.iter_mut() {
        file.is_part = false;
    }
    let mut failures = Vec::new();
    for world in build(files, absent) {
        let built = match world.built {
            Ok(built) => built,
            Err(failure) => {
                failures.push(failure);
                continue;
            }
        };
        for file in &world.used {
            files[*file].is_part = true;
        }
        let mut facts = extract("kustomization/built.yaml", &built.text);
        facts.errors.clear();
        facts.duplicates.clear();
        // A secret is one where it was written, too.
        for span in &facts.secrets {
            if let Some((file, there, _)) = built.locate(*span) {
                files[file].facts.secrets.push(there);
            }
        }
        let folder = if world.folder == "." {
            String::new()
        } else {
            format!("{}/", world.folder)
        };
        files.push(SourceFile {
            path: format!("{folder}kustomization.yaml (built)"),
            text: Text::utf8(&built.text),
            lines: LineIndex::new(&built.text),
            facts,
            is_part: false,
            overlay: Some(Overlay {
                name: world.folder,
                built,
                file: FileId(u32::try_from(world.file).unwrap_or(u32::MAX)),
                beyond: world.beyond,
            }),
        });
    }
    failures
}

impl Model<'_> {
    /// Where the place was written, and whether the text there is the same: a place in what a
    /// kustomization deploys stands in one of the files that it is made of.
    #[must_use]
    pub fn written_at(&self, location: Location) -> (Location, bool) {
        let Some(overlay) = self
            .file(location.file)
            .and_then(|file| file.overlay.as_ref())
        else {
            return (location, true);
        };
        match overlay.built.locate(location.span) {
            Some((file, span, exact)) => {
                let file = FileId(u32::try_from(file).unwrap_or(u32::MAX));
                (Location::new(file, span), exact)
            }
            None => (Location::new(overlay.file, Span::empty(0)), false),
        }
    }
}
