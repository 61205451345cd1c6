//! Compose files: services with their image, environment, command and limits.

use super::command;
use super::environment;
use super::pod::{arguments, variable};
use crate::file::FileFacts;
use crate::fragment::Fragment;
use crate::kube::{
    Build, ContainerFacts, EnvFrom, EnvValue, EnvVar, Object, Platform, Pod, Sourced,
};
use crate::setting::is_secret_name;
use tunelint_syntax::yaml::{Node, Pair, Resolved, Schema};

mod limits;
mod text;

use limits::resources;
use text::{interpolated, item, words};

/// Reads a document, if it is a Compose file: `services:`, of which each has an image or is built.
pub(super) fn extract(facts: &mut FileFacts, fragment: &Fragment<'_>, root: Node<'_>) -> bool {
    let Some(services) = root.get("services").filter(|node| node.is_mapping()) else {
        return false;
    };
    let all: Vec<Pair<'_>> = services
        .pairs()
        .filter(|pair| pair.value.is_mapping())
        .collect();
    let is_service = |node: Node<'_>| {
        ["image", "build", "extends"]
            .iter()
            .any(|key| node.get(key).is_some())
    };
    if all.is_empty() || !all.iter().any(|pair| is_service(pair.value)) {
        return false;
    }
    let before = facts.objects.len();
    for pair in all {
        if let Some(name) = pair.key.scalar() {
            service(facts, fragment, fragment.sourced(name), pair.value);
        }
    }
    let ours = facts.objects[before..].iter().any(|object| {
        let containers = object.pod.iter().flat_map(|pod| &pod.containers);
        containers
            .into_iter()
            .any(|one| !one.options.is_empty() || one.start.java.is_some())
    });
    if ours {
        facts.add_role("Compose services with a JVM");
    }
    true
}

fn service(facts: &mut FileFacts, fragment: &Fragment<'_>, name: Sourced, node: Node<'_>) {
    let env = environment_of(fragment, node);
    for variable in &env {
        if let EnvValue::Literal(value) = &variable.value
            && is_secret_name(&variable.name.text)
        {
            facts.secrets.push(value.span);
        }
    }
    let options = env.iter().filter_map(|var| match &var.value {
        EnvValue::Literal(value) => variable(fragment, &var.name, value),
        _ => None,
    });
    let options = options.collect();
    let words = |key: &str| {
        node.get(key)
            .map_or(Vec::new(), |node| words(fragment, node))
    };
    let (entrypoint, command) = (words("entrypoint"), words("command"));
    let index = facts.objects.len();
    let replicas = node
        .at(&["deploy", "replicas"])
        .or_else(|| node.get("scale"))
        .and_then(|node| match node.resolve(Schema::Yaml12)? {
            Resolved::Int(count) => Some((i64::try_from(count).ok()?, fragment.span(node.span()))),
            _ => None,
        });
    let container = ContainerFacts {
        name: Some(name.clone()),
        image: node
            .get("image")
            .and_then(Node::scalar)
            .map(|s| interpolated(fragment.sourced(s))),
        start: command::read(fragment, &entrypoint, &command),
        arguments: arguments(&command),
        command: entrypoint,
        args: command,
        env,
        env_from: env_files(node),
        options,
        resources: resources(fragment, node),
        mounts: mounts(node),
        span: fragment.span(node.span()),
        unseen: node.get("extends").is_some(),
        node: None,
        sidecar: false,
    };
    let pod = Pod {
        containers: vec![container],
        ..Pod::default()
    };
    environment::clients(facts, &pod, index);
    facts.objects.push(Object {
        platform: Platform::Compose,
        kind: "Compose service".to_owned(),
        name: Some(name),
        span: fragment.span(node.span()),
        replicas,
        pod: Some(pod),
        build: node.get("build").map(build),
        ..Object::default()
    });
}

fn build(node: Node<'_>) -> Build {
    let text = |key: &str| node.get(key).and_then(Node::as_str).map(str::to_owned);
    match node.as_str() {
        Some(context) => Build {
            context: context.to_owned(),
            ..Build::default()
        },
        None => Build {
            context: text("context").unwrap_or_else(|| ".".to_owned()),
            dockerfile: text("dockerfile"),
            target: text("target"),
        },
    }
}

/// `A: b` or `- A=b`; without a value it comes from where Compose is run.
fn environment_of(fragment: &Fragment<'_>, node: Node<'_>) -> Vec<EnvVar> {
    let Some(node) = node.get("environment") else {
        return Vec::new();
    };
    if node.is_sequence() {
        let items = node.items().filter_map(Node::scalar);
        return items
            .map(|scalar| item(&fragment.sourced(scalar)))
            .collect();
    }
    let entries = node.entries().filter_map(|pair| {
        let value = match pair.value.scalar().filter(|_| !pair.value.is_null()) {
            Some(scalar) => EnvValue::Literal(interpolated(fragment.sourced(scalar))),
            None => EnvValue::Other,
        };
        Some(EnvVar {
            name: fragment.sourced(pair.key.scalar()?),
            value,
        })
    });
    entries.collect()
}

fn env_files(node: Node<'_>) -> Vec<EnvFrom> {
    let Some(node) = node.get("env_file") else {
        return Vec::new();
    };
    let one = node.as_str().into_iter();
    let many = node
        .items()
        .filter_map(|item| item.as_str().or_else(|| item.get("path")?.as_str()));
    let files = one.chain(many).map(|path| EnvFrom {
        config_map: None,
        file: Some(path.to_owned()),
        prefix: String::new(),
    });
    files.collect()
}

/// The files of the project that are mounted: source and target.
fn mounts(node: Node<'_>) -> Vec<(String, String)> {
    let items = node.get("volumes").into_iter().flat_map(Node::items);
    let mounts = items.filter_map(|item| match item.as_str() {
        Some(text) => {
            let (source, target) = text.split_once(':')?;
            Some((source.to_owned(), target.to_owned()))
        }
        None => Some((
            item.get("source")?.as_str()?.to_owned(),
            item.get("target")?.as_str()?.to_owned(),
        )),
    });
    mounts.collect()
}
