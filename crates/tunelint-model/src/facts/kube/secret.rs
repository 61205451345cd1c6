//! Facts of secrets that stand in manifests, and of images that may change.

use super::at::{Place, container, root};
use super::{Decl, decl, truth};
use crate::kube::{EnvValue, Read};
use crate::setting::{is_placeholder, is_secret_name};
use crate::value::{Fact, Type, Value};
use crate::view::View;
use tunelint_base::{Entity, Location};

pub(super) const FACTS: &[Decl] = &[
    decl(
        "container.image_digest",
        Entity::Container,
        Type::Bool,
        "Whether its image is named by its digest",
        |view| match image(view) {
            Some((text, place)) => Fact::set(Value::Bool(text.contains('@')), place),
            None => Fact::unknown("the image"),
        },
    ),
    decl(
        "container.image_mutable",
        Entity::Container,
        Type::Str,
        "Why another image may come under its name: no tag, or the tag `latest`",
        mutable,
    ),
    decl(
        "container.secret_literal",
        Entity::Container,
        Type::Str,
        "The environment variables that hold a secret in clear text",
        literal,
    ),
    decl(
        "container.secret_reference",
        Entity::Container,
        Type::Str,
        "An environment variable that a Secret fills",
        reference,
    ),
    decl(
        "object.kind",
        Entity::Object,
        Type::Str,
        "Its kind",
        |view| match view.object() {
            Some(entry) => super::text(entry.object.kind.as_str()),
            None => Fact::unknown("the object"),
        },
    ),
    decl(
        "object.name",
        Entity::Object,
        Type::Str,
        "What it is called in reports: `Secret payments`",
        |view| match view.object() {
            Some(entry) => super::text(entry.title()),
            None => Fact::unknown("the object"),
        },
    ),
    decl(
        "object.near_pods",
        Entity::Object,
        Type::Bool,
        "Whether a pod that is judged stands in the same folder, or its namespace is the pod's",
        near_pods,
    ),
    decl(
        "object.secret_entry",
        Entity::Object,
        Type::Str,
        "A key of its data that holds a secret which can be read",
        entry,
    ),
    decl(
        "object.pod_security",
        Entity::Object,
        Type::Str,
        "The pod security level that a Namespace enforces",
        |view| {
            const PATH: &[&str] = &["metadata", "labels", "pod-security.kubernetes.io/enforce"];
            super::at::text_at(root(view), "the labels of the namespace", PATH)
        },
    ),
];

fn image<'m>(view: &View<'m>) -> Option<(&'m str, Location)> {
    let container = view.container?;
    let image = container.facts.image.as_ref()?;
    (!image.placeholder).then(|| (&*image.text, Location::new(container.file, image.span)))
}

fn mutable<'m>(view: &View<'m>) -> Fact<'m> {
    let Some((name, place)) = image(view) else {
        return Fact::unknown("the image");
    };
    if name.is_empty() || name.contains('@') {
        return Fact::absent();
    }
    let last = name.rsplit('/').next().unwrap_or(name);
    match last.split_once(':') {
        None => Fact::set(Value::str("has no tag"), place),
        Some((_, "latest")) => Fact::set(Value::str("has the tag `latest`"), place),
        Some(_) => Fact::absent(),
    }
}

/// Whether a text under such a name is the secret itself: no file that holds it, no switch, no
/// placeholder, and of a JAAS configuration only one that spells a password.
fn is_secret(name: &str, value: &str) -> bool {
    let value = value.trim();
    let upper = name.to_ascii_uppercase();
    let jaas = upper.contains("JAAS");
    let named = is_secret_name(name) || upper.ends_with("JAAS") || upper.ends_with("JAAS_CONFIG");
    let file = value.starts_with('/')
        || [
            ".jks",
            ".p12",
            ".pfx",
            ".pem",
            ".crt",
            ".key",
            ".creds",
            ".credentials",
            ".yaml",
        ]
        .iter()
        .any(|end| value.ends_with(end));
    // The images of Confluent take the name of a file there.
    let credentials = upper.ends_with("CREDENTIALS") && !value.contains([':', '=']);
    let word = ["true", "false", "none", "null", "0", "1"];
    named
        && !value.is_empty()
        && !is_placeholder(value)
        && !file
        && !credentials
        && !word.contains(&value.to_ascii_lowercase().as_str())
        && (!jaas || spells_password(value))
}

fn spells_password(value: &str) -> bool {
    let words = ["password=", "clientsecret=", "password =", "secret="];
    let lower = value.to_ascii_lowercase();
    words.iter().any(|word| lower.contains(word))
}

fn literal<'m>(view: &View<'m>) -> Fact<'m> {
    let Some(container) = view.container.filter(|c| c.object.body.is_some()) else {
        return Fact::absent();
    };
    let found: Vec<_> = container
        .facts
        .env
        .iter()
        .filter(|variable| {
            matches!(&variable.value, EnvValue::Literal(value)
                if !value.placeholder && is_secret(&variable.name.text, &value.text))
        })
        .collect();
    let Some(first) = found.first() else {
        return Fact::absent();
    };
    let names: Vec<String> = found.iter().map(|v| format!("`{}`", v.name.text)).collect();
    let place = |span| Location::new(container.file, span);
    let mut fact = Fact::set(Value::str(names.join(", ")), place(first.name.span));
    let others = found.iter().skip(1);
    fact.parts = others
        .map(|variable| (place(variable.name.span), "and this one".to_owned()))
        .collect();
    fact
}

fn reference<'m>(view: &View<'m>) -> Fact<'m> {
    let Some(place) = container(view) else {
        return Fact::unknown("the container's environment");
    };
    for item in place.at.items(&["env"]) {
        if item.get(&["valueFrom", "secretKeyRef"]).is_some()
            && let Read::Known(name, span) = item.text(&["name"])
            && is_secret_name(name)
        {
            return Fact::set(Value::str(name), place.location(span));
        }
    }
    Fact::absent()
}

fn near_pods<'m>(view: &View<'m>) -> Fact<'m> {
    let Some(entry) = view.object() else {
        return Fact::unknown("the object");
    };
    let name = entry.object.name.as_ref().map(|name| &*name.text);
    let near = view.model.pods_from(entry.file).any(|pod| {
        let inside = entry.object.kind == "Namespace" && pod.object.namespace.as_deref() == name;
        let same_folder = view.model.same_folder(pod.file, entry.file);
        inside || (entry.object.kind != "Namespace" && same_folder)
    });
    truth(near, [])
}

/// Of a Secret everything but certificates, of a ConfigMap what its name tells.
fn entry<'m>(view: &View<'m>) -> Fact<'m> {
    let (Some(object), Some(place)) = (view.object(), root(view)) else {
        return Fact::unknown("the object");
    };
    let kind = object.object.kind.as_str();
    if object.object.is_live() || !matches!(kind, "Secret" | "ConfigMap") {
        return Fact::absent();
    }
    let sealed = place.at.get(&["sops"]).is_some();
    let sections: &[&str] = if kind == "Secret" {
        &["stringData", "data"]
    } else {
        &["data"]
    };
    for section in sections {
        for (key, span, value) in place.at.pairs(&[section]) {
            let Some(scalar) = value.node().scalar().filter(|scalar| !scalar.templated) else {
                continue;
            };
            let text = scalar.text.trim();
            let told = if kind == "Secret" {
                !text.is_empty() && !is_placeholder(text) && !is_public(key) && !is_blank(text)
            } else {
                !text.contains('\n') && is_secret(key, text)
            };
            if told && !sealed {
                return found(place, key, span);
            }
        }
    }
    Fact::absent()
}

fn found<'m>(place: Place<'m>, key: &'m str, span: tunelint_base::Span) -> Fact<'m> {
    Fact::set(Value::str(key), place.location(span))
}

/// Certificates are for everybody.
fn is_public(key: &str) -> bool {
    let lower = key.to_ascii_lowercase();
    [".crt", ".cer", ".cert", "ca.pem"]
        .iter()
        .any(|end| lower.ends_with(end))
}

/// What people leave for others to fill in, plain or in base64.
fn is_blank(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let words = [
        "changeme",
        "change-me",
        "replace",
        "todo",
        "xxx",
        "placeholder",
        "dummy",
        "redacted",
    ];
    let encoded = [
        "Y2hhbmdlb",
        "Y2hhbmdlL",
        "UkVQTEFDR",
        "cmVwbGFjZ",
        "cGxhY2Vob2xkZXI",
        "eHh4",
    ];
    words.iter().any(|word| lower.contains(word))
        || encoded.iter().any(|head| text.starts_with(head))
        || text.bytes().all(|byte| matches!(byte, b'*' | b'.' | b'-'))
}
