//! The formats in which findings are printed, and which of them a run uses.

use crate::diag::Severity;

/// The format of findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::cli) enum OutputFormat {
    /// With the lines they speak of, what to do and why.
    Full,
    /// One line each.
    Concise,
    /// For other programs: one object over all files; versioned.
    Json,
    /// The same, one object a line for each file.
    Jsonl,
    /// For code scanning: SARIF 2.1.0.
    Sarif,
    /// For workflows: annotations.
    Github,
}

impl OutputFormat {
    /// All formats with their names on the command line.
    pub(super) const ALL: &'static [(Self, &'static str)] = &[
        (Self::Full, "full"),
        (Self::Concise, "concise"),
        (Self::Json, "json"),
        (Self::Jsonl, "jsonl"),
        (Self::Sarif, "sarif"),
        (Self::Github, "github"),
    ];

    /// The format with that name; else what can be written instead.
    pub(in crate::cli) fn from_key(key: &str) -> Result<Self, String> {
        let found = Self::ALL.iter().find(|(_, name)| *name == key.trim());
        found.map(|(format, _)| *format).ok_or_else(|| {
            let names: Vec<&str> = Self::ALL.iter().map(|(_, name)| *name).collect();
            format!("可以写 {}", names.join("、"))
        })
    }

    /// The format that the command line asks for, else the environment, else the one for people.
    ///
    /// # Errors
    ///
    /// When what the environment asks for is no format.
    pub(in crate::cli) fn chosen(typed: Option<Self>) -> Result<Self, String> {
        match (typed, std::env::var(FORMAT_VARIABLE)) {
            (Some(format), _) => Ok(format),
            (None, Ok(key)) if !key.trim().is_empty() => Self::from_key(&key)
                .map_err(|allowed| format!("环境变量 {FORMAT_VARIABLE} 不能写“{key}”，{allowed}")),
            (None, _) => Ok(Self::Full),
        }
    }
}

/// The variable that chooses the format of findings when the command line does not.
const FORMAT_VARIABLE: &str = "NIANBAO_OUTPUT_FORMAT";

/// The words on the figures of the texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::cli) enum Figures {
    /// Nothing.
    Untold,
    /// The number held against something.
    Counted,
    /// Each of them, and how many.
    Listed,
}

/// The style of all output of a run.
#[derive(Debug, Clone, Copy)]
pub(in crate::cli) struct Style {
    pub(in crate::cli) format: OutputFormat,
    /// True if what waivers cover is listed too.
    pub(in crate::cli) waived: bool,
    /// True if warnings and hints are left out, where people read the list.
    pub(in crate::cli) errors_only: bool,
    /// True if the findings of each file are listed in full although there are many files.
    pub(in crate::cli) details: bool,
    /// The words on the figures of the texts.
    pub(in crate::cli) figures: Figures,
    /// True if the run is over many files and ends with a table, which tells of those without findings.
    pub(in crate::cli) many: bool,
}

impl Style {
    /// True if a file of many is told in a line of the table only.
    pub(super) fn is_brief(self) -> bool {
        self.many && !self.details && self.format == OutputFormat::Full
    }

    /// True if a finding is listed.
    pub(super) fn lists(self, severity: Severity) -> bool {
        !self.errors_only || severity == Severity::Error
    }

    /// True if the table and other words for people stand among the findings.
    pub(super) fn is_for_people(self) -> bool {
        matches!(self.format, OutputFormat::Full | OutputFormat::Concise)
    }
}
