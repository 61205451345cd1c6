//! From what `tunelint.toml` says to the settings of a run.

use super::{Config, StatedWorkload};
use crate::Settings;
use globset::GlobMatcher;
use tunelint_base::{FileId, Location, Span};
use tunelint_model::model::{Options, SourceFile, StatedTerm, StoreSpec, WorkloadSpec};

/// The settings that `config` asks for, its globs resolved against `files`.
///
/// `files` are sorted by path, as they are handed to [`crate::check`]; `relative` gives a file's
/// path as seen from the folder that the `tunelint.toml` lies in, with `/`; `config_path` is the
/// path of the `tunelint.toml` itself, where it is among the files.
#[must_use]
pub fn settings(
    config: &Config,
    files: &[SourceFile],
    relative: &dyn Fn(&str) -> Option<String>,
    config_path: Option<&str>,
) -> Settings {
    let relatives: Vec<Option<String>> = if config.workloads.is_empty() {
        Vec::new()
    } else {
        files.iter().map(|file| relative(&file.path)).collect()
    };
    let own = config_path.and_then(|path| files.iter().position(|file| file.path == path));
    let own = own.map(id);
    let workloads = config.workloads.iter();
    Settings {
        profiles: config.profiles.clone(),
        select: config.select.clone(),
        ignore: config.ignore.clone(),
        severity: config.severity.clone(),
        options: Options {
            kafka_config: config.kafka_version,
            java_config: config.java_version,
            workloads: workloads
                .map(|stated| spec(stated, &relatives, own))
                .collect(),
            ..Options::default()
        },
        ..Settings::default()
    }
}

fn spec(
    stated: &StatedWorkload,
    relatives: &[Option<String>],
    own: Option<FileId>,
) -> WorkloadSpec {
    let place = |span: &Span| own.map(|file| Location::new(file, *span));
    WorkloadSpec {
        name: stated.name.clone(),
        config: matching(&stated.config, relatives),
        manifests: matching(&stated.manifests, relatives),
        java: matching(&stated.java, relatives),
        partitions: stated.partitions.map(|(count, _)| count),
        partitions_at: stated.partitions.and_then(|(_, span)| place(&span)),
        stores: stated
            .stores
            .iter()
            .map(|(store, span)| StoreSpec {
                location: place(span),
                ..store.clone()
            })
            .collect(),
        memory: stated
            .memory
            .iter()
            .map(|(term, bytes, span)| StatedTerm {
                term,
                bytes: *bytes,
                location: place(span),
            })
            .collect(),
        location: own.map(|file| Location::new(file, stated.span)),
    }
}

fn matching(globs: &[GlobMatcher], relatives: &[Option<String>]) -> Vec<FileId> {
    let found = relatives.iter().enumerate().filter(|(_, path)| {
        path.as_ref()
            .is_some_and(|path| globs.iter().any(|glob| glob.is_match(path)))
    });
    found.map(|(index, _)| id(index)).collect()
}

fn id(index: usize) -> FileId {
    FileId(u32::try_from(index).unwrap_or(u32::MAX))
}
