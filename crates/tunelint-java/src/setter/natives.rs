//! The native objects that a class makes, and what holds them.

use crate::facts::{Argument, Holder, Native, NativeKind};
use crate::fold::{Names, fold};
use crate::syntax::{
    arguments, bare, children, field, has_modifier, simple_type, span, text_of, walk,
};
use std::collections::{HashMap, HashSet};
use tree_sitter::Node;
use tunelint_base::Span;

/// Native objects while a class is read.
#[derive(Debug, Default)]
pub(super) struct Natives {
    pub(super) list: Vec<Native>,
    /// Fields and the native object that each holds.
    pub(super) fields: HashMap<String, usize>,
    /// Fields that are static.
    statics: HashSet<String>,
    /// Those that were handed to code that may keep or close them.
    pub(super) escaped: HashSet<usize>,
}

fn kind_of(class: &str) -> Option<NativeKind> {
    Some(match class {
        "LRUCache" | "HyperClockCache" | "ClockCache" => NativeKind::Cache,
        "WriteBufferManager" => NativeKind::WriteBufferManager,
        "BloomFilter" => NativeKind::Filter,
        "Statistics" => NativeKind::Statistics,
        "RateLimiter" => NativeKind::RateLimiter,
        _ => return None,
    })
}

impl Natives {
    /// Those that the fields of the class are made with, its own and the static ones of classes
    /// around and beside it in the source: a shared cache may live in a holder class.
    pub(super) fn of_fields(class: Node<'_>, text: &str, names: &Names) -> Self {
        let mut natives = Self::default();
        let mut root = class;
        while let Some(parent) = root.parent() {
            root = parent;
        }
        let own_body = field(class, "body");
        walk(root, &mut |node| match node.kind() {
            "field_declaration" => {
                let own = node.parent() == own_body;
                if own || has_modifier(node, "static", text) {
                    natives.of_field(node, text, names, own);
                }
                false
            }
            "static_initializer" => {
                natives.of_initializer(node, text, names);
                false
            }
            "method_declaration" | "constructor_declaration" => false,
            _ => true,
        });
        natives
    }

    fn of_field(&mut self, node: Node<'_>, text: &str, names: &Names, own: bool) {
        let is_static = has_modifier(node, "static", text);
        let class = node
            .parent()
            .and_then(|body| body.parent())
            .and_then(|class| field(class, "name"));
        let class = class.map_or("", |name| text_of(name, text));
        let declarators = children(node)
            .into_iter()
            .filter(|child| child.kind() == "variable_declarator");
        for declarator in declarators {
            let Some(name) = field(declarator, "name") else {
                continue;
            };
            let name = text_of(name, text).to_owned();
            let qualified = format!("{class}.{name}");
            if is_static {
                self.statics.insert(qualified.clone());
                if own {
                    self.statics.insert(name.clone());
                }
            }
            let Some(value) = field(declarator, "value") else {
                continue;
            };
            let holder = if is_static {
                Holder::Static(name.clone())
            } else {
                Holder::Field(name.clone())
            };
            if let Some(at) = self.of_value(value, text, names, holder) {
                self.fields.insert(qualified, at);
                if own {
                    self.fields.insert(name, at);
                }
            }
        }
    }

    /// `static { CACHE = new LRUCache(…); }`
    fn of_initializer(&mut self, node: Node<'_>, text: &str, names: &Names) {
        walk(node, &mut |node| {
            if node.kind() == "assignment_expression"
                && let (Some(left), Some(right)) = (field(node, "left"), field(node, "right"))
            {
                let name = text_of(left, text).to_owned();
                let holder = Holder::Static(name.clone());
                if let Some(at) = self.of_value(right, text, names, holder) {
                    self.fields.insert(name, at);
                }
                return false;
            }
            true
        });
    }

    fn of_value(
        &mut self,
        value: Node<'_>,
        text: &str,
        names: &Names,
        holder: Holder,
    ) -> Option<usize> {
        let value = bare(value);
        if value.kind() != "object_creation_expression" {
            return None;
        }
        let class = field(value, "type").map_or("", |ty| simple_type(ty, text));
        kind_of(class)?;
        let mut given = Vec::new();
        for node in arguments(value) {
            let outcome = fold(node, text, names);
            let inner = bare(node);
            let native = match inner.kind() {
                "identifier" | "field_access" => self.named(text_of(inner, text)),
                "object_creation_expression" => self.of_value(inner, text, names, Holder::Nowhere),
                _ => None,
            };
            given.push(Argument {
                span: span(node),
                value: outcome.value.into_const(),
                overflows: outcome.overflows,
                native,
            });
        }
        self.add(class, span(value), given, holder)
    }

    /// Notes a native object; `None` where the class is none.
    pub(super) fn add(
        &mut self,
        class: &str,
        span: Span,
        arguments: Vec<Argument>,
        holder: Holder,
    ) -> Option<usize> {
        let kind = kind_of(class)?;
        self.list.push(Native {
            kind,
            class: class.to_owned(),
            span,
            arguments,
            holder,
            closed: Some(false),
            closed_at: None,
        });
        Some(self.list.len() - 1)
    }

    /// What an assignment to that name makes the holder.
    pub(super) fn holder_of(&self, name: &str) -> Holder {
        let last = name.rsplit('.').next().unwrap_or(name).to_owned();
        if self.statics.contains(name) {
            Holder::Static(last)
        } else {
            Holder::Field(last)
        }
    }

    /// The native object of that name: a field's, or `Class.FIELD`.
    pub(super) fn named(&self, name: &str) -> Option<usize> {
        let name = name.strip_prefix("this.").unwrap_or(name);
        self.fields.get(name).copied()
    }
}
