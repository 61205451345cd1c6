//! The outline of a source: its package, its types, its constants, and who is asked about what.

use crate::facts::{JavaFacts, Registration};
use crate::fold::{Names, fold};
use crate::syntax::{arguments, children, field, has_modifier, simple_type, span, text_of, walk};
use crate::{setter, topology};
use tree_sitter::{Node, Tree};
use tunelint_base::Span;

const TYPES: [&str; 4] = [
    "class_declaration",
    "record_declaration",
    "interface_declaration",
    "enum_declaration",
];

/// Reads what is in the tree.
pub(crate) fn read(text: &str, tree: &Tree) -> JavaFacts {
    let root = tree.root_node();
    let mut facts = JavaFacts {
        package: package(root, text),
        ..JavaFacts::default()
    };
    let names = constants(root, text);
    walk(root, &mut |node| {
        match node.kind() {
            kind if TYPES.contains(&kind) => {
                let class = binary_name(node, text, &facts.package);
                if is_setter(node, text) {
                    facts
                        .setters
                        .push(setter::read(node, class.clone(), text, &names));
                }
                facts.types.push(class);
            }
            "method_invocation" => facts.registrations.extend(registration(node, text)),
            "assignment_expression" => {}
            "object_creation_expression" => {
                let ty = field(node, "type").map_or("", |ty| simple_type(ty, text));
                if ty == "KafkaStreams" {
                    facts.applications.push(span(node));
                }
            }
            _ => {}
        }
        true
    });
    topology::read(root, text, &names, &mut facts);
    facts
}

fn package(root: Node<'_>, text: &str) -> String {
    let declaration = children(root)
        .into_iter()
        .find(|child| child.kind() == "package_declaration");
    let name = declaration.and_then(|node| {
        children(node)
            .into_iter()
            .find(|child| matches!(child.kind(), "identifier" | "scoped_identifier"))
    });
    name.map_or_else(String::new, |name| text_of(name, text).to_owned())
}

/// `a.b.Outer$Inner`, as `Class.getName` gives it.
fn binary_name(node: Node<'_>, text: &str, package: &str) -> String {
    let simple = |node: Node<'_>| {
        field(node, "name")
            .map_or("", |name| text_of(name, text))
            .to_owned()
    };
    let mut name = simple(node);
    let mut at = node.parent();
    while let Some(outer) = at {
        if TYPES.contains(&outer.kind()) {
            name = format!("{}${name}", simple(outer));
        }
        at = outer.parent();
    }
    if package.is_empty() {
        name
    } else {
        format!("{package}.{name}")
    }
}

fn is_setter(node: Node<'_>, text: &str) -> bool {
    if !matches!(
        node.kind(),
        "class_declaration" | "record_declaration" | "enum_declaration"
    ) {
        return false;
    }
    let types = field(node, "interfaces").map(children).unwrap_or_default();
    types
        .into_iter()
        .flat_map(children)
        .any(|ty| simple_type(ty, text) == "RocksDBConfigSetter")
}

/// The finals that are constants, by their bare name and as `Class.NAME`. A name that two classes
/// give different values is dropped.
fn constants(root: Node<'_>, text: &str) -> Names {
    let mut fields = Vec::new();
    walk(root, &mut |node| {
        if node.kind() == "field_declaration" && has_modifier(node, "final", text) {
            fields.push(node);
        }
        true
    });
    let mut names = Names::new();
    // A constant may be made of constants that stand further down.
    for _ in 0..4 {
        let before = names.len();
        for node in &fields {
            for declarator in children(*node)
                .into_iter()
                .filter(|n| n.kind() == "variable_declarator")
            {
                add(&mut names, *node, declarator, text);
            }
        }
        if names.len() == before {
            break;
        }
    }
    names
}

fn add(names: &mut Names, declaration: Node<'_>, declarator: Node<'_>, text: &str) {
    let (Some(name), Some(value)) = (field(declarator, "name"), field(declarator, "value")) else {
        return;
    };
    let name = text_of(name, text);
    let mut outcome = fold(value, text, names);
    if outcome.value.clone().into_const() == crate::Const::Unknown {
        return;
    }
    if field(declaration, "type").is_some_and(|ty| matches!(text_of(ty, text), "long" | "Long"))
        && let crate::fold::Folded::Int(value) = outcome.value
    {
        outcome.value = crate::fold::Folded::Long(value.into());
    }
    let class = declaration
        .parent()
        .and_then(|body| body.parent())
        .and_then(|class| field(class, "name"))
        .map_or("", |class| text_of(class, text));
    let qualified = format!("{class}.{name}");
    match names.get(name) {
        Some(known) if *known != outcome && !names.contains_key(&qualified) => {
            names.insert(name.to_owned(), crate::fold::Outcome::unknown());
        }
        Some(_) => {}
        None => {
            names.insert(name.to_owned(), outcome.clone());
        }
    }
    names.insert(qualified, outcome);
}

/// `props.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, Bounded.class)`, and the same with
/// the key or the class as strings.
fn registration(node: Node<'_>, text: &str) -> Option<Registration> {
    let all = arguments(node);
    let is_key = |node: &&Node<'_>| {
        let key = text_of(**node, text);
        key.ends_with("ROCKSDB_CONFIG_SETTER_CLASS_CONFIG") || key == "\"rocksdb.config.setter\""
    };
    let at = all.iter().position(|node| is_key(&node))?;
    let value = all.get(at + 1)?;
    let found = |class: &str, span: Span| Registration {
        class: class.to_owned(),
        span,
    };
    if value.kind() == "string_literal" {
        return Some(found(text_of(*value, text).trim_matches('"'), span(*value)));
    }
    let mut class = None;
    walk(*value, &mut |node| {
        if node.kind() == "class_literal" && class.is_none() {
            class = children(node).first().copied();
        }
        true
    });
    let class = class?;
    Some(found(text_of(class, text), span(class)))
}
