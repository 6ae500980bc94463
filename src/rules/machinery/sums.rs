//! The common work of the rules on sums: finding broken equations, pointing at the wrong cell, offering the repair.

use crate::diag::{self, Label, Place};
use crate::edition::{
    Axis, Cell, ChallengeColumn, Form, Proceeding, RequestColumn, RequestRow, Section,
};
use crate::report::{Count, FieldPath, Report};
use crate::rules::Findings;
use crate::rules::machinery::equations::{
    At, Equation, EquationKind, Sheet, challenge_path, request_path,
};
use crate::rules::machinery::repair::{Change, Repair, smallest};

/// Reports every broken equation of table 2 that `mine` accepts.
pub(in crate::rules) fn requests(
    report: &Report,
    findings: &mut Findings<'_>,
    mine: impl Fn(EquationKind) -> bool,
    message: impl Fn(&Form, EquationKind, Count, Count) -> String,
) {
    let form = report.form();
    let cell = |(row, column): At| {
        form.cell_name(Cell::Requests(RequestRow::ALL[row], RequestColumn::ALL[column]))
    };
    let names = Names { path: request_path, cell: &cell };
    if !report.requests.is_empty() {
        judge(&Sheet::requests(report), findings, &names, mine, |kind, l, r| {
            message(form, kind, l, r)
        });
    }
}

/// Reports every broken equation of table 3.
pub(in crate::rules) fn challenges(
    report: &Report,
    findings: &mut Findings<'_>,
    message: impl Fn(&Form, EquationKind, Count, Count) -> String,
) {
    let cell = |(row, column): At| {
        let cell = Cell::Challenges(Proceeding::ALL[row], ChallengeColumn::ALL[column]);
        report.form().cell_name(cell)
    };
    let names = Names { path: challenge_path, cell: &cell };
    if !report.challenges.is_empty() {
        let sheet = Sheet::challenges(report);
        judge(&sheet, findings, &names, |_| true, |kind, l, r| message(report.form(), kind, l, r));
    }
}

/// The cells whose change makes all equations of a table true, if no other as small a change does: empty where
/// all are true already, none where several changes may be meant.
pub fn sole_repair(report: &Report, section: Section) -> Option<Vec<Cell>> {
    let (sheet, cell): (Sheet, fn(At) -> Cell) = match section {
        Section::Requests => (Sheet::requests(report), |(row, column)| {
            Cell::Requests(RequestRow::ALL[row], RequestColumn::ALL[column])
        }),
        Section::Challenges => (Sheet::challenges(report), |(row, column)| {
            Cell::Challenges(Proceeding::ALL[row], ChallengeColumn::ALL[column])
        }),
        Section::Overview | Section::Disclosure | Section::Problems | Section::Other => {
            return Some(Vec::new());
        }
    };
    let figures = sheet.figures();
    if !sheet.equations.iter().any(|equation| equation.is_broken(&figures)) {
        return Some(Vec::new());
    }
    match smallest(&sheet) {
        Repair::Only(changes) => Some(changes.iter().map(|change| cell(change.at)).collect()),
        Repair::OneOf(_) | Repair::AnyOfMany | Repair::Unclear => None,
    }
}

/// The addresses and names of the cells of a table.
struct Names<'a> {
    path: fn(At) -> FieldPath,
    cell: &'a dyn Fn(At) -> String,
}

fn judge(
    sheet: &Sheet,
    findings: &mut Findings<'_>,
    names: &Names<'_>,
    mine: impl Fn(EquationKind) -> bool,
    message: impl Fn(EquationKind, Count, Count) -> String,
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
        let (at, label) = culprit(sheet, equation, repair).unwrap_or_else(|| {
            (suspect(sheet, equation), format!("两边相差 {}", left.abs_diff(right)))
        });
        let place = Place::Value((names.path)(at));
        let finding = findings.report(place, message(equation.kind, left, right), label);
        // The other operands, without the many zeros that say nothing.
        for other in equation.left.iter().chain(&equation.right).filter(|other| **other != at) {
            let count =
                figures[other.0][other.1].filter(|count| *count != 0 && sheet.is_typed(*other));
            finding
                .related
                .extend(count.map(|count| {
                    Label::new(Place::Value((names.path)(*other)), count.to_string())
                }));
        }
        finding.help.push(help(names, repair));
        // A figure that is not 0 stands in the file by itself, and not as one 0 for its whole row.
        if let Repair::Only(changes) = repair
            && let [only] = changes.as_slice()
            && only.from != 0
            && sheet.is_typed(only.at)
        {
            let place = Place::Value((names.path)(only.at));
            finding.repair = Some(diag::Repair { place, text: only.to.to_string() });
        }
    }
    if n_missing > 0 {
        findings.unassessed(format!("{n_missing}个等式所需的数据没有填全"));
    }
}

/// The cell of an equation that the repair changes, and what it would have to say.
fn culprit(sheet: &Sheet, equation: &Equation, repair: &Repair) -> Option<(At, String)> {
    let Repair::Only(changes) = repair else { return None };
    let cells = || equation.left.iter().chain(&equation.right);
    changes
        .iter()
        .find(|change| cells().any(|at| sheet.is_typed(*at) && *at == change.at))
        .map(|change| (change.at, format!("应为 {}", change.to)))
}

/// The cell to point at when no repair says which one is wrong: the total, or else the first typed cell.
fn suspect(sheet: &Sheet, equation: &Equation) -> At {
    let cells = equation.right.iter().take(1).chain(&equation.left).chain(&equation.right);
    cells.copied().find(|at| sheet.is_typed(*at)).unwrap_or(equation.right[0])
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
        Repair::AnyOfMany => {
            "可能有一格填错，但仅凭等式不能确定是哪一格；请将上面涉及的各格逐一与台账核对"
                .to_owned()
        }
        Repair::Unclear => "可能有多格填错；请将上面涉及的各格逐一与台账核对".to_owned(),
    }
}
