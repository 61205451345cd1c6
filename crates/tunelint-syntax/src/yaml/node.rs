//! Walking a tree: aliases are seen through, merge keys are honoured on demand.

mod merge;
mod walk;

pub use merge::Entries;
pub use walk::{Children, Pair, Pairs};

use tunelint_base::Span;

use super::{Anchor, Data, Entry, NodeId, Properties, Resolved, Scalar, Schema, Tag, Yaml};

/// A node of a tree, as cheap to copy as a reference.
///
/// An alias shows the node that it refers to; [`Self::alias`] tells where it stands itself.
/// Following aliases never leads in a circle and never to more than some hundred thousand nodes.
#[derive(Clone, Copy, Debug)]
pub struct Node<'a> {
    yaml: &'a Yaml,
    id: NodeId,
    alias: Option<Span>,
}

/// What a node is.
#[derive(Clone, Debug)]
pub enum Kind<'a> {
    /// A scalar.
    Scalar(&'a Scalar),
    /// A sequence, with its items.
    Sequence(Children<'a>),
    /// A mapping, with its own pairs: duplicates and merge keys are among them.
    Mapping(Pairs<'a>),
    /// Nothing is written, as in `key:`; readers take that for null.
    Absent,
    /// Something is written whose value is not known: it could not be read, or a template makes it,
    /// or an alias leads nowhere.
    Unknown,
}

impl<'a> Node<'a> {
    pub(super) fn new(yaml: &'a Yaml, id: NodeId) -> Option<Self> {
        let entry = yaml.nodes.get(id.0 as usize)?;
        let (id, alias) = match entry.data {
            Data::Alias(Some(target)) => (target, Some(entry.span)),
            _ => (id, None),
        };
        Some(Self { yaml, id, alias })
    }

    fn entry(&self) -> Option<&'a Entry> {
        self.yaml.nodes.get(self.id.0 as usize)
    }

    /// Its place in the tree, to come back to it by [`Yaml::node`]; that of the target for an alias.
    #[must_use]
    pub fn id(self) -> NodeId {
        self.id
    }

    /// What it is.
    #[must_use]
    pub fn kind(self) -> Kind<'a> {
        match self.entry().map(|entry| &entry.data) {
            Some(Data::Scalar(scalar)) => Kind::Scalar(scalar),
            Some(Data::Sequence(items)) => Kind::Sequence(Children::new(self.yaml, items)),
            Some(Data::Mapping(pairs)) => Kind::Mapping(Pairs::new(self.yaml, pairs)),
            Some(Data::Absent) => Kind::Absent,
            Some(Data::Alias(_) | Data::Unknown) | None => Kind::Unknown,
        }
    }

    /// Where it is written, without anchor and tag; for an alias, where its target is written.
    /// Where nothing is written, the empty range after the `:` or `-`.
    #[must_use]
    pub fn span(self) -> Span {
        self.entry().map_or_else(Span::default, |entry| entry.span)
    }

    /// The place of the alias (`*name`) through which it was reached.
    #[must_use]
    pub fn alias(self) -> Option<Span> {
        self.alias
    }

    /// Where it stands in its parent: the alias if it was reached through one, else its own place.
    #[must_use]
    pub fn use_span(self) -> Span {
        self.alias.unwrap_or_else(|| self.span())
    }

    /// Its anchor.
    #[must_use]
    pub fn anchor(self) -> Option<&'a Anchor> {
        self.properties()?.anchor.as_ref()
    }

    /// Its explicit tag.
    #[must_use]
    pub fn tag(self) -> Option<&'a Tag> {
        self.properties()?.tag.as_ref()
    }

    fn properties(self) -> Option<&'a Properties> {
        self.entry()?.properties.as_deref()
    }

    /// Its scalar, if it is one.
    #[must_use]
    pub fn scalar(self) -> Option<&'a Scalar> {
        match self.kind() {
            Kind::Scalar(scalar) => Some(scalar),
            _ => None,
        }
    }

    /// The decoded text of a scalar, whatever it is resolved to; none for a missing value.
    #[must_use]
    pub fn as_str(self) -> Option<&'a str> {
        self.scalar().map(|scalar| &*scalar.text)
    }

    /// What a reader of `schema` takes a scalar or a missing value for, its tag regarded; none for
    /// a collection, an unknown value and a scalar with a template action.
    #[must_use]
    pub fn resolve(self, schema: Schema) -> Option<Resolved> {
        match self.kind() {
            Kind::Scalar(scalar) if scalar.templated && self.yaml.templated => None,
            Kind::Scalar(scalar) => Some(scalar.resolve_tagged(schema, self.tag())),
            Kind::Absent => Some(Resolved::Null),
            _ => None,
        }
    }

    /// Whether it is missing or written as null, which all readers spell alike.
    #[must_use]
    pub fn is_null(self) -> bool {
        self.resolve(Schema::Yaml12) == Some(Resolved::Null)
    }

    /// Whether its value is not known, see [`Kind::Unknown`].
    #[must_use]
    pub fn is_unknown(self) -> bool {
        matches!(self.kind(), Kind::Unknown)
    }

    /// Whether it is a mapping.
    #[must_use]
    pub fn is_mapping(self) -> bool {
        matches!(self.kind(), Kind::Mapping(_))
    }

    /// Whether it is a sequence.
    #[must_use]
    pub fn is_sequence(self) -> bool {
        matches!(self.kind(), Kind::Sequence(_))
    }

    /// The items of a sequence; of anything else none.
    #[must_use]
    pub fn items(self) -> Children<'a> {
        match self.kind() {
            Kind::Sequence(items) => items,
            _ => Children::new(self.yaml, &[]),
        }
    }

    /// The pairs that a mapping itself is written with, duplicates and merge keys among them.
    #[must_use]
    pub fn pairs(self) -> Pairs<'a> {
        match self.kind() {
            Kind::Mapping(pairs) => pairs,
            _ => Pairs::new(self.yaml, &[]),
        }
    }

    /// The value under the path of keys `path`, merge keys honoured.
    #[must_use]
    pub fn at(self, path: &[&str]) -> Option<Self> {
        path.iter().try_fold(self, |node, key| node.get(key))
    }
}
