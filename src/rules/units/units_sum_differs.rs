//! NB901: the figures of a report that adds up others are what those add up to.

use crate::diag::{Label, Place, Severity};
use crate::edition::Edition;
use crate::law::{self, Authority};
use crate::report::{FieldPath, Money, Report};
use crate::rules::{Docs, Findings, Rule};
use crate::units::{Difference, Figure, Summary};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB901",
    name: "units-sum-differs",
    title: "数据与下级单位相加不一致",
    severity: Severity::Error,
    fixed: true,
    authority: Authority::Arithmetic,
    basis: &[law::PRACTICE, law::FORMAT_2021_ACCURACY],
    editions: Edition::ALL,
    docs: Docs {
        what: "写了 [report] units（下级单位名单）的报告，三张表的每一格和信息处理费是否等于名单上各单位报告相加。总计不比，只比相加的各格。有单位没有报、报告有错误时，只指出比已报的合计还小的格，其余的格说明未能判断。规章、行政规范性文件的件数比相加少、名单又没有写明联合发文的，由 NB903 提示。",
        why: "各地一般要求人民政府的报告包含本级各机关的数据，由各单位的报告相加而成；写了下级单位名单而对不上，多半是漏加、重复加，或者下级报送之后又改了数。",
        example: "[report]\nunits = \"units.toml\"        # 名单上各单位的行政许可相加是 115\n\n[disclosure]\nlicences = 120",
        corrected: "[report]\nunits = \"units.toml\"\n\n[disclosure]\nlicences = 115",
    },
    check,
};

/// The number of places a finding for many figures names.
const NAMED: usize = 6;

/// More figures than these are one finding.
const MANY: usize = 8;

fn check(report: &Report, findings: &mut Findings<'_>) {
    let Some(children) = findings.children() else { return };
    if children.edition != report.edition {
        return;
    }
    let figures: Vec<Option<Money>> =
        Figure::all(report.form()).iter().map(|figure| figure.of(report)).collect();
    let mut differences = children.differences(|i| figures.get(i).copied().flatten());
    let told = || children.totals.iter().zip(&figures).filter(|(t, _)| children.is_told(t));
    let n_unfilled = told().filter(|(_, figure)| figure.is_none()).count();
    if n_unfilled > 0 {
        findings.unassessed(format!("有 {n_unfilled} 格没有填写，不能与下级相加核对"));
    }
    let n_lacking = children.lacking().count();
    let unknown = differences.len();
    if n_lacking > 0 {
        // What is still missing can only make a sum larger, so a figure that is too small is wrong anyway.
        differences.retain(|difference| difference.stated < difference.sum);
        differences.retain(|difference| !is_signed(children, difference));
    }
    let unknown = unknown - differences.len();
    if unknown > 0 {
        findings.unassessed(format!(
            "下级还有 {n_lacking} 个单位的报告没有计入，有 {unknown} 格大于已报的合计，不能判断"
        ));
    }
    let n_absent = told().filter(|(total, _)| total.sum.is_none()).count();
    if n_absent > 0 {
        findings.unassessed(format!("下级单位有 {n_absent} 格没有填写，不能相加"));
    }
    match culprit(children, &differences, &figures) {
        Some(culprit) if differences.len() > 1 => {
            let name = children.name(culprit.unit);
            let slip =
                if culprit.left_out { "可能漏加了它" } else { "可能把它加了两次" };
            let cause = format!("，差额正好都是“{name}”的数，{slip}");
            let help = format!("核对“{name}”的数据后改正；{REFILL}");
            all(children, &differences, &cause, help, findings);
        }
        _ if differences.len() > MANY => {
            let help = "逐格与名单上的单位核对".to_owned();
            all(children, &differences, "", format!("{help}；{REFILL}"), findings);
        }
        _ => {
            for difference in &differences {
                one(children, difference, findings);
            }
        }
    }
}

/// A figure that can be negative, so that what is missing may also make the sum smaller.
fn is_signed(children: &Summary, difference: &Difference) -> bool {
    difference.stated.is_sign_negative()
        || children.totals[difference.total].parts.iter().any(|(_, part)| part.is_sign_negative())
}

/// A unit whose figures are all the differences there are, and whether it was left out.
struct Culprit {
    unit: usize,
    left_out: bool,
}

/// The only unit whose report, left out or added twice, explains every difference.
fn culprit(
    children: &Summary,
    differences: &[Difference],
    figures: &[Option<Money>],
) -> Option<Culprit> {
    let first = differences.first()?;
    let left_out = first.stated < first.sum;
    let mut found = children.added().filter(|standing| {
        let own = |i: usize| standing.figures.get(i).copied().flatten().unwrap_or_default();
        let compared = (0..children.totals.len())
            .filter(|i| figures[*i].is_some() && children.totals[*i].sum.is_some());
        compared.into_iter().all(|i| {
            let differs = differences.iter().find(|difference| difference.total == i);
            match differs {
                Some(d) if left_out => d.sum - d.stated == own(i),
                Some(d) => d.stated - d.sum == own(i),
                // Documents may be fewer than the sum for other reasons.
                None => own(i).is_zero() || children.totals[i].figure.counts_documents(),
            }
        })
    });
    let unit = found.next()?.unit;
    found.next().is_none().then_some(Culprit { unit, left_out })
}

/// One finding for many figures. It stands at the list and not at one of the figures, so that a waiver for
/// that figure does not cover the others.
fn all(
    children: &Summary,
    differences: &[Difference],
    cause: &str,
    help: String,
    findings: &mut Findings<'_>,
) {
    let n = differences.len();
    let message = format!("有 {n} 格与名单上的下级单位相加不一致{cause}");
    let place = Place::Value(FieldPath::new("report.units"));
    let finding = findings.report(place, message, "");
    for difference in differences.iter().take(NAMED) {
        let path = children.totals[difference.total].figure.path();
        let label = Label::new(Place::Value(path), format!("应为 {}", difference.sum));
        finding.related.push(label);
    }
    finding.help.push(help);
    if cause.is_empty() && differences.iter().all(|d| d.stated > d.sum) {
        finding.help.push(OWN.to_owned());
    }
}

/// The remedy where the body's own figures are in its report, but not on the list.
const OWN: &str = "本机关自己的数据没有列在名单上的，把它写成名单里的一个单位";

/// The way to put all figures right at once.
const REFILL: &str = "也可以用 nianbao sum 名单 --into 本数据文件 重新填入";

fn one(children: &Summary, difference: &Difference, findings: &mut Findings<'_>) {
    let total = &children.totals[difference.total];
    let form = children.edition.form();
    let Difference { stated, sum, .. } = difference;
    let (word, gap) = if stated > sum { ("多", stated - sum) } else { ("少", sum - stated) };
    let n = total.parts.len();
    let message = format!(
        "{}写的是 {stated}，下级单位相加是 {sum}，{word} {}",
        total.figure.name(form),
        gap.normalize()
    );
    let place = Place::Value(total.figure.path());
    let finding = findings.report(place, message, format!("应为 {sum}"));
    let same: Vec<&str> = total
        .parts
        .iter()
        .filter(|(_, part)| *part == gap)
        .map(|(unit, _)| children.name(*unit))
        .collect();
    let help = match same.as_slice() {
        [name] if stated < sum && n > 1 => format!("差额正好是“{name}”的数，可能漏加了它"),
        [name] if stated > sum => format!("差额正好是“{name}”的数，可能把它加了两次"),
        _ if n == 0 => "名单上的单位这一格都是 0".to_owned(),
        _ => "逐一核对".to_owned(),
    };
    if n > 0 {
        finding.help.push(format!("下级单位：{}", children.sources(total)));
    }
    finding.help.push(format!("{help}；{REFILL}"));
    if stated > sum {
        finding.help.push(OWN.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check_units, unassessed_units};

    const LIST: &str = "joint = []\n";

    #[test]
    fn one_figure_differs_and_the_unit_is_named() {
        check_units(
            &RULE,
            LIST,
            &[
                "[disclosure]\nlicences = 100\nfees = 1.5",
                "[disclosure]\nlicences = 15\nfees = 2.25",
            ],
            r"
[disclosure]
licences = 100
#          ^^^ “行政许可”的“本年处理决定数量”写的是 100，下级单位相加是 115，少 15
fees = 3.75
",
        );
    }

    #[test]
    fn a_unit_left_out_is_one_finding() {
        let unit = "[disclosure]\nlicences = 15\n[requests]\nreceived = [1, 2, 0, 0, 0, 0]\n";
        let other = "[disclosure]\nlicences = 7\n[requests]\nreceived = [5, 0, 0, 0, 0, 0]\n";
        check_units(
            &RULE,
            LIST,
            &[unit, other],
            r"
#< 有 3 格与名单上的下级单位相加不一致，差额正好都是“甲局”的数，可能漏加了它
[disclosure]
licences = 7
[requests]
received = [5, 0, 0, 0, 0, 0]
",
        );
        check_units(
            &RULE,
            LIST,
            &[unit, other],
            r"
#< 可能把它加了两次
[disclosure]
licences = 37
[requests]
received = [7, 4, 0, 0, 0, 0]
",
        );
    }

    #[test]
    fn what_was_made_together_counts_once() {
        let joint = "[[joint]]\ndocument = \"办法\"\nunits = [\"甲局\", \"乙局\"]\n\
                     row = \"normative_documents\"\ncolumns = [\"issued\"]\n";
        let unit = "[disclosure]\nnormative_documents = { issued = 2, in_force = 9 }\n";
        check_units(
            &RULE,
            joint,
            &[unit, unit],
            "[disclosure]\nnormative_documents = { issued = 3, in_force = 18 }\n",
        );
        check_units(
            &RULE,
            joint,
            &[unit, unit],
            r"
[disclosure]
normative_documents = { issued = 4, in_force = 18 }
#                                ^ 写的是 4，下级单位相加是 3，多 1
",
        );
    }

    #[test]
    fn fewer_documents_may_be_right_when_nobody_said_what_was_made_together() {
        let unit = "[disclosure]\nnormative_documents = { issued = 2, in_force = 9 }\n";
        check_units(
            &RULE,
            "",
            &[unit, unit],
            r"
[disclosure]
normative_documents = { issued = 2, in_force = 8 }
#                                              ^ 写的是 8，下级单位相加是 18，少 10
",
        );
    }

    #[test]
    fn while_a_unit_is_missing_only_too_little_is_wrong() {
        let unit = "[disclosure]\nlicences = 15\npenalties = 3\n";
        let lines = r"
[disclosure]
licences = 20
penalties = 2
#           ^ 写的是 2，下级单位相加是 3，少 1
";
        check_units(&RULE, LIST, &[unit, ""], lines);
        let said = unassessed_units(&RULE, LIST, &[unit, ""], "[disclosure]\nlicences = 20\n");
        assert!(said.iter().any(|s| s.contains("有 1 格大于已报的合计，不能判断")), "{said:?}");
    }

    #[test]
    fn what_a_unit_leaves_out_is_not_taken_for_nothing() {
        let units = ["[disclosure]\nlicences = 15\n", "[disclosure]\npenalties = 1\n"];
        check_units(&RULE, LIST, &units, "[disclosure]\nlicences = 3\npenalties = 4\n");
        // A fee that no report tells of is not missed, one that a unit tells of is.
        let fee = "[other]\nhandling_fee = { notices = 1, amount = 100 }\n";
        let reasons = |unit| unassessed_units(&RULE, LIST, &[unit, unit], "").join("，");
        assert!(
            reasons("[disclosure]\nlicences = 1\n").contains("有 166 格没有填写"),
            "{}",
            reasons("")
        );
        assert!(reasons(fee).contains("有 168 格没有填写"), "{}", reasons(fee));
    }
}
