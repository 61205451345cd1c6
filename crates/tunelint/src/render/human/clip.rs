//! Cutting lines that are too long for the frame, around what is pointed at.

use crate::redact::Rewrite;
use std::ops::Range;
use unicode_width::UnicodeWidthChar;

const CUT: &str = "…";
/// How wide miette makes a tab.
pub(super) const TAB: usize = 4;

/// What to cut from `line` so that it takes at most `width` columns, with as much of `keep` as
/// fits, and something of what stands before it.
pub(super) fn clip(line: &str, keep: Option<Range<usize>>, width: usize) -> Rewrite {
    let columns = columns(line);
    let total = columns.last().map_or(0, |(_, end)| *end);
    if total <= width {
        return Rewrite::default();
    }
    let column_of = |offset: usize| {
        let place = columns.partition_point(|(start, _)| *start < offset);
        place.checked_sub(1).map_or(0, |before| columns[before].1)
    };
    let keep = keep.unwrap_or(0..0);
    let (from, to) = (column_of(keep.start), column_of(keep.end));
    // A quarter of the room goes to what stands before, if all of what is pointed at fits.
    let room = width.saturating_sub(2);
    let before = room.saturating_sub(to - from).min(room / 4);
    let first = if to <= room {
        0
    } else {
        from.saturating_sub(before).min(total.saturating_sub(room))
    };
    let last = first + room;
    let mut pieces = Vec::new();
    let head = columns
        .iter()
        .find(|(_, end)| *end > first)
        .map_or(0, |(start, _)| *start);
    let tail = columns
        .iter()
        .find(|(_, end)| *end > last)
        .map_or(line.len(), |(start, _)| *start);
    if head > 0 {
        pieces.push((0..head, CUT.to_owned()));
    }
    if tail < line.len() {
        pieces.push((tail..line.len(), CUT.to_owned()));
    }
    Rewrite::new(pieces)
}

/// Each character's offset, and the column that it ends at.
fn columns(line: &str) -> Vec<(usize, usize)> {
    let mut column = 0;
    let ends = line.char_indices().map(|(at, c)| {
        column += if c == '\t' {
            TAB - column % TAB
        } else {
            c.width().unwrap_or(0)
        };
        (at, column)
    });
    ends.collect()
}

#[cfg(test)]
mod tests {
    use super::clip;

    fn clipped(line: &str, keep: std::ops::Range<usize>, width: usize) -> String {
        let rewrite = clip(line, Some(keep), width);
        let mapped = rewrite.apply(line);
        assert!(mapped.chars().count() <= width, "{mapped}");
        mapped
    }

    #[test]
    fn what_is_pointed_at_stays() {
        let line = "abcdefghijklmnopqrstuvwxyz";
        assert_eq!(clipped(line, 0..3, 26), line);
        assert_eq!(clipped(line, 0..3, 10), "abcdefgh…");
        assert_eq!(clipped(line, 20..22, 10), "…stuvwxyz");
        assert_eq!(clipped(line, 12..14, 10), "…klmnopqr…");
        assert_eq!(clipped(line, 0..26, 10), "abcdefgh…");
    }
}
