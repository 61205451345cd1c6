//! `docker build -t registry/app -f docker/Dockerfile .`: which image a Dockerfile makes.

use super::meant;
use crate::fragment::Fragment;
use crate::image::BuildCommand;
use tunelint_syntax::shell::{Script, Word};

/// The commands of a script that build images.
pub(super) fn commands(fragment: &Fragment<'_>, script: &Script) -> Vec<BuildCommand> {
    let all = (0..script.commands.len()).filter_map(|at| {
        let words = meant(script, at)?;
        read(fragment, &words)
    });
    all.collect()
}

fn read(fragment: &Fragment<'_>, words: &[&Word]) -> Option<BuildCommand> {
    const PROGRAMS: [&str; 4] = ["docker", "podman", "buildah", "nerdctl"];
    let at = words
        .iter()
        .position(|word| PROGRAMS.contains(&&*word.text))
        .filter(|at| *at <= 1)?;
    let build = words.iter().skip(at + 1).position(|word| {
        matches!(
            word.text.as_str(),
            "build" | "bud" | "build-using-dockerfile"
        )
    })?;
    if build > 2 {
        return None;
    }
    let mut found = BuildCommand::default();
    let mut rest = words.iter().skip(at + build + 2);
    while let Some(word) = rest.next() {
        let (name, glued) = match word.text.split_once('=') {
            Some((name, value)) if name.starts_with("--") => (name, Some(value.to_owned())),
            _ => (word.text.as_str(), None),
        };
        let takes_value = ["-t", "--tag", "-f", "--file", "--target"].contains(&name);
        if takes_value {
            let (value, span) = match glued {
                Some(value) => (value, word.span),
                None => {
                    let Some(next) = rest.next() else { break };
                    (next.text.clone(), next.span)
                }
            };
            match name {
                "-t" | "--tag" if !value.contains('$') || value.contains(':') => {
                    found.names.push((value, fragment.span(span)));
                }
                "-f" | "--file" => found.dockerfile = Some(value),
                "--target" => found.target = Some(value),
                _ => {}
            }
        } else if name.starts_with('-') {
            let flags = [
                "--push",
                "--load",
                "--no-cache",
                "--pull",
                "-q",
                "--quiet",
                "--rm",
            ];
            if glued.is_none() && !flags.contains(&name) {
                rest.next();
            }
        } else {
            found.context = Some(word.text.clone());
        }
    }
    (!found.names.is_empty()).then_some(found)
}
