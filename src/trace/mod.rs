//! [`Trace`]: one figure with everything that it stands in, for whoever must answer for it.

mod places;
mod shown;

pub(crate) use places::{Printed, Texts, Typed, as_shown};
pub(crate) use shown::{Shown, Told, cells, shown, shown_all, told};

use crate::edition::{Cell, Form, RequestRow, Section, comparable};
use crate::report::{Entry, FieldPath, FigureSource, Money, Report};
use crate::rules::{self, Coverage, FigureSeen};
use crate::units::{Figure, Summary, Total};

/// All that is known of a figure.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Trace {
    /// The figure.
    pub(crate) figure: Figure,
    /// Its official row and column, as messages call them.
    pub(crate) name: String,
    /// The title of the section it stands in.
    pub(crate) section: &'static str,
    /// The value that belongs there, in one phrase; empty where the label says it all.
    pub(crate) meaning: &'static str,
    /// The provisions in which the matter is ruled.
    pub(crate) see: Vec<String>,
    /// Its contents.
    pub(crate) contents: Contents,
    /// The remark on it, on its row, or on its table.
    pub(crate) notes: Vec<(FieldPath, String)>,
    /// The registers and letters it comes from.
    pub(crate) sources: Vec<FigureSource>,
    /// The equations it stands in.
    pub(crate) equations: Vec<Equation>,
    /// The figures of the texts that tell it, in their order.
    pub(crate) told: Vec<FigureSeen>,
    /// The figure of the year before.
    pub(crate) last: Last,
    /// The units it is the sum of, where the report is a sum.
    pub(crate) units: Option<Units>,
}

/// The contents of a field for a figure.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Contents {
    /// A figure that was typed.
    Typed(Money),
    /// A total that was left out and is added up.
    AddedUp(Money),
    /// Something that is no figure, as it was typed.
    Unusable(String),
    /// Nothing.
    Absent,
}

impl Contents {
    /// The figure, wherever it comes from.
    pub(crate) fn value(&self) -> Option<Money> {
        match self {
            Self::Typed(value) | Self::AddedUp(value) => Some(*value),
            Self::Unusable(_) | Self::Absent => None,
        }
    }
}

/// Two sums that must be equal.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Equation {
    /// The code of the rule that judges it.
    pub(crate) code: &'static str,
    /// The terms of one side.
    pub(crate) left: Vec<Term>,
    /// The terms of the other side.
    pub(crate) right: Vec<Term>,
}

/// A figure in an equation.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Term {
    /// Its address, in the report of the year before if it is of that.
    pub(crate) path: FieldPath,
    /// Its name, short where the equation is of one row or column.
    pub(crate) name: String,
    /// Its value; none where it is not filled.
    pub(crate) value: Option<Money>,
    /// True if it is of the report of the year before.
    pub(crate) of_last_year: bool,
}

impl Equation {
    /// Both sums; none where a figure is missing.
    pub(crate) fn sides(&self) -> Option<(Money, Money)> {
        let sum = |terms: &[Term]| {
            terms.iter().try_fold(Money::ZERO, |sum, term| sum.checked_add(term.value?))
        };
        Some((sum(&self.left)?, sum(&self.right)?))
    }

    /// The result of the comparison, in words.
    pub(crate) fn verdict(&self) -> String {
        match self.sides() {
            Some((one, other)) if one == other => format!("相等，都是 {one}"),
            Some((one, other)) => format!("不等：{one} 和 {other}，差 {}", (one - other).abs()),
            None => "没有填全，不能判断".to_owned(),
        }
    }

    /// True if it holds; none where a figure is missing.
    pub(crate) fn holds(&self) -> Option<bool> {
        self.sides().map(|(left, right)| left == right)
    }
}

/// The figure of the year before.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Last {
    /// Its value.
    Value(Money),
    /// The report of the year before leaves it out.
    Unfilled,
    /// The form of that year counts something else.
    Other,
    /// No report of the year before is named, or it could not be read.
    NotGiven,
}

impl Last {
    /// In words, with the change to this year's figure.
    pub(crate) fn words(&self, now: Option<Money>) -> String {
        match *self {
            Self::Value(last) => {
                let change = match now {
                    Some(now) if now > last => format!("（增加 {}）", now - last),
                    Some(now) if now < last => format!("（减少 {}）", last - now),
                    Some(_) => "（相同）".to_owned(),
                    None => String::new(),
                };
                format!("{last}{change}")
            }
            Self::Unfilled => "没有填".to_owned(),
            Self::Other => "那一年的格式统计口径不同，不能比".to_owned(),
            Self::NotGiven => "没有给上年的年报".to_owned(),
        }
    }
}

/// The units that a figure is the sum of.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Units {
    /// The sum; none where a unit leaves the figure out.
    pub(crate) sum: Option<Money>,
    /// The units with their shares, the largest first.
    pub(crate) parts: Vec<(String, Money)>,
    /// The sum in words.
    pub(crate) words: String,
    /// The units that are in no sum, each with the reason.
    pub(crate) lacking: Vec<String>,
}

/// The figure at an address with everything it stands in; none where no figure of the form has that address.
pub(crate) fn trace(
    report: &Report,
    coverage: &Coverage,
    summary: Option<&Summary>,
    at: &FieldPath,
) -> Option<Trace> {
    let form = report.form();
    let figure = figures(form).find(|figure| figure.path() == *at)?;
    let guidance = match figure {
        Figure::Cell(cell) => Some(form.guidance(cell)),
        Figure::FeeNotices | Figure::FeeAmount => None,
    };
    let section = match figure {
        Figure::Cell(cell) => cell.section(),
        Figure::FeeNotices | Figure::FeeAmount => Section::Other,
    };
    let notes = report.notes.iter().filter(|note| at.is_within(&note.at) && !note.at.is_root());
    let told = coverage.figures.iter().filter(|seen| seen.cells.contains(at));
    Some(Trace {
        figure,
        name: figure.name(form),
        section: form.section_title(section),
        meaning: guidance.map_or("", |guidance| guidance.note),
        see: guidance
            .map(|it| it.see.iter().map(ToString::to_string).collect())
            .unwrap_or_default(),
        contents: contents(report, figure),
        notes: notes.map(|note| (note.at.clone(), note.text.clone())).collect(),
        sources: report.sources_of(at).into_iter().cloned().collect(),
        equations: equations(report, figure),
        told: told.cloned().collect(),
        last: last(report, figure),
        units: summary.and_then(|summary| units(form, summary, figure)),
    })
}

/// Every figure of a form that has an address.
pub(crate) fn figures(form: &Form) -> impl Iterator<Item = Figure> {
    form.cells().map(Figure::Cell).chain([Figure::FeeNotices, Figure::FeeAmount])
}

fn contents(report: &Report, figure: Figure) -> Contents {
    match (figure.typed(report), figure) {
        (Entry::Value(value), _) => Contents::Typed(value),
        (Entry::Unusable(typed), _) => Contents::Unusable(typed),
        (Entry::Absent, Figure::Cell(cell)) => {
            report.printed(cell).map_or(Contents::Absent, Contents::AddedUp)
        }
        (Entry::Absent, Figure::FeeNotices | Figure::FeeAmount) => Contents::Absent,
    }
}

/// The equations of its table that a figure stands in, and for what was carried in the one with the year before.
fn equations(report: &Report, figure: Figure) -> Vec<Equation> {
    let form = report.form();
    let Figure::Cell(cell) = figure else { return Vec::new() };
    let value = |cell: Cell| report.printed(cell);
    let own = rules::equations(form)
        .into_iter()
        .filter(|equation| equation.left.iter().chain(&equation.right).any(|other| *other == cell));
    let mut equations: Vec<Equation> = own
        .map(|equation| {
            let all = || equation.left.iter().chain(&equation.right);
            let is_row = all().all(|other| FieldPath::row_of(*other) == FieldPath::row_of(cell));
            let term = |cell: &Cell| Term {
                path: FieldPath::of(*cell),
                name: if is_row {
                    form.column_name(*cell).to_owned()
                } else {
                    form.row_name(*cell)
                },
                value: value(*cell),
                of_last_year: false,
            };
            Equation {
                code: equation.code,
                left: equation.left.iter().map(term).collect(),
                right: equation.right.iter().map(term).collect(),
            }
        })
        .collect();
    equations.extend(carried(report, cell));
    equations
}

/// The carry-over: the year before carried out as much as this one carried in.
fn carried(report: &Report, cell: Cell) -> Option<Equation> {
    let Cell::Requests(RequestRow::CarriedIn, column) = cell else { return None };
    let last = report.previous.as_deref()?;
    let out = Cell::Requests(RequestRow::CarriedOut, column);
    let row = |cell: Cell| report.form().row_name(cell);
    let before = Term {
        path: FieldPath::of(out),
        name: format!("上年的{}", row(out)),
        value: last.printed(out),
        of_last_year: true,
    };
    let now = Term {
        path: FieldPath::of(cell),
        name: row(cell),
        value: report.printed(cell),
        of_last_year: false,
    };
    Some(Equation { code: rules::CARRY_OVER, left: vec![before], right: vec![now] })
}

fn last(report: &Report, figure: Figure) -> Last {
    let Some(last) = report.previous.as_deref() else { return Last::NotGiven };
    let value = match figure {
        Figure::Cell(cell) if !comparable(last.edition, report.edition).any(|it| it == cell) => {
            return Last::Other;
        }
        Figure::Cell(cell) => last.printed(cell),
        Figure::FeeNotices | Figure::FeeAmount => figure.of(last),
    };
    value.map_or(Last::Unfilled, Last::Value)
}

/// The units that a figure is the sum of; a total is that of its parts.
fn units(form: &Form, summary: &Summary, figure: Figure) -> Option<Units> {
    let mut total = Total {
        figure,
        sum: Some(Money::ZERO),
        parts: Vec::new(),
        lacking: Vec::new(),
        deductions: Vec::new(),
    };
    for leaf in leaves(form, figure) {
        let own = summary.totals.iter().find(|total| total.figure == leaf)?;
        total.sum = total.sum.zip(own.sum).and_then(|(sum, own)| sum.checked_add(own));
        for (unit, part) in &own.parts {
            match total.parts.iter_mut().find(|(known, _)| known == unit) {
                Some((_, sum)) => *sum = sum.checked_add(*part)?,
                None => total.parts.push((*unit, *part)),
            }
        }
        let more: Vec<usize> =
            own.lacking.iter().copied().filter(|unit| !total.lacking.contains(unit)).collect();
        total.lacking.extend(more);
        total.deductions.extend(own.deductions.iter().cloned());
    }
    // Those of a total come part by part.
    total.parts.sort_by_key(|(unit, _)| *unit);
    let mut parts: Vec<(String, Money)> =
        total.parts.iter().map(|(unit, part)| (summary.name(*unit).to_owned(), *part)).collect();
    // The largest first; equal ones in the order of the list, because the sort is stable.
    parts.sort_by_key(|(_, part)| std::cmp::Reverse(*part));
    let left_out = total.lacking.iter().map(|unit| format!("{}没有填", summary.name(*unit)));
    let lacking = summary
        .lacking()
        .map(|standing| format!("{}：{}", summary.name(standing.unit), standing.state.name()));
    Some(Units {
        sum: total.sum,
        words: summary.sources(&total),
        parts,
        lacking: left_out.chain(lacking).collect(),
    })
}

/// The figures that are no totals and of which one is the sum: itself where it is none.
fn leaves(form: &Form, figure: Figure) -> Vec<Figure> {
    match figure {
        Figure::Cell(cell) if cell.is_total() => form
            .parts_of(cell)
            .into_iter()
            .flat_map(|part| leaves(form, Figure::Cell(part)))
            .collect(),
        Figure::Cell(_) | Figure::FeeNotices | Figure::FeeAmount => vec![figure],
    }
}
