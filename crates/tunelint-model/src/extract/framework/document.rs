//! The documents of a framework's file, and the profile in which each of them counts.

use crate::setting::{Setting, Style};
use tunelint_base::{OffsetMap, Span};

/// Settings that count together.
pub(in crate::extract) struct Document {
    /// The profile in which they count; `None`: always.
    pub(in crate::extract) profile: Option<String>,
    /// In order, with their names stripped of the profile.
    pub(in crate::extract) settings: Vec<Setting>,
}

/// Keys that make a document of Spring's count only sometimes.
const CONDITIONS: [&str; 4] = [
    "spring.config.activate.on-profile",
    "spring.config.activate.onprofile",
    "spring.config.activate.on-cloud-platform",
    "spring.profiles",
];

/// The documents that the settings of one YAML document or properties text make: `%prod.` keys
/// of MicroProfile count in their profile only. `separators` are the offsets of lines that end a
/// document of Spring's.
pub(in crate::extract) fn documents(settings: Vec<Setting>, separators: &[u32]) -> Vec<Document> {
    let mut parts: Vec<Vec<Setting>> = vec![Vec::new(); separators.len() + 1];
    for setting in settings {
        let at = separators.partition_point(|offset| *offset < setting.span.start);
        parts[at].push(setting);
    }
    parts.into_iter().flat_map(of_part).collect()
}

fn of_part(settings: Vec<Setting>) -> Vec<Document> {
    let condition = settings
        .iter()
        .find(|setting| CONDITIONS.contains(&&*setting.written))
        .map(|setting| setting.value.trim().to_owned());
    let mut all = vec![Document {
        profile: condition.clone(),
        settings: Vec::new(),
    }];
    for mut setting in join_indexed(settings) {
        let (profile, key) = split_profile(&setting.name);
        let (profile, key) = (profile.map(str::to_owned), key.to_owned());
        setting.name = key.into();
        let wanted = profile.or_else(|| condition.clone());
        match all.iter_mut().find(|one| one.profile == wanted) {
            Some(document) => document.settings.push(setting),
            None => all.push(Document {
                profile: wanted,
                settings: vec![setting],
            }),
        }
    }
    all
}

/// `%prod.kafka.acks` and `%{prod,stage}.kafka.acks`: the profile, and the key without it.
pub(super) fn split_profile(key: &str) -> (Option<&str>, &str) {
    let Some(rest) = key.strip_prefix('%') else {
        return (None, key);
    };
    let split = match rest.strip_prefix('{') {
        Some(list) => list.split_once("}."),
        None => rest.split_once('.'),
    };
    match split {
        Some((profile, key)) => (Some(profile), key),
        None => (None, key),
    }
}

/// The items of a list, `servers[0]` and `servers[1]`, as one setting with commas.
fn join_indexed(settings: Vec<Setting>) -> Vec<Setting> {
    let mut joined: Vec<Setting> = Vec::with_capacity(settings.len());
    let mut open = false;
    for setting in settings {
        let Some(name) = list_name(&setting.name) else {
            joined.push(setting);
            open = false;
            continue;
        };
        let item = Setting {
            written: name.into(),
            name: name.into(),
            style: Style::Fixed,
            lines: None,
            ..setting
        };
        match joined.last_mut() {
            Some(list) if open && list.written == item.written => append(list, &item),
            _ => {
                joined.push(item);
                open = true;
            }
        }
    }
    joined
}

fn append(list: &mut Setting, item: &Setting) {
    let value = format!("{},{}", list.value, item.value);
    list.span = list.span.cover(item.span);
    list.value_span = list.value_span.cover(item.value_span);
    list.placeholder |= item.placeholder;
    let mut map = OffsetMap::starting_at(list.value_span.start as usize);
    map.push_escape(list.value_span, value.len());
    list.map = map;
    list.value = value.into();
}

/// `servers` of `servers[3]`; a key in brackets, `properties[max.poll.records]`, is none.
fn list_name(key: &str) -> Option<&str> {
    let (name, index) = key.strip_suffix(']')?.rsplit_once('[')?;
    let digits = !index.is_empty() && index.bytes().all(|byte| byte.is_ascii_digit());
    (digits && !name.is_empty()).then_some(name)
}

/// Where lines stand that separate documents in a properties file of Spring's: `#---` or `!---`.
pub(in crate::extract) fn separators(text: &str, place: impl Fn(Span) -> Span) -> Vec<u32> {
    let mut at = 0;
    let mut found = Vec::new();
    for line in text.split_inclusive('\n') {
        if matches!(line.trim_end(), "#---" | "!---") {
            found.push(place(Span::new(at, at + line.len())).start);
        }
        at += line.len();
    }
    found
}
