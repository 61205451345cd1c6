//! The environment of a container, and the option strings in it.

use super::index::Index;
use super::paths::{Paths, name_of};
use super::process::Placed;
use crate::kube::{DataEntry, EnvValue, Platform};
use crate::model::{Container, Model};
use tunelint_base::FileId;

/// The option strings in a container's environment.
pub(super) struct Environment<'a> {
    pub(super) strings: Vec<Placed<'a>>,
    /// Whether all sources of it can be seen.
    pub(super) complete: bool,
}

/// The environment: the image's, then what is taken over as a whole, then the container's own.
pub(super) fn environment<'a>(
    model: &Model<'a>,
    index: &Index<'a>,
    paths: &Paths<'a>,
    container: &Container<'a>,
) -> Environment<'a> {
    let facts = container.facts;
    let (taken, complete) = taken_over(model, index, paths, container);
    let mut strings: Vec<Placed<'a>> = facts
        .options
        .iter()
        .map(|string| (container.file, string))
        .collect();
    for (file, entry) in &taken {
        let is_set = |name: &str| facts.sets(name) && !from_map(container, name);
        if let Some(options) = entry.options.as_ref().filter(|o| !is_set(&o.name)) {
            strings.push((*file, options));
        }
    }
    let set_by_taken = |name: &str| taken.iter().any(|(_, entry)| &*entry.key.text == name);
    let mut below: Vec<&str> = Vec::new();
    for image in container
        .images
        .iter()
        .filter(|image| !std::ptr::eq(image.container, facts))
    {
        for string in &image.container.options {
            let name = &*string.name;
            if !facts.sets(name) && !set_by_taken(name) && !below.contains(&name) {
                strings.push((image.file, string));
            }
        }
        let set = image.container.env.iter();
        below.extend(set.map(|variable| &*variable.name.text));
    }
    Environment { strings, complete }
}

/// Whether a variable of the container comes from a ConfigMap's key.
fn from_map(container: &Container<'_>, name: &str) -> bool {
    container.facts.env.iter().any(|variable| {
        &*variable.name.text == name && matches!(variable.value, EnvValue::ConfigMapKey(..))
    })
}

/// The entries of ConfigMaps and files of variables that become variables of the container, and
/// whether all of them were found.
fn taken_over<'a>(
    model: &Model<'a>,
    index: &Index<'a>,
    paths: &Paths<'a>,
    container: &Container<'a>,
) -> (Vec<(FileId, &'a DataEntry)>, bool) {
    let mut found = Vec::new();
    let mut complete = true;
    let entries_of = |file: FileId, object: usize| -> &'a [DataEntry] {
        let facts = model.file(file).map(|file| &file.facts);
        facts
            .and_then(|facts| facts.objects.get(object))
            .map_or(&[], |object| &object.data)
    };
    for from in &container.facts.env_from {
        let place = match (&from.config_map, &from.file) {
            (Some(name), _) => index.nearest_map(model, container, name),
            (None, Some(path)) => file_of_variables(model, paths, container, path),
            (None, None) => None,
        };
        match place {
            Some((file, object)) if from.prefix.is_empty() => {
                found.extend(entries_of(file, object).iter().map(|entry| (file, entry)));
            }
            Some(_) => {}
            None => complete = false,
        }
    }
    for variable in &container.facts.env {
        let holds_options = crate::jvm::carrier_of(&variable.name.text).is_some();
        match &variable.value {
            EnvValue::ConfigMapKey(map, key) => match index.nearest_map(model, container, map) {
                Some((file, object)) => found.extend(
                    entries_of(file, object)
                        .iter()
                        .filter(|entry| *entry.key.text == **key)
                        .map(|entry| (file, entry)),
                ),
                None => complete &= !holds_options,
            },
            EnvValue::SecretKey | EnvValue::Other => complete &= !holds_options,
            EnvValue::Literal(_) => {}
        }
    }
    (found, complete)
}

/// `env_file` stands relative to the Compose file; `EnvironmentFile` lies on the machine, and only
/// a file of the same path here can be meant.
fn file_of_variables(
    model: &Model<'_>,
    paths: &Paths<'_>,
    container: &Container<'_>,
    path: &str,
) -> Option<(FileId, usize)> {
    let own = &model.file(container.file)?.path;
    let folder = super::paths::folder_of(own);
    let holds = |file: FileId| {
        let objects = &model.file(file)?.facts.objects;
        objects.iter().position(|object| !object.data.is_empty())
    };
    let beside = paths.at(folder, path);
    let found = beside.or_else(|| {
        let name = name_of(path);
        let systemd = container.platform() == Platform::Systemd;
        systemd
            .then(|| paths.nearest(model, container.file, name, |file| holds(file).is_some()))
            .flatten()
    })?;
    Some((found, holds(found)?))
}
