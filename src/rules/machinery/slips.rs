//! [`Slips`]: the slips of the pen in all texts of a report, found once for all rules.

use std::collections::BTreeMap;

use super::own_words::own_words;
use super::text::pieces;
use crate::report::{FieldPath, Report};
use crate::units::Summary;
use crate::words::{Slip, slips};

/// The slips of every text, by its address.
pub(in crate::rules) struct Slips(BTreeMap<FieldPath, Vec<Slip>>);

impl Slips {
    /// Reads all texts of a report; the names of the body and of its units are known words.
    pub(in crate::rules) fn of(report: &Report, children: Option<&Summary>) -> Self {
        let own = own_words(report, children);
        let found = pieces(report).into_iter().map(|piece| {
            let slips = slips(piece.printed(), &own);
            (piece.path, slips)
        });
        Self(found.filter(|(_, slips)| !slips.is_empty()).collect())
    }

    /// True if a slip stands where a name may have been meant: four characters of it are in the words that should be
    /// there.
    pub(in crate::rules) fn hide(&self, name: &str) -> bool {
        /// Fewer characters tell nothing.
        const TELLING: usize = 4;
        let tells = |slip: &Slip| {
            let right: Vec<char> = slip.right.chars().collect();
            right.windows(TELLING).any(|part| name.contains(&part.iter().collect::<String>()))
        };
        self.0.values().flatten().any(tells)
    }

    /// The slips of a text in reading order.
    pub(in crate::rules) fn at(&self, text: &FieldPath) -> &[Slip] {
        self.0.get(text).map_or(&[], Vec::as_slice)
    }
}
