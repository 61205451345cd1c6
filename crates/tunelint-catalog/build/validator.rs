//! Understands what Kafka's validators say of themselves.

/// The expression of the `Validator` that describes itself with `text`.
pub(crate) fn expression(text: &str) -> String {
    let text = text.trim();
    known(text)
        .or_else(|| range(text))
        .or_else(|| list(text))
        .or_else(|| one_of(text))
        .unwrap_or_else(|| format!("Validator::Custom({text:?})"))
}

fn known(text: &str) -> Option<String> {
    Some(
        match text {
            "" | "-" => "Validator::None",
            "non-null string" => "Validator::NonNull",
            "non-empty string" => "Validator::NonEmptyString",
            "non-empty string without ISO control characters" => "Validator::NonEmptyPrintable",
            "non-empty list" => "Validator::NonEmptyList",
            "valid regex" => "Validator::Regex",
            "legal group member name" => "Validator::MemberName",
            "List containing maximum of 5 elements" => "Validator::MaxElements(5)",
            "Positive number, or -1 to use the broker's default" => {
                "Validator::RangeOr { min: Some(1.0), max: None, special: -1.0 }"
            }
            "[latest, earliest, none, by_duration:PnDTnHnMn.nS]" => "Validator::AutoOffsetReset",
            "custom check in org.apache.kafka.streams.StreamsConfig"
            | "[all, none, reuse.ktable.source.topics, merge.repartition.topics, single.store.self.join]" => {
                "Validator::TopologyOptimization"
            }
            "[partitionId]:[brokerId],[partitionId]:[brokerId],..." => {
                "Validator::ThrottledReplicas"
            }
            "List of comma-separated URLs, ex: http://localhost:8080,https://localhost:8443." => {
                "Validator::Urls { allow_empty: false }"
            }
            "custom check in org.apache.kafka.connect.runtime.WorkerConfig$AdminListenersValidator" => {
                "Validator::Urls { allow_empty: true }"
            }
            _ if text.starts_with("non-null string, unique ") => "Validator::UniqueElements",
            _ => return None,
        }
        .to_owned(),
    )
}

/// `[0,...]`, `[0,...,10]`, `[1,...,9] or -1`.
fn range(text: &str) -> Option<String> {
    let (text, special) = match text.split_once("] or ") {
        Some((range, special)) => (format!("{range}]"), Some(special.parse::<f64>().ok()?)),
        None => (text.to_owned(), None),
    };
    let inner = text.strip_prefix('[')?.strip_suffix(']')?;
    let (min, max) = inner
        .split_once(",...")
        .or_else(|| inner.split_once("...,"))?;
    let bound = |text: &str| match text.trim_start_matches(',') {
        "" | "..." => Some(None),
        number => number.parse::<f64>().ok().map(Some),
    };
    let (min, max) = (bound(min)?, bound(max)?);
    Some(match special {
        None => format!("Validator::Range {{ min: {min:?}, max: {max:?} }}"),
        Some(special) => {
            format!("Validator::RangeOr {{ min: {min:?}, max: {max:?}, special: {special:?} }}")
        }
    })
}

/// `list validString=[a, b] isEmptyAllowed=true isNullAllowed=false`, to 4.1 without the end.
fn list(text: &str) -> Option<String> {
    let rest = text.strip_prefix("list validString=[")?;
    let (values, rest) = rest.split_once(']')?;
    let flag = |name: &str| {
        let (_, value) = rest.split_once(&format!("{name}="))?;
        Some(value.starts_with("true"))
    };
    Some(format!(
        "Validator::List {{ allowed: &{:?}, allow_empty: {}, allow_null: {}, allow_empty_elements: {} }}",
        values
            .split(", ")
            .filter(|v| !v.is_empty())
            .collect::<Vec<_>>(),
        flag("isEmptyAllowed").unwrap_or(true),
        flag("isNullAllowed").unwrap_or(true),
        flag("isEmptyAllowed").is_none(),
    ))
}

/// `[a, b]` and `(case insensitive) [A, B]`.
fn one_of(text: &str) -> Option<String> {
    let (text, ignore_case) = match text.strip_prefix("(case insensitive) ") {
        Some(rest) => (rest, true),
        None => (text, false),
    };
    let inner = text.strip_prefix('[')?.strip_suffix(']')?;
    // `null` stands for Java's null, which no file can spell.
    let values: Vec<_> = inner.split(", ").filter(|v| *v != "null").collect();
    if values.contains(&"0.8.0") {
        return Some(format!("Validator::MetadataVersion(&{values:?})"));
    }
    Some(format!(
        "Validator::OneOf {{ values: &{values:?}, ignore_case: {ignore_case} }}"
    ))
}
