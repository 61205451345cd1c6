//! Facts of the image that a container runs, as far as a file says how it is built.

use super::{Decl, decl, truth};
use crate::image::Literal;
use crate::kube::Platform;
use crate::model::Container;
use crate::value::{Fact, Type, Value};
use crate::view::View;
use tunelint_base::{Entity, FileId, Location};

const ON: Entity = Entity::Container;

pub(super) const FACTS: &[Decl] = &[
    decl(
        "container.literal_variable",
        ON,
        Type::Str,
        "A variable among the words of `java` in a Dockerfile's exec form, which nothing fills in",
        literal_variable,
    ),
    decl(
        "container.literal_variable_refused",
        ON,
        Type::Bool,
        "Whether `java` cannot start with the word that holds it",
        literal_variable_refused,
    ),
];

fn with<'m>(view: &View<'m>, then: impl FnOnce(&'m Container<'m>) -> Fact<'m>) -> Fact<'m> {
    view.container
        .map_or_else(|| Fact::unknown("the container"), then)
}

/// That of the file which says what is started.
fn literal<'m>(container: &'m Container<'m>) -> Option<(FileId, &'m Literal)> {
    let image = container.images.first()?;
    let own = container.facts.command.is_empty() || container.platform() == Platform::Image;
    let literal = image.facts.literal.as_ref()?;
    own.then_some((image.file, literal))
}

fn literal_variable<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |container| {
        literal(container).map_or_else(Fact::absent, |(file, literal)| {
            Fact::set(
                Value::str(&*literal.variable),
                Location::new(file, literal.span),
            )
        })
    })
}

fn literal_variable_refused<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |container| {
        literal(container).map_or_else(Fact::absent, |(_, literal)| truth(literal.refused, []))
    })
}
