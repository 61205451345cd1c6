//! Shows which options reach which JVM, out of which file, and why.

use std::fmt::Write as _;
use tunelint_base::Text;
use tunelint_model::link::link;
use tunelint_model::{Options, SourceFile, extract};

/// The JVMs of these files, each option with its place, and the reasons of the joins.
pub(crate) fn model(files: &[(&str, &str)]) -> String {
    let mut files: Vec<SourceFile> = files
        .iter()
        .map(|(path, text)| {
            SourceFile::new((*path).to_owned(), Text::utf8(*text), extract(path, text))
        })
        .collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let options = Options::default();
    let model = link(&files, &options);
    let mut shown = String::new();
    for jvm in &model.jvms {
        let java = if jvm.java_known {
            jvm.java.to_string()
        } else {
            "?".to_owned()
        };
        let more = if jvm.hidden { ", and more" } else { "" };
        let _ = writeln!(shown, "{} on {java}{more}", jvm.name);
        for (location, _, flag) in jvm.flags() {
            let file = &files[location.file.0 as usize];
            let at = file.lines.position(location.span.start, file.text.as_str());
            let doubt = if jvm.is_certain(flag) { "" } else { "? " };
            let _ = writeln!(
                shown,
                "  {doubt}{} {}:{}:{} {:?}",
                flag.text,
                file.path,
                at.line,
                at.column,
                location.span.of(file.text.as_str())
            );
        }
    }
    for workload in &model.workloads {
        for reason in &workload.reasons {
            let _ = writeln!(shown, "{}: {reason}", workload.name);
        }
    }
    shown
}

/// Only the options, one line for each JVM.
pub(crate) fn flags(files: &[(&str, &str)]) -> Vec<String> {
    let shown = model(files);
    let mut lines: Vec<String> = Vec::new();
    for line in shown.lines() {
        match line.strip_prefix("  ") {
            Some(flag) => {
                let doubt = if flag.starts_with("? ") { "?" } else { "" };
                let text = flag.trim_start_matches("? ");
                let end = text.find(" ").unwrap_or(text.len());
                let last = lines.last_mut().expect("a JVM");
                let _ = write!(last, " {}{doubt}", &text[..end]);
            }
            None if line.contains(" on ") && !line.contains(": ") => lines.push(String::new()),
            None => {}
        }
    }
    lines.iter().map(|line| line.trim().to_owned()).collect()
}
