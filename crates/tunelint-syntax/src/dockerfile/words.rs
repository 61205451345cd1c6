//! The words of an instruction: pairs, plain words, and the JSON lists of the exec form.

use tunelint_base::{OffsetMap, Span};

use super::{Instruction, Pair, Word};

/// The pairs of `ENV`, `ARG` and `LABEL`; `ENV NAME the rest` is one pair.
#[must_use]
pub fn pairs(instruction: &Instruction, backquote_escapes: bool) -> Vec<Pair> {
    let escape = escape_of(backquote_escapes);
    let text = &instruction.text;
    let spans = raw_words(text, escape);
    let read = |span: Span| unquote(instruction, span, escape);
    let Some(first) = spans.first() else {
        return Vec::new();
    };
    let is_old = instruction.name != "ARG" && !first.of(text).contains('=');
    if is_old {
        let rest = Span::new(
            spans.get(1).map_or(first.end, |next| next.start) as usize,
            text.len(),
        );
        return vec![Pair {
            name: read(*first),
            value: (!rest.is_empty()).then(|| read(rest)),
        }];
    }
    let pairs = spans.iter().map(|span| match span.of(text).find('=') {
        Some(equals) => {
            let at = span.start as usize + equals;
            Pair {
                name: read(Span::new(span.start as usize, at)),
                value: Some(read(Span::new(at + 1, span.end as usize))),
            }
        }
        None => Pair {
            name: read(*span),
            value: None,
        },
    });
    pairs.collect()
}

/// The words of an instruction, between blanks.
#[must_use]
pub fn words(instruction: &Instruction, backquote_escapes: bool) -> Vec<Word> {
    let escape = escape_of(backquote_escapes);
    let spans = raw_words(&instruction.text, escape);
    let words = spans
        .into_iter()
        .map(|span| unquote(instruction, span, escape));
    words.collect()
}

/// The words of `["java", "-jar", "app.jar"]`; `None` where it is no list of JSON strings, which
/// is then a line for a shell.
#[must_use]
pub fn exec_form(instruction: &Instruction) -> Option<Vec<Word>> {
    let text = &instruction.text;
    let bytes = text.as_bytes();
    let mut at = 0;
    let skip = |at: &mut usize| {
        while bytes.get(*at).is_some_and(u8::is_ascii_whitespace) {
            *at += 1;
        }
    };
    let take = |byte: u8, at: &mut usize| {
        skip(at);
        let there = bytes.get(*at) == Some(&byte);
        *at += usize::from(there);
        there
    };
    let mut words = Vec::new();
    if !take(b'[', &mut at) {
        return None;
    }
    if take(b']', &mut at) {
        return Some(words);
    }
    loop {
        if !take(b'"', &mut at) {
            return None;
        }
        let (word, end) = json_string(instruction, at)?;
        words.push(word);
        at = end;
        if take(b',', &mut at) {
            continue;
        }
        let closed = take(b']', &mut at) && text[at..].trim().is_empty();
        return closed.then_some(words);
    }
}

/// The JSON string whose text begins at `start`, and the offset after its closing quote.
fn json_string(instruction: &Instruction, start: usize) -> Option<(Word, usize)> {
    let text = &instruction.text;
    let mut word = String::new();
    let mut map = OffsetMap::starting_at(start);
    let mut at = start;
    loop {
        let rest = text.get(at..)?;
        let mut chars = rest.chars();
        let c = chars.next()?;
        match c {
            '"' => break,
            '\\' => {
                let escaped = chars.next()?;
                let (meant, len) = match escaped {
                    'n' => ('\n', 2),
                    't' => ('\t', 2),
                    'r' => ('\r', 2),
                    'b' => ('\u{8}', 2),
                    'f' => ('\u{c}', 2),
                    '"' | '\\' | '/' => (escaped, 2),
                    'u' => {
                        let code = u32::from_str_radix(rest.get(2..6)?, 16).ok()?;
                        (char::from_u32(code).unwrap_or('\u{fffd}'), 6)
                    }
                    _ => return None,
                };
                word.push(meant);
                map.push_escape(Span::new(at, at + len), meant.len_utf8());
                at += len;
            }
            c if u32::from(c) < 0x20 => return None,
            c => {
                word.push(c);
                map.push_verbatim(at, c.len_utf8());
                at += c.len_utf8();
            }
        }
    }
    map.end_at(at);
    let word = Word {
        text: word,
        span: Span::new(start, at),
        map: map.through(&instruction.map),
        has_expansion: false,
    };
    Some((word, at + 1))
}

fn escape_of(backquote_escapes: bool) -> char {
    if backquote_escapes { '`' } else { '\\' }
}

/// The words between blanks outside of quotes.
fn raw_words(text: &str, escape: char) -> Vec<Span> {
    let mut found = Vec::new();
    let (mut start, mut quote, mut escaped) = (None, None, false);
    for (at, c) in text.char_indices() {
        if std::mem::take(&mut escaped) {
            continue;
        }
        match (quote, c) {
            (None, c) if c.is_whitespace() => {
                found.extend(start.take().map(|start| Span::new(start, at)));
                continue;
            }
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if c == open => quote = None,
            (open, c) if c == escape && open != Some('\'') => escaped = true,
            _ => {}
        }
        start.get_or_insert(at);
    }
    found.extend(start.map(|start| Span::new(start, text.len())));
    found
}

/// Takes quotes and escapes away, as BuildKit's `ProcessWord` does; variables stay.
fn unquote(instruction: &Instruction, span: Span, escape: char) -> Word {
    let text = span.of(&instruction.text);
    let base = span.start as usize;
    let mut word = String::new();
    let mut map = OffsetMap::starting_at(base);
    let mut has_expansion = false;
    let mut quote = None;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        match (quote, c) {
            (None, '"' | '\'') => {
                quote = Some(c);
                continue;
            }
            (Some(open), c) if c == open => {
                quote = None;
                continue;
            }
            (open, c) if c == escape && open != Some('\'') => {
                let next = chars.peek().copied();
                // Inside of double quotes only what would mean something is escaped.
                let meant = next.filter(|(_, next)| {
                    open.is_none() || matches!(next, '"' | '$') || *next == escape
                });
                if let Some((next_at, next)) = meant {
                    chars.next();
                    word.push(next);
                    let source = Span::new(base + at, base + next_at + next.len_utf8());
                    map.push_escape(source, next.len_utf8());
                    continue;
                }
            }
            (open, '$') if open != Some('\'') => has_expansion = true,
            _ => {}
        }
        word.push(c);
        map.push_verbatim(base + at, c.len_utf8());
    }
    map.end_at(base + text.len());
    Word {
        text: word,
        span,
        map: map.through(&instruction.map),
        has_expansion,
    }
}
