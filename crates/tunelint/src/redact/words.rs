//! The texts of secrets, as they may turn up in messages.

use super::REDACTED;
use tunelint_base::Span;
use tunelint_model::SourceFile;
use tunelint_model::setting::is_placeholder;

/// Texts shorter than this count only where they stand alone: `a` is in every message.
const LONG: usize = 8;

/// The texts of the secrets of a file, longest first.
pub(super) fn of(file: &SourceFile, spans: &[Span]) -> Vec<String> {
    if spans.is_empty() {
        return Vec::new();
    }
    let text = file.text.as_str();
    let mut words = Vec::new();
    for span in spans {
        let secret = span.of(text);
        words.push(secret);
        // Within a JAAS configuration the password itself.
        words.extend(
            super::patterns::ranges(secret)
                .into_iter()
                .filter_map(|range| secret.get(range)),
        );
        // A message may quote one line of several.
        if secret.contains('\n') {
            words.extend(secret.lines().filter(|line| line.trim().len() >= LONG));
        }
    }
    let settings = file
        .facts
        .clients
        .iter()
        .flat_map(|client| &client.settings);
    for setting in settings {
        if spans.iter().any(|span| span.overlaps(setting.value_span)) {
            // Decoded it may read otherwise than it is written.
            words.push(&setting.value);
        }
    }
    let mut words: Vec<String> = words
        .into_iter()
        .map(|word| word.trim().trim_matches(['"', '\'']).trim())
        .filter(|word| !word.is_empty() && !is_placeholder(word))
        .map(str::to_owned)
        .collect();
    words.sort_unstable_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
    words.dedup();
    words
}

/// A plain word, which stands in key and host names as well: to blank it there would hide those,
/// and tell that it is the password.
fn is_common(word: &str) -> bool {
    word.len() < LONG || (word.len() < 12 && word.bytes().all(|byte| byte.is_ascii_lowercase()))
}

/// `text` without `word`.
pub(super) fn replace(text: &str, word: &str) -> String {
    if !is_common(word) {
        return text.replace(word, REDACTED);
    }
    let mut shown = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(word) {
        let after = &rest[at + word.len()..];
        let before = rest[..at].chars().next_back();
        let alone = !before.is_some_and(is_word) && !after.chars().next().is_some_and(is_word);
        shown.push_str(&rest[..at]);
        shown.push_str(if alone { REDACTED } else { word });
        rest = after;
    }
    shown.push_str(rest);
    shown
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '/')
}
