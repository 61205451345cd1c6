//! Containers with their image, their JVM, and the configuration that is mounted into them.

use super::images::{Images, is_public};
use super::index::Index;
use super::paths::Paths;
use super::versions::Versions;
use super::{bundled, environment, file_id, jvm, process, put_client, runs_java, workload};
use crate::client::Place;
use crate::image::name_and_tag;
use crate::jvm::{Machine, OptionString};
use crate::kube::{Amount, Object, Platform};
use crate::model::{Container, Model};
use std::collections::BTreeSet;
use tunelint_base::FileId;

/// What is looked up while containers are found.
pub(super) struct Around<'m, 'a> {
    pub(super) index: Index<'a>,
    pub(super) paths: &'m Paths<'a>,
    pub(super) versions: &'m Versions<'a>,
}

/// What the containers took over, so that it does not stand by itself.
#[derive(Default)]
pub(super) struct Used {
    images: BTreeSet<(FileId, usize)>,
    /// Scripts and files of options.
    pub(super) files: BTreeSet<FileId>,
}

/// Finds the containers that have to do with a JVM or Kafka, and the JVM of each.
pub(super) fn containers<'a>(
    model: &mut Model<'a>,
    paths: &Paths<'a>,
    images: &Images<'a>,
    versions: &Versions<'a>,
) -> Used {
    let around = Around {
        index: Index::new(model),
        paths,
        versions,
    };
    let mut used = Used::default();
    let mut found: Vec<(Container<'a>, Option<String>)> = Vec::new();
    for (number, file) in model.files.iter().enumerate() {
        let id = file_id(number);
        for (object_index, object) in file.objects() {
            let Some(pod) = object.pod.as_ref().filter(|_| object.image.is_none()) else {
                continue;
            };
            for at in 0..pod.containers.len() {
                if let Some(container) = container(model, id, object_index, at) {
                    found.push((container, None));
                }
            }
        }
    }
    if !model.options.no_link {
        for (container, reason) in &mut found {
            if let Some((place, why)) = images.of(model, paths, container) {
                container.images = images.chain(place);
                used.images.insert(place);
                *reason = Some(why);
            }
        }
        only_image(model, images, &mut found, &mut used);
    }
    for (file, object) in images.others(&used.images) {
        if let Some(mut container) = container(model, file, object, 0) {
            container.images = images.chain((file, object));
            found.push((container, None));
        }
    }
    for (container, reason) in found {
        add(model, &around, &mut used, container, reason);
    }
    used
}

/// The only image that is described, and the only image that is run: they are the same.
fn only_image<'a>(
    model: &Model<'a>,
    images: &Images<'a>,
    found: &mut [(Container<'a>, Option<String>)],
    used: &mut Used,
) {
    let Some(place) = images.only().filter(|place| !used.images.contains(place)) else {
        return;
    };
    let name_of = |container: &Container<'a>| {
        let image = container
            .facts
            .image
            .as_ref()
            .filter(|image| !image.placeholder)?;
        let (name, _) = name_and_tag(&image.text);
        let own = container.images.is_empty()
            && name.contains('/')
            && !is_public(name)
            && crate::image::java_of(&image.text).is_none();
        own.then(|| name.to_owned())
    };
    let kubernetes = |container: &Container<'a>| container.platform() == Platform::Kubernetes;
    let names: BTreeSet<String> = found
        .iter()
        .filter(|(container, _)| kubernetes(container))
        .filter_map(|(container, _)| name_of(container))
        .collect();
    if names.len() != 1 {
        return;
    }
    let path = model.file(place.0).map_or("", |file| file.path.as_str());
    for (container, reason) in found.iter_mut() {
        if kubernetes(container) && name_of(container).is_some() {
            container.images = images.chain(place);
            used.images.insert(place);
            *reason = Some(format!(
                "`{path}` is the only image here, and this the only one that is run"
            ));
        }
    }
}

fn container<'a>(
    model: &Model<'a>,
    file: FileId,
    object_index: usize,
    index: usize,
) -> Option<Container<'a>> {
    let source = model.file(file)?;
    let object = source.facts.objects.get(object_index)?;
    let pod = object.pod.as_ref()?;
    let facts = pod.containers.get(index)?;
    let name = match object.platform {
        Platform::Image => format!("image of {}", source.path),
        _ => name_of(
            object,
            facts.name.as_ref().map(|name| &*name.text),
            pod.containers.len(),
        ),
    };
    Some(Container {
        name,
        file,
        object_index,
        index,
        object,
        facts,
        images: Vec::new(),
        environment: Vec::new(),
        java: None,
        expands: Vec::new(),
        script: None,
        jvm: None,
        workload: None,
    })
}

fn add<'a>(
    model: &mut Model<'a>,
    around: &Around<'_, 'a>,
    used: &mut Used,
    mut container: Container<'a>,
    reason: Option<String>,
) {
    let environment = environment::environment(model, &around.index, around.paths, &container);
    let process = process::process(model, around.paths, &container);
    let (strings, hidden) =
        process::strings(model, around.paths, &container, &environment, &process);
    container.environment = environment.strings;
    container.java = process.java();
    container.expands = process.expands();
    container.script = process.script;
    used.files.extend(process.script);
    let is_list = |string: &OptionString| &*string.name == "java";
    let lists = strings.iter().filter(|(file, string)| {
        is_list(string) && process.starts.iter().all(|(other, _)| other != file)
    });
    used.files.extend(lists.map(|(file, _)| *file));
    let release = around
        .versions
        .java(container.file, process::release(&container, &process));
    let at = model.containers.len();
    let name = format!("JVM of {}", container.name);
    let resources = &container.facts.resources;
    let value = |amount: &Option<Amount>| amount.as_ref().and_then(|amount| amount.value);
    let machine = Machine::limited(value(&resources.cpu_limit), value(&resources.memory_limit));
    let found = jvm(name, strings, release, Some(at), hidden, machine);
    let has_clients = !files_of(model, around, &container).is_empty();
    let image = container.facts.image.as_ref().map(|image| &*image.text);
    let is_ours = runs_java(&container)
        || has_clients
        || image.is_some_and(is_kafka_image)
        || is_stated(model, container.file);
    if found.is_none() && (!is_ours || container.platform() == Platform::Image) {
        return;
    }
    if let Some(found) = found {
        container.jvm = Some(model.jvms.len());
        model.jvms.push(found);
    }
    container.workload = Some(model.workloads.len());
    let mut slot = workload(&container.name);
    slot.container = Some(at);
    slot.jvm = container.jvm;
    slot.reasons.extend(reason);
    if let Some(script) = container.script.and_then(|file| model.file(file)) {
        slot.reasons
            .push(format!("it is started by `{}`", script.path));
    }
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
pub(super) fn clients<'a>(model: &mut Model<'a>, paths: &Paths<'a>, versions: &Versions<'a>) {
    let around = Around {
        index: Index::new(model),
        paths,
        versions,
    };
    for at in 0..model.containers.len() {
        let container = model.containers[at].clone();
        let Some(slot) = container.workload else {
            continue;
        };
        let found = files_of(model, &around, &container);
        for (client, reason) in found {
            put_client(model, slot, client, reason);
        }
    }
}

/// The clients that a container reads, each with the reason.
fn files_of<'a>(
    model: &Model<'a>,
    around: &Around<'_, 'a>,
    container: &Container<'a>,
) -> Vec<(usize, String)> {
    let index = &around.index;
    let mut found = bundled::clients(model, index, around.paths, container);
    let here = (container.file, container.object_index, container.index);
    for client in index.environments.get(&here).into_iter().flatten() {
        found.push((
            *client,
            "its settings stand in the container's environment".to_owned(),
        ));
    }
    if container.platform() == Platform::Operator {
        let own = index.sections.get(&container.file).into_iter().flatten();
        let span = container.facts.span;
        let inside = own.filter(|client| span.contains(model.clients[**client].facts.anchor));
        let reason = "the same resource configures both".to_owned();
        found.extend(inside.map(|client| (*client, reason.clone())));
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
