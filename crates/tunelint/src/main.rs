//! The program: hands the process's arguments, streams and environment to the library.

use std::io::{self, IsTerminal};
use std::process::ExitCode;
use tunelint::{Environment, Io};

fn main() -> ExitCode {
    let mut stdin = io::stdin().lock();
    let mut stdout = io::stdout().lock();
    let mut stderr = io::stderr().lock();
    let mut io = Io {
        stdin: &mut stdin,
        stdout_is_terminal: io::stdout().is_terminal(),
        stderr_is_terminal: io::stderr().is_terminal(),
        stdout: &mut stdout,
        stderr: &mut stderr,
        cwd: std::env::current_dir().unwrap_or_default(),
        width: terminal_size::terminal_size().map(|(width, _)| usize::from(width.0)),
        env: Environment::of_process(),
    };
    let status = tunelint::run(std::env::args_os(), &mut io);
    ExitCode::from(u8::try_from(status).unwrap_or(2))
}
