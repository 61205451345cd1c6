//! Reads the `@argfiles` of the launcher `java`.

use tunelint_base::Span;

use crate::jvm_options::{Draft, Split};

/// Splits an argument file as the launcher does: white space separates, quotes keep it, a backslash
/// escapes inside quotes only, a backslash before a line end continues a quoted argument at the next
/// line's first character, `#` outside quotes begins a comment.
///
/// Three of its ways surprise: a quoted argument that is still open ends at the line end (the first
/// such quote is in [`Split::unclosed`], though the launcher does not complain); a `#` inside an
/// argument drops what of it was written since the last quote and joins the rest to the next
/// argument; a last argument without a line end is lost if it is empty or ends in an escape.
/// `-XX:…` options that name files are not opened, and `@` inside a file has no meaning.
///
/// Source: `nextToken` and `readArgFile` in `args.c` of the launcher; compared with runs of Java 17.
#[must_use]
pub fn parse_argfile(text: &str) -> Split {
    let mut reader = Reader::default();
    for (at, character) in text.char_indices() {
        reader.read(at, character);
    }
    reader.end(text.len());
    reader.split
}

/// What the next character is part of.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum State {
    #[default]
    Between,
    Comment,
    Bare,
    Quoted,
    /// After a backslash in quotes, which stands at this offset.
    Escape(usize),
    /// In the blanks at the start of a line that continues a quoted argument.
    Indent,
}

#[derive(Default)]
struct Reader {
    split: Split,
    state: State,
    quote: (char, usize),
    /// The characters of the argument that a quote or an escape has made safe from a `#`.
    kept: Vec<(char, Span)>,
    /// The characters since then.
    loose: Vec<(char, Span)>,
    /// Whether a part was kept at all: the launcher forgets an empty list of parts at the end.
    has_parts: bool,
    start: usize,
}

impl Reader {
    fn read(&mut self, at: usize, character: char) {
        let span = Span::new(at, at + character.len_utf8());
        match self.state {
            State::Comment => {
                if is_line_end(character) {
                    self.state = State::Between;
                }
                return;
            }
            State::Escape(backslash) => return self.escaped(backslash, character, span),
            State::Between | State::Indent if is_space(character) => return,
            State::Between => {
                self.state = State::Bare;
                if !self.has_parts {
                    self.start = at;
                }
            }
            State::Indent => self.state = State::Quoted,
            State::Bare | State::Quoted => {}
        }
        let quoted = self.state == State::Quoted;
        match character {
            '\n' | '\r' => {
                if quoted {
                    self.note_unclosed(at);
                }
                self.finish(at);
            }
            ' ' | '\t' | '\x0c' if !quoted => self.finish(at),
            '#' if !quoted => {
                self.loose.clear();
                self.state = State::Comment;
            }
            '\\' if quoted => {
                self.keep();
                self.has_parts = true;
                self.state = State::Escape(at);
            }
            '\'' | '"' if quoted && self.quote.0 != character => {
                self.loose.push((character, span));
            }
            '\'' | '"' => {
                self.keep();
                if quoted {
                    self.state = State::Bare;
                } else {
                    self.quote = (character, at);
                    self.state = State::Quoted;
                }
            }
            _ => self.loose.push((character, span)),
        }
    }

    fn escaped(&mut self, backslash: usize, character: char, span: Span) {
        if is_line_end(character) {
            self.state = State::Indent;
            return;
        }
        let meant = match character {
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'f' => '\x0c',
            other => other,
        };
        let source = Span::new(backslash, span.end as usize);
        self.kept.push((meant, source));
        self.state = State::Quoted;
    }

    fn keep(&mut self) {
        self.has_parts |= !self.loose.is_empty();
        self.kept.append(&mut self.loose);
    }

    fn note_unclosed(&mut self, end: usize) {
        let span = Span::new(self.quote.1, end);
        self.split.unclosed.get_or_insert(span);
    }

    fn finish(&mut self, end: usize) {
        self.keep();
        let mut draft = Draft::new(self.start);
        for (character, source) in self.kept.drain(..) {
            draft.push(character, source);
        }
        self.split.options.push(draft.finish(end));
        self.has_parts = false;
        self.state = State::Between;
    }

    fn end(&mut self, end: usize) {
        if matches!(self.state, State::Quoted | State::Escape(_) | State::Indent) {
            self.note_unclosed(end);
        }
        if matches!(self.state, State::Bare | State::Quoted) {
            self.keep();
            if self.has_parts {
                self.finish(end);
            }
        }
    }
}

fn is_line_end(character: char) -> bool {
    matches!(character, '\n' | '\r')
}

fn is_space(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\n' | '\r' | '\x0c')
}
