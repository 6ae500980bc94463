//! The sheet that shows the figures of two years side by side, to be read, printed and filed.

use super::sheet::{self, Facts, Finding, cell, head, row, table, text};
use super::{Block, Cell, CellKind, Document, Heading, Meta, Row, RowGroup, Table, TableKind};
use crate::compare::{self, Comparison, Line, Refused, Side};
use crate::edition::Section;
use crate::report::UNFILLED;

/// What the title ends with.
const NAME: &str = "政府信息公开年报数据对照表";

/// Builds the document of a comparison: which reports, what the rules across years say, the tables
/// line by line, and what cannot be compared.
pub fn sheet(comparison: &Comparison, facts: &[Facts], findings: &[Finding]) -> Document {
    let title = title(comparison);
    let mut blocks = vec![Block::Title(title.clone())];
    blocks.push(Block::Table(sheet::facts_table("compare-facts", "对照情况", facts)));
    blocks.push(heading("compare-findings", "跨年检查"));
    let found = sheet::findings_table("compare-found", "跨年检查发现的问题", findings);
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
        blocks.push(heading("compare-refused", "不能比较的数据"));
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
    vec![agency, format!("{years}{NAME}")]
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
        (_, Some(Column::NaturalPerson)) => "compare-natural-person",
        (_, Some(Column::Business)) => "compare-business",
        (_, Some(Column::Research)) => "compare-research",
        (_, Some(Column::PublicWelfare)) => "compare-public-welfare",
        (_, Some(Column::LegalService)) => "compare-legal-service",
        (_, Some(Column::Other)) => "compare-other",
    }
}

fn figures(
    name: &'static str,
    caption: &str,
    block: &compare::Block,
    comparison: &Comparison,
) -> Table {
    let mut over_labels = cell(CellKind::ColumnHead, "项目");
    over_labels.column_span = 2;
    let years = [year(&comparison.last), year(&comparison.this)];
    let labels =
        [&years[0], &years[1], "增减", "增减率"].map(|label| cell(CellKind::ColumnHead, label));
    let heads = vec![row(std::iter::once(over_labels).chain(labels))];
    let same = |a: &&Line, b: &&Line| a.group.is_some() && a.group == b.group;
    let lines: Vec<&Line> = block.lines.iter().collect();
    let body = lines.chunk_by(|a, b| same(a, b)).flat_map(rows_of_group).collect();
    Table {
        kind: TableKind::Figures(name),
        caption: caption.to_owned(),
        column_widths: vec![9, 19, 8, 8, 8, 8],
        groups: vec![RowGroup { head: heads, body }],
        notes: Vec::new(),
    }
}

/// Lines that share a label, which stands beside all of them.
fn rows_of_group(lines: &[&Line]) -> Vec<Row> {
    let rows = lines.iter().enumerate().map(|(i, line)| {
        let own = match line.group {
            Some(_) => head(&line.label),
            None => Cell { column_span: 2, ..head(&line.label) },
        };
        let group = line.group.filter(|_| i == 0);
        let group = group.map(|group| Cell { row_span: lines.len(), ..head(group) });
        let figures = [
            line.last.to_string(),
            line.this.to_string(),
            line.difference_text(),
            line.change_text(),
        ];
        row(group.into_iter().chain([own]).chain(figures.map(|figure| text(&figure))))
    });
    rows.collect()
}

fn refused(refused: &[Refused]) -> Table {
    let rows = refused.iter().map(|refused| row([text(&refused.what), text(&refused.why)]));
    let heads = ["数据", "原因"].map(|label| cell(CellKind::ColumnHead, label));
    table("compare-not", "不能比较的数据", &[18, 20], vec![row(heads)], rows.collect())
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
