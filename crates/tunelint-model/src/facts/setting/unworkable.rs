//! Numbers that no ConfigDef refuses and that cannot work.

use super::{text, with};
use crate::client::ClientKind;
use crate::value::Fact;
use crate::view::View;
use tunelint_catalog::kafka::{Parsed, Scope, Type};

/// Whose key, the key, the least number that works, and what a smaller one does. Accepted by every client
/// from 2.4 to 4.5.
const LEAST: [(&[Scope], &str, i64, &str); 3] = [
    (
        &[Scope::Producer],
        "max.request.size",
        1,
        "no record is small enough to be sent",
    ),
    (
        &[Scope::Producer],
        "transaction.timeout.ms",
        1,
        "brokers begin no transaction with such a timeout",
    ),
    (
        &[Scope::Producer, Scope::Consumer, Scope::Admin],
        "socket.connection.setup.timeout.ms",
        1,
        "no connection is made in that time",
    ),
];

pub(super) fn unworkable<'m>(view: &View<'m>) -> Fact<'m> {
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
                .find(|(scopes, key, least, _)| {
                    scopes.contains(&target.scope) && *key == target.name && number < *least
                })
                .map(|(.., why)| *why)
        });
        why.map_or_else(Fact::absent, text)
    })
}
