//! A collection whose end has not been read.

use std::collections::HashMap;

use super::super::alias::Size;
use super::super::{Data, Duplicate, NodeId, Scalar, Style, Yaml};

/// An open sequence or mapping.
pub(super) struct Open {
    pub(super) node: NodeId,
    pub(super) children: Children,
    pub(super) size: Size,
    /// The parser's number of its anchor, or 0.
    pub(super) anchor: usize,
    pub(super) flow: bool,
}

/// What an open collection has so far.
pub(super) enum Children {
    Sequence(Vec<NodeId>),
    /// The pairs, and a key that waits for its value.
    Mapping(Vec<(NodeId, NodeId)>, Option<NodeId>),
}

impl Open {
    /// Adds a finished node.
    pub(super) fn take(&mut self, node: NodeId, size: Size) {
        self.size.add(size);
        match &mut self.children {
            Children::Sequence(items) => items.push(node),
            Children::Mapping(pairs, key) => match key.take() {
                Some(key) => pairs.push((key, node)),
                None => *key = Some(node),
            },
        }
    }

    /// The finished collection; notes the keys that it holds twice. A key whose value was never
    /// reached is dropped.
    pub(super) fn into_data(self, yaml: &mut Yaml) -> Data {
        match self.children {
            Children::Sequence(items) => Data::Sequence(items),
            Children::Mapping(pairs, _) => {
                let found = duplicates(&pairs, yaml);
                yaml.duplicates.extend(found);
                Data::Mapping(pairs)
            }
        }
    }
}

/// Up to this many pairs, comparing each key with each is quicker than hashing.
const FEW: usize = 8;

fn duplicates(pairs: &[(NodeId, NodeId)], yaml: &Yaml) -> Vec<Duplicate> {
    let keys = pairs.iter().filter_map(|(key, _)| name(yaml, *key));
    let mut found = Vec::new();
    if pairs.len() <= FEW {
        let keys: Vec<&Scalar> = keys.collect();
        for (i, key) in keys.iter().enumerate() {
            if let Some(first) = keys[..i].iter().find(|k| k.text == key.text) {
                found.push(duplicate(first, key));
            }
        }
    } else {
        let mut seen: HashMap<&str, &Scalar> = HashMap::with_capacity(pairs.len());
        for key in keys {
            match seen.get(&*key.text) {
                Some(first) => found.push(duplicate(first, key)),
                None => {
                    seen.insert(&key.text, key);
                }
            }
        }
    }
    found
}

fn duplicate(first: &Scalar, again: &Scalar) -> Duplicate {
    Duplicate {
        first: first.span,
        again: again.span,
    }
}

/// The key as a name; a merge key is none, it may well stand twice.
fn name(yaml: &Yaml, key: NodeId) -> Option<&Scalar> {
    match &yaml.nodes.get(key.0 as usize)?.data {
        Data::Scalar(s) if s.style == Style::Plain && &*s.text == "<<" => None,
        Data::Scalar(scalar) => Some(scalar),
        _ => None,
    }
}
