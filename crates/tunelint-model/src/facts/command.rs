//! Facts of a shell command that ends too early.

use super::{Decl, decl, text};
use crate::value::{Fact, Type};
use crate::view::View;
use tunelint_base::Entity;

pub(super) const FACTS: &[Decl] = &[
    decl(
        "command.breaks",
        Entity::Command,
        Type::Int,
        "How many `\\` of the command do not continue their line",
        breaks,
    ),
    decl(
        "command.in_dockerfile",
        Entity::Command,
        Type::Bool,
        "Whether it is an instruction of a Dockerfile",
        in_dockerfile,
    ),
    decl(
        "command.next",
        Entity::Command,
        Type::Str,
        "The first word that runs as a command of its own",
        next,
    ),
    decl(
        "command.program",
        Entity::Command,
        Type::Str,
        "The program that the command starts",
        program,
    ),
];

fn breaks<'m>(view: &View<'m>) -> Fact<'m> {
    view.command.map_or_else(Fact::absent, |(_, command)| {
        super::number(i64::try_from(command.all.len()).unwrap_or(i64::MAX), [])
    })
}

fn in_dockerfile<'m>(view: &View<'m>) -> Fact<'m> {
    view.command.map_or_else(Fact::absent, |(_, command)| {
        super::truth(command.in_dockerfile, [])
    })
}

fn next<'m>(view: &View<'m>) -> Fact<'m> {
    view.command
        .map_or_else(Fact::absent, |(_, command)| text(command.next.as_str()))
}

fn program<'m>(view: &View<'m>) -> Fact<'m> {
    view.command
        .map_or_else(Fact::absent, |(_, command)| text(command.program.as_str()))
}
