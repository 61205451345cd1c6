//! Template actions (`{{ … }}`, `{% … %}`, `{# … #}`): found, and masked without moving the rest.

mod lines;

use std::borrow::Cow;
use std::ops::Range;

use super::mask::{fill, fill_all, line_start};
use super::read::Texts;
use lines::Line;

/// How far quotes are minded inside an action; a cheap bound against texts made of open quotes.
const FARTHEST_QUOTE: usize = 256;

/// Every action in `text`.
pub(super) fn actions(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    // Once an end mark is missing up to the end of the text, it is missing for all later starts.
    let mut closed = [true; 3];
    while let Some(brace) = memchr::memchr(b'{', &bytes[at..]) {
        let start = at + brace;
        at = start + 1;
        let (kind, end_mark) = match bytes.get(start + 1) {
            Some(b'{') => (0, "}}"),
            Some(b'%') => (1, "%}"),
            Some(b'#') => (2, "#}"),
            _ => continue,
        };
        if !closed[kind] {
            continue;
        }
        match end(text, start + 2, end_mark) {
            Some(end) => {
                found.push(start..end);
                at = end;
            }
            None => closed[kind] = false,
        }
    }
    // `{#` alone is more often a shell's `${#name}`.
    if found.iter().all(|a| bytes[a.start + 1] == b'#') {
        found.clear();
    }
    found
}

/// Where the action whose inside begins at `from` ends.
fn end(text: &str, from: usize, mark: &str) -> Option<usize> {
    let inside = text.get(from..)?;
    let find = |from: usize| {
        let rest = inside.as_bytes().get(from..)?;
        memchr::memmem::find(rest, mark.as_bytes()).map(|i| from + i)
    };
    let opening = inside.trim_start_matches('-').trim_start_matches(' ');
    if mark == "}}" && opening.starts_with("/*") {
        let comment = inside.find("*/")?;
        return find(comment).map(|i| from + i + mark.len());
    }
    let first = find(0)?;
    let bytes = inside.as_bytes();
    let mut quote = None;
    for (i, byte) in bytes.iter().enumerate().take(FARTHEST_QUOTE) {
        match (*byte, quote) {
            (b'\n', _) => quote = None,
            (b'"' | b'`', None) => quote = Some(*byte),
            (b, Some(q)) if b == q => quote = None,
            (_, None) if bytes[i..].starts_with(mark.as_bytes()) => {
                return Some(from + i + mark.len());
            }
            _ => {}
        }
    }
    Some(from + first + mark.len())
}

/// Whether the actions are those of a template beyond doubt: one begins a line, a value or an item.
pub(super) fn is_evident(text: &str, actions: &[Range<usize>]) -> bool {
    actions.iter().any(|action| {
        let before = text.get(line_start(text, action.start)..action.start);
        let before = before.unwrap_or("").trim_end();
        before.is_empty() || before.ends_with([':', '-'])
    })
}

/// Sets the actions aside: a line of nothing else becomes blank, an action among other text a
/// word. Inside a block scalar such a line stays a line of it.
pub(super) fn mask<'t>(text: &'t str, actions: &[Range<usize>]) -> Texts<'t> {
    let lines = lines::lines(text, actions);
    let mut structure = text.to_owned();
    let mut content = text.to_owned();
    let mut words = Vec::new();
    let mut blanked = Vec::new();
    for action in actions {
        fill_all(&mut structure, action.clone(), 'x');
    }
    for line in &lines {
        match line {
            Line {
                only_actions: true,
                block_indent: Some(indent),
                range,
                ..
            } => {
                fill(&mut structure, range.clone(), 'x');
                restore_line_ends(&mut structure, text, range);
                indent_lines(&mut structure, range, *indent);
                blank(&mut content, range);
                words.push(range.clone());
            }
            Line {
                only_actions: true,
                range,
                ..
            } => {
                restore_line_ends(&mut structure, text, range);
                fill(&mut structure, range.clone(), ' ');
                blank(&mut content, range);
                blanked.push(range.clone());
            }
            Line {
                collection: Some(action),
                ..
            } => {
                restore_line_ends(&mut structure, text, action);
                fill(&mut structure, action.clone(), ' ');
                blank(&mut content, action);
                blanked.push(action.clone());
            }
            Line { .. } => {}
        }
    }
    words.extend(actions.iter().cloned());
    words.sort_unstable_by_key(|range| (range.start, range.end));
    Texts {
        structure: Cow::Owned(structure),
        content: Cow::Owned(content),
        actions: words,
        blanked,
        masked: true,
    }
}

/// Blanks actions that are no part of a value. Those with characters of several bytes stay, since
/// blanks would not end where the characters do.
fn blank(content: &mut String, range: &Range<usize>) {
    if content.get(range.clone()).is_some_and(str::is_ascii) {
        fill(content, range.clone(), ' ');
    }
}

/// Undoes the masking of line ends in `range`.
fn restore_line_ends(masked: &mut String, text: &str, range: &Range<usize>) {
    let mut at = range.start;
    while let Some(i) = memchr::memchr2(b'\n', b'\r', &text.as_bytes()[at..range.end]) {
        at += i;
        super::mask::put(masked, at..at + 1, &text[at..=at]);
        at += 1;
    }
}

/// Gives each line of `range` the indent of its block scalar, so that it is one of its lines.
fn indent_lines(text: &mut String, range: &Range<usize>, indent: usize) {
    let mut at = line_start(text, range.start);
    while at < range.end {
        let end = super::mask::line_end(text, at).min(range.end);
        fill(text, at..(at + indent).min(end), ' ');
        at = super::mask::next_line(text, end);
    }
}
