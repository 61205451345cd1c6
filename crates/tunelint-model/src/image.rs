//! How images are built, as far as it says what runs in them.

use crate::kube::Sourced;
use crate::start::Start;
use tunelint_base::{JavaVersion, Span};

/// What an image is, as one stage of a Dockerfile or a Jib configuration says.
#[derive(Clone, Debug, Default)]
pub struct ImageFacts {
    /// What it is called, and where that is to be seen.
    pub names: Vec<ImageName>,
    /// The stage's name.
    pub stage: Option<String>,
    /// Whether it is the stage that is built where none is named.
    pub is_last: bool,
    /// The image that it is built on, with its arguments filled in.
    pub base: Option<Sourced>,
    /// The Java that is in it.
    pub java: Option<ImageJava>,
    /// What its entry point starts without further arguments.
    pub entry: Start,
    /// Whether it has an entry point, so that arguments are given to it.
    pub has_entrypoint: bool,
    /// A variable in the exec form of its start, which no shell fills in: the name, the word, and
    /// whether `java` refuses the word as it stands.
    pub literal: Option<Literal>,
    /// The files that are copied into it from the build context: source and target.
    pub copies: Vec<(String, String)>,
}

/// A word that holds a variable and is taken as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Literal {
    /// The variable, as it is written.
    pub variable: String,
    /// The word.
    pub span: Span,
    /// Whether `java` cannot start with the word.
    pub refused: bool,
}

/// A name of an image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImageName {
    /// The name, perhaps with registry and tag.
    pub name: String,
    /// How it is known, as the end of a sentence: `its folder is called so`.
    pub how: String,
}

/// The Java in an image.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ImageJava {
    /// The release.
    pub release: JavaVersion,
    /// Where it is to be seen.
    pub span: Span,
    /// Whether it is HotSpot; OpenJ9 takes other options.
    pub hotspot: bool,
}

/// A command that builds an image.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BuildCommand {
    /// The names that it gives, with their places.
    pub names: Vec<(String, Span)>,
    /// The Dockerfile that it reads, if it names one.
    pub dockerfile: Option<String>,
    /// The stage that it builds, if it names one.
    pub target: Option<String>,
    /// The folder that it builds in.
    pub context: Option<String>,
}

/// An image's name without tag and digest, and its tag.
#[must_use]
pub fn name_and_tag(image: &str) -> (&str, Option<&str>) {
    let image = image.split('@').next().unwrap_or(image);
    match image.rsplit_once(':') {
        Some((name, tag)) if !tag.contains('/') => (name, Some(tag)),
        _ => (image, None),
    }
}

/// The last part of an image's name: `payments` of `registry.example/team/payments:1.2`.
#[must_use]
pub fn short_name(image: &str) -> &str {
    let (name, _) = name_and_tag(image);
    name.rsplit('/').next().unwrap_or(name)
}

/// The Java that an image of that name has, and whether it is HotSpot: `eclipse-temurin:17-jre`,
/// `amazoncorretto:21`, `gcr.io/distroless/java17-debian12`, `ubi9/openjdk-21`.
#[must_use]
pub fn java_of(image: &str) -> Option<(JavaVersion, bool)> {
    /// Images whose tag begins with the release of Java.
    const BY_TAG: [&str; 19] = [
        "eclipse-temurin",
        "openjdk",
        "amazoncorretto",
        "zulu-openjdk",
        "zulu-openjdk-alpine",
        "zulu-openjdk-debian",
        "zulu-openjdk-centos",
        "ibm-semeru-runtimes",
        "sapmachine",
        "bellsoft-liberica",
        "liberica-openjdk-alpine",
        "liberica-openjdk-debian",
        "liberica-openjre-alpine",
        "liberica-openjre-debian",
        "liberica-runtime-container",
        "jdk-community",
        "adoptopenjdk",
        "microsoft-openjdk",
        "corretto",
    ];
    /// Before the release in a tag.
    const TAG_HEADS: [&str; 6] = ["open-", "jre-", "jdk-", "openjdk-", "jdk", "jre"];
    /// Images whose name holds the release.
    const BY_NAME: [&str; 4] = ["java", "openjdk-", "jdk-", "jre-"];
    let (name, tag) = name_and_tag(image);
    let last = name.rsplit('/').next().unwrap_or(name);
    let hotspot = !(image.contains("semeru") || image.contains("openj9"));
    let microsoft = name.ends_with("mcr.microsoft.com/openjdk/jdk");
    let of_tag = |tag: &str| {
        let tag = TAG_HEADS
            .iter()
            .find_map(|head| tag.strip_prefix(head))
            .unwrap_or(tag);
        digits_first(tag)
    };
    if BY_TAG.contains(&last) || microsoft {
        return Some((of_tag(tag?)?, hotspot));
    }
    // `ubi9/openjdk-21-runtime:1.20`, `distroless/java21-debian12`: these names are nobody's own.
    let vendor = ["distroless/", "ubi8/", "ubi9/", "ubi10/", "redhat"];
    if vendor.iter().any(|part| name.contains(part)) {
        let release = BY_NAME
            .iter()
            .find_map(|head| digits_first(last.strip_prefix(head)?))?;
        return Some((release, hotspot));
    }
    // `maven:3.9-eclipse-temurin-21`, `gradle:8.10-jdk21-alpine`.
    if ["maven", "gradle"].contains(&last) && !name.contains('.') {
        let tag = tag?;
        let words = ["temurin-", "corretto-", "openjdk-", "jdk", "jre"];
        let release = words
            .iter()
            .find_map(|word| digits_first(tag.split_once(word)?.1))?;
        return Some((release, !tag.contains("semeru")));
    }
    None
}

fn digits_first(text: &str) -> Option<JavaVersion> {
    text.starts_with(|c: char| c.is_ascii_digit())
        .then(|| text.parse().ok())
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn images_tell_java() {
        let java = |image| java_of(image).map(|(release, hotspot)| (release.0, hotspot));
        for (image, expected) in [
            ("eclipse-temurin:17.0.9_9-jre", Some((17, true))),
            ("docker.io/library/openjdk:8-jdk-alpine", Some((8, true))),
            ("amazoncorretto:21", Some((21, true))),
            ("azul/zulu-openjdk:11.0.2", Some((11, true))),
            ("ibm-semeru-runtimes:open-17-jre", Some((17, false))),
            (
                "gcr.io/distroless/java21-debian12:nonroot",
                Some((21, true)),
            ),
            (
                "registry.access.redhat.com/ubi9/openjdk-21-runtime:1.20",
                Some((21, true)),
            ),
            ("mcr.microsoft.com/openjdk/jdk:17-ubuntu", Some((17, true))),
            ("maven:3.9.9-eclipse-temurin-21", Some((21, true))),
            ("gradle:8.10-jdk17-alpine", Some((17, true))),
            (
                "bellsoft/liberica-runtime-container:jre-21-slim-musl",
                Some((21, true)),
            ),
            ("eclipse-temurin:latest", None),
            ("eclipse-temurin", None),
            ("eclipse-temurin@sha256:abc", None),
            ("payments:17", None),
            ("team/java17-service:3", None),
        ] {
            assert_eq!(java(image), expected, "{image}");
        }
    }

    #[test]
    fn names_are_short() {
        assert_eq!(short_name("registry:5000/a/b:1@sha256:0"), "b");
        assert_eq!(
            name_and_tag("registry:5000/a/b"),
            ("registry:5000/a/b", None)
        );
    }
}
