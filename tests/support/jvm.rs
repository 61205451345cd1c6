//! What tunelint says of a list of JVM options, in the words of recorded verdicts.

use tunelint_base::{JavaVersion, Kind, Severity, Text};
use tunelint_engine::Settings;
use tunelint_model::FileFacts;
use tunelint_model::extract::options_from_arguments;
use tunelint_model::jvm::Machine;

/// What a JVM makes of a list of options.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// It starts without a word.
    Accepted,
    /// It starts and warns.
    Warned,
    /// It does not start.
    Refused,
}

impl Verdict {
    /// The verdict of that word.
    ///
    /// # Panics
    /// Where there is none.
    #[must_use]
    pub fn named(word: &str) -> Self {
        match word {
            "accepted" => Self::Accepted,
            "warned" => Self::Warned,
            "refused" => Self::Refused,
            other => panic!("no verdict is called `{other}`"),
        }
    }
}

/// What tunelint says of a list of options, and which rules said so.
#[derive(Clone, Debug)]
pub struct Judged {
    /// An error of kind `invalid` is a refusal; a warning of kind `invalid` or `upkeep` is one.
    pub verdict: Verdict,
    /// The rules that spoke with such severity.
    pub rules: Vec<String>,
    /// Whether any finding is a warning or more.
    pub speaks: bool,
}

/// Judges the arguments that stand between `java` and `-version`, on that machine or the one that is
/// assumed.
#[must_use]
pub fn judge(arguments: &[String], java: JavaVersion, machine: Option<Machine>) -> Judged {
    let (text, options) = options_from_arguments(arguments);
    let mut file = tunelint_engine::read("<jvm-args>".to_owned(), Text::utf8(text));
    file.facts = FileFacts {
        options: vec![options],
        ..FileFacts::default()
    };
    let mut settings = Settings::default();
    settings.options.java = Some(java);
    settings.options.machine = machine;
    let report = tunelint_engine::check(vec![file], &settings);
    let mut judged = Judged {
        verdict: Verdict::Accepted,
        rules: Vec::new(),
        speaks: false,
    };
    for found in &report.diagnostics {
        judged.speaks |= found.severity >= Severity::Warning;
        let verdict = match (found.kind, found.severity) {
            (Kind::Invalid, Severity::Error) => Verdict::Refused,
            (Kind::Invalid | Kind::Upkeep, Severity::Warning) => Verdict::Warned,
            _ => continue,
        };
        judged.verdict = judged.verdict.max(verdict);
        judged.rules.push(found.rule.to_string());
    }
    judged
}
