//! Secrets read `[redacted]` in everything that is shown.

mod patterns;
mod rewrite;
mod words;

#[cfg(test)]
mod tests;

pub(crate) use rewrite::Rewrite;

use tunelint_base::{FileId, Span};
use tunelint_model::SourceFile;

/// What stands where a secret stood.
pub(crate) const REDACTED: &str = "[redacted]";

/// The secrets of one file.
#[derive(Debug, Default)]
struct Secrets {
    /// Their places, sorted, none overlapping another.
    spans: Vec<Span>,
    /// Their texts as they may turn up in a message, longest first.
    words: Vec<String>,
}

/// Knows the secrets of all files.
#[derive(Debug)]
pub(crate) struct Redactor {
    files: Vec<Secrets>,
}

impl Redactor {
    /// Knows those of `files`.
    pub(crate) fn new(files: &[SourceFile]) -> Self {
        Self {
            files: files.iter().map(Secrets::of).collect(),
        }
    }

    /// A line of a file as it may be shown, with the way from its offsets to the shown text's.
    pub(crate) fn line(&self, file: FileId, line: Span, text: &str) -> (String, Rewrite) {
        let spans = self
            .files
            .get(file.0 as usize)
            .map_or(&[][..], |secrets| &secrets.spans);
        shown_line(line, text, spans)
    }

    /// A text that speaks of these files, as it may be shown.
    pub(crate) fn message(&self, text: &str, files: impl IntoIterator<Item = FileId>) -> String {
        let mut shown = text.to_owned();
        for file in files {
            for word in self
                .files
                .get(file.0 as usize)
                .map_or(&[][..], |secrets| &secrets.words)
            {
                shown = words::replace(&shown, word);
            }
        }
        let rewrite = Rewrite::new(patterns::find(&shown));
        printable(&rewrite.apply(&shown))
    }

    /// All lines of a file as they may be shown, without their ends, nor what is secret in `other`.
    pub(crate) fn lines(file: &SourceFile, other: &SourceFile) -> Vec<String> {
        let (own, others) = (Secrets::of(file), Secrets::of(other));
        let text = file.text.as_str();
        let lines = (0..file.lines.count()).map(|number| {
            let (line, _) = shown_line(file.lines.span_of(number, text), text, &own.spans);
            others
                .words
                .iter()
                .fold(line, |line, word| words::replace(&line, word))
        });
        lines.collect()
    }
}

impl Secrets {
    fn of(file: &SourceFile) -> Self {
        let mut spans: Vec<Span> = Vec::new();
        let mut all = file.facts.secrets.clone();
        all.sort_unstable();
        for span in all.into_iter().filter(|span| !span.is_empty()) {
            match spans.last_mut() {
                Some(last) if span.start <= last.end => *last = last.cover(span),
                _ => spans.push(span),
            }
        }
        let words = words::of(file, &spans);
        Self { spans, words }
    }
}

fn shown_line(line: Span, text: &str, secrets: &[Span]) -> (String, Rewrite) {
    let plain = line.of(text);
    let mut pieces = Vec::new();
    let first = secrets.partition_point(|secret| secret.end <= line.start);
    for secret in secrets[first..]
        .iter()
        .take_while(|secret| secret.start < line.end)
    {
        let start = secret.start.max(line.start) - line.start;
        let end = secret.end.min(line.end) - line.start;
        let hidden = Span { start, end }.of(plain);
        // Indents and the blanks around a secret are none.
        let start = start as usize + (hidden.len() - hidden.trim_start().len());
        if !hidden.trim().is_empty() {
            pieces.push((start..start + hidden.trim().len(), REDACTED.to_owned()));
        }
    }
    pieces.extend(patterns::find(plain));
    pieces.extend(unprintable(plain));
    let rewrite = Rewrite::new(pieces);
    (rewrite.apply(plain), rewrite)
}

/// Characters that would do something to a terminal instead of being seen on it.
fn unprintable(text: &str) -> impl Iterator<Item = (std::ops::Range<usize>, String)> + '_ {
    text.char_indices().filter_map(|(at, c)| {
        let replacement = match c {
            '\t' | '\n' => return None,
            '\u{feff}' => "",
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => "\u{fffd}",
            c if c.is_control() => "\u{fffd}",
            _ => return None,
        };
        Some((at..at + c.len_utf8(), replacement.to_owned()))
    })
}

/// `text` with what a terminal would act upon made visible.
pub(crate) fn printable(text: &str) -> String {
    Rewrite::new(unprintable(text).collect()).apply(text)
}
