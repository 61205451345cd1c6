//! Custom resources that hold Kafka configurations: Strimzi's and those of Confluent for Kubernetes.

use super::{connector, properties, yaml};
use crate::client::{ClientFacts, ClientKind, Place};
use crate::file::FileFacts;
use crate::fragment::Fragment;
use crate::setting::{Setting, Style};
use tunelint_syntax::properties::parse;
use tunelint_syntax::yaml::Node;

/// A kind of resource, where its configuration stands, and what reads it.
type Row = (&'static str, &'static [&'static str], ClientKind);

/// A mapping of keys to values (`kafka.strimzi.io`).
const STRIMZI: [Row; 6] = [
    (
        "KafkaConnect",
        &["spec", "config"],
        ClientKind::ConnectWorker,
    ),
    ("KafkaConnector", &["spec", "config"], ClientKind::Connector),
    ("Kafka", &["spec", "kafka", "config"], ClientKind::Broker),
    (
        "KafkaBridge",
        &["spec", "producer", "config"],
        ClientKind::Producer,
    ),
    (
        "KafkaBridge",
        &["spec", "consumer", "config"],
        ClientKind::Consumer,
    ),
    (
        "KafkaBridge",
        &["spec", "adminClient", "config"],
        ClientKind::Admin,
    ),
];

/// A mapping of keys to values (`platform.confluent.io`).
const CONFLUENT: [Row; 1] = [("Connector", &["spec", "configs"], ClientKind::Connector)];

/// A list of `key=value` (`platform.confluent.io`).
const OVERRIDES: [Row; 3] = [
    (
        "Kafka",
        &["spec", "configOverrides", "server"],
        ClientKind::Broker,
    ),
    (
        "KRaftController",
        &["spec", "configOverrides", "server"],
        ClientKind::Broker,
    ),
    (
        "Connect",
        &["spec", "configOverrides", "server"],
        ClientKind::ConnectWorker,
    ),
];

/// Reads the configurations of an object, if its kind is one that has any.
pub(super) fn custom_resource(
    facts: &mut FileFacts,
    fragment: &Fragment<'_>,
    root: Node<'_>,
    kind: &str,
) {
    let version = root
        .get("apiVersion")
        .and_then(Node::as_str)
        .unwrap_or_default();
    let mappings: &[Row] = if version.starts_with("kafka.strimzi.io/") {
        &STRIMZI
    } else if version.starts_with("platform.confluent.io/") {
        overrides(facts, fragment, root, kind);
        &CONFLUENT
    } else {
        return;
    };
    for (_, path, client) in mappings.iter().filter(|(name, ..)| *name == kind) {
        if let Some(config) = root.at(path) {
            let (why, place) = at(path, kind);
            let more = if *client == ClientKind::Connector {
                own_fields(fragment, root)
            } else {
                Vec::new()
            };
            yaml::client_with(facts, fragment, *client, &why, config, more, &place);
        }
    }
}

/// What an operator puts into a connector's configuration from other fields of the resource.
fn own_fields(fragment: &Fragment<'_>, root: Node<'_>) -> Vec<Setting> {
    let field = |parent: &str, key: &str, name: &str| {
        connector::setting(fragment, root.get(parent)?, key, name)
    };
    let fields = [
        field("spec", "class", "connector.class"),
        field("spec", "tasksMax", "tasks.max"),
        field("spec", "taskMax", "tasks.max"),
        field("metadata", "name", "name"),
    ];
    fields.into_iter().flatten().collect()
}

fn at(path: &[&str], kind: &str) -> (String, Place) {
    let path = path.join(".");
    (format!("it is `{path}` of a {kind}"), Place::Section(path))
}

fn overrides(facts: &mut FileFacts, fragment: &Fragment<'_>, root: Node<'_>, kind: &str) {
    for (_, path, client) in OVERRIDES.iter().filter(|(name, ..)| *name == kind) {
        let items = root.at(path).into_iter().flat_map(Node::items);
        let settings: Vec<Setting> = items.filter_map(|item| line(fragment, item)).collect();
        let Some(first) = settings.first() else {
            continue;
        };
        let anchor = first.span;
        properties::note_secrets(facts, &settings);
        let (why, place) = at(path, kind);
        facts.clients.push(ClientFacts {
            kind: *client,
            why,
            settings,
            complete: false,
            kafka: facts.directives.kafka,
            anchor,
            insert: None,
            place,
            section: None,
        });
    }
}

/// One `key=value` of a list. Each is a line of the properties file that the operator writes.
fn line(fragment: &Fragment<'_>, item: Node<'_>) -> Option<Setting> {
    let scalar = item.scalar()?;
    let inner = fragment.inner(scalar.text.to_string(), &scalar.map());
    let properties = parse(&inner.text);
    let entry = properties.entries().next()?;
    let mut setting = properties::setting(&inner, entry);
    setting.style = Style::Fixed;
    setting.lines = None;
    setting.placeholder |= scalar.templated;
    Some(setting)
}
