//! Facts of how much there is to share out among a workload's pods: partitions, state, disk.

use super::at::root;
use super::volume::mounts;
use super::{Decl, decl, number, sized};
use crate::client::ClientKind;
use crate::kube::{Read, mount_of, quantity_text};
use crate::model::{StoreKind, StoreSpec, WorkloadSpec};
use crate::value::{Fact, Type, Value};
use crate::view::View;
use tunelint_base::quantity::kubernetes_bytes;
use tunelint_base::{Entity, Location, Unit};

const ON: Entity = Entity::Workload;

pub(super) const FACTS: &[Decl] = &[
    decl(
        "workload.partitions",
        ON,
        Type::Int,
        "The partitions of its source topics, where `tunelint.toml` states them",
        partitions,
    ),
    sized(
        "workload.state_size",
        ON,
        Unit::Bytes,
        "What its key-value stores come to on one pod with their standbys, where `tunelint.toml` states keys and values",
        state_size,
    ),
    sized(
        "workload.state_volume_size",
        ON,
        Unit::Bytes,
        "The storage that the claim under `state.dir` requests",
        state_volume_size,
    ),
];

fn spec<'m>(view: &View<'m>) -> Option<&'m WorkloadSpec> {
    let (_, workload) = view.workload?;
    view.model.options.workloads.get(workload.spec?)
}

fn partitions<'m>(view: &View<'m>) -> Fact<'m> {
    let spec = spec(view);
    match spec.and_then(|spec| Some((spec.partitions?, spec.location))) {
        Some((count, location)) => number(count, location),
        None => Fact::unknown("the partitions; state them in [[workload]]"),
    }
}

/// A key with its timestamp and RocksDB's own bytes, beside the value.
const KEY_BYTES: i64 = 40;

fn bytes_of(store: &StoreSpec) -> Option<i64> {
    let value = store.value_bytes?.checked_add(KEY_BYTES)?;
    store.keys?.checked_mul(value)
}

/// All copies of all stores, shared out among the pods; a global store lies whole on each.
fn state_size<'m>(view: &View<'m>) -> Fact<'m> {
    let unknown = || Fact::unknown("the size of the state; state it in [[workload]]");
    let Some(client) = view
        .client
        .filter(|client| client.kind == ClientKind::Streams)
    else {
        return unknown();
    };
    let Some(spec) = spec(view).filter(|spec| !spec.stores.is_empty()) else {
        return unknown();
    };
    let replicas = super::pod::least(view).filter(|count| *count > 0);
    let standbys = match client.entry("num.standby.replicas") {
        Some(_) => client
            .written("num.standby.replicas")
            .and_then(|text| text.parse::<i64>().ok()),
        None => Some(0),
    };
    let (Some(replicas), Some(standbys)) = (replicas, standbys) else {
        return unknown();
    };
    let (mut shared, mut whole) = (0_i64, 0_i64);
    for store in &spec.stores {
        let simple = matches!(store.kind, StoreKind::KeyValue | StoreKind::Global);
        let Some(bytes) = bytes_of(store).filter(|_| simple) else {
            return unknown();
        };
        if store.kind == StoreKind::Global {
            whole = whole.saturating_add(bytes);
        } else {
            shared = shared.saturating_add(bytes);
        }
    }
    let copies = shared.saturating_mul(standbys.saturating_add(1).min(replicas));
    number((copies / replicas).saturating_add(whole), spec.location)
}

fn state_volume_size<'m>(view: &View<'m>) -> Fact<'m> {
    let unknown = || Fact::unknown("the claim under state.dir");
    let dir = super::volume::state_dir(view);
    let (Value::Str(dir), Some((container, mounts)), Some(root)) =
        (&dir.value, mounts(view), root(view))
    else {
        return unknown();
    };
    let Some(mount) = mount_of(&mounts, dir) else {
        return Fact::absent();
    };
    let mut templates = root.at.items(&["spec", "volumeClaimTemplates"]);
    let claim = templates
        .find(|claim| claim.text(&["metadata", "name"]).known() == Some(mount.volume.as_str()));
    let Some(claim) = claim else {
        return Fact::absent();
    };
    match claim.resolved(&["spec", "resources", "requests", "storage"]) {
        Read::Known((text, resolved), span) => {
            let bytes = quantity_text(text, resolved).and_then(|text| kubernetes_bytes(&text).ok());
            match bytes {
                Some(bytes) => Fact::set(Value::Int(bytes), Location::new(container.file, span)),
                None => unknown(),
            }
        }
        _ => unknown(),
    }
}
