//! Drawing one frame with miette.

use super::clip::TAB;
use super::window::Window;
use crate::render::Look;
use crate::style::severity_style;
use miette::{
    Diagnostic as Report, GraphicalReportHandler, GraphicalTheme, LabeledSpan, SourceCode,
};
use std::fmt;
use tunelint_base::Severity;

/// The window with its labels, of which those marked are the finding's own place.
pub(super) fn draw(
    window: Window,
    labels: Vec<(LabeledSpan, bool)>,
    severity: Severity,
    look: Look,
) -> String {
    let mut theme = match (look.ascii, look.color) {
        (true, _) => GraphicalTheme::ascii(),
        (false, true) => GraphicalTheme::unicode(),
        (false, false) => GraphicalTheme::unicode_nocolor(),
    };
    if look.color {
        let primary = severity_style(severity).bold();
        let other = owo_colors::Style::new().cyan();
        // miette gives the styles to the labels in the order of their places.
        theme.styles.highlights = labels
            .iter()
            .map(|(_, is_primary)| if *is_primary { primary } else { other })
            .collect();
    } else {
        theme.styles = miette::ThemeStyles::none();
    }
    let edges = [
        theme.characters.ltop.to_string(),
        theme.characters.lbot.to_string(),
    ];
    let handler = GraphicalReportHandler::new_themed(theme)
        .with_links(false)
        .with_width(look.width)
        .with_wrap_lines(false)
        .without_cause_chain()
        .without_syntax_highlighting()
        .tab_width(TAB)
        .with_context_lines(1);
    let frame = Frame {
        window,
        labels: labels.into_iter().map(|(label, _)| label).collect(),
    };
    let mut drawn = String::new();
    if handler.render_report(&mut drawn, &frame).is_err() {
        return String::new();
    }
    // What stands before the frame is miette's own headline.
    let is_edge = |line: &&str| line.trim_start().starts_with(edges[0].as_str());
    let lines = drawn.lines().skip_while(|line| !is_edge(line));
    lines.map(|line| format!("{}\n", line.trim_end())).collect()
}

/// One frame, as miette's kind of diagnostic.
#[derive(Debug)]
struct Frame {
    window: Window,
    labels: Vec<LabeledSpan>,
}

impl fmt::Display for Frame {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }
}

impl std::error::Error for Frame {}

impl Report for Frame {
    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.window)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.labels.iter().cloned()))
    }
}
