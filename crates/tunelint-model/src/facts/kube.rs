//! Facts of Kubernetes objects, of the pods that they make, and of what stands around those.

use super::{Decl, decl, number, sized, text, truth};

mod at;
mod disruption;
mod pod;
mod probe;
mod resources;
mod spread;
mod volume;

/// The tables of all of them.
pub(super) const TABLES: &[&[Decl]] = &[
    disruption::FACTS,
    pod::FACTS,
    probe::FACTS,
    resources::FACTS,
    spread::FACTS,
    volume::FACTS,
];
