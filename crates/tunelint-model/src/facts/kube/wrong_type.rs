//! Facts of values in manifests that are of another type than the API server reads there.

use super::at::{Place, container, root};
use super::{Decl, decl, text};
use crate::kube::{At, EnvValue, Read};
use crate::value::{Fact, Type, Value};
use crate::view::View;
use tunelint_base::{Entity, Location, Span};
use tunelint_syntax::yaml::{Resolved, Schema};

pub(super) const FACTS: &[Decl] = &[
    decl(
        "container.env_again",
        Entity::Container,
        Type::Str,
        "A variable that is set again further down with another value",
        env_again,
    ),
    decl(
        "container.env_again_same",
        Entity::Container,
        Type::Str,
        "A variable that is set again further down with the same value",
        env_again_same,
    ),
    decl(
        "object.quoted",
        Entity::Object,
        Type::Str,
        "A number or truth value in quotes where the API server wants it without",
        |view| quoted(view).0,
    ),
    decl(
        "object.quoted_path",
        Entity::Object,
        Type::Str,
        "The keys that lead to it",
        |view| quoted(view).1,
    ),
    decl(
        "object.unquoted",
        Entity::Object,
        Type::Str,
        "A number or truth value without quotes where the API server wants a string",
        |view| unquoted(view).0,
    ),
    decl(
        "object.unquoted_fixed",
        Entity::Object,
        Type::Str,
        "The same in quotes",
        |view| {
            let fact = unquoted(view).0;
            match &fact.value {
                Value::Str(found) => text(format!("\"{found}\"")),
                _ => fact,
            }
        },
    ),
    decl(
        "object.unquoted_path",
        Entity::Object,
        Type::Str,
        "The keys that lead to it",
        |view| unquoted(view).1,
    ),
];

/// A scalar of the wrong type, with the keys that lead to it.
type Slip<'m> = (&'m str, Span, String);

/// The first scalar of a mapping or list of strings that YAML takes for something else.
fn not_a_string<'m>(at: At<'m>, path: &[&str]) -> Option<Slip<'m>> {
    let shown = path.join(".");
    let here = at.get(path)?;
    if here.node().scalar().is_some() {
        return one(here, shown);
    }
    if here.node().is_sequence() {
        return here.items(&[]).find_map(|item| one(item, shown.clone()));
    }
    let mut pairs = here.pairs(&[]);
    pairs.find_map(|(key, _, value)| one(value, format!("{shown}.{key}")))
}

fn one(at: At<'_>, path: String) -> Option<Slip<'_>> {
    let scalar = at.node().scalar().filter(|scalar| scalar.is_plain())?;
    if crate::setting::is_placeholder(&scalar.text) {
        return None;
    }
    match at.node().resolve(Schema::Yaml11)? {
        Resolved::Int(_) | Resolved::Float(_) | Resolved::Bool(_) => {
            Some((&scalar.text, at.span(), path))
        }
        _ => None,
    }
}

fn pod_specs<'m>(view: &View<'m>) -> Option<(Place<'m>, Option<At<'m>>)> {
    let place = root(view)?;
    let object = view.object()?.object;
    let spec = object.pod.as_ref().and_then(|pod| pod.at(object));
    Some((place, spec))
}

fn unquoted<'m>(view: &View<'m>) -> (Fact<'m>, Fact<'m>) {
    let Some((place, spec)) = pod_specs(view) else {
        return (Fact::unknown("the object"), Fact::unknown("the object"));
    };
    let kind = view.object().map_or("", |entry| entry.object.kind.as_str());
    let mut paths: Vec<&[&str]> = vec![&["metadata", "labels"], &["metadata", "annotations"]];
    match kind {
        "ConfigMap" => paths.push(&["data"]),
        "Secret" => paths.extend([&["data"] as &[&str], &["stringData"]]),
        "Service" => paths.push(&["spec", "selector"]),
        "Deployment" | "StatefulSet" | "DaemonSet" | "ReplicaSet" | "Job" => paths.extend([
            &["spec", "selector", "matchLabels"] as &[&str],
            &["spec", "template", "metadata", "labels"],
            &["spec", "template", "metadata", "annotations"],
        ]),
        "PodDisruptionBudget" => paths.push(&["spec", "selector", "matchLabels"]),
        _ => {}
    }
    let found = paths.iter().find_map(|path| not_a_string(place.at, path));
    let found = found.or_else(|| spec.and_then(in_pod));
    match found {
        Some((text_found, span, path)) => (
            Fact::set(Value::str(text_found), place.location(span)),
            text(path),
        ),
        None => (Fact::absent(), Fact::absent()),
    }
}

fn in_pod(spec: At<'_>) -> Option<Slip<'_>> {
    let found = not_a_string(spec, &["nodeSelector"]);
    found.or_else(|| {
        ["containers", "initContainers"].iter().find_map(|list| {
            spec.items(&[list]).find_map(|container| {
                let lists = ["command", "args"];
                let listed = lists.iter().find_map(|key| not_a_string(container, &[key]));
                listed.or_else(|| {
                    container.items(&["env"]).find_map(|item| {
                        let name = item.text(&["name"]).known().unwrap_or("");
                        let (found, span, _) = not_a_string(item, &["value"])?;
                        Some((found, span, format!("env {name}")))
                    })
                })
            })
        })
    })
}

/// Numbers and truth values that are strings: `"3"` is no `int32`.
fn quoted<'m>(view: &View<'m>) -> (Fact<'m>, Fact<'m>) {
    let Some((place, spec)) = pod_specs(view) else {
        return (Fact::unknown("the object"), Fact::unknown("the object"));
    };
    let scaled = view.object().is_some_and(|entry| entry.object.is_scaled());
    let own = scaled
        .then(|| is_quoted(place.at, &["spec", "replicas"]))
        .flatten();
    match own.or_else(|| spec.and_then(quoted_in_pod)) {
        Some((found, span, path)) => (
            Fact::set(Value::str(found), place.location(span)),
            text(path),
        ),
        None => (Fact::absent(), Fact::absent()),
    }
}

fn quoted_in_pod(spec: At<'_>) -> Option<Slip<'_>> {
    const POD: [&[&str]; 7] = [
        &["terminationGracePeriodSeconds"],
        &["automountServiceAccountToken"],
        &["hostNetwork"],
        &["securityContext", "runAsNonRoot"],
        &["securityContext", "runAsUser"],
        &["securityContext", "runAsGroup"],
        &["securityContext", "fsGroup"],
    ];
    const CONTAINER: [&[&str]; 5] = [
        &["securityContext", "runAsNonRoot"],
        &["securityContext", "runAsUser"],
        &["securityContext", "allowPrivilegeEscalation"],
        &["securityContext", "readOnlyRootFilesystem"],
        &["securityContext", "privileged"],
    ];
    const PROBE: [&str; 4] = [
        "initialDelaySeconds",
        "periodSeconds",
        "timeoutSeconds",
        "failureThreshold",
    ];
    let found = POD.iter().find_map(|path| is_quoted(spec, path));
    found.or_else(|| {
        ["containers", "initContainers"].iter().find_map(|list| {
            spec.items(&[list]).find_map(|container| {
                let own = CONTAINER.iter().find_map(|path| is_quoted(container, path));
                let port = || {
                    let mut ports = container.items(&["ports"]);
                    ports.find_map(|port| is_quoted(port, &["containerPort"]))
                };
                let probe = || {
                    ["livenessProbe", "readinessProbe", "startupProbe"]
                        .iter()
                        .find_map(|probe| {
                            PROBE
                                .iter()
                                .find_map(|key| is_quoted(container, &[probe, key]))
                        })
                };
                own.or_else(port).or_else(probe)
            })
        })
    })
}

fn is_quoted<'m>(at: At<'m>, path: &[&str]) -> Option<Slip<'m>> {
    let Read::Known((found, Resolved::Str), span) = at.resolved(path) else {
        return None;
    };
    let whole = found.parse::<i64>().is_ok() || matches!(found, "true" | "false");
    whole.then(|| (found, span, path.join(".")))
}

/// The last of several variables of one name counts.
fn repeated<'m>(view: &View<'m>, same: bool) -> Fact<'m> {
    let (Some(place), Some(container)) = (container(view), view.container) else {
        return Fact::unknown("the container's environment");
    };
    let env = &container.facts.env;
    for (at, variable) in env.iter().enumerate() {
        let name = &variable.name.text;
        let Some(later) = env[at + 1..].iter().find(|other| other.name.text == *name) else {
            continue;
        };
        let equal = match (&variable.value, &later.value) {
            (EnvValue::Literal(one), EnvValue::Literal(other)) => one.text == other.text,
            _ => false,
        };
        if equal == same && !place.at.is_partial() {
            let here = Location::new(place.file, variable.name.span);
            let mut fact = Fact::set(Value::str(&**name), here);
            let there = Location::new(place.file, later.name.span);
            fact.parts = vec![(there, "this one counts".to_owned())];
            return fact;
        }
    }
    Fact::absent()
}

fn env_again<'m>(view: &View<'m>) -> Fact<'m> {
    repeated(view, false)
}

fn env_again_same<'m>(view: &View<'m>) -> Fact<'m> {
    repeated(view, true)
}
