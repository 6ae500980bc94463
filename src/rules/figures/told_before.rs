//! Figures that stand for one told before: 这23件中, 11件申请中有3件, 上述3件均已办结.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::edition::{Axis, ChallengeColumn, Proceeding, RequestColumn, RequestGroup, RequestRow};
use crate::prose::{Exactness, Lexicon, Mention, Passage, QuantityKind};
use crate::report::{Count, Report, Text};
use crate::rules::figures::judge::{clause, place};
use crate::rules::figures::plausible::is_slip;
use crate::rules::{Findings, Held};

/// The most characters behind a figure up to 中.
const NEAR: usize = 12;

/// Reports every figure of cases that says it was told before, where neither the texts nor the tables hold it and one
/// slip makes it one that they do.
pub(super) fn judge_referring(report: &Report, findings: &mut Findings<'_>) {
    let prose = findings.prose(report);
    let refers = |passage: &Passage, text: &Text, i: usize| {
        let mention = &passage.mentions[i];
        let open = mention.counted.as_ref().is_none_or(|counted| counted.at_most);
        let plain = mention.is_typed() && mention.exactness == Exactness::Exact;
        let own = mention.of_this_year && mention.unread.is_none() && mention.of_others.is_none();
        let stands = || stands_for_another(text.printed(), mention);
        open && plain && own && counts_cases(mention) && stands()
    };
    let mut told: BTreeSet<Decimal> = cells(report);
    let mut referring = Vec::new();
    for (passage, text) in prose.each(report) {
        for (i, mention) in passage.mentions.iter().enumerate() {
            if refers(passage, text, i) {
                referring.push((passage, text, i));
            } else if counts_cases(mention) {
                told.insert(mention.value);
            }
        }
    }
    for figure in referring {
        judge(findings, figure, &told);
    }
}

fn judge(
    findings: &mut Findings<'_>,
    (passage, text, i): (&Passage, &Text, usize),
    told: &BTreeSet<Decimal>,
) {
    /// The most figures that are named as those that may be meant.
    const SHOWN: usize = 3;
    let mention = &passage.mentions[i];
    if told.contains(&mention.value) || is_added_up(passage, i) {
        findings.held(passage, i, Held::Text(format!("前面或表中也有 {}", mention.value)));
        return;
    }
    // As it was told, a figure of as many digits that is next to it may be meant.
    let is_near = |value: &&Decimal| {
        let of_one_digit = |value: Decimal| value < Decimal::TEN;
        let alike = of_one_digit(**value) == of_one_digit(mention.value) && !value.is_zero();
        is_slip(**value, mention.value) || alike && (**value - mention.value).abs() < Decimal::TEN
    };
    let mut near: Vec<Decimal> = told.iter().filter(is_near).copied().collect();
    near.sort_by_key(|value| (*value - mention.value).abs());
    near.truncate(SHOWN);
    if near.is_empty() {
        return;
    }
    let listed: Vec<String> = near.iter().map(|value| value.normalize().to_string()).collect();
    let said = clause(text, &(mention.digits.start..mention.range.end));
    findings.held(passage, i, Held::Text(format!("前面和表中没有 {}", mention.value)));
    let finding = findings.report(
        place(passage, text, &mention.digits),
        format!(
            "“{said}”说的是前面写过的数，而前面和表中都没有 {}，相近的有 {}",
            mention.value,
            listed.join("、")
        ),
        "前面没有这个数",
    );
    finding.help.push("核对台账，改成同一个数；不是前面说过的，换个说法".to_owned());
}

/// True if a figure is what those before it come to, or what one of them leaves of another: 复议2件、诉讼1件，这3件.
fn is_added_up(passage: &Passage, figure: usize) -> bool {
    /// The most figures that are looked at.
    const REACH: usize = 8;
    let value = passage.mentions[figure].value;
    let before = passage.mentions[..figure].iter().rev().filter(|m| counts_cases(m));
    let before: Vec<Decimal> = before.take(REACH).map(|m| m.value).collect();
    let comes_to = |from: usize| {
        let sums = before[from..].iter().scan(Decimal::ZERO, |sum, value| {
            *sum = sum.saturating_add(*value);
            Some(*sum)
        });
        sums.into_iter().any(|sum| sum == value)
    };
    let leaves = |a: &Decimal| before.iter().any(|b| (*a - *b).abs() == value);
    (0..before.len()).any(comes_to) || before.iter().any(leaves)
}

/// True if the words round a figure say that it was told before.
fn stands_for_another(text: &str, mention: &Mention) -> bool {
    let clauses = &Lexicon::get().clauses;
    let (before, behind) = (&text[..mention.digits.start], &text[mention.range.end..]);
    let behind: String = behind.chars().take(NEAR).collect();
    let behind =
        behind.split(['，', '。', '；', '、', '：', '（', '\n']).next().unwrap_or_default();
    let names_part = |behind: &str| behind.contains(|c: char| c.is_ascii_digit());
    let within = clauses.within.iter().filter_map(|word| behind.find(word)).min();
    // 17件“不掌握”的答复里，有6件…: an outcome that the tables hold.
    let of_outcome = mention.counted.as_ref().is_some_and(|c| c.kind == QuantityKind::Outcome);
    let named = clauses.referred.start_of(behind).or(of_outcome.then_some(""));
    let of_all = within.is_some_and(|at| at == 0 || named.is_some());
    if mention.refers_back(text) {
        return within.is_some() || mention.is_said_of_all(text) || named.is_some();
    }
    // 问题二：11件申请中有3件; 其中5件 names its own, and 抽查发现，16件申请中有3件 a sample.
    let sentence = before.rsplit(['。', '；', '\n']).next().unwrap_or_default();
    if clauses.sampled.are_in(sentence) || !names_part(behind) {
        return false;
    }
    let begins = before.ends_with(['，', '。', '；', '：', '\n', '在', '对']) || before.is_empty();
    begins && named.is_some() && of_all
}

fn counts_cases(mention: &Mention) -> bool {
    mention.unit.counter().is_some_and(|counter| counter.counts_cases())
}

/// Every figure of the tables on applications and cases, and the sums of their groups and proceedings.
fn cells(report: &Report) -> BTreeSet<Decimal> {
    let (requests, challenges) = (&report.requests, &report.challenges);
    let table = &report.form().requests;
    let mut counts: Vec<Option<Count>> = Vec::new();
    for row in RequestRow::ALL {
        counts.extend(RequestColumn::ALL.iter().map(|column| requests.count(table, *row, *column)));
    }
    counts.extend(RequestGroup::ALL.iter().map(|group| requests.group_count(table, *group)));
    for proceeding in Proceeding::ALL {
        let columns = ChallengeColumn::ALL.iter();
        counts.extend(columns.map(|column| challenges.count(*proceeding, *column)));
    }
    let litigation = [Proceeding::LitigationDirect, Proceeding::LitigationAfter];
    let litigation = litigation.map(|row| challenges.count(row, ChallengeColumn::Total));
    let litigation = litigation.into_iter().flatten().reduce(Count::saturating_add);
    let reviewed = challenges.count(Proceeding::Reconsideration, ChallengeColumn::Total);
    counts.push(litigation);
    counts.push(litigation.zip(reviewed).map(|(a, b)| a.saturating_add(b)));
    counts.into_iter().flatten().map(Decimal::from).collect()
}
