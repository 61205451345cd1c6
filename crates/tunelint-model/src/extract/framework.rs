//! Application frameworks: Spring Boot and Spring Cloud Stream, MicroProfile and Quarkus, Debezium Server.

use crate::client::{ClientFacts, ClientKind, Framework, Place, Section};
use crate::file::FileFacts;
use crate::setting::{Setting, Style};
use std::collections::BTreeMap;
use tunelint_base::Span;
use tunelint_catalog::kafka;

mod cloud_stream;
mod convert;
mod document;
mod microprofile;
mod spring_boot;
#[cfg(test)]
mod tests;

use convert::{Conversion, convert};
pub(super) use document::{Document, documents, separators};

/// What a framework's key sets: whose setting, which Kafka key, and how its value is spelled.
struct Mapped {
    framework: Framework,
    section: String,
    /// `None`: a setting of every client of the framework.
    kind: Option<ClientKind>,
    name: String,
    conversion: Conversion,
}

/// A setting and what it sets.
#[derive(Clone)]
struct Placed {
    framework: Framework,
    section: String,
    kind: Option<ClientKind>,
    setting: Setting,
}

/// Whether keys of a framework's Kafka support stand there.
pub(super) fn is_framework(settings: &[Setting]) -> bool {
    settings.iter().any(|setting| {
        let (_, key) = document::split_profile(&setting.written);
        let prefixes = [
            "spring.kafka.",
            "spring.cloud.stream.kafka.",
            "kafka.bootstrap.servers",
            "kafka-streams.",
            "quarkus.kafka-streams.",
            "quarkus.kafka.",
            "quarkus.messaging.kafka.",
            "debezium.sink.kafka.",
        ];
        // A channel is Kafka's by its connector; without one, a serializer of Kafka's tells.
        let channel = key.starts_with("mp.messaging.")
            && (setting.value.trim() == microprofile::CONNECTOR
                || setting.value.contains(".kafka."));
        let shared = key
            .strip_prefix("kafka.")
            .is_some_and(|name| name.contains('.') && kafka::scopes_of(name).next().is_some());
        let nested =
            key.starts_with("spring.cloud.stream.binders.") && key.contains(".environment.spring.");
        channel || shared || nested || prefixes.iter().any(|prefix| key.starts_with(prefix))
    })
}

/// Makes the clients that a framework's settings describe: those of the documents that always
/// count, and those of each profile together with them.
pub(super) fn clients(facts: &mut FileFacts, documents: Vec<Document>, place: &Place) {
    let channels = microprofile::channels(documents.iter().flat_map(|one| &one.settings));
    let mut base: Vec<Placed> = Vec::new();
    let mut profiles: Vec<(String, Vec<Placed>)> = Vec::new();
    for document in documents {
        let placed = document
            .settings
            .into_iter()
            .filter_map(|setting| place_setting(setting, &channels));
        match document.profile {
            None => base.extend(placed),
            Some(name) => match profiles.iter_mut().find(|(known, _)| *known == name) {
                Some((_, all)) => all.extend(placed),
                None => profiles.push((name, placed.collect())),
            },
        }
    }
    profiles.retain(|(_, settings)| !settings.is_empty());
    if !base.is_empty() {
        let mut alone = base.clone();
        // Which profile runs is not known: what only one of them sets is unknown without it.
        for one in profiles.iter().flat_map(|(_, settings)| settings) {
            if !sets(&alone, one) {
                let mut hidden = one.clone();
                hidden.setting.placeholder = true;
                alone.push(hidden);
            }
        }
        world(facts, alone, None, place);
    }
    for (name, own) in profiles {
        let mut all: Vec<Placed> = base
            .iter()
            .filter(|one| !sets(&own, one))
            .cloned()
            .collect();
        all.extend(own);
        world(facts, all, Some(&name), place);
    }
}

/// Whether one of them sets what `other` sets.
fn sets(all: &[Placed], other: &Placed) -> bool {
    all.iter()
        .any(|one| one.section == other.section && one.setting.name == other.setting.name)
}

/// The clients of settings that count together.
fn world(facts: &mut FileFacts, all: Vec<Placed>, profile: Option<&str>, place: &Place) {
    let mut sections: BTreeMap<String, (ClientKind, Framework, Vec<Setting>)> = BTreeMap::new();
    let mut common: Vec<Placed> = Vec::new();
    for one in all {
        match one.kind {
            Some(kind) => sections
                .entry(one.section)
                .or_insert_with(|| (kind, one.framework, Vec::new()))
                .2
                .push(one.setting),
            None => common.push(one),
        }
    }
    if let (true, Some(first)) = (sections.is_empty(), common.first()) {
        let section = (ClientKind::Client, first.framework, Vec::new());
        sections.insert(first.section.clone(), section);
    }
    for (section, (kind, framework, own)) in &sections {
        // What is said for all clients of a framework comes before what is said for one.
        let shared = common.iter().filter(|one| {
            one.framework == *framework
                && (one.section == *section || reaches(&one.section, section))
        });
        let mut settings: Vec<Setting> = shared.map(|one| one.setting.clone()).collect();
        for (wide, (other, _, its)) in &sections {
            if other == kind && reaches_direction(wide, section, *kind) {
                settings.extend(its.iter().cloned());
            }
        }
        settings.extend(own.iter().cloned());
        let anchor = settings.last().map_or(Span::default(), |one| one.span);
        let mut why = format!("it is the section `{section}`");
        if let Some(profile) = profile {
            why.push_str(&format!(" in the profile `{profile}`"));
        }
        facts.clients.push(ClientFacts {
            kind: *kind,
            why,
            settings,
            complete: false,
            kafka: facts.directives.kafka,
            anchor,
            insert: None,
            place: place.clone(),
            section: Some(Section {
                framework: *framework,
                name: section.clone(),
                profile: profile.map(str::to_owned),
            }),
        });
    }
}

/// Whether what stands in `wide` holds in `section` as well: `spring.kafka` in all of Spring
/// Boot's sections, a binder's settings in all its bindings.
fn reaches(wide: &str, section: &str) -> bool {
    let channel = section.starts_with(cloud_stream::BINDINGS)
        || section.starts_with(cloud_stream::DEFAULTS)
        || section.starts_with(cloud_stream::BINDER);
    match wide {
        "kafka" => true,
        "mp.messaging.connector" => section.starts_with("mp.messaging."),
        cloud_stream::BINDER => channel,
        _ => section.starts_with(wide),
    }
}

/// Whether settings for one direction in `wide` hold for the clients of `section` too.
fn reaches_direction(wide: &str, section: &str, kind: ClientKind) -> bool {
    let direction = |place: &str| {
        wide.strip_prefix(place)
            .is_some_and(|rest| rest.strip_prefix('.') == Some(kind.as_str()))
    };
    let binding = section.starts_with(cloud_stream::BINDINGS);
    let function = section
        .strip_prefix(wide)
        .is_some_and(|rest| rest.starts_with(".functions."));
    function || (direction(cloud_stream::BINDER) || direction(cloud_stream::DEFAULTS)) && binding
}

fn place_setting(mut setting: Setting, channels: &[String]) -> Option<Placed> {
    let to = map_key(&setting.name, channels)?;
    setting.name = to.name.as_str().into();
    if to.conversion != Conversion::Same {
        match convert(to.conversion, &setting.value) {
            Some(value) => setting.value = value.into(),
            None => setting.placeholder = true,
        }
        setting.style = Style::Fixed;
    }
    Some(Placed {
        framework: to.framework,
        section: to.section,
        kind: to.kind,
        setting,
    })
}

fn map_key(key: &str, channels: &[String]) -> Option<Mapped> {
    if let Some(rest) = key.strip_prefix("spring.kafka.") {
        return spring_boot::map(rest);
    }
    if let Some(rest) = key.strip_prefix("spring.cloud.stream.") {
        return cloud_stream::map(rest);
    }
    if let Some(name) = key.strip_prefix("debezium.sink.kafka.producer.") {
        return Some(Mapped {
            framework: Framework::Debezium,
            section: "debezium.sink.kafka.producer".to_owned(),
            kind: Some(ClientKind::Producer),
            name: name.to_owned(),
            conversion: Conversion::Same,
        });
    }
    microprofile::map(key, channels)
}

fn known(kind: ClientKind, name: &str) -> bool {
    kind.targets(name).iter().any(|target| target.key.is_some())
        || kafka::scopes_of(name).next().is_some()
}

/// `[max.poll.records]`: a map key in brackets is taken as it stands.
fn bare(name: &str) -> &str {
    name.strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'))
        .unwrap_or(name)
}

/// A name of the framework's own, in the one spelling in which all that bind to it agree.
fn relaxed(name: &str) -> String {
    name.chars()
        .filter(|c| !matches!(c, '-' | '_' | '.'))
        .collect::<String>()
        .to_ascii_lowercase()
}
