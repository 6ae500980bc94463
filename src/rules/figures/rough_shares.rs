//! Shares told in words beside their percentage: 占47.6%，已经超过一半.

use std::ops::Range;

use rust_decimal::Decimal;

use crate::prose::{Exactness, Lexicon, Mention, Passage, Unit};
use crate::report::{Report, Text};
use crate::rules::figures::judge::place;
use crate::rules::figures::possible_wholes::wholes_of_part;
use crate::rules::machinery::text::CLAUSE_ENDS;
use crate::rules::machinery::text::numbering::whole_number;
use crate::rules::machinery::word_lists::WordLists;
use crate::rules::{Findings, Held};

/// Reports every share in words that the percentage beside it does not bear out.
pub(super) fn judge_rough_shares(findings: &mut Findings<'_>, passage: &Passage, text: &Text) {
    for (i, mention) in passage.mentions.iter().enumerate().filter(|(_, m)| is_share(m)) {
        let at = place(passage, text, &mention.digits);
        // A share that its figures do not give has been reported.
        if findings.list.iter().any(|finding| finding.primary.place == at) {
            continue;
        }
        for said in beside(text.printed(), mention) {
            let Some(rough) = rough(said) else { continue };
            if rough.holds(mention.value) {
                continue;
            }
            let told = mention.value.normalize();
            findings.held(passage, i, Held::Text(format!("旁边说“{said}”")));
            let finding = findings.report(
                at.clone(),
                format!("这里写 {told}%，旁边说“{said}”，两处不合"),
                "与旁边的说法不合",
            );
            finding.help.push("核对比例，改正写错的那一处".to_owned());
        }
    }
}

fn is_share(mention: &Mention) -> bool {
    let exact = mention.exactness == Exactness::Exact && mention.is_typed();
    mention.unit == Unit::Percent && exact && mention.growth.is_none()
}

/// The clauses before and behind a percentage: 超过半数，占52.9%，接近六成.
fn beside<'a>(text: &'a str, mention: &Mention) -> impl Iterator<Item = &'a str> {
    let comma = ['，', ','];
    let before = text.get(..mention.digits.start).and_then(|before| {
        let own = before.rfind(CLAUSE_ENDS)?;
        let before = before[own..].starts_with(comma).then_some(&before[..own])?;
        before.rsplit(CLAUSE_ENDS).next()
    });
    let behind = text.get(mention.range.end..).and_then(|behind| {
        let behind = behind.strip_prefix(comma)?;
        behind.split(CLAUSE_ENDS).next()
    });
    [before, behind].into_iter().flatten()
}

/// A half, which alone is one of something else as often as not.
const HALF: &str = "半";

/// A share in words.
pub(super) struct Rough {
    /// Per cent.
    pub(super) of: Decimal,
    pub(super) bound: Bound,
}

/// The side of the share in words on which the real one lies.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Bound {
    /// 超过, 以上.
    More,
    /// 不到, 不足.
    Less,
    /// 近, 接近.
    Near,
    /// 九成 and nothing besides.
    About,
    /// 三分之一 and nothing besides.
    Just,
}

impl Rough {
    /// True if a share in per cent is what the words say.
    pub(super) fn holds(&self, share: Decimal) -> bool {
        self.bound.holds(share, self.of)
    }
}

impl Bound {
    /// True if a share in per cent lies on this side of another one.
    pub(super) fn holds(self, share: Decimal, of: Decimal) -> bool {
        /// The most by which a share in words that nothing bounds misses the real one.
        const ABOUT: i64 = 6;
        /// Likewise, a fraction.
        const JUST: i64 = 4;
        /// The most by which one that is near to a share is less.
        const NEAR: i64 = 6;
        match self {
            Self::About => (share - of).abs() <= Decimal::from(ABOUT),
            Self::Just => (share - of).abs() <= Decimal::from(JUST),
            Self::More => share >= of,
            Self::Less => share <= of,
            // 近四成 is said of 38%, and now and then of 40.3%.
            Self::Near => {
                share >= of - Decimal::from(NEAR) && share <= of.saturating_add(Decimal::ONE)
            }
        }
    }
}

/// Reports a share told in tenths that none of the possible wholes of its part bears out: 15件，自然人12件，占九成.
pub(super) fn judge_tenths(
    findings: &mut Findings<'_>,
    (passage, text): (&Passage, &Text),
    i: usize,
    value: Decimal,
    wholes: &[Decimal],
) {
    let mention = &passage.mentions[i];
    let printed = text.printed();
    let lists = WordLists::get();
    // 占新收申请的四成多: of what, the reading has said.
    let before = &printed[..mention.digits.start];
    let bounds = [&lists.rough_more, &lists.rough_less, &lists.rough_near];
    let bound = bounds.into_iter().filter_map(|words| words.end_of(before)).max_by_key(|w| w.len());
    let behind = printed[mention.digits.start..].split(CLAUSE_ENDS).next().unwrap_or_default();
    let said = format!("{}{behind}", bound.unwrap_or_default());
    let share = |whole: &Decimal| value.saturating_mul(Decimal::ONE_HUNDRED).checked_div(*whole);
    let Some(rough) = share_in_words(&said) else { return };
    let bound = rough.bound.unwrap_or(Bound::About);
    let rough = Rough { of: rough.of, bound };
    let shares: Vec<Decimal> = wholes.iter().filter_map(share).collect();
    let Some((first, whole)) = shares.first().zip(wholes.first()) else { return };
    if *first > Decimal::ONE_HUNDRED {
        return; // 人均4200元；其中546万元，占一成: of another whole.
    }
    let right = first.round_dp(1).normalize();
    findings.held(passage, i, Held::Text(format!("{value} 除以 {whole}")));
    if shares.iter().any(|share| rough.holds(*share)) {
        return;
    }
    let finding = findings.report(
        place(passage, text, &mention.digits),
        format!("文字说“{said}”：{value} 除以 {whole} 是 {right}%"),
        format!("应为 {right}%"),
    );
    finding.help.push("核对件数和比例；总数不是这个数的，在文字中写明“占……的”".to_owned());
}

/// Reports every share in tenths that stands alone behind a figure with a bound, and that none of the possible wholes of the
/// figure bears out: 商业企业34件、科研机构12件，共46件，接近四成.
pub(super) fn judge_bare_tenths(
    report: &Report,
    findings: &mut Findings<'_>,
    passage: &Passage,
    text: &Text,
) {
    let mentions = &passage.mentions;
    for (part, pair) in mentions.windows(2).enumerate() {
        let [own, told] = pair else { continue };
        let rough = told.unit == Unit::Percent
            && told.exactness != Exactness::Exact
            && told.is_typed()
            && told.share.is_none()
            && told.growth.is_none();
        let exact = own.exactness == Exactness::Exact && own.growth.is_none();
        let between = text.printed().get(own.range.end..told.digits.start);
        let bound = between.and_then(|between| between.strip_prefix('，')).unwrap_or_default();
        let said = behind_rate(text.printed(), own, bound);
        let of_rate = said.len() < bound.len();
        let bound = said;
        if rough && exact && is_bound(bound) && own.unit.counter().is_some() {
            let mut wholes = wholes_of_part(report, passage, part);
            if wholes.is_empty() && of_rate {
                wholes.extend(larger_before(passage, part));
            }
            judge_tenths(findings, (passage, text), part + 1, own.value, &wholes);
        }
    }
}

/// The figure right before a part, if it may be its whole: 意见40条，采纳34条.
fn larger_before(passage: &Passage, part: usize) -> Option<Decimal> {
    let own = &passage.mentions[part];
    let before = &passage.mentions[part.checked_sub(1)?];
    let fits = before.same_unit(own) && before.counts_exactly() && before.value >= own.value;
    (fits && before.sentence == own.sentence).then_some(before.value)
}

/// The words of a clause behind the name of a rate, where that is named after a figure: 采纳34条，采纳率超过九成.
pub(super) fn behind_rate<'c>(text: &str, part: &Mention, clause: &'c str) -> &'c str {
    const LONGEST: usize = 5;
    const RATE: char = '率';
    let Some((name, rest)) = clause.split_once(RATE) else { return clause };
    let lead = text.get(..part.digits.start).unwrap_or_default();
    let lead = lead.rsplit(CLAUSE_ENDS).next().unwrap_or_default();
    let named = (2..=LONGEST).contains(&name.chars().count()) && lead.contains(name);
    if named { rest } else { clause }
}

/// True if some words are no more than the bound of a share: 接近, 已超过.
fn is_bound(words: &str) -> bool {
    let lists = WordLists::get();
    let mut rest = words;
    while let Some(filler) = lists.rough_fillers.start_of(rest) {
        rest = &rest[filler.len()..];
    }
    let bounds = [&lists.rough_more, &lists.rough_less, &lists.rough_near];
    bounds.into_iter().any(|words| words.has(rest))
}

/// The share that a clause tells in words with a bound, and nothing besides: 已经超过一半, 占比近四成.
fn rough(clause: &str) -> Option<Rough> {
    let InWords { of, bound, .. } = share_in_words(clause)?;
    bound.map(|bound| Rough { of, bound })
}

/// The bound with which some words begin, and its word.
pub(super) fn bound_at(words: &str) -> Option<(Bound, &'static str)> {
    let lists = WordLists::get();
    let sides = [
        (&lists.rough_more, Bound::More),
        (&lists.rough_less, Bound::Less),
        (&lists.rough_near, Bound::Near),
    ];
    sides.into_iter().find_map(|(list, bound)| Some((bound, list.start_of(words)?)))
}

/// A share in words, with its bound where one is told.
pub(super) struct InWords {
    pub(super) of: Decimal,
    pub(super) bound: Option<Bound>,
    /// True for 三分之一, and not for 三成.
    pub(super) is_fraction: bool,
}

/// The share that a clause tells in words, and nothing besides.
pub(super) fn share_in_words(clause: &str) -> Option<InWords> {
    let lists = WordLists::get();
    let mut rest = clause.trim();
    while let Some(filler) = lists.rough_fillers.start_of(rest) {
        rest = &rest[filler.len()..];
    }
    let (rest, bound) = match bound_at(rest) {
        Some((bound, word)) => (&rest[word.len()..], Some(bound)),
        None => (rest, None),
    };
    let listed = lists.rough_shares.iter().find(|share| rest.starts_with(share.words.as_str()));
    let listed =
        listed.map(|share| (Decimal::new(i64::from(share.thousandths), 1), share.words.len()));
    let (of, length) = listed.or_else(|| fraction(rest))?;
    let end = &rest[length..];
    let more = lists.rough_ends.has(end);
    if !end.is_empty() && !more {
        return None;
    }
    let bound = bound.or(more.then_some(Bound::More));
    Some(InWords { of, bound, is_fraction: fraction(rest).is_some() })
}

/// The share in words round one of its characters, with its bytes: 近两成, 一半以上, 三分之一.
pub(super) fn rough_share_round(text: &str, at: usize) -> Option<(Range<usize>, Rough)> {
    /// The most characters of a share in words before the one that is given.
    const BEFORE: usize = 3;
    let lists = WordLists::get();
    let starts = text[..at].char_indices().rev().take(BEFORE).map(|(start, _)| start);
    let share = |start: usize| {
        let words = &text[start..];
        let listed = lists.rough_shares.iter().filter(|share| words.starts_with(&share.words));
        let listed = listed.max_by_key(|share| share.words.len());
        let listed =
            listed.map(|share| (Decimal::new(i64::from(share.thousandths), 1), share.words.len()));
        let (of, length) = listed.or_else(|| fraction(words))?;
        (start + length > at).then_some((start, start + length, of))
    };
    let (start, end, of) = starts.chain([at]).filter_map(share).min_by_key(|(start, ..)| *start)?;
    let is_fraction = fraction(&text[start..]).is_some();
    let before = &text[..start];
    let sides = [
        (&lists.rough_more, Bound::More),
        (&lists.rough_less, Bound::Less),
        (&lists.rough_near, Bound::Near),
    ];
    let sides = sides.into_iter().filter_map(|(words, bound)| Some((words.end_of(before)?, bound)));
    let side = sides.max_by_key(|(word, _)| word.len());
    let behind = &text[end..];
    let more = lists.rough_ends.start_of(behind);
    // 上半年, 近半天: no share.
    let periods = &Lexicon::get().sums.periods;
    let is_time = [&periods.named, &periods.days].into_iter().any(|w| w.start_of(behind).is_some());
    if &text[start..end] == HALF && (side.is_none() || is_time) {
        return None;
    }
    let bound = match (side, more) {
        (Some((_, bound)), _) => bound,
        (None, Some(_)) => Bound::More,
        (None, None) if is_fraction => Bound::Just,
        (None, None) => Bound::About,
    };
    let start = start - side.map_or(0, |(word, _)| word.len());
    Some((start..end + more.map_or(0, str::len), Rough { of, bound }))
}

/// The fraction with which some words begin, in per cent, and its bytes: 五分之四.
fn fraction(words: &str) -> Option<(Decimal, usize)> {
    const OF: &str = "分之";
    let (whole, length) = whole_number(words)?;
    let behind = words[length..].strip_prefix(OF)?;
    let (part, part_length) = whole_number(behind)?;
    let share = Decimal::from(part).checked_mul(Decimal::ONE_HUNDRED)?;
    let of = share.checked_div(Decimal::from(whole))?.round_dp(1);
    (part < whole).then_some((of, length + OF.len() + part_length))
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check_text;

    #[test]
    fn words_that_the_percentage_does_not_bear_out() {
        for wrong in [
            "网上提交的占47.6%，已经超过一半。",
            "企业申请42件，占比过半，占42.9%。",
            "满意的占58.2%，不到一半。",
            "新媒体发布占63.5%，近六成。",
            "网站发布占71.4%，占比八成以上。",
            "网站发布占34.4%，不足三成。",
            "发布信息63条，其中政策类30条，占47.6%，已经超过一半。",
            "发布信息63条，其中政策类33条，占52.4%，不到一半。",
            "发布信息150条，其中政策类120条，占九成，解读类30条。",
            "发布信息150条，其中政策类88条，占六成以上，解读类62条。",
            "发布信息386条，其中政策类147条，占四成多。",
            "发布信息386条，其中政策类147条，接近六成。",
            "发布信息386条，其中政策类127条，接近四成。",
        ] {
            check_text(&super::super::share_wrong::RULE, wrong, "", 1);
        }
    }

    #[test]
    fn words_that_fit_or_speak_of_something_else() {
        for fine in [
            "网上提交的占52.6%，已经超过一半。",
            "自然人申请9件，超过半数，占52.9%。",
            "满意的占48.2%，不到一半，接近五成。",
            "新媒体发布占40.3%，近四成。",
            "网站发布占71.4%，超过一半的栏目按时更新。",
            "网站发布占34.4%，市直部门接近一半。",
            "发布信息63条，其中政策类33条，占52.4%，已经超过一半。",
            "发布信息63条，其中政策类30条，占47.6%，接近一半。",
            "发布信息63条，其中政策类30条，占47.6%，超过半数的单位参加了培训。",
            "发布信息63条，政策类增长47.6%，已经超过一半。",
            "发布信息150条，其中政策类88条，占六成，解读类62条，占四成。",
            "发布信息150条，其中政策类120条，占八成以上。",
            "发布信息150条，其中政策类134条，近九成。",
            "发布信息386条，其中政策类147条，接近四成。",
            "发布信息386条，解读147条，接近六成的来自处室。",
        ] {
            check_text(&super::super::share_wrong::RULE, fine, "", 0);
        }
    }
}
