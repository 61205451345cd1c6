//! Reading a page: front matter into a rule, every mistake with its place in the page.

use crate::cel::{leak, leak_str};
use crate::front::{Front, FrontCase, FrontFix};
use crate::rule::{Case, Condition, FixAction, FixSpec, Level, Rule, Template};
use crate::{Expr, cel, template};
use std::collections::BTreeMap;
use std::str::FromStr;
use tunelint_base::{Entity, Kind, Safety, Severity, Span};

/// A mistake in a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where in the page.
    pub span: Span,
    /// What is wrong and what would be right.
    pub message: String,
}

/// Splits a page into front matter and body, each with its offset.
#[must_use]
pub fn split(page: &str) -> Option<[(usize, &str); 2]> {
    let rest = page.strip_prefix("---\n")?;
    let end = rest.find("\n---\n")? + 1;
    let body = 4 + end + 4;
    Some([(4, &rest[..end]), (body, &page[body..])])
}

/// Reads the page of the rule `name` in the folder `group`.
///
/// # Errors
/// Every mistake that can be seen without knowing the facts; those about facts, types and units
/// are the engine's to find.
pub fn load(group: &str, name: &str, page: &str) -> Result<Rule, Vec<Fault>> {
    let whole = Span::new(0, page.lines().next().unwrap_or("").len());
    let Some([(offset, front), (body_offset, body)]) = split(page) else {
        return Err(vec![Fault {
            span: whole,
            message: "a page begins with front matter between two lines `---`".into(),
        }]);
    };
    let parsed: Front = serde_yaml::from_str(front).map_err(|error| {
        let at = error.location().map_or(0, |l| l.index().min(front.len()));
        vec![Fault {
            span: Span::empty(offset + at),
            message: error.to_string(),
        }]
    })?;
    let mut reader = Reader {
        front,
        offset,
        faults: Vec::new(),
    };
    if !is_kebab(name) {
        reader.faults.push(Fault {
            span: whole,
            message: format!("`{name}` is no rule name: use lower-case words joined by `-`"),
        });
    }
    let rule = reader.rule(group, name, &parsed, body, body_offset);
    match rule {
        Some(rule) if reader.faults.is_empty() => Ok(rule),
        _ => Err(reader.faults),
    }
}

fn is_kebab(name: &str) -> bool {
    !name.is_empty()
        && name.split('-').all(|word| {
            !word.is_empty()
                && word
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        })
}

struct Reader<'a> {
    front: &'a str,
    offset: usize,
    faults: Vec<Fault>,
}

impl Reader<'_> {
    fn rule(
        &mut self,
        group: &str,
        name: &str,
        front: &Front,
        body: &str,
        body_offset: usize,
    ) -> Option<Rule> {
        let when = if front.when.trim() == "engine" {
            Some(Condition::Engine)
        } else {
            self.expr(&front.when).map(Condition::When)
        };
        let severity = self.level(&front.severity);
        let kind = self.word::<Kind>(&front.kind);
        let on = self.entity(&front.on);
        let at: Vec<Option<Expr>> = front.at.0.iter().map(|text| self.expr(text)).collect();
        let cases: Vec<Option<Case>> = front.cases.iter().map(|case| self.case(case)).collect();
        let message = self.template(&front.message);
        let help = front.help.as_ref().map(|text| self.template(text));
        let fix = front.fix.as_ref().map(|fix| self.fix(fix));
        let profiles = self.profiles(&front.profiles);
        if !body.trim_start().starts_with("# ") {
            let message = "after the front matter comes a heading: `# What is wrong`".to_owned();
            self.faults.push(Fault {
                span: Span::empty(body_offset),
                message,
            });
        }
        Some(Rule {
            name: leak_str(name),
            group: leak_str(group),
            summary: leak_str(&front.summary),
            severity: severity?,
            kind: kind?,
            on: on?,
            when: when?,
            cases: leak(cases.into_iter().collect::<Option<Vec<_>>>()?),
            at: leak(at.into_iter().collect::<Option<Vec<_>>>()?),
            message: message?,
            help: match help {
                Some(help) => Some(help?),
                None => None,
            },
            profiles,
            replaces: leak(front.replaces.iter().map(|name| leak_str(name)).collect()),
            fix: match fix {
                Some(fix) => Some(fix?),
                None => None,
            },
            since: leak_str(&front.since),
            references: leak(front.references.iter().map(|text| leak_str(text)).collect()),
            body: leak_str(body),
            body_offset: Span::empty(body_offset).start,
        })
    }

    fn profiles(&mut self, all: &BTreeMap<String, String>) -> &'static [(&'static str, Level)] {
        let read = all
            .iter()
            .filter_map(|(profile, level)| Some((leak_str(profile), self.level(level)?)));
        leak(read.collect())
    }

    fn case(&mut self, case: &FrontCase) -> Option<Case> {
        let when = self.expr(&case.r#if);
        let severity = case.severity.as_ref().map(|text| self.level(text));
        let kind = case.kind.as_ref().map(|text| self.word::<Kind>(text));
        let safety = case.safety.as_ref().map(|text| self.safety(text));
        let message = case.message.as_ref().map(|text| self.template(text));
        let help = case.help.as_ref().map(|text| self.template(text));
        let profiles = case.profiles.as_ref().map(|all| self.profiles(all));
        Some(Case {
            when: when?,
            profiles,
            severity: flip(severity)?,
            kind: flip(kind)?,
            safety: flip(safety)?,
            message: flip(message)?,
            help: flip(help)?,
        })
    }

    fn fix(&mut self, fix: &FrontFix) -> Option<FixSpec> {
        let action = match (&fix.set, &fix.to, &fix.remove, &fix.apply) {
            (Some(set), Some(to), None, None) => FixAction::Set(self.expr(set)?, self.expr(to)?),
            (None, None, Some(remove), None) => FixAction::Remove(self.expr(remove)?),
            (None, None, None, Some(apply)) => FixAction::Apply(leak_str(apply)),
            _ => {
                let message = "a fix has either `set` and `to`, or `remove`, or `apply`".to_owned();
                self.faults.push(Fault {
                    span: self.find("fix"),
                    message,
                });
                return None;
            }
        };
        let safety = self.safety(&fix.safety)?;
        let title = fix.title.as_ref().map(|text| self.template(text));
        Some(FixSpec {
            action,
            safety,
            title: flip(title)?,
        })
    }

    fn safety(&mut self, text: &str) -> Option<Safety> {
        match text {
            "safe" => Some(Safety::Safe),
            "unsafe" => Some(Safety::Unsafe),
            other => {
                let message = format!("`{other}` is no safety: use safe or unsafe");
                self.faults.push(Fault {
                    span: self.find(other),
                    message,
                });
                None
            }
        }
    }

    fn level(&mut self, text: &str) -> Option<Level> {
        if text == "off" {
            Some(None)
        } else {
            self.word::<Severity>(text).map(Some)
        }
    }

    fn entity(&mut self, text: &str) -> Option<Entity> {
        let found = Entity::ALL
            .into_iter()
            .find(|entity| entity.as_str() == text);
        if found.is_none() {
            let all: Vec<&str> = Entity::ALL.iter().map(|entity| entity.as_str()).collect();
            let message = format!(
                "`{text}` is nothing that a rule can be `on`: use one of {}",
                all.join(", ")
            );
            self.faults.push(Fault {
                span: self.find(text),
                message,
            });
        }
        found
    }

    fn word<T: FromStr<Err = String>>(&mut self, text: &str) -> Option<T> {
        text.parse()
            .map_err(|message| {
                self.faults.push(Fault {
                    span: self.find(text),
                    message,
                })
            })
            .ok()
    }

    fn expr(&mut self, text: &str) -> Option<Expr> {
        let at = self.find(text).start as usize;
        cel::parse(text, at)
            .map_err(|faults| self.faults.extend(faults))
            .ok()
    }

    fn template(&mut self, text: &str) -> Option<Template> {
        let at = self.find(text).start as usize;
        template::parse(text, at)
            .map_err(|faults| self.faults.extend(faults))
            .ok()
    }

    /// Where a scalar stands in the page: YAML keeps no places, so its text is looked up.
    fn find(&self, text: &str) -> Span {
        let at = self.front.find(text).unwrap_or(0);
        Span::new(self.offset + at, self.offset + at + text.len())
    }
}

/// `Some(None)`, a part that failed, fails the whole; `None`, a part that is not there, does not.
fn flip<T>(part: Option<Option<T>>) -> Option<Option<T>> {
    match part {
        Some(None) => None,
        Some(some) => Some(some),
        None => Some(None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ExprKind, Op};

    const PAGE: &str = "---\nsummary: s\nseverity: warning\nkind: risk\non: client\nwhen: cfg[\"acks\"] != \"all\" && kafka.version >= version(\"3.0\")\nmessage: \"acks is {cfg[\\\"acks\\\"]}\"\nprofiles: { pci: error }\nsince: 0.1.0\n---\n# Title\n";

    #[test]
    fn a_page_becomes_a_rule() {
        let rule = load("producer", "acks-not-all", PAGE).expect("a rule");
        assert_eq!(rule.severity, Some(Severity::Warning));
        assert_eq!(rule.profiles, [("pci", Some(Severity::Error))]);
        let Condition::When(Expr {
            kind: ExprKind::Binary(Op::And, left, right),
            ..
        }) = rule.when
        else {
            panic!("{:?}", rule.when)
        };
        assert!(matches!(
            left.kind,
            ExprKind::Binary(
                Op::Ne,
                Expr {
                    kind: ExprKind::Key("acks"),
                    ..
                },
                _
            )
        ));
        assert!(matches!(
            right.kind,
            ExprKind::Binary(
                Op::Ge,
                _,
                Expr {
                    kind: ExprKind::Version(3_000_000),
                    ..
                }
            )
        ));
        assert_eq!(rule.message.0.len(), 2);
    }

    #[test]
    fn mistakes_have_places() {
        let place = |page: &str| {
            let faults = load("producer", "x", page).expect_err("faults");
            faults
                .iter()
                .map(|f| (f.span.of(page).to_owned(), f.message.clone()))
                .collect::<Vec<_>>()
        };
        let faults = place(&PAGE.replace("on: client", "on: planet"));
        assert_eq!(faults.len(), 1);
        assert_eq!(faults[0].0, "planet");
        let faults = place(&PAGE.replace("severity: warning", "severity: bad"));
        assert_eq!(faults[0].0, "bad");
        assert!(
            place(&PAGE.replace("since:", "sinze:"))[0]
                .1
                .contains("sinze")
        );
        assert!(
            place(&PAGE.replace("!= \"all\"", "!= "))
                .iter()
                .any(|f| f.1.contains("CEL"))
        );
        assert!(place("# no front matter")[0].1.contains("front matter"));
    }
}
