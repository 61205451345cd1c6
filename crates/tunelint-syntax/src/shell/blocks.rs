//! The parts of a script that run only sometimes: branches, loops, functions, subshells, and what
//! follows `&&` or `||`.

use super::Script;

/// A part of a script that runs as one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Block {
    /// The block around it; the first block is the whole script, and its own parent.
    pub parent: usize,
    /// The branching that it is an arm of: of the arms of one `if` or `case` at most one runs.
    pub branching: Option<usize>,
    /// Whether it is the body of a function, which runs when the function is called.
    pub is_function: bool,
}

impl Script {
    /// Whether whatever runs in `inner` runs in the course of `outer`.
    #[must_use]
    pub fn is_within(&self, inner: usize, outer: usize) -> bool {
        self.path(inner).any(|block| block == outer)
    }

    /// Whether the two blocks are, or lie in, different arms of one `if` or `case`.
    #[must_use]
    pub fn exclude(&self, one: usize, other: usize) -> bool {
        self.path(one).any(|a| {
            let arm = self.blocks.get(a).and_then(|block| block.branching);
            arm.is_some()
                && self
                    .path(other)
                    .any(|b| a != b && self.blocks.get(b).and_then(|block| block.branching) == arm)
        })
    }

    /// The body of the function that a block lies in.
    #[must_use]
    pub fn function_around(&self, block: usize) -> Option<usize> {
        self.path(block)
            .find(|at| self.blocks.get(*at).is_some_and(|b| b.is_function))
    }

    /// A block and those around it.
    fn path(&self, block: usize) -> impl Iterator<Item = usize> + '_ {
        let up = |at: &usize| {
            let parent = self.blocks.get(*at)?.parent;
            // A parent stands before its children.
            (parent < *at).then_some(parent)
        };
        std::iter::successors(Some(block), up)
    }
}

/// What is open, with the block that it made.
enum Frame {
    If(usize, Option<usize>),
    Case(usize, Option<usize>),
    Loop(Option<usize>),
    Brace(Option<usize>),
    Paren(usize),
    Chain(usize),
}

impl Frame {
    fn block(&self) -> Option<usize> {
        match self {
            Self::If(_, block) | Self::Case(_, block) | Self::Loop(block) | Self::Brace(block) => {
                *block
            }
            Self::Paren(block) | Self::Chain(block) => Some(*block),
        }
    }
}

/// Keeps the blocks while a script is read. Words without their partner are passed over.
pub(super) struct Blocks {
    pub(super) all: Vec<Block>,
    frames: Vec<Frame>,
    branchings: usize,
    /// Whether the next `{` or `(` begins the body of a function.
    function_next: bool,
    /// Whether the next `)` only ends the head of a function.
    head_ends: bool,
    /// Whether a command must follow, on the next line if need be.
    expects: bool,
}

impl Blocks {
    pub(super) fn new() -> Self {
        Self {
            all: vec![Block::default()],
            frames: Vec::new(),
            branchings: 0,
            function_next: false,
            head_ends: false,
            expects: false,
        }
    }

    pub(super) fn current(&self) -> usize {
        self.frames.iter().rev().find_map(Frame::block).unwrap_or(0)
    }

    fn open(&mut self, branching: Option<usize>, is_function: bool) -> usize {
        self.all.push(Block {
            parent: self.current(),
            branching,
            is_function,
        });
        self.all.len() - 1
    }

    /// A word of a command or of the grammar.
    pub(super) fn word(&mut self) {
        self.expects = false;
    }

    /// A word of the grammar, where it means something.
    pub(super) fn keyword(&mut self, word: &str) {
        if !matches!(word, "!" | "time") {
            self.end_chain();
        }
        match word {
            "if" | "case" => {
                self.branchings += 1;
                let number = self.branchings;
                self.frames.push(if word == "if" {
                    Frame::If(number, None)
                } else {
                    Frame::Case(number, None)
                });
            }
            "then" | "elif" | "else" => {
                if let Some(Frame::If(number, _)) = self.frames.last() {
                    let number = *number;
                    self.frames.pop();
                    let arm = self.open(Some(number), false);
                    // What decides on a later arm runs only if no earlier one did.
                    self.frames.push(Frame::If(number, Some(arm)));
                }
            }
            "for" | "select" | "while" | "until" => self.frames.push(Frame::Loop(None)),
            "do" => {
                if let Some(Frame::Loop(None)) = self.frames.last() {
                    self.frames.pop();
                    let body = self.open(None, false);
                    self.frames.push(Frame::Loop(Some(body)));
                }
            }
            "function" => self.function_next = true,
            "{" => {
                let body = std::mem::take(&mut self.function_next).then(|| self.open(None, true));
                self.frames.push(Frame::Brace(body));
            }
            "fi" => self.close(|frame| matches!(frame, Frame::If(..))),
            "esac" => self.close(|frame| matches!(frame, Frame::Case(..))),
            "done" => self.close(|frame| matches!(frame, Frame::Loop(_))),
            "}" => self.close(|frame| matches!(frame, Frame::Brace(_))),
            _ => {}
        }
    }

    fn close(&mut self, fits: impl Fn(&Frame) -> bool) {
        if self.frames.last().is_some_and(fits) {
            self.frames.pop();
        }
    }

    /// `name(`.
    pub(super) fn function_head(&mut self) {
        self.function_next = true;
        self.head_ends = true;
    }

    pub(super) fn open_paren(&mut self) {
        let is_function = std::mem::take(&mut self.function_next);
        let block = self.open(None, is_function);
        self.frames.push(Frame::Paren(block));
    }

    pub(super) fn close_paren(&mut self) {
        self.end_chain();
        if !std::mem::take(&mut self.head_ends) {
            self.close(|frame| matches!(frame, Frame::Paren(_)));
        }
    }

    /// The `)` after a pattern of `case`.
    pub(super) fn arm(&mut self) {
        if let Some(Frame::Case(number, None)) = self.frames.last() {
            let number = *number;
            self.frames.pop();
            let arm = self.open(Some(number), false);
            self.frames.push(Frame::Case(number, Some(arm)));
        }
    }

    /// `;;`.
    pub(super) fn end_arm(&mut self) {
        self.end_chain();
        if let Some(Frame::Case(_, arm)) = self.frames.last_mut() {
            *arm = None;
        }
    }

    /// `&&` or `||`.
    pub(super) fn chain(&mut self, is_or: bool) {
        self.expects = true;
        let in_chain = matches!(self.frames.last(), Some(Frame::Chain(_)));
        if in_chain && !is_or {
            return;
        }
        self.end_chain();
        let block = self.open(None, false);
        self.frames.push(Frame::Chain(block));
    }

    /// `;`, `&` or a line end.
    pub(super) fn end_list(&mut self, is_line_end: bool) {
        if !(is_line_end && self.expects) {
            self.end_chain();
        }
    }

    fn end_chain(&mut self) {
        self.close(|frame| matches!(frame, Frame::Chain(_)));
    }
}

#[cfg(test)]
mod tests {
    use crate::shell::parse;

    /// For each command its first word, and for the last one whether the others have run before it
    /// (`+`), cannot have run (`-`), or may have (`?`).
    fn seen_from_the_end(text: &str) -> String {
        let script = parse(text);
        let last = script.commands.last().expect("a command").block;
        let marks = script.commands.iter().map(|command| {
            if script.is_within(last, command.block) {
                '+'
            } else if script.exclude(last, command.block) {
                '-'
            } else {
                '?'
            }
        });
        marks.collect()
    }

    #[test]
    fn branches_are_known() {
        for (text, marks) in [
            ("a; b\nc", "+++"),
            ("if a; then b; fi; c", "+?+"),
            ("if a; then b; elif c; then d; else e; fi", "+---+"),
            ("if a; then b; c; fi", "+++"),
            ("case $x in y) a ;; z) b; c ;; esac", "-++"),
            ("case $x in (y) a ;; esac\nb", "?+"),
            ("for x in 1; do a; done; b", "?+"),
            ("while a; do b; done\nc", "+?+"),
            ("a && b; c", "+?+"),
            ("a && b && c", "+++"),
            ("a || b && c", "+++"),
            ("a &&\n b\nc", "+?+"),
            ("f() { a; }\nb", "?+"),
            ("function f { a; }\nb", "?+"),
            ("{ a; }; b", "++"),
            ("(a; b); c", "??+"),
            ("( f() { a; }; b )", "?+"),
            ("if a; then (b; fi; c", "+++"),
        ] {
            assert_eq!(seen_from_the_end(text), marks, "{text}");
        }
    }

    #[test]
    fn functions_are_known() {
        let script = parse("a; f() { if b; then c; fi; }; d");
        let functions: Vec<bool> = script
            .commands
            .iter()
            .map(|command| script.function_around(command.block).is_some())
            .collect();
        assert_eq!(functions, [false, true, true, false]);
    }
}
