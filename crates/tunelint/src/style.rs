//! Colours, and whether there are any.

use crate::Io;
use crate::args::ColorChoice;
use owo_colors::{OwoColorize, Style};
use std::fmt::Display;
use tunelint_base::Severity;

/// Whether what goes to standard output is coloured: as the option says, else as `NO_COLOR`,
/// `FORCE_COLOR` and their kin say, else on a terminal.
pub(crate) fn wants_color(io: &Io<'_>, choice: ColorChoice) -> bool {
    let env = &io.env;
    let forced = |name: &str| {
        env.get(name)
            .is_some_and(|value| value != "0" && value != "false")
    };
    match choice {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto if env.get("NO_COLOR").is_some() => false,
        ColorChoice::Auto if forced("FORCE_COLOR") || forced("CLICOLOR_FORCE") => true,
        ColorChoice::Auto => {
            let refused = env.get("CLICOLOR") == Some("0") || env.get("TERM") == Some("dumb");
            io.stdout_is_terminal && !refused
        }
    }
}

/// Whether the terminal cannot show more than ASCII.
pub(crate) fn is_ascii_only(io: &Io<'_>) -> bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
        .into_iter()
        .find_map(|name| io.env.get(name));
    io.stdout_is_terminal && locale.is_some_and(|locale| matches!(locale, "C" | "POSIX"))
}

/// How many columns the output has.
pub(crate) fn width(io: &Io<'_>) -> usize {
    let stated = io
        .env
        .get("COLUMNS")
        .and_then(|columns| columns.parse().ok());
    let width = io
        .width
        .filter(|_| io.stdout_is_terminal)
        .or(stated)
        .unwrap_or(80);
    width.clamp(40, 200)
}

/// Paints text, or leaves it as it is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Paint {
    is_on: bool,
}

impl Paint {
    /// A painter that paints if `is_on`.
    pub(crate) fn new(is_on: bool) -> Self {
        Self { is_on }
    }

    /// Whether it paints.
    pub(crate) fn is_on(self) -> bool {
        self.is_on
    }

    /// `text` in a style.
    pub(crate) fn style(self, text: impl Display, style: Style) -> String {
        if self.is_on {
            text.style(style).to_string()
        } else {
            text.to_string()
        }
    }

    /// `text` in bold.
    pub(crate) fn bold(self, text: impl Display) -> String {
        self.style(text, Style::new().bold())
    }

    /// `text` so that it stands back.
    pub(crate) fn dim(self, text: impl Display) -> String {
        self.style(text, Style::new().dimmed())
    }

    /// `text` in the colour of help.
    pub(crate) fn help(self, text: impl Display) -> String {
        self.style(text, Style::new().cyan())
    }

    /// `text` in the colour of a severity.
    pub(crate) fn severity(self, text: impl Display, severity: Severity) -> String {
        self.style(text, severity_style(severity).bold())
    }
}

/// The colour of a severity.
pub(crate) fn severity_style(severity: Severity) -> Style {
    match severity {
        Severity::Error => Style::new().red(),
        Severity::Warning => Style::new().yellow(),
        Severity::Info => Style::new().blue(),
        Severity::Hint => Style::new().cyan(),
    }
}
