//! Reads POSIX shell scripts as far as needed to know their simple commands and their words.

mod assignment;
mod blocks;
mod continuation;
mod lexer;
mod reader;
#[cfg(test)]
mod tests;
mod word;

pub use blocks::Block;
use tunelint_base::{OffsetMap, Span};

/// The commands of a script.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Script {
    /// In source order, those of subshells, loops and functions among them.
    pub commands: Vec<Command>,
    /// The parts that run as one; the first is the whole script.
    pub blocks: Vec<Block>,
    /// Commands that were meant to go on with the next line and do not, one for each command.
    pub broken_continuations: Vec<BrokenContinuation>,
}

/// A simple command as the shell would run it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Command {
    /// The name and the arguments; redirections are left out. Empty where only variables are set.
    pub words: Vec<Word>,
    /// From the first to the last word or assignment.
    pub span: Span,
    /// `NAME=value` before the name, or as an argument of `export`, `readonly`, `local`,
    /// `declare` or `typeset`; these arguments are in `words` as well.
    pub assignments: Vec<Assignment>,
    /// The block that it stands in, by its place in [`Script::blocks`].
    pub block: usize,
}

/// A variable that is set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
    /// The variable.
    pub name: String,
    /// Whether the value is appended to the variable: `NAME+=value`.
    pub appends: bool,
    /// The value; that of a list `NAME=(…)` is the raw text with its parentheses.
    pub value: Word,
}

/// A word of a command.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Word {
    /// Its source, quotes included.
    pub span: Span,
    /// The text without quotes, escapes and continuations; expansions stand as they are written.
    pub text: String,
    /// From `text` to the source.
    pub map: OffsetMap,
    /// Whether the shell replaces a part of it: `$NAME`, `${…}`, `$(…)`, backquotes, `$'…'`, a
    /// process substitution or a list. Patterns such as `*.jar` and `~` do not count.
    pub has_expansion: bool,
    /// Whether a part of it is quoted by `'…'` or `"…"`.
    pub quoted: bool,
}

/// A command that a person meant to continue on the next line, which the shell ends before.
///
/// Verified with runs of bash and dash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BrokenContinuation {
    /// The places where the command is cut, in source order; at least one.
    pub lines: Vec<BrokenLine>,
    /// The words of the command that ends at the first of them.
    pub command: Span,
    /// The first word after the first of them: the shell runs it as a command of its own.
    pub next: Span,
    /// The commands, by their places in [`Script::commands`], that were meant as one.
    pub commands: std::ops::Range<usize>,
}

/// One place where a command is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BrokenLine {
    /// What cuts it.
    pub kind: BreakKind,
    /// For the first three kinds, from the backslash to the end of its line, line end excluded; for
    /// the others the whole line with its line end: what to delete.
    pub span: Span,
}

/// What cuts a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BreakKind {
    /// Blanks after the backslash: it escapes the first of them, which becomes an argument.
    TrailingBlanks,
    /// Blanks and a comment after the backslash.
    TrailingComment,
    /// The backslash stands at the end of a comment, where it means nothing.
    InsideComment,
    /// A comment line follows the continued line and ends the command.
    CommentLine,
    /// A blank line follows the continued line and ends the command.
    BlankLine,
}

/// Reads a script. It is never refused: a quote that nothing closes lasts to the end.
///
/// Lines may end in LF or CR LF. Here-documents are skipped, and so are the commands inside `$(…)`
/// and backquotes, the words of `for` and the patterns of `case`. Aliases are not known.
#[must_use]
pub fn parse(text: &str) -> Script {
    reader::Reader::new(text).run()
}

/// Splits a command line that holds one command into its words, as the shell does: quotes,
/// escapes and expansions are read, but operators, comments and line ends mean nothing.
#[must_use]
pub fn split_words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut at = 0;
    loop {
        let blank = |c: char| matches!(c, ' ' | '\t' | '\n' | '\r');
        at += text[at..].len() - text[at..].trim_start_matches(blank).len();
        if at == text.len() {
            return words;
        }
        let word = word::read(text, at, word::Ends::Blanks);
        at = (word.span.end as usize).max(at + 1);
        // A word of nothing but a continuation is none.
        if !word.text.is_empty() || word.quoted {
            words.push(word);
        }
    }
}
