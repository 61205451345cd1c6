//! The Java that an instruction brings into an image.

use crate::fragment::Fragment;
use crate::image::{ImageJava, java_of};
use crate::kube::Sourced;
use tunelint_base::{JavaVersion, OffsetMap, Span};
use tunelint_syntax::dockerfile::Instruction;

/// That of the image that a stage is built on.
pub(super) fn of_image(base: &Sourced) -> Option<ImageJava> {
    let (release, hotspot) = java_of(&base.text).filter(|_| !base.placeholder)?;
    Some(ImageJava {
        release,
        span: base.span,
        hotspot,
    })
}

/// The package with a Java that `RUN` installs: `openjdk-17-jre-headless`, `java-21-openjdk`,
/// `openjdk17-jre`, `temurin-21-jdk`. With two different ones nothing is known.
pub(super) fn installed(fragment: &Fragment<'_>, instruction: &Instruction) -> Option<ImageJava> {
    let text = &instruction.text;
    let installs = ["install", "apk add", "apk --no-cache add"];
    if !installs.iter().any(|word| text.contains(word)) {
        return None;
    }
    let mut found: Option<ImageJava> = None;
    let mut next = 0;
    for word in text.split([' ', '\t', ';', '&', '=', '\n']) {
        let at = next;
        next += word.len() + 1;
        let Some(release) = release_of(word) else {
            continue;
        };
        let range = Span::new(at, at + word.len());
        let map = fragment.through(&OffsetMap::verbatim(range).through(&instruction.map));
        let java = ImageJava {
            release,
            span: map.to_source(Span::new(0, word.len())),
            hotspot: true,
        };
        match found {
            Some(other) if other.release != release => return None,
            Some(_) => {}
            None => found = Some(java),
        }
    }
    found
}

fn release_of(package: &str) -> Option<JavaVersion> {
    let rest = [
        "openjdk-",
        "openjdk",
        "java-",
        "temurin-",
        "zulu",
        "bellsoft-java",
    ]
    .iter()
    .find_map(|head| package.strip_prefix(head))?;
    let digits = rest
        .split(|c: char| !c.is_ascii_digit() && c != '.')
        .next()?;
    let tail = &rest[digits.len()..];
    let is_java = ["-jre", "-jdk", "-openjdk", "-amazon-corretto", "-ca", ""];
    let fits = is_java
        .iter()
        .any(|end| tail == *end || (!end.is_empty() && tail.starts_with(end)));
    (rest.starts_with(|c: char| c.is_ascii_digit()) && fits)
        .then(|| digits.parse().ok())
        .flatten()
}

/// Whether a path in an image is that of a Java: `/opt/java/openjdk`, `/javaruntime`, `/jre`.
pub(super) fn is_home(path: &str) -> bool {
    let last = path.trim_end_matches('/').rsplit('/').next().unwrap_or("");
    let names = ["java", "jdk", "jre", "corretto", "zulu"];
    let lower = last.to_ascii_lowercase();
    let is_file = [".jar", ".java", ".sh", ".properties", ".class"]
        .iter()
        .any(|end| lower.ends_with(end));
    !is_file && names.iter().any(|name| lower.contains(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packages_tell_java() {
        for (package, release) in [
            ("openjdk-17-jre-headless", Some(17)),
            ("openjdk21-jre", Some(21)),
            ("java-11-openjdk-headless", Some(11)),
            ("java-1.8.0-openjdk", Some(8)),
            ("java-21-amazon-corretto", Some(21)),
            ("temurin-25-jdk", Some(25)),
            ("openjdk-17", Some(17)),
            ("openjdk-17-tools", None),
            ("java-common", None),
            ("ca-certificates-java", None),
        ] {
            assert_eq!(release_of(package).map(|r| r.0), release, "{package}");
        }
        assert!(is_home("/opt/java/openjdk"));
        assert!(is_home("/javaruntime"));
        assert!(!is_home("/app/java-app.jar"));
    }
}
