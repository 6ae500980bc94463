//! NB207: a figure many times that of the year before, or a small part of it, has a reason.

use rust_decimal::Decimal;

use crate::diag::{Place, Severity};
use crate::edition::{Cell, ChallengeColumn, DisclosureColumn, Edition, RequestColumn, RequestRow};
use crate::law::{self, Authority};
use crate::report::{FieldPath, Money, Report};
use crate::rules::disclosure::{coercion_missing, fee_unit_suspect};
use crate::rules::machinery::last_year;
use crate::rules::{Docs, Findings, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB207",
    name: "figure-jump",
    title: "与上年相比变化过大",
    severity: Severity::Hint,
    fixed: false,
    authority: Authority::Practice,
    basis: &[law::PRACTICE, law::FORMAT_2021_ACCURACY],
    editions: Edition::ALL,
    docs: Docs {
        what: "给出上一年度数据文件时，一个数是否多于上年的五倍，或者少于上年的五分之一。看第一张表的全部数据，第二张表的总计一列和“本年新收”一行，第三张表的总计；两年的数都不到 50 的不提示。“本年新收”总计已经提示的，随着它变的其他各格不再提示。这一格或这一行有附注的，视为已经说明原因。",
        why: "大起大落多半是漏报、单位写错或者统计范围变了；情况属实的，读者也会问为什么，用附注说明一句。倍数和 50 的下限是经验，不是规定。",
        example: "[report]\nprevious = \"2022.toml\"   # 其中 licences = 3251\n[disclosure]\nlicences = 32510",
        corrected: "[report]\nprevious = \"2022.toml\"   # 其中 licences = 3251\n[disclosure]\nlicences = 32510\n[[notes]]\nat = \"disclosure.licences\"\ntext = \"含本年下放的事项\"",
    },
    check,
};

/// From how many times, up or down, a change is a jump.
const TIMES: u32 = 5;
/// Two figures below this say nothing by their ratio.
const FEW: u32 = 50;

fn check(report: &Report, findings: &mut Findings<'_>) {
    let Some(last) = findings.last_year(report) else { return };
    let received = Cell::Requests(RequestRow::Received, RequestColumn::Total);
    let both = |cell| Some((report.printed(cell)?, last.printed(cell)?));
    // Whether there are far more applications than the year before, or far fewer.
    let of_requests = both(received).and_then(|(now, before)| jump(now, before));
    for cell in last_year::cells(report, last).filter(|cell| is_judged(*cell)) {
        let Some((now, before)) = both(cell) else { continue };
        let Some(up) = jump(now, before) else { continue };
        let follows = matches!(cell, Cell::Requests(..)) && cell != received;
        if follows && of_requests == Some(up) {
            continue;
        }
        if belongs_elsewhere(report, last, cell) || is_explained(report, cell) {
            continue;
        }
        report_one(report, findings, cell, now, before);
    }
}

/// Single kinds of applicants change much from year to year; only those of new applications are judged.
fn is_judged(cell: Cell) -> bool {
    match cell {
        // A change against the year before has a sign and may be anything.
        Cell::Disclosure(_, column) => column != DisclosureColumn::Change,
        // What is carried in must equal last year's carry-over, which is another rule.
        Cell::Requests(RequestRow::CarriedIn, _) => false,
        Cell::Requests(row, column) => {
            column == RequestColumn::Total || row == RequestRow::Received
        }
        Cell::Challenges(_, column) => column == ChallengeColumn::Total,
    }
}

/// True if a figure has risen beyond measure, false if it has fallen so.
fn jump(now: Money, before: Money) -> Option<bool> {
    if now.max(before) < Decimal::from(FEW) {
        return None;
    }
    let times = |figure: Money| figure.checked_mul(Decimal::from(TIMES));
    if times(before).is_some_and(|limit| now > limit) {
        return Some(true);
    }
    times(now).is_some_and(|limit| before > limit).then_some(false)
}

/// True if another rule says more of the same figure.
fn belongs_elsewhere(report: &Report, last: &Report, cell: Cell) -> bool {
    let path = FieldPath::of(cell);
    path == coercion_missing::path(report) && coercion_missing::is_found(report, Some(last))
        || path == fee_unit_suspect::path() && fee_unit_suspect::is_found(report, Some(last))
}

fn is_explained(report: &Report, cell: Cell) -> bool {
    last_year::is_explained(report, &[FieldPath::row_of(cell), FieldPath::of(cell)])
}

fn report_one(report: &Report, findings: &mut Findings<'_>, cell: Cell, now: Money, before: Money) {
    let path = FieldPath::of(cell);
    let name = report.form().cell_name(cell);
    let change = match (now.checked_div(before), before.checked_div(now)) {
        (None, _) => "上年为 0".to_owned(),
        (_, None) => format!("上年 {before}"),
        (Some(times), _) if now > before => {
            format!("上年 {before}，约为上年的 {} 倍", times.round())
        }
        (_, Some(times)) => format!("上年 {before}，约为上年的 {} 分之一", times.round()),
    };
    let finding = findings.report(
        Place::Value(path.clone()),
        format!("{name}：本年 {now}，{change}"),
        format!("上年 {before}"),
    );
    last_year::relate(report, finding, format!("其中为 {before}"));
    finding.help.push(format!(
        "核对是否漏报、重报或者单位写错；属实的，用附注说明原因：{}",
        last_year::note(&path)
    ));
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::check_years;

    #[test]
    fn ten_times_and_a_tenth() {
        check_years(
            &RULE,
            "[disclosure]\nlicences = 3251\npenalties = 600\ncoercive_measures = 0\nfees = 80.5\n",
            "[disclosure]\nlicences = 32510\n#          ^ 约为上年的 10 倍\npenalties = 60\n#           ^ 约为上年的 10 分之一\ncoercive_measures = 70\n#                   ^ 上年为 0\nfees = 0\n#      ^ 上年 80.5\n",
        );
    }

    #[test]
    fn more_applications_mean_more_of_everything() {
        check_years(
            &RULE,
            "[requests]\nreceived = [20, 0, 0, 0, 0, 0]\noutcome.granted = [10, 0, 0, 0, 0, 0]\n",
            "[requests]\nreceived = [200, 0, 0, 0, 0, 0, 200]\n#                               ^ 约为上年的 10 倍\noutcome.granted = [100, 0, 0, 0, 0, 0]\n",
        );
    }

    #[test]
    fn few_cases_four_times_or_a_reason() {
        check_years(
            &RULE,
            "[disclosure]\nlicences = 2\npenalties = 25\n[challenges]\nreconsideration = [1, 0, 0, 0]\n",
            "[disclosure]\nlicences = 49\npenalties = 120\n[challenges]\nreconsideration = [9, 9, 9, 9]\n",
        );
        check_years(
            &RULE,
            "[disclosure]\nlicences = 3251\n",
            "[disclosure]\nlicences = 32510\n[[notes]]\nat = \"disclosure.licences\"\ntext = \"含本年下放的事项\"\n",
        );
        check_years(&RULE, "", "[disclosure]\nlicences = 32510\n");
    }
}
