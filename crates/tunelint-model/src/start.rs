//! How a process is started, as far as a command, a script or an image tells.

use crate::jvm::OptionString;
use tunelint_base::Span;

/// What can be seen of a start.
#[derive(Clone, Debug, Default)]
pub struct Start {
    /// The options of the command line of `java`, in order; a variable or file that stands for
    /// more of them is a string of its own.
    pub strings: Vec<OptionString>,
    /// The word `java`, where it is started.
    pub java: Option<Span>,
    /// The variables that a shell or the kubelet expands there.
    pub expands: Vec<String>,
    /// Whether `java` would still take words as options that were put behind its own.
    pub open: bool,
    /// The script that is run instead.
    pub script: Option<Box<str>>,
    /// Whether the program may read any variable: a script or program that cannot be seen.
    pub unseen: bool,
}

impl Start {
    /// Whether an option is written here, not only a variable or file that may hold some.
    #[must_use]
    pub fn has_options(&self) -> bool {
        self.strings
            .iter()
            .any(|string| string.stands.is_none() && !string.flags.is_empty())
    }
}
