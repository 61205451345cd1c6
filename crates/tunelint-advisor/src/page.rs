//! The budget as one page of HTML that needs nothing from elsewhere.

use crate::budget::{Advice, Report, TermText, WorkloadBudget, mib};
use crate::markup::{escape, fill};
use crate::{Place, chart};
use std::fmt::Write;

const PAGE: &str = include_str!("../templates/budget.html");
const STYLE: &str = include_str!("../templates/budget.css");

/// The page.
#[must_use]
pub fn html(report: &Report) -> String {
    let workloads: String = report.workloads.iter().map(workload).collect();
    let workloads = if workloads.is_empty() {
        "<p>No workload with a JVM was found.</p>".to_owned()
    } else {
        workloads
    };
    fill(
        PAGE,
        &[
            ("style", STYLE.trim_end()),
            ("charts", &chart::definitions()),
            ("version", env!("CARGO_PKG_VERSION")),
            ("workloads", &workloads),
        ],
    )
}

fn workload(workload: &WorkloadBudget) -> String {
    let verdict = workload.verdict.as_str();
    let mut page = format!(
        "<section>\n<h2>{}</h2>\n<p><span class=\"verdict {verdict}\">{verdict}</span>: {}</p>\n",
        escape(&workload.title()),
        escape(&workload.summary)
    );
    if let Some(origin) = &workload.limit_origin {
        let _ = writeln!(
            page,
            "<p class=\"quiet\">limit: {}</p>",
            escape(&origin.words())
        );
    }
    if workload.terms.is_empty() {
        page.push_str("</section>\n");
        return page;
    }
    let _ = writeln!(
        page,
        "<div class=\"wide\">{}</div>",
        chart::fragment(workload)
    );
    page.push_str(&table(
        "What the process uses",
        &workload.terms,
        Some(workload),
    ));
    if !workload.inside_heap.is_empty() {
        page.push_str(&table(
            "What shares the heap, at most",
            &workload.inside_heap,
            None,
        ));
    }
    if !workload.assumptions.is_empty() {
        page.push_str("<h3>Assumed</h3>\n<ul>\n");
        for assumption in &workload.assumptions {
            let _ = writeln!(page, "<li>{}</li>", escape(assumption));
        }
        page.push_str("</ul>\n");
    }
    if !workload.sidecars.is_empty() {
        page.push_str("<h3>Other containers of the pod</h3>\n<ul>\n");
        for sidecar in &workload.sidecars {
            let limit = sidecar.limit.map_or("no limit".to_owned(), |limit| {
                format!("limit {}", mib(limit))
            });
            let at = sidecar
                .place
                .as_ref()
                .map_or(String::new(), |place| format!(", {}", place.line()));
            let _ = writeln!(
                page,
                "<li>{}: {limit}{}</li>",
                escape(&sidecar.name),
                escape(&at)
            );
        }
        page.push_str("</ul>\n");
    }
    if !workload.advice.is_empty() {
        page.push_str("<h3>What to change first</h3>\n<ol>\n");
        for advice in &workload.advice {
            page.push_str(&step(advice));
        }
        page.push_str("</ol>\n");
    }
    page.push_str("</section>\n");
    page
}

fn table(title: &str, terms: &[TermText], whole: Option<&WorkloadBudget>) -> String {
    let expected = whole.map_or("", |_| "expected");
    let mut page = format!(
        "<div class=\"wide\"><table>\n<caption>{title}</caption>\n<thead><tr><th>part</th>\
         <th class=\"number\">{expected}</th><th class=\"number\">worst case</th>\
         <th class=\"number\">share</th><th>how it comes about</th><th>from</th></tr></thead>\n<tbody>\n"
    );
    for term in terms {
        let share = whole.map_or(String::new(), |_| format!("{:.1} %", term.share));
        let _ = writeln!(
            page,
            "<tr><td>{}</td><td class=\"number\">{}</td><td class=\"number\">{}</td>\
             <td class=\"number\">{share}</td><td class=\"why\">{}</td><td class=\"from\">{}</td></tr>",
            escape(term.name),
            whole.map_or(String::new(), |_| mib(term.expected)),
            mib(term.worst),
            escape(&term.why),
            operands(term)
        );
    }
    if let Some(whole) = whole {
        let _ = writeln!(
            page,
            "<tr class=\"total\"><td>total</td><td class=\"number\">{}</td><td class=\"number\">{}</td>\
             <td class=\"number\">100 %</td><td></td><td></td></tr>",
            mib(whole.expected),
            mib(whole.worst)
        );
    }
    page.push_str("</tbody>\n</table></div>\n");
    page
}

fn operands(term: &TermText) -> String {
    if term.operands.is_empty() {
        return breakable(&term.origin.words());
    }
    let rows = term.operands.iter().map(|operand| {
        let words = operand.origin.words();
        format!(
            "<div>{} {}: {}</div>",
            escape(operand.name),
            escape(&operand.text),
            breakable(&words)
        )
    });
    rows.collect()
}

fn step(advice: &Advice) -> String {
    let mut page = format!("<li><p>{}</p>\n", escape(&advice.text));
    if let Some(effect) = advice.effect {
        let _ = writeln!(
            page,
            "<p class=\"quiet\">then expected {}, at worst {}, of {}: {}</p>",
            mib(effect.expected),
            mib(effect.worst),
            mib(effect.limit),
            effect.verdict.as_str()
        );
    }
    if let Some(change) = &advice.change {
        let at = change
            .place
            .as_ref()
            .map_or("a new file".to_owned(), Place::line);
        let _ = writeln!(
            page,
            "<p class=\"quiet\">{}</p>\n<pre><code>{}</code></pre>",
            escape(&at),
            escape(change.text.trim_matches('\n'))
        );
    }
    page.push_str("</li>\n");
    page
}

/// Text in which a line may end after each `/`.
fn breakable(text: &str) -> String {
    escape(text).replace('/', "/<wbr>")
}
