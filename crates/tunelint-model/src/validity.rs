//! What Kafka makes of one key and value.

use crate::client::{Client, ClientKind, Entry, Target};
use crate::embedded::is_unread;
use tunelint_base::KafkaVersion;
use tunelint_catalog::kafka::{self, Fault, Scope};

/// What is wrong with a value, and by whose rule.
#[derive(Clone, Copy, Debug)]
pub struct Refusal {
    /// The fault.
    pub fault: Fault,
    /// Whether it is refused when the configuration is loaded; otherwise by what it is handed to.
    pub at_load: bool,
}

/// Judges the value of an entry that `targets` read. `None`: it is accepted, or cannot be seen.
#[must_use]
pub fn refusal(client: &Client<'_>, entry: &Entry<'_>, targets: &[Target<'_>]) -> Option<Refusal> {
    if client.hides(entry.setting) {
        return None;
    }
    if client.kind == ClientKind::Librdkafka {
        return crate::librdkafka::refusal(client, entry);
    }
    let (name, value) = (entry.name, &*entry.setting.value);
    let known: Vec<&Target<'_>> = targets
        .iter()
        .filter(|target| target.key.is_some_and(|key| key.exists_in(client.kafka)))
        .filter(|target| !is_unread(client, name, target.scope))
        .filter(|target| !is_left_to_constructors(client, target))
        .collect();
    let judged = known.iter().filter_map(|target| {
        let key = target.key?;
        let fault = kafka::check(key, client.kafka, value).err()?;
        Some(Refusal {
            fault,
            at_load: target.parsed,
        })
    });
    let refusals: Vec<Refusal> = judged.collect();
    // One reader's no is enough where all of them read it; where only one of them will, and
    // nobody knows which, all must refuse.
    let all_read = matches!(client.kind, ClientKind::Streams);
    if !all_read && refusals.len() < known.len() {
        return None;
    }
    refusals.into_iter().max_by_key(|refusal| refusal.at_load)
}

/// What the constructors of the clients inside Streams look at, and none of the configurations: the
/// name of a static member, which Streams lengthens first, and the addresses.
fn is_left_to_constructors(client: &Client<'_>, target: &Target<'_>) -> bool {
    client.kind == ClientKind::Streams
        && target.scope != Scope::Streams
        && matches!(target.name, "group.instance.id" | "bootstrap.servers")
}

/// Whether any of the readers knows the key in that version.
#[must_use]
pub fn is_known(targets: &[Target<'_>], version: KafkaVersion) -> bool {
    targets
        .iter()
        .any(|target| target.key.is_some_and(|key| key.exists_in(version)))
}
