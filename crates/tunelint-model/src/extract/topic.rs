//! Topics that an operator makes: Strimzi's, Confluent's and Koperator's `KafkaTopic`.

use super::yaml;
use crate::client::{ClientFacts, ClientKind, Place};
use crate::file::FileFacts;
use crate::fragment::Fragment;
use crate::kube::Topic;
use tunelint_syntax::yaml::{Node, Resolved, Schema};

/// Where an operator's resource says what.
struct Shape {
    /// What the resource's `apiVersion` begins with.
    api: &'static str,
    /// Below `spec`: the name in Kafka, where it is not the resource's own.
    name: &'static str,
    /// Below `spec`: the number of replicas; -1 leaves it to the brokers.
    replicas: &'static str,
    /// Below `spec`: the topic's configuration.
    config: &'static str,
}

const SHAPES: [Shape; 4] = [
    Shape {
        api: "kafka.strimzi.io/",
        name: "topicName",
        replicas: "replicas",
        config: "config",
    },
    Shape {
        api: "platform.confluent.io/",
        name: "name",
        replicas: "replicas",
        config: "configs",
    },
    Shape {
        api: "kafka.banzaicloud.io/",
        name: "name",
        replicas: "replicationFactor",
        config: "config",
    },
    Shape {
        api: "kafka.banzaicloud.com/",
        name: "name",
        replicas: "replicationFactor",
        config: "config",
    },
];

/// Reads a `KafkaTopic`. Without a configuration it is a topic all the same, with all defaults.
pub(super) fn extract(
    facts: &mut FileFacts,
    fragment: &Fragment<'_>,
    root: Node<'_>,
) -> Option<Topic> {
    let api = root.get("apiVersion").and_then(Node::as_str)?;
    let shape = SHAPES.iter().find(|shape| api.starts_with(shape.api))?;
    let spec = root.get("spec")?;
    let name = spec
        .get(shape.name)
        .or_else(|| root.at(&["metadata", "name"]))
        .and_then(Node::scalar);
    let topic = Topic {
        name: name.map(|scalar| fragment.sourced(scalar)),
        replicas: spec
            .get(shape.replicas)
            .and_then(|node| count(fragment, node)),
    };
    let place = Place::Section(format!("spec.{}", shape.config));
    let why = format!("it is `spec.{}` of a KafkaTopic", shape.config);
    let config = spec.get(shape.config);
    let empty = config.is_none_or(|node| node.is_mapping() && node.pairs().next().is_none());
    match config {
        Some(config) if !empty => {
            yaml::client_of(facts, fragment, ClientKind::Topic, &why, config, place);
        }
        _ if empty => {
            let anchor = topic.name.as_ref().map(|name| name.span);
            facts.clients.push(ClientFacts {
                kind: ClientKind::Topic,
                why: "it is a KafkaTopic".to_owned(),
                settings: Vec::new(),
                complete: false,
                kafka: facts.directives.kafka,
                anchor: anchor.unwrap_or_else(|| fragment.span(root.span())),
                insert: None,
                place,
                section: None,
            });
        }
        _ => {}
    }
    Some(topic)
}

fn count(fragment: &Fragment<'_>, node: Node<'_>) -> Option<(i64, tunelint_base::Span)> {
    match node.resolve(Schema::Yaml11)? {
        Resolved::Int(count) => {
            let count = i64::try_from(count).ok().filter(|count| *count > 0)?;
            Some((count, fragment.span(node.span())))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::client::ClientKind;
    use crate::extract;

    #[test]
    fn operators_topics_are_read() {
        let head =
            |api: &str| format!("apiVersion: {api}\nkind: KafkaTopic\nmetadata: {{name: a}}\n");
        let cases = [
            (
                "kafka.strimzi.io/v1beta2",
                "spec: {topicName: b, replicas: 3}",
                "b",
                Some(3),
                0,
            ),
            (
                "platform.confluent.io/v1beta1",
                "spec: {replicas: 2, configs: {retention.ms: 1}}",
                "a",
                Some(2),
                1,
            ),
            (
                "kafka.banzaicloud.io/v1alpha1",
                "spec: {name: c, replicationFactor: -1, config: {a.b: 1}}",
                "c",
                None,
                1,
            ),
        ];
        for (api, spec, name, replicas, settings) in cases {
            let facts = extract("topic.yaml", &format!("{}{spec}\n", head(api)));
            let topic = facts.objects[0].topic.as_ref().expect("a topic");
            assert_eq!(topic.name.as_ref().map(|name| &*name.text), Some(name));
            assert_eq!(topic.replicas.map(|(count, _)| count), replicas, "{api}");
            assert_eq!(facts.clients[0].kind, ClientKind::Topic);
            assert_eq!(facts.clients[0].settings.len(), settings, "{api}");
        }
        let other = extract(
            "topic.yaml",
            &format!("{}spec: {{replicas: 1}}\n", head("example.com/v1")),
        );
        assert!(other.clients.is_empty());
        // What a template fills in is not known to be empty.
        let templated = "spec:\n  config: {{ .Values.config }}\n";
        let templated = extract(
            "topic.yaml",
            &format!("{}{templated}", head("kafka.strimzi.io/v1")),
        );
        assert!(templated.clients.is_empty());
    }
}
