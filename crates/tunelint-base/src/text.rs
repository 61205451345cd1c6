//! A file's text with its encoding, so that it can be written back as it was.

use std::borrow::Cow;

/// How the bytes of a file spell characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// UTF-8; a byte-order mark stays in the text as U+FEFF.
    Utf8,
    /// ISO-8859-1: what `java.util.Properties` reads from a byte stream, and what a file is taken
    /// for that is not valid UTF-8.
    Latin1,
}

/// The text of a file. Spans count bytes of `text`, which is always UTF-8.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    text: String,
    encoding: Encoding,
}

impl Text {
    /// Decodes the bytes of a file. `None` where they are no text: a NUL byte stands in them.
    #[must_use]
    pub fn decode(bytes: Vec<u8>) -> Option<Self> {
        if bytes.contains(&0) {
            return None;
        }
        Some(match String::from_utf8(bytes) {
            Ok(text) => Self {
                text,
                encoding: Encoding::Utf8,
            },
            Err(error) => {
                let text = error
                    .as_bytes()
                    .iter()
                    .map(|byte| char::from(*byte))
                    .collect();
                Self {
                    text,
                    encoding: Encoding::Latin1,
                }
            }
        })
    }

    /// A UTF-8 text.
    #[must_use]
    pub fn utf8(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            encoding: Encoding::Utf8,
        }
    }

    /// The characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// How the file spells them.
    #[must_use]
    pub fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// Whether the text begins with a byte-order mark.
    #[must_use]
    pub fn has_bom(&self) -> bool {
        self.text.starts_with('\u{feff}')
    }

    /// The offset in the file of an offset in the text: they differ for Latin-1 beyond ASCII.
    #[must_use]
    pub fn file_offset(&self, offset: u32) -> u32 {
        match self.encoding {
            Encoding::Utf8 => offset,
            Encoding::Latin1 => {
                let before = self.text.get(..offset as usize).unwrap_or(&self.text);
                u32::try_from(before.chars().count()).unwrap_or(u32::MAX)
            }
        }
    }

    /// `text` as bytes of this file's encoding. `None` where the encoding has no such character.
    #[must_use]
    pub fn encode<'a>(&self, text: &'a str) -> Option<Cow<'a, [u8]>> {
        match self.encoding {
            Encoding::Utf8 => Some(Cow::Borrowed(text.as_bytes())),
            Encoding::Latin1 => text
                .chars()
                .map(|c| u8::try_from(c).ok())
                .collect::<Option<Vec<u8>>>()
                .map(Cow::Owned),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn latin1_goes_there_and_back() {
        let text = Text::decode(b"a=\xe9x".to_vec()).expect("text");
        assert_eq!(text.encoding(), Encoding::Latin1);
        assert_eq!(text.as_str(), "a=éx");
        assert_eq!(text.file_offset(4), 3);
        assert_eq!(
            text.encode(text.as_str()).as_deref(),
            Some(b"a=\xe9x".as_slice())
        );
        assert_eq!(text.encode("€"), None);
        assert_eq!(Text::decode(b"a\0b".to_vec()), None);
    }
}
