//! Kubernetes objects, and what else makes containers, as far as they say what will run.

use crate::image::ImageFacts;
use crate::jvm::OptionString;
use crate::setting::Style;
use crate::start::Start;
use std::collections::BTreeMap;
use tunelint_base::{OffsetMap, Span};
use tunelint_syntax::yaml::NodeId;

mod body;
mod insert;
mod mount;
mod number;
mod port;
mod probe;
mod selector;
mod workload;

pub use body::{At, Body, Read, Source};
pub use insert::{Given, Slot};
pub use mount::{Mount, VolumeKind, mount_of};
pub use number::{IntOrText, quantity_text};
pub use port::Port;
pub use probe::{Check, Probe};
pub use selector::{Labels, Selector};

/// Text with its place in the file.
#[derive(Clone, Debug, PartialEq)]
pub struct Sourced {
    /// The decoded text.
    pub text: Box<str>,
    /// Its place, inside any quotes.
    pub span: Span,
    /// From offsets in `text` to the file.
    pub map: OffsetMap,
    /// How it is spelled.
    pub style: Style,
    /// Whether a template or variable stands in it.
    pub placeholder: bool,
}

/// What runs a container.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Platform {
    /// Kubernetes.
    #[default]
    Kubernetes,
    /// An operator in Kubernetes, which makes the pods from a resource of its own.
    Operator,
    /// Docker Compose or what reads its files.
    Compose,
    /// Nothing is known but the image.
    Image,
    /// systemd: a service is no container, but has an environment, a command and limits as well.
    Systemd,
}

impl Platform {
    /// The word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Kubernetes => "kubernetes",
            Self::Operator => "operator",
            Self::Compose => "compose",
            Self::Image => "image",
            Self::Systemd => "systemd",
        }
    }
}

/// An object, or a part of one that is recognised by its shape.
#[derive(Clone, Debug, Default)]
pub struct Object {
    /// What runs it.
    pub platform: Platform,
    /// `Deployment`, `ConfigMap`, …; empty for a bare list of containers.
    pub kind: String,
    /// `metadata.name`.
    pub name: Option<Sourced>,
    /// `metadata.namespace`.
    pub namespace: Option<String>,
    /// `metadata.labels`.
    pub labels: BTreeMap<String, String>,
    /// `metadata.annotations`, those whose key begins with `tunelint.dev/`.
    pub annotations: Vec<(String, String, Span)>,
    /// The object's text.
    pub span: Span,
    /// The pod that it makes, if it makes one.
    pub pod: Option<Pod>,
    /// `spec.replicas`.
    pub replicas: Option<(i64, Span)>,
    /// `data` of a ConfigMap, `stringData` of a Secret, the lines of a file of variables.
    pub data: Vec<DataEntry>,
    /// The image that it describes, where it is a stage of a Dockerfile.
    pub image: Option<ImageFacts>,
    /// How its image is built, where a Compose service says so.
    pub build: Option<Build>,
    /// The topic that it makes, if it makes one.
    pub topic: Option<Topic>,
    /// Its text, to be asked for anything else; only of what a Kubernetes API server reads.
    pub body: Option<Body>,
}

/// A topic that an operator makes.
#[derive(Clone, Debug, Default)]
pub struct Topic {
    /// Its name in Kafka.
    pub name: Option<Sourced>,
    /// How many replicas it is to have, with the place of the number; `None` where the brokers decide.
    pub replicas: Option<(i64, Span)>,
}

/// `build` of a Compose service.
#[derive(Clone, Debug, Default)]
pub struct Build {
    /// The folder, relative to the file.
    pub context: String,
    /// The Dockerfile, relative to the folder.
    pub dockerfile: Option<String>,
    /// The stage.
    pub target: Option<String>,
}

/// One entry of a ConfigMap or Secret.
#[derive(Clone, Debug)]
pub struct DataEntry {
    /// Its key: `application.properties`.
    pub key: Sourced,
    /// Its text.
    pub text: Sourced,
    /// The JVM options in it, where its key is a variable that holds them.
    pub options: Option<OptionString>,
}

/// A pod or pod template.
#[derive(Clone, Debug, Default)]
pub struct Pod {
    /// Its labels.
    pub labels: BTreeMap<String, String>,
    /// Its containers, with those init containers that stay as sidecars behind them.
    pub containers: Vec<ContainerFacts>,
    /// The init containers that end before its containers start.
    pub init: Vec<ContainerFacts>,
    /// The place of its spec in the object's body.
    pub node: Option<NodeId>,
    /// Its volumes.
    pub volumes: Vec<Volume>,
}

/// A volume that a ConfigMap or Secret fills.
#[derive(Clone, Debug, Default)]
pub struct Volume {
    /// Its name.
    pub name: String,
    /// The ConfigMaps whose entries are files in it.
    pub config_maps: Vec<String>,
    /// The Secrets whose entries are files in it.
    pub secrets: Vec<String>,
    /// An `emptyDir` with `medium: Memory`.
    pub memory: Option<MemoryVolume>,
}

/// A volume whose files are in memory, and count towards the limit of those who write them.
#[derive(Clone, Debug, Default)]
pub struct MemoryVolume {
    /// `sizeLimit`, else the word `Memory`.
    pub span: Span,
    /// `sizeLimit`.
    pub size_limit: Option<String>,
}

/// A container.
#[derive(Clone, Debug, Default)]
pub struct ContainerFacts {
    /// Its name.
    pub name: Option<Sourced>,
    /// Its image.
    pub image: Option<Sourced>,
    /// Its environment, in order.
    pub env: Vec<EnvVar>,
    /// Where more of it comes from, before `env`.
    pub env_from: Vec<EnvFrom>,
    /// `command` and `args` with their places.
    pub command: Vec<Sourced>,
    /// `args`.
    pub args: Vec<Sourced>,
    /// `resources`.
    pub resources: Resources,
    /// JVM options in its environment.
    pub options: Vec<OptionString>,
    /// What its command and arguments start.
    pub start: Start,
    /// What its arguments say as options of a `java` that the image starts.
    pub arguments: Start,
    /// Whether other software gives it options: an operator, say.
    pub unseen: bool,
    /// `volumeMounts`: volume name and path.
    pub mounts: Vec<(String, String)>,
    /// The container's text.
    pub span: Span,
    /// Its place in the object's body.
    pub node: Option<NodeId>,
    /// Whether it is an init container that stays: one with `restartPolicy: Always`.
    pub sidecar: bool,
}

impl ContainerFacts {
    /// Whether its environment sets a variable of that name, by itself.
    #[must_use]
    pub fn sets(&self, name: &str) -> bool {
        self.env.iter().any(|variable| &*variable.name.text == name)
    }
}

/// An environment variable.
#[derive(Clone, Debug)]
pub struct EnvVar {
    /// Its name.
    pub name: Sourced,
    /// What it is set to.
    pub value: EnvValue,
}

/// What an environment variable is set to.
#[derive(Clone, Debug)]
pub enum EnvValue {
    /// A literal text.
    Literal(Sourced),
    /// A key of a ConfigMap.
    ConfigMapKey(String, String),
    /// A key of a Secret.
    SecretKey,
    /// A field of the pod, or nothing.
    Other,
}

/// A source of environment variables.
#[derive(Clone, Debug)]
pub struct EnvFrom {
    /// The ConfigMap, if it is one.
    pub config_map: Option<String>,
    /// The file of variables, if it is one.
    pub file: Option<String>,
    /// What is put before each name.
    pub prefix: String,
}

/// What a container asks for and may use.
#[derive(Clone, Debug, Default)]
pub struct Resources {
    /// The place of the word `resources`, if it is there.
    pub key: Option<Span>,
    /// Whether a template stands where limits or requests might.
    pub templated: bool,
    /// `limits.memory`, bytes.
    pub memory_limit: Option<Amount>,
    /// `requests.memory`, bytes.
    pub memory_request: Option<Amount>,
    /// `limits.cpu`, millicores.
    pub cpu_limit: Option<Amount>,
    /// `requests.cpu`, millicores.
    pub cpu_request: Option<Amount>,
}

/// A quantity that somebody wrote.
#[derive(Clone, Debug)]
pub struct Amount {
    /// The text.
    pub text: Sourced,
    /// Its worth in bytes or millicores; `None` where it is no quantity or a placeholder.
    pub value: Option<i64>,
}
