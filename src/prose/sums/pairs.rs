//! Sums whose figures do not stand in one row: amounts beside numbers of cases, and what something grew from and to.

use rust_decimal::Decimal;

use super::gap::MARKS;
use super::{Figures, Sum, counts_parts, of, of_change};
use crate::prose::arithmetic::added;
use crate::prose::lexicon::{Counter, Lexicon, Words};
use crate::prose::mention::Mention;
use crate::prose::numeral::{Exactness, Unit};
use crate::prose::slip::near;

/// 发出通知12件，收取4860元，其中甲局5件2300元，乙局4件1560元，丙局3件1000元: the pairs of each body add up to the two
/// figures before them.
pub(super) fn of_bodies(text: &str, mentions: &[Mention], figures: &Figures) -> Vec<Sum> {
    let all: Vec<usize> = figures.before.iter().chain(&figures.own).copied().collect();
    let is_exact = |i: &usize| mentions[*i].exactness == Exactness::Exact;
    let Some((first, opened)) = first_pair(text, mentions, figures) else { return Vec::new() };
    let pairs = &figures.own[first..];
    let n_before = figures.before.len() + first;
    let lead = from(text, mentions, figures, first);
    let words = &Lexicon::get().sums;
    let selects = words.some.are_in(lead);
    let open = pairs.iter().any(|i| mentions[*i].open_end) || !pairs.iter().all(is_exact);
    if selects || open {
        return Vec::new();
    }
    // 向6件收取1420元，按件4件、980元，按量2件、440元: without a word, where one of the two sums comes out.
    let of_pairs = |sums: Vec<Sum>| match opened || sums.iter().any(|sum| sum.fits) {
        true => sums,
        false => Vec::new(),
    };
    let mere = words.opens.are_in(lead) && !words.complete.are_in(lead);
    let sums: Vec<Sum> = [0, 1]
        .into_iter()
        .filter_map(|nth| {
            let parts: Vec<usize> = pairs.iter().skip(nth).step_by(2).copied().collect();
            let of_unit = |i: &&usize| mentions[**i].same_unit(&mentions[parts[0]]) && is_exact(i);
            let total = *all[..n_before].iter().rev().find(of_unit)?;
            let sum = added(mentions, &parts);
            let fits = sum == mentions[total].value;
            let large = parts.iter().any(|part| mentions[*part].value > mentions[total].value);
            Some(Sum { complete: !mere, impossible: large, ..of(&parts, Some(total), fits) })
        })
        .collect();
    // Where the cases are all there, so are the amounts.
    let all = sums.iter().any(|sum| sum.fits);
    let sums = sums.into_iter().map(|sum| Sum { complete: sum.complete || all, ..sum });
    of_pairs(sums.collect())
}

/// The place of the first of two pairs or more up to the end of a sentence, each of a number of cases and an amount; and
/// whether a word opens them. Without one, the first of three pairs or more is their totals.
fn first_pair(text: &str, mentions: &[Mention], figures: &Figures) -> Option<(usize, bool)> {
    let own = &figures.own;
    let is_pair = |first: usize| {
        let (Some(a), Some(b)) = (own.get(first), own.get(first + 1)) else { return false };
        let (a, b) = (&mentions[*a], &mentions[*b]);
        let money = |mention: &Mention| mention.unit == Unit::Yuan;
        let cases = |mention: &Mention| mention.unit.counter().is_some_and(Counter::counts_cases);
        let between = text.get(a.range.end..b.digits.start).unwrap_or_default();
        (money(a) && cases(b) || cases(a) && money(b)) && is_short(between)
    };
    let mut first = own.len();
    while first >= 2 && is_pair(first - 2) {
        let alike =
            own.get(first).is_none_or(|next| mentions[own[first - 2]].same_unit(&mentions[*next]));
        // A name stands before each pair but in the totals, which an opening parts from them.
        if !alike {
            break;
        }
        first -= 2;
    }
    let words = &Lexicon::get().sums;
    let is_one = |i: usize| mentions[i].value == Decimal::ONE && mentions[i].unit != Unit::Yuan;
    let opened = (first..own.len()).step_by(2).find(|i| {
        let lead = from(text, mentions, figures, *i);
        // 收费情况：发出通知9件，收取3860元，其中…: nothing stands before to be taken apart.
        if *i == 0 && figures.before.is_empty() {
            return false;
        }
        let told = words.opens.are_in(lead) || words.complete.are_in(lead);
        // 涉及通知2件，一件按页计收280元，另一件按件计收300元.
        let one_by_one = lead == "，" && (*i..own.len()).step_by(2).all(|i| is_one(own[i]));
        told || one_by_one || lead.contains(['：', ':'])
    });
    let totals = if own.len() >= first + 6 { 2 } else { 0 };
    let start = opened.unwrap_or(first + totals);
    (own.len() >= start + 4).then_some((start, opened.is_some()))
}

/// True if words between the two figures of a pair say no more than a verb.
fn is_short(words: &str) -> bool {
    const LONGEST: usize = 8;
    words.chars().count() <= LONGEST && !words.contains(['；', '。', '：'])
}

/// The words before a figure of a sentence.
fn from<'a>(text: &'a str, mentions: &[Mention], figures: &Figures, nth: usize) -> &'a str {
    let start = match nth.checked_sub(1) {
        Some(before) => mentions[figures.own[before]].range.end,
        None => figures.start,
    };
    text.get(start..mentions[figures.own[nth]].digits.start).unwrap_or_default()
}

/// 21个部门和13个乡镇共34家单位, 18个村和2个社区共20个村级单位: two kinds of bodies, and how many they are in another unit or by
/// another name.
pub(super) fn of_two_kinds(text: &str, mentions: &[Mention], figures: &Figures) -> Vec<Sum> {
    const NTH: u32 = 10;
    let words = &Lexicon::get().sums;
    threes(mentions, figures)
        .filter_map(|(nth, three)| {
            let [one, other, all] = [0, 1, 2].map(|i| &mentions[three[i]]);
            let [between, behind] = [1, 2].map(|i| from(text, mentions, figures, nth + i));
            let joined =
                words.joins.iter().any(|word| between.contains(word)) || between.contains('、');
            let total = words.total.end_of(behind).or(words.total_alone.end_of(behind));
            let joint = words.joins.end_of(between).unwrap_or("、");
            let names = [between.strip_suffix(joint), behind.strip_suffix(total.unwrap_or(" "))];
            let names = names.map(Option::unwrap_or_default);
            // 14个行政村和2个社区，共16个基层单位
            let named = behind.strip_suffix(total.unwrap_or_default()).unwrap_or(behind);
            let kinds = [between.strip_suffix(joint), named.strip_suffix('，')];
            let ends = &Lexicon::get().bodies.ends;
            let are_kinds =
                kinds.iter().all(|kind| kind.is_some_and(|kind| ends.end_of(kind).is_some()));
            let behind = if are_kinds { named.trim_end_matches('，') } else { behind };
            let plain =
                [between, behind].iter().all(|words| is_short(words) && !words.contains('，'));
            let behind_all = &text[all.range.end..];
            let bodies = match other.same_unit(all) {
                true => names_bodies(behind_all) || names_both(behind_all, names),
                false => words.bodies.start_of(behind_all).is_some(),
            };
            let alike = one.same_unit(other);
            if !(joined && plain && bodies && alike) || total.is_none() {
                return None;
            }
            let parts = [three[0], three[1]];
            let sum = added(mentions, &parts);
            let fits = sum == all.value;
            (fits || near(sum, all.value, NTH)).then(|| of(&parts, Some(three[2]), fits))
        })
        .collect()
}

/// 耕地补贴3124户、286.4万元，农机补贴47户、38.9万元，两项合计325.3万元: as many as a total names, each with a figure in another
/// unit before it.
pub(super) fn interleaved(text: &str, mentions: &[Mention], figures: &Figures) -> Vec<Sum> {
    const NTH: u32 = 3;
    const EACH: usize = 2;
    let own = &figures.own;
    let sum_of = |nth: usize| {
        let total = &mentions[own[nth]];
        let is_pair = |pair: &[usize]| {
            let [other, part] = [0, 1].map(|i| &mentions[pair[i]]);
            part.same_unit(total) && !other.same_unit(total) && part.exactness == Exactness::Exact
        };
        let lead = from(text, mentions, figures, nth);
        // 按件3份，共720元；按量2份，共600元；合计1320元
        let all = || own[..nth].rchunks_exact(EACH).take_while(|pair| is_pair(pair)).count();
        let bare = adds(lead);
        let n = counts_parts(lead).or_else(|| bare.then(all))?;
        let first = nth.checked_sub(n * EACH).filter(|_| n > 1)?;
        let alternate = own[first..nth].chunks(EACH).all(is_pair);
        let parts: Vec<usize> = own[first..nth].iter().skip(1).step_by(EACH).copied().collect();
        let sum = added(mentions, &parts);
        let close = alternate && (sum == total.value || near(sum, total.value, NTH));
        close.then(|| of(&parts, Some(own[nth]), sum == total.value))
    };
    (0..own.len()).filter_map(sum_of).collect()
}

/// 线上3期326人次、线下5期418人次，共8期744人次: pairs in two units, and both totals, of which one comes out.
pub(super) fn in_two_units(text: &str, mentions: &[Mention], figures: &Figures) -> Vec<Sum> {
    const NTH: u32 = 3;
    const EACH: usize = 2;
    let own = &figures.own;
    let mut sums = Vec::new();
    for last in EACH + 1..own.len() {
        let first = last - 1;
        let plain = from(text, mentions, figures, last).trim_start_matches(MARKS).is_empty();
        let is_pair = |pair: &[usize]| {
            let alike = |i: usize| mentions[pair[i]].same_unit(&mentions[own[first + i]]);
            alike(0) && alike(1) && pair.iter().all(|i| mentions[*i].exactness == Exactness::Exact)
        };
        // 三项合计2753人、796.5万元
        let counted = counts_parts(from(text, mentions, figures, first));
        if !plain
            || counted.is_none() && !adds(from(text, mentions, figures, first))
            || mentions[own[first]].same_unit(&mentions[own[last]])
        {
            continue;
        }
        let n = own[..first].rchunks_exact(EACH).take_while(|pair| is_pair(pair)).count();
        let n = counted.map_or(n, |counted| n.min(counted));
        let of_unit = |i: usize| {
            let parts = own[first - n * EACH..first].iter().skip(i).step_by(EACH).copied();
            let parts: Vec<usize> = parts.collect();
            let total = &mentions[own[first + i]];
            let sum = added(mentions, &parts);
            (of(&parts, Some(own[first + i]), sum == total.value), near(sum, total.value, NTH))
        };
        let both = [of_unit(0), of_unit(1)];
        if n > 1 && both.iter().any(|(sum, _)| sum.fits) && both.iter().all(|(_, near)| *near) {
            sums.extend(both.into_iter().map(|(sum, _)| sum));
        }
    }
    sums
}

/// True if the words before a figure, behind a mark, say that it adds those before it: ，共; ，合计收取.
fn adds(lead: &str) -> bool {
    let words = &Lexicon::get().sums;
    let clause = lead.strip_prefix(['，', '；']).unwrap_or_default();
    let verb = words.adds.start_of(clause).map(|word| &clause[word.len()..]);
    words.total.has(clause) || verb.is_some_and(|verb| verb.chars().all(char::is_alphabetic))
}

/// 在16个农技站、3个产业园各设1处公开点，一共建成19处: one for each of two kinds.
pub(super) fn one_for_each(text: &str, mentions: &[Mention], figures: &Figures) -> Vec<Sum> {
    const NEAR: u32 = 5;
    const EACH: char = '各';
    let words = &Lexicon::get().sums;
    let fours =
        (0..figures.own.len().saturating_sub(3)).map(|nth| (nth, &figures.own[nth..nth + 4]));
    fours
        .filter_map(|(nth, four)| {
            let [one, other, each, all] = [0, 1, 2, 3].map(|i| &mentions[four[i]]);
            let [between, for_each, behind] =
                [1, 2, 3].map(|i| from(text, mentions, figures, nth + i));
            let joined =
                words.joins.iter().any(|word| between.contains(word)) || between.contains('、');
            let (_, verb) = for_each.rsplit_once(EACH)?;
            let total = behind.rsplit('，').next().unwrap_or_default().trim_start_matches('一');
            let adds =
                words.adds.start_of(total).is_some() || words.total.start_of(total).is_some();
            let tells = joined
                && is_short(verb)
                && !for_each.contains(['，', '；'])
                && is_short(total)
                && adds
                && one.same_unit(other)
                && each.same_unit(all)
                && each.value == Decimal::ONE;
            let parts = [four[0], four[1]];
            let sum = added(mentions, &parts);
            let fits = sum == all.value;
            (tells && (fits || near(sum, all.value, NEAR))).then(|| of(&parts, Some(four[3]), fits))
        })
        .collect()
}

/// True if a text begins with a name for bodies of several kinds: 村级单位.
fn names_bodies(text: &str) -> bool {
    const LONGEST: usize = 6;
    let is_end = |c: char| !c.is_alphanumeric();
    let name = text.split(is_end).next().unwrap_or_default();
    let short: String = name.chars().take(LONGEST).collect();
    let words = &Lexicon::get().sums.bodies;
    (1..=short.chars().count()).any(|n| {
        let head: String = short.chars().take(n).collect();
        words.end_of(&head).is_some()
    })
}

/// True if a text begins with both of two names: 村（社区） of 村 and 社区.
fn names_both(text: &str, [one, other]: [&str; 2]) -> bool {
    let behind = text.strip_prefix(one).filter(|_| !one.is_empty() && !other.is_empty());
    let behind = behind.map(|behind| behind.trim_start_matches(['（', '(', '和', '、', '/']));
    behind.is_some_and(|behind| behind.starts_with(other))
}

/// 由33.5%升到38.8%，提高5.3个百分点; 22.7%，比上年的30%下降7.3个百分点: the smaller rate and the points are the larger.
pub(super) fn points(text: &str, mentions: &[Mention]) -> Vec<Sum> {
    let growth = &Lexicon::get().growth;
    let all = (2..mentions.len()).filter(|i| mentions[*i].unit == Unit::Points);
    all.filter_map(|i| {
        let [first, second, points] = [i - 2, i - 1, i].map(|i| &mentions[i]);
        let rates = [first, second].into_iter().all(|m| m.unit == Unit::Percent);
        let exact = [first, second, points].into_iter().all(|m| m.exactness == Exactness::Exact);
        let start = first.range.end;
        let between = text.get(start..second.digits.start).filter(|between| is_short(between))?;
        let behind = text.get(second.range.end..points.digits.start).filter(|b| is_short(b))?;
        // 由33.5%升到38.8%，较前年提高8.2个百分点: another year, or a goal.
        let (up, down) = way_of_points(behind);
        // 从上年的86%提高到今年的95%
        let own = between.strip_suffix('的').unwrap_or(between);
        let own =
            growth.this_year.end_of(own).map_or(between, |year| &own[..own.len() - year.len()]);
        // 达到53.6%，上年为47.9%，提高5.7个百分点: the second is that of the year before.
        let earlier = growth.last_year.are_in(between);
        let reaches = !earlier && growth.base_to.end_of(own).is_some();
        // 优良天数比率88.7% compares nothing.
        let named =
            growth.no_bases.iter().fold(between.to_owned(), |said, word| said.replace(word, ""));
        let compared = earlier || growth.base_behind.iter().any(|word| named.contains(word));
        if !rates
            || !exact
            || up == down
            || reaches == compared
            || first.sentence != points.sentence
        {
            return None;
        }
        let (base, now) = if reaches { (i - 2, i - 1) } else { (i - 1, i - 2) };
        let (smaller, larger) = if up { (base, now) } else { (now, base) };
        // Each may be rounded by half of its last place.
        let rounded = [first, second, points].map(|m| Decimal::new(5, m.places + 1));
        let most = rounded.into_iter().fold(Decimal::ZERO, |sum, half| sum + half);
        let off = (added(mentions, &[smaller, i]) - mentions[larger].value).abs();
        Some(of_change(smaller, i, larger, off <= most))
    })
    .collect()
}

/// True for each of two ways, up and down, if the words between a rate and the points say it: ，同比下降; ）提高; 的增速回落.
fn way_of_points(behind: &str) -> (bool, bool) {
    /// The most characters of the name of a rate.
    const NAME: usize = 4;
    let growth = &Lexicon::get().growth;
    let told = behind.trim_start_matches(['）', ')']).trim_start_matches(MARKS);
    let told = growth.by_periods.start_of(told).map_or(told, |word| &told[word.len()..]);
    let told = told.trim_end_matches('了');
    let named = |words: &Words| {
        let rest = told.strip_prefix('的')?;
        let name = &rest[..rest.len() - words.end_of(rest)?.len()];
        let short = name.chars().count() <= NAME && name.chars().all(char::is_alphabetic);
        short.then_some(())
    };
    let says =
        |lists: [&Words; 2]| lists.iter().any(|words| words.has(told) || named(words).is_some());
    (says([&growth.up, &growth.faster]), says([&growth.down, &growth.slower]))
}

/// 上半年407条、下半年507条，差距达100条; 上半年57篇，下半年79篇，下半年比上半年多22篇; 第四季度390条，比第三季度的268条增加122条: the
/// smaller and the difference are the larger.
pub(super) fn apart(text: &str, mentions: &[Mention], figures: &Figures) -> Vec<Sum> {
    let words = &Lexicon::get().sums.apart;
    threes(mentions, figures)
        .filter_map(|(nth, three)| {
            let [one, other, difference] = [0, 1, 2].map(|i| &mentions[three[i]]);
            let leads = [0, 1, 2].map(|i| from(text, mentions, figures, nth + i));
            let told = words.end_of(leads[2]).is_some() || is_compared(leads);
            if !told || !one.same_unit(other) || !other.same_unit(difference) {
                return None;
            }
            let (smaller, larger) =
                if one.value < other.value { (three[0], three[1]) } else { (three[1], three[0]) };
            let fits = added(mentions, &[smaller, three[2]]) == mentions[larger].value;
            Some(of_change(smaller, three[2], larger, fits))
        })
        .collect()
}

/// True if the words before three figures say that the third is how much more or less the one is than the other.
fn is_compared([one, other, difference]: [&str; 3]) -> bool {
    let growth = &Lexicon::get().growth;
    let changes = |words: &str| growth.up.has(words) || growth.down.has(words);
    let of_last_year = |words: &str| growth.last_year.iter().any(|year| words.contains(year));
    // 390条，比第三季度的268条增加
    let base = other.strip_prefix('，').filter(|said| is_short_name(said));
    let base = base.filter(|said| said.starts_with(['比', '较']) && said.ends_with('的'));
    if base.is_some_and(|said| !of_last_year(said) && !said.contains('年')) && changes(difference)
    {
        return true;
    }
    // 上半年57篇，下半年79篇，下半年比上半年多
    let Some((first, behind)) = difference.trim_start_matches(MARKS).split_once('比') else {
        return false;
    };
    let names = [one, other].map(|lead| lead.rsplit(MARKS).next().unwrap_or_default());
    let verb = growth.up.end_of(behind).or_else(|| growth.down.end_of(behind));
    let second = verb.and_then(|verb| behind.strip_suffix(verb)).unwrap_or_default();
    let is_of = |name: &str, told: &str| told.chars().count() >= 2 && name.contains(told);
    let [one, other] = names;
    is_of(one, first) && is_of(other, second) || is_of(one, second) && is_of(other, first)
}

/// True if some words are no more than a name.
fn is_short_name(words: &str) -> bool {
    const LONGEST: usize = 14;
    words.chars().count() <= LONGEST && !words.contains(['，', '；', '。', '：', '、'])
}

/// Every three exact figures of a sentence that follow each other, with the place of the first among its figures.
fn threes<'a>(
    mentions: &'a [Mention],
    figures: &'a Figures,
) -> impl Iterator<Item = (usize, [usize; 3])> + 'a {
    let exact = |i: &usize| mentions[*i].exactness == Exactness::Exact;
    let threes = figures.own.windows(3).enumerate();
    threes.filter_map(move |(nth, three)| {
        let three = <[usize; 3]>::try_from(three).ok()?;
        three.iter().all(exact).then_some((nth, three))
    })
}
