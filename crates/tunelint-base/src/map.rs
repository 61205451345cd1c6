//! Where each byte of a decoded text stood in the source that it was decoded from.

use crate::Span;

/// One run of the map: `len` decoded bytes that came from `source_len` source bytes.
///
/// In a verbatim run both lengths agree and bytes correspond one to one; in any other run (an
/// escape, a folded line end, a removed indent) the decoded bytes stand for the source bytes as a
/// whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Run {
    decoded: u32,
    source: u32,
    len: u32,
    source_len: u32,
}

/// Maps ranges of a decoded text back to ranges of its source.
///
/// Runs are in decoded order and cover the decoded text without gaps; source ranges rise. Source
/// bytes between two runs (indents, continuation marks) belong to no decoded byte.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OffsetMap {
    runs: Vec<Run>,
    decoded_len: u32,
    source_end: u32,
}

impl OffsetMap {
    /// An empty map whose text begins at `source`; fill it with the `push` functions.
    #[must_use]
    pub fn starting_at(source: usize) -> Self {
        Self {
            runs: Vec::new(),
            decoded_len: 0,
            source_end: Span::empty(source).start,
        }
    }

    /// The map of a text that is the source range itself.
    #[must_use]
    pub fn verbatim(source: Span) -> Self {
        let mut map = Self::starting_at(source.start as usize);
        map.push_verbatim(source.start as usize, source.len());
        map
    }

    /// Appends `len` bytes copied from `source`.
    pub fn push_verbatim(&mut self, source: usize, len: usize) {
        if len == 0 {
            return;
        }
        let (source, len) = (Span::empty(source).start, Span::empty(len).start);
        if let Some(last) = self.runs.last_mut()
            && last.len == last.source_len
            && last.source + last.source_len == source
        {
            last.len += len;
            last.source_len += len;
        } else {
            self.runs.push(Run {
                decoded: self.decoded_len,
                source,
                len,
                source_len: len,
            });
        }
        self.decoded_len += len;
        self.source_end = source + len;
    }

    /// Appends `len` decoded bytes that stand for the whole of `source` (an escape, say).
    pub fn push_escape(&mut self, source: Span, len: usize) {
        let len = Span::empty(len).start;
        if len == 0 {
            return;
        }
        if len == source.end - source.start && len == 1 {
            self.push_verbatim(source.start as usize, 1);
            return;
        }
        self.runs.push(Run {
            decoded: self.decoded_len,
            source: source.start,
            len,
            source_len: source.end - source.start,
        });
        self.decoded_len += len;
        self.source_end = source.end;
    }

    /// Notes that the source goes on to `source` without decoded bytes (an empty value, a trailing comment).
    pub fn end_at(&mut self, source: usize) {
        self.source_end = Span::empty(source).start;
    }

    /// The number of decoded bytes.
    #[must_use]
    pub fn decoded_len(&self) -> usize {
        self.decoded_len as usize
    }

    /// Whether decoded and source bytes are the same bytes at one distance.
    #[must_use]
    pub fn is_verbatim(&self) -> bool {
        match self.runs.as_slice() {
            [] => true,
            [run] => run.len == run.source_len,
            _ => false,
        }
    }

    /// The source range of a decoded range: from the source of its first byte to the source end of
    /// its last; an empty range maps to the empty range before its next byte.
    #[must_use]
    pub fn to_source(&self, decoded: Span) -> Span {
        if decoded.is_empty() {
            return Span::empty(self.source_of(decoded.start) as usize);
        }
        let start = self.source_of(decoded.start);
        let last = decoded.end.min(self.decoded_len).saturating_sub(1);
        let end = match self.run_at(last) {
            Some(run) if run.len == run.source_len => run.source + (last - run.decoded) + 1,
            Some(run) => run.source + run.source_len,
            None => self.source_end,
        };
        Span::new(start as usize, end as usize)
    }

    /// The source offset of the decoded byte at `decoded`; past the end, the end of the source.
    fn source_of(&self, decoded: u32) -> u32 {
        match self.run_at(decoded) {
            Some(run) if run.len == run.source_len => run.source + (decoded - run.decoded),
            Some(run) => run.source,
            None => self.source_end,
        }
    }

    fn run_at(&self, decoded: u32) -> Option<&Run> {
        let next = self.runs.partition_point(|run| run.decoded <= decoded);
        let run = self.runs.get(next.checked_sub(1)?)?;
        (decoded < run.decoded + run.len).then_some(run)
    }

    /// The map from the innermost text to the outermost source, where `self` maps the inner text
    /// to a middle one and `outer` maps the middle one to the source.
    #[must_use]
    pub fn through(&self, outer: &Self) -> Self {
        let mut map = Self::starting_at(outer.source_of(self.source_start()) as usize);
        for run in &self.runs {
            if run.len == run.source_len {
                let mut done = 0;
                while done < run.len {
                    let at = run.source + done;
                    let step = match outer.run_at(at) {
                        Some(o) if o.len == o.source_len => {
                            let step = (o.decoded + o.len - at).min(run.len - done);
                            map.push_verbatim(
                                (o.source + (at - o.decoded)) as usize,
                                step as usize,
                            );
                            step
                        }
                        Some(o) => {
                            let step = (o.decoded + o.len - at).min(run.len - done);
                            let source = Span {
                                start: o.source,
                                end: o.source + o.source_len,
                            };
                            map.push_escape(source, step as usize);
                            step
                        }
                        None => {
                            map.push_escape(
                                Span::empty(outer.source_end as usize),
                                (run.len - done) as usize,
                            );
                            run.len - done
                        }
                    };
                    done += step;
                }
            } else {
                let middle = Span {
                    start: run.source,
                    end: run.source + run.source_len,
                };
                map.push_escape(outer.to_source(middle), run.len as usize);
            }
        }
        map.source_end = outer.source_of(self.source_end).max(map.source_end);
        map
    }

    fn source_start(&self) -> u32 {
        self.runs.first().map_or(self.source_end, |run| run.source)
    }

    /// Every source offset moved right by `by` bytes.
    #[must_use]
    pub fn shift(mut self, by: usize) -> Self {
        let by = Span::empty(by).start;
        for run in &mut self.runs {
            run.source += by;
        }
        self.source_end += by;
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `a\tb`: three decoded bytes, the middle one from the two source bytes at 11.
    fn escaped() -> OffsetMap {
        let mut map = OffsetMap::starting_at(10);
        map.push_verbatim(10, 1);
        map.push_escape(Span::new(11, 13), 1);
        map.push_verbatim(13, 1);
        map
    }

    #[test]
    fn verbatim_runs_join() {
        let mut map = OffsetMap::starting_at(5);
        map.push_verbatim(5, 2);
        map.push_verbatim(7, 3);
        assert!(map.is_verbatim());
        assert_eq!(map.to_source(Span::new(1, 4)), Span::new(6, 9));
    }

    #[test]
    fn an_escape_maps_as_a_whole() {
        let map = escaped();
        assert_eq!(map.to_source(Span::new(1, 2)), Span::new(11, 13));
        assert_eq!(map.to_source(Span::new(0, 3)), Span::new(10, 14));
        assert_eq!(map.to_source(Span::new(3, 3)), Span::new(14, 14));
    }

    #[test]
    fn maps_compose() {
        let outer = escaped();
        let inner = OffsetMap::verbatim(Span::new(1, 3));
        let map = inner.through(&outer);
        assert_eq!(map.to_source(Span::new(0, 1)), Span::new(11, 13));
        assert_eq!(map.to_source(Span::new(1, 2)), Span::new(13, 14));
        assert_eq!(map.to_source(Span::new(0, 2)), Span::new(11, 14));
    }
}
