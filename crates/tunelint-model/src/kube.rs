//! Kubernetes objects, as far as they say what will run.

use crate::jvm::OptionString;
use crate::setting::Style;
use std::collections::BTreeMap;
use tunelint_base::{OffsetMap, Span};

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

/// An object, or a part of one that is recognised by its shape.
#[derive(Clone, Debug, Default)]
pub struct Object {
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
    /// `data` of a ConfigMap, `stringData` of a Secret.
    pub data: Vec<DataEntry>,
    /// The topic that it makes, if it makes one.
    pub topic: Option<Topic>,
}

/// A topic that an operator makes.
#[derive(Clone, Debug, Default)]
pub struct Topic {
    /// Its name in Kafka.
    pub name: Option<Sourced>,
    /// How many replicas it is to have, with the place of the number; `None` where the brokers decide.
    pub replicas: Option<(i64, Span)>,
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
    /// Its containers; init containers are not among them.
    pub containers: Vec<ContainerFacts>,
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
    /// JVM options in its environment and on its command line.
    pub options: Vec<OptionString>,
    /// Its command, if a command line of `java` can be seen in it.
    pub java: Option<Span>,
    /// The variables that its command expands.
    pub expands: Vec<String>,
    /// `volumeMounts`: volume name and path.
    pub mounts: Vec<(String, String)>,
    /// The container's text.
    pub span: Span,
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
