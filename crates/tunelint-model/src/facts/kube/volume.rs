//! Facts of where a process writes: its state, its temporary files, and the volumes there.

use super::{Decl, decl, text, truth};
use crate::client::{Client, ClientKind};
use crate::jvm::{Form, form};
use crate::kube::{Mount, VolumeKind, mount_of};
use crate::model::Container;
use crate::value::{Fact, Type, Value};
use crate::view::View;
use tunelint_base::origin::DefaultOf;
use tunelint_base::{Entity, Location, Origin};

pub(super) const FACTS: &[Decl] = &[
    decl(
        "container.claimed",
        Entity::Container,
        Type::Bool,
        "Whether it mounts a persistent volume claim",
        claimed,
    ),
    decl(
        "container.scratch",
        Entity::Container,
        Type::Str,
        "An `emptyDir` on disk without `sizeLimit` that it mounts",
        scratch,
    ),
    decl(
        "container.tmp_dir",
        Entity::Container,
        Type::Str,
        "Where its JVM puts temporary files: `-Djava.io.tmpdir`, else `/tmp`",
        tmp_dir,
    ),
    decl(
        "container.tmp_volume",
        Entity::Container,
        Type::Str,
        "What is mounted there: claim, empty-dir, memory, host-path, other, read-only or none",
        |view| on_volume(view, &tmp_dir(view)),
    ),
    decl(
        "workload.memory_volume",
        Entity::Workload,
        Type::Str,
        "What lies on a volume in memory: state, or tmp where the volume has no `sizeLimit`",
        memory_volume,
    ),
    decl(
        "workload.state_dir",
        Entity::Workload,
        Type::Str,
        "Where its Streams application keeps its state: `state.dir`",
        state_dir,
    ),
    decl(
        "workload.state_volume",
        Entity::Workload,
        Type::Str,
        "What is mounted there: claim, empty-dir, memory, host-path, other, read-only or none",
        |view| on_volume(view, &state_dir(view)),
    ),
    decl(
        "workload.stateful",
        Entity::Workload,
        Type::Bool,
        "Whether its Streams application is known to keep state: stores in `[[workload]]`, standbys, or a RocksDB config setter",
        stateful,
    ),
];

/// Where the view's container sees volumes.
pub(super) fn mounts<'m>(view: &View<'m>) -> Option<(&'m Container<'m>, Vec<Mount>)> {
    let container = view.container?;
    let mounts = container.facts.mounts_of(container.object)?;
    Some((container, mounts))
}

fn claimed<'m>(view: &View<'m>) -> Fact<'m> {
    let Some((container, mounts)) = mounts(view) else {
        return Fact::unknown("the container's volumes");
    };
    let claim = mounts
        .iter()
        .find(|mount| matches!(mount.kind, VolumeKind::Claim(_)));
    match claim {
        Some(mount) => Fact::set(Value::Bool(true), Location::new(container.file, mount.span)),
        None => truth(false, []),
    }
}

fn scratch<'m>(view: &View<'m>) -> Fact<'m> {
    let Some((container, mounts)) = mounts(view) else {
        return Fact::unknown("the container's volumes");
    };
    for mount in mounts
        .iter()
        .filter(|mount| mount.kind == VolumeKind::EmptyDir)
    {
        if !size_limit(view, &mount.volume) {
            let place = Location::new(container.file, mount.span);
            return Fact::set(Value::str(mount.volume.clone()), place);
        }
    }
    Fact::absent()
}

/// A property of the JVM, `-Dname=value`, the last one.
pub(super) fn property<'m>(view: &View<'m>, name: &str) -> Option<(Location, &'m str)> {
    let jvm = view.jvm?;
    jvm.flags()
        .rev()
        .find_map(|(location, _, flag)| match form(&flag.text) {
            Form::Property(key, value) if key == name => Some((location, value)),
            _ => None,
        })
}

fn tmp_dir<'m>(view: &View<'m>) -> Fact<'m> {
    match property(view, "java.io.tmpdir") {
        Some((_, path)) if crate::setting::is_placeholder(path) => {
            Fact::unknown("java.io.tmpdir, behind a placeholder")
        }
        Some((location, path)) => Fact::set(Value::str(path), location),
        None => Fact::new(
            Value::str("/tmp"),
            Origin::Override("the JVM's default on Linux".to_owned()),
        ),
    }
}

fn streams<'m>(view: &View<'m>) -> Option<&'m Client<'m>> {
    view.client
        .filter(|client| client.kind == ClientKind::Streams)
}

/// `StreamsConfig`: `kafka-streams` under the JVM's folder for temporary files.
pub(super) fn state_dir<'m>(view: &View<'m>) -> Fact<'m> {
    let Some(client) = streams(view) else {
        return Fact::unknown("the Streams application");
    };
    if let Some(entry) = client.entry("state.dir") {
        let place = Location::new(entry.file, entry.setting.span);
        return match client.written("state.dir") {
            Some(path) => Fact::set(Value::str(path), place),
            None => Fact::unknown("state.dir, behind a placeholder"),
        };
    }
    let tmp = tmp_dir(view);
    match &tmp.value {
        Value::Str(path) => Fact::new(
            Value::str(format!("{}/kafka-streams", path.trim_end_matches('/'))),
            Origin::Default(DefaultOf::Kafka(client.kafka)),
        ),
        _ => tmp,
    }
}

/// The kernel counts what lies in such a volume as memory of the container that wrote it.
fn memory_volume<'m>(view: &View<'m>) -> Fact<'m> {
    for (what, path) in [("state", state_dir(view)), ("tmp", tmp_dir(view))] {
        let Value::Str(path) = &path.value else {
            continue;
        };
        let Some((container, mounts)) = mounts(view) else {
            return Fact::unknown("the container's volumes");
        };
        let Some(mount) = mount_of(&mounts, path) else {
            continue;
        };
        if let VolumeKind::Memory(medium) = mount.kind
            && (what == "state" || !size_limit(view, &mount.volume))
        {
            return Fact::set(Value::str(what), Location::new(container.file, medium));
        }
    }
    Fact::absent()
}

/// Whether an empty folder of the pod has a `sizeLimit`.
fn size_limit(view: &View<'_>, volume: &str) -> bool {
    let Some(spec) = super::at::pod_spec(view) else {
        return false;
    };
    let mut volumes = spec.at.items(&["volumes"]);
    let found = volumes.find(|item| item.text(&["name"]).known() == Some(volume));
    found.is_some_and(|volume| volume.get(&["emptyDir", "sizeLimit"]).is_some())
}

/// What is mounted at the path that a fact names.
pub(super) fn on_volume<'m>(view: &View<'m>, path: &Fact<'m>) -> Fact<'m> {
    let Value::Str(path) = &path.value else {
        return Fact::unknown("the folder");
    };
    let Some((container, mounts)) = mounts(view) else {
        return Fact::unknown("the container's volumes");
    };
    if !path.starts_with('/') {
        return Fact::unknown("the folder that the process works in");
    }
    let Some(mount) = mount_of(&mounts, path) else {
        return text("none");
    };
    let (word, span) = match &mount.kind {
        _ if !mount.writable => ("read-only", mount.span),
        VolumeKind::Claim(_) => ("claim", mount.span),
        VolumeKind::EmptyDir => ("empty-dir", mount.span),
        VolumeKind::Memory(medium) => ("memory", *medium),
        VolumeKind::HostPath => ("host-path", mount.span),
        VolumeKind::Contents | VolumeKind::Other => ("other", mount.span),
    };
    Fact::set(Value::str(word), Location::new(container.file, span))
}

fn stateful<'m>(view: &View<'m>) -> Fact<'m> {
    let Some(client) = streams(view) else {
        return Fact::unknown("the Streams application");
    };
    let spec = view.workload.and_then(|(_, workload)| workload.spec);
    let spec = spec.and_then(|at| view.model.options.workloads.get(at));
    if let Some(spec) = spec.filter(|spec| !spec.stores.is_empty()) {
        return truth(true, spec.location);
    }
    let standbys = client
        .written("num.standby.replicas")
        .and_then(|text| text.parse::<i64>().ok());
    let key = if standbys.is_some_and(|count| count > 0) {
        "num.standby.replicas"
    } else {
        "rocksdb.config.setter"
    };
    match client.entry(key) {
        Some(entry) => Fact::set(
            Value::Bool(true),
            Location::new(entry.file, entry.setting.span),
        ),
        None => Fact::unknown("the state stores; state them in [[workload]]"),
    }
}
