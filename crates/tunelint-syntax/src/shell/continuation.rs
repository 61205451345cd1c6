//! Recognises a backslash that was meant to continue a line and does not.

use tunelint_base::Span;

use super::{BreakKind, BrokenLine};

/// Whether the backslash at `at`, outside quotes, is followed by blanks and the line end, or by
/// blanks and a comment.
///
/// A backslash that ends a word (`IFS=\ `) may well mean the blank, so that it counts only where
/// the next line is an option. With a single blank, `\ # note` makes the shell read an argument
/// ` #` and the note as arguments: what was meant is clear all the same.
pub(super) fn after(text: &str, at: usize) -> Option<BrokenLine> {
    let bytes = text.as_bytes();
    let is_blank = |byte: &u8| matches!(byte, b' ' | b'\t');
    let blanks = bytes
        .get(at + 1..)?
        .iter()
        .take_while(|b| is_blank(b))
        .count();
    if blanks == 0 {
        return None;
    }
    let after = at + 1 + blanks;
    let line = memchr::memchr(b'\n', &bytes[after..]).map_or(bytes.len(), |n| after + n);
    let end = line - usize::from(line > after && bytes[line - 1] == b'\r');
    let kind = match bytes.get(after) {
        _ if after == end => BreakKind::TrailingBlanks,
        Some(b'#') => BreakKind::TrailingComment,
        _ => return None,
    };
    let stands_alone = at == 0 || matches!(bytes[at - 1], b' ' | b'\t' | b'\n');
    if !stands_alone {
        let next = bytes.get(line + 1..).unwrap_or(&[]);
        let option = next.iter().find(|b| !is_blank(b)) == Some(&b'-');
        if kind == BreakKind::TrailingComment || !option {
            return None;
        }
    }
    let span = Span::new(at, end);
    Some(BrokenLine { kind, span })
}

/// The backslash at the end of a comment that lies at `comment`.
pub(super) fn in_comment(text: &str, comment: Span) -> Option<BrokenLine> {
    comment.of(text).ends_with('\\').then(|| BrokenLine {
        kind: BreakKind::InsideComment,
        span: Span::new(comment.end as usize - 1, comment.end as usize),
    })
}
