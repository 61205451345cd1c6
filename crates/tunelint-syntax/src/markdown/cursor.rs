//! Walks over the indent and the container marks of one line, counting columns with tab stops.

use tunelint_base::OffsetMap;

/// A place in a line.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'a> {
    bytes: &'a [u8],
    /// The end of the line, its line end excluded.
    end: usize,
    /// The next byte.
    pub(super) at: usize,
    /// The column of the next byte, from 0.
    pub(super) column: usize,
    /// The columns left of a tab that was taken in part; the tab is the byte before `at`.
    rest_of_tab: usize,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(text: &'a str, start: usize, end: usize) -> Self {
        Self {
            bytes: text.as_bytes(),
            end,
            at: start,
            column: 0,
            rest_of_tab: 0,
        }
    }

    /// The next byte that is not skipped as indent.
    pub(super) fn peek(&self) -> Option<u8> {
        self.rest().first().copied()
    }

    /// What is left of the line.
    pub(super) fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..self.end).unwrap_or(&[])
    }

    /// The columns of blanks before the next other byte.
    pub(super) fn indent(&self) -> usize {
        let mut probe = *self;
        probe.skip(usize::MAX)
    }

    /// Whether only blanks are left.
    pub(super) fn is_blank(&self) -> bool {
        self.rest().iter().all(|b| matches!(b, b' ' | b'\t'))
    }

    /// Skips at most `columns` columns of blanks; how many it skipped.
    pub(super) fn skip(&mut self, columns: usize) -> usize {
        let mut skipped = self.rest_of_tab.min(columns);
        self.rest_of_tab -= skipped;
        self.column += skipped;
        while skipped < columns {
            let width = match self.peek() {
                Some(b' ') => 1,
                Some(b'\t') => 4 - self.column % 4,
                _ => break,
            };
            let taken = width.min(columns - skipped);
            self.at += 1;
            self.column += taken;
            self.rest_of_tab = width - taken;
            skipped += taken;
        }
        skipped
    }

    /// Takes `count` bytes that are no tabs.
    pub(super) fn take(&mut self, count: usize) {
        self.at += count;
        self.column += count;
    }

    /// Appends what is left of the line up to `next`, the start of the next line.
    pub(super) fn copy(&self, source: &str, next: usize, out: &mut String, map: &mut OffsetMap) {
        for _ in 0..self.rest_of_tab {
            out.push(' ');
            map.push_escape((self.at - 1..self.at).into(), 1);
        }
        let line = source.get(self.at..next).unwrap_or("");
        out.push_str(line);
        map.push_verbatim(self.at, line.len());
    }
}
