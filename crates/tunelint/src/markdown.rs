//! Markdown as a terminal shows it: headings bold, fences set in, prose wrapped.

use crate::render::wrap;
use crate::style::Paint;

/// The text of a page, wrapped to `width` columns.
pub(crate) fn show(markdown: &str, width: usize, paint: Paint) -> String {
    let mut shown = String::new();
    let mut prose: Vec<&str> = Vec::new();
    let mut fence: Option<&str> = None;
    for line in markdown.lines() {
        let mark = line.trim_start();
        if let Some(ticks) = fence {
            if mark.starts_with(ticks) && mark.trim_start_matches('`').trim().is_empty() {
                fence = None;
            } else {
                shown.push_str(format!("    {line}").trim_end());
                shown.push('\n');
            }
            continue;
        }
        let begins_fence = mark.starts_with("```");
        let begins_block = begins_fence
            || is_heading(mark)
            || is_item(mark)
            || mark.is_empty()
            || mark.starts_with('|');
        if begins_block {
            flush(&mut shown, &mut prose, width, paint);
        }
        if begins_fence {
            fence = Some(&mark[..mark.len() - mark.trim_start_matches('`').len()]);
            let about = mark
                .trim_start_matches('`')
                .split_whitespace()
                .find_map(|word| word.strip_prefix("file="));
            if let Some(file) = about {
                shown.push_str(&format!("    {}\n", paint.dim(file)));
            }
        } else if is_heading(mark) {
            let title = mark.trim_start_matches('#').trim();
            // What follows in braces is said to the test of an example.
            let title = title.replace('{', "(").replace('}', ")");
            shown.push_str(&format!(
                "{}\n",
                paint.bold(plain(&title, Paint::new(false)))
            ));
        } else if mark.is_empty() {
            if !shown.is_empty() && !shown.ends_with("\n\n") {
                shown.push('\n');
            }
        } else if mark.starts_with('|') {
            shown.push_str(&format!("{line}\n"));
        } else {
            prose.push(line);
        }
    }
    flush(&mut shown, &mut prose, width, paint);
    let text = shown.trim_end();
    format!("{text}\n")
}

fn is_heading(line: &str) -> bool {
    let rest = line.trim_start_matches('#');
    rest.len() < line.len() && rest.starts_with(' ')
}

/// A list item.
fn is_item(line: &str) -> bool {
    let number = line.trim_start_matches(|c: char| c.is_ascii_digit());
    line.starts_with("- ")
        || line.starts_with("* ")
        || (number.len() < line.len() && number.starts_with(". "))
}

/// Prints the lines of one paragraph as one.
fn flush(shown: &mut String, prose: &mut Vec<&str>, width: usize, paint: Paint) {
    let Some(first) = prose.first() else { return };
    let indent = first.len() - first.trim_start().len();
    let mark = if is_item(first.trim_start()) {
        first.trim_start().find(' ').map_or(0, |at| at + 1)
    } else {
        0
    };
    let text: Vec<&str> = prose.iter().map(|line| line.trim()).collect();
    let wrapped = wrap(
        &text.join(" "),
        width.saturating_sub(indent).max(20),
        0,
        mark,
    );
    for line in plain(&wrapped, paint).lines() {
        shown.push_str(&format!("{}{line}\n", " ".repeat(indent)));
    }
    prose.clear();
}

/// `text` with its marks for code and weight turned into style. Code spans keep their ticks where
/// there is no colour to set them off.
fn plain(text: &str, paint: Paint) -> String {
    let mut shown = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['`', '*']) {
        shown.push_str(&rest[..at]);
        let mark = &rest[at..];
        let (open, styled): (&str, fn(Paint, &str) -> String) = if mark.starts_with("**") {
            ("**", |paint, text| paint.bold(text))
        } else if mark.starts_with('`') {
            ("`", |paint, text| {
                if paint.is_on() {
                    paint.help(text)
                } else {
                    format!("`{text}`")
                }
            })
        } else {
            shown.push('*');
            rest = &mark[1..];
            continue;
        };
        let body = &mark[open.len()..];
        match body.find(open) {
            Some(end) if end > 0 => {
                shown.push_str(&styled(paint, &body[..end]));
                rest = &body[end + open.len()..];
            }
            _ => {
                shown.push_str(open);
                rest = body;
            }
        }
    }
    shown.push_str(rest);
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::expect;

    #[test]
    fn a_page_is_shown() {
        let page = "# Title of `it`\nSome **bold** prose that goes on\nover two lines.\n\n- one item that is too long for a line\n- two\n## Bad {kafka=3.9}\n```properties file=a.properties\nacks = 1\n\n```\n";
        expect![[r#"
            Title of `it`
            Some bold prose that goes on
            over two lines.

            - one item that is too long for a
              line
            - two
            Bad (kafka=3.9)
                a.properties
                acks = 1
        "#]]
        .assert_eq(&show(page, 36, Paint::new(false)));
    }
}
