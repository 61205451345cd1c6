//! Takes a word apart that sets a variable.

use tunelint_base::{OffsetMap, Span};

use super::{Assignment, Word};

/// The assignment that a word is.
pub(super) fn assignment(text: &str, word: &Word) -> Option<Assignment> {
    let raw = word.span.of(text);
    let equals = raw.find('=')?;
    let (name, appends) = match raw[..equals].strip_suffix('+') {
        Some(name) => (name, true),
        None => (&raw[..equals], false),
    };
    let begins = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    if !begins || !name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_') {
        return None;
    }
    let after = equals + 1;
    let rest = Span::new(after, word.text.len());
    Some(Assignment {
        name: name.to_owned(),
        appends,
        value: Word {
            span: Span::new(word.span.start as usize + after, word.span.end as usize),
            text: rest.of(&word.text).to_owned(),
            map: OffsetMap::verbatim(rest).through(&word.map),
            has_expansion: word.has_expansion,
            quoted: word.quoted,
        },
    })
}
