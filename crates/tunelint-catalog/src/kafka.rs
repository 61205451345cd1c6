//! Kafka's configuration keys: where they exist, what they hold, and what Kafka says to a value.

mod check;
mod description;
mod duration;
pub mod embedded;
mod fault;
mod java;
mod java_regex;
mod key;
pub mod prefixes;
mod scope;
mod successor;
mod tables;
mod validator;

pub use check::{Parsed, check};
pub use fault::Fault;
pub use key::{DefaultValue, Importance, Key, Type};
pub use scope::Scope;
pub use successor::{Successor, successor};
pub use tables::{NEWEST_RELEASE, VERSIONS, find, keys, scopes_of};
pub use validator::Validator;

use tunelint_base::KafkaVersion;

/// Whether a final release of the line of `version` is out.
#[must_use]
pub fn is_released(version: KafkaVersion) -> bool {
    version.line() <= NEWEST_RELEASE
}

/// The key that was probably meant by `name`: one that a user may set in one of `scopes` at
/// `version`, at most two slips away; `None` where `name` itself is one.
#[must_use]
pub fn nearest(scopes: &[Scope], name: &str, version: KafkaVersion) -> Option<&'static str> {
    let keys = scopes.iter().flat_map(|scope| keys(*scope));
    let usable = keys.filter(|key| !key.internal && key.exists_in(version));
    let usable = usable.map(Key::name);
    if usable.clone().any(|usable| usable == name) {
        return None;
    }
    crate::nearest::nearest(name, usable, true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_right_key_is_suggested() {
        let newest = NEWEST_RELEASE;
        let cases = [
            (Scope::Producer, "lingerms", Some("linger.ms")),
            (Scope::Producer, "ack", Some("acks")),
            (Scope::Producer, "compresion.type", Some("compression.type")),
            (
                Scope::Consumer,
                "max-poll-records",
                Some("max.poll.records"),
            ),
            (Scope::Consumer, "groupId", Some("group.id")),
            (Scope::Streams, "application_id", Some("application.id")),
            (
                Scope::Streams,
                "num.stream.thread",
                Some("num.stream.threads"),
            ),
            (Scope::Producer, "linger.ms", None),
            (Scope::Producer, "schema.registry.url", None),
        ];
        for (scope, wrong, right) in cases {
            assert_eq!(nearest(&[scope], wrong, newest), right, "{wrong}");
        }
        for key in keys(Scope::Broker) {
            assert_ne!(nearest(&Scope::ALL, key.name(), newest), Some(key.name()));
        }
    }

    #[test]
    fn the_newest_release_is_covered() {
        assert_eq!(NEWEST_RELEASE, KafkaVersion::new(4, 3));
        assert_eq!(VERSIONS.first(), Some(&KafkaVersion::new(2, 4)));
        assert_eq!(VERSIONS.last(), Some(&KafkaVersion::new(4, 5)));
        assert!(is_released("3.9.2".parse().expect("a version")));
        assert!(!is_released(KafkaVersion::new(4, 4)));
    }
}
