//! Facts of a consumer that several keys, or several files, decide together.

use super::{Decl, decl, effective, number, sized, text, truth};
use crate::client::{Client, ClientKind};
use crate::value::{Fact, Type, Value};
use crate::view::View;
use tunelint_base::{Entity, KafkaVersion, Location, Origin, Unit};

mod brokers;

const ON: Entity = Entity::Client;

pub(super) const FACTS: &[Decl] = &[
    decl(
        "consumer.auto_commits",
        ON,
        Type::Bool,
        "Whether a member of a group commits offsets by itself, by its settings or by default",
        auto_commits,
    ),
    decl(
        "consumer.brokers_bound_sessions",
        ON,
        Type::Bool,
        "Whether a broker of these files sets a bound for session timeouts",
        brokers::bound_sessions,
    ),
    decl(
        "consumer.duplicate_assignor",
        ON,
        Type::Str,
        "An assignor that `partition.assignment.strategy` names twice",
        duplicate_assignor,
    ),
    decl(
        "consumer.member",
        ON,
        Type::Bool,
        "Whether it is seen to join a group: it has a `group.id`, or Streams gives it one",
        member,
    ),
    decl(
        "consumer.partitions",
        ON,
        Type::Int,
        "The partitions of all topics that it reads, where `tunelint.toml` states them",
        partitions,
    ),
    decl(
        "consumer.protocol",
        ON,
        Type::Str,
        "The group protocol that it runs: classic, consumer (KIP-848), share (KIP-932) or streams (KIP-1071)",
        protocol,
    ),
    sized(
        "consumer.session_ceiling",
        ON,
        Unit::Millis,
        "The longest session timeout that a broker of these files accepts, else that brokers accept by default",
        brokers::ceiling,
    ),
    sized(
        "consumer.session_floor",
        ON,
        Unit::Millis,
        "The shortest session timeout that a broker of these files accepts, else that brokers accept by default",
        brokers::floor,
    ),
    decl(
        "setting.malformed_instance_id",
        Entity::Setting,
        Type::Bool,
        "Whether it is a `group.instance.id` that no consumer takes",
        malformed_instance_id,
    ),
    decl(
        "consumer.stateful_pod",
        ON,
        Type::Bool,
        "Whether it is known to run in the pods of a StatefulSet",
        stateful_pod,
    ),
];

fn consumer<'m>(view: &View<'m>) -> Result<&'m Client<'m>, Fact<'m>> {
    match view.client {
        Some(client) if client.kind == ClientKind::Consumer => Ok(client),
        _ => Err(Fact::unknown("the consumer")),
    }
}

/// The consumer that restores stores is there as a client only where a key with its prefix is.
fn restores(client: &Client<'_>) -> bool {
    client
        .settings
        .iter()
        .any(|entry| entry.setting.name.starts_with("restore.consumer."))
}

/// Streams' main consumer has the `application.id` for its group; the one that restores stores
/// has none (`StreamsConfig.getRestoreConsumerConfigs`).
fn member<'m>(view: &View<'m>) -> Fact<'m> {
    let client = match consumer(view) {
        Ok(client) => client,
        Err(unknown) => return unknown,
    };
    if client.parent.is_some() {
        return truth(!restores(client), []);
    }
    let named = client
        .entry("group.id")
        .filter(|entry| client.hides(entry.setting) || !entry.setting.value.trim().is_empty());
    truth(named.is_some(), [])
}

/// `KafkaConsumer` runs what `group.protocol` says since 3.7; before, the key is unknown. Streams
/// hands the key on up to 3.9, and then keeps its consumers to the classic protocol, but for a
/// hole in 4.0 and 4.1: the consumer's own prefix. Since 4.1 it has a key of that name itself.
fn protocol<'m>(view: &View<'m>) -> Fact<'m> {
    let client = match consumer(view) {
        Ok(client) => client,
        Err(unknown) => return unknown,
    };
    let version = client.kafka;
    if version < KafkaVersion::new(3, 7) {
        return text("classic");
    }
    let Some(entry) = client.entry("group.protocol") else {
        return text(if is_share(client) { "share" } else { "classic" });
    };
    let place = Location::new(entry.file, entry.setting.span);
    if client.hides(entry.setting) {
        return Fact::new(
            Value::unknown("group.protocol, behind a placeholder"),
            Origin::Set(place),
        );
    }
    let word = entry.setting.value.trim().to_ascii_lowercase();
    let own_prefix = entry.setting.name.starts_with("main.consumer.")
        || entry.setting.name.starts_with("restore.consumer.");
    let word = match client.parent {
        None => word,
        Some(_) if version < KafkaVersion::new(4, 0) => word,
        Some(_) if own_prefix && version < KafkaVersion::new(4, 2) => word,
        Some(_) if word == "streams" && version >= KafkaVersion::new(4, 1) && !own_prefix => word,
        Some(_) => return text("classic"),
    };
    let mut fact = Fact::set(Value::str(word.clone()), place);
    fact.parts = vec![(place, format!("`group.protocol` is {word}"))];
    fact
}

/// A `KafkaShareConsumer` is the only one that takes these keys; a file that is the whole
/// configuration of a `KafkaConsumer` is not one's.
fn is_share(client: &Client<'_>) -> bool {
    let has = |key: &str, since| client.kafka >= since && client.entry(key).is_some();
    client.parent.is_none()
        && !client.facts.complete
        && (has("share.acknowledgement.mode", KafkaVersion::new(4, 1))
            || has("share.acquire.mode", KafkaVersion::new(4, 2)))
}

/// `ConsumerConfig.maybeOverrideEnableAutoCommit`: without a group the default gives way. Streams
/// and share groups commit in ways of their own.
fn auto_commits<'m>(view: &View<'m>) -> Fact<'m> {
    let client = match consumer(view) {
        Ok(client) => client,
        Err(unknown) => return unknown,
    };
    let written = client.entry("enable.auto.commit").is_some();
    let in_group = member(view).value == Value::Bool(true);
    if client.parent.is_some() || is_share(client) || !(written || in_group) {
        return truth(false, []);
    }
    effective::of_client(view, client, "enable.auto.commit")
}

fn duplicate_assignor<'m>(view: &View<'m>) -> Fact<'m> {
    let client = match consumer(view) {
        Ok(client) => client,
        Err(unknown) => return unknown,
    };
    let Some(entry) = client.entry("partition.assignment.strategy") else {
        return Fact::absent();
    };
    if client.hides(entry.setting) {
        return Fact::unknown("partition.assignment.strategy, behind a placeholder");
    }
    let names: Vec<&str> = entry.setting.value.split(',').map(str::trim).collect();
    let mut twice = names
        .iter()
        .enumerate()
        .filter(|(at, name)| !name.is_empty() && names[..*at].contains(name));
    let place = Location::new(entry.file, entry.setting.span);
    twice.next().map_or_else(Fact::absent, |(_, name)| {
        Fact::set(Value::str(*name), place)
    })
}

/// `JoinGroupRequest.validateGroupInstanceId`.
fn malformed_instance_id<'m>(view: &View<'m>) -> Fact<'m> {
    let (Some(client), Some(entry)) = (view.client, view.setting) else {
        return Fact::unknown("the setting");
    };
    if entry.name != "group.instance.id" {
        return truth(false, []);
    }
    if client.hides(entry.setting) {
        return Fact::unknown("group.instance.id, behind a placeholder");
    }
    let id = entry.setting.value.trim();
    let legal = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
    let malformed =
        id.is_empty() || id.len() > 249 || matches!(id, "." | "..") || !id.chars().all(legal);
    truth(malformed, [])
}

fn partitions<'m>(view: &View<'m>) -> Fact<'m> {
    let spec = view.workload.and_then(|(_, workload)| workload.spec);
    let spec = spec.and_then(|at| view.model.options.workloads.get(at));
    match spec.and_then(|spec| Some((spec.partitions?, spec.location))) {
        Some((count, place)) => number(count, place),
        None => Fact::unknown("the number of partitions"),
    }
}

fn stateful_pod<'m>(view: &View<'m>) -> Fact<'m> {
    let stateful = view
        .container
        .is_some_and(|container| container.object.kind == "StatefulSet");
    truth(stateful, [])
}
