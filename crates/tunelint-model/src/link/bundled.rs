//! Configuration files that a container has from the project itself.

use super::images::copied;
use super::index::Index;
use super::paths::{Paths, folder_of, joined};
use crate::kube::Platform;
use crate::model::{Container, Model};
use std::collections::BTreeMap;
use tunelint_base::FileId;

/// The clients in files that a Compose service mounts, or that the image takes in.
pub(super) fn clients<'a>(
    model: &Model<'a>,
    index: &Index<'a>,
    paths: &Paths<'a>,
    container: &Container<'a>,
) -> Vec<(usize, String)> {
    let path = |file: FileId| model.file(file).map_or("", |file| file.path.as_str());
    let mut files: BTreeMap<FileId, String> = BTreeMap::new();
    if container.platform() == Platform::Compose {
        let own = folder_of(path(container.file));
        let sources = container.facts.mounts.iter();
        for source in sources.filter_map(|(source, _)| joined(own, source)) {
            let inside = index.folders.get(source.as_str()).into_iter().flatten();
            for file in paths.at("", &source).iter().chain(inside) {
                files.insert(*file, format!("the service mounts `{}`", path(*file)));
            }
        }
    }
    for image in &container.images {
        for file in copied(model, paths, image) {
            let how = format!(
                "`{}` copies `{}` into the image",
                path(image.file),
                path(file)
            );
            files.entry(file).or_insert(how);
        }
    }
    let clients = files.into_iter().flat_map(|(file, how)| {
        let clients = index.files.get(&file).into_iter().flatten();
        clients.map(move |client| (*client, how.clone()))
    });
    clients.collect()
}
