//! JVM options in build files, and the images that Jib builds from them.

use super::super::jvm::{looks_like_options, split_blanks};
use super::super::launch::flag;
use super::gradle::{self, Literal};
use super::xml::{self, Text};
use crate::file::FileFacts;
use crate::fragment::Fragment;
use crate::image::{ImageFacts, ImageJava, ImageName};
use crate::jvm::{Carrier, Flag, OptionString};
use crate::kube::{ContainerFacts, Object, Platform, Pod, Sourced};
use crate::setting::is_placeholder;
use crate::start::Start;
use tunelint_base::{OffsetMap, Span};
use tunelint_syntax::jvm_options::split_tool_options;

/// Elements of a POM that hold a line of options.
const LINES: [&str; 6] = [
    "jvmArguments",
    "argLine",
    "JAVA_TOOL_OPTIONS",
    "BPE_JAVA_TOOL_OPTIONS",
    "BPE_APPEND_JAVA_TOOL_OPTIONS",
    "JAVA_OPTS",
];

/// Properties of Gradle and sbt that hold a list of options.
const LISTS: [&str; 4] = [
    "applicationDefaultJvmArgs",
    "jvmArgs",
    "jvmFlags",
    "javaOptions",
];

pub(super) fn maven(facts: &mut FileFacts, fragment: &Fragment<'_>) {
    let text = xml::without_comments(&fragment.text);
    let whole = Span::new(0, text.len());
    for name in LINES {
        for span in xml::elements(&text, whole, name) {
            let line = xml::decode(&text, span);
            if looks_like_options(line.text.trim_start_matches("@{argLine}")) {
                let flags = split_line(fragment, &line, name);
                add(facts, fragment, name, span, flags);
            }
        }
    }
    let plugin = |span: &Span| span.of(&text).contains("<artifactId>jib-maven-plugin<");
    let jib = xml::elements(&text, whole, "plugin")
        .into_iter()
        .find(plugin);
    for span in xml::elements(&text, whole, "jvmFlags") {
        if jib.is_some_and(|jib| jib.contains(span)) {
            continue;
        }
        let flags = xml_flags(fragment, &text, span);
        add(facts, fragment, "jvmFlags", span, flags);
    }
    let Some(jib) = jib else { return };
    let inside = |path: &[&str]| xml::child(&text, jib, path);
    let container = inside(&["container"]);
    let flags_at = container.and_then(|span| xml::child(&text, span, &["jvmFlags"]));
    let image = |path: &[&str]| {
        let line = xml::decode(&text, inside(path)?);
        Some(fragment.part(&line.text, &line.map))
    };
    let found = Jib {
        name_span: fragment.span(span_of_word(&text, jib, "jib-maven-plugin")),
        from: image(&["from", "image"]),
        to: image(&["to", "image"]),
        flags: flags_at.map_or(Vec::new(), |span| xml_flags(fragment, &text, span)),
        span: fragment.span(jib),
    };
    found.add(facts);
}

fn span_of_word(text: &str, within: Span, word: &str) -> Span {
    let at = within.of(text).find(word).unwrap_or(0);
    Span::new(at, at + word.len()).shift(within.start as usize)
}

/// A line as its reader splits it: the JVM itself for the variables, else a command line.
fn split_line(fragment: &Fragment<'_>, line: &Text, name: &str) -> Vec<Flag> {
    let inner = line.fragment(fragment);
    if name == "JAVA_OPTS" {
        return split_blanks(&inner);
    }
    let options = split_tool_options(&inner.text).options.into_iter();
    let flags = options.map(|option| {
        let placeholder = is_placeholder(&option.text) || option.text.contains("@{");
        flag(
            &option.text,
            inner.span(option.span),
            inner.through(&option.map),
            placeholder,
        )
    });
    flags.collect()
}

/// `<jvmFlags><jvmFlag>-Xmx1g</jvmFlag>…`, or a list between commas.
fn xml_flags(fragment: &Fragment<'_>, text: &str, span: Span) -> Vec<Flag> {
    let children = xml::elements(text, span, "jvmFlag");
    let ranges = if children.is_empty() {
        comma_separated(text, span)
    } else {
        children
    };
    let flags = ranges.into_iter().map(|range| {
        let line = xml::decode(text, range);
        literal_flag(fragment, &line.text, &line.map, false)
    });
    flags.filter(|flag| !flag.text.is_empty()).collect()
}

fn comma_separated(text: &str, span: Span) -> Vec<Span> {
    let inside = span.of(text);
    if inside.contains('<') {
        return Vec::new();
    }
    let mut at = span.start as usize;
    let parts = inside.split(',').map(|part| {
        let range = Span::new(at, at + part.len());
        at += part.len() + 1;
        range
    });
    parts.collect()
}

fn literal_flag(fragment: &Fragment<'_>, text: &str, map: &OffsetMap, expands: bool) -> Flag {
    let map = fragment.through(map);
    let span = map.to_source(Span::new(0, text.len()));
    flag(text, span, map, expands || is_placeholder(text))
}

pub(super) fn gradle(facts: &mut FileFacts, fragment: &Fragment<'_>) {
    let text = &*fragment.text;
    let whole = Span::new(0, text.len());
    let jib = gradle::block(text, whole, "jib");
    let flags_of = |literals: Vec<Literal>| -> Vec<Flag> {
        let flags = literals
            .iter()
            .map(|one| literal_flag(fragment, &one.text, &one.map, one.expands));
        flags.collect()
    };
    let in_jib = |at: usize| jib.is_some_and(|jib| jib.contains(Span::empty(at)));
    let mut jib_flags = Vec::new();
    for name in LISTS {
        for end in gradle::ends_of(text, name) {
            let flags = flags_of(gradle::given(text, end));
            if in_jib(end) {
                jib_flags.extend(flags);
            } else if flags.iter().any(|flag| flag.text.starts_with("-X")) {
                let span = Span::new(end - name.len(), end);
                add(facts, fragment, name, span, flags);
            }
        }
    }
    let Some(jib) = jib else { return };
    let image = |block: &str| {
        let inside = gradle::block(text, jib, block);
        let dotted = format!("{block}.image");
        let end = match inside {
            Some(span) => {
                let found = gradle::ends_of(span.of(text), "image").into_iter().next()?;
                span.start as usize + found
            }
            None => {
                let found = gradle::ends_of(jib.of(text), &dotted).into_iter().next()?;
                jib.start as usize + found
            }
        };
        let literal = gradle::given(text, end).into_iter().next()?;
        let mut image = fragment.part(&literal.text, &literal.map);
        image.placeholder |= literal.expands;
        Some(image)
    };
    let found = Jib {
        name_span: {
            let word = text[..jib.start as usize].rfind("jib").unwrap_or(0);
            fragment.span(Span::new(word, word + "jib".len()))
        },
        from: image("from"),
        to: image("to"),
        flags: jib_flags,
        span: fragment.span(jib),
    };
    found.add(facts);
}

fn add(facts: &mut FileFacts, fragment: &Fragment<'_>, name: &str, span: Span, flags: Vec<Flag>) {
    let Some(first) = flags.first() else { return };
    facts.add_role("JVM options");
    facts.options.push(OptionString {
        carrier: Carrier::CommandLine,
        name: name.into(),
        name_span: first.span,
        flags,
        span: fragment.span(span),
        stands: None,
    });
}

/// An image that Jib builds: it starts `java` with its flags, by itself.
struct Jib {
    name_span: Span,
    from: Option<Sourced>,
    to: Option<Sourced>,
    flags: Vec<Flag>,
    span: Span,
}

impl Jib {
    fn add(self, facts: &mut FileFacts) {
        facts.add_role("image with a start of Java");
        let start = Start {
            java: Some(self.name_span),
            strings: vec![OptionString {
                carrier: Carrier::CommandLine,
                name: "java".into(),
                name_span: self.name_span,
                flags: self.flags,
                span: self.span,
                stands: None,
            }],
            ..Start::default()
        };
        let java = self.from.as_ref().filter(|from| !from.placeholder);
        let java = java.and_then(|from| {
            let (release, hotspot) = crate::image::java_of(&from.text)?;
            Some(ImageJava {
                release,
                span: from.span,
                hotspot,
            })
        });
        let names = self.to.into_iter().map(|to| ImageName {
            name: to.text.to_string(),
            how: "Jib calls it so".to_owned(),
        });
        let image = ImageFacts {
            names: names.collect(),
            is_last: true,
            base: self.from.clone(),
            java,
            entry: start.clone(),
            has_entrypoint: true,
            ..ImageFacts::default()
        };
        let container = ContainerFacts {
            image: self.from,
            start,
            span: self.span,
            unseen: true,
            ..ContainerFacts::default()
        };
        facts.objects.push(Object {
            platform: Platform::Image,
            kind: "Jib".to_owned(),
            span: self.span,
            pod: Some(Pod {
                containers: vec![container],
                ..Pod::default()
            }),
            image: Some(image),
            ..Object::default()
        });
    }
}
