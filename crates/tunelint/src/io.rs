//! The streams, the folder and the environment that a run lives in.

use std::collections::BTreeMap;
use std::io::{ErrorKind, Read, Write};
use std::path::PathBuf;

/// Environment variables.
#[derive(Clone, Debug, Default)]
pub struct Environment(BTreeMap<String, String>);

impl Environment {
    /// Those of this process that are valid Unicode.
    #[must_use]
    pub fn of_process() -> Self {
        let text = |(name, value): (std::ffi::OsString, std::ffi::OsString)| {
            Some((name.into_string().ok()?, value.into_string().ok()?))
        };
        Self(std::env::vars_os().filter_map(text).collect())
    }

    /// The value of a variable, if it is set and not empty.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        let value = self.0.get(name)?;
        (!value.is_empty()).then_some(value)
    }
}

impl<N: Into<String>, V: Into<String>> FromIterator<(N, V)> for Environment {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(variables: I) -> Self {
        let owned = variables
            .into_iter()
            .map(|(name, value)| (name.into(), value.into()));
        Self(owned.collect())
    }
}

/// What a run reads from and writes to.
pub struct Io<'a> {
    /// Standard input, read only where `-` asks for it.
    pub stdin: &'a mut dyn Read,
    /// Where results go.
    pub stdout: &'a mut dyn Write,
    /// Where progress, complaints and remarks go.
    pub stderr: &'a mut dyn Write,
    /// The working directory: relative paths start here, and paths are shown from here.
    pub cwd: PathBuf,
    /// Whether a person looks at `stdout`.
    pub stdout_is_terminal: bool,
    /// Whether a person looks at `stderr`.
    pub stderr_is_terminal: bool,
    /// The columns of the terminal, if they are known.
    pub width: Option<usize>,
    /// The environment variables.
    pub env: Environment,
}

impl Io<'_> {
    /// Writes results. A reader that went away (`| head`) is no failure.
    pub(crate) fn print(&mut self, text: &str) -> anyhow::Result<()> {
        let written = self
            .stdout
            .write_all(text.as_bytes())
            .and_then(|()| self.stdout.flush());
        match written {
            Err(error) if error.kind() != ErrorKind::BrokenPipe => {
                Err(anyhow::Error::new(error).context("cannot write to standard output"))
            }
            _ => Ok(()),
        }
    }

    /// Says something beside the results; nobody can be told that it could not be said.
    pub(crate) fn tell(&mut self, text: &str) {
        let _ = self.stderr.write_all(text.as_bytes());
        let _ = self.stderr.flush();
    }
}
