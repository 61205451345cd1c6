//! Building one kustomization and those below it.

use crate::file::{Kustomization, NAMES, is_remote, join};
use crate::resource::{Resource, documents};
use crate::tree::Tree;
use crate::{Elsewhere, Failure, Input, hash, reference, transform};
use std::collections::{BTreeSet, HashMap};
use tunelint_base::Span;

/// One build: its files, and what it took from them.
pub(crate) struct Builder<'i> {
    pub(crate) inputs: &'i [Input<'i>],
    paths: &'i HashMap<&'i str, usize>,
    elsewhere: Elsewhere<'i>,
    /// Paths that may or may not be there.
    pub(crate) missing: BTreeSet<String>,
    /// The files whose content went in.
    pub(crate) used: BTreeSet<usize>,
    /// What was not carried out.
    pub(crate) beyond: Vec<String>,
    open: Vec<String>,
}

/// What is known of a path.
enum Found {
    File(usize),
    Nothing,
    Unknown,
}

impl<'i> Builder<'i> {
    pub(crate) fn new(
        inputs: &'i [Input<'i>],
        paths: &'i HashMap<&'i str, usize>,
        elsewhere: Elsewhere<'i>,
    ) -> Self {
        Self {
            inputs,
            paths,
            elsewhere,
            missing: BTreeSet::new(),
            used: BTreeSet::new(),
            beyond: Vec::new(),
            open: Vec::new(),
        }
    }

    fn find(&mut self, path: &str) -> Found {
        if let Some(file) = self.paths.get(path) {
            return Found::File(*file);
        }
        match self.elsewhere {
            Elsewhere::Nothing => Found::Nothing,
            Elsewhere::Absent(absent) if absent.contains(path) => Found::Nothing,
            Elsewhere::Absent(_) => {
                self.missing.insert(path.to_owned());
                Found::Unknown
            }
        }
    }

    /// The kustomization file of a folder.
    fn kustomization(&mut self, folder: &str) -> Found {
        let mut unknown = false;
        for name in NAMES {
            let path = if folder.is_empty() {
                name.to_owned()
            } else {
                format!("{folder}/{name}")
            };
            match self.find(&path) {
                Found::File(file) => return Found::File(file),
                Found::Unknown => unknown = true,
                Found::Nothing => {}
            }
        }
        if unknown {
            Found::Unknown
        } else {
            Found::Nothing
        }
    }

    /// Builds the whole: references follow names, generated names get their hashes.
    pub(crate) fn build(
        &mut self,
        kustomization: &Kustomization,
    ) -> Result<Vec<Resource>, Failure> {
        let mut resources = Vec::new();
        self.accumulate(kustomization, &mut resources)?;
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
        let Some(joined) = join(&kustomization.folder, path) else {
            return Err(kustomization.failure(item, format!("`{path}` must be relative")));
        };
        let itself = self.find(&joined);
        if let Found::File(file) = itself {
            return self.manifest(kustomization, item, file, resources);
        }
        let Some(below) = self.below(kustomization, item, path)? else {
            return Ok(());
        };
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
        let Some(below) = self.below(kustomization, item, path)? else {
            return Ok(());
        };
        if !below.is_component() {
            let message = format!("`{path}` is not of `kind: Component`");
            return Err(kustomization.failure(item, message));
        }
        self.accumulate(&below, resources)
    }

    /// The kustomization in the folder that an item names; `None` where nobody knows.
    fn below(
        &mut self,
        kustomization: &Kustomization,
        item: &Tree,
        path: &str,
    ) -> Result<Option<Kustomization>, Failure> {
        let folder = join(&kustomization.folder, path);
        let folder = folder
            .ok_or_else(|| kustomization.failure(item, format!("`{path}` must be relative")))?;
        if self.open.contains(&folder) {
            let message = format!("`{path}` leads back to a kustomization that includes this one");
            return Err(kustomization.failure(item, message));
        }
        match self.kustomization(&folder) {
            Found::File(file) => return Kustomization::read(self.inputs, file).map(Some),
            Found::Unknown => {
                self.beyond.push(format!("`{path}`, which was not read"));
                return Ok(None);
            }
            Found::Nothing => {}
        }
        let start = format!("{folder}/");
        let exists = self.paths.keys().any(|path| path.starts_with(&start));
        let message = if exists {
            format!("the folder `{path}` has no kustomization.yaml")
        } else {
            format!(
                "there is no file `{path}`, and no folder of that name with a kustomization.yaml"
            )
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

    /// The file that a kustomization names; `None` where nobody knows.
    pub(crate) fn open(
        &mut self,
        kustomization: &Kustomization,
        path: &str,
        item: &Tree,
    ) -> Result<Option<usize>, Failure> {
        let found = match join(&kustomization.folder, path) {
            Some(joined) => self.find(&joined),
            None => Found::Nothing,
        };
        match found {
            Found::File(file) => {
                inside(kustomization, item, self.inputs[file].path)?;
                self.used.insert(file);
                Ok(Some(file))
            }
            Found::Unknown => {
                self.beyond.push(format!("`{path}`, which was not read"));
                Ok(None)
            }
            Found::Nothing => {
                Err(kustomization.failure(item, format!("there is no file `{path}`")))
            }
        }
    }
}

/// kustomize takes files only from the kustomization's own folder and those below.
fn inside(kustomization: &Kustomization, item: &Tree, path: &str) -> Result<(), Failure> {
    let folder = &kustomization.folder;
    let rest = path.strip_prefix(folder.as_str());
    let below = rest.is_some_and(|rest| {
        if folder.is_empty() {
            !rest.starts_with("../")
        } else {
            rest.starts_with('/')
        }
    });
    if below {
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
