//! Patches: which resources they are for, and how they change them.

use crate::build::Builder;
use crate::file::Kustomization;
use crate::merge::{Outcome, merge};
use crate::resource::{Resource, documents};
use crate::tree::{Leaf, Tree};
use crate::{Failure, json_patch};
use regex::Regex;
use tunelint_base::{OffsetMap, Span};

/// A patch as it was read: what it says and in which file.
struct Read {
    documents: Vec<Tree>,
    file: usize,
}

impl Builder<'_> {
    /// `patches`, `patchesStrategicMerge` or `patchesJson6902`.
    pub(crate) fn patches(
        &mut self,
        kustomization: &Kustomization,
        field: &str,
        resources: &mut Vec<Resource>,
    ) -> Result<(), Failure> {
        for item in kustomization.list(field) {
            let (source, target) = match item {
                // An item of patchesStrategicMerge is a path or a patch itself.
                Tree::Leaf(leaf) => {
                    let inline = leaf.text.contains('\n') || leaf.text.contains(": ");
                    let read = if inline {
                        self.inline(leaf, kustomization, item)?
                    } else {
                        match self.patch_file(leaf, kustomization, item)? {
                            Some(read) => read,
                            None => continue,
                        }
                    };
                    (read, None)
                }
                _ => {
                    let read = match (item.get("path"), item.get("patch")) {
                        (Some(Tree::Leaf(path)), _) if !path.text.is_empty() => {
                            match self.patch_file(path, kustomization, item)? {
                                Some(read) => read,
                                None => continue,
                            }
                        }
                        (_, Some(Tree::Leaf(patch))) => self.inline(patch, kustomization, item)?,
                        _ => {
                            let message = "the patch has neither `path` nor `patch`";
                            return Err(kustomization.failure(item, message));
                        }
                    };
                    (read, item.get("target").filter(|target| !target.is_null()))
                }
            };
            let targets = match target {
                Some(target) => {
                    let found = select(target, resources)
                        .map_err(|why| kustomization.failure(target, why))?;
                    Some(found)
                }
                None => None,
            };
            apply(&source, targets.as_deref(), resources).map_err(|(place, why)| match place {
                Some((file, span)) => Failure::new(file, span, why),
                None => kustomization.failure(item, why),
            })?;
        }
        Ok(())
    }

    fn patch_file(
        &mut self,
        path: &Leaf,
        kustomization: &Kustomization,
        item: &Tree,
    ) -> Result<Option<Read>, Failure> {
        let Some(file) = self.open(kustomization, &path.text, item)? else {
            return Ok(None);
        };
        let text = self.inputs[file].text;
        let documents = documents(text, file, None).map_err(|(span, why)| {
            Failure::new(file, span, format!("the patch cannot be read: {why}"))
        })?;
        Ok(Some(Read { documents, file }))
    }

    fn inline(
        &self,
        patch: &Leaf,
        kustomization: &Kustomization,
        item: &Tree,
    ) -> Result<Read, Failure> {
        let through: Option<&OffsetMap> = patch.source.as_ref().map(|source| &source.map);
        let documents =
            documents(&patch.text, kustomization.file, through).map_err(|(_, why)| {
                kustomization.failure(item, format!("the patch cannot be read: {why}"))
            })?;
        Ok(Read {
            documents,
            file: kustomization.file,
        })
    }
}

type Why = (Option<(usize, Span)>, String);

fn apply(read: &Read, targets: Option<&[usize]>, resources: &mut Vec<Resource>) -> Result<(), Why> {
    let mut deleted = Vec::new();
    for document in &read.documents {
        let place = document.source().map(|source| (read.file, source.span()));
        let operations = match document {
            Tree::List(operations) => Some(operations),
            _ => None,
        };
        let found: Vec<usize> = match (targets, operations) {
            (Some(targets), _) => targets.to_vec(),
            (None, Some(_)) => {
                return Err((place, "a JSON patch needs a `target`".to_owned()));
            }
            (None, None) => vec![own_target(document, resources).map_err(|why| (place, why))?],
        };
        for at in found {
            if let Some(operations) = operations {
                json_patch::apply(&mut resources[at].tree, operations).map_err(
                    |(number, why)| {
                        let place = operations
                            .get(number)
                            .and_then(Tree::source)
                            .map(|source| (read.file, source.span()));
                        (
                            place,
                            format!("the patch of {} fails: {why}", resources[at].title()),
                        )
                    },
                )?;
                continue;
            }
            let (group, kind) = (
                resources[at].group().to_owned(),
                resources[at].kind().to_owned(),
            );
            let mut patch = document.clone();
            // Kind, version and name say whose patch it is and change nothing.
            for field in ["apiVersion", "kind"] {
                patch.remove(field);
            }
            if let Some(metadata) = patch.get_mut("metadata") {
                metadata.remove("name");
                metadata.remove("namespace");
            }
            if let Outcome::Deleted = merge(&mut resources[at].tree, &patch, &group, &kind) {
                deleted.push(at);
            }
        }
    }
    deleted.sort_unstable();
    deleted.dedup();
    for at in deleted.into_iter().rev() {
        resources.remove(at);
    }
    Ok(())
}

/// The resource that a patch names by kind and name.
fn own_target(patch: &Tree, resources: &[Resource]) -> Result<usize, String> {
    let wanted = Resource::new(patch.clone());
    let id = wanted.id();
    let mut found = resources.iter().enumerate().filter(|(_, one)| {
        one.kind() == wanted.kind()
            && one.group() == wanted.group()
            && one.version() == wanted.version()
            && one.answers(&id.name, &id.namespace)
    });
    match (found.next(), found.next()) {
        (Some((at, _)), None) => Ok(at),
        (Some(_), Some(_)) => Err(format!("several resources are called {}", wanted.title())),
        (None, _) => {
            let namespace = if id.namespace.is_empty() {
                String::new()
            } else {
                format!(" in the namespace {}", id.namespace)
            };
            Err(format!(
                "the patch has no target: there is no {}{namespace}",
                wanted.title()
            ))
        }
    }
}

/// The resources that a `target` selects.
fn select(target: &Tree, resources: &[Resource]) -> Result<Vec<usize>, String> {
    let text = |field: &str| target.get(field).and_then(Tree::text).unwrap_or("");
    let pattern = |field: &str| -> Result<Option<Regex>, String> {
        let text = text(field);
        if text.is_empty() {
            return Ok(None);
        }
        Regex::new(&format!("^(?:{text})$"))
            .map(Some)
            .map_err(|_| format!("`{text}` is no regular expression"))
    };
    let (name, namespace) = (pattern("name")?, pattern("namespace")?);
    let (kind, group, version) = (pattern("kind")?, pattern("group")?, pattern("version")?);
    let fits = |pattern: &Option<Regex>, text: &str| {
        pattern
            .as_ref()
            .is_none_or(|pattern| pattern.is_match(text))
    };
    let found = resources.iter().enumerate().filter(|(_, one)| {
        let named = one
            .ids()
            .any(|id| fits(&name, &id.name) && fits(&namespace, &id.namespace));
        named
            && fits(&kind, one.kind())
            && fits(&group, one.group())
            && fits(&version, one.version())
            && labelled(one, "labels", text("labelSelector"))
            && labelled(one, "annotations", text("annotationSelector"))
    });
    Ok(found.map(|(at, _)| at).collect())
}

/// Whether the labels fit a selector of equalities and bare keys.
fn labelled(resource: &Resource, field: &str, selector: &str) -> bool {
    let labels = resource.tree.at(&["metadata", field]);
    let value = |key: &str| {
        labels
            .and_then(|all| all.get(key.trim()))
            .and_then(Tree::text)
    };
    selector
        .split(',')
        .filter(|part| !part.trim().is_empty())
        .all(|part| {
            if let Some((key, wanted)) = part.split_once("!=") {
                return value(key) != Some(wanted.trim());
            }
            match part.split_once('=') {
                Some((key, wanted)) => value(key) == Some(wanted.trim_start_matches('=').trim()),
                None => match part.trim().strip_prefix('!') {
                    Some(key) => value(key).is_none(),
                    None => value(part).is_some(),
                },
            }
        })
}
