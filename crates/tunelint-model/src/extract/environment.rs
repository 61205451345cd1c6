//! Kafka settings in the environment of a container, as the known images read them.

use super::framework;
use super::properties::note_secrets;
use crate::client::{ClientFacts, ClientKind, Place};
use crate::file::FileFacts;
use crate::kube::{ContainerFacts, EnvValue, Pod, Sourced};
use crate::recognise::recognise;
use crate::setting::{Setting, Style};
use tunelint_base::{OffsetMap, Span};

/// Makes a client of each container whose image turns variables into settings, and of the
/// variables that Spring Boot binds, whatever the image.
pub(super) fn clients(facts: &mut FileFacts, pod: &Pod, object: usize) {
    for (index, container) in pod.containers.iter().enumerate() {
        let place = Place::Environment(object, index);
        of_spring(facts, container, &place);
        of_image(facts, container, place);
    }
}

/// `SPRING_KAFKA_PRODUCER_ACKS` and the like.
fn of_spring(facts: &mut FileFacts, container: &ContainerFacts, place: &Place) {
    let settings = settings(container, spring_key);
    if settings.is_empty() {
        return;
    }
    note_secrets(facts, &settings);
    facts.add_role("Kafka settings of an application framework");
    framework::clients(facts, framework::documents(settings, &[]), place);
}

/// The key that Spring Boot binds a variable to. A name of Spring's own may have underscores in
/// any place; those below `PROPERTIES` stand for the dots of Kafka's key.
fn spring_key(variable: &str) -> Option<String> {
    let lower = variable.to_ascii_lowercase();
    let rest = lower.strip_prefix("spring_kafka_")?;
    let section = ["producer", "consumer", "streams", "admin"]
        .into_iter()
        .find_map(|section| Some((section, rest.strip_prefix(section)?.strip_prefix('_')?)));
    let (section, rest) = match section {
        Some((section, rest)) => (format!("{section}."), rest),
        None => (String::new(), rest),
    };
    Some(match rest.strip_prefix("properties_") {
        Some(name) => format!(
            "spring.kafka.{section}properties.{}",
            name.replace('_', ".")
        ),
        None => format!("spring.kafka.{section}{rest}"),
    })
}

fn of_image(facts: &mut FileFacts, container: &ContainerFacts, place: Place) {
    let image = container.image.as_ref().map_or("", |image| &image.text);
    let Some((prefix, kind)) = convention(image) else {
        return;
    };
    let settings = settings(container, |name| image_key(name, prefix));
    if recognise(settings.iter().map(|setting| &*setting.name), "").is_none() {
        return;
    }
    let Some(anchor) = settings.first().map(|setting| setting.span) else {
        return;
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
        place,
        section: None,
    });
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
    if image.ends_with("bitnami/kafka") || image.ends_with("bitnamilegacy/kafka") {
        return Some(("KAFKA_CFG_", ClientKind::Broker));
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

/// The variables that are settings, under the keys that `key` gives them.
fn settings(container: &ContainerFacts, key: impl Fn(&str) -> Option<String>) -> Vec<Setting> {
    let variables = container.env.iter().filter_map(|variable| {
        let name = key(&variable.name.text)?;
        let EnvValue::Literal(value) = &variable.value else {
            return Some(hidden(&variable.name, name));
        };
        Some(Setting {
            name: name.clone().into(),
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

/// A variable whose value comes from somewhere else: its key is set, nobody sees to what.
fn hidden(variable: &Sourced, name: String) -> Setting {
    let end = Span::empty(variable.span.end as usize);
    Setting {
        name: name.into(),
        written: variable.text.clone(),
        value: "".into(),
        span: variable.span,
        key_span: variable.span,
        value_span: end,
        lines: None,
        style: Style::Fixed,
        map: OffsetMap::starting_at(end.start as usize),
        placeholder: true,
    }
}

/// The key that an image's start script makes of a variable, unless the script keeps it for itself.
fn image_key(variable: &str, prefix: &str) -> Option<String> {
    const OWN: [&str; 5] = [
        "KAFKA_HEAP_OPTS",
        "KAFKA_OPTS",
        "KAFKA_JMX_OPTS",
        "KAFKA_JMX_PORT",
        "KAFKA_LOG4J_OPTS",
    ];
    let name = variable.strip_prefix(prefix)?;
    (!OWN.contains(&variable) && !name.starts_with("LOG4J")).then(|| dotted(name))
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
            spring_key("SPRING_KAFKA_CONSUMER_GROUP_ID").as_deref(),
            Some("spring.kafka.consumer.group_id")
        );
        assert_eq!(
            spring_key("SPRING_KAFKA_PRODUCER_PROPERTIES_LINGER_MS").as_deref(),
            Some("spring.kafka.producer.properties.linger.ms")
        );
        assert_eq!(
            short("registry:5000/apache/kafka:3.9.0"),
            "registry:5000/apache/kafka"
        );
    }
}
