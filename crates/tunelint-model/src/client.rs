//! The configuration of one Kafka client, worker, connector, topic or broker.

use crate::setting::{Setting, Style};
use std::collections::HashMap;
use tunelint_base::{FileId, KafkaVersion, Location, Span};
use tunelint_catalog::kafka::Scope;
use tunelint_catalog::librdkafka;

mod targets;

pub use targets::Target;

/// What a configuration is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ClientKind {
    /// `KafkaProducer`.
    Producer,
    /// `KafkaConsumer`.
    Consumer,
    /// `KafkaAdminClient`.
    Admin,
    /// `KafkaStreams`.
    Streams,
    /// A Connect worker, distributed or standalone.
    ConnectWorker,
    /// A connector, source or sink.
    Connector,
    /// A topic.
    Topic,
    /// A broker or controller.
    Broker,
    /// MirrorMaker 2.
    MirrorMaker,
    /// librdkafka and the clients built on it.
    Librdkafka,
    /// A client of some kind: what stands there does not tell which.
    Client,
}

impl ClientKind {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::Producer,
        Self::Consumer,
        Self::Admin,
        Self::Streams,
        Self::ConnectWorker,
        Self::Connector,
        Self::Topic,
        Self::Broker,
        Self::MirrorMaker,
        Self::Librdkafka,
        Self::Client,
    ];

    /// The word for it, as in the directive `# tunelint: kind=producer`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Producer => "producer",
            Self::Consumer => "consumer",
            Self::Admin => "admin",
            Self::Streams => "streams",
            Self::ConnectWorker => "connect-worker",
            Self::Connector => "connector",
            Self::Topic => "topic",
            Self::Broker => "broker",
            Self::MirrorMaker => "mirror-maker",
            Self::Librdkafka => "librdkafka",
            Self::Client => "client",
        }
    }

    /// The kind of that word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }

    /// The ConfigDefs that a configuration of this kind is read by, without prefixes.
    #[must_use]
    pub fn scopes(self) -> &'static [Scope] {
        match self {
            Self::Producer => &[Scope::Producer],
            Self::Consumer => &[Scope::Consumer],
            Self::Admin => &[Scope::Admin],
            Self::Streams => &[
                Scope::Streams,
                Scope::Producer,
                Scope::Consumer,
                Scope::Admin,
            ],
            Self::ConnectWorker => &[Scope::ConnectDistributed, Scope::ConnectStandalone],
            Self::Connector => &[Scope::ConnectSource, Scope::ConnectSink],
            Self::Topic => &[Scope::Topic],
            Self::Broker => &[Scope::Broker],
            Self::MirrorMaker => &[
                Scope::MirrorMaker,
                Scope::MirrorSource,
                Scope::MirrorCheckpoint,
                Scope::MirrorHeartbeat,
            ],
            Self::Librdkafka => &[],
            Self::Client => &[Scope::Producer, Scope::Consumer, Scope::Admin],
        }
    }
}

/// The software that makes clients from settings of its own, with defaults of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Framework {
    /// Spring for Apache Kafka, configured by Spring Boot.
    Spring,
    /// Spring Cloud Stream.
    CloudStream,
    /// SmallRye Reactive Messaging, in Quarkus or another MicroProfile server.
    SmallRye,
    /// Debezium Server.
    Debezium,
}

impl Framework {
    /// Its name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Spring => "Spring for Apache Kafka",
            Self::CloudStream => "Spring Cloud Stream",
            Self::SmallRye => "SmallRye Reactive Messaging",
            Self::Debezium => "Debezium Server",
        }
    }

    /// What it hands a client of that kind for a key that nobody writes, where that is not
    /// Kafka's own default. Sources: `ContainerProperties` and `KafkaMessageListenerContainer`
    /// of Spring for Apache Kafka (since 2.3), `KafkaBinderConfigurationProperties`, the attribute
    /// tables of SmallRye's Kafka connector.
    #[must_use]
    pub fn default(self, kind: ClientKind, key: &str) -> Option<&'static str> {
        match (self, kind, key) {
            (
                Self::Spring | Self::CloudStream | Self::SmallRye,
                ClientKind::Consumer,
                "enable.auto.commit",
            ) => Some("false"),
            (Self::CloudStream | Self::SmallRye, ClientKind::Producer, "acks") => Some("1"),
            _ => None,
        }
    }
}

/// A place where a new setting can be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Insertion {
    /// The offset in the file.
    pub offset: u32,
    /// What goes before `key=value`: a line end, an indent.
    pub before: String,
    /// What goes after it.
    pub after: String,
    /// Between key and value: `=` or `: `.
    pub separator: &'static str,
}

/// A client's configuration as one file says it.
#[derive(Clone, Debug)]
pub struct ClientFacts {
    /// What it is for.
    pub kind: ClientKind,
    /// Why it was taken for that.
    pub why: String,
    /// What it says, in order.
    pub settings: Vec<Setting>,
    /// Whether nothing is added in code, as a directive says.
    pub complete: bool,
    /// The Kafka version that a directive sets.
    pub kafka: Option<KafkaVersion>,
    /// What to point at when no setting is to be pointed at.
    pub anchor: Span,
    /// Where a setting can be added.
    pub insert: Option<Insertion>,
    /// Where it stands in a Kubernetes object, if it does.
    pub place: Place,
    /// The section of a framework's configuration that it is, if it is one.
    pub section: Option<Section>,
}

/// A part of a framework's configuration, which the framework makes a client from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Whose.
    pub framework: Framework,
    /// The beginning that its keys share.
    pub name: String,
    /// The profile in which it counts; `None`: always.
    pub profile: Option<String>,
}

impl ClientFacts {
    /// The software that reads it and makes the client, if that is not the application itself.
    #[must_use]
    pub fn framework(&self) -> Option<Framework> {
        self.section.as_ref().map(|section| section.framework)
    }
}

/// Where in its file a configuration stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// The file itself.
    File,
    /// A part of the file: a section of a custom resource, a code fence.
    Section(String),
    /// An entry of a ConfigMap or Secret: the object's index in its file, and the entry's key.
    Data(usize, String),
    /// The environment of a container: the object's index and the container's.
    Environment(usize, usize),
}

/// A client's configuration in the model: one or more files' settings, in the order in which
/// they are read.
#[derive(Clone, Debug)]
pub struct Client<'a> {
    /// What it is called in reports.
    pub name: String,
    /// What it is for.
    pub kind: ClientKind,
    /// The file that it is reported in.
    pub file: FileId,
    /// What that file says.
    pub facts: &'a ClientFacts,
    /// Its settings with their names in this client's own terms, weakest first.
    pub settings: Vec<Entry<'a>>,
    /// For each setting the one further down that sets the same key, if there is one.
    pub again: Vec<Option<usize>>,
    /// The version of its library.
    pub kafka: KafkaVersion,
    /// The client that it is part of: a Streams application has producers and consumers.
    pub parent: Option<usize>,
    /// The workload that it runs in.
    pub workload: Option<usize>,
}

/// A setting under the name that its client knows it by.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    /// The key, without a prefix that led to this client.
    pub name: &'a str,
    /// The file.
    pub file: FileId,
    /// The setting.
    pub setting: &'a Setting,
}

/// For each of a file's settings the next one with the same written key. Only properties: in
/// YAML a key that is there already is a mistake of the document's.
#[must_use]
pub fn repeated(settings: &[Setting]) -> Vec<Option<usize>> {
    let mut seen: HashMap<&str, usize> = HashMap::new();
    let mut again = vec![None; settings.len()];
    for (at, setting) in settings.iter().enumerate().rev() {
        if setting.style == Style::Properties {
            again[at] = seen.insert(&setting.written, at);
        }
    }
    again
}

impl<'a> Client<'a> {
    /// The entry that counts for `key`: the last one.
    ///
    /// librdkafka has several names for some of its keys.
    #[must_use]
    pub fn entry(&self, key: &str) -> Option<Entry<'a>> {
        let aliased = self.kind == ClientKind::Librdkafka;
        let is_it = |entry: &&Entry<'a>| {
            entry.name == key || aliased && librdkafka::is_same(entry.name, key)
        };
        self.settings.iter().rev().find(is_it).copied()
    }

    /// The value that somebody wrote for `key`, trimmed as Kafka trims it; `None` where nobody
    /// did or a placeholder stands there.
    #[must_use]
    pub fn written(&self, key: &str) -> Option<&'a str> {
        let entry = self.entry(key)?;
        (!self.hides(entry.setting)).then_some(entry.setting.value.trim())
    }

    /// Whether a Streams configuration asks for exactly-once processing, in whatever spelling.
    #[must_use]
    pub fn is_exactly_once(&self) -> bool {
        self.written("processing.guarantee")
            .is_some_and(|guarantee| guarantee.starts_with("exactly_once"))
    }

    /// Whether what the client gets for the setting cannot be seen: a placeholder stands in it,
    /// and something may fill it in. In a `complete` file nothing does but the client itself, with
    /// the configuration providers that the file names.
    #[must_use]
    pub fn hides(&self, setting: &Setting) -> bool {
        setting.placeholder && (!self.facts.complete || self.provides(&setting.value))
    }

    /// Whether a configuration provider of this client fills something into the value
    /// (`ConfigTransformer`: `${provider:path:key}`, the path being optional).
    fn provides(&self, value: &str) -> bool {
        let entry = self.entry("config.providers");
        let Some(providers) = entry.map(|entry| &*entry.setting.value) else {
            return false;
        };
        let mut names = providers.split(',').map(str::trim);
        names.any(|name| {
            let mut references = value
                .split("${")
                .skip(1)
                .filter_map(|rest| rest.split_once('}'));
            references.any(|(inside, _)| {
                inside
                    .split_once(':')
                    .is_some_and(|(provider, _)| provider == name)
            })
        })
    }

    /// Where to point when no setting is to be pointed at.
    #[must_use]
    pub fn anchor(&self) -> Location {
        Location::new(self.file, self.facts.anchor)
    }
}
