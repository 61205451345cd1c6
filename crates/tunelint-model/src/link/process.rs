//! What starts in a container, and which option strings reach its JVM.

use super::images::Images;
use super::paths::{Paths, name_of};
use super::pods::Index;
use crate::file::Language;
use crate::jvm::{Carrier, OptionString, Stand, kafka_order};
use crate::kube::{DataEntry, EnvValue, Platform};
use crate::model::{Container, Model};
use crate::start::Start;
use tunelint_base::{FileId, Location};

/// An option string with its file.
pub(super) type Placed<'a> = (FileId, &'a OptionString);

/// The option strings in a container's environment.
pub(super) struct Environment<'a> {
    pub(super) strings: Vec<Placed<'a>>,
    /// Whether all sources of it can be seen.
    complete: bool,
}

/// The environment: the image's, then what is taken over as a whole, then the container's own.
pub(super) fn environment<'a>(
    model: &Model<'a>,
    index: &Index<'a>,
    paths: &Paths<'a>,
    container: &Container<'a>,
) -> Environment<'a> {
    let facts = container.facts;
    let (taken, complete) = taken_over(model, index, paths, container);
    let mut strings: Vec<Placed<'a>> = facts
        .options
        .iter()
        .map(|string| (container.file, string))
        .collect();
    for (file, entry) in &taken {
        let is_set = |name: &str| facts.sets(name) && !from_map(container, name);
        if let Some(options) = entry.options.as_ref().filter(|o| !is_set(&o.name)) {
            strings.push((*file, options));
        }
    }
    let set_by_taken = |name: &str| taken.iter().any(|(_, entry)| &*entry.key.text == name);
    let mut below: Vec<&str> = Vec::new();
    for image in container
        .images
        .iter()
        .filter(|image| !std::ptr::eq(image.container, facts))
    {
        for string in &image.container.options {
            let name = &*string.name;
            if !facts.sets(name) && !set_by_taken(name) && !below.contains(&name) {
                strings.push((image.file, string));
            }
        }
        let set = image.container.env.iter();
        below.extend(set.map(|variable| &*variable.name.text));
    }
    Environment { strings, complete }
}

/// Whether a variable of the container comes from a ConfigMap's key.
fn from_map(container: &Container<'_>, name: &str) -> bool {
    container.facts.env.iter().any(|variable| {
        &*variable.name.text == name && matches!(variable.value, EnvValue::ConfigMapKey(..))
    })
}

/// The entries of ConfigMaps and files of variables that become variables of the container, and
/// whether all of them were found.
fn taken_over<'a>(
    model: &Model<'a>,
    index: &Index<'a>,
    paths: &Paths<'a>,
    container: &Container<'a>,
) -> (Vec<(FileId, &'a DataEntry)>, bool) {
    let mut found = Vec::new();
    let mut complete = true;
    let entries_of = |file: FileId, object: usize| -> &'a [DataEntry] {
        let facts = model.file(file).map(|file| &file.facts);
        facts
            .and_then(|facts| facts.objects.get(object))
            .map_or(&[], |object| &object.data)
    };
    for from in &container.facts.env_from {
        let place = match (&from.config_map, &from.file) {
            (Some(name), _) => index.nearest_map(model, container, name),
            (None, Some(path)) => file_of_variables(model, paths, container, path),
            (None, None) => None,
        };
        match place {
            Some((file, object)) if from.prefix.is_empty() => {
                found.extend(entries_of(file, object).iter().map(|entry| (file, entry)));
            }
            Some(_) => {}
            None => complete = false,
        }
    }
    for variable in &container.facts.env {
        let holds_options = crate::jvm::carrier_of(&variable.name.text).is_some();
        match &variable.value {
            EnvValue::ConfigMapKey(map, key) => match index.nearest_map(model, container, map) {
                Some((file, object)) => found.extend(
                    entries_of(file, object)
                        .iter()
                        .filter(|entry| *entry.key.text == **key)
                        .map(|entry| (file, entry)),
                ),
                None => complete &= !holds_options,
            },
            EnvValue::SecretKey | EnvValue::Other => complete &= !holds_options,
            EnvValue::Literal(_) => {}
        }
    }
    (found, complete)
}

/// `env_file` stands relative to the Compose file; `EnvironmentFile` lies on the machine, and only
/// a file of the same path here can be meant.
fn file_of_variables(
    model: &Model<'_>,
    paths: &Paths<'_>,
    container: &Container<'_>,
    path: &str,
) -> Option<(FileId, usize)> {
    let own = &model.file(container.file)?.path;
    let folder = super::paths::folder_of(own);
    let holds = |file: FileId| {
        let objects = &model.file(file)?.facts.objects;
        objects.iter().position(|object| !object.data.is_empty())
    };
    let beside = paths.at(folder, path);
    let found = beside.or_else(|| {
        let name = name_of(path);
        let systemd = container.platform() == Platform::Systemd;
        systemd
            .then(|| paths.nearest(model, container.file, name, |file| holds(file).is_some()))
            .flatten()
    })?;
    Some((found, holds(found)?))
}

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
    let known = environment.complete && !container.images.is_empty() && !container.facts.unseen;
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
                    let found = option_file(model, paths, container, *file, path);
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

fn is_set_elsewhere(container: &Container<'_>, name: &str) -> bool {
    container.facts.sets(name)
        || container
            .images
            .iter()
            .any(|image| image.container.sets(name))
}

/// The file of options that `@path` names: one that the image takes in, or the nearest of its name.
pub(super) fn option_file<'a>(
    model: &Model<'a>,
    paths: &Paths<'a>,
    container: &Container<'a>,
    from: FileId,
    path: &str,
) -> Option<Placed<'a>> {
    let options = |file: FileId| -> Option<&'a OptionString> {
        let facts = &model.file(file)?.facts;
        let is_list = matches!(facts.language, Language::OptionWords | Language::JvmOptions);
        facts.options.first().filter(|_| is_list)
    };
    let name = name_of(path);
    let copied = container.images.iter().find_map(|image| {
        let folder = super::paths::folder_of(&model.file(image.file)?.path);
        let sources = image
            .facts
            .copies
            .iter()
            .filter(|(source, target)| name_of(target) == name || name_of(source) == name);
        sources
            .filter_map(|(source, _)| paths.at(folder, source.trim_start_matches('/')))
            .find(|file| options(*file).is_some())
    });
    let file =
        copied.or_else(|| paths.nearest(model, from, name, |file| options(file).is_some()))?;
    Some((file, options(file)?))
}

/// The Java of a container: that of the files of its image, else what the image's name tells.
pub(super) fn release(container: &Container<'_>) -> Option<super::versions::Seen> {
    use super::versions::Seen;
    let described = container.images.iter().find_map(|image| {
        let java = image.facts.java?;
        Some(Seen {
            version: java.release,
            hotspot: java.hotspot,
            location: Location::new(image.file, java.span),
        })
    });
    described.or_else(|| {
        let image = container
            .facts
            .image
            .as_ref()
            .filter(|image| !image.placeholder)?;
        let (version, hotspot) = crate::image::java_of(&image.text)?;
        Some(Seen {
            version,
            hotspot,
            location: Location::new(container.file, image.span),
        })
    })
}

/// The Java of a file that an image takes in.
pub(super) fn release_of_file(
    model: &Model<'_>,
    images: &Images<'_>,
    file: FileId,
) -> Option<super::versions::Seen> {
    let path = &model.file(file)?.path;
    let image = images.copying(model, path)?;
    let java = image.facts.java?;
    Some(super::versions::Seen {
        version: java.release,
        hotspot: java.hotspot,
        location: Location::new(image.file, java.span),
    })
}
