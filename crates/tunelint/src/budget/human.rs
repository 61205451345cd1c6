//! The budget for people: a table of parts, the numbers they rest on, and what to change first.

use crate::redact::printable;
use crate::render::wrap;
use crate::style::Paint;
use crate::table::{cell, columns};
use tunelint_advisor::Place;
use tunelint_advisor::budget::{
    Advice, OperandText, Report, TermText, Verdict, WorkloadBudget, mib,
};
use tunelint_base::Severity;

/// All workloads. `all`: also what shares the heap.
pub(super) fn show(report: &Report, width: usize, all: bool, paint: Paint) -> String {
    if report.workloads.is_empty() {
        return "no workload with a JVM was found\n".to_owned();
    }
    let page = Page { width, all, paint };
    let workloads: Vec<String> = report
        .workloads
        .iter()
        .map(|workload| page.workload(workload))
        .collect();
    workloads.join("\n")
}

struct Page {
    width: usize,
    all: bool,
    paint: Paint,
}

impl Page {
    fn workload(&self, workload: &WorkloadBudget) -> String {
        let name = workload.title();
        let verdict = self.verdict(workload.verdict);
        let mut text = format!("{}: {verdict}\n", self.paint.bold(printable(&name)));
        text.push_str(&format!("{}\n", wrap(&workload.summary, self.width, 0, 0)));
        if workload.terms.is_empty() {
            return text;
        }
        text.push('\n');
        text.push_str(&self.terms(workload));
        text.push_str(&self.operands(workload));
        if self.all && !workload.inside_heap.is_empty() {
            text.push_str(&self.inside(&workload.inside_heap));
        }
        self.notes(workload, &mut text);
        text.push_str(&self.advice(&workload.advice));
        text
    }

    fn verdict(&self, verdict: Verdict) -> String {
        match verdict {
            Verdict::Exceeds => self.paint.severity(verdict.as_str(), Severity::Error),
            Verdict::Tight => self.paint.severity(verdict.as_str(), Severity::Warning),
            Verdict::Fits | Verdict::Unknown => self.paint.bold(verdict.as_str()),
        }
    }

    fn terms(&self, workload: &WorkloadBudget) -> String {
        let head = [
            "part",
            "expected",
            "worst case",
            "share",
            "how it comes about",
        ];
        let mut rows = vec![
            head.map(|title| (self.paint.dim(title), title.len()))
                .to_vec(),
        ];
        for term in &workload.terms {
            rows.push(vec![
                cell(term.name),
                cell(mib(term.expected)),
                cell(mib(term.worst)),
                cell(format!("{:.0} %", term.share)),
                cell(&*term.why),
            ]);
        }
        let bold = |text: String| (self.paint.bold(&text), text.chars().count());
        let total = |bytes| bold(mib(bytes));
        rows.push(vec![
            bold("total".to_owned()),
            total(workload.expected),
            total(workload.worst),
        ]);
        if let (Some(limit), Some(origin)) = (workload.limit, &workload.limit_origin) {
            rows.push(vec![
                cell("limit"),
                cell(mib(limit)),
                cell(""),
                cell(""),
                cell(printable(&origin.words())),
            ]);
        }
        self.fold(&rows, &[1, 2, 3])
    }

    /// A table whose last column is wrapped to what is left of the width.
    fn fold(&self, rows: &[Vec<(String, usize)>], right: &[usize]) -> String {
        let narrow: Vec<Vec<(String, usize)>> = rows
            .iter()
            .map(|row| row.iter().take(4).cloned().collect())
            .collect();
        let left = columns(&narrow, right);
        let indent = (0..4)
            .map(|column| {
                rows.iter()
                    .filter_map(|row| row.get(column))
                    .map(|cell| cell.1)
                    .max()
                    .unwrap_or(0)
                    + 2
            })
            .sum::<usize>();
        let mut text = String::new();
        for (line, row) in left.lines().zip(rows) {
            match row.get(4) {
                Some((last, width)) => {
                    let used: usize = visible(line);
                    let pad = " ".repeat(indent.saturating_sub(used));
                    let folded = if *width == last.chars().count() {
                        wrap(last, self.width.max(indent + 24), indent, indent)
                    } else {
                        last.clone()
                    };
                    text.push_str(&format!("{line}{pad}{folded}\n"));
                }
                None => text.push_str(&format!("{line}\n")),
            }
        }
        text
    }

    /// The numbers that the parts rest on, each once, with the line that it stands in.
    fn operands(&self, workload: &WorkloadBudget) -> String {
        let mut seen: Vec<&OperandText> = Vec::new();
        for operand in workload.terms.iter().flat_map(|term| &term.operands) {
            if !seen.iter().any(|other| other.is_same(operand)) {
                seen.push(operand);
            }
        }
        let rows: Vec<_> = seen
            .iter()
            .map(|operand| {
                vec![
                    cell(format!("  {}", operand.name)),
                    cell(&*operand.text),
                    cell(printable(&operand.origin.words())),
                ]
            })
            .collect();
        if rows.is_empty() {
            return String::new();
        }
        format!(
            "\n{}\n{}",
            self.paint.bold("Worked out from"),
            columns(&rows, &[1])
        )
    }

    fn inside(&self, parts: &[TermText]) -> String {
        let rows: Vec<_> = parts
            .iter()
            .map(|term| {
                vec![
                    cell(format!("  {}", term.name)),
                    cell(mib(term.worst)),
                    cell(&*term.why),
                ]
            })
            .collect();
        format!(
            "\n{}\n{}",
            self.paint.bold("In the heap, at most"),
            columns(&rows, &[1])
        )
    }

    fn notes(&self, workload: &WorkloadBudget, text: &mut String) {
        let sidecars = workload.sidecars.iter().map(|sidecar| {
            let limit = sidecar.limit.map_or("no limit".to_owned(), |limit| {
                format!("a limit of {}", mib(limit))
            });
            format!(
                "the pod's container `{}` has {limit} of its own",
                sidecar.name
            )
        });
        let notes: Vec<String> = workload
            .assumptions
            .iter()
            .cloned()
            .chain(sidecars)
            .collect();
        if !notes.is_empty() {
            text.push('\n');
        }
        for note in notes {
            text.push_str(&format!(
                "{}\n",
                wrap(&printable(&format!("note: {note}")), self.width, 0, 6)
            ));
        }
    }

    fn advice(&self, steps: &[Advice]) -> String {
        if steps.is_empty() {
            return String::new();
        }
        let mut text = format!("\n{}\n", self.paint.bold("What to change first"));
        for (number, step) in steps.iter().enumerate() {
            let line = format!("{}. {}", number + 1, step.text);
            text.push_str(&format!(
                "  {}\n",
                wrap(&printable(&line), self.width, 2, 5)
            ));
            if let Some(effect) = step.effect {
                let line = format!(
                    "then expected {}, at worst {}, of {}: {}",
                    mib(effect.expected),
                    mib(effect.worst),
                    mib(effect.limit),
                    effect.verdict.as_str()
                );
                text.push_str(&format!(
                    "     {}\n",
                    self.paint.dim(wrap(&line, self.width, 5, 5))
                ));
            }
            if let Some(change) = &step.change {
                let at = change
                    .place
                    .as_ref()
                    .map_or("a new file".to_owned(), Place::line);
                text.push_str(&format!(
                    "     {}\n",
                    self.paint.help(printable(&format!("{at}:")))
                ));
                for line in printable(change.text.trim_matches('\n')).lines() {
                    text.push_str(format!("       {line}").trim_end());
                    text.push('\n');
                }
            }
        }
        text
    }
}

/// How many columns a line takes, colour codes left out.
fn visible(line: &str) -> usize {
    let mut count = 0;
    let mut coded = false;
    for c in line.chars() {
        match (coded, c) {
            (false, '\u{1b}') => coded = true,
            (true, 'm') => coded = false,
            (false, _) => count += 1,
            (true, _) => {}
        }
    }
    count
}
