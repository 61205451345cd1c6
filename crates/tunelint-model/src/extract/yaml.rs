//! YAML and JSON: Kubernetes objects, application configuration, connectors.

use super::framework::{self, Document};
use super::{compose, connector, kubernetes, librdkafka, properties, yaml_options};
use crate::client::{ClientFacts, ClientKind, Insertion, Place};
use crate::file::{DuplicateKey, FileFacts, SyntaxError};
use crate::fragment::Fragment;
use crate::kube::{Body, Source, Sourced};
use crate::setting::{Setting, Style};
use tunelint_base::{OffsetMap, Span};
use tunelint_syntax::yaml::{self, Kind, Node, Scalar};

/// Reads a whole file, a code fence or an entry of a ConfigMap.
pub(super) fn extract(facts: &mut FileFacts, fragment: &Fragment<'_>, place: &Place) {
    let source = Source::new(yaml::parse(&fragment.text), fragment.map.clone());
    let yaml = source.yaml();
    let before = facts.roles.len();
    let text = &*fragment.text;
    let mut documents = Vec::new();
    let mut of_framework = false;
    let mut others = Vec::new();
    for document in &yaml.documents {
        let Some(root) = yaml.root(document) else {
            continue;
        };
        let body = Body::new(&source, document);
        if kubernetes::extract(facts, fragment, &body, root)
            || compose::extract(facts, fragment, root)
        {
            continue;
        }
        connector::extract(facts, fragment, root, place);
        let claimed = librdkafka::extract(facts, fragment, root, place);
        let mut settings = Vec::new();
        flatten(fragment, root, String::new(), 0, &mut settings);
        settings.retain(|setting| !claimed.contains(&setting.span.start));
        of_framework |= framework::is_framework(&settings);
        documents.push(settings);
        others.push(root);
    }
    if of_framework {
        application(facts, documents, place);
    }
    let ours = facts.roles.len() > before || (!facts.objects.is_empty() && before > 0);
    // A broken file tells by its text what it was meant to be.
    let meant = text.contains("apiVersion:") && text.contains("kind:");
    if ours || meant {
        let errors = yaml.errors.iter().map(|error| SyntaxError {
            span: fragment.span(error.span),
            message: error.message.clone(),
        });
        facts.errors.extend(errors);
        if !yaml.errors.is_empty() && !ours {
            facts.add_role("Kubernetes manifest");
        }
        if !yaml.templated {
            let again = yaml.duplicates.iter().map(|duplicate| DuplicateKey {
                first: fragment.span(duplicate.first),
                again: fragment.span(duplicate.again),
                name: duplicate
                    .again
                    .of(text)
                    .trim_matches(['"', '\''])
                    .to_owned(),
            });
            facts.duplicates.extend(again);
        }
    }
    for root in others {
        yaml_options::extract(facts, fragment, root);
    }
}

/// An application's configuration: the settings of each document of the file.
fn application(facts: &mut FileFacts, documents: Vec<Vec<Setting>>, place: &Place) {
    facts.add_role("Kafka settings of an application framework");
    for settings in &documents {
        properties::note_secrets(facts, settings);
    }
    let documents: Vec<Document> = documents
        .into_iter()
        .flat_map(|settings| framework::documents(settings, &[]))
        .collect();
    framework::clients(facts, documents, place);
}

/// A mapping whose pairs are Kafka settings, such as `spec.config` of a custom resource.
pub(super) fn settings_of(fragment: &Fragment<'_>, mapping: Node<'_>) -> Vec<Setting> {
    let pairs = mapping.pairs().filter_map(|pair| {
        let key = pair.key.scalar()?;
        setting(fragment, &key.text, key, pair.value).or_else(|| {
            let is_there = matches!(pair.value.kind(), Kind::Sequence(_) | Kind::Unknown);
            is_there.then(|| hidden(fragment, key))
        })
    });
    pairs.collect()
}

/// A pair whose value is none that can be read: its key is set, nobody sees to what.
fn hidden(fragment: &Fragment<'_>, key: &Scalar) -> Setting {
    let span = fragment.span(key.span);
    let end = Span::empty(span.end as usize);
    Setting {
        name: key.text.clone(),
        written: key.text.clone(),
        value: "".into(),
        span,
        key_span: span,
        value_span: end,
        lines: None,
        style: Style::Fixed,
        map: OffsetMap::starting_at(end.start as usize),
        placeholder: true,
    }
}

/// One pair, as the setting `name`.
pub(super) fn setting(
    fragment: &Fragment<'_>,
    name: &str,
    key: &Scalar,
    value: Node<'_>,
) -> Option<Setting> {
    let scalar = value.scalar()?;
    let sourced: Sourced = fragment.sourced(scalar);
    let key_span = fragment.span(key.span);
    let span = key_span.cover(fragment.span(scalar.span));
    let through_alias = value.alias().is_some();
    Some(Setting {
        name: name.into(),
        written: name.into(),
        value: sourced.text,
        span: if through_alias { key_span } else { span },
        key_span,
        value_span: sourced.span,
        // In JSON a comma goes with the pair before.
        lines: if through_alias || is_json(key) {
            None
        } else {
            fragment.whole_lines(span)
        },
        style: sourced.style,
        map: sourced.map,
        placeholder: sourced.placeholder,
    })
}

/// Whether a key is written as JSON writes it.
fn is_json(key: &Scalar) -> bool {
    key.style == tunelint_syntax::yaml::Style::DoubleQuoted
}

/// Where a pair can be added to a mapping whose last pair stands on lines of its own.
fn insertion(fragment: &Fragment<'_>, mapping: Node<'_>, last: &Setting) -> Option<Insertion> {
    let json = mapping
        .pairs()
        .any(|pair| pair.key.scalar().is_some_and(is_json));
    fragment.whole_lines(last.span)?;
    let (comma, separator, quote) = if json {
        (",", "\": \"", "\"")
    } else {
        ("", ": ", "")
    };
    let (end, indent) = (fragment.line_end(), fragment.indent_at(last.span.start));
    Some(Insertion {
        offset: last.span.end,
        before: format!("{comma}{end}{indent}{quote}"),
        after: quote.to_owned(),
        separator,
    })
}

/// A client whose settings are the pairs of a mapping.
pub(super) fn client_of(
    facts: &mut FileFacts,
    fragment: &Fragment<'_>,
    kind: ClientKind,
    why: &str,
    mapping: Node<'_>,
    place: Place,
) {
    client_with(facts, fragment, kind, why, mapping, None, &place);
}

/// The same, with settings that stand elsewhere, unless the mapping has them itself.
pub(super) fn client_with(
    facts: &mut FileFacts,
    fragment: &Fragment<'_>,
    kind: ClientKind,
    why: &str,
    mapping: Node<'_>,
    more: impl IntoIterator<Item = Setting>,
    place: &Place,
) {
    let mut settings = settings_of(fragment, mapping);
    let insert = settings
        .last()
        .and_then(|last| insertion(fragment, mapping, last));
    for setting in more {
        if settings.iter().all(|own| own.name != setting.name) {
            settings.push(setting);
        }
    }
    if settings.is_empty() {
        return;
    }
    let anchor = settings[0].span;
    properties::note_secrets(facts, &settings);
    facts.clients.push(ClientFacts {
        kind,
        why: why.to_owned(),
        settings,
        complete: false,
        kafka: facts.directives.kafka,
        anchor,
        insert,
        place: place.clone(),
        section: None,
    });
}

/// Nested mappings as dotted keys, as Spring reads them.
fn flatten(
    fragment: &Fragment<'_>,
    node: Node<'_>,
    prefix: String,
    depth: usize,
    into: &mut Vec<Setting>,
) {
    const DEEPEST: usize = 12;
    if depth > DEEPEST || !matches!(node.kind(), Kind::Mapping(_)) {
        return;
    }
    for pair in node.pairs() {
        let Some(key) = pair.key.scalar() else {
            continue;
        };
        let name = if prefix.is_empty() {
            key.text.to_string()
        } else {
            format!("{prefix}.{}", key.text)
        };
        // Only what can lead to Kafka settings is worth the walk.
        if depth == 0
            && !name.starts_with('%')
            && ![
                "spring",
                "mp",
                "kafka",
                "quarkus",
                "kafka-streams",
                "debezium",
            ]
            .iter()
            .any(|word| name.starts_with(word))
        {
            continue;
        }
        match pair.value.kind() {
            Kind::Mapping(_) => flatten(fragment, pair.value, name, depth + 1, into),
            Kind::Scalar(_) => into.extend(setting(fragment, &name, key, pair.value)),
            Kind::Sequence(_) => {
                let items = pair.value.items().enumerate();
                into.extend(items.filter_map(|(at, item)| {
                    setting(fragment, &format!("{name}[{at}]"), key, item)
                }));
            }
            _ => {}
        }
    }
}
