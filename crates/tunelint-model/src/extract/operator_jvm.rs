//! JVM options in custom resources: Strimzi's `jvmOptions`, `configOverrides.jvm` of Confluent for
//! Kubernetes.

use super::jvm::split_blanks;
use super::launch::flag;
use super::pod::resources;
use crate::file::FileFacts;
use crate::fragment::Fragment;
use crate::jvm::{Carrier, Flag, OptionString};
use crate::kube::{ContainerFacts, Object, Platform, Pod};
use crate::setting::is_secret_name;
use tunelint_base::{OffsetMap, Span};
use tunelint_syntax::yaml::{Node, Pair, Scalar};

/// Where the components of Strimzi's resources stand.
const STRIMZI: [(&str, &[&[&str]]); 6] = [
    (
        "Kafka",
        &[
            &["spec", "kafka"],
            &["spec", "zookeeper"],
            &["spec", "cruiseControl"],
            &["spec", "entityOperator", "topicOperator"],
            &["spec", "entityOperator", "userOperator"],
        ],
    ),
    ("KafkaNodePool", &[&["spec"]]),
    ("KafkaConnect", &[&["spec"]]),
    ("KafkaMirrorMaker2", &[&["spec"]]),
    ("KafkaMirrorMaker", &[&["spec"]]),
    ("KafkaBridge", &[&["spec"]]),
];

/// Makes a container of each component that has options, with its resources.
pub(super) fn containers(
    facts: &mut FileFacts,
    fragment: &Fragment<'_>,
    root: Node<'_>,
    index: usize,
) {
    let text = |key: &str| root.get(key).and_then(Node::as_str).unwrap_or("");
    let (version, kind) = (text("apiVersion"), text("kind"));
    let mut found: Vec<ContainerFacts> = Vec::new();
    if version.starts_with("kafka.strimzi.io/") {
        let row = STRIMZI.iter().find(|(name, _)| *name == kind);
        for path in row.into_iter().flat_map(|(_, paths)| *paths) {
            let Some(section) = root.at(path) else {
                continue;
            };
            let Some(options) = section.pair("jvmOptions") else {
                continue;
            };
            let strings = strimzi(facts, fragment, options);
            found.extend(container(fragment, section, section, strings));
        }
    } else if version.starts_with("platform.confluent.io/")
        && let Some(overrides) = root.at(&["spec", "configOverrides"])
        && let Some(pair) = overrides.pair("jvm")
    {
        let items = pair.value.items().filter_map(Node::scalar);
        let flags = items.flat_map(|scalar| {
            split_blanks(&fragment.inner(scalar.text.to_string(), &scalar.map()))
        });
        let string = string(fragment, "configOverrides.jvm", pair, flags.collect());
        let spec = root.get("spec").unwrap_or(root);
        let template = spec.get("podTemplate").unwrap_or(spec);
        found.extend(container(fragment, spec, template, vec![string]));
    }
    if found.is_empty() {
        return;
    }
    facts.add_role("JVM options");
    if let Some(object) = facts.objects.get_mut(index) {
        give(object, found);
    }
}

fn give(object: &mut Object, containers: Vec<ContainerFacts>) {
    object.platform = Platform::Operator;
    object.pod = Some(Pod {
        containers,
        ..Pod::default()
    });
}

fn container(
    fragment: &Fragment<'_>,
    section: Node<'_>,
    limits: Node<'_>,
    options: Vec<OptionString>,
) -> Option<ContainerFacts> {
    let has_flags = options.iter().any(|string| !string.flags.is_empty());
    has_flags.then(|| ContainerFacts {
        options,
        resources: resources(fragment, limits),
        span: fragment.span(section.span()),
        // The operator adds options of its own.
        unseen: true,
        ..ContainerFacts::default()
    })
}

fn string(fragment: &Fragment<'_>, name: &str, pair: Pair<'_>, flags: Vec<Flag>) -> OptionString {
    let name_span = fragment.span(pair.key.span());
    OptionString {
        carrier: Carrier::Script,
        name: name.into(),
        name_span,
        flags,
        span: name_span,
        stands: None,
    }
}

/// The options of `jvmOptions`, in the order in which the operator gives them: the heap, then the
/// `-XX` ones with those first that unlock others, then the system properties.
fn strimzi(facts: &mut FileFacts, fragment: &Fragment<'_>, options: Pair<'_>) -> Vec<OptionString> {
    let mut heap = Vec::new();
    for key in ["-Xms", "-Xmx"] {
        if let Some(pair) = options.value.pair(key) {
            heap.extend(joined(fragment, pair, |value| format!("{key}{value}")));
        }
    }
    let mut others: Vec<(String, Flag)> = Vec::new();
    for pair in options.value.get("-XX").into_iter().flat_map(Node::entries) {
        let Some(name) = pair.name() else { continue };
        let found = joined(fragment, pair, |value| match &*value.to_ascii_lowercase() {
            "true" => format!("-XX:+{name}"),
            "false" => format!("-XX:-{name}"),
            _ => format!("-XX:{name}={value}"),
        });
        if matches!(name, "MaxRAMPercentage" | "InitialRAMPercentage") {
            heap.extend(found);
        } else {
            others.extend(found.map(|flag| (name.to_owned(), flag)));
        }
    }
    others.sort_by_key(|(name, _)| (!name.starts_with("Unlock"), name.clone()));
    let properties = options.value.get("javaSystemProperties");
    let properties = properties.into_iter().flat_map(Node::items);
    let properties = properties.filter_map(|item| {
        let (name, value) = (item.get("name")?.scalar()?, item.get("value")?.scalar()?);
        let (name, value) = (fragment.sourced(name), fragment.sourced(value));
        if is_secret_name(&name.text) {
            facts.secrets.push(value.span);
        }
        let text = format!("-D{}={}", name.text, value.text);
        Some(whole(&text, name.span.cover(value.span), value.placeholder))
    });
    let properties: Vec<Flag> = properties.collect();
    let others = others.into_iter().map(|(_, flag)| flag).collect();
    vec![
        string(fragment, "KAFKA_HEAP_OPTS", options, heap),
        string(fragment, "KAFKA_JVM_PERFORMANCE_OPTS", options, others),
        string(fragment, "KAFKA_OPTS", options, properties),
    ]
}

/// The option that a key and its value make.
fn joined(fragment: &Fragment<'_>, pair: Pair<'_>, make: impl Fn(&str) -> String) -> Option<Flag> {
    let scalar: &Scalar = pair.value.scalar()?;
    let value = fragment.sourced(scalar);
    let span = fragment.span(pair.key.span()).cover(value.span);
    Some(whole(&make(&value.text), span, value.placeholder))
}

/// An option that a range stands for as a whole.
fn whole(text: &str, span: Span, placeholder: bool) -> Flag {
    let mut map = OffsetMap::starting_at(span.start as usize);
    map.push_escape(span, text.len());
    flag(text, span, map, placeholder)
}
