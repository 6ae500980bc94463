//! Figures of the year before that stand in brackets beside a change, or before it: 增长4.6%（上年为1229条）.

use rust_decimal::Decimal;

use crate::prose::clause::{Change, Growth};
use crate::prose::lexicon::{Lexicon, QuantityKind};
use crate::prose::mention::{Mention, Share};
use crate::prose::numeral::{Exactness, Unit};

/// Joins each such figure, and the change, to the figure that has changed.
pub(super) fn link_bases(text: &str, year: Option<u16>, mentions: &mut [Mention]) {
    for base in 1..mentions.len() {
        if let Some(Growth { of, change: Change::Base }) = mentions[base].growth {
            link_shorter(text, mentions, base, of);
        }
        let counts = matches!(mentions[base].unit, Unit::Counter(_));
        if !counts || mentions[base].growth.is_some() || !is_exact(&mentions[base]) {
            continue;
        }
        let Some((now, change, told)) = changed(text, year, mentions, base) else { continue };
        mentions[base].growth = Some(Growth { of: now, change: Change::Base });
        mentions[base].of_this_year = false;
        mentions[base].counted = None;
        if mentions[change].growth.is_none() {
            mentions[change].growth = Some(Growth { of: now, change: told });
        }
        link_rate_behind(text, mentions, base.max(change), now);
    }
}

/// 增加14件（上年57件），上升24.6%; 较上年的58310条增加2898条，增长4.97%: joins the rate that follows to the figure that has
/// changed.
fn link_rate_behind(text: &str, mentions: &mut [Mention], last: usize, now: usize) {
    let Some(rate) = mentions.get(last + 1) else { return };
    let growth = &Lexicon::get().growth;
    let words = text.get(mentions[last].range.end..rate.digits.start).unwrap_or_default();
    let words = words.trim_start_matches(['）', ')', '，', ',', '、']);
    let (up, down) = (growth.up.has(words), growth.down.has(words));
    let open = rate.unit == Unit::Percent && rate.growth.is_none() && rate.share.is_none();
    if open && up != down && is_exact(rate) {
        mentions[last + 1].growth = Some(Growth { of: now, change: Change::Rate(up) });
    }
}

/// 12.4个工作日，上年为14.1个工作日，缩短1.7个工作日: joins the change of a time to the figure that has changed.
fn link_shorter(text: &str, mentions: &mut [Mention], base: usize, now: usize) {
    let Some(change) = mentions.get(base + 1) else { return };
    let words = text.get(mentions[base].range.end..change.digits.start).unwrap_or_default();
    let words = words.trim_start_matches(['，', '、']).trim_end_matches('了');
    let growth = &Lexicon::get().growth;
    let longer = growth.up_of_times.has(words);
    let told = longer || growth.down_of_times.has(words);
    let open = change.growth.is_none() && change.share.is_none() && is_exact(change);
    let kind = by_unit(change, &mentions[base], longer);
    if told && open {
        mentions[base + 1].growth = kind.map(|change| Growth { of: now, change });
    }
}

/// Joins each share that no figure before it has to the figure behind it: 予以公开占38.2%，计63件.
pub(super) fn link_shares(text: &str, mentions: &mut [Mention]) {
    let clauses = &Lexicon::get().clauses;
    for rate in 0..mentions.len().saturating_sub(1) {
        let (told, behind) = (&mentions[rate], &mentions[rate + 1]);
        if let Some(share) = &told.share
            && share.part > rate
        {
            let parts = row_behind(text, mentions, rate, share.part);
            mentions[rate].share = parts.map(|parts| Share { others: parts, ..share.clone() });
            continue;
        }
        let open = told.unit == Unit::Percent && told.growth.is_none() && told.share.is_none();
        let counts = matches!(behind.unit, Unit::Counter(_)) && behind.growth.is_none();
        let words = text.get(told.phrase.start..told.digits.start).unwrap_or_default();
        let link = text.get(told.range.end..behind.digits.start).unwrap_or_default();
        if open && counts && clauses.counted_behind.has(link) && clauses.shares.are_in(words) {
            mentions[rate].share = Some(Share::of(rate + 1));
        }
    }
}

/// The figures of a row beside its first one, where the share of all of them stands before it: 三类占新收申请的65.4%，分别为71件、38件、
/// 25件.
fn row_behind(text: &str, mentions: &[Mention], rate: usize, first: usize) -> Option<Vec<usize>> {
    let lexicon = Lexicon::get();
    let counts = |i: usize| mentions[i].counts_exactly() && mentions[i].same_unit(&mentions[first]);
    let between = |i: usize| text.get(mentions[i].range.end..mentions[i + 1].digits.start);
    let joined = |words: &str| words == "、" || lexicon.sums.joins.has(words);
    let begins = first == rate + 1 && first < mentions.len() && counts(first);
    let told = between(rate).filter(|link| begins && lexicon.clauses.listed_behind.has(link));
    told?;
    let row = (first + 1..mentions.len())
        .take_while(|i| counts(*i) && between(i - 1).is_some_and(joined));
    Some(row.collect()).filter(|row: &Vec<usize>| !row.is_empty())
}

/// The figure that has changed and its change, where a figure is told as that of the year before.
fn changed(
    text: &str,
    year: Option<u16>,
    mentions: &[Mention],
    base: usize,
) -> Option<(usize, usize, Change)> {
    let gap = text.get(mentions[base - 1].range.end..mentions[base].digits.start)?;
    let clause = gap.rsplit(['，', '；', '。', ',', '\n']).next()?;
    let (before, behind) = split_at_last_year(clause, year)?;
    let growth = &Lexicon::get().growth;
    let opens = ['（', '('];
    let plain = growth.base_links.has(behind) || behind.is_empty();
    let change = if matches!(before, "（" | "(") && gap == clause {
        // 增长4.6%（上年为1229条）
        base.checked_sub(1).filter(|_| plain)?
    } else {
        // 较上年（598件）增长7.0%, 较年初的38.2万人增加3.5万人
        let with = growth.base_with.end_of(before).is_some()
            && growth.compared_behind.start_of(&text[mentions[base].range.end..]).is_some();
        let alone = before.is_empty() && stands_alone(text, mentions, base, clause);
        let compared = growth.base_behind.end_of(before).is_some() || with || alone;
        let bracket = behind.trim_end_matches(opens);
        let again = || alone && said_before(text, mentions, base).contains(behind);
        let fits = plain || bracket.is_empty() || growth.base_links.has(bracket) || again();
        Some(base + 1).filter(|next| compared && fits && *next < mentions.len())?
    };
    let now = mentions[change].growth.map(|growth| growth.of).or_else(|| {
        let first = base.min(change);
        let may_be = |i: &usize| may_be_changed(&mentions[*i], &mentions[base]);
        let is_mean = |i: &usize| mentions[*i].is_average(text);
        let is_now = |i: &usize| mentions[*i].of_this_year && may_be(i) && !is_mean(i);
        if Lexicon::get().sums.total.are_in(before) {
            // 61208条，县市43550条，部门17658条，总量较上年的58310条增加2898条.
            const REACH: usize = 8;
            let sentence = mentions[base].sentence;
            let near = (first.saturating_sub(REACH)..first).filter(is_now);
            return whole_of(mentions, near.filter(|i| mentions[*i].sentence == sentence));
        }
        // 新收212件，上年结转9件；较上年的248件下降14.5%: the last one before the semicolon need not be meant.
        let past = clause.len() < gap.len() && gap[..gap.len() - clause.len()].ends_with('；');
        let several = (first.saturating_sub(2)..first).filter(is_now).count() > 1;
        if past && several {
            return None;
        }
        let near = mentions[first.saturating_sub(2)..first].iter();
        let same = near.filter(|m| m.sentence == mentions[base].sentence).count();
        let own = beside(text, mentions, base).filter(|now| *now < first && !is_mean(now));
        let own = own.or_else(|| (first - same..first).rev().find(is_now));
        // 平均12.4天，上年为14.1天，缩短1.7天: where nothing else is told.
        let alone = || first.checked_sub(1).filter(|i| same == 1 && may_be(i) && is_mean(i));
        let own = own.or_else(alone);
        own.or_else(|| of_sentence_before(mentions, base).filter(|_| same == 0))
    })?;
    let is_now = mentions[now].same_unit(&mentions[base]) && is_exact(&mentions[now]);
    let near = mentions[now].sentence == mentions[base].sentence
        || of_sentence_before(mentions, base) == Some(now);
    let told = told(text, mentions, change, base)?;
    (is_now && near && now < base).then_some((now, change, told))
}

/// The figure right before one of the year before, where no other can be meant: 年末结转14件较上年末的11件; 与2024年相同；其他处理4件，比2024年的
/// 3件.
fn beside(text: &str, mentions: &[Mention], base: usize) -> Option<usize> {
    let now = base.checked_sub(1)?;
    let (own, other) = (&mentions[now], &mentions[base]);
    let gap = text.get(own.range.end..other.digits.start)?;
    let alike = own.same_unit(other) && own.growth.is_none() && own.sentence == other.sentence;
    let marks = gap.chars().filter(|c| "，；、：（".contains(*c)).count();
    let named = said_before(text, mentions, base);
    let of_year = named.contains('年') || Lexicon::get().growth.last_year.are_in(named);
    let clause = gap.starts_with('，') && marks == 1 && !of_year && may_be_changed(own, other);
    (alike && (marks == 0 || clause)).then_some(now)
}

/// True if a figure may be what has changed from another one.
fn may_be_changed(mention: &Mention, base: &Mention) -> bool {
    let carried = mention.counted.as_ref().map(|counted| counted.kind);
    let plain = carried != Some(QuantityKind::CarriedIn) && mention.growth.is_none();
    plain && mention.same_unit(base)
}

/// True if a figure of the year before stands in a clause of its own: 收到9宗，去年同期6宗，增长50%; 新收9件，上年新收6件.
fn stands_alone(text: &str, mentions: &[Mention], base: usize, clause: &str) -> bool {
    let lexicon = Lexicon::get();
    let words = &lexicon.sums;
    let flows = [&words.goes, &words.stock_went, &words.comes];
    // 废止3件，上年末25件，净增5件: what came or went is no stock.
    let is_flow = || {
        let said = said_before(text, mentions, base);
        flows.iter().any(|words| words.are_in(said))
    };
    let start = mentions[base].digits.start - clause.len();
    let parted = start > mentions[base - 1].range.end;
    parted && !(lexicon.growth.last_state.start_of(clause).is_some() && is_flow())
}

/// The words of its clause before the figure before another one.
fn said_before<'a>(text: &'a str, mentions: &[Mention], figure: usize) -> &'a str {
    let Some(before) = figure.checked_sub(1) else { return "" };
    let from = before.checked_sub(1).map_or(0, |first| mentions[first].range.end);
    let said = text.get(from..mentions[before].digits.start).unwrap_or_default();
    said.rsplit(['，', '、', '；', '。', '：', '\n']).next().unwrap_or_default()
}

/// The only figure of applications that came in of the sentence before, where a sentence begins with the year before: 与去年的8件
/// 相比，少了3件.
fn of_sentence_before(mentions: &[Mention], base: usize) -> Option<usize> {
    const NEAR: usize = 8;
    let sentence = mentions[base].sentence.checked_sub(1)?;
    let came = |i: &usize| {
        let mention = &mentions[*i];
        let counted = mention.counted.as_ref();
        mention.sentence == sentence
            && mention.same_unit(&mentions[base])
            && counted.is_some_and(|counted| {
                matches!(counted.kind, QuantityKind::Intake | QuantityKind::Request)
                    && counted.applicant.is_empty()
                    && !counted.at_most
            })
    };
    let mut all = (base.saturating_sub(NEAR)..base).filter(came);
    all.next().filter(|_| all.next().is_none())
}

/// The largest of some figures, if all others are its parts; where they are not, no figure tells their total.
fn whole_of(mentions: &[Mention], figures: impl Iterator<Item = usize> + Clone) -> Option<usize> {
    let whole = figures.clone().max_by_key(|i| mentions[*i].value)?;
    let others = figures.filter(|i| *i != whole).map(|i| &mentions[i]);
    let sum = others.clone().fold(Decimal::ZERO, |sum, m| sum.saturating_add(m.value));
    let are_parts = others.clone().all(|other| other.list.is_some());
    (are_parts || sum == mentions[whole].value).then_some(whole)
}

/// The change that a figure tells, by the words directly before it.
fn told(text: &str, mentions: &[Mention], change: usize, base: usize) -> Option<Change> {
    let mention = &mentions[change];
    let start = change.checked_sub(1).map_or(0, |before| mentions[before].range.end);
    let words = text.get(start..mention.digits.start)?;
    let words = words.rsplit(['，', '；', '。', ',', '\n']).next()?;
    let growth = &Lexicon::get().growth;
    let (up, down) = (growth.up.are_in(words), growth.down.are_in(words));
    let (up, down) =
        (up || growth.up_of_times.are_in(words), down || growth.down_of_times.are_in(words));
    if up == down || growth.unclear.are_in(words) && !growth.up.are_in(words) {
        return None;
    }
    by_unit(mention, &mentions[base], up)
}

/// The change that a figure tells by its unit, a rate or the difference from another figure.
fn by_unit(change: &Mention, base: &Mention, up: bool) -> Option<Change> {
    match change.unit {
        Unit::Percent => Some(Change::Rate(up)),
        Unit::Counter(_) if change.same_unit(base) => Some(Change::Difference(up)),
        Unit::Counter(_)
        | Unit::Yuan
        | Unit::Points
        | Unit::Times
        | Unit::Year
        | Unit::Month
        | Unit::Day => None,
    }
}

/// A clause parted at the words for the year before.
fn split_at_last_year(clause: &str, year: Option<u16>) -> Option<(&str, &str)> {
    let growth = &Lexicon::get().growth;
    let named = year.and_then(|year| year.checked_sub(1)).map(|year| format!("{year}年"));
    let words = growth.last_year.iter().chain(growth.last_state.iter()).chain(named.as_deref());
    let found = words.filter_map(|word| Some((clause.find(word)?, word.len())));
    // 上年同期 rather than 上年.
    let (at, length) = found.max_by_key(|(_, length)| *length)?;
    let behind = &clause[at + length..];
    let behind = behind.trim_start_matches('度');
    Some((&clause[..at], behind.strip_prefix(growth.same_period.as_str()).unwrap_or(behind)))
}

fn is_exact(mention: &Mention) -> bool {
    mention.exactness == Exactness::Exact
}
