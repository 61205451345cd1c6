//! Cuts a shell script into words, operators, comments and line ends.

use tunelint_base::Span;

use super::word::{self, Ends, char_boundary, line_end, skip_nested};
use super::{BrokenLine, Word, continuation};

/// A token of a script.
pub(super) enum Token {
    Word(Word),
    Operator(Operator),
    /// A comment without its line end.
    Comment(Span),
    /// A line end.
    Newline(Span),
    /// A continuation that continues nothing, up to its line end.
    Broken(BrokenLine),
}

/// What stands between words.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Operator {
    /// `;` or `&`.
    Separator,
    /// `&&` or `||`.
    Chain {
        or: bool,
    },
    /// `|`, or arithmetic, which is no command.
    Between,
    /// `;;`, which ends a branch of `case`.
    Branch,
    Open,
    Close,
    /// A redirection: its target is the next word.
    Redirect,
    /// `<<` or, with tabs stripped from the lines, `<<-`: the next word ends the here-document.
    Heredoc {
        tabs: bool,
    },
}

pub(super) struct Lexer<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    /// Whether nothing but a continued line end and blanks stands before the next token.
    pub(super) continued: bool,
    heredocs: Vec<(String, bool)>,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            text,
            bytes: text.as_bytes(),
            at: 0,
            continued: false,
            heredocs: Vec::new(),
        }
    }

    /// Skips, from the next line on, up to a line that is `end`.
    pub(super) fn expect_heredoc(&mut self, end: String, tabs: bool) {
        self.heredocs.push((end, tabs));
    }

    pub(super) fn next(&mut self) -> Option<Token> {
        self.skip_blanks();
        let start = self.at;
        let byte = *self.bytes.get(start)?;
        if let Some(end) = line_end(self.bytes, start) {
            self.at = end;
            self.skip_heredocs();
            return Some(Token::Newline(Span::new(start, end)));
        }
        match byte {
            b'#' => {
                let line = memchr::memchr(b'\n', &self.bytes[start..]);
                let end = line.map_or(self.bytes.len(), |n| start + n);
                let end = end - usize::from(self.bytes[end - 1] == b'\r');
                self.at = end;
                return Some(Token::Comment(Span::new(start, end)));
            }
            b'\\' => {
                if let Some(broken) = continuation::after(self.text, start) {
                    self.at = broken.span.end as usize;
                    return Some(Token::Broken(broken));
                }
            }
            _ => {}
        }
        if let Some((operator, len)) = self.operator() {
            self.at += len;
            return Some(Token::Operator(operator));
        }
        let word = match byte {
            b'<' | b'>' => self.raw(1),
            _ => word::read(self.text, start, Ends::Operators),
        };
        self.at = (word.span.end as usize).max(start + 1);
        Some(Token::Word(word))
    }

    /// The list of `NAME=(…)`, where its parenthesis is next.
    pub(super) fn list(&mut self) -> Option<Word> {
        (self.bytes.get(self.at) == Some(&b'(')).then(|| {
            let word = self.raw(0);
            self.at = word.span.end as usize;
            word
        })
    }

    /// Whether the next byte is `byte`.
    pub(super) fn is_at(&self, byte: u8) -> bool {
        self.bytes.get(self.at) == Some(&byte)
    }

    /// A word that is not looked into, with its parenthesis `skip` bytes from here.
    fn raw(&self, skip: usize) -> Word {
        let end = skip_nested(self.bytes, self.at + skip, b'(', b')');
        let span = Span::new(self.at, char_boundary(self.text, end));
        Word {
            span,
            text: span.of(self.text).to_owned(),
            map: tunelint_base::OffsetMap::verbatim(span),
            has_expansion: true,
            quoted: false,
        }
    }

    fn skip_blanks(&mut self) {
        self.continued = false;
        loop {
            match self.bytes.get(self.at) {
                Some(b' ' | b'\t') => self.at += 1,
                Some(b'\r') if self.at + 1 == self.bytes.len() => self.at += 1,
                Some(b'\\') => match line_end(self.bytes, self.at + 1) {
                    Some(end) => {
                        self.at = end;
                        self.continued = true;
                    }
                    None => return,
                },
                _ => return,
            }
        }
    }

    /// The operator that is next, and its length.
    fn operator(&self) -> Option<(Operator, usize)> {
        let rest = &self.bytes[self.at..];
        let is = |token: &str| rest.starts_with(token.as_bytes());
        if is("<(") || is(">(") {
            return None;
        }
        let found = match rest.first()? {
            b';' if is(";;&") => (Operator::Branch, 3),
            b';' if is(";;") || is(";&") => (Operator::Branch, 2),
            b'&' if is("&>>") => (Operator::Redirect, 3),
            b'&' if is("&>") => (Operator::Redirect, 2),
            b'&' if is("&&") => (Operator::Chain { or: false }, 2),
            b'|' if is("||") => (Operator::Chain { or: true }, 2),
            b'|' if is("|&") => (Operator::Between, 2),
            b'|' => (Operator::Between, 1),
            b';' | b'&' => (Operator::Separator, 1),
            // Arithmetic is no command, and `<<` in it is no here-document.
            b'(' if is("((") => {
                let len = skip_nested(rest, 0, b'(', b')');
                if rest[..len].ends_with(b"))") {
                    (Operator::Between, len)
                } else {
                    (Operator::Open, 1)
                }
            }
            b'(' => (Operator::Open, 1),
            b')' => (Operator::Close, 1),
            b'<' if is("<<<") => (Operator::Redirect, 3),
            b'<' if is("<<-") => (Operator::Heredoc { tabs: true }, 3),
            b'<' if is("<<") => (Operator::Heredoc { tabs: false }, 2),
            b'<' if is("<&") || is("<>") => (Operator::Redirect, 2),
            b'>' if is(">>") || is(">&") || is(">|") => (Operator::Redirect, 2),
            b'<' | b'>' => (Operator::Redirect, 1),
            _ => return None,
        };
        Some(found)
    }

    fn skip_heredocs(&mut self) {
        for (end, tabs) in std::mem::take(&mut self.heredocs) {
            while self.at < self.bytes.len() {
                let rest = &self.text[self.at..];
                let line = rest.split_inclusive('\n').next().unwrap_or(rest);
                self.at += line.len();
                let line = line.trim_end_matches(['\n', '\r']);
                if end
                    == if tabs {
                        line.trim_start_matches('\t')
                    } else {
                        line
                    }
                {
                    break;
                }
            }
        }
    }
}
