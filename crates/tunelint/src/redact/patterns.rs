//! Secrets that can be told by what they look like: card numbers, `password=…`, `user:password@`.

use super::REDACTED;
use std::ops::Range;
use tunelint_base::card;
use tunelint_model::setting::{is_placeholder, is_secret_name};

/// The places of such secrets in a text, with what is to stand there.
pub(super) fn find(text: &str) -> Vec<(Range<usize>, String)> {
    ranges(text)
        .into_iter()
        .map(|range| (range, REDACTED.to_owned()))
        .collect()
}

/// The places of such secrets in a text.
pub(super) fn ranges(text: &str) -> Vec<Range<usize>> {
    let mut found = card::find(text);
    assignments(text, &mut found);
    options(text, &mut found);
    addresses(text, &mut found);
    found
}

/// `…password=value`, `API_TOKEN="value"`.
fn assignments(text: &str, found: &mut Vec<Range<usize>>) {
    for (at, _) in text.match_indices('=') {
        let name = name_before(&text[..at]);
        let name = name
            .strip_prefix("-D")
            .unwrap_or(name)
            .trim_start_matches('-');
        if !name.is_empty() && is_secret_name(name) {
            found.extend(value_at(text, at + 1));
        }
    }
}

/// `--password value`.
fn options(text: &str, found: &mut Vec<Range<usize>>) {
    for (at, _) in text.match_indices("--") {
        let rest = &text[at + 2..];
        let len = rest.find(|c: char| !is_name(c)).unwrap_or(rest.len());
        let after = &rest[len..];
        let blanks = after.len() - after.trim_start_matches(' ').len();
        if blanks > 0 && is_secret_name(&rest[..len]) && !after.trim_start().starts_with("--") {
            found.extend(value_at(text, at + 2 + len + blanks));
        }
    }
}

/// `scheme://user:password@host`.
fn addresses(text: &str, found: &mut Vec<Range<usize>>) {
    for (at, _) in text.match_indices("://") {
        let start = at + 3;
        let rest = &text[start..];
        let end = rest
            .find(|c: char| c.is_whitespace() || "/\"'".contains(c))
            .unwrap_or(rest.len());
        let Some((login, _)) = rest[..end].rsplit_once('@') else {
            continue;
        };
        if let Some((user, password)) = login.split_once(':')
            && !password.is_empty()
            && !is_placeholder(password)
        {
            found.push(start + user.len() + 1..start + login.len());
        }
    }
}

fn is_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-')
}

fn name_before(text: &str) -> &str {
    let text = text.trim_end_matches(' ');
    let start = text.rfind(|c: char| !is_name(c)).map_or(0, |at| {
        at + text[at..].chars().next().map_or(1, char::len_utf8)
    });
    &text[start..]
}

/// The value that begins at `at`, inside its quotes if it has any.
fn value_at(text: &str, at: usize) -> Option<Range<usize>> {
    let rest = text.get(at..)?;
    let value = rest.trim_start_matches([' ', '\\']);
    let mut start = at + (rest.len() - value.len());
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
    start += quote.map_or(0, char::len_utf8);
    let body = text.get(start..)?;
    let ends = |c: char| match quote {
        Some(quote) => c == quote,
        None => c.is_whitespace() || matches!(c, '"' | '\'' | '`' | ';' | '&'),
    };
    let len = body.find(ends).unwrap_or(body.len());
    let body = body[..len].trim_end_matches('\\');
    let is_open = body.is_empty() || is_placeholder(body) || body == REDACTED;
    (!is_open).then(|| start..start + body.len())
}
