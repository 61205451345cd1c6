//! Facts of what a pod names and what the files define under that name.

use super::at::pod_spec;
use super::pod::with;
use super::{Decl, decl};
use crate::cluster::{ObjectEntry, PodEntry};
use crate::kube::{At, Object, Read};
use crate::setting::is_placeholder;
use crate::value::{Fact, Type, Value};
use crate::view::View;
use tunelint_base::{Entity, Location, Span};

const ON: Entity = Entity::Pod;

pub(super) const FACTS: &[Decl] = &[
    decl(
        "pod.reference_elsewhere",
        ON,
        Type::Str,
        "What it names and the files define in another namespace only",
        elsewhere,
    ),
    decl(
        "pod.reference_key",
        ON,
        Type::Str,
        "A key of a ConfigMap or Secret that it names and that is not in it",
        key_missing,
    ),
    decl(
        "pod.reference_missing",
        ON,
        Type::Str,
        "What it names and the files do not define, though they define others of that kind for it",
        |view| missing(view).0,
    ),
    decl(
        "pod.reference_near",
        ON,
        Type::Str,
        "The name that was probably meant instead",
        |view| missing(view).1,
    ),
];

/// Something that a pod names.
#[derive(Clone)]
struct Reference<'m> {
    kind: &'static str,
    name: &'m str,
    key: Option<(&'m str, Span)>,
    span: Span,
}

impl Reference<'_> {
    fn title(&self) -> String {
        format!("the {} `{}`", self.kind, self.name)
    }
}

/// Everything that the pod needs and names; what is optional it does not need.
fn references<'m>(view: &View<'m>, pod: &'m PodEntry<'m>) -> Vec<Reference<'m>> {
    let mut all = Vec::new();
    let Some(spec) = pod_spec(view) else {
        return all;
    };
    for facts in pod.pod.containers.iter().chain(&pod.pod.init) {
        let Some(at) = facts.at(pod.object) else {
            continue;
        };
        for item in at.items(&["env"]) {
            let Some(from) = item.get(&["valueFrom"]) else {
                continue;
            };
            push(
                &mut all,
                from.get(&["configMapKeyRef"]),
                "ConfigMap",
                "name",
            );
            push(&mut all, from.get(&["secretKeyRef"]), "Secret", "name");
        }
        for item in at.items(&["envFrom"]) {
            push(&mut all, item.get(&["configMapRef"]), "ConfigMap", "name");
            push(&mut all, item.get(&["secretRef"]), "Secret", "name");
        }
    }
    for volume in spec.at.items(&["volumes"]) {
        push(&mut all, volume.get(&["configMap"]), "ConfigMap", "name");
        push(&mut all, volume.get(&["secret"]), "Secret", "secretName");
        let claim = volume.get(&["persistentVolumeClaim"]);
        push(&mut all, claim, "PersistentVolumeClaim", "claimName");
        for source in volume.items(&["projected", "sources"]) {
            push(&mut all, source.get(&["configMap"]), "ConfigMap", "name");
            push(&mut all, source.get(&["secret"]), "Secret", "name");
        }
    }
    push(
        &mut all,
        Some(spec.at),
        "ServiceAccount",
        "serviceAccountName",
    );
    all
}

fn push<'m>(all: &mut Vec<Reference<'m>>, at: Option<At<'m>>, kind: &'static str, name: &str) {
    let Some(at) = at else { return };
    let Read::Known(found, span) = at.text(&[name]) else {
        return;
    };
    if at.bool(&["optional"]) == Read::Absent || at.bool(&["optional"]).known() == Some(false) {
        let key = match at.text(&["key"]) {
            Read::Known(key, span) => Some((key, span)),
            _ => None,
        };
        all.push(Reference {
            kind,
            name: found,
            key,
            span,
        });
        // The entries that a volume picks.
        for item in at.items(&["items"]) {
            if let Read::Known(key, key_span) = item.text(&["key"]) {
                all.push(Reference {
                    kind,
                    name: found,
                    key: Some((key, key_span)),
                    span,
                });
            }
        }
    }
}

/// The names under which an object makes something of a kind: operators make Secrets as well.
fn made(object: &Object, kind: &str) -> Vec<String> {
    let name = object.name.as_ref().map(|name| name.text.to_string());
    let text = |path: &[&str]| {
        let root = object.root();
        root.and_then(|root| root.text(path).known())
            .map(str::to_owned)
    };
    let all = match (kind, object.kind.as_str()) {
        (
            "Secret",
            "Secret" | "SealedSecret" | "KafkaUser" | "SopsSecret" | "VaultStaticSecret",
        ) => {
            vec![name]
        }
        ("Secret", "ExternalSecret") => vec![text(&["spec", "target", "name"]), name],
        ("Secret", "Certificate") => vec![text(&["spec", "secretName"])],
        ("Secret", "Kafka") => vec![
            name.as_ref().map(|name| format!("{name}-cluster-ca-cert")),
            name.as_ref().map(|name| format!("{name}-clients-ca-cert")),
        ],
        (wanted, found) if wanted == found => vec![name],
        _ => Vec::new(),
    };
    all.into_iter().flatten().collect()
}

/// The objects that make something of that kind and name, in whatever namespace.
fn makers<'m>(view: &View<'m>, pod: &PodEntry<'m>, wanted: &Reference<'_>) -> Vec<ObjectEntry<'m>> {
    let all = view.model.objects_from(pod.file);
    all.filter(|entry| {
        made(entry.object, wanted.kind)
            .iter()
            .any(|name| name == wanted.name)
    })
    .collect()
}

fn is_known(pod: &PodEntry<'_>, found: &Reference<'_>) -> bool {
    let always = ["kube-root-ca.crt", "default"];
    !is_placeholder(found.name) && !always.contains(&found.name) && !pod.object.is_live()
}

/// What is named and nowhere made. It is told only where the files define others of that kind for
/// this pod: beside it, or so that it names them. Otherwise it is likely made elsewhere.
fn missing<'m>(view: &View<'m>) -> (Fact<'m>, Fact<'m>) {
    let nothing = || (Fact::absent(), Fact::absent());
    let Some(pod) = view.pod() else {
        return (Fact::unknown("the pod"), Fact::unknown("the pod"));
    };
    if view.model.options.no_link || pod.object.is_partial() {
        let unknown = || Fact::unknown("what other files define");
        return (unknown(), unknown());
    }
    let all = references(view, pod);
    for found in all.iter().filter(|found| is_known(pod, found)) {
        if !makers(view, pod, found).is_empty() {
            continue;
        }
        let here: Vec<String> = view
            .model
            .objects_from(pod.file)
            .filter(|entry| view.model.same_folder(entry.file, pod.file))
            .flat_map(|entry| made(entry.object, found.kind))
            .collect();
        let near = here.iter().find(|name| is_slip(name, found.name));
        let mut others = all.iter().filter(|other| other.kind == found.kind);
        let defined = others.any(|other| here.iter().any(|name| name == other.name));
        if near.is_none() && !(defined && found.kind == "ConfigMap") {
            continue;
        }
        let place = Location::new(pod.file, found.span);
        let fact = Fact::set(Value::str(found.title()), place);
        return (
            fact,
            near.map_or_else(Fact::absent, |name| super::text(name.clone())),
        );
    }
    nothing()
}

/// One or two letters apart: left out, put in, exchanged or other ones; a number is no slip.
fn is_slip(one: &str, other: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let limit = if a.len().min(b.len()) < 8 { 1 } else { 2 };
    if a.len().abs_diff(b.len()) > limit || a.len().min(b.len()) < 4 {
        return false;
    }
    let digits = |text: &str| -> String { text.chars().filter(char::is_ascii_digit).collect() };
    if digits(one) != digits(other) {
        return false;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut before = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let cost = if x == y {
                before
            } else {
                1 + before.min(row[j]).min(row[j + 1])
            };
            before = row[j + 1];
            row[j + 1] = cost;
        }
    }
    row[b.len()] <= limit
}

fn elsewhere<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |pod| {
        for found in references(view, pod) {
            let makers = makers(view, pod, &found);
            let reachable = makers
                .iter()
                .any(|entry| entry.object.shares_namespace(pod.object));
            if let (false, Some(entry), true) = (reachable, makers.first(), is_known(pod, &found)) {
                let namespace = entry.object.namespace.as_deref().unwrap_or("");
                let text = format!("{} is in the namespace `{namespace}`", found.title());
                let mut fact = Fact::set(Value::str(text), Location::new(pod.file, found.span));
                fact.parts = vec![(entry.anchor(), "it is defined here".to_owned())];
                return fact;
            }
        }
        Fact::absent()
    })
}

/// A key that none of the objects of that name has, where their contents can be seen.
fn key_missing<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |pod| {
        for found in references(view, pod) {
            let Some((key, span)) = found.key.filter(|(key, _)| !is_placeholder(key)) else {
                continue;
            };
            let makers = makers(view, pod, &found);
            let mut reachable = makers
                .iter()
                .filter(|entry| entry.object.shares_namespace(pod.object))
                .peekable();
            let Some(first) = reachable.peek().map(|entry| entry.anchor()) else {
                continue;
            };
            if reachable.any(|entry| has_key(entry.object, found.kind, key)) {
                continue;
            }
            let text = format!("{} has no key `{key}`", found.title());
            let mut fact = Fact::set(Value::str(text), Location::new(pod.file, span));
            fact.parts = vec![(first, "it is defined here".to_owned())];
            return fact;
        }
        Fact::absent()
    })
}

/// Whether it has the key, or may have it.
fn has_key(object: &Object, kind: &str, key: &str) -> bool {
    let Some(root) = object
        .root()
        .filter(|root| object.kind == kind && !root.is_partial())
    else {
        return true;
    };
    let sections = ["data", "stringData", "binaryData"];
    sections
        .iter()
        .any(|section| root.pairs(&[section]).any(|(found, ..)| found == key))
}

#[cfg(test)]
mod tests {
    use super::is_slip;

    #[test]
    fn slips_are_told_from_other_names() {
        assert!(is_slip("payments-config", "payment-config"));
        assert!(is_slip("kafka-config", "kafka-confg"));
        assert!(!is_slip("broker-config-1", "broker-config-2"));
        assert!(!is_slip("dev", "det"));
        assert!(!is_slip("orders-config", "payments-config"));
    }
}
