//! One class that implements `RocksDBConfigSetter`.

use crate::facts::{
    Argument, Close, ConfigSetter, Holder, OptionCall, Receiver, TableConfig, TableUse,
};
use crate::fold::{Names, fold};
use crate::syntax::{arguments, bare, children, field, simple_type, span, text_of, walk};
use natives::Natives;
use std::collections::HashMap;
use tree_sitter::Node;

mod closing;
mod natives;

/// What a name or an expression stands for.
#[derive(Clone, Debug, PartialEq)]
enum Thing {
    Options,
    Table(TableConfig),
    Native(usize),
    Other,
}

/// Reads a class.
pub(crate) fn read(
    class: Node<'_>,
    binary_name: String,
    text: &str,
    names: &Names,
) -> ConfigSetter {
    let mut setter = ConfigSetter {
        class: binary_name,
        ..ConfigSetter::default()
    };
    setter.span = span(class);
    if let Some(name) = field(class, "name") {
        setter.name = span(name);
    }
    let body = field(class, "body");
    let methods: Vec<Node<'_>> = body
        .map(children)
        .unwrap_or_default()
        .into_iter()
        .filter(|node| node.kind() == "method_declaration")
        .collect();
    let name_of = |node: &Node<'_>| field(*node, "name").map_or("", |name| text_of(name, text));
    let set_config = methods.iter().find(|node| name_of(node) == "setConfig");
    setter.set_config = set_config.and_then(|node| field(*node, "name")).map(span);

    let mut reader = Reader {
        text,
        names,
        natives: Natives::of_fields(class, text, names),
        found: setter,
        plainly_called: set_config
            .map(|node| called_plainly(*node, text))
            .unwrap_or_default(),
    };
    // `setConfig` first: what it says counts most.
    let (first, rest): (Vec<Node<'_>>, Vec<Node<'_>>) = methods
        .iter()
        .partition(|node| name_of(node) == "setConfig");
    for method in first.iter().chain(&rest) {
        match name_of(method) {
            "close" => {}
            name => reader.method(*method, name),
        }
    }
    let Reader {
        natives, mut found, ..
    } = reader;
    found.natives = natives.list;
    if let Some(close) = methods.iter().find(|node| name_of(node) == "close") {
        closing::read(*close, class, text, &mut found.natives, &natives.escaped);
        let is_empty = field(*close, "body").is_none_or(|body| children(body).is_empty());
        found.close = field(*close, "name").map(|name| Close {
            name: span(name),
            is_empty,
        });
    } else {
        for (at, native) in found.natives.iter_mut().enumerate() {
            native.closed = (!natives.escaped.contains(&at)).then_some(false);
        }
    }
    found
}

/// The methods of the class that a method calls outside of any condition.
fn called_plainly(method: Node<'_>, text: &str) -> Vec<String> {
    let mut called = Vec::new();
    walk(method, &mut |node| {
        if is_branch(node.kind()) {
            return false;
        }
        if node.kind() == "method_invocation"
            && field(node, "object").is_none_or(|object| object.kind() == "this")
            && let Some(name) = field(node, "name")
        {
            called.push(text_of(name, text).to_owned());
        }
        true
    });
    called
}

/// Code that runs only sometimes.
fn is_branch(kind: &str) -> bool {
    matches!(
        kind,
        "if_statement"
            | "switch_expression"
            | "switch_statement"
            | "while_statement"
            | "do_statement"
            | "for_statement"
            | "enhanced_for_statement"
            | "catch_clause"
            | "lambda_expression"
            | "ternary_expression"
    )
}

struct Reader<'t, 'r> {
    text: &'t str,
    names: &'r Names,
    natives: Natives,
    found: ConfigSetter,
    plainly_called: Vec<String>,
}

/// A method while it is read: its names, and the constants among them.
struct Scope {
    things: HashMap<String, Thing>,
    constants: Names,
    conditional: bool,
}

impl Reader<'_, '_> {
    fn method(&mut self, method: Node<'_>, name: &str) {
        let Some(body) = field(method, "body") else {
            return;
        };
        let mut scope = Scope {
            things: HashMap::new(),
            constants: self.names.clone(),
            conditional: name != "setConfig" && !self.plainly_called.iter().any(|n| n == name),
        };
        for parameter in field(method, "parameters")
            .map(children)
            .unwrap_or_default()
        {
            let (Some(ty), Some(name)) = (field(parameter, "type"), field(parameter, "name"))
            else {
                continue;
            };
            let name = text_of(name, self.text).to_owned();
            // A parameter hides a constant of the same name.
            scope.constants.remove(&name);
            let thing = match simple_type(ty, self.text) {
                "Options" | "DBOptions" | "ColumnFamilyOptions" => {
                    if self.found.options.is_empty() {
                        self.found.options.clone_from(&name);
                    }
                    Thing::Options
                }
                "BlockBasedTableConfig" => Thing::Table(TableConfig::Unknown),
                _ => Thing::Other,
            };
            scope.things.insert(name, thing);
        }
        let reassigned = reassigned(body, self.text);
        self.node(body, &mut scope, &reassigned, 0);
    }

    fn node(&mut self, node: Node<'_>, scope: &mut Scope, reassigned: &[String], depth: usize) {
        if depth > crate::syntax::DEEPEST {
            return;
        }
        match node.kind() {
            // `ifPresent(options::setCompactionStyle)`: when, and with what, is not seen.
            "method_reference" => {
                let object = children(node).first().copied();
                let thing = object.map(|object| self.named(bare(object), scope));
                self.found.hands_on |= matches!(thing, Some(Thing::Options | Thing::Table(_)));
                return;
            }
            "variable_declarator" => return self.declarator(node, scope, reassigned),
            "assignment_expression" => return self.assignment(node, scope),
            "method_invocation" | "object_creation_expression" | "cast_expression" => {
                self.thing(node, scope, None);
                return;
            }
            _ => {}
        }
        let outer = scope.conditional;
        // A guard against making a shared thing twice is none against making it.
        scope.conditional |= is_branch(node.kind());
        for child in children(node) {
            self.node(child, scope, reassigned, depth + 1);
        }
        scope.conditional = outer;
    }

    fn declarator(&mut self, node: Node<'_>, scope: &mut Scope, reassigned: &[String]) {
        let (Some(name), Some(value)) = (field(node, "name"), field(node, "value")) else {
            return;
        };
        let name = text_of(name, self.text).to_owned();
        let thing = self.thing(value, scope, Some(Holder::Local(name.clone())));
        if !reassigned.contains(&name) {
            let mut outcome = fold(value, self.text, &scope.constants);
            let is_long = node
                .parent()
                .and_then(|declaration| field(declaration, "type"))
                .is_some_and(|ty| text_of(ty, self.text) == "long");
            if let (true, crate::fold::Folded::Int(value)) = (is_long, &outcome.value) {
                outcome.value = crate::fold::Folded::Long((*value).into());
            }
            scope.constants.insert(name.clone(), outcome);
        } else {
            scope.constants.remove(&name);
        }
        scope.things.insert(name, thing);
    }

    fn assignment(&mut self, node: Node<'_>, scope: &mut Scope) {
        let (Some(left), Some(right)) = (field(node, "left"), field(node, "right")) else {
            return;
        };
        let name = text_of(left, self.text);
        let name = name.strip_prefix("this.").unwrap_or(name).to_owned();
        let holder = if scope.things.contains_key(&name) && left.kind() == "identifier" {
            Holder::Local(name.clone())
        } else {
            self.natives.holder_of(&name)
        };
        let thing = self.thing(right, scope, Some(holder));
        if let Thing::Native(at) = thing {
            self.natives.fields.insert(name.clone(), at);
        }
        scope.things.insert(name, thing);
    }

    /// What an expression stands for; notes the calls in it on the way.
    fn thing(&mut self, node: Node<'_>, scope: &mut Scope, holder: Option<Holder>) -> Thing {
        let node = bare(node);
        match node.kind() {
            "identifier" | "field_access" => self.named(node, scope),
            "object_creation_expression" => self.created(node, scope, holder),
            "method_invocation" => self.call(node, scope),
            "method_reference" => {
                self.node(node, scope, &[], 1);
                Thing::Other
            }
            _ => {
                for child in children(node) {
                    self.node(child, scope, &[], 1);
                }
                Thing::Other
            }
        }
    }

    fn named(&self, node: Node<'_>, scope: &Scope) -> Thing {
        let name = text_of(node, self.text);
        let name = name.strip_prefix("this.").unwrap_or(name);
        let local = scope.things.get(name).cloned();
        local.unwrap_or_else(|| self.natives.named(name).map_or(Thing::Other, Thing::Native))
    }

    fn created(&mut self, node: Node<'_>, scope: &mut Scope, holder: Option<Holder>) -> Thing {
        let class = field(node, "type").map_or("", |ty| simple_type(ty, self.text));
        if class == "BlockBasedTableConfig" {
            return Thing::Table(TableConfig::New(span(node)));
        }
        let all = self.arguments(node, scope);
        let holder = holder.unwrap_or(Holder::Nowhere);
        self.natives
            .add(class, span(node), all, holder)
            .map_or(Thing::Other, Thing::Native)
    }

    fn arguments(&mut self, node: Node<'_>, scope: &mut Scope) -> Vec<Argument> {
        arguments(node)
            .into_iter()
            .map(|argument| self.argument(argument, scope).0)
            .collect()
    }

    fn argument(&mut self, node: Node<'_>, scope: &mut Scope) -> (Argument, Thing) {
        let thing = self.thing(node, scope, None);
        let outcome = fold(node, self.text, &scope.constants);
        let native = match thing {
            Thing::Native(at) => Some(at),
            _ => None,
        };
        let value = outcome.value.into_const();
        let argument = Argument {
            span: span(node),
            value,
            overflows: outcome.overflows,
            native,
        };
        (argument, thing)
    }

    fn call(&mut self, node: Node<'_>, scope: &mut Scope) -> Thing {
        let Some(name) = field(node, "name") else {
            return Thing::Other;
        };
        let method = text_of(name, self.text);
        let object = field(node, "object").map(|object| self.thing(object, scope, None));
        let given: Vec<(Argument, Thing)> = arguments(node)
            .into_iter()
            .map(|argument| self.argument(argument, scope))
            .collect();
        let on = match object {
            Some(Thing::Options) => Receiver::Options,
            Some(Thing::Table(_)) => Receiver::Table,
            _ => {
                self.elsewhere(node, &given);
                return Thing::Other;
            }
        };
        if on == Receiver::Options && method == "tableFormatConfig" {
            return Thing::Table(TableConfig::Own);
        }
        let conditional = scope.conditional;
        let call = tunelint_base::Span::new(name.start_byte(), node.end_byte());
        if on == Receiver::Options && method == "setTableFormatConfig" {
            let config = match given.first() {
                Some((_, Thing::Table(config))) => *config,
                _ => TableConfig::Unknown,
            };
            self.found.table = Some(TableUse {
                config,
                span: call,
                conditional,
            });
        } else if method.starts_with("set")
            || method.starts_with("optimize")
            || method.starts_with("prepare")
        {
            self.found.calls.push(OptionCall {
                receiver: on,
                method: method.to_owned(),
                name: span(name),
                span: call,
                arguments: given.into_iter().map(|(argument, _)| argument).collect(),
                conditional,
            });
        }
        object.unwrap_or(Thing::Other)
    }

    /// A call that is not made on the options: who hands them on, or keeps a native object?
    fn elsewhere(&mut self, node: Node<'_>, given: &[(Argument, Thing)]) {
        let object = field(node, "object");
        let own = object.is_none_or(|object| object.kind() == "this");
        for (argument, thing) in given {
            match thing {
                Thing::Options | Thing::Table(_) if !own => self.found.hands_on = true,
                _ => {}
            }
            if let Some(native) = argument.native {
                self.natives.escaped.insert(native);
            }
        }
    }
}

/// The names that are assigned to in a method: they are no constants.
fn reassigned(body: Node<'_>, text: &str) -> Vec<String> {
    let mut names = Vec::new();
    walk(body, &mut |node| {
        let target = match node.kind() {
            "assignment_expression" => field(node, "left"),
            "update_expression" => children(node).first().copied(),
            _ => None,
        };
        names.extend(target.map(|target| text_of(target, text).to_owned()));
        true
    });
    names
}
