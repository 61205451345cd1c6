//! Runs of the command line within this process.

use std::ffi::OsString;
use std::path::Path;
use tunelint::{Environment, Io};

/// What a run left behind.
#[derive(Clone, Debug)]
pub struct Ran {
    /// The exit status.
    pub status: i32,
    /// What it printed.
    pub stdout: String,
    /// What it complained about.
    pub stderr: String,
}

impl Ran {
    /// Fails where the job could not be done.
    ///
    /// # Errors
    /// What the run complained about.
    pub fn done(self) -> Result<Self, String> {
        if self.status == 2 {
            Err(format!("the run failed: {}", self.stderr))
        } else {
            Ok(self)
        }
    }
}

/// Runs `tunelint ARGS` in a folder: 80 columns, no terminal, no environment.
#[must_use]
pub fn run<S: AsRef<str>>(folder: &Path, args: &[S]) -> Ran {
    let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
    let mut stdin = std::io::empty();
    let mut io = Io {
        stdin: &mut stdin,
        stdout: &mut stdout,
        stderr: &mut stderr,
        cwd: folder.to_owned(),
        stdout_is_terminal: false,
        stderr_is_terminal: false,
        width: Some(80),
        env: Environment::default(),
    };
    let words = args.iter().map(|word| OsString::from(word.as_ref()));
    let status = tunelint::run(
        std::iter::once(OsString::from("tunelint")).chain(words),
        &mut io,
    );
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    Ran {
        status,
        stdout: text(stdout),
        stderr: text(stderr),
    }
}
