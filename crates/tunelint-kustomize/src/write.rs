//! Resources as YAML text, and the way back from each scalar to where it was written.

use crate::tree::{Leaf, Tree};
use tunelint_base::Span;
use tunelint_syntax::yaml::Style;

/// A piece of the text that was written elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// The piece.
    pub here: Span,
    /// The index of the file.
    pub file: usize,
    /// Where it stands there.
    pub there: Span,
    /// Whether both are the same text, byte by byte.
    pub verbatim: bool,
}

/// The text of a build, with the places of its pieces.
#[derive(Clone, Debug, Default)]
pub struct Built {
    /// The resources as YAML documents.
    pub text: String,
    /// Its pieces, in order.
    pub runs: Vec<Run>,
}

impl Built {
    /// Where the piece of the text was written: the file, the place there, and whether the text
    /// there is the same. Of a piece that was written in several files the place of the first.
    #[must_use]
    pub fn locate(&self, span: Span) -> Option<(usize, Span, bool)> {
        let from = self.runs.partition_point(|run| {
            run.here.end < span.start || (run.here.end == span.start && !span.is_empty())
        });
        let mut runs = self.runs[from..].iter().take_while(|run| {
            run.here.start < span.end || (span.is_empty() && run.here.start <= span.end)
        });
        let first = runs.next().or_else(|| self.runs[..from].last())?;
        let part = part(first, span);
        let mut whole = part;
        let mut alone = true;
        for run in runs {
            alone = false;
            // A later piece that stands before it or elsewhere was put together with it here only.
            if run.file == first.file && run.there.start >= whole.end {
                whole = whole.cover(self::part(run, span));
            } else {
                whole = part;
                break;
            }
        }
        let exact = alone && first.verbatim && first.here.contains(span);
        Some((first.file, whole, exact))
    }
}

/// The part of a run's source that `span` asks for.
fn part(run: &Run, span: Span) -> Span {
    if !run.verbatim {
        return run.there;
    }
    let start = span.start.clamp(run.here.start, run.here.end) - run.here.start;
    let end = span.end.clamp(run.here.start, run.here.end) - run.here.start;
    Span {
        start: run.there.start + start,
        end: run.there.start + end,
    }
}

/// Writes the documents.
pub(crate) fn write<'t>(documents: impl Iterator<Item = &'t Tree>) -> Built {
    let mut built = Built::default();
    for (number, document) in documents.enumerate() {
        if number > 0 {
            built.text.push_str("---\n");
        }
        built.value(document, 0, true);
    }
    built
}

impl Built {
    /// A value at the indent, on a line of its own or after a key.
    fn value(&mut self, tree: &Tree, indent: usize, at_start: bool) {
        match tree {
            Tree::Leaf(leaf) => {
                if !at_start {
                    self.text.push(' ');
                }
                self.leaf(leaf, indent);
                self.text.push('\n');
            }
            Tree::Map(pairs) if pairs.is_empty() => self.empty("{}", at_start),
            Tree::List(items) if items.is_empty() => self.empty("[]", at_start),
            Tree::Map(pairs) => {
                if !at_start {
                    self.text.push('\n');
                }
                for (number, (key, value)) in pairs.iter().enumerate() {
                    if number > 0 || !at_start {
                        self.text.push_str(&" ".repeat(indent));
                    }
                    self.leaf(key, indent);
                    self.text.push(':');
                    self.value(value, indent + 2, false);
                }
            }
            Tree::List(items) => {
                if !at_start {
                    self.text.push('\n');
                }
                for (number, item) in items.iter().enumerate() {
                    if number > 0 || !at_start {
                        self.text.push_str(&" ".repeat(indent));
                    }
                    self.text.push_str("- ");
                    self.value(item, indent + 2, true);
                }
            }
        }
    }

    fn empty(&mut self, text: &str, at_start: bool) {
        if !at_start {
            self.text.push(' ');
        }
        self.text.push_str(text);
        self.text.push('\n');
    }

    fn leaf(&mut self, leaf: &Leaf, indent: usize) {
        let text = &leaf.text;
        let plain = leaf.style == Style::Plain && !text.contains('\n');
        if plain && (!leaf.is_string || is_safe(text)) {
            return self.copy(leaf, Span::new(0, text.len()));
        }
        if text.contains('\n') && is_block(text) {
            return self.block(leaf, indent);
        }
        let source = leaf.source.as_ref();
        let copied = source.is_some_and(|source| source.map.is_verbatim());
        let quote = match leaf.style {
            Style::SingleQuoted if copied && !text.contains('\'') => Some('\''),
            _ if copied && !text.contains(['"', '\\']) && !text.contains(char::is_control) => {
                Some('"')
            }
            _ => None,
        };
        if let Some(quote) = quote {
            self.text.push(quote);
            self.copy(leaf, Span::new(0, text.len()));
            self.text.push(quote);
            return;
        }
        let start = self.text.len();
        self.text.push_str(&quoted(text));
        if let Some(source) = source {
            self.runs.push(Run {
                here: Span::new(start, self.text.len()),
                file: source.file,
                there: source.span(),
                verbatim: false,
            });
        }
    }

    /// A part of a leaf's text as it is.
    fn copy(&mut self, leaf: &Leaf, part: Span) {
        let start = self.text.len();
        self.text.push_str(part.of(&leaf.text));
        let Some(source) = &leaf.source else { return };
        let there = source.map.to_source(part);
        self.runs.push(Run {
            here: Span::new(start, self.text.len()),
            file: source.file,
            there,
            verbatim: there.len() == part.len() && source.map.is_verbatim()
                || is_copy(source, part),
        });
    }

    /// A literal block.
    fn block(&mut self, leaf: &Leaf, indent: usize) {
        let text = &leaf.text;
        let ends = text.len() - text.trim_end_matches('\n').len();
        self.text.push_str(match ends {
            0 => "|-",
            1 => "|",
            _ => "|+",
        });
        let body = text.strip_suffix('\n').unwrap_or(text);
        let mut at = 0;
        for line in body.split('\n') {
            self.text.push('\n');
            if !line.is_empty() {
                self.text.push_str(&" ".repeat(indent.max(2)));
                self.copy(leaf, Span::new(at, at + line.len()));
            }
            at += line.len() + 1;
        }
    }
}

/// Whether each byte of the part stands at one distance in the source.
fn is_copy(source: &crate::tree::Source, part: Span) -> bool {
    let there = source.map.to_source(part);
    if there.len() != part.len() || part.is_empty() {
        return false;
    }
    let middle = part.start + (part.len() / 2) as u32;
    let half = source.map.to_source(Span {
        start: part.start,
        end: middle,
    });
    half.is_empty() || half.end - half.start == middle - part.start
}

/// Whether a string may stand without quotes as it does in its source.
fn is_safe(text: &str) -> bool {
    !text.is_empty()
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.ends_with(':')
        && text.trim() == text
}

/// Whether a text can be a literal block without an indentation indicator.
fn is_block(text: &str) -> bool {
    !text.starts_with([' ', '\n', '\t'])
        && text
            .chars()
            .all(|c| c == '\n' || c == '\t' || !c.is_control())
}

/// As a double-quoted scalar; JSON strings are YAML.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
