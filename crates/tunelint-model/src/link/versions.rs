//! Which Kafka and which Java: the command line, a directive, `tunelint.toml`, a build file or an
//! image tag, else the newest final release.

use super::file_id;
use crate::model::{Model, Options, SourceFile};
use tunelint_base::{FileId, JavaVersion, KafkaVersion, Location};
use tunelint_catalog::{jvm, kafka};

/// The Java of an image.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seen {
    pub(super) version: JavaVersion,
    pub(super) hotspot: bool,
    pub(super) location: Location,
}

/// The Java of a JVM.
#[derive(Clone, Debug)]
pub(super) struct Release {
    pub(super) version: JavaVersion,
    /// Whether it was chosen or seen, rather than assumed.
    pub(super) known: bool,
    /// Where it was seen, and what is to be seen there.
    pub(super) from: Option<(Location, String)>,
    pub(super) hotspot: bool,
}

pub(super) struct Versions<'a> {
    files: &'a [SourceFile],
    /// Those that are build files.
    builds: Vec<(FileId, &'a SourceFile)>,
    options: &'a Options,
}

impl<'a> Versions<'a> {
    pub(super) fn new(files: &'a [SourceFile], options: &'a Options) -> Self {
        let says = |file: &SourceFile| file.facts.kafka.is_some() || file.facts.java.is_some();
        let numbered = files.iter().enumerate();
        Self {
            files,
            builds: numbered
                .filter(|(_, file)| says(file))
                .map(|(at, file)| (file_id(at), file))
                .collect(),
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
            .or_else(|| self.build(id, |file, _| file.facts.kafka.map(|(version, _)| version)))
            .unwrap_or(kafka::NEWEST_RELEASE)
    }

    /// The release that a JVM of that file has. `seen`: what its image has, as far as that is known.
    pub(super) fn java(&self, id: FileId, seen: Option<Seen>) -> Release {
        let options = self.options;
        let directive = self
            .files
            .get(id.0 as usize)
            .and_then(|file| file.facts.directives.java);
        let hotspot = seen.is_none_or(|seen| seen.hotspot);
        let release = |version, from| Release {
            version,
            known: true,
            from,
            hotspot,
        };
        if let Some(version) = options.java.or(directive).or(options.java_config) {
            return release(version, None);
        }
        if let Some(seen) = seen {
            let label = format!("Java {} comes from here", seen.version);
            return release(seen.version, Some((seen.location, label)));
        }
        let built = self.build(id, |file, at| {
            let (version, span) = file.facts.java?;
            Some((version, Location::new(at, span)))
        });
        match built {
            Some((version, location)) => {
                let label = format!("Java {version} is chosen here");
                release(version, Some((location, label)))
            }
            None => Release {
                version: jvm::NEWEST,
                known: false,
                from: None,
                hotspot,
            },
        }
    }

    /// What the nearest build file in the folders above a file says.
    fn build<T>(&self, id: FileId, get: impl Fn(&SourceFile, FileId) -> Option<T>) -> Option<T> {
        let path = &self.files.get(id.0 as usize)?.path;
        let above = self
            .builds
            .iter()
            .filter(|(_, file)| path.starts_with(folder_of(&file.path)));
        let says =
            above.filter_map(|(at, file)| Some((folder_of(&file.path).len(), get(file, *at)?)));
        let nearest = says.fold(None, |best: Option<(usize, T)>, next| match best {
            Some(best) if best.0 > next.0 => Some(best),
            _ => Some(next),
        });
        nearest.map(|(_, found)| found)
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
    }
}
