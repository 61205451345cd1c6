//! How a process is started, as far as a command, a script or an image tells.

use crate::jvm::OptionString;
use tunelint_base::{JavaVersion, Span};

/// What can be seen of a start.
#[derive(Clone, Debug, Default)]
pub struct Start {
    /// The options of the command line of `java`, in order; a variable or file that stands for
    /// more of them is a string of its own.
    pub strings: Vec<OptionString>,
    /// The word `java`, where it is started.
    pub java: Option<Span>,
    /// The release in the path of `java`: `/usr/lib/jvm/java-17/bin/java`.
    pub release: Option<JavaVersion>,
    /// The variables that a shell or the kubelet expands there.
    pub expands: Vec<String>,
    /// Whether `java` would still take words as options that were put behind its own.
    pub open: bool,
    /// The script that is run instead.
    pub script: Option<Box<str>>,
    /// Whether the program may read any variable: a script or program that cannot be seen.
    pub unseen: bool,
}

impl Start {
    /// Notes the word that starts `java`, and the release in its path.
    pub(crate) fn found_java(&mut self, word: &str, span: Span) {
        self.java = Some(span);
        let parts = word.rsplit('/').skip(2);
        self.release = parts.into_iter().find_map(release_of);
    }

    /// Whether an option is written here, not only a variable or file that may hold some.
    #[must_use]
    pub fn has_options(&self) -> bool {
        self.strings
            .iter()
            .any(|string| string.stands.is_none() && !string.flags.is_empty())
    }
}

/// The release in the name of a folder: `java-17-openjdk`, `jdk-21.0.4+7`, `temurin-25`.
fn release_of(folder: &str) -> Option<JavaVersion> {
    const HEADS: [&str; 8] = [
        "java-",
        "jdk-",
        "jre-",
        "openjdk-",
        "temurin-",
        "corretto-",
        "zulu-",
        "jdk",
    ];
    let rest = HEADS.iter().find_map(|head| folder.strip_prefix(head))?;
    rest.starts_with(|c: char| c.is_ascii_digit())
        .then(|| rest.parse().ok())
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_tell_the_release() {
        let release = |path: &str| {
            let mut start = Start::default();
            start.found_java(path, Span::default());
            start.release.map(|release| release.0)
        };
        assert_eq!(
            release("/usr/lib/jvm/java-17-openjdk-amd64/bin/java"),
            Some(17)
        );
        assert_eq!(release("/opt/jdk-21.0.4+7/bin/java"), Some(21));
        assert_eq!(
            release("/usr/lib/jvm/java-1.8.0-openjdk/jre/bin/java"),
            Some(8)
        );
        assert_eq!(release("/usr/bin/java"), None);
        assert_eq!(release("java"), None);
        assert_eq!(release("$JAVA_HOME/bin/java"), None);
    }
}
