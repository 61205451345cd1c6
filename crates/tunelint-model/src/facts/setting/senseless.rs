//! Numbers that no ConfigDef refuses and that make no sense.

use super::{text, with};
use crate::client::ClientKind;
use crate::value::Fact;
use crate::view::View;
use tunelint_catalog::kafka::{Parsed, Scope, Type};

/// The key, the least number that makes sense, and what a smaller one does. Accepted by every client
/// from 2.4 to 4.5.
const LEAST: [(Scope, &str, i64, &str); 11] = [
    (
        Scope::Producer,
        "buffer.memory",
        1,
        "no record fits into the buffer",
    ),
    (
        Scope::Producer,
        "max.request.size",
        1,
        "no record is small enough to be sent",
    ),
    (
        Scope::Producer,
        "transaction.timeout.ms",
        1,
        "brokers refuse such a timeout for transactions",
    ),
    (
        Scope::Producer,
        "socket.connection.setup.timeout.ms",
        0,
        "a time cannot be negative",
    ),
    (
        Scope::Consumer,
        "socket.connection.setup.timeout.ms",
        0,
        "a time cannot be negative",
    ),
    (
        Scope::Admin,
        "socket.connection.setup.timeout.ms",
        0,
        "a time cannot be negative",
    ),
    (
        Scope::Streams,
        "num.stream.threads",
        0,
        "there cannot be fewer than no threads",
    ),
    (
        Scope::Streams,
        "num.standby.replicas",
        0,
        "there cannot be fewer than no standby replicas",
    ),
    (
        Scope::Streams,
        "buffered.records.per.partition",
        1,
        "no record may be buffered",
    ),
    (Scope::Streams, "poll.ms", 0, "a time cannot be negative"),
    (
        Scope::Streams,
        "state.cleanup.delay.ms",
        0,
        "a time cannot be negative",
    ),
];

pub(super) fn senseless<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |client, entry| {
        let broker_like = matches!(client.kind, ClientKind::Broker | ClientKind::Topic);
        if broker_like || client.hides(entry.setting) || view.refusal().is_some() {
            return Fact::absent();
        }
        let Ok(Parsed::Int(number)) = Type::Long.parse(&entry.setting.value) else {
            return Fact::absent();
        };
        let why = view.targets().iter().find_map(|target| {
            target.key.filter(|key| key.exists_in(client.kafka))?;
            LEAST
                .iter()
                .find(|(scope, key, least, _)| {
                    *scope == target.scope && *key == target.name && number < *least
                })
                .map(|(.., why)| *why)
        });
        why.map_or_else(Fact::absent, text)
    })
}
