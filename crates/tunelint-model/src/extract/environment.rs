//! Kafka settings in the environment of a container, as the known images read them.

use super::properties::note_secrets;
use crate::client::{ClientFacts, ClientKind, Place};
use crate::file::FileFacts;
use crate::kube::{ContainerFacts, EnvValue, Pod};
use crate::recognise::recognise;
use crate::setting::Setting;

/// Makes a client of each container whose image turns variables into settings.
pub(super) fn clients(facts: &mut FileFacts, pod: &Pod, object: usize) {
    for (index, container) in pod.containers.iter().enumerate() {
        let image = container.image.as_ref().map_or("", |image| &image.text);
        let Some((prefix, kind)) = convention(image) else {
            continue;
        };
        let settings = settings(container, prefix);
        if recognise(settings.iter().map(|setting| &*setting.name), "").is_none() {
            continue;
        }
        let Some(anchor) = settings.first().map(|setting| setting.span) else {
            continue;
        };
        note_secrets(facts, &settings);
        facts.add_role(format!("Kafka {} configuration", kind.as_str()));
        facts.clients.push(ClientFacts {
            kind,
            why: format!(
                "the image `{}` reads variables that begin with `{prefix}`",
                short(image)
            ),
            settings,
            complete: false,
            kafka: facts.directives.kafka,
            anchor,
            insert: None,
            place: Place::Environment(object, index),
        });
    }
}

/// Images whose start script writes a configuration from variables, and what they begin with.
fn convention(image: &str) -> Option<(&'static str, ClientKind)> {
    let image = short(image);
    if image.contains("kafka-connect")
        || image.contains("server-connect")
        || image.ends_with("debezium/connect")
    {
        return Some(("CONNECT_", ClientKind::ConnectWorker));
    }
    let broker = [
        "confluentinc/cp-kafka",
        "confluentinc/cp-server",
        "apache/kafka",
        "apache/kafka-native",
    ];
    broker
        .iter()
        .any(|name| image.ends_with(name))
        .then_some(("KAFKA_", ClientKind::Broker))
}

/// The image without its tag and digest.
fn short(image: &str) -> &str {
    let image = image.split('@').next().unwrap_or(image);
    match image.rsplit_once(':') {
        Some((name, tag)) if !tag.contains('/') => name,
        _ => image,
    }
}

fn settings(container: &ContainerFacts, prefix: &str) -> Vec<Setting> {
    let own = [
        "KAFKA_HEAP_OPTS",
        "KAFKA_OPTS",
        "KAFKA_JMX_OPTS",
        "KAFKA_JMX_PORT",
        "KAFKA_LOG4J_OPTS",
    ];
    let variables = container.env.iter().filter_map(|variable| {
        let EnvValue::Literal(value) = &variable.value else {
            return None;
        };
        let name = variable.name.text.strip_prefix(prefix)?;
        if own.contains(&&*variable.name.text) || name.starts_with("LOG4J") {
            return None;
        }
        Some(Setting {
            name: dotted(name).into(),
            written: variable.name.text.clone(),
            value: value.text.clone(),
            span: variable.name.span.cover(value.span),
            key_span: variable.name.span,
            value_span: value.span,
            lines: None,
            style: value.style,
            map: value.map.clone(),
            placeholder: value.placeholder,
        })
    });
    variables.collect()
}

/// `OFFSET_STORAGE_TOPIC` is `offset.storage.topic`; two underscores stand for one, three for a dash.
fn dotted(name: &str) -> String {
    let lower = name.to_ascii_lowercase();
    lower
        .replace("___", "-")
        .replace("__", "\u{1}")
        .replace('_', ".")
        .replace('\u{1}', "_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_become_keys() {
        assert_eq!(dotted("OFFSET_STORAGE_TOPIC"), "offset.storage.topic");
        assert_eq!(dotted("A__B___C"), "a_b-c");
        assert_eq!(
            short("registry:5000/apache/kafka:3.9.0"),
            "registry:5000/apache/kafka"
        );
    }
}
