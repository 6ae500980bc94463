//! Figures among the parts of a list that are none of them.

use super::reader::Reader;
use crate::prose::lexicon::Lexicon;
use crate::prose::numeral::Unit;

impl Reader<'_> {
    /// True if a figure is left out, or the most there can be: 除6件涉密外; 4.7分（满分5分）; 250人次，参训率96.2%（应训260人次）.
    pub(super) fn is_aside(&self, index: usize) -> bool {
        let (text, figure) = (self.text.printed(), &self.mentions[index]);
        let clauses = &Lexicon::get().clauses;
        let before = &text[..figure.digits.start];
        let scale = clauses.scales.end_of(before).or(clauses.expected.end_of(before));
        scale.is_some() || figure.is_excluded(text) || self.is_base_in_bracket(before)
    }

    /// True if a figure explains a percentage of another time in a bracket behind it: 由上年的94.5%（应办73件、办结69件）提高到96.6%.
    pub(super) fn is_beside_past(&self, at: usize) -> bool {
        let before = &self.text.printed()[..at];
        let Some(open) = before.rfind('（').filter(|open| !before[*open..].contains('）')) else {
            return false;
        };
        let mut told = self.mentions.iter().rev().take_while(|told| told.range.end >= open);
        let told = told.find(|told| told.range.end == open && told.unit == Unit::Percent);
        told.is_some_and(|told| {
            let words = before.get(told.phrase.start..told.digits.start).unwrap_or_default();
            !told.of_this_year || Lexicon::get().growth.last_year.are_in(words)
        })
    }

    /// True if a figure stands in a bracket that tells what another is a share of, or what it was before: 44件（占办结86件的51.2%）,
    /// 9件（上年52件、本年61件）.
    fn is_base_in_bracket(&self, before: &str) -> bool {
        let bracket = before.rsplit(['。', '\n']).next().and_then(|said| said.rsplit_once('（'));
        let Some((_, inside)) = bracket.filter(|(_, inside)| !inside.contains('）')) else {
            return false;
        };
        let last_year = self.year.and_then(|year| year.checked_sub(1));
        let named = last_year.is_some_and(|year| inside.starts_with(&format!("{year}年")));
        let growth = &Lexicon::get().growth;
        named || inside.starts_with('占') || growth.last_year.start_of(inside).is_some()
    }
}
