//! [`FigureSeen`]: a figure of a text with what it was held against, and what the rules have to say of it.

use super::verdict::{FigureClass, FigureVerdict};
use crate::diag::{Diagnostic, Place};
use crate::report::FieldPath;

/// A figure of a text.
#[derive(Debug, Clone, PartialEq)]
pub struct FigureSeen {
    /// Its place.
    pub place: Place,
    /// The figure as written, with its unit.
    pub figure: String,
    /// The words that it stands in, on one line.
    pub words: String,
    /// Its meaning, in the words of the form; empty where nobody can tell.
    pub taken_for: String,
    /// Against what it was held, or why against nothing.
    pub verdict: FigureVerdict,
    /// The cells or figures it was held against, with their values, or the reason why against nothing.
    pub detail: String,
    /// The addresses of the figures of the report that it tells; none where nobody can tell.
    pub cells: Vec<FieldPath>,
    /// The codes of the rules that found something amiss with it, warnings and errors only.
    pub codes: Vec<&'static str>,
}

impl FigureSeen {
    /// Takes note of a finding on it. A figure that nothing seemed to decide was held against what the finding names.
    pub(super) fn object(&mut self, finding: &Diagnostic) {
        if !self.codes.contains(&finding.code) {
            self.codes.push(finding.code);
        }
        if matches!(self.verdict, FigureVerdict::NotDecided | FigureVerdict::OtherPeriod) {
            self.verdict = FigureVerdict::Text;
            self.detail.clone_from(&finding.message);
        }
    }

    /// The result, in a word.
    pub fn result(&self) -> &'static str {
        match self.verdict.class() {
            FigureClass::Judged if self.codes.is_empty() => "相符",
            FigureClass::Judged => "不符",
            class @ (FigureClass::Bound | FigureClass::Unjudged | FigureClass::NoQuantity) => {
                class.name()
            }
        }
    }

    /// True if it is what the tables say, false if not; none where nobody judged it.
    pub fn agrees(&self) -> Option<bool> {
        match self.verdict.class() {
            FigureClass::Judged => Some(self.codes.is_empty()),
            FigureClass::Bound => Some(true),
            FigureClass::Unjudged | FigureClass::NoQuantity => None,
        }
    }

    /// The name of its mark where texts are shown: `judged`, `amiss`, `bound` or `unjudged`; none where it tells no
    /// quantity.
    pub fn mark(&self) -> Option<&'static str> {
        match self.verdict.class() {
            FigureClass::Judged if !self.codes.is_empty() => Some("amiss"),
            class @ (FigureClass::Judged | FigureClass::Bound | FigureClass::Unjudged) => {
                Some(class.key())
            }
            FigureClass::NoQuantity => None,
        }
    }

    /// The rules that object to it, what it was taken for, and what it was held against or why against nothing.
    pub fn explanation(&self) -> String {
        let is_quantity = self.verdict.class() != FigureClass::NoQuantity;
        let mut words = Vec::new();
        if !self.codes.is_empty() {
            words.push(self.codes.join("、"));
        }
        // The cells say themselves what they are.
        if !self.taken_for.is_empty() && !matches!(self.verdict, FigureVerdict::Tables) {
            let read = if is_quantity { "读作" } else { "" };
            words.push(format!("{read}{}", self.taken_for));
        }
        if is_quantity {
            words.push(self.detail.clone());
        }
        words.join("；")
    }
}
