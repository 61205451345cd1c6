//! Facts of Kubernetes objects, of the pods that they make, and of what stands around those.

use super::{Decl, decl, number, sized, text, truth};

mod at;
mod capacity;
mod dangling;
mod disruption;
mod dump;
mod network;
mod pod;
mod probe;
mod reference;
mod resources;
mod secret;
mod security;
mod spread;
mod volume;
mod wrong_type;

/// The tables of all of them.
pub(super) const TABLES: &[&[Decl]] = &[
    capacity::FACTS,
    dangling::FACTS,
    disruption::FACTS,
    dump::FACTS,
    network::FACTS,
    pod::FACTS,
    probe::FACTS,
    reference::FACTS,
    resources::FACTS,
    secret::FACTS,
    security::FACTS,
    spread::FACTS,
    volume::FACTS,
    wrong_type::FACTS,
];
