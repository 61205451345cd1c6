//! A profile's file beside the one that always counts: `application-prod.yml` and `application.yml`.

use crate::client::{Client, Entry};
use crate::model::Model;
use std::collections::HashMap;

/// Where the configuration of an application lies: the folder, the application's name, and the
/// profile whose settings the file holds, if they are one's.
fn place_of(path: &str) -> Option<(&str, &str, Option<&str>)> {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let (stem, _) = name.rsplit_once('.')?;
    let (application, profile) = match stem.split_once('-') {
        Some((application, profile)) => (application, Some(profile)),
        None => (stem, None),
    };
    let known = matches!(application, "application" | "bootstrap");
    (known && profile != Some("")).then_some((folder, application, profile))
}

/// Gives each section of a profile's file what the same section says without a profile, where the
/// profile does not say otherwise.
pub(super) fn join(model: &mut Model<'_>) {
    let mut bases: HashMap<(&str, &str, &str), usize> = HashMap::new();
    for (at, client) in model.clients.iter().enumerate() {
        let file = model.file(client.file);
        let place = file.and_then(|file| place_of(&file.path));
        if let (Some((folder, name, None)), Some(section)) = (place, always(client)) {
            bases.entry((folder, name, section)).or_insert(at);
        }
    }
    let mut joined = Vec::new();
    for (at, client) in model.clients.iter().enumerate() {
        let file = model.file(client.file);
        let place = file.and_then(|file| place_of(&file.path));
        let (Some((folder, name, Some(_))), Some(section)) = (place, always(client)) else {
            continue;
        };
        if let Some(base) = bases.get(&(folder, name, section)) {
            let own = &client.settings;
            let below = model.clients[*base].settings.iter().filter(|entry| {
                !entry.setting.placeholder && own.iter().all(|mine| mine.name != entry.name)
            });
            let below: Vec<Entry<'_>> = below.copied().collect();
            joined.push((at, below));
        }
    }
    for (at, mut below) in joined {
        let client = &mut model.clients[at];
        client.again.splice(0..0, vec![None; below.len()]);
        for again in client.again.iter_mut().flatten() {
            *again += below.len();
        }
        below.append(&mut client.settings);
        client.settings = below;
    }
}

/// The section that a client is, if it counts without a profile of its own.
fn always<'c>(client: &Client<'c>) -> Option<&'c str> {
    let section = client.facts.section.as_ref()?;
    section.profile.is_none().then_some(&*section.name)
}
