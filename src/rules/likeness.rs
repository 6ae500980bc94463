//! The texts of many reports held against each other, by the measure of NB704.
//!
//! To hold every text against every other would take the square of their number. [`OwnText::fingerprints`] are what texts
//! that have a stretch in common share, so that an index of them names the few that are worth an exact look
//! ([`OwnText::repeated_in`]).

use super::machinery::text::prescribed::is_prescribed;
use super::machinery::text::similarity::{Clauses, fingerprints};
use super::years::text_repeated::bodies;
use crate::report::Report;

/// The clauses of sections one and five of a report, without those that every report has.
#[derive(Debug, Clone, Default)]
pub(crate) struct OwnText {
    /// The clauses, from the first to the last.
    pub(crate) clauses: Vec<String>,
}

/// The extent of a text that stands in another one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Repeated {
    /// The characters of the text.
    pub(crate) all: usize,
    /// Those of them that stand nearly word for word in the other one.
    pub(crate) repeated: usize,
    /// The longest clause that does.
    pub(crate) longest: String,
}

impl OwnText {
    /// The text of a report whose figures are bound.
    pub(crate) fn of(report: &Report) -> Self {
        let narratives = [(&report.overview, "overview"), (&report.problems, "problems")];
        let pieces = narratives.into_iter().flat_map(|(narrative, key)| bodies(narrative, key));
        let mut clauses = Vec::new();
        for piece in pieces {
            let printed = piece.printed();
            let all = Clauses::of([]).compare(printed).into_iter();
            let words = all.map(|clause| printed[clause.range].to_owned());
            clauses.extend(words.filter(|words| !is_prescribed(words)));
        }
        Self { clauses }
    }

    /// The fingerprints of each clause: any stretch of fifteen characters that two clauses have in common, blanks, marks and
    /// figures not counted, gives them one in common.
    pub(crate) fn fingerprints(&self) -> Vec<Vec<u64>> {
        self.clauses.iter().map(|clause| fingerprints(clause)).collect()
    }

    /// The extent to which this text stands in another one.
    pub(crate) fn repeated_in(&self, other: &Self) -> Repeated {
        let others = Clauses::of(other.clauses.iter().map(String::as_str));
        let mut found = Repeated::default();
        let mut longest = 0;
        for words in &self.clauses {
            for clause in others.compare(words) {
                found.all += clause.length;
                if clause.repeated {
                    found.repeated += clause.length;
                    if clause.length > longest {
                        longest = clause.length;
                        found.longest.clone_from(words);
                    }
                }
            }
        }
        found
    }
}

impl Repeated {
    /// The share that is repeated, in percent, rounded down.
    pub(crate) fn percent(&self) -> usize {
        (self.repeated * 100).checked_div(self.all).unwrap_or(0)
    }
}
