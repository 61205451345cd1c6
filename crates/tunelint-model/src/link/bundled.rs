//! Configuration files that a container has from the project itself.

use super::images::copies;
use super::index::Index;
use super::paths::{folder_of, joined};
use crate::kube::Platform;
use crate::model::{Container, Model};

/// The clients in files that a Compose service mounts, or that the image takes in.
pub(super) fn clients<'a>(
    model: &Model<'a>,
    index: &Index<'a>,
    container: &Container<'a>,
) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let own = model.file(container.file).map_or("", |file| &file.path);
    let mounts: Vec<String> = match container.platform() {
        Platform::Compose => {
            let sources = container.facts.mounts.iter();
            sources
                .filter_map(|(source, _)| joined(folder_of(own), source))
                .filter(|source| !source.is_empty())
                .collect()
        }
        _ => Vec::new(),
    };
    if mounts.is_empty() && container.images.iter().all(|i| i.facts.copies.is_empty()) {
        return found;
    }
    for (file, clients) in &index.files {
        let path = model.file(*file).map_or("", |file| &file.path);
        let mounted = mounts
            .iter()
            .any(|source| source == path || source == folder_of(path));
        let copied = container
            .images
            .iter()
            .find(|image| copies(model, image, path))
            .and_then(|image| model.file(image.file));
        let reason = match copied {
            _ if mounted => format!("the service mounts `{path}`"),
            Some(image) => format!("`{}` copies `{path}` into the image", image.path),
            None => continue,
        };
        found.extend(clients.iter().map(|client| (*client, reason.clone())));
    }
    found
}
