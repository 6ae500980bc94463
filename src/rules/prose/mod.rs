//! Reading of running text: which figure counts what, for whom and for which period.
//!
//! The reading is shallow and careful. It knows the phrases of `data/phrases.toml`, cuts sentences
//! into clauses, and lets a figure count only what its own clause names; whatever it cannot place
//! with certainty stays without a meaning, and rules leave such a figure alone.

mod judge;
mod lexicon;
mod list;
mod meaning;
mod numeral;
mod read;
mod readings;
mod token;

use std::ops::Range;

use rust_decimal::Decimal;

use crate::report::{FieldPath, Report, Text};

pub(super) use judge::{clause, judge_claims, judge_figures, place};
pub(super) use lexicon::{Kind, Lexicon};
pub(super) use list::{List, Opening};
pub(super) use meaning::{Counted, Joined, Term};
pub(super) use numeral::{Exactness, Unit};
pub(super) use readings::{Reading, cell_value, readings};

/// All texts of a report as read.
#[derive(Debug, Default)]
pub(super) struct Prose {
    /// One for every text of [`Report::texts`], in the same order.
    pub(super) passages: Vec<Passage>,
}

/// One text as read.
#[derive(Debug)]
pub(super) struct Passage {
    /// Its address.
    pub(super) path: FieldPath,
    /// Its figures in order.
    pub(super) mentions: Vec<Mention>,
    /// Its lists of parts of a whole.
    pub(super) lists: Vec<List>,
    /// What it says without a figure.
    pub(super) claims: Vec<Claim>,
}

/// A figure in running text.
#[derive(Debug, Clone)]
pub(super) struct Mention {
    /// The bytes of the printed text from the first digit to the end of the unit.
    pub(super) range: Range<usize>,
    /// The bytes of the digits alone.
    pub(super) digits: Range<usize>,
    /// The bytes of the words that name it and the figure itself.
    pub(super) phrase: Range<usize>,
    /// The value.
    pub(super) value: Decimal,
    /// How many decimals are printed.
    pub(super) places: u32,
    /// What is counted.
    pub(super) unit: Unit,
    /// How exact it claims to be.
    pub(super) exactness: Exactness,
    /// Whether it was bound, and so is right by construction.
    pub(super) bound: bool,
    /// What it counts, if that is certain.
    pub(super) counted: Option<Counted>,
    /// Whether it is a figure of the report year and not a comparison with another one.
    pub(super) of_this_year: bool,
    /// The list it is a part of.
    pub(super) list: Option<usize>,
    /// Whether 等 follows.
    pub(super) open_end: bool,
    /// For a share: of what.
    pub(super) share: Option<Share>,
    /// The number of the sentence it stands in.
    pub(super) sentence: usize,
}

/// What a percentage says.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Share {
    /// The figure that is the part.
    pub(super) part: usize,
    /// What is named as the whole.
    pub(super) whole: Option<Counted>,
    /// Whether it is a rate of completion: the part is completed, the whole came in.
    pub(super) finish: bool,
}

/// Something said without a figure.
#[derive(Debug, Clone)]
pub(super) struct Claim {
    /// The bytes of the printed text.
    pub(super) range: Range<usize>,
    /// What is claimed.
    pub(super) what: Claimed,
    /// The number of the sentence it stands in.
    pub(super) sentence: usize,
}

/// What is said without a figure.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Claimed {
    /// There was none of it.
    None(Counted),
    /// Every application has been dealt with.
    AllHandled,
}

impl Prose {
    /// Reads all texts of a report.
    pub(super) fn of(report: &Report) -> Self {
        Self { passages: read::passages(report) }
    }

    /// Every text of the report it was read from, with what was read.
    pub(super) fn each<'a>(
        &'a self,
        report: &'a Report,
    ) -> impl Iterator<Item = (&'a Passage, &'a Text)> {
        self.passages.iter().zip(report.texts().into_iter().map(|(_, text)| text))
    }
}

impl Mention {
    /// Whether a rule may judge it: typed, exact in meaning, of this year.
    pub(super) fn is_typed(&self) -> bool {
        !self.bound && self.of_this_year
    }

    /// Whether it counts things in the same unit as another figure.
    pub(super) fn same_unit(&self, other: &Self) -> bool {
        self.unit == other.unit
    }
}
