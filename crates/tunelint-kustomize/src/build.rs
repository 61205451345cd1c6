//! Building one kustomization and those below it.

use crate::file::{Kustomization, NAMES, is_remote, join};
use crate::resource::{Resource, documents};
use crate::tree::Tree;
use crate::{Failure, Input, hash, reference, transform};
use std::collections::{BTreeSet, HashMap};
use tunelint_base::Span;

/// One build: its files, and what it took from them.
pub(crate) struct Builder<'i> {
    pub(crate) inputs: &'i [Input<'i>],
    paths: &'i HashMap<&'i str, usize>,
    /// The files whose content went in.
    pub(crate) used: BTreeSet<usize>,
    /// What was not carried out.
    pub(crate) beyond: Vec<String>,
    open: Vec<String>,
}

impl<'i> Builder<'i> {
    pub(crate) fn new(inputs: &'i [Input<'i>], paths: &'i HashMap<&'i str, usize>) -> Self {
        Self {
            inputs,
            paths,
            used: BTreeSet::new(),
            beyond: Vec::new(),
            open: Vec::new(),
        }
    }

    /// The kustomization file of a folder.
    pub(crate) fn kustomization(&self, folder: &str) -> Option<usize> {
        NAMES.iter().find_map(|name| {
            let path = if folder.is_empty() {
                (*name).to_owned()
            } else {
                format!("{folder}/{name}")
            };
            self.paths.get(path.as_str()).copied()
        })
    }

    /// Builds the whole: references follow names, generated names get their hashes.
    pub(crate) fn build(&mut self, file: usize) -> Result<Vec<Resource>, Failure> {
        let kustomization = Kustomization::read(self.inputs, file)?;
        let mut resources = Vec::new();
        self.accumulate(&kustomization, &mut resources)?;
        for one in resources.iter_mut().filter(|one| one.hashed) {
            let name = format!("{}-{}", one.id().name, hash::suffix(one));
            one.rename(name);
        }
        reference::follow(&mut resources);
        Ok(resources)
    }

    fn accumulate(
        &mut self,
        kustomization: &Kustomization,
        resources: &mut Vec<Resource>,
    ) -> Result<(), Failure> {
        self.used.insert(kustomization.file);
        self.open.push(kustomization.folder.clone());
        let path = self.inputs[kustomization.file].path;
        for field in kustomization.beyond() {
            self.beyond.push(format!("`{field}` of {path}"));
        }
        for field in ["resources", "bases"] {
            for item in kustomization.list(field) {
                self.resource(kustomization, item, resources)?;
            }
        }
        for item in kustomization.list("components") {
            self.component(kustomization, item, resources)?;
        }
        for field in ["configMapGenerator", "secretGenerator"] {
            self.generators(kustomization, field, resources)?;
        }
        for field in ["patchesStrategicMerge", "patches"] {
            self.patches(kustomization, field, resources)?;
        }
        transform::before_json_patches(kustomization, resources);
        self.patches(kustomization, "patchesJson6902", resources)?;
        transform::after_json_patches(kustomization, resources)?;
        self.open.pop();
        Ok(())
    }

    /// An item of `resources`: a manifest, or a folder with a kustomization.
    fn resource(
        &mut self,
        kustomization: &Kustomization,
        item: &Tree,
        resources: &mut Vec<Resource>,
    ) -> Result<(), Failure> {
        let Some(path) = item.text() else {
            return Err(kustomization.failure(item, "a resource must be a path"));
        };
        if is_remote(path) {
            self.beyond.push(format!("the remote resource `{path}`"));
            return Ok(());
        }
        let joined = join(&kustomization.folder, path);
        if let Some(file) = joined.as_deref().and_then(|path| self.paths.get(path)) {
            return self.manifest(kustomization, item, *file, resources);
        }
        let below = self.below(kustomization, item, path)?;
        let mut inner = Vec::new();
        if below.is_component() {
            return Err(kustomization.failure(
                item,
                format!("`{path}` is a Component: it belongs under `components`"),
            ));
        }
        self.accumulate(&below, &mut inner)?;
        for one in inner {
            add(kustomization, item, one, resources)?;
        }
        Ok(())
    }

    fn component(
        &mut self,
        kustomization: &Kustomization,
        item: &Tree,
        resources: &mut Vec<Resource>,
    ) -> Result<(), Failure> {
        let path = item.text().unwrap_or("");
        if is_remote(path) {
            self.beyond.push(format!("the remote component `{path}`"));
            return Ok(());
        }
        let below = self.below(kustomization, item, path)?;
        if !below.is_component() {
            let message = format!("`{path}` is not of `kind: Component`");
            return Err(kustomization.failure(item, message));
        }
        self.accumulate(&below, resources)
    }

    /// The kustomization in the folder that an item names.
    fn below(
        &self,
        kustomization: &Kustomization,
        item: &Tree,
        path: &str,
    ) -> Result<Kustomization, Failure> {
        let folder = join(&kustomization.folder, path);
        let folder = folder
            .ok_or_else(|| kustomization.failure(item, format!("`{path}` must be relative")))?;
        if self.open.contains(&folder) {
            let message = format!("`{path}` leads back to a kustomization that includes this one");
            return Err(kustomization.failure(item, message));
        }
        if let Some(file) = self.kustomization(&folder) {
            return Kustomization::read(self.inputs, file);
        }
        let start = format!("{folder}/");
        let exists = self.paths.keys().any(|path| path.starts_with(&start));
        let message = if exists {
            format!("the folder `{path}` has no kustomization.yaml")
        } else {
            format!("there is no file and no folder `{path}`")
        };
        Err(kustomization.failure(item, message))
    }

    fn manifest(
        &mut self,
        kustomization: &Kustomization,
        item: &Tree,
        file: usize,
        resources: &mut Vec<Resource>,
    ) -> Result<(), Failure> {
        let input = self.inputs[file];
        inside(kustomization, item, input.path)?;
        self.used.insert(file);
        let read = documents(input.text, file, None).map_err(|(span, why)| {
            Failure::new(file, span, format!("the resource cannot be read: {why}"))
        })?;
        for tree in read {
            let one = Resource::new(tree);
            if one.kind().is_empty() || one.id().name.is_empty() {
                let place = one
                    .tree
                    .source()
                    .map_or(Span::default(), |source| source.span());
                let message = "the resource has no `kind` or no `metadata.name`";
                return Err(Failure::new(file, place, message));
            }
            add(kustomization, item, one, resources)?;
        }
        Ok(())
    }

    /// The file that a kustomization names.
    pub(crate) fn open(
        &mut self,
        kustomization: &Kustomization,
        path: &str,
        item: &Tree,
    ) -> Result<usize, Failure> {
        let joined = join(&kustomization.folder, path);
        let file = joined.as_deref().and_then(|path| self.paths.get(path));
        let Some(file) = file.copied() else {
            return Err(kustomization.failure(item, format!("there is no file `{path}`")));
        };
        inside(kustomization, item, self.inputs[file].path)?;
        self.used.insert(file);
        Ok(file)
    }
}

/// kustomize takes files only from the kustomization's own folder and those below.
fn inside(kustomization: &Kustomization, item: &Tree, path: &str) -> Result<(), Failure> {
    let folder = &kustomization.folder;
    let below = folder.is_empty()
        || path
            .strip_prefix(folder.as_str())
            .is_some_and(|rest| rest.starts_with('/'));
    if below && !path.starts_with("../") || folder.starts_with("..") && below {
        return Ok(());
    }
    let message = format!(
        "`{path}` lies outside of this folder, where kustomize reads no files: make it a kustomization of its own and name its folder"
    );
    Err(kustomization.failure(item, message))
}

/// Adds a resource; one of its kind and name must not be there already.
fn add(
    kustomization: &Kustomization,
    item: &Tree,
    one: Resource,
    resources: &mut Vec<Resource>,
) -> Result<(), Failure> {
    let id = one.id();
    let again = resources.iter().any(|other| {
        other.kind() == one.kind()
            && other.group() == one.group()
            && other.version() == one.version()
            && other.id().name == id.name
            && crate::resource::same_namespace(&other.id().namespace, &id.namespace)
    });
    if again {
        let message = format!("there is a {} already", one.title());
        return Err(kustomization.failure(item, message));
    }
    resources.push(one);
    Ok(())
}
