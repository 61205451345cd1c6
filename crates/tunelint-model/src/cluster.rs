//! The Kubernetes objects of all files, and which of them belong together.

use crate::kube::{Labels, Object, Pod};
use crate::link::shared_folders;
use crate::model::{Container, Model, SourceFile};
use std::collections::HashMap;
use tunelint_base::{FileId, Location};

/// A pod or pod template with a container that has to do with a JVM or with Kafka.
#[derive(Clone, Debug)]
pub struct PodEntry<'a> {
    /// Its file.
    pub file: FileId,
    /// The index of its object in the file.
    pub object_index: usize,
    /// The object that makes it.
    pub object: &'a Object,
    /// The pod.
    pub pod: &'a Pod,
    /// Those of its containers that are in the model.
    pub containers: Vec<usize>,
}

/// An object with its place.
#[derive(Clone, Copy, Debug)]
pub struct ObjectEntry<'a> {
    /// Its file.
    pub file: FileId,
    /// Its index in the file.
    pub index: usize,
    /// The object.
    pub object: &'a Object,
}

impl ObjectEntry<'_> {
    /// The place of its name, or its beginning.
    #[must_use]
    pub fn anchor(&self) -> Location {
        anchor(self.file, self.object)
    }

    /// What it is called in reports: `Service payments`.
    #[must_use]
    pub fn title(&self) -> String {
        title(self.object)
    }
}

/// The place of an object's name, or of its first byte.
fn anchor(file: FileId, object: &Object) -> Location {
    let named = object.name.as_ref().map(|name| name.span);
    let first = || tunelint_base::Span::empty(object.span.start as usize);
    Location::new(file, named.unwrap_or_else(first))
}

fn title(object: &Object) -> String {
    match &object.name {
        Some(name) => format!("{} {}", object.kind, name.text),
        None => object.kind.clone(),
    }
}

impl PodEntry<'_> {
    /// The place of its object's name, or its beginning.
    #[must_use]
    pub fn anchor(&self) -> Location {
        anchor(self.file, self.object)
    }

    /// What it is called in reports: `Deployment payments`.
    #[must_use]
    pub fn title(&self) -> String {
        if self.object.kind.is_empty() {
            "pod".to_owned()
        } else {
            title(self.object)
        }
    }

    /// Its labels, and whether there may be more.
    #[must_use]
    pub fn labels(&self) -> (&Labels, bool) {
        (&self.pod.labels, self.object.is_partial())
    }
}

/// The objects by what they are asked for.
#[derive(Debug, Default)]
pub struct Cluster<'a> {
    /// All objects that a Kubernetes API server reads.
    pub objects: Vec<ObjectEntry<'a>>,
    /// The pods that are judged.
    pub pods: Vec<PodEntry<'a>>,
    kinds: HashMap<&'a str, Vec<usize>>,
    pod_of: HashMap<(FileId, usize), usize>,
}

impl<'a> Cluster<'a> {
    /// The objects of the files, and the pods of the containers.
    #[must_use]
    pub fn new(files: &'a [SourceFile], containers: &[Container<'a>]) -> Self {
        let mut cluster = Self::default();
        for (number, file) in files.iter().enumerate() {
            for (index, object) in file.objects() {
                if object.body.is_none() {
                    continue;
                }
                let at = cluster.objects.len();
                cluster
                    .kinds
                    .entry(object.kind.as_str())
                    .or_default()
                    .push(at);
                let file = FileId(u32::try_from(number).unwrap_or(u32::MAX));
                cluster.objects.push(ObjectEntry {
                    file,
                    index,
                    object,
                });
            }
        }
        for (at, container) in containers.iter().enumerate() {
            let object: &'a Object = container.object;
            let (Some(pod), Some(_)) = (&object.pod, &object.body) else {
                continue;
            };
            let key = (container.file, container.object_index);
            let slot = *cluster.pod_of.entry(key).or_insert_with(|| {
                cluster.pods.push(PodEntry {
                    file: container.file,
                    object_index: container.object_index,
                    object,
                    pod,
                    containers: Vec::new(),
                });
                cluster.pods.len() - 1
            });
            cluster.pods[slot].containers.push(at);
        }
        cluster
    }

    /// The pod of an object, if it is judged.
    #[must_use]
    pub fn pod_of(&self, file: FileId, object: usize) -> Option<&PodEntry<'a>> {
        self.pods.get(*self.pod_of.get(&(file, object))?)
    }
}

impl<'a> Model<'a> {
    /// Whether what stands in one file can belong to what stands in the other: with `--no-link`
    /// each file is for itself, and so is what a kustomization deploys.
    fn sees(&self, file: FileId, other: FileId) -> bool {
        let built = |id| self.file(id).is_some_and(|file| file.overlay.is_some());
        file == other || !(self.options.no_link || built(file) || built(other))
    }

    /// The objects of a kind that can be seen from a file: those of all files, or with
    /// `--no-link` its own.
    pub fn objects_of(
        &self,
        kind: &str,
        file: FileId,
    ) -> impl Iterator<Item = ObjectEntry<'a>> + '_ {
        let of_kind = self.cluster.kinds.get(kind).into_iter().flatten();
        let all = of_kind.filter_map(|at| self.cluster.objects.get(*at).copied());
        all.filter(move |entry| self.sees(file, entry.file))
    }

    /// The same for several kinds.
    pub fn objects_of_any<'s>(
        &'s self,
        kinds: &'s [&'s str],
        file: FileId,
    ) -> impl Iterator<Item = ObjectEntry<'a>> + 's {
        kinds
            .iter()
            .flat_map(move |kind| self.objects_of(kind, file))
    }

    /// The judged pods that can be seen from a file.
    pub fn pods_from(&self, file: FileId) -> impl Iterator<Item = &PodEntry<'a>> + '_ {
        let pods = self.cluster.pods.iter();
        pods.filter(move |pod| self.sees(file, pod.file))
    }

    /// Of several objects the one whose file stands nearest to `file`; the first of equally near
    /// ones.
    #[must_use]
    pub fn nearest(
        &self,
        file: FileId,
        entries: impl Iterator<Item = ObjectEntry<'a>>,
    ) -> Option<ObjectEntry<'a>> {
        let own = self.file(file).map_or("", |file| file.path.as_str());
        let path = |entry: &ObjectEntry<'a>| self.file(entry.file).map_or("", |f| f.path.as_str());
        let distance = |entry: &ObjectEntry<'a>| {
            (
                shared_folders(own, path(entry)),
                std::cmp::Reverse((entry.file, entry.index)),
            )
        };
        entries.max_by_key(distance)
    }

    /// All objects that can be seen from a file.
    pub fn objects_from(&self, file: FileId) -> impl Iterator<Item = ObjectEntry<'a>> + '_ {
        let all = self.cluster.objects.iter().copied();
        all.filter(move |entry| self.sees(file, entry.file))
    }

    /// Whether two files stand in the same folder.
    #[must_use]
    pub fn same_folder(&self, one: FileId, other: FileId) -> bool {
        if !self.sees(one, other) {
            return false;
        }
        let folder = |id| {
            let path = self.file(id).map_or("", |file| file.path.as_str());
            path.rsplit_once('/').map_or("", |(folder, _)| folder)
        };
        one == other || folder(one) == folder(other)
    }
}
