//! What Kafka and HotSpot know: every configuration key and every flag, by version.
//!
//! The facts are the tables under `data/`, which `cargo xtask catalogue` writes and nobody edits;
//! what the facts leave out stands next to them in tables named `…amendments.tsv`, kept by hand.
//! The build script turns both into static tables, so that nothing is read, parsed or allocated
//! when the program starts: a look-up is a binary search.
//!
//! What keys and flags do is told in tables of their own, `descriptions`, kept by hand.

mod description;
pub mod jvm;
pub mod kafka;
pub mod librdkafka;
mod nearest;
mod table;
