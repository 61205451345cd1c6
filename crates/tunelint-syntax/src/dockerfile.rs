//! Reads Dockerfiles: their instructions with all that belongs to each, as BuildKit puts it together.

mod lines;
#[cfg(test)]
mod tests;
mod words;

use tunelint_base::{OffsetMap, Span};

pub use words::{exec_form, pairs, words};

/// The instructions of a Dockerfile.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dockerfile {
    /// In source order; unknown ones are among them.
    pub instructions: Vec<Instruction>,
    /// Whether a backquote escapes, as a `# escape=` line says, and not a backslash.
    pub backquote_escapes: bool,
}

/// One instruction.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Instruction {
    /// Its name in capitals: `FROM`.
    pub name: String,
    /// The name in the source.
    pub keyword: Span,
    /// From the name to the end of its last line, here-documents included.
    pub span: Span,
    /// What follows the name, in one line: continuations are joined, comments between them left out.
    pub text: String,
    /// From `text` to the source.
    pub map: OffsetMap,
    /// Its options: `--from=build`, with name and value.
    pub options: Vec<(String, String)>,
    /// Its here-documents, in order.
    pub heredocs: Vec<Span>,
}

/// A word with quotes and escapes taken away; variables stand in it as they are written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Word {
    /// The text.
    pub text: String,
    /// Its place in [`Instruction::text`], quotes included.
    pub span: Span,
    /// From `text` to the source of the file.
    pub map: OffsetMap,
    /// Whether a variable in it is filled in when the image is built.
    pub has_expansion: bool,
}

/// `NAME=value` of `ENV`, `ARG` and `LABEL`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pair {
    /// The name.
    pub name: Word,
    /// The value; `ARG` may do without.
    pub value: Option<Word>,
}

/// Reads a Dockerfile. It is never refused.
#[must_use]
pub fn parse(text: &str) -> Dockerfile {
    lines::Reader::new(text).run()
}
