//! What containers look up by name: ConfigMaps, and clients by where they stand.

use super::file_id;
use super::paths::{folder_of, shared_folders};
use crate::client::Place;
use crate::kube::Object;
use crate::model::{Container, Model};
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};
use tunelint_base::FileId;

/// What containers look up, by what they name.
pub(super) struct Index<'a> {
    /// ConfigMaps by name.
    pub(super) maps: HashMap<&'a str, Vec<(FileId, usize)>>,
    /// Clients by the ConfigMap that they stand in.
    pub(super) data: HashMap<(FileId, usize), Vec<usize>>,
    /// Clients by the container whose environment they stand in.
    pub(super) environments: HashMap<(FileId, usize, usize), Vec<usize>>,
    /// Clients by the file that they are.
    pub(super) files: BTreeMap<FileId, Vec<usize>>,
    /// The files with clients, by their folder; the top is not among them.
    pub(super) folders: HashMap<&'a str, Vec<FileId>>,
    /// Clients in sections of files, by the file.
    pub(super) sections: HashMap<FileId, Vec<usize>>,
}

impl<'a> Index<'a> {
    pub(super) fn new(model: &Model<'a>) -> Self {
        let mut index = Self {
            maps: HashMap::new(),
            data: HashMap::new(),
            environments: HashMap::new(),
            files: BTreeMap::new(),
            folders: HashMap::new(),
            sections: HashMap::new(),
        };
        for (number, file) in model.files.iter().enumerate() {
            for (at, object) in file.objects() {
                if let (Some(name), "ConfigMap") = (&object.name, object.kind.as_str()) {
                    index
                        .maps
                        .entry(&name.text)
                        .or_default()
                        .push((file_id(number), at));
                }
            }
        }
        for (at, client) in model.clients.iter().enumerate() {
            match &client.facts.place {
                Place::Data(object, _) => index
                    .data
                    .entry((client.file, *object))
                    .or_default()
                    .push(at),
                Place::Environment(object, container) => {
                    let place = (client.file, *object, *container);
                    index.environments.entry(place).or_default().push(at);
                }
                Place::File => index.files.entry(client.file).or_default().push(at),
                Place::Section(_) => index.sections.entry(client.file).or_default().push(at),
            }
        }
        for file in index.files.keys() {
            let path: &'a str = model.file(*file).map_or("", |file| &file.path);
            if path.contains('/') {
                index
                    .folders
                    .entry(folder_of(path))
                    .or_default()
                    .push(*file);
            }
        }
        index
    }

    /// The ConfigMap of that name whose file stands nearest to the container's.
    pub(super) fn nearest_map(
        &self,
        model: &Model<'_>,
        container: &Container<'_>,
        name: &str,
    ) -> Option<(FileId, usize)> {
        let own = &model.file(container.file)?.path;
        let built = model.file(container.file)?.overlay.is_some();
        let all = self.maps.get(name)?.iter().filter_map(|(id, at)| {
            let file = model.file(*id)?;
            // What one kustomization deploys does not see what others do.
            if (built || file.overlay.is_some()) && *id != container.file {
                return None;
            }
            same_namespace(&file.facts.objects[*at], container.object)
                .then_some((*id, *at, &file.path))
        });
        let nearest = all.max_by_key(|(id, _, path)| (shared_folders(own, path), Reverse(*id)));
        nearest.map(|(id, at, _)| (id, at))
    }
}

fn same_namespace(map: &Object, pod: &Object) -> bool {
    match (&map.namespace, &pod.namespace) {
        (Some(one), Some(other)) => one == other,
        _ => true,
    }
}
