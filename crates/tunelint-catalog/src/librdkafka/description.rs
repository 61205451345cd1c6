//! What librdkafka's properties do.

use super::Key;
use crate::description::Descriptions;
use crate::kafka::{self, Scope};

static TABLE: Descriptions =
    Descriptions::new(include_str!("../../data/kafka/descriptions/librdkafka.tsv"));

impl Key {
    /// What the property does: in words of its own, or those of the Java clients' key that means
    /// the same.
    #[must_use]
    pub fn description(&self) -> Option<&'static str> {
        let canonical = self.canonical();
        let java = || {
            let name = canonical.java.or(self.java)?;
            let mut scopes = [Scope::Producer, Scope::Consumer, Scope::Admin].into_iter();
            scopes.find_map(|scope| kafka::find(scope, name)?.description())
        };
        TABLE.find(canonical.name).or_else(java)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Type, find, keys};
    use super::*;
    use crate::description::tests::check;

    #[test]
    fn what_can_be_set_is_described() {
        check(&TABLE, |name| {
            find(name).is_some_and(|key| key.alias_of.is_none())
        });
        let settable = keys().iter().filter(|key| key.ty != Type::Code);
        let silent: Vec<_> = settable
            .filter(|key| key.description().is_none())
            .map(|key| key.name)
            .collect();
        assert!(silent.is_empty(), "{silent:?}");
    }
}
