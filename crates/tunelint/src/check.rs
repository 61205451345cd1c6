//! The command `check`.

use crate::args::{CheckArgs, ReportFormat};
use crate::configuration;
use crate::discover::{self, Found};
use crate::fix::{self, Outcome};
use crate::own_findings::OwnFindings;
use crate::render::{Format, Look, RenderOptions, render};
use crate::style::{is_ascii_only, wants_color, width};
use crate::{FOUND, Io};
use anyhow::{Context, bail};
use std::path::PathBuf;
use tunelint_engine::{Report, Settings};

/// Runs it; the result is the exit status.
pub(crate) fn run(args: &CheckArgs, io: &mut Io<'_>) -> anyhow::Result<i32> {
    let options = discover::jvm_options(args.jvm_args.as_deref(), args.jvm_argv.as_deref())?;
    let paths = match (&args.paths[..], &options) {
        ([], None) => vec![PathBuf::from(".")],
        (paths, _) => paths.to_vec(),
    };
    let has_stdin = paths.iter().any(|path| path.as_os_str() == "-");
    if args.fix && !args.diff && (has_stdin || options.is_some()) {
        let what = if has_stdin {
            "standard input"
        } else {
            "an argument"
        };
        bail!("{what} cannot be changed by --fix: use --diff");
    }
    let configuration = configuration::load(io, &args.input, &paths)?;
    let mut found = discover::discover(io, &paths, args.input.stdin_filename.as_deref())?;
    if let Some(options) = options {
        found.add_text(options);
        found.sort();
    }
    configuration.join(&mut found);
    let mut settings = configuration.settings(io, &found, &args.input);
    choose(&mut settings, args);
    let own = OwnFindings::of(&found, &configuration);
    let files = std::mem::take(&mut found.files);
    let check = |files| {
        let mut report = tunelint_engine::check(files, &settings);
        own.join(&mut report, &settings);
        report
    };
    let report = check(files);
    if args.input.verbose {
        say_more(io, &found, &report);
    }

    if args.diff {
        let status = status(args, &report);
        let outcome = fix::fix(report, &check, args.min_severity, args.unsafe_fixes);
        let text = fix::diff(&outcome, &found, wants_color(io, args.color));
        print(io, args, &text)?;
        tell_refused(io, &outcome);
        return Ok(status);
    }
    let (report, fixed) = if args.fix {
        let outcome = fix::fix(report, &check, args.min_severity, args.unsafe_fixes);
        fix::write(&outcome, &found)?;
        tell_refused(io, &outcome);
        (outcome.report, Some(outcome.fixed))
    } else {
        (report, None)
    };
    let text = render(&report, &render_options(args, io, fixed));
    print(io, args, &text)?;
    Ok(status(args, &report))
}

/// What the command line says instead of, or besides, `tunelint.toml`.
fn choose(settings: &mut Settings, args: &CheckArgs) {
    if !args.profiles.is_empty() {
        settings.profiles.clone_from(&args.profiles);
    }
    if !args.select.is_empty() {
        settings.select.clone_from(&args.select);
        // What is asked for by name is not left out by a file.
        settings.ignore.retain(|name| !args.select.contains(name));
    }
    settings.ignore.extend(args.ignore.iter().cloned());
}

fn status(args: &CheckArgs, report: &Report) -> i32 {
    let fails = |severity| args.fail_on.includes(severity);
    if report.diagnostics.iter().any(|found| fails(found.severity)) {
        FOUND
    } else {
        0
    }
}

fn render_options(args: &CheckArgs, io: &Io<'_>, fixed: Option<usize>) -> RenderOptions {
    let to_file = args.output_file.is_some();
    let format = match args.format {
        ReportFormat::Human => Format::Human,
        ReportFormat::Concise => Format::Concise,
        ReportFormat::Json => Format::Json,
    };
    let color =
        wants_color(io, args.color) && (!to_file || args.color == crate::args::ColorChoice::Always);
    RenderOptions {
        format,
        look: Look {
            width: width(io),
            color,
            ascii: is_ascii_only(io) && !to_file,
        },
        min_severity: args.min_severity,
        statistics: args.statistics,
        fixed,
    }
}

fn print(io: &mut Io<'_>, args: &CheckArgs, text: &str) -> anyhow::Result<()> {
    match &args.output_file {
        Some(path) => std::fs::write(io.cwd.join(path), text)
            .with_context(|| format!("cannot write `{}`", path.display())),
        None => io.print(text),
    }
}

fn tell_refused(io: &mut Io<'_>, outcome: &Outcome) {
    for refused in &outcome.refused {
        io.tell(&format!("note: {refused}\n"));
    }
}

/// What was passed over, and what nobody knows.
fn say_more(io: &mut Io<'_>, found: &Found, report: &Report) {
    let mut text = String::new();
    for (path, reason) in &found.skipped {
        text.push_str(&format!("skipped {path}: {reason}\n"));
    }
    for file in report
        .files
        .iter()
        .filter(|file| !file.facts.is_recognised())
    {
        text.push_str(&format!(
            "left alone {}: nothing of Kafka, Java or Kubernetes is in it\n",
            file.path
        ));
    }
    for (folder, what) in &report.beyond {
        text.push_str(&format!(
            "the kustomization {folder} is built without {what}\n"
        ));
    }
    for silence in &report.silences {
        let (rule, entity, missing) = (&silence.rule, &silence.entity, &silence.missing);
        text.push_str(&format!(
            "{rule} is silent about {entity} in {}: {missing} is not known\n",
            silence.path
        ));
    }
    io.tell(&crate::redact::printable(&text));
}
