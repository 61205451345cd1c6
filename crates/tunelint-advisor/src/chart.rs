//! The budget as a picture: what is expected and the worst case, stacked, against the limit.
//!
//! Parts are told apart by colour, by hatching and by their order, so that neither colour-blind
//! readers nor black-and-white printers lose one. The colours are those of Okabe and Ito; a style
//! sheet inside the picture turns them for dark surroundings.

use crate::budget::{OperandText, Report, TermText, WorkloadBudget, mib};
use crate::markup::{escape, fill};
use std::fmt::Write;

/// Width of the picture.
const WIDTH: f64 = 960.0;
/// Where bars begin and how long they may get.
const LEFT: f64 = 110.0;
const LENGTH: f64 = 820.0;
const BAR: f64 = 44.0;
const ROW: f64 = 24.0;

const STYLE: &str = include_str!("../templates/chart.css");
const PATTERNS: &str = include_str!("../templates/patterns.svg");
const FRAME: &str = include_str!("../templates/chart.svg");

/// All workloads' charts, one below the other, as one SVG document.
#[must_use]
pub fn svg(report: &Report) -> String {
    let mut body = String::new();
    let mut top = 0.0;
    for workload in &report.workloads {
        let (chart, height) = chart(workload, true);
        let _ = writeln!(body, "<g transform=\"translate(0 {top:.0})\">{chart}</g>");
        top += height;
    }
    if report.workloads.is_empty() {
        body = text(20.0, 30.0, "name", "no workload with a JVM was found");
        top = 60.0;
    }
    frame(&body, top, "Memory budget")
}

/// The chart of one workload as a part of a page that holds [`definitions`].
pub(crate) fn fragment(workload: &WorkloadBudget) -> String {
    let (body, height) = chart(workload, false);
    let title = escape(&format!("Memory budget of {}", workload.name));
    format!(
        "<svg viewBox=\"0 0 {WIDTH:.0} {height:.0}\" role=\"img\" aria-label=\"{title}\">\n\
         <rect class=\"ground\" width=\"{WIDTH:.0}\" height=\"{height:.0}\"/>\n{body}</svg>"
    )
}

/// What the charts of a page share: their style sheet and their hatchings.
pub(crate) fn definitions() -> String {
    format!(
        "<style>\n{}\n</style>\n<svg width=\"0\" height=\"0\" aria-hidden=\"true\"><defs>\n{}\n</defs></svg>",
        STYLE.trim_end(),
        PATTERNS.trim_end()
    )
}

fn frame(body: &str, height: f64, title: &str) -> String {
    let (width, height) = (format!("{WIDTH:.0}"), format!("{height:.0}"));
    let title = escape(title);
    fill(
        FRAME,
        &[
            ("width", &width),
            ("height", &height),
            ("title", &title),
            ("style", STYLE.trim_end()),
            ("patterns", PATTERNS.trim_end()),
            ("body", body),
        ],
    )
}

/// What is drawn, and how high it is. `alone`: nothing around it says what it is and what the
/// numbers rest on.
fn chart(workload: &WorkloadBudget, alone: bool) -> (String, f64) {
    let mut drawn = String::new();
    let mut top = 10.0;
    if alone {
        let heading = format!("{}: {}", workload.title(), workload.verdict.as_str());
        drawn.push_str(&text(20.0, 34.0, "name", &heading));
        drawn.push_str(&text(20.0, 56.0, "note", &workload.summary));
        top = 66.0;
    }
    if workload.terms.is_empty() {
        return (drawn, top + 18.0);
    }
    let limit = workload.limit.unwrap_or(0);
    let most = limit.max(workload.worst).max(1) as f64 * 1.04;
    let scale = |bytes: i64| bytes as f64 / most * LENGTH;
    let above = top;
    let mut labels = String::new();
    top += 30.0;
    for (label, size) in [
        (
            "expected",
            (|term: &TermText| term.expected) as fn(&TermText) -> i64,
        ),
        ("worst case", |term: &TermText| term.worst),
    ] {
        drawn.push_str(&text(20.0, top + BAR / 2.0 + 5.0, "label", label));
        let (bars, sizes) = bar(workload, top, &scale, size);
        drawn.push_str(&bars);
        labels.push_str(&sizes);
        top += BAR + 16.0;
    }
    if limit > 0 {
        drawn.push_str(&limit_line(LEFT + scale(limit), above, top - 10.0, limit));
    }
    drawn.push_str(&labels);
    top += 22.0;
    let numbers = if alone { numbers(workload) } else { Vec::new() };
    let (legend, height) = legend(workload, &numbers, top);
    drawn.push_str(&legend);
    top += height;
    for (at, operand) in numbers.iter().enumerate() {
        let y = top + 34.0 + at as f64 * 19.0;
        let line = format!(
            "{}  {} {}: {}",
            at + 1,
            operand.name,
            operand.text,
            operand.origin.words()
        );
        drawn.push_str(&text(20.0, y, "note", &line));
    }
    if !numbers.is_empty() {
        top += 20.0 + numbers.len() as f64 * 19.0;
    }
    (drawn, top + 24.0)
}

/// The numbers that the parts rest on, each once.
pub(crate) fn numbers(workload: &WorkloadBudget) -> Vec<&OperandText> {
    let mut seen: Vec<&OperandText> = Vec::new();
    for operand in workload.terms.iter().flat_map(|term| &term.operands) {
        if !seen.iter().any(|other| other.is_same(operand)) {
            seen.push(operand);
        }
    }
    seen
}

/// The rectangles of a bar, and the sizes that stand in them.
fn bar(
    workload: &WorkloadBudget,
    top: f64,
    scale: &impl Fn(i64) -> f64,
    size: fn(&TermText) -> i64,
) -> (String, String) {
    let (mut drawn, mut labels) = (String::new(), String::new());
    let mut at = LEFT;
    for term in workload.terms.iter().filter(|term| size(term) > 0) {
        let length = scale(size(term));
        // A gap in the colour of the ground parts neighbours.
        let width = (length - 1.0).max(0.6);
        let title = escape(&format!("{} {}: {}", term.name, mib(size(term)), term.why));
        let _ = writeln!(
            drawn,
            "<g><title>{title}</title><rect class=\"{class}\" x=\"{at:.1}\" y=\"{top:.1}\" width=\"{width:.1}\" height=\"{BAR}\"/>\
             <rect class=\"hatch\" fill=\"url(#{pattern})\" x=\"{at:.1}\" y=\"{top:.1}\" width=\"{width:.1}\" height=\"{BAR}\"/></g>",
            class = class_of(term.name),
            pattern = pattern_of(term.name),
        );
        let shown = mib(size(term));
        if length > shown.len() as f64 * 7.5 + 10.0 {
            let middle = at + length / 2.0;
            let y = top + BAR / 2.0 + 5.0;
            let _ = writeln!(
                labels,
                "<text class=\"inside\" x=\"{middle:.1}\" y=\"{y:.1}\" text-anchor=\"middle\">{}</text>",
                escape(&shown)
            );
        }
        at += length;
    }
    (drawn, labels)
}

fn limit_line(x: f64, top: f64, bottom: f64, limit: i64) -> String {
    let label = format!("limit {}", mib(limit));
    // Near an edge the label leans inwards.
    let anchor = if x > WIDTH - 90.0 { "end" } else { "middle" };
    let (text, line) = (top + 12.0, top + 18.0);
    format!(
        "<line class=\"limit\" x1=\"{x:.1}\" y1=\"{line:.1}\" x2=\"{x:.1}\" y2=\"{bottom:.1}\"/>\n\
         <text class=\"limit-label\" x=\"{x:.1}\" y=\"{text:.1}\" text-anchor=\"{anchor}\">{}</text>\n",
        escape(&label)
    )
}

/// A row for each part: its pattern, its name, both sizes, how it comes about, and the numbers
/// that it rests on.
fn legend(workload: &WorkloadBudget, numbers: &[&OperandText], top: f64) -> (String, f64) {
    let mut drawn = String::new();
    let head = |x: f64, title: &str, anchor: &str| {
        format!(
            "<text class=\"head\" x=\"{x}\" y=\"{top:.1}\" text-anchor=\"{anchor}\">{title}</text>\n"
        )
    };
    drawn.push_str(&head(270.0, "expected", "end"));
    drawn.push_str(&head(370.0, "worst case", "end"));
    drawn.push_str(&head(394.0, "how it comes about", "start"));
    if !numbers.is_empty() {
        drawn.push_str(&head(WIDTH - 20.0, "worked out from", "end"));
    }
    let mut y = top;
    for term in &workload.terms {
        y += ROW;
        let (class, pattern) = (class_of(term.name), pattern_of(term.name));
        let swatch = y - 12.0;
        let _ = writeln!(
            drawn,
            "<rect class=\"{class}\" x=\"20\" y=\"{swatch:.1}\" width=\"16\" height=\"16\"/>\
             <rect class=\"hatch\" fill=\"url(#{pattern})\" x=\"20\" y=\"{swatch:.1}\" width=\"16\" height=\"16\"/>"
        );
        drawn.push_str(&text(44.0, y, "label", term.name));
        drawn.push_str(&sizes(y, "number", term.expected, term.worst));
        drawn.push_str(&text(
            394.0,
            y,
            "note",
            &clip(&term.why, if numbers.is_empty() { 84 } else { 66 }),
        ));
        let marks: Vec<String> = numbers
            .iter()
            .enumerate()
            .filter(|(_, operand)| term.operands.iter().any(|own| own.is_same(operand)))
            .map(|(at, _)| (at + 1).to_string())
            .collect();
        let _ = writeln!(
            drawn,
            "<text class=\"note\" x=\"{}\" y=\"{y:.1}\" text-anchor=\"end\">{}</text>",
            WIDTH - 20.0,
            marks.join(", ")
        );
    }
    y += ROW;
    drawn.push_str(&text(44.0, y, "total", "total"));
    drawn.push_str(&sizes(y, "total", workload.expected, workload.worst));
    (drawn, y - top)
}

fn sizes(y: f64, class: &str, expected: i64, worst: i64) -> String {
    let one = |x: f64, bytes: i64| {
        let shown = escape(&mib(bytes));
        format!(
            "<text class=\"{class}\" x=\"{x}\" y=\"{y:.1}\" text-anchor=\"end\">{shown}</text>\n"
        )
    };
    one(270.0, expected) + &one(370.0, worst)
}

fn clip(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let kept: String = text.chars().take(most - 1).collect();
    format!("{kept}…")
}

fn text(x: f64, y: f64, class: &str, content: &str) -> String {
    format!(
        "<text class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\">{}</text>\n",
        escape(content)
    )
}

/// The colour of a part: by who allocates it.
fn class_of(term: &str) -> &'static str {
    match term {
        "heap" => "heap",
        "malloc" => "malloc",
        "memory-volumes" => "volumes",
        _ if term.starts_with("rocksdb-") => "rocksdb",
        _ => "jvm",
    }
}

/// The hatching of a part among those of its colour.
fn pattern_of(term: &str) -> &'static str {
    match term {
        "gc" | "rocksdb-write-buffers" => "rising",
        "metaspace" | "rocksdb-index-filter" => "dots",
        "code-cache" | "rocksdb-offsets" => "falling",
        "thread-stacks" => "upright",
        "direct" => "level",
        "jvm-other" | "memory-volumes" => "crossed",
        _ => "plain",
    }
}
