//! The children of collections, in order.

use tunelint_base::Span;

use super::super::{NodeId, Style, Yaml};
use super::Node;

/// The items of a sequence.
#[derive(Clone, Debug)]
pub struct Children<'a> {
    yaml: &'a Yaml,
    items: std::slice::Iter<'a, NodeId>,
}

impl<'a> Children<'a> {
    pub(super) fn new(yaml: &'a Yaml, items: &'a [NodeId]) -> Self {
        let items = items.iter();
        Self { yaml, items }
    }
}

impl<'a> Iterator for Children<'a> {
    type Item = Node<'a>;

    fn next(&mut self) -> Option<Node<'a>> {
        Node::new(self.yaml, *self.items.next()?)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.items.size_hint()
    }
}

impl DoubleEndedIterator for Children<'_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        Node::new(self.yaml, *self.items.next_back()?)
    }
}

impl ExactSizeIterator for Children<'_> {}

/// A key and its value.
#[derive(Clone, Copy, Debug)]
pub struct Pair<'a> {
    /// The key.
    pub key: Node<'a>,
    /// The value.
    pub value: Node<'a>,
}

impl<'a> Pair<'a> {
    /// The key's text.
    #[must_use]
    pub fn name(&self) -> Option<&'a str> {
        self.key.as_str()
    }

    /// From the start of the key to the end of the value as it stands here.
    #[must_use]
    pub fn span(&self) -> Span {
        self.key.use_span().cover(self.value.use_span())
    }

    /// Whether the key is `<<`, which merges its value into the mapping.
    #[must_use]
    pub fn is_merge(&self) -> bool {
        self.key
            .scalar()
            .is_some_and(|key| key.style == Style::Plain && &*key.text == "<<")
    }
}

/// The pairs of a mapping.
#[derive(Clone, Debug)]
pub struct Pairs<'a> {
    yaml: &'a Yaml,
    pairs: std::slice::Iter<'a, (NodeId, NodeId)>,
}

impl<'a> Pairs<'a> {
    pub(super) fn new(yaml: &'a Yaml, pairs: &'a [(NodeId, NodeId)]) -> Self {
        let pairs = pairs.iter();
        Self { yaml, pairs }
    }

    fn pair(&self, (key, value): (NodeId, NodeId)) -> Option<Pair<'a>> {
        let key = Node::new(self.yaml, key)?;
        let value = Node::new(self.yaml, value)?;
        Some(Pair { key, value })
    }
}

impl<'a> Iterator for Pairs<'a> {
    type Item = Pair<'a>;

    fn next(&mut self) -> Option<Pair<'a>> {
        let next = *self.pairs.next()?;
        self.pair(next)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.pairs.size_hint()
    }
}

impl DoubleEndedIterator for Pairs<'_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        let next = *self.pairs.next_back()?;
        self.pair(next)
    }
}

impl ExactSizeIterator for Pairs<'_> {}
