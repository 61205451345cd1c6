//! The machine that a JVM sees: the node, or what a container leaves of it.

/// Processors and memory, as far as they are known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Machine {
    /// Processors; a CPU limit counts rounded up.
    pub processors: Option<i64>,
    /// Bytes of memory.
    pub memory: Option<i64>,
}

impl Machine {
    /// What is assumed of options that no file holds.
    pub const ASSUMED: Self = Self {
        processors: Some(2),
        memory: Some(24 << 30),
    };

    /// What the limits of a container leave: millicores and bytes.
    #[must_use]
    pub fn limited(millicores: Option<i64>, memory: Option<i64>) -> Self {
        Self {
            processors: millicores.map(|millicores| (millicores + 999) / 1000),
            memory,
        }
    }
}
