//! ConfigMaps and Secrets that a kustomization makes of files and literals.

use crate::Failure;
use crate::build::Builder;
use crate::file::Kustomization;
use crate::resource::{Resource, same_namespace};
use crate::tree::{Leaf, Source, Tree};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use tunelint_base::{OffsetMap, Span};
use tunelint_syntax::yaml::Style;

impl Builder<'_> {
    /// `configMapGenerator` or `secretGenerator`.
    pub(crate) fn generators(
        &mut self,
        kustomization: &Kustomization,
        field: &str,
        resources: &mut Vec<Resource>,
    ) -> Result<(), Failure> {
        let kind = if field == "secretGenerator" {
            "Secret"
        } else {
            "ConfigMap"
        };
        for item in kustomization.list(field) {
            let Some(Tree::Leaf(name)) = item.get("name") else {
                return Err(kustomization.failure(item, "the generator has no `name`"));
            };
            let data = self.data(kustomization, item, kind)?;
            let made = resource(kustomization, item, kind, name, data);
            let namespace = made.id().namespace;
            let old = resources
                .iter()
                .position(|one| one.kind() == kind && one.answers(&name.text, &namespace));
            let behavior = item
                .get("behavior")
                .and_then(Tree::text)
                .unwrap_or("create");
            match (behavior, old) {
                ("create" | "", None) => resources.push(made),
                ("create" | "", Some(_)) => {
                    let message = format!(
                        "there is a {kind} {} already: `behavior` must be merge or replace",
                        name.text
                    );
                    return Err(kustomization.failure(item, message));
                }
                ("merge" | "replace", Some(at)) => renew(&mut resources[at], made, behavior),
                ("merge" | "replace", None) => {
                    let elsewhere = resources
                        .iter()
                        .find(|one| one.kind() == kind && one.ids().any(|id| id.name == name.text));
                    let own = item.get("namespace").and_then(Tree::text).unwrap_or("");
                    let other = elsewhere.map(|one| one.id().namespace);
                    let hint = other
                        .filter(|other| !same_namespace(other, own))
                        .map_or_else(String::new, |other| {
                            format!(" in this namespace; there is one in `{other}`")
                        });
                    let message =
                        format!("`behavior: {behavior}` finds no {kind} {}{hint}", name.text);
                    return Err(kustomization.failure(item, message));
                }
                _ => {
                    let message =
                        format!("`behavior` must be create, replace or merge, not `{behavior}`");
                    return Err(kustomization.failure(item, message));
                }
            }
        }
        Ok(())
    }

    fn data(
        &mut self,
        kustomization: &Kustomization,
        item: &Tree,
        kind: &str,
    ) -> Result<Vec<(Leaf, Leaf)>, Failure> {
        let mut data = Vec::new();
        for file in item.get("files").map_or(&[][..], Tree::items) {
            let Tree::Leaf(leaf) = file else { continue };
            let (key, path) = match leaf.text.split_once('=') {
                Some((key, path)) => (key.to_owned(), path),
                None => {
                    let name = leaf.text.rsplit('/').next().unwrap_or(&leaf.text);
                    (name.to_owned(), leaf.text.as_str())
                }
            };
            let Some(input) = self.open(kustomization, path, file)? else {
                continue;
            };
            let text = self.inputs[input].text;
            let source = Source {
                file: input,
                map: OffsetMap::verbatim(Span::new(0, text.len())),
            };
            let value = Leaf {
                text: text.to_owned(),
                style: Style::Literal,
                is_string: true,
                source: Some(source),
            };
            data.push((Leaf::from(key, leaf.source.as_ref()), value));
        }
        for literal in item.get("literals").map_or(&[][..], Tree::items) {
            let Tree::Leaf(leaf) = literal else { continue };
            let Some((key, value)) = leaf.text.split_once('=') else {
                let message = format!("the literal `{}` has no `=`", leaf.text);
                return Err(kustomization.failure(literal, message));
            };
            let unquoted = value
                .strip_prefix('"')
                .and_then(|rest| rest.strip_suffix('"'))
                .or_else(|| {
                    value
                        .strip_prefix('\'')
                        .and_then(|rest| rest.strip_suffix('\''))
                });
            let value = unquoted.unwrap_or(value);
            let source = leaf.source.as_ref();
            data.push((Leaf::from(key, source), Leaf::from(value, source)));
        }
        let one = item.get("env").into_iter().filter(|env| !env.is_null());
        let envs = item.get("envs").map_or(&[][..], Tree::items).iter();
        for file in envs.chain(one) {
            let Tree::Leaf(leaf) = file else { continue };
            let Some(input) = self.open(kustomization, &leaf.text, file)? else {
                continue;
            };
            data.extend(variables(self.inputs[input].text, input));
        }
        if kind == "Secret" {
            for (_, value) in &mut data {
                *value = Leaf::from(STANDARD.encode(&value.text), value.source.as_ref());
            }
        }
        Ok(data)
    }
}

/// The lines `KEY=value` of a file; comments begin with `#`.
fn variables(text: &str, file: usize) -> Vec<(Leaf, Leaf)> {
    let mut all = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let body = line.trim_end_matches(['\n', '\r']);
        let indent = body.len() - body.trim_start().len();
        let body = body.trim_start();
        if body.is_empty() || body.starts_with('#') {
            continue;
        }
        let Some((key, value)) = body.split_once('=') else {
            continue;
        };
        let leaf = |text: &str, start: usize| Leaf {
            text: text.to_owned(),
            style: Style::DoubleQuoted,
            is_string: true,
            source: Some(Source {
                file,
                map: OffsetMap::verbatim(Span::new(start, start + text.len())),
            }),
        };
        let key_at = start + indent;
        all.push((leaf(key, key_at), leaf(value, key_at + key.len() + 1)));
    }
    all
}

fn resource(
    kustomization: &Kustomization,
    item: &Tree,
    kind: &str,
    name: &Leaf,
    data: Vec<(Leaf, Leaf)>,
) -> Resource {
    let mut tree = Tree::Map(Vec::new());
    let text = |text: &str| Tree::Leaf(Leaf::made(text));
    tree.set(Leaf::made("apiVersion"), text("v1"));
    tree.set(Leaf::made("kind"), text(kind));
    let mut metadata = Tree::Map(vec![(
        Leaf::made("name"),
        Tree::Leaf(Leaf {
            is_string: true,
            ..name.clone()
        }),
    )]);
    if let Some(namespace) = item.get("namespace") {
        metadata.set(Leaf::made("namespace"), namespace.clone());
    }
    let own = item.get("options");
    let common = kustomization.tree.get("generatorOptions");
    for field in ["labels", "annotations"] {
        for options in [common, own].into_iter().flatten() {
            for (key, value) in options.get(field).map_or(&[][..], Tree::pairs) {
                if let Some(map) = metadata.mapping(field) {
                    map.set(key.clone(), value.clone());
                }
            }
        }
    }
    tree.set(Leaf::made("metadata"), metadata);
    if kind == "Secret" {
        let of_type = item.get("type").cloned();
        tree.set(
            Leaf::made("type"),
            of_type.unwrap_or_else(|| text("Opaque")),
        );
    }
    if !data.is_empty() {
        let pairs = data
            .into_iter()
            .map(|(key, value)| (key, Tree::Leaf(value)));
        tree.set(Leaf::made("data"), Tree::Map(pairs.collect()));
    }
    let flag = |name: &str| {
        let of = |options: Option<&Tree>| {
            let value = options.and_then(|options| options.get(name));
            value.and_then(Tree::text) == Some("true")
        };
        of(own) || of(common)
    };
    if flag("immutable") {
        let yes = Leaf {
            style: Style::Plain,
            is_string: false,
            ..Leaf::made("true")
        };
        tree.set(Leaf::made("immutable"), Tree::Leaf(yes));
    }
    Resource {
        hashed: !flag("disableNameSuffixHash"),
        ..Resource::new(tree)
    }
}

/// `behavior: merge` adds and overwrites entries, `replace` puts new ones in their place.
fn renew(old: &mut Resource, made: Resource, behavior: &str) {
    if behavior == "replace" {
        old.tree.remove("data");
    }
    let entries = made.tree.get("data").map_or(&[][..], Tree::pairs);
    if !entries.is_empty()
        && let Some(data) = old.tree.mapping("data")
    {
        for (key, value) in entries {
            data.set(key.clone(), value.clone());
        }
    }
    for field in ["labels", "annotations"] {
        let new = made
            .tree
            .at(&["metadata", field])
            .map_or(&[][..], Tree::pairs);
        if !new.is_empty()
            && let Some(map) = old
                .tree
                .get_mut("metadata")
                .and_then(|metadata| metadata.mapping(field))
        {
            for (key, value) in new {
                map.set(key.clone(), value.clone());
            }
        }
    }
    old.hashed = old.hashed || made.hashed;
}
