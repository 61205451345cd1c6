//! Flags whose values are bound by more than a range: the catalogue's rules, asked of what is written.

use super::{Check, Refusal};
use crate::jvm::{Form, Jvm, form};
use std::collections::HashSet;
use tunelint_base::Location;
use tunelint_catalog::jvm::{self, BoundRule, FlagType, Status};

pub(super) const CHECKS: &[Check] = &[catalogued, alignment];

fn catalogued(jvm: &Jvm<'_>) -> Option<Refusal> {
    let mut seen = HashSet::new();
    // The last one written is the one that holds.
    let written: Vec<(Location, &str)> = jvm
        .flags()
        .rev()
        .filter_map(|(place, _, flag)| match form(&flag.text) {
            Form::Switch(name, _) | Form::Assign(name, _) => Some((place, name)),
            Form::Size("ss", _) => Some((place, "ThreadStackSize")),
            Form::Size("mx", _) => Some((place, "MaxHeapSize")),
            _ => None,
        })
        .filter(|(_, name)| seen.insert(*name))
        .collect();
    written.into_iter().rev().find_map(|(place, name)| {
        let known = jvm::find(name)?;
        let is_taken = matches!(
            known.status(jvm.java),
            Status::Accepted | Status::Deprecated | Status::Locked(_)
        );
        let wanted = jvm::bounds(name, jvm.java)
            .filter(|_| is_taken)
            .find_map(|rule| fault(jvm, known, rule))?;
        Some((place, format!("{name} {wanted}")))
    })
}

/// What is asked of the value, where it does not hold.
fn fault(jvm: &Jvm<'_>, known: &jvm::Flag, rule: BoundRule) -> Option<String> {
    let name = known.name();
    match rule {
        BoundRule::Words(words) => {
            let (_, text) = jvm.last(name)?;
            let shown: Vec<&str> = words
                .iter()
                .copied()
                .filter(|word| !word.is_empty())
                .collect();
            (!words.contains(&text)).then(|| format!("must be one of {}", shown.join(", ")))
        }
        BoundRule::Each(words) => {
            let (_, text) = jvm.last(name)?;
            let shown: Vec<&str> = words
                .iter()
                .copied()
                .filter(|word| !word.is_empty())
                .collect();
            (!text.split([',', ' ']).all(|word| words.contains(&word)))
                .then(|| format!("must be made of {}", shown.join(", ")))
        }
        BoundRule::Begins(starts) => {
            let (_, text) = jvm.last(name)?;
            let fits =
                |word: &str| word.is_empty() || starts.iter().any(|start| word.starts_with(start));
            (!text.split([',', ' ', '\n']).all(fits)).then(|| {
                format!(
                    "must be made of words that begin with {}",
                    starts.join(" or ")
                )
            })
        }
        BoundRule::Needs(switch) => {
            let on = jvm.switch(switch).is_some_and(|(_, on)| on);
            let implied =
                switch == "EnableJVMCI" && jvm.switch("UseJVMCICompiler").is_some_and(|(_, on)| on);
            (!on && !implied).then(|| format!("needs -XX:+{switch}"))
        }
        BoundRule::OnNeeds(other) => {
            let is_on = jvm.switch(name).is_some_and(|(_, on)| on);
            (is_on && jvm.last(other).is_none()).then(|| format!("needs -XX:{other}"))
        }
        number => {
            let value = match known.ty(jvm.java)? {
                FlagType::Double => {
                    #[allow(
                        clippy::cast_possible_truncation,
                        reason = "the bounds are whole numbers"
                    )]
                    let whole = jvm.real(name)?.value.ceil() as i128;
                    whole
                }
                _ => jvm.number(name)?.value,
            };
            number_fault(value, number)
        }
    }
}

fn number_fault(value: i128, rule: BoundRule) -> Option<String> {
    let (fits, wanted) = match rule {
        BoundRule::Within { min, max } => {
            let wanted = match (min, max) {
                (i128::MIN, max) => format!("must be at most {max}"),
                (min, i128::MAX) => format!("must be at least {min}"),
                (min, max) => format!("must be between {min} and {max}"),
            };
            ((min..=max).contains(&value), wanted)
        }
        BoundRule::Outside { min, max } => (
            !(min..=max).contains(&value),
            format!("must be at least {}", max + 1),
        ),
        BoundRule::Multiple(step) => (value % step == 0, format!("must be a multiple of {step}")),
        BoundRule::PowerOfTwo { or_zero } => (
            (value > 0 && value.count_ones() == 1) || (or_zero && value == 0),
            "must be a power of two".to_owned(),
        ),
        BoundRule::Words(_)
        | BoundRule::Each(_)
        | BoundRule::Begins(_)
        | BoundRule::Needs(_)
        | BoundRule::OnNeeds(_) => return None,
    };
    (!fits).then_some(wanted)
}

fn alignment(jvm: &Jvm<'_>) -> Option<Refusal> {
    jvm.written_number("ObjectAlignmentInBytes", "a power of two", |n| {
        n.count_ones() == 1
    })
}
