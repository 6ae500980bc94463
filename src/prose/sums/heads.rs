//! The first figure of a row as the whole of those behind it: 解读176篇，文字83篇、图文56篇、音视频37篇.

use rust_decimal::Decimal;

use super::gap::is_place;
use super::group::{Group, Run, SLIP, SMALL_PART};
use super::{Sum, of};
use crate::prose::lexicon::Lexicon;
use crate::prose::slip::{is_slip, near, one_slip};

impl Group<'_> {
    /// 解读176篇，文字83篇、图文56篇、音视频37篇: the first of a row is the whole of the others.
    pub(super) fn of_head(&self, run: &Run<'_>) -> Option<Sum> {
        let (head, parts) = run.parts.split_first()?;
        let (value, sum) = (self.value(*head), self.added(parts));
        if parts.len() >= 2 && sum != value && self.about_requests && self.are_channels(parts) {
            // 申请14件，网上提交9件、来函5件
            return Some(of(parts, None, false));
        }
        // 诉讼39件，直接起诉23件、复议后起诉16件，尚有10件未审结: the first two are all.
        let is_whole = |n: &usize| self.added(&parts[..*n]) == value;
        if let Some(n) = (2..parts.len()).find(is_whole).filter(|_| sum != value) {
            return Some(of(&parts[..n], Some(*head), true));
        }
        let graded = self.is_graded(run);
        let apart =
            sum != value && (self.is_one_of_several(*head, parts) || self.are_flows(*head, parts));
        if apart || parts.len() < 2 || self.is_open(run) || graded && sum < value {
            return None;
        }
        let completes = self.completes(run);
        // 其中7件予以公开，1件部分公开，1件其他处理; 答复结果：予以公开7件；部分公开1件: the first is one of the parts.
        let first = run.lead.last();
        let opens = Lexicon::get().sums.opens.start_of(first);
        let is_part = opens.is_some_and(|word| !completes || first == word)
            || run.lead.all.contains('：') && !completes;
        if sum != value && is_part {
            return None;
        }
        let evident = self.evident_parts(*head, parts).filter(|_| sum != value);
        if let Some(parts) = evident {
            return Some(of(parts, Some(*head), false));
        }
        if sum != value
            && let Some(inner) = self.of_inner_head(run, completes)
        {
            return Some(inner);
        }
        let has = self.gap_before(parts[0]).is_some_and(|gap| gap.has());
        let marked = has || self.mark_before(parts[0]).is_some_and(|mark| mark != '、');
        let swapped = self.is_swapped(*head, parts);
        if sum != value && self.is_confirmed(*head, parts) {
            return Some(of(parts, Some(*head), false));
        }
        self.of_near_head(run, (*head, parts), marked, swapped)
    }

    /// The first of a row as the whole of the others, where they come so near to it that a slip is all that they miss.
    fn of_near_head(
        &self,
        run: &Run<'_>,
        (head, parts): (usize, &[usize]),
        marked: bool,
        swapped: bool,
    ) -> Option<Sum> {
        let (value, sum) = (self.value(head), self.added(parts));
        let (completes, graded) = (self.completes(run), self.is_graded(run));
        // 意见3127条，采纳814条，部分采纳463条，未采纳2313条: what is and what is not are all there are.
        // Two that are all there are by their names cannot be more: 诉讼33件，直接起诉25件、复议后起诉33件.
        let negated = self.is_negated(run);
        let all = negated && (parts.len() > 2 && near(sum, value, 2) || sum > value);
        let listed = self.are_enumerated(head, parts) && near(sum, value, 3);
        let small = self.is_small_miss(head, parts, completes) || swapped || all || listed;
        let over = graded && sum >= value;
        let larger = completes || parts.iter().all(|part| self.value(*part) < value);
        let close = match (completes || over, parts.len()) {
            (true, 2) if negated => near(sum, value, 1),
            (true, _) => near(sum, value, 3) || self.is_off_by_a_digit(head, parts),
            (false, 4..) => near(sum, value, 3),
            (false, _) => near(sum, value, 10),
        } || swapped
            || listed;
        let fits = marked && small && larger && close && !self.is_peer(head, parts);
        let two = self.are_two(head, parts);
        // 回答提问1320个，当场解答1188个，会后回复132个: two large figures hardly come so near by chance.
        let sure = parts.len() == 2 && self.are_near_by_slip(value, sum, two);
        let told = parts.len() >= 3 || completes || over || two || sure || listed;
        // Of three parts that nothing calls complete a large slip is taken for another thing.
        let decides = completes || parts.len() >= 4 && !graded;
        let complete = !two || completes || swapped || sure || listed;
        (fits && told).then(|| Sum { decides, complete, ..of(parts, Some(head), sum == value) })
    }

    /// 网站发布信息52条。预报26条，公告14条，人事12条。: a sentence that is nothing but the parts of a figure of the one before.
    pub(super) fn of_sentence_before(&self, run: &Run<'_>) -> Option<Sum> {
        const FEWEST: usize = 3;
        const LONGEST: usize = 10;
        let statement = &Lexicon::get().clauses.statement;
        let named = |part: &usize| {
            let name = self.lead(*part);
            (1..=LONGEST).contains(&name.chars().count()) && statement.start_of(name).is_none()
        };
        let named = run.parts.len() >= FEWEST && run.parts.iter().all(named);
        let marked = run.lead.pieces.len() <= 2 && !run.lead.selects();
        if run.total.is_some() || !named || !marked || self.is_open(run) || self.sum(run).is_some()
        {
            return None;
        }
        let sum = self.added(&run.parts);
        let alike = |i: &&usize| {
            let whole = &self.mentions[**i];
            self.is_sure(**i) && whole.of_this_year && whole.same_unit(&self.mentions[run.parts[0]])
        };
        let wholes = || self.figures.before.iter().filter(alike);
        if let Some(whole) = wholes().find(|whole| self.value(**whole) == sum) {
            return Some(of(&run.parts, Some(*whole), true));
        }
        let of_tables = |i: &usize| self.mentions[*i].counted.is_some();
        let slip = |whole: &&usize| {
            let value = self.value(**whole);
            let smaller = run.parts.iter().all(|part| self.value(*part) < value);
            // 征收类19件；不予处理9件，信访5件，重复4件: no parts of what no table holds.
            let alike = of_tables(whole) || !run.parts.iter().all(of_tables);
            alike
                && smaller
                && (near(sum, value, 10) && one_slip(sum, value) || near(sum, value, 50))
        };
        let whole = wholes().find(slip)?;
        Some(of(&run.parts, Some(*whole), false))
    }

    /// True if parts that have nothing but names follow their whole behind a comma, parted by pauses, and fill the clause: 培训52期，
    /// 一线29期、机关16期、社区7期.
    fn are_enumerated(&self, head: usize, parts: &[usize]) -> bool {
        const LONGEST: usize = 10;
        let statement = &Lexicon::get().clauses.statement;
        let named = |part: &usize| {
            let name = self.lead(*part);
            (1..=LONGEST).contains(&name.chars().count())
                && name.chars().all(char::is_alphabetic)
                && statement.start_of(name).is_none()
                && !name.starts_with(['已', '未', '不', '另', '新', '共', '被', '可', '有'])
        };
        let marks = |part: &usize| self.mark_before(*part);
        let (Some(first), Some(last)) = (parts.first(), parts.last()) else { return false };
        let paused = parts.iter().skip(1).all(|part| marks(part) == Some('、'));
        let head_alone = self.behind(head).is_empty();
        let plain = parts.len() > 1 && parts.iter().all(named) && self.behind(*last).is_empty();
        let beside = *first == head + 1 && !self.is_outcome(head) && !self.is_outcome(*first);
        // 制发公文50件，主动公开45件、解读8件: two deeds may overlap, 建议88件、提案38件 behind 建议和提案 do not.
        let of_head = parts.iter().all(|part| self.lead(head).contains(self.lead(*part)));
        let plain = plain && (parts.len() > 2 || self.end_alike(parts) || of_head);
        marks(first) == Some('，') && paused && plain && head_alone && beside
    }

    /// 予以公开7件；部分公开3件；其余5件; 维持4件，纠正1件，未审结2件; 征地14件次之，低保7件: one of several, and no whole of the others.
    fn is_one_of_several(&self, head: usize, parts: &[usize]) -> bool {
        let siblings = parts.first().is_some_and(|first| self.are_siblings(head, *first));
        let next = &Lexicon::get().sums.next_of_rank;
        // 征收补偿139件，占27.5%；其次是物业管理62件
        let follows = |first: &usize| next.start_of(self.lead(*first)).is_some();
        siblings || parts.first().is_some_and(follows) || self.is_ranked(head)
    }

    /// True if figures tell what came in, was carried in or out, or was dealt with: 新收97件，上年结转3件，办结95件，结转下年度5件.
    fn are_flows(&self, head: usize, parts: &[usize]) -> bool {
        let words = Lexicon::get();
        let carried_in = |i: &usize| {
            let lead = self.lead(*i);
            words.clauses.flow_carried.are_in(lead) && words.growth.last_year.are_in(lead)
        };
        words.sums.received.are_in(self.lead(head)) && parts.iter().any(carried_in)
    }

    /// True if parts miss their head by so little that they may be meant to come to it.
    fn is_small_miss(&self, head: usize, parts: &[usize], completes: bool) -> bool {
        let (value, sum) = (self.value(head), self.added(parts));
        let step = self.mentions[head].step.max(Decimal::ONE);
        // 来信1264件，办结1259件，5件正在办理: a large whole leaves room for larger slips.
        let large = || near(sum, value, SMALL_PART) || self.is_off_by_a_digit(head, parts);
        // 48216户，个体36514户、企业11382户、合作社680户: three parts hardly come so near, but for one digit.
        let three = || near(sum, value, SMALL_PART) && self.is_off_by_a_digit(head, parts);
        (sum - value).abs() <= Decimal::from(SLIP).saturating_mul(step)
            || completes && large()
            || parts.len() >= 3 && three()
    }

    /// True if a figure is said to be the largest or the second of several, and so no whole of those behind it:
    /// 征地补偿14件次之，低保救助7件，其他8件.
    pub(super) fn is_ranked(&self, figure: usize) -> bool {
        let ranks = &Lexicon::get().sums.ranks;
        // 14件次之 has been read as 14件次.
        let unit = self.text.get(self.mentions[figure].digits.end..).unwrap_or_default();
        let mut behind_counter = unit.chars();
        behind_counter.next();
        // 涉及山林权属的最多，为26件; 问得最多的是土地征收，26件
        let verbs = &Lexicon::get().sums.verbs_of_rank;
        let said = self.gap_before(figure).map_or(&[][..], |gap| gap.pieces.as_slice());
        let first = match said {
            [.., rank, verb] => ranks.are_in(rank) && (verb.is_empty() || verbs.has(verb)),
            _ => false,
        };
        let clause = self.text[self.mentions[figure].range.end..].strip_prefix('，');
        let clause = clause.and_then(|clause| clause.split([',', '，', '；', '。', '、']).next());
        first
            || clause.is_some_and(is_place)
            || ranks.start_of(self.behind(figure)).is_some()
            || ranks.start_of(behind_counter.as_str()).is_some()
    }

    /// True if one digit of the head or of a part would make the parts add up: 146家，公办62家、民办94家.
    fn is_off_by_a_digit(&self, head: usize, parts: &[usize]) -> bool {
        let (value, sum) = (self.value(head), self.added(parts));
        let needed = |part: &usize| self.value(*part) + value - sum;
        let slip = |part: &usize| one_slip(needed(part), self.value(*part));
        near(sum, value, 2) && (one_slip(sum, value) || parts.iter().any(slip))
    }

    /// 其中部门36个、乡镇22个，发现问题95个，已整改91个，剩余4个: any of a row may be the head of what follows.
    fn of_inner_head(&self, run: &Run<'_>, completes: bool) -> Option<Sum> {
        let heads = (1..run.parts.len().saturating_sub(2)).filter(|_| completes);
        let sum_behind = |head: usize| self.added(&run.parts[head + 1..]);
        let fitting = heads.clone().find(|head| self.value(run.parts[*head]) == sum_behind(*head));
        let is_head = |head: &usize| {
            let value = self.value(run.parts[*head]);
            let behind = &run.parts[*head + 1..];
            behind.iter().all(|part| self.value(*part) < value)
                && is_slip(sum_behind(*head), value)
                && near(sum_behind(*head), value, 3)
                && self.speaks(run.parts[*head])
                && !self.is_ranked(run.parts[*head])
        };
        let head = fitting.or_else(|| heads.rev().find(is_head))?;
        Some(of(&run.parts[head + 1..], Some(run.parts[head]), fitting.is_some()))
    }
}
