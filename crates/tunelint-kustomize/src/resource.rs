//! A resource, with every name it has borne.

use crate::tree::{Leaf, Tree};
use tunelint_base::OffsetMap;
use tunelint_syntax::yaml;

/// A name in a namespace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Id {
    pub(crate) name: String,
    pub(crate) namespace: String,
}

/// A resource.
#[derive(Clone, Debug)]
pub(crate) struct Resource {
    /// What it says now.
    pub(crate) tree: Tree,
    /// What it was called, the oldest name first; the present one is not among them.
    pub(crate) past: Vec<Id>,
    /// Whether its name gets a hash of its content.
    pub(crate) hashed: bool,
}

impl Resource {
    pub(crate) fn new(tree: Tree) -> Self {
        Self {
            tree,
            past: Vec::new(),
            hashed: false,
        }
    }

    pub(crate) fn kind(&self) -> &str {
        self.tree.get("kind").and_then(Tree::text).unwrap_or("")
    }

    /// The API group; empty for the core.
    pub(crate) fn group(&self) -> &str {
        let version = self.tree.get("apiVersion").and_then(Tree::text);
        version
            .and_then(|version| version.split_once('/'))
            .map_or("", |(group, _)| group)
    }

    pub(crate) fn version(&self) -> &str {
        let version = self.tree.get("apiVersion").and_then(Tree::text);
        version.map_or("", |version| {
            version
                .rsplit_once('/')
                .map_or(version, |(_, version)| version)
        })
    }

    pub(crate) fn id(&self) -> Id {
        let text = |key| {
            let value = self.tree.at(&["metadata", key]);
            value.and_then(Tree::text).unwrap_or("").to_owned()
        };
        Id {
            name: text("name"),
            namespace: text("namespace"),
        }
    }

    /// Every name that it has or had.
    pub(crate) fn ids(&self) -> impl Iterator<Item = Id> + '_ {
        self.past.iter().cloned().chain(std::iter::once(self.id()))
    }

    /// Whether it bears or bore that name; a namespace that neither side names is `default`.
    pub(crate) fn answers(&self, name: &str, namespace: &str) -> bool {
        self.ids()
            .any(|id| id.name == name && same_namespace(&id.namespace, namespace))
    }

    /// Notes the present name before it changes.
    pub(crate) fn remember(&mut self) {
        let id = self.id();
        if !self.past.contains(&id) {
            self.past.push(id);
        }
    }

    /// Renames it.
    pub(crate) fn rename(&mut self, name: String) {
        self.remember();
        if let Some(Tree::Leaf(leaf)) = self.tree.at_mut(&["metadata", "name"]) {
            *leaf = Leaf::from(name, leaf.source.as_ref());
        }
    }

    /// Whether its kind stands outside of namespaces.
    pub(crate) fn is_cluster_wide(&self) -> bool {
        matches!(
            self.kind(),
            "APIService"
                | "CSIDriver"
                | "CSINode"
                | "CertificateSigningRequest"
                | "ClusterRole"
                | "ClusterRoleBinding"
                | "ComponentStatus"
                | "CustomResourceDefinition"
                | "FlowSchema"
                | "IngressClass"
                | "MutatingWebhookConfiguration"
                | "Namespace"
                | "Node"
                | "PersistentVolume"
                | "PodSecurityPolicy"
                | "PriorityClass"
                | "PriorityLevelConfiguration"
                | "RuntimeClass"
                | "StorageClass"
                | "ValidatingAdmissionPolicy"
                | "ValidatingAdmissionPolicyBinding"
                | "ValidatingWebhookConfiguration"
                | "VolumeAttachment"
        )
    }

    /// Kind and name, for messages.
    pub(crate) fn title(&self) -> String {
        format!("{} {}", self.kind(), self.id().name)
    }
}

pub(crate) fn same_namespace(one: &str, other: &str) -> bool {
    let or_default = |text: &str| {
        if text.is_empty() {
            "default".to_owned()
        } else {
            text.to_owned()
        }
    };
    or_default(one) == or_default(other)
}

/// The documents of a text; those of a list one by one. `Err`: what is wrong with it.
pub(crate) fn documents(
    text: &str,
    file: usize,
    through: Option<&OffsetMap>,
) -> Result<Vec<Tree>, (tunelint_base::Span, String)> {
    let parsed = yaml::parse(text);
    if let Some(error) = parsed.errors.first() {
        return Err((error.span, error.message.clone()));
    }
    let mut all = Vec::new();
    for root in parsed.roots() {
        let tree = Tree::of(root, file, through);
        let is_list = tree
            .get("kind")
            .and_then(Tree::text)
            .is_some_and(|kind| kind.ends_with("List"));
        match (is_list, tree.get("items")) {
            (true, Some(Tree::List(items))) => all.extend(items.iter().cloned()),
            _ if tree.is_null() => {}
            _ => all.push(tree),
        }
    }
    Ok(all)
}
