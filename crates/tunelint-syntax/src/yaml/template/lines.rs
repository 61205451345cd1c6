//! The lines of a template: which hold only actions, and which lie in a block scalar.

use std::ops::Range;

use super::super::mask::{line_end, next_line};

/// A line, or several that an action joins.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// Without the indent where it holds only actions, and without the line end.
    pub(super) range: Range<usize>,
    pub(super) only_actions: bool,
    /// The indent of the block scalar that it lies in, for a line of actions.
    pub(super) block_indent: Option<usize>,
    in_block: bool,
    /// An action after the `:` or `-` that ends the line and makes a collection, not a scalar.
    pub(super) collection: Option<Range<usize>>,
}

/// All lines of `text`.
pub(super) fn lines(text: &str, actions: &[Range<usize>]) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut next_action = 0;
    let mut at = 0;
    while at < text.len() {
        let mut end = line_end(text, at);
        let mut only_actions = false;
        let mut rest_is_blank = true;
        let mut done = at;
        let mut last_action = None;
        while let Some(action) = actions.get(next_action)
            && action.start < end
        {
            only_actions = true;
            rest_is_blank &= is_blank(text, done..action.start);
            done = action.end;
            last_action = Some(action.clone());
            if action.end > end {
                end = line_end(text, action.end);
            }
            next_action += 1;
        }
        let rest = text.get(done..end).unwrap_or("").trim();
        rest_is_blank &= rest.is_empty() || (only_actions && rest.starts_with('#'));
        let range = if only_actions && rest_is_blank {
            at..done
        } else {
            at..end
        };
        lines.push(Line {
            range,
            only_actions: only_actions && rest_is_blank,
            block_indent: None,
            in_block: false,
            collection: (done == at + text[at..end].trim_end().len())
                .then(|| last_action.clone())
                .flatten(),
        });
        at = next_line(text, end);
    }
    mark_blocks(text, &mut lines);
    mark_collections(text, &mut lines);
    lines
}

fn is_blank(text: &str, range: Range<usize>) -> bool {
    text.get(range).is_some_and(|t| t.trim().is_empty())
}

/// Finds the block scalars and gives their lines of actions the indent of the other ones.
fn mark_blocks(text: &str, lines: &mut [Line]) {
    let mut i = 0;
    while i < lines.len() {
        let header = &lines[i];
        let line = text.get(header.range.clone()).unwrap_or("");
        i += 1;
        if header.only_actions {
            continue;
        }
        let Some((parent, explicit)) = header_of(line) else {
            continue;
        };
        let mut last_text = None;
        let mut indent = explicit.map(|n| parent.map_or(n, |p| p + n));
        let mut end = i;
        for (k, line) in lines.iter().enumerate().skip(i) {
            let text = text.get(line.range.clone()).unwrap_or("");
            end = k;
            if line.only_actions || text.trim().is_empty() {
                end = k + 1;
                continue;
            }
            let own = indent_of(text);
            if parent.is_some_and(|p| own <= p) {
                break;
            }
            indent.get_or_insert(own);
            last_text = Some(k);
            end = k + 1;
        }
        // Actions after the last line of text close what was opened outside of the scalar, unless
        // they are all that it has.
        let stop = last_text.map_or(end, |k| k + 1);
        let indent = indent.unwrap_or_else(|| parent.map_or(0, |p| p + 1));
        for line in &mut lines[i..stop] {
            line.in_block = true;
            if line.only_actions {
                line.block_indent = Some(indent);
            }
        }
        i = stop;
    }
}

/// Of the actions that end a line, keeps those that make a collection: they indent what they make,
/// or more of it follows further right.
fn mark_collections(text: &str, lines: &mut [Line]) {
    let mut next_indent = 0;
    for line in lines.iter_mut().rev() {
        let words = text.get(line.range.clone()).unwrap_or("");
        if line.only_actions || words.trim().is_empty() {
            line.collection = None;
            continue;
        }
        if let Some(action) = &line.collection {
            let before = text.get(line.range.start..action.start).unwrap_or("");
            let is_value = before.trim_end().ends_with([':', '-']);
            let action = text.get(action.clone()).unwrap_or("");
            let indents = action.contains("indent ") || next_indent > holder_of(words);
            if line.in_block || !is_value || !indents {
                line.collection = None;
            }
        }
        next_indent = indent_of(words);
    }
}

/// The indent of the innermost collection that a line begins an entry of: that of its mapping for
/// `- key:`.
fn holder_of(line: &str) -> usize {
    let mut indent = indent_of(line);
    let mut rest = &line[indent..];
    while let Some(item) = rest.strip_prefix("- ") {
        let item = item.trim_start_matches(' ');
        if item.is_empty() || item.starts_with(['|', '>', '{']) {
            break;
        }
        indent += rest.len() - item.len();
        rest = item;
    }
    indent
}

fn indent_of(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// For a line that ends in the header of a block scalar: the indent of the node that holds the
/// scalar (none at the root), and the header's own indent indicator.
fn header_of(line: &str) -> Option<(Option<usize>, Option<usize>)> {
    let code = match line.find(" #") {
        Some(comment) => &line[..comment],
        None => line,
    };
    let code = code.trim_end();
    let bare = code.trim_end_matches(|c: char| matches!(c, '+' | '-') || c.is_ascii_digit());
    let before = bare.strip_suffix(['|', '>'])?;
    if !(before.is_empty() || before.ends_with([' ', '\t'])) || code.len() - bare.len() > 2 {
        return None;
    }
    let explicit = code[bare.len()..].chars().find_map(|c| c.to_digit(10));
    let explicit = explicit.map(|n| n as usize);
    if before.trim_end() == "---" {
        return Some((None, explicit));
    }
    // `- key: |` is held by the mapping, which begins after the dash.
    Some((Some(holder_of(line)), explicit))
}
