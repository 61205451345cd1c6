//! What `StreamsConfig` refuses of several keys together, and the releases that are known to be bad.

use super::streams::streams;
use super::{Decl, decl};
use crate::client::{Client, Entry};
use crate::value::{Fact, Type, Value};
use crate::view::View;
use tunelint_base::{Entity, KafkaVersion, Location};

const ON: Entity = Entity::Client;

pub(super) const FACTS: &[Decl] = &[
    decl(
        "streams.application_server_fault",
        ON,
        Type::Str,
        "An `application.server` from which Streams reads no host and port",
        application_server,
    ),
    decl(
        "streams.has_rack",
        ON,
        Type::Bool,
        "Whether `client.rack` is set for the consumer that Streams processes records from",
        has_rack,
    ),
    decl(
        "streams.instance_id",
        ON,
        Type::Str,
        "The key that makes the application's members static: `group.instance.id`, with or without a prefix",
        instance_id,
    ),
    decl(
        "streams.known_leak",
        ON,
        Type::Str,
        "The memory leak that exactly this release of Kafka Streams is known for, and the release without it",
        known_leak,
    ),
    decl(
        "streams.restore_protocol_clash",
        ON,
        Type::Str,
        "A key of the classic protocol that gets to the restore consumer beside the protocol `consumer`",
        restore_protocol,
    ),
    decl(
        "streams.segment_fault",
        ON,
        Type::Str,
        "What is wrong with `topic.segment.bytes` beside the producer's `batch.size`",
        segment,
    ),
    decl(
        "streams.tag_fault",
        ON,
        Type::Str,
        "What is wrong with the `client.tag.*` of a Streams application",
        tags,
    ),
    decl(
        "streams.tag_unset",
        ON,
        Type::Bool,
        "Whether a `client.tag.*` is empty",
        tag_unset,
    ),
];

fn place(entry: Entry<'_>) -> Location {
    Location::new(entry.file, entry.setting.span)
}

/// `HostInfo.buildFromEndpoint` reads a port behind the last colon, and takes any host.
fn application_server<'m>(view: &View<'m>) -> Fact<'m> {
    let client = match streams(view) {
        Ok(client) => client,
        Err(unknown) => return unknown,
    };
    let Some(entry) = client.entry("application.server") else {
        return Fact::absent();
    };
    if client.hides(entry.setting) {
        return Fact::unknown("application.server, behind a placeholder");
    }
    let value = entry.setting.value.trim();
    let has_port = value.rsplit_once(':').is_some_and(|(_, port)| {
        !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit())
    });
    if value.is_empty() || has_port {
        return Fact::absent();
    }
    Fact::set(Value::str(value), place(entry))
}

/// The value of `key` that gets to the main consumer.
fn of_main<'m>(client: &Client<'m>, key: &str) -> Option<Entry<'m>> {
    let mut forms = ["main.consumer.", "consumer.", ""].iter();
    forms.find_map(|form| client.entry(&format!("{form}{key}")))
}

fn instance_id<'m>(view: &View<'m>) -> Fact<'m> {
    let client = match streams(view) {
        Ok(client) => client,
        Err(unknown) => return unknown,
    };
    of_main(client, "group.instance.id").map_or_else(Fact::absent, |entry| {
        Fact::set(Value::str(&*entry.setting.written), place(entry))
    })
}

fn has_rack<'m>(view: &View<'m>) -> Fact<'m> {
    match streams(view) {
        Ok(client) => super::truth(of_main(client, "client.rack").is_some(), []),
        Err(unknown) => unknown,
    }
}

/// KAFKA-20616 is fixed in 4.3.1, KAFKA-19748 in 4.1.1.
fn known_leak<'m>(view: &View<'m>) -> Fact<'m> {
    let client = match streams(view) {
        Ok(client) => client,
        Err(unknown) => return unknown,
    };
    let version = client.kafka;
    let found = match (version.major, version.minor, version.patch) {
        (4, 3, Some(0)) => "with every RocksDB store that it opens (KAFKA-20616); 4.3.1 does not",
        (4, 1, Some(0)) => {
            "with range scans, session and sliding windows, and joins of streams or over foreign keys (KAFKA-19748); 4.1.1 does not"
        }
        (_, _, None) => return Fact::unknown("the patch release of Kafka"),
        _ => return Fact::absent(),
    };
    super::text(found)
}

/// `ConsumerConfig.checkUnsupportedConfigsPostProcess`. Only 4.0 and 4.1 refuse these keys and let
/// the consumer's own prefix choose a protocol.
fn restore_protocol<'m>(view: &View<'m>) -> Fact<'m> {
    let client = match streams(view) {
        Ok(client) => client,
        Err(unknown) => return unknown,
    };
    let line = client.kafka.line();
    if line != KafkaVersion::new(4, 0) && line != KafkaVersion::new(4, 1) {
        return Fact::absent();
    }
    let chosen = client.written("restore.consumer.group.protocol");
    if !chosen.is_some_and(|word| word.eq_ignore_ascii_case("consumer")) {
        return Fact::absent();
    }
    let keys = [
        "session.timeout.ms",
        "heartbeat.interval.ms",
        "partition.assignment.strategy",
    ];
    let forms = ["restore.consumer.", "consumer.", ""];
    let mut entries = keys.into_iter().filter_map(|key| {
        let mut written = forms.iter().map(|form| format!("{form}{key}"));
        written.find_map(|name| client.entry(&name))
    });
    let clash = entries.find(|entry| !entry.setting.value.trim().is_empty());
    clash.map_or_else(Fact::absent, |entry| {
        Fact::set(Value::str(&*entry.setting.written), place(entry))
    })
}

/// `StreamsConfig.getMainConsumerConfigs` compares the two where both are given, and reads them
/// with `Integer.parseInt`, which takes no blanks.
fn segment<'m>(view: &View<'m>) -> Fact<'m> {
    let client = match streams(view) {
        Ok(client) => client,
        Err(unknown) => return unknown,
    };
    let batch = client
        .entry("producer.batch.size")
        .or_else(|| client.entry("batch.size"));
    let (Some(segment), Some(batch)) = (client.entry("topic.segment.bytes"), batch) else {
        return Fact::absent();
    };
    if client.hides(segment.setting) || client.hides(batch.setting) {
        return Fact::unknown("topic.segment.bytes or batch.size, behind a placeholder");
    }
    let number = |entry: Entry<'_>| entry.setting.value.parse::<i32>();
    let unread = |entry: Entry<'_>| {
        let (key, value) = (&entry.setting.written, &entry.setting.value);
        format!("`{key}={value}` is no plain number of 32 bits")
    };
    let (fault, at) = match (number(segment), number(batch)) {
        (Ok(bytes), Ok(size)) if bytes < size => (
            format!(
                "`topic.segment.bytes` ({bytes}) is below `{}` ({size})",
                batch.setting.written
            ),
            segment,
        ),
        (Ok(_), Ok(_)) => return Fact::absent(),
        (Err(_), _) => (unread(segment), segment),
        // The producer's own check says that, unless only the blanks around it are wrong.
        (_, Err(_)) if batch.setting.value.trim().parse::<i32>().is_err() => {
            return Fact::absent();
        }
        (_, Err(_)) => (unread(batch), batch),
    };
    let mut fact = Fact::set(Value::str(fault), place(at));
    let other = if at.setting.span == segment.setting.span {
        batch
    } else {
        segment
    };
    fact.parts = vec![(place(other), "compared with this".to_owned())];
    fact
}

fn tag_entries<'m>(client: &'m Client<'m>) -> Vec<(&'m str, Entry<'m>)> {
    let mut tags: Vec<(&str, Entry<'_>)> = Vec::new();
    for entry in &client.settings {
        if let Some(tag) = entry.name.strip_prefix("client.tag.") {
            tags.retain(|(known, _)| *known != tag);
            tags.push((tag, *entry));
        }
    }
    tags
}

/// `StreamsConfig.validateRackAwarenessConfiguration`, KIP-708. Lengths count UTF-16 units, and
/// the blanks around a value.
fn tags<'m>(view: &View<'m>) -> Fact<'m> {
    let client = match streams(view) {
        Ok(client) => client,
        Err(unknown) => return unknown,
    };
    const MOST: usize = 5;
    const KEY: usize = 20;
    const VALUE: usize = 30;
    let units = |text: &str| text.encode_utf16().count();
    let tags = tag_entries(client);
    if let Some((_, entry)) = tags.get(MOST) {
        let fault = format!(
            "there are {} client tags, and {MOST} are allowed",
            tags.len()
        );
        return Fact::set(Value::str(fault), place(*entry));
    }
    let fault = tags.iter().find_map(|(tag, entry)| {
        let value = &*entry.setting.value;
        let long = |what: &str, length, most| {
            format!("the {what} has {length} characters, and {most} are allowed")
        };
        if units(tag) > KEY {
            Some((long(&format!("tag `{tag}`"), units(tag), KEY), entry))
        } else if units(value) > VALUE && !client.hides(entry.setting) {
            Some((
                long(&format!("value of `client.tag.{tag}`"), units(value), VALUE),
                entry,
            ))
        } else {
            None
        }
    });
    fault.map_or_else(Fact::absent, |(fault, entry)| {
        Fact::set(Value::str(fault), place(*entry))
    })
}

fn tag_unset<'m>(view: &View<'m>) -> Fact<'m> {
    let client = match streams(view) {
        Ok(client) => client,
        Err(unknown) => return unknown,
    };
    let tags = tag_entries(client);
    let empty = tags
        .iter()
        .find(|(tag, entry)| tag.trim().is_empty() || entry.setting.value.trim().is_empty());
    empty.map_or_else(
        || super::truth(false, []),
        |(_, entry)| Fact::set(Value::Bool(true), place(*entry)),
    )
}
