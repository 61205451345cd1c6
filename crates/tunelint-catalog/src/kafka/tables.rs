//! The static tables, and the look-ups in them.

use super::key::{Importance, Key, Stored, Type};
use super::{Scope, Validator, embedded, prefixes};
use crate::table::{Run, Text};
use tunelint_base::{KafkaVersion, Unit};

include!(concat!(env!("OUT_DIR"), "/kafka.rs"));

/// The keys of `scope`, sorted by name, with those that no version since 2.4 has.
#[must_use]
pub fn keys(scope: Scope) -> &'static [Key] {
    let (start, end) = RANGES[scope as usize];
    &KEYS[start..end]
}

/// The key `name` of `scope`, in whatever version it exists.
#[must_use]
pub fn find(scope: Scope, name: &str) -> Option<&'static Key> {
    let keys = keys(scope);
    let place = keys.binary_search_by(|key| key.name().cmp(name)).ok()?;
    Some(&keys[place])
}

/// The scopes that have a key `name` in some version since 2.4.
pub fn scopes_of(name: &str) -> impl Iterator<Item = Scope> + use<> {
    let place = NAMES.binary_search_by(|(text, _)| text.of(STRINGS).cmp(name));
    let bits = place.map_or(0, |place| NAMES[place].1);
    Scope::ALL
        .into_iter()
        .filter(move |scope| bits & (1 << *scope as u16) != 0)
}

pub(super) fn text(text: Text) -> &'static str {
    text.of(STRINGS)
}

pub(super) fn types(run: Run) -> &'static [(u32, Type)] {
    run.of(TYPES)
}

pub(super) fn defaults(run: Run) -> &'static [(u32, Stored)] {
    run.of(DEFAULTS)
}

pub(super) fn checks(run: Run) -> &'static [(u32, u16)] {
    run.of(CHECKS)
}

pub(super) fn validators() -> &'static [Validator] {
    VALIDATORS
}

pub(super) fn handed() -> &'static [embedded::Row] {
    HANDED
}

pub(super) fn prefixes() -> &'static [prefixes::Prefix] {
    PREFIXES
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_is_found_by_its_name() {
        for scope in Scope::ALL {
            assert!(!keys(scope).is_empty(), "{scope}");
            assert!(keys(scope).is_sorted_by(|a, b| a.name() < b.name()));
            for key in keys(scope) {
                assert_eq!(key.scope, scope);
                let found = find(scope, key.name()).expect("found");
                assert!(std::ptr::eq(found, key));
            }
        }
        assert_eq!(find(Scope::Producer, "no.such.key"), None);
    }

    #[test]
    fn scopes_are_those_that_have_the_key() {
        let scopes = |name| scopes_of(name).map(Scope::as_str).collect::<Vec<_>>();
        assert_eq!(scopes("linger.ms"), ["producer"]);
        assert_eq!(scopes("application.id"), ["streams"]);
        assert_eq!(scopes("no.such.key"), [""; 0]);
        assert!(scopes("bootstrap.servers").len() > 5);
    }
}
