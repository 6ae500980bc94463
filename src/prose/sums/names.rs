//! The names of the figures of a row, and what they say of whether the row is complete.

use rust_decimal::Decimal;

use super::gap::{Gap, MARKS, negated};
use super::group::{Group, Run};
use super::{Sum, of};
use crate::prose::arithmetic::{added, may_be_rounded};
use crate::prose::clause::{are_siblings, is_result};
use crate::prose::lexicon::{Lexicon, QuantityKind};
use crate::prose::numeral::{Exactness, Unit};
use crate::prose::slip::{are_swapped, digit_more_or_less, near, one_slip};
use crate::prose::token::names_result;

impl<'a> Group<'a> {
    /// True if two parts miss a whole so large by so little that no third one is left out.
    pub(super) fn are_near_by_slip(&self, value: Decimal, sum: Decimal, are_parts: bool) -> bool {
        const LARGE: u32 = 100;
        const LARGE_OF_PARTS: u32 = 50;
        let least = if are_parts { LARGE_OF_PARTS } else { LARGE };
        value >= Decimal::from(least) && one_slip(sum, value) && near(sum, value, 20)
    }

    /// True if a row adds up once two digits of one of its figures stand the other way round, or once one of three parts or
    /// more has a digit more or less.
    pub(super) fn is_swapped(&self, whole: usize, parts: &[usize]) -> bool {
        /// Of two digits, any two numbers that differ by a multiple of nine might be.
        const SHORTEST: usize = 3;
        let (value, sum) = (self.value(whole), self.added(parts));
        let fitting = |part: &usize| value - (sum - self.value(*part));
        // 上半年18篇、下半年133篇: both halves are there.
        let shortest = if self.end_alike(parts) { SHORTEST - 1 } else { SHORTEST };
        sum != value
            && parts.iter().all(|part| self.value(*part) < value)
            && (are_swapped(value, sum, SHORTEST)
                || parts.iter().any(|part| are_swapped(self.value(*part), fitting(part), shortest))
                || parts.len() > 2
                    && parts
                        .iter()
                        .filter(|_| near(sum, value, 2))
                        .any(|part| digit_more_or_less(self.value(*part), fitting(part))))
    }

    /// True for two figures whose names end in the same character: 县级医院3家、乡镇卫生院20家.
    pub(super) fn end_alike(&self, parts: &[usize]) -> bool {
        let [one, other] = parts else { return false };
        let [one, other] = [one, other].map(|part| self.lead(*part).chars().last());
        one.is_some() && one == other
    }

    /// True if two figures are the parts of the one before them, and there is no third. 公文50件，公开45件、解读8件: they may overlap.
    pub(super) fn are_two(&self, whole: usize, parts: &[usize]) -> bool {
        let (value, sum) = (self.value(whole), self.added(parts));
        let exact = || sum == value || self.is_swapped(whole, parts) || self.end_alike(parts);
        parts.len() == 2 && self.are_two_parts(parts) && exact()
            || self.are_parallel(parts) && near(sum, value, 15)
            || self.are_said_alike(parts)
    }

    /// The figures of a row without those behind them that divide the same once more: 19件、27件、23件、19件，上半年46件、下半年42件.
    pub(super) fn first_division<'p>(&self, parts: &'p [usize]) -> &'p [usize] {
        const FEWEST: usize = 3;
        let twice = |n: &usize| self.added(&parts[..*n]) == self.added(&parts[*n..]);
        let first = (FEWEST..parts.len().saturating_sub(1)).find(twice);
        first.map_or(parts, |n| &parts[..n])
    }

    /// True if no more than a name stands between any two figures of a row.
    pub(super) fn are_side_by_side(&self, parts: &[usize]) -> bool {
        const LONGEST: usize = 10;
        let short = |gap: &Gap| gap.all.chars().count() <= LONGEST;
        parts.iter().skip(1).all(|part| self.gap_before(*part).is_some_and(short))
    }

    /// True if two figures without names are said to be something in the same way: 12项由厅本级牵头、5项由中心牵头.
    pub(super) fn are_said_alike(&self, parts: &[usize]) -> bool {
        let ways = &Lexicon::get().sums.ways;
        let [one, other] = parts else { return false };
        let bare = [one, other].iter().all(|part| self.lead(**part).is_empty());
        let [one, other] = [one, other].map(|part| ways.start_of(self.behind(*part)));
        bare && one.is_some() && one == other
    }

    /// True if two figures are the parts of the one before them by their marks, or by standing there without names:
    /// 医院23家，县级3家、乡镇20家; 11个学院自查，8个无问题，3个超期.
    pub(super) fn are_two_parts(&self, parts: &[usize]) -> bool {
        let [first, second] =
            [parts[0], parts[1]].map(|part| (self.lead(part), self.mark_before(part)));
        let bare = first.0.is_empty() && second.0.is_empty() && !self.behind(parts[0]).is_empty();
        let statement = &Lexicon::get().clauses.statement;
        let named = |lead: &str| !lead.is_empty() && statement.start_of(lead).is_none();
        let paired = first.1 == Some('，') && second.1 == Some('、');
        bare || paired && named(first.0) && named(second.0)
    }

    /// True for two figures behind commas whose names begin with the same way or end in the same character: 通过网站67次，通过媒体57次.
    pub(super) fn are_parallel(&self, parts: &[usize]) -> bool {
        const SHORTEST: usize = 2;
        let [one, other] = parts else { return false };
        let names = [one, other].map(|part| self.lead(*part));
        let marks = [one, other].map(|part| self.mark_before(*part));
        let words = Lexicon::get();
        let long = names.iter().all(|name| name.chars().count() >= SHORTEST);
        let [way, other_way] = names.map(|name| words.sums.ways.start_of(name));
        let in_ways = way.is_some() && way == other_way;
        let states = names.iter().any(|name| words.clauses.statement.start_of(name).is_some());
        let alike = in_ways || !states && self.end_alike(parts) && names[0] != names[1];
        marks == [Some('，'); 2] && long && alike
    }

    /// The number of the last figures of a row, where the words before the next one add what all of them have a verb for: 通过网站
    /// 征集58条，通过公众号征集33条，共征集91条; or where they are numbered: 第一轮14家，第二轮16家，累计30家次.
    pub(super) fn n_with_verb(&self, run: &Run<'_>, gap: &Gap, total: usize) -> Option<usize> {
        const NTH: char = '第';
        /// The fewest digits of a number of which two may be told to stand the other way round.
        const TURNED: usize = 4;
        let verb = gap.added_verb()?;
        let fits = |part: &&usize| match verb {
            "" => self.lead(**part).starts_with(NTH),
            // 第一期96人、第二期88人，累计参训184人次
            verb => {
                let lead = self.lead(**part);
                lead.starts_with(NTH) || lead.contains(verb) || self.behind(**part).contains(verb)
            }
        };
        let n = self.n_fitting(&run.parts, fits);
        // 51家、53家、57家、56家，累计217家: where it comes so near that nothing else can be meant.
        let all = run.parts.len();
        // 三季度累计155条 is of nothing else.
        let room = if gap.adds_period() { 10 } else { 20 };
        let near = || near(self.added(&run.parts), self.value(total), room);
        // 机关286人次、基层638人次，累计924人次
        let paused = || run.parts.get(1).is_some_and(|part| self.mark_before(*part) == Some('、'));
        let row = all > 2 || all == 2 && paused();
        // 农产品1284批次、加工食品2076批次、餐饮食品938批次，全年累计公布4928批次: but for two turned digits.
        let turned = || all > 2 && are_swapped(self.added(&run.parts), self.value(total), TURNED);
        // 慰问群众，城镇86户、农村214户，共慰问300户; 本级86万元、上级34.5万元，合计投入120.5万元
        let plainly = || Lexicon::get().sums.adds_plainly.start_of(gap.last()).is_some();
        // 刊载县政府文件18件、部门文件6件，共刊载文件24件
        let start = verb.char_indices().nth(2).map_or(verb, |(at, _)| &verb[..at]);
        let said = || verb.is_empty() || run.lead.all.contains(start) || plainly();
        let n = if n < 2 && row && (said() && near() || turned()) { all } else { n };
        (n >= 2).then_some(n)
    }

    /// The number of the last parts of a row that fit, or stand behind one that does with no more than a pause between:
    /// 录取小学新生2690人、初中新生3120人.
    fn n_fitting(&self, parts: &[usize], fits: impl Fn(&&usize) -> bool) -> usize {
        const PAUSE: char = '、';
        let (mut n, mut last) = (0, 0);
        for part in parts.iter().rev() {
            n += 1;
            if fits(&part) {
                last = n;
            } else if self.mark_before(*part) != Some(PAUSE) {
                break;
            }
        }
        last
    }

    /// True if the words of a whole say how many parts it has: 三个专栏共发布信息241条，其中……
    pub(super) fn counts_its_parts(&self, whole: usize, n_parts: usize) -> bool {
        const LONGEST: usize = 8;
        let words = &Lexicon::get().sums;
        let Some(gap) = self.gap_before(whole) else { return false };
        if gap.counts_parts() == Some(n_parts) {
            return true;
        }
        let own = &self.figures.own;
        let before = own.binary_search(&whole).ok().and_then(|nth| nth.checked_sub(1));
        let counts = before.is_some_and(|nth| {
            let counter = &self.mentions[own[nth]];
            let by = counter.unit.counter().is_some_and(|c| words.counted_by.has(&c.word));
            by && counter.value == Decimal::from(n_parts)
        });
        let [only] = gap.pieces.as_slice() else { return false };
        let name = words.adds.iter().find_map(|word| only.find(word));
        counts && name.is_some_and(|at| only[..at].chars().count() <= LONGEST)
    }

    /// True if the words behind a row count its parts: 民生37条、城管24条、党建15条三大类.
    pub(super) fn closes(&self, run: &Run<'_>) -> bool {
        let words = &Lexicon::get().sums;
        let Some(last) = run.parts.last() else { return false };
        let behind = self.behind(*last);
        let n = words.counted.iter().find_map(|(number, n)| {
            let classes = behind.strip_prefix(number.as_str())?;
            words.counted_by.start_of(classes).and(n.parse::<usize>().ok())
        });
        n == Some(run.parts.len())
    }

    /// True if the last part of a row is all that those before it leave: 采纳19条，其余3条; 采纳19条，未采纳3条.
    pub(super) fn completes(&self, run: &Run<'_>) -> bool {
        let words = &Lexicon::get().sums;
        let Some(last) = run.parts.last().filter(|_| run.parts.len() > 1) else { return false };
        let behind = self.behind(*last);
        let name = self.name(*last);
        let of_rest = |word: &str| match word.chars().nth(1) {
            Some(_) => name.contains(word),
            None => name.starts_with(word),
        };
        // 5个问题，已解决4个，还有1个在解决中: and not 还有座谈会3次.
        let alone = words.rest_alone.has(self.lead(*last)) && !behind.is_empty();
        self.is_negated(run)
            || self.are_quarters(&run.parts)
            || alone
            || words.rest.iter().any(of_rest)
            || words.rest.start_of(behind).is_some()
    }

    /// True if the last parts of a row are the four quarters of a year.
    fn are_quarters(&self, parts: &[usize]) -> bool {
        let quarters = &Lexicon::get().sums.quarters;
        let last = parts.len().checked_sub(quarters.iter().count()).map(|from| &parts[from..]);
        let named = |(part, quarter): (&usize, &str)| self.lead(*part).contains(quarter);
        last.is_some_and(|last| last.iter().zip(quarters.iter()).all(named))
    }

    /// True if the last part of a row is what the one before it is not: 采纳19条，未采纳3条; 上半年4场，下半年5场.
    pub(super) fn is_negated(&self, run: &Run<'_>) -> bool {
        let [.., before, last] = run.parts.as_slice() else { return false };
        let (before, last) = (self.name(*before), self.name(*last));
        let pairs = &Lexicon::get().sums.pairs;
        let opposes = |name: &str| !name.is_empty() && before.ends_with(name);
        // 更新及时15个，更新不及时5个.
        let inside = |not: char| last.replacen(not, "", 1) == before;
        negated(&last).is_some_and(opposes)
            || !before.is_empty() && last != before && ['未', '不'].into_iter().any(inside)
            // 17个乡镇，其中市级示范点4个、县级示范点6个: those that were chosen.
            || pairs.are_in(&before, &last) && !Lexicon::get().sums.chosen.are_in(&last)
    }

    /// True if the last two parts of a row leave room for others: grades, as 满意80份，基本满意26份, or one that says more
    /// than the other denies: 整改到位15个，未整改2个.
    pub(super) fn is_graded(&self, run: &Run<'_>) -> bool {
        let [.., before, last] = run.parts.as_slice() else { return false };
        let (before, last) = (self.name(*before), self.name(*last));
        let words = &Lexicon::get().sums;
        let softened = words.softened.iter().filter_map(|word| last.split_once(word));
        let mut stems = softened.map(|(_, stem)| stem).filter(|stem| !stem.is_empty());
        let named = |(one, other): &(String, String)| before.contains(one) && last.contains(other);
        let says_more =
            |name: &str| before != name && name.chars().count() > 1 && before.starts_with(name);
        stems.any(|stem| before.ends_with(stem))
            || words.grades.iter().any(named)
            || negated(&last).is_some_and(says_more)
    }

    /// The name of a part without the marks that say nothing of it; that behind the figure where none stands before.
    pub(super) fn name(&self, part: usize) -> String {
        let lead = self.lead(part);
        // 18名满意，2名基本满意; 14个单位有11个通过.
        let has = self.gap_before(part).is_some_and(Gap::has);
        let name = if lead.is_empty() || has { self.behind(part) } else { lead };
        name.trim_start_matches('已').replace(['“', '”', '的'], "")
    }

    /// The first words behind a figure, up to the next mark or the end of the sentence.
    pub(super) fn behind(&self, part: usize) -> &'a str {
        const LONGEST: usize = 8;
        let behind = &self.text[self.mentions[part].range.end..];
        let is_end = |c: char| MARKS.contains(&c) || matches!(c, '。' | '\n');
        let mut near = behind.char_indices().take(LONGEST + 1).enumerate();
        let end = near.find(|(n, (_, c))| *n == LONGEST || is_end(*c));
        end.map_or(behind, |(_, (end, _))| &behind[..end])
    }

    /// True if the words before a part do not speak of something new: 办理提案20件.
    pub(super) fn goes_on(&self, part: usize) -> bool {
        const BY: &str = "通过";
        let name = self.lead(part);
        name.starts_with(BY) || Lexicon::get().clauses.statement.start_of(name).is_none()
    }

    /// True if the words before a figure speak of something new: 发现问题95个.
    pub(super) fn speaks(&self, part: usize) -> bool {
        let lead = self.gap_before(part);
        lead.is_some_and(|gap| Lexicon::get().clauses.statement.start_of(gap.last()).is_some())
    }

    /// The name of a part: the words between the last mark and the figure.
    pub(super) fn lead(&self, part: usize) -> &'a str {
        let gap = self.gap_before(part).map_or("", Gap::last);
        gap.rsplit(['：', ':']).next().unwrap_or_default()
    }

    pub(super) fn mark_before(&self, part: usize) -> Option<char> {
        self.gap_before(part)?.mark
    }

    pub(super) fn gap_before(&self, part: usize) -> Option<&'a Gap> {
        // In the order of the text.
        let nth = self.figures.own.binary_search(&part).ok()?;
        self.gaps.get(nth)
    }

    /// True if 等 says that more could be named, or 其余 without a figure that there is more: 实名52封，匿名20封，其余无法辨认.
    pub(super) fn is_open(&self, run: &Run<'_>) -> bool {
        let rests = &Lexicon::get().sums.others;
        let behind = |part: usize| &self.text[self.mentions[part].range.end..];
        let last = run.parts.last().map_or("", |last| behind(*last));
        let next = last.strip_prefix(MARKS).unwrap_or_default();
        let told = next.split(|c| MARKS.contains(&c) || c == '。').next().unwrap_or_default();
        let more = rests.start_of(told).is_some();
        let without_figure = !told.contains(|c: char| c.is_ascii_digit());
        // 研究机构2件、公益组织和其他组织各1件: the last ones are more than one.
        let end = run.parts.last().copied().unwrap_or_default();
        let next = self.figures.own.iter().find(|i| **i > end);
        let each = next.is_some_and(|next| self.mentions[*next].is_for_each(self.text));
        each || more && without_figure || run.parts.iter().any(|part| self.mentions[*part].open_end)
    }

    /// True if a figure counts an outcome of applications.
    pub(super) fn is_outcome(&self, i: usize) -> bool {
        let counted = self.mentions[i].counted.as_ref();
        counted.is_some_and(|counted| counted.kind == QuantityKind::Outcome)
    }

    /// True if two figures stand in rows or columns of the form beside each other: two outcomes, two results of cases of one
    /// kind, two kinds of applicants.
    pub(super) fn are_siblings(&self, one: usize, other: usize) -> bool {
        let counted = |i: usize| self.mentions[i].counted.as_ref();
        match (counted(one), counted(other)) {
            (Some(one), Some(other)) => are_siblings(one, other),
            // 直接起诉2件，复议后起诉5件；维持4件，纠正1件: of the last or of all.
            (None, Some(counted)) => is_result(counted) && names_result(self.lead(one)),
            (None, None) => names_result(self.lead(one)) && names_result(self.lead(other)),
            (Some(_), None) => false,
        }
    }

    /// The whole of a row that what is said of all opens, where the figure before is one of several parts: 申请5件，其中自然人4件、
    /// 企业1件，全部按期答复：予以公开3件.
    pub(super) fn whole_of_row(&self, run: &Run<'_>, before: usize) -> usize {
        let all = &Lexicon::get().things.all;
        let of_all = run.lead.pieces.iter().any(|piece| all.start_of(piece).is_some());
        let list = self.mentions[before].list.filter(|_| of_all);
        let mut own = self.figures.own.iter().rev().skip_while(|i| **i >= before);
        let holds = |i: &&usize| {
            let figure = &self.mentions[**i];
            figure.list.is_none() && figure.same_unit(&self.mentions[before])
        };
        list.and_then(|_| own.find(holds)).copied().unwrap_or(before)
    }

    /// True if a figure behind a row tells its whole or a part of it once more: 发现5个问题，立行立改3个，限期整改2个，5个问题全部
    /// 销号; 好评5266条，差评4条，4条差评均已整改.
    pub(super) fn tells_again(&self, run: &Run<'_>, figure: usize, gap: &Gap) -> bool {
        const NOUN: usize = 2;
        let Some((head, parts)) = run.parts.split_first().filter(|(_, parts)| parts.len() >= 2)
        else {
            return false;
        };
        let behind = self.behind(figure);
        let noun: String = behind.chars().take(NOUN).collect();
        let of_whole = !noun.is_empty() && self.behind(*head).starts_with(&noun);
        let named = parts.iter().all(|part| self.behind(*part).is_empty());
        named && !behind.is_empty() && (of_whole || gap.last().is_empty())
    }

    /// True if a figure is as likely the first of a row as the whole of those behind it: 征地批文39件，规划条件18件，林权及其他7件.
    pub(super) fn is_peer(&self, head: usize, parts: &[usize]) -> bool {
        const DONE: char = '已';
        let (value, sum) = (self.value(head), self.added(parts));
        let [first, .., last] = parts else { return false };
        let has = self.gap_before(*first).is_some_and(Gap::has);
        let same = self.mark_before(*first) == self.mark_before(*last);
        let others = &Lexicon::get().sums.others;
        let named = !self.lead(head).is_empty() && self.behind(head).is_empty();
        let named = named && others.are_in(self.lead(*last));
        // 预案37部，已公开31部，其余6部: some of them, and no other kind beside them.
        let done = self.lead(*first).starts_with(DONE);
        let silent = named && same && !has && !done && !self.speaks(head);
        silent && sum != value && !near(sum, value, 20)
    }

    /// 新收41件。…征地批文22件，占53.7%；登记8件，规划7件，其他4件: a figure that comes, with those behind it, to one before.
    pub(super) fn shares_whole(&self, head: usize, sum: Decimal) -> bool {
        let whole = self.value(head).saturating_add(sum);
        let before = self.figures.earlier.iter().chain(&self.figures.own);
        before.into_iter().any(|i| *i < head && self.value(*i) == whole)
    }

    /// 申请内容：违法建设24件，垃圾分类9件，其他4件: all applications by their matter, of which none is the whole of the others.
    pub(super) fn of_matters(&self, run: &Run<'_>) -> Option<Sum> {
        let by_matter = Lexicon::get().clauses.by_matter.are_in(&run.lead.all);
        let all = by_matter && self.about_requests && run.total.is_none() && !self.is_open(run);
        (all && run.parts.len() > 2 && self.completes(run)).then(|| of(&run.parts, None, false))
    }

    /// 642条（2023年511条、2024年588条，三年合计1741条）: what a row comes to with the figure that holds it.
    pub(super) fn with_holder(&self, run: &Run<'_>, total: usize) -> Option<Sum> {
        // 培训2次，分别为12人和14人，共28人次: another unit.
        let alike = |i: &usize| self.mentions[*i].same_unit(&self.mentions[run.parts[0]]);
        let holder = run.before.filter(|before| self.is_sure(*before) && alike(before))?;
        let parts = [&[holder], run.parts.as_slice()].concat();
        let fits = self.added(&parts) == self.value(total);
        fits.then(|| of(&parts, Some(total), true))
    }

    /// True if all of a row are outcomes, and so is a figure behind it: 公开60件；无法提供35件，29件不掌握；不予处理15件.
    pub(super) fn has_outcomes_behind(&self, run: &Run<'_>) -> bool {
        let last = run.parts.last().copied().unwrap_or_default();
        run.parts.iter().all(|part| self.is_outcome(*part))
            && self.figures.own.iter().any(|i| *i > last && self.is_outcome(*i))
    }

    pub(super) fn is_sure(&self, i: usize) -> bool {
        let mention = &self.mentions[i];
        let own = !mention.is_for_each(self.text) && !self.is_base_of_multiple(i);
        mention.exactness == Exactness::Exact && own
    }

    /// 是2024年17942条的1.2倍: what another figure is a multiple of.
    fn is_base_of_multiple(&self, i: usize) -> bool {
        let times = self.mentions.get(i + 1).filter(|next| next.unit == Unit::Times);
        let between =
            times.and_then(|times| self.text.get(self.mentions[i].range.end..times.digits.start));
        between == Some("的")
    }

    /// True if parts miss their total by no more than what rounding leaves of amounts in 万元.
    pub(super) fn is_rounding(&self, sum: &Sum) -> bool {
        let Some(total) = sum.total else { return false };
        let misses = (self.added(&sum.parts) - self.value(total)).abs();
        let steps = sum.parts.iter().chain([&total]).map(|i| self.mentions[*i].step);
        may_be_rounded(misses, steps)
    }

    pub(super) fn value(&self, i: usize) -> Decimal {
        self.mentions[i].value
    }

    pub(super) fn added(&self, parts: &[usize]) -> Decimal {
        added(self.mentions, parts)
    }
}
