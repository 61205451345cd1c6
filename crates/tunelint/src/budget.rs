//! The command `budget`: what each workload uses of memory, against its limit.

mod human;

use crate::args::{BudgetArgs, BudgetFormat};
use crate::style::{Paint, wants_color, width};
use crate::{FOUND, Io, configuration, discover};
use anyhow::Context;
use tunelint_advisor::budget::{Verdict, report};
use tunelint_advisor::{chart, page};
use tunelint_model::link::link;
use tunelint_model::overlay;

/// Runs it; the result is the exit status.
pub(crate) fn run(args: &BudgetArgs, io: &mut Io<'_>) -> anyhow::Result<i32> {
    let configuration = configuration::load(io, &args.input, &args.paths)?;
    let mut found = discover::discover(io, &args.paths, args.input.stdin_filename.as_deref())?;
    configuration.join(&mut found);
    let mut settings = configuration.settings(io, &found, &args.input);
    settings.options.what_if = args.what_if()?;
    if !settings.options.no_link {
        overlay::add(&mut found.files, &settings.absent);
    }
    let model = link(&found.files, &settings.options);
    let report = report(&model);
    let to_file = args.output_file.is_some();
    let text = match args.format {
        BudgetFormat::Human => {
            let paint = Paint::new(wants_color(io, args.color) && !to_file);
            human::show(&report, width(io), args.input.verbose, paint)
        }
        BudgetFormat::Json => serde_json::to_string_pretty(&report)? + "\n",
        BudgetFormat::Svg => chart::svg(&report),
        BudgetFormat::Html => page::html(&report),
    };
    match &args.output_file {
        Some(path) => std::fs::write(io.cwd.join(path), text)
            .with_context(|| format!("cannot write `{}`", path.display()))?,
        None => io.print(&text)?,
    }
    let exceeds = report
        .workloads
        .iter()
        .any(|workload| workload.verdict == Verdict::Exceeds);
    Ok(if exceeds { FOUND } else { 0 })
}
