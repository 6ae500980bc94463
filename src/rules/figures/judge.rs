//! Judging figures: wrong only if they equal none of their admissible readings.

use std::ops::Range;

use rust_decimal::Decimal;

use crate::diag::{Diagnostic, Label, Place, Severity};
use crate::edition::RequestColumn;
use crate::prose::{
    Claimed, Counted, Exactness, Joined, Mention, Passage, QuantityKind, Reading, Unread,
    are_swapped, readings,
};
use crate::report::{FieldPath, Report, Text};
use crate::rules::figures::amounts::shown;
use crate::rules::figures::cross_cells::are_none_of_applicants;
use crate::rules::figures::plausible::{excuse, is_beside_the_tables, taken_from};
use crate::rules::figures::told_in_parts::{is_told_apart, is_told_in_two, of_row_of_whole};
use crate::rules::machinery::text::{SENTENCE_ENDS, around};
use crate::rules::machinery::word_lists::WordLists;
use crate::rules::{Findings, Held};

/// The result of holding a figure against its readings.
enum Verdict {
    Right,
    /// It equals only a reading that the table does not mean.
    Loose(Reading),
    Wrong,
    /// A cell is not filled.
    NotAssessable,
}

/// Reports every typed figure of some things that equals none of its readings.
pub(in crate::rules) fn judge_figures(
    report: &Report,
    findings: &mut Findings<'_>,
    mine: impl Fn(&Counted) -> bool,
) {
    let mut missing: Vec<Label> = Vec::new();
    let prose = findings.prose(report);
    for (passage, text) in prose.each(report) {
        for (i, mention) in passage.mentions.iter().enumerate() {
            if let Some(told) = mention.told.as_ref().filter(|told| mine(told)) {
                of_others(findings, passage, text, mention, told);
            }
            if !mention.is_typed() || mention.is_of_each(text.printed()) {
                continue;
            }
            let Some(counted) = mention.counted.as_ref().filter(|counted| mine(counted)) else {
                continue;
            };
            let of_whole = of_row_of_whole(report, passage, mention, counted);
            let counted = of_whole.as_ref().unwrap_or(counted);
            let groups = readings(report, counted);
            let verdict = verdict(mention, counted, &groups);
            let excuse = matches!(verdict, Verdict::Wrong)
                .then(|| excuse(report, (passage, text.printed()), i, &groups))
                .flatten();
            if let Some(reason) = excuse {
                findings.held(passage, i, Held::Text(reason.to_owned()));
                continue;
            }
            if !matches!(verdict, Verdict::NotAssessable) {
                let listed: Vec<_> = groups.iter().map(|group| values(group, mention)).collect();
                let told = format!("表中{}", listed.join("，"));
                findings.held(passage, i, Held::Tables(told, cells(&groups, mention)));
            }
            match verdict {
                Verdict::Right => {}
                Verdict::NotAssessable => missing.push(itself(passage, text, mention)),
                Verdict::Loose(_) if is_told_apart(report, passage, i) => {}
                Verdict::Wrong if is_told_in_two(passage, i, &groups) => {}
                Verdict::Loose(reading) => {
                    report_loose(findings, passage, text, mention, &groups, &reading);
                }
                Verdict::Wrong => {
                    report_wrong(report, findings, passage, text, mention, counted, &groups);
                }
            }
        }
    }
    if !missing.is_empty() {
        findings.unassessed_figures("在表中没有填写对应的数据", missing);
    }
}

/// Says that a figure that the tables could hold is told of another body, so that nobody takes it for judged. A part
/// of a list is judged with its whole, and what the data file declares stands in the list of figures.
fn of_others(
    findings: &mut Findings<'_>,
    passage: &Passage,
    text: &Text,
    mention: &Mention,
    told: &Counted,
) {
    let by_name = mention.unread == Some(Unread::OtherBody) && mention.of_this_year;
    let Some(owner) = mention.owner.as_ref().filter(|_| by_name && mention.list.is_none()) else {
        return;
    };
    if told.kind == QuantityKind::Document {
        return; // 各部门制发文件12件: offices tell of documents of all kinds of bodies.
    }
    let reason = format!("是“{}”的数，与三张表的范围不同", clause(text, owner));
    findings.unassessed_figures(reason, vec![itself(passage, text, mention)]);
}

/// Reports every claim that there was none of something, where the tables say otherwise; one that denies several columns, as
/// 均维持 does, is reported once.
pub(in crate::rules) fn judge_claims(
    report: &Report,
    findings: &mut Findings<'_>,
    mine: impl Fn(&Counted) -> bool,
) {
    let prose = findings.prose(report);
    for (passage, text) in prose.each(report) {
        let denied = passage.claims.iter().filter_map(|claim| {
            let Claimed::None(counted) = &claim.what else { return None };
            let reading = readings(report, counted).into_iter().flatten().next();
            let reading = reading.filter(|reading| mine(counted) && is_some(reading))?;
            // What was asked for and not paid was not taken, and stands in the tables.
            let unpaid = counted.kind == QuantityKind::Fee && is_unpaid(text, &claim.range);
            let of_some =
                are_none_of_applicants(report, text.printed(), claim.range.start, counted);
            (!unpaid && !of_some).then_some((&claim.range, reading))
        });
        let denied: Vec<_> = denied.collect();
        for of_claim in denied.chunk_by(|(one, _), (other, _)| one == other) {
            report_claim(findings, (passage, text), of_claim);
        }
    }
}

/// True if the sentence round a place says that a fee was not paid.
fn is_unpaid(text: &Text, at: &Range<usize>) -> bool {
    let printed = text.printed();
    WordLists::get().fee_unpaid.are_in(&printed[around(printed, at, SENTENCE_ENDS)])
}

fn is_some(reading: &Reading) -> bool {
    reading.value.is_some_and(|value| value != Decimal::ZERO)
}

/// Reports what the tables hold of that which a claim denies.
fn report_claim(
    findings: &mut Findings<'_>,
    (passage, text): (&Passage, &Text),
    denied: &[(&Range<usize>, Reading)],
) {
    let Some((range, _)) = denied.first() else { return };
    let in_yuan = |path: &FieldPath| path.as_str().ends_with(".amount");
    let value = |reading: &Reading| {
        let unit = if reading.paths().any(in_yuan) { "元" } else { "件" };
        format!("{} {unit}", reading.value.unwrap_or_default())
    };
    let held = denied.iter().map(|(_, reading)| format!("{}是 {}", reading.name, value(reading)));
    let values: Vec<String> = denied.iter().map(|(_, reading)| value(reading)).collect();
    let finding = findings.report(
        place(passage, text, range),
        format!("文字说“{}”，表中{}", clause(text, range), held.collect::<Vec<_>>().join("，")),
        format!("表中为 {}", values.join("、")),
    );
    for (_, reading) in denied {
        relate(finding, reading);
    }
    finding.help.push("核对台账：文字有误的，写明件数；表中有误的，改正表中数据".to_owned());
}

fn verdict(mention: &Mention, counted: &Counted, groups: &[Vec<Reading>]) -> Verdict {
    if counted.at_most {
        return verdict_of_part(mention, groups);
    }
    let mut loose = None;
    for group in groups {
        let equal = |reading: &&Reading| {
            [reading.value, reading.added_up].into_iter().flatten().any(|v| agrees(mention, v))
        };
        match group.iter().filter(|reading| !reading.loose).find(equal) {
            Some(_) => continue,
            None if group.iter().any(|reading| reading.value.is_none()) => {
                return Verdict::NotAssessable;
            }
            None => {}
        }
        match group.iter().find(equal) {
            Some(reading) => loose = Some(reading.clone()),
            None => return Verdict::Wrong,
        }
    }
    loose.map_or(Verdict::Right, Verdict::Loose)
}

/// A figure that counts only some is wrong where it is more than all.
fn verdict_of_part(mention: &Mention, groups: &[Vec<Reading>]) -> Verdict {
    let values: Option<Vec<Decimal>> =
        groups.iter().flatten().map(|reading| reading.added_up.max(reading.value)).collect();
    match values.and_then(|values| values.into_iter().max()) {
        None => Verdict::NotAssessable,
        Some(most) if mention.exactness == Exactness::Exact && mention.value > most => {
            Verdict::Wrong
        }
        Some(_) => Verdict::Right,
    }
}

/// True if a figure as written can stand for a value.
fn agrees(mention: &Mention, value: Decimal) -> bool {
    if mention.exactness == Exactness::Exact {
        // 48.62万 is written to the hundred.
        return mention.value == value || (mention.value - value).abs() < mention.step;
    }
    // 余, 约, 近: only the order of size can be judged.
    let two = Decimal::TWO;
    value <= mention.value.saturating_mul(two) && mention.value <= value.saturating_mul(two)
}

fn report_wrong(
    report: &Report,
    findings: &mut Findings<'_>,
    passage: &Passage,
    text: &Text,
    mention: &Mention,
    counted: &Counted,
    groups: &[Vec<Reading>],
) {
    const SWAPPED: usize = 3;
    // 公开许可决定1864件 where the table has 1846: what is published may be another number, but hardly that one.
    let swapped = groups.iter().flatten().filter_map(|reading| reading.value);
    let swapped = swapped.into_iter().any(|value| are_swapped(value, mention.value, SWAPPED));
    let only_hint =
        counted.only_hint && !swapped && !is_beside_the_tables(report, passage, mention);
    let severity = if only_hint { Severity::Hint } else { findings.severity() };
    let said = clause(text, &mention.phrase);
    let failing: Vec<&Vec<Reading>> = groups
        .iter()
        .filter(|group| !matches!(verdict(mention, counted, &[(*group).clone()]), Verdict::Right))
        .collect();
    let listed = failing.iter().map(|group| values(group, mention)).collect::<Vec<_>>().join("，");
    let message = if counted.at_most {
        format!("文字写“{said}”，一部分比全部还多，表中{listed}")
    } else if counted.joined == Joined::All && groups.len() > 1 {
        format!("文字用一个数写了“{said}”，而表中{listed}")
    } else {
        format!("文字写“{said}”，表中{listed}")
    };
    let all: Vec<&Reading> =
        failing.iter().flat_map(|group| group.iter()).filter(|r| !r.loose).collect();
    let label = match all.as_slice() {
        [only] if counted.at_most => {
            format!("表中一共 {}", shown(only.value.unwrap_or_default(), mention))
        }
        [only] => format!("表中为 {}", shown(only.value.unwrap_or_default(), mention)),
        _ => "与表中数据不等".to_owned(),
    };
    let finding =
        findings.report_as(severity, place(passage, text, &mention.digits), message, label);
    for reading in &all {
        relate(finding, reading);
    }
    finding.help.extend(
        column_help(report, mention, counted).or_else(|| taken_from(report, mention, counted)),
    );
    finding.help.push(help(counted, only_hint, &all));
}

/// The words that say what to do with a figure that is not that of the tables.
fn help(counted: &Counted, only_hint: bool, all: &[&Reading]) -> String {
    if counted.at_most {
        "核对台账：文字写错的，改正文字；表中少计的，改正表中数据".to_owned()
    } else if only_hint {
        "统计范围不同的，请在文字中写明范围；同一范围的，核对后改成一致".to_owned()
    } else if let [only] = all
        && let ([(key, _)], Some(value)) = (only.figures.as_slice(), only.value)
    {
        format!(
            "核对台账：表中数据无误的，把文字改为 {value}，或写成 {{{{ {key} }}}} 由程序填数；文字无误的，改正表中数据"
        )
    } else {
        "核对台账：哪一种口径都不相等，请改正文字或表中数据".to_owned()
    }
}

/// The values that a figure could have been, each with its name in the tables.
fn values(group: &[Reading], mention: &Mention) -> String {
    let mut words: Vec<String> = Vec::new();
    for reading in group.iter().filter(|reading| !reading.loose) {
        let value = shown(reading.value.unwrap_or_default(), mention);
        let added_up = reading.added_up.filter(|sum| Some(*sum) != reading.value);
        let word = match added_up {
            Some(sum) => format!("{}是 {value}（各项相加是 {sum}）", reading.name),
            None => format!("{}是 {value}", reading.name),
        };
        if !words.contains(&word) {
            words.push(word);
        }
    }
    words.join("、")
}

/// The cells that a figure tells: those of the readings that it equals, or of all where it equals none.
fn cells(groups: &[Vec<Reading>], mention: &Mention) -> Vec<FieldPath> {
    let mut cells: Vec<FieldPath> = Vec::new();
    for group in groups {
        let equal = |reading: &&Reading| {
            [reading.value, reading.added_up].into_iter().flatten().any(|v| agrees(mention, v))
        };
        let all = || group.iter().filter(|reading| !reading.loose);
        let own: Vec<&Reading> = match all().any(|reading| equal(&reading)) {
            true => all().filter(equal).collect(),
            false => all().collect(),
        };
        for path in own.into_iter().flat_map(Reading::paths) {
            if !cells.contains(path) {
                cells.push(path.clone());
            }
        }
    }
    cells
}

fn report_loose(
    findings: &mut Findings<'_>,
    passage: &Passage,
    text: &Text,
    mention: &Mention,
    groups: &[Vec<Reading>],
    reading: &Reading,
) {
    let said = clause(text, &mention.phrase);
    let strict = groups.iter().flatten().find(|reading| !reading.loose);
    let Some(strict) = strict else { return };
    let message = format!(
        "文字写“{said}”，与{}相同，而表中{}是 {}",
        reading.name,
        strict.name,
        strict.value.unwrap_or_default()
    );
    let finding = findings.report_as(
        Severity::Hint,
        place(passage, text, &mention.digits),
        message,
        "说的是收到，还是办结",
    );
    finding.help.push("收到的写“收到”，办结的写“办结”，两个数分开写".to_owned());
}

/// Says when a figure is that of one kind of applicant.
fn column_help(report: &Report, mention: &Mention, counted: &Counted) -> Option<String> {
    if counted.kind != QuantityKind::Outcome || !counted.applicant.is_empty() {
        return None;
    }
    let table = &report.form().requests;
    RequestColumn::APPLICANTS.iter().find_map(|column| {
        let of_column = Counted { applicant: vec![*column], ..counted.clone() };
        let equal = readings(report, &of_column)
            .first()?
            .iter()
            .any(|reading| reading.value == Some(mention.value));
        let label = table.column_label(*column);
        (equal && mention.value != Decimal::ZERO).then(|| {
            format!("{} 是“{label}”一列的数；如果只说{label}，请在文字中写明", mention.value)
        })
    })
}

/// Names the cells of a reading beside the finding.
fn relate(finding: &mut Diagnostic, reading: &Reading) {
    const MOST: usize = 4;
    for (path, value) in reading.figures.iter().take(MOST) {
        let place = Place::Value(path.clone());
        if finding.related.iter().any(|label| label.place == place) {
            continue;
        }
        if reading.figures.len() > 1 && *value == Some(Decimal::ZERO) {
            continue; // one of many zeros says nothing
        }
        finding.related.push(Label::new(place, value.map_or(String::new(), |v| v.to_string())));
    }
}

/// The words of a clause as messages quote them: on one line, not too long, without what opens it.
pub(in crate::rules) fn clause(text: &Text, range: &Range<usize>) -> String {
    const LONGEST: usize = 24;
    let words = text.printed().get(range.clone()).unwrap_or_default();
    let mut words: String = words.chars().filter(|c| !c.is_whitespace()).collect();
    // 过程性信息（22件: a bracket round the figure is shown whole.
    if words.rfind('（') > words.rfind('）') {
        words.push('）');
    }
    let length = words.chars().count();
    if length <= LONGEST {
        return words;
    }
    let tail: String = words.chars().skip(length - LONGEST).collect();
    format!("……{tail}")
}

/// A figure with its place, as lists of figures name it.
pub(in crate::rules) fn itself(passage: &Passage, text: &Text, mention: &Mention) -> Label {
    Label::new(place(passage, text, &mention.digits), clause(text, &mention.range))
}

/// The place of some bytes of the printed text.
pub(in crate::rules) fn place(passage: &Passage, text: &Text, range: &Range<usize>) -> Place {
    Place::Text(passage.path.clone(), text.typed_range(range.clone()))
}
