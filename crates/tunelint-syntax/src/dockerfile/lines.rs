//! Puts the lines of a Dockerfile together to instructions.

use tunelint_base::{OffsetMap, Span};

use super::{Dockerfile, Instruction};
use crate::lines::Lines;

pub(super) struct Reader<'t> {
    lines: Lines<'t>,
    escape: char,
}

impl<'t> Reader<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self {
            lines: Lines::new(text),
            escape: '\\',
        }
    }

    pub(super) fn run(mut self) -> Dockerfile {
        self.directives();
        let mut found = Dockerfile {
            backquote_escapes: self.escape == '`',
            ..Dockerfile::default()
        };
        while let Some((start, line)) = self.lines.next() {
            let body = line.trim_start();
            if body.trim_end().is_empty() || body.starts_with('#') {
                continue;
            }
            let start = start + line.len() - body.len();
            found.instructions.push(self.instruction(start, body));
        }
        found
    }

    /// `# escape=`` ` before anything else.
    fn directives(&mut self) {
        loop {
            let before = self.lines.at;
            let Some((_, line)) = self.lines.next() else {
                return;
            };
            let directive = line
                .trim()
                .strip_prefix('#')
                .and_then(|d| d.split_once('='));
            let Some((name, value)) = directive else {
                self.lines.at = before;
                return;
            };
            let name = name.trim().to_ascii_lowercase();
            if !["escape", "syntax", "check"].contains(&&*name) {
                self.lines.at = before;
                return;
            }
            if name == "escape" && value.trim() == "`" {
                self.escape = '`';
            }
        }
    }

    /// The instruction whose first line is `body`, which begins at `start`.
    fn instruction(&mut self, start: usize, body: &'t str) -> Instruction {
        let (mut text, mut map) = (String::new(), OffsetMap::starting_at(start));
        let mut end = start + body.trim_end().len();
        let (mut line_start, mut line) = (start, body);
        loop {
            let continued = self.continues(line);
            let kept = continued.unwrap_or(line);
            text.push_str(kept);
            map.push_verbatim(line_start, kept.len());
            end = end.max(line_start + line.trim_end().len());
            if continued.is_none() {
                break;
            }
            // Comments and empty lines between continued lines are passed over.
            let next = loop {
                let Some((at, next)) = self.lines.next() else {
                    break None;
                };
                let body = next.trim();
                if !body.is_empty() && !body.starts_with('#') {
                    break Some((at, next));
                }
            };
            match next {
                Some(next) => (line_start, line) = next,
                None => break,
            }
        }
        map.end_at(end);
        let name_len = text.find(char::is_whitespace).unwrap_or(text.len());
        let name = text[..name_len].to_ascii_uppercase();
        let keyword = map.to_source(Span::new(0, name_len));
        let heredocs = if matches!(name.as_str(), "RUN" | "COPY" | "ADD") {
            self.heredocs(&text)
        } else {
            Vec::new()
        };
        let end = heredocs.last().map_or(end, |span| span.end as usize);
        let mut from = name_len + blanks(&text[name_len..]);
        let mut options = Vec::new();
        let takes_options = matches!(
            name.as_str(),
            "FROM" | "RUN" | "COPY" | "ADD" | "HEALTHCHECK"
        );
        while let Some(option) = text[from..].strip_prefix("--").filter(|_| takes_options) {
            let len = option.find(char::is_whitespace).unwrap_or(option.len());
            let (name, value) = option[..len]
                .split_once('=')
                .unwrap_or((&option[..len], ""));
            options.push((name.to_owned(), value.to_owned()));
            from += 2 + len;
            from += blanks(&text[from..]);
        }
        let rest = Span::new(from, text.trim_end().len().max(from));
        Instruction {
            name,
            keyword,
            span: Span::new(start, end),
            map: OffsetMap::verbatim(rest).through(&map),
            text: rest.of(&text).to_owned(),
            options,
            heredocs,
        }
    }

    /// The line without its mark, if it goes on with the next: an escape, which no escape stands
    /// before, and perhaps blanks.
    fn continues<'l>(&self, line: &'l str) -> Option<&'l str> {
        let kept = line
            .trim_end_matches([' ', '\t'])
            .strip_suffix(self.escape)?;
        (!kept.ends_with(self.escape)).then_some(kept)
    }

    /// The here-documents that the line `text` announces; they stand after it.
    fn heredocs(&mut self, text: &str) -> Vec<Span> {
        let mut found = Vec::new();
        for (name, tabs) in announced(text) {
            let start = self.lines.at;
            for (_, line) in self.lines.by_ref() {
                let line = if tabs {
                    line.trim_start_matches('\t')
                } else {
                    line
                };
                if line == name {
                    break;
                }
            }
            found.push(Span::new(start, self.lines.at));
        }
        found
    }
}

fn blanks(text: &str) -> usize {
    text.len() - text.trim_start().len()
}

/// `<<EOF`, `<<-"EOF"`: the names, and whether tabs are taken away.
fn announced(text: &str) -> Vec<(String, bool)> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find("<<") {
        let begins_word = rest[..at]
            .chars()
            .next_back()
            .is_none_or(|c| c.is_whitespace() || c.is_ascii_digit());
        rest = &rest[at + 2..];
        let (tabs, body) = match rest.strip_prefix('-') {
            Some(body) => (true, body),
            None => (false, rest),
        };
        let quote = body.chars().next().filter(|c| matches!(c, '"' | '\''));
        let body = quote.map_or(body, |quote| body.strip_prefix(quote).unwrap_or(body));
        let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let len = body.find(|c| !is_name(c)).unwrap_or(body.len());
        let closed = quote.is_none_or(|quote| body[len..].starts_with(quote));
        if begins_word && closed && body.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        {
            found.push((body[..len].to_owned(), tabs));
        }
    }
    found
}
