//! Writes keys and values so that Java reads them back as they were.

/// What to write as the value, right after `=` or any other separator, so that Java reads `text`.
/// Characters beyond ASCII stay as they are.
#[must_use]
pub fn escape_value(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, character) in text.char_indices() {
        // At the start a blank would be skipped, and after a blank separator `=` would be one.
        if at == 0 && matches!(character, ' ' | '=' | ':') {
            out.push('\\');
        }
        push(&mut out, character);
    }
    out
}

/// What to write as the key, so that Java reads `text`. Characters beyond ASCII stay as they are.
#[must_use]
pub fn escape_key(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, character) in text.char_indices() {
        let is_special = match character {
            ' ' | '=' | ':' => true,
            '#' | '!' => at == 0,
            _ => false,
        };
        if is_special {
            out.push('\\');
        }
        push(&mut out, character);
    }
    out
}

fn push(out: &mut String, character: char) {
    match character {
        '\\' => out.push_str("\\\\"),
        '\t' => out.push_str("\\t"),
        '\n' => out.push_str("\\n"),
        '\r' => out.push_str("\\r"),
        '\x0c' => out.push_str("\\f"),
        other => out.push(other),
    }
}
