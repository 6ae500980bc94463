//! The certainty of each figure, by its label, its digits, and the equations of the form.

use std::collections::{BTreeMap, BTreeSet};

use super::tables::{Fit, Found, Tables, Value};
use crate::edition::{Axis, Cell, Form, RequestColumn, RequestRow, Section};
use crate::report::{Money, Report};
use crate::rules::sole_repair;

/// The certainty of a figure that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// Label and head are those of the form, the number is clean, and an equation confirms it.
    Certain,
    /// As before, but no equation could be judged.
    Reliable,
    /// The label is only nearly that of the form, or the equations speak against the number.
    Doubtful,
    /// No number, or several that may be meant.
    Unread,
}

impl Class {
    /// All classes, the surest first.
    pub const ALL: &'static [Self] = &[Self::Certain, Self::Reliable, Self::Doubtful, Self::Unread];

    /// The name of the class.
    pub fn name(self) -> &'static str {
        match self {
            Self::Certain => "确定",
            Self::Reliable => "可靠",
            Self::Doubtful => "存疑",
            Self::Unread => "未读出",
        }
    }
}

/// A class, and the reason where it is not a good one.
pub(super) type Judged = (Class, String);

/// Two sums of cells that must be equal.
struct Equation {
    left: Vec<Cell>,
    right: Vec<Cell>,
    /// True if all its cells stand in one row.
    is_row: bool,
}

impl Equation {
    fn cells(&self) -> impl Iterator<Item = Cell> + '_ {
        self.left.iter().chain(&self.right).copied()
    }
}

/// Judges every cell of a form.
pub(super) fn judge(form: &Form, tables: &Tables, report: &Report) -> BTreeMap<Cell, Judged> {
    let numbers: BTreeMap<Cell, Money> =
        tables.cells.iter().filter_map(|(cell, found)| Some((*cell, number(found)?))).collect();
    let is_near = |cell: &Cell| tables.cells.get(cell).is_some_and(|found| found.row == Fit::Near);
    let equations = equations(form);
    let mut confirmed: BTreeSet<Cell> = BTreeSet::new();
    let mut broken: BTreeMap<Section, BTreeSet<Cell>> = BTreeMap::new();
    let judged: Vec<(&Equation, bool)> = equations
        .iter()
        .filter_map(|equation| {
            let sum = |cells: &[Cell]| {
                cells.iter().try_fold(Money::ZERO, |sum, cell| Some(sum + numbers.get(cell)?))
            };
            Some((equation, sum(&equation.left)? == sum(&equation.right)?))
        })
        .collect();
    for (equation, _) in judged.iter().filter(|(_, is_true)| !is_true) {
        for cell in equation.left.iter().chain(&equation.right) {
            broken.entry(cell.section()).or_default().insert(*cell);
        }
    }
    let mut suspects: BTreeSet<Cell> = BTreeSet::new();
    let mut sole: BTreeSet<Cell> = BTreeSet::new();
    for (section, cells) in broken {
        match sole_repair(report, section) {
            // One wrong figure is known by the equations that cross in it. Where more are wrong, as when whole rows
            // have changed places, the smallest repair need not be the true one.
            Some(repair) if repair.len() == 1 => sole.extend(repair),
            _ => suspects.extend(cells),
        }
    }
    suspects.extend(&sole);
    // Whatever repair is the smallest, a figure that every equation speaks against is in doubt.
    let borne_out: BTreeSet<Cell> =
        judged.iter().filter(|(_, is_true)| *is_true).flat_map(|(e, _)| e.cells()).collect();
    let refuted = judged.iter().filter(|(_, is_true)| !is_true).flat_map(|(e, _)| e.cells());
    suspects.extend(refuted.filter(|cell| !borne_out.contains(cell)));
    for (equation, is_true) in judged {
        let cells = || equation.left.iter().chain(&equation.right);
        // That nothing adds up to nothing proves little, unless the row is there from end to end.
        let says_something = cells().any(|cell| numbers.get(cell).is_some_and(|n| !n.is_zero()))
            || equation.is_row
                && cells().all(|cell| tables.cells.get(cell).is_some_and(|f| f.is_whole));
        // Where more than one is wrong, each is in an equation that is not true; whatever is in none is right.
        let is_sound = !cells().any(|cell| is_near(cell) || sole.contains(cell));
        if is_true && says_something && is_sound {
            confirmed.extend(cells());
        }
    }
    let of = |cell: Cell| (cell, judge_one(tables.cells.get(&cell), &suspects, &confirmed, cell));
    form.cells().map(of).collect()
}

fn judge_one(
    found: Option<&Found>,
    suspects: &BTreeSet<Cell>,
    confirmed: &BTreeSet<Cell>,
    cell: Cell,
) -> Judged {
    let Some(found) = found else {
        return (Class::Unread, "没有找到这一行或这一格".to_owned());
    };
    if let Some(trouble) = found.trouble {
        return (Class::Unread, trouble.to_owned());
    }
    match &found.value {
        Value::Blank => (Class::Unread, "原文空着".to_owned()),
        Value::Mark(mark) => (Class::Unread, format!("原文写的是“{mark}”")),
        Value::Unclear(words) => (
            Class::Unread,
            format!("原文写的是“{}”，不是一个数", words.chars().take(30).collect::<String>()),
        ),
        Value::Number { .. } if found.row == Fit::Near => {
            (Class::Doubtful, "行名与格式不一致，按相近的行名读的".to_owned())
        }
        Value::Number { .. } if !found.has_head && is_one_of_several(cell) => {
            (Class::Doubtful, "没有找到格式里的表头，按位置读的".to_owned())
        }
        Value::Number { number, .. } if suspects.contains(&cell) => {
            (Class::Doubtful, format!("读出的是 {number}，所在的等式不成立"))
        }
        Value::Number { .. } if found.has_head && confirmed.contains(&cell) => {
            (Class::Certain, String::new())
        }
        Value::Number { .. } => (Class::Reliable, String::new()),
    }
}

/// A figure of table 1 that is not the only one of its row: without heads nothing tells which it is.
fn is_one_of_several(cell: Cell) -> bool {
    matches!(cell, Cell::Disclosure(_, column) if !column.stands_alone())
}

/// The number of a cell, if it is one that can be counted with.
fn number(found: &Found) -> Option<Money> {
    match (&found.value, found.trouble) {
        (Value::Number { number, .. }, None) => Some(*number),
        _ => None,
    }
}

/// All equations of a form.
fn equations(form: &Form) -> Vec<Equation> {
    let mut all: Vec<Equation> = form
        .cells()
        .filter(|cell| cell.is_total())
        .flat_map(|total| {
            // The total of totals adds up both ways.
            let mut of = vec![Equation {
                left: form.parts_of(total),
                right: vec![total],
                is_row: !matches!(total, Cell::Requests(RequestRow::OutcomeTotal, column) if column != RequestColumn::Total),
            }];
            if total == Cell::Requests(RequestRow::OutcomeTotal, RequestColumn::Total) {
                let rows = form.requests.result_rows();
                let left = rows.map(|row| Cell::Requests(row, RequestColumn::Total)).collect();
                of.push(Equation { left, right: vec![total], is_row: false });
            }
            of
        })
        .collect();
    for column in RequestColumn::ALL {
        let at = |row| Cell::Requests(row, *column);
        all.push(Equation {
            left: vec![at(RequestRow::Received), at(RequestRow::CarriedIn)],
            right: vec![at(RequestRow::OutcomeTotal), at(RequestRow::CarriedOut)],
            is_row: false,
        });
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edition::Edition;

    #[test]
    fn every_figure_of_tables_2_and_3_stands_in_an_equation() {
        for edition in Edition::ALL {
            let form = edition.form();
            let equations = equations(form);
            for cell in form.cells().filter(|cell| cell.section() != Section::Disclosure) {
                let stands = |e: &Equation| e.left.contains(&cell) || e.right.contains(&cell);
                assert!(equations.iter().any(stands), "{cell:?}");
            }
            assert_eq!(equations.len(), 7 + 7 + form.requests.rows.len() + 3, "{edition:?}");
        }
    }
}
