//! From the syntax tree of the `cel` crate to ours.

use crate::{Expr, ExprKind, Fault, Function, Op};
use cel::common::ast::{self, IdedExpr, LiteralValue, SourceInfo};
use tunelint_base::quantity::{kubernetes_bytes, kubernetes_millicores, parse_millis};
use tunelint_base::{KafkaVersion, Span, Unit};

/// Parses `text`, which begins at `offset` of its page.
pub(crate) fn parse(text: &str, offset: usize) -> Result<Expr, Vec<Fault>> {
    let parsed = cel::parser::Parser::new().parse_with_source_info(text);
    let (tree, info) = parsed.map_err(|errors| {
        let fault = |error: &cel::ParseError| {
            let line = usize::try_from(error.pos.0.max(1) - 1).unwrap_or(0);
            let column = usize::try_from(error.pos.1.max(1) - 1).unwrap_or(0);
            let before: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
            let at = (before + column).min(text.len());
            Fault {
                span: Span::empty(offset + at),
                message: format!("not a CEL expression: {}", first_line(&error.msg)),
            }
        };
        errors.errors.iter().map(fault).collect::<Vec<_>>()
    })?;
    let reader = Reader {
        info: &info,
        offset,
        len: text.len(),
    };
    reader.expr(&tree).map_err(|fault| vec![fault])
}

fn first_line(message: &str) -> &str {
    let line = message.lines().next().unwrap_or("");
    // The parser lists every token that it would have taken; the first half says enough.
    line.split(" expecting ").next().unwrap_or(line)
}

struct Reader<'a> {
    info: &'a SourceInfo,
    offset: usize,
    len: usize,
}

impl Reader<'_> {
    fn span(&self, id: u64) -> Span {
        let (start, end) = self
            .info
            .offset_for(id)
            .unwrap_or((0, u32::try_from(self.len).unwrap_or(0)));
        Span::new(start as usize, end as usize + 1).shift(self.offset)
    }

    fn fault(&self, id: u64, message: impl Into<String>) -> Fault {
        Fault {
            span: self.span(id),
            message: message.into(),
        }
    }

    fn expr(&self, tree: &IdedExpr) -> Result<Expr, Fault> {
        let kind = match &tree.expr {
            ast::Expr::Literal(literal) => self.literal(tree.id, literal)?,
            ast::Expr::List(list) => ExprKind::List(leak(
                list.elements
                    .iter()
                    .map(|e| self.expr(e))
                    .collect::<Result<Vec<_>, _>>()?,
            )),
            ast::Expr::Ident(_) | ast::Expr::Select(_) => self.path(tree)?,
            ast::Expr::Call(call) => self.call(tree.id, call)?,
            _ => {
                return Err(self.fault(
                    tree.id,
                    "rule pages have no maps, structs or comprehensions",
                ));
            }
        };
        Ok(Expr {
            span: self.span(tree.id),
            kind,
        })
    }

    fn literal(&self, id: u64, literal: &LiteralValue) -> Result<ExprKind, Fault> {
        Ok(match literal {
            LiteralValue::Boolean(value) => ExprKind::Bool(*value.inner()),
            LiteralValue::Double(value) => ExprKind::Double(*value.inner()),
            LiteralValue::Int(value) => ExprKind::Int(*value.inner()),
            LiteralValue::String(value) => ExprKind::Str(leak_str(value.inner())),
            _ => {
                return Err(self.fault(
                    id,
                    "rule pages have bool, int, double, string and list literals only",
                ));
            }
        })
    }

    fn path(&self, tree: &IdedExpr) -> Result<ExprKind, Fault> {
        let mut names = Vec::new();
        let mut at = tree;
        let mut test = false;
        loop {
            match &at.expr {
                ast::Expr::Ident(name) => {
                    names.push(name.as_str());
                    break;
                }
                ast::Expr::Select(select) => {
                    test |= select.test;
                    names.push(&select.field);
                    at = &select.operand;
                }
                _ => return Err(self.fault(tree.id, "a fact is a dotted name")),
            }
        }
        names.reverse();
        let fact = ExprKind::Fact(leak_str(&names.join(".")));
        if test {
            Ok(ExprKind::Has(leak_one(Expr {
                span: self.span(tree.id),
                kind: fact,
            })))
        } else {
            Ok(fact)
        }
    }

    fn call(&self, id: u64, call: &ast::CallExpr) -> Result<ExprKind, Fault> {
        let args: Vec<&IdedExpr> = call
            .target
            .as_deref()
            .into_iter()
            .chain(&call.args)
            .collect();
        let operators = [
            ("_&&_", Op::And),
            ("_||_", Op::Or),
            ("_==_", Op::Eq),
            ("_!=_", Op::Ne),
            ("_<_", Op::Lt),
            ("_<=_", Op::Le),
            ("_>_", Op::Gt),
            ("_>=_", Op::Ge),
            ("_+_", Op::Add),
            ("_-_", Op::Sub),
            ("_*_", Op::Mul),
            ("_/_", Op::Div),
            ("_%_", Op::Rem),
            ("@in", Op::In),
        ];
        let name = call.func_name.as_str();
        if let (Some((_, op)), [first, rest @ ..]) = (
            operators.iter().find(|(text, _)| *text == name),
            args.as_slice(),
        ) {
            // The parser may gather a chain of `&&` or `||` into one call.
            let mut left = self.expr(first)?;
            for next in rest {
                let right = self.expr(next)?;
                let span = left.span.cover(right.span);
                left = Expr {
                    span,
                    kind: ExprKind::Binary(*op, leak_one(left), leak_one(right)),
                };
            }
            return Ok(left.kind);
        }
        match (name, args.as_slice()) {
            ("!_", [inner]) => Ok(ExprKind::Not(leak_one(self.expr(inner)?))),
            ("-_", [inner]) => Ok(ExprKind::Negate(leak_one(self.expr(inner)?))),
            ("_?_:_", [condition, yes, no]) => Ok(ExprKind::Choose(
                leak_one(self.expr(condition)?),
                leak_one(self.expr(yes)?),
                leak_one(self.expr(no)?),
            )),
            ("_[_]", [map, key]) => self.index(id, map, key),
            ("bytes" | "ms" | "cpus" | "version", [arg]) => self.quantity(name, arg),
            _ => {
                let found = Function::ALL
                    .into_iter()
                    .find(|f| f.signature() == (name, args.len()));
                let function = found.ok_or_else(|| {
                    self.fault(
                        id,
                        format!(
                            "rule pages have no function `{name}` with {} arguments",
                            args.len()
                        ),
                    )
                })?;
                let args = args
                    .iter()
                    .map(|arg| self.expr(arg))
                    .collect::<Result<Vec<_>, _>>()?;
                Ok(ExprKind::Call(function, leak(args)))
            }
        }
    }

    fn index(&self, id: u64, map: &IdedExpr, key: &IdedExpr) -> Result<ExprKind, Fault> {
        let is_cfg = matches!(&map.expr, ast::Expr::Ident(name) if name == "cfg");
        match (&self.expr(key)?.kind, is_cfg) {
            (ExprKind::Str(key), true) => Ok(ExprKind::Key(key)),
            (_, true) => {
                Err(self.fault(key.id, "the key in `cfg[…]` must be written out, in quotes"))
            }
            _ => Err(self.fault(id, "only `cfg` can be indexed")),
        }
    }

    fn quantity(&self, name: &str, arg: &IdedExpr) -> Result<ExprKind, Fault> {
        let ExprKind::Str(text) = self.expr(arg)?.kind else {
            return Err(self.fault(arg.id, format!("`{name}` takes a string in quotes")));
        };
        let read = match name {
            "bytes" => kubernetes_bytes(text)
                .ok()
                .map(|n| ExprKind::Quantity(n, Unit::Bytes)),
            "cpus" => kubernetes_millicores(text)
                .ok()
                .map(|n| ExprKind::Quantity(n, Unit::Millicores)),
            "ms" => parse_millis(text).map(|n| ExprKind::Quantity(n, Unit::Millis)),
            _ => text.parse::<KafkaVersion>().ok().map(|v| {
                // The release itself: its first patch, where none is named.
                ExprKind::Version(
                    KafkaVersion {
                        patch: Some(v.patch.unwrap_or(0)),
                        ..v
                    }
                    .ordinal(),
                )
            }),
        };
        read.ok_or_else(|| {
            self.fault(
                arg.id,
                format!("`{text}` is nothing that `{name}` can read"),
            )
        })
    }
}

/// Pages live as long as the process: built-in ones are static, a user's are read once.
pub(crate) fn leak<T>(items: Vec<T>) -> &'static [T] {
    Vec::leak(items)
}

pub(crate) fn leak_one<T>(item: T) -> &'static T {
    Box::leak(Box::new(item))
}

pub(crate) fn leak_str(text: &str) -> &'static str {
    String::leak(text.to_owned())
}
