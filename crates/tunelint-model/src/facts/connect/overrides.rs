//! Facts of what a connector overrides of its clients, and whether its worker lets it.

use super::elements;
use crate::client::{Client, ClientKind};
use crate::facts::setting::{value_place, with};
use crate::facts::{Decl, decl, truth};
use crate::value::{Fact, Type, Value};
use crate::view::View;
use tunelint_base::{Entity, KafkaVersion};

const ON: Entity = Entity::Setting;

pub(super) const FACTS: &[Decl] = &[
    decl(
        "setting.override_policy",
        ON,
        Type::Str,
        "The policy by which the worker refuses what the connector overrides here: None, Principal or Allowlist",
        refusing,
    ),
    decl(
        "setting.override_worker_seen",
        ON,
        Type::Bool,
        "Whether there is one worker, which the connector will run on",
        |view| truth(worker(view).is_some(), []),
    ),
];

const PREFIXES: [&str; 3] = [
    "producer.override.",
    "consumer.override.",
    "admin.override.",
];

/// The only worker that the files hold.
fn worker<'m>(view: &View<'m>) -> Option<&'m Client<'m>> {
    if view.model.options.no_link {
        return None;
    }
    let mut workers = view
        .model
        .clients
        .iter()
        .filter(|client| client.kind == ClientKind::ConnectWorker);
    let one = workers.next()?;
    workers.next().is_none().then_some(one)
}

/// The policies that come with Kafka, by name or class. Allowlist is there from 4.2 on.
fn policy_of(name: &str) -> Option<&'static str> {
    let name = name.rsplit('.').next().unwrap_or(name);
    let name = name
        .strip_suffix("ConnectorClientConfigOverridePolicy")
        .unwrap_or(name);
    ["All", "None", "Principal", "Allowlist"]
        .into_iter()
        .find(|known| *known == name)
}

fn refusing<'m>(view: &View<'m>) -> Fact<'m> {
    const KEY: &str = "connector.client.config.override.policy";
    with(view, |client, entry| {
        let prefix = PREFIXES
            .iter()
            .find(|prefix| entry.name.starts_with(**prefix));
        let Some(prefix) = prefix.filter(|_| client.kind == ClientKind::Connector) else {
            return Fact::absent();
        };
        let key = &entry.name[prefix.len()..];
        let worker = worker(view);
        let written = worker.and_then(|worker| worker.entry(KEY));
        if let (Some(worker), Some(entry)) = (worker, written)
            && worker.hides(entry.setting)
        {
            return Fact::unknown("the worker's policy, behind a placeholder");
        }
        let version = worker.map_or(client.kafka, |worker| worker.kafka);
        let default = if version < KafkaVersion::new(3, 0) {
            "None"
        } else {
            "All"
        };
        let policy = match written {
            Some(entry) => policy_of(entry.setting.value.trim()),
            None => Some(default),
        };
        let principal = ["sasl.jaas.config", "sasl.mechanism", "security.protocol"];
        let refuses = match policy {
            Some("None") => true,
            Some("Principal") => !principal.contains(&key),
            Some("Allowlist") => {
                let listed = worker.and_then(|worker| {
                    worker.written("connector.client.config.override.allowlist")
                });
                !elements(listed.unwrap_or("")).any(|allowed| allowed == key)
            }
            _ => false,
        };
        match policy.filter(|_| refuses) {
            Some(policy) => Fact::set(Value::str(policy), value_place(entry)),
            None => Fact::absent(),
        }
    })
}
