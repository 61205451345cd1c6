//! Other names for a key: what librdkafka calls it, and what took its place.

use super::Scope;

/// A key of librdkafka.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LibrdkafkaKey {
    /// Its name.
    pub name: &'static str,
    /// The key of the Java clients that means the same, which often has the same name.
    pub java: Option<&'static str>,
    /// What does the same work in Java, where no key takes the same values.
    pub instead: Option<&'static str>,
}

/// What to do about a key that is deprecated or gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Successor {
    /// The scope that it is meant for; `None` is any.
    pub(super) scope: Option<&'static str>,
    /// The old key.
    pub(super) key: &'static str,
    /// The key that takes the same values.
    pub name: Option<&'static str>,
    /// What to do, as a clause; `None` where there is nothing to be done about the old key.
    pub advice: Option<&'static str>,
}

impl Successor {
    /// The old key.
    #[must_use]
    pub fn key(&self) -> &'static str {
        self.key
    }
}

include!(concat!(env!("OUT_DIR"), "/names.rs"));

/// The key of librdkafka of that name.
#[must_use]
pub fn librdkafka(name: &str) -> Option<&'static LibrdkafkaKey> {
    let at = LIBRDKAFKA.binary_search_by(|key| key.name.cmp(name)).ok()?;
    LIBRDKAFKA.get(at)
}

/// The keys of librdkafka that mean the same as the Java clients' key of that name.
pub fn librdkafka_for(java: &str) -> impl Iterator<Item = &'static LibrdkafkaKey> {
    LIBRDKAFKA.iter().filter(move |key| {
        key.java == Some(java) || key.instead.is_some_and(|text| begins_with_key(text, java))
    })
}

/// Whether the text begins with that key, and not with a longer one.
fn begins_with_key(text: &str, key: &str) -> bool {
    text.strip_prefix(key)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', ',']))
}

/// What took the place of a key of `scope`.
#[must_use]
pub fn successor(scope: Scope, key: &str) -> Option<&'static Successor> {
    SUCCESSORS.iter().find(|successor| {
        successor.key == key && successor.scope.is_none_or(|name| name == scope.as_str())
    })
}

#[cfg(test)]
mod tests {
    use super::super::{find, keys};
    use super::*;

    #[test]
    fn what_librdkafka_calls_otherwise_exists_in_java() {
        assert!(LIBRDKAFKA.is_sorted_by(|a, b| a.name < b.name));
        let clients = [Scope::Producer, Scope::Consumer, Scope::Admin];
        let known = |name: &str| clients.iter().any(|scope| find(*scope, name).is_some());
        for key in LIBRDKAFKA {
            assert!(key.java.is_none_or(known), "{}", key.name);
        }
        let java = |name| librdkafka(name).and_then(|key| key.java);
        assert_eq!(java("queue.buffering.max.ms"), Some("linger.ms"));
        assert_eq!(java("linger.ms"), Some("linger.ms"));
        assert_eq!(librdkafka("max.poll.records"), None);
    }

    #[test]
    fn what_is_gone_or_deprecated_has_advice() {
        for scope in Scope::ALL {
            for key in keys(scope).iter().filter(|key| !key.internal) {
                let recent = key.removed.is_some_and(|removed| removed.major >= 3);
                if scope != Scope::Broker && (recent || key.deprecated_since.is_some()) {
                    assert!(successor(scope, key.name()).is_some(), "{key:?}");
                }
            }
        }
        for row in SUCCESSORS {
            let scopes = || {
                let named = |scope: &Scope| row.scope.is_none_or(|name| name == scope.as_str());
                Scope::ALL.into_iter().filter(named)
            };
            let reporter = row.key.starts_with("metrics.jmx.");
            let known = |name: &str| scopes().any(|scope| find(scope, name).is_some());
            assert!(known(row.key) || reporter, "{row:?}");
            assert!(row.name.is_none_or(known) || reporter, "{row:?}");
        }
    }
}
