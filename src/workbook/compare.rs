//! Changes that the figures of a workbook make to a report.

use super::{Change, Content, Fault, Reading, SheetFigure};
use crate::edition::{Cell, RequestColumn, Section};
use crate::report::{Entry, FieldPath, Money, Report};

/// The changes that make a report hold the figures of a workbook, in the order of the form.
///
/// A total that is added up changes a typed one and leaves out one that was left out. With `remove`, figures
/// of the report whose cells are blank are taken out; without, a table of which nothing is filled stays as it is
/// ([`left_alone`]).
///
/// # Errors
///
/// Everything that was not understood; every row of which only some cells are filled, which a data
/// file cannot say; and, unless `remove`, every figure of the report whose cell is blank in a table that is
/// filled.
pub fn compare(
    report: &Report,
    reading: &Reading,
    remove: bool,
) -> Result<Vec<Change>, Vec<Fault>> {
    let figures = &reading.figures;
    let mut changes = Vec::new();
    let mut faults = reading.faults.clone();
    let alone = if remove { Vec::new() } else { left_alone(report, reading) };
    let mut rest = figures.as_slice();
    while let Some(first) = rest.first() {
        let key = FieldPath::row_of(first.cell);
        let n = rest.iter().take_while(|figure| FieldPath::row_of(figure.cell) == key).count();
        let (row, more) = rest.split_at(n);
        rest = more;
        if alone.contains(&first.cell.section()) {
            continue;
        }
        if report.form().cells().filter(|cell| FieldPath::row_of(*cell) == key).count() != n {
            // Something stands in a cell that was not understood, which has been said; what is blank
            // beside it is wrong as well.
            faults.extend(
                row.iter().filter(|f| is_part(f) && is_blank(f)).map(|f| unfilled(report, f)),
            );
            continue;
        }
        match wanted(report, figures, row, remove) {
            Ok(wanted) => changes.extend(row.iter().zip(wanted).filter_map(|(figure, new)| {
                let old = report.typed(figure.cell);
                let is_same = match (&old, new) {
                    (Entry::Absent, None) => true,
                    (Entry::Value(old), Some(new)) => *old == new,
                    _ => false,
                };
                let address = figure.address.clone();
                (!is_same).then_some(Change { cell: figure.cell, address, old, new })
            })),
            Err(wrong) => faults.extend(wrong),
        }
    }
    if faults.is_empty() { Ok(changes) } else { Err(faults) }
}

/// The sections whose figures a workbook says nothing of: offices divide the tables among them, and each fills its
/// own. Of such a table no cell is filled, and some cell of another is.
pub fn left_alone(report: &Report, reading: &Reading) -> Vec<Section> {
    let is_filled = |figure: &SheetFigure| matches!(figure.content, Content::Number(_));
    let of = |section: Section| {
        reading.figures.iter().filter(move |figure| figure.cell.section() == section)
    };
    let mut sections: Vec<Section> = report.form().cells().map(Cell::section).collect();
    sections.dedup();
    sections.retain(|section| {
        // A cell that was not understood holds something.
        let n = report.form().cells().filter(|cell| cell.section() == *section).count();
        let is_held = of(*section).any(|figure| !report.typed(figure.cell).is_absent());
        is_held && of(*section).count() == n && !of(*section).any(is_filled)
    });
    if reading.figures.iter().any(is_filled) { sections } else { Vec::new() }
}

/// The remark on tables that somebody else fills ([`left_alone`]), if there are any.
pub(crate) fn left_alone_in_words(report: &Report, reading: &Reading) -> Option<String> {
    let alone = left_alone(report, reading);
    let of_them = reading.figures.iter().filter(|figure| alone.contains(&figure.cell.section()));
    let mut sheets: Vec<&str> =
        of_them.filter_map(|figure| figure.address.split('!').next()).collect();
    sheets.dedup();
    let sheets = sheets.join("、");
    (!sheets.is_empty()).then(|| format!("工作簿里{sheets}整张没有填，数据文件里这些数没有动"))
}

/// The contents due in each cell of a row.
fn wanted(
    report: &Report,
    figures: &[SheetFigure],
    row: &[SheetFigure],
    remove: bool,
) -> Result<Vec<Option<Money>>, Vec<Fault>> {
    let mut wanted: Vec<Option<Money>> =
        row.iter().map(|figure| of_cell(report, figures, figure)).collect();
    let parts: Vec<&SheetFigure> = row.iter().filter(|figure| is_part(figure)).collect();
    let any = wanted.iter().any(Option::is_some);
    let mut faults = Vec::new();
    let is_begun = any && !parts.is_empty();
    if is_begun {
        for (figure, wanted) in row.iter().zip(&mut wanted).filter(|(figure, _)| is_part(figure)) {
            if wanted.is_none() {
                *wanted = value(report, figures, figure.cell);
            }
            if wanted.is_none() {
                faults.push(unfilled(report, figure));
            }
        }
    }
    let lost = row.iter().zip(&wanted).filter(|(figure, wanted)| {
        let is_held = !report.typed(figure.cell).is_absent();
        // What is blank beside a filled one has been named.
        wanted.is_none() && is_held && !(is_begun && is_part(figure))
    });
    for (figure, _) in lost.filter(|_| !remove) {
        faults.push(Fault {
            address: figure.address.clone(),
            message: format!(
                "{}是空的，数据文件里是 {}",
                report.form().cell_name(figure.cell),
                report.typed(figure.cell)
            ),
            help: if figure.cell.is_total() {
                "填总计，或者照导出的样子恢复公式；确实要从数据文件中删去这个数的，导入时加 --remove"
            } else {
                "没有的填 0；确实要从数据文件中删去这个数的，导入时加 --remove"
            }
            .to_owned(),
        });
    }
    if faults.is_empty() { Ok(wanted) } else { Err(faults) }
}

/// That a cell is blank beside one that is filled.
fn unfilled(report: &Report, figure: &SheetFigure) -> Fault {
    let name = report.form().cell_name(figure.cell);
    Fault {
        address: figure.address.clone(),
        message: format!("{name}没有填，同一行别的格填了"),
        help: "一行要么都填，要么都空着；没有的填 0".to_owned(),
    }
}

fn is_blank(figure: &SheetFigure) -> bool {
    figure.content == Content::Blank
}

/// True if it is what a list must hold besides its total.
fn is_part(figure: &SheetFigure) -> bool {
    !matches!(figure.cell, Cell::Disclosure(..)) && !is_total_column(figure.cell)
}

/// The contents due in one cell, looked at alone.
fn of_cell(report: &Report, figures: &[SheetFigure], figure: &SheetFigure) -> Option<Money> {
    let old = report.typed(figure.cell);
    let sum = added(report, figures, figure.cell);
    match figure.content {
        Content::Blank => None,
        Content::Number(number) => {
            // A total that its data file leaves out stays out as long as it is the sum.
            let is_left_out = old.is_absent() && sum == Some(number);
            (!is_left_out).then_some(number)
        }
        Content::Added if old.is_absent() => None,
        // Where some parts are blank the total stays; where all are it is blank as well.
        Content::Added => {
            sum.or_else(|| old.value().copied().filter(|_| is_begun(report, figures, figure.cell)))
        }
    }
}

/// True if a number stands in a cell, or in a part of what it adds up.
fn is_begun(report: &Report, figures: &[SheetFigure], cell: Cell) -> bool {
    let found = figures.iter().find(|figure| figure.cell == cell);
    match found.map(|figure| &figure.content) {
        None | Some(Content::Blank) => false,
        Some(Content::Number(_)) => true,
        Some(Content::Added) => {
            let parts = report.form().parts_of(cell);
            parts.into_iter().any(|part| is_begun(report, figures, part))
        }
    }
}

/// The number that a cell of the workbook shows.
fn value(report: &Report, figures: &[SheetFigure], cell: Cell) -> Option<Money> {
    let figure = figures.iter().find(|figure| figure.cell == cell)?;
    match figure.content {
        Content::Blank => None,
        Content::Number(number) => Some(number),
        Content::Added => added(report, figures, cell),
    }
}

/// The sum of the parts of a total in the workbook, if all are filled.
fn added(report: &Report, figures: &[SheetFigure], total: Cell) -> Option<Money> {
    let parts = report.form().parts_of(total);
    let sum = parts
        .iter()
        .try_fold(Money::ZERO, |sum, part| sum.checked_add(value(report, figures, *part)?));
    sum.filter(|_| !parts.is_empty())
}

/// True if a cell stands in the column that may be left out of a list.
fn is_total_column(cell: Cell) -> bool {
    match cell {
        Cell::Disclosure(..) => false,
        Cell::Requests(_, column) => column == RequestColumn::Total,
        Cell::Challenges(..) => cell.is_total(),
    }
}
