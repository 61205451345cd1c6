//! Looking keys up with merge keys: a mapping's own keys win, then the merged ones in order.

use std::collections::HashSet;

use super::super::NodeId;
use super::{Node, Pair};

impl<'a> Node<'a> {
    /// The value of `key`, as readers see it: the last of several, merge keys honoured.
    #[must_use]
    pub fn get(self, key: &str) -> Option<Self> {
        self.pair(key).map(|pair| pair.value)
    }

    /// The pair of `key`, found as by [`Self::get`].
    #[must_use]
    pub fn pair(self, key: &str) -> Option<Pair<'a>> {
        self.find(key, &mut HashSet::new())
    }

    fn find(self, key: &str, seen: &mut HashSet<NodeId>) -> Option<Pair<'a>> {
        let own = self.pairs().rev();
        let found = own.clone().find(|p| p.name() == Some(key) && !p.is_merge());
        if found.is_some() || !self.pairs().any(|p| p.is_merge()) || !seen.insert(self.id) {
            return found;
        }
        self.merged()
            .into_iter()
            .find_map(|node| node.find(key, seen))
    }

    /// The mappings that its merge keys name, in order of precedence.
    fn merged(self) -> Vec<Self> {
        let mut nodes = Vec::new();
        for pair in self.pairs().filter(Pair::is_merge) {
            if pair.value.is_mapping() {
                nodes.push(pair.value);
            } else {
                nodes.extend(pair.value.items().filter(|n| n.is_mapping()));
            }
        }
        nodes
    }

    /// The pairs that a mapping has for its readers: each key once, merge keys carried out. Own
    /// pairs come first, in order; keys that are no scalars are left out.
    #[must_use]
    pub fn entries(self) -> Entries<'a> {
        let mut pairs = Vec::new();
        self.gather(&mut pairs, &mut HashSet::new(), &mut HashSet::new());
        Entries {
            pairs: pairs.into_iter(),
        }
    }

    fn gather(
        self,
        pairs: &mut Vec<Pair<'a>>,
        names: &mut HashSet<&'a str>,
        seen: &mut HashSet<NodeId>,
    ) {
        if !seen.insert(self.id) {
            return;
        }
        let first = pairs.len();
        for pair in self.pairs().rev().filter(|pair| !pair.is_merge()) {
            if pair.name().is_some_and(|name| names.insert(name)) {
                pairs.push(pair);
            }
        }
        pairs[first..].reverse();
        for node in self.merged() {
            node.gather(pairs, names, seen);
        }
    }
}

/// The pairs of a mapping with its merge keys carried out.
#[derive(Clone, Debug)]
pub struct Entries<'a> {
    pairs: std::vec::IntoIter<Pair<'a>>,
}

impl<'a> Iterator for Entries<'a> {
    type Item = Pair<'a>;

    fn next(&mut self) -> Option<Pair<'a>> {
        self.pairs.next()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.pairs.size_hint()
    }
}

impl ExactSizeIterator for Entries<'_> {}
