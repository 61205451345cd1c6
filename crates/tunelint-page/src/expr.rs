//! The expression tree of a condition, made of static data so that built-in pages cost nothing to load.

use tunelint_base::{Span, Unit};

/// An expression and the place in its page where it stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Expr {
    /// Where it stands in the page.
    pub span: Span,
    /// What it is.
    pub kind: ExprKind,
}

/// The forms of CEL that rule pages use.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ExprKind {
    /// `true`, `false`.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A number with a point.
    Double(f64),
    /// A string.
    Str(&'static str),
    /// A list.
    List(&'static [Expr]),
    /// `bytes("64Mi")`, `ms("5s")`: a whole number with a unit.
    Quantity(i64, Unit),
    /// `version("4.0")`: the ordinal of the first patch of that Kafka release.
    Version(i64),
    /// A fact by its dotted name: `container.memory.limit`.
    Fact(&'static str),
    /// `cfg["linger.ms"]`: the effective value of a Kafka key.
    Key(&'static str),
    /// `has(container.memory.limit)`: whether the fact is there.
    Has(&'static Expr),
    /// `!x`.
    Not(&'static Expr),
    /// `-x`.
    Negate(&'static Expr),
    /// An operator between two operands.
    Binary(Op, &'static Expr, &'static Expr),
    /// `x ? y : z`.
    Choose(&'static Expr, &'static Expr, &'static Expr),
    /// A function; a method's receiver is the first argument.
    Call(Function, &'static [Expr]),
}

/// The operators with two operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Op {
    /// `&&`
    And,
    /// `||`
    Or,
    /// `==`
    Eq,
    /// `!=`
    Ne,
    /// `<`
    Lt,
    /// `<=`
    Le,
    /// `>`
    Gt,
    /// `>=`
    Ge,
    /// `+`
    Add,
    /// `-`
    Sub,
    /// `*`
    Mul,
    /// `/`
    Div,
    /// `%`
    Rem,
    /// `in`
    In,
}

impl Op {
    /// How it is written.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::And => "&&",
            Self::Or => "||",
            Self::Eq => "==",
            Self::Ne => "!=",
            Self::Lt => "<",
            Self::Le => "<=",
            Self::Gt => ">",
            Self::Ge => ">=",
            Self::Add => "+",
            Self::Sub => "-",
            Self::Mul => "*",
            Self::Div => "/",
            Self::Rem => "%",
            Self::In => "in",
        }
    }
}

/// The functions of CEL's standard library that rule pages use, beside `bytes`, `ms` and `version`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Function {
    /// `s.startsWith(prefix)`
    StartsWith,
    /// `s.endsWith(suffix)`
    EndsWith,
    /// `s.contains(part)`
    Contains,
    /// `s.matches(regex)`
    Matches,
    /// `s.lowerAscii()`
    LowerAscii,
    /// `size(s)`, `s.size()`: characters of a string, elements of a list.
    Size,
    /// `int(x)`: a double cut towards zero.
    Int,
    /// `double(x)`
    Double,
}

impl Function {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::StartsWith,
        Self::EndsWith,
        Self::Contains,
        Self::Matches,
        Self::LowerAscii,
        Self::Size,
        Self::Int,
        Self::Double,
    ];

    /// Its name in CEL, and how many arguments it takes, a receiver included.
    #[must_use]
    pub fn signature(self) -> (&'static str, usize) {
        match self {
            Self::StartsWith => ("startsWith", 2),
            Self::EndsWith => ("endsWith", 2),
            Self::Contains => ("contains", 2),
            Self::Matches => ("matches", 2),
            Self::LowerAscii => ("lowerAscii", 1),
            Self::Size => ("size", 1),
            Self::Int => ("int", 1),
            Self::Double => ("double", 1),
        }
    }
}

impl Expr {
    /// Calls `visit` for the expression and everything in it.
    pub fn walk(&self, visit: &mut dyn FnMut(&Self)) {
        visit(self);
        match &self.kind {
            ExprKind::List(items) | ExprKind::Call(_, items) => {
                items.iter().for_each(|item| item.walk(visit))
            }
            ExprKind::Has(inner) | ExprKind::Not(inner) | ExprKind::Negate(inner) => {
                inner.walk(visit)
            }
            ExprKind::Binary(_, left, right) => {
                left.walk(visit);
                right.walk(visit);
            }
            ExprKind::Choose(condition, yes, no) => {
                condition.walk(visit);
                yes.walk(visit);
                no.walk(visit);
            }
            _ => {}
        }
    }
}
