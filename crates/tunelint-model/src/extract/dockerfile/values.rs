//! The values that `ENV` and `ARG` give to names.

use super::super::variables::Variables;
use super::stage::Stage;
use super::{Carrier, Dockerfile, OptionString, carrier_of, looks_like_options, sourced};
use crate::fragment::Fragment;
use crate::kube::{EnvValue, EnvVar};
use std::collections::BTreeMap;
use tunelint_base::{OffsetMap, Span};
use tunelint_syntax::dockerfile::{Instruction, pairs};

/// `ENV` and `ARG`: what each name holds from here on.
pub(super) fn assign(
    fragment: &Fragment<'_>,
    file: &Dockerfile,
    instruction: &Instruction,
    variables: &mut Variables,
    mut stage: Option<&mut Stage>,
) {
    // All values of one instruction see the variables as they were before it.
    let old = variables.clone();
    let mut seen = BTreeMap::new();
    for pair in pairs(instruction, file.backquote_escapes) {
        let Some(value) = pair.value else { continue };
        let name = pair.name.text.clone();
        let mut scope = old.clone();
        let expands = value.has_expansion;
        let held = scope.value(fragment, &value.text, &value.map, expands, &name);
        seen.insert(name.clone(), held.clone());
        if let Some(stage) = stage.as_deref_mut() {
            let name_text = sourced(fragment, &pair.name);
            let mut text = sourced(fragment, &value);
            if let Some(filled) = scope.substitute_all(&value.text).filter(|_| expands) {
                text.map = whole(text.span, filled.len());
                text.placeholder = crate::setting::is_placeholder(&filled);
                text.text = filled.into();
            }
            let carrier = carrier_of(&name)
                .or_else(|| looks_like_options(&text.text).then_some(Carrier::Script));
            stage.options.retain(|string| *string.name != *name);
            if let Some(carrier) = carrier {
                let inner = fragment.inner(value.text.clone(), &value.map);
                let flags = if expands || carrier == Carrier::Script {
                    held.words
                } else {
                    super::split_string(carrier, &inner)
                };
                if !flags.is_empty() {
                    stage.options.push(OptionString {
                        carrier,
                        name: name.as_str().into(),
                        name_span: name_text.span,
                        flags,
                        span: text.span,
                        stands: None,
                    });
                }
            }
            stage.env.retain(|variable| *variable.name.text != *name);
            stage.env.push(EnvVar {
                name: name_text,
                value: EnvValue::Literal(text),
            });
        }
    }
    for (name, held) in seen {
        variables.set(&name, held, true);
    }
}

fn whole(span: Span, len: usize) -> OffsetMap {
    let mut map = OffsetMap::starting_at(span.start as usize);
    map.push_escape(span, len);
    map
}
