//! Lists of strings in a build file of Gradle or sbt.

use tunelint_base::{OffsetMap, Span};

/// A string literal.
#[derive(Clone, Debug)]
pub(super) struct Literal {
    pub(super) text: String,
    pub(super) map: OffsetMap,
    /// Whether something is filled in.
    pub(super) expands: bool,
}

/// The string literals that are given to the property or method at `name`, which ends at `at`.
pub(super) fn given(text: &str, at: usize) -> Vec<Literal> {
    const WORDS: [&str; 11] = [
        "listOf",
        "mutableListOf",
        "arrayOf",
        "List",
        "of",
        "Arrays",
        "asList",
        "addAll",
        "add",
        "set",
        "Seq",
    ];
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = at;
    let (mut depth, mut open) = (0_usize, true);
    while let Some(byte) = bytes.get(at).copied() {
        match byte {
            b' ' | b'\t' | b'\r' => at += 1,
            b'\n' if open || depth > 0 => at += 1,
            b'=' | b'+' | b':' | b'.' | b',' => {
                open = true;
                at += 1;
            }
            b'(' | b'[' => {
                depth += 1;
                open = true;
                at += 1;
            }
            b')' | b']' if depth > 1 => {
                depth -= 1;
                at += 1;
            }
            b'"' | b'\'' => {
                let Some((literal, end)) = literal(text, at) else {
                    break;
                };
                found.push(literal);
                open = false;
                at = end;
            }
            b'/' if text[at..].starts_with("//") => {
                at += text[at..].find('\n').unwrap_or(text.len() - at);
            }
            _ if byte.is_ascii_alphabetic() => {
                let len = text[at..]
                    .find(|c: char| !c.is_ascii_alphanumeric())
                    .unwrap_or(text.len() - at);
                let word = &text[at..at + len];
                // `as String` after a literal, another property: the list is over.
                if !WORDS.contains(&word) || (!found.is_empty() && depth == 0) {
                    break;
                }
                open = true;
                at += len;
            }
            _ => break,
        }
    }
    found
}

/// The literal at a quote, and the offset behind it.
pub(super) fn literal(text: &str, at: usize) -> Option<(Literal, usize)> {
    let quote = text[at..].chars().next()?;
    let mut decoded = String::new();
    let mut map = OffsetMap::starting_at(at + 1);
    let mut expands = false;
    let mut chars = text[at + 1..].char_indices().peekable();
    while let Some((offset, c)) = chars.next() {
        let place = at + 1 + offset;
        match c {
            '\n' => return None,
            _ if c == quote => {
                map.end_at(place);
                let literal = Literal {
                    text: decoded,
                    map,
                    expands,
                };
                return Some((literal, place + 1));
            }
            '\\' => {
                let (_, escaped) = chars.next()?;
                decoded.push(escaped);
                let end = place + 1 + escaped.len_utf8();
                map.push_escape(Span::new(place, end), escaped.len_utf8());
            }
            _ => {
                expands |= c == '$' && quote == '"';
                decoded.push(c);
                map.push_verbatim(place, c.len_utf8());
            }
        }
    }
    None
}

/// Where a word ends, wherever it stands as a whole word outside of comments.
pub(super) fn ends_of(text: &str, word: &str) -> Vec<usize> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = text[from..].find(word).map(|n| from + n) {
        let end = at + word.len();
        from = end;
        let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let whole = !text[..at].ends_with(is_word) && !text[end..].starts_with(is_word);
        let line = text[..at].rfind('\n').map_or(0, |n| n + 1);
        let commented =
            text[line..at].contains("//") || text[line..at].trim_start().starts_with('*');
        if whole && !commented {
            found.push(end);
        }
    }
    found
}

/// The inside of the block `name { … }`.
pub(super) fn block(text: &str, within: Span, name: &str) -> Option<Span> {
    let inside = within.of(text);
    ends_of(inside, name).into_iter().find_map(|end| {
        let rest = &inside[end..];
        let body = rest.trim_start();
        if !body.starts_with('{') {
            return None;
        }
        let start = end + rest.len() - body.len() + 1;
        let mut depth = 1_usize;
        for (offset, c) in inside[start..].char_indices() {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return Some(Span::new(start, start + offset).shift(within.start as usize));
            }
        }
        None
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<String> {
        let end = ends_of(text, "jvmArgs")[0];
        given(text, end).into_iter().map(|l| l.text).collect()
    }

    #[test]
    fn lists_are_read() {
        for text in [
            "jvmArgs = ['-Xa', \"-Xb\"]\nx = 'c'",
            "jvmArgs '-Xa',\n  '-Xb'\nother 'c'",
            "jvmArgs(\"-Xa\", \"-Xb\") // \"c\"",
            "jvmArgs = listOf(\n  \"-Xa\", // why\n  \"-Xb\",\n)\n\"c\"",
            "jvmArgs.addAll(listOf(\"-Xa\", \"-Xb\"))\nfoo(\"c\")",
            "jvmArgs += [ '-Xa', '-Xb' ]",
        ] {
            assert_eq!(read(text), ["-Xa", "-Xb"], "{text}");
        }
        assert!(ends_of("// jvmArgs 'x'\nmyjvmArgs", "jvmArgs").is_empty());
        assert!(read("jvmArgs(other)").is_empty());
    }

    #[test]
    fn blocks_are_found() {
        let text = "jib { to { image = 'a' } } x { }";
        let whole = Span::new(0, text.len());
        let jib = block(text, whole, "jib").expect("jib");
        let to = block(text, jib, "to").expect("to");
        assert_eq!(to.of(text), " image = 'a' ");
        assert_eq!(block("jib {", Span::new(0, 5), "jib"), None);
    }
}
