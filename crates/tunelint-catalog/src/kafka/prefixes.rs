//! The prefixes that hand a key on to a client, a topic or a plug-in.

use super::embedded::Client;
use super::{Scope, tables};
use tunelint_base::KafkaVersion;

/// A file that prefixes stand in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Host {
    /// Any file at all.
    Any,
    /// A Kafka Streams application.
    Streams,
    /// A Connect worker.
    ConnectWorker,
    /// A connector.
    Connector,
    /// MirrorMaker 2, after the cluster or the flow.
    MirrorMaker,
}

/// A prefix that hands a key on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Prefix {
    /// The file that it stands in.
    pub host: Host,
    /// Its text, with the dot at the end.
    pub text: &'static str,
    /// Whose key the rest is; `None` where the rest is anybody's to choose.
    pub target: Option<Scope>,
    /// The clients of Streams that it reaches.
    pub clients: &'static [Client],
    /// The first release that reads it; `None` where every release does.
    pub since: Option<KafkaVersion>,
}

/// The prefixes that a file of `host` may use, those of any file included.
pub fn of(host: Host) -> impl Iterator<Item = &'static Prefix> {
    tables::prefixes()
        .iter()
        .filter(move |prefix| prefix.host == host || prefix.host == Host::Any)
}

/// The longest prefix of `key` that `version` reads in a file of `host`, and the rest.
#[must_use]
pub fn split(host: Host, key: &str, version: KafkaVersion) -> Option<(&'static Prefix, &str)> {
    of(host)
        .filter(|prefix| prefix.since.is_none_or(|since| version.line() >= since))
        .filter_map(|prefix| Some((prefix, key.strip_prefix(prefix.text)?)))
        .max_by_key(|(prefix, _)| prefix.text.len())
}

/// The prefix that was probably meant by the beginning of `key`, and the rest, a key that it
/// leads to: at most two slips, and never where the beginning is a prefix as it stands.
#[must_use]
pub fn nearest(host: Host, key: &str, version: KafkaVersion) -> Option<(&'static Prefix, &str)> {
    let own = || of(host).filter(|prefix| prefix.host == host && prefix.target.is_some());
    if split(host, key, version).is_some() {
        return None;
    }
    let dots = key.bytes().enumerate().filter(|(_, byte)| *byte == b'.');
    let mut found = dots.take(3).filter_map(|(dot, _)| {
        let (head, rest) = (&key[..=dot], &key[dot + 1..]);
        let leads = |prefix: &&Prefix| {
            prefix
                .target
                .is_some_and(|scope| super::find(scope, rest).is_some())
        };
        let texts = own().filter(leads).map(|prefix| prefix.text);
        let near = crate::nearest::nearest(head, texts, true)?;
        Some((own().find(|prefix| prefix.text == near)?, rest))
    });
    found.next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_in_a_prefix_are_seen() {
        let version = KafkaVersion::new(4, 0);
        let near = |key| nearest(Host::Streams, key, version).map(|(prefix, _)| prefix.text);
        assert_eq!(near("comsumer.max.poll.records"), Some("consumer."));
        assert_eq!(
            near("main-consumer.max.poll.records"),
            Some("main.consumer.")
        );
        assert_eq!(near("producers.acks"), Some("producer."));
        assert_eq!(near("consumer.max.poll.records"), None);
        assert_eq!(near("comsumer.max.poll.record"), None);
        assert_eq!(near("payments.max.poll.records"), None);
        assert_eq!(near("max.poll.records"), None);
    }

    #[test]
    fn the_longest_prefix_wins() {
        let version = KafkaVersion::new(4, 0);
        let target = |host, key| {
            split(host, key, version).map(|(prefix, rest)| (prefix.text, prefix.target, rest))
        };
        let consumer = Some(Scope::Consumer);
        assert_eq!(
            target(Host::Streams, "main.consumer.max.poll.records"),
            Some(("main.consumer.", consumer, "max.poll.records"))
        );
        assert_eq!(
            target(Host::Connector, "consumer.override.max.poll.records"),
            Some(("consumer.override.", consumer, "max.poll.records"))
        );
        assert_eq!(
            target(Host::ConnectWorker, "admin.listeners.https.ssl.protocol"),
            Some(("admin.listeners.https.", None, "ssl.protocol"))
        );
        assert_eq!(target(Host::Streams, "application.id"), None);
        let old = KafkaVersion::new(3, 1);
        assert_eq!(split(Host::Streams, "client.tag.zone", old), None);
    }
}
