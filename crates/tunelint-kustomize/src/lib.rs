//! Builds kustomizations as `kubectl kustomize` does, and remembers where each value comes from.
//!
//! A pure function of the texts of a repository. What stands outside of it (remote bases, plugins,
//! Helm charts) and what has no plain meaning for a linter (`vars`, `replacements`) is named in
//! [`World::beyond`] instead of being guessed.

mod build;
mod file;
mod generate;
mod hash;
mod json_patch;
mod merge;
mod patch;
mod reference;
mod resource;
mod transform;
mod tree;
mod write;

pub use write::{Built, Run};

use build::Builder;
use file::{Kustomization, NAMES, is_remote, join};
use std::collections::{BTreeSet, HashMap};
use tree::Tree;
use tunelint_base::Span;

/// A file of the repository.
#[derive(Clone, Copy, Debug)]
pub struct Input<'t> {
    /// Its path, relative, with `/`.
    pub path: &'t str,
    /// Its text.
    pub text: &'t str,
}

/// Why a kustomization cannot be built, at the place to blame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The index of the file.
    pub file: usize,
    /// Where in the file.
    pub span: Span,
    /// What is wrong, as a sentence without capital and full stop.
    pub message: String,
}

impl Failure {
    fn new(file: usize, span: Span, message: impl Into<String>) -> Self {
        Self {
            file,
            span,
            message: message.into(),
        }
    }
}

/// What is known of files that are not among the inputs.
#[derive(Clone, Copy, Debug)]
pub enum Elsewhere<'p> {
    /// There are none.
    Nothing,
    /// These paths are known to hold no file; of others nobody knows.
    Absent(&'p BTreeSet<String>),
}

/// What one kustomization that no other one includes deploys.
#[derive(Clone, Debug)]
pub struct World {
    /// The folder of the kustomization; `.` for the top.
    pub folder: String,
    /// The index of its file.
    pub file: usize,
    /// The resources, or why there are none.
    pub built: Result<Built, Failure>,
    /// The files whose content went in.
    pub used: Vec<usize>,
    /// What was not carried out.
    pub beyond: Vec<String>,
    /// Paths that it names, or may name, and of which nobody knows whether a file is there.
    pub missing: Vec<String>,
}

/// Whether a file is a kustomization, by its name.
#[must_use]
pub fn is_kustomization(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    NAMES.contains(&name)
}

/// Builds every kustomization that no other one includes, in the order of their files.
#[must_use]
pub fn worlds(inputs: &[Input<'_>], elsewhere: Elsewhere<'_>) -> Vec<World> {
    let files = inputs.iter().enumerate();
    let files: Vec<(usize, Result<Kustomization, Failure>)> = files
        .filter(|(_, input)| is_kustomization(input.path))
        .map(|(at, _)| (at, Kustomization::read(inputs, at)))
        .collect();
    if files.is_empty() {
        return Vec::new();
    }
    let paths: HashMap<&str, usize> = inputs
        .iter()
        .enumerate()
        .map(|(at, input)| (input.path, at))
        .collect();
    let included = included(files.iter().filter_map(|(_, read)| read.as_ref().ok()));
    let roots = files.into_iter().filter(|(file, read)| {
        let component = read.as_ref().is_ok_and(Kustomization::is_component);
        !included.contains(folder_of(inputs[*file].path)) && !component
    });
    roots
        .map(|(file, read)| {
            let mut builder = Builder::new(inputs, &paths, elsewhere);
            let built = read.and_then(|kustomization| builder.build(&kustomization));
            let folder = folder_of(inputs[file].path);
            World {
                folder: if folder.is_empty() { "." } else { folder }.to_owned(),
                file,
                built: built.map(|all| write::write(all.iter().map(|one| &one.tree))),
                used: builder.used.into_iter().collect(),
                beyond: builder.beyond,
                missing: builder.missing.into_iter().collect(),
            }
        })
        .collect()
}

fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The folders that kustomizations include.
fn included<'k>(all: impl Iterator<Item = &'k Kustomization>) -> BTreeSet<String> {
    let mut folders = BTreeSet::new();
    for kustomization in all {
        for field in ["resources", "bases", "components"] {
            let items = kustomization.list(field).iter().filter_map(Tree::text);
            let local = items.filter(|path| !is_remote(path));
            folders.extend(local.filter_map(|path| join(&kustomization.folder, path)));
        }
        // A kustomization that includes itself is to be told so.
        folders.remove(&kustomization.folder);
    }
    folders
}
