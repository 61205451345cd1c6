//! A rule whose expressions are resolved and checked.

use crate::compile::{Node, compile};
use tunelint_base::{Entity, Safety};
use tunelint_model::Type;
use tunelint_model::facts::NAMED_EDITS;
use tunelint_page::{Case, Condition, Expr, Fault, FixAction, Part, Rule, Template};

/// A rule, ready to be asked.
#[derive(Debug)]
pub(crate) struct Ready {
    pub(crate) rule: &'static Rule,
    pub(crate) when: Node,
    pub(crate) cases: Vec<ReadyCase>,
    pub(crate) at: Vec<Node>,
    pub(crate) message: Vec<Piece>,
    pub(crate) help: Option<Vec<Piece>>,
    pub(crate) fix: Option<ReadyFix>,
}

/// A case of a rule.
#[derive(Debug)]
pub(crate) struct ReadyCase {
    pub(crate) case: &'static Case,
    pub(crate) when: Node,
    pub(crate) message: Option<Vec<Piece>>,
    pub(crate) help: Option<Vec<Piece>>,
}

/// A piece of a text.
#[derive(Debug)]
pub(crate) enum Piece {
    Text(&'static str),
    Value(Node),
}

/// The cure of a rule.
#[derive(Debug)]
pub(crate) struct ReadyFix {
    pub(crate) action: ReadyAction,
    pub(crate) safety: Safety,
    pub(crate) title: Option<Vec<Piece>>,
}

/// What a cure does.
#[derive(Debug)]
pub(crate) enum ReadyAction {
    Set(Node, Node),
    Remove(Node),
    Apply(&'static str),
}

/// Resolves and checks a rule. `Ok(None)` for the engine's own.
pub(crate) fn ready(rule: &'static Rule) -> Result<Option<Ready>, Vec<Fault>> {
    let Condition::When(when) = &rule.when else {
        return Ok(None);
    };
    let mut faults = Vec::new();
    let on = rule.on;
    let condition = bool_node(when, on, &mut faults);
    let cases: Vec<Option<ReadyCase>> = rule
        .cases
        .iter()
        .map(|case| {
            let when = bool_node(&case.when, on, &mut faults);
            let message = case
                .message
                .as_ref()
                .map(|template| pieces(template, on, &mut faults));
            let help = case
                .help
                .as_ref()
                .map(|template| pieces(template, on, &mut faults));
            Some(ReadyCase {
                case,
                when: when?,
                message,
                help,
            })
        })
        .collect();
    let at: Vec<Option<Node>> = rule
        .at
        .iter()
        .map(|expr| node(expr, on, &mut faults))
        .collect();
    let message = pieces(&rule.message, on, &mut faults);
    let help = rule
        .help
        .as_ref()
        .map(|template| pieces(template, on, &mut faults));
    let fix = rule.fix.as_ref().and_then(|fix| {
        let action = match &fix.action {
            FixAction::Set(set, to) => Some(ReadyAction::Set(
                node(set, on, &mut faults)?,
                node(to, on, &mut faults)?,
            )),
            FixAction::Remove(remove) => Some(ReadyAction::Remove(node(remove, on, &mut faults)?)),
            FixAction::Apply(name) if NAMED_EDITS.contains(name) => Some(ReadyAction::Apply(name)),
            FixAction::Apply(name) => {
                let message = format!(
                    "there is no edit `{name}`; there are {}",
                    NAMED_EDITS.join(", ")
                );
                faults.push(Fault {
                    span: when.span,
                    message,
                });
                None
            }
        };
        let title = fix
            .title
            .as_ref()
            .map(|template| pieces(template, on, &mut faults));
        Some(ReadyFix {
            action: action?,
            safety: fix.safety,
            title,
        })
    });
    let cases = cases.into_iter().collect::<Option<Vec<_>>>();
    let at = at.into_iter().collect::<Option<Vec<_>>>();
    match (condition, cases, at) {
        (Some(when), Some(cases), Some(at)) if faults.is_empty() => Ok(Some(Ready {
            rule,
            when,
            cases,
            at,
            message,
            help,
            fix,
        })),
        _ => Err(faults),
    }
}

fn node(expr: &Expr, on: Entity, faults: &mut Vec<Fault>) -> Option<Node> {
    compile(expr, on)
        .map(|(node, _)| node)
        .map_err(|fault| faults.push(fault))
        .ok()
}

fn bool_node(expr: &Expr, on: Entity, faults: &mut Vec<Fault>) -> Option<Node> {
    match compile(expr, on) {
        Ok((node, ty)) if ty.ty == Type::Bool => Some(node),
        Ok((_, ty)) => {
            faults.push(Fault {
                span: expr.span,
                message: format!("a condition is a bool, not a {}", ty.ty.as_str()),
            });
            None
        }
        Err(fault) => {
            faults.push(fault);
            None
        }
    }
}

fn pieces(template: &Template, on: Entity, faults: &mut Vec<Fault>) -> Vec<Piece> {
    let mut piece = |part: &Part| match part {
        Part::Text(text) => Some(Piece::Text(text)),
        Part::Value(expr) => node(expr, on, faults).map(Piece::Value),
    };
    template.0.iter().filter_map(&mut piece).collect()
}
