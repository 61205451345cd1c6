//! Strategic merge: a patch of the shape of the resource, laid over it.
//!
//! Lists of the built-in types merge by a key of their items (`x-kubernetes-patch-merge-key`);
//! all others are replaced. What a patch names in a merged list comes first, as kustomize has it.

use crate::tree::{Leaf, Tree};

/// Lists that merge, and the key of their items.
const MERGED: [(&str, &str); 11] = [
    ("containers", "name"),
    ("initContainers", "name"),
    ("ephemeralContainers", "name"),
    ("env", "name"),
    ("volumes", "name"),
    ("volumeMounts", "mountPath"),
    ("volumeDevices", "devicePath"),
    ("imagePullSecrets", "name"),
    ("hostAliases", "ip"),
    ("topologySpreadConstraints", "topologyKey"),
    ("ownerReferences", "uid"),
];

/// API groups whose types are known.
fn is_built_in(group: &str) -> bool {
    matches!(
        group,
        "" | "apps" | "batch" | "autoscaling" | "policy" | "extensions"
    ) || group.ends_with(".k8s.io")
}

/// What becomes of a patched value.
pub(crate) enum Outcome {
    Kept,
    Deleted,
}

/// Lays `patch` over `base`, a resource of that API group and kind.
pub(crate) fn merge(base: &mut Tree, patch: &Tree, group: &str, kind: &str) -> Outcome {
    let lists = Lists {
        built_in: is_built_in(group),
        service: kind == "Service",
    };
    lists.value(base, patch)
}

#[derive(Clone, Copy)]
struct Lists {
    built_in: bool,
    service: bool,
}

impl Lists {
    fn value(self, base: &mut Tree, patch: &Tree) -> Outcome {
        let directive = patch.get("$patch").and_then(Tree::text);
        match (directive, &mut *base, patch) {
            (Some("delete"), ..) => return Outcome::Deleted,
            (None | Some("merge"), Tree::Map(_), Tree::Map(pairs)) => {
                for (key, value) in pairs {
                    self.field(base, key, value);
                }
            }
            _ => {
                *base = clean(patch);
            }
        }
        Outcome::Kept
    }

    fn field(self, base: &mut Tree, key: &Leaf, value: &Tree) {
        let name = key.text.as_str();
        if name == "$patch" || name.starts_with("$setElementOrder/") || name == "$retainKeys" {
            return;
        }
        if let Some(list) = name.strip_prefix("$deleteFromPrimitiveList/") {
            if let Some(Tree::List(items)) = base.get_mut(list) {
                items.retain(|item| !value.items().iter().any(|gone| gone.text() == item.text()));
            }
            return;
        }
        if value.is_null() {
            base.remove(name);
            return;
        }
        let Some(old) = base.get_mut(name) else {
            if !is_deletion(value) {
                base.set(key.clone(), clean(value));
            }
            return;
        };
        let by = self.merge_key(name, old);
        match (by, &mut *old, value) {
            (Some(by), Tree::List(items), Tree::List(news)) => {
                self.list(items, news, by);
                return;
            }
            (None, Tree::List(items), Tree::List(news)) if name == "finalizers" => {
                let known: Vec<String> = items
                    .iter()
                    .filter_map(|item| item.text().map(str::to_owned))
                    .collect();
                let fresh = news
                    .iter()
                    .filter(|item| !known.iter().any(|known| item.text() == Some(known)));
                let fresh: Vec<Tree> = fresh.cloned().collect();
                items.splice(0..0, fresh);
                return;
            }
            _ => {}
        }
        match self.value(old, value) {
            Outcome::Deleted => {
                base.remove(name);
            }
            Outcome::Kept => {
                // A scalar that a patch sets stands where the patch has it, key and all.
                if matches!(value, Tree::Leaf(_)) {
                    base.set(key.clone(), clean(value));
                }
            }
        }
    }

    /// The key by which the items of a list field merge.
    fn merge_key(self, name: &str, list: &Tree) -> Option<&'static str> {
        if !self.built_in {
            return None;
        }
        if name == "ports" {
            let of_container = list
                .items()
                .iter()
                .any(|item| item.get("containerPort").is_some());
            return match (of_container, self.service) {
                (true, _) => Some("containerPort"),
                (false, true) => Some("port"),
                (false, false) => None,
            };
        }
        let found = MERGED.iter().find(|(list, _)| *list == name);
        found.map(|(_, key)| *key)
    }

    fn list(self, items: &mut Vec<Tree>, news: &[Tree], by: &str) {
        let id = |item: &Tree| item.get(by).and_then(Tree::text).map(str::to_owned);
        if news
            .iter()
            .any(|item| item.get("$patch").and_then(Tree::text) == Some("replace"))
        {
            *items = news
                .iter()
                .filter(|item| item.get("$patch").is_none())
                .map(clean)
                .collect();
            return;
        }
        let mut first = Vec::new();
        for new in news {
            let wanted = id(new);
            let old = items
                .iter()
                .position(|item| wanted.is_some() && id(item) == wanted);
            match old {
                Some(at) => {
                    let mut old = items.remove(at);
                    if let Outcome::Kept = self.value(&mut old, new) {
                        first.push(old);
                    }
                }
                None if is_deletion(new) => {}
                None => first.push(clean(new)),
            }
        }
        items.splice(0..0, first);
    }
}

fn is_deletion(value: &Tree) -> bool {
    value.get("$patch").and_then(Tree::text) == Some("delete")
}

/// A patch's value without directives and nulls, to stand where nothing stood.
fn clean(value: &Tree) -> Tree {
    match value {
        Tree::Leaf(leaf) => Tree::Leaf(leaf.clone()),
        Tree::List(items) => Tree::List(
            items
                .iter()
                .filter(|item| !is_deletion(item))
                .map(clean)
                .collect(),
        ),
        Tree::Map(pairs) => {
            let kept = pairs
                .iter()
                .filter(|(key, value)| !key.text.starts_with('$') && !value.is_null());
            Tree::Map(
                kept.map(|(key, value)| (key.clone(), clean(value)))
                    .collect(),
            )
        }
    }
}
