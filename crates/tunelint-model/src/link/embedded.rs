//! The producers, consumers and admin client inside a Streams application, as clients of their own.

use crate::client::{Client, ClientKind, Entry};
use crate::embedded::arrives;
use crate::model::Model;
use tunelint_catalog::kafka::embedded::Client as Inner;
use tunelint_catalog::kafka::{self, Scope};

/// Adds the producer and the main consumer of each Streams application, and its restore consumer
/// and admin client where they have settings of their own.
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
            let restore = restore.filter(|restore| {
                let mut names = restore.settings.iter().map(|entry| &entry.setting.name);
                names.any(|name| name.starts_with("restore.consumer."))
            });
            let admin = has_admin_settings(&model.clients[at]);
            let admin = admin.then(|| part(&model.clients[at], at, ClientKind::Admin, &["admin."]));
            model.clients.extend([producer, consumer]);
            model.clients.extend(restore);
            model.clients.extend(admin);
        }
    }
}

/// Whether something is set that an admin client takes in another way than the other clients do.
fn has_admin_settings(streams: &Client<'_>) -> bool {
    let mut names = streams.settings.iter().map(|entry| entry.name);
    names.any(|name| name.starts_with("admin.") || name == "default.api.timeout.ms")
}

/// The settings that reach one client: bare keys that it knows, then those with its prefixes,
/// the narrowest last.
fn part<'a>(whole: &Client<'a>, at: usize, kind: ClientKind, prefixes: &[&str]) -> Client<'a> {
    let scope = match kind {
        ClientKind::Producer => Scope::Producer,
        ClientKind::Admin => Scope::Admin,
        _ => Scope::Consumer,
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
    // What Streams overwrites does not get there. Its choice of the group protocol stays to be seen.
    let inner = inner(kind, prefixes);
    settings.retain(|entry| {
        entry.name == "group.protocol" || arrives(whole, &entry.setting.name, inner)
    });
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

fn inner(kind: ClientKind, prefixes: &[&str]) -> Inner {
    match kind {
        ClientKind::Producer => Inner::StreamsProducer,
        ClientKind::Admin => Inner::StreamsAdmin,
        _ if prefixes.contains(&"restore.consumer.") => Inner::StreamsRestore,
        _ => Inner::StreamsMain,
    }
}
