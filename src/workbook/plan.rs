//! The position of each cell of the form in the workbook.

use std::collections::BTreeMap;

use crate::document::{self, Table, TableGrid, TableKind};
use crate::edition::{Cell, Form, Section};
use crate::report::{FieldPath, Report, UNFILLED};

/// The rows above each table: its title, whose figures they are, how to fill them.
pub(super) const FIRST_ROW: u32 = 3;

/// One sheet of the workbook.
pub(super) struct Sheet {
    /// Its name on the tab.
    pub(super) name: &'static str,
    /// The title of the section, in the first row.
    pub(super) title: &'static str,
    /// The table as the report prints it.
    pub(super) table: Table,
    /// The cells, row by row.
    pub(super) cells: Vec<Spot>,
}

/// A cell at its place; rows and columns are those of the sheet, counted from 0.
pub(super) struct Spot {
    pub(super) row: u32,
    pub(super) column: u16,
    pub(super) last_row: u32,
    pub(super) last_column: u16,
    pub(super) content: Planned,
}

/// The contents due in a cell.
pub(super) enum Planned {
    /// A label of the form.
    Label(String),
    /// A figure, with the formula of a total (without its equals sign).
    Figure { cell: Cell, formula: Option<String> },
}

/// The sheets of the workbook of an edition, in order.
pub(super) fn sheets(form: &'static Form) -> Vec<Sheet> {
    let document = document::build(&Report::empty(form.edition), true);
    document
        .tables()
        .filter_map(|table| {
            let (name, section) = match table.kind {
                TableKind::Disclosure => ("表一", Section::Disclosure),
                TableKind::Requests => ("表二", Section::Requests),
                TableKind::Challenges => ("表三", Section::Challenges),
                TableKind::Plain(_) | TableKind::Figures(_) | TableKind::Signatures => {
                    return None;
                }
            };
            let cells = spots(table, form);
            Some(Sheet { name, title: form.section_title(section), table: table.clone(), cells })
        })
        .collect()
}

/// The line that says whose figures they are; what is not known yet is marked as in a draft.
pub(super) fn identity(report: &Report) -> String {
    let [whole, ..] = identities(report);
    whole
}

/// That line as it may stand in a workbook made for a report: name and year were known or not yet.
pub(super) fn identities(report: &Report) -> [String; 4] {
    let name = report.agency.name.as_deref().unwrap_or(UNFILLED);
    let year = report.header.year.map_or_else(|| UNFILLED.to_owned(), |year| year.to_string());
    [(name, year.as_str()), (UNFILLED, &year), (name, UNFILLED), (UNFILLED, UNFILLED)]
        .map(|(name, year)| format!("机关：{name}　　报告年度：{year}"))
}

/// `D7` for the row and column counted from 0.
pub(super) fn a1(row: u32, column: u32) -> String {
    let mut letters = String::new();
    let mut rest = column + 1;
    while rest > 0 {
        let letter = char::from(b'A' + u8::try_from((rest - 1) % 26).unwrap_or(0));
        letters.insert(0, letter);
        rest = (rest - 1) / 26;
    }
    format!("{letters}{}", u64::from(row) + 1)
}

fn spots(table: &Table, form: &Form) -> Vec<Spot> {
    let grid = TableGrid::of(table);
    let cells: BTreeMap<FieldPath, Cell> =
        form.cells().map(|cell| (FieldPath::of(cell), cell)).collect();
    let cell_at = |path: &FieldPath| cells.get(path).copied();
    let place = |row: usize, column: usize| {
        (FIRST_ROW + u32::try_from(row).unwrap_or(0), u16::try_from(column).unwrap_or(0))
    };
    let figures: Vec<(Cell, (u32, u16))> = grid
        .cells
        .iter()
        .filter_map(|placed| {
            let cell = cell_at(placed.cell.origin.as_ref()?)?;
            Some((cell, place(placed.row, placed.column)))
        })
        .collect();
    grid.cells
        .iter()
        .map(|placed| {
            let (row, column) = place(placed.row, placed.column);
            let (last_row, last_column) = place(
                placed.row + placed.cell.row_span - 1,
                placed.column + placed.cell.column_span - 1,
            );
            let cell = placed.cell.origin.as_ref().and_then(cell_at);
            let content = match cell {
                Some(cell) => Planned::Figure { cell, formula: formula(cell, form, &figures) },
                None => Planned::Label(placed.cell.text.clone()),
            };
            Spot { row, column, last_row, last_column, content }
        })
        .collect()
}

/// The formula of a total. As long as a part is blank it shows nothing: what is not filled is not 0.
fn formula(total: Cell, form: &Form, figures: &[(Cell, (u32, u16))]) -> Option<String> {
    let parts = form.parts_of(total);
    let places: Option<Vec<(u32, u16)>> = parts
        .iter()
        .map(|part| figures.iter().find(|(cell, _)| cell == part).map(|(_, place)| *place))
        .collect();
    let places = places.filter(|places| !places.is_empty())?;
    let n = places.len();
    let ranges = ranges(&places);
    Some(format!("IF(COUNT({ranges})={n},SUM({ranges}),\"\")"))
}

/// Cells that stand side by side or one under the other, as ranges: `D7:I7`.
fn ranges(places: &[(u32, u16)]) -> String {
    let mut runs: Vec<((u32, u16), (u32, u16))> = Vec::new();
    for (row, column) in places {
        match runs.last_mut() {
            Some((first, last))
                if (last.0 == *row && first.0 == *row && last.1 + 1 == *column)
                    || (last.1 == *column && first.1 == *column && last.0 + 1 == *row) =>
            {
                *last = (*row, *column);
            }
            _ => runs.push(((*row, *column), (*row, *column))),
        }
    }
    let name = |(row, column): (u32, u16)| a1(row, u32::from(column));
    let runs = runs.into_iter().map(|(first, last)| {
        if first == last { name(first) } else { format!("{}:{}", name(first), name(last)) }
    });
    runs.collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edition::{Edition, RequestColumn, RequestRow};

    #[test]
    fn cells_are_named_as_spreadsheets_name_them() {
        assert_eq!(a1(0, 0), "A1");
        assert_eq!(a1(11, 25), "Z12");
        assert_eq!(a1(6, 26), "AA7");
        assert_eq!(a1(1_048_575, 16383), "XFD1048576");
    }

    #[test]
    fn every_cell_of_every_form_has_one_place() {
        for edition in Edition::ALL {
            let form = edition.form();
            let sheets = sheets(form);
            let planned: Vec<Cell> = sheets
                .iter()
                .flat_map(|sheet| &sheet.cells)
                .filter_map(|spot| match &spot.content {
                    Planned::Figure { cell, formula } => {
                        assert_eq!(formula.is_some(), cell.is_total(), "{cell:?}");
                        Some(*cell)
                    }
                    Planned::Label(_) => None,
                })
                .collect();
            let all: Vec<Cell> = form.cells().collect();
            assert_eq!(planned, all);
        }
    }

    #[test]
    fn a_total_adds_up_its_parts() {
        let sheets = sheets(Edition::Y2021.form());
        let formula = |row, column| {
            sheets[1].cells.iter().find_map(|spot| match &spot.content {
                Planned::Figure { cell, formula } if *cell == Cell::Requests(row, column) => {
                    formula.clone()
                }
                Planned::Figure { .. } | Planned::Label(_) => None,
            })
        };
        assert_eq!(
            formula(RequestRow::Received, RequestColumn::Total).unwrap(),
            "IF(COUNT(D7:I7)=6,SUM(D7:I7),\"\")"
        );
        assert_eq!(
            formula(RequestRow::OutcomeTotal, RequestColumn::NaturalPerson).unwrap(),
            "IF(COUNT(D9:D29)=21,SUM(D9:D29),\"\")"
        );
        assert_eq!(formula(RequestRow::Received, RequestColumn::Business), None);
    }
}
