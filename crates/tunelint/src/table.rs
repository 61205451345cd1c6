//! Text in columns.

use unicode_width::UnicodeWidthStr;

/// Rows with their cells padded to the width of their column, two blanks between columns.
/// `right` names the columns that are set flush right. Colour codes in a cell count for nothing
/// where `widths` of the cells are given apart, so cells are pairs of shown text and its width.
pub(crate) fn columns(rows: &[Vec<(String, usize)>], right: &[usize]) -> String {
    let count = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widest = |column: usize| {
        rows.iter()
            .filter_map(|row| row.get(column))
            .map(|cell| cell.1)
            .max()
    };
    let widths: Vec<usize> = (0..count)
        .map(|column| widest(column).unwrap_or(0))
        .collect();
    let mut text = String::new();
    for row in rows {
        let mut line = String::new();
        for (column, (cell, width)) in row.iter().enumerate() {
            let pad = " ".repeat(widths[column] - width);
            let gap = if column > 0 { "  " } else { "" };
            line.push_str(gap);
            if right.contains(&column) {
                line.push_str(&pad);
                line.push_str(cell);
            } else {
                line.push_str(cell);
                line.push_str(&pad);
            }
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

/// A cell without colour.
pub(crate) fn cell(text: impl Into<String>) -> (String, usize) {
    let text = text.into();
    let width = text.width();
    (text, width)
}

/// `s` where there is not just one.
pub(crate) fn plural(count: usize, word: &str) -> String {
    if count == 1 {
        format!("{count} {word}")
    } else {
        format!("{count} {word}s")
    }
}
