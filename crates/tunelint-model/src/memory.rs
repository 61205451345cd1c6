//! What a process can use of memory: the heap, the JVM beside it, and RocksDB.
//!
//! The formulas are those that were fitted to runs of real RocksDB inside real JVMs 11–25: each
//! term has an expected size and a worst one. What is certain is only what is set and surely
//! becomes resident.

use crate::client::ClientKind;
use crate::model::Model;
use tunelint_base::{Location, Origin};

mod heap;
mod inputs;
mod inside;
mod instances;
mod jvm;
mod operand;
mod rocksdb;
mod what_if;

pub use inputs::Inputs;
pub use instances::{Instances, segments};
pub use operand::Operand;
pub use what_if::WhatIf;

pub(crate) const MIB: i64 = 1 << 20;

/// The terms that `memory` of a `[[workload]]` may set, in the order of the table.
pub const TERMS: [&str; 13] = [
    "heap",
    "gc",
    "metaspace",
    "code-cache",
    "thread-stacks",
    "direct",
    "jvm-other",
    "rocksdb-block-cache",
    "rocksdb-write-buffers",
    "rocksdb-index-filter",
    "rocksdb-offsets",
    "malloc",
    "memory-volumes",
];

/// A part of the memory of a process, in bytes.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    /// Its name: `heap`, `gc`, `metaspace`, `rocksdb-block-cache`, …
    pub name: &'static str,
    /// What a service of this kind touches.
    pub expected: i64,
    /// What the settings allow.
    pub worst: i64,
    /// What is set and surely becomes resident.
    pub certain: i64,
    /// Where it comes from.
    pub origin: Origin,
    /// The numbers that it is worked out from.
    pub operands: Vec<Operand>,
    /// How it comes about.
    pub why: String,
}

impl Term {
    /// Where somebody wrote what it rests on, each place once.
    #[must_use]
    pub fn places(&self) -> Vec<Location> {
        let mut places: Vec<Location> = Vec::new();
        let all = self.operands.iter().filter_map(Operand::place);
        for place in self.origin.location().into_iter().chain(all) {
            if !places.contains(&place) {
                places.push(place);
            }
        }
        places
    }

    /// Whether RocksDB allocates it.
    #[must_use]
    pub fn is_rocksdb(&self) -> bool {
        self.name.starts_with("rocksdb-")
    }
}

/// A container beside the one that is judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sidecar {
    /// Its name.
    pub name: String,
    /// Its own memory limit in bytes, if it has one.
    pub limit: Option<i64>,
    /// Its name in the manifest.
    pub place: Location,
}

/// The parts of the memory of a process.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Budget {
    /// The parts; they add up.
    pub terms: Vec<Term>,
    /// What shares the heap, at most: parts of the term `heap`, not added to anything.
    pub inside_heap: Vec<Term>,
    /// The memory limit of the container.
    pub limit: Option<Operand>,
    /// Whether something bounds RocksDB's memory; `None` where there is no RocksDB or where the
    /// config setter cannot be read.
    pub bounded: Option<bool>,
    /// The RocksDB instances at the worst moment, if there are some.
    pub instances: Option<Instances>,
    /// Other containers of the pod, with limits of their own.
    pub sidecars: Vec<Sidecar>,
    /// What had to be assumed.
    pub assumptions: Vec<String>,
}

impl Budget {
    /// The sum of what is expected.
    #[must_use]
    pub fn expected(&self) -> i64 {
        self.terms.iter().map(|term| term.expected).sum()
    }

    /// The sum of the worst cases.
    #[must_use]
    pub fn worst(&self) -> i64 {
        self.terms.iter().map(|term| term.worst).sum()
    }

    /// The sum of what is certain.
    #[must_use]
    pub fn certain(&self) -> i64 {
        self.terms.iter().map(|term| term.certain).sum()
    }

    /// The term of that name, of the process or inside its heap.
    #[must_use]
    pub fn term(&self, name: &str) -> Option<&Term> {
        self.terms
            .iter()
            .chain(&self.inside_heap)
            .find(|term| term.name == name)
    }
}

/// The budget of a workload; `None` where it is unknown what its heap is.
#[must_use]
pub fn budget(model: &Model<'_>, workload: usize) -> Option<Budget> {
    budget_if(model, workload, &model.options.what_if)
}

/// The same under other circumstances.
#[must_use]
pub fn budget_if(model: &Model<'_>, workload: usize, what_if: &WhatIf) -> Option<Budget> {
    let inputs = Inputs::new(model, workload, what_if)?;
    let mut budget = Budget {
        limit: inputs.limit(),
        sidecars: inputs.sidecars(),
        ..Budget::default()
    };
    let heap = heap::term(&inputs)?;
    budget.terms.push(heap.clone());
    jvm::terms(&inputs, &heap, &mut budget);
    rocksdb::terms(&inputs, &mut budget);
    budget.terms.push(jvm::malloc(&budget));
    budget.terms.extend(inputs.memory_volumes());
    inside::terms(&inputs, &mut budget);
    for term in &mut budget.terms {
        inputs.override_term(term);
    }
    Some(budget)
}

/// A limit, in steps of 256 MiB, that the worst case fits into and that leaves 15 % of it over
/// what is expected; the heap grows with it where it is a share of the limit.
#[must_use]
pub fn suggested_limit(model: &Model<'_>, workload: usize) -> Option<i64> {
    const STEP: i64 = 256 << 20;
    let mut what_if = model.options.what_if.clone();
    let need = |budget: &Budget| {
        let spare = budget.expected() / 85 * 100;
        let rounded = spare.max(budget.worst());
        (rounded + STEP - 1) / STEP * STEP
    };
    let mut limit = need(&budget_if(model, workload, &what_if)?);
    for _ in 0..24 {
        what_if.limit = Some(limit);
        let next = need(&budget_if(model, workload, &what_if)?);
        if next <= limit {
            return Some(limit);
        }
        limit = next;
    }
    None
}

/// The workload's Streams application, if it runs just one.
#[must_use]
pub fn streams_client(model: &Model<'_>, workload: usize) -> Option<usize> {
    let slot = model.workloads.get(workload)?;
    let mut all = slot
        .clients
        .iter()
        .copied()
        .filter(|at| model.clients[*at].kind == ClientKind::Streams);
    let one = all.next()?;
    all.next().is_none().then_some(one)
}
