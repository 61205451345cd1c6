//! What a rule page says, as static data.

use crate::Expr;
use tunelint_base::{Entity, Kind, Safety, Severity};

/// A severity that a page names; `None` is `off`.
pub type Level = Option<Severity>;

/// When a rule speaks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Condition {
    /// When the expression is true.
    When(Expr),
    /// When the engine finds it on its own run: the closed group `engine`.
    Engine,
}

/// A text with expressions in braces.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Template(pub &'static [Part]);

/// A piece of a template.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Part {
    /// Said as it stands.
    Text(&'static str),
    /// Said as its value.
    Value(Expr),
}

/// A case of a rule; the first one that is true wins.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Case {
    /// When it holds.
    pub when: Expr,
    /// Its severity instead of the rule's, if it says one.
    pub severity: Option<Level>,
    /// Its kind instead of the rule's.
    pub kind: Option<Kind>,
    /// The safety of the rule's fix in this case.
    pub safety: Option<Safety>,
    /// Its message instead of the rule's.
    pub message: Option<Template>,
    /// Its help instead of the rule's.
    pub help: Option<Template>,
    /// Its severities under profiles instead of the rule's.
    pub profiles: Option<&'static [(&'static str, Level)]>,
}

/// How a rule's finding is cured.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FixSpec {
    /// What is done.
    pub action: FixAction,
    /// Whether it keeps what was meant.
    pub safety: Safety,
    /// What it says of itself; made up from the action where the page says none.
    pub title: Option<Template>,
}

/// What a fix does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum FixAction {
    /// `set: FACT, to: VALUE`: writes the value where the fact was written, or adds it.
    Set(Expr, Expr),
    /// `remove: FACT`: takes out what set the fact, with its line.
    Remove(Expr),
    /// `apply: NAME`: an edit that the model knows by name.
    Apply(&'static str),
}

/// A rule, as its page says it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rule {
    /// The file's name without `.md`.
    pub name: &'static str,
    /// The folder's name.
    pub group: &'static str,
    /// One line.
    pub summary: &'static str,
    /// How bad it is where no case and no profile says otherwise.
    pub severity: Level,
    /// What it claims.
    pub kind: Kind,
    /// What it is asked about.
    pub on: Entity,
    /// When it speaks.
    pub when: Condition,
    /// Cases, in order.
    pub cases: &'static [Case],
    /// The facts whose place is pointed at: the first that somebody wrote.
    pub at: &'static [Expr],
    /// What it says.
    pub message: Template,
    /// What to do about it.
    pub help: Option<Template>,
    /// Severities under profiles.
    pub profiles: &'static [(&'static str, Level)],
    /// Rules that stay silent on the same place when this one speaks.
    pub replaces: &'static [&'static str],
    /// The cure.
    pub fix: Option<FixSpec>,
    /// The version of tunelint that had it first.
    pub since: &'static str,
    /// Where it is taken from.
    pub references: &'static [&'static str],
    /// The page's text after the front matter.
    pub body: &'static str,
    /// Where the body begins in the page, in bytes.
    pub body_offset: u32,
}
