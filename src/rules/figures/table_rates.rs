//! Rates whose part and whole stand in the tables: 复议纠错率23.1%, 公开率46.9%.

use std::ops::RangeInclusive;

use rust_decimal::{Decimal, RoundingStrategy};

use crate::edition::{ChallengeColumn, Proceeding, RequestRow};
use crate::prose::{Exactness, Mention, Passage, Unit, one_slip, percent, row_value};
use crate::report::{Report, Text};
use crate::rules::figures::alone::{counts, sentence};
use crate::rules::figures::judge::{clause, place};
use crate::rules::machinery::word_groups::TableRate;
use crate::rules::machinery::word_lists::WordLists;
use crate::rules::{Findings, Held};

/// A part, its whole and the rate that they give.
struct Given {
    part: Decimal,
    whole: Decimal,
    rate: Decimal,
}

/// Reports every rate that is named after a column of the tables, is none of those that they give, and is one of them but
/// for one slip.
pub(super) fn judge_table_rates(report: &Report, findings: &mut Findings<'_>) {
    let prose = findings.prose(report);
    for (passage, text) in prose.each(report) {
        for (i, mention) in passage.mentions.iter().enumerate() {
            let told = mention.unit == Unit::Percent
                && mention.exactness == Exactness::Exact
                && mention.is_typed()
                && mention.growth.is_none()
                && mention.share.is_none()
                && mention.unread.is_none()
                && !passage.ratios.iter().any(|ratio| ratio.rate == i);
            if told && let Some(rate) = named(passage, text, i) {
                judge(report, findings, (passage, text, i), rate);
            }
        }
    }
}

/// The rate that the words before a percentage name, with those words: 复议纠错率为.
fn named<'a>(passage: &Passage, text: &'a Text, i: usize) -> Option<(TableRate, &'a str)> {
    let printed = text.printed();
    let mentions = &passage.mentions;
    let from = i.checked_sub(1).map_or(0, |before| mentions[before].range.end);
    let words = printed.get(from..mentions[i].digits.start)?;
    let own = words.rsplit(['，', '；', '。', '、', '：', '\n']).next()?;
    let lists = WordLists::get();
    let link = lists.rate_links.end_of(own).unwrap_or_default();
    let name = own[..own.len() - link.len()].trim_end();
    // 公开率（含部分公开）: a bracket that says how it is reckoned.
    let plain = name.strip_suffix('）').and_then(|name| name.rfind('（').map(|at| &name[..at]));
    let name = plain.unwrap_or(name);
    if lists.other_rates.end_of(name).is_some() {
        return None;
    }
    let (_, rate) = lists.table_rates.iter().find(|(word, _)| name.ends_with(word.as_str()))?;
    Some((*rate, name))
}

fn judge(
    report: &Report,
    findings: &mut Findings<'_>,
    (passage, text, i): (&Passage, &Text, usize),
    (rate, name): (TableRate, &str),
) {
    let mention = &passage.mentions[i];
    let given = match rate {
        TableRate::Corrected => of_cases(report, ChallengeColumn::Corrected, name, mention),
        TableRate::Upheld => of_cases(report, ChallengeColumn::Upheld, name, mention),
        TableRate::Granted => of_applications(report, mention),
    };
    let last_place = Decimal::new(1, mention.places);
    let near = |given: &&Given| (given.rate - mention.value).abs() <= last_place;
    if let Some(given) = given.iter().find(near) {
        let told = format!("表中 {} 除以 {}", given.part, given.whole);
        findings.held(passage, i, Held::Text(told));
        return;
    }
    let slip = |given: &&Given| one_slip(plain(given.rate, mention), plain(mention.value, mention));
    let Some(Given { part, whole, rate }) = given.iter().find(slip) else { return };
    if is_of_told(passage, text.printed(), i) {
        return;
    }
    let said = clause(text, &(mention.phrase.start..mention.range.end));
    let finding = findings.report(
        place(passage, text, &mention.digits),
        format!("“{said}”：表中 {part} 除以 {whole} 是 {rate}%"),
        format!("应为 {rate}%"),
    );
    finding.help.push("核对件数和比率；按别的数计算的，在文字中写明".to_owned());
}

/// True if figures of the sentence give a rate, one or two of them as the part: 自然人办结201件，其中予以公开88件、部分公开17件，公开率52.2%.
fn is_of_told(passage: &Passage, text: &str, rate: usize) -> bool {
    const MOST: usize = 8;
    let told = &passage.mentions[rate];
    let sentence = sentence(text, told.digits.start);
    let Some(counts) = counts(passage, text, &sentence) else { return false };
    let values: Vec<Decimal> =
        counts.iter().take(MOST).map(|i| passage.mentions[*i].value).collect();
    let gives = |part: Decimal| {
        values.iter().any(|whole| percent(part, *whole, told.places) == Some(told.value))
    };
    values.iter().any(|part| gives(*part))
        || values.windows(2).any(|pair| gives(pair[0].saturating_add(pair[1])))
}

/// A rate as a whole number of its last printed place.
fn plain(rate: Decimal, mention: &Mention) -> Decimal {
    rate.saturating_mul(Decimal::from(10_u64.saturating_pow(mention.places)))
}

/// The parts of the cases that stand in one column, of those decided and of all: of the proceedings that the name of the
/// rate tells, or of any.
fn of_cases(report: &Report, column: ChallengeColumn, name: &str, mention: &Mention) -> Vec<Given> {
    const REVIEW: RangeInclusive<usize> = 0..=0;
    const SUITS: RangeInclusive<usize> = 1..=2;
    const ALL: RangeInclusive<usize> = 0..=2;
    const DIRECT: RangeInclusive<usize> = 1..=1;
    let rows =
        [Proceeding::Reconsideration, Proceeding::LitigationDirect, Proceeding::LitigationAfter];
    let of = match (name.contains("复议"), name.contains("诉")) {
        (true, false) => vec![REVIEW],
        (false, true) => vec![SUITS, DIRECT],
        (true, true) | (false, false) => vec![REVIEW, SUITS, ALL],
    };
    let added = |range: &RangeInclusive<usize>, column: ChallengeColumn| {
        let counts = rows[range.clone()].iter().map(|row| report.challenges.count(*row, column));
        counts.map(|count| count.map(Decimal::from)).sum::<Option<Decimal>>()
    };
    let both = |range: RangeInclusive<usize>| {
        let part = added(&range, column);
        let all = added(&range, ChallengeColumn::Total);
        let open = added(&range, ChallengeColumn::Pending);
        let decided = all.zip(open).map(|(all, open)| all - open);
        [decided, all].map(|whole| given(part?, whole?, mention))
    };
    of.into_iter().flat_map(both).flatten().collect()
}

/// The parts of the applications that were granted, with those partly granted or without, of those dealt with and of all.
fn of_applications(report: &Report, mention: &Mention) -> Vec<Given> {
    let value = |row| row_value(report, row);
    let granted = value(RequestRow::Granted);
    let both = granted.zip(value(RequestRow::PartlyGranted)).map(|(a, b)| a.saturating_add(b));
    let came = value(RequestRow::Received);
    let all = came.zip(value(RequestRow::CarriedIn)).map(|(a, b)| a.saturating_add(b));
    let wholes = [value(RequestRow::OutcomeTotal), came, all];
    let of = |part: Option<Decimal>| wholes.map(|whole| given(part?, whole?, mention));
    [both, granted].into_iter().flat_map(of).flatten().collect()
}

/// A part of a whole in percent, rounded half up as far as a rate is printed.
fn given(part: Decimal, whole: Decimal, mention: &Mention) -> Option<Given> {
    let share = part.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole)?;
    let rate = share.round_dp_with_strategy(mention.places, RoundingStrategy::MidpointAwayFromZero);
    Some(Given { part, whole, rate })
}
