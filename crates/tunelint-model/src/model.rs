//! All files' facts as one model.

use crate::client::Client;
use crate::cluster::Cluster;
use crate::file::{BrokenCommand, FileFacts};
use crate::image::ImageFacts;
use crate::jvm::{Jvm, Machine, OptionString};
use crate::kube::{ContainerFacts, Object, Platform};
use crate::memory::WhatIf;
use crate::overlay::Overlay;
use tunelint_base::quantity::{show_jvm_size, show_kubernetes_bytes};
use tunelint_base::{FileId, JavaVersion, KafkaVersion, LineIndex, Location, Span, Text};
use tunelint_catalog::kafka::NEWEST_RELEASE;
use tunelint_java::{ConfigSetter, StoreUse};

/// A file with what it says.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// Its path, relative, with `/`.
    pub path: String,
    /// Its text.
    pub text: Text,
    /// Its lines.
    pub lines: LineIndex,
    /// What it says.
    pub facts: FileFacts,
    /// Whether it went into what a kustomization deploys.
    pub is_part: bool,
    /// The kustomization that it is the result of, if it is one.
    pub overlay: Option<Overlay>,
}

impl SourceFile {
    /// A file that stands for itself.
    #[must_use]
    pub fn new(path: String, text: Text, facts: FileFacts) -> Self {
        Self {
            lines: LineIndex::new(text.as_str()),
            path,
            text,
            facts,
            is_part: false,
            overlay: None,
        }
    }

    /// The Kubernetes objects that are deployed as they stand here, with their numbers.
    pub fn objects(&self) -> impl Iterator<Item = (usize, &Object)> {
        let all = self.facts.objects.iter().enumerate();
        all.filter(|_| !self.is_part)
    }
}

/// The path of options that no file holds.
pub const ARGUMENTS: &str = "<jvm-args>";

/// What is chosen from outside the files.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The Kafka version of the command line.
    pub kafka: Option<KafkaVersion>,
    /// The Kafka version of `tunelint.toml`.
    pub kafka_config: Option<KafkaVersion>,
    /// The Java version of the command line.
    pub java: Option<JavaVersion>,
    /// The Java version of `tunelint.toml`.
    pub java_config: Option<JavaVersion>,
    /// Workloads stated by hand.
    pub workloads: Vec<WorkloadSpec>,
    /// Each file on its own.
    pub no_link: bool,
    /// Other circumstances than the files'.
    pub what_if: WhatIf,
    /// The machine of options that no file holds; [`Machine::ASSUMED`] where it is not stated.
    pub machine: Option<Machine>,
}

/// A workload stated by hand, `[[workload]]`.
#[derive(Clone, Debug, Default)]
pub struct WorkloadSpec {
    /// Its name.
    pub name: String,
    /// The files that configure its clients.
    pub config: Vec<FileId>,
    /// The manifests that hold its container.
    pub manifests: Vec<FileId>,
    /// The Java sources of its application.
    pub java: Vec<FileId>,
    /// Partitions of its source topics.
    pub partitions: Option<i64>,
    /// Where they are stated.
    pub partitions_at: Option<Location>,
    /// Terms of its memory budget that are known.
    pub memory: Vec<StatedTerm>,
    /// Its state stores.
    pub stores: Vec<StoreSpec>,
    /// The table in `tunelint.toml`, where it is a file of the workspace.
    pub location: Option<Location>,
}

/// A state store stated by hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoreSpec {
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: StoreKind,
    /// How long a window store keeps, in milliseconds.
    pub retention: Option<i64>,
    /// How many keys it holds in all.
    pub keys: Option<i64>,
    /// How long a value is, in bytes.
    pub value_bytes: Option<i64>,
    /// Where it is stated.
    pub location: Option<Location>,
}

/// A term of the memory budget stated by hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatedTerm {
    /// Its name, one of [`crate::memory::TERMS`].
    pub term: &'static str,
    /// Its size.
    pub bytes: i64,
    /// Where it is stated.
    pub location: Option<Location>,
}

/// The kinds of state stores, by how many RocksDB instances one takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StoreKind {
    /// One instance a task.
    KeyValue,
    /// One instance a segment and task.
    Window,
    /// One instance a segment and task.
    Session,
    /// One instance a task.
    Versioned,
    /// One instance a process, with all partitions.
    Global,
}

impl StoreKind {
    /// The kind that a Java source asks for.
    #[must_use]
    pub fn of(kind: tunelint_java::StoreKind) -> Self {
        match kind {
            tunelint_java::StoreKind::KeyValue => Self::KeyValue,
            tunelint_java::StoreKind::Window => Self::Window,
            tunelint_java::StoreKind::Session => Self::Session,
            tunelint_java::StoreKind::Versioned => Self::Versioned,
            tunelint_java::StoreKind::Global => Self::Global,
        }
    }

    /// The word for it in `tunelint.toml`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::KeyValue => "key-value",
            Self::Window => "window",
            Self::Session => "session",
            Self::Versioned => "versioned",
            Self::Global => "global",
        }
    }
}

/// A container that has to do with a JVM or with Kafka.
#[derive(Clone, Debug)]
pub struct Container<'a> {
    /// What it is called in reports: `Deployment payments/app`.
    pub name: String,
    /// Its file.
    pub file: FileId,
    /// The index of its object in the file.
    pub object_index: usize,
    /// Its index in the pod.
    pub index: usize,
    /// Its object.
    pub object: &'a Object,
    /// What it says.
    pub facts: &'a ContainerFacts,
    /// The files that say how its image is built, and, behind it, the images that it is built on.
    pub images: Vec<Image<'a>>,
    /// The JVM options in its environment, the image's among them.
    pub environment: Vec<(FileId, &'a OptionString)>,
    /// Where its command, its image or a script of that starts `java`.
    pub java: Option<Location>,
    /// The variables that the command expands.
    pub expands: Vec<&'a str>,
    /// The script that starts it.
    pub script: Option<FileId>,
    /// Its JVM.
    pub jvm: Option<usize>,
    /// The workload that it is.
    pub workload: Option<usize>,
}

/// An image as its file says.
#[derive(Clone, Copy, Debug)]
pub struct Image<'a> {
    /// The file.
    pub file: FileId,
    /// The image.
    pub facts: &'a ImageFacts,
    /// Its environment and what it starts.
    pub container: &'a ContainerFacts,
}

impl Container<'_> {
    /// What runs it.
    #[must_use]
    pub fn platform(&self) -> Platform {
        self.object.platform
    }

    /// A size in bytes as what runs the container spells it.
    #[must_use]
    pub fn spell_bytes(&self, bytes: i64) -> String {
        let jvm = |bytes: i64| show_jvm_size(u64::try_from(bytes).unwrap_or(0));
        match self.platform() {
            Platform::Kubernetes | Platform::Operator => show_kubernetes_bytes(bytes),
            Platform::Compose | Platform::Image => jvm(bytes),
            Platform::Systemd => jvm(bytes).to_ascii_uppercase(),
        }
    }

    /// The place of its name, or of itself.
    #[must_use]
    pub fn anchor(&self) -> Location {
        let span = self
            .facts
            .name
            .as_ref()
            .map_or(self.facts.span, |name| name.span);
        Location::new(self.file, span)
    }
}

/// A running process: a container with what runs in it, or clients that belong together.
#[derive(Clone, Debug, Default)]
pub struct Workload {
    /// Its name.
    pub name: String,
    /// Its container.
    pub container: Option<usize>,
    /// Its JVM.
    pub jvm: Option<usize>,
    /// Its clients; those within a Streams application are not among them.
    pub clients: Vec<usize>,
    /// Why its parts were joined, one sentence each.
    pub reasons: Vec<String>,
    /// The stated workload that it is, by its index in the options.
    pub spec: Option<usize>,
    /// The class that configures its RocksDB instances, among the model's setters.
    pub setter: Option<usize>,
    /// The Java sources of its topology: file and index among the file's sources.
    pub sources: Vec<(FileId, usize)>,
}

/// A class that implements `RocksDBConfigSetter`.
#[derive(Clone, Debug)]
pub struct Setter<'a> {
    /// Its file.
    pub file: FileId,
    /// What it says.
    pub facts: &'a ConfigSetter,
    /// The version of Kafka Streams that it is used with.
    pub kafka: KafkaVersion,
    /// Where it is put under `rocksdb.config.setter`: settings, then code.
    pub uses: Vec<Location>,
    /// The workload whose stores it configures, if it is just one.
    pub workload: Option<usize>,
}

impl Setter<'_> {
    /// The place of its name.
    #[must_use]
    pub fn anchor(&self) -> Location {
        Location::new(self.file, self.facts.name)
    }

    /// Its name without package and outer classes.
    #[must_use]
    pub fn name(&self) -> &str {
        simple_name(&self.facts.class)
    }
}

/// The simple name of a class by its binary name.
#[must_use]
pub fn simple_name(class: &str) -> &str {
    class.rsplit(['.', '$']).next().unwrap_or(class)
}

/// Everything that the files say, joined.
#[derive(Debug)]
pub struct Model<'a> {
    /// The files.
    pub files: &'a [SourceFile],
    /// What was chosen.
    pub options: &'a Options,
    /// Clients, workers, connectors, topics, brokers.
    pub clients: Vec<Client<'a>>,
    /// Java virtual machines.
    pub jvms: Vec<Jvm<'a>>,
    /// Containers.
    pub containers: Vec<Container<'a>>,
    /// Kubernetes objects, and the pods of the containers.
    pub cluster: Cluster<'a>,
    /// Workloads.
    pub workloads: Vec<Workload>,
    /// Shell commands that end too early.
    pub commands: Vec<(FileId, &'a BrokenCommand)>,
    /// Classes that configure RocksDB.
    pub setters: Vec<Setter<'a>>,
}

impl<'a> Model<'a> {
    /// A file.
    #[must_use]
    pub fn file(&self, id: FileId) -> Option<&'a SourceFile> {
        self.files.get(id.0 as usize)
    }

    /// The text at a place.
    #[must_use]
    pub fn text_at(&self, location: Location) -> &'a str {
        self.file(location.file)
            .map_or("", |file| location.span.of(file.text.as_str()))
    }

    /// The state stores that the sources of a workload's topology ask for.
    pub fn stores_of(
        &self,
        workload: &'a Workload,
    ) -> impl Iterator<Item = (FileId, &'a StoreUse)> {
        let sources = workload.sources.iter().filter_map(|(id, at)| {
            let source = self.files.get(id.0 as usize)?.facts.sources.get(*at)?;
            Some((*id, source))
        });
        sources.flat_map(|(id, source)| source.stores.iter().map(move |store| (id, store)))
    }

    /// The place of the start of a file.
    #[must_use]
    pub fn file_start(id: FileId) -> Location {
        Location::new(id, Span::empty(0))
    }

    /// The newest final release: what holds where nothing says otherwise.
    #[must_use]
    pub fn default_kafka() -> KafkaVersion {
        NEWEST_RELEASE
    }

    /// Everything of that kind that rules can be asked about, in order.
    pub fn entities(&self, entity: tunelint_base::Entity) -> Vec<EntityRef> {
        use tunelint_base::Entity;
        match entity {
            Entity::File => (0..self.files.len()).map(EntityRef::File).collect(),
            Entity::Client => (0..self.clients.len()).map(EntityRef::Client).collect(),
            Entity::Jvm => (0..self.jvms.len()).map(EntityRef::Jvm).collect(),
            Entity::Container => (0..self.containers.len())
                .map(EntityRef::Container)
                .collect(),
            Entity::Pod => (0..self.cluster.pods.len()).map(EntityRef::Pod).collect(),
            Entity::Object => (0..self.cluster.objects.len())
                .map(EntityRef::Object)
                .collect(),
            Entity::Workload => (0..self.workloads.len()).map(EntityRef::Workload).collect(),
            Entity::Command => (0..self.commands.len()).map(EntityRef::Command).collect(),
            Entity::Setting => {
                let own = self
                    .clients
                    .iter()
                    .enumerate()
                    .filter(|(_, client)| client.parent.is_none());
                own.flat_map(|(at, client)| {
                    (0..client.settings.len()).map(move |n| EntityRef::Setting(at, n))
                })
                .collect()
            }
            Entity::Flag => {
                let all = self.jvms.iter().enumerate();
                all.flat_map(|(at, jvm)| {
                    (0..jvm.flags().count()).map(move |n| EntityRef::Flag(at, n))
                })
                .collect()
            }
            Entity::ConfigSetter => (0..self.setters.len())
                .map(EntityRef::ConfigSetter)
                .collect(),
            Entity::RocksOption => {
                let all = self.setters.iter().enumerate();
                all.flat_map(|(at, setter)| {
                    (0..setter.facts.calls.len()).map(move |n| EntityRef::RocksOption(at, n))
                })
                .collect()
            }
            Entity::Store | Entity::Topic | Entity::Overlay => Vec::new(),
        }
    }
}

/// One thing in the model, by its index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EntityRef {
    /// A file.
    File(usize),
    /// A client's setting.
    Setting(usize, usize),
    /// A client.
    Client(usize),
    /// A JVM.
    Jvm(usize),
    /// A JVM's option.
    Flag(usize, usize),
    /// A container.
    Container(usize),
    /// A pod.
    Pod(usize),
    /// A workload.
    Workload(usize),
    /// A Kubernetes object.
    Object(usize),
    /// A broken shell command.
    Command(usize),
    /// A class that configures RocksDB.
    ConfigSetter(usize),
    /// A call on RocksDB's options.
    RocksOption(usize, usize),
}
