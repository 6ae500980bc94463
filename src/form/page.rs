//! The form itself: the fields of the header and the three tables as they stand on paper, with an input in every cell.

use std::sync::OnceLock;

use serde::Serialize;

use super::inputs::{self, Group, Input, NearFile};
use crate::document::{self, Block, CellKind, Placed, Table, TableGrid, TableKind};
use crate::edition::{Axis as _, Cell, Edition, Form, RequestRowPlace, Section};
use crate::report::{Aspect, FieldPath, Report, place_name};
use crate::source::note_places;
use crate::template::{Engine, TemplateError};
use crate::units::Figure;

const FORM: &str = "form.html";
const START: &str = "start.html";
const UNITS: &str = "units.html";

/// The start page with what it shows.
pub(super) fn start(view: &impl Serialize) -> Result<String, TemplateError> {
    engine()?.render(START, view)
}

/// The facts about a list of units that are needed before its page is filled from the state.
#[derive(Serialize)]
pub(super) struct UnitsPage<'a> {
    pub(super) token: &'a str,
    pub(super) file: &'a str,
    pub(super) folder: &'a str,
    /// The list, from its folder.
    pub(super) list_name: &'a str,
    /// The folders beside it: what came back, what went out, what is sent back.
    pub(super) names_of_folders: [&'static str; 3],
}

/// The page of a list of units.
pub(super) fn units(view: &UnitsPage<'_>) -> Result<String, TemplateError> {
    engine()?.render(UNITS, view)
}

/// The facts about the form that are needed before it is filled from the state.
pub(super) struct Opening<'a> {
    pub(super) edition: Edition,
    pub(super) year: Option<u16>,
    /// The data file.
    pub(super) file: &'a str,
    pub(super) token: &'a str,
    pub(super) today: &'a str,
    /// The data files near it.
    pub(super) near: &'a [NearFile],
    /// The Word files in its folder.
    pub(super) word_files: &'a [String],
}

/// The form of a report, which the script fills from the state.
pub(super) fn form(opening: &Opening<'_>) -> Result<String, TemplateError> {
    engine()?.render(FORM, &FormPage::of(opening))
}

/// The templates, read once.
fn engine() -> Result<&'static Engine, TemplateError> {
    static ENGINE: OnceLock<Result<Engine, TemplateError>> = OnceLock::new();
    let read = || {
        let templates = [
            (FORM, include_str!("../../templates/form.html"), false),
            (START, include_str!("../../templates/start.html"), false),
            (UNITS, include_str!("../../templates/units.html"), false),
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
    word_files: &'a [String],
    form_name: &'static str,
    notice: String,
    groups: Vec<Group>,
    /// The severities that a rule can be given, and the rules whose severity an office may choose.
    levels: Vec<(&'static str, &'static str)>,
    rules: Vec<(&'static str, &'static str)>,
    sections: Vec<SectionView>,
    fee: Vec<Input>,
    aspects: Vec<(&'static str, &'static str)>,
    /// The scopes that figures of a text can be declared to be of.
    scopes: Vec<(&'static str, &'static str)>,
    plan: String,
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
    /// The label of its text before the parts.
    text_label: &'static str,
    /// The place of the headings of its parts.
    style: Option<Input>,
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

/// The facts about the form that the script needs besides the page.
#[derive(Serialize)]
struct Plan {
    /// The parts of each total, by their addresses.
    totals: Vec<(String, Vec<String>)>,
    /// Equations of table 2: the name of the column, and the addresses on the left and on the right.
    balances: Vec<(String, Vec<String>, Vec<String>)>,
    /// The names of figures that texts can take.
    figures: Vec<(String, String)>,
    /// The rows, groups of rows and tables that a remark can speak of, with their names.
    places: Vec<(String, String)>,
}

impl<'a> FormPage<'a> {
    fn of(opening: &Opening<'a>) -> Self {
        let &Opening { edition, year, file, token, today, near, word_files } = opening;
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
            text_label: inputs::text_label(title.section, edition),
            style: inputs::heading_style(title.section, edition, year),
        });
        // In a page, nothing may look like its end.
        let plan = serde_json::to_string(&plan(form)).unwrap_or_default().replace('<', "\\u003c");
        Self {
            token,
            file,
            today,
            word_files,
            form_name: form.report_name,
            notice: form.notice.to_string(),
            groups: inputs::groups(edition, year, near),
            levels: inputs::levels(),
            rules: inputs::rules(),
            sections: sections.collect(),
            fee: [Figure::FeeNotices, Figure::FeeAmount]
                .map(|figure| inputs::fee(figure, edition))
                .into(),
            aspects: Aspect::ALL.iter().map(|one| (one.1, one.2)).collect(),
            scopes: inputs::scopes(),
            plan,
        }
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
        places: places(form),
    }
}

/// The rows, groups of rows and tables that a remark can speak of, with their names.
fn places(form: &Form) -> Vec<(String, String)> {
    let is_cell = |at: &FieldPath| form.cells().any(|cell| FieldPath::of(cell) == *at);
    let name = |at: &FieldPath| match at.parent().is_root() {
        true => "整张表".to_owned(),
        false => place_name(form, at).replace("”一行", "”这一行"),
    };
    let all = note_places(form).into_iter().map(FieldPath::new).filter(|at| !is_cell(at));
    all.map(|at| (at.to_string(), name(&at))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cell_of_every_form_has_its_input_and_its_name() {
        for edition in Edition::ALL {
            let page = form(&Opening {
                edition: *edition,
                year: Some(2023),
                file: "年报.toml",
                token: "t",
                today: "2026-01-09",
                near: &[],
                word_files: &[],
            })
            .unwrap();
            for cell in edition.form().cells() {
                let input = format!("data-path=\"{}\"", FieldPath::of(cell));
                assert_eq!(page.matches(&input).count(), 1, "{input}");
            }
            for title in edition.form().sections {
                assert!(page.contains(title.title), "{}", title.title);
            }
        }
        let form = Edition::Y2021.form();
        let places = places(form);
        for (at, name) in [
            ("requests", "整张表"),
            ("requests.outcome", "“三、本年度办理结果”各行"),
            ("requests.outcome.refused", "“（三）不予公开”各行"),
            ("requests.received", "“一、本年新收政府信息公开申请数量”这一行"),
            ("disclosure.penalties", ""),
        ] {
            let found = places.iter().find(|(known, _)| known == at);
            assert_eq!(found.map_or("", |(_, name)| name), name, "{at}: {places:?}");
        }
        let granted = Cell::Requests(
            crate::edition::RequestRow::Granted,
            crate::edition::RequestColumn::NaturalPerson,
        );
        assert_eq!(spoken(form, granted), "予以公开，自然人");
    }
}
