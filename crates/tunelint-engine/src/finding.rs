//! From a rule that speaks about a thing to a diagnostic.

use crate::Settings;
use crate::compile::Node;
use crate::eval::{eval, support};
use crate::fingerprint::fingerprint;
use crate::fix::fix;
use crate::ready::{Piece, Ready, ReadyCase};
use tunelint_base::{Diagnostic, Entity, Location, Origin, Related, Severity};
use tunelint_model::{Fact, Value, View};
use tunelint_page::Level;

/// What a rule says about a thing.
pub(crate) enum Answer {
    /// Nothing is wrong, or it is switched off.
    Fine,
    /// It cannot tell, for want of a fact.
    Unknown(String),
    /// Something is wrong.
    Finding(Box<Diagnostic>),
}

/// Asks a rule about a thing.
pub(crate) fn ask(ready: &Ready, view: &View<'_>, settings: &Settings) -> Answer {
    if !may_speak(ready, settings) {
        return Answer::Fine;
    }
    match eval(&ready.when, view) {
        Value::Bool(true) => {}
        Value::Unknown(missing) => return Answer::Unknown(missing.into_owned()),
        _ => return Answer::Fine,
    }
    let case = ready
        .cases
        .iter()
        .find(|case| eval(&case.when, view) == Value::Bool(true));
    let (level, profiles) = level(ready, case, settings);
    let Some(severity) = level else {
        return Answer::Fine;
    };
    let mut facts: Vec<(&Node, Fact<'_>)> = Vec::new();
    support(&ready.when, view, &mut facts);
    if let Some(case) = case {
        support(&case.when, view, &mut facts);
    }
    let message = case
        .and_then(|case| case.message.as_ref())
        .unwrap_or(&ready.message);
    for piece in message {
        if let Piece::Value(node) = piece {
            support(node, view, &mut facts);
        }
    }
    let Some(location) = place(ready, view) else {
        return Answer::Fine;
    };
    let help = case
        .and_then(|case| case.help.as_ref())
        .or(ready.help.as_ref());
    let rule = ready.rule;
    let entity = view.name();
    let mut cure = ready.fix.as_ref().and_then(|spec| fix(spec, view));
    if let (Some(cure), Some(safety)) = (&mut cure, case.and_then(|case| case.case.safety)) {
        cure.safety = safety;
    }
    Answer::Finding(Box::new(Diagnostic {
        rule: rule.name.into(),
        group: rule.group.into(),
        severity,
        kind: case.and_then(|case| case.case.kind).unwrap_or(rule.kind),
        message: say(message, view),
        help: help.map(|help| say(help, view)),
        location,
        fingerprint: fingerprint(rule.name, &entity, view.model, location),
        entity,
        profiles,
        overlays: Vec::new(),
        related: related(&facts, location),
        fix: cure,
    }))
}

/// Whether the rule has a severity in any case of it: many speak under a profile only.
fn may_speak(ready: &Ready, settings: &Settings) -> bool {
    let mut all = std::iter::once(None).chain(ready.cases.iter().map(Some));
    all.any(|case| level(ready, case, settings).0.is_some())
}

/// The severity: the settings' word, else the worst of the active profiles' and a case's, else
/// the case's or the rule's.
fn level(ready: &Ready, case: Option<&ReadyCase>, settings: &Settings) -> (Level, Vec<String>) {
    let rule = ready.rule;
    for name in [rule.name, rule.group] {
        if let Some(level) = settings.severity.get(name) {
            return (*level, Vec::new());
        }
    }
    let of_case = case.and_then(|case| case.case.severity);
    let base = of_case.unwrap_or(rule.severity);
    let profiles = case.and_then(|case| case.case.profiles);
    let active: Vec<&(&str, Level)> = profiles
        .unwrap_or(rule.profiles)
        .iter()
        .filter(|(name, _)| settings.profiles.iter().any(|active| active == name))
        .collect();
    let Some(worst) = active.iter().map(|(_, level)| *level).max() else {
        return (base, Vec::new());
    };
    // What a case found certain stays so under every profile.
    let level = if of_case.flatten() == Some(Severity::Error) {
        base.max(worst)
    } else {
        worst
    };
    let names = active
        .iter()
        .filter(|(_, l)| *l == worst)
        .map(|(name, _)| (*name).to_owned())
        .collect();
    (level, names)
}

/// The first of the rule's places that somebody wrote, else the thing itself.
fn place(ready: &Ready, view: &View<'_>) -> Option<Location> {
    let places = ready.at.iter().filter_map(|node| {
        let mut facts = Vec::new();
        support(node, view, &mut facts);
        facts.into_iter().find_map(|(_, fact)| match fact.origin {
            Origin::Set(location) => Some(location),
            Origin::Derived(locations) => locations.last().copied(),
            _ => None,
        })
    });
    places.chain(view.anchor()).next()
}

/// Fills in a text.
pub(crate) fn say(pieces: &[Piece], view: &View<'_>) -> String {
    let mut text = String::new();
    for piece in pieces {
        match piece {
            Piece::Text(plain) => text.push_str(plain),
            Piece::Value(node) => text.push_str(&eval(node, view).show(node.unit())),
        }
    }
    text
}

/// Labels for the places of the facts that it rests on. A label at the finding's own place says
/// what is to be seen there.
fn related(facts: &[(&Node, Fact<'_>)], primary: Location) -> Vec<Related> {
    let mut all: Vec<Related> = Vec::new();
    let mut add = |location: Location, message: String, own: bool| {
        let overlaps = location.file == primary.file && location.span.overlaps(primary.span);
        let known = all.iter().any(|other| other.location == location);
        if (!overlaps || (own && location == primary)) && !known {
            all.push(Related { location, message });
        }
    };
    for (node, fact) in facts {
        for (location, message) in &fact.parts {
            add(*location, message.clone(), true);
        }
        let Origin::Set(location) = fact.origin else {
            continue;
        };
        // What a setting or an option says of itself is to be seen at the finding's own place.
        let own =
            matches!(node, Node::Fact(decl) if matches!(decl.of, Entity::Setting | Entity::Flag));
        if own || !fact.parts.is_empty() || matches!(fact.value, Value::Bool(_)) {
            continue;
        }
        let mut value = fact.value.show(node.unit());
        if value.is_empty() {
            value.push_str("empty");
        }
        let message = match node {
            Node::Key(name, _) => format!("`{name}` is {value}"),
            Node::Fact(decl) => {
                let words = decl
                    .name
                    .split_once('.')
                    .map_or(decl.name, |(_, rest)| rest)
                    .replace(['.', '_'], " ");
                format!("{words} is {value}")
            }
            _ => value,
        };
        add(location, message, false);
    }
    all
}
