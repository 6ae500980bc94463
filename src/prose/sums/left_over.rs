//! The rest that a part leaves of its whole, told in a clause of its own: 12个社区里有7个设在中心，其余5个设在居委会.

use super::gap::Gap;
use super::group::{Group, Run};
use crate::prose::clause::behind_bracket;
use crate::prose::lexicon::Lexicon;

impl Group<'_> {
    /// True if a figure is all that the parts of a row leave of its head: 其余5个设在居委会; 5个问题，4个已经整改，还有1个没有解决.
    pub(super) fn is_left_over(&self, run: &Run<'_>, figure: usize, gap: &Gap) -> bool {
        const LONGEST: usize = 14;
        let bare = |part: &usize| {
            self.lead(*part).is_empty() || self.gap_before(*part).is_some_and(Gap::has)
        };
        let clauses = &Lexicon::get().clauses;
        let n_parts = run.parts.iter().skip(1).rev().take_while(|part| bare(part)).count();
        let (before, parts) = run.parts.split_at(run.parts.len() - n_parts);
        let Some(head) = before.last().filter(|_| n_parts > 0) else { return false };
        // 经审查，7件符合条件，3件区分处理，其余5件不公开: the first is one of the parts.
        let within = |gap: &Gap| clauses.within.end_of(gap.first()).is_some();
        let opened = self.gap_before(parts[0]).is_some_and(|gap| gap.has() || within(gap));
        if !opened && self.lead(*head).is_empty() {
            return false;
        }
        let [said, word] = gap.pieces.as_slice() else { return false };
        let undone = clauses.left.has(word) && self.is_done_and_undone(said, figure);
        let left = clauses.left_in_all.has(word) || undone;
        let short = (1..=LONGEST).contains(&said.chars().count()) && !said.contains('：');
        left && short && !self.is_left_of_larger(*head, parts, figure)
    }

    /// True if some are said to be done, and those of the next figure not to be: 4个已经整改，还有1个没有解决.
    fn is_done_and_undone(&self, said: &str, figure: usize) -> bool {
        const DONE: char = '已';
        let lexicon = Lexicon::get();
        let end = behind_bracket(self.text, self.mentions[figure].range.end);
        let behind = self.text.get(end..).unwrap_or_default();
        let negated = lexicon.clauses.negating.start_of(behind).is_some();
        let done = said.starts_with(DONE) || lexicon.sums.done.start_of(said).is_some();
        done && (negated || lexicon.clauses.unfinished.start_of(behind).is_some())
    }

    /// True if a figure is what a larger one before the head has besides it or its parts: 20个社区，抽查的12个里有7个合格，其余8个
    /// 下年抽查.
    fn is_left_of_larger(&self, head: usize, parts: &[usize], figure: usize) -> bool {
        let (whole, sum) = (self.value(head), self.added(parts));
        let rest = self.value(figure);
        let before = self.figures.own.iter().take_while(|i| **i < head);
        let larger = self.figures.holder.iter().chain(&self.figures.earlier).chain(before);
        let has = |i: &usize| {
            let left = self.value(*i) - rest;
            self.mentions[*i].same_unit(&self.mentions[head])
                && (left == whole || left == sum || left == whole + sum)
        };
        sum + rest != whole && larger.into_iter().any(has)
    }
}
