//! The tokens of `java.io.StreamTokenizer`, set up as `JaasConfig` sets it up.

use std::iter::Peekable;
use std::str::Chars;

/// A token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// A word, or what stands in quotes.
    Word(String),
    /// A character that stands for itself.
    Other(char),
}

impl Token {
    /// The text of a word.
    pub(super) fn word(&self) -> Option<&str> {
        match self {
            Self::Word(text) => Some(text),
            Self::Other(_) => None,
        }
    }

    /// The text of a word, nothing for anything else.
    pub(super) fn into_word(self) -> String {
        match self {
            Self::Word(text) => text,
            Self::Other(_) => String::new(),
        }
    }
}

/// Takes a text apart.
pub(super) struct Tokens<'t> {
    rest: Peekable<Chars<'t>>,
    /// Whether a single `/` began a comment.
    pub(super) slash: bool,
}

impl<'t> Tokens<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self {
            rest: text.chars().peekable(),
            slash: false,
        }
    }

    /// The text in quotes, the first of which is taken already. A line end closes it, too.
    fn quoted(&mut self, quote: char) -> Token {
        let mut text = String::new();
        while let Some(c) = self.rest.next_if(|c| *c != '\n' && *c != '\r') {
            if c == quote {
                break;
            }
            if c == '\\' {
                text.extend(self.escape());
            } else {
                text.push(c);
            }
        }
        Token::Word(text)
    }

    /// What stands after a backslash: a letter of C's escapes, up to three octal digits, or itself.
    fn escape(&mut self) -> Option<char> {
        let c = self.rest.next()?;
        let Some(first) = c.to_digit(8) else {
            return Some(match c {
                'a' => '\u{7}',
                'b' => '\u{8}',
                'f' => '\u{c}',
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                'v' => '\u{b}',
                other => other,
            });
        };
        let mut code = first;
        let more = if first <= 3 { 2 } else { 1 };
        for _ in 0..more {
            let Some(digit) = self.rest.peek().and_then(|c| c.to_digit(8)) else {
                break;
            };
            self.rest.next();
            code = code * 8 + digit;
        }
        char::from_u32(code)
    }

    /// Skips a comment whose first `/` is taken already. `None`: the text ends in it. Whatever
    /// follows the `/` belongs to it, a line end included.
    fn comment(&mut self) -> Option<()> {
        let mark = self.rest.next();
        self.slash |= !matches!(mark, Some('*' | '/'));
        if mark? != '*' {
            while self.rest.next_if(|c| *c != '\n' && *c != '\r').is_some() {}
            return Some(());
        }
        let mut before = ' ';
        loop {
            let c = self.rest.next()?;
            if c == '/' && before == '*' {
                return Some(());
            }
            before = c;
        }
    }
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        loop {
            let c = self.rest.next()?;
            match c {
                '\0'..=' ' => {}
                '/' => self.comment()?,
                '"' | '\'' => return Some(self.quoted(c)),
                _ if !is_word(c) => return Some(Token::Other(c)),
                _ => {
                    let mut text = String::from(c);
                    while let Some(c) = self.rest.next_if(|c| is_word(*c)) {
                        text.push(c);
                    }
                    return Some(Token::Word(text));
                }
            }
        }
    }
}

/// Everything but blanks, `/`, quotes, `;`, `=` and the control characters of Latin-1.
fn is_word(c: char) -> bool {
    !matches!(
        c,
        '\0'..=' ' | '/' | '"' | '\'' | ';' | '=' | '\u{81}'..='\u{9f}'
    )
}
