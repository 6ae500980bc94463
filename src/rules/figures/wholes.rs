//! The figures of the texts and tables that a share may be of, where its sentence names none.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::edition::RequestRow;
use crate::prose::{
    Counted, Exactness, Lexicon, Mention, Passage, Prose, QuantityKind, Share, Term, Unit,
    are_swapped, percent, readings, row_value,
};
use crate::report::{Report, Text};
use crate::rules::figures::named_shares::is_of_one_row;
use crate::rules::figures::plausible::is_slip;

/// The least digits and marks of a share that is held against wholes told elsewhere; shorter ones agree by chance.
const DECISIVE: usize = 4;

/// The parts of the texts with their wholes, by their value.
pub(super) type Parts<'a> = BTreeMap<Decimal, Vec<(&'a Mention, Decimal)>>;

/// Every figure of the texts that is told as a part, with what it is a part of.
pub(super) fn parts(prose: &Prose) -> Parts<'_> {
    /// Smaller figures are told of many things.
    const SMALLEST: u32 = 10;
    /// The most wholes of one value; who repeats a figure more often repeats its whole, too.
    const MOST: usize = 8;
    let mut parts: Parts<'_> = BTreeMap::new();
    for passage in &prose.passages {
        let mentions = &passage.mentions;
        for part in mentions.iter().filter(|part| part.value >= Decimal::from(SMALLEST)) {
            let of_list = part.list.map(|list| passage.lists[list].whole);
            let of_sum = part.sum.and_then(|sum| passage.sums[sum].total);
            let told = parts.entry(part.value).or_default();
            for whole in of_list.into_iter().chain(of_sum).map(|whole| mentions[whole].value) {
                if whole > part.value && told.len() < MOST {
                    told.push((part, whole));
                }
            }
        }
    }
    parts
}

/// The wholes that a share may be of where its own words name none: told elsewhere, near it, or of the tables.
pub(super) fn untold(
    report: &Report,
    (passage, text): (&Passage, &Text),
    part: usize,
    share: &Mention,
    parts: &Parts<'_>,
) -> Vec<Decimal> {
    let own = &passage.mentions[part];
    let elsewhere = wholes_elsewhere(parts, own, share);
    if !elsewhere.is_empty() {
        return elsewhere;
    }
    let near = wholes_near(passage, part, share);
    if near.is_empty() { wholes_of_applications(report, text, own, share) } else { near }
}

/// The wholes of which a figure is told as a part in other places of the texts: 仅285条，占三个渠道总量的22.1%. One that
/// gives quite another share than the one told is not meant.
fn wholes_elsewhere(parts: &Parts<'_>, part: &Mention, share: &Mention) -> Vec<Decimal> {
    if share.digits.len() < DECISIVE {
        return Vec::new();
    }
    let told = parts.get(&part.value).map_or(&[][..], Vec::as_slice);
    let same = told.iter().filter(|(other, _)| other.same_unit(part)).map(|(_, whole)| *whole);
    let right = |whole: Decimal| percent(part.value, whole, share.places);
    let fitting = same.clone().find(|whole| right(*whole) == Some(share.value));
    let slip = |whole: &Decimal| {
        right(*whole).is_some_and(|right| is_slip(plain(right, share), plain(share.value, share)))
    };
    fitting.or_else(|| same.clone().find(slip)).into_iter().collect()
}

/// The figures before a part in its sentence, of the same time, that may be its whole: 259条信息中大部分由处室提供，学院仅37条，只占14.3%. One that
/// gives quite another share than the one told is not meant.
pub(super) fn wholes_near(passage: &Passage, part: usize, share: &Mention) -> Vec<Decimal> {
    /// The most figures that are looked at.
    const NEAR: usize = 12;
    /// Of two digits only two that stand the other way round are a slip: 4.3% told as 3.4%.
    const SHORT: usize = 2;
    let short = share.digits.len() < DECISIVE;
    let (mentions, own) = (&passage.mentions, &passage.mentions[part]);
    let may_be = |whole: &&Mention| {
        (whole.sentence == own.sentence || heads_sentence_before(passage, part, whole))
            && whole.same_unit(own)
            && whole.value > own.value
            // 3月上线，归集政策64项，免申即享的23项，占35.9%: of one time, whichever.
            && whole.of_this_year == own.of_this_year
            && whole.exactness == Exactness::Exact
    };
    let wholes = mentions[part.saturating_sub(NEAR)..part].iter().rev().filter(may_be);
    let right = |whole: &Mention| percent(own.value, whole.value, share.places);
    let fitting = wholes.clone().find(|whole| right(whole) == Some(share.value));
    let slip = |whole: &&Mention| {
        right(whole).is_some_and(|right| match short {
            true => are_swapped(plain(right, share), plain(share.value, share), SHORT),
            false => is_slip(plain(right, share), plain(share.value, share)),
        })
    };
    let wrong = || wholes.clone().take(if short { 1 } else { NEAR }).find(slip);
    let anywhere = || told_anywhere(passage, part, share);
    let near = fitting.map(|whole| whole.value).or_else(anywhere);
    near.or_else(|| wrong().map(|whole| whole.value)).into_iter().collect()
}

/// A figure before a part in its text that gives the share as told: 新收308件……从诉求看，查询档案的141件，占45.8%.
pub(super) fn told_anywhere(passage: &Passage, part: usize, share: &Mention) -> Option<Decimal> {
    /// The most figures that are looked at.
    const NEAR: usize = 24;
    let own = &passage.mentions[part];
    let before = passage.mentions[part.saturating_sub(NEAR)..part].iter().rev();
    let mut wholes = before.filter(|whole| {
        let plain = whole.exactness == Exactness::Exact && whole.growth.is_none();
        plain && whole.same_unit(own) && whole.value > own.value && whole.of_this_year
    });
    let gives =
        |whole: &&Mention| percent(own.value, whole.value, share.places) == Some(share.value);
    wholes.find(gives).map(|whole| whole.value)
}

/// The applications of the tables as the whole of some that one applicant made: 一名申请人提交8件，占24.2%. One that gives
/// quite another share than the one told is not meant.
fn wholes_of_applications(
    report: &Report,
    text: &Text,
    part: &Mention,
    share: &Mention,
) -> Vec<Decimal> {
    let words = text.printed().get(part.phrase.start..part.digits.start).unwrap_or_default();
    let of_cases = part.unit.counter().is_some_and(|counter| counter.counts_cases());
    if share.digits.len() < DECISIVE || !of_cases || !words.contains("申请") {
        return Vec::new();
    }
    let wholes = to_handle(report).into_iter().chain(row_value(report, RequestRow::OutcomeTotal));
    let right = |whole: Decimal| percent(part.value, whole, share.places);
    let fitting = wholes.clone().find(|whole| right(*whole) == Some(share.value));
    let slip = |whole: &Decimal| {
        right(*whole).is_some_and(|right| is_slip(plain(right, share), plain(share.value, share)))
    };
    fitting.or_else(|| wholes.clone().find(slip)).into_iter().collect()
}

/// The sum of a part and those before it in its sentence, with the whole told, where the share is theirs: 予以公开5件，部分公开2件，
/// 占办结数的58.3%.
fn of_siblings(
    report: &Report,
    mentions: &[Mention],
    part: usize,
    whole: &Counted,
    share: &Mention,
) -> Option<(Decimal, Decimal)> {
    /// The most parts that are added.
    const MOST: usize = 4;
    let own = &mentions[part];
    let is_sibling = |mention: &&Mention| {
        mention.sentence == own.sentence && mention.same_unit(own) && mention.growth.is_none()
    };
    let wholes = readings(report, whole).into_iter().flatten().filter_map(|r| r.value);
    let wholes: Vec<Decimal> = wholes.collect();
    let mut sum = Decimal::ZERO;
    let siblings = mentions[..=part].iter().rev().filter(|m| m.unit != Unit::Percent);
    for sibling in siblings.take_while(is_sibling).take(MOST) {
        sum = sum.saturating_add(sibling.value);
        let several = sum > own.value;
        let fits =
            |whole: &&Decimal| several && percent(sum, **whole, share.places) == Some(share.value);
        if let Some(whole) = wholes.iter().find(fits) {
            return Some((sum, *whole));
        }
    }
    None
}

/// Two figures near a share that give just it, where those that its words seem to name do not: 承办291件，公开247件，其中建议
/// 109件、提案138件，公开比例84.9%. A share of few digits agrees by chance, and so does one of some other part.
pub(super) fn of_others_near(
    report: &Report,
    (passage, text): (&Passage, &Text),
    told: &Share,
    share: &Mention,
) -> Option<(Decimal, Decimal)> {
    /// The most figures that are looked at.
    const NEAR: usize = 10;
    /// The least digits and marks of a share of the part that its words name.
    const SHORTEST: usize = 3;
    let mentions = &passage.mentions;
    let own = &mentions[told.part];
    if told.whole_figure.is_some() || share.digits.len() < SHORTEST || share.places == 0 {
        return None;
    }
    // 占新收申请的76.3%: of that row, whatever other figures stand near.
    let of_row = told.whole.as_ref().is_some_and(|whole| is_of_one_row(report, whole));
    if of_row && told.whole_is_plain || told.finish && is_of_due(passage, told.part) {
        return told
            .whole
            .as_ref()
            .filter(|_| told.others.is_empty())
            .and_then(|whole| of_siblings(report, mentions, told.part, whole, share));
    }
    // 占办结数的8%: of some figure that counts those, too.
    let kind = |mention: &Mention| mention.counted.as_ref().map(|counted| counted.kind);
    let named = told.whole.as_ref().map(|counted| Some(counted.kind));
    let is_near = |mention: &&Mention| {
        mention.sentence + 1 >= own.sentence
            && mention.same_unit(own)
            && mention.of_this_year
            && mention.growth.is_none()
            && mention.exactness == Exactness::Exact
    };
    let near = &mentions[told.part.saturating_sub(NEAR)..=told.part];
    let figures = || near.iter().rev().filter(is_near);
    let is_whole = |mention: &&Mention| named.is_none_or(|named| kind(mention) == named);
    let free = named.is_none() && share.digits.len() >= DECISIVE;
    // 其中建议109件、提案138件，公开比例84.9%: of what those are parts of; 办结率: of any that were dealt with.
    let of_list = own.list.map(|list| passage.lists[list].whole);
    let of_sum = own.sum.and_then(|sum| passage.sums[sum].total);
    let holders = of_list.into_iter().chain(of_sum).map(|whole| mentions[whole].range.clone());
    let holders: Vec<_> = holders.collect();
    let is_part = |part: &&Mention| {
        let done = || Lexicon::get().sums.done.end_of(&text.printed()[..part.digits.start]);
        let stands_for = told.finish && done().is_some() || holders.contains(&part.range);
        part.range == own.range || free && stands_for && part.sentence == own.sentence
    };
    let parts = figures().filter(is_part);
    // 办结8352件，结转430件，办结率95.1%: of all that there were to handle, which is told of nothing.
    let all = to_handle(report).into_iter().filter(|_| told.finish);
    let wholes: Vec<Decimal> =
        figures().filter(is_whole).map(|whole| whole.value).chain(all).collect();
    let pairs = parts.flat_map(|part| wholes.iter().map(move |whole| (part.value, *whole)));
    let gives = |(part, whole): &(Decimal, Decimal)| {
        part < whole && percent(*part, *whole, share.places) == Some(share.value)
    };
    pairs.into_iter().find(gives)
}

/// The decided cases of each kind of proceedings of which a figure may count some, where a share is said to be of decided ones and no figure tells
/// them: 复议结果纠正11件，占已审结案件的12.4% may be of those of its own kind.
pub(super) fn wholes_of_cases(report: &Report, part: &Mention, share: &Share) -> Vec<Decimal> {
    let aspect_of = |counted: &Counted| {
        let aspects = counted.terms.iter().map(|term| match term {
            Term::Subject { aspect, .. } => *aspect,
            Term::Quantity(_) | Term::Requests => None,
        });
        aspects.flatten().next()
    };
    let lexicon = Lexicon::get();
    let decided = lexicon.decided();
    let of_decided = share.whole.as_ref().is_some_and(|whole| aspect_of(whole) == decided);
    let counted = part.counted.as_ref().filter(|own| own.kind == QuantityKind::Proceeding);
    let counted = counted.filter(|_| of_decided && share.whole_figure.is_none());
    let Some((counted, aspect)) = counted.and_then(|own| Some((own, aspect_of(own)?))) else {
        return Vec::new();
    };
    let value = |subject, aspect| {
        let terms = vec![Term::Subject { subject, aspect }];
        readings(report, &Counted { terms, ..counted.clone() }).into_iter().flatten().next()?.value
    };
    let kinds = (0..lexicon.subjects.len())
        .filter(|subject| lexicon.subjects[*subject].kind() == QuantityKind::Proceeding);
    kinds
        .filter(|subject| value(*subject, Some(aspect)) == Some(part.value))
        .filter_map(|subject| value(subject, decided))
        .collect()
}

/// A rate as a whole number of its last printed place, so that the zero of 60.0 is a digit.
fn plain(rate: Decimal, share: &Mention) -> Decimal {
    rate.saturating_mul(Decimal::from(10_u64.pow(share.places.min(4))))
}

/// The applications that there were to handle, where a rate of those dealt with is told directly behind them: 应办225件，办结214件，
/// 办结率95.1%.
pub(super) fn due(passage: &Passage, rate: usize) -> Option<Decimal> {
    let share = passage.mentions[rate].share.as_ref().filter(|share| share.finish)?;
    let due = share.part.checked_sub(1).filter(|_| is_of_due(passage, share.part))?;
    Some(passage.mentions[due].value)
}

/// True if the figure before another one of its sentence tells what there was to handle.
fn is_of_due(passage: &Passage, part: usize) -> bool {
    let Some(due) = part.checked_sub(1).map(|before| &passage.mentions[before]) else {
        return false;
    };
    let lexicon = Lexicon::get();
    let named =
        ["to_handle", "received_in_all"].map(|key| lexicon.quantity(key).map(Term::Quantity));
    let part = &passage.mentions[part];
    let counted = due.counted.as_ref().and_then(|counted| counted.terms.last().copied());
    counted.is_some()
        && named.contains(&counted)
        && due.sentence == part.sentence
        && due.exactness == Exactness::Exact
        && due.value >= part.value
}

/// True if a figure is the first of the sentence before a part: 网站发布信息52条。公告14条，占26.9%.
fn heads_sentence_before(passage: &Passage, part: usize, whole: &Mention) -> bool {
    let sentence = passage.mentions[part].sentence;
    let before = passage.mentions[..part]
        .iter()
        .rev()
        .take_while(|m| m.sentence + 1 >= sentence)
        .filter(|m| m.sentence + 1 == sentence);
    before.last().is_some_and(|first| first.range == whole.range)
}

/// The applications that came in, without and with those carried over from the year before.
pub(super) fn to_handle(report: &Report) -> Vec<Decimal> {
    let value = |row| row_value(report, row);
    let all = value(RequestRow::Received).zip(value(RequestRow::CarriedIn));
    let all = all.and_then(|(a, b)| a.checked_add(b));
    value(RequestRow::Received).into_iter().chain(all).collect()
}
