//! The examples of a rule page: `## Bad` and `## Good`, their files and the expected output.

use std::fs;
use std::ops::Range;
use std::path::Path;
use tunelint_syntax::markdown::{Fence, fences};

/// One `## Bad` or `## Good`.
#[derive(Debug)]
pub struct Example {
    /// Whether the rule has something to say about it.
    pub bad: bool,
    /// The heading, to be named in messages.
    pub heading: String,
    /// Versions and profiles as arguments of `check`.
    pub args: Vec<String>,
    /// Whether all rules run, not only the page's: `{rules=all}`.
    pub all_rules: bool,
    /// The names and contents of its files.
    pub files: Vec<(String, Vec<u8>)>,
    /// The expected output and the range of its lines in the page.
    pub output: Option<(String, Range<usize>)>,
    /// Where in the page its section ends, blank lines excluded.
    pub end: usize,
}

impl Example {
    /// Writes its files into a folder.
    ///
    /// # Errors
    /// The file that cannot be written.
    pub fn write(&self, folder: &Path) -> Result<(), String> {
        for (name, bytes) in &self.files {
            let path = folder.join(name);
            let written = path
                .parent()
                .map_or(Ok(()), fs::create_dir_all)
                .and_then(|()| fs::write(&path, bytes));
            written.map_err(|error| format!("{name}: {error}"))?;
        }
        Ok(())
    }
}

/// The examples of a page, in order.
///
/// # Errors
/// What cannot be understood in a heading or a fence.
pub fn examples(page: &str) -> Result<Vec<Example>, String> {
    let fences = fences(page);
    let headings = headings(page, &fences);
    let mut found = Vec::new();
    for (index, (start, heading)) in headings.iter().enumerate() {
        let bad = match heading.split_whitespace().nth(1) {
            Some("Bad") => true,
            Some("Good") => false,
            _ => continue,
        };
        let next = headings
            .get(index + 1)
            .map_or(page.len(), |(next, _)| *next);
        let end = start + page[*start..next].trim_end().len();
        let (args, all_rules) = arguments(heading)?;
        let mut example = Example {
            bad,
            heading: heading.trim_start_matches('#').trim().to_owned(),
            args,
            all_rules,
            files: Vec::new(),
            output: None,
            end,
        };
        for fence in fences
            .iter()
            .filter(|fence| (*start..next).contains(&(fence.body.start as usize)))
        {
            add(&mut example, fence, page)?;
        }
        if example.files.is_empty() {
            return Err(format!(
                "`{heading}` has no file: a fence needs `file=NAME`"
            ));
        }
        found.push(example);
    }
    Ok(found)
}

/// The headings of the second level outside of fences, with their offsets.
fn headings<'p>(page: &'p str, fences: &[Fence<'_>]) -> Vec<(usize, &'p str)> {
    let mut found = Vec::new();
    let mut at = 0;
    for line in page.split_inclusive('\n') {
        let fenced = fences
            .iter()
            .any(|f| (f.body.start as usize..f.body.end as usize).contains(&at));
        if line.starts_with("## ") && !fenced {
            found.push((at, line.trim_end()));
        }
        at += line.len();
    }
    found
}

/// `{kafka=3.9 java=21 profile=pci}` as arguments, and whether `rules=all` is among them.
fn arguments(heading: &str) -> Result<(Vec<String>, bool), String> {
    let Some((_, rest)) = heading.split_once('{') else {
        return Ok((Vec::new(), false));
    };
    let words = rest
        .strip_suffix('}')
        .ok_or_else(|| format!("`{heading}` has no `}}` at its end"))?;
    let (mut args, mut all_rules) = (Vec::new(), false);
    for word in words.split_whitespace() {
        let (option, value) = match word.split_once('=') {
            Some(("kafka", version)) => ("--kafka-version", version),
            Some(("java", version)) => ("--java-version", version),
            Some(("profile", name)) => ("--profile", name),
            Some(("rules", "all")) => {
                all_rules = true;
                continue;
            }
            _ => {
                return Err(format!(
                    "`{word}` in `{heading}`: use kafka=, java=, profile= or rules=all"
                ));
            }
        };
        args.extend([option.to_owned(), value.to_owned()]);
    }
    Ok((args, all_rules))
}

/// Takes in a fence: a file, the expected output, or prose.
fn add(example: &mut Example, fence: &Fence<'_>, page: &str) -> Result<(), String> {
    let info = fence.info.of(page);
    let mut words = info.split_whitespace().skip(1);
    if info == "text output" {
        let body = fence.body.start as usize..fence.body.end as usize;
        if example
            .output
            .replace((fence.text.to_string(), body))
            .is_some()
        {
            return Err(format!("`{}` has two outputs", example.heading));
        }
    } else if let Some(name) = words.clone().find_map(|word| word.strip_prefix("file=")) {
        // Bytes that no Markdown holds are written as hexadecimal digits.
        let bytes = if words.any(|word| word == "hex") {
            unhex(&fence.text)?
        } else {
            fence.text.as_bytes().to_vec()
        };
        example.files.push((name.to_owned(), bytes));
    }
    Ok(())
}

fn unhex(text: &str) -> Result<Vec<u8>, String> {
    let digits: String = text.split_whitespace().collect();
    let pairs = digits.as_bytes().chunks(2);
    let bytes = pairs.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok());
    bytes
        .collect::<Option<_>>()
        .ok_or_else(|| format!("`{text}` is not hexadecimal"))
}
