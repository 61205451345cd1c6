//! Facts of Kubernetes objects, of the pods that they make, and of what stands around those.

use super::{Decl, decl, number, sized, text, truth};

mod at;
mod disruption;
mod network;
mod pod;
mod probe;
mod resources;
mod secret;
mod security;
mod spread;
mod volume;

/// The tables of all of them.
pub(super) const TABLES: &[&[Decl]] = &[
    disruption::FACTS,
    network::FACTS,
    pod::FACTS,
    probe::FACTS,
    resources::FACTS,
    secret::FACTS,
    security::FACTS,
    spread::FACTS,
    volume::FACTS,
];
