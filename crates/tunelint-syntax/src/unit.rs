//! Reads the units of systemd: sections, settings with their continuations, and words.

use crate::lines::Lines;
use tunelint_base::{OffsetMap, Span};

/// A setting of a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The section that it stands in: `Service`.
    pub section: String,
    /// Its name: `ExecStart`.
    pub name: String,
    /// The name's place.
    pub key: Span,
    /// The value; continued lines are joined by a blank.
    pub text: String,
    /// From the value to the source.
    pub map: OffsetMap,
}

/// A word of a value, without quotes and escapes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Word {
    /// The text; `$VARIABLE` and `%specifier` stand in it as they are written.
    pub text: String,
    /// Its place in the value, quotes included.
    pub span: Span,
    /// From `text` to the source of the file.
    pub map: OffsetMap,
}

/// Reads a unit. It is never refused: lines that are no settings are passed over.
#[must_use]
pub fn parse(text: &str) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut section = String::new();
    let mut lines = Lines::new(text);
    while let Some((start, line)) = lines.next() {
        let body = line.trim();
        if body.is_empty() || body.starts_with(['#', ';']) {
            continue;
        }
        if let Some(name) = body
            .strip_prefix('[')
            .and_then(|rest| rest.strip_suffix(']'))
        {
            name.clone_into(&mut section);
            continue;
        }
        let (joined, map) = joined(&mut lines, start, line);
        let Some(equals) = joined.find('=') else {
            continue;
        };
        let name = joined[..equals].trim();
        let at = joined.len() - joined.trim_start().len();
        let value = joined[equals + 1..].trim();
        let from = joined.len() - joined[equals + 1..].trim_start().len();
        let range = Span::new(from, from + value.len());
        entries.push(Entry {
            section: section.clone(),
            name: name.to_owned(),
            key: map.to_source(Span::new(at, at + name.len())),
            text: value.to_owned(),
            map: OffsetMap::verbatim(range).through(&map),
        });
    }
    entries
}

/// The line with those that continue it; comments between them are passed over.
fn joined(lines: &mut Lines<'_>, start: usize, line: &str) -> (String, OffsetMap) {
    let (mut text, mut map) = (String::new(), OffsetMap::starting_at(start));
    let (mut start, mut line) = (start, line);
    loop {
        let continued = line.strip_suffix('\\');
        let kept = continued.unwrap_or(line);
        text.push_str(kept);
        map.push_verbatim(start, kept.len());
        if continued.is_none() {
            return (text, map);
        }
        text.push(' ');
        map.push_verbatim(start + kept.len(), 1);
        loop {
            let Some((at, next)) = lines.next() else {
                return (text, map);
            };
            if !next.trim_start().starts_with(['#', ';']) {
                (start, line) = (at, next);
                break;
            }
        }
    }
}

/// Splits a value as systemd does: blanks separate, quotes keep them, and a backslash escapes as
/// in C, also within quotes.
#[must_use]
pub fn words(entry: &Entry) -> Vec<Word> {
    let text = &entry.text;
    let mut found = Vec::new();
    let mut word: Option<Word> = None;
    let mut quote: Option<char> = None;
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let len = c.len_utf8();
        if quote.is_none() && c.is_whitespace() {
            found.extend(finish(word.take(), at, entry));
            at += len;
            continue;
        }
        let current = word.get_or_insert_with(|| Word {
            span: Span::empty(at),
            map: OffsetMap::starting_at(at),
            ..Word::default()
        });
        let (taken, meant) = match (quote, c) {
            (None, '"' | '\'') => {
                quote = Some(c);
                (len, None)
            }
            (Some(open), c) if c == open => {
                quote = None;
                (len, None)
            }
            (_, '\\') => match escape(&text[at..]) {
                Some((taken, meant)) => (taken, Some(meant)),
                None => (len, Some(c)),
            },
            _ => (len, Some(c)),
        };
        if let Some(meant) = meant {
            current.text.push(meant);
            if taken == meant.len_utf8() {
                current.map.push_verbatim(at, taken);
            } else {
                current
                    .map
                    .push_escape(Span::new(at, at + taken), meant.len_utf8());
            }
        }
        at += taken;
    }
    found.extend(finish(word, text.len(), entry));
    found
}

fn finish(word: Option<Word>, end: usize, entry: &Entry) -> Option<Word> {
    let mut word = word?;
    word.map.end_at(end);
    word.span = Span::new(word.span.start as usize, end);
    word.map = word.map.through(&entry.map);
    Some(word)
}

/// The escape that a text begins with: its length, and what it stands for.
fn escape(text: &str) -> Option<(usize, char)> {
    let kind = text[1..].chars().next()?;
    let simple = match kind {
        'n' => '\n',
        't' => '\t',
        'r' => '\r',
        'a' => '\u{7}',
        'b' => '\u{8}',
        'f' => '\u{c}',
        'v' => '\u{b}',
        's' => ' ',
        '\\' | '"' | '\'' => kind,
        'x' => {
            let code = u32::from_str_radix(text.get(2..4)?, 16).ok()?;
            return Some((4, char::from_u32(code)?));
        }
        _ => return None,
    };
    Some((2, simple))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn units_are_read() {
        let text = "# c\n[Unit]\nDescription = A b\n\n[Service]\nEnvironment=\"A=-Xa -Xb\" 'C=d'\\\n; no\n  E=f\\x20g\nExecStart=-/usr/bin/java \\\n    -Da=\"b c\" $OPTS -jar x\r\nbad\n";
        let entries = parse(text);
        let names: Vec<(&str, &str)> = entries
            .iter()
            .map(|e| (e.section.as_str(), e.name.as_str()))
            .collect();
        assert_eq!(
            names,
            [
                ("Unit", "Description"),
                ("Service", "Environment"),
                ("Service", "ExecStart")
            ]
        );
        assert_eq!(entries[0].text, "A b");
        assert_eq!(entries[0].key.of(text), "Description");
        let all: Vec<String> = words(&entries[1]).into_iter().map(|w| w.text).collect();
        assert_eq!(all, ["A=-Xa -Xb", "C=d", "E=f g"]);
        let start = words(&entries[2]);
        let texts: Vec<&str> = start.iter().map(|w| w.text.as_str()).collect();
        assert_eq!(texts, ["-/usr/bin/java", "-Da=b c", "$OPTS", "-jar", "x"]);
        let place = start[1].map.to_source(Span::new(0, start[1].text.len()));
        assert_eq!(place.of(text), "-Da=\"b c");
    }

    proptest! {
        #[test]
        fn survives(text in "(\\[Service\\]\n|A=|\"|'|\\\\|\\\\x4|\n|\r\n| |é|#c\n|;|=){0,24}") {
            for entry in parse(&text) {
                prop_assert!(text.get(entry.key.range()).is_some());
                prop_assert_eq!(entry.map.decoded_len(), entry.text.len());
                for word in words(&entry) {
                    prop_assert_eq!(word.map.decoded_len(), word.text.len());
                    let place = word.map.to_source(Span::new(0, word.text.len()));
                    prop_assert!(text.get(place.range()).is_some());
                }
            }
        }
    }
}
