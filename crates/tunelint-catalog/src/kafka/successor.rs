//! What took the place of a key that is deprecated or gone.

use super::Scope;

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

include!(concat!(env!("OUT_DIR"), "/successors.rs"));

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
