//! Cutting a stream at its `---` lines, so that an error in one document stays there.

use std::ops::Range;

use super::mask::{line_end, line_start};

/// The pieces of `text`: each begins with a document's `---` (or the directives before it), the
/// first one at the start of the text. No piece depends on another one, since anchors and
/// directives end with their document.
pub(super) fn chunks(text: &str) -> Vec<Range<usize>> {
    let mut starts = vec![0];
    let lines = memchr::memmem::find_iter(text.as_bytes(), b"\n---").map(|i| i + 1);
    for marker in lines {
        if !matches!(
            text.as_bytes().get(marker + 3),
            None | Some(b' ' | b'\t' | b'\n' | b'\r')
        ) {
            continue;
        }
        let start = directives(text, marker).unwrap_or(marker);
        if starts.len() == 1 && is_prologue(&text[..start]) {
            continue;
        }
        if starts.last().is_some_and(|last| *last < start) {
            starts.push(start);
        }
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    starts
        .iter()
        .copied()
        .zip(ends)
        .map(|(s, e)| s..e)
        .collect()
}

/// Where the directives before the `---` at `marker` begin, if it has some: they follow a `...`.
fn directives(text: &str, marker: usize) -> Option<usize> {
    let mut at = marker;
    let mut first = None;
    while at > 0 {
        let start = line_start(text, at - 1);
        let line = text.get(start..at)?.trim_end();
        if line.starts_with('%') {
            first = Some(start);
        } else if line.starts_with("...") {
            return first;
        } else if !line.is_empty() && !line.starts_with('#') {
            return None;
        }
        at = start;
    }
    first
}

/// Whether `text` holds only blanks, comments and directives, which belong to the next document.
fn is_prologue(text: &str) -> bool {
    let text = text.trim_start_matches('\u{feff}');
    let mut at = 0;
    while at < text.len() {
        let end = line_end(text, at);
        let line = text[at..end].trim_start();
        if text[at..end].starts_with("---") || !(line.is_empty() || line.starts_with(['#', '%'])) {
            return false;
        }
        at = end + 1;
    }
    true
}
