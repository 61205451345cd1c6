//! The parser's scalars turned into ours, with the way back to their source.

use std::ops::Range;

use granit_parser::ScalarStyle;
use tunelint_base::{OffsetMap, Span};

use super::super::block;
use super::super::decode::{Decoder, push_whole};
use super::super::mask::line_start;
use super::super::{Data, Scalar, Style};
use super::Builder;

impl Builder<'_, '_> {
    /// The node for a scalar whose parser's range is `range`, and where it stands in the piece.
    pub(super) fn scalar(
        &self,
        value: &str,
        style: ScalarStyle,
        range: Range<usize>,
    ) -> (Data, Range<usize>) {
        let style = match style {
            ScalarStyle::SingleQuoted => Style::SingleQuoted,
            ScalarStyle::DoubleQuoted => Style::DoubleQuoted,
            ScalarStyle::Literal => Style::Literal,
            ScalarStyle::Folded => Style::Folded,
            _ => Style::Plain,
        };
        let text = self.piece.text;
        let (place, inside) = match style {
            Style::Plain if range.is_empty() => return self.absent(range.start),
            Style::Plain => (range.clone(), range),
            Style::SingleQuoted | Style::DoubleQuoted => {
                let inside = range.start + 1..(range.end.max(range.start + 2) - 1);
                (range, inside)
            }
            Style::Literal | Style::Folded => return self.block(value, style, range),
        };
        let templated = self.texts.is_templated(&self.span(place.clone()));
        if text.get(inside.clone()) == Some(value) {
            let span = self.span(inside);
            let scalar = Scalar {
                text: self.original(span, value).into(),
                style,
                span: self.span(place.clone()),
                templated,
                start: span.start,
                map: None,
            };
            return (Data::Scalar(scalar), place);
        }
        let mut decoder = self.decoder();
        match style {
            Style::SingleQuoted => decoder.quoted(place.clone(), b'\''),
            Style::DoubleQuoted => decoder.quoted(place.clone(), b'"'),
            _ => decoder.plain(place.clone()),
        }
        decoder.map.end_at(self.piece.base + inside.end);
        let data = self.decoded(decoder, value, style, &place);
        (data, place)
    }

    /// A block scalar: the parser's range has neither its header nor the first line's indent, and
    /// goes on to the next token.
    fn block(&self, value: &str, style: Style, range: Range<usize>) -> (Data, Range<usize>) {
        let text = self.piece.text;
        let header = block::header(text, self.cursor, range.start).unwrap_or(range.start);
        let mut decoder = self.decoder();
        let has_text = value.bytes().any(|b| b != b'\n');
        let indent = has_text.then(|| range.start - line_start(text, range.start));
        let stop = decoder.block(header, indent, range.end);
        let place = header..stop.max(header);
        let data = self.decoded(decoder, value, style, &place);
        (data, place)
    }

    fn decoder(&self) -> Decoder<'_> {
        Decoder::new(
            self.piece.text,
            &self.texts.content,
            self.piece.base,
            self.texts.is_masked(),
        )
    }

    /// The scalar of a finished decoding. Should it not agree with the parser's own, the parser is
    /// right and all of the text stands for all of the source.
    fn decoded(
        &self,
        decoder: Decoder<'_>,
        value: &str,
        style: Style,
        place: &Range<usize>,
    ) -> Data {
        let span = self.span(place.clone());
        let (text, map) = if decoder.seen == value {
            (decoder.restored.unwrap_or(decoder.seen), decoder.map)
        } else {
            let mut map = OffsetMap::starting_at(span.start as usize);
            push_whole(&mut map, span, value.len());
            (value.to_owned(), map)
        };
        Data::Scalar(Scalar {
            text: text.into(),
            style,
            span,
            templated: self.texts.is_templated(&span),
            start: span.start,
            map: Some(Box::new(map)),
        })
    }

    /// The text at `span` with its template actions.
    fn original<'a>(&'a self, span: Span, value: &'a str) -> &'a str {
        if self.texts.is_masked() {
            self.texts.content.get(span.range()).unwrap_or(value)
        } else {
            value
        }
    }

    /// No node, after the `:` that the parser's place is in front of; or one that was blanked.
    fn absent(&self, at: usize) -> (Data, Range<usize>) {
        let rest = self.piece.text.get(at..).unwrap_or("");
        let blank = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        let at = if rest.as_bytes().get(blank) == Some(&b':') {
            at + blank + 1
        } else {
            at
        };
        let source = self.piece.base + at;
        let blanked = self
            .piece
            .masks
            .iter()
            .map(|mask| mask.start)
            .filter(|start| *start >= source)
            .min();
        let blanked = [blanked, self.texts.blanked_after(source)];
        let is_blank = |start: usize| {
            let between = self.piece.text.get(at..start - self.piece.base);
            between.is_some_and(|text| text.trim().is_empty())
        };
        let data = if blanked.into_iter().flatten().any(is_blank) {
            Data::Unknown
        } else {
            Data::Absent
        };
        (data, at..at)
    }
}
