//! Without any configuration: a Streams application and the container that can only be its own.

use super::{is_free, place, put_client};
use crate::client::ClientKind;
use crate::model::{Container, Model};

/// Joins each free Streams application with the container of its name; and where the files hold
/// just one application and just one container without a client, those two.
pub(super) fn join(model: &mut Model<'_>) {
    let free: Vec<usize> = (0..model.clients.len())
        .filter(|at| model.clients[*at].kind == ClientKind::Streams && is_free(&model.clients[*at]))
        .collect();
    for at in &free {
        let Some(id) = model.clients[*at]
            .written("application.id")
            .map(str::to_owned)
        else {
            continue;
        };
        let named: Vec<(usize, String)> = candidates(model)
            .filter_map(|index| Some((index, named_like(&model.containers[index], &id)?)))
            .collect();
        if let [(container, how)] = named.as_slice() {
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
    if let ([container], [_]) = (containers.as_slice(), ids.as_slice()) {
        for at in &left {
            let reason = "it is the only Streams application here, and this the only container that could run it".to_owned();
            join_one(model, *at, *container, reason);
        }
    }
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

/// How the container bears that name, if it does.
fn named_like(container: &Container<'_>, id: &str) -> Option<String> {
    let same = |name: &str| name == id;
    if container
        .object
        .name
        .as_ref()
        .is_some_and(|name| same(&name.text))
    {
        return Some(format!("the name of the {}", container.object.kind));
    }
    if container
        .facts
        .name
        .as_ref()
        .is_some_and(|name| same(&name.text))
    {
        return Some("the name of the container".to_owned());
    }
    let labels = container
        .object
        .labels
        .iter()
        .chain(container.object.pod.iter().flat_map(|pod| &pod.labels));
    let label = labels.into_iter().find(|(_, value)| same(value));
    label.map(|(key, _)| format!("its label `{key}`"))
}
