//! [`Group`]: the figures of one sentence or bracket that stand in a row, and what they add up to.

use super::gap::{Gap, MARKS};
use super::{Figures, Sum, of};
use crate::prose::lexicon::Lexicon;
use crate::prose::mention::Mention;
use crate::prose::slip::{are_swapped, is_slip, near};

/// The figures of a sentence or bracket with all that the search needs.
pub(super) struct Group<'a> {
    pub(super) text: &'a str,
    pub(super) mentions: &'a [Mention],
    pub(super) figures: &'a Figures,
    /// For each of the figures the words before it, from the figure before it or the beginning of the sentence.
    pub(super) gaps: &'a [Gap],
    pub(super) about_requests: bool,
}

/// Figures that stand in a row, with the words before the first.
pub(super) struct Run<'a> {
    pub(super) parts: Vec<usize>,
    pub(super) lead: &'a Gap,
    /// The figure before them, if one stands in the sentence.
    pub(super) before: Option<usize>,
    /// The figure behind them that says what they come to.
    pub(super) total: Option<usize>,
    /// The number of them that it says it adds.
    pub(super) n_added: Option<usize>,
    /// True if only a verb that all of them have says so.
    pub(super) by_verb: bool,
}

impl<'a> Run<'a> {
    fn new(first: usize, lead: &'a Gap, before: Option<usize>) -> Self {
        Self { parts: vec![first], lead, before, total: None, n_added: None, by_verb: false }
    }
}

/// The most by which parts miss their whole by a slip.
pub(super) const SLIP: u32 = 9;
/// The share of a large whole by which they may.
pub(super) const SMALL_PART: u32 = 50;

impl<'a> Group<'a> {
    pub(super) fn sums(&self) -> Vec<Sum> {
        let runs = self.runs();
        let mut sums: Vec<Sum> = runs.iter().filter_map(|run| self.sum(run)).collect();
        // 四期52次，一季度15次、…、四季度9次，前两季度合计26次: what stands before 合计 adds up by itself, too.
        let inner = runs.iter().filter(|run| run.total.is_some() && run.parts.len() > 3);
        let sure = |sum: &Sum| sum.fits || sum.parts.len() > 3;
        sums.extend(inner.filter_map(|run| self.of_head(run)).filter(sure));
        if let [only] = runs.as_slice() {
            sums.extend(self.of_sentence_before(only));
        }
        let open = |sum: &Sum| sum.fits || !self.is_closed(sum, &sums) && !self.is_beside(sum);
        let open: Vec<bool> = sums.iter().map(open).collect();
        let sums = sums.into_iter().zip(open).filter_map(|(sum, open)| open.then_some(sum));
        sums.map(|sum| Sum { fits: sum.fits || self.is_rounding(&sum), ..sum }).collect()
    }

    /// 公开62件、部分公开24件，共86件；不予公开34件: a total that adds up what stands before it has no parts behind it; but 共59件，主办41件、
    /// 会办18件 and 总计36件；按层级分：… divide it once more.
    fn is_closed(&self, sum: &Sum, sums: &[Sum]) -> bool {
        let Some((total, first)) = sum.total.zip(sum.parts.first().copied()) else { return false };
        let range = self.mentions[total].range.end..self.mentions[first].digits.start;
        let Some(gap) = self.text.get(range) else { return false };
        let apart = gap.contains('；') && !gap.contains('：') && !Gap::of(gap).divides();
        let adds_up = |other: &Sum| {
            other.fits && other.total == Some(total) && other.parts.iter().all(|i| *i < total)
        };
        first > total && apart && sums.iter().any(adds_up)
    }

    /// True if a total comes, with the parts behind it, to a figure before, of which all of them are parts.
    fn is_beside(&self, sum: &Sum) -> bool {
        sum.total.is_some_and(|total| self.shares_whole(total, self.added(&sum.parts)))
    }

    /// The longest rows of figures in one unit.
    fn runs(&self) -> Vec<Run<'a>> {
        let mut runs: Vec<Run<'a>> = Vec::new();
        for ((nth, i), gap) in self.figures.own.iter().enumerate().zip(self.gaps) {
            let before = nth.checked_sub(1).map(|before| self.figures.own[before]);
            let fits = before.is_some_and(|b| {
                // 主办48件、会办68件，复文除6件涉密外: what is left out is no part.
                self.mentions[b].same_unit(&self.mentions[*i])
                    && !self.mentions[*i].is_excluded(self.text)
                    && self.is_sure(b)
                    && self.is_sure(*i)
            });
            let goes_on =
                |run: &Run<'_>| fits && run.total.is_none() && !self.is_parted(run, gap.mark);
            if let Some(run) = runs.last_mut().filter(|run| goes_on(run)) {
                let of_all =
                    gap.last().ends_with('的') && self.mentions[*i].is_said_of_all(self.text);
                let again = Lexicon::get().sums.same_again.end_of(&gap.all).is_some();
                let of_told = again || self.mentions[*i].refers_back(self.text);
                if of_all || of_told || self.tells_again(run, *i, gap) {
                    runs.push(Run::new(*i, gap, before));
                    continue;
                }
                let by_verb = self.n_with_verb(run, gap, *i);
                let by_verb = by_verb.or_else(|| self.n_by_names(run, gap));
                if gap.totals() || by_verb.is_some() {
                    run.total = Some(*i);
                    run.by_verb = !gap.totals();
                    run.n_added = gap.counts_parts().or(by_verb);
                    continue;
                }
                let joins_head = run.parts.len() == 1 && gap.joins_head();
                let left_over = || self.is_left_over(run, *i, gap);
                if gap.joins() || joins_head || gap.opens_again(run.lead) || left_over() {
                    run.parts.push(*i);
                    continue;
                }
            }
            let before = before.or(self.figures.holder);
            runs.push(Run::new(*i, gap, before));
        }
        runs
    }

    /// True if a semicolon ends a row whose members are parted by lesser marks: 网络17件，窗口3件；自然人19件.
    fn is_parted(&self, run: &Run<'_>, mark: Option<char>) -> bool {
        let semicolon = |mark: Option<char>| matches!(mark, Some('；' | ';'));
        let inner = run.parts.get(1).map(|second| self.mark_before(*second));
        semicolon(mark) && inner.is_some_and(|inner| !semicolon(inner))
    }

    pub(super) fn sum(&self, run: &Run<'_>) -> Option<Sum> {
        if run.parts.iter().any(|part| !self.is_sure(*part)) {
            return None;
        }
        self.before_total(run)
            .or_else(|| self.behind_whole(run))
            .or_else(|| self.of_matters(run))
            .or_else(|| self.of_division(run, false))
            .or_else(|| self.of_head(run).filter(|_| run.total.is_none()))
            .or_else(|| self.of_division(run, true))
    }

    /// 建议87件、提案63件，共150件.
    fn before_total(&self, run: &Run<'_>) -> Option<Sum> {
        let total = run.total.filter(|total| self.is_sure(*total))?;
        let value = self.value(total);
        if let Some(sum) = self.with_holder(run, total) {
            return Some(sum);
        }
        if let Some(n) = run.n_added {
            let parts = self.added_parts(run, total, n)?;
            let sum = self.added(parts);
            let turned = are_swapped(sum, value, 4);
            let sure = !run.by_verb || near(sum, value, 5) || is_slip(sum, value) || turned;
            return Some(of(parts, Some(total), sum == value)).filter(|_| sure);
        }
        // 学区6件、编制3件、基建3件，学区、编制合计9件: those that it names.
        if let Some(named) = self.named_before(run, total) {
            let parts = named?;
            return Some(of(&parts, Some(total), self.added(&parts) == value));
        }
        // 2月培训64人，5月培训11个局88人，9月培训37人，共189人: what stands between is in another unit.
        if let Some(parts) = self.further_parts(run, total) {
            return Some(of(&parts, Some(total), true));
        }
        let last = run.parts.len().checked_sub(2)?;
        let suffixes = (0..=last).map(|from| &run.parts[from..]);
        let nearest = suffixes.min_by_key(|parts| (self.added(parts) - value).abs())?;
        let sum = self.added(nearest);
        (near(sum, value, 2) || is_slip(sum, value)).then(|| of(nearest, Some(total), sum == value))
    }

    /// The last figures of the sentence in the unit of a total, more than those of the row, that come to it.
    fn further_parts(&self, run: &Run<'_>, total: usize) -> Option<Vec<usize>> {
        const MOST: usize = 12;
        let alike = |i: &&usize| **i < total && self.mentions[**i].same_unit(&self.mentions[total]);
        let before: Vec<usize> = self.figures.own.iter().filter(alike).copied().collect();
        let longer = run.parts.len() + 1..=before.len().min(MOST);
        let mut rows = longer.map(|n| &before[before.len() - n..]);
        rows.find(|row| self.added(row) == self.value(total)).map(<[usize]>::to_vec)
    }

    /// The parts of a row that a total names before it; none where it names any that is not of the row, or does not name
    /// several.
    #[expect(clippy::option_option, reason = "names that are not of the row are no names")]
    fn named_before(&self, run: &Run<'_>, total: usize) -> Option<Option<Vec<usize>>> {
        const SHORTEST: usize = 2;
        let words = self.text.get(..self.mentions[total].digits.start)?;
        let last = run.parts.last()?;
        let said = words.get(self.mentions[*last].range.end..)?.trim_start_matches(['，', '；']);
        let names =
            Lexicon::get().sums.total.end_of(said).and_then(|end| said.strip_suffix(end))?;
        let names: Vec<&str> = names.split('、').collect();
        let short = |name: &&str| name.chars().count() < SHORTEST;
        if names.len() < 2 || names.iter().any(short) || names.iter().any(|n| n.contains('，')) {
            return None;
        }
        let of = |name: &&str| {
            let mut named = run.parts.iter().filter(|part| self.lead(**part).contains(*name));
            named.next().copied().filter(|_| named.next().is_none())
        };
        Some(names.iter().map(of).collect())
    }

    /// 504条，数量分别为96条、148条; 来源为…; 91件（甲31件、乙60件）.
    fn behind_whole(&self, run: &Run<'_>) -> Option<Sum> {
        let (whole, same_sentence) = match run.before {
            Some(before) => (before, true),
            // 2023年是48件，三年共165件。自然人37件、…: the figures of other years have no parts of this one.
            None => {
                let mut before = self.figures.before.iter();
                (*before.find(|whole| self.mentions[**whole].of_this_year)?, false)
            }
        };
        let fits =
            self.is_sure(whole) && self.mentions[whole].same_unit(&self.mentions[run.parts[0]]);
        let behind =
            run.parts.last().map_or("", |last| &self.text[self.mentions[*last].range.end..]);
        // 案卷类16件居首，以下依次是查询事项4件、内部事务2件: the first of those beside it.
        if self.is_ranked(whole) {
            return None;
        }
        let composed = run.lead.all.contains('由') && is_composed(behind);
        if !fits || !composed && !run.lead.opens() && !run.lead.opens_all() {
            return None;
        }
        // 商业企业22件；科研机构、公益组织较少，分别为3件、1件: theirs, and no parts of the figure before.
        let names = |clause: &str| clause.contains('、');
        if run.lead.opens_all() && run.lead.all.rsplit(['，', '；']).skip(1).any(names) {
            return None;
        }
        // 由年初的7件减为6件：新发1件，废止2件: what came and what went.
        if self.comes_and_goes(&run.parts) {
            return None;
        }
        let whole = self.whole_of_row(run, whole);
        let value = self.value(whole);
        // 自然人9件、企业1件；递交方式为当面5件，信函3件，网络2件: of all, and not of the last.
        if run.parts.iter().all(|part| self.value(*part) > value) {
            return None;
        }
        // 部分公开2件；因涉及第三方不予公开1件: one row of the form beside another.
        if self.added(&run.parts) != value && self.are_siblings(whole, run.parts[0]) {
            return None;
        }
        if let Some(inner) = self.of_divided_head(run).filter(|_| self.added(&run.parts) != value) {
            return Some(inner);
        }
        self.of_whole(run, (whole, same_sentence), composed)
    }

    /// 诉讼9件：直接起诉5件，3件胜诉、2件未结: the first of a row is divided once more, by lesser marks.
    fn of_divided_head(&self, run: &Run<'_>) -> Option<Sum> {
        let (head, inner) = run.parts.split_first()?;
        let (first, others) = inner.split_first().filter(|(_, others)| !others.is_empty())?;
        let mark = |part: &usize| self.mark_before(*part);
        let divided = mark(first) == Some('，') && others.iter().all(|i| mark(i) == Some('、'));
        let fits = divided && self.added(inner) == self.value(*head);
        fits.then(|| of(inner, Some(*head), true))
    }

    /// The row as the parts of a whole that stands before them; `composed` is whether the words say that it consists of them.
    fn of_whole(
        &self,
        run: &Run<'_>,
        (whole, same_sentence): (usize, bool),
        composed: bool,
    ) -> Option<Sum> {
        let (words, value) = (&Lexicon::get().sums, self.value(whole));
        // 其中 over a full stop; within the sentence the lists see it.
        let mere = words.opens.start_of(run.lead.all.trim_start_matches(MARKS)).is_some()
            && !run.lead.selects();
        let alone = !same_sentence && self.figures.before.len() == 1;
        let is_too_large = |part: &&usize| self.value(**part) > value && self.goes_on(**part);
        if let Some(large) = run.parts.iter().find(is_too_large).filter(|_| mere && alone) {
            return Some(Sum { impossible: true, ..of(&[*large], Some(whole), false) });
        }
        let is_whole = |n: &usize| self.added(&run.parts[..*n]) == value;
        if let Some(n) = (2..run.parts.len()).find(is_whole) {
            // 7件，其中维持6件、终止1件，还有1件未审结: the third is no part of the seven.
            return Some(of(&run.parts[..n], Some(whole), true));
        }
        if let Some(outer) = self.outer_sum(run, whole) {
            return Some(outer);
        }
        let sum = self.added(&run.parts);
        // 公开3件，不掌握5件，属于咨询、不予处理1件: a part with a longer name behind the row.
        let behind = self.figures.own.iter().find(|i| *i > run.parts.last().unwrap_or(i));
        if let Some(next) = behind.filter(|next| {
            let alike = self.mentions[**next].same_unit(&self.mentions[run.parts[0]]);
            alike && sum.saturating_add(self.value(**next)) == value
        }) {
            let parts = [run.parts.as_slice(), &[*next]].concat();
            return Some(Sum { decides: false, ..of(&parts, Some(whole), true) });
        }
        // 11件：公开5件；不予公开2件，一件属过程性信息，一件…；不掌握3件: the parts go on behind what divides one of them.
        let later = self.items_behind(run);
        if !later.is_empty() && sum.saturating_add(self.added(&later)) == value {
            return Some(of(&[run.parts.as_slice(), &later].concat(), Some(whole), true));
        }
        let said = composed
            || self.closes(run)
            || run.lead.opens_all()
            || self.completes(run)
            || near(sum, value, 15) && self.counts_its_parts(whole, run.parts.len())
            || self.is_graded(run) && sum > value;
        let complete =
            same_sentence && said && !self.is_open(run) && !self.has_outcomes_behind(run);
        // 发布会61场，其中上半年9场、下半年7场
        let turned = complete && are_swapped(sum, value, 2) && self.is_negated(run);
        let near = near(sum, value, 4) || is_slip(sum, value) || turned;
        let told = sum == value || complete && (composed || near);
        // 其中 names some parts, which cannot be more than the whole.
        let goes_on =
            run.parts.iter().all(|part| self.value(*part) <= value && self.goes_on(*part));
        let over = same_sentence && sum > value && near && goes_on && !run.lead.selects();
        let several = run.parts.len() >= 2;
        (several && (told || over))
            .then(|| Sum { complete, ..of(&run.parts, Some(whole), sum == value) })
    }

    /// 按申请方式划分，在线366件，邮寄161件: of a figure before them or of all applications.
    /// `by_rest` takes those whose last one is all that the others leave.
    fn of_division(&self, run: &Run<'_>, by_rest: bool) -> Option<Sum> {
        let words = &Lexicon::get().sums;
        let lead = |part: &usize| self.lead(*part);
        let halves = run.parts.len() == 2
            && lead(&run.parts[0]).contains(words.halves.0.as_str())
            && lead(&run.parts[1]).contains(words.halves.1.as_str());
        let by_channel = self.about_requests && self.are_channels(&run.parts);
        // 信函17件，比上年减少5件；网上31件，比上年增加13件: two of several, each told by itself.
        let by_channel = by_channel && (run.parts.len() > 2 || self.are_side_by_side(&run.parts));
        let parallel = run.total.is_none() && self.is_parallel(run);
        // 推送214篇，上半年81篇、下半年133篇，消费提示类占了64篇，其余150篇: all of it once more.
        let rest = by_rest && self.completes(run) && (run.before.is_some() || run.parts.len() >= 3);
        let by_level = self.about_requests && self.are_levels(&run.parts);
        let again = words.same_again.end_of(&run.lead.all).is_some();
        let divides = run.lead.divides() || halves || by_channel || by_level || parallel || rest;
        if run.parts.len() < 2
            || run.total.is_some()
            || !divides
            || self.is_open(run)
            || run.lead.selects()
            || again
        {
            return None;
        }
        let sum = self.added(&run.parts);
        let first = run.parts[0];
        let in_sentence = self.figures.own.iter().take_while(|i| **i < first);
        let earlier = self.figures.holder.iter().chain(&self.figures.earlier).chain(in_sentence);
        let alike = |i: &usize| self.mentions[*i].same_unit(&self.mentions[first]);
        // 3374条，其中文件5件、建议74件，要闻384条、其他805条: parts in another unit stand between.
        let plain = |i: &usize| (*i..first).all(|between| alike(&between)) || !rest;
        let wholes = earlier.copied().filter(|i| self.is_sure(*i) && alike(i) && plain(i));
        // 自然人6件，企业1件。当面3件，来信2件，网上1件: of all, and not of some applicants.
        let sentence = self.mentions[first].sentence;
        let of_some = |i: &usize| {
            let whole = &self.mentions[*i];
            let some = whole.counted.as_ref().is_some_and(|c| !c.applicant.is_empty());
            by_channel && some && whole.sentence != sentence
        };
        let wholes = wholes.filter(|i| !self.is_ranked(*i) && !of_some(i));
        let wholes: Vec<usize> = wholes.collect();
        if let Some(whole) = wholes.iter().find(|whole| self.value(**whole) == sum) {
            return Some(of(&run.parts, Some(*whole), true));
        }
        let came_in = self.about_requests && words.received.are_in(&run.lead.all);
        if (by_channel || by_level || came_in) && !rest {
            let parts = self.first_division(&run.parts);
            return Some(Sum { by_level: by_level && !by_channel, ..of(parts, None, false) });
        }
        let apart = wholes.into_iter().filter(|i| self.may_be_parted(*i, first));
        let nearest = apart.min_by_key(|whole| (self.value(*whole) - sum).abs())?;
        let whole = self.value(nearest);
        let larger = run.parts.iter().all(|part| self.value(*part) <= whole);
        let small = run.parts.len() >= 3 || halves || rest && run.before == Some(nearest);
        let close = near(sum, whole, 10)
            || small && near(sum, whole, 3) && is_slip(sum, whole)
            || run.lead.divides() && self.is_swapped(nearest, &run.parts);
        let peer = rest && self.is_peer(nearest, &run.parts);
        (larger && close && !peer).then(|| of(&run.parts, Some(nearest), false))
    }

    /// True if a figure before some parts may be their whole, though it is not what they come to: no row of the form beside theirs, and
    /// not the figure of another year a sentence before, as in 2023年是48件。自然人37件、企业9件、其他1件.
    fn may_be_parted(&self, whole: usize, first: usize) -> bool {
        let mention = &self.mentions[whole];
        let own = mention.of_this_year || mention.sentence == self.mentions[first].sentence;
        own && !self.are_siblings(whole, first)
    }

    /// True if all parts are named by ways in which applications come in.
    pub(super) fn are_channels(&self, parts: &[usize]) -> bool {
        let words = &Lexicon::get().sums;
        parts.iter().all(|part| {
            // 网上174件，信函61件，其余17件当面提交
            let lead = self.lead(*part);
            let name = if words.others.has(lead) { self.behind(*part) } else { lead };
            words.channels.are_in(name) && !words.not_channels.are_in(name)
        })
    }

    /// True if three parts or more are told in the same words, of a whole in a sentence before: 向区政府提出92件，
    /// 向部门提出163件，向街道提出47件.
    fn is_parallel(&self, run: &Run<'_>) -> bool {
        let mut ways = run.parts.iter().map(|part| {
            let way = Lexicon::get().sums.ways.start_of(self.lead(*part));
            way.filter(|_| run.parts.len() >= 3 && run.before.is_none())
        });
        let same = ways.next().flatten();
        same.is_some() && ways.all(|way| way == same)
    }
}

/// True if the words behind the last of some parts say that the whole consists of them: 组成; 两部分构成.
fn is_composed(behind: &str) -> bool {
    let words = &Lexicon::get().sums;
    let counted = words.counted.iter().find_map(|(number, _)| behind.strip_prefix(number.as_str()));
    let counted = counted.and_then(|rest| Some(&rest[words.counted_by.start_of(rest)?.len()..]));
    words.composed.start_of(counted.unwrap_or(behind)).is_some()
}
