//! The reasons why a file is not read as a report.

use std::fmt;

/// The reason why a file is no report that can be read, with what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportError {
    /// The reason in one phrase.
    pub message: String,
    /// The remedy.
    pub help: String,
    /// True if the file is sound, and speaks of something else than a yearly report.
    pub is_other: bool,
}

impl ImportError {
    pub(crate) fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { message: message.into(), help: help.into(), is_other: false }
    }

    /// A sound file that speaks of something else.
    pub(super) fn other(self) -> Self {
        Self { is_other: true, ..self }
    }

    /// A file of some kind that is cut off or damaged.
    pub(super) fn damaged(kind: &str) -> Self {
        Self::new(
            format!("{kind}不完整或已损坏，读不出来"),
            "重新下载或复制一份；能用 Word、WPS 或浏览器打开的，打开后另存一份再读",
        )
    }

    /// A file that exceeds the budget.
    pub(super) fn too_large(what: &str) -> Self {
        Self::new(format!("{what}，远远超过一份年报"), "只留下年报，另存一份再读")
    }
}

impl fmt::Display for ImportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}
