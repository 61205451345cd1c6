//! A line on the terminal that says how far a long run has come.

use crate::Io;
use std::time::{Duration, Instant};

/// Runs shorter than this say nothing.
const QUIET: Duration = Duration::from_millis(500);
/// How often the line is drawn anew.
const EVERY: Duration = Duration::from_millis(100);

/// The line.
pub(crate) struct Progress {
    started: Instant,
    drawn: Option<Instant>,
    is_wanted: bool,
}

impl Progress {
    /// A line that appears if the run takes long and a person looks at standard error.
    pub(crate) fn new(io: &Io<'_>) -> Self {
        Self {
            started: Instant::now(),
            drawn: None,
            is_wanted: io.stderr_is_terminal,
        }
    }

    /// Says how many files were read.
    pub(crate) fn show(&mut self, io: &mut Io<'_>, files: usize) {
        let due =
            self.started.elapsed() >= QUIET && self.drawn.is_none_or(|at| at.elapsed() >= EVERY);
        if self.is_wanted && due {
            io.tell(&format!("\r\x1b[Kchecking… {files} files"));
            self.drawn = Some(Instant::now());
        }
    }

    /// Takes the line away.
    pub(crate) fn clear(&mut self, io: &mut Io<'_>) {
        if self.drawn.take().is_some() {
            io.tell("\r\x1b[K");
        }
    }
}
