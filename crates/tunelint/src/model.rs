//! The command `model`: what was recognised, and how it belongs together.

mod data;
mod describe;
mod human;

use crate::args::{ModelArgs, ModelFormat};
use crate::style::{Paint, wants_color, width};
use crate::{Io, configuration, discover};
use tunelint_model::link::link;
use tunelint_model::overlay;

/// Runs it; the result is the exit status.
pub(crate) fn run(args: &ModelArgs, io: &mut Io<'_>) -> anyhow::Result<i32> {
    let configuration = configuration::load(io, &args.input, &args.paths)?;
    let mut found = discover::discover(io, &args.paths, args.input.stdin_filename.as_deref())?;
    configuration.join(&mut found);
    let settings = configuration.settings(io, &found, &args.input);
    if !settings.options.no_link {
        overlay::add(&mut found.files, &settings.absent);
    }
    let model = link(&found.files, &settings.options);
    let described = describe::describe(&model, &found.skipped);
    let text = match args.format {
        ModelFormat::Human => {
            let paint = Paint::new(wants_color(io, args.color));
            human::show(&described, width(io), args.input.verbose, paint)
        }
        ModelFormat::Json => serde_json::to_string_pretty(&described)? + "\n",
    };
    io.print(&text)?;
    Ok(0)
}
