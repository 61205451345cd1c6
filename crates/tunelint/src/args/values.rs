//! The words that options take.

use clap::ValueEnum;

/// When to use colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum ColorChoice {
    /// On a terminal, unless NO_COLOR says otherwise
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// How findings are told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportFormat {
    /// With the lines of code that they are about
    #[default]
    Human,
    /// One line each: path:line:column: severity[rule] message
    Concise,
    /// One JSON object
    Json,
}

/// How `rules` prints.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum RulesFormat {
    /// A table for people
    #[default]
    Human,
    /// One JSON object
    Json,
    /// A Markdown table
    Markdown,
}

/// How `model` prints.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum ModelFormat {
    /// For people
    #[default]
    Human,
    /// One JSON object
    Json,
}

/// How `budget` prints.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum BudgetFormat {
    /// A table for people
    #[default]
    Human,
    /// One JSON object
    Json,
    /// A picture
    Svg,
    /// One self-contained page
    Html,
}
