//! Figures of a row, or behind it, that belong to a sum: as many as a total names, and those behind an inner division.

use super::group::{Group, Run};
use super::{Sum, of};
use crate::prose::lexicon::Lexicon;

impl Group<'_> {
    /// Of a row as many parts as a total says it adds: the last ones, or the first ones of 前两类.
    pub(super) fn added_parts<'p>(
        &self,
        run: &'p Run<'_>,
        total: usize,
        n: usize,
    ) -> Option<&'p [usize]> {
        const FIRST: char = '前';
        let parts = run.parts.as_slice();
        let of_first = self.lead(total).starts_with(FIRST);
        let (head, others) = parts.split_first()?;
        if !of_first {
            return parts.get(parts.len().checked_sub(n)?..);
        }
        // 四期52次，一季度15次、…，前两季度合计26次: the first is the whole of the row, as one larger than each of them may be.
        let firsts = [parts.get(..n), others.get(..n)];
        let mut fitting = firsts.into_iter().flatten();
        let fits = |row: &&[usize]| self.added(row) == self.value(total);
        let is_whole = others.iter().all(|part| self.value(*part) < self.value(*head));
        let behind_whole = others.get(..n).filter(|_| is_whole);
        fitting.find(fits).or(behind_whole).or(parts.get(..n))
    }

    /// Of a row parted by semicolons the parts right behind them, where those come to the whole, or to another figure told before:
    /// 办结282件。公开97件；不予处理23件，信访15件、重复8件；….
    pub(super) fn outer_sum(&self, run: &Run<'_>, whole: usize) -> Option<Sum> {
        let (first, others) = run.parts.split_first()?;
        let is_item = |i: &&usize| matches!(self.mark_before(**i), Some('；' | ';'));
        let items: Vec<usize> = others.iter().filter(is_item).copied().collect();
        let outer = [&[*first][..], &items, &self.items_behind(run)].concat();
        let sum = self.added(&outer);
        let inner = outer.len() != run.parts.len() && items.len() > 1;
        let earlier = self.figures.before.iter().chain(&self.figures.earlier);
        let mut wholes = std::iter::once(&whole).chain(earlier);
        let alike = |i: &&usize| self.mentions[**i].same_unit(&self.mentions[*first]);
        let told = wholes.find(|i| alike(i) && self.value(**i) == sum).filter(|_| inner)?;
        Some(of(&outer, Some(*told), true))
    }

    /// The figures behind a row, in its unit, that begin a part of the sentence behind a semicolon.
    pub(super) fn items_behind(&self, run: &Run<'_>) -> Vec<usize> {
        let last = run.parts.last().copied().unwrap_or_default();
        let first = &self.mentions[run.parts[0]];
        let is_item = |i: &&usize| {
            **i > last
                && matches!(self.mark_before(**i), Some('；' | ';'))
                && self.mentions[**i].same_unit(first)
                && self.is_sure(**i)
        };
        self.figures.own.iter().filter(is_item).copied().collect()
    }

    /// True if some figures are what came and others what went.
    pub(super) fn comes_and_goes(&self, parts: &[usize]) -> bool {
        let words = &Lexicon::get().sums;
        let comes = parts.iter().any(|part| words.comes.start_of(self.lead(*part)).is_some());
        comes && parts.iter().any(|part| words.goes.start_of(self.lead(*part)).is_some())
    }
}
