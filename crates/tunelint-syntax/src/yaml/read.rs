//! Reading a stream piece by piece, with recovery and with template actions set aside.

use std::borrow::Cow;
use std::ops::Range;

use granit_parser::{ErrorKind, ScanError};
use tunelint_base::Span;

use super::alias::Budget;
use super::build::Builder;
use super::mask::{floor, line_end};
use super::{Data, Error, Yaml, chunk, recover, template};

/// A piece of the stream as the parser is to see it.
#[derive(Clone, Copy)]
pub(super) struct Piece<'t> {
    pub(super) text: &'t str,
    /// Where it begins in the whole text.
    pub(super) base: usize,
    /// What recovery blanked in it, as ranges of the whole text.
    pub(super) masks: &'t [Range<usize>],
}

/// The whole text, as it shapes the tree and as it fills the scalars; both of the same length.
pub(super) struct Texts<'t> {
    /// With placeholders for template actions.
    pub(super) structure: Cow<'t, str>,
    /// With the actions that stand among other text.
    pub(super) content: Cow<'t, str>,
    /// Where placeholders stand; where nothing is masked, where actions stand.
    pub(super) actions: Vec<Range<usize>>,
    /// Where lines of actions were blanked.
    pub(super) blanked: Vec<Range<usize>>,
    /// Whether the two texts differ.
    pub(super) masked: bool,
}

impl<'t> Texts<'t> {
    fn plain(text: &'t str, actions: Vec<Range<usize>>) -> Self {
        Self {
            structure: Cow::Borrowed(text),
            content: Cow::Borrowed(text),
            actions,
            blanked: Vec::new(),
            masked: false,
        }
    }

    pub(super) fn is_masked(&self) -> bool {
        self.masked
    }

    /// Whether an action stands in `span`.
    pub(super) fn is_templated(&self, span: &Span) -> bool {
        let next = self
            .actions
            .partition_point(|a| a.end <= span.start as usize);
        self.actions
            .get(next)
            .is_some_and(|a| a.start < span.end as usize)
    }

    /// The start of the next blanked line of actions from `at`.
    pub(super) fn blanked_after(&self, at: usize) -> Option<usize> {
        let next = self.blanked.partition_point(|b| b.start < at);
        self.blanked.get(next).map(|b| b.start)
    }
}

/// Where the parser gave up, in the piece, and why.
#[derive(Clone, Debug)]
pub(super) struct Fault {
    pub(super) at: usize,
    message: String,
}

impl Fault {
    pub(super) fn new(error: &ScanError, text: &str) -> Self {
        let mut at = floor(text, error.marker().byte_offset().unwrap_or(text.len()));
        if matches!(error.kind(), ErrorKind::TabInPlainScalar) {
            // The parser names the start of the value, of which the tab's line looks like a part.
            at = memchr::memchr(b'\t', &text.as_bytes()[at..]).map_or(at, |tab| at + tab);
        }
        Self {
            at,
            message: message(error),
        }
    }

    /// As an error of the whole text: the word at the fault, or the end of its line.
    fn into_error(self, text: &str, base: usize) -> Error {
        let at = floor(text, base + self.at);
        let rest = text.get(at..line_end(text, at)).unwrap_or("");
        let at = at + (rest.len() - rest.trim_start().len());
        let rest = rest.trim_start();
        let word = rest.find([' ', '\t']).unwrap_or(rest.len());
        let first = rest.chars().next().map_or(0, char::len_utf8);
        Error {
            span: Span::new(at, at + word.max(first)),
            message: self.message,
        }
    }
}

/// What is wrong, in words for the commonest mistakes; the parser's own for the others.
fn message(error: &ScanError) -> String {
    let words = match error.kind() {
        ErrorKind::MappingValueNotAllowed => {
            "a `:` cannot stand here: quote the value that holds it, or check the indent"
        }
        ErrorKind::InvalidColonPlacement => {
            "a `:` cannot stand here: is a bracket or quote before it left open?"
        }
        ErrorKind::TabNotAllowed
        | ErrorKind::TabInBlockIndentation
        | ErrorKind::TabInPlainScalar
        | ErrorKind::TabInIndentation => "YAML is not indented by tabs: use blanks",
        ErrorKind::UnclosedQuotedScalar => "this quote is never closed",
        ErrorKind::RecursionLimitExceeded => "nested too deeply to be read",
        _ => return error.info(),
    };
    words.to_owned()
}

/// The bytes of a parser's span, inside a text of `len` bytes.
pub(super) fn byte_range(span: &granit_parser::Span, len: usize) -> Range<usize> {
    let start = span.start.byte_offset().unwrap_or(len).min(len);
    let end = span.end.byte_offset().unwrap_or(len).min(len);
    start..end.max(start)
}

/// Reads `text`, YAML or JSON. Whatever it is, there is an answer, in time proportional to its
/// length; what could not be read is told in [`Yaml::errors`].
///
/// A text with template actions that is not YAML as it stands is read with its actions masked:
/// a line of actions counts as blank, an action among other text makes its scalar
/// [`templated`](super::Scalar::templated).
#[must_use]
pub fn parse(text: &str) -> Yaml {
    if u32::try_from(text.len()).is_err() {
        let error = Error {
            span: Span::default(),
            message: "the file is larger than 4 GiB".to_owned(),
        };
        return Yaml {
            errors: vec![error],
            ..Yaml::default()
        };
    }
    let actions = template::actions(text);
    if actions.is_empty() {
        return read(&Texts::plain(text, actions), true);
    }
    let plain = Texts::plain(text, actions);
    let strict = read(&plain, false);
    if strict.errors.is_empty() && are_data(&plain.actions, &strict) {
        return strict;
    }
    let masked = read(&template::mask(text, &plain.actions), true);
    if masked.errors.is_empty() || template::is_evident(text, &plain.actions) {
        return as_template(masked);
    }
    read(&plain, true)
}

fn as_template(mut yaml: Yaml) -> Yaml {
    yaml.templated = true;
    yaml.template_errors = std::mem::take(&mut yaml.errors);
    yaml.duplicates.clear();
    yaml
}

/// Whether all actions stand inside scalars and comments, as in the rules of an alert.
fn are_data(actions: &[Range<usize>], yaml: &Yaml) -> bool {
    let scalars = yaml.nodes.iter().filter_map(|node| match &node.data {
        Data::Scalar(scalar) => Some(scalar.span),
        _ => None,
    });
    let mut places: Vec<Span> = scalars
        .chain(yaml.comments.iter().map(|c| c.span))
        .collect();
    places.sort_unstable();
    actions.iter().all(|action| {
        let start = action.start;
        let next = places.partition_point(|p| p.start as usize <= start);
        let place = next.checked_sub(1).and_then(|i| places.get(i));
        place.is_some_and(|p| start < p.end as usize)
    })
}

/// Reads all pieces; without `recover`, what follows a fault in a piece is left out.
fn read(texts: &Texts<'_>, recover: bool) -> Yaml {
    let mut yaml = Yaml::default();
    let mut aliases = Budget::default();
    let mut effort = recover::Effort::new(texts.structure.len());
    for range in chunk::chunks(&texts.structure) {
        let base = range.start;
        let text = texts.structure.get(range).unwrap_or("");
        let piece = Piece {
            text,
            base,
            masks: &[],
        };
        let before = State::of(&yaml);
        let Some(fault) = Builder::new(&mut yaml, texts, piece, &mut aliases).run() else {
            continue;
        };
        if !recover {
            let error = fault.into_error(&texts.content, base);
            yaml.errors.push(error);
            return yaml;
        }
        before.restore(&mut yaml);
        let recovery = recover::recover(text, fault, &mut effort);
        let masks: Vec<_> = recovery
            .masks
            .into_iter()
            .map(|m| base + m.start..base + m.end)
            .collect();
        let piece = Piece {
            text: &recovery.text,
            base,
            masks: &masks,
        };
        Builder::new(&mut yaml, texts, piece, &mut aliases).run();
        let errors = recovery.faults.into_iter();
        yaml.errors
            .extend(errors.map(|fault| fault.into_error(&texts.content, base)));
    }
    yaml.errors.sort_by_key(|error| error.span);
    yaml.duplicates.sort_by_key(|duplicate| duplicate.again);
    yaml
}

/// How much a [`Yaml`] held, to take back what came after.
struct State {
    documents: usize,
    comments: usize,
    errors: usize,
    duplicates: usize,
    nodes: usize,
}

impl State {
    fn of(yaml: &Yaml) -> Self {
        Self {
            documents: yaml.documents.len(),
            comments: yaml.comments.len(),
            errors: yaml.errors.len(),
            duplicates: yaml.duplicates.len(),
            nodes: yaml.nodes.len(),
        }
    }

    fn restore(self, yaml: &mut Yaml) {
        yaml.documents.truncate(self.documents);
        yaml.comments.truncate(self.comments);
        yaml.errors.truncate(self.errors);
        yaml.duplicates.truncate(self.duplicates);
        yaml.nodes.truncate(self.nodes);
    }
}
