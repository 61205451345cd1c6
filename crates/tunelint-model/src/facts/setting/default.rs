//! The default of a key, and whether a value repeats it.

use super::with;
use crate::client::{Client, ClientKind};
use crate::facts::truth;
use crate::librdkafka;
use crate::value::{Fact, Value};
use crate::view::View;
use tunelint_base::Origin;
use tunelint_base::origin::DefaultOf;
use tunelint_catalog::kafka;

fn default_text(view: &View<'_>, client: &Client<'_>) -> Option<&'static str> {
    if client.kind == ClientKind::Librdkafka {
        return librdkafka::key(&view.setting?)?.canonical().default;
    }
    // `StreamsConfig.postProcessParsedConfig` puts another default there.
    let commits = view
        .setting
        .is_some_and(|entry| entry.name == "commit.interval.ms");
    if commits && client.kind == crate::ClientKind::Streams && client.is_exactly_once() {
        return Some("100");
    }
    let target = view
        .targets()
        .iter()
        .find(|target| target.key.is_some_and(|key| key.exists_in(client.kafka)))?;
    let handed = view
        .setting
        .and_then(|entry| crate::embedded::handed(client, entry.name, target.scope));
    handed.or_else(|| target.key?.default(client.kafka).text())
}

pub(super) fn default<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |client, _| {
        let origin = Origin::Default(match client.kind {
            ClientKind::Librdkafka => DefaultOf::Librdkafka,
            _ => DefaultOf::Kafka(client.kafka),
        });
        default_text(view, client)
            .map_or_else(Fact::absent, |value| Fact::new(Value::str(value), origin))
    })
}

/// The same once parsed: `16384` and `+16384` are one default. Only where one reader decides what
/// the default is; inside Streams that is what it hands its clients.
pub(super) fn is_default<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |client, entry| {
        if client.kind == ClientKind::Librdkafka {
            return truth(librdkafka::is_default(client, &entry), []);
        }
        let readers = view
            .targets()
            .iter()
            .filter(|target| target.key.is_some_and(|key| key.exists_in(client.kafka)))
            .count();
        // A framework's default is not Kafka's.
        let framework = client.facts.framework();
        let own = framework.is_some_and(|it| it.default(client.kind, entry.name).is_some());
        let own = own || crate::embedded::overrides(client, entry.name);
        if readers != 1 || own || client.hides(entry.setting) || view.refusal().is_some() {
            return truth(false, []);
        }
        let key = view.targets().iter().find_map(|target| target.key);
        let same = key
            .zip(default_text(view, client))
            .is_some_and(|(key, default)| {
                let parse = |text| kafka::check(key, client.kafka, text).ok();
                parse(default) == parse(&entry.setting.value)
            });
        truth(same, [])
    })
}
