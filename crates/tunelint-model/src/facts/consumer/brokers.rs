//! The session timeouts that brokers accept: those of the files, where any is there.

use super::{consumer, effective, truth};
use crate::client::{Client, ClientKind};
use crate::value::{Fact, Value};
use crate::view::View;
use tunelint_base::origin::DefaultOf;
use tunelint_base::{Origin, Unit};
use tunelint_catalog::kafka::NEWEST_RELEASE;

/// `group.min.session.timeout.ms` of a broker, in milliseconds (GroupCoordinatorConfig).
const FLOOR: i64 = 6_000;
/// `group.max.session.timeout.ms` of a broker, in milliseconds, since 2.3.
const CEILING: i64 = 1_800_000;

pub(in crate::facts) fn floor<'m>(view: &View<'m>) -> Fact<'m> {
    bound(view, "group.min.session.timeout.ms", FLOOR, |a, b| a < b)
}

pub(in crate::facts) fn ceiling<'m>(view: &View<'m>) -> Fact<'m> {
    bound(view, "group.max.session.timeout.ms", CEILING, |a, b| a > b)
}

/// Whether a bound is somebody's decision, and not only what brokers do by default.
pub(in crate::facts) fn bound_sessions<'m>(view: &View<'m>) -> Fact<'m> {
    let keys = [
        "group.min.session.timeout.ms",
        "group.max.session.timeout.ms",
    ];
    let sets = |client: &Client<'_>| keys.iter().any(|key| client.entry(key).is_some());
    truth(brokers(view).any(sets), [])
}

fn brokers<'m>(view: &View<'m>) -> impl Iterator<Item = &'m Client<'m>> + use<'m> {
    let model = view.model;
    let linked = !model.options.no_link;
    model
        .clients
        .iter()
        .filter(move |client| linked && client.kind == ClientKind::Broker)
}

/// The most lenient of the brokers' bounds: which of them the consumer talks to is not known.
fn bound<'m>(
    view: &View<'m>,
    key: &'static str,
    default: i64,
    wider: impl Fn(i64, i64) -> bool,
) -> Fact<'m> {
    if let Err(unknown) = consumer(view) {
        return unknown;
    }
    let mut widest: Option<(i64, Fact<'m>)> = None;
    for broker in brokers(view) {
        let fact = effective::of_client(view, broker, key);
        let Some(value) = fact.int() else {
            return Fact::unknown(format!("{key} of a broker"));
        };
        if widest.as_ref().is_none_or(|(best, _)| wider(value, *best)) {
            widest = Some((value, fact));
        }
    }
    widest.map_or_else(
        || {
            let origin = Origin::Default(DefaultOf::Kafka(NEWEST_RELEASE));
            Fact::new(Value::Int(default), origin)
        },
        |(value, mut fact)| {
            if let Origin::Set(place) = fact.origin {
                let text = format!("`{key}` is {}", Unit::Millis.show(value));
                fact.parts = vec![(place, text)];
            }
            fact
        },
    )
}
