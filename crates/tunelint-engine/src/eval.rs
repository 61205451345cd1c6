//! Running conditions, with unknown as a value of its own.

use crate::compile::Node;
use std::borrow::Cow;
use std::cmp::Ordering;
use tunelint_model::facts::effective;
use tunelint_model::{Fact, Value, View};
use tunelint_page::{Function, Op};

/// The value of an expression. `unknown || true` is true, `unknown && false` is false; everything
/// else with an unknown or absent part is unknown.
pub(crate) fn eval<'m>(node: &Node, view: &View<'m>) -> Value<'m> {
    match node {
        Node::Const(value, _) => value.clone(),
        Node::Fact(decl) => (decl.get)(view).value,
        Node::Key(name, _) => effective(view, name).value,
        Node::Written(name) => match view.client {
            Some(client) => Value::Bool(client.entry(name).is_some()),
            None => Value::unknown("the client"),
        },
        Node::Has(inner) => match eval(inner, view) {
            Value::Absent => Value::Bool(false),
            unknown @ Value::Unknown(_) => unknown,
            _ => Value::Bool(true),
        },
        Node::Not(inner) => match eval(inner, view) {
            Value::Bool(value) => Value::Bool(!value),
            other => missing(other, inner),
        },
        Node::Negate(inner) => match eval(inner, view) {
            Value::Int(value) => Value::Int(value.saturating_neg()),
            Value::Double(value) => Value::Double(-value),
            other => missing(other, inner),
        },
        Node::And(left, right) => both(left, right, view, false),
        Node::Or(left, right) => both(left, right, view, true),
        Node::Choose(condition, yes, no) => match eval(condition, view) {
            Value::Bool(true) => eval(yes, view),
            Value::Bool(false) => eval(no, view),
            other => missing(other, condition),
        },
        Node::Binary(op, left, right) => match (eval(left, view), eval(right, view)) {
            (a @ (Value::Unknown(_) | Value::Absent), _) => missing(a, left),
            (_, b @ (Value::Unknown(_) | Value::Absent)) => missing(b, right),
            (a, b) => binary(*op, &a, &b),
        },
        Node::Matches(text, regex) => match eval(text, view) {
            Value::Str(text) => Value::Bool(regex.is_match(&text)),
            other => missing(other, text),
        },
        Node::Call(function, args) => {
            let mut values = Vec::with_capacity(args.len());
            for arg in args {
                match eval(arg, view) {
                    value @ (Value::Unknown(_) | Value::Absent) => return missing(value, arg),
                    value => values.push(value),
                }
            }
            call(*function, &values)
        }
    }
}

/// An unknown value in place of one that an operator cannot work on.
fn missing<'m>(value: Value<'m>, node: &Node) -> Value<'m> {
    match value {
        Value::Unknown(what) => Value::Unknown(what),
        _ => Value::unknown(match node {
            Node::Fact(decl) => decl.name,
            Node::Key(name, _) => name,
            _ => "a value",
        }),
    }
}

/// `&&` (where `false` decides) and `||` (where `true` does).
fn both<'m>(left: &Node, right: &Node, view: &View<'m>, decides: bool) -> Value<'m> {
    let one = eval(left, view);
    if one == Value::Bool(decides) {
        return one;
    }
    let other = eval(right, view);
    match (&one, &other) {
        (_, Value::Bool(value)) if *value == decides => other,
        (Value::Bool(_), Value::Bool(_)) => other,
        (Value::Bool(_), _) => missing(other, right),
        _ => missing(one, left),
    }
}

fn binary<'m>(op: Op, a: &Value<'m>, b: &Value<'m>) -> Value<'m> {
    if let (Op::In, Value::List(items)) = (op, b) {
        return Value::Bool(items.contains(a));
    }
    if let (Value::Int(x), Value::Int(y)) = (a, b) {
        let arithmetic = match op {
            Op::Add => Some(x.saturating_add(*y)),
            Op::Sub => Some(x.saturating_sub(*y)),
            Op::Mul => Some(x.saturating_mul(*y)),
            Op::Div => x.checked_div(*y),
            Op::Rem => x.checked_rem(*y),
            _ => return compare(op, x.cmp(y)),
        };
        return arithmetic.map_or_else(|| Value::unknown("a division by zero"), Value::Int);
    }
    if let (Some(x), Some(y)) = (double(a), double(b)) {
        return match op {
            Op::Add => Value::Double(x + y),
            Op::Sub => Value::Double(x - y),
            Op::Mul => Value::Double(x * y),
            Op::Div => Value::Double(x / y),
            Op::Rem => Value::Double(x % y),
            _ => x.partial_cmp(&y).map_or_else(
                || Value::unknown("not a number"),
                |order| compare(op, order),
            ),
        };
    }
    match (a, b) {
        (Value::Str(x), Value::Str(y)) if op == Op::Add => Value::str(format!("{x}{y}")),
        (Value::Str(x), Value::Str(y)) => compare(op, x.cmp(y)),
        (Value::Bool(x), Value::Bool(y)) => compare(op, x.cmp(y)),
        _ if op == Op::Eq => Value::Bool(a == b),
        _ if op == Op::Ne => Value::Bool(a != b),
        _ => Value::unknown("a comparison of different things"),
    }
}

fn double(value: &Value<'_>) -> Option<f64> {
    match value {
        Value::Int(value) => Some(*value as f64),
        Value::Double(value) => Some(*value),
        _ => None,
    }
}

fn compare<'m>(op: Op, order: Ordering) -> Value<'m> {
    Value::Bool(match op {
        Op::Eq => order == Ordering::Equal,
        Op::Ne => order != Ordering::Equal,
        Op::Lt => order == Ordering::Less,
        Op::Le => order != Ordering::Greater,
        Op::Gt => order == Ordering::Greater,
        _ => order != Ordering::Less,
    })
}

fn call<'m>(function: Function, args: &[Value<'m>]) -> Value<'m> {
    let length = |n: usize| Value::Int(i64::try_from(n).unwrap_or(i64::MAX));
    match (function, args) {
        (Function::StartsWith, [Value::Str(text), Value::Str(part)]) => {
            Value::Bool(text.starts_with(&**part))
        }
        (Function::EndsWith, [Value::Str(text), Value::Str(part)]) => {
            Value::Bool(text.ends_with(&**part))
        }
        (Function::Contains, [Value::Str(text), Value::Str(part)]) => {
            Value::Bool(text.contains(&**part))
        }
        (Function::LowerAscii, [Value::Str(text)]) => {
            Value::Str(Cow::Owned(text.to_ascii_lowercase()))
        }
        (Function::Size, [Value::Str(text)]) => length(text.chars().count()),
        (Function::Size, [Value::List(items)]) => length(items.len()),
        (Function::Int, [Value::Double(value)]) => Value::Int(*value as i64),
        (Function::Double, [value]) => {
            double(value).map_or_else(|| Value::unknown("a number"), Value::Double)
        }
        (_, [value, ..]) => value.clone(),
        _ => Value::unknown("a value"),
    }
}

/// The facts that the value of an expression rests on, in the order in which they stand: for `&&`
/// that is false and `||` that is true only the side that decides.
pub(crate) fn support<'n, 'm>(
    node: &'n Node,
    view: &View<'m>,
    into: &mut Vec<(&'n Node, Fact<'m>)>,
) {
    match node {
        Node::Fact(decl) => into.push((node, (decl.get)(view))),
        Node::Key(name, _) => into.push((node, effective(view, name))),
        Node::Const(..) | Node::Written(_) => {}
        Node::Has(inner) | Node::Not(inner) | Node::Negate(inner) | Node::Matches(inner, _) => {
            support(inner, view, into)
        }
        Node::And(left, right) | Node::Or(left, right) => {
            let decides = Value::Bool(matches!(node, Node::Or(..)));
            if eval(left, view) == decides {
                support(left, view, into);
            } else if eval(right, view) == decides {
                support(right, view, into);
            } else {
                support(left, view, into);
                support(right, view, into);
            }
        }
        Node::Binary(_, left, right) => {
            support(left, view, into);
            support(right, view, into);
        }
        Node::Choose(condition, yes, no) => {
            support(condition, view, into);
            let chosen = if eval(condition, view) == Value::Bool(true) {
                yes
            } else {
                no
            };
            support(chosen, view, into);
        }
        Node::Call(_, args) => args.iter().for_each(|arg| support(arg, view, into)),
    }
}

#[cfg(test)]
mod tests;
