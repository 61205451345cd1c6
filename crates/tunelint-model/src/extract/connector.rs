//! Connectors as JSON or YAML: what Connect's REST interface takes and gives, and custom resources.

use super::yaml;
use crate::client::{ClientKind, Place};
use crate::file::FileFacts;
use crate::fragment::Fragment;
use crate::setting::Setting;
use tunelint_syntax::yaml::{Kind, Node};

/// The key that makes a mapping a connector's configuration.
const CLASS: &str = "connector.class";

/// Finds the connectors in a document: `{"name": …, "config": {…}}`, the config alone, a list of
/// either, or what `GET /connectors?expand=info` answers.
pub(super) fn extract(
    facts: &mut FileFacts,
    fragment: &Fragment<'_>,
    root: Node<'_>,
    place: &Place,
) {
    if fragment.text.contains(CLASS) {
        search(facts, fragment, root, None, place, 0);
    }
}

fn search(
    facts: &mut FileFacts,
    fragment: &Fragment<'_>,
    node: Node<'_>,
    name: Option<Setting>,
    place: &Place,
    depth: usize,
) {
    const DEEPEST: usize = 6;
    if depth > DEEPEST || node.alias().is_some() {
        return;
    }
    match node.kind() {
        Kind::Mapping(pairs) => {
            if node
                .get(CLASS)
                .is_some_and(|class| class.scalar().is_some())
            {
                facts.add_role("Kafka connector configuration");
                let why = format!("it sets `{CLASS}`");
                yaml::client_with(
                    facts,
                    fragment,
                    ClientKind::Connector,
                    &why,
                    node,
                    name,
                    place,
                );
                return;
            }
            for pair in pairs {
                let name = (pair.name() == Some("config"))
                    .then(|| setting(fragment, node, "name", "name"))
                    .flatten();
                search(facts, fragment, pair.value, name, place, depth + 1);
            }
        }
        Kind::Sequence(items) => {
            for item in items {
                search(facts, fragment, item, None, place, depth + 1);
            }
        }
        _ => {}
    }
}

/// The pair `key` of a mapping, as the connector's setting `name`.
pub(super) fn setting(
    fragment: &Fragment<'_>,
    mapping: Node<'_>,
    key: &str,
    name: &str,
) -> Option<Setting> {
    let pair = mapping.pair(key)?;
    let mut setting = yaml::setting(fragment, name, pair.key.scalar()?, pair.value)?;
    setting.written = key.into();
    setting.lines = None;
    Some(setting)
}

#[cfg(test)]
mod tests {
    use crate::client::ClientKind;
    use crate::extract;

    /// The connectors of a text: name, class and the text at the class's place.
    fn connectors(path: &str, text: &str) -> Vec<(String, String, String)> {
        let facts = extract(path, text);
        let value = |client: &crate::client::ClientFacts, key: &str| {
            let mut found = client.settings.iter().filter(|one| &*one.name == key);
            let found = found.next();
            found.map_or_else(Default::default, |setting| {
                (
                    setting.value.to_string(),
                    setting.value_span.of(text).to_owned(),
                )
            })
        };
        assert!(
            facts
                .clients
                .iter()
                .all(|one| one.kind == ClientKind::Connector)
        );
        let all = facts.clients.iter().map(|client| {
            let (class, at) = value(client, "connector.class");
            (value(client, "name").0, class, at)
        });
        all.collect()
    }

    fn found(name: &str, class: &str) -> (String, String, String) {
        (name.to_owned(), class.to_owned(), class.to_owned())
    }

    #[test]
    fn what_rest_takes_and_gives_is_read() {
        let one = r#"{"name": "a", "config": {"connector.class": "x.A", "tasks.max": 1}}"#;
        assert_eq!(connectors("a.json", one), [found("a", "x.A")]);
        let alone = r#"{"connector.class": "x.A", "name": "b"}"#;
        assert_eq!(connectors("a.json", alone), [found("b", "x.A")]);
        let list = format!("[{one}, {alone}]");
        assert_eq!(
            connectors("a.json", &list),
            [found("a", "x.A"), found("b", "x.A")]
        );
        let expanded = format!(r#"{{"a": {{"info": {one}, "status": {{}}}}}}"#);
        assert_eq!(connectors("a.json", &expanded), [found("a", "x.A")]);
        assert!(connectors("a.json", r#"{"note": "connector.class"}"#).is_empty());
    }

    #[test]
    fn custom_resources_add_fields_of_their_own() {
        let text = "apiVersion: kafka.strimzi.io/v1beta2\nkind: KafkaConnector\nmetadata:\n  name: a\nspec:\n  class: x.A\n  tasksMax: 2\n  config:\n    topics: [b]\n";
        assert_eq!(connectors("a.yaml", text), [found("a", "x.A")]);
        let facts = extract("a.yaml", text);
        let topics = &facts.clients[0].settings[0];
        assert!(&*topics.name == "topics" && topics.placeholder);
    }
}
