//! Markdown: the code fences whose language says what they are.

use super::{dockerfile, java, properties, shell, systemd, yaml};
use crate::client::Place;
use crate::file::FileFacts;
use crate::fragment::Fragment;
use tunelint_syntax::markdown::fences;

pub(super) fn extract(facts: &mut FileFacts, fragment: &Fragment<'_>, path: &str) {
    for (number, fence) in fences(&fragment.text).into_iter().enumerate() {
        let inner = fragment.inner(fence.text.to_string(), &fence.map);
        let language = fence.language.of(&fragment.text).to_ascii_lowercase();
        match language.as_str() {
            "dockerfile" | "docker" | "containerfile" => dockerfile::extract(facts, &inner, ""),
            "systemd" => systemd::extract(facts, &inner, ""),
            "ini" if fence.text.contains("[Service]") => systemd::extract(facts, &inner, ""),
            "properties" | "ini" | "conf" => {
                let place = Place::Section(format!("code block {}", number + 1));
                properties::extract_at(facts, &inner, path, place);
            }
            "yaml" | "yml" | "json" => {
                let place = Place::Section(format!("code block {}", number + 1));
                yaml::extract(facts, &inner, &place);
            }
            "sh" | "bash" | "shell" | "zsh" => shell::extract(facts, &inner),
            "java" => java::extract(facts, &inner),
            _ => {}
        }
    }
}
