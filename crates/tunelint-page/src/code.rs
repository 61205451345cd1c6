//! Writing a rule as Rust source, so that built-in pages are static data.

use crate::{Condition, Expr, ExprKind, FixAction, Level, Part, Rule, Template};
use std::fmt::Write;
use tunelint_base::Span;

/// The rule as a constant expression; `use tunelint_page::*` and `use tunelint_base::*` must be in scope.
#[must_use]
pub fn to_code(rule: &Rule) -> String {
    let mut code = String::new();
    let when = match &rule.when {
        Condition::Engine => "Condition::Engine".to_owned(),
        Condition::When(expr) => format!("Condition::When({})", expression(expr)),
    };
    let cases = rule.cases.iter().map(|case| {
        format!(
            "Case {{ when: {}, severity: {}, kind: {}, safety: {}, message: {}, help: {}, profiles: {} }}",
            expression(&case.when),
            option(case.severity.as_ref(), |l| level(*l)),
            option(case.kind.as_ref(), |k| format!("Kind::{k:?}")),
            option(case.safety.as_ref(), |s| format!("Safety::{s:?}")),
            option(case.message.as_ref(), template),
            option(case.help.as_ref(), template),
            option(case.profiles.as_ref(), |all| profiles(all)),
        )
    });
    let fix = option(rule.fix.as_ref(), |fix| {
        let action = match &fix.action {
            FixAction::Set(set, to) => format!("Set({}, {})", expression(set), expression(to)),
            FixAction::Remove(remove) => format!("Remove({})", expression(remove)),
            FixAction::Apply(name) => format!("Apply({name:?})"),
        };
        let title = option(fix.title.as_ref(), template);
        format!(
            "FixSpec {{ action: FixAction::{action}, safety: Safety::{:?}, title: {title} }}",
            fix.safety
        )
    });
    let _ = write!(
        code,
        "Rule {{ name: {:?}, group: {:?}, summary: {:?}, severity: {}, kind: Kind::{:?}, on: Entity::{:?}, \
         when: {when}, cases: {}, at: {}, message: {}, help: {}, profiles: {}, replaces: &{:?}, fix: {fix}, \
         since: {:?}, references: &{:?}, body: {:?}, body_offset: {} }}",
        rule.name,
        rule.group,
        rule.summary,
        level(rule.severity),
        rule.kind,
        rule.on,
        list(cases),
        list(rule.at.iter().map(expression)),
        template(&rule.message),
        option(rule.help.as_ref(), template),
        profiles(rule.profiles),
        rule.replaces,
        rule.since,
        rule.references,
        rule.body,
        rule.body_offset,
    );
    code
}

fn profiles(profiles: &[(&str, Level)]) -> String {
    let all = profiles.iter();
    list(all.map(|(name, l)| format!("({name:?}, {})", level(*l))))
}

fn list(items: impl Iterator<Item = String>) -> String {
    format!("&[{}]", items.collect::<Vec<_>>().join(", "))
}

fn option<T>(item: Option<&T>, code: impl Fn(&T) -> String) -> String {
    item.map_or_else(|| "None".to_owned(), |item| format!("Some({})", code(item)))
}

fn level(level: Level) -> String {
    option(level.as_ref(), |severity| format!("Severity::{severity:?}"))
}

fn template(template: &Template) -> String {
    let part = |part: &Part| match part {
        Part::Text(text) => format!("Part::Text({text:?})"),
        Part::Value(expr) => format!("Part::Value({})", expression(expr)),
    };
    format!("Template({})", list(template.0.iter().map(part)))
}

fn expression(expr: &Expr) -> String {
    let inner = |expr: &Expr| format!("&{}", expression(expr));
    let kind = match &expr.kind {
        ExprKind::Bool(value) => format!("Bool({value})"),
        ExprKind::Int(value) => format!("Int({value})"),
        ExprKind::Double(value) => format!("Double({value:?})"),
        ExprKind::Str(text) => format!("Str({text:?})"),
        ExprKind::List(items) => format!("List({})", list(items.iter().map(expression))),
        ExprKind::Quantity(value, unit) => format!("Quantity({value}, Unit::{unit:?})"),
        ExprKind::Version(ordinal) => format!("Version({ordinal})"),
        ExprKind::Fact(name) => format!("Fact({name:?})"),
        ExprKind::Key(name) => format!("Key({name:?})"),
        ExprKind::Has(e) => format!("Has({})", inner(e)),
        ExprKind::Not(e) => format!("Not({})", inner(e)),
        ExprKind::Negate(e) => format!("Negate({})", inner(e)),
        ExprKind::Binary(op, l, r) => format!("Binary(Op::{op:?}, {}, {})", inner(l), inner(r)),
        ExprKind::Choose(c, y, n) => format!("Choose({}, {}, {})", inner(c), inner(y), inner(n)),
        ExprKind::Call(function, args) => {
            format!(
                "Call(Function::{function:?}, {})",
                list(args.iter().map(expression))
            )
        }
    };
    let Span { start, end } = expr.span;
    format!("Expr {{ span: Span {{ start: {start}, end: {end} }}, kind: ExprKind::{kind} }}")
}
