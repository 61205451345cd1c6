//! One key and value of a Kafka configuration, and how to write into it.

use tunelint_base::{OffsetMap, Span};

/// How a value is spelled where it stands, so that a new one can be written there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// `.properties` text.
    Properties,
    /// A plain YAML scalar.
    YamlPlain,
    /// A YAML scalar in single quotes; the value's span lies inside them.
    YamlSingleQuoted,
    /// A YAML scalar in double quotes; the value's span lies inside them.
    YamlDoubleQuoted,
    /// Spelled in a way that edits leave alone.
    Fixed,
}

/// One key and value as somebody wrote them. Spans lie in the file.
#[derive(Clone, Debug)]
pub struct Setting {
    /// The key as Kafka knows it; in a Streams or Connect file with its prefix (`producer.acks`).
    pub name: Box<str>,
    /// The key as it is written.
    pub written: Box<str>,
    /// The decoded value.
    pub value: Box<str>,
    /// Key, separator and value.
    pub span: Span,
    /// The key.
    pub key_span: Span,
    /// The value; empty, after the separator, where there is none.
    pub value_span: Span,
    /// The whole lines that it takes, with their line end, where nothing else stands on them.
    pub lines: Option<Span>,
    /// How the value is spelled.
    pub style: Style,
    /// From offsets in `value` to the file.
    pub map: OffsetMap,
    /// Whether a placeholder stands in the value, so that what the client gets is unknown.
    pub placeholder: bool,
}

impl Setting {
    /// The file's range of a range of the decoded value.
    #[must_use]
    pub fn part(&self, range: Span) -> Span {
        self.map.to_source(range)
    }

    /// The value spelled so that it can stand at `value_span`, if that can be done.
    #[must_use]
    pub fn spell(&self, value: &str) -> Option<String> {
        spell(self.style, value)
    }
}

/// `value` in the spelling of `style`.
#[must_use]
pub fn spell(style: Style, value: &str) -> Option<String> {
    let plain = !value.is_empty()
        && value
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "._-/+".contains(c))
        && !value.starts_with(['-', '.']);
    match style {
        Style::Properties => Some(tunelint_syntax::properties::escape_value(value)),
        Style::YamlPlain if plain => Some(value.to_owned()),
        Style::YamlPlain => Some(format!("{value:?}")),
        Style::YamlSingleQuoted => Some(value.replace('\'', "''")),
        Style::YamlDoubleQuoted => Some(value.replace('\\', "\\\\").replace('"', "\\\"")),
        Style::Fixed => None,
    }
}

/// Whether a value holds something that another program fills in before the client reads it.
#[must_use]
pub fn is_placeholder(value: &str) -> bool {
    let dollar = value.match_indices('$').any(|(at, _)| {
        let rest = &value[at + 1..];
        rest.starts_with(['{', '('])
            || (rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
                && !is_inner_class(&value[..at], rest))
    });
    let trimmed = value.trim();
    let maven = trimmed.len() > 2
        && trimmed.starts_with('@')
        && trimmed.ends_with('@')
        && !trimmed.contains(char::is_whitespace);
    dollar
        || is_bracketed(value)
        || maven
        || value.contains("{{")
        || value.contains("ENC(")
        || trimmed.contains("#{")
}

/// `Serdes$StringSerde`: Java's name of a class inside another one. Variables are not in camel case.
fn is_inner_class(before: &str, after: &str) -> bool {
    let word = after.split(|c: char| !c.is_ascii_alphanumeric()).next();
    before.ends_with(|c: char| c.is_ascii_alphanumeric())
        && before.contains('.')
        && word.is_some_and(|word| {
            word.starts_with(|c: char| c.is_ascii_uppercase())
                && word.contains(|c: char| c.is_ascii_lowercase())
        })
}

/// `<your-key>` or `:CLOUD_KEY:` anywhere: what people write for others to fill in.
fn is_bracketed(value: &str) -> bool {
    let angled = value
        .split('<')
        .skip(1)
        .filter_map(|rest| rest.split_once('>'))
        .any(|(word, _)| {
            word.starts_with(|c: char| c.is_ascii_alphabetic())
                && word
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || "_-. ".contains(c))
        });
    let mut words = value.split(':').skip(1).filter(|word| word.len() > 3);
    let shouted = words.any(|word| word.chars().all(|c| c.is_ascii_uppercase() || c == '_'));
    angled || (shouted && value.matches(':').count() > 1)
}

/// Whether a key or variable of that name holds a secret, whatever knows it: a password, a
/// token, a private key, a JAAS configuration.
#[must_use]
pub fn is_secret_name(name: &str) -> bool {
    // As whole last words, after a dot, a dash, an underscore or nothing.
    const WORDS: [&str; 10] = [
        "secret.key",
        "api.key",
        "private.key",
        "access.key",
        "keystore.key",
        "jaas.config",
        "user.info",
        "credentials",
        "token",
        "secret",
    ];
    // As the end of the last word: `sslPassword`, `clientsecret`.
    const ENDS: [&str; 11] = [
        "password",
        "passwd",
        "passphrase",
        "secret",
        "secretkey",
        "apikey",
        "token",
        "privatekey",
        "credentials",
        "accesskey",
        "keystorekey",
    ];
    let is_mark = |byte: u8| matches!(byte, b'.' | b'_' | b'-');
    let ends_with = |end: &str| {
        let tail = name
            .len()
            .checked_sub(end.len())
            .map(|at| &name.as_bytes()[at..]);
        tail.is_some_and(|tail| {
            tail.iter().zip(end.bytes()).all(|(byte, wanted)| {
                byte.to_ascii_lowercase() == wanted || (wanted == b'.' && is_mark(*byte))
            })
        })
    };
    let is_whole = |end: &str| match name.len().checked_sub(end.len() + 1) {
        Some(before) => is_mark(name.as_bytes()[before]),
        None => name.len() == end.len(),
    };
    ENDS.iter().any(|end| ends_with(end))
        || WORDS.iter().any(|word| ends_with(word) && is_whole(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_seen() {
        for value in [
            "${X}",
            "a-$HOST",
            "$(POD)",
            "<your-server>",
            "{{ .Values.x }}",
            "ENC(abc)",
            "@v@",
            "user='<KEY>'",
            "\":CLOUD_KEY:\"",
        ] {
            assert!(is_placeholder(value), "{value}");
        }
        for value in [
            "1",
            "a,b",
            "x$",
            "cost 5$ each",
            "a@b",
            "lz4  # fast",
            "a:9092,b:9092",
            "1 < 2 > 1?",
        ] {
            assert!(!is_placeholder(value), "{value}");
        }
    }

    #[test]
    fn secrets_are_named() {
        for name in [
            "ssl.key.password",
            "sasl.jaas.config",
            "DB_PASSWORD",
            "basic.auth.user.info",
            "API_TOKEN",
        ] {
            assert!(is_secret_name(name), "{name}");
        }
        for name in [
            "acks",
            "sasl.login.class",
            "token.endpoint.url",
            "key.serializer",
            "max.block.ms",
        ] {
            assert!(!is_secret_name(name), "{name}");
        }
    }
}
