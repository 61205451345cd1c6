//! Rule pages: one Markdown file is a rule's definition, its documentation and its test.

mod cel;
mod code;
mod expr;
mod front;
mod load;
mod rule;
mod template;

pub use code::to_code;
pub use expr::{Expr, ExprKind, Function, Op};
pub use load::{Fault, load, split};
pub use rule::{Case, Condition, FixAction, FixSpec, Level, Part, Rule, Template};

/// Parses a CEL expression; the spans in the result and in the faults count from `offset`.
///
/// # Errors
/// What the CEL parser does not understand, and what CEL has but rule pages do not.
pub fn expression(text: &str, offset: usize) -> Result<Expr, Vec<Fault>> {
    cel::parse(text, offset)
}
