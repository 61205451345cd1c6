//! Options that contradict each other or the JVM's own bounds, so that it refuses to start.

use super::{Decl, decl};
use crate::jvm::Jvm;
use crate::value::{Fact, Type, Value};
use crate::view::View;
use tunelint_base::{Entity, Location};

pub(super) const FACTS: &[Decl] = &[
    decl(
        "jvm.conflict",
        Entity::Jvm,
        Type::Str,
        "Two options that contradict each other, or one that contradicts the JVM's own bounds",
        |view| of(view, Jvm::refusal),
    ),
    decl(
        "jvm.jmx_fault",
        Entity::Jvm,
        Type::Str,
        "Why the remote JMX agent stops the JVM at its start",
        |view| of(view, Jvm::jmx_refusal),
    ),
];

fn of<'m>(view: &View<'m>, find: fn(&Jvm<'m>) -> Option<(Location, String)>) -> Fact<'m> {
    let Some(jvm) = view.jvm else {
        return Fact::unknown("the JVM");
    };
    if !jvm.hotspot {
        return Fact::unknown("what another JVM than HotSpot takes");
    }
    find(jvm).map_or_else(Fact::absent, |(place, text)| {
        Fact::set(Value::str(text), place)
    })
}
