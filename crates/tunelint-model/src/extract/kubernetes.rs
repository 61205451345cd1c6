//! Kubernetes objects.

use super::{environment, operator, operator_jvm, pod, properties, topic, yaml, yaml_options};
use crate::client::Place;
use crate::file::FileFacts;
use crate::fragment::Fragment;
use crate::kube::{Body, DataEntry, Object};
use crate::setting::is_secret_name;
use std::collections::BTreeMap;
use tunelint_syntax::yaml::{Node, Resolved, Schema};

/// Reads a document, if it is an object, a list of them, or a part of a pod.
pub(super) fn extract(
    facts: &mut FileFacts,
    fragment: &Fragment<'_>,
    body: &Body,
    root: Node<'_>,
) -> bool {
    let kind = root
        .get("kind")
        .and_then(Node::as_str)
        .filter(|_| root.get("apiVersion").is_some());
    match kind {
        // Lists of one kind, as the API server gives them: `PodList`.
        Some(kind) if kind.ends_with("List") && root.get("items").is_some() => {
            let items: Vec<Node<'_>> = root
                .get("items")
                .into_iter()
                .flat_map(Node::items)
                .collect();
            for item in items {
                extract(facts, fragment, body, item);
            }
            true
        }
        Some(kind) => {
            object(facts, fragment, body, root, kind);
            true
        }
        None => bare_pod(facts, fragment, body, root),
    }
}

/// `containers:` without an object around it, as in documents and patches.
fn bare_pod(facts: &mut FileFacts, fragment: &Fragment<'_>, body: &Body, root: Node<'_>) -> bool {
    let spec = [
        root.get("spec"),
        root.at(&["template", "spec"]),
        root.at(&["spec", "template", "spec"]),
        Some(root),
    ];
    let found = spec.into_iter().flatten().find(|node| {
        node.get("containers").is_some_and(|list| {
            list.items()
                .any(|item| item.is_mapping() && item.get("name").is_some())
        })
    });
    let Some(spec) = found else { return false };
    facts.add_role("part of a Kubernetes pod");
    let pod = pod::pod(facts, fragment, spec, None);
    facts.objects.push(Object {
        span: fragment.span(root.span()),
        pod: Some(pod),
        body: Some(body.of(root, true)),
        ..Object::default()
    });
    true
}

fn object(facts: &mut FileFacts, fragment: &Fragment<'_>, body: &Body, root: Node<'_>, kind: &str) {
    facts.add_role(format!("Kubernetes {kind}"));
    let index = facts.objects.len();
    let name = root
        .at(&["metadata", "name"])
        .and_then(Node::scalar)
        .map(|scalar| fragment.sourced(scalar));
    let annotations = root
        .at(&["metadata", "annotations"])
        .into_iter()
        .flat_map(Node::pairs)
        .filter_map(|pair| {
            let key = pair.key.as_str()?.strip_prefix("tunelint.dev/")?;
            Some((
                key.to_owned(),
                pair.value.as_str()?.to_owned(),
                fragment.span(pair.key.span()),
            ))
        });
    let replicas =
        root.at(&["spec", "replicas"])
            .and_then(|node| match node.resolve(Schema::Yaml11)? {
                Resolved::Int(count) => {
                    Some((i64::try_from(count).ok()?, fragment.span(node.span())))
                }
                _ => None,
            });
    let found = Object {
        kind: kind.to_owned(),
        name,
        namespace: root
            .at(&["metadata", "namespace"])
            .and_then(Node::as_str)
            .map(str::to_owned),
        labels: strings(root.at(&["metadata", "labels"])),
        annotations: annotations.collect(),
        span: fragment.span(root.span()),
        replicas,
        body: Some(body.of(root, is_patch(root, kind))),
        ..Object::default()
    };
    facts.objects.push(found);
    if let Some((spec, template)) = pod_spec(root, kind) {
        let mut pod = pod::pod(
            facts,
            fragment,
            spec,
            template.and_then(|t| t.get("metadata")),
        );
        environment::clients(facts, &pod, index);
        if kind == "Pod" {
            pod.labels = facts.objects[index].labels.clone();
        }
        facts.objects[index].pod = Some(pod);
    }
    data(facts, fragment, root, kind, index);
    operator::custom_resource(facts, fragment, root, kind);
    operator_jvm::containers(facts, fragment, root, index);
    let others = !matches!(kind, "ConfigMap" | "Secret") && facts.objects[index].pod.is_none();
    if let Some(spec) = root.get("spec").filter(|_| others) {
        yaml_options::extract(facts, fragment, spec);
    }
    if kind == "KafkaTopic" {
        facts.objects[index].topic = topic::extract(facts, fragment, root);
    }
}

/// Whether a pod is only a part of one, to be merged with the rest: a container without an image.
fn is_patch(root: Node<'_>, kind: &str) -> bool {
    let Some((spec, _)) = pod_spec(root, kind) else {
        return false;
    };
    let containers = spec.get("containers");
    let mut items = containers.into_iter().flat_map(Node::items);
    containers.is_none() || items.any(|container| container.get("image").is_none())
}

/// The pod's spec and the template that it stands in.
fn pod_spec<'y>(root: Node<'y>, kind: &str) -> Option<(Node<'y>, Option<Node<'y>>)> {
    let template = match kind {
        "Pod" => return root.get("spec").map(|spec| (spec, None)),
        "Deployment"
        | "StatefulSet"
        | "DaemonSet"
        | "ReplicaSet"
        | "ReplicationController"
        | "Job" => root.at(&["spec", "template"])?,
        "CronJob" => root.at(&["spec", "jobTemplate", "spec", "template"])?,
        _ => return None,
    };
    Some((template.get("spec")?, Some(template)))
}

/// The entries of a ConfigMap or Secret, linted in place where they are Kafka's.
fn data(facts: &mut FileFacts, fragment: &Fragment<'_>, root: Node<'_>, kind: &str, index: usize) {
    let sections: &[&str] = match kind {
        "ConfigMap" => &["data"],
        "Secret" => &["stringData", "data"],
        _ => return,
    };
    for section in sections {
        for pair in root.get(section).into_iter().flat_map(Node::pairs) {
            let (Some(key), Some(value)) = (pair.key.scalar(), pair.value.scalar()) else {
                continue;
            };
            let (key, text) = (fragment.sourced(key), fragment.sourced(value));
            if kind == "Secret" {
                // What a Secret holds is secret, whatever it is; its properties are not read out.
                facts.secrets.push(text.span);
                facts.secrets.push(fragment.span(value.span));
                continue;
            }
            if is_secret_name(&key.text) {
                facts.secrets.push(text.span);
            }
            if is_text_file(&key.text) {
                let inner = fragment.inner(value.text.to_string(), &value.map());
                let place = Place::Data(index, key.text.to_string());
                entry(facts, &inner, &key.text, place);
            }
            let options = super::pod::variable(fragment, &key, &text);
            facts.objects[index]
                .data
                .push(DataEntry { key, text, options });
        }
    }
}

fn is_text_file(key: &str) -> bool {
    [
        ".properties",
        ".config",
        ".conf",
        ".cfg",
        ".yaml",
        ".yml",
        ".json",
    ]
    .iter()
    .any(|end| key.ends_with(end))
}

fn entry(facts: &mut FileFacts, inner: &Fragment<'_>, key: &str, place: Place) {
    if [".yaml", ".yml", ".json"]
        .iter()
        .any(|end| key.ends_with(end))
    {
        yaml::extract(facts, inner, &place);
    } else {
        properties::extract_at(facts, inner, key, place);
    }
}

/// A mapping of strings.
pub(super) fn strings(node: Option<Node<'_>>) -> BTreeMap<String, String> {
    let pairs = node.into_iter().flat_map(Node::pairs);
    pairs
        .filter_map(|pair| {
            Some((
                pair.key.as_str()?.to_owned(),
                pair.value.as_str()?.to_owned(),
            ))
        })
        .collect()
}
