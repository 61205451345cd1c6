//! What one file says, before it is joined with others: a pure function of its path and text.

use crate::client::ClientFacts;
use crate::directive::Directives;
use crate::image::BuildCommand;
use crate::jvm::OptionString;
use crate::kube::Object;
use crate::start::Start;
use tunelint_base::{JavaVersion, KafkaVersion, Span};
use tunelint_java::JavaFacts;

/// What a file is written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    /// Java properties.
    Properties,
    /// YAML or JSON.
    Yaml,
    /// Markdown, whose code fences are read.
    Markdown,
    /// A shell script.
    Shell,
    /// A build file of Maven or Gradle, read for versions.
    Build,
    /// A list of JVM options, one a line, as `jvm.options`.
    JvmOptions,
    /// Java.
    Java,
    /// The options of an `@argfile`, a `.jvmopts` or a `jvm.config`, between blanks.
    OptionWords,
    /// A Dockerfile.
    Dockerfile,
    /// Variables, one a line, as `env_file` of Compose and `EnvironmentFile` of systemd name them.
    Variables,
    /// A unit of systemd.
    Unit,
    /// Something that is not read.
    #[default]
    Other,
}

/// Something that cannot be read as what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// Where in the file.
    pub span: Span,
    /// What, without capital and full stop.
    pub message: String,
}

/// A shell command or an instruction that ends too early: a `\` that does not continue its line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BrokenCommand {
    /// The command's name: `java`.
    pub program: String,
    /// The first `\` that does not continue, with what follows it on the line.
    pub first: Span,
    /// All of them.
    pub all: Vec<Span>,
    /// The words that run.
    pub command: Span,
    /// The first word that runs as a command of its own.
    pub next: String,
    /// Whether it is an instruction of a Dockerfile.
    pub in_dockerfile: bool,
}

/// A key that is set again further down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DuplicateKey {
    /// The first one.
    pub first: Span,
    /// The one that repeats it.
    pub again: Span,
    /// Its name.
    pub name: String,
}

/// What one file says.
#[derive(Clone, Debug, Default)]
pub struct FileFacts {
    /// What it is written in.
    pub language: Language,
    /// What it is taken for; empty where it is none of our business.
    pub roles: Vec<String>,
    /// Kafka configurations.
    pub clients: Vec<ClientFacts>,
    /// Kubernetes objects.
    pub objects: Vec<Object>,
    /// JVM options outside of Kubernetes objects, of which no start is known.
    pub options: Vec<OptionString>,
    /// Starts of `java` in scripts.
    pub starts: Vec<Start>,
    /// Commands that build images.
    pub builds: Vec<BuildCommand>,
    /// Shell commands that end too early.
    pub broken_commands: Vec<BrokenCommand>,
    /// Mapping keys of Kubernetes objects that are set twice.
    pub duplicates: Vec<DuplicateKey>,
    /// What cannot be read.
    pub errors: Vec<SyntaxError>,
    /// `# tunelint:` comments.
    pub directives: Directives,
    /// The version of Kafka's clients that a build file names.
    pub kafka: Option<(KafkaVersion, Span)>,
    /// The Java release that a build file names.
    pub java: Option<(JavaVersion, Span)>,
    /// Java sources: the file itself, or its code fences.
    pub sources: Vec<JavaFacts>,
    /// Ranges that no output may show.
    pub secrets: Vec<Span>,
}

impl FileFacts {
    /// Whether the file is any of our business.
    #[must_use]
    pub fn is_recognised(&self) -> bool {
        !self.roles.is_empty()
    }

    /// Notes a role, once.
    pub fn add_role(&mut self, role: impl Into<String>) {
        let role = role.into();
        if !self.roles.contains(&role) {
            self.roles.push(role);
        }
    }
}
