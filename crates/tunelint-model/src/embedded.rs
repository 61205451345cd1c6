//! What becomes of a Streams application's settings on their way to the clients inside it.
//!
//! `StreamsConfig.getMainConsumerConfigs` and its sisters put each client's configuration together:
//! a bare key, over it the same key behind `consumer.`, over that the client's own prefix. Some
//! keys they overwrite then; before 4.2 several of those checks looked at the wider forms only.

use crate::client::{Client, ClientKind};
use tunelint_catalog::kafka::embedded::{self, Client as Inner, Value};
use tunelint_catalog::kafka::{self, Scope};

/// The prefixes of a Streams file, without those of topics and tags.
const PREFIXES: [&str; 6] = [
    "main.consumer.",
    "restore.consumer.",
    "global.consumer.",
    "consumer.",
    "producer.",
    "admin.",
];

/// Keys that mean something only to a consumer that subscribes, as the one that restores never does.
const OF_MEMBERS: [&str; 3] = [
    "allow.auto.create.topics",
    "group.protocol",
    "partition.assignment.strategy",
];

/// The prefix of a Streams file's key, and the rest: `("", key)` where there is none.
#[must_use]
pub fn split(name: &str) -> (&str, &str) {
    let found = PREFIXES.iter().find(|prefix| name.starts_with(**prefix));
    found.map_or(("", name), |prefix| name.split_at(prefix.len()))
}

/// The prefixes that lead to `inner`, the widest first.
#[must_use]
pub fn prefixes(inner: Inner) -> &'static [&'static str] {
    match inner {
        Inner::StreamsMain => &["consumer.", "main.consumer."],
        Inner::StreamsRestore => &["consumer.", "restore.consumer."],
        Inner::StreamsGlobal => &["consumer.", "global.consumer."],
        Inner::StreamsProducer => &["producer."],
        Inner::StreamsAdmin => &["admin."],
        Inner::ConnectSource | Inner::ConnectSink => &[],
    }
}

/// The clients that a key behind `prefix` is for, of those that know such a key. The global
/// consumer is among them only by its own prefix: few applications have one.
fn aimed_at(prefix: &str, name: &str) -> Vec<Inner> {
    let all = match prefix {
        "main.consumer." => &[Inner::StreamsMain][..],
        "restore.consumer." => &[Inner::StreamsRestore],
        "global.consumer." => &[Inner::StreamsGlobal],
        "consumer." => &[Inner::StreamsMain, Inner::StreamsRestore],
        "producer." => &[Inner::StreamsProducer],
        "admin." => &[Inner::StreamsAdmin],
        _ => &[
            Inner::StreamsMain,
            Inner::StreamsRestore,
            Inner::StreamsProducer,
            Inner::StreamsAdmin,
        ],
    };
    let knows = |inner: &Inner| kafka::find(scope(*inner), name).is_some();
    all.iter().copied().filter(knows).collect()
}

/// The ConfigDef of a client.
#[must_use]
pub fn scope(inner: Inner) -> Scope {
    match inner {
        Inner::StreamsProducer | Inner::ConnectSource => Scope::Producer,
        Inner::StreamsAdmin => Scope::Admin,
        _ => Scope::Consumer,
    }
}

/// What Streams puts in the place of a key, behind `prefix`, in the configuration of `inner`.
fn forced(streams: &Client<'_>, prefix: &str, name: &str, inner: Inner) -> Option<Value> {
    let exactly_once = streams.is_exactly_once();
    let forced = embedded::forced(inner, name, streams.kafka, exactly_once)?;
    let own = prefixes(inner).last() == Some(&prefix);
    (!(forced.yields_to_own_prefix && own)).then_some(forced.value)
}

/// Whether the same key stands behind a narrower prefix, which beats this one.
fn is_shadowed(streams: &Client<'_>, prefix: &str, name: &str, inner: Inner) -> bool {
    let all = prefixes(inner);
    let narrower = all
        .iter()
        .position(|one| *one == prefix)
        .map_or(0, |at| at + 1);
    let mut beating = all[narrower..].iter();
    beating.any(|one| {
        let mut entries = streams.settings.iter();
        entries.any(|entry| entry.name.strip_prefix(one) == Some(name))
    })
}

/// Whether the value of `key`, as it is written with its prefix, gets to `inner` at all.
#[must_use]
pub fn arrives(streams: &Client<'_>, key: &str, inner: Inner) -> bool {
    let (prefix, name) = split(key);
    forced(streams, prefix, name, inner).is_none() && !is_shadowed(streams, prefix, name, inner)
}

/// Whether none of the clients behind `scope` that every application has parses the value of
/// `key`, because something else takes its place.
#[must_use]
pub fn is_unread(streams: &Client<'_>, key: &str, of: Scope) -> bool {
    let (prefix, name) = split(key);
    let mut readers = aimed_at(prefix, name)
        .into_iter()
        .filter(|inner| scope(*inner) == of)
        .peekable();
    streams.kind == ClientKind::Streams
        && readers.peek().is_some()
        && readers.all(|inner| !arrives(streams, key, inner))
}

/// What Streams puts in the place of `key` in every client that it is for; `None` where it counts
/// for one of them, or where Streams itself has a key of that name.
#[must_use]
pub fn overwritten(streams: &Client<'_>, key: &str) -> Option<Value> {
    let (prefix, name) = split(key);
    let own = prefix.is_empty()
        && kafka::find(Scope::Streams, name).is_some_and(|key| key.exists_in(streams.kafka));
    let readers = aimed_at(prefix, name);
    if own || streams.kind != ClientKind::Streams {
        return None;
    }
    let known = readers.into_iter().filter(|inner| {
        let spared = *inner == Inner::StreamsRestore && prefix != "restore.consumer.";
        kafka::find(scope(*inner), name).is_some_and(|key| key.exists_in(streams.kafka))
            && !(spared && OF_MEMBERS.contains(&name))
    });
    let mut values = Vec::new();
    for inner in known {
        values.push(forced(streams, prefix, name, inner)?);
    }
    values.into_iter().next()
}

/// What Streams hands the client that reads `key` where nobody writes it, if that is not the
/// client's own default.
#[must_use]
pub fn handed(streams: &Client<'_>, key: &str, of: Scope) -> Option<&'static str> {
    let (prefix, name) = split(key);
    let mut readers = aimed_at(prefix, name).into_iter();
    let inner = readers.find(|inner| scope(*inner) == of)?;
    let exactly_once = streams.is_exactly_once();
    (streams.kind == ClientKind::Streams)
        .then(|| embedded::default(inner, name, streams.kafka, exactly_once))?
        .and_then(Value::literal)
}

/// Whether the key stands behind a prefix and also bare or behind a wider one, so that it takes
/// that one back.
#[must_use]
pub fn overrides(streams: &Client<'_>, key: &str) -> bool {
    let (prefix, name) = split(key);
    let wider = prefix.ends_with("consumer.") && prefix != "consumer.";
    streams.kind == ClientKind::Streams
        && !prefix.is_empty()
        && (streams.entry(name).is_some()
            || wider && streams.entry(&format!("consumer.{name}")).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link::link;
    use crate::model::{Options, SourceFile};
    use tunelint_base::{KafkaVersion, Text};

    /// What `ask` says about the Streams application of a small file, at a version.
    fn of<T>(lines: &str, version: (u8, u8), ask: impl Fn(&Client<'_>) -> T) -> T {
        let text = format!("application.id=a\nbootstrap.servers=b:9092\n{lines}\n");
        let facts = crate::extract("streams.properties", &text);
        let files = [SourceFile::new(
            "streams.properties".into(),
            Text::utf8(text),
            facts,
        )];
        let options = Options {
            kafka: Some(KafkaVersion::new(version.0, version.1)),
            ..Options::default()
        };
        let model = link(&files, &options);
        let streams = model.clients.iter();
        let mut streams = streams.filter(|client| client.kind == ClientKind::Streams);
        ask(streams.next().expect("a Streams application"))
    }

    #[test]
    fn guards_overlook_narrow_prefixes_before_4_2() {
        let put = |key: &str, version| {
            of(&format!("{key}=x"), version, |streams| {
                overwritten(streams, key).is_some()
            })
        };
        assert!(put("enable.auto.commit", (4, 1)));
        assert!(put("consumer.enable.auto.commit", (2, 8)));
        assert!(!put("main.consumer.enable.auto.commit", (4, 1)));
        assert!(put("main.consumer.enable.auto.commit", (4, 2)));
        assert!(put("group.id", (3, 9)));
        assert!(put("producer.bootstrap.servers", (3, 9)));
        assert!(!put("restore.consumer.bootstrap.servers", (4, 3)));
        assert!(put("restore.consumer.auto.offset.reset", (4, 3)));
        assert!(!put("auto.offset.reset", (4, 3)));
    }

    #[test]
    fn a_narrower_prefix_beats_a_wider_one() {
        let unread = |lines: &str, key: &str, scope| {
            of(lines, (4, 3), |streams| is_unread(streams, key, scope))
        };
        let both = "linger.ms=x\nproducer.linger.ms=5";
        assert!(unread(both, "linger.ms", Scope::Producer));
        assert!(!unread(both, "producer.linger.ms", Scope::Producer));
        let main = "consumer.max.poll.records=x\nmain.consumer.max.poll.records=5";
        assert!(!unread(main, "consumer.max.poll.records", Scope::Consumer));
        let all = format!("{main}\nrestore.consumer.max.poll.records=5");
        assert!(unread(&all, "consumer.max.poll.records", Scope::Consumer));
    }
}
