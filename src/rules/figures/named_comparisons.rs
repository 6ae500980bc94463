//! Two figures of a sentence that it compares by their names: 上半年246条，下半年318条，下半年比上半年多72条; 视频量高于图文.

use std::cmp::Ordering;
use std::ops::Range;

use rust_decimal::Decimal;

use crate::diag::Label;
use crate::prose::{Exactness, Lexicon, Mention, Passage, Unit, Words};
use crate::report::Text;
use crate::rules::figures::amounts::{as_told, is_rate_as_told};
use crate::rules::figures::judge::place;
use crate::rules::machinery::row_words::ComparisonWords;
use crate::rules::machinery::text::CLAUSE_ENDS;
use crate::rules::machinery::word_lists::WordLists;
use crate::rules::{Findings, Held};

/// Reports every comparison that the two figures named in it contradict.
pub(super) fn judge_named_comparisons(findings: &mut Findings<'_>, passage: &Passage, text: &Text) {
    let words = &WordLists::get().comparisons;
    let mut start = 0;
    for sentence in text.printed().split_inclusive(['。', '\n']) {
        let reading = Reading { words, passage, text: text.printed(), sentence: start };
        let mut from = start;
        for clause in sentence.split_inclusive(CLAUSE_ENDS) {
            let range = from..from + clause.trim_end_matches(CLAUSE_ENDS).len();
            if let Some(compared) = reading.compared(range) {
                judge(findings, (passage, text), &compared);
            }
            from += clause.len();
        }
        start += sentence.len();
    }
}

/// A comparison of two figures.
struct Compared {
    /// The figure that is more or less, and the one that it is compared with.
    own: usize,
    other: usize,
    /// The difference that is told, if one is.
    by: Option<usize>,
    more: bool,
    range: Range<usize>,
}

struct Reading<'a> {
    words: &'a ComparisonWords,
    passage: &'a Passage,
    text: &'a str,
    /// The byte where the sentence begins.
    sentence: usize,
}

impl Reading<'_> {
    fn compared(&self, range: Range<usize>) -> Option<Compared> {
        let mentions = &self.passage.mentions;
        let next = mentions.partition_point(|m| m.digits.start < range.start);
        let by = mentions.get(next).filter(|m| m.digits.start < range.end).map(|_| next);
        let end = by.map_or(range.end, |by| mentions[by].digits.start);
        let said = self.text.get(range.start..end)?;
        let said = self.words.openings.start_of(said).map_or(said, |word| &said[word.len()..]);
        let readings = match by {
            Some(_) => self.by_difference(said),
            None => self.plainly(said),
        };
        // A second figure in the clause tells something else.
        let alone = by.is_none_or(|by| {
            let rest = self.text.get(mentions[by].range.end..range.end).unwrap_or_default();
            let last = mentions.get(by + 1).is_none_or(|m| m.digits.start >= range.end);
            last && rest.chars().count() <= 2
        });
        let mut found = readings.into_iter().filter_map(|(name, other, more)| {
            let of_growth = [name, other].iter().any(|n| self.words.growths.end_of(n).is_some());
            let own = self.named(name, next, of_growth)?;
            let other = self.named(other, next, of_growth)?;
            let alike = own != other && mentions[own].same_unit(&mentions[other]);
            let unit = by.is_none_or(|by| fits_unit(&mentions[by], &mentions[own]));
            let range = range.clone();
            (alone && alike && unit).then_some(Compared { own, other, by, more, range })
        });
        found.next()
    }

    /// The two names of 下半年比上半年多, before a figure, as they may be parted.
    fn by_difference<'t>(&self, said: &'t str) -> Vec<(&'t str, &'t str, bool)> {
        let said = said.trim_end_matches('了');
        let more = self.words.more.end_of(said);
        let Some(word) = more.or_else(|| self.words.fewer.end_of(said)) else { return Vec::new() };
        let names = said.strip_suffix(word).unwrap_or_default();
        parted(&self.words.than, names, more.is_some()).collect()
    }

    /// The two names of 下半年高于上半年.
    fn plainly<'t>(&self, said: &'t str) -> Vec<(&'t str, &'t str, bool)> {
        let above = parted(&self.words.above, said, true);
        above.chain(parted(&self.words.below, said, false)).collect()
    }

    /// The only figure of the sentence before another one whose words end in a name.
    fn named(&self, name: &str, next: usize, of_growth: bool) -> Option<usize> {
        /// The most figures that are looked at.
        const NEAR: usize = 12;
        const SHORTEST: usize = 2;
        let growth = self.words.growths.end_of(name).map_or(0, str::len);
        let name = &name[..name.len() - growth];
        // 下半年访问量低于上半年, where nothing is told of visits.
        if self.words.own_measures.end_of(name).is_some_and(|measure| !self.is_told(measure, next))
        {
            return None;
        }
        let name = without_measure(name);
        if name.chars().count() < SHORTEST || !name.chars().all(char::is_alphanumeric) {
            return None;
        }
        let mentions = &self.passage.mentions;
        let is_it = |i: &usize| {
            let mention = &mentions[*i];
            let lead = self.lead(*i);
            let grows = self.grows(*i);
            let (kind, named) = if of_growth {
                (grows && mention.unit == Unit::Percent, lead.starts_with(name))
            } else {
                (!grows, without_measure(lead).ends_with(name))
            };
            mention.exactness == Exactness::Exact && kind && named
        };
        let from = next.saturating_sub(NEAR);
        let own = |i: &usize| mentions[*i].digits.start >= self.sentence;
        let mut all = (from..next).filter(own).filter(is_it);
        all.next().filter(|_| all.next().is_none())
    }

    /// True if the sentence has told of some measure before a figure: 接待 of 接待量.
    fn is_told(&self, measure: &str, next: usize) -> bool {
        let verb = measure.strip_suffix('量').unwrap_or(measure);
        let mentions = &self.passage.mentions;
        let end = next.checked_sub(1).map_or(0, |last| mentions[last].range.end);
        self.text.get(self.sentence..end).is_some_and(|said| said.contains(verb))
    }

    /// The words of a figure's clause before it.
    fn lead(&self, figure: usize) -> &str {
        let end = self.passage.mentions[figure].digits.start;
        let before = self.text.get(self.sentence..end).unwrap_or_default();
        before.rsplit(CLAUSE_ENDS).next().unwrap_or_default()
    }

    /// True if the words before a figure tell a change.
    fn grows(&self, figure: usize) -> bool {
        let growth = &Lexicon::get().growth;
        let lead = self.lead(figure).trim_end_matches('了');
        self.passage.mentions[figure].growth.is_some()
            || growth.up.end_of(lead).is_some()
            || growth.down.end_of(lead).is_some()
    }
}

/// A name without the words at its end for what is counted: 网站 of 网站发布量.
pub(super) fn without_measure(name: &str) -> &str {
    let measures = &WordLists::get().comparisons.measures;
    let mut bare = name;
    while let Some(end) = measures.end_of(bare).filter(|end| !end.is_empty()) {
        bare = &bare[..bare.len() - end.len()];
    }
    if bare.is_empty() { name } else { bare }
}

/// Some words parted at each of others, with a third thing beside.
fn parted<'t>(
    at: &Words,
    said: &'t str,
    more: bool,
) -> impl Iterator<Item = (&'t str, &'t str, bool)> {
    // Most clauses have none of them.
    let some = at.are_in(said);
    at.iter().filter(move |_| some).flat_map(move |word| {
        said.match_indices(word).map(move |(at, _)| (&said[..at], &said[at + word.len()..], more))
    })
}

/// True if a difference is told in the unit of the figures, in points of percentages, or in percent.
fn fits_unit(by: &Mention, own: &Mention) -> bool {
    if own.unit == Unit::Percent {
        by.unit == Unit::Points
    } else {
        by.same_unit(own) || by.unit == Unit::Percent
    }
}

fn judge(findings: &mut Findings<'_>, (passage, text): (&Passage, &Text), compared: &Compared) {
    let mentions = &passage.mentions;
    let [own, other] = [compared.own, compared.other].map(|i| &mentions[i]);
    let difference = own.value.saturating_sub(other.value);
    let way = match difference.cmp(&Decimal::ZERO) {
        Ordering::Greater => "多",
        Ordering::Less => "少",
        Ordering::Equal => "相差",
    };
    let [one, base] = [own, other].map(|m| as_told(m.value, m));
    let told = format!("{one} 与 {base}");
    for figure in [Some(compared.own), Some(compared.other), compared.by].into_iter().flatten() {
        findings.held(passage, figure, Held::Text(told.clone()));
    }
    let way_fits = (difference > Decimal::ZERO) == compared.more && !difference.is_zero();
    let right = compared.by.map(|by| right(&mentions[by], difference.abs(), other));
    let amount_fits = right.as_ref().is_none_or(|right| right.fits);
    let bound = own.bound && other.bound;
    let known = |by: usize| {
        let of_sum = |sum: &crate::prose::Sum| sum.parts.contains(&by) || sum.total == Some(by);
        passage.sums.iter().any(of_sum)
    };
    if way_fits && amount_fits || bound || compared.by.is_some_and(known) {
        return;
    }
    let said = &text.printed()[compared.range.clone()];
    let should_be = match &right {
        Some(right) => format!("{way} {}", right.told),
        None => format!("{way} {}", as_told(difference.abs(), own)),
    };
    let finding = findings.report(
        place(passage, text, &compared.range),
        format!("“{said}”：前面写的是 {told}，{should_be}"),
        format!("实为{should_be}"),
    );
    for figure in [own, other] {
        finding.related.push(Label::new(place(passage, text, &figure.digits), "所比的数"));
    }
    finding.help.push("核对所比的两个数和相差多少，改正写错的那一个".to_owned());
}

/// A difference as it should be told, and whether it is.
struct Right {
    told: String,
    fits: bool,
}

fn right(by: &Mention, difference: Decimal, base: &Mention) -> Right {
    if by.unit != Unit::Percent {
        // Each of two figures in 万 is rounded.
        let off = (difference - by.value).abs();
        let rounded = by.step > Decimal::ONE && off < by.step;
        let fits = by.exactness != Exactness::Exact || off.is_zero() || rounded;
        return Right { told: as_told(difference, by), fits };
    }
    let rate = difference.saturating_mul(Decimal::ONE_HUNDRED).checked_div(base.value);
    let rate = rate.unwrap_or_default();
    let fits = by.exactness != Exactness::Exact || is_rate_as_told(rate, by);
    Right { told: format!("{}%", rate.round_dp(by.places)), fits }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check_text;

    const RULE: &crate::rules::Rule = &super::super::change_wrong::RULE;

    #[test]
    fn comparisons_that_the_figures_contradict() {
        for wrong in [
            "上半年公开246条，下半年公开318条，全年564条，下半年比上半年多82条。",
            "考核平均分街道93.2分，乡镇90.8分，街道比乡镇高3.4分。",
            "信函申请占47.3%，网络申请占43.6%，信函占比比网络占比高4.7个百分点。",
            "教育类公开312条，医疗类260条，教育类比医疗类多52条，教育类比医疗类高15%。",
            "全年公开800条，其中上半年436条、下半年364条，下半年发布量高于上半年。",
            "网站发布量同比增长12%，公众号发布量同比增长18%，网站增幅高于公众号。",
        ] {
            check_text(RULE, wrong, "", 1);
        }
    }

    #[test]
    fn comparisons_of_the_figures_or_of_something_else() {
        for fine in [
            "上半年公开246条，下半年公开318条，全年564条，下半年比上半年多72条。",
            "考核平均分街道93.2分，乡镇90.8分，街道比乡镇高2.4分。",
            "信函申请占47.3%，网络申请占43.6%，信函占比比网络占比高3.7个百分点。",
            "全年公开800条，其中上半年436条、下半年364条，上半年发布量高于下半年。",
            "网站发布量同比增长12%，公众号发布量同比增长18%，网站增幅低于公众号。",
            "上半年公开246条，下半年公开318条，下半年访问量低于上半年。",
            "上半年公开246条，下半年公开318条，下半年高于去年上半年。",
        ] {
            check_text(RULE, fine, "", 0);
        }
    }
}
