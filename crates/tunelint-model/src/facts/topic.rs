//! Facts of a topic's configuration.

use super::{Decl, decl, effective, text, truth};
use crate::client::{Client, ClientKind};
use crate::kube::Topic;
use crate::value::{Fact, Type, Value};
use crate::view::View;
use tunelint_base::{Entity, KafkaVersion, Location, Origin};

const ON: Entity = Entity::Client;

pub(super) const FACTS: &[Decl] = &[
    decl(
        "topic.certain",
        ON,
        Type::Bool,
        "Whether it is certainly a topic's: a custom resource or a directive says so",
        certain,
    ),
    decl(
        "topic.name",
        ON,
        Type::Str,
        "The topic's name: that of its resource, else of its file",
        name,
    ),
    decl(
        "topic.other_codec",
        ON,
        Type::Str,
        "The codec of the producers in the workspace, where none of them has the topic's",
        other_codec,
    ),
    decl(
        "topic.replication_factor",
        ON,
        Type::Int,
        "How many replicas the topic's resource asks for; absent where it leaves that to the brokers",
        replication_factor,
    ),
    decl(
        "topic.tiered_conflict",
        ON,
        Type::Str,
        "What a broker with tiered storage refuses about a topic with `remote.storage.enable`",
        tiered_conflict,
    ),
];

fn topic<'m>(view: &View<'m>) -> Result<&'m Client<'m>, Fact<'m>> {
    match view.client {
        Some(client) if client.kind == ClientKind::Topic => Ok(client),
        _ => Err(Fact::unknown("the topic")),
    }
}

/// The resource that the configuration stands in.
fn resource<'m>(view: &View<'m>, client: &Client<'m>) -> Option<&'m Topic> {
    let facts = &view.model.file(client.file)?.facts;
    let anchor = client.facts.anchor;
    let mut around = facts
        .objects
        .iter()
        .filter(|object| object.span.start <= anchor.start && anchor.end <= object.span.end);
    around.find_map(|object| object.topic.as_ref())
}

fn certain<'m>(view: &View<'m>) -> Fact<'m> {
    match topic(view) {
        Ok(client) => {
            let stated = view
                .model
                .file(client.file)
                .is_some_and(|file| file.facts.directives.kind == Some(Some(ClientKind::Topic)));
            truth(stated || resource(view, client).is_some(), [])
        }
        Err(unknown) => unknown,
    }
}

fn name<'m>(view: &View<'m>) -> Fact<'m> {
    let client = match topic(view) {
        Ok(client) => client,
        Err(unknown) => return unknown,
    };
    if let Some(topic) = resource(view, client) {
        return match &topic.name {
            Some(name) if !name.placeholder => Fact::set(
                Value::str(&*name.text),
                Location::new(client.file, name.span),
            ),
            _ => Fact::unknown("the topic's name"),
        };
    }
    let path = view.model.file(client.file).map_or("", |file| &file.path);
    let file = path.rsplit('/').next().unwrap_or(path);
    text(file.split('.').next().unwrap_or(file))
}

fn replication_factor<'m>(view: &View<'m>) -> Fact<'m> {
    let client = match topic(view) {
        Ok(client) => client,
        Err(unknown) => return unknown,
    };
    match resource(view, client).and_then(|topic| topic.replicas) {
        Some((count, span)) => Fact::set(Value::Int(count), Location::new(client.file, span)),
        None => Fact::absent(),
    }
}

/// A broker compresses anew what comes in another codec than the topic's, and leaves alone what
/// comes in the topic's own or where the topic says `producer`.
fn other_codec<'m>(view: &View<'m>) -> Fact<'m> {
    let client = match topic(view) {
        Ok(client) => client,
        Err(unknown) => return unknown,
    };
    let Some(wanted) = client.written("compression.type") else {
        return Fact::absent();
    };
    if wanted == "producer" || view.model.options.no_link {
        return Fact::absent();
    }
    let wanted = if wanted == "uncompressed" {
        "none"
    } else {
        wanted
    };
    let mut other: Option<Fact<'m>> = None;
    let producers = view.model.clients.iter();
    for producer in producers.filter(|client| client.kind == ClientKind::Producer) {
        let fact = effective::of_client(view, producer, "compression.type");
        match &fact.value {
            Value::Str(codec) if codec == wanted => return Fact::absent(),
            Value::Str(_) => {}
            _ => return Fact::unknown("compression.type of a producer"),
        }
        // One that somebody wrote has a place to show.
        if other.is_none() || matches!(fact.origin, Origin::Set(_)) {
            other = Some(fact);
        }
    }
    other.unwrap_or_else(Fact::absent)
}

/// `LogConfig.validateTopicLogConfigValues`, for a cluster with tiered storage.
fn tiered_conflict<'m>(view: &View<'m>) -> Fact<'m> {
    let client = match topic(view) {
        Ok(client) => client,
        Err(unknown) => return unknown,
    };
    let flag = |key| effective::of_client(view, client, key).value == Value::Bool(true);
    if client.kafka < KafkaVersion::new(3, 6) || !flag("remote.storage.enable") {
        return Fact::absent();
    }
    let at = |key: &str| {
        let entry = client.entry(key)?;
        Some(Location::new(entry.file, entry.setting.span))
    };
    if let Value::List(policies) = effective::of_client(view, client, "cleanup.policy").value
        && policies.contains(&Value::str("compact"))
        && let Some(place) = at("cleanup.policy")
    {
        return Fact::set(Value::str("it cannot be compacted"), place);
    }
    let no_copy = client.kafka >= KafkaVersion::new(3, 9) && flag("remote.log.copy.disable");
    for (local_key, key) in [
        ("local.retention.ms", "retention.ms"),
        ("local.retention.bytes", "retention.bytes"),
    ] {
        let local = effective::of_client(view, client, local_key).int();
        let whole = effective::of_client(view, client, key).int();
        let (Some(local), Some(whole)) = (local, whole) else {
            continue;
        };
        let Some(place) = at(local_key).filter(|_| local != -2) else {
            continue;
        };
        let fault = if no_copy && local != whole {
            format!(
                "with `remote.log.copy.disable`, `{local_key}` ({local}) must equal `{key}` ({whole})"
            )
        } else if whole != -1 && local == -1 {
            format!("`{local_key}` is unlimited (-1), but `{key}` is {whole}")
        } else if whole != -1 && local > whole {
            format!("`{local_key}` ({local}) is above `{key}` ({whole})")
        } else {
            continue;
        };
        return Fact::set(Value::str(fault), place);
    }
    Fact::absent()
}
