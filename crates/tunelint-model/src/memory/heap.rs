//! The heap: how large it may grow, and how much of it surely becomes resident.

use super::{Inputs, Operand, Term};
use crate::jvm::Jvm;
use tunelint_base::Origin;
use tunelint_base::origin::DefaultOf;

/// The term `heap`; `None` where its size cannot be known.
pub(super) fn term(inputs: &Inputs<'_>) -> Option<Term> {
    let jvm = inputs.jvm;
    if let Some(bytes) = inputs.what_if.heap {
        let operand = Operand::what_if("maximum heap", bytes).bytes();
        return Some(of(operand, "the maximum heap", 0));
    }
    if let Some(size) = jvm.and_then(|jvm| jvm.size("MaxHeapSize")) {
        let (place, bytes) = size.ok()?;
        let operand = Operand::set("maximum heap", bytes, place).bytes();
        return Some(of(operand, "the maximum heap", certain(inputs, bytes)));
    }
    // An option that nobody can see may bound it.
    if jvm.is_some_and(Jvm::has_hidden_options) {
        return None;
    }
    let limit = inputs.limit()?;
    let bytes = jvm.map_or(limit.value / 4, |jvm| jvm.default_max_heap(limit.value));
    let percentage = jvm.and_then(|jvm| jvm.last("MaxRAMPercentage"));
    let java = jvm.map_or(25, |jvm| jvm.java.0);
    let origin = percentage.map_or(Origin::Default(DefaultOf::Java(java)), |(place, _)| {
        Origin::Derived(vec![place])
    });
    let why = match percentage {
        Some((_, text)) => format!("{text} % of the memory limit"),
        None => "the JVM's own share of the memory limit".to_owned(),
    };
    Some(Term {
        name: "heap",
        expected: bytes,
        worst: bytes,
        certain: 0,
        origin,
        operands: vec![limit],
        why,
    })
}

fn of(operand: Operand, why: &str, certain: i64) -> Term {
    Term {
        name: "heap",
        expected: operand.value,
        worst: operand.value,
        certain,
        origin: operand.origin.clone(),
        operands: vec![operand],
        why: why.to_owned(),
    }
}

/// What of the heap is surely resident: all of it where it begins at its maximum, what it begins
/// with where the JVM touches that at its start, and all of a heap that alone reaches the limit.
fn certain(inputs: &Inputs<'_>, most: i64) -> i64 {
    let initial = inputs.jvm.and_then(|jvm| jvm.size("InitialHeapSize"));
    let initial = initial.and_then(Result::ok).map(|(_, bytes)| bytes);
    let touched = inputs
        .jvm
        .and_then(|jvm| jvm.switch("AlwaysPreTouch"))
        .is_some_and(|(_, on)| on);
    if initial == Some(most) || inputs.limit().is_some_and(|limit| most >= limit.value) {
        return most;
    }
    initial.filter(|_| touched).unwrap_or(0).min(most)
}
