//! JSON patches (RFC 6902).

use crate::tree::{Leaf, Tree};

/// Carries the operations out, in order. `Err`: the operation that cannot be carried out, by
/// number, and why.
pub(crate) fn apply(tree: &mut Tree, operations: &[Tree]) -> Result<(), (usize, String)> {
    for (number, operation) in operations.iter().enumerate() {
        one(tree, operation).map_err(|why| (number, why))?;
    }
    Ok(())
}

fn one(tree: &mut Tree, operation: &Tree) -> Result<(), String> {
    let text = |field: &str| operation.get(field).and_then(Tree::text);
    let path = text("path").ok_or("the operation has no `path`")?;
    let segments = pointer(path)?;
    let value = || {
        operation
            .get("value")
            .cloned()
            .ok_or_else(|| "the operation has no `value`".to_owned())
    };
    match text("op") {
        Some("add") => add(tree, &segments, operation, value()?, path),
        Some("replace") => {
            let new = value()?;
            let old = find(tree, &segments).ok_or_else(|| format!("nothing stands at `{path}`"))?;
            *old = new;
            Ok(())
        }
        Some("remove") => remove(tree, &segments, path).map(|_| ()),
        Some("test") => {
            let old = find(tree, &segments).ok_or_else(|| format!("nothing stands at `{path}`"))?;
            if same(old, &value()?) {
                Ok(())
            } else {
                Err(format!(
                    "the value at `{path}` is not the one that is tested for"
                ))
            }
        }
        Some(op @ ("move" | "copy")) => {
            let from = text("from").ok_or("the operation has no `from`")?;
            let source = pointer(from)?;
            let taken = if op == "move" {
                remove(tree, &source, from)?
            } else {
                find(tree, &source)
                    .cloned()
                    .ok_or_else(|| format!("nothing stands at `{from}`"))?
            };
            add(tree, &segments, operation, taken, path)
        }
        _ => Err("`op` must be add, replace, remove, move, copy or test".to_owned()),
    }
}

fn pointer(path: &str) -> Result<Vec<String>, String> {
    if path.is_empty() {
        return Ok(Vec::new());
    }
    let rest = path
        .strip_prefix('/')
        .ok_or_else(|| format!("`{path}` must begin with `/`"))?;
    Ok(rest
        .split('/')
        .map(|part| part.replace("~1", "/").replace("~0", "~"))
        .collect())
}

fn find<'t>(tree: &'t mut Tree, segments: &[String]) -> Option<&'t mut Tree> {
    segments.iter().try_fold(tree, |tree, segment| match tree {
        Tree::Map(_) => tree.get_mut(segment),
        Tree::List(items) => items.get_mut(segment.parse::<usize>().ok()?),
        Tree::Leaf(_) => None,
    })
}

fn add(
    tree: &mut Tree,
    segments: &[String],
    operation: &Tree,
    value: Tree,
    path: &str,
) -> Result<(), String> {
    let Some((last, parents)) = segments.split_last() else {
        *tree = value;
        return Ok(());
    };
    let place = operation.get("path").and_then(Tree::leaf);
    match find(tree, parents) {
        Some(map @ Tree::Map(_)) => {
            let key = Leaf {
                is_string: true,
                ..Leaf::from(last.clone(), place.and_then(|leaf| leaf.source.as_ref()))
            };
            map.set(key, value);
            Ok(())
        }
        Some(Tree::List(items)) if last == "-" => {
            items.push(value);
            Ok(())
        }
        Some(Tree::List(items)) => {
            let at = last.parse::<usize>().ok().filter(|at| *at <= items.len());
            let at = at.ok_or_else(|| format!("`{path}` is no place in the list"))?;
            items.insert(at, value);
            Ok(())
        }
        _ => Err(format!("there is nothing to add to at `{path}`")),
    }
}

fn remove(tree: &mut Tree, segments: &[String], path: &str) -> Result<Tree, String> {
    let missing = || format!("nothing stands at `{path}`");
    let (last, parents) = segments.split_last().ok_or_else(missing)?;
    match find(tree, parents) {
        Some(map @ Tree::Map(_)) => map.remove(last).ok_or_else(missing),
        Some(Tree::List(items)) => {
            let at = last.parse::<usize>().ok().filter(|at| *at < items.len());
            at.map(|at| items.remove(at)).ok_or_else(missing)
        }
        _ => Err(missing()),
    }
}

fn same(one: &Tree, other: &Tree) -> bool {
    match (one, other) {
        (Tree::Leaf(a), Tree::Leaf(b)) => a.text == b.text && a.is_string == b.is_string,
        (Tree::List(a), Tree::List(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        (Tree::Map(a), Tree::Map(b)) => {
            a.len() == b.len()
                && a.iter()
                    .all(|(key, value)| other.get(&key.text).is_some_and(|its| same(value, its)))
        }
        _ => false,
    }
}
