//! What the files say, joined into the running processes that they describe.
//!
//! [`extract()`] reads one file; [`link::link`] joins what all files say into a [`Model`]; a [`View`]
//! answers what the model knows about one thing in it, fact by fact, each with its origin.

mod address;
pub mod client;
pub mod cluster;
mod connection;
pub mod directive;
pub mod embedded;
pub mod extract;
pub mod facts;
pub mod file;
mod fragment;
pub mod image;
pub mod jvm;
pub mod kube;
mod librdkafka;
pub mod link;
pub mod memory;
pub mod model;
pub mod overlay;
pub mod recognise;
pub mod rocksdb;
pub mod setting;
pub mod start;
pub mod validity;
pub mod value;
pub mod view;

pub use client::{Client, ClientKind};
pub use extract::extract;
pub use facts::{Decl, declared};
pub use file::{FileFacts, Language};
pub use model::{Container, EntityRef, Model, Options, SourceFile, Workload, WorkloadSpec};
pub use value::{Fact, Type, Value};
pub use view::View;

use tunelint_catalog::kafka;

/// Whether some Kafka scope holds the values of that key secret.
pub(crate) fn client_secret(name: &str) -> bool {
    kafka::scopes_of(name).any(|scope| kafka::find(scope, name).is_some_and(kafka::Key::is_secret))
        || librdkafka::SECRETS.contains(&name)
}
