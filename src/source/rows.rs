//! A row of figures as the data file writes it: what stands on one line.

use super::keys;
use crate::edition::{
    Axis, Cell, ChallengeColumn, DisclosureBlock, DisclosureRow, Form, Proceeding, RequestColumn,
    RequestRow,
};
use crate::report::{Entry, FieldPath, Report};
use crate::units::Figure;

/// The column that a row may leave out, and that is added up and not 0 when it does.
pub(super) const TOTAL: &str = "total";

/// The text that keeps the place of a figure that is not filled.
pub(super) const BLANK: &str = "\"\"";

/// Every figure of a report that is filled, by its address, as it would be written.
pub fn figures(report: &Report) -> Vec<(FieldPath, String)> {
    let rows = FigureRow::all(report.form());
    let columns = rows.iter().flat_map(|row| &row.columns);
    columns.filter_map(|(_, figure)| Some((figure.path(), written(*figure, report)?))).collect()
}

/// The figures that are written as one value, by their columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FigureRow {
    /// Its address, which ends in its key.
    pub(super) path: FieldPath,
    /// Its figures with the key of each column; the key is empty where the row is a single figure.
    pub(super) columns: Vec<(&'static str, Figure)>,
    /// Its shape where it is no single `0`.
    pub(super) shape: Shape,
}

/// The shape of the figures of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// One figure.
    Single,
    /// A list in the order of the columns, or a table in which a column that is not named is 0; the
    /// total may be left out in both.
    List,
    /// A table in which a column that is not named is not filled.
    Named,
}

impl FigureRow {
    /// All rows of a form, in its order, and the handling fee.
    pub(super) fn all(form: &Form) -> Vec<Self> {
        let blocks = form.disclosure.blocks.iter();
        let mut rows: Vec<Self> = blocks
            .flat_map(|block| block.rows.iter().map(move |(row, _)| Self::disclosure(block, *row)))
            .collect();
        rows.extend(form.requests.rows.iter().map(|row| Self::requests(row.row)));
        rows.extend(Proceeding::ALL.iter().map(|proceeding| Self::challenges(*proceeding)));
        rows.push(Self::handling_fee());
        rows
    }

    /// A row of table 1.
    pub(super) fn disclosure(block: &DisclosureBlock, row: DisclosureRow) -> Self {
        let figure = |column| Figure::Cell(Cell::Disclosure(row, column));
        let columns = block.columns.iter().map(|(c, _)| (c.key(), figure(*c))).collect();
        match block.columns {
            [(only, _)] if only.stands_alone() => {
                Self::of(vec![("", figure(*only))], Shape::Single)
            }
            _ => Self::of(columns, Shape::Named),
        }
    }

    /// A row of table 2.
    pub(super) fn requests(row: RequestRow) -> Self {
        let figure = |column| Figure::Cell(Cell::Requests(row, column));
        let columns = RequestColumn::ALL.iter().map(|c| (c.key(), figure(*c)));
        Self::of(columns.collect(), Shape::List)
    }

    /// A row of table 3 as the data file turns it: one kind of proceeding.
    pub(super) fn challenges(proceeding: Proceeding) -> Self {
        let figure = |column| Figure::Cell(Cell::Challenges(proceeding, column));
        let columns = ChallengeColumn::ALL.iter().map(|c| (c.key(), figure(*c)));
        Self::of(columns.collect(), Shape::List)
    }

    /// The handling fee of section six.
    pub(super) fn handling_fee() -> Self {
        let columns = vec![("notices", Figure::FeeNotices), ("amount", Figure::FeeAmount)];
        Self::of(columns, Shape::Named)
    }

    fn of(columns: Vec<(&'static str, Figure)>, shape: Shape) -> Self {
        let first = columns.first().map(|(_, figure)| figure.row_path());
        Self { path: first.unwrap_or_else(|| FieldPath::new("")), columns, shape }
    }

    /// Its name in messages.
    pub(super) fn name(&self, form: &Form) -> String {
        match self.columns.first() {
            Some((_, Figure::Cell(cell))) => form.row_name(*cell),
            Some((_, Figure::FeeNotices | Figure::FeeAmount)) | None => {
                keys::HANDLING_FEE.label(form.edition).to_owned()
            }
        }
    }

    /// The table it stands in, and its key there.
    pub(super) fn place(&self) -> (&str, &str) {
        self.path.as_str().rsplit_once('.').unwrap_or(("", self.path.as_str()))
    }

    /// True if any of its figures is another one.
    pub(super) fn differs(&self, one: &Report, other: &Report) -> bool {
        self.columns.iter().any(|(_, figure)| figure.typed(one) != figure.typed(other))
    }

    /// True if none of its figures is filled.
    pub(super) fn is_absent(&self, report: &Report) -> bool {
        self.columns.iter().all(|(_, figure)| figure.typed(report).is_absent())
    }

    /// Its value, written the shortest way: `0`, a list with empty quotes for what is absent, or a table;
    /// `None` when nothing is filled.
    pub(super) fn value(&self, report: &Report) -> Option<String> {
        let written: Vec<(&str, Option<String>)> =
            self.columns.iter().map(|(key, figure)| (*key, written(*figure, report))).collect();
        if let (Shape::Single, [(_, only)]) = (self.shape, written.as_slice()) {
            return only.clone();
        }
        if self.is_absent(report) {
            return None;
        }
        if let (Shape::List, Some(((_, total), parts))) = (self.shape, written.split_last()) {
            if total.is_none() && parts.iter().all(|(_, part)| part.as_deref() == Some("0")) {
                return Some("0".to_owned());
            }
            // Empty quotes keep the place of what is not filled, which in a table would be 0.
            let part_of = |part: &Option<String>| part.clone().unwrap_or(BLANK.to_owned());
            let mut list: Vec<String> = parts.iter().map(|(_, part)| part_of(part)).collect();
            list.extend(total.clone());
            return Some(format!("[{}]", list.join(", ")));
        }
        let named = written.into_iter().filter_map(|(key, one)| Some(format!("{key} = {}", one?)));
        Some(format!("{{ {} }}", named.collect::<Vec<_>>().join(", ")))
    }

    /// The text behind the equals sign where the row is kept a place and nothing is filled.
    pub(super) fn blank(&self) -> String {
        match self.shape {
            Shape::Single => String::new(),
            Shape::List => "[ ]".to_owned(),
            Shape::Named => {
                let named = self.columns.iter().map(|(key, _)| format!("{key} ="));
                format!("{{ {} }}", named.collect::<Vec<_>>().join(" , "))
            }
        }
    }
}

/// A figure as it is written, a change with its sign; `None` when it is not filled.
pub(super) fn written(figure: Figure, report: &Report) -> Option<String> {
    fn shown<T: std::fmt::Display>(entry: &Entry<T>) -> Option<String> {
        (!entry.is_absent()).then(|| entry.to_string())
    }
    match figure {
        Figure::Cell(Cell::Disclosure(row, column)) => shown(report.disclosure.entry(row, column)),
        Figure::Cell(Cell::Requests(..) | Cell::Challenges(..))
        | Figure::FeeNotices
        | Figure::FeeAmount => shown(&figure.typed(report)),
    }
}

/// The columns of a screen that a text takes whose characters are Chinese.
pub(super) fn width_of(text: &str) -> usize {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}
