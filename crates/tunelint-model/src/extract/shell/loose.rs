//! Variables with options that reach no start that can be seen.

use super::super::jvm::looks_like_options;
use super::super::launch::position;
use super::assemble::MOST_STARTS;
use super::kafka::is_kafka_script;
use super::options_of;
use super::replay::replay;
use crate::fragment::Fragment;
use crate::jvm::{Carrier, OptionString, carrier_of};
use std::collections::BTreeSet;
use tunelint_syntax::shell::Script;

/// The variables with options that no start reads, each as the script leaves it.
pub(super) fn loose(
    fragment: &Fragment<'_>,
    script: &Script,
    used: &mut BTreeSet<String>,
) -> Vec<OptionString> {
    let mut found: Vec<OptionString> = Vec::new();
    let end = script.commands.len();
    let mut frames: Vec<usize> = vec![0];
    for command in &script.commands {
        let frame = script.function_around(command.block).unwrap_or(0);
        if !command.assignments.is_empty() && !frames.contains(&frame) && frames.len() < MOST_STARTS
        {
            frames.push(frame);
        }
    }
    for block in frames {
        let state = replay(fragment, script, end, block);
        used.extend(state.variables.used.iter().cloned());
        for (name, (carrier, span)) in &state.option_variables {
            let known = found.iter().any(|string| *string.name == **name);
            if known || used.contains(name) {
                continue;
            }
            let string = match (state.read_by_jvm.get(name), state.variables.get(name)) {
                (Some(string), _) => string.clone(),
                (None, Some(held)) if !held.is_opaque() => OptionString {
                    carrier: *carrier,
                    name: name.as_str().into(),
                    name_span: *span,
                    flags: held.words.clone(),
                    span: *span,
                    stands: None,
                },
                _ => continue,
            };
            if !string.flags.is_empty() {
                found.push(string);
            }
        }
    }
    found.extend(before_programs(fragment, script, used));
    found.sort_by_key(|string| string.span.start);
    found
}

/// `JAVA_OPTS="-Xmx1g" ./start.sh`: set for one program that is not known.
fn before_programs(
    fragment: &Fragment<'_>,
    script: &Script,
    used: &BTreeSet<String>,
) -> Vec<OptionString> {
    let mut found = Vec::new();
    for command in &script.commands {
        let Some(first) = command.words.first() else {
            continue;
        };
        let declares = ["export", "readonly", "local", "declare", "typeset"];
        let texts = command.words.iter().map(|word| word.text.as_str());
        if declares.contains(&&*first.text)
            || is_kafka_script(&first.text)
            || position(texts).is_some()
        {
            continue;
        }
        for assignment in &command.assignments {
            let carrier = carrier_of(&assignment.name)
                .or_else(|| looks_like_options(&assignment.value.text).then_some(Carrier::Script));
            if let Some(carrier) = carrier.filter(|_| !used.contains(&assignment.name)) {
                let string = options_of(fragment, carrier, &assignment.name, &assignment.value);
                if !string.flags.is_empty() {
                    found.push(string);
                }
            }
        }
    }
    found
}
