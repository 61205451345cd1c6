//! Instructions that end too early: a comment behind the `\` that was to continue them.

use crate::file::BrokenCommand;
use crate::fragment::Fragment;
use tunelint_base::{OffsetMap, Span};
use tunelint_syntax::dockerfile::{Dockerfile, Instruction};

const INSTRUCTIONS: [&str; 19] = [
    "ADD",
    "ARG",
    "CMD",
    "COPY",
    "CROSS_BUILD",
    "ENTRYPOINT",
    "ENV",
    "EXPOSE",
    "FROM",
    "HEALTHCHECK",
    "LABEL",
    "MAINTAINER",
    "ONBUILD",
    "RUN",
    "SHELL",
    "STOPSIGNAL",
    "USER",
    "VOLUME",
    "WORKDIR",
];

/// The broken instructions: BuildKit takes what follows them for instructions, which it does not
/// know, and refuses the file.
pub(super) fn commands(fragment: &Fragment<'_>, file: &Dockerfile) -> Vec<BrokenCommand> {
    let mut found = Vec::new();
    let is_known = |one: &Instruction| INSTRUCTIONS.contains(&&*one.name);
    let mut all = file.instructions.iter().peekable();
    while let Some(first) = all.next() {
        let Some(cut) = cut(fragment, first).filter(|_| is_known(first)) else {
            continue;
        };
        let Some(next) = all.peek().filter(|next| !is_known(next)) else {
            continue;
        };
        let next = next.keyword.of(&fragment.text);
        let next = next.trim_matches(['"', '\'']).to_owned();
        let mut cuts = vec![cut];
        while let Some(rest) = all.next_if(|next| !is_known(next)) {
            cuts.extend(self::cut(fragment, rest));
        }
        found.push(BrokenCommand {
            program: first.name.clone(),
            first: cut,
            all: cuts,
            command: fragment.span(first.span),
            next,
            in_dockerfile: true,
        });
    }
    found
}

/// From the `\` to the end of the comment behind it.
fn cut(fragment: &Fragment<'_>, instruction: &Instruction) -> Option<Span> {
    let text = &instruction.text;
    let at = text.rfind('\\')?;
    let behind = &text[at + 1..];
    let comment = behind.trim_start_matches([' ', '\t']);
    if comment.len() == behind.len() || !comment.starts_with('#') {
        return None;
    }
    let range = Span::new(at, text.trim_end().len());
    let map = OffsetMap::verbatim(range).through(&instruction.map);
    Some(fragment.span(map.to_source(Span::new(0, range.len()))))
}
