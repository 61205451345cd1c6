//! Variables of a script or image whose values can be followed, option by option.

use super::launch::flag;
use crate::fragment::Fragment;
use crate::jvm::{Flag, When};
use crate::setting::is_placeholder;
use std::collections::{BTreeSet, HashMap};
use tunelint_base::{OffsetMap, Span};

/// What a variable holds.
#[derive(Clone, Debug, Default)]
pub(super) struct Held {
    /// Its words, between blanks.
    pub(super) words: Vec<Flag>,
    /// Its whole text, where nothing in it is unknown.
    text: Option<String>,
}

impl From<Vec<Flag>> for Held {
    fn from(words: Vec<Flag>) -> Self {
        Self { words, text: None }
    }
}

impl Held {
    /// Whether nothing in it is known.
    pub(super) fn is_opaque(&self) -> bool {
        self.words.iter().all(|word| word.placeholder)
    }
}

/// The variables that are known so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Variables {
    known: HashMap<String, Held>,
    /// Those whose words went into others.
    pub(super) used: BTreeSet<String>,
}

/// Further than this nothing is followed: a variable that is doubled again and again.
const MOST_WORDS: usize = 2000;

impl Variables {
    pub(super) fn get(&self, name: &str) -> Option<&Held> {
        self.known.get(name)
    }

    /// Sets a variable. `certain`: what is asked about later has this behind it; otherwise both
    /// the old and the new value are possible.
    pub(super) fn set(&mut self, name: &str, mut value: Held, certain: bool) {
        if !certain {
            let old = self.known.remove(name).unwrap_or_default();
            let kept = old
                .words
                .iter()
                .zip(&value.words)
                .take_while(|(a, b)| a.span == b.span && a.text == b.text)
                .count();
            value.text = None;
            let appended = kept == old.words.len();
            let perhaps = |word: &mut Flag| word.when = When::Perhaps;
            value.words[kept..].iter_mut().for_each(perhaps);
            if !appended {
                let mut lost = old.words[kept..].to_vec();
                lost.iter_mut().for_each(perhaps);
                value.words.splice(kept..kept, lost);
            }
        }
        value.words.truncate(MOST_WORDS);
        self.known.insert(name.to_owned(), value);
    }

    /// From here on nothing known is certain: another script was read in.
    pub(super) fn doubt_all(&mut self) {
        for held in self.known.values_mut() {
            held.text = None;
            for word in &mut held.words {
                word.when = When::Perhaps;
            }
        }
    }

    /// The value that a text stands for; `expands`: whether `$` means something in it. `own`, the
    /// variable that it is for, may be used in it without counting as used.
    pub(super) fn value(
        &mut self,
        fragment: &Fragment<'_>,
        text: &str,
        map: &OffsetMap,
        expands: bool,
        own: &str,
    ) -> Held {
        let mut held = Held {
            words: Vec::new(),
            text: if expands {
                self.substitute(text)
            } else {
                Some(text.to_owned())
            },
        };
        for range in blank_separated(text) {
            let piece = range.of(text);
            let map = fragment.through(&OffsetMap::verbatim(range).through(map));
            let span = map.to_source(Span::new(0, range.len()));
            if expands && let Some(name) = whole_variable(piece) {
                self.splice(&mut held.words, name, flag(piece, span, map, true), own);
            } else {
                let known = if expands {
                    self.word(piece, span, map)
                } else {
                    flag(piece, span, map, is_placeholder(piece))
                };
                held.words.push(known);
            }
        }
        held.words.truncate(MOST_WORDS);
        held
    }

    /// What `$NAME` as a word of its own becomes; `unknown` where that is not known.
    pub(super) fn splice(&mut self, into: &mut Vec<Flag>, name: &str, unknown: Flag, own: &str) {
        match self.known.get(name) {
            Some(held) => {
                into.extend(held.words.iter().cloned());
                if name != own {
                    self.used.insert(name.to_owned());
                }
            }
            None => into.push(unknown),
        }
    }

    /// A word with variables in it, filled in where all of them are known.
    pub(super) fn word(&mut self, text: &str, span: Span, map: OffsetMap) -> Flag {
        let trimmed = text.trim_matches(['"', '\'']);
        let Some(filled) = self
            .substitute(trimmed)
            .filter(|filled| filled != trimmed && !filled.contains([' ', '\t', '\n']))
        else {
            return flag(
                trimmed,
                span,
                map,
                is_placeholder(text) || text.contains('`'),
            );
        };
        // The decoded text stands for the word as a whole.
        let mut map = OffsetMap::starting_at(span.start as usize);
        map.push_escape(span, filled.len());
        flag(&filled, span, map, false)
    }

    /// The text with all its variables filled in, where all of them are known.
    pub(super) fn substitute(&self, text: &str) -> Option<String> {
        let mut filled = String::new();
        let mut rest = text;
        while let Some(at) = rest.find(['$', '`']) {
            filled.push_str(&rest[..at]);
            let (name, len) = variable_at(&rest[at..])?;
            filled.push_str(self.known.get(name)?.text.as_deref()?);
            rest = &rest[at + len..];
            if filled.len() > MOST_WORDS * 8 {
                return None;
            }
        }
        filled.push_str(rest);
        Some(filled)
    }
}

impl Variables {
    /// As [`Self::substitute`], where `${NAME:-default}` is the default if the name is not known.
    pub(super) fn substitute_all(&self, text: &str) -> Option<String> {
        let mut filled = String::new();
        let mut rest = text;
        while let Some(at) = rest.find('$') {
            filled.push_str(&rest[..at]);
            rest = &rest[at..];
            if let Some((name, len)) = variable_at(rest) {
                filled.push_str(self.known.get(name)?.text.as_deref()?);
                rest = &rest[len..];
                continue;
            }
            let inner = rest.strip_prefix("${")?;
            let end = inner.find('}')?;
            let (name, default) = inner[..end].split_once(":-")?;
            let known = self.known.get(name).and_then(|held| held.text.as_deref());
            filled.push_str(known.unwrap_or(default));
            rest = &inner[end + 1..];
        }
        filled.push_str(rest);
        (filled.len() <= MOST_WORDS * 8).then_some(filled)
    }
}

/// The variable that a word is as a whole: `$NAME`, `${NAME}`.
pub(super) fn whole_variable(word: &str) -> Option<&str> {
    let word = word.trim_matches('"');
    let (name, len) = variable_at(word)?;
    (len == word.len()).then_some(name)
}

/// The first variable in a text, as it is written, and where it ends.
pub(super) fn first_variable(text: &str) -> Option<(&str, usize)> {
    let mut from = 0;
    while let Some(at) = text[from..].find('$').map(|n| from + n) {
        if let Some((_, len)) = variable_at(&text[at..]) {
            return Some((&text[at..at + len], at + len));
        }
        from = at + 1;
    }
    None
}

/// The variable that a text begins with, and how long its expansion is.
fn variable_at(text: &str) -> Option<(&str, usize)> {
    let rest = text.strip_prefix('$')?;
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let (name, len) = match rest.strip_prefix('{') {
        Some(inner) => {
            let name = &inner[..inner.find('}')?];
            (name, name.len() + 3)
        }
        None => {
            let end = rest.find(|c| !is_name(c)).unwrap_or(rest.len());
            (&rest[..end], end + 1)
        }
    };
    let begins = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    (begins && name.chars().all(is_name)).then_some((name, len))
}

/// The words between blanks; expansions in braces or parentheses are kept together.
pub(super) fn blank_separated(text: &str) -> Vec<Span> {
    let mut words = Vec::new();
    let (mut start, mut depth) = (None, 0_usize);
    let mut before = '\0';
    for (at, c) in text.char_indices() {
        match c {
            ' ' | '\t' | '\n' | '\r' if depth == 0 => {
                words.extend(start.take().map(|start| Span::new(start, at)));
            }
            _ => {
                start.get_or_insert(at);
                match c {
                    '{' | '(' if before == '$' || depth > 0 => depth += 1,
                    '}' | ')' => depth = depth.saturating_sub(1),
                    _ => {}
                }
            }
        }
        before = c;
    }
    words.extend(start.map(|start| Span::new(start, text.len())));
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(variables: &mut Variables, name: &str, text: &str, certain: bool) {
        let fragment = Fragment::whole(text);
        let map = OffsetMap::verbatim(Span::new(0, text.len()));
        let value = variables.value(&fragment, text, &map, true, name);
        variables.set(name, value, certain);
    }

    fn shown(variables: &Variables, name: &str) -> String {
        let words = variables.get(name).map_or(&[][..], |held| &held.words);
        let shown = words.iter().map(|word| {
            let doubt = if word.when == When::Perhaps { "?" } else { "" };
            format!("{}{doubt}", word.text)
        });
        shown.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn values_are_followed() {
        let mut variables = Variables::default();
        set(&mut variables, "HEAP", "2g", true);
        set(&mut variables, "OPTS", "-Xmx${HEAP} -Xms$HEAP", true);
        assert_eq!(shown(&variables, "OPTS"), "-Xmx2g -Xms2g");
        set(&mut variables, "OPTS", "$OPTS -Da=$X ${Y:-b c}", true);
        assert_eq!(shown(&variables, "OPTS"), "-Xmx2g -Xms2g -Da=$X ${Y:-b c}");
        assert!(variables.used.is_empty());
        set(&mut variables, "ALL", "$OPTS", true);
        assert!(variables.used.contains("OPTS"));
    }

    #[test]
    fn branches_leave_doubt() {
        let mut variables = Variables::default();
        set(&mut variables, "A", "-Xmx1g", true);
        set(&mut variables, "A", "$A -Xms1g", false);
        assert_eq!(shown(&variables, "A"), "-Xmx1g -Xms1g?");
        set(&mut variables, "A", "-Xmx3g", false);
        assert_eq!(shown(&variables, "A"), "-Xmx1g? -Xms1g? -Xmx3g?");
    }
}
