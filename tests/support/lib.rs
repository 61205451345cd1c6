//! What the tests of tunelint as a whole share: folders, runs of the command line, expectations.

pub mod confusion;
mod cure;
pub mod example;
pub mod expect;
pub mod findings;
pub mod folder;
pub mod index;
pub mod jvm;
pub mod jvm_lists;
pub mod jvm_real;
pub mod layout;
pub mod mutate;
pub mod page;
pub mod program;
pub mod repository;
pub mod verdicts;
