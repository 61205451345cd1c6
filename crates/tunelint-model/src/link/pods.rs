//! Containers with their JVM, their environment and the configuration that is mounted into them.

use super::versions::Versions;
use super::{file_id, jvm, put_client, runs_java, workload};
use crate::client::Place;
use crate::file::FileFacts;
use crate::jvm::{Carrier, OptionString};
use crate::kube::{DataEntry, EnvValue, Object};
use crate::model::{Container, Model};
use std::cmp::Reverse;
use std::collections::HashMap;
use tunelint_base::FileId;

/// Finds the containers that have to do with a JVM or Kafka, and the JVM of each.
pub(super) fn containers(model: &mut Model<'_>, versions: &Versions<'_>) {
    let index = Index::new(model);
    for (number, file) in model.files.iter().enumerate() {
        let id = file_id(number);
        for (object_index, object) in file.facts.objects.iter().enumerate() {
            let Some(pod) = &object.pod else { continue };
            for (at, facts) in pod.containers.iter().enumerate() {
                let name = name_of(
                    object,
                    facts.name.as_ref().map(|name| &*name.text),
                    pod.containers.len(),
                );
                let container = Container {
                    name,
                    file: id,
                    object_index,
                    index: at,
                    object,
                    facts,
                    jvm: None,
                    workload: None,
                };
                add(model, &index, versions, container);
            }
        }
    }
}

fn add<'a>(
    model: &mut Model<'a>,
    index: &Index<'a>,
    versions: &Versions<'_>,
    container: Container<'a>,
) {
    let mut strings: Vec<(FileId, &'a OptionString)> = container
        .facts
        .options
        .iter()
        .map(|string| (container.file, string))
        .collect();
    for (file, entry) in environment(model, index, &container) {
        let set_here = |name: &str| {
            container
                .facts
                .env
                .iter()
                .any(|variable| &*variable.name.text == name)
        };
        if let Some(options) = entry
            .options
            .as_ref()
            .filter(|options| !set_here(&options.name))
        {
            strings.push((file, options));
        }
    }
    // A variable that only a start script would read does not reach a `java` that is started directly.
    let started = container.facts.java.is_some();
    strings.retain(|(_, string)| {
        string.carrier != Carrier::Script
            || !started
            || container
                .facts
                .expands
                .iter()
                .any(|name| **name == *string.name)
    });
    let image = container.facts.image.as_ref().map(|image| &*image.text);
    let java = versions.java(container.file, image);
    let at = model.containers.len();
    let found = jvm(format!("JVM of {}", container.name), strings, java, at);
    let has_clients = !files_of(model, index, &container).is_empty();
    if found.is_none()
        && !runs_java(&container)
        && !has_clients
        && !image.is_some_and(is_kafka_image)
        && !is_stated(model, container.file)
    {
        return;
    }
    let mut container = container;
    if let Some(found) = found {
        container.jvm = Some(model.jvms.len());
        model.jvms.push(found);
    }
    container.workload = Some(model.workloads.len());
    let mut slot = workload(&container.name);
    slot.container = Some(at);
    slot.jvm = container.jvm;
    model.workloads.push(slot);
    model.containers.push(container);
}

fn is_stated(model: &Model<'_>, file: FileId) -> bool {
    model
        .options
        .workloads
        .iter()
        .any(|spec| spec.manifests.contains(&file))
}

/// Images that run a Kafka client, whatever their manifest says.
fn is_kafka_image(image: &str) -> bool {
    let name = image.rsplit('/').next().unwrap_or(image);
    ["kafka", "ksqldb", "schema-registry", "debezium", "kstreams"]
        .iter()
        .any(|word| name.contains(word) || image.contains("debezium/"))
}

fn name_of(object: &Object, container: Option<&str>, count: usize) -> String {
    let name = object.name.as_ref().map(|name| &*name.text);
    match (name, container) {
        (Some(name), Some(container)) if count > 1 && name != container => {
            format!("{name}/{container}")
        }
        (Some(name), _) => name.to_owned(),
        (None, Some(container)) => container.to_owned(),
        (None, None) => "container".to_owned(),
    }
}

/// Puts the clients of mounted ConfigMaps and of the environment into the container's workload.
pub(super) fn clients(model: &mut Model<'_>) {
    let index = Index::new(model);
    for at in 0..model.containers.len() {
        let container = model.containers[at].clone();
        let Some(slot) = container.workload else {
            continue;
        };
        let found = files_of(model, &index, &container);
        for (client, reason) in found {
            put_client(model, slot, client, reason);
        }
    }
}

/// The clients that a container reads, each with the reason.
fn files_of(
    model: &Model<'_>,
    index: &Index<'_>,
    container: &Container<'_>,
) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let here = (container.file, container.object_index, container.index);
    for client in index.environments.get(&here).into_iter().flatten() {
        found.push((
            *client,
            "its settings stand in the container's environment".to_owned(),
        ));
    }
    for name in mounted(container) {
        let Some(place) = index.nearest_map(model, container, name) else {
            continue;
        };
        for client in index.data.get(&place).into_iter().flatten() {
            if let Place::Data(_, key) = &model.clients[*client].facts.place {
                found.push((
                    *client,
                    format!("the container mounts `{key}` of the ConfigMap `{name}`"),
                ));
            }
        }
    }
    found
}

fn same_namespace(map: &Object, pod: &Object) -> bool {
    match (&map.namespace, &pod.namespace) {
        (Some(one), Some(other)) => one == other,
        _ => true,
    }
}

/// The names of the ConfigMaps whose entries the container sees as files.
fn mounted<'c>(container: &Container<'c>) -> Vec<&'c str> {
    let facts = container.facts;
    let volumes = container.object.pod.iter().flat_map(|pod| &pod.volumes);
    let mounted =
        volumes.filter(|volume| facts.mounts.iter().any(|(name, _)| *name == volume.name));
    mounted
        .flat_map(|volume| volume.config_maps.iter().map(String::as_str))
        .collect()
}

/// The entries of ConfigMaps that become variables of the container.
fn environment<'a>(
    model: &Model<'a>,
    index: &Index<'a>,
    container: &Container<'a>,
) -> Vec<(FileId, &'a DataEntry)> {
    let mut found = Vec::new();
    let whole = container
        .facts
        .env_from
        .iter()
        .filter_map(|from| Some((from.config_map.as_deref()?, None)));
    let single = container
        .facts
        .env
        .iter()
        .filter_map(|variable| match &variable.value {
            EnvValue::ConfigMapKey(map, key) => Some((map.as_str(), Some(key.as_str()))),
            _ => None,
        });
    for (name, key) in whole.chain(single) {
        let Some((file, object)) = index.nearest_map(model, container, name) else {
            continue;
        };
        let facts: Option<&'a FileFacts> = model.file(file).map(|file| &file.facts);
        let entries = facts
            .and_then(|facts| facts.objects.get(object))
            .into_iter()
            .flat_map(|map| &map.data);
        found.extend(
            entries
                .filter(|entry| key.is_none_or(|key| *entry.key.text == *key))
                .map(|entry| (file, entry)),
        );
    }
    found
}

/// What containers look up, by what they name.
struct Index<'a> {
    /// ConfigMaps by name.
    maps: HashMap<&'a str, Vec<(FileId, usize)>>,
    /// Clients by the ConfigMap that they stand in.
    data: HashMap<(FileId, usize), Vec<usize>>,
    /// Clients by the container whose environment they stand in.
    environments: HashMap<(FileId, usize, usize), Vec<usize>>,
}

impl<'a> Index<'a> {
    fn new(model: &Model<'a>) -> Self {
        let mut index = Self {
            maps: HashMap::new(),
            data: HashMap::new(),
            environments: HashMap::new(),
        };
        for (number, file) in model.files.iter().enumerate() {
            for (at, object) in file.facts.objects.iter().enumerate() {
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
                Place::File | Place::Section(_) => {}
            }
        }
        index
    }

    /// The ConfigMap of that name whose file stands nearest to the container's.
    fn nearest_map(
        &self,
        model: &Model<'_>,
        container: &Container<'_>,
        name: &str,
    ) -> Option<(FileId, usize)> {
        let own = &model.file(container.file)?.path;
        let all = self.maps.get(name)?.iter().filter_map(|(id, at)| {
            let file = model.file(*id)?;
            same_namespace(&file.facts.objects[*at], container.object)
                .then_some((*id, *at, &file.path))
        });
        let nearest = all.max_by_key(|(id, _, path)| (shared_folders(own, path), Reverse(*id)));
        nearest.map(|(id, at, _)| (id, at))
    }
}

/// How many leading folders two paths share; a file shares one more with itself.
fn shared_folders(one: &str, other: &str) -> usize {
    one.split('/')
        .zip(other.split('/'))
        .take_while(|(a, b)| a == b)
        .count()
}
