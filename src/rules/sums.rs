//! What the rules on sums share: finding broken equations, pointing at the wrong cell, offering the repair.

use super::Findings;
use super::cells::request_cell;
use super::equations::{At, Equation, Figures, Kind, Sheet, challenge_path, request_path};
use super::repair::{Change, Repair, smallest};
use crate::diag::Place;
use crate::edition::{Axis, ChallengeColumn, Form, Proceeding, RequestColumn, RequestRow};
use crate::report::{Count, FieldPath, Report};

/// What a broken equation is called: the message, and what stands beside its two sums.
#[derive(Default)]
pub(super) struct Wording {
    pub(super) message: String,
    pub(super) left: String,
    pub(super) right: String,
}

/// Reports every broken equation of table 2 that `mine` accepts.
pub(super) fn requests(
    report: &Report,
    findings: &mut Findings<'_>,
    mine: impl Fn(Kind) -> bool,
    wording: impl Fn(&Form, Kind, Count, Count) -> Wording,
) {
    let form = report.form();
    let cell =
        |(row, column): At| request_cell(form, RequestRow::ALL[row], RequestColumn::ALL[column]);
    let names = Names { path: request_path, cell: &cell };
    if !report.requests.is_empty() {
        judge(&Sheet::requests(report), findings, &names, mine, |kind, l, r| {
            wording(form, kind, l, r)
        });
    }
}

/// Reports every broken equation of table 3.
pub(super) fn challenges(
    report: &Report,
    findings: &mut Findings<'_>,
    wording: impl Fn(&Form, Kind, Count, Count) -> Wording,
) {
    let form = &report.form().challenges;
    let cell = |(row, column): At| {
        let proceeding = form.proceeding_label(Proceeding::ALL[row]);
        format!("“{proceeding}”的“{}”", form.column_label(ChallengeColumn::ALL[column]))
    };
    let names = Names { path: challenge_path, cell: &cell };
    if !report.challenges.is_empty() {
        let sheet = Sheet::challenges(report);
        judge(&sheet, findings, &names, |_| true, |kind, l, r| wording(report.form(), kind, l, r));
    }
}

/// How the cells of a table are addressed and called.
struct Names<'a> {
    path: fn(At) -> FieldPath,
    cell: &'a dyn Fn(At) -> String,
}

fn judge(
    sheet: &Sheet,
    findings: &mut Findings<'_>,
    names: &Names<'_>,
    mine: impl Fn(Kind) -> bool,
    wording: impl Fn(Kind, Count, Count) -> Wording,
) {
    let figures = sheet.figures();
    let mut repair = None;
    let mut n_missing = 0;
    for equation in sheet.equations.iter().filter(|equation| mine(equation.kind)) {
        let Some((left, right)) = equation.sides(&figures) else {
            n_missing += 1;
            continue;
        };
        // A sum of nothing but computed totals is broken only where one of its parts is.
        let computed = !equation.left.iter().chain(&equation.right).any(|at| sheet.is_typed(*at));
        if left == right || computed {
            continue;
        }
        let repair = repair.get_or_insert_with(|| smallest(sheet));
        let wording = wording(equation.kind, left, right);
        report_broken(sheet, findings, names, equation, &figures, repair, wording);
    }
    if n_missing > 0 {
        findings.unassessed(format!("{n_missing}个等式所需的数据没有填全"));
    }
}

fn report_broken(
    sheet: &Sheet,
    findings: &mut Findings<'_>,
    names: &Names<'_>,
    equation: &Equation,
    figures: &Figures,
    repair: &Repair,
    wording: Wording,
) {
    let mut cells: Vec<At> = equation.left.iter().chain(&equation.right).copied().collect();
    // The cell to change, if the repair says which; else the total that does not fit.
    let culprit = match repair {
        Repair::Only(changes) => {
            changes.iter().map(|change| change.at).find(|at| cells.contains(at))
        }
        Repair::OneOf(_) | Repair::Unclear => None,
    };
    let total = equation.right.first().copied().filter(|at| sheet.is_typed(*at));
    let primary = culprit
        .or(total)
        .or_else(|| cells.iter().copied().find(|at| sheet.is_typed(*at)))
        .unwrap_or(equation.right[0]);
    let label = match (repair, culprit) {
        (Repair::Only(changes), Some(at)) => changes
            .iter()
            .find(|change| change.at == at)
            .map_or_else(String::new, |change| format!("应为 {}", change.to)),
        _ if equation.right.contains(&primary) => wording.right.clone(),
        _ => wording.left.clone(),
    };
    let finding = findings.report(Place::Value((names.path)(primary)), wording.message, label);
    // The other operands, without the many zeros that say nothing.
    cells.retain(|at| *at != primary && sheet.is_typed(*at) && figures[at.0][at.1] != Some(0));
    for at in cells {
        let count = figures[at.0][at.1].unwrap_or_default();
        finding
            .related
            .push(crate::diag::Label::new(Place::Value((names.path)(at)), count.to_string()));
    }
    finding.help.push(help(names, repair));
}

fn help(names: &Names<'_>, repair: &Repair) -> String {
    let change = |change: &Change| {
        format!("{}由 {} 改为 {}", (names.cell)(change.at), change.from, change.to)
    };
    let all = |changes: &[Change]| changes.iter().map(change).collect::<Vec<_>>().join("，");
    match repair {
        Repair::Only(changes) => {
            format!("把{}，本表各等式就全部成立；请核对台账后改正", all(changes))
        }
        Repair::OneOf(repairs) => {
            let ways: Vec<String> =
                repairs.iter().map(|changes| format!("把{}", all(changes))).collect();
            format!(
                "下列改法任取其一，本表各等式就全部成立：{}；请核对台账后改正",
                ways.join("；或者")
            )
        }
        Repair::Unclear => "只改一两格不能确定是哪里填错，请逐格与台账核对".to_owned(),
    }
}
