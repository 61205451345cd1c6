//! JAAS login modules as Kafka's `JaasConfig` reads them: `class flag option=value …;`.
//!
//! Kafka reads them with `java.io.StreamTokenizer`, in which a `/` outside of quotes begins a
//! comment up to the end of the line, whatever follows it.

use std::fmt;

mod token;

use token::{Token, Tokens};

/// A login module with its options.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Module {
    /// The name of its class.
    pub class: String,
    /// The names and values of its options, in order; of two with one name the later one counts.
    pub options: Vec<(String, String)>,
}

impl Module {
    /// The value of an option.
    #[must_use]
    pub fn option(&self, name: &str) -> Option<&str> {
        let mut latest = self.options.iter().rev();
        latest
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }
}

/// Why a text is refused. What it says never quotes the text, which may hold a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// There is no module.
    Empty,
    /// Nothing follows the class.
    NoFlag,
    /// What follows the class is no control flag.
    BadFlag,
    /// An option has no value.
    NoValue,
    /// The last module has no `;`.
    Unterminated,
    /// Something that is no module follows the `;`.
    Trailing,
    /// A `/` outside of quotes hides the rest of its line.
    Slash,
}

impl fmt::Display for Fault {
    /// A part of a sentence about the text, in which it is "it".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "it names no login module",
            Self::NoFlag => "no control flag follows the class of the login module",
            Self::BadFlag => {
                "what follows the class of the login module is none of required, requisite, sufficient and optional"
            }
            Self::NoValue => {
                "an option has no value, or one with `=`, `;` or a blank that is not in quotes"
            }
            Self::Unterminated => "it does not end with `;`",
            Self::Trailing => "something stands after the `;` that is no login module",
            Self::Slash => {
                "a `/` outside of quotes begins a comment, so that the rest of its line is not read"
            }
        })
    }
}

const FLAGS: [&str; 4] = ["required", "requisite", "sufficient", "optional"];

/// The modules of a text.
///
/// # Errors
/// What Kafka's parser stumbles on first.
pub fn parse(text: &str) -> Result<Vec<Module>, Fault> {
    let mut tokens = Tokens::new(text);
    let mut modules = Vec::new();
    while let Some(first) = tokens.next() {
        match module(first, &mut tokens) {
            Ok(module) => modules.push(module),
            Err(_) if tokens.slash => return Err(Fault::Slash),
            Err(_) if !modules.is_empty() => return Err(Fault::Trailing),
            Err(fault) => return Err(fault),
        }
    }
    if modules.is_empty() {
        return Err(Fault::Empty);
    }
    Ok(modules)
}

fn module(first: Token, tokens: &mut Tokens<'_>) -> Result<Module, Fault> {
    let flag = tokens.next().ok_or(Fault::NoFlag)?;
    let is_flag = |word: &str| FLAGS.iter().any(|flag| flag.eq_ignore_ascii_case(word));
    if !flag.word().is_some_and(is_flag) {
        return Err(Fault::BadFlag);
    }
    let mut options = Vec::new();
    loop {
        let key = tokens.next().ok_or(Fault::Unterminated)?;
        if key == Token::Other(';') {
            break;
        }
        if tokens.next() != Some(Token::Other('=')) {
            return Err(Fault::NoValue);
        }
        let Some(Token::Word(value)) = tokens.next() else {
            return Err(Fault::NoValue);
        };
        options.push((key.into_word(), value));
    }
    Ok(Module {
        class: first.into_word(),
        options,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: &str = "org.apache.kafka.common.security.plain.PlainLoginModule";

    fn fault(text: &str) -> Fault {
        parse(text).expect_err(text)
    }

    #[test]
    fn modules_are_read() {
        let text = format!("{PLAIN} required\n  username=\"u\" password='a;b\"c' x=1;");
        let modules = parse(&text).expect("a module");
        assert_eq!(modules.len(), 1);
        assert_eq!(modules[0].class, PLAIN);
        assert_eq!(modules[0].option("password"), Some("a;b\"c"));
        assert_eq!(modules[0].option("x"), Some("1"));
        assert_eq!(modules[0].option("y"), None);
        assert_eq!(parse("a REQUIRED;b Optional k=v;").map(|m| m.len()), Ok(2));
        let commented = parse("a required // x\n /* y */ k=\"//v\";").expect("a module");
        assert_eq!(commented[0].option("k"), Some("//v"));
    }

    #[test]
    fn faults_are_told_apart() {
        assert_eq!(fault(""), Fault::Empty);
        assert_eq!(fault(" // nothing"), Fault::Empty);
        assert_eq!(fault(PLAIN), Fault::NoFlag);
        assert_eq!(fault(";"), Fault::NoFlag);
        assert_eq!(fault("a;"), Fault::BadFlag);
        assert_eq!(fault("a must k=v;"), Fault::BadFlag);
        assert_eq!(fault("a username=u;"), Fault::BadFlag);
        assert_eq!(fault("a required"), Fault::Unterminated);
        assert_eq!(fault("a required k=v"), Fault::Unterminated);
        assert_eq!(fault("a required k v;"), Fault::NoValue);
        assert_eq!(fault("a required k=;"), Fault::NoValue);
        // A path without quotes is a comment.
        assert_eq!(fault("a required keyTab=/etc/x;"), Fault::Slash);
        assert_eq!(fault("a required k=v/w;"), Fault::Slash);
        assert_eq!(fault("a required k=v; # note"), Fault::Trailing);
        assert_eq!(fault("a required k=v;;"), Fault::Trailing);
        // An open quote ends with its line.
        assert_eq!(fault("a required k=\"v;"), Fault::Unterminated);
    }

    #[test]
    fn escapes_are_undone() {
        let module = parse(r#"a required k="\"\\\101\n";"#).expect("a module");
        assert_eq!(module[0].option("k"), Some("\"\\A\n"));
    }
}
