//! Names of resources inside other resources, which follow when the resource is renamed.

use crate::resource::{Resource, same_namespace};
use crate::tree::{Leaf, Tree};

/// What stands where: the kind that a name at the end of a path names. A path may begin anywhere.
const NAMED: [(&str, &[&str]); 21] = [
    ("ConfigMap", &["configMap", "name"]),
    ("ConfigMap", &["configMapRef", "name"]),
    ("ConfigMap", &["configMapKeyRef", "name"]),
    ("Secret", &["secret", "secretName"]),
    ("Secret", &["secret", "name"]),
    ("Secret", &["secretRef", "name"]),
    ("Secret", &["secretKeyRef", "name"]),
    ("Secret", &["tls", "secretName"]),
    ("Secret", &["imagePullSecrets", "name"]),
    (
        "PersistentVolumeClaim",
        &["persistentVolumeClaim", "claimName"],
    ),
    ("ServiceAccount", &["spec", "serviceAccountName"]),
    ("Service", &["spec", "serviceName"]),
    ("Service", &["backend", "serviceName"]),
    ("Service", &["backend", "service", "name"]),
    ("Service", &["clientConfig", "service", "name"]),
    ("StorageClass", &["spec", "storageClassName"]),
    ("PriorityClass", &["spec", "priorityClassName"]),
    ("PersistentVolume", &["spec", "volumeName"]),
    ("ConfigMap", &["spec", "configSource", "configMap", "name"]),
    ("Secret", &["nodePublishSecretRef", "name"]),
    ("Secret", &["secrets", "name"]),
];

/// References that say the kind themselves.
const KINDED: [&[&str]; 3] = [&["scaleTargetRef"], &["roleRef"], &["subjects"]];

/// A name that a resource had, and the one it has.
struct Renamed {
    kind: String,
    old: String,
    namespaces: Vec<String>,
    everywhere: bool,
    new: String,
}

/// Renames what the resources name.
pub(crate) fn follow(resources: &mut [Resource]) {
    let mut renamed: Vec<Renamed> = Vec::new();
    for one in resources.iter() {
        let now = one.id();
        let mut olds: Vec<String> = one.past.iter().map(|id| id.name.clone()).collect();
        olds.dedup();
        for old in olds.into_iter().filter(|old| *old != now.name) {
            renamed.push(Renamed {
                kind: one.kind().to_owned(),
                old,
                namespaces: one.ids().map(|id| id.namespace).collect(),
                everywhere: one.is_cluster_wide(),
                new: now.name.clone(),
            });
        }
    }
    if renamed.is_empty() {
        return;
    }
    for one in resources {
        let namespace = one.id().namespace;
        let kind = one.kind().to_owned();
        let mut path = Vec::new();
        visit(&mut one.tree, &mut path, &kind, &namespace, &renamed);
    }
}

fn visit(
    tree: &mut Tree,
    path: &mut Vec<String>,
    kind: &str,
    namespace: &str,
    renamed: &[Renamed],
) {
    let ends = |path: &[String], end: &[&str]| {
        path.len() >= end.len()
            && path[path.len() - end.len()..]
                .iter()
                .zip(end)
                .all(|(a, b)| a == b)
    };
    if KINDED.iter().any(|end| ends(path, end)) && matches!(tree, Tree::Map(_)) {
        let wanted = tree
            .get("kind")
            .and_then(Tree::text)
            .unwrap_or("")
            .to_owned();
        let mut followed = false;
        if let Some(Tree::Leaf(name)) = tree.get_mut("name") {
            let before = name.text.clone();
            rename(name, &wanted, namespace, renamed);
            followed = before != name.text;
        }
        // An account is told with its namespace.
        if followed && wanted == "ServiceAccount" && !namespace.is_empty() {
            let place = tree.get("name").and_then(Tree::source).cloned();
            let value = Leaf::from(namespace, place.as_ref());
            tree.set(Leaf::from("namespace", place.as_ref()), Tree::Leaf(value));
        }
    }
    match tree {
        Tree::Leaf(leaf) => {
            // A StatefulSet's `spec.serviceName` alone is a Service; others have such a field too.
            let found = NAMED.iter().find(|(_, end)| ends(path, end));
            let Some((wanted, end)) = found else { return };
            if *end == ["spec", "serviceName"] && kind != "StatefulSet" {
                return;
            }
            rename(leaf, wanted, namespace, renamed);
        }
        Tree::Map(pairs) => {
            for (key, value) in pairs {
                path.push(key.text.clone());
                visit(value, path, kind, namespace, renamed);
                path.pop();
            }
        }
        Tree::List(items) => {
            for item in items {
                visit(item, path, kind, namespace, renamed);
            }
        }
    }
}

fn rename(leaf: &mut Leaf, kind: &str, namespace: &str, renamed: &[Renamed]) {
    let mut found = renamed.iter().filter(|one| {
        one.kind == kind
            && one.old == leaf.text
            && (one.everywhere
                || one
                    .namespaces
                    .iter()
                    .any(|its| same_namespace(its, namespace)))
    });
    if let Some(one) = found.next() {
        *leaf = Leaf::from(one.new.clone(), leaf.source.as_ref());
    }
}
