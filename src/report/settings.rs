//! Settings of the checks in the data file: local parameters, and how grave a rule is.

use super::{Count, Date};

/// Local parameters of the checks; what is absent leaves the national rule as it is.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Settings {
    /// A local date of publication, earlier than that of the regulation.
    pub deadline: Option<Date>,
    /// The number of characters section one may have.
    pub overview_limit: Option<Count>,
    /// The office's own typing errors, one `错 → 对` a line, beside those of the program.
    pub typos: Option<String>,
    /// The office's own terms, one a line: right as they stand, and a slip in them is found.
    pub terms: Option<String>,
    /// Phrases in which no slip is looked for, one a line.
    pub accepted: Option<String>,
    /// The share of a text that may repeat last year's, in percent.
    pub similarity: Option<u8>,
    /// The severity of the findings of some rules, by code, in the order of the file.
    pub levels: Vec<(String, RuleLevel)>,
}

/// The severity of all findings of a rule, or that it is not to be run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RuleLevel {
    /// The rule is not run.
    Off,
    /// Hints.
    Hint,
    /// Warnings.
    Warning,
    /// Errors.
    Error,
}

impl RuleLevel {
    /// All levels with their keys in the data file and their names.
    pub const ALL: &'static [(Self, &'static str, &'static str)] = &[
        (Self::Off, "off", "关闭"),
        (Self::Hint, "hint", "提示"),
        (Self::Warning, "warning", "警告"),
        (Self::Error, "error", "错误"),
    ];

    /// The key in the data file.
    pub fn key(self) -> &'static str {
        Self::ALL.iter().find(|level| level.0 == self).map_or("", |level| level.1)
    }
}
