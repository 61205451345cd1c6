//! Pods: containers, their environment, command, resources and volumes.

use super::command;
use super::jvm::{looks_like_options, split_string};
use super::kubernetes::strings;
use crate::file::FileFacts;
use crate::fragment::Fragment;
use crate::jvm::{Carrier, OptionString, carrier_of};
use crate::kube::{
    Amount, ContainerFacts, EnvFrom, EnvValue, EnvVar, MemoryVolume, Pod, Resources, Sourced,
    Volume, quantity_text,
};
use crate::setting::is_secret_name;
use crate::start::Start;
use tunelint_base::quantity::{kubernetes_bytes, kubernetes_millicores};
use tunelint_syntax::yaml::{Node, Schema};

/// Reads a pod's spec.
pub(super) fn pod(
    facts: &mut FileFacts,
    fragment: &Fragment<'_>,
    spec: Node<'_>,
    metadata: Option<Node<'_>>,
) -> Pod {
    let mut read = |list: &str| -> Vec<ContainerFacts> {
        let nodes = spec.get(list).into_iter().flat_map(Node::items);
        nodes.map(|node| container(facts, fragment, node)).collect()
    };
    let mut containers = read("containers");
    let (sidecars, init) = read("initContainers")
        .into_iter()
        .partition(|container: &ContainerFacts| container.sidecar);
    containers.extend::<Vec<_>>(sidecars);
    Pod {
        labels: strings(metadata.and_then(|metadata| metadata.get("labels"))),
        containers,
        init,
        node: Some(spec.id()),
        volumes: spec
            .get("volumes")
            .into_iter()
            .flat_map(Node::items)
            .map(|node| volume(fragment, node))
            .collect(),
    }
}

fn volume(fragment: &Fragment<'_>, node: Node<'_>) -> Volume {
    let name =
        |node: Node<'_>, path: &[&str]| node.at(path).and_then(Node::as_str).map(str::to_owned);
    let mut volume = Volume {
        name: name(node, &["name"]).unwrap_or_default(),
        ..Volume::default()
    };
    volume
        .config_maps
        .extend(name(node, &["configMap", "name"]));
    volume.secrets.extend(name(node, &["secret", "secretName"]));
    let medium = node.at(&["emptyDir", "medium"]);
    volume.memory = medium
        .filter(|medium| medium.as_str() == Some("Memory"))
        .map(|medium| {
            let size = node.at(&["emptyDir", "sizeLimit"]).and_then(Node::scalar);
            MemoryVolume {
                span: size.map_or_else(
                    || fragment.span(medium.span()),
                    |size| fragment.span(size.span),
                ),
                size_limit: size.map(|size| size.text.to_string()),
            }
        });
    for source in node
        .at(&["projected", "sources"])
        .into_iter()
        .flat_map(Node::items)
    {
        volume
            .config_maps
            .extend(name(source, &["configMap", "name"]));
        volume.secrets.extend(name(source, &["secret", "name"]));
    }
    volume
}

fn container(facts: &mut FileFacts, fragment: &Fragment<'_>, node: Node<'_>) -> ContainerFacts {
    let text = |name: &str| {
        node.get(name)
            .and_then(Node::scalar)
            .map(|scalar| fragment.sourced(scalar))
    };
    let list = |name: &str| {
        let items = node
            .get(name)
            .into_iter()
            .flat_map(Node::items)
            .filter_map(Node::scalar);
        items
            .map(|scalar| fragment.sourced(scalar))
            .collect::<Vec<Sourced>>()
    };
    let env: Vec<EnvVar> = node
        .get("env")
        .into_iter()
        .flat_map(Node::items)
        .filter_map(|item| env_var(fragment, item))
        .collect();
    for variable in &env {
        if let EnvValue::Literal(value) = &variable.value
            && is_secret_name(&variable.name.text)
        {
            facts.secrets.push(value.span);
        }
    }
    let mounts = node
        .get("volumeMounts")
        .into_iter()
        .flat_map(Node::items)
        .filter_map(|mount| {
            let name = mount.get("name").and_then(Node::as_str)?;
            Some((
                name.to_owned(),
                mount
                    .get("mountPath")
                    .and_then(Node::as_str)
                    .unwrap_or("")
                    .to_owned(),
            ))
        });
    let options: Vec<OptionString> = env
        .iter()
        .filter_map(|var| match &var.value {
            EnvValue::Literal(value) => variable(fragment, &var.name, value),
            _ => None,
        })
        .collect();
    let (command, args) = (list("command"), list("args"));
    let start = command::read(fragment, &command, &args);
    ContainerFacts {
        name: text("name"),
        image: text("image"),
        env,
        env_from: node
            .get("envFrom")
            .into_iter()
            .flat_map(Node::items)
            .map(env_from)
            .collect(),
        arguments: arguments(&args),
        command,
        args,
        options,
        start,
        unseen: false,
        resources: resources(fragment, node),
        mounts: mounts.collect(),
        span: fragment.span(node.span()),
        node: Some(node.id()),
        sidecar: node.get("restartPolicy").and_then(Node::as_str) == Some("Always"),
    }
}

/// What arguments say to a `java` that the image starts.
pub(super) fn arguments(args: &[Sourced]) -> Start {
    let words: Vec<&Sourced> = args.iter().collect();
    match words.first() {
        Some(first) => command::arguments(first.span, &words),
        None => Start::default(),
    }
}

/// The JVM options in a variable, if it holds some.
pub(super) fn variable(
    fragment: &Fragment<'_>,
    name: &Sourced,
    value: &Sourced,
) -> Option<OptionString> {
    let carrier = carrier_of(&name.text)
        .or_else(|| looks_like_options(&value.text).then_some(Carrier::Script))?;
    // The value's map already leads to the file.
    let inner = Fragment {
        text: value.text.to_string().into(),
        map: Some(value.map.clone()),
        file: fragment.file,
    };
    let flags = split_string(carrier, &inner);
    let options = OptionString {
        carrier,
        name: name.text.clone(),
        name_span: name.span,
        flags,
        span: value.span,
        stands: None,
    };
    (!options.flags.is_empty()).then_some(options)
}

fn env_var(fragment: &Fragment<'_>, item: Node<'_>) -> Option<EnvVar> {
    let name = fragment.sourced(item.get("name")?.scalar()?);
    let from = item.get("valueFrom");
    let key_of = |source: &str| {
        let source = from?.get(source)?;
        let name = source.get("name").and_then(Node::as_str)?;
        Some((
            name.to_owned(),
            source.get("key").and_then(Node::as_str)?.to_owned(),
        ))
    };
    let value = if let Some(scalar) = item.get("value").and_then(Node::scalar) {
        EnvValue::Literal(fragment.sourced(scalar))
    } else if let Some((map, key)) = key_of("configMapKeyRef") {
        EnvValue::ConfigMapKey(map, key)
    } else if key_of("secretKeyRef").is_some() {
        EnvValue::SecretKey
    } else {
        EnvValue::Other
    };
    Some(EnvVar { name, value })
}

fn env_from(item: Node<'_>) -> EnvFrom {
    EnvFrom {
        config_map: item
            .at(&["configMapRef", "name"])
            .and_then(Node::as_str)
            .map(str::to_owned),
        file: None,
        prefix: item
            .get("prefix")
            .and_then(Node::as_str)
            .unwrap_or("")
            .to_owned(),
    }
}

/// What the container asks for and may use.
pub(super) fn resources(fragment: &Fragment<'_>, container: Node<'_>) -> Resources {
    let pair = container
        .pairs()
        .find(|pair| pair.key.as_str() == Some("resources"));
    let Some(pair) = pair else {
        return Resources::default();
    };
    let node = pair.value;
    let amount = |section: &str, name: &str| {
        let at = node.at(&[section, name])?;
        let text = fragment.sourced(at.scalar()?);
        let quantity = quantity_text(&text.text, at.resolve(Schema::Yaml11)?)?;
        let read = if name == "cpu" {
            kubernetes_millicores(&quantity)
        } else {
            kubernetes_bytes(&quantity)
        };
        let value = read.ok().filter(|_| !text.placeholder);
        Some(Amount { text, value })
    };
    // Where nothing stands after the colon, a template's action may have stood.
    let unknown = |node: Option<Node<'_>>| {
        node.is_some_and(|node| {
            node.is_unknown()
                || node.scalar().is_some_and(|scalar| scalar.templated)
                || node.is_null()
        })
    };
    Resources {
        key: Some(fragment.span(pair.key.span())),
        templated: unknown(Some(node))
            || unknown(node.get("limits"))
            || unknown(node.get("requests")),
        memory_limit: amount("limits", "memory"),
        memory_request: amount("requests", "memory"),
        cpu_limit: amount("limits", "cpu"),
        cpu_request: amount("requests", "cpu"),
    }
}
