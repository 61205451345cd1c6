//! What an option of the JVM is, in each release.

use super::versions;
use crate::render::wrap;
use crate::style::Paint;
use tunelint_base::JavaVersion;
use tunelint_catalog::jvm::{self, Flag, JvmOption, LTS, Lock, NEWEST, Range, Status};

/// The option of that name: `MaxRAMPercentage`, `-XX:+UseG1GC`, `-Xmx2g`.
pub(super) fn explain(name: &str, width: usize, paint: Paint) -> Option<String> {
    if let Some(flag) = jvm::find(bare(name)) {
        return Some(explain_flag(flag, width, paint));
    }
    let option = name
        .starts_with('-')
        .then(|| jvm::find_option(name))
        .flatten()?;
    Some(explain_option(option, width, paint))
}

/// The name of a flag without what stands around it on a command line.
fn bare(name: &str) -> &str {
    let name = name.strip_prefix("-XX:").unwrap_or(name);
    let name = name.strip_prefix(['+', '-']).unwrap_or(name);
    name.split('=').next().unwrap_or(name)
}

fn explain_flag(flag: &Flag, width: usize, paint: Paint) -> String {
    let ty = flag
        .ty(NEWEST)
        .map(|ty| format!("{ty:?}").to_lowercase().replace("sizet", "size_t"));
    let over = |value: &dyn Fn(JavaVersion) -> Option<String>| {
        let values: Vec<_> = LTS
            .iter()
            .filter_map(|java| Some((*java, value(JavaVersion(*java))?)))
            .collect();
        versions::say(&values, |java| java.to_string())
    };
    let has =
        |java: JavaVersion| !matches!(flag.status(java), Status::Unrecognized | Status::DebugOnly);
    let mut notes = Vec::new();
    notes.extend(
        flag.alias_of()
            .map(|alias| format!("another name of {alias}")),
    );
    notes.extend(
        flag.deprecated_in()
            .map(|java| format!("deprecated in JDK {java}")),
    );
    notes.extend(
        flag.obsolete_in()
            .map(|java| format!("ignored from JDK {java} on")),
    );
    notes.extend(
        flag.expired_in()
            .map(|java| format!("refused from JDK {java} on")),
    );
    let rows = [
        ("type", ty.unwrap_or_default()),
        (
            "default",
            over(&|java| flag.default(java).filter(|_| has(java)).map(str::to_owned)),
        ),
        (
            "range",
            over(&|java| flag.range(java).filter(|_| has(java)).map(range)),
        ),
        (
            "status",
            over(&|java| Some(status(flag.status(java)).to_owned())),
        ),
        ("note", notes.join(", ")),
    ];
    let title = paint.bold(format!("-XX:{}", flag.name()));
    format!(
        "{title}: flag of the JVM, by JDK\n\n{}{}",
        described(flag.description(), width),
        table(&rows, width)
    )
}

fn explain_option(option: &JvmOption, width: usize, paint: Paint) -> String {
    let values: Vec<_> = LTS
        .iter()
        .filter_map(|java| Some((*java, status(option.status(JavaVersion(*java))?).to_owned())))
        .collect();
    let rows = [
        ("status", versions::say(&values, |java| java.to_string())),
        ("sets", option.sets.join(", ")),
    ];
    let title = paint.bold(option.name);
    format!(
        "{title}: option of the JVM, by JDK\n\n{}{}",
        described(option.description(), width),
        table(&rows, width)
    )
}

fn described(description: Option<&str>, width: usize) -> String {
    description.map_or_else(String::new, |text| {
        format!("  {}\n", wrap(text, width, 2, 2))
    })
}

fn table(rows: &[(&str, String)], width: usize) -> String {
    let rows = rows.iter().filter(|(_, value)| !value.is_empty());
    rows.map(|(head, value)| format!("  {head:<8}  {}\n", wrap(value, width, 12, 12)))
        .collect()
}

fn range(range: Range) -> String {
    match range {
        Range::Whole { min, max } => format!("{min} to {max}"),
        Range::Real { min, max } => format!("{min} to {max}"),
    }
}

fn status(status: Status) -> &'static str {
    match status {
        Status::Accepted => "accepted",
        Status::Deprecated => "accepted with a warning: deprecated",
        Status::Locked(Lock::Experimental) => "only after -XX:+UnlockExperimentalVMOptions",
        Status::Locked(Lock::Diagnostic) => "only after -XX:+UnlockDiagnosticVMOptions",
        Status::Obsolete => "ignored with a warning",
        Status::DebugOnly => "refused: only debug builds have it",
        Status::Unrecognized => "refused",
    }
}

/// The flag that was probably meant.
pub(super) fn nearest(name: &str) -> Option<&'static str> {
    let name = bare(name);
    jvm::nearest(name, NEWEST)
        .or_else(|| tunelint_engine::config::nearest(name, jvm::flags().iter().map(Flag::name)))
}
