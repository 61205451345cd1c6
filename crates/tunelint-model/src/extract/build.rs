//! Build files: which Kafka clients and which Java a program is built with, and the JVM options
//! that they hand on.

use crate::file::FileFacts;
use crate::fragment::Fragment;
use tunelint_base::{JavaVersion, KafkaVersion, Span};

mod gradle;
mod options;
mod xml;

pub(super) fn extract(facts: &mut FileFacts, fragment: &Fragment<'_>) {
    let text = &*fragment.text;
    facts.kafka = kafka(text);
    facts.java = java(text);
    if facts.kafka.is_some() {
        facts.add_role("build file with Kafka clients");
    }
    if text.trim_start().starts_with('<') {
        options::maven(facts, fragment);
    } else {
        options::gradle(facts, fragment);
    }
}

/// A version after one of these words; in a POM a dependency's version may be a property.
fn kafka(text: &str) -> Option<(KafkaVersion, Span)> {
    let words = [
        "<kafka.version>",
        "<kafka-clients.version>",
        "<kafka.streams.version>",
        "<kafka-streams.version>",
        "org.apache.kafka:kafka-streams:",
        "org.apache.kafka:kafka-clients:",
        "kafkaVersion = \"",
        "kafkaVersion = '",
        "kafkaVersion=\"",
        "kafka = \"",
        "kafka-clients = \"",
        "kafka-streams = \"",
    ];
    let direct = words.iter().find_map(|word| number_after(text, word));
    let dependency = || {
        [
            "<artifactId>kafka-streams</artifactId>",
            "<artifactId>kafka-clients</artifactId>",
        ]
        .iter()
        .find_map(|word| {
            let at = text.find(word)? + word.len();
            let rest = &text[at..];
            let end = rest.find("</dependency>")?;
            let version = rest[..end].find("<version>")? + "<version>".len();
            number_at(text, at + version)
        })
    };
    let (span, number) = direct.or_else(dependency)?;
    Some((number.parse().ok()?, span))
}

fn java(text: &str) -> Option<(JavaVersion, Span)> {
    let words = [
        "<maven.compiler.release>",
        "<java.version>",
        "<release>",
        "<maven.compiler.target>",
        "JavaLanguageVersion.of(",
        "JavaVersion.VERSION_",
        "sourceCompatibility = '",
        "sourceCompatibility = ",
    ];
    let (span, number) = words.iter().find_map(|word| number_after(text, word))?;
    Some((number.parse().ok()?, span))
}

fn number_after<'t>(text: &'t str, word: &str) -> Option<(Span, &'t str)> {
    number_at(text, text.find(word)? + word.len())
}

/// The digits and dots at `at`, if there are some.
fn number_at(text: &str, at: usize) -> Option<(Span, &str)> {
    let rest = text.get(at..)?;
    let len = rest
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .unwrap_or(rest.len());
    let number = rest[..len].trim_end_matches('.');
    (!number.is_empty()).then(|| (Span::new(at, at + number.len()), number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_found() {
        let pom = "<properties><java.version>17</java.version></properties><dependency><artifactId>kafka-streams</artifactId><version>3.9.1</version></dependency>";
        assert_eq!(
            kafka(pom).map(|(v, _)| v.to_string()).as_deref(),
            Some("3.9.1")
        );
        assert_eq!(java(pom).map(|(v, _)| v), Some(JavaVersion(17)));
        let gradle = "implementation 'org.apache.kafka:kafka-clients:4.0.0'";
        assert_eq!(
            kafka(gradle).map(|(v, _)| v.to_string()).as_deref(),
            Some("4.0.0")
        );
        assert_eq!(
            kafka("<artifactId>kafka-streams</artifactId></dependency>"),
            None
        );
    }
}
