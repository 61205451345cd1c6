//! The lines of a text one by one, with their places.

/// The lines that are still to come.
#[derive(Clone, Debug)]
pub(crate) struct Lines<'t> {
    text: &'t str,
    /// Where the next line begins; to go back, set it to where one began.
    pub(crate) at: usize,
}

impl<'t> Lines<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        Self { text, at: 0 }
    }
}

impl<'t> Iterator for Lines<'t> {
    type Item = (usize, &'t str);

    /// The next line without its line end, with its start.
    fn next(&mut self) -> Option<(usize, &'t str)> {
        let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
        let start = self.at;
        let len = memchr::memchr(b'\n', rest.as_bytes()).map_or(rest.len(), |n| n + 1);
        self.at += len;
        let line = rest[..len].trim_end_matches('\n');
        Some((start, line.strip_suffix('\r').unwrap_or(line)))
    }
}
