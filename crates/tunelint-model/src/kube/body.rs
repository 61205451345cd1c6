//! The text of an object, to be asked for what stands at a path of keys.

use super::Slot;
use crate::setting::is_placeholder;
use std::sync::Arc;
use tunelint_base::{FileId, OffsetMap, Span};
use tunelint_syntax::yaml::{Document, Kind, Node, NodeId, Resolved, Scalar, Schema, Yaml};

/// A YAML or JSON text, and the way from its offsets to those of the file.
#[derive(Debug)]
pub struct Source {
    yaml: Yaml,
    map: Option<OffsetMap>,
}

impl Source {
    /// The text with its map; `None` where it is the whole file.
    #[must_use]
    pub fn new(yaml: Yaml, map: Option<OffsetMap>) -> Arc<Self> {
        Arc::new(Self { yaml, map })
    }

    /// What was read.
    #[must_use]
    pub fn yaml(&self) -> &Yaml {
        &self.yaml
    }
}

/// An object's text.
#[derive(Clone, Debug)]
pub struct Body {
    source: Arc<Source>,
    root: Option<NodeId>,
    /// Whether more may belong to the object than stands here: a template fills it in, a part
    /// could not be read, or it is a patch. What is missing in it is then not known to be missing.
    pub partial: bool,
}

impl Body {
    /// The text of a document. Inside of another text (a code fence, an entry of a ConfigMap)
    /// people leave out what is not to the point.
    #[must_use]
    pub fn new(source: &Arc<Source>, document: &Document) -> Self {
        Self {
            partial: source.yaml.templated || document.broken || source.map.is_some(),
            source: Arc::clone(source),
            root: document.root,
        }
    }

    /// The text of an object in it.
    #[must_use]
    pub fn of(&self, root: Node<'_>, is_part: bool) -> Self {
        Self {
            source: Arc::clone(&self.source),
            root: Some(root.id()),
            partial: self.partial || is_part,
        }
    }

    /// The object.
    #[must_use]
    pub fn root(&self) -> Option<At<'_>> {
        self.at(self.root?)
    }

    /// A node of the object.
    #[must_use]
    pub fn at(&self, id: NodeId) -> Option<At<'_>> {
        let node = self.source.yaml.node(id)?;
        Some(At { body: self, node })
    }

    /// Whether it stands in the file as it is, so that lines can be put into it.
    pub(super) fn is_verbatim(&self) -> bool {
        self.source.map.is_none()
    }
}

/// What stands at a path.
#[derive(Clone, Debug, PartialEq)]
pub enum Read<T> {
    /// That, there.
    Known(T, Span),
    /// Something that cannot be known: behind a placeholder, in a template, or not of the type
    /// that it should be.
    Unknown,
    /// Nothing.
    Absent,
}

impl<T> Read<T> {
    /// The value, if it is known.
    pub fn known(self) -> Option<T> {
        match self {
            Self::Known(value, _) => Some(value),
            _ => None,
        }
    }

    /// The value, or `default` where nothing is written; `None` where it cannot be known.
    pub fn or(self, default: T) -> Option<T> {
        match self {
            Self::Known(value, _) => Some(value),
            Self::Absent => Some(default),
            Self::Unknown => None,
        }
    }

    /// The same of another type; what has no counterpart is unknown.
    pub fn map<U>(self, then: impl FnOnce(T) -> Option<U>) -> Read<U> {
        match self {
            Self::Known(value, span) => {
                then(value).map_or(Read::Unknown, |value| Read::Known(value, span))
            }
            Self::Unknown => Read::Unknown,
            Self::Absent => Read::Absent,
        }
    }
}

/// A node of an object's text.
#[derive(Clone, Copy, Debug)]
pub struct At<'a> {
    body: &'a Body,
    node: Node<'a>,
}

impl<'a> At<'a> {
    /// The node itself.
    #[must_use]
    pub fn node(self) -> Node<'a> {
        self.node
    }

    /// Its place in the file.
    #[must_use]
    pub fn span(self) -> Span {
        self.to_file(self.node.span())
    }

    fn to_file(self, span: Span) -> Span {
        let map = self.body.source.map.as_ref();
        map.map_or(span, |map| map.to_source(span))
    }

    /// The place of a scalar's text, inside its quotes.
    fn inside(self, scalar: &Scalar) -> Span {
        if scalar.is_plain() || !scalar.is_verbatim() {
            self.span()
        } else {
            self.to_file(scalar.to_source(Span::new(0, scalar.text.len())))
        }
    }

    /// Whether more may belong to it than stands here.
    #[must_use]
    pub fn is_partial(self) -> bool {
        self.body.partial
    }

    /// What stands under a path of keys: the node, nothing, or something unknown.
    #[must_use]
    pub fn find(self, path: &[&str]) -> Read<Self> {
        let mut here = self;
        for key in path {
            match here.node.kind() {
                Kind::Mapping(_) => {}
                Kind::Unknown | Kind::Scalar(_) if !here.node.is_null() => return Read::Unknown,
                _ => return here.nothing(),
            }
            match here.node.get(key) {
                Some(node) => here.node = node,
                None => return here.nothing(),
            }
        }
        match here.node.kind() {
            Kind::Unknown => Read::Unknown,
            Kind::Scalar(scalar) if scalar.templated => Read::Unknown,
            _ if here.node.is_null() => here.nothing(),
            _ => Read::Known(here, here.span()),
        }
    }

    fn nothing<T>(self) -> Read<T> {
        if self.body.partial {
            Read::Unknown
        } else {
            Read::Absent
        }
    }

    /// The node under a path, if there is one that can be read.
    #[must_use]
    pub fn get(self, path: &[&str]) -> Option<Self> {
        self.find(path).known()
    }

    /// The key before the value under a path.
    #[must_use]
    pub fn key_span(self, path: &[&str]) -> Option<Span> {
        let (last, parents) = path.split_last()?;
        let parent = self.get(parents)?;
        let pair = parent.node.pair(last)?;
        Some(self.to_file(pair.key.span()))
    }

    fn scalar<T>(
        self,
        path: &[&str],
        read: impl FnOnce(&'a Scalar, Resolved) -> Option<T>,
    ) -> Read<T> {
        match self.find(path) {
            Read::Known(at, _) => {
                let Some(scalar) = at.node.scalar().filter(|s| !is_placeholder(&s.text)) else {
                    return Read::Unknown;
                };
                let resolved = at.node.resolve(Schema::Yaml11);
                let value = resolved.and_then(|resolved| read(scalar, resolved));
                value.map_or(Read::Unknown, |value| Read::Known(value, at.inside(scalar)))
            }
            Read::Unknown => Read::Unknown,
            Read::Absent => Read::Absent,
        }
    }

    /// The truth value under a path.
    #[must_use]
    pub fn bool(self, path: &[&str]) -> Read<bool> {
        self.scalar(path, |_, resolved| match resolved {
            Resolved::Bool(value) => Some(value),
            _ => None,
        })
    }

    /// The whole number under a path.
    #[must_use]
    pub fn int(self, path: &[&str]) -> Read<i64> {
        self.scalar(path, |_, resolved| match resolved {
            Resolved::Int(value) => i64::try_from(value).ok(),
            _ => None,
        })
    }

    /// The text under a path, of a scalar of whatever type.
    #[must_use]
    pub fn text(self, path: &[&str]) -> Read<&'a str> {
        self.scalar(path, |scalar, _| Some(&*scalar.text))
    }

    /// The scalar under a path with what it is taken for.
    #[must_use]
    pub fn resolved(self, path: &[&str]) -> Read<(&'a str, Resolved)> {
        self.scalar(path, |scalar, resolved| Some((&*scalar.text, resolved)))
    }

    /// The items of the list under a path; none where there is no list.
    pub fn items(self, path: &[&str]) -> impl Iterator<Item = Self> + 'a {
        let found = self.get(path);
        let body = self.body;
        found
            .into_iter()
            .flat_map(|at| at.node.items())
            .map(move |node| Self { body, node })
    }

    /// The pairs of the mapping under a path, with the place of each key.
    pub fn pairs(self, path: &[&str]) -> impl Iterator<Item = (&'a str, Span, Self)> + 'a {
        let found = self.get(path);
        let body = self.body;
        found
            .into_iter()
            .flat_map(|at| at.node.entries())
            .filter_map(move |pair| {
                let node = pair.value;
                let key = Self {
                    body,
                    node: pair.key,
                }
                .span();
                Some((pair.name()?, key, Self { body, node }))
            })
    }

    /// Where the value at a path could be put.
    #[must_use]
    pub fn slot(self, file: FileId, object: usize, path: &'static [&'static str]) -> Slot {
        Slot {
            file,
            object,
            node: self.node.id(),
            path,
        }
    }
}
