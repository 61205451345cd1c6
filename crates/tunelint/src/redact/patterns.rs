//! Secrets that can be told by what they look like: card numbers, `password=…`, `user:password@`.

use super::REDACTED;
use std::ops::Range;
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
    let mut found = Vec::new();
    cards(text, &mut found);
    assignments(text, &mut found);
    options(text, &mut found);
    addresses(text, &mut found);
    found
}

/// Runs of 13 to 19 digits, perhaps in groups, that begin and add up as card numbers do.
fn cards(text: &str, found: &mut Vec<Range<usize>>) {
    let bytes = text.as_bytes();
    let is_word = |at: usize| {
        bytes
            .get(at)
            .is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_')
    };
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let first = group_end(bytes, at);
        let card = (at == 0 || !is_word(at - 1))
            .then(|| card_at(bytes, at))
            .flatten();
        match card.filter(|end| !is_word(*end)) {
            Some(end) => {
                found.push(at..end);
                at = end;
            }
            None => at = first,
        }
    }
}

/// Where the digits that begin at `at` end.
fn group_end(bytes: &[u8], at: usize) -> usize {
    let len = bytes[at..]
        .iter()
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    at + len
}

/// The end of the card number that begins at `at`: of one group of digits, or of several.
fn card_at(bytes: &[u8], at: usize) -> Option<usize> {
    let mut digits = Vec::new();
    let mut start = at;
    while digits.len() < 19 {
        let end = group_end(bytes, start);
        digits.extend(bytes[start..end].iter().map(|byte| byte - b'0'));
        if is_card(&digits) {
            return Some(end);
        }
        let is_grouped = matches!(bytes.get(end), Some(b' ' | b'-'))
            && bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
        if !is_grouped {
            return None;
        }
        start = end + 1;
    }
    None
}

/// Luhn's check; card numbers of people begin with 2 to 6, times and sizes mostly do not.
fn is_card(digits: &[u8]) -> bool {
    if !(13..=19).contains(&digits.len()) || !(2..=6).contains(&digits[0]) {
        return false;
    }
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, digit)| {
            let value = u32::from(*digit) * if place % 2 == 1 { 2 } else { 1 };
            if value > 9 { value - 9 } else { value }
        })
        .sum();
    sum.is_multiple_of(10)
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
