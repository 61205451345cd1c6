//! The model as plain data, without secrets: what `--format json` prints.

use serde::Serialize;

#[derive(Debug, Serialize)]
pub(super) struct Described {
    pub(super) version: u32,
    pub(super) files: Vec<File>,
    pub(super) workloads: Vec<Workload>,
    pub(super) clients: Vec<ClientText>,
    pub(super) jvms: Vec<Jvm>,
    pub(super) containers: Vec<Container>,
    pub(super) setters: Vec<SetterText>,
    pub(super) skipped: Vec<Skipped>,
}

#[derive(Debug, Serialize)]
pub(super) struct File {
    pub(super) path: String,
    pub(super) language: &'static str,
    pub(super) roles: Vec<String>,
    pub(super) reasons: Vec<String>,
}

#[derive(Debug, Serialize)]
pub(super) struct Skipped {
    pub(super) path: String,
    pub(super) reason: String,
}

#[derive(Debug, Serialize)]
pub(super) struct Workload {
    pub(super) name: String,
    pub(super) reasons: Vec<String>,
    /// Indices into the lists beside this one.
    pub(super) container: Option<usize>,
    pub(super) jvm: Option<usize>,
    pub(super) clients: Vec<usize>,
    pub(super) setter: Option<usize>,
    /// State stores that its topology asks for, as its Java sources say.
    pub(super) stores: Vec<StoreText>,
    pub(super) facts: Vec<FactText>,
}

#[derive(Debug, Serialize)]
pub(super) struct ClientText {
    pub(super) name: String,
    pub(super) kind: &'static str,
    pub(super) at: Place,
    pub(super) why: String,
    pub(super) kafka: String,
    pub(super) part_of: Option<usize>,
    pub(super) settings: Vec<FactText>,
    pub(super) facts: Vec<FactText>,
}

#[derive(Debug, Serialize)]
pub(super) struct Jvm {
    pub(super) name: String,
    pub(super) java: u16,
    pub(super) java_is_assumed: bool,
    /// The file that shows which Java it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) java_from: Option<Place>,
    pub(super) options: Vec<FactText>,
    pub(super) facts: Vec<FactText>,
}

#[derive(Debug, Serialize)]
pub(super) struct Container {
    pub(super) name: String,
    /// `Deployment`, `Compose service`, `Dockerfile`, `systemd unit`, …
    pub(super) kind: String,
    pub(super) at: Place,
    /// The files that say how its image is built, the outermost first.
    pub(super) images: Vec<Image>,
    pub(super) facts: Vec<FactText>,
}

/// An image that is described among the files.
#[derive(Debug, Serialize)]
pub(super) struct Image {
    pub(super) at: Place,
    /// What it is built on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) base: Option<String>,
}

/// Something with a value that comes from somewhere.
#[derive(Debug, Serialize)]
pub(super) struct FactText {
    pub(super) name: String,
    pub(super) value: String,
    pub(super) origin: OriginText,
    /// Whether it is only perhaps there: a branch of a script or the release of Java decides.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(super) perhaps: bool,
}

#[derive(Debug, Serialize)]
pub(super) struct OriginText {
    pub(super) kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) at: Option<Place>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) text: Option<String>,
}

#[derive(Debug, Serialize)]
pub(super) struct Place {
    pub(super) path: String,
    pub(super) line: u32,
    pub(super) column: u32,
}

/// A class that configures RocksDB.
#[derive(Debug, Serialize)]
pub(super) struct SetterText {
    pub(super) class: String,
    pub(super) at: Place,
    pub(super) kafka: String,
    /// Where it is put under `rocksdb.config.setter`.
    pub(super) registered: Vec<Place>,
    /// Its calls on RocksDB's options.
    pub(super) options: Vec<FactText>,
    pub(super) facts: Vec<FactText>,
}

/// A state store of a topology.
#[derive(Debug, Serialize)]
pub(super) struct StoreText {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) name: Option<String>,
    pub(super) kind: &'static str,
    pub(super) in_memory: bool,
    /// In milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) retention: Option<i64>,
    pub(super) at: Place,
}
