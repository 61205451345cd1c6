//! The parser's events turned into nodes.

mod open;
mod scalars;

use std::collections::HashMap;
use std::ops::Range;

use granit_parser::{Event, Options, Parser, StructureStyle};
use tunelint_base::Span;

use super::alias::{Budget, Size, Target};
use super::mask::whole;
use super::read::{Fault, Piece, Texts, byte_range};
use super::{Anchor, Comment, Data, Document, Entry, Error, NodeId, Properties, Tag, Yaml};
use open::{Children, Open};

/// How the parser is to read: as the readers built on libyaml do, and with all that a tree can keep.
pub(super) fn options() -> Options {
    granit_parser::options! {
        block_scalar_eof_without_line_feed: true,
        emit_unresolved_aliases: true,
        emit_anchor_events: true,
        max_buffered_comment_events: 1_000_000,
    }
}

/// Builds the documents of one piece of the stream.
pub(super) struct Builder<'t, 'y> {
    yaml: &'y mut Yaml,
    texts: &'t Texts<'t>,
    piece: Piece<'t>,
    budget: &'y mut Budget,
    open: Vec<Open>,
    anchors: HashMap<usize, Target>,
    /// Where the last node with text ended, in the piece.
    cursor: usize,
    /// The node of the last event, which an anchor's event then names.
    latest: Option<NodeId>,
    document: Option<Document>,
}

impl<'t, 'y> Builder<'t, 'y> {
    pub(super) fn new(
        yaml: &'y mut Yaml,
        texts: &'t Texts<'t>,
        piece: Piece<'t>,
        budget: &'y mut Budget,
    ) -> Self {
        Self {
            yaml,
            texts,
            piece,
            budget,
            open: Vec::new(),
            anchors: HashMap::new(),
            cursor: 0,
            latest: None,
            document: None,
        }
    }

    /// Reads the piece up to its end or first fault; what came before a fault is kept.
    pub(super) fn run(mut self) -> Option<Fault> {
        let mut fault = None;
        for next in Parser::new_from_str_with_options(self.piece.text, options()) {
            match next {
                Ok((event, span)) => self.event(event, &span),
                Err(error) => {
                    fault = Some(Fault::new(&error, self.piece.text));
                    break;
                }
            }
        }
        while !self.open.is_empty() {
            self.close(self.cursor);
        }
        let end = self.piece.text.trim_end().len();
        self.end_document(end, fault.is_some());
        fault
    }

    fn event(&mut self, event: Event<'_>, span: &granit_parser::Span) {
        let range = byte_range(span, self.piece.text.len());
        match event {
            Event::DocumentStart(explicit, _) => {
                if explicit {
                    self.cursor = range.end;
                }
                self.document = Some(Document {
                    root: None,
                    span: self.span(range),
                    broken: false,
                });
            }
            Event::DocumentEnd => {
                self.cursor = self.cursor.max(range.end);
                self.end_document(range.end, false);
            }
            Event::Comment(..) => self.comment(range),
            Event::Anchor(_, name) => {
                let anchor = Anchor {
                    span: self.span(range),
                    name: name.as_ref().into(),
                };
                if let Some(properties) = self.properties() {
                    properties.anchor = Some(anchor);
                }
            }
            Event::Scalar(value, style, anchor, _) => {
                let (data, place) = self.scalar(&value, style, range);
                self.leaf(data, place, anchor);
                self.tag(span);
            }
            Event::SequenceStart(style, anchor, _) => {
                self.open(Children::Sequence(Vec::new()), style, anchor, range);
                self.tag(span);
            }
            Event::MappingStart(style, anchor, _) => {
                self.open(Children::Mapping(Vec::new(), None), style, anchor, range);
                self.tag(span);
            }
            Event::SequenceEnd | Event::MappingEnd => {
                let flow = self.open.last().is_some_and(|open| open.flow);
                self.close(if flow { range.end } else { self.cursor });
            }
            Event::Alias(id) => self.alias(id, range),
            Event::UnresolvedAlias(name) => {
                let message = format!("no anchor `&{name}` stands before this alias");
                self.error(&range, message);
                self.leaf(Data::Alias(None), range, 0);
            }
            _ => {}
        }
    }

    /// A range of the piece in the whole text.
    fn span(&self, range: Range<usize>) -> Span {
        let base = self.piece.base;
        whole(&self.texts.content, base + range.start, base + range.end)
    }

    fn push(&mut self, data: Data, span: Span) -> NodeId {
        let id = NodeId(u32::try_from(self.yaml.nodes.len()).unwrap_or(u32::MAX));
        self.yaml.nodes.push(Entry {
            span,
            data,
            properties: None,
        });
        self.latest = Some(id);
        id
    }

    /// Adds a node without children at `place` of the piece.
    fn leaf(&mut self, data: Data, place: Range<usize>, anchor: usize) {
        if !matches!(data, Data::Absent | Data::Unknown) {
            self.cursor = place.end;
        }
        let span = self.span(place);
        let node = self.push(data, span);
        if anchor != 0 {
            let size = Size::LEAF;
            self.anchors.insert(anchor, Target { node, size });
        }
        self.attach(node, Size::LEAF);
    }

    fn open(&mut self, children: Children, style: StructureStyle, anchor: usize, at: Range<usize>) {
        let flow = style == StructureStyle::Flow;
        if flow {
            self.cursor = at.end;
        }
        let span = self.span(at.start..at.start);
        let node = self.push(Data::Unknown, span);
        self.open.push(Open {
            node,
            children,
            size: Size::LEAF,
            anchor,
            flow,
        });
    }

    /// Finishes the innermost open collection, which ends at `end` of the piece.
    fn close(&mut self, end: usize) {
        let Some(open) = self.open.pop() else { return };
        self.cursor = self.cursor.max(end);
        let (node, size) = (open.node, open.size);
        if open.anchor != 0 {
            self.anchors.insert(open.anchor, Target { node, size });
        }
        let flow = open.flow;
        let data = open.into_data(self.yaml);
        let start = match &data {
            Data::Sequence(_) if !flow => self.dash(self.entry_start(node)),
            _ => self.entry_start(node),
        };
        let end = self.span(end..end).end;
        let mut span = Span::new(start, end as usize);
        if let Data::Mapping(pairs) = &data
            && let Some((first, _)) = pairs.first()
        {
            // An implicit pair of a flow sequence starts where its key does.
            span.start = span.start.min(self.yaml.nodes[first.0 as usize].span.start);
        }
        let latest = self.latest;
        if let Some(entry) = self.yaml.nodes.get_mut(node.0 as usize) {
            entry.data = data;
            entry.span = span;
        }
        self.latest = latest;
        self.attach(node, size);
    }

    fn entry_start(&self, node: NodeId) -> usize {
        let entry = self.yaml.nodes.get(node.0 as usize);
        entry.map_or(0, |e| e.span.start as usize)
    }

    /// Where a block sequence begins that the parser lets begin at `start`: for one as far left as
    /// its key, that is after the first dash.
    fn dash(&self, start: usize) -> usize {
        let at = start - self.piece.base;
        let before = self.piece.text.get(..at).unwrap_or("").trim_end();
        if before.ends_with('-') && self.piece.text.as_bytes().get(at) != Some(&b'-') {
            self.piece.base + before.len() - 1
        } else {
            start
        }
    }

    /// Puts a finished node where it belongs.
    fn attach(&mut self, node: NodeId, size: Size) {
        if let Some(open) = self.open.last_mut() {
            open.take(node, size);
        } else if let Some(document) = &mut self.document {
            document.root = Some(node);
        }
    }

    fn alias(&mut self, id: usize, range: Range<usize>) {
        let depth = self.open.len() + 1;
        let (node, size) = match self.anchors.get(&id) {
            Some(target) if self.budget.admits(target.size, depth) => (target.node, target.size),
            Some(_) => {
                // Told once: what follows such an alias is mostly more of them.
                if self.budget.is_first_refusal() {
                    self.error(&range, "the aliases of this file add up to too much".into());
                }
                return self.leaf(Data::Alias(None), range, 0);
            }
            None => {
                self.error(&range, "this alias stands inside its own anchor".into());
                return self.leaf(Data::Alias(None), range, 0);
            }
        };
        self.cursor = range.end;
        let span = self.span(range);
        let alias = self.push(Data::Alias(Some(node)), span);
        self.attach(alias, size);
    }

    fn error(&mut self, range: &Range<usize>, message: String) {
        let span = self.span(range.clone());
        self.yaml.errors.push(Error { span, message });
    }

    fn properties(&mut self) -> Option<&mut Properties> {
        let node = self.latest?;
        let entry = self.yaml.nodes.get_mut(node.0 as usize)?;
        Some(entry.properties.get_or_insert_default())
    }

    fn tag(&mut self, span: &granit_parser::Span) {
        let Some(tag) = span.tag_span() else { return };
        let range = byte_range(&tag, self.piece.text.len());
        let text = self.piece.text.get(range.clone()).unwrap_or("").into();
        let span = self.span(range);
        if let Some(properties) = self.properties() {
            properties.tag = Some(Tag { span, text });
        }
    }

    fn comment(&mut self, range: Range<usize>) {
        let text = self.piece.text.get(range.clone()).unwrap_or("");
        let said = text.trim_start_matches('#');
        let start = range.start + (text.len() - said.trim_start().len());
        let end = start + said.trim().len();
        self.yaml.comments.push(Comment {
            span: self.span(range),
            text: self.span(start..end),
        });
    }

    fn end_document(&mut self, end: usize, broken: bool) {
        let Some(mut document) = self.document.take() else {
            return;
        };
        let end = self.span(end..end).end;
        let root = document
            .root
            .and_then(|id| self.yaml.nodes.get(id.0 as usize));
        // An implicit start is that of the first token's content, which a header may precede.
        let start = root.map_or(u32::MAX, |root| root.span.start);
        let start = start.min(document.span.start);
        document.span = Span::new(start as usize, end as usize);
        if root.is_some_and(|e| matches!(e.data, Data::Absent)) {
            document.root = None;
        }
        document.broken = broken
            || self
                .piece
                .masks
                .iter()
                .any(|mask| document.span.overlaps(Span::from(mask.clone())));
        self.yaml.documents.push(document);
    }
}
