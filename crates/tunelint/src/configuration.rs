//! Finding and reading `tunelint.toml`.

use crate::Io;
use crate::args::InputArgs;
use crate::discover::Found;
use crate::paths::{absolute, relative};
use anyhow::{Context, bail};
use std::path::{Path, PathBuf};
use tunelint_base::{LineIndex, Text};
use tunelint_engine::Settings;
use tunelint_engine::config::{Config, Mistake, parse, settings};

const NAME: &str = "tunelint.toml";

/// A `tunelint.toml`, or nothing.
#[derive(Debug, Default)]
pub(crate) struct Configuration {
    config: Config,
    /// What is wrong in it.
    pub(crate) mistakes: Vec<Mistake>,
    /// The path that it is shown by, and where it lies.
    place: Option<(String, PathBuf)>,
    text: Option<Text>,
}

/// Reads the configuration file that the arguments name, or the nearest one above the first path.
pub(crate) fn load(
    io: &Io<'_>,
    args: &InputArgs,
    paths: &[PathBuf],
) -> anyhow::Result<Configuration> {
    if args.isolated {
        return Ok(Configuration::default());
    }
    let disk = match &args.config {
        Some(path) => absolute(&io.cwd, path),
        None => match nearest(&io.cwd, paths.first()) {
            Some(disk) => disk,
            None => return Ok(Configuration::default()),
        },
    };
    let shown = relative(&io.cwd, &disk);
    let bytes = std::fs::read(&disk).with_context(|| format!("cannot read `{shown}`"))?;
    let Some(text) = Text::decode(bytes) else {
        bail!("`{shown}` is no text");
    };
    let (config, mistakes) = parse(text.as_str());
    if let Some(mistake) = mistakes.iter().find(|mistake| mistake.is_syntax) {
        let at = LineIndex::new(text.as_str()).position(mistake.span.start, text.as_str());
        bail!("{shown}:{}:{}: {}", at.line, at.column, mistake.message);
    }
    Ok(Configuration {
        config,
        mistakes,
        place: Some((shown, disk)),
        text: Some(text),
    })
}

/// The nearest `tunelint.toml` in the folder of `path` or above it.
fn nearest(cwd: &Path, path: Option<&PathBuf>) -> Option<PathBuf> {
    let named = path.filter(|path| path.as_os_str() != "-");
    let start = named.map_or_else(|| cwd.to_owned(), |path| absolute(cwd, path));
    start
        .ancestors()
        .map(|folder| folder.join(NAME))
        .find(|candidate| candidate.is_file())
}

impl Configuration {
    /// The path that the file is shown by.
    pub(crate) fn path(&self) -> Option<&str> {
        self.place.as_ref().map(|(shown, _)| shown.as_str())
    }

    /// Puts the file among the others, where a finding or a stated workload points into it.
    pub(crate) fn join(&self, found: &mut Found) {
        let Some(((shown, disk), text)) = self.place.as_ref().zip(self.text.as_ref()) else {
            return;
        };
        let is_needed = !self.mistakes.is_empty() || !self.config.workloads.is_empty();
        if is_needed {
            found.add(
                disk.clone(),
                tunelint_engine::read(shown.clone(), text.clone()),
            );
            found.sort();
        }
    }

    /// The settings of a run: the file's, and what the command line says instead.
    pub(crate) fn settings(&self, io: &Io<'_>, found: &Found, args: &InputArgs) -> Settings {
        let folder = self.place.as_ref().and_then(|(_, disk)| disk.parent());
        let from_folder = |path: &str| {
            let disk = absolute(&io.cwd, Path::new(path));
            folder.map(|folder| relative(folder, &disk))
        };
        let mut settings = settings(&self.config, &found.files, &from_folder, self.path());
        settings.options.kafka = args.kafka_version;
        settings.options.java = args.java_version;
        settings.options.no_link = args.no_link;
        settings.absent.clone_from(&found.absent);
        settings.today = crate::day::today(&io.env);
        settings
    }
}
