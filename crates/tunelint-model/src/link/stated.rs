//! Workloads that `tunelint.toml` states.

use super::{is_free, put_client, workload};
use crate::model::Model;

/// Joins what the stated workloads name.
pub(super) fn workloads(model: &mut Model<'_>) {
    for (index, spec) in model.options.workloads.iter().enumerate() {
        let container = model.containers.iter().position(|container| {
            spec.manifests.contains(&container.file)
                && container
                    .workload
                    .is_some_and(|w| model.workloads[w].spec.is_none())
        });
        let slot = match container.and_then(|at| model.containers[at].workload) {
            Some(slot) => slot,
            None => {
                model.workloads.push(workload(&spec.name));
                model.workloads.len() - 1
            }
        };
        model.workloads[slot].name.clone_from(&spec.name);
        model.workloads[slot].spec = Some(index);
        if container.is_some() {
            model.workloads[slot]
                .reasons
                .push("tunelint.toml names its manifest".to_owned());
        }
        for at in 0..model.clients.len() {
            if spec.config.contains(&model.clients[at].file)
                && (is_free(model, &model.clients[at]) || model.clients[at].workload.is_none())
            {
                put_client(
                    model,
                    slot,
                    at,
                    "tunelint.toml names its configuration".to_owned(),
                );
            }
        }
    }
}
