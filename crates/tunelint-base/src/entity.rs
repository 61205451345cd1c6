//! The things that rules are about.

/// What a rule is asked about, one at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Entity {
    /// A file.
    File,
    /// One key and value of a client's configuration.
    Setting,
    /// The configuration of one Kafka client, worker, connector, topic or broker.
    Client,
    /// The options of one Java virtual machine.
    Jvm,
    /// One option of a Java virtual machine.
    Flag,
    /// A container of a pod.
    Container,
    /// A pod or pod template with a container that has to do with a JVM or Kafka.
    Pod,
    /// A running process: a container with its JVM and its clients.
    Workload,
    /// A class that configures RocksDB for Kafka Streams.
    ConfigSetter,
    /// One call on RocksDB's options in such a class.
    RocksOption,
    /// A Kubernetes object of any kind.
    Object,
    /// A state store.
    Store,
    /// A topic.
    Topic,
    /// A shell command.
    Command,
    /// A Kustomize overlay.
    Overlay,
}

impl Entity {
    /// All of them.
    pub const ALL: [Self; 15] = [
        Self::File,
        Self::Setting,
        Self::Client,
        Self::Jvm,
        Self::Flag,
        Self::Container,
        Self::Pod,
        Self::Workload,
        Self::ConfigSetter,
        Self::RocksOption,
        Self::Object,
        Self::Store,
        Self::Topic,
        Self::Command,
        Self::Overlay,
    ];

    /// The word for it in front matter.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Setting => "setting",
            Self::Client => "client",
            Self::Jvm => "jvm",
            Self::Flag => "flag",
            Self::Container => "container",
            Self::Pod => "pod",
            Self::Workload => "workload",
            Self::ConfigSetter => "config-setter",
            Self::RocksOption => "rocksdb-option",
            Self::Object => "object",
            Self::Store => "store",
            Self::Topic => "topic",
            Self::Command => "command",
            Self::Overlay => "overlay",
        }
    }
}
