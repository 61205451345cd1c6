//! A kustomization file, as far as it is carried out.

use crate::tree::Tree;
use crate::{Failure, Input};
use tunelint_base::Span;
use tunelint_syntax::yaml;

/// The names that a kustomization may have.
pub(crate) const NAMES: [&str; 3] = ["kustomization.yaml", "kustomization.yml", "Kustomization"];

/// Fields that change what is built and are not carried out.
const BEYOND: [&str; 8] = [
    "crds",
    "generators",
    "helmCharts",
    "helmChartInflationGenerator",
    "replacements",
    "transformers",
    "vars",
    "configurations",
];

/// A kustomization.
#[derive(Clone, Debug)]
pub(crate) struct Kustomization {
    /// The index of its file.
    pub(crate) file: usize,
    /// Its folder; empty for the top.
    pub(crate) folder: String,
    /// What it says.
    pub(crate) tree: Tree,
}

impl Kustomization {
    /// Reads the file.
    pub(crate) fn read(inputs: &[Input<'_>], file: usize) -> Result<Self, Failure> {
        let input = inputs[file];
        let parsed = yaml::parse(input.text);
        if let Some(error) = parsed.errors.first() {
            let message = format!("the kustomization cannot be read: {}", error.message);
            return Err(Failure::new(file, error.span, message));
        }
        let tree = parsed
            .roots()
            .next()
            .map_or_else(|| Tree::Map(Vec::new()), |root| Tree::of(root, file, None));
        let folder = input.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        Ok(Self {
            file,
            folder: folder.to_owned(),
            tree,
        })
    }

    /// Whether it is a component, which is no build of its own.
    pub(crate) fn is_component(&self) -> bool {
        self.tree.get("kind").and_then(Tree::text) == Some("Component")
    }

    /// The items of a list field.
    pub(crate) fn list(&self, field: &str) -> &[Tree] {
        self.tree.get(field).map_or(&[], Tree::items)
    }

    /// The fields that it has and that are not carried out.
    pub(crate) fn beyond(&self) -> impl Iterator<Item = &'static str> + '_ {
        BEYOND.into_iter().filter(|field| {
            self.tree
                .get(field)
                .is_some_and(|value| !value.items().is_empty() || !value.pairs().is_empty())
        })
    }

    /// The place of an item of it, or its first line.
    pub(crate) fn place(&self, item: &Tree) -> Span {
        item.source()
            .map_or(Span::new(0, 0), |source| source.span())
    }

    /// A failure at an item.
    pub(crate) fn failure(&self, item: &Tree, message: impl Into<String>) -> Failure {
        Failure::new(self.file, self.place(item), message)
    }
}

/// `folder` and a relative path, without `.` and `..`; `None` where it leads out of the top.
pub(crate) fn join(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                if parts.last().is_none_or(|last| *last == "..") {
                    parts.push("..");
                } else {
                    parts.pop();
                }
            }
            part => parts.push(part),
        }
    }
    if path.starts_with('/') {
        return None;
    }
    Some(parts.join("/"))
}

/// Whether a resource is somewhere on the network.
pub(crate) fn is_remote(path: &str) -> bool {
    path.contains("://")
        || path.starts_with("git@")
        || path.starts_with("github.com/")
        || path.contains("?ref=")
        || path.contains(".git//")
}
