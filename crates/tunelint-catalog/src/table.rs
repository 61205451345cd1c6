//! How the static tables refer to text and to values over time: by place, so that nothing is relocated.

/// A stretch of a table's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Text(pub(crate) u32, pub(crate) u16);

impl Text {
    /// The stretch itself.
    pub(crate) fn of(self, text: &'static str) -> &'static str {
        let start = self.0 as usize;
        text.get(start..start + usize::from(self.1)).unwrap_or("")
    }
}

/// Values over time: a stretch of a slice of values, each with the ordinal of its first version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) start: u16,
    pub(crate) len: u8,
}

impl Run {
    /// The stretch itself.
    pub(crate) fn of<T>(self, values: &'static [(u32, T)]) -> &'static [(u32, T)] {
        let start = usize::from(self.start);
        &values[start..start + usize::from(self.len)]
    }
}

/// The value that holds at `ordinal`.
pub(crate) fn at<T>(values: &'static [(u32, T)], ordinal: i64) -> Option<&'static T> {
    let end = values.partition_point(|(from, _)| i64::from(*from) <= ordinal);
    values[..end].last().map(|(_, value)| value)
}
