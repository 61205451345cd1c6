//! Versions of Kafka and of Java.

use std::fmt;
use std::str::FromStr;

/// A Kafka release: major, minor, and a patch where it matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KafkaVersion {
    /// The first number.
    pub major: u8,
    /// The second number.
    pub minor: u8,
    /// The third number, if one was given.
    pub patch: Option<u8>,
}

impl KafkaVersion {
    /// The release line `major.minor`.
    #[must_use]
    pub const fn new(major: u8, minor: u8) -> Self {
        Self {
            major,
            minor,
            patch: None,
        }
    }

    /// The release line, without the patch.
    #[must_use]
    pub fn line(self) -> Self {
        Self {
            patch: None,
            ..self
        }
    }

    /// A number that grows with the version; a version without patch stands for its newest patch,
    /// so that `3.0` is not before `3.0.1`.
    #[must_use]
    pub fn ordinal(self) -> i64 {
        i64::from(self.major) * 1_000_000
            + i64::from(self.minor) * 1_000
            + i64::from(self.patch.map_or(999, i16::from))
    }
}

impl fmt::Display for KafkaVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.major, self.minor)?;
        self.patch.map_or(Ok(()), |patch| write!(f, ".{patch}"))
    }
}

impl FromStr for KafkaVersion {
    type Err = String;

    fn from_str(s: &str) -> Result<Self, String> {
        let fault = || format!("`{s}` is no Kafka version: write it like 4.1 or 3.9.2");
        let mut parts = s.trim().split('.');
        let mut number = || {
            parts
                .next()
                .map(|part| part.parse::<u8>().map_err(|_| fault()))
        };
        let major = number().ok_or_else(fault)??;
        let minor = number().ok_or_else(fault)??;
        let patch = number().transpose()?;
        if parts.next().is_some() {
            return Err(fault());
        }
        Ok(Self {
            major,
            minor,
            patch,
        })
    }
}

/// A Java feature release: 8, 11, 17, 21, 25.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct JavaVersion(pub u16);

impl fmt::Display for JavaVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for JavaVersion {
    type Err = String;

    /// Reads `21`, `21.0.8`, `1.8` or `8u412`.
    fn from_str(s: &str) -> Result<Self, String> {
        let fault = || format!("`{s}` is no Java version: write it like 17 or 21");
        let s = s.trim();
        let s = s.strip_prefix("1.").unwrap_or(s);
        let digits = s.split(|c: char| !c.is_ascii_digit()).next().unwrap_or("");
        let feature: u16 = digits.parse().map_err(|_| fault())?;
        if (5..=99).contains(&feature) {
            Ok(Self(feature))
        } else {
            Err(fault())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_and_ordered() {
        let parse = |s: &str| s.parse::<KafkaVersion>().expect(s);
        assert!(parse("3.9") < parse("4.0"));
        assert!(parse("3.0.0").ordinal() < parse("3.0.1").ordinal());
        assert!(parse("3.0").ordinal() >= parse("3.0.1").ordinal());
        assert!("4".parse::<KafkaVersion>().is_err());
        assert!("4.0.1.2".parse::<KafkaVersion>().is_err());
        assert_eq!("1.8".parse(), Ok(JavaVersion(8)));
        assert_eq!("21.0.8".parse(), Ok(JavaVersion(21)));
        assert!("x".parse::<JavaVersion>().is_err());
    }
}
