//! The sums of tables 2 and 3 as equations over cells, and the figures they are judged on.

use crate::edition::{
    Axis, Cell, ChallengeColumn, Form, Proceeding, RequestColumn, RequestRow, RequestsTable,
};
use crate::report::{Challenges, Count, FieldPath, Report, Requests};
use crate::rules;

/// A cell of a [`Sheet`]: row and column by their place in the form.
pub(in crate::rules) type At = (usize, usize);

/// The figures of a table as they are typed, with what is to be added up.
///
/// A cell that was left out although it is a total is computed; everything else that was left out
/// has no figure. Tables 2 and 3 both become a sheet, so that one search finds the repair for either.
#[derive(Debug, Clone)]
pub(in crate::rules) struct Sheet {
    /// The figures as typed.
    typed: Vec<Vec<Option<Count>>>,
    /// The cells that hold something that was typed, usable or not.
    written: Vec<Vec<bool>>,
    /// The totals in the order in which they can be computed, each with its parts.
    totals: Vec<(At, Vec<At>)>,
    /// The equations that must hold.
    pub(in crate::rules) equations: Vec<Equation>,
}

/// Two sums that must be equal.
#[derive(Debug, Clone)]
pub(in crate::rules) struct Equation {
    /// The rule it belongs to.
    pub(in crate::rules) kind: EquationKind,
    /// The cells of the left sum.
    pub(in crate::rules) left: Vec<At>,
    /// The cells of the right sum.
    pub(in crate::rules) right: Vec<At>,
}

/// The rule an equation belongs to, and its own part of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::rules) enum EquationKind {
    /// NB302: received and carried in = handled and carried out, in this column.
    Balance(RequestColumn),
    /// NB303: the outcome rows add up to the outcome total, in this column.
    Outcome(RequestColumn),
    /// NB304: the kinds of applicants add up to the total, in this row.
    Row(RequestRow),
    /// NB402: the results add up to the total, for this kind of proceeding.
    Proceeding(Proceeding),
}

/// The figures of a sheet with every total that was left out computed.
pub(in crate::rules) type Figures = Vec<Vec<Option<Count>>>;

impl Sheet {
    /// Table 2 of a report.
    pub(in crate::rules) fn requests(report: &Report) -> Self {
        let table = &report.form().requests;
        let entry = |row, column| report.requests.entry(row, column);
        let typed = grid::<RequestRow, RequestColumn, _>(|row, column| entry(row, column).count());
        let written =
            grid::<RequestRow, RequestColumn, _>(|row, column| !entry(row, column).is_absent());
        let mut sheet =
            Self { typed, written, totals: Vec::new(), equations: request_equations(table) };
        let at = |row: RequestRow, column: RequestColumn| (row.index(), column.index());
        for column in RequestColumn::APPLICANTS {
            let results = table.result_rows().map(|row| at(row, *column)).collect();
            sheet.totals.push((at(RequestRow::OutcomeTotal, *column), results));
        }
        for row in RequestRow::ALL {
            let parts = RequestColumn::APPLICANTS.iter().map(|column| at(*row, *column)).collect();
            sheet.totals.push((at(*row, RequestColumn::Total), parts));
        }
        sheet
    }

    /// Table 3 of a report.
    pub(in crate::rules) fn challenges(report: &Report) -> Self {
        let entry = |row, column| report.challenges.entry(row, column);
        let typed =
            grid::<Proceeding, ChallengeColumn, _>(|row, column| entry(row, column).count());
        let written =
            grid::<Proceeding, ChallengeColumn, _>(|row, column| !entry(row, column).is_absent());
        let equations = challenge_equations();
        let total = |equation: &Equation| (equation.right[0], equation.left.clone());
        let totals = equations.iter().map(total).collect();
        Self { typed, written, totals, equations }
    }

    /// The figures with every total that was left out computed.
    pub(in crate::rules) fn figures(&self) -> Figures {
        let mut figures = self.typed.clone();
        self.compute(&mut figures);
        figures
    }

    /// The figures after some typed cells have been given another figure.
    pub(in crate::rules) fn figures_with(&self, changes: &[(At, Count)]) -> Figures {
        let mut figures = self.typed.clone();
        for ((row, column), count) in changes {
            figures[*row][*column] = Some(*count);
        }
        self.compute(&mut figures);
        figures
    }

    fn compute(&self, figures: &mut Figures) {
        for ((row, column), parts) in &self.totals {
            if !self.written[*row][*column] {
                figures[*row][*column] = sum(figures, parts);
            }
        }
    }

    /// True if a cell was typed, so that it could have been typed wrong.
    pub(in crate::rules) fn is_typed(&self, (row, column): At) -> bool {
        self.typed[row][column].is_some()
    }

    /// The typed cells on which a cell depends: itself, or the parts of a total that was left out.
    pub(in crate::rules) fn sources(&self, at: At) -> Vec<At> {
        if self.written[at.0][at.1] {
            return vec![at];
        }
        match self.totals.iter().find(|(total, _)| *total == at) {
            Some((_, parts)) => parts.iter().flat_map(|part| self.sources(*part)).collect(),
            None => Vec::new(),
        }
    }
}

impl Equation {
    /// Both sums; `None` when a figure is missing.
    pub(in crate::rules) fn sides(&self, figures: &Figures) -> Option<(Count, Count)> {
        Some((sum(figures, &self.left)?, sum(figures, &self.right)?))
    }

    /// True if both sums are there and differ.
    pub(in crate::rules) fn is_broken(&self, figures: &Figures) -> bool {
        self.sides(figures).is_some_and(|(left, right)| left != right)
    }
}

/// Two sums of cells that must be equal by the form.
#[derive(Debug, Clone)]
pub(crate) struct CellEquation {
    /// The code of the rule that judges it.
    pub(crate) code: &'static str,
    /// The cells of one side.
    pub(crate) left: Vec<Cell>,
    /// The cells of the other side.
    pub(crate) right: Vec<Cell>,
}

/// The equations of tables 2 and 3 of a form.
pub(crate) fn equations(form: &Form) -> Vec<CellEquation> {
    let of = |equation: Equation, cell: &dyn Fn(At) -> Cell| CellEquation {
        code: equation.kind.code(),
        left: equation.left.into_iter().map(cell).collect(),
        right: equation.right.into_iter().map(cell).collect(),
    };
    let request =
        |(row, column): At| Cell::Requests(RequestRow::ALL[row], RequestColumn::ALL[column]);
    let challenge =
        |(row, column): At| Cell::Challenges(Proceeding::ALL[row], ChallengeColumn::ALL[column]);
    let requests = request_equations(&form.requests).into_iter().map(|one| of(one, &request));
    let challenges = challenge_equations().into_iter().map(|one| of(one, &challenge));
    requests.chain(challenges).collect()
}

impl EquationKind {
    /// The code of the rule it belongs to.
    fn code(self) -> &'static str {
        match self {
            Self::Balance(_) => rules::requests::requests_unbalanced::RULE.code,
            Self::Outcome(_) => rules::requests::outcome_total_wrong::RULE.code,
            Self::Row(_) => rules::requests::row_total_wrong::RULE.code,
            Self::Proceeding(_) => rules::challenges::challenges_total_wrong::RULE.code,
        }
    }
}

/// The address of a cell of table 2.
pub(in crate::rules) fn request_path((row, column): At) -> FieldPath {
    Requests::path(RequestRow::ALL[row], RequestColumn::ALL[column])
}

/// The address of a cell of table 3.
pub(in crate::rules) fn challenge_path((row, column): At) -> FieldPath {
    Challenges::path(Proceeding::ALL[row], ChallengeColumn::ALL[column])
}

fn request_equations(table: &RequestsTable) -> Vec<Equation> {
    let mut equations = Vec::new();
    for column in RequestColumn::ALL {
        let at = |row: RequestRow| (row.index(), column.index());
        equations.push(Equation {
            kind: EquationKind::Balance(*column),
            left: vec![at(RequestRow::Received), at(RequestRow::CarriedIn)],
            right: vec![at(RequestRow::OutcomeTotal), at(RequestRow::CarriedOut)],
        });
        equations.push(Equation {
            kind: EquationKind::Outcome(*column),
            left: table.result_rows().map(at).collect(),
            right: vec![at(RequestRow::OutcomeTotal)],
        });
    }
    for row in table.rows.iter().map(|r| r.row) {
        equations.push(Equation {
            kind: EquationKind::Row(row),
            left: RequestColumn::APPLICANTS.iter().map(|c| (row.index(), c.index())).collect(),
            right: vec![(row.index(), RequestColumn::Total.index())],
        });
    }
    equations
}

/// The results of each kind of proceeding add up to its total.
fn challenge_equations() -> Vec<Equation> {
    let of = |p: &Proceeding| Equation {
        kind: EquationKind::Proceeding(*p),
        left: ChallengeColumn::RESULTS.iter().map(|c| (p.index(), c.index())).collect(),
        right: vec![(p.index(), ChallengeColumn::Total.index())],
    };
    Proceeding::ALL.iter().map(of).collect()
}

fn grid<R: Axis, C: Axis, T>(cell: impl Fn(R, C) -> T) -> Vec<Vec<T>> {
    R::ALL.iter().map(|row| C::ALL.iter().map(|column| cell(*row, *column)).collect()).collect()
}

fn sum(figures: &Figures, cells: &[At]) -> Option<Count> {
    cells
        .iter()
        .try_fold(0, |total: Count, (row, column)| total.checked_add(figures[*row][*column]?))
}
