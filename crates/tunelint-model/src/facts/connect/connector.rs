//! Facts of a connector: which way its records go, and the topics that it reads.

use super::{elements, is_whole, of, place};
use crate::client::{Client, ClientKind};
use crate::facts::{Decl, decl, text};
use crate::value::{Fact, Type, Value};
use regex::Regex;
use tunelint_base::Entity;

const ON: Entity = Entity::Client;

pub(super) const FACTS: &[Decl] = &[
    decl(
        "connector.direction",
        ON,
        Type::Str,
        "Which way the records go, by the name of the connector's class: source, into Kafka, or sink, out of it",
        |view| {
            of(view, ClientKind::Connector, |client| {
                direction(client).map_or_else(Fact::absent, text)
            })
        },
    ),
    decl(
        "connector.dlq_in_input",
        ON,
        Type::Str,
        "The dead letter topic, where it is one of the topics that the sink reads",
        |view| of(view, ClientKind::Connector, dlq_in_input),
    ),
    decl(
        "connector.topics_given",
        ON,
        Type::Str,
        "How a connector names its topics: topics, regex, both or none",
        |view| {
            of(view, ClientKind::Connector, |client| {
                match topics_given(client) {
                    none if none.value == Value::str("none") && !is_whole(view) => {
                        Fact::unknown("the topics, which may stand elsewhere")
                    }
                    given => given,
                }
            })
        },
    ),
];

/// By the last word of the class; Debezium's connectors are sources but for the one for JDBC.
fn direction(client: &Client<'_>) -> Option<&'static str> {
    let class = client.written("connector.class")?;
    let name = class.rsplit('.').next().unwrap_or(class);
    let mirrors = [
        "MirrorSourceConnector",
        "MirrorCheckpointConnector",
        "MirrorHeartbeatConnector",
    ];
    if name.contains("Sink") {
        Some("sink")
    } else if name.contains("Source")
        || class.starts_with("io.debezium.connector.")
        || mirrors.contains(&name)
    {
        Some("source")
    } else {
        None
    }
}

/// `SinkConnectorConfig.hasTopicsConfig` and `hasTopicsRegexConfig`: not blank.
fn topics_given<'m>(client: &'m Client<'m>) -> Fact<'m> {
    let given = |key: &str| {
        let entry = client.entry(key)?;
        let is_there = client.hides(entry.setting) || !entry.setting.value.trim().is_empty();
        is_there.then_some(entry)
    };
    match (given("topics"), given("topics.regex")) {
        (Some(one), Some(other)) => {
            let mut fact = Fact::set(Value::str("both"), place(other));
            fact.parts = vec![(place(one), "the topics by name".to_owned())];
            fact
        }
        (Some(entry), None) => Fact::set(Value::str("topics"), place(entry)),
        (None, Some(entry)) => Fact::set(Value::str("regex"), place(entry)),
        (None, None) => text("none"),
    }
}

/// `SinkConnectorConfig.validate`, since 2.5: by name, or matched as a whole by the expression.
fn dlq_in_input<'m>(client: &'m Client<'m>) -> Fact<'m> {
    const DLQ: &str = "errors.deadletterqueue.topic.name";
    let (Some(topic), Some(entry)) = (client.written(DLQ), client.entry(DLQ)) else {
        return Fact::absent();
    };
    if topic.is_empty() {
        return Fact::absent();
    }
    let named = client
        .written("topics")
        .is_some_and(|topics| elements(topics).any(|name| name == topic));
    let matched = match client.written("topics.regex") {
        Some(pattern) if !pattern.is_empty() => match Regex::new(&format!("^(?:{pattern})$")) {
            Ok(regex) => regex.is_match(topic),
            // Java knows more than can be asked here, such as looking ahead.
            Err(_) => return Fact::unknown("what `topics.regex` matches"),
        },
        _ => false,
    };
    if named || matched {
        Fact::set(Value::str(topic), place(entry))
    } else {
        Fact::absent()
    }
}
