//! The command line of tunelint: arguments in, text and an exit status out.
//!
//! [`run`] is the whole program as a function; it touches no global state, so that tests can call
//! it with streams and a folder of their own.

mod args;
mod budget;
mod check;
mod configuration;
mod day;
mod discover;
mod explain;
mod fix;
mod io;
mod markdown;
mod model;
mod own_findings;
mod paths;
mod progress;
mod redact;
mod render;
mod rules;
mod style;
mod table;

pub use io::{Environment, Io};
pub use render::{Format, Look, RenderOptions, render};

use args::{Cli, Command};
use clap::Parser;
use std::ffi::OsString;

/// Something at or above `--fail-on` was found.
const FOUND: i32 = 1;
/// The job could not be done.
const FAILED: i32 = 2;

/// Runs tunelint. The first of `args` is the program's name, as in `std::env::args_os()`; the
/// result is the exit status: 0, 1 where something was found that counts as a failure, 2 where
/// the job could not be done.
pub fn run(args: impl IntoIterator<Item = OsString>, io: &mut Io<'_>) -> i32 {
    let cli = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(error) => {
            let text = error.render().to_string();
            if error.use_stderr() {
                io.tell(&text);
                return FAILED;
            }
            return io.print(&text).map_or(FAILED, |()| 0);
        }
    };
    let status = match cli.command {
        Command::Check(args) => check::run(&args, io),
        Command::Explain(args) => explain::run(&args, io),
        Command::Rules(args) => rules::run(&args, io),
        Command::Model(args) => model::run(&args, io),
        Command::Budget(args) => budget::run(&args, io),
    };
    status.unwrap_or_else(|error| {
        io.tell(&format!("error: {error:#}\n"));
        FAILED
    })
}
