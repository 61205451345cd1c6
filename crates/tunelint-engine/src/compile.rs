//! From a page's expressions to ones that can be run: facts resolved, types and units checked.

use tunelint_base::{Entity, Unit};
use tunelint_model::facts::{Decl, KeyType, find, key_type, reaches};
use tunelint_model::{Type, Value};
use tunelint_page::{Expr, ExprKind, Fault, Function, Op};

/// An expression that can be run.
#[derive(Clone, Debug)]
pub(crate) enum Node {
    Const(Value<'static>, Option<Unit>),
    Fact(&'static Decl),
    Key(&'static str, Option<Unit>),
    /// `"linger.ms" in written`.
    Written(&'static str),
    Has(Box<Node>),
    Not(Box<Node>),
    Negate(Box<Node>),
    And(Box<Node>, Box<Node>),
    Or(Box<Node>, Box<Node>),
    Binary(Op, Box<Node>, Box<Node>),
    Choose(Box<Node>, Box<Node>, Box<Node>),
    Call(Function, Vec<Node>),
    Matches(Box<Node>, Box<regex::Regex>),
}

impl Node {
    /// What its number counts.
    pub(crate) fn unit(&self) -> Option<Unit> {
        match self {
            Self::Const(_, unit) | Self::Key(_, unit) => *unit,
            Self::Fact(decl) => decl.unit,
            Self::Negate(inner) => inner.unit(),
            Self::Binary(Op::Add | Op::Sub | Op::Mul | Op::Rem, left, right) => {
                left.unit().or_else(|| right.unit())
            }
            Self::Choose(_, yes, _) => yes.unit(),
            _ => None,
        }
    }
}

/// The type of an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Typed {
    pub(crate) ty: Type,
    unit: Option<Unit>,
    /// A bare `0`, `1` or `-1`, which goes with every unit.
    neutral: bool,
}

fn typed(ty: Type) -> Typed {
    Typed {
        ty,
        unit: None,
        neutral: false,
    }
}

/// Resolves and checks the expression of a rule about `on`.
pub(crate) fn compile(expr: &Expr, on: Entity) -> Result<(Node, Typed), Fault> {
    let fault = |message: String| Fault {
        span: expr.span,
        message,
    };
    let boxed = |inner: &Expr| compile(inner, on).map(|(node, ty)| (Box::new(node), ty));
    Ok(match &expr.kind {
        ExprKind::Bool(value) => (Node::Const(Value::Bool(*value), None), typed(Type::Bool)),
        ExprKind::Int(value) => {
            let neutral = (-1..=1).contains(value);
            (
                Node::Const(Value::Int(*value), None),
                Typed {
                    neutral,
                    ..typed(Type::Int)
                },
            )
        }
        ExprKind::Double(value) => (
            Node::Const(Value::Double(*value), None),
            typed(Type::Double),
        ),
        ExprKind::Str(text) => (Node::Const(Value::str(*text), None), typed(Type::Str)),
        ExprKind::Version(ordinal) => (
            Node::Const(Value::Int(*ordinal), None),
            typed(Type::Version),
        ),
        ExprKind::Quantity(value, unit) => (
            Node::Const(Value::Int(*value), Some(*unit)),
            Typed {
                unit: Some(*unit),
                ..typed(Type::Int)
            },
        ),
        ExprKind::List(items) => {
            let mut values = Vec::new();
            for item in *items {
                match compile(item, on)? {
                    (Node::Const(value @ Value::Str(_), _), _) => values.push(value),
                    _ => {
                        return Err(Fault {
                            span: item.span,
                            message: "a list holds strings".into(),
                        });
                    }
                }
            }
            (Node::Const(Value::List(values), None), typed(Type::Strings))
        }
        ExprKind::Fact(name) => {
            let decl = find(name)
                .ok_or_else(|| fault(format!("there is no fact `{name}`{}", near_fact(name))))?;
            if !reaches(on, decl.of) {
                let message = format!(
                    "`{name}` is a fact of a {}, which a rule on a {} cannot ask",
                    decl.of.as_str(),
                    on.as_str()
                );
                return Err(fault(message));
            }
            (
                Node::Fact(decl),
                Typed {
                    unit: decl.unit,
                    ..typed(decl.ty)
                },
            )
        }
        ExprKind::Key(name) => {
            let KeyType { ty, unit } =
                key_type(name).ok_or_else(|| fault(format!("Kafka has no key `{name}`")))?;
            if !reaches(on, Entity::Client) {
                return Err(fault(format!(
                    "a rule on a {} has no client whose `cfg` could be asked",
                    on.as_str()
                )));
            }
            (Node::Key(name, unit), Typed { unit, ..typed(ty) })
        }
        ExprKind::Has(inner) => (Node::Has(boxed(inner)?.0), typed(Type::Bool)),
        ExprKind::Not(inner) => {
            let (node, ty) = boxed(inner)?;
            want(inner, ty, Type::Bool)?;
            (Node::Not(node), typed(Type::Bool))
        }
        ExprKind::Negate(inner) => {
            let (node, ty) = boxed(inner)?;
            if !matches!(ty.ty, Type::Int | Type::Double) {
                return Err(fault(format!(
                    "`-` takes a number, not a {}",
                    ty.ty.as_str()
                )));
            }
            (Node::Negate(node), ty)
        }
        ExprKind::Choose(condition, yes, no) => {
            let (condition_node, ty) = boxed(condition)?;
            want(condition, ty, Type::Bool)?;
            let ((yes, one), (no, other)) = (boxed(yes)?, boxed(no)?);
            same(expr, one, other)?;
            (
                Node::Choose(condition_node, yes, no),
                if one.neutral { other } else { one },
            )
        }
        ExprKind::Binary(op, left, right) => binary(expr, *op, left, right, on)?,
        ExprKind::Call(function, args) => call(expr, *function, args, on)?,
    })
}

fn near_fact(name: &str) -> String {
    let prefix = name.split('.').next().unwrap_or(name);
    let near: Vec<&str> = tunelint_model::declared()
        .iter()
        .map(|decl| decl.name)
        .filter(|known| known.starts_with(prefix))
        .collect();
    if near.is_empty() {
        String::new()
    } else {
        format!("; there are {}", near.join(", "))
    }
}

fn want(expr: &Expr, found: Typed, wanted: Type) -> Result<(), Fault> {
    if found.ty == wanted {
        return Ok(());
    }
    Err(Fault {
        span: expr.span,
        message: format!(
            "this is a {}, but a {} is wanted",
            found.ty.as_str(),
            wanted.as_str()
        ),
    })
}

fn same(expr: &Expr, one: Typed, other: Typed) -> Result<(), Fault> {
    let fault = |message: String| {
        Err(Fault {
            span: expr.span,
            message,
        })
    };
    let numbers = |ty: Type| matches!(ty, Type::Int | Type::Double);
    if one.ty != other.ty && !(numbers(one.ty) && numbers(other.ty)) {
        return fault(format!(
            "a {} and a {} do not go together",
            one.ty.as_str(),
            other.ty.as_str()
        ));
    }
    if one.unit != other.unit && !one.neutral && !other.neutral && one.ty == Type::Int {
        let word = |unit: Option<Unit>| {
            unit.map_or("a plain number", |unit| match unit {
                Unit::Bytes => "bytes",
                Unit::Millis => "milliseconds",
                Unit::Millicores => "millicores",
            })
        };
        let help = "write quantities as bytes(\"64Mi\"), ms(\"5s\") or cpus(\"1\")";
        return fault(format!(
            "{} and {} do not go together: {help}",
            word(one.unit),
            word(other.unit)
        ));
    }
    Ok(())
}

fn binary(
    expr: &Expr,
    op: Op,
    left: &Expr,
    right: &Expr,
    on: Entity,
) -> Result<(Node, Typed), Fault> {
    if let (Op::In, ExprKind::Str(key), ExprKind::Fact("written")) = (op, &left.kind, &right.kind) {
        if key_type(key).is_none() {
            return Err(Fault {
                span: left.span,
                message: format!("Kafka has no key `{key}`"),
            });
        }
        if !reaches(on, Entity::Client) {
            return Err(Fault {
                span: right.span,
                message: format!("a rule on a {} has no client", on.as_str()),
            });
        }
        return Ok((Node::Written(key), typed(Type::Bool)));
    }
    let ((one, a), (other, b)) = (compile(left, on)?, compile(right, on)?);
    let (one, other) = (Box::new(one), Box::new(other));
    Ok(match op {
        Op::And | Op::Or => {
            want(left, a, Type::Bool)?;
            want(right, b, Type::Bool)?;
            let node = if op == Op::And {
                Node::And(one, other)
            } else {
                Node::Or(one, other)
            };
            (node, typed(Type::Bool))
        }
        Op::In => {
            want(right, b, Type::Strings)?;
            want(left, a, Type::Str)?;
            (Node::Binary(op, one, other), typed(Type::Bool))
        }
        Op::Eq | Op::Ne | Op::Lt | Op::Le | Op::Gt | Op::Ge => {
            same(expr, a, b)?;
            (Node::Binary(op, one, other), typed(Type::Bool))
        }
        Op::Add | Op::Sub | Op::Rem => {
            same(expr, a, b)?;
            let ty = if a.neutral { b } else { a };
            (
                Node::Binary(op, one, other),
                Typed {
                    neutral: false,
                    ..ty
                },
            )
        }
        Op::Mul | Op::Div => {
            let number = |ty: Type| matches!(ty, Type::Int | Type::Double);
            if !number(a.ty) || !number(b.ty) {
                return Err(Fault {
                    span: expr.span,
                    message: format!("`{}` takes numbers", op.as_str()),
                });
            }
            let unit = match (op, a.unit, b.unit) {
                (Op::Mul, Some(_), Some(_)) | (Op::Div, None, Some(_)) => {
                    return Err(Fault {
                        span: expr.span,
                        message: "the units of this make no sense".into(),
                    });
                }
                (Op::Mul, one, other) => one.or(other),
                (_, one, None) => one,
                _ => None,
            };
            let ty = if a.ty == Type::Double || b.ty == Type::Double {
                Type::Double
            } else {
                Type::Int
            };
            (Node::Binary(op, one, other), Typed { unit, ..typed(ty) })
        }
    })
}

fn call(
    expr: &Expr,
    function: Function,
    args: &[Expr],
    on: Entity,
) -> Result<(Node, Typed), Fault> {
    let compiled = args
        .iter()
        .map(|arg| compile(arg, on))
        .collect::<Result<Vec<_>, _>>()?;
    let types: Vec<Type> = compiled.iter().map(|(_, ty)| ty.ty).collect();
    let fits = match function {
        Function::StartsWith | Function::EndsWith | Function::Contains | Function::Matches => {
            types == [Type::Str, Type::Str]
        }
        Function::LowerAscii => types == [Type::Str],
        Function::Size => matches!(types.as_slice(), [Type::Str | Type::Strings]),
        Function::Int | Function::Double => matches!(types.as_slice(), [Type::Int | Type::Double]),
    };
    if !fits {
        let message = format!(
            "`{}` does not take a {}",
            function.signature().0,
            types.first().map_or("", |ty| ty.as_str())
        );
        return Err(Fault {
            span: expr.span,
            message,
        });
    }
    let ty = match function {
        Function::LowerAscii => Type::Str,
        Function::Size | Function::Int => Type::Int,
        Function::Double => Type::Double,
        _ => Type::Bool,
    };
    let mut nodes: Vec<Node> = compiled.into_iter().map(|(node, _)| node).collect();
    if function == Function::Matches {
        let ExprKind::Str(pattern) = args[1].kind else {
            return Err(Fault {
                span: args[1].span,
                message: "the pattern must be written out, in quotes".into(),
            });
        };
        let regex = regex::Regex::new(pattern).map_err(|error| Fault {
            span: args[1].span,
            message: format!("not a regular expression: {error}"),
        })?;
        return Ok((
            Node::Matches(Box::new(nodes.swap_remove(0)), Box::new(regex)),
            typed(Type::Bool),
        ));
    }
    Ok((Node::Call(function, nodes), typed(ty)))
}
