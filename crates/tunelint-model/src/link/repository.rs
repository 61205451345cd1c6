//! Without any configuration: a Streams application and the container that can only be its own.

use super::{is_free, place, put_client};
use crate::client::ClientKind;
use crate::model::{Container, Model};
use std::collections::{HashMap, HashSet};

/// Joins each free Streams application with the container of its name; and where the files hold
/// just one application and just one container without a client, those two.
pub(super) fn join(model: &mut Model<'_>) {
    let free: Vec<usize> = (0..model.clients.len())
        .filter(|at| {
            model.clients[*at].kind == ClientKind::Streams && is_free(model, &model.clients[*at])
        })
        .collect();
    if free.is_empty() {
        return;
    }
    let names = names(model);
    for at in &free {
        let Some(id) = model.clients[*at].written("application.id") else {
            continue;
        };
        let bearers = names.get(id).map_or(&[][..], Vec::as_slice);
        if !is_one_each(model, bearers.iter().map(|(container, _)| *container)) {
            continue;
        }
        for (container, how) in bearers {
            let reason = format!("`application.id` {id} is {how}");
            join_one(model, *at, *container, reason);
        }
    }
    let left: Vec<usize> = free
        .into_iter()
        .filter(|at| model.clients[*at].workload.is_none())
        .collect();
    let containers: Vec<usize> = candidates(model).collect();
    // Files of several environments configure the same application: any one tells which it is.
    let mut ids: Vec<Option<&str>> = left
        .iter()
        .map(|at| model.clients[*at].written("application.id"))
        .collect();
    ids.dedup();
    if ids.len() == 1 && is_one_each(model, containers.iter().copied()) {
        for (at, container) in left
            .iter()
            .flat_map(|at| containers.iter().map(move |c| (at, c)))
        {
            let reason = "it is the only Streams application here, and this the only container that could run it".to_owned();
            join_one(model, *at, *container, reason);
        }
    }
}

/// Whether there is just one container, or just one in each of several kustomizations and none
/// beside them: then those are one application in several places.
fn is_one_each(model: &Model<'_>, containers: impl Iterator<Item = usize>) -> bool {
    let mut overlays = HashSet::new();
    let mut count = 0;
    let mut beside = 0;
    for at in containers {
        count += 1;
        let file = model.containers[at].file;
        if model.file(file).is_some_and(|file| file.overlay.is_some()) {
            overlays.insert(file);
        } else {
            beside += 1;
        }
    }
    count == 1 || (count == overlays.len() && beside == 0 && count > 0)
}

fn join_one(model: &mut Model<'_>, client: usize, container: usize, reason: String) {
    if let Some(slot) = model.containers[container].workload {
        let anchor = model.clients[client].anchor();
        let reason = format!("{reason} ({})", place(model, anchor));
        put_client(model, slot, client, reason);
    }
}

/// Containers of workload objects in which no client is known yet.
fn candidates<'m>(model: &'m Model<'_>) -> impl Iterator<Item = usize> + 'm {
    model
        .containers
        .iter()
        .enumerate()
        .filter_map(|(at, container)| {
            let kind = container.object.kind.as_str();
            let slot = container.workload?;
            let runs = matches!(kind, "Deployment" | "StatefulSet");
            let free = model.workloads[slot]
                .clients
                .iter()
                .all(|client| model.clients[*client].kind == ClientKind::Streams)
                && model.workloads[slot].spec.is_none();
            (runs && free).then_some(at)
        })
}

/// The names that containers bear, by themselves, by their object or by a label, and how.
fn names<'a>(model: &Model<'a>) -> HashMap<&'a str, Vec<(usize, String)>> {
    let mut names: HashMap<&'a str, Vec<(usize, String)>> = HashMap::new();
    for at in candidates(model) {
        let container: &Container<'a> = &model.containers[at];
        let object = container.object;
        let mut bears = |name: &'a str, how: &dyn Fn() -> String| {
            let known = names.entry(name).or_default();
            if known.iter().all(|(other, _)| *other != at) {
                known.push((at, how()));
            }
        };
        if let Some(name) = &object.name {
            bears(&name.text, &|| format!("the name of the {}", object.kind));
        }
        if let Some(name) = &container.facts.name {
            bears(&name.text, &|| "the name of the container".to_owned());
        }
        for (key, value) in object
            .labels
            .iter()
            .chain(object.pod.iter().flat_map(|pod| &pod.labels))
        {
            bears(value, &|| format!("its label `{key}`"));
        }
    }
    names
}
