//! From a file's path and text to what it says.

use crate::client::Place;
use crate::directive::directives;
use crate::file::{FileFacts, Language};
use crate::fragment::Fragment;

mod build;
mod command;
mod compose;
mod connector;
mod dockerfile;
mod environment;
mod framework;
mod java;
mod jvm;
mod kubernetes;
mod launch;
mod librdkafka;
mod markdown;
mod operator;
mod operator_jvm;
mod pod;
mod properties;
mod shell;
mod systemd;
mod topic;
mod variable_file;
mod variables;
mod yaml;
mod yaml_options;

pub use jvm::{options_from_arguments, options_from_line};

/// Reads a file. Never fails, whatever the text.
#[must_use]
pub fn extract(path: &str, text: &str) -> FileFacts {
    let language = language_of(path, text);
    let mut facts = FileFacts {
        language,
        directives: directives(text, language),
        ..FileFacts::default()
    };
    if facts.directives.kind == Some(None) {
        return facts;
    }
    let fragment = Fragment::whole(text);
    match language {
        Language::Properties => properties::extract(&mut facts, &fragment, path),
        Language::Yaml => yaml::extract(&mut facts, &fragment, &Place::File),
        Language::Markdown => markdown::extract(&mut facts, &fragment, path),
        Language::Shell => shell::extract(&mut facts, &fragment),
        Language::Build => build::extract(&mut facts, &fragment),
        Language::JvmOptions => jvm::extract_options_file(&mut facts, &fragment),
        Language::Java => java::extract_file(&mut facts, &fragment, path),
        Language::OptionWords => jvm::extract_words_file(&mut facts, &fragment, path),
        Language::Dockerfile => dockerfile::extract(&mut facts, &fragment, path),
        Language::Variables => variable_file::extract(&mut facts, &fragment),
        Language::Unit => systemd::extract(&mut facts, &fragment, path),
        Language::Other => {}
    }
    facts
}

/// The language of a file, by its name; a file without a telling name is shell if it begins so.
#[must_use]
pub fn language_of(path: &str, text: &str) -> Language {
    let name = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    match (name.as_str(), extension) {
        (
            "pom.xml" | "build.gradle" | "build.gradle.kts" | "build.sbt" | "libs.versions.toml",
            _,
        ) => Language::Build,
        ("jvm.options", _) => Language::JvmOptions,
        (_, "options") if path.contains("jvm") || path.contains("java") => Language::JvmOptions,
        (".jvmopts" | "jvm.config", _)
        | (_, "jvmopts" | "vmoptions" | "argfile" | "args" | "opts") => Language::OptionWords,
        _ if dockerfile::is_dockerfile(&name) => Language::Dockerfile,
        (_, "service") => Language::Unit,
        (_, "env") | (".env", _) => Language::Variables,
        (_, "conf") if is_drop_in(path) => Language::Unit,
        (_, "properties" | "config" | "conf" | "cfg" | "cnf" | "delta") => {
            let brace = matches!(text.trim_start().as_bytes().first(), Some(b'{' | b'<'));
            if brace {
                Language::Other
            } else {
                Language::Properties
            }
        }
        (_, "yaml" | "yml" | "json") => Language::Yaml,
        (_, "md" | "markdown") => Language::Markdown,
        (_, "sh" | "bash") => Language::Shell,
        (_, "java") => Language::Java,
        (_, "tpl") => Language::Yaml,
        _ if text.starts_with("#!")
            && text.lines().next().is_some_and(|line| line.contains("sh")) =>
        {
            Language::Shell
        }
        _ => Language::Other,
    }
}

/// `kafka.service.d/override.conf`: a part of a unit.
fn is_drop_in(path: &str) -> bool {
    let folder = path.rsplit('/').nth(1).unwrap_or("");
    folder.ends_with(".service.d")
}

/// Whether a file of that name can be of a language that is read; asked before a file is opened.
#[must_use]
pub fn may_be_read(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    language_of(path, "") != Language::Other || !name.contains('.')
}
