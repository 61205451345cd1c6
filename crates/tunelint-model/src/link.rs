//! Joining what all files say into the processes that will run.

use crate::client::{Client, ClientKind, Entry, Place, repeated};
use crate::cluster::Cluster;
use crate::file::FileFacts;
use crate::jvm::{Jvm, Machine};
use crate::model::{Container, Model, Options, SourceFile, Workload};
use std::sync::OnceLock;
use tunelint_base::{FileId, Location};

mod bundled;
mod embedded;
mod environment;
mod images;
mod index;
mod java;
mod lists;
mod loose;
mod paths;
mod pods;
mod process;
mod profiles;
mod repository;
mod stated;
mod versions;

use images::Images;
use paths::Paths;
pub(crate) use paths::shared_folders;
use process::Placed;
use versions::{Release, Versions};

/// Joins the files. Cheap, and done anew on each change.
#[must_use]
pub fn link<'a>(files: &'a [SourceFile], options: &'a Options) -> Model<'a> {
    let versions = Versions::new(files, options);
    let mut model = Model {
        files,
        options,
        clients: Vec::new(),
        jvms: Vec::new(),
        containers: Vec::new(),
        cluster: Cluster::default(),
        workloads: Vec::new(),
        commands: Vec::new(),
        setters: Vec::new(),
    };
    for (index, file) in files.iter().enumerate() {
        let id = file_id(index);
        clients(&mut model, &versions, id, &file.facts);
        model.commands.extend(
            file.facts
                .broken_commands
                .iter()
                .map(|command| (id, command)),
        );
    }
    profiles::join(&mut model);
    let paths = Paths::new(&model);
    let images = Images::new(&model, &paths);
    let used = pods::containers(&mut model, &paths, &images, &versions);
    loose::jvms(&mut model, &paths, &images, &versions, &used.files);
    model.cluster = Cluster::new(files, &model.containers);
    if !options.no_link {
        pods::clients(&mut model, &paths, &versions);
    }
    stated::workloads(&mut model);
    if !options.no_link {
        repository::join(&mut model);
    }
    embedded::clients(&mut model);
    versions.of_workloads(&mut model);
    java::join(&mut model, &versions);
    model
}

fn file_id(index: usize) -> FileId {
    FileId(u32::try_from(index).unwrap_or(u32::MAX))
}

fn clients<'a>(model: &mut Model<'a>, versions: &Versions<'_>, id: FileId, facts: &'a FileFacts) {
    for found in &facts.clients {
        let settings: Vec<Entry<'a>> = found
            .settings
            .iter()
            .map(|setting| Entry {
                name: &setting.name,
                file: id,
                setting,
            })
            .collect();
        let mut client = Client {
            name: found.kind.as_str().to_owned(),
            kind: found.kind,
            file: id,
            facts: found,
            settings,
            again: repeated(&found.settings),
            kafka: versions.kafka(id, found.kafka),
            parent: None,
            workload: None,
        };
        client.name = name_of(&client);
        model.clients.push(client);
    }
}

/// The kind, and the name that the application gives itself.
fn name_of(client: &Client<'_>) -> String {
    let key = match client.kind {
        ClientKind::Streams => "application.id",
        ClientKind::Connector => "name",
        _ => "client.id",
    };
    let kind = client.kind.as_str();
    match client.written(key).filter(|id| !id.is_empty()) {
        Some(id) => format!("{kind} {id}"),
        None => kind.to_owned(),
    }
}

/// A workload with nothing in it yet but its name.
fn workload(name: &str) -> Workload {
    Workload {
        name: name.to_owned(),
        ..Workload::default()
    }
}

/// Puts a client into a workload, with the reason.
fn put_client(model: &mut Model<'_>, workload: usize, client: usize, reason: String) {
    let slot = &mut model.workloads[workload];
    if !slot.clients.contains(&client) {
        slot.clients.push(client);
        slot.reasons.push(reason);
    }
    model.clients[client].workload = Some(workload);
}

/// A JVM with the strings that reach it, weakest first.
fn jvm<'a>(
    name: String,
    strings: Vec<Placed<'a>>,
    release: Release,
    container: Option<usize>,
    hidden: bool,
    machine: Machine,
) -> Option<Jvm<'a>> {
    (!strings.is_empty()).then_some(Jvm {
        name,
        strings,
        java: release.version,
        java_known: release.known,
        java_from: release.from,
        hotspot: release.hotspot,
        hidden,
        container,
        machine,
        last: OnceLock::new(),
    })
}

/// Whether a client stands in a file of its own, so that nothing yet tells which process reads it.
/// What a kustomization takes up is read where that deploys it.
fn is_free(model: &Model<'_>, client: &Client<'_>) -> bool {
    let is_part = model.file(client.file).is_some_and(|file| file.is_part);
    client.workload.is_none() && matches!(client.facts.place, Place::File) && !is_part
}

/// A place as `path:line`.
fn place(model: &Model<'_>, location: Location) -> String {
    model.file(location.file).map_or_else(String::new, |file| {
        let at = file.lines.position(location.span.start, file.text.as_str());
        format!("{}:{}", file.path, at.line)
    })
}

/// Whether a container's command or its JVM options show that Java runs in it.
fn runs_java(container: &Container<'_>) -> bool {
    container.java.is_some() || !container.environment.is_empty()
}
