//! Puts the tokens of a shell script together to simple commands.

mod cuts;

use tunelint_base::Span;

use super::assignment::assignment;
use super::blocks::Blocks;
use super::lexer::{Lexer, Operator, Token};
use super::{BrokenLine, Command, Script, Word};

/// What the words of the command in progress are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    Command,
    /// The head of `for`, `select`, or a function: no command.
    Head,
    /// Between `case` and `in`.
    Case,
    /// A pattern of `case`, up to its `)`.
    Pattern,
}

pub(super) struct Reader<'a> {
    text: &'a str,
    lexer: Lexer<'a>,
    script: Script,
    blocks: Blocks,
    command: Command,
    mode: Mode,
    /// Of the `case`s that the command in progress lies in.
    cases: usize,
    /// The cuts since the last word, while it is open whether they cut a command.
    cuts: Vec<BrokenLine>,
    /// Whether the command in progress goes on with the last broken continuation.
    in_chain: bool,
    /// Whether a line end has already been met since the last cut.
    line_begun: bool,
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            text,
            lexer: Lexer::new(text),
            script: Script::default(),
            blocks: Blocks::new(),
            command: Command::default(),
            mode: Mode::Command,
            cases: 0,
            cuts: Vec::new(),
            in_chain: false,
            line_begun: true,
        }
    }

    pub(super) fn run(mut self) -> Script {
        while let Some(token) = self.lexer.next() {
            let continued = self.lexer.continued;
            match token {
                Token::Word(word) => self.word(word),
                Token::Operator(operator) => self.operator(operator),
                Token::Broken(line) => {
                    if self.has_command() {
                        self.cut(line);
                    }
                }
                Token::Comment(comment) => self.comment(comment, continued),
                Token::Newline(line) => self.newline(line, continued),
            }
        }
        self.finish();
        self.script.blocks = self.blocks.all;
        let count = self.script.commands.len();
        for broken in &mut self.script.broken_continuations {
            // A keyword may follow instead of a command.
            broken.commands.end = broken.commands.end.min(count);
        }
        self.script
    }

    fn has_command(&self) -> bool {
        let command = &self.command;
        self.mode == Mode::Command && !(command.words.is_empty() && command.assignments.is_empty())
    }

    fn word(&mut self, word: Word) {
        self.settle(&word);
        self.blocks.word();
        match self.mode {
            Mode::Head => {
                if matches!(word.text.as_str(), "do" | "{") {
                    self.blocks.keyword(&word.text);
                    self.mode = Mode::Command;
                }
                return;
            }
            Mode::Case => {
                if word.text == "in" {
                    self.mode = Mode::Pattern;
                }
                return;
            }
            Mode::Pattern => {
                if word.text == "esac" {
                    self.blocks.keyword("esac");
                    self.end_case();
                }
                return;
            }
            Mode::Command => {}
        }
        let begins = self.command.words.is_empty();
        if begins && self.command.assignments.is_empty() && self.keyword(&word) {
            return;
        }
        let is_number = !word.quoted && word.text.bytes().all(|b| b.is_ascii_digit());
        if is_number && (self.lexer.is_at(b'<') || self.lexer.is_at(b'>')) {
            return;
        }
        self.command.span = match self.command.span {
            Span { start: 0, end: 0 } => word.span,
            span => span.cover(word.span),
        };
        let declares = self.command.words.first().is_some_and(|first| {
            matches!(
                first.text.as_str(),
                "export" | "readonly" | "local" | "declare" | "typeset"
            )
        });
        if (begins || declares)
            && let Some(mut assignment) = assignment(self.text, &word)
        {
            if assignment.value.span.is_empty()
                && let Some(list) = self.lexer.list()
            {
                self.command.span = self.command.span.cover(list.span);
                assignment.value = list;
            }
            self.command.assignments.push(assignment);
            if begins {
                return;
            }
        }
        self.command.words.push(word);
    }

    /// Whether `word`, the first of a command, is a word of the shell's grammar.
    fn keyword(&mut self, word: &Word) -> bool {
        if word.quoted {
            return false;
        }
        match word.text.as_str() {
            "if" | "then" | "else" | "elif" | "fi" | "while" | "until" | "do" | "done" | "{"
            | "}" | "!" | "time" => {}
            "for" | "select" | "function" => self.mode = Mode::Head,
            "case" => {
                self.cases += 1;
                self.mode = Mode::Case;
            }
            "esac" => self.end_case(),
            _ => return false,
        }
        self.blocks.keyword(&word.text);
        true
    }

    fn end_case(&mut self) {
        self.cases = self.cases.saturating_sub(1);
        self.mode = Mode::Command;
    }

    fn operator(&mut self, operator: Operator) {
        match operator {
            Operator::Redirect | Operator::Heredoc { .. } => {
                // The target is a word, unless the script is broken off here.
                if let Some(Token::Word(target)) = self.lexer.next()
                    && let Operator::Heredoc { tabs } = operator
                {
                    self.lexer.expect_heredoc(target.text, tabs);
                }
                return;
            }
            Operator::Open if self.mode == Mode::Pattern => return,
            Operator::Close if self.mode == Mode::Pattern => {
                self.mode = Mode::Command;
                self.blocks.arm();
                return self.end_command();
            }
            // `name()` is the head of a function.
            Operator::Open if self.command.words.len() == 1 && self.lexer.is_at(b')') => {
                self.command = Command::default();
                self.blocks.function_head();
                return self.end_command();
            }
            Operator::Branch if self.cases > 0 => {
                self.finish();
                self.mode = Mode::Pattern;
            }
            Operator::Separator | Operator::Between | Operator::Chain { .. }
                if self.mode == Mode::Head =>
            {
                self.mode = Mode::Command;
            }
            _ => {}
        }
        self.end_command();
        match operator {
            Operator::Separator => self.blocks.end_list(false),
            Operator::Chain { or } => self.blocks.chain(or),
            Operator::Branch => self.blocks.end_arm(),
            Operator::Open => self.blocks.open_paren(),
            Operator::Close => self.blocks.close_paren(),
            Operator::Between | Operator::Redirect | Operator::Heredoc { .. } => {}
        }
    }

    fn end_command(&mut self) {
        self.cuts.clear();
        self.in_chain = false;
        self.finish();
    }

    /// Ends the command in progress.
    fn finish(&mut self) {
        let mut command = std::mem::take(&mut self.command);
        command.block = self.blocks.current();
        if !command.words.is_empty() || !command.assignments.is_empty() {
            self.script.commands.push(command);
        }
    }
}
