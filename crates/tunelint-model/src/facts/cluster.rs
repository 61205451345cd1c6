//! Facts of the cluster that a client talks to, as far as brokers stand in the workspace.

use super::{Decl, decl, effective, sized, truth};
use crate::client::{Client, ClientKind};
use crate::value::{Fact, Type, Value};
use crate::view::View;
use tunelint_base::origin::DefaultOf;
use tunelint_base::{Entity, Origin, Unit};
use tunelint_catalog::kafka::{self, Scope};

pub(super) const FACTS: &[Decl] = &[
    sized(
        "cluster.message_limit",
        Entity::Client,
        Unit::Bytes,
        "The largest batch that some broker or topic in the workspace takes; absent where no broker is there",
        message_limit,
    ),
    decl(
        "cluster.min_isr",
        Entity::Client,
        Type::Int,
        "`min.insync.replicas` of the brokers in the workspace, the greatest; absent where there are none",
        min_isr,
    ),
    decl(
        "cluster.seen",
        Entity::Client,
        Type::Bool,
        "Whether a broker's configuration stands in the workspace",
        seen,
    ),
    sized(
        "cluster.replica_lag",
        Entity::Client,
        Unit::Millis,
        "`replica.lag.time.max.ms` of the brokers in the workspace, the least; else Kafka's default",
        replica_lag,
    ),
    sized(
        "cluster.transaction_timeout",
        Entity::Client,
        Unit::Millis,
        "`transaction.max.timeout.ms` of the brokers in the workspace, the greatest; else Kafka's default",
        transaction_timeout,
    ),
];

/// The brokers in the workspace. Where each file stands for itself there is no workspace.
fn brokers<'m>(view: &View<'m>) -> impl Iterator<Item = &'m Client<'m>> {
    let model = view.model;
    let joined = !model.options.no_link;
    model
        .clients
        .iter()
        .filter(move |client| joined && client.kind == ClientKind::Broker)
}

fn seen<'m>(view: &View<'m>) -> Fact<'m> {
    truth(brokers(view).next().is_some(), [])
}

/// What the brokers set for `key`. Nothing says which of several clusters a client talks to, so
/// `prefer` chooses the one that finds the least fault with it. `None` where there is no broker.
fn of_brokers<'m>(
    view: &View<'m>,
    key: &'static str,
    prefer: fn(i64, i64) -> bool,
) -> Option<Fact<'m>> {
    let mut best: Option<Fact<'m>> = None;
    for broker in brokers(view) {
        let fact = effective::of_client(view, broker, key);
        let Some(value) = fact.int() else {
            return Some(Fact::unknown(key));
        };
        if best
            .as_ref()
            .and_then(Fact::int)
            .is_none_or(|known| prefer(value, known))
        {
            best = Some(fact);
        }
    }
    best
}

/// The brokers' word, else the default of a broker of the client's version.
fn or_default<'m>(view: &View<'m>, key: &'static str, prefer: fn(i64, i64) -> bool) -> Fact<'m> {
    let Some(client) = view.client else {
        return Fact::unknown("the client");
    };
    of_brokers(view, key, prefer).unwrap_or_else(|| {
        let default = kafka::find(Scope::Broker, key)
            .and_then(|key| key.default(client.kafka).text())
            .and_then(|text| text.parse().ok());
        let origin = Origin::Default(DefaultOf::Kafka(client.kafka));
        default.map_or_else(
            || Fact::unknown(key),
            |value| Fact::new(Value::Int(value), origin),
        )
    })
}

/// `message.max.bytes` of the brokers or `max.message.bytes` of a topic, whichever is greatest:
/// nothing says which topic a producer writes to.
fn message_limit<'m>(view: &View<'m>) -> Fact<'m> {
    let Some(of_brokers) = of_brokers(view, "message.max.bytes", |one, other| one > other) else {
        return Fact::absent();
    };
    let mut best = of_brokers;
    let topics = view.model.clients.iter();
    for topic in topics.filter(|client| client.kind == ClientKind::Topic) {
        if topic.entry("max.message.bytes").is_none() {
            continue;
        }
        let fact = effective::of_client(view, topic, "max.message.bytes");
        match (fact.int(), best.int()) {
            (Some(value), Some(known)) if value > known => best = fact,
            (Some(_), Some(_)) => {}
            _ => return Fact::unknown("max.message.bytes"),
        }
    }
    best
}

fn min_isr<'m>(view: &View<'m>) -> Fact<'m> {
    let greatest = of_brokers(view, "min.insync.replicas", |one, other| one > other);
    greatest.unwrap_or_else(Fact::absent)
}

fn replica_lag<'m>(view: &View<'m>) -> Fact<'m> {
    or_default(view, "replica.lag.time.max.ms", |one, other| one < other)
}

fn transaction_timeout<'m>(view: &View<'m>) -> Fact<'m> {
    or_default(view, "transaction.max.timeout.ms", |one, other| one > other)
}
