//! Volumes and where containers see them.

use super::{At, ContainerFacts, Object, Read};
use tunelint_base::Span;

/// What a volume is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VolumeKind {
    /// A persistent volume claim, by name; `None` for one that a StatefulSet or the pod makes.
    Claim(Option<String>),
    /// An empty folder on the node's disk, with the place of its `emptyDir`.
    EmptyDir,
    /// An empty folder in memory, with the place of its `medium`.
    Memory(Span),
    /// A folder of the node.
    HostPath,
    /// Read-only contents: a ConfigMap, a Secret, the downward API, several of them.
    Contents,
    /// Something else, or nothing that can be read.
    Other,
}

/// A place where a container sees a volume.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mount {
    /// `mountPath`, without a slash at the end.
    pub path: String,
    /// The volume's name.
    pub volume: String,
    /// What the volume is.
    pub kind: VolumeKind,
    /// Whether it can be written to.
    pub writable: bool,
    /// The place of `mountPath`.
    pub span: Span,
}

impl ContainerFacts {
    /// Where it sees volumes; `None` where that cannot be known.
    #[must_use]
    pub fn mounts_of(&self, object: &Object) -> Option<Vec<Mount>> {
        let at = self.at(object)?;
        if at.is_partial() {
            return None;
        }
        let spec = object.pod.as_ref()?.at(object)?;
        let mut mounts = Vec::new();
        for item in at.items(&["volumeMounts"]) {
            let Read::Known(path, span) = item.text(&["mountPath"]) else {
                return None;
            };
            let volume = item.text(&["name"]).known()?;
            let kind = volume_kind(object, spec, volume);
            let read_only = item.bool(&["readOnly"]).or(false)?;
            mounts.push(Mount {
                path: path.trim_end_matches('/').to_owned(),
                volume: volume.to_owned(),
                writable: !read_only && kind != VolumeKind::Contents,
                kind,
                span,
            });
        }
        Some(mounts)
    }
}

/// The mount that a path lies on: the one with the longest path.
#[must_use]
pub fn mount_of<'m>(mounts: &'m [Mount], path: &str) -> Option<&'m Mount> {
    let holds = |mount: &&Mount| {
        path.strip_prefix(mount.path.as_str())
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    mounts
        .iter()
        .filter(holds)
        .max_by_key(|mount| mount.path.len())
}

fn volume_kind(object: &Object, spec: At<'_>, name: &str) -> VolumeKind {
    let is_named = |item: &At<'_>, path: &[&str]| item.text(path).known() == Some(name);
    let root = object.body.as_ref().and_then(super::Body::root);
    let made = root.is_some_and(|root| {
        root.items(&["spec", "volumeClaimTemplates"])
            .any(|claim| is_named(&claim, &["metadata", "name"]))
    });
    if made {
        return VolumeKind::Claim(None);
    }
    let Some(volume) = spec
        .items(&["volumes"])
        .find(|item| is_named(item, &["name"]))
    else {
        return VolumeKind::Other;
    };
    if let Read::Known(claim, _) = volume.find(&["persistentVolumeClaim"]) {
        let name = claim.text(&["claimName"]).known();
        return VolumeKind::Claim(name.map(str::to_owned));
    }
    if let Read::Known(..) = volume.find(&["ephemeral"]) {
        return VolumeKind::Claim(None);
    }
    // `emptyDir:` with nothing after it is an empty folder as well.
    if volume.node().get("emptyDir").is_some() {
        return match volume.text(&["emptyDir", "medium"]) {
            Read::Known("Memory", span) => VolumeKind::Memory(span),
            _ => VolumeKind::EmptyDir,
        };
    }
    let contents = ["configMap", "secret", "downwardAPI", "projected"];
    if contents.iter().any(|key| volume.node().get(key).is_some()) {
        return VolumeKind::Contents;
    }
    if volume.node().get("hostPath").is_some() {
        return VolumeKind::HostPath;
    }
    VolumeKind::Other
}
