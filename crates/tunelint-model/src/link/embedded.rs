//! The producers and consumers inside a Streams application, as clients of their own.

use crate::client::{Client, ClientKind, Entry};
use crate::model::Model;
use tunelint_catalog::kafka::{self, Scope};

/// Adds the producer and the main consumer of each Streams application, and its restore consumer
/// where that has settings of its own.
pub(super) fn clients(model: &mut Model<'_>) {
    for at in 0..model.clients.len() {
        if model.clients[at].kind == ClientKind::Streams && model.clients[at].parent.is_none() {
            let producer = part(&model.clients[at], at, ClientKind::Producer, &["producer."]);
            let consumer = part(
                &model.clients[at],
                at,
                ClientKind::Consumer,
                &["consumer.", "main.consumer."],
            );
            let restore = model.clients[at]
                .settings
                .iter()
                .any(|entry| entry.name.starts_with("restore.consumer."));
            let restore = restore.then(|| {
                part(
                    &model.clients[at],
                    at,
                    ClientKind::Consumer,
                    &["consumer.", "restore.consumer."],
                )
            });
            model.clients.extend([producer, consumer]);
            model.clients.extend(restore);
        }
    }
}

/// The settings that reach one client: bare keys that it knows, then those with its prefixes,
/// the narrowest last.
fn part<'a>(whole: &Client<'a>, at: usize, kind: ClientKind, prefixes: &[&str]) -> Client<'a> {
    let scope = if kind == ClientKind::Producer {
        Scope::Producer
    } else {
        Scope::Consumer
    };
    let bare = whole
        .settings
        .iter()
        .filter(|entry| kafka::find(scope, entry.name).is_some());
    let mut settings: Vec<Entry<'a>> = bare.copied().collect();
    for prefix in prefixes {
        let prefixed = whole.settings.iter().filter_map(|entry| {
            Some(Entry {
                name: entry.name.strip_prefix(prefix)?,
                ..*entry
            })
        });
        settings.extend(prefixed);
    }
    Client {
        name: format!("{} of {}", kind.as_str(), whole.name),
        kind,
        file: whole.file,
        facts: whole.facts,
        settings,
        again: Vec::new(),
        kafka: whole.kafka,
        parent: Some(at),
        workload: whole.workload,
    }
}
