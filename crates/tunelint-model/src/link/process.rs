//! What starts in a container, and which option strings reach its JVM.

use super::environment::Environment;
use super::images::Images;
use super::lists::named;
use super::paths::{Paths, name_of};
use crate::file::Language;
use crate::image::{java_of, short_name};
use crate::jvm::{Carrier, OptionString, Stand, kafka_order};
use crate::kube::Platform;
use crate::model::{Container, Image, Model};
use crate::start::Start;
use tunelint_base::{FileId, Location};

/// An option string with its file.
pub(super) type Placed<'a> = (FileId, &'a OptionString);

/// What starts in the container.
#[derive(Default)]
pub(super) struct Process<'a> {
    /// What is started, with the file that says so; arguments of the manifest stand last.
    pub(super) starts: Vec<(FileId, &'a Start)>,
    /// The script that it goes through.
    pub(super) script: Option<FileId>,
}

impl<'a> Process<'a> {
    pub(super) fn java(&self) -> Option<Location> {
        let mut starts = self.starts.iter();
        starts.find_map(|(file, start)| Some(Location::new(*file, start.java?)))
    }

    pub(super) fn expands(&self) -> Vec<&'a str> {
        let all = self.starts.iter().flat_map(|(_, start)| &start.expands);
        all.map(String::as_str).collect()
    }

    fn is_unseen(&self) -> bool {
        self.java().is_none() && self.starts.iter().any(|(_, start)| start.unseen)
    }
}

/// The command and the arguments of the container, or those of its image.
pub(super) fn process<'a>(
    model: &Model<'a>,
    paths: &Paths<'a>,
    container: &Container<'a>,
) -> Process<'a> {
    let facts = container.facts;
    let own = (container.file, &facts.start);
    // The image that says what is started: the container's, or one that it is built on.
    let image = container.images.iter().find(|image| {
        let start = &image.container.start;
        image.facts.has_entrypoint || start.java.is_some() || start.unseen || start.script.is_some()
    });
    let starts = match image {
        _ if !facts.command.is_empty() => vec![own],
        None => vec![own],
        Some(image) if facts.args.is_empty() => vec![(image.file, &image.container.start)],
        Some(image) if image.facts.has_entrypoint => {
            let entry = (image.file, &image.facts.entry);
            if image.facts.entry.java.is_some() && image.facts.entry.open {
                vec![entry, (container.file, &facts.arguments)]
            } else {
                vec![entry]
            }
        }
        Some(_) => vec![own],
    };
    let mut process = Process {
        starts,
        script: None,
    };
    if process.java().is_none() {
        through_script(model, paths, container, &mut process);
    }
    process
}

/// Goes on with the script that is run, where it is among the files.
fn through_script<'a>(
    model: &Model<'a>,
    paths: &Paths<'a>,
    container: &Container<'a>,
    process: &mut Process<'a>,
) {
    let Some((from, path)) = process
        .starts
        .iter()
        .find_map(|(file, start)| Some((*file, start.script.as_deref()?)))
    else {
        return;
    };
    let is_script = |file: FileId| {
        model
            .file(file)
            .is_some_and(|file| file.facts.language == Language::Shell)
    };
    let name = name_of(path);
    let copied = container.images.iter().find_map(|image| {
        let sources = image.facts.copies.iter();
        let source = sources
            .filter(|(source, target)| name_of(source) == name || name_of(target) == name)
            .find_map(|(source, _)| {
                let folder = super::paths::folder_of(&model.file(image.file)?.path);
                let source = source.trim_start_matches('/');
                paths.at(folder, source).or_else(|| paths.at("", source))
            });
        source.filter(|file| is_script(*file))
    });
    let Some(script) = copied.or_else(|| paths.nearest(model, from, name, is_script)) else {
        return;
    };
    let facts = model.file(script).map(|file| &file.facts);
    let starts: Vec<&'a Start> = facts.map_or(Vec::new(), |facts| {
        let with_java = facts.starts.iter().filter(|start| start.java.is_some());
        with_java.collect()
    });
    if let [start] = starts.as_slice() {
        process.starts = vec![(script, start)];
        process.script = Some(script);
    }
}

/// The strings that reach the JVM, in the order in which it takes them, and whether there may be
/// more of them than can be seen.
pub(super) fn strings<'a>(
    model: &Model<'a>,
    paths: &Paths<'a>,
    container: &Container<'a>,
    environment: &Environment<'a>,
    process: &Process<'a>,
) -> (Vec<Placed<'a>>, bool) {
    let java = process.java().is_some();
    let is_image = container.platform() == Platform::Image;
    let known = environment.complete
        && container.images.last().is_some_and(is_plain)
        && !container.facts.unseen;
    let mut command: Vec<Placed<'a>> = Vec::new();
    let mut used: Vec<&str> = Vec::new();
    for (file, start) in &process.starts {
        for string in &start.strings {
            match &string.stands {
                Some(Stand::Variable(name)) => {
                    let set = |(_, other): &&Placed<'a>| other.name == *name;
                    match environment.strings.iter().find(set) {
                        Some(found) => {
                            used.push(name);
                            command.push(*found);
                        }
                        // What nobody sets is empty, where all who could are known.
                        None if known && !is_set_elsewhere(container, name) => {}
                        None => command.push((*file, string)),
                    }
                }
                Some(Stand::File(path)) => {
                    let found = named(model, paths, &container.images, *file, path);
                    match found {
                        Some(found) => command.push(found),
                        None => command.push((*file, string)),
                    }
                }
                None => command.push((*file, string)),
            }
        }
    }
    let script = process.script.and_then(|file| model.file(file));
    let of = |carrier: Carrier| {
        let all = environment.strings.iter().copied();
        all.filter(move |(_, string)| string.carrier == carrier)
    };
    let mut all: Vec<Placed<'a>> = of(Carrier::ToolOptions).collect();
    all.extend(of(Carrier::JdkJavaOptions));
    let mut by_script: Vec<Placed<'a>> = of(Carrier::Script)
        .filter(|(_, string)| !used.contains(&&*string.name))
        // A variable that only a start script would read does not reach a `java` that is started
        // directly.
        .filter(|(_, string)| {
            let name = &*string.name;
            let expanded = process
                .starts
                .iter()
                .any(|(_, s)| s.expands.iter().any(|e| e == name));
            !java || expanded || script.is_some_and(|file| file.text.as_str().contains(name))
        })
        .collect();
    by_script.sort_by_key(|(_, string)| kafka_order(&string.name));
    all.extend(by_script);
    // A script may set a variable that the JVM reads itself.
    command.sort_by_key(|(_, string)| match string.carrier {
        Carrier::ToolOptions => 0,
        Carrier::JdkJavaOptions => 1,
        Carrier::Script | Carrier::CommandLine => 2,
        Carrier::UnderscoreJavaOptions => 3,
    });
    all.extend(command);
    all.extend(of(Carrier::UnderscoreJavaOptions));
    let hidden = !environment.complete || container.facts.unseen || is_image || process.is_unseen();
    (all, hidden)
}

/// Whether the image that the files end at is one of Java or of an operating system, which set no
/// options. Those of an organisation may.
fn is_plain(image: &Image<'_>) -> bool {
    const SYSTEMS: [&str; 12] = [
        "scratch",
        "debian",
        "ubuntu",
        "alpine",
        "amazonlinux",
        "centos",
        "fedora",
        "rockylinux",
        "almalinux",
        "busybox",
        "ubi-minimal",
        "ubi-micro",
    ];
    image.facts.base.as_ref().is_none_or(|base| {
        let name = short_name(&base.text);
        !base.placeholder && (java_of(&base.text).is_some() || SYSTEMS.contains(&name))
    })
}

fn is_set_elsewhere(container: &Container<'_>, name: &str) -> bool {
    container.facts.sets(name)
        || container
            .images
            .iter()
            .any(|image| image.container.sets(name))
}

/// The Java of a container: that of the files of its image, else what the image's name tells.
pub(super) fn release(
    container: &Container<'_>,
    process: &Process<'_>,
) -> Option<super::versions::Seen> {
    use super::versions::Seen;
    let described = container.images.iter().find_map(|image| {
        let java = image.facts.java?;
        Some(Seen {
            version: java.release,
            hotspot: java.hotspot,
            location: Location::new(image.file, java.span),
        })
    });
    let path = || {
        process
            .starts
            .iter()
            .find_map(|(file, start)| release_of_path(*file, start))
    };
    described.or_else(path).or_else(|| {
        let image = container
            .facts
            .image
            .as_ref()
            .filter(|image| !image.placeholder)?;
        let (version, hotspot) = java_of(&image.text)?;
        Some(Seen {
            version,
            hotspot,
            location: Location::new(container.file, image.span),
        })
    })
}

/// The Java that the path of `java` names.
pub(super) fn release_of_path(file: FileId, start: &Start) -> Option<super::versions::Seen> {
    Some(super::versions::Seen {
        version: start.release?,
        hotspot: true,
        location: Location::new(file, start.java?),
    })
}

/// The Java of a file that an image takes in.
pub(super) fn release_of_file(images: &Images<'_>, file: FileId) -> Option<super::versions::Seen> {
    let image = images.copying(file)?;
    let java = image.facts.java?;
    Some(super::versions::Seen {
        version: java.release,
        hotspot: java.hotspot,
        location: Location::new(image.file, java.span),
    })
}
