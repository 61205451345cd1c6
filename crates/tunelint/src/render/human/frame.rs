//! The lines of code that a finding is about, framed by miette.

use super::super::Shown;
use super::clip::{TAB, clip};
use super::draw::draw;
use super::window::Window;
use super::wrap;
use crate::redact::printable;
use miette::LabeledSpan;
use std::ops::Range;
use tunelint_base::{Diagnostic, FileId, Location, Severity};
use tunelint_model::SourceFile;
use unicode_width::UnicodeWidthStr;

/// Labels of one file that are so many lines apart share a frame.
const NEAR: usize = 8;
/// A label over more lines than this is cut to its first line.
const TALL: usize = 4;

/// A place to point at.
struct Mark {
    location: Location,
    label: Option<String>,
    is_primary: bool,
}

/// The frames of a finding: that of its own place, then the others in the order of its labels.
pub(super) fn frames(shown: &Shown<'_>, diagnostic: &Diagnostic) -> String {
    let mut groups: Vec<Vec<Mark>> = Vec::new();
    for mark in marks(shown, diagnostic) {
        let near = groups
            .iter_mut()
            .find(|group| group.iter().any(|other| are_near(shown, other, &mark)));
        match near {
            Some(group) => group.push(mark),
            None => groups.push(vec![mark]),
        }
    }
    let frames = groups
        .iter()
        .map(|group| frame(shown, group, diagnostic.severity));
    frames.collect()
}

/// The finding's place, then the related ones. One within the finding's place is its label, as two
/// underlines in each other cannot be told apart; on several lines they can.
fn marks(shown: &Shown<'_>, diagnostic: &Diagnostic) -> Vec<Mark> {
    let mut marks = vec![Mark {
        location: diagnostic.location,
        label: None,
        is_primary: true,
    }];
    for related in &diagnostic.related {
        let label = shown.text(&related.message, diagnostic);
        if is_within(shown, related.location, diagnostic.location) {
            let own = &mut marks[0].label;
            *own = Some(
                own.take()
                    .map_or(label.clone(), |own| format!("{own}; {label}")),
            );
        } else {
            marks.push(Mark {
                location: related.location,
                label: Some(label),
                is_primary: false,
            });
        }
    }
    marks
}

fn is_within(shown: &Shown<'_>, inner: Location, outer: Location) -> bool {
    let is_one_line = file(shown, outer.file).is_some_and(|file| {
        file.lines.line_of(outer.span.start) == file.lines.line_of(outer.span.end)
    });
    inner == outer || (inner.file == outer.file && is_one_line && outer.span.contains(inner.span))
}

fn are_near(shown: &Shown<'_>, one: &Mark, other: &Mark) -> bool {
    let line = |mark: &Mark| {
        file(shown, mark.location.file).map(|file| file.lines.line_of(mark.location.span.start))
    };
    one.location.file == other.location.file
        && line(one)
            .zip(line(other))
            .is_some_and(|(a, b)| a.abs_diff(b) <= NEAR)
}

fn file<'r>(shown: &Shown<'r>, id: FileId) -> Option<&'r SourceFile> {
    shown.report.files.get(id.0 as usize)
}

/// The lines of a mark, from 0, both included.
fn lines_of(file: &SourceFile, mark: &Mark) -> (usize, usize) {
    let span = mark.location.span;
    let first = file.lines.line_of(span.start);
    // An end at the start of a line belongs to the line before.
    let last = file
        .lines
        .line_of(span.end.saturating_sub(1).max(span.start));
    if last - first >= TALL {
        (first, first)
    } else {
        (first, last)
    }
}

fn frame(shown: &Shown<'_>, marks: &[Mark], severity: Severity) -> String {
    let Some(file) = marks
        .first()
        .and_then(|mark| file(shown, mark.location.file))
    else {
        return String::new();
    };
    let id = marks[0].location.file;
    let source = file.text.as_str();
    let name = printable(&file.path);
    if source.is_empty() {
        return format!("  in {name}\n");
    }
    let lines = marks.iter().map(|mark| lines_of(file, mark));
    let (top, bottom) = lines.fold((usize::MAX, 0), |(top, bottom), (first, last)| {
        (top.min(first), bottom.max(last))
    });
    let count =
        file.lines.count() - usize::from(source.ends_with('\n') && bottom + 1 < file.lines.count());
    let (first, last) = (top.saturating_sub(1), (bottom + 1).min(count - 1));
    let gutter = (last + 1).to_string().len() + 4;
    let look = shown.options.look;
    let room = look.width.saturating_sub(gutter + 1).max(20);

    let mut text = String::new();
    let mut places: Vec<Option<Range<usize>>> = vec![None; marks.len()];
    for number in first..=last {
        let span = file.lines.span_of(number, source);
        let (line, redacted) = shown.redactor.line(id, span, source);
        let parts: Vec<(usize, Range<usize>)> = marks
            .iter()
            .enumerate()
            .filter_map(|(at, mark)| Some((at, redacted.map(part(file, mark, number)?))))
            .collect();
        let keep = parts
            .iter()
            .map(|(_, part)| part.clone())
            .reduce(|a, b| a.start.min(b.start)..a.end.max(b.end));
        let clipped = clip(&line, keep, room);
        let start = text.len();
        text.push_str(&clipped.apply(&line));
        for (at, part) in parts {
            let part = clipped.map(part);
            let (from, to) = (start + part.start, start + part.end);
            let from = places[at].as_ref().map_or(from, |place| place.start);
            places[at] = Some(from..to);
        }
        // What is pointed at past the end of a line needs something to stand under.
        if number == last && text.len() == start {
            text.push(' ');
        }
        if number < last {
            text.push('\n');
        }
    }
    let mut labels: Vec<(LabeledSpan, bool)> = Vec::new();
    for (mark, place) in marks.iter().zip(places) {
        let place = place.unwrap_or(0..0);
        let label = mark
            .label
            .as_deref()
            .map(|label| fitted(label, &text, &place, room));
        let span = if mark.is_primary {
            LabeledSpan::new_primary_with_span(label, place)
        } else {
            LabeledSpan::new_with_span(label, place)
        };
        labels.push((span, mark.is_primary));
    }
    labels.sort_by_key(|(label, _)| label.offset());
    let at = file.lines.position(marks[0].location.span.start, source);
    let window = Window {
        name,
        text,
        first_line: first,
        position: (at.line as usize - 1, at.column as usize - 1),
    };
    draw(window, labels, severity, look)
}

/// The part of a mark that lies on a line, counted from the line's start.
fn part(file: &SourceFile, mark: &Mark, number: usize) -> Option<Range<usize>> {
    let (first, last) = lines_of(file, mark);
    if !(first..=last).contains(&number) {
        return None;
    }
    let line = file.lines.span_of(number, file.text.as_str());
    let span = mark.location.span;
    let start = span.start.clamp(line.start, line.end) - line.start;
    let end = span.end.clamp(line.start, line.end) - line.start;
    Some(start as usize..end as usize)
}

/// A label broken into lines that fit to the right of where it hangs.
fn fitted(label: &str, text: &str, place: &Range<usize>, room: usize) -> String {
    let start = text[..place.start].rfind('\n').map_or(0, |at| at + 1);
    let before = text[start..place.start]
        .replace('\t', &" ".repeat(TAB))
        .width();
    let half = text
        .get(place.clone())
        .map_or(0, |marked| marked.lines().next().unwrap_or("").width() / 2);
    let width = room.saturating_sub(before + half + 5);
    wrap(label, width.max(24), 0, 0)
}
