//! What Kafka makes of one key and value.

use crate::client::{Client, ClientKind, Entry, Target};
use tunelint_base::KafkaVersion;
use tunelint_catalog::kafka::{self, Fault, Key, Scope, embedded};

/// What is wrong with a value, and by whose rule.
#[derive(Clone, Copy, Debug)]
pub struct Refusal {
    /// The fault.
    pub fault: Fault,
    /// The key whose ConfigDef refuses.
    pub key: &'static Key,
    /// Whether it is refused when the configuration is loaded; otherwise by what it is handed to.
    pub at_load: bool,
}

/// Judges the value of an entry that `targets` read. `None`: it is accepted, or cannot be seen.
#[must_use]
pub fn refusal(client: &Client<'_>, entry: &Entry<'_>, targets: &[Target<'_>]) -> Option<Refusal> {
    if client.hides(entry.setting) {
        return None;
    }
    let (name, value) = (entry.name, &*entry.setting.value);
    let known: Vec<&Target<'_>> = targets
        .iter()
        .filter(|target| target.key.is_some_and(|key| key.exists_in(client.kafka)))
        .filter(|target| !is_overwritten(client, name, target))
        .collect();
    let judged = known.iter().filter_map(|target| {
        let key = target.key?;
        let fault = kafka::check(key, client.kafka, value).err()?;
        Some(Refusal {
            fault,
            key,
            at_load: target.parsed,
        })
    });
    let refusals: Vec<Refusal> = judged.collect();
    // One reader's no is enough where all of them read it; where only one of them will, and
    // nobody knows which, all must refuse.
    let all_read = matches!(client.kind, crate::ClientKind::Streams);
    if !all_read && refusals.len() < known.len() {
        return None;
    }
    refusals.into_iter().max_by_key(|refusal| refusal.at_load)
}

/// Whether Kafka Streams puts a value of its own in place of what is written, so that the embedded
/// client never parses it.
fn is_overwritten(client: &Client<'_>, name: &str, target: &Target<'_>) -> bool {
    let inner = match (client.kind, target.scope) {
        (ClientKind::Streams, Scope::Consumer) => embedded::Client::StreamsMain,
        (ClientKind::Streams, Scope::Producer) => embedded::Client::StreamsProducer,
        _ => return false,
    };
    let exactly_once = client.is_exactly_once();
    let forced = embedded::forced(inner, target.name, client.kafka, exactly_once);
    forced.is_some_and(|forced| {
        let own_prefix =
            name.starts_with("main.consumer.") || name.starts_with("restore.consumer.");
        !(forced.yields_to_own_prefix && own_prefix)
    })
}

/// Whether any of the readers knows the key in that version.
#[must_use]
pub fn is_known(targets: &[Target<'_>], version: KafkaVersion) -> bool {
    targets
        .iter()
        .any(|target| target.key.is_some_and(|key| key.exists_in(version)))
}
