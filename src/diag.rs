//! [`Diagnostic`]: what is wrong, said without a line number.
//!
//! A diagnostic names values by their [`FieldPath`]; only who prints it asks the data file where
//! they stand. The same finding therefore also works on a report that came from no file.

use std::ops::Range;

pub use crate::law::{Authority, Provision};
use crate::report::FieldPath;

/// One finding or problem.
#[derive(Debug, Clone, PartialEq)]
pub struct Diagnostic {
    /// The stable code: `NBfnn` of a rule, or `DFnn` of a problem with the data file itself.
    pub code: &'static str,
    /// Its severity.
    pub severity: Severity,
    /// The fault, in one phrase with its figures.
    pub message: String,
    /// The place that the reader should change.
    pub primary: Label,
    /// The places it was compared with.
    pub related: Vec<Label>,
    /// The remedies, one a line.
    pub help: Vec<String>,
    /// Its authority; none for a problem of the data file itself.
    pub authority: Option<Authority>,
    /// The provisions that make it a rule.
    pub basis: Vec<Provision>,
    /// A change of the data file after which the finding is gone, where there is only one that can be meant.
    pub repair: Option<Repair>,
}

/// A change of the data file.
#[derive(Debug, Clone, PartialEq)]
pub struct Repair {
    /// The place that is replaced; where a value is not there, it cannot be.
    pub place: Place,
    /// The text in its place.
    pub text: String,
}

/// The documentation of a code, in Chinese.
#[derive(Debug)]
pub struct Docs {
    /// The check.
    pub what: &'static str,
    /// The reason.
    pub why: &'static str,
    /// Some lines of a data file that are flagged.
    pub example: &'static str,
    /// The same lines, corrected.
    pub corrected: &'static str,
}

/// Something that can be wrong with a data file itself, whatever it reports.
#[derive(Debug)]
pub struct Problem {
    /// The stable code, `DF` with two digits; never reused.
    pub code: &'static str,
    /// The name of what it flags, in kebab-case.
    pub name: &'static str,
    /// Its subject, in one Chinese phrase.
    pub title: &'static str,
    /// Its severity. With an error not even a draft can be made.
    pub severity: Severity,
    /// The check and its reason, with an example and its correction.
    pub docs: Docs,
}

/// The severity of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth a look.
    Hint,
    /// To be explained or mended.
    Warning,
    /// The report must not be published.
    Error,
}

impl Severity {
    /// All severities, gravest first.
    pub const ALL: &'static [Self] = &[Self::Error, Self::Warning, Self::Hint];

    /// The name the reader sees.
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "错误",
            Self::Warning => "警告",
            Self::Hint => "提示",
        }
    }

    /// The name that other programs see.
    pub fn key(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Hint => "hint",
        }
    }
}

/// A place and what to say of it there.
#[derive(Debug, Clone, PartialEq)]
pub struct Label {
    /// The place.
    pub place: Place,
    /// A few words to stand beside it; may be empty.
    pub text: String,
}

/// The place of a label.
#[derive(Debug, Clone, PartialEq)]
pub enum Place {
    /// A value of the report. One that is not there is shown at the nearest table above it.
    Value(FieldPath),
    /// The key of a value.
    Key(FieldPath),
    /// Some bytes of a text of the report, as it was typed.
    Text(FieldPath, Range<usize>),
    /// Some bytes of the data file.
    Bytes(Range<usize>),
    /// The data file as a whole.
    File,
}

impl Label {
    /// A label at a place.
    pub fn new(place: Place, text: impl Into<String>) -> Self {
        Self { place, text: text.into() }
    }
}

impl Diagnostic {
    /// A diagnostic without related labels, help or basis.
    pub fn new(
        code: &'static str,
        severity: Severity,
        place: Place,
        message: impl Into<String>,
        label: impl Into<String>,
    ) -> Self {
        Self {
            code,
            severity,
            message: message.into(),
            primary: Label::new(place, label),
            related: Vec::new(),
            help: Vec::new(),
            authority: None,
            basis: Vec::new(),
            repair: None,
        }
    }

    /// This diagnostic with a change of some bytes of the data file after which it is gone.
    #[must_use]
    pub fn repaired(mut self, bytes: Range<usize>, text: impl Into<String>) -> Self {
        self.repair = Some(Repair { place: Place::Bytes(bytes), text: text.into() });
        self
    }

    /// Makes this diagnostic stand for itself and others of its code that are not listed, `n` in all.
    pub(crate) fn and_more(&mut self, n: usize) {
        self.message = format!("从这里起，同样的问题还有 {n} 处，没有逐一列出");
        self.primary.text.clear();
        self.related.clear();
        self.repair = None;
        self.help = vec!["先改正前面列出的，再检查一次".to_owned()];
    }

    /// This diagnostic with one more line of help.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    /// This diagnostic with one more place it was compared with.
    #[must_use]
    pub fn related(mut self, place: Place, text: impl Into<String>) -> Self {
        self.related.push(Label::new(place, text));
        self
    }
}
