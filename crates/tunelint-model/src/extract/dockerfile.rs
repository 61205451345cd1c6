//! Dockerfiles: for each stage its environment, what it starts, and the Java in it.

use super::environment;
use super::jvm::{looks_like_options, split_string};
use super::pod::arguments;
use crate::file::FileFacts;
use crate::fragment::Fragment;
use crate::image::{ImageFacts, ImageName, name_and_tag};
use crate::jvm::{Carrier, OptionString, carrier_of};
use crate::kube::{ContainerFacts, EnvValue, Object, Platform, Pod, Sourced};
use crate::setting::is_secret_name;
use tunelint_syntax::dockerfile::{self, Dockerfile, Word};

mod broken;
mod java;
mod stage;
mod values;

use stage::{Stage, stages};

/// Whether a file of that name, in lower case, is a Dockerfile.
pub(super) fn is_dockerfile(name: &str) -> bool {
    const OTHERS: [&str; 5] = ["dockerignore", "md", "txt", "sh", "yml"];
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    let begins = ["dockerfile", "containerfile"].iter().any(|word| {
        name.strip_prefix(word)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '-', '_']))
    });
    (begins && !OTHERS.contains(&extension)) || matches!(extension, "dockerfile" | "containerfile")
}

pub(super) fn extract(facts: &mut FileFacts, fragment: &Fragment<'_>, path: &str) {
    let file = dockerfile::parse(&fragment.text);
    let broken = broken::commands(fragment, &file);
    if !broken.is_empty() {
        facts.add_role("image that cannot be built");
    }
    facts.broken_commands.extend(broken);
    let stages = stages(fragment, &file);
    let count = stages.len();
    let names = names(path);
    for (at, stage) in stages.into_iter().enumerate() {
        note_secrets(facts, &stage);
        let is_last = at + 1 == count;
        let index = facts.objects.len();
        let object = object(stage, names.clone(), is_last);
        let container = object.pod.iter().flat_map(|pod| &pod.containers).next();
        let says = container.is_some_and(|container| {
            !container.options.is_empty() || container.start.java.is_some()
        });
        let has_java = object
            .image
            .as_ref()
            .is_some_and(|image| image.java.is_some());
        if is_last && (says || has_java) {
            facts.add_role(if says {
                "image with JVM options or a start of Java"
            } else {
                "image with Java"
            });
        }
        if let Some(pod) = object.pod.as_ref().filter(|_| is_last) {
            environment::clients(facts, pod, index);
        }
        facts.objects.push(object);
    }
}

fn note_secrets(facts: &mut FileFacts, stage: &Stage) {
    for variable in &stage.env {
        if let EnvValue::Literal(value) = &variable.value
            && is_secret_name(&variable.name.text)
        {
            facts.secrets.push(value.span);
        }
    }
}

/// What the image of a Dockerfile at that path is called: its folder, or the file's own name.
fn names(path: &str) -> Vec<ImageName> {
    let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
    let lower = file.to_ascii_lowercase();
    let mut names = Vec::new();
    let own = lower
        .strip_prefix("dockerfile.")
        .or_else(|| lower.strip_suffix(".dockerfile"))
        .or_else(|| lower.strip_prefix("dockerfile-"));
    if let Some(own) = own {
        names.push(ImageName {
            name: own.to_owned(),
            how: "its name says so".to_owned(),
        });
    }
    // `payments/src/main/docker/Dockerfile.jvm` is in the folder of its project; `app` may be its
    // name, or a part of it.
    const INSIDE: [&str; 8] = [
        "docker",
        "src",
        "main",
        "build",
        "container",
        "image",
        "deploy",
        ".",
    ];
    let mut folders = folder
        .split('/')
        .rev()
        .filter(|part| !part.is_empty() && !INSIDE.contains(part));
    let project = folders.next();
    let around = project.filter(|name| *name == "app").and(folders.next());
    for name in [project, around].into_iter().flatten() {
        names.push(ImageName {
            name: name.to_ascii_lowercase(),
            how: "its folder is called so".to_owned(),
        });
    }
    names
}

fn object(stage: Stage, mut names: Vec<ImageName>, is_last: bool) -> Object {
    names.extend(stage.title.iter().map(|title| ImageName {
        name: name_and_tag(title).0.to_ascii_lowercase(),
        how: "its label says so".to_owned(),
    }));
    let (entry, start) = (stage.entry(), stage.start());
    let literal = stage.literal();
    let container = ContainerFacts {
        image: stage.base.clone(),
        options: stage.options,
        env: stage.env,
        arguments: arguments(&[]),
        start,
        span: stage.span,
        unseen: true,
        ..ContainerFacts::default()
    };
    Object {
        platform: Platform::Image,
        kind: "Dockerfile".to_owned(),
        span: stage.span,
        pod: Some(Pod {
            containers: vec![container],
            ..Pod::default()
        }),
        image: Some(ImageFacts {
            names,
            stage: stage.name,
            is_last,
            base: stage.base,
            java: stage.java,
            has_entrypoint: stage.entrypoint.is_some(),
            literal,
            entry,
            copies: stage.copies,
        }),
        ..Object::default()
    }
}

/// A word with its place in the file.
fn sourced(fragment: &Fragment<'_>, word: &Word) -> Sourced {
    fragment.part(&word.text, &word.map)
}
