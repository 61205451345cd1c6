//! What a kustomization does to all resources: namespaces, names, labels, replicas, images.

use crate::Failure;
use crate::file::Kustomization;
use crate::resource::Resource;
use crate::tree::{Leaf, Tree};
use tunelint_syntax::yaml::Style;

/// Carries the fields out in kustomize's order.
pub(crate) fn before_json_patches(kustomization: &Kustomization, resources: &mut [Resource]) {
    namespace(kustomization, resources);
    names(kustomization, resources);
    labels(kustomization, resources);
    annotations(kustomization, resources);
}

/// Those that come after `patchesJson6902`.
pub(crate) fn after_json_patches(
    kustomization: &Kustomization,
    resources: &mut [Resource],
) -> Result<(), Failure> {
    replicas(kustomization, resources)?;
    images(kustomization, resources);
    Ok(())
}

fn field<'k>(kustomization: &'k Kustomization, name: &str) -> Option<&'k Leaf> {
    let leaf = kustomization.tree.get(name).and_then(Tree::leaf)?;
    (!leaf.text.is_empty()).then_some(leaf)
}

fn namespace(kustomization: &Kustomization, resources: &mut [Resource]) {
    let Some(namespace) = field(kustomization, "namespace") else {
        return;
    };
    let value = Leaf {
        is_string: true,
        ..namespace.clone()
    };
    for one in resources {
        if one.kind() == "Namespace" {
            one.rename(namespace.text.clone());
            continue;
        }
        if one.is_cluster_wide() {
            if !matches!(one.kind(), "ClusterRoleBinding") {
                continue;
            }
        } else {
            one.remember();
            if let Some(metadata) = one.tree.mapping("metadata") {
                let key = Leaf::from("namespace", namespace.source.as_ref());
                metadata.set(key, Tree::Leaf(value.clone()));
            }
        }
        if matches!(one.kind(), "RoleBinding" | "ClusterRoleBinding")
            && let Some(Tree::List(subjects)) = one.tree.get_mut("subjects")
        {
            for subject in subjects {
                let account = subject.get("kind").and_then(Tree::text) == Some("ServiceAccount");
                let default = subject.get("name").and_then(Tree::text) == Some("default");
                if account && default {
                    let key = Leaf::from("namespace", namespace.source.as_ref());
                    subject.set(key, Tree::Leaf(value.clone()));
                }
            }
        }
    }
}

fn names(kustomization: &Kustomization, resources: &mut [Resource]) {
    let text = |name| field(kustomization, name).map_or("", |leaf| leaf.text.as_str());
    let (prefix, suffix) = (text("namePrefix"), text("nameSuffix"));
    if prefix.is_empty() && suffix.is_empty() {
        return;
    }
    for one in resources {
        if !matches!(
            one.kind(),
            "CustomResourceDefinition" | "APIService" | "Namespace"
        ) {
            let name = format!("{prefix}{}{suffix}", one.id().name);
            one.rename(name);
        }
    }
}

/// Where labels of a resource's kind select or mark pods.
fn selectors(kind: &str) -> &'static [&'static [&'static str]] {
    match kind {
        "Service" | "ReplicationController" => &[&["spec", "selector"]],
        "Deployment" | "ReplicaSet" | "DaemonSet" | "StatefulSet" => {
            &[&["spec", "selector", "matchLabels"]]
        }
        _ => &[],
    }
}

/// Selectors that get labels only where they are there.
fn present_selectors(kind: &str) -> &'static [&'static [&'static str]] {
    match kind {
        "Job" => &[&["spec", "selector", "matchLabels"]],
        "CronJob" => &[&["spec", "jobTemplate", "spec", "selector", "matchLabels"]],
        "PodDisruptionBudget" => &[&["spec", "selector", "matchLabels"]],
        "NetworkPolicy" => &[&["spec", "podSelector", "matchLabels"]],
        _ => &[],
    }
}

fn templates(kind: &str) -> &'static [&'static [&'static str]] {
    match kind {
        "Deployment"
        | "ReplicaSet"
        | "DaemonSet"
        | "StatefulSet"
        | "ReplicationController"
        | "Job" => &[&["spec", "template", "metadata"]],
        "CronJob" => &[
            &["spec", "jobTemplate", "metadata"],
            &["spec", "jobTemplate", "spec", "template", "metadata"],
        ],
        _ => &[],
    }
}

/// Adds pairs below a path that is made where it is not there.
fn add(tree: &mut Tree, path: &[&str], pairs: &[(Leaf, Tree)]) {
    let mut at = tree;
    for key in path {
        match at.mapping(key) {
            Some(next) => at = next,
            None => return,
        }
    }
    for (key, value) in pairs {
        let value = match value {
            Tree::Leaf(leaf) => Tree::Leaf(Leaf {
                is_string: true,
                ..leaf.clone()
            }),
            other => other.clone(),
        };
        at.set(key.clone(), value);
    }
}

fn labels(kustomization: &Kustomization, resources: &mut [Resource]) {
    let common = kustomization
        .tree
        .get("commonLabels")
        .map(|pairs| (pairs, true, true));
    let single = kustomization.list("labels").iter().filter_map(|item| {
        let flag = |name: &str| item.get(name).and_then(Tree::text) == Some("true");
        let selectors = flag("includeSelectors");
        Some((
            item.get("pairs")?,
            selectors,
            selectors || flag("includeTemplates"),
        ))
    });
    for (pairs, in_selectors, in_templates) in single.chain(common) {
        for one in resources.iter_mut() {
            let kind = one.kind().to_owned();
            add(&mut one.tree, &["metadata", "labels"], pairs.pairs());
            if in_selectors {
                for path in selectors(&kind) {
                    add(&mut one.tree, path, pairs.pairs());
                }
                for path in present_selectors(&kind) {
                    if one.tree.at(path).is_some() {
                        add(&mut one.tree, path, pairs.pairs());
                    }
                }
            }
            if in_templates {
                for path in templates(&kind) {
                    let path: Vec<&str> = path.iter().copied().chain(["labels"]).collect();
                    add(&mut one.tree, &path, pairs.pairs());
                }
                // Only the selector labels reach the claims of a StatefulSet.
                if kind == "StatefulSet"
                    && let Some(Tree::List(claims)) =
                        one.tree.at_mut(&["spec", "volumeClaimTemplates"])
                {
                    for claim in claims {
                        add(claim, &["metadata", "labels"], pairs.pairs());
                    }
                }
            }
        }
    }
}

fn annotations(kustomization: &Kustomization, resources: &mut [Resource]) {
    let Some(pairs) = kustomization.tree.get("commonAnnotations") else {
        return;
    };
    for one in resources {
        let kind = one.kind().to_owned();
        add(&mut one.tree, &["metadata", "annotations"], pairs.pairs());
        for path in templates(&kind) {
            let path: Vec<&str> = path.iter().copied().chain(["annotations"]).collect();
            add(&mut one.tree, &path, pairs.pairs());
        }
    }
}

fn replicas(kustomization: &Kustomization, resources: &mut [Resource]) -> Result<(), Failure> {
    for item in kustomization.list("replicas") {
        let name = item.get("name").and_then(Tree::text).unwrap_or("");
        let Some(Tree::Leaf(count)) = item.get("count") else {
            continue;
        };
        let mut found = false;
        for one in resources.iter_mut() {
            let scales = matches!(
                one.kind(),
                "Deployment" | "ReplicationController" | "ReplicaSet" | "StatefulSet"
            );
            if scales && one.ids().any(|id| id.name == name) {
                found = true;
                if let Some(spec) = one.tree.mapping("spec") {
                    let key = Leaf::from("replicas", count.source.as_ref());
                    spec.set(key, Tree::Leaf(count.clone()));
                }
            }
        }
        if !found {
            let message =
                format!("`replicas` finds no Deployment, StatefulSet or ReplicaSet `{name}`");
            return Err(kustomization.failure(item, message));
        }
    }
    Ok(())
}

fn images(kustomization: &Kustomization, resources: &mut [Resource]) {
    for item in kustomization.list("images") {
        let text = |field: &str| item.get(field).and_then(Tree::text).unwrap_or("");
        let name = text("name").to_owned();
        for one in resources.iter_mut() {
            one.tree.walk(&mut |tree| {
                for list in ["containers", "initContainers"] {
                    let Some(Tree::List(containers)) = tree.get_mut(list) else {
                        continue;
                    };
                    for container in containers {
                        if let Some(Tree::Leaf(image)) = container.get_mut("image")
                            && let Some(new) = renamed(&image.text, &name, &text)
                        {
                            let place = ["newTag", "digest", "newName"]
                                .into_iter()
                                .find_map(|field| item.get(field).and_then(Tree::source));
                            *image = Leaf {
                                style: Style::DoubleQuoted,
                                ..Leaf::from(new, place)
                            };
                        }
                    }
                }
            });
        }
    }
}

/// The image under its new name and tag, if it is the one that is named.
fn renamed<'i>(image: &str, name: &str, text: &impl Fn(&str) -> &'i str) -> Option<String> {
    let (rest, digest) = match image.split_once('@') {
        Some((rest, digest)) => (rest, Some(digest)),
        None => (image, None),
    };
    let (own, tag) = match rest.rsplit_once(':') {
        Some((own, tag)) if !tag.contains('/') => (own, Some(tag)),
        _ => (rest, None),
    };
    if own != name {
        return None;
    }
    let base = match text("newName") {
        "" => own,
        new => new,
    };
    let (new_tag, new_digest) = (text("newTag"), text("digest"));
    Some(match (new_tag, new_digest) {
        ("", "") => match (tag, digest) {
            (_, Some(digest)) => format!("{base}@{digest}"),
            (Some(tag), None) => format!("{base}:{tag}{}", text("tagSuffix")),
            (None, None) => base.to_owned(),
        },
        (tag, "") => format!("{base}:{tag}"),
        ("", digest) => format!("{base}@{digest}"),
        (tag, digest) => format!("{base}:{tag}@{digest}"),
    })
}
