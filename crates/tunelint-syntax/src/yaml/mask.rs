//! Blanking ranges of a text without moving the rest.

use std::ops::Range;

use tunelint_base::Span;

/// Writes `filler` over each byte of `range` that is no line end; the text keeps its length and all
/// other offsets.
pub(super) fn fill(text: &mut String, range: Range<usize>, filler: char) {
    let mut new = String::with_capacity(range.len());
    for c in text.get(range.clone()).unwrap_or("").chars() {
        if matches!(c, '\n' | '\r') {
            new.push(c);
        } else {
            new.extend(std::iter::repeat_n(filler, c.len_utf8()));
        }
    }
    put(text, range, &new);
}

/// Writes `filler` over all bytes of `range`, line ends too.
pub(super) fn fill_all(text: &mut String, range: Range<usize>, filler: char) {
    let new: String = std::iter::repeat_n(filler, range.len()).collect();
    put(text, range, &new);
}

/// Writes `new` over `range` when both have the same length and the range is one of `text`.
pub(super) fn put(text: &mut String, range: Range<usize>, new: &str) {
    if new.len() == range.len() && text.get(range.clone()).is_some() {
        text.replace_range(range, new);
    }
}

/// The start of the line that `at` is on.
pub(super) fn line_start(text: &str, at: usize) -> usize {
    let before = &text.as_bytes()[..at.min(text.len())];
    memchr::memrchr2(b'\n', b'\r', before).map_or(0, |i| i + 1)
}

/// The end of the line that `at` is on, without its line end.
pub(super) fn line_end(text: &str, at: usize) -> usize {
    let from = at.min(text.len());
    memchr::memchr2(b'\n', b'\r', &text.as_bytes()[from..]).map_or(text.len(), |i| from + i)
}

/// The start of the next line after a line that ends at `end`.
pub(super) fn next_line(text: &str, end: usize) -> usize {
    match text.as_bytes().get(end) {
        Some(b'\r') if text.as_bytes().get(end + 1) == Some(&b'\n') => end + 2,
        Some(_) => end + 1,
        None => text.len(),
    }
}

/// The range `start..end` of `text`, widened to whole characters: where one of several bytes was
/// blanked, offsets of the blanked text may fall into it.
pub(super) fn whole(text: &str, start: usize, end: usize) -> Span {
    let mut end = end.min(text.len());
    while !text.is_char_boundary(end) {
        end += 1;
    }
    Span::new(floor(text, start), end)
}

/// The start of the character of `text` that `at` falls into.
pub(super) fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
