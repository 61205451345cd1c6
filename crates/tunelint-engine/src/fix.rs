//! Cures as edits of the text that somebody wrote.

use crate::compile::Node;
use crate::eval::eval;
use crate::finding::say;
use crate::ready::{ReadyAction, ReadyFix};
use tunelint_base::quantity::{show_jvm_size, show_kubernetes_bytes};
use tunelint_base::{Edit, Fix, Location, Origin, Span, Unit};
use tunelint_model::client::Entry;
use tunelint_model::facts::{Decl, effective};
use tunelint_model::kube::{Given, Slot};
use tunelint_model::{Value, View};

mod escapes;
mod named;

/// The cure of a finding; `None` where it cannot be written there.
pub(crate) fn fix(spec: &ReadyFix, view: &View<'_>) -> Option<Fix> {
    let (edits, title) = match &spec.action {
        ReadyAction::Set(target, to) => set(target, to, view)?,
        ReadyAction::Remove(target) => remove(target, view)?,
        ReadyAction::Apply(name) => named::edits(name, view)?,
    };
    let title = spec
        .title
        .as_ref()
        .map_or(title, |pieces| say(pieces, view));
    Some(Fix {
        title,
        safety: spec.safety,
        edits,
    })
}

fn set(target: &Node, to: &Node, view: &View<'_>) -> Option<(Vec<Edit>, String)> {
    let value = eval(to, view);
    match target {
        Node::Key(name, _) => {
            let text = plain(&value)?;
            Some((
                vec![set_key(name, &text, view)?],
                format!("set `{name}` to {text}"),
            ))
        }
        Node::Fact(decl) => {
            let fact = (decl.get)(view);
            let Origin::Set(location) = fact.origin else {
                return insert(decl, fact.slot?, &value, view);
            };
            let text = if decl.name.starts_with("jvm.") {
                let Value::Int(bytes) = value else {
                    return None;
                };
                // A resource of an operator may spell it as key and value.
                let old = view.model.text_at(location);
                let old = Some(old).filter(|old| old.starts_with('-'))?;
                let size = show_jvm_size(u64::try_from(bytes).ok()?);
                let head = old
                    .find('=')
                    .map_or_else(|| old.get(..4), |at| old.get(..=at))?;
                format!("{head}{size}")
            } else if let (Value::List(items), true) =
                (&value, view.model.text_at(location).contains(['"', '\'']))
            {
                let items: Vec<String> = items
                    .iter()
                    .map(|item| format!("{:?}", item.show(None)))
                    .collect();
                format!("[{}]", items.join(", "))
            } else {
                spelled(decl, &value, view)?
            };
            // A key that stands there already must not be there twice.
            if decl.name == "setting.key" && named::is_taken(&text, view) {
                return None;
            }
            let title = format!("change it to `{text}`");
            Some((vec![Edit { location, text }], title))
        }
        _ => None,
    }
}

/// Puts a value where nothing stands yet in a Kubernetes object.
fn insert(
    decl: &Decl,
    slot: Slot,
    value: &Value<'_>,
    view: &View<'_>,
) -> Option<(Vec<Edit>, String)> {
    let file = view.model.file(slot.file)?;
    let object = file.facts.objects.get(slot.object)?;
    let text = spelled(decl, value, view)?;
    let given = match value {
        Value::List(items) => Given::List(items.iter().filter_map(Value::as_str).collect()),
        Value::Str(text) => Given::Text(text),
        _ => Given::Plain(&text),
    };
    let edit = slot.put(object, file.text.as_str(), &given)?;
    let path = slot.path.join(".");
    Some((vec![edit], format!("set `{path}` to {text}")))
}

/// A value as manifests spell it: `4Gi`, `500m`; times are in seconds there.
fn spelled(decl: &Decl, value: &Value<'_>, view: &View<'_>) -> Option<String> {
    Some(match (decl.unit, value) {
        (Some(Unit::Bytes), Value::Int(bytes)) => view.container.map_or_else(
            || show_kubernetes_bytes(*bytes),
            |container| container.spell_bytes(*bytes),
        ),
        (Some(Unit::Millicores), Value::Int(count)) if count % 1000 == 0 => {
            (count / 1000).to_string()
        }
        (Some(Unit::Millicores), Value::Int(count)) => format!("{count}m"),
        (Some(Unit::Millis), Value::Int(millis)) => ((millis + 999) / 1000).to_string(),
        (_, Value::List(items)) => {
            let items: Vec<String> = items.iter().map(|item| item.show(None)).collect();
            format!("[{}]", items.join(", "))
        }
        _ => plain(value)?,
    })
}

fn plain(value: &Value<'_>) -> Option<String> {
    value.is_known().then(|| value.show(None))
}

/// Writes a key's value where it stands, or adds the key.
fn set_key(name: &'static str, text: &str, view: &View<'_>) -> Option<Edit> {
    let client = view.client?;
    if let (Some(entry), Origin::Set(_)) = (client.entry(name), effective(view, name).origin) {
        let location = Location::new(entry.file, entry.setting.value_span);
        return Some(Edit {
            location,
            text: entry.setting.spell(text)?,
        });
    }
    let insert = client.facts.insert.as_ref()?;
    let prefix = match (client.parent, client.kind) {
        (Some(_), kind) => format!("{}.", kind.as_str()),
        (None, _) => String::new(),
    };
    let location = Location::new(client.file, Span::empty(insert.offset as usize));
    let text = format!(
        "{}{prefix}{name}{}{text}{}",
        insert.before, insert.separator, insert.after
    );
    Some(Edit { location, text })
}

/// Takes out the lines of a setting, or an option with the blank before it.
fn remove(target: &Node, view: &View<'_>) -> Option<(Vec<Edit>, String)> {
    let decl = match target {
        Node::Key(name, _) => return remove_setting(view.client?.entry(name)?),
        Node::Fact(decl) => decl,
        _ => return None,
    };
    if decl.name.starts_with("setting.") {
        return remove_setting(view.setting?);
    }
    if decl.name.starts_with("flag.") {
        let (location, _, flag) = view.flag?;
        let text = view.model.file(location.file)?.text.as_str();
        let before = text.get(..location.span.start as usize)?;
        let blanks = before.len() - before.trim_end_matches([' ', '\t']).len();
        let start = location.span.start as usize - blanks;
        let span = Span::new(start, location.span.end as usize);
        // A list item of its own goes with its dash and line, which only its list's reader knows.
        let alone = before[..start].ends_with(['\n', '-']);
        let edit = Edit {
            location: Location::new(location.file, span),
            text: String::new(),
        };
        return (!alone).then(|| (vec![edit], format!("remove `{}`", flag.text)));
    }
    let Origin::Set(place) = (decl.get)(view).origin else {
        return None;
    };
    let mut all = view.client?.settings.iter();
    let found = all.find(|entry| entry.file == place.file && entry.setting.span == place.span);
    remove_setting(*found?)
}

fn remove_setting(entry: Entry<'_>) -> Option<(Vec<Edit>, String)> {
    let edit = Edit {
        location: Location::new(entry.file, entry.setting.lines?),
        text: String::new(),
    };
    Some((vec![edit], format!("remove `{}`", entry.setting.written)))
}
