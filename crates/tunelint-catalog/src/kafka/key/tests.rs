//! Facts about single keys, as spot checks of the tables.

use super::*;
use crate::kafka::{VERSIONS, find, keys};
use Scope::{Consumer, Producer, Streams};

fn key(scope: Scope, name: &str) -> &'static Key {
    find(scope, name).unwrap_or_else(|| panic!("{scope} has {name}"))
}

fn version(text: &str) -> KafkaVersion {
    text.parse().expect("a version")
}

#[test]
fn defaults_follow_the_version() {
    let cases = [
        (Producer, "linger.ms", "3.9", Some("0")),
        (Producer, "linger.ms", "4.0", Some("5")),
        (Producer, "acks", "2.8", Some("1")),
        (Producer, "acks", "3.0", Some("all")),
        (Producer, "enable.idempotence", "2.8", Some("false")),
        (Producer, "enable.idempotence", "3.0", Some("true")),
        (Producer, "ssl.protocol", "4.0", Some("TLSv1.3")),
        (Consumer, "session.timeout.ms", "2.8", Some("10000")),
        (Consumer, "session.timeout.ms", "3.0", Some("45000")),
        (Consumer, "group.id", "4.0", None),
        (Streams, "application.server", "4.0", Some("")),
        (Streams, "num.stream.threads", "4.0", Some("1")),
    ];
    for (scope, name, at, value) in cases {
        let found = key(scope, name).default(version(at)).text();
        assert_eq!(found, value, "{name} in {at}");
    }
    let servers = key(Producer, "bootstrap.servers");
    assert_eq!(servers.default(version("4.1")), DefaultValue::Value(""));
    assert_eq!(servers.default(version("4.2")), DefaultValue::Required);
    let dir = key(Streams, "state.dir").default(version("4.0"));
    assert_eq!(dir, DefaultValue::Machine("/tmp/kafka-streams"));
}

#[test]
fn existence_follows_the_version() {
    let reporter = key(Producer, "auto.include.jmx.reporter");
    let exists = ["3.3", "3.4", "3.9.2", "4.0"].map(|v| reporter.exists_in(version(v)));
    assert_eq!(exists, [false, true, true, false]);
    assert!(reporter.is_deprecated_in(version("3.4")));
    let old = key(Consumer, "zookeeper.connect");
    assert!(VERSIONS.iter().all(|version| !old.exists_in(*version)));
    assert!(find(Producer, "group.id").is_none());
    let acks = key(Producer, "acks");
    assert!(VERSIONS.iter().all(|version| acks.exists_in(*version)));
}

#[test]
fn units_and_secrets_are_known() {
    let unit = |name| key(Producer, name).unit();
    assert_eq!(unit("linger.ms"), Some(Unit::Millis));
    assert_eq!(unit("batch.size"), Some(Unit::Bytes));
    assert_eq!(unit("send.buffer.bytes"), Some(Unit::Bytes));
    assert_eq!(unit("retries"), None);
    assert!(key(Producer, "sasl.jaas.config").is_secret());
    assert!(!key(Producer, "client.id").is_secret());
}

#[test]
fn every_default_passes_its_own_check() {
    for scope in Scope::ALL {
        for key in keys(scope) {
            for version in VERSIONS {
                let Some(text) = key.default(*version).text() else {
                    continue;
                };
                // An empty default may stand for what must be given; a broker's facts before 3.9
                // are words of its documentation.
                if text.is_empty() || matches!(scope, Scope::Broker | Scope::Topic) {
                    continue;
                }
                let verdict = crate::kafka::check(key, *version, text);
                assert!(verdict.is_ok(), "{key:?} {version} {text:?} {verdict:?}");
            }
        }
    }
}
