//! Splits the variables and files that hand options to a JVM, each by the rules of its own reader.

use tunelint_base::{OffsetMap, Span};

/// A text split into options.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Split {
    /// The options in source order.
    pub options: Vec<Opt>,
    /// From a quote that nothing closes to the end of the text: the JVM refuses to start.
    pub unclosed: Option<Span>,
}

/// One option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opt {
    /// The option as the JVM sees it, without quotes.
    pub text: String,
    /// Its place in the text, quotes included.
    pub span: Span,
    /// From `text` to the place in the text.
    pub map: OffsetMap,
}

/// An option that is being read.
pub(crate) struct Draft {
    start: usize,
    text: String,
    map: OffsetMap,
}

impl Draft {
    pub(crate) fn new(start: usize) -> Self {
        Self {
            start,
            text: String::new(),
            map: OffsetMap::starting_at(start),
        }
    }

    /// Appends a character that came from `source`.
    pub(crate) fn push(&mut self, character: char, source: Span) {
        self.text.push(character);
        // An escape is longer than what it stands for.
        if source.len() == character.len_utf8() {
            self.map.push_verbatim(source.start as usize, source.len());
        } else {
            self.map.push_escape(source, character.len_utf8());
        }
    }

    pub(crate) fn finish(mut self, end: usize) -> Opt {
        self.map.end_at(end);
        Opt {
            text: self.text,
            span: Span::new(self.start, end),
            map: self.map,
        }
    }
}

/// Splits a value of `JAVA_TOOL_OPTIONS` or `_JAVA_OPTIONS` as HotSpot does: white space separates,
/// `'…'` and `"…"` keep it and vanish, also inside an option, and a backslash means nothing.
///
/// Source: `Arguments::parse_options_buffer` of HotSpot; compared with runs of Java 17.
#[must_use]
pub fn split_tool_options(text: &str) -> Split {
    split(text)
}

/// Splits a value of `JDK_JAVA_OPTIONS` as the launcher `java` does (Java 9 and later). The rules
/// are those of [`split_tool_options`]; an option that then begins with `@` names a file to read
/// with [`parse_argfile`](crate::argfile::parse_argfile), `@@` stands for `@`.
///
/// Source: `expand` in `args.c` of the launcher; compared with runs of Java 17.
#[must_use]
pub fn split_jdk_java_options(text: &str) -> Split {
    split(text)
}

fn split(text: &str) -> Split {
    let mut split = Split::default();
    let mut draft: Option<Draft> = None;
    let mut quote: Option<(char, usize)> = None;
    for (at, character) in text.char_indices() {
        let span = Span::new(at, at + character.len_utf8());
        if let Some((mark, _)) = quote {
            if character == mark {
                quote = None;
            } else if let Some(draft) = &mut draft {
                draft.push(character, span);
            }
        } else if is_space(character) {
            split.options.extend(draft.take().map(|d| d.finish(at)));
        } else {
            let draft = draft.get_or_insert_with(|| Draft::new(at));
            match character {
                '\'' | '"' => quote = Some((character, at)),
                _ => draft.push(character, span),
            }
        }
    }
    split.options.extend(draft.map(|d| d.finish(text.len())));
    split.unclosed = quote.map(|(_, at)| Span::new(at, text.len()));
    split
}

/// C's `isspace`, which both readers ask.
fn is_space(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\n' | '\x0b' | '\x0c' | '\r')
}

#[cfg(test)]
mod tests;
