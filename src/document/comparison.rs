//! The sheet that shows the figures of two years side by side, to be read, printed and filed.

use super::sheet::{self, Facts, Finding, cell, head, row, table, text};
use super::wording;
use super::{Block, Cell, CellKind, Document, Heading, Meta, Row, RowGroup, Table, TableKind};
use crate::compare::{self, Comparison, Line, Refused, Side};
use crate::edition::Section;
use crate::report::UNFILLED;

/// The end of the title.
const NAME: &str = "政府信息公开年报数据对照表";

/// Builds the document of a comparison: which reports, what the rules across years say, the tables
/// line by line, and what cannot be compared.
pub fn sheet(comparison: &Comparison, facts: &[Facts], findings: &[Finding]) -> Document {
    let title = title(comparison);
    let mut blocks = vec![Block::Title(title.clone())];
    blocks.push(Block::Table(sheet::facts_table("sheet-compared", "对照情况", facts)));
    blocks.push(heading("across", "跨年检查"));
    let found = sheet::findings_table("sheet-across", "发现的问题", findings);
    blocks.push(Block::Table(found));
    for block in comparison.blocks.iter().filter(|block| !block.is_empty_column()) {
        let name = name(block);
        let words = match block.applicant {
            Some((_, label)) => format!("{}（{label}）", block.title),
            None if block.section == Section::Requests => format!("{}（总计）", block.title),
            None => block.title.to_owned(),
        };
        blocks.push(heading(&format!("{name}-lines"), &words));
        blocks.push(Block::Table(figures(name, &words, block, comparison)));
    }
    if !comparison.refused.is_empty() {
        blocks.push(heading("refused", "不能比较的数据"));
        blocks.push(Block::Table(refused(&comparison.refused)));
    }
    let meta = Meta {
        edition: comparison.this.edition,
        title: title.concat(),
        agency: comparison.this.agency.clone().unwrap_or_default(),
        year: comparison.this.year,
        published: None,
        draft: false,
    };
    Document { meta, blocks }
}

/// The year of a report as heads of columns call it.
pub fn year(side: &Side) -> String {
    side.year.map_or_else(|| UNFILLED.to_owned(), |year| format!("{year}年"))
}

fn title(comparison: &Comparison) -> Vec<String> {
    let agency = comparison.this.agency.clone().unwrap_or_else(|| UNFILLED.to_owned());
    let years = format!("{}与{}", year(&comparison.last), year(&comparison.this));
    vec![agency, years, NAME.to_owned()]
}

fn heading(anchor: &str, words: &str) -> Block {
    Block::Heading(Heading {
        level: 1,
        text: words.to_owned(),
        anchor: anchor.to_owned(),
        origin: None,
    })
}

/// A name of its own for every table.
fn name(block: &compare::Block) -> &'static str {
    use crate::edition::RequestColumn as Column;
    match (block.section, block.applicant.map(|(column, _)| column)) {
        (Section::Disclosure, _) => "compare-disclosure",
        (Section::Challenges, _) => "compare-challenges",
        (_, None | Some(Column::Total)) => "compare-requests",
        (_, Some(Column::NaturalPerson)) => "compare-requests-natural-person",
        (_, Some(Column::Business)) => "compare-requests-business",
        (_, Some(Column::Research)) => "compare-requests-research",
        (_, Some(Column::PublicWelfare)) => "compare-requests-public-welfare",
        (_, Some(Column::LegalService)) => "compare-requests-legal-service",
        (_, Some(Column::Other)) => "compare-requests-other",
    }
}

fn figures(
    name: &'static str,
    caption: &str,
    block: &compare::Block,
    comparison: &Comparison,
) -> Table {
    // A single kind of applicant shows only what there was.
    let lines: Vec<&Line> =
        block.lines.iter().filter(|line| block.applicant.is_none() || !line.is_zero()).collect();
    let depth = lines.iter().map(|line| line.groups.len()).max().unwrap_or(0);
    let mut over_labels = cell(CellKind::ColumnHead, "项目");
    over_labels.column_span = depth + 1;
    let years = [year(&comparison.last), year(&comparison.this)];
    let labels =
        [&years[0], &years[1], "增减", "增减率"].map(|label| cell(CellKind::ColumnHead, label));
    let heads = vec![row(std::iter::once(over_labels).chain(labels))];
    let body = (0..lines.len()).map(|i| row_of(&lines, i, depth)).collect();
    let label_widths: &[u16] = if depth > 1 { &[5, 8, 22] } else { &[12, 22] };
    Table {
        kind: TableKind::Figures(name),
        caption: caption.to_owned(),
        column_widths: [&label_widths[..=depth.min(label_widths.len() - 1)], &[7, 7, 7, 9]]
            .concat(),
        groups: vec![RowGroup { head: heads, body }],
        notes: Vec::new(),
    }
}

/// A line with those of its shared labels that stand beside it for the first time.
fn row_of(lines: &[&Line], i: usize, depth: usize) -> Row {
    let line = lines[i];
    let mut cells = Vec::new();
    for level in 0..line.groups.len() {
        let shares = |other: &&&Line| other.groups.get(..=level) == Some(&line.groups[..=level]);
        let first = i == 0 || !shares(&&lines[i - 1]);
        if first {
            let row_span = lines[i..].iter().take_while(shares).count();
            cells.push(Cell { row_span, ..head(line.groups[level]) });
        }
    }
    let column_span = depth + 1 - line.groups.len();
    cells.push(Cell { column_span, ..head(&line.label) });
    let figures =
        [line.last.to_string(), line.this.to_string(), line.difference_text(), line.change_text()];
    cells.extend(figures.map(|figure| text(&wording::with_minus(figure))));
    row(cells)
}

fn refused(refused: &[Refused]) -> Table {
    let rows = refused.iter().map(|refused| row([text(&refused.what), text(&refused.why)]));
    let heads = ["数据", "原因"].map(|label| cell(CellKind::ColumnHead, label));
    table("sheet-refused", "不能比较的数据", &[18, 20], vec![row(heads)], rows.collect())
}

#[cfg(test)]
mod tests {
    use super::super::TableGrid;
    use super::*;
    use crate::edition::{Cell as FormCell, Edition};
    use crate::report::{Money, Report};

    #[test]
    fn every_table_fills_its_grid_and_has_a_name_of_its_own() {
        for edition in Edition::ALL {
            let (mut last, this) = (Report::empty(*edition), Report::empty(Edition::Y2021));
            let cells: Vec<FormCell> = last.form().cells().collect();
            for cell in cells {
                last.put(cell, Money::ONE);
            }
            let document = sheet(&Comparison::of(&last, &this), &[], &[]);
            let mut names = Vec::new();
            for block in &document.blocks {
                let Block::Table(table) = block else { continue };
                assert!(TableGrid::of(table).is_closed(), "{}", table.caption);
                if let TableKind::Figures(name) | TableKind::Plain(name) = table.kind {
                    assert!(!names.contains(&name), "{name}");
                    names.push(name);
                }
            }
            assert!(names.len() >= 9, "{names:?}");
        }
    }
}
