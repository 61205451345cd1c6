//! librdkafka's clients in YAML and JSON: mappings whose keys are its properties, wherever they stand.

use super::yaml::{client_with, setting};
use crate::client::{ClientKind, Place};
use crate::file::FileFacts;
use crate::fragment::Fragment;
use crate::recognise::recognise;
use crate::setting::{Setting, Style};
use tunelint_catalog::librdkafka;
use tunelint_syntax::yaml::Node;

/// How deep a mapping may lie.
const DEEPEST: usize = 8;

/// Keys without which a mapping is no client.
const ADDRESSES: [&str; 2] = ["bootstrap.servers", "metadata.broker.list"];

/// Sections that other readers of this program look at.
const OTHERS: [&str; 6] = [
    "debezium",
    "kafka-streams",
    "mp",
    "quarkus",
    "spring",
    "connector.class",
];

/// Looks for clients in a document that is no Kubernetes object; the result is where the settings
/// begin that it took.
pub(super) fn extract(
    facts: &mut FileFacts,
    fragment: &Fragment<'_>,
    root: Node<'_>,
    place: &Place,
) -> Vec<u32> {
    let text = &*fragment.text;
    let mut taken = Vec::new();
    let words = ADDRESSES.iter().chain(&["rdkafka"]);
    if words.clone().any(|word| text.contains(word)) {
        let said = facts.directives.kind.flatten();
        let said = said.is_some_and(|kind| kind == ClientKind::Librdkafka);
        let walk = Walk {
            fragment,
            place,
            said,
        };
        walk.node(facts, root, &mut Vec::new(), &mut taken);
    }
    taken
}

struct Walk<'w, 't> {
    fragment: &'w Fragment<'t>,
    place: &'w Place,
    /// Whether a directive says that the file is for librdkafka.
    said: bool,
}

impl Walk<'_, '_> {
    fn node(
        &self,
        facts: &mut FileFacts,
        node: Node<'_>,
        path: &mut Vec<String>,
        taken: &mut Vec<u32>,
    ) {
        // What an alias stands for is looked at where it stands.
        if path.len() > DEEPEST || node.alias().is_some() {
            return;
        }
        if node.is_mapping() && self.client(facts, node, path, taken) {
            return;
        }
        let pairs = node.pairs().filter_map(|pair| {
            let key = pair.key.scalar()?;
            Some((key.text.to_string(), pair.value))
        });
        let items = node.items().enumerate();
        let inner = pairs.chain(items.map(|(at, item)| (at.to_string(), item)));
        for (name, value) in inner {
            if path.is_empty() && OTHERS.contains(&name.as_str()) {
                continue;
            }
            path.push(name);
            self.node(facts, value, path, taken);
            path.pop();
        }
    }

    /// Takes the mapping for a client if its keys say so, or the name that it goes by.
    fn client(
        &self,
        facts: &mut FileFacts,
        node: Node<'_>,
        path: &[String],
        taken: &mut Vec<u32>,
    ) -> bool {
        let keys: Vec<&str> = node.entries().filter_map(|pair| pair.name()).collect();
        let named = path.last().is_some_and(|name| name.contains("rdkafka"));
        let known = keys
            .iter()
            .any(|key| key.contains('.') && librdkafka::find(key).is_some());
        if !known || !(named || keys.iter().any(|key| ADDRESSES.contains(key))) {
            return false;
        }
        let why = if self.said {
            "a directive says so".to_owned()
        } else if named {
            format!("it is `{}`", path.join("."))
        } else {
            let recognised = recognise(keys.iter().copied(), "");
            match recognised.filter(|found| found.kind == ClientKind::Librdkafka) {
                Some(found) => found.why,
                None => return false,
            }
        };
        let place = match self.place {
            Place::File if !path.is_empty() => Place::Section(path.join(".")),
            place => place.clone(),
        };
        facts.add_role("Kafka librdkafka configuration");
        let merged = node.entries().filter_map(|pair| {
            let key = pair.key.scalar()?;
            setting(self.fragment, &key.text, key, pair.value)
        });
        let before = facts.clients.len();
        let kind = ClientKind::Librdkafka;
        client_with(facts, self.fragment, kind, &why, node, merged, &place);
        for client in facts.clients.iter_mut().skip(before) {
            client.complete = facts.directives.complete && self.said;
            client.settings.iter_mut().for_each(hide);
            taken.extend(client.settings.iter().map(|setting| setting.span.start));
        }
        true
    }
}

/// A plain scalar that YAML resolves to something that is spelled otherwise, as `no` to false: what
/// the program makes of it before librdkafka sees it cannot be told.
fn hide(setting: &mut Setting) {
    const WORDS: [&str; 9] = ["y", "n", "yes", "no", "on", "off", "null", "~", ""];
    let value = setting.value.trim();
    let word = WORDS.iter().any(|word| value.eq_ignore_ascii_case(word));
    let digits = value.trim_start_matches(['+', '-']);
    let number = digits.starts_with(|c: char| c.is_ascii_digit() || c == '.');
    let odd = number
        && (digits.contains(['_', ':', 'e', 'E', 'x', 'o', 'b'])
            || digits.len() > 1 && digits.starts_with('0') && !digits.starts_with("0."));
    let plain = setting.style == Style::YamlPlain;
    setting.placeholder |= plain && (word || odd);
}
