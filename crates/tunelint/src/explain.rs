//! The command `explain`: what a rule, a key, a flag or a fact is.

mod fact;
mod jvm;
mod kafka;
mod librdkafka;
mod rule;
mod versions;

use crate::Io;
use crate::args::ExplainArgs;
use crate::style::{Paint, wants_color, width};
use anyhow::bail;
use tunelint_engine::config::nearest;

/// Runs it; the result is the exit status.
pub(crate) fn run(args: &ExplainArgs, io: &mut Io<'_>) -> anyhow::Result<i32> {
    let paint = Paint::new(wants_color(io, args.color));
    let width = width(io).min(100);
    let name = args.name.trim();
    let pages = [
        rule::explain(name, width, paint),
        kafka::explain(name, width, paint),
        librdkafka::explain(name, width, paint),
        jvm::explain(name, width, paint),
        fact::explain(name, width, paint),
    ];
    let pages: Vec<String> = pages.into_iter().flatten().collect();
    if pages.is_empty() {
        let near = near(name);
        let hint = match near.as_slice() {
            [] => "`tunelint rules` lists the rules".to_owned(),
            near => format!("did you mean {}?", near.join(" or ")),
        };
        bail!("there is no rule, Kafka or librdkafka key, JVM flag or fact `{name}`: {hint}");
    }
    io.print(&pages.join("\n"))?;
    Ok(0)
}

/// The nearest name of each kind.
fn near(name: &str) -> Vec<String> {
    let rules = nearest(name, tunelint_rules::RULES.iter().map(|rule| rule.name));
    let facts = nearest(
        name,
        tunelint_model::declared().iter().map(|fact| fact.name),
    );
    let keys = [kafka::nearest(name), librdkafka::nearest(name)];
    let all = [rules].into_iter().chain(keys);
    let mut near: Vec<String> = Vec::new();
    for name in all.chain([jvm::nearest(name), facts]).flatten() {
        let name = format!("`{name}`");
        if !near.contains(&name) {
            near.push(name);
        }
    }
    near
}
