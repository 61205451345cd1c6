//! Java sources and the applications that they are of: config setters by the class that is
//! registered, topologies by what `tunelint.toml` says or because there is just one application.

use super::file_id;
use super::versions::Versions;
use crate::client::ClientKind;
use crate::model::{Model, Setter, simple_name};
use tunelint_base::{FileId, Location};
use tunelint_java::JavaFacts;

const KEY: &str = "rocksdb.config.setter";

/// Finds the setters and joins them, and the topologies, with the workloads.
pub(super) fn join(model: &mut Model<'_>, versions: &Versions<'_>) {
    for (index, file) in model.files.iter().enumerate() {
        let id = file_id(index);
        let all = file.facts.sources.iter().flat_map(|source| &source.setters);
        for facts in all {
            model.setters.push(Setter {
                file: id,
                facts,
                kafka: versions.kafka(id, file.facts.directives.kafka),
                uses: Vec::new(),
                workload: None,
            });
        }
    }
    if !model.options.no_link {
        topologies(model);
    }
    by_setting(model);
    by_code(model);
    by_statement(model);
    for at in 0..model.setters.len() {
        let mut users = (0..model.workloads.len())
            .filter(|workload| model.workloads[*workload].setter == Some(at));
        let first = users.next();
        model.setters[at].workload = first.filter(|_| users.next().is_none());
    }
}

/// The sources that each workload's topology stands in.
fn topologies(model: &mut Model<'_>) {
    let streams: Vec<usize> = streams_workloads(model).collect();
    let mut taken: Vec<(FileId, usize)> = Vec::new();
    for at in 0..model.workloads.len() {
        let spec = model.workloads[at]
            .spec
            .and_then(|spec| model.options.workloads.get(spec));
        if let Some(spec) = spec.filter(|spec| !spec.java.is_empty()) {
            let found = sources(model, |file| spec.java.contains(&file));
            taken.extend(&found);
            model.workloads[at].sources = found;
        }
    }
    let [only] = streams.as_slice() else { return };
    if !model.workloads[*only].sources.is_empty() {
        return;
    }
    let free = sources(model, |file| !is_test(model, file));
    let applications: usize = free
        .iter()
        .map(|(file, at)| source(model, *file, *at).map_or(0, |source| source.applications.len()))
        .sum();
    // With several applications in the sources nobody knows which of them this one is.
    if applications <= 1 {
        model.workloads[*only].sources = free
            .into_iter()
            .filter(|one| !taken.contains(one))
            .collect();
    }
}

fn streams_workloads<'m>(model: &'m Model<'_>) -> impl Iterator<Item = usize> + 'm {
    (0..model.workloads.len()).filter(|at| {
        let clients = &model.workloads[*at].clients;
        clients
            .iter()
            .any(|client| model.clients[*client].kind == ClientKind::Streams)
    })
}

/// The sources with something in them, in files that `wanted` lets through.
fn sources(model: &Model<'_>, wanted: impl Fn(FileId) -> bool) -> Vec<(FileId, usize)> {
    let mut found = Vec::new();
    for (index, file) in model.files.iter().enumerate() {
        let id = file_id(index);
        let all = file.facts.sources.iter().enumerate();
        let full = all.filter(|(_, source)| !source.is_empty());
        if wanted(id) {
            found.extend(full.map(|(at, _)| (id, at)));
        }
    }
    found
}

fn source<'m>(model: &'m Model<'_>, file: FileId, at: usize) -> Option<&'m JavaFacts> {
    model.file(file)?.facts.sources.get(at)
}

/// Whether a file is a test's, by the folder that it lies in.
fn is_test(model: &Model<'_>, file: FileId) -> bool {
    model.file(file).is_some_and(|file| {
        let path = &file.path;
        path.starts_with("test/") || path.contains("/test/") || path.contains("/integration-test/")
    })
}

/// Settings that name a class.
fn by_setting(model: &mut Model<'_>) {
    for at in 0..model.clients.len() {
        let client = &model.clients[at];
        if client.kind != ClientKind::Streams || client.parent.is_some() {
            continue;
        }
        let (Some(class), Some(entry)) = (client.written(KEY), client.entry(KEY)) else {
            continue;
        };
        let place = Location::new(entry.file, entry.setting.span);
        let (workload, kafka, file) = (client.workload, client.kafka, client.file);
        let Some(setter) = find(model, class, file) else {
            continue;
        };
        if model.options.no_link && model.setters[setter].file != file {
            continue;
        }
        let found = &mut model.setters[setter];
        found.uses.push(place);
        found.kafka = kafka;
        if let Some(workload) = workload {
            model.workloads[workload].setter = Some(setter);
        }
    }
}

/// The setter that a name means: of exactly that class, else a piece of a source without a package
/// that has its simple name, the one in the same file first.
fn find(model: &Model<'_>, class: &str, from: FileId) -> Option<usize> {
    let exact = |setter: &&Setter<'_>| setter.facts.class == class;
    let loose = |setter: &&Setter<'_>| {
        !setter.facts.class.contains('.') && setter.name() == simple_name(class)
    };
    let at = |wanted: &dyn Fn(&&Setter<'_>) -> bool| {
        let mut all = (0..model.setters.len()).filter(|at| wanted(&&model.setters[*at]));
        let first = all.next();
        let here = |at: &usize| model.setters[*at].file == from;
        all.find(here)
            .filter(|_| !first.as_ref().is_some_and(here))
            .or(first)
    };
    at(&exact).or_else(|| at(&loose))
}

/// Code that puts a class under the key: `Bounded.class` beside imports that are not followed, so
/// that the simple name counts.
fn by_code(model: &mut Model<'_>) {
    let mut found: Vec<(usize, Location, FileId)> = Vec::new();
    for (index, file) in model.files.iter().enumerate() {
        let id = file_id(index);
        let all = file
            .facts
            .sources
            .iter()
            .flat_map(|source| &source.registrations);
        for registration in all {
            let named = (0..model.setters.len())
                .filter(|at| model.setters[*at].name() == simple_name(&registration.class));
            found.extend(named.map(|at| (at, Location::new(id, registration.span), id)));
        }
    }
    for (setter, place, file) in found {
        model.setters[setter].uses.push(place);
        let owner = (0..model.workloads.len()).find(|at| {
            let workload = &model.workloads[*at];
            workload.setter.is_none() && workload.sources.iter().any(|(source, _)| *source == file)
        });
        if let Some(owner) = owner {
            model.workloads[owner].setter = Some(setter);
            let kafka = model.workloads[owner]
                .clients
                .first()
                .map(|at| model.clients[*at].kafka);
            let found = &mut model.setters[setter];
            found.kafka = kafka.unwrap_or(found.kafka);
        }
    }
}

/// The only setter in the sources that `tunelint.toml` names for a workload.
fn by_statement(model: &mut Model<'_>) {
    for at in 0..model.workloads.len() {
        let workload = &model.workloads[at];
        let spec = workload
            .spec
            .and_then(|spec| model.options.workloads.get(spec));
        let Some(spec) = spec.filter(|_| workload.setter.is_none()) else {
            continue;
        };
        let mut named =
            (0..model.setters.len()).filter(|at| spec.java.contains(&model.setters[*at].file));
        let first = named.next();
        model.workloads[at].setter = first.filter(|_| named.next().is_none());
    }
}
