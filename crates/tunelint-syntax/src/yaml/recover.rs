//! Recovery from what is not YAML: blank out as little as lets the parser get furthest.

use std::ops::Range;

use granit_parser::{Event, Parser, StructureStyle};

use super::build::options;
use super::mask::{fill, line_end, line_start};
use super::read::{Fault, byte_range};

/// How many faults of a document are told.
const MOST_FAULTS: usize = 8;
/// How many times something is blanked in a document.
const MOST_ROUNDS: usize = 16;

/// How many bytes recovery may still parse, so that a large hopeless text costs bounded time.
pub(super) struct Effort {
    bytes: usize,
}

impl Effort {
    /// For a text of `len` bytes: plenty for a file, a few readings for a huge one.
    pub(super) fn new(len: usize) -> Self {
        Self {
            bytes: (2 << 20) + 8 * len.min(4 << 20),
        }
    }
}

/// A text made readable, or as readable as it gets.
pub(super) struct Recovery {
    pub(super) text: String,
    /// What was blanked.
    pub(super) masks: Vec<Range<usize>>,
    pub(super) faults: Vec<Fault>,
}

/// Makes `text` readable, whose first fault is `fault`.
pub(super) fn recover(text: &str, fault: Fault, effort: &mut Effort) -> Recovery {
    let mut at = fault.at;
    let mut state = Recovery {
        text: text.to_owned(),
        masks: Vec::new(),
        faults: vec![fault],
    };
    let mut found = probe(&state.text, effort);
    for _ in 0..MOST_ROUNDS {
        let mut best: Option<(Range<usize>, Probe)> = None;
        for range in candidates(&state.text, at, &found) {
            let Some(next) = attempt(&mut state.text, &range, effort) else {
                return state;
            };
            let is_whole = next.fault.is_none();
            if best
                .as_ref()
                .is_none_or(|(_, most)| next.reach() > most.reach())
            {
                best = Some((range, next));
            }
            if is_whole {
                break;
            }
        }
        let Some((range, next)) = best else { break };
        fill(&mut state.text, range.clone(), ' ');
        state.masks.push(range);
        let Some(fault) = &next.fault else { break };
        if fault.at > at {
            if state.faults.len() == MOST_FAULTS {
                break;
            }
            state.faults.push(fault.clone());
        }
        at = fault.at;
        found = next;
    }
    state
}

/// What a reading finds when `range` is blank; the text stays as it was. None when the effort is
/// spent.
fn attempt(text: &mut String, range: &Range<usize>, effort: &mut Effort) -> Option<Probe> {
    if effort.bytes == 0 {
        return None;
    }
    let saved = text.get(range.clone())?.to_owned();
    fill(text, range.clone(), ' ');
    let found = probe(text, effort);
    text.replace_range(range.clone(), &saved);
    Some(found)
}

/// What a reading without a tree finds.
struct Probe {
    fault: Option<Fault>,
    /// Where the last node began.
    last: usize,
    /// Where the outermost open flow collection began.
    flow: Option<usize>,
}

impl Probe {
    /// How far the reading got.
    fn reach(&self) -> usize {
        self.fault.as_ref().map_or(usize::MAX, |fault| fault.at)
    }
}

fn probe(text: &str, effort: &mut Effort) -> Probe {
    let mut found = Probe {
        fault: None,
        last: 0,
        flow: None,
    };
    let mut open: Vec<Option<usize>> = Vec::new();
    for next in Parser::new_from_str_with_options(text, options()) {
        match next {
            Ok((event, span)) => {
                let at = byte_range(&span, text.len()).start;
                match event {
                    Event::SequenceStart(style, ..) | Event::MappingStart(style, ..) => {
                        let flow = style == StructureStyle::Flow;
                        open.push(flow.then_some(at));
                    }
                    Event::SequenceEnd | Event::MappingEnd => {
                        open.pop();
                    }
                    Event::Scalar(..) => found.last = at,
                    _ => {}
                }
            }
            Err(error) => {
                found.fault = Some(Fault::new(&error, text));
                break;
            }
        }
    }
    found.flow = open.into_iter().flatten().next();
    let read = found.fault.as_ref().map_or(text.len(), |f| f.at);
    effort.bytes = effort.bytes.saturating_sub(read + 64);
    found
}

/// What could be blanked for a fault at `at`: of its line, the two before it, the line of the last
/// node and that of an open flow collection first the value, then all.
fn candidates(text: &str, at: usize, found: &Probe) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut end = line_end(text, at);
    for _ in 0..3 {
        let Some(line) = line_before(text, end) else {
            break;
        };
        end = line.start.saturating_sub(1);
        lines.push(line.clone());
        if line.start == 0 {
            break;
        }
    }
    for at in [Some(found.last), found.flow].into_iter().flatten() {
        let line = line_start(text, at)..line_end(text, at);
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    let mut ranges = Vec::new();
    for line in lines {
        let words = text.get(line.clone()).unwrap_or("");
        if words.trim().is_empty() {
            continue;
        }
        let start = line.start + (words.len() - words.trim_start().len());
        let line = start..line.end;
        ranges.extend(value(text, &line));
        ranges.push(line);
    }
    ranges
}

/// The last line with something on it that begins before `end`.
fn line_before(text: &str, end: usize) -> Option<Range<usize>> {
    let text = text.get(..end)?;
    let used = text.trim_end();
    (!used.is_empty()).then(|| line_start(text, used.len() - 1)..line_end(text, used.len() - 1))
}

/// What stands after the first `: `, or else after the leading dashes of a line.
fn value(text: &str, line: &Range<usize>) -> Option<Range<usize>> {
    let words = text.get(line.clone())?;
    let from = match words.find(": ") {
        Some(colon) => colon + 2,
        None => words.len() - words.trim_start_matches(['-', ' ']).len(),
    };
    let value = words.get(from..)?;
    let start = line.start + from + (value.len() - value.trim_start().len());
    (from > 0 && start < line.end).then_some(start..line.end)
}
