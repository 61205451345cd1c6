//! `tunelint:` comments: what a file is, and which findings are wanted there.

use crate::client::ClientKind;
use crate::file::Language;
use tunelint_base::{JavaVersion, KafkaVersion, LineIndex, Span};

/// The comments of one file that speak to us.
#[derive(Clone, Debug, Default)]
pub struct Directives {
    /// `kind=producer`; `Some(None)` is `kind=none`.
    pub kind: Option<Option<ClientKind>>,
    /// `complete`.
    pub complete: bool,
    /// `kafka=3.9`.
    pub kafka: Option<KafkaVersion>,
    /// `java=21`.
    pub java: Option<JavaVersion>,
    /// `allow(…)` and `allow-file(…)`.
    pub suppressions: Vec<Suppression>,
    /// Comments that say `tunelint:` and then something unknown.
    pub mistakes: Vec<(Span, String)>,
}

/// A finding that somebody wants to keep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suppression {
    /// The rule or group.
    pub rule: String,
    /// Why.
    pub reason: String,
    /// The last day on which it counts, as `YYYY-MM-DD`.
    pub until: Option<String>,
    /// Where it stands.
    pub span: Span,
    /// The text that it speaks of.
    pub covers: Span,
}

/// Finds the directives of a file.
#[must_use]
pub fn directives(text: &str, language: Language) -> Directives {
    let mut found = Directives::default();
    if !text.contains("tunelint:") {
        return found;
    }
    let lines = LineIndex::new(text);
    for number in 0..lines.count() {
        let span = lines.span_of(number, text);
        if let Some(comment) = comment_of(span.of(text), language) {
            let at = Span::new(
                span.start as usize + comment.mark,
                span.start as usize + comment.end,
            );
            let own_line = comment.own_line;
            let covers = if own_line {
                next_line(&lines, text, number, language)
            } else {
                span
            };
            read(&mut found, comment.body, at, covers, text);
        }
    }
    found
}

struct Comment<'t> {
    mark: usize,
    end: usize,
    body: &'t str,
    own_line: bool,
}

/// The `tunelint:` comment of a line. Where a language has no trailing comments, only lines of
/// their own count.
fn comment_of(line: &str, language: Language) -> Option<Comment<'_>> {
    let at = line.find("tunelint:")?;
    let before = line[..at].trim_end();
    let marks: &[&str] = match language {
        Language::Properties => &["#", "!"],
        Language::Markdown => &["<!--", "#", "//", "!"],
        _ => &["#", "//"],
    };
    let mark = marks.iter().find(|mark| before.ends_with(**mark))?;
    let start = before.len() - mark.len();
    let own_line = before[..start].trim().is_empty();
    if !own_line && language == Language::Properties {
        return None;
    }
    let body = &line[at + "tunelint:".len()..];
    let body = if *mark == "<!--" {
        body.split("-->").next().unwrap_or(body)
    } else {
        body
    };
    Some(Comment {
        mark: start,
        end: line.trim_end().len(),
        body: body.trim(),
        own_line,
    })
}

/// The next line that is no comment; before a code fence, the whole fence.
fn next_line(lines: &LineIndex, text: &str, number: usize, language: Language) -> Span {
    let mut next = number + 1;
    while next < lines.count() {
        let span = lines.span_of(next, text);
        let line = span.of(text).trim();
        if language == Language::Markdown && line.starts_with("```") {
            let close = (next + 1..lines.count())
                .find(|n| lines.span_of(*n, text).of(text).trim() == "```");
            let last = close.unwrap_or(lines.count() - 1);
            return span.cover(lines.span_of(last, text));
        }
        if !line.is_empty() && !line.starts_with('#') && !line.starts_with("//") {
            return span;
        }
        next += 1;
    }
    Span::empty(text.len())
}

fn read(found: &mut Directives, body: &str, span: Span, covers: Span, text: &str) {
    for (word, whole_file) in [("allow-file(", true), ("allow(", false)] {
        if let Some(rest) = body.strip_prefix(word) {
            let (names, reason) = rest.split_once(')').unwrap_or((rest, ""));
            let covers = if whole_file {
                Span::new(0, text.len())
            } else {
                covers
            };
            let (until, reason) = until_of(reason.trim());
            for rule in names
                .split(',')
                .map(str::trim)
                .filter(|name| !name.is_empty())
            {
                let (rule, reason, until) = (rule.to_owned(), reason.clone(), until.clone());
                found.suppressions.push(Suppression {
                    rule,
                    reason,
                    until,
                    span,
                    covers,
                });
            }
            return;
        }
    }
    for word in body.split_whitespace() {
        let mistake = match word.split_once('=') {
            None if word == "complete" => {
                found.complete = true;
                None
            }
            Some(("kind", "none")) => {
                found.kind = Some(None);
                None
            }
            Some(("kind", kind)) => match ClientKind::from_word(kind) {
                Some(kind) => {
                    found.kind = Some(Some(kind));
                    None
                }
                None => {
                    let all: Vec<&str> = ClientKind::ALL.iter().map(|kind| kind.as_str()).collect();
                    Some(format!(
                        "`{kind}` is no kind of configuration: use {} or none",
                        all.join(", ")
                    ))
                }
            },
            Some(("kafka", version)) => version.parse().map(|v| found.kafka = Some(v)).err(),
            Some(("java", version)) => version.parse().map(|v| found.java = Some(v)).err(),
            _ => Some(format!(
                "`{word}` is no directive: use kind=, kafka=, java=, complete, allow(…) or allow-file(…)"
            )),
        };
        if let Some(message) = mistake {
            found.mistakes.push((span, message));
            return;
        }
    }
}

fn until_of(reason: &str) -> (Option<String>, String) {
    let Some(at) = reason.find("until=") else {
        return (None, reason.to_owned());
    };
    let rest = &reason[at + "until=".len()..];
    let day = rest.split_whitespace().next().unwrap_or("");
    let other = format!("{} {}", reason[..at].trim(), rest[day.len()..].trim());
    (Some(day.to_owned()), other.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directives_are_read() {
        let text = "# tunelint: kind=producer complete kafka=3.9\n# tunelint: allow(acks-not-all) metrics only until=2027-01-31\n# why\nacks=1\n";
        let found = directives(text, Language::Properties);
        assert_eq!(found.kind, Some(Some(ClientKind::Producer)));
        assert!(found.complete);
        assert_eq!(found.kafka, Some(KafkaVersion::new(3, 9)));
        let [one] = found.suppressions.as_slice() else {
            panic!("{:?}", found.suppressions)
        };
        assert_eq!(
            (one.rule.as_str(), one.reason.as_str()),
            ("acks-not-all", "metrics only")
        );
        assert_eq!(one.until.as_deref(), Some("2027-01-31"));
        assert_eq!(one.covers.of(text), "acks=1");
    }

    #[test]
    fn only_comments_count() {
        assert!(
            directives("a=b # tunelint: allow(x) y\n", Language::Properties)
                .suppressions
                .is_empty()
        );
        let trailing = directives("memory: 1Gi # tunelint: allow(x) y\n", Language::Yaml);
        assert_eq!(trailing.suppressions.len(), 1);
        assert_eq!(
            directives("# tunelint: kind=planet\n", Language::Yaml)
                .mistakes
                .len(),
            1
        );
    }
}
