//! [`Group`]: the figures of one sentence or bracket that stand in a row, and what they add up to.

use rust_decimal::Decimal;

use super::gap::{Gap, MARKS, negated};
use super::{Figures, Sum, of};
use crate::prose::lexicon::Lexicon;
use crate::prose::mention::Mention;
use crate::prose::numeral::Exactness;
use crate::prose::slip::{are_swapped, is_slip, near};

/// The figures of a sentence or bracket with all that the search needs.
pub(super) struct Group<'a> {
    pub(super) text: &'a str,
    pub(super) mentions: &'a [Mention],
    pub(super) figures: &'a Figures,
    pub(super) about_requests: bool,
}

/// Figures that stand in a row, with the words before the first.
struct Run {
    parts: Vec<usize>,
    lead: Gap,
    /// The figure before them, if one stands in the sentence.
    before: Option<usize>,
    /// The figure behind them that says what they come to.
    total: Option<usize>,
    /// The number of them that it says it adds.
    n_added: Option<usize>,
}

impl Group<'_> {
    pub(super) fn sums(&self) -> Vec<Sum> {
        self.runs().iter().filter_map(|run| self.sum(run)).collect()
    }

    /// The words before a figure, from the figure before it or the beginning of the sentence.
    fn gap(&self, nth: usize) -> Gap {
        let figure = &self.mentions[self.figures.own[nth]];
        let from = match nth.checked_sub(1) {
            Some(before) => self.mentions[self.figures.own[before]].range.end,
            None => self.figures.start,
        };
        Gap::of(self.text.get(from..figure.digits.start).unwrap_or_default())
    }

    /// The longest rows of figures in one unit.
    fn runs(&self) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::new();
        for (nth, i) in self.figures.own.iter().enumerate() {
            let gap = self.gap(nth);
            let before = nth.checked_sub(1).map(|before| self.figures.own[before]);
            let fits = before.is_some_and(|b| {
                self.mentions[b].same_unit(&self.mentions[*i])
                    && self.is_sure(b)
                    && self.is_sure(*i)
            });
            let goes_on = |run: &Run| fits && run.total.is_none() && !self.is_parted(run, gap.mark);
            if let Some(run) = runs.last_mut().filter(|run| goes_on(run)) {
                let of_all =
                    gap.last().ends_with('的') && self.mentions[*i].is_said_of_all(self.text);
                let of_told = self.mentions[*i].refers_back(self.text);
                if of_all || of_told || self.tells_again(run, *i, &gap) {
                    runs.push(Run {
                        parts: vec![*i],
                        lead: gap,
                        before,
                        total: None,
                        n_added: None,
                    });
                    continue;
                }
                if gap.totals() {
                    run.total = Some(*i);
                    run.n_added = gap.counts_parts();
                    continue;
                }
                let joins_head = run.parts.len() == 1 && gap.joins_head();
                if gap.joins() || joins_head || gap.opens_again(&run.lead) {
                    run.parts.push(*i);
                    continue;
                }
            }
            let before = before.or(self.figures.holder);
            runs.push(Run { parts: vec![*i], lead: gap, before, total: None, n_added: None });
        }
        runs
    }

    /// True if a figure behind a row tells its whole or a part of it once more: 发现5个问题，立行立改3个，限期整改2个，5个问题全部
    /// 销号; 好评5266条，差评4条，4条差评均已整改.
    fn tells_again(&self, run: &Run, figure: usize, gap: &Gap) -> bool {
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

    /// True if a semicolon ends a row whose members are parted by lesser marks: 网络17件，窗口3件；自然人19件.
    fn is_parted(&self, run: &Run, mark: Option<char>) -> bool {
        let semicolon = |mark: Option<char>| matches!(mark, Some('；' | ';'));
        let inner = run.parts.get(1).map(|second| self.mark_before(*second));
        semicolon(mark) && inner.is_some_and(|inner| !semicolon(inner))
    }

    fn sum(&self, run: &Run) -> Option<Sum> {
        if run.parts.iter().any(|part| !self.is_sure(*part)) {
            return None;
        }
        self.before_total(run)
            .or_else(|| self.behind_whole(run))
            .or_else(|| self.of_division(run))
            .or_else(|| self.of_head(run))
    }

    /// 建议87件、提案63件，共150件.
    fn before_total(&self, run: &Run) -> Option<Sum> {
        let total = run.total.filter(|total| self.is_sure(*total))?;
        let value = self.value(total);
        if let Some(n) = run.n_added {
            let parts = &run.parts[run.parts.len().checked_sub(n)?..];
            return Some(of(parts, Some(total), self.added(parts) == value));
        }
        let last = run.parts.len().checked_sub(2)?;
        let suffixes = (0..=last).map(|from| &run.parts[from..]);
        let nearest = suffixes.min_by_key(|parts| (self.added(parts) - value).abs())?;
        let sum = self.added(nearest);
        (near(sum, value, 2) || is_slip(sum, value)).then(|| of(nearest, Some(total), sum == value))
    }

    /// 504条，数量分别为96条、148条; 来源为…; 91件（甲31件、乙60件）.
    fn behind_whole(&self, run: &Run) -> Option<Sum> {
        let (whole, same_sentence) = match run.before {
            Some(before) => (before, true),
            None => (*self.figures.before.first()?, false),
        };
        let fits =
            self.is_sure(whole) && self.mentions[whole].same_unit(&self.mentions[run.parts[0]]);
        let behind =
            run.parts.last().map_or("", |last| &self.text[self.mentions[*last].range.end..]);
        let words = &Lexicon::get().sums;
        let composed = run.lead.all.contains('由') && words.composed.start_of(behind).is_some();
        if !fits || !composed && !run.lead.opens() && !run.lead.opens_all() {
            return None;
        }
        let value = self.value(whole);
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
        let said = composed
            || run.lead.opens_all()
            || self.completes(run)
            || self.is_graded(run) && sum > value;
        let complete = same_sentence && said && !self.is_open(run);
        let near = near(sum, value, 4) || is_slip(sum, value);
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
    fn of_division(&self, run: &Run) -> Option<Sum> {
        let words = &Lexicon::get().sums;
        let lead = |part: &usize| self.lead(*part);
        let halves = run.parts.len() == 2
            && lead(&run.parts[0]).contains(words.halves.0.as_str())
            && lead(&run.parts[1]).contains(words.halves.1.as_str());
        let by_channel = self.about_requests
            && run.parts.iter().all(|part| {
                let name = lead(part);
                words.channels.are_in(&name) && !words.not_channels.are_in(&name)
            });
        let parallel = run.total.is_none() && self.is_parallel(run);
        let divides = run.lead.divides() || halves || by_channel || parallel;
        if run.parts.len() < 2
            || run.total.is_some()
            || !divides
            || self.is_open(run)
            || run.lead.selects()
        {
            return None;
        }
        let sum = self.added(&run.parts);
        let first = run.parts[0];
        let in_sentence = self.figures.own.iter().take_while(|i| **i < first);
        let earlier = self.figures.holder.iter().chain(&self.figures.earlier).chain(in_sentence);
        let wholes: Vec<usize> = earlier
            .copied()
            .filter(|i| self.is_sure(*i) && self.mentions[*i].same_unit(&self.mentions[first]))
            .collect();
        if let Some(whole) = wholes.iter().find(|whole| self.value(**whole) == sum) {
            return Some(of(&run.parts, Some(*whole), true));
        }
        let of_requests = by_channel || self.about_requests && run.lead.all.contains("申请");
        if of_requests {
            return Some(of(&run.parts, None, false));
        }
        let nearest = wholes.into_iter().min_by_key(|whole| (self.value(*whole) - sum).abs())?;
        let whole = self.value(nearest);
        let larger = run.parts.iter().all(|part| self.value(*part) <= whole);
        let small = run.parts.len() >= 3 || halves;
        let close = near(sum, whole, 10) || small && near(sum, whole, 3) && is_slip(sum, whole);
        (larger && close).then(|| of(&run.parts, Some(nearest), false))
    }

    /// True if three parts or more are told in the same words, of a whole in a sentence before: 向区政府提出92件，
    /// 向部门提出163件，向街道提出47件.
    fn is_parallel(&self, run: &Run) -> bool {
        let names: Vec<String> = run.parts.iter().map(|part| self.lead(*part)).collect();
        let begins = |name: &String| Lexicon::get().sums.ways.start_of(name).map(str::to_owned);
        let same = names.first().and_then(begins);
        let alike = same.is_some() && names.iter().all(|name| begins(name) == same);
        alike && names.len() >= 3 && run.before.is_none()
    }

    /// 解读176篇，文字83篇、图文56篇、音视频37篇: the first of a row is the whole of the others.
    fn of_head(&self, run: &Run) -> Option<Sum> {
        const SLIP: u32 = 9;
        let (head, parts) = run.parts.split_first()?;
        let (value, sum) = (self.value(*head), self.added(parts));
        let graded = self.is_graded(run);
        if parts.len() < 2 || run.total.is_some() || self.is_open(run) || graded && sum < value {
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
        // 其中部门36个、乡镇22个，发现问题95个，已整改91个，剩余4个: any of the row may be the head of what follows.
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
        };
        if sum != value
            && let Some(head) = fitting.or_else(|| heads.rev().find(is_head))
        {
            let fits = fitting.is_some();
            return Some(of(&run.parts[head + 1..], Some(run.parts[head]), fits));
        }
        let has = self.gap_before(parts[0]).is_some_and(|gap| gap.has());
        let marked = has || self.mark_before(parts[0]).is_some_and(|mark| mark != '、');
        let swapped = self.is_swapped(*head, parts);
        let small = (sum - value).abs() <= Decimal::from(SLIP) || swapped;
        let over = graded && sum >= value;
        let larger = completes || parts.iter().all(|part| self.value(*part) < value);
        let close = match (completes || over, parts.len()) {
            (true, 2) if self.is_negated(run) => near(sum, value, 1),
            (true, _) => near(sum, value, 3),
            (false, 4..) => near(sum, value, 3),
            (false, _) => near(sum, value, 10),
        } || swapped;
        let fits = marked && small && larger && close;
        // 公文50件，公开45件、解读8件: they may overlap.
        let two = parts.len() == 2
            && self.are_two_parts(parts)
            && (sum == value || swapped || self.end_alike(parts));
        let told = parts.len() >= 3 || completes || over || two;
        // Of three parts that nothing calls complete a large slip is taken for another thing.
        let decides = completes || parts.len() >= 4 && !graded;
        let complete = !two || completes || swapped;
        (fits && told).then(|| Sum { decides, complete, ..of(parts, Some(*head), sum == value) })
    }

    /// True if a row adds up once two digits of one of its figures stand the other way round.
    fn is_swapped(&self, whole: usize, parts: &[usize]) -> bool {
        /// Of two digits, any two numbers that differ by a multiple of nine might be.
        const SHORTEST: usize = 3;
        let (value, sum) = (self.value(whole), self.added(parts));
        let fitting = |part: &usize| value - (sum - self.value(*part));
        // 上半年18篇、下半年133篇: both halves are there.
        let shortest = if self.end_alike(parts) { SHORTEST - 1 } else { SHORTEST };
        sum != value
            && parts.iter().all(|part| self.value(*part) < value)
            && (are_swapped(value, sum, SHORTEST)
                || parts.iter().any(|part| are_swapped(self.value(*part), fitting(part), shortest)))
    }

    /// True for two figures whose names end in the same character: 县级医院3家、乡镇卫生院20家.
    fn end_alike(&self, parts: &[usize]) -> bool {
        let [one, other] = parts else { return false };
        let [one, other] = [one, other].map(|part| self.lead(*part).chars().last());
        one.is_some() && one == other
    }

    /// True if two figures are the parts of the one before them by their marks, or by standing there without names:
    /// 医院23家，县级3家、乡镇20家; 11个学院自查，8个无问题，3个超期.
    fn are_two_parts(&self, parts: &[usize]) -> bool {
        let [first, second] =
            [parts[0], parts[1]].map(|part| (self.lead(part), self.mark_before(part)));
        let bare = first.0.is_empty() && second.0.is_empty() && !self.behind(parts[0]).is_empty();
        let statement = &Lexicon::get().clauses.statement;
        let named = |lead: &str| !lead.is_empty() && statement.start_of(lead).is_none();
        let paired = first.1 == Some('，') && second.1 == Some('、');
        bare || paired && named(&first.0) && named(&second.0)
    }

    /// True if the last part of a row is all that those before it leave: 采纳19条，其余3条; 采纳19条，未采纳3条.
    fn completes(&self, run: &Run) -> bool {
        let words = &Lexicon::get().sums;
        let Some(last) = run.parts.last().filter(|_| run.parts.len() > 1) else { return false };
        let behind = self.behind(*last);
        let name = self.name(*last);
        let of_rest = |word: &str| match word.chars().nth(1) {
            Some(_) => name.contains(word),
            None => name.starts_with(word),
        };
        self.is_negated(run)
            || words.rest.iter().any(of_rest)
            || words.rest.start_of(&behind).is_some()
    }

    /// True if the last part of a row is what the one before it is not: 采纳19条，未采纳3条; 上半年4场，下半年5场.
    fn is_negated(&self, run: &Run) -> bool {
        let [.., before, last] = run.parts.as_slice() else { return false };
        let (before, last) = (self.name(*before), self.name(*last));
        let pairs = &Lexicon::get().sums.pairs;
        let opposes = |name: &str| !name.is_empty() && before.ends_with(name);
        // 更新及时15个，更新不及时5个.
        let inside = |not: char| last.replacen(not, "", 1) == before;
        negated(&last).is_some_and(opposes)
            || !before.is_empty() && last != before && ['未', '不'].into_iter().any(inside)
            || pairs
                .iter()
                .any(|(one, other)| before.contains(one.as_str()) && last.contains(other.as_str()))
    }

    /// True if the last two parts of a row leave room for others: grades, as 满意80份，基本满意26份, or one that says more
    /// than the other denies: 整改到位15个，未整改2个.
    fn is_graded(&self, run: &Run) -> bool {
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
    fn name(&self, part: usize) -> String {
        let lead = self.lead(part);
        // 18名满意，2名基本满意; 14个单位有11个通过.
        let has = self.gap_before(part).is_some_and(|gap| gap.has());
        let name = if lead.is_empty() || has { self.behind(part) } else { lead };
        name.trim_start_matches('已').replace(['“', '”', '的'], "")
    }

    /// The first words behind a figure, up to the next mark or the end of the sentence.
    fn behind(&self, part: usize) -> String {
        const LONGEST: usize = 8;
        let behind = self.text[self.mentions[part].range.end..].chars().take(LONGEST);
        behind.take_while(|c| !MARKS.contains(c) && !matches!(c, '。' | '\n')).collect()
    }

    /// True if the words before a part do not speak of something new: 办理提案20件.
    fn goes_on(&self, part: usize) -> bool {
        const BY: &str = "通过";
        let name = self.lead(part);
        name.starts_with(BY) || Lexicon::get().clauses.statement.start_of(&name).is_none()
    }

    /// True if the words before a figure speak of something new: 发现问题95个.
    fn speaks(&self, part: usize) -> bool {
        let nth = self.figures.own.iter().position(|i| *i == part);
        let lead = nth.map(|nth| self.gap(nth));
        lead.is_some_and(|gap| Lexicon::get().clauses.statement.start_of(gap.last()).is_some())
    }

    /// The name of a part: the words between the last mark and the figure.
    fn lead(&self, part: usize) -> String {
        let nth = self.figures.own.iter().position(|i| *i == part);
        nth.map_or(String::new(), |nth| {
            self.gap(nth).last().rsplit(['：', ':']).next().unwrap_or_default().to_owned()
        })
    }

    fn mark_before(&self, part: usize) -> Option<char> {
        self.gap_before(part)?.mark
    }

    fn gap_before(&self, part: usize) -> Option<Gap> {
        let nth = self.figures.own.iter().position(|i| *i == part)?;
        Some(self.gap(nth))
    }

    /// True if 等 says that more could be named.
    fn is_open(&self, run: &Run) -> bool {
        run.parts.iter().any(|part| self.mentions[*part].open_end)
    }

    fn is_sure(&self, i: usize) -> bool {
        let mention = &self.mentions[i];
        mention.exactness == Exactness::Exact && mention.step <= Decimal::ONE
    }

    fn value(&self, i: usize) -> Decimal {
        self.mentions[i].value
    }

    fn added(&self, parts: &[usize]) -> Decimal {
        parts.iter().fold(Decimal::ZERO, |sum, part| sum.saturating_add(self.value(*part)))
    }
}
