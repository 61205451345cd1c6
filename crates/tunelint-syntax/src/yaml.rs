//! YAML (and so JSON) read into an arena of nodes that keep their byte spans, through errors and templates.

mod alias;
mod block;
mod build;
mod chunk;
mod decode;
mod mask;
mod node;
mod read;
mod recover;
mod resolve;
mod scalar;
mod template;

pub use node::{Children, Entries, Kind, Node, Pair, Pairs};
pub use read::parse;
pub use resolve::{Resolved, Schema};
pub use scalar::{Scalar, Style};

use tunelint_base::Span;

/// What one text says: its documents, its comments, and what is wrong with it.
#[derive(Debug, Default)]
pub struct Yaml {
    /// The documents of the stream, in order.
    pub documents: Vec<Document>,
    /// Every comment, in order.
    pub comments: Vec<Comment>,
    /// What is not YAML, in order of place; empty for a template, see [`Self::template_errors`].
    pub errors: Vec<Error>,
    /// What is left unreadable once the actions of a template are set aside: a template need not be
    /// YAML before it is rendered, so these are no mistakes of the user.
    pub template_errors: Vec<Error>,
    /// Keys that a mapping holds more than once; empty for a template, whose branches repeat keys.
    pub duplicates: Vec<Duplicate>,
    /// Whether the text is a template (`{{ … }}`, `{% … %}`) that had to be masked to be read.
    pub templated: bool,
    nodes: Vec<Entry>,
}

impl Yaml {
    /// The root nodes of all documents that have one.
    pub fn roots(&self) -> impl Iterator<Item = Node<'_>> {
        self.documents.iter().filter_map(|d| self.root(d))
    }

    /// The root node of `document`, which must be one of this text's.
    #[must_use]
    pub fn root(&self, document: &Document) -> Option<Node<'_>> {
        document.root.and_then(|id| self.node(id))
    }

    /// The node named `id`.
    #[must_use]
    pub fn node(&self, id: NodeId) -> Option<Node<'_>> {
        Node::new(self, id)
    }
}

/// The place of a node in its [`Yaml`]; of no meaning in another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(u32);

/// One document of a stream.
#[derive(Clone, Copy, Debug)]
pub struct Document {
    /// Its root node; absent in an empty document.
    pub root: Option<NodeId>,
    /// From its `---` or first node to its end.
    pub span: Span,
    /// Whether parts of it could not be read: what looks missing in it may only be unreadable.
    pub broken: bool,
}

/// A comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Comment {
    /// The comment with its `#`, without the line end.
    pub span: Span,
    /// What it says: without the `#` and surrounding blanks.
    pub text: Span,
}

/// Something that is not YAML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// Where.
    pub span: Span,
    /// What, as a sentence without capital and full stop.
    pub message: String,
}

/// A key that was there before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Duplicate {
    /// The first key of that name.
    pub first: Span,
    /// The later one.
    pub again: Span,
}

/// An anchor, `&name`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// The anchor with its `&`.
    pub span: Span,
    /// Its name without the `&`.
    pub name: Box<str>,
}

/// An explicit tag as it is written, `!!str`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// The tag with its `!`.
    pub span: Span,
    /// The same as text.
    pub text: Box<str>,
}

/// A node of the arena.
#[derive(Debug)]
struct Entry {
    span: Span,
    data: Data,
    properties: Option<Box<Properties>>,
}

/// What a node holds.
#[derive(Debug)]
enum Data {
    Scalar(Scalar),
    Sequence(Vec<NodeId>),
    Mapping(Vec<(NodeId, NodeId)>),
    /// An alias and its target; without a target it stays unresolved.
    Alias(Option<NodeId>),
    /// Nothing is written where a node could stand.
    Absent,
    /// Something is written that could not be read.
    Unknown,
}

/// The anchor and tag before a node.
#[derive(Debug, Default)]
struct Properties {
    anchor: Option<Anchor>,
    tag: Option<Tag>,
}
