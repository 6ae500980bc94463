//! [`Passage`]: one text with its figures, lists and claims.

use std::collections::BTreeMap;
use std::ops::Range;

use super::clause::Claim;
use super::list::List;
use super::mention::Mention;
use super::sums::{Balance, Product, Ratio, Sum};
use crate::report::FieldPath;

/// One text as read.
#[derive(Debug)]
pub(crate) struct Passage {
    /// Its address.
    pub(crate) path: FieldPath,
    /// Its figures in order.
    pub(crate) mentions: Vec<Mention>,
    /// Its lists of parts of a whole.
    pub(crate) lists: Vec<List>,
    /// Sums in it.
    pub(crate) sums: Vec<Sum>,
    /// Rates that are named after one of its figures.
    pub(crate) ratios: Vec<Ratio>,
    /// Figures of each, with their number and what they come to.
    pub(crate) products: Vec<Product>,
    /// Stocks at the beginning and the end, with what came and went.
    pub(crate) balances: Vec<Balance>,
    /// The bytes of its sentences that are too long to be read.
    pub(crate) unread: Vec<Range<usize>>,
    /// Its claims without a figure.
    pub(crate) claims: Vec<Claim>,
    /// The declarations of the data file on it, by their place, and whether one of its figures is told otherwise by it.
    pub(crate) declared: BTreeMap<usize, bool>,
}

impl Passage {
    /// The words of the text between a figure and the one before it, or from the beginning.
    pub(crate) fn words_before<'t>(&self, text: &'t str, figure: usize) -> &'t str {
        let from = figure.checked_sub(1).map_or(0, |before| self.mentions[before].range.end);
        text.get(from..self.mentions[figure].digits.start).unwrap_or_default()
    }
}
