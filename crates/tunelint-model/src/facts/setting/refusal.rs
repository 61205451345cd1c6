//! Why Kafka refuses a value, and who would.

use super::{value_place, with};
use crate::client::{Client, ClientKind};
use crate::facts::security::tls;
use crate::facts::{bootstrap, text, truth};
use crate::librdkafka;
use crate::validity::is_known;
use crate::value::{Fact, Value};
use crate::view::View;
use tunelint_catalog::kafka::{self, Fault};

/// Whether the client logs in by SASL, as it says itself: only then is its JAAS configuration read.
pub(in crate::facts) fn uses_sasl(client: &Client<'_>) -> bool {
    client
        .written("security.protocol")
        .is_some_and(|protocol| protocol.to_ascii_uppercase().starts_with("SASL_"))
}

/// Whether Kafka refuses a value that holds more than its text: by the key's own check, or because
/// a class or an address is looked for by that name. Measured on clients 2.8 to 4.5.
pub(in crate::facts) fn refused_as_it_stands(view: &View<'_>) -> bool {
    const STRICT: [&str; 3] = [
        "interceptor.classes",
        "metric.reporters",
        "partition.assignment.strategy",
    ];
    let Some(client) = view.client else {
        return false;
    };
    let mut parsed = view.targets().iter().filter(|target| target.parsed);
    let read = parsed.find_map(|target| {
        let key = target.key.filter(|key| key.exists_in(client.kafka))?;
        Some((key.ty(client.kafka), key.name()))
    });
    let strictly =
        read.is_some_and(|(ty, name)| ty == kafka::Type::Class || STRICT.contains(&name));
    let refused_at_load = view.refusal().is_some_and(|refusal| refusal.at_load);
    strictly || refused_at_load || bootstrap::is_refused(view) || tls::is_refused(view)
}

pub(super) fn fault<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |client, entry| {
        if client.hides(entry.setting) {
            return Fact::unknown("a value behind a placeholder");
        }
        let word = view.refusal().map_or("", |refusal| match refusal.fault {
            Fault::WrongType { .. } => "type",
            Fault::TooBig { .. } | Fault::OutOfRange { .. } | Fault::TooMany { .. } => "range",
            Fault::NotOneOf { .. } => "enum",
            Fault::Empty => "empty",
            Fault::EmptyElement | Fault::Duplicate | Fault::Malformed { .. } => "form",
        });
        // A number that is missing is of the wrong type; what else is empty has a fault of its own.
        Fact::set(Value::str(word), value_place(entry))
    })
}

pub(super) fn expected<'m>(view: &View<'m>) -> Fact<'m> {
    view.refusal()
        .map_or_else(Fact::absent, |refusal| text(refusal.fault.to_string()))
}

pub(super) fn handed_on<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |client, _| {
        if client.kind == ClientKind::Librdkafka {
            return truth(librdkafka::is_mixed(client), []);
        }
        let targets = view.targets();
        truth(
            !targets.is_empty() && targets.iter().all(|target| !target.parsed),
            [],
        )
    })
}

pub(super) fn known<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |client, entry| {
        let known = match client.kind {
            ClientKind::Librdkafka => librdkafka::key(&entry).is_some(),
            _ => is_known(view.targets(), client.kafka),
        };
        truth(known, [])
    })
}
