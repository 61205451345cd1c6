//! JVMs outside of containers: what scripts start, and option strings of which no start is known.

use super::images::Images;
use super::lists::named;
use super::paths::Paths;
use super::process::{Placed, release_of_file, release_of_path};
use super::versions::Versions;
use super::{file_id, jvm};
use crate::file::Language;
use crate::jvm::Machine;
use crate::jvm::{OptionString, Stand};
use crate::model::{ARGUMENTS, Model};
use crate::start::Start;
use std::collections::BTreeSet;
use tunelint_base::FileId;

/// Adds them. `used`: files that belong to a container.
pub(super) fn jvms<'a>(
    model: &mut Model<'a>,
    paths: &Paths<'a>,
    images: &Images<'a>,
    versions: &Versions<'a>,
    used: &BTreeSet<FileId>,
) {
    let mut used = used.clone();
    let files = model.files;
    for (number, file) in files.iter().enumerate() {
        let id = file_id(number);
        let starts = file.facts.starts.iter();
        for start in starts.filter(|start| start.has_options() && !used.contains(&id)) {
            let strings = strings(model, paths, id, start);
            let seen = release_of_path(id, start).or_else(|| release_of_file(images, id));
            let release = versions.java(id, seen);
            let (name, machine) = ("java".to_owned(), Machine::default());
            let found = jvm(name, strings, release, None, start.unseen, machine);
            model.jvms.extend(found);
        }
    }
    // A file of options that a script names belongs to it.
    let named = model.jvms.iter().flat_map(|jvm| &jvm.strings);
    used.extend(named.map(|(file, _)| *file));
    for (number, file) in files.iter().enumerate() {
        let id = file_id(number);
        let is_list = matches!(
            file.facts.language,
            Language::JvmOptions | Language::OptionWords
        );
        if is_list && used.contains(&id) {
            continue;
        }
        for string in &file.facts.options {
            // Each string stands for a JVM of its own.
            let name = if &*string.name == "java" {
                "java".to_owned()
            } else {
                format!("java with {}", string.name)
            };
            let release = versions.java(id, release_of_file(images, id));
            let machine = match file.path.as_str() {
                ARGUMENTS => model.options.machine.unwrap_or(Machine::ASSUMED),
                _ => Machine::default(),
            };
            let found = jvm(name, vec![(id, string)], release, None, false, machine);
            model.jvms.extend(found);
        }
    }
}

/// The strings of a start, weakest carrier first, with the files of options that it names.
fn strings<'a>(
    model: &Model<'a>,
    paths: &Paths<'a>,
    file: FileId,
    start: &'a Start,
) -> Vec<Placed<'a>> {
    let placed = start.strings.iter().map(|string| match &string.stands {
        Some(Stand::File(path)) if !model.options.no_link => {
            let found = named(model, paths, &[], file, path);
            found.unwrap_or((file, string))
        }
        _ => (file, string),
    });
    let mut strings: Vec<Placed<'a>> = placed.collect();
    strings.sort_by_key(|(_, string)| rank(string));
    strings
}

/// The place of a carrier; what stands on the command line keeps its order.
fn rank(string: &OptionString) -> usize {
    use crate::jvm::Carrier::{
        CommandLine, JdkJavaOptions, Script, ToolOptions, UnderscoreJavaOptions,
    };
    match string.carrier {
        ToolOptions => 0,
        JdkJavaOptions => 1,
        Script | CommandLine => 2,
        UnderscoreJavaOptions => 3,
    }
}
