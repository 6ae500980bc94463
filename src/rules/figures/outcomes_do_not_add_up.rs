//! NB605: the outcomes that the text lists add up to all that was handled.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::diag::{Label, Place, Severity};
use crate::edition::{Edition, RequestColumn, RequestRow};
use crate::law::{self, Authority};
use crate::prose::{Exactness, Lexicon, Mention, Passage, QuantityKind, Reading, Unit, readings};
use crate::report::{FieldPath, Report, Requests, Text};
use crate::rules::figures::cross_cells::are_all_of_applicants;
use crate::rules::figures::judge::place;
use crate::rules::figures::outcome_unmentioned::rows_of;
use crate::rules::{Docs, Findings, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB605",
    name: "outcomes-do-not-add-up",
    title: "文字列出的办理结果相加不等于办理总数",
    severity: Severity::Warning,
    fixed: false,
    authority: Authority::Arithmetic,
    basis: &[law::FORMAT_2021_ACCURACY, law::FORMAT_2021_TABLE_2],
    editions: Edition::ALL,
    docs: Docs {
        what: "文字连续列出三种以上办理结果、没有用“其中”“等”表示只是一部分的，各数之和是否等于表中“（七）总计”；同时列出结转下年度的，是否等于本年新收加上年结转。",
        why: "列举看上去是完整的，读者会相加；加起来少了，不知道少的那些申请怎样办理了。",
        example: "[overview]\ntext = \"收到政府信息公开申请128件。予以公开47件，部分公开2件，不予处理31件。\"\n[requests.outcome]\ntotal = [128, 0, 0, 0, 0, 0]",
        corrected: "[overview]\ntext = \"收到政府信息公开申请128件。予以公开58件，部分公开2件，无法提供37件，不予处理31件。\"\n[requests.outcome]\ntotal = [128, 0, 0, 0, 0, 0]",
    },
    check,
};

/// The least outcomes that make a list.
const LIST: usize = 3;

fn check(report: &Report, findings: &mut Findings<'_>) {
    let prose = findings.prose(report);
    for (passage, text) in prose.each(report) {
        for run in runs(&passage.mentions, text.printed()) {
            let run = outermost(report, run);
            if !is_of_all(report, &run) {
                continue;
            }
            judge(report, findings, passage, text, &run);
        }
    }
}

/// Outcomes that follow each other and are no part of something else. One that is followed by a part of another name
/// may be an outcome in words of the office, and is no list that can be added.
fn runs<'a>(mentions: &'a [Mention], text: &str) -> Vec<Vec<&'a Mention>> {
    let mut runs: Vec<Vec<&Mention>> = Vec::new();
    let mut run: Vec<&Mention> = Vec::new();
    for (i, mention) in mentions.iter().enumerate() {
        if mention.unit == Unit::Percent || run.last().is_some_and(|last| is_inside(mention, last))
        {
            continue;
        }
        let kind = mention.counted.as_ref().map(|counted| counted.kind);
        let goes_on = run.last().is_none_or(|last| last.sentence == mention.sentence);
        let fits = matches!(kind, Some(QuantityKind::Outcome | QuantityKind::CarriedOut))
            && mention.of_this_year
            && mention.exactness == Exactness::Exact
            && mention.counted.as_ref().is_some_and(|counted| counted.applicant.is_empty());
        if !(fits && goes_on) {
            let ended = std::mem::take(&mut run);
            // 无法提供84件，以不掌握为主，有79件；不予处理15件: the list goes on behind a figure that says nothing of its own.
            let interrupted =
                goes_on && !ended.is_empty() && names_more(mention, &mentions[i + 1..]);
            let next = ended
                .last()
                .is_some_and(|last| goes_on && is_next_part(text, last, &mentions[..=i]));
            if !next && !interrupted {
                runs.push(ended);
            }
        }
        if fits {
            run.push(mention);
        }
    }
    runs.push(run);
    runs.retain(|run| {
        let outcomes = run.iter().filter(|m| kind_of(m) == Some(QuantityKind::Outcome)).count();
        let plain = |m: &&Mention| m.list.is_none() && !m.open_end && !m.is_for_each(text);
        outcomes >= LIST && run.iter().all(plain)
    });
    runs
}

/// True if outcomes follow a figure without a meaning in its sentence.
fn names_more(aside: &Mention, behind: &[Mention]) -> bool {
    let same = behind.iter().take_while(|mention| mention.sentence == aside.sentence);
    aside.counted.is_none() && same.into_iter().any(|m| kind_of(m) == Some(QuantityKind::Outcome))
}

/// True if the last of some figures has no meaning and stands behind an outcome as the next part of its list does, with no
/// more than the share of that between them: 不公开6件，占20%；非我局掌握9件.
fn is_next_part(text: &str, last: &Mention, mentions: &[Mention]) -> bool {
    const LONGEST: usize = 12;
    let [.., before, next] = mentions else { return false };
    let behind = if before.unit == Unit::Percent { before } else { last };
    let between = text.get(behind.range.end..next.digits.start).unwrap_or_default();
    let name = between.trim_start_matches(['、', '，', '；']);
    next.counted.is_none()
        && next.of_this_year
        && next.same_unit(last)
        && name.len() < between.len()
        && !name.is_empty()
        && name.chars().count() <= LONGEST
        && name.chars().all(char::is_alphanumeric)
}

/// Those of a run that are no part of one before them, or of one behind that adds them up: 不予公开24件，其中…过程性信息4件;
/// 不掌握17件、需另行制作3件，共20件无法提供.
fn outermost<'a>(report: &Report, run: Vec<&'a Mention>) -> Vec<&'a Mention> {
    let mut kept: Vec<(&Mention, BTreeSet<RequestRow>)> = Vec::new();
    let mut rows: BTreeSet<RequestRow> = BTreeSet::new();
    for mention in run {
        let mine = rows_meant(report, mention);
        if !mine.is_empty() && mine.is_subset(&rows) {
            continue;
        }
        let inner = |own: &BTreeSet<RequestRow>| !own.is_empty() && own.is_subset(&mine);
        let n = kept.iter().rev().take_while(|(_, own)| inner(own)).count();
        let parts = kept[kept.len() - n..].iter().map(|(part, _)| part.value);
        if n > 1 && parts.fold(Decimal::ZERO, Decimal::saturating_add) == mention.value {
            kept.truncate(kept.len() - n);
        }
        rows.extend(&mine);
        kept.push((mention, mine));
    }
    kept.into_iter().map(|(mention, _)| mention).collect()
}

/// The rows that a figure stands for: of 属于行政查询不予公开2件 those of the reading that it equals.
fn rows_meant(report: &Report, mention: &Mention) -> BTreeSet<RequestRow> {
    let Some(counted) = mention.counted.as_ref() else { return BTreeSet::new() };
    let groups = readings(report, counted);
    let equal = |group: &Vec<Reading>| {
        group.iter().find(|reading| reading.value == Some(mention.value)).cloned()
    };
    let meant: Option<Vec<Reading>> = groups.iter().map(equal).collect();
    let Some(meant) = meant.filter(|_| counted.kind == QuantityKind::Outcome) else {
        return rows_of(report, std::iter::once(mention));
    };
    let keys: BTreeSet<FieldPath> = meant
        .into_iter()
        .flat_map(|reading| reading.figures)
        .map(|(path, _)| path.parent())
        .collect();
    let rows = report.form().requests.result_rows();
    rows.filter(|row| keys.contains(&Requests::row_path(*row))).collect()
}

/// True if a run names outcomes of all applications: three or more, and not those of one group alone, as the
/// reasons of a refusal.
fn is_of_all(report: &Report, run: &[&Mention]) -> bool {
    let table = &report.form().requests;
    let rows = rows_of(report, run.iter().copied());
    let of_one_group = table.groups.iter().any(|(group, _)| {
        let members: BTreeSet<RequestRow> = table.group_rows(*group).collect();
        rows.is_subset(&members)
    });
    let outcomes = run.iter().filter(|m| kind_of(m) == Some(QuantityKind::Outcome)).count();
    outcomes >= LIST && !of_one_group && rows.contains(&RequestRow::Granted)
}

fn kind_of(mention: &Mention) -> Option<QuantityKind> {
    mention.counted.as_ref().map(|counted| counted.kind)
}

/// True if a figure is a part of the one before, as in 不予处理31件（含重复申请1件）.
fn is_inside(mention: &Mention, last: &Mention) -> bool {
    mention.list.is_some() && last.list.is_none()
}

/// True if a figure of the sentence that is told as one more, and whose words say nothing known, is just what the outcomes
/// lack: 另有1件已由申请人另案解决.
fn is_filled(passage: &Passage, text: &Text, run: &[&Mention], gap: Decimal) -> bool {
    let Some(first) = run.first() else { return false };
    let clauses = &Lexicon::get().clauses;
    let one_more = |mention: &Mention| {
        let before = &text.printed()[..mention.digits.start];
        clauses.left.end_of(before).or_else(|| clauses.left_in_all.end_of(before)).is_some()
    };
    let unread = |mention: &&Mention| {
        mention.sentence == first.sentence && mention.counted.is_none() && mention.same_unit(first)
    };
    let open: Vec<&Mention> = passage.mentions.iter().filter(unread).collect();
    let told = open.iter().any(|mention| mention.value == gap && one_more(mention));
    // 2件要的是收费明细，本机关不掌握；1件是投诉，转相关科室: all that is told in words of the office together.
    let behind = open.iter().filter(|mention| mention.digits.start > first.digits.start);
    let added = |sum: Decimal, mention: &&&Mention| sum.saturating_add(mention.value);
    let all = behind.clone().fold(Decimal::ZERO, |sum, mention| added(sum, &mention));
    // 不公开2件，一件…，一件…；重复1件: of those, what begins a part of the sentence.
    let begins = |mention: &&&Mention| {
        let before = &text.printed()[..mention.digits.start];
        let clause = before.rsplit(|c: char| "；。，：\n".contains(c)).next().unwrap_or_default();
        before[..before.len() - clause.len()].ends_with('；')
    };
    let items = behind.filter(begins).fold(Decimal::ZERO, |sum, mention| added(sum, &mention));
    told || [all, items].contains(&gap) && gap > Decimal::ZERO
}

/// True if the outcomes of a run are those that are worth a word: 予以公开的最多，34件；无法提供的次之，20件; 予以公开110件中有84件，无法提供85件
/// 中有68件.
fn are_some(text: &Text, run: &[&Mention], first: &Mention, last: &Mention) -> bool {
    let printed = text.printed();
    let said = printed.get(first.phrase.start..last.range.end).unwrap_or_default();
    let apart = run.iter().any(|mention| printed[mention.range.end..].starts_with('中'));
    apart || Lexicon::get().sums.next_of_rank.are_in(said)
}

fn judge(
    report: &Report,
    findings: &mut Findings<'_>,
    passage: &Passage,
    text: &Text,
    run: &[&Mention],
) {
    let table = &report.form().requests;
    let count = |row| report.requests.count(table, row, RequestColumn::Total).map(Decimal::from);
    let sum = |kind| {
        run.iter()
            .filter(|m| kind_of(m) == Some(kind))
            .fold(Decimal::ZERO, |sum, m| sum.saturating_add(m.value))
    };
    let outcomes = sum(QuantityKind::Outcome);
    let carried_out = sum(QuantityKind::CarriedOut);
    let label = table.row_label(RequestRow::OutcomeTotal);
    let Some(total) = count(RequestRow::OutcomeTotal) else {
        findings.unassessed(format!("“{label}”没有填写"));
        return;
    };
    let results: Option<Decimal> = table
        .result_rows()
        .map(count)
        .try_fold(Decimal::ZERO, |sum, count| sum.checked_add(count?));
    let all_received = count(RequestRow::Received)
        .zip(count(RequestRow::CarriedIn))
        .and_then(|(received, carried_in)| received.checked_add(carried_in));
    let lists_next = run.iter().any(|m| kind_of(m) == Some(QuantityKind::CarriedOut));
    let balanced = lists_next && Some(outcomes.saturating_add(carried_out)) == all_received;
    let filled = total.checked_sub(outcomes).is_some_and(|gap| is_filled(passage, text, run, gap));
    if outcomes == total || results == Some(outcomes) || balanced || filled {
        return;
    }
    let (Some(first), Some(last)) = (run.first(), run.last()) else { return };
    let of_some = are_all_of_applicants(report, text.printed(), first.digits.start, outcomes);
    if of_some || are_some(text, run, first, last) {
        return;
    }
    let parts: Vec<String> = run
        .iter()
        .filter(|m| kind_of(m) == Some(QuantityKind::Outcome))
        .map(|m| m.value.to_string())
        .collect();
    let finding = findings.report(
        place(passage, text, &(first.phrase.start..last.range.end)),
        format!(
            "文字列出的办理结果 {}＝{outcomes} 件，表中“{label}”是 {total} 件，相差 {} 件",
            parts.join("＋"),
            (total - outcomes).abs()
        ),
        format!("相加是 {outcomes}"),
    );
    finding.related.push(Label::new(
        Place::Value(Requests::path(RequestRow::OutcomeTotal, RequestColumn::Total)),
        total.to_string(),
    ));
    finding.help.push("逐项与表核对；只列一部分的，写“其中”或者“等”".to_owned());
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_text};

    const TABLE: &str = "[requests]\nreceived = [128, 0, 0, 0, 0, 0]\ncarried_in = 0\n[requests.outcome]\ntotal = [128, 0, 0, 0, 0, 0]";

    #[test]
    fn s004_05_the_outcomes_of_the_text_miss_twenty_one() {
        check(
            &RULE,
            r#"
[overview]
text = "收到信息公开申请128宗。予以公开47宗，部分公开2宗，不掌握相关信息27宗，信访举报投诉类30宗，大量反复申请1宗。"
#                              ^ 47＋2＋27＋30＋1＝107 件，表中“（七）总计”是 128 件，相差 21 件
[requests]
received = [128, 0, 0, 0, 0, 0]
carried_in = 0
[requests.outcome]
total = [128, 0, 0, 0, 0, 0]
"#,
        );
    }

    #[test]
    fn one_more_figure_does_not_make_it_up() {
        let wrong = "收到政府信息公开申请128件。予以公开47件，部分公开2件，不予公开20件，无法提供30件，均已说明途径；另有28件由申请人与档案馆自行商定。";
        check_text(&RULE, wrong, TABLE, 1);
    }

    #[test]
    fn reasons_and_parts_are_no_outcomes_of_all() {
        for fine in [
            "不予公开的32件中，13件属于过程性信息，7件涉及第三方合法权益，6件属于内部事务信息，6件为行政查询事项。",
            "予以公开58件，部分公开2件；不予公开24件，其中第三方合法权益6件，过程性信息18件；无法提供13件；不予处理31件。",
        ] {
            check_text(&RULE, fine, TABLE, 0);
        }
    }

    #[test]
    fn lists_that_add_up_or_do_not_claim_to() {
        for fine in [
            "收到政府信息公开申请128件。予以公开58件，部分公开2件，无法提供37件，不予处理31件（含信访举报投诉类申请30件、重复申请1件）。",
            "收到政府信息公开申请128件，予以公开58件（占45.3%），部分公开2件，无法提供37件，不予处理30件，结转下年度1件。",
            "办结政府信息公开申请128件，其中予以公开47件，部分公开2件，无法提供27件。",
            "收到政府信息公开申请128件。予以公开47件、部分公开2件、无法提供27件等。",
            "收到政府信息公开申请128件。予以公开47件，部分公开2件。",
            "收到政府信息公开申请128件。予以公开47件，部分公开2件，不予公开20件，查无档案59件。",
            "收到政府信息公开申请128件。予以公开47件，部分公开2件，不予公开20件，无法提供30件，均已说明途径；另有29件由申请人与档案馆自行商定。",
            "收到政府信息公开申请128件。公开47件，占36.7%；部分公开2件，占1.6%；不予公开20件，占15.6%；信访事项59件，占46.1%。",
            "收到政府信息公开申请128件。公开47件，占36.7%；部分公开2件，占1.6%；不予公开20件，占15.6%；查无档案59件，占46.1%。",
        ] {
            check_text(&RULE, fine, TABLE, 0);
        }
    }
}
