//! The built-in rule pages, compiled to static data.

#[allow(unused_imports, reason = "the pages decide what the tables name")]
use tunelint_base::{Entity, Kind, Safety, Severity, Span, Unit};
#[allow(unused_imports, reason = "the pages decide what the tables name")]
use tunelint_page::{
    Case, Condition, Expr, ExprKind, FixAction, FixSpec, Function, Op, Part, Rule, Template,
};

include!(concat!(env!("OUT_DIR"), "/rules.rs"));

/// The built-in rule of that name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Rule> {
    let at = RULES.binary_search_by(|rule| rule.name.cmp(name)).ok()?;
    RULES.get(at)
}
