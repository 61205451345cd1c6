//! Recognises the marks that begin and end the blocks of Markdown.

use tunelint_base::Span;

use super::cursor::Cursor;

pub(super) fn take_quote(cursor: &mut Cursor<'_>) -> bool {
    let mut probe = *cursor;
    if probe.skip(4) > 3 || probe.peek() != Some(b'>') {
        return false;
    }
    probe.take(1);
    probe.skip(1);
    *cursor = probe;
    true
}

/// Takes a list mark; the columns that the lines of the item are indented by.
pub(super) fn take_item(cursor: &mut Cursor<'_>, in_paragraph: bool) -> Option<usize> {
    let mut probe = *cursor;
    let indent = probe.skip(4);
    let rest = probe.rest();
    if indent > 3 || is_heading_or_rule(rest) {
        return None;
    }
    let digits = rest.iter().take_while(|b| b.is_ascii_digit()).count();
    let width = match rest.get(digits)? {
        b'-' | b'+' | b'*' if digits == 0 => 1,
        b'.' | b')' if (1..=9).contains(&digits) => digits + 1,
        _ => return None,
    };
    if !matches!(rest.get(width), None | Some(b' ' | b'\t')) {
        return None;
    }
    probe.take(width);
    let is_empty = probe.is_blank();
    // Of what might be a sentence that goes on, only a list that begins at 1 interrupts it.
    if in_paragraph && (is_empty || (digits > 0 && &rest[..digits] != b"1")) {
        return None;
    }
    let blanks = match probe.indent() {
        _ if is_empty => 1,
        blanks @ 1..=4 => blanks,
        _ => 1,
    };
    probe.skip(blanks);
    *cursor = probe;
    Some(indent + width + blanks)
}

/// Whether the line cannot be a further line of a paragraph.
pub(super) fn starts_block(mut cursor: Cursor<'_>) -> bool {
    if cursor.is_blank() || take_quote(&mut cursor) || take_item(&mut cursor, true).is_some() {
        return true;
    }
    if cursor.skip(4) > 3 {
        return false;
    }
    let rest = cursor.rest();
    opening(rest).is_some() || rest.starts_with(b"<!--") || is_heading_or_rule(rest)
}

/// The mark and the length of an opening fence.
pub(super) fn opening(rest: &[u8]) -> Option<(u8, usize)> {
    let mark = *rest.first().filter(|b| matches!(b, b'`' | b'~'))?;
    let len = rest.iter().take_while(|b| **b == mark).count();
    let is_code_span = mark == b'`' && rest[len..].contains(&b'`');
    (len >= 3 && !is_code_span).then_some((mark, len))
}

pub(super) fn is_closing(mut cursor: Cursor<'_>, mark: u8, opened: usize) -> bool {
    if cursor.skip(4) > 3 {
        return false;
    }
    let rest = cursor.rest();
    let len = rest.iter().take_while(|b| **b == mark).count();
    len >= opened && rest[len..].iter().all(|b| matches!(b, b' ' | b'\t'))
}

/// Whether a line is a heading of the form `# …` or a thematic break such as `* * *`.
pub(super) fn is_heading_or_rule(rest: &[u8]) -> bool {
    let level = rest.iter().take_while(|b| **b == b'#').count();
    if (1..=6).contains(&level) && matches!(rest.get(level), None | Some(b' ' | b'\t')) {
        return true;
    }
    let Some(mark @ (b'*' | b'-' | b'_')) = rest.first() else {
        return false;
    };
    let marks = rest.iter().filter(|b| *b == mark).count();
    let others = rest.iter().filter(|b| !matches!(b, b' ' | b'\t'));
    marks >= 3 && others.count() == marks
}

/// What is left of the line without the blanks around it.
pub(super) fn trimmed(mut cursor: Cursor<'_>) -> Span {
    cursor.skip(usize::MAX);
    let rest = cursor.rest();
    let blanks = rest.iter().rev();
    let blanks = blanks.take_while(|b| matches!(b, b' ' | b'\t')).count();
    Span::new(cursor.at, cursor.at + rest.len() - blanks)
}
