//! Totals that the names of their parts tell: 上半年146人次、下半年184人次，全年330人次; 县级18名、乡级126名、村级342名，三级河长共486名.

use super::gap::Gap;
use super::group::{Group, Run};
use crate::prose::lexicon::Lexicon;

impl Group<'_> {
    /// The number of the last figures of a row that the words before the next one add by their names.
    pub(super) fn n_by_names(&self, run: &Run<'_>, gap: &Gap) -> Option<usize> {
        self.n_of_halves(run, gap)
            .or_else(|| self.n_of_periods(run, gap))
            .or_else(|| self.n_of_ranks(run, gap))
    }

    /// 上半年接待146人次、下半年184人次，全年接待330人次: both halves, if the year is told of the same.
    fn n_of_halves(&self, run: &Run<'_>, gap: &Gap) -> Option<usize> {
        let lexicon = Lexicon::get();
        let [.., one, other] = run.parts.as_slice() else { return None };
        let (first, second) = &lexicon.sums.halves;
        let (_, of_first) = self.lead(*one).split_once(first.as_str())?;
        let halves = self.lead(*other).contains(second.as_str());
        let year = lexicon.clauses.own_years.start_of(gap.last())?;
        let said = &gap.last()[year.len()..];
        let same = said == of_first || lexicon.sums.total_alone.has(said);
        let same = same || lexicon.sums.total.has(said);
        (halves && same && gap.first().is_empty()).then_some(2)
    }

    /// 1至6月收件46件，7至12月收件58件，全年收件104件: the periods of a year up to its end, if the year is told of the same.
    fn n_of_periods(&self, run: &Run<'_>, gap: &Gap) -> Option<usize> {
        let lexicon = Lexicon::get();
        let year = lexicon.clauses.own_years.start_of(gap.last())?;
        let verb = &gap.last()[year.len()..];
        let plain = gap.first().is_empty() && !verb.is_empty();
        let of_period = |part: &&usize| self.lead(**part).ends_with(verb);
        let n = run.parts.iter().rev().take_while(of_period).count();
        let (first, last) = (run.parts.get(run.parts.len() - n)?, run.parts.last()?);
        let begins = lexicon.sums.first_periods.start_of(self.lead(*first)).is_some();
        let ends = lexicon.sums.last_periods.are_in(self.lead(*last));
        (plain && n > 1 && begins && ends).then_some(n)
    }

    /// 县级18名、乡级126名、村级342名，三级河长共486名: as many as are named by ranks.
    fn n_of_ranks(&self, run: &Run<'_>, gap: &Gap) -> Option<usize> {
        const RANK: char = '级';
        const LONGEST: usize = 6;
        let words = &Lexicon::get().sums;
        let (number, n) =
            words.counted.iter().find(|(number, _)| gap.last().starts_with(number))?;
        let name = gap.last()[number.len()..].strip_prefix(RANK)?;
        let name = words.adds.end_of(name).and_then(|adds| name.strip_suffix(adds))?;
        let n: usize = n.parse().ok()?;
        let ranks = run.parts.iter().rev().take_while(|part| self.lead(**part).contains(RANK));
        (name.chars().count() <= LONGEST && ranks.count() >= n).then_some(n)
    }
}
