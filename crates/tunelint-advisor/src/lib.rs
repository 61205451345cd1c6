//! Reports that advise, as plain data, pictures and pages; no input or output of its own.
//!
//! [`budget::report`] works the memory budgets of a model out; [`chart::svg`] draws them and
//! [`page::html`] puts them on one self-contained page.

pub mod budget;
pub mod chart;
mod markup;
pub mod page;
mod place;

pub use place::{OriginText, Place, Point, Range};
