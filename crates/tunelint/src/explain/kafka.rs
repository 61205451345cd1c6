//! What a Kafka configuration key is, in each place that has it.

use super::versions;
use crate::render::wrap;
use crate::style::Paint;
use tunelint_base::KafkaVersion;
use tunelint_catalog::kafka::{
    DefaultValue, Key, NEWEST_RELEASE, Scope, VERSIONS, Validator, embedded, find, keys, scopes_of,
};

/// The key of that name.
pub(super) fn explain(name: &str, width: usize, paint: Paint) -> Option<String> {
    let found: Vec<&Key> = scopes_of(name)
        .filter_map(|scope| find(scope, name))
        .collect();
    if found.is_empty() {
        return None;
    }
    // Places that say the same are told once.
    let mut told: Vec<(Vec<&'static str>, String)> = Vec::new();
    for key in &found {
        let about = about(key, width);
        match told.iter_mut().find(|(_, known)| *known == about) {
            Some((scopes, _)) => scopes.push(key.scope.as_str()),
            None => told.push((vec![key.scope.as_str()], about)),
        }
    }
    let mut text = format!("{}: Kafka configuration key\n", paint.bold(name));
    for (scopes, about) in told {
        text.push_str(&format!(
            "\n{}\n{about}",
            paint.help(wrap(&scopes.join(", "), width, 0, 0))
        ));
    }
    let rules = rules_about(name);
    if !rules.is_empty() {
        let rules = wrap(&rules.join(", "), width, 14, 14);
        text.push_str(&format!("\n  {:<10}  {rules}\n", "rules"));
    }
    Some(text)
}

/// The rules whose condition asks for the key.
fn rules_about(name: &str) -> Vec<&'static str> {
    let asked = [format!("Key({name:?})"), format!("Str({name:?})")];
    let rules = tunelint_rules::RULES.iter().filter(|rule| {
        let condition = format!("{:?}", rule.when);
        asked.iter().any(|asked| condition.contains(asked))
    });
    rules.map(|rule| rule.name).collect()
}

/// The client of that scope inside a Streams application, which gets other defaults.
fn inside_streams(scope: Scope) -> Option<embedded::Client> {
    match scope {
        Scope::Producer => Some(embedded::Client::StreamsProducer),
        Scope::Consumer => Some(embedded::Client::StreamsMain),
        Scope::Admin => Some(embedded::Client::StreamsAdmin),
        _ => None,
    }
}

fn about(key: &Key, width: usize) -> String {
    let versions: Vec<KafkaVersion> = VERSIONS
        .iter()
        .copied()
        .filter(|version| key.exists_in(*version))
        .collect();
    let over = |value: &dyn Fn(KafkaVersion) -> String| {
        let values: Vec<_> = versions
            .iter()
            .map(|version| (*version, value(*version)))
            .collect();
        versions::say(&values, |version| version.to_string())
    };
    let mut rows = vec![
        ("type", over(&|version| key.ty(version).to_string())),
        ("default", over(&|version| default(key, version))),
        ("valid", over(&|version| valid(key.valid(version)))),
    ];
    if let Some(inner) = inside_streams(key.scope) {
        let handed = |exactly_once| {
            over(&|version| {
                let handed = embedded::default(inner, key.name(), version, exactly_once);
                let handed = handed.and_then(embedded::Value::literal);
                handed.map_or_else(|| default(key, version), |text| shown(key, text))
            })
        };
        let (inside, exactly_once) = (handed(false), handed(true));
        if exactly_once != inside {
            rows.insert(2, ("with EOS", exactly_once));
        }
        if inside != rows[1].1 {
            rows.insert(2, ("in Streams", inside));
        }
    }
    if let Some(importance) = key.importance {
        rows.push(("importance", format!("{importance:?}").to_lowercase()));
    }
    let mut life = Vec::new();
    life.extend(key.since.map(|version| format!("since {version}")));
    life.extend(
        key.deprecated_since
            .map(|version| format!("deprecated since {version}")),
    );
    life.extend(key.removed.map(|version| format!("removed in {version}")));
    if key.internal {
        life.push("internal: not for users".to_owned());
    }
    if key.is_secret() {
        life.push("its value is never shown".to_owned());
    }
    rows.push(("note", life.join(", ")));
    let rows = rows.into_iter().filter(|(_, value)| !value.is_empty());
    let rows = rows.map(|(head, value)| format!("  {head:<10}  {}\n", wrap(&value, width, 14, 14)));
    let description = key.description();
    let text = description.map(|text| format!("  {}\n", wrap(text, width, 2, 2)));
    text.into_iter().chain(rows).collect()
}

fn default(key: &Key, version: KafkaVersion) -> String {
    match key.default(version) {
        DefaultValue::Required => "none: it must be set".to_owned(),
        DefaultValue::Null => "null".to_owned(),
        DefaultValue::Value("") => "empty".to_owned(),
        DefaultValue::Value(text) => shown(key, text),
        DefaultValue::Machine(text) => format!("{} or so, as the machine has it", shown(key, text)),
    }
}

/// A number with what it comes to: `300000 (5 min)`.
fn shown(key: &Key, text: &str) -> String {
    let number = text
        .parse::<i64>()
        .ok()
        .filter(|number| *number >= 1000 && *number < i64::from(i32::MAX));
    match number.zip(key.unit()) {
        Some((number, unit)) => format!("{text} [{}]", unit.show(number)),
        None => text.to_owned(),
    }
}

fn valid(validator: &Validator) -> String {
    let bounds = |min: &Option<f64>, max: &Option<f64>| match (min, max) {
        (Some(min), Some(max)) => format!("{min} to {max}"),
        (Some(min), None) => format!("at least {min}"),
        (None, Some(max)) => format!("at most {max}"),
        (None, None) => String::new(),
    };
    match validator {
        Validator::None | Validator::NonNull => String::new(),
        Validator::Range { min, max } => bounds(min, max),
        Validator::RangeOr { min, max, special } => format!("{}, or {special}", bounds(min, max)),
        Validator::OneOf {
            values,
            ignore_case,
        } => {
            let case = if *ignore_case { " (in any case)" } else { "" };
            format!("{}{case}", values.join(", "))
        }
        Validator::List { allowed: [], .. } => "a list".to_owned(),
        Validator::List { allowed, .. } => format!("a list of {}", allowed.join(", ")),
        Validator::NonEmptyString => "not empty".to_owned(),
        Validator::NonEmptyPrintable => "not empty, no control characters".to_owned(),
        Validator::NonEmptyList => "a list that is not empty".to_owned(),
        Validator::UniqueElements => "a list that names nothing twice".to_owned(),
        Validator::MaxElements(max) => format!("a list of at most {max} elements"),
        Validator::Urls { .. } => "a list of URLs".to_owned(),
        Validator::Regex => "a Java regular expression".to_owned(),
        Validator::MemberName => "at most 249 letters, digits, `.`, `_` and `-`".to_owned(),
        Validator::AutoOffsetReset => {
            "latest, earliest, none, or by_duration: and a duration such as PT1H".to_owned()
        }
        Validator::TopologyOptimization => "none, all, or a list of optimisations".to_owned(),
        Validator::MetadataVersion(_) => "a release of Kafka".to_owned(),
        Validator::ThrottledReplicas => "*, or a list of partition:broker".to_owned(),
        Validator::Custom(text) => (*text).to_owned(),
    }
}

/// The key that was probably meant.
pub(super) fn nearest(name: &str) -> Option<&'static str> {
    tunelint_catalog::kafka::nearest(&Scope::ALL, name, NEWEST_RELEASE).or_else(|| {
        let all = Scope::ALL
            .into_iter()
            .flat_map(|scope| keys(scope).iter().map(Key::name));
        tunelint_engine::config::nearest(name, all)
    })
}
