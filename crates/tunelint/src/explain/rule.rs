//! What a rule is: its page.

use crate::markdown;
use crate::style::Paint;
use tunelint_page::{Condition, Rule};

/// The page of the rule of that name.
pub(super) fn explain(name: &str, width: usize, paint: Paint) -> Option<String> {
    let rule = tunelint_rules::find(name)?;
    let mut text = head(rule, paint);
    text.push('\n');
    text.push_str(&markdown::show(rule.body, width, paint));
    if !rule.references.is_empty() {
        text.push_str(&format!("\n{}\n", paint.bold("References")));
        for reference in rule.references {
            text.push_str(&format!("- {reference}\n"));
        }
    }
    Some(text)
}

fn head(rule: &Rule, paint: Paint) -> String {
    let severity = match rule.severity {
        Some(severity) => paint.severity(severity, severity),
        None => paint.dim("off"),
    };
    let title = paint.bold(format!("{}: {}", rule.name, rule.summary));
    let mut text = format!(
        "{title}\n\n  severity  {severity}, {} ({})\n",
        rule.kind,
        meaning(rule)
    );
    text.push_str(&format!("  group     {}\n", rule.group));
    if !rule.profiles.is_empty() {
        let profiles = rule.profiles.iter().map(|(name, level)| {
            let level = level.map_or("off", |severity| severity.as_str());
            format!("{name}: {level}")
        });
        text.push_str(&format!(
            "  profiles  {}\n",
            profiles.collect::<Vec<_>>().join(", ")
        ));
    }
    if matches!(rule.when, Condition::When(_)) {
        text.push_str(&format!("  asked of  every {}\n", rule.on.as_str()));
    }
    let fix = rule.fix.map_or("none", |fix| match fix.safety {
        tunelint_base::Safety::Safe => "safe, applied by --fix",
        tunelint_base::Safety::Unsafe => "unsafe, applied by --fix --unsafe-fixes",
    });
    text.push_str(&format!("  fix       {fix}\n  since     {}\n", rule.since));
    text
}

fn meaning(rule: &Rule) -> &'static str {
    use tunelint_base::Kind;
    match rule.kind {
        Kind::Invalid => "the real software refuses, ignores or changes it",
        Kind::Risk => "data loss, insecurity, crash, eviction",
        Kind::Tuning => "throughput, latency, cost",
        Kind::Upkeep => "deprecated, redundant, unclear",
    }
}
