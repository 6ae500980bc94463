//! The form itself: the fields of the header and the three tables as they stand on paper, with an input in every cell.

use std::sync::OnceLock;

use serde::Serialize;

use crate::document::{self, Block, CellKind, Placed, Table, TableGrid, TableKind};
use crate::edition::{Axis as _, Cell, Edition, Form, RequestRowPlace, Section};
use crate::report::{Aspect, FieldPath, Report};
use crate::source::{KEY_TABLES, KeyKind, key_at};
use crate::template::{Engine, TemplateError};
use crate::units::Figure;

const FORM: &str = "form.html";
const START: &str = "start.html";

/// The start page with what it shows.
pub(super) fn start(view: &impl Serialize) -> Result<String, TemplateError> {
    engine()?.render(START, view)
}

/// The form of a report of that edition, which the script fills from the state.
pub(super) fn form(
    edition: Edition,
    year: Option<u16>,
    file: &str,
    token: &str,
    today: &str,
) -> Result<String, TemplateError> {
    engine()?.render(FORM, &FormPage::of(edition, year, file, token, today))
}

/// The templates, read once.
fn engine() -> Result<&'static Engine, TemplateError> {
    static ENGINE: OnceLock<Result<Engine, TemplateError>> = OnceLock::new();
    let read = || {
        let templates = [
            (FORM, include_str!("../../templates/form.html"), false),
            (START, include_str!("../../templates/start.html"), false),
        ];
        Engine::new(templates, &[])
    };
    ENGINE.get_or_init(read).as_ref().map_err(Clone::clone)
}

#[derive(Serialize)]
struct FormPage<'a> {
    token: &'a str,
    file: &'a str,
    today: &'a str,
    form_name: &'static str,
    notice: String,
    groups: Vec<Group>,
    sections: Vec<SectionView>,
    fee: Vec<Input>,
    aspects: Vec<(&'static str, &'static str)>,
    plan: String,
}

/// Fields under one heading.
#[derive(Serialize)]
struct Group {
    name: &'static str,
    /// Whether most do without it.
    aside: bool,
    inputs: Vec<Input>,
}

/// A field with its label.
#[derive(Serialize)]
struct Input {
    path: String,
    label: String,
    hint: String,
    /// `text`, `date`, `number`, `choice` or `figure`.
    kind: &'static str,
    choices: Vec<(&'static str, &'static str)>,
    required: bool,
}

#[derive(Serialize)]
struct SectionView {
    key: &'static str,
    title: &'static str,
    /// The number before the title, and the rest.
    number: &'static str,
    name: &'static str,
    table: Option<TableView>,
    is_narrative: bool,
}

#[derive(Serialize)]
struct TableView {
    caption: String,
    groups: Vec<GroupView>,
    columns: Vec<f64>,
    n_columns: usize,
}

#[derive(Serialize)]
struct GroupView {
    head: Vec<Vec<CellView>>,
    body: Vec<Vec<CellView>>,
}

#[derive(Serialize)]
struct CellView {
    /// `column`, `row`, `corner` or `figure`.
    kind: &'static str,
    text: String,
    columns: usize,
    rows: usize,
    /// The address of a figure, its name, the help for its row, and its place in the grid of figures.
    path: String,
    name: String,
    help: String,
    row: usize,
    column: usize,
    is_total: bool,
}

/// What the script needs to know of the form besides the page.
#[derive(Serialize)]
struct Plan {
    /// The parts of each total, by their addresses.
    totals: Vec<(String, Vec<String>)>,
    /// Equations of table 2: the name of the column, and the addresses on the left and on the right.
    balances: Vec<(String, Vec<String>, Vec<String>)>,
    /// The names of figures that texts can take.
    figures: Vec<(String, String)>,
}

impl<'a> FormPage<'a> {
    fn of(
        edition: Edition,
        year: Option<u16>,
        file: &'a str,
        token: &'a str,
        today: &'a str,
    ) -> Self {
        let form = edition.form();
        let document = document::build(&Report::empty(edition), true);
        let sections = form.sections.iter().map(|title| SectionView {
            key: title.section.key(),
            title: title.title,
            number: title.title.split_once('、').map_or("", |(number, _)| number),
            name: title.name(),
            table: table_of(&document.blocks, title.section, form),
            is_narrative: matches!(
                title.section,
                Section::Overview | Section::Problems | Section::Other
            ),
        });
        // In a page, nothing may look like its end.
        let plan = serde_json::to_string(&plan(form)).unwrap_or_default().replace('<', "\\u003c");
        Self {
            token,
            file,
            today,
            form_name: form.report_name,
            notice: form.notice.to_string(),
            groups: groups(edition, year),
            sections: sections.collect(),
            fee: [Figure::FeeNotices, Figure::FeeAmount].map(|figure| fee(figure, edition)).into(),
            aspects: Aspect::ALL.iter().map(|one| (one.1, one.2)).collect(),
            plan,
        }
    }
}

/// The fields of the header, group by group.
fn groups(edition: Edition, year: Option<u16>) -> Vec<Group> {
    let of = |name: &'static str, aside, tables: &[&str], is_wanted: &dyn Fn(&str) -> bool| {
        let tables = KEY_TABLES.iter().filter(|table| tables.contains(&table.name));
        let paths =
            tables.flat_map(|table| table.keys.iter().map(|key| table.address(0).key(key.name)));
        let inputs = paths.filter(|path| is_wanted(path.as_str()));
        Group {
            name,
            aside,
            inputs: inputs.filter_map(|path| input(&path, edition, year)).collect(),
        }
    };
    let first = ["report.year", "report.published", "agency.name", "agency.kind", "agency.level"];
    let later = [
        "report.title",
        "report.closing",
        "report.charts",
        "report.previous",
        "rules.deadline",
        "rules.overview_limit",
    ];
    vec![
        of("报告和机关", false, &["report", "agency"], &|path| first.contains(&path)),
        of("联系方式", false, &["agency.contact"], &|_| true),
        of("用到才填", true, &["report", "rules"], &|path| later.contains(&path)),
    ]
}

/// A field of the header; none for keys that the form has no field for.
fn input(path: &FieldPath, edition: Edition, year: Option<u16>) -> Option<Input> {
    let key = key_at(path)?;
    let kind = match key.kind {
        KeyKind::Line | KeyKind::File => "text",
        KeyKind::Date => "date",
        KeyKind::Year | KeyKind::Whole(..) => "number",
        KeyKind::Choice | KeyKind::Boolean => "choice",
        KeyKind::Text
        | KeyKind::Lines
        | KeyKind::Count
        | KeyKind::Money
        | KeyKind::Names
        | KeyKind::Path
        | KeyKind::Table
        | KeyKind::Tables => return None,
    };
    let choices = match key.kind {
        KeyKind::Boolean => vec![("true", "是"), ("false", "否")],
        _ => key.choices(),
    };
    let label = key.label(edition);
    let (label, more) = label.split_once('；').unwrap_or((label, ""));
    let note = key.note(year);
    // How a date is written is the browser's business.
    let note = note.split("；写成").next().unwrap_or_default();
    let hint: Vec<&str> = [more, note].into_iter().filter(|text| !text.is_empty()).collect();
    Some(Input {
        path: path.to_string(),
        label: label.to_owned(),
        hint: hint.join("；"),
        kind,
        choices,
        required: key.required,
    })
}

fn fee(figure: Figure, edition: Edition) -> Input {
    let unit = if figure == Figure::FeeAmount {
        "单位是元；没有收取的填 0"
    } else {
        "没有发出的填 0"
    };
    Input {
        path: figure.path().to_string(),
        label: figure.column_name(edition.form()).to_owned(),
        hint: unit.to_owned(),
        kind: "figure",
        choices: Vec::new(),
        required: true,
    }
}

/// The table of a section.
fn table_of(blocks: &[Block], section: Section, form: &Form) -> Option<TableView> {
    let kind = match section {
        Section::Disclosure => TableKind::Disclosure,
        Section::Requests => TableKind::Requests,
        Section::Challenges => TableKind::Challenges,
        Section::Overview | Section::Problems | Section::Other => return None,
    };
    let table = blocks.iter().find_map(|block| match block {
        Block::Table(table) if table.kind == kind => Some(table),
        _ => None,
    })?;
    Some(view(table, form))
}

fn view(table: &Table, form: &Form) -> TableView {
    let grid = TableGrid::of(table);
    let total: f64 = table.column_widths.iter().map(|width| f64::from(*width)).sum();
    let mut groups = Vec::new();
    let mut placed = grid.cells.iter();
    let mut row = 0;
    for group in &table.groups {
        let mut rows = |lines: &[document::Row], counts: bool| -> Vec<Vec<CellView>> {
            lines
                .iter()
                .map(|line| {
                    let mut column = 0;
                    let cells = placed.by_ref().take(line.cells.len());
                    let cells = cells.map(|cell| cell_view(cell, form, row, &mut column)).collect();
                    row += usize::from(counts);
                    cells
                })
                .collect()
        };
        let head = rows(&group.head, false);
        let body = rows(&group.body, true);
        groups.push(GroupView { head, body });
    }
    TableView {
        caption: table.caption.clone(),
        groups,
        columns: table
            .column_widths
            .iter()
            .enumerate()
            .map(|(i, width)| width_of(table, i, f64::from(*width) / total))
            .collect(),
        n_columns: table.n_columns(),
    }
}

/// The width of a column in percent: that of the paper, but for table 2, whose figures need more room where they are typed.
fn width_of(table: &Table, column: usize, share: f64) -> f64 {
    const LABELS: [f64; 3] = [6.0, 10.0, 22.0];
    match LABELS.get(column) {
        _ if table.kind != TableKind::Requests => share * 100.0,
        Some(label) => *label,
        None => (100.0 - LABELS.iter().sum::<f64>()) / (table.n_columns() - LABELS.len()) as f64,
    }
}

fn cell_view(placed: &Placed<'_>, form: &Form, row: usize, column: &mut usize) -> CellView {
    let cell = placed.cell;
    let kind = match cell.kind {
        CellKind::ColumnHead => "column",
        CellKind::RowHead => "row",
        CellKind::Corner => "corner",
        CellKind::Figure => "figure",
    };
    let of = cell
        .origin
        .as_ref()
        .and_then(|path| form.cells().find(|cell| FieldPath::of(*cell) == *path));
    let mut view = CellView {
        kind,
        text: if kind == "figure" { String::new() } else { cell.text.clone() },
        columns: cell.column_span,
        rows: cell.row_span,
        path: cell.origin.as_ref().map(ToString::to_string).unwrap_or_default(),
        name: of.map(|cell| spoken(form, cell)).unwrap_or_default(),
        help: of.map(|cell| form.guidance(cell).note.to_owned()).unwrap_or_default(),
        row,
        column: *column,
        is_total: of.is_some_and(Cell::is_total),
    };
    if kind == "figure" {
        *column += 1;
    } else {
        view.column = 0;
    }
    view
}

/// A cell as it is read aloud: its row and its column.
fn spoken(form: &Form, cell: Cell) -> String {
    let row = match cell {
        Cell::Requests(row, _) => {
            let place =
                form.requests.rows.iter().find(|known| known.row == row).map(|known| known.place);
            let group = match place {
                Some(RequestRowPlace::Grouped(group)) => {
                    let label = form.requests.group_label(group);
                    label.split_once('）').map_or(label, |(_, name)| name)
                }
                Some(RequestRowPlace::Top | RequestRowPlace::Outcome) | None => "",
            };
            format!("{group} {}", form.requests.plain_row_label(row)).trim().to_owned()
        }
        Cell::Disclosure(..) | Cell::Challenges(..) => form.row_name(cell),
    };
    format!("{row}，{}", form.column_name(cell))
}

fn plan(form: &Form) -> Plan {
    use crate::edition::{RequestColumn, RequestRow};
    let path = |cell: Cell| FieldPath::of(cell).to_string();
    let totals = form.cells().filter(|cell| cell.is_total());
    let balances = RequestColumn::ALL.iter().map(|column| {
        let at = |row| path(Cell::Requests(row, *column));
        (
            form.requests.column_label(*column).to_owned(),
            vec![at(RequestRow::Received), at(RequestRow::CarriedIn)],
            vec![at(RequestRow::OutcomeTotal), at(RequestRow::CarriedOut)],
        )
    });
    Plan {
        totals: totals
            .map(|total| (path(total), form.parts_of(total).into_iter().map(path).collect()))
            .collect(),
        balances: balances.collect(),
        figures: form.cells().map(|cell| (path(cell), spoken(form, cell))).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cell_of_every_form_has_its_input_and_its_name() {
        for edition in Edition::ALL {
            let page = form(*edition, Some(2023), "年报.toml", "t", "2026-01-09").unwrap();
            for cell in edition.form().cells() {
                let input = format!("data-path=\"{}\"", FieldPath::of(cell));
                assert_eq!(page.matches(&input).count(), 1, "{input}");
            }
            for title in edition.form().sections {
                assert!(page.contains(title.title), "{}", title.title);
            }
        }
        let form = Edition::Y2021.form();
        let granted = Cell::Requests(
            crate::edition::RequestRow::Granted,
            crate::edition::RequestColumn::NaturalPerson,
        );
        assert_eq!(spoken(form, granted), "予以公开，自然人");
    }
}
