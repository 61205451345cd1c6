//! Which Kafka and which Java: the command line, a directive, `tunelint.toml`, a build file or an
//! image tag, else the newest final release.

use crate::model::{Model, Options, SourceFile};
use tunelint_base::{FileId, JavaVersion, KafkaVersion};
use tunelint_catalog::{jvm, kafka};

pub(super) struct Versions<'a> {
    files: &'a [SourceFile],
    /// Those that are build files.
    builds: Vec<&'a SourceFile>,
    options: &'a Options,
}

impl<'a> Versions<'a> {
    pub(super) fn new(files: &'a [SourceFile], options: &'a Options) -> Self {
        let says = |file: &&SourceFile| file.facts.kafka.is_some() || file.facts.java.is_some();
        Self {
            files,
            builds: files.iter().filter(says).collect(),
            options,
        }
    }

    /// The version that a client of that file has, `directive` being its own word.
    pub(super) fn kafka(&self, id: FileId, directive: Option<KafkaVersion>) -> KafkaVersion {
        let options = self.options;
        options
            .kafka
            .or(directive)
            .or(options.kafka_config)
            .or_else(|| self.build(id, |file| file.facts.kafka.map(|(version, _)| version)))
            .unwrap_or(kafka::NEWEST_RELEASE)
    }

    /// The release that a JVM of that file has, and whether anything says so.
    pub(super) fn java(&self, id: FileId, image: Option<&str>) -> (JavaVersion, bool) {
        let options = self.options;
        let directive = self
            .files
            .get(id.0 as usize)
            .and_then(|file| file.facts.directives.java);
        let known = options
            .java
            .or(directive)
            .or(options.java_config)
            .or_else(|| image.and_then(java_of_image));
        let built = || self.build(id, |file| file.facts.java.map(|(version, _)| version));
        known
            .or_else(built)
            .map_or((jvm::NEWEST, false), |version| (version, true))
    }

    /// What the nearest build file in the folders above a file says.
    fn build<T>(&self, id: FileId, get: impl Fn(&SourceFile) -> Option<T>) -> Option<T> {
        let path = &self.files.get(id.0 as usize)?.path;
        let above =
            |file: &&&SourceFile| path.starts_with(folder_of(&file.path)) && get(file).is_some();
        let nearest = self
            .builds
            .iter()
            .filter(above)
            .max_by_key(|file| folder_of(&file.path).len());
        nearest.and_then(|file| get(file))
    }

    /// A workload's image tells the version of clients that come with the image.
    pub(super) fn of_workloads(&self, model: &mut Model<'_>) {
        if self.options.kafka.is_some() || self.options.kafka_config.is_some() {
            return;
        }
        for at in 0..model.clients.len() {
            let client = &model.clients[at];
            let image = client
                .workload
                .and_then(|workload| model.workloads[workload].container)
                .and_then(|container| model.containers[container].facts.image.as_ref());
            let version = image.and_then(|image| kafka_of_image(&image.text));
            if let (Some(version), None) = (version, client.facts.kafka) {
                model.clients[at].kafka = version;
            }
        }
    }
}

fn folder_of(path: &str) -> &str {
    path.rfind('/').map_or("", |at| &path[..=at])
}

fn name_and_tag(image: &str) -> Option<(&str, &str)> {
    let image = image.split('@').next().unwrap_or(image);
    image.rsplit_once(':').filter(|(_, tag)| !tag.contains('/'))
}

/// `eclipse-temurin:17-jre`, `openjdk:11`, `amazoncorretto:21`: images of Java itself.
fn java_of_image(image: &str) -> Option<JavaVersion> {
    let (name, tag) = name_and_tag(image)?;
    let base = name.rsplit('/').next().unwrap_or(name);
    let known = [
        "eclipse-temurin",
        "openjdk",
        "amazoncorretto",
        "zulu-openjdk",
        "ibm-semeru-runtimes",
        "sapmachine",
        "bellsoft-liberica",
    ];
    known
        .contains(&base)
        .then(|| tag.trim_start_matches("open-").parse().ok())
        .flatten()
}

/// `apache/kafka:3.9.0`, Strimzi's `…-kafka-3.9.0`, and Confluent Platform, whose 7.x carry Kafka
/// 3.x and whose 8.x carry 4.x (Confluent: supported versions and interoperability).
fn kafka_of_image(image: &str) -> Option<KafkaVersion> {
    let (name, tag) = name_and_tag(image)?;
    if name.ends_with("apache/kafka") || name.ends_with("apache/kafka-native") {
        return leading(tag);
    }
    if let Some((_, version)) = tag.split_once("-kafka-") {
        return leading(version);
    }
    if name.contains("confluentinc/cp-") {
        let platform = leading(tag)?;
        return match platform.major {
            8 => Some(KafkaVersion::new(4, platform.minor)),
            7 => Some(KafkaVersion::new(3, platform.minor)),
            6 => Some(KafkaVersion::new(2, platform.minor + 6)),
            5 if platform.minor >= 4 => Some(KafkaVersion::new(2, platform.minor)),
            _ => None,
        };
    }
    None
}

fn leading(tag: &str) -> Option<KafkaVersion> {
    let end = tag
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .unwrap_or(tag.len());
    tag[..end].parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn images_tell_versions() {
        let kafka = |image| kafka_of_image(image).map(|version| version.to_string());
        assert_eq!(kafka("apache/kafka:3.9.0").as_deref(), Some("3.9.0"));
        assert_eq!(
            kafka("quay.io/strimzi/kafka:0.45.0-kafka-3.9.0").as_deref(),
            Some("3.9.0")
        );
        assert_eq!(
            kafka("confluentinc/cp-kafka-connect:7.5.0").as_deref(),
            Some("3.5")
        );
        assert_eq!(kafka("confluentinc/cp-kafka-connect:latest"), None);
        assert_eq!(
            java_of_image("eclipse-temurin:17.0.9_9-jre"),
            Some(JavaVersion(17))
        );
        assert_eq!(java_of_image("payments:17"), None);
    }
}
