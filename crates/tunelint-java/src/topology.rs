//! State stores of a topology, where the source says plainly what they are.

use crate::facts::{JavaFacts, StoreKind, StoreUse, Suppress};
use crate::fold::{Names, fold, millis};
use crate::syntax::{arguments, bare, field, simple_type, span, text_of, walk};
use std::collections::HashMap;
use tree_sitter::Node;
use tunelint_base::Span;

mod windows;

/// Reads the calls of a source.
pub(crate) fn read(root: Node<'_>, text: &str, names: &Names, facts: &mut JavaFacts) {
    let mut reader = Reader {
        text,
        names,
        types: declared(root, text),
        taken: Vec::new(),
        facts,
    };
    let mut calls = Vec::new();
    walk(root, &mut |node| {
        if node.kind() == "method_invocation" {
            calls.push(node);
        }
        true
    });
    // Outer calls first: a supplier inside `Materialized.as(…)` belongs to the call around it.
    for call in calls {
        reader.call(call);
    }
}

struct Reader<'t, 'r> {
    text: &'t str,
    names: &'r Names,
    /// The types of variables, fields and parameters; the last declaration of a name counts.
    types: HashMap<String, String>,
    /// Calls that already count as part of another one.
    taken: Vec<Span>,
    facts: &'r mut JavaFacts,
}

/// What a `Materialized` says of the store.
#[derive(Default)]
struct Materialized {
    name: Option<String>,
    in_memory: bool,
    retention: Option<i64>,
    kind: Option<StoreKind>,
    is_there: bool,
}

impl Reader<'_, '_> {
    fn name_of(&self, call: Node<'_>) -> &str {
        field(call, "name").map_or("", |name| text_of(name, self.text))
    }

    fn call(&mut self, call: Node<'_>) {
        let method = self.name_of(call).to_owned();
        let place = field(call, "name").map_or(span(call), span);
        match method.as_str() {
            "count" | "aggregate" | "reduce" => self.aggregation(call, place),
            "join" | "leftJoin" | "outerJoin" => self.join(call, &method, place),
            "globalTable" | "addGlobalStore" => self.global(call, place),
            "suppress" => self.suppress(call, place),
            "table" if self.is_builder(call) => self.materialized_call(call, place, true),
            _ if self.object_text(call) == "Stores" => self.store(call, place),
            _ => self.materialized_call(call, place, false),
        }
    }

    fn object_text(&self, call: Node<'_>) -> &str {
        field(call, "object").map_or("", |object| text_of(object, self.text))
    }

    fn is_builder(&self, call: Node<'_>) -> bool {
        let object = self.object_text(call);
        self.types
            .get(object)
            .is_some_and(|ty| ty == "StreamsBuilder")
            || object.to_ascii_lowercase().ends_with("builder")
    }

    /// `grouped.windowedBy(…).count()`, `stream.groupByKey().aggregate(…)`.
    fn aggregation(&mut self, call: Node<'_>, place: Span) {
        let (mut window, mut grouped, mut root) = (None, false, None);
        let mut at = field(call, "object");
        for _ in 0..crate::syntax::DEEPEST {
            let Some(node) = at.map(bare) else { break };
            if node.kind() != "method_invocation" {
                root = Some(node);
                break;
            }
            match self.name_of(node) {
                "windowedBy" if window.is_none() => window = arguments(node).first().copied(),
                "groupByKey" | "groupBy" | "cogroup" => grouped = true,
                _ => {}
            }
            at = field(node, "object");
        }
        let ty = root.and_then(|root| self.types.get(text_of(root, self.text)));
        let ty = ty.map_or("", String::as_str);
        let (kind, retention) = match window {
            Some(window) => windows::of(window, self.text, self.names, &self.types),
            None => match ty {
                "TimeWindowedKStream" | "TimeWindowedCogroupedKStream" => (StoreKind::Window, None),
                "SessionWindowedKStream" | "SessionWindowedCogroupedKStream" => {
                    (StoreKind::Session, None)
                }
                "KGroupedStream" | "KGroupedTable" | "CogroupedKStream" => {
                    (StoreKind::KeyValue, None)
                }
                _ if grouped => (StoreKind::KeyValue, None),
                // A collection's `reduce` or `count`.
                _ => return,
            },
        };
        let said = self.materialized(call);
        self.facts.stores.push(StoreUse {
            name: said.name,
            kind,
            retention: said.retention.or(retention),
            in_memory: said.in_memory,
            span: place,
        });
    }

    /// A join of two streams keeps both sides in window stores, and what found no partner in a third.
    fn join(&mut self, call: Node<'_>, method: &str, place: Span) {
        let window = arguments(call).into_iter().find(|argument| {
            let root = windows::root(*argument);
            let name = text_of(root, self.text);
            name == "JoinWindows" || self.types.get(name).is_some_and(|ty| ty == "JoinWindows")
        });
        let Some(window) = window else {
            self.materialized_call(call, place, false);
            return;
        };
        let (_, retention) = windows::of(window, self.text, self.names, &self.types);
        let mut add = |kind| {
            self.facts.stores.push(StoreUse {
                name: None,
                kind,
                retention: retention.filter(|_| kind == StoreKind::Window),
                in_memory: false,
                span: place,
            });
        };
        add(StoreKind::Window);
        add(StoreKind::Window);
        if method != "join" {
            add(StoreKind::KeyValue);
        }
    }

    fn global(&mut self, call: Node<'_>, place: Span) {
        let said = self.materialized(call);
        self.facts.stores.push(StoreUse {
            name: said.name,
            kind: StoreKind::Global,
            retention: None,
            in_memory: said.in_memory,
            span: place,
        });
    }

    fn suppress(&mut self, call: Node<'_>, place: Span) {
        let Some(given) = arguments(call).first().copied() else {
            return;
        };
        let text = text_of(given, self.text);
        if text.contains("Suppressed") || text.contains("untilWindowCloses") {
            let unbounded = text.contains("unbounded(");
            self.facts.suppresses.push(Suppress {
                span: place,
                unbounded,
            });
        }
    }

    /// `Stores.persistentWindowStore("name", retention, …)`, where nothing around it counted it.
    fn store(&mut self, call: Node<'_>, place: Span) {
        if self.taken.contains(&span(call)) {
            return;
        }
        if let Some(said) = self.supplier(call)
            && let Some(kind) = said.kind
        {
            self.facts.stores.push(StoreUse {
                name: said.name,
                kind,
                retention: said.retention,
                in_memory: said.in_memory,
                span: place,
            });
        }
    }

    /// A call that is given a `Materialized`: a table that is kept. `builder.table(…)` keeps one anyway.
    fn materialized_call(&mut self, call: Node<'_>, place: Span, anyway: bool) {
        let starts = |argument: &Node<'_>| {
            let root = windows::root(*argument);
            text_of(root, self.text) == "Materialized"
        };
        if self.object_text(call).starts_with("Materialized")
            || !(anyway || arguments(call).iter().any(starts))
        {
            return;
        }
        let said = self.materialized(call);
        if anyway || said.is_there {
            self.facts.stores.push(StoreUse {
                name: said.name,
                kind: said.kind.unwrap_or(StoreKind::KeyValue),
                retention: said.retention,
                in_memory: said.in_memory,
                span: place,
            });
        }
    }

    /// What the `Materialized` among the arguments of a call says.
    fn materialized(&mut self, call: Node<'_>) -> Materialized {
        let mut said = Materialized::default();
        for argument in arguments(call) {
            if text_of(windows::root(argument), self.text) != "Materialized" {
                continue;
            }
            said.is_there = true;
            let mut at = Some(bare(argument));
            while let Some(node) = at.filter(|node| node.kind() == "method_invocation") {
                let first = arguments(node).first().copied();
                match (self.name_of(node), first) {
                    ("as", Some(first)) => self.named(first, &mut said),
                    ("withRetention", Some(first)) => {
                        said.retention = millis(first, self.text, self.names);
                    }
                    ("withStoreType", Some(first)) => {
                        said.in_memory |= text_of(first, self.text).contains("IN_MEMORY");
                    }
                    _ => {}
                }
                at = field(node, "object").map(bare);
            }
        }
        said
    }

    /// `Materialized.as("name")`, `Materialized.as(Stores.…)`, `Materialized.as(DslStoreType…)`.
    fn named(&mut self, first: Node<'_>, said: &mut Materialized) {
        let first = bare(first);
        if first.kind() == "method_invocation" && self.object_text(first) == "Stores" {
            self.taken.push(span(first));
            if let Some(inner) = self.supplier(first) {
                *said = Materialized {
                    is_there: true,
                    retention: inner.retention.or(said.retention),
                    ..inner
                };
            }
            return;
        }
        match fold(first, self.text, self.names).value.into_const() {
            crate::Const::Text(name) => said.name = Some(name),
            crate::Const::Name(name) => said.in_memory |= name == "IN_MEMORY",
            _ => {}
        }
    }

    /// What a supplier of `Stores` makes.
    fn supplier(&self, call: Node<'_>) -> Option<Materialized> {
        let all = arguments(call);
        let duration = |at: usize| millis(*all.get(at)?, self.text, self.names);
        let (kind, retention, in_memory) = match self.name_of(call) {
            "persistentKeyValueStore" | "persistentTimestampedKeyValueStore" => {
                (StoreKind::KeyValue, None, false)
            }
            "persistentVersionedKeyValueStore" => (StoreKind::Versioned, duration(1), false),
            "persistentWindowStore" | "persistentTimestampedWindowStore" => {
                (StoreKind::Window, duration(1), false)
            }
            "persistentSessionStore" => (StoreKind::Session, duration(1), false),
            "inMemoryKeyValueStore" | "lruMap" => (StoreKind::KeyValue, None, true),
            "inMemoryWindowStore" => (StoreKind::Window, duration(1), true),
            "inMemorySessionStore" => (StoreKind::Session, duration(1), true),
            _ => return None,
        };
        let name = all
            .first()
            .map(|first| fold(*first, self.text, self.names).value.into_const());
        let name = match name {
            Some(crate::Const::Text(name)) => Some(name),
            _ => None,
        };
        Some(Materialized {
            name,
            in_memory,
            retention,
            kind: Some(kind),
            is_there: true,
        })
    }
}

/// The types that names are declared with, without their arguments.
fn declared(root: Node<'_>, text: &str) -> HashMap<String, String> {
    let mut types = HashMap::new();
    walk(root, &mut |node| {
        let named = match node.kind() {
            "formal_parameter" => field(node, "name").map(|name| (node, name)),
            "variable_declarator" => {
                let declaration = node.parent();
                declaration.zip(field(node, "name"))
            }
            _ => None,
        };
        if let Some((declaration, name)) = named
            && let Some(ty) = field(declaration, "type")
        {
            types.insert(
                text_of(name, text).to_owned(),
                simple_type(ty, text).to_owned(),
            );
        }
        true
    });
    types
}
