//! The memory budgets of the workloads of a model, as plain data.

use crate::{OriginText, Place};
use serde::Serialize;
use tunelint_model::Model;
use tunelint_model::memory::{Budget, Inputs, Operand, Term, budget};

mod advice;
mod setter;

pub use advice::{Advice, Change, Effect};

/// All budgets.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Report {
    /// The version of this shape.
    pub version: u32,
    /// One for each process of which something shows that it is a JVM.
    pub workloads: Vec<WorkloadBudget>,
}

/// How a budget stands against the limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// Even the worst case fits.
    Fits,
    /// What is expected fits, but with less than a tenth to spare, or the worst case does not.
    Tight,
    /// What is expected does not fit.
    Exceeds,
    /// There is no limit, or the heap is not known.
    Unknown,
}

impl Verdict {
    /// The word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Fits => "fits",
            Self::Tight => "tight",
            Self::Exceeds => "exceeds",
            Self::Unknown => "unknown",
        }
    }

    fn of(budget: &Budget) -> Self {
        let Some(limit) = &budget.limit else {
            return Self::Unknown;
        };
        let limit = limit.value;
        if budget.expected() > limit || budget.certain() >= limit {
            Self::Exceeds
        } else if budget.worst() > limit || budget.expected() / 9 * 10 > limit {
            Self::Tight
        } else {
            Self::Fits
        }
    }
}

/// The budget of one workload. Sizes are bytes; the terms add up to the totals.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WorkloadBudget {
    /// Its name.
    pub name: String,
    /// The Kustomize overlay that it is of, if it is of one.
    pub overlay: Option<String>,
    /// The memory limit of its container.
    pub limit: Option<i64>,
    /// Where the limit comes from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit_origin: Option<OriginText>,
    /// What is set and surely becomes resident.
    pub certain: i64,
    /// What it is expected to use.
    pub expected: i64,
    /// What its settings allow.
    pub worst: i64,
    /// How that stands against the limit.
    pub verdict: Verdict,
    /// The verdict in a sentence.
    pub summary: String,
    /// The parts.
    pub terms: Vec<TermText>,
    /// What shares the heap, at most; not added to anything.
    pub inside_heap: Vec<TermText>,
    /// Other containers of the pod, with limits of their own.
    pub sidecars: Vec<SidecarText>,
    /// What had to be assumed.
    pub assumptions: Vec<String>,
    /// What to change first, in this order.
    pub advice: Vec<Advice>,
}

/// A part of the budget.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TermText {
    /// Its name.
    pub name: &'static str,
    /// As expected, in bytes.
    pub expected: i64,
    /// At worst, in bytes.
    pub worst: i64,
    /// What of it is certain, in bytes.
    pub certain: i64,
    /// Its share of what is expected, in percent.
    pub share: f64,
    /// How it comes about.
    pub why: String,
    /// Where it comes from.
    pub origin: OriginText,
    /// The numbers that it is worked out from.
    pub operands: Vec<OperandText>,
}

/// A number that a part is worked out from.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OperandText {
    /// What it is.
    pub name: &'static str,
    /// What it is worth; sizes in bytes.
    pub value: i64,
    /// The same for people.
    pub text: String,
    /// Where it comes from.
    pub origin: OriginText,
}

impl OperandText {
    /// Whether it is the same number: what it is, what it is worth, and where from.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        self.name == other.name && self.value == other.value && self.origin == other.origin
    }
}

impl WorkloadBudget {
    /// Its name, with its overlay.
    #[must_use]
    pub fn title(&self) -> String {
        match &self.overlay {
            Some(overlay) => format!("{} in {overlay}", self.name),
            None => self.name.clone(),
        }
    }
}

/// Another container of the pod.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SidecarText {
    /// Its name.
    pub name: String,
    /// Its own limit in bytes.
    pub limit: Option<i64>,
    /// Where it stands.
    #[serde(flatten)]
    pub place: Option<Place>,
}

/// Works the budgets out.
#[must_use]
pub fn report(model: &Model<'_>) -> Report {
    let all = (0..model.workloads.len()).filter_map(|at| workload(model, at));
    Report {
        version: 1,
        workloads: all.collect(),
    }
}

fn workload(model: &Model<'_>, at: usize) -> Option<WorkloadBudget> {
    let inputs = Inputs::new(model, at, &model.options.what_if)?;
    let name = inputs.workload.name.clone();
    let Some(budget) = budget(model, at) else {
        return Some(unknown(model, &inputs, name));
    };
    let expected = budget.expected();
    let verdict = Verdict::of(&budget);
    let text = |term: &Term| term_text(model, term, expected);
    Some(WorkloadBudget {
        name,
        overlay: overlay(model, &inputs),
        limit: budget.limit.as_ref().map(|limit| limit.value),
        limit_origin: budget
            .limit
            .as_ref()
            .map(|limit| OriginText::of(model, &limit.origin)),
        certain: budget.certain(),
        expected,
        worst: budget.worst(),
        verdict,
        summary: summary(&budget, verdict),
        terms: budget.terms.iter().map(text).collect(),
        inside_heap: budget.inside_heap.iter().map(text).collect(),
        sidecars: budget
            .sidecars
            .iter()
            .map(|sidecar| SidecarText {
                name: sidecar.name.clone(),
                limit: sidecar.limit,
                place: Place::of(model, sidecar.place),
            })
            .collect(),
        assumptions: budget.assumptions.clone(),
        advice: advice::advise(model, at, &budget, verdict),
    })
}

/// A workload whose heap nobody knows.
fn unknown(model: &Model<'_>, inputs: &Inputs<'_>, name: String) -> WorkloadBudget {
    let limit = inputs.limit();
    WorkloadBudget {
        name,
        overlay: overlay(model, inputs),
        limit: limit.as_ref().map(|limit| limit.value),
        limit_origin: limit
            .as_ref()
            .map(|limit| OriginText::of(model, &limit.origin)),
        certain: 0,
        expected: 0,
        worst: 0,
        verdict: Verdict::Unknown,
        summary: "neither a maximum heap nor a memory limit is known, so that nothing can be said"
            .to_owned(),
        terms: Vec::new(),
        inside_heap: Vec::new(),
        sidecars: Vec::new(),
        assumptions: Vec::new(),
        advice: Vec::new(),
    }
}

fn overlay(model: &Model<'_>, inputs: &Inputs<'_>) -> Option<String> {
    let file = model.file(inputs.container?.file)?;
    Some(file.overlay.as_ref()?.name.clone())
}

fn summary(budget: &Budget, verdict: Verdict) -> String {
    let (expected, worst) = (budget.expected(), budget.worst());
    let Some(limit) = budget.limit.as_ref().map(|limit| limit.value) else {
        return format!(
            "expected {}, at worst {}; there is no memory limit",
            mib(expected),
            mib(worst)
        );
    };
    match verdict {
        Verdict::Exceeds if budget.certain() >= limit => format!(
            "the heap alone takes {} of a limit of {}",
            mib(budget.certain()),
            mib(limit)
        ),
        Verdict::Exceeds => format!(
            "expected {}, which is {} more than the limit of {}",
            mib(expected),
            mib(expected - limit),
            mib(limit)
        ),
        _ if worst > limit => format!(
            "expected {} of {}; the worst case of {} is {} over",
            mib(expected),
            mib(limit),
            mib(worst),
            mib(worst - limit)
        ),
        _ => format!(
            "expected {} of {}, and even the worst case of {} fits",
            mib(expected),
            mib(limit),
            mib(worst)
        ),
    }
}

fn term_text(model: &Model<'_>, term: &Term, expected: i64) -> TermText {
    let share = term.expected as f64 / expected.max(1) as f64 * 100.0;
    TermText {
        name: term.name,
        expected: term.expected,
        worst: term.worst,
        certain: term.certain,
        share: (share * 10.0).round() / 10.0,
        why: term.why.clone(),
        origin: OriginText::of(model, &term.origin),
        operands: term
            .operands
            .iter()
            .map(|operand| operand_text(model, operand))
            .collect(),
    }
}

fn operand_text(model: &Model<'_>, operand: &Operand) -> OperandText {
    OperandText {
        name: operand.name,
        value: operand.value,
        text: match operand.unit {
            Some(tunelint_base::Unit::Bytes) if operand.value >= 1 << 20 => mib(operand.value),
            _ => operand.show(),
        },
        origin: OriginText::of(model, &operand.origin),
    }
}

/// Bytes in MiB, as whole as they are: `2048 MiB`, `50.7 MiB`.
#[must_use]
pub fn mib(bytes: i64) -> String {
    let value = bytes as f64 / 1_048_576.0;
    let text = format!("{value:.1}");
    format!("{} MiB", text.trim_end_matches('0').trim_end_matches('.'))
}
