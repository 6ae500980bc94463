//! The values for templates: the variables documented in `templates/README.md`.

use serde::Serialize;

use super::island::Data;
use crate::document::{
    Block, CellKind, Chart, Document, Heading, Inline, Paragraph, Placed, Table, TableGrid,
    TableKind,
};
use crate::layout;
use crate::layout::columns::{Columns, Measure, SIZES, is_figure};

/// Everything a template can name.
#[derive(Serialize)]
pub(super) struct View<'a> {
    page: Page<'a>,
    toc: Vec<Entry<'a>>,
    blocks: Vec<BlockView<'a>>,
    css: &'a str,
    data: &'a str,
    data_hash: &'a str,
}

#[derive(Serialize)]
struct Page<'a> {
    title: String,
    agency: &'a str,
    year: Option<u16>,
    published: Option<String>,
    draft: bool,
}

#[derive(Serialize)]
struct Entry<'a> {
    text: &'a str,
    anchor: &'a str,
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum BlockView<'a> {
    Title {
        pieces: &'a [String],
    },
    Heading {
        level: u8,
        text: &'a str,
        anchor: &'a str,
        field: Option<&'a str>,
    },
    Paragraph {
        lead_in: Option<&'a str>,
        lead_in_level: Option<u8>,
        lead_in_anchor: Option<&'a str>,
        lead_in_field: Option<&'a str>,
        text: Vec<Piece<'a>>,
        field: Option<&'a str>,
    },
    Table(TableView<'a>),
    Chart(ChartView<'a>),
    Closing {
        agency: &'a str,
        date: Option<&'a str>,
    },
}

#[derive(Serialize)]
struct Piece<'a> {
    text: &'a str,
    target: Option<&'a str>,
}

#[derive(Serialize)]
struct TableView<'a> {
    name: &'static str,
    caption: &'a str,
    columns: Vec<String>,
    size: &'static str,
    digits: usize,
    groups: Vec<Group<'a>>,
    notes: &'a [String],
}

#[derive(Serialize, Default)]
struct Group<'a> {
    head: Vec<Vec<CellView<'a>>>,
    body: Vec<Vec<CellView<'a>>>,
}

#[derive(Serialize)]
struct CellView<'a> {
    kind: &'static str,
    text: &'a str,
    note: Option<&'a str>,
    mark: Option<&'a str>,
    mark_note: Option<usize>,
    column: usize,
    column_span: usize,
    row_span: usize,
    id: Option<String>,
    headers: Option<String>,
    zero: bool,
    figure: bool,
    field: Option<&'a str>,
}

#[derive(Serialize)]
struct ChartView<'a> {
    name: &'static str,
    title: &'a str,
    description: &'a str,
    series: &'a [String],
    list: &'a [String],
    rows: Vec<ChartRowView<'a>>,
}

#[derive(Serialize)]
struct ChartRowView<'a> {
    label: &'a str,
    values: Vec<ChartValue>,
}

#[derive(Serialize)]
struct ChartValue {
    text: Option<String>,
    length: String,
}

impl<'a> View<'a> {
    /// The view of a document, with the style sheet and its figures as data.
    pub(super) fn of(document: &'a Document, css: &'a str, data: &'a Data) -> Self {
        let meta = &document.meta;
        let page = Page {
            title: meta.titled(),
            agency: &meta.agency,
            year: meta.year,
            published: meta.published.map(|date| date.to_string()),
            draft: meta.draft,
        };
        let toc = document.blocks.iter().filter_map(entry).collect();
        let blocks = document.blocks.iter().map(block).collect();
        Self { page, toc, blocks, css, data: &data.json, data_hash: &data.hash }
    }
}

fn entry(block: &Block) -> Option<Entry<'_>> {
    match block {
        Block::Heading(Heading { level: 1, text, anchor, .. }) => Some(Entry { text, anchor }),
        Block::Heading(_)
        | Block::Title(_)
        | Block::Paragraph(_)
        | Block::Table(_)
        | Block::Chart(_)
        | Block::Closing { .. } => None,
    }
}

fn block(block: &Block) -> BlockView<'_> {
    match block {
        Block::Title(pieces) => BlockView::Title { pieces },
        Block::Heading(Heading { level, text, anchor, origin }) => BlockView::Heading {
            level: *level,
            text,
            anchor,
            field: origin.as_ref().map(|path| path.as_str()),
        },
        Block::Paragraph(Paragraph { lead_in, text, origin }) => BlockView::Paragraph {
            lead_in: lead_in.as_ref().map(|heading| heading.text.as_str()),
            lead_in_level: lead_in.as_ref().map(|heading| heading.level),
            lead_in_anchor: lead_in.as_ref().map(|heading| heading.anchor.as_str()),
            lead_in_field: lead_in
                .as_ref()
                .and_then(|heading| heading.origin.as_ref())
                .map(|path| path.as_str()),
            text: text.iter().map(piece).collect(),
            field: origin.as_ref().map(|path| path.as_str()),
        },
        Block::Table(table) => BlockView::Table(self::table(table)),
        Block::Chart(chart) => BlockView::Chart(self::chart(chart)),
        Block::Closing { agency, date } => BlockView::Closing { agency, date: date.as_deref() },
    }
}

fn piece(inline: &Inline) -> Piece<'_> {
    match inline {
        Inline::Text(text) => Piece { text, target: None },
        Inline::Link { text, target } => Piece { text, target: Some(target) },
    }
}

fn table(table: &Table) -> TableView<'_> {
    let name = match table.kind {
        TableKind::Disclosure => "disclosure",
        TableKind::Requests => "requests",
        TableKind::Challenges => "challenges",
        TableKind::Plain(name) | TableKind::Figures(name) => name,
        TableKind::Signatures => "sheet-signatures",
    };
    let grid = TableGrid::of(table);
    let (widths, size) = columns(table, &grid);
    let total: u32 = widths.iter().sum();
    let columns = widths.iter().map(|width| percentage(*width, total));
    let figures = grid.cells.iter().filter(|placed| is_figure(&placed.cell.text));
    let digits = figures.map(|placed| placed.cell.text.chars().count()).max().unwrap_or(0);
    let mut groups: Vec<Group<'_>> = Vec::new();
    groups.resize_with(table.groups.len(), Group::default);
    for group in table.groups.iter().zip(&mut groups) {
        group.1.head.resize_with(group.0.head.len(), Vec::new);
        group.1.body.resize_with(group.0.body.len(), Vec::new);
    }
    let first_rows: Vec<usize> = table
        .groups
        .iter()
        .scan(0, |next, group| {
            let first = *next;
            *next += group.head.len() + group.body.len();
            Some(first)
        })
        .collect();
    for (index, placed) in grid.cells.iter().enumerate() {
        let group = &mut groups[placed.group];
        let row = placed.row - first_rows[placed.group];
        let n_head = group.head.len();
        let row = if row < n_head { &mut group.head[row] } else { &mut group.body[row - n_head] };
        row.push(cell(table, name, &grid, index, placed));
    }
    TableView {
        name,
        caption: &table.caption,
        columns: columns.collect(),
        size,
        digits,
        groups,
        notes: &table.notes,
    }
}

/// The relative widths of the columns, and how much smaller than usual its type is: as in the other outputs, no
/// figure is broken.
fn columns(table: &Table, grid: &TableGrid<'_>) -> (Vec<u32>, &'static str) {
    /// A table is as wide on the narrowest of wide pages, where 15 pixels are the largest size.
    const WIDTH: f64 = 624.0 / 15.0 * SIZES[0];
    const DIGIT: f64 = 0.56;
    if table.kind.holds_words() || table.n_columns() < 5 {
        return (table.column_widths.iter().map(|width| u32::from(*width)).collect(), "");
    }
    let measure = Measure { width: WIDTH, largest: SIZES[0], digit: DIGIT, remark: 4 };
    let Columns { widths, size, .. } = layout::columns::columns(table, grid, measure);
    let size = match SIZES.iter().position(|one| *one == size) {
        Some(1) => "smaller",
        Some(2) => "smallest",
        _ => "",
    };
    (widths.iter().map(|width| (width * 100.0).round() as u32).collect(), size)
}

fn cell<'a>(
    source: &'a Table,
    table: &str,
    grid: &TableGrid<'a>,
    index: usize,
    placed: &Placed<'a>,
) -> CellView<'a> {
    let cell = placed.cell;
    let id = |index: usize| format!("{table}-h{}", index + 1);
    let heads: Vec<String> = grid.heads_of(index).into_iter().map(id).collect();
    let kind = match cell.kind {
        CellKind::ColumnHead => "column_head",
        CellKind::RowHead => "row_head",
        CellKind::Corner => "corner",
        CellKind::Figure => "figure",
    };
    CellView {
        kind,
        text: &cell.text,
        note: cell.note.as_deref(),
        mark: cell.mark.as_deref(),
        mark_note: cell.mark.as_ref().and_then(|mark| source.note_of(mark)).map(|note| note + 1),
        column: placed.column,
        column_span: cell.column_span,
        row_span: cell.row_span,
        id: (cell.kind != CellKind::Figure).then(|| id(index)),
        headers: (!heads.is_empty()).then(|| heads.join(" ")),
        figure: cell.kind == CellKind::Figure && is_figure(&cell.text),
        zero: cell.kind == CellKind::Figure && cell.text == "0" && cell.note.is_none(),
        field: cell.origin.as_ref().map(|path| path.as_str()),
    }
}

fn chart(chart: &Chart) -> ChartView<'_> {
    let largest = chart.largest();
    // Labels take 30 hundredths. On the narrowest of phones a hundredth has less than three pixels, and
    // a digit takes eight: the longest bar leaves room for the longest number behind it.
    let n_digits = u32::try_from(largest.to_string().len()).unwrap_or(u32::MAX);
    let longest = 67_u32.saturating_sub(n_digits.saturating_mul(3)).max(10);
    let length = |value: u64| {
        let hundredths = u128::from(value) * u128::from(longest) * 100 / u128::from(largest);
        format!("{}.{:02}", hundredths / 100, hundredths % 100)
    };
    let value = |value: &Option<u64>| ChartValue {
        text: value.map(|value| value.to_string()),
        length: length(value.unwrap_or(0)),
    };
    let rows = chart.rows.iter().map(|row| ChartRowView {
        label: &row.label,
        values: row.values.iter().map(value).collect(),
    });
    ChartView {
        name: chart.kind.name(),
        title: &chart.title,
        description: &chart.description,
        series: &chart.series,
        list: &chart.list,
        rows: rows.collect(),
    }
}

/// A share of a hundred with two digits behind the point.
fn percentage(part: u32, total: u32) -> String {
    let hundredths = (part * 10_000).checked_div(total).unwrap_or(0);
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::Value;

    use super::*;
    use crate::document;
    use crate::edition::{Cell, Edition, RequestColumn, RequestRow};
    use crate::render::html::island;
    use crate::report::{HeadingStyle, Part, Report, Text};

    const README: &str = include_str!("../../../templates/README.md");

    /// The names of a value as `section.name`; lists are walked, their elements named like the list.
    fn names(section: &str, prefix: &str, value: &Value, found: &mut BTreeSet<String>) {
        match value {
            Value::Object(fields) => {
                for (name, value) in fields {
                    found.insert(format!("{section}.{prefix}{name}"));
                    names(section, &format!("{prefix}{name}."), value, found);
                }
            }
            Value::Array(values) => {
                for value in values {
                    match value {
                        Value::Array(cells) => {
                            cells.iter().for_each(|cell| names("cell", "", cell, found));
                        }
                        value => names(section, prefix, value, found),
                    }
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }

    fn provided() -> BTreeSet<String> {
        let mut report = Report::empty(Edition::Y2021);
        report.overview.heading_style = HeadingStyle::OwnLine;
        report.overview.parts.push(Part {
            aspect: None,
            heading: Some(Text::new("标题")),
            text: Some(Text::new("文字")),
        });
        report.header.charts = Some(true);
        report.put(Cell::Requests(RequestRow::Granted, RequestColumn::NaturalPerson), 1.into());
        report.put(Cell::Requests(RequestRow::Received, RequestColumn::NaturalPerson), 1.into());
        report.put(Cell::Requests(RequestRow::Received, RequestColumn::Business), 1.into());
        report.put(Cell::Requests(RequestRow::Granted, RequestColumn::Total), 1.into());
        report.put(Cell::Requests(RequestRow::PartlyGranted, RequestColumn::Total), 1.into());
        let document = document::build(&report, true);
        let data = island::data(&document).unwrap();
        let view = serde_json::to_value(View::of(&document, "", &data)).unwrap();
        let mut found = BTreeSet::new();
        for (name, value) in view.as_object().unwrap() {
            match (name.as_str(), value) {
                ("page" | "toc", value) => names(name, "", value, &mut found),
                ("blocks", Value::Array(blocks)) => {
                    for block in blocks {
                        names(block["kind"].as_str().unwrap(), "", block, &mut found);
                    }
                }
                _ => drop(found.insert(format!("其他.{name}"))),
            }
        }
        found
    }

    fn documented() -> BTreeSet<String> {
        let mut section = "";
        let mut found = BTreeSet::new();
        for line in README.lines() {
            let name = line.strip_prefix("| `").and_then(|rest| rest.split_once('`'));
            if let Some(title) = line.strip_prefix("### ") {
                section = title;
            } else if let (Some((name, _)), false) = (name, section.is_empty()) {
                found.insert(format!("{section}.{name}"));
            }
        }
        found
    }

    #[test]
    fn every_variable_is_documented_and_every_documented_variable_exists() {
        assert_eq!(provided(), documented());
    }

    #[test]
    fn every_template_is_documented() {
        for (name, _) in super::super::BUILT_IN {
            assert!(README.contains(&format!("| `{name}` |")), "{name}");
        }
    }
}
