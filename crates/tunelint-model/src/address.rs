//! Addresses as Kafka's clients take them apart: `Utils.getHost` and `Utils.getPort`.

use std::fmt;
use tunelint_base::KafkaVersion;

/// A host and a port.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Address<'t> {
    /// The host; empty for this machine.
    pub(crate) host: &'t str,
    /// The port.
    pub(crate) port: u16,
}

/// Why a client refuses an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// It has no port.
    NoPort,
    /// What follows the colon is no number.
    PortForm,
    /// The port is above 65535.
    PortRange,
    /// Something follows the port.
    Tail,
    /// A blank follows the colon.
    BlankBeforePort,
    /// Characters that no host name has.
    Host,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoPort => "it has no port",
            Self::PortForm => "its port is no number",
            Self::PortRange => "its port is above 65535",
            Self::Tail => "something follows its port",
            Self::BlankBeforePort => "a blank stands before its port",
            Self::Host => "no host name has such characters",
        })
    }
}

/// How strict the pattern for addresses is. Up to 3.7 it let anything stand before host and port;
/// KAFKA-16824 made it strict in 3.8.0 and 4.0.0, KAFKA-18171 undid that in 3.9.1.
pub(crate) fn is_strict(version: KafkaVersion) -> bool {
    match (version.major, version.minor) {
        (3, 8) => version.patch.is_none_or(|patch| patch < 2),
        (3, 9) => version.patch == Some(0),
        (major, _) => major >= 4,
    }
}

fn is_host(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-%._:".contains(c)
}

/// What a client of that version connects to.
pub(crate) fn read(text: &str, version: KafkaVersion) -> Result<Address<'_>, Fault> {
    let Some((head, port)) = text.rsplit_once(':') else {
        return Err(Fault::NoPort);
    };
    if port.is_empty() || !port.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(without_port(head, port));
    }
    let host = if is_strict(version) {
        strict(head).ok_or(Fault::Host)?
    } else {
        loose(head)
    };
    let port = port.parse().map_err(|_| Fault::PortRange)?;
    Ok(Address { host, port })
}

/// `^(?:[0-9a-zA-Z\-%._]*://)?\[?([0-9a-zA-Z\-%._:]*)]?` in front of `:port`.
fn strict(head: &str) -> Option<&str> {
    let host = match head.split_once("://") {
        Some((scheme, host)) if scheme.chars().all(|c| c != ':' && is_host(c)) => host,
        _ => head,
    };
    let host = host.strip_prefix('[').unwrap_or(host);
    let host = host.strip_suffix(']').unwrap_or(host);
    host.chars().all(is_host).then_some(host)
}

/// `.*?\[?([0-9a-zA-Z\-%._:]*)\]?` in front of `:port`: the longest end that can be a host.
fn loose(head: &str) -> &str {
    let head = head.strip_suffix(']').unwrap_or(head);
    head.rfind(|c| !is_host(c)).map_or(head, |at| {
        &head[at + head[at..].chars().next().map_or(1, char::len_utf8)..]
    })
}

/// What is wrong with an address that does not end in `:` and digits.
fn without_port(head: &str, tail: &str) -> Fault {
    let digits = tail.trim_start_matches(|c: char| c.is_ascii_digit());
    if tail.starts_with("//") || tail.is_empty() || head.ends_with('[') {
        Fault::NoPort
    } else if tail.starts_with(char::is_whitespace) {
        Fault::BlankBeforePort
    } else if digits.len() < tail.len() && !digits.starts_with(|c: char| c.is_alphanumeric()) {
        Fault::Tail
    } else {
        Fault::PortForm
    }
}

/// The addresses in a text that separates them by something else than commas.
pub(crate) fn separated(text: &str) -> Option<Vec<&str>> {
    let parts = text.split(|c: char| c.is_whitespace() || matches!(c, ';' | '|'));
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    let newest = KafkaVersion::new(4, 0);
    let is_list = parts.len() > 1 && parts.iter().all(|part| read(part, newest).is_ok());
    is_list.then_some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn host(text: &str, major: u8, minor: u8) -> Result<&str, Fault> {
        read(text, KafkaVersion::new(major, minor)).map(|address| address.host)
    }

    #[test]
    fn every_version_agrees() {
        for (major, minor) in [(2, 8), (3, 8), (3, 9), (4, 3)] {
            let host = |text| host(text, major, minor);
            assert_eq!(host("a:9092"), Ok("a"));
            assert_eq!(host("http://a:9092"), Ok("a"));
            assert_eq!(host("SASL_SSL://a-1.b:9092"), Ok("a-1.b"));
            assert_eq!(host("[::1]:9092"), Ok("::1"));
            assert_eq!(host(":9092"), Ok(""));
            assert_eq!(host("a"), Err(Fault::NoPort));
            assert_eq!(host("a:"), Err(Fault::NoPort));
            assert_eq!(host("http://a"), Err(Fault::NoPort));
            assert_eq!(host("a:name"), Err(Fault::PortForm));
            assert_eq!(host("a:65536"), Err(Fault::PortRange));
            assert_eq!(host("a:99999999999"), Err(Fault::PortRange));
            assert_eq!(host("a:9092/"), Err(Fault::Tail));
            assert_eq!(host("a:9092/path"), Err(Fault::Tail));
            assert_eq!(host("[a:1]"), Err(Fault::Tail));
            assert_eq!(host("a: 9092"), Err(Fault::BlankBeforePort));
        }
    }

    #[test]
    fn versions_part_where_something_stands_before_the_host() {
        for text in ["a:1 b:2", "a:1;b:2", "a:1|b:2"] {
            assert_eq!(host(text, 3, 9), Ok("b"), "{text}");
            assert_eq!(host(text, 4, 0), Err(Fault::Host), "{text}");
            assert_eq!(separated(text), Some(vec!["a:1", "b:2"]));
        }
        assert_eq!(host("${X}:9092", 3, 7), Ok(""));
        assert_eq!(host("${X}:9092", 3, 8), Err(Fault::Host));
        let strict = |text: &str| text.parse().map(is_strict);
        assert_eq!(strict("3.9.0"), Ok(true));
        assert_eq!(strict("3.9.1"), Ok(false));
        assert_eq!(strict("3.8.1"), Ok(true));
        assert_eq!(separated("a:1"), None);
        assert_eq!(separated("a: 9092"), None);
    }
}
