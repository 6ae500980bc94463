//! Tables in which titles of sections stand: what is above and below such a title is no one table.

use super::letters::is_unseen;
use super::sheet::{Block, Grid, GridCell, Line, Sheet};
use super::texts::section_of_title;
use crate::edition::Section;

/// Parts the tables of a sheet at the titles in them; sentences that stand alone in a row are paragraphs.
pub(super) fn part(sheet: &mut Sheet) {
    let blocks = std::mem::take(&mut sheet.blocks);
    for block in blocks {
        match block {
            Block::Grid(grid) if (0..grid.n_rows).any(|row| title(&grid, row).is_some()) => {
                sheet.blocks.extend(parted(&grid));
            }
            other => sheet.blocks.push(other),
        }
    }
}

/// The only cell of a row, if it takes no other row.
fn alone(grid: &Grid, row: usize) -> Option<&GridCell> {
    match grid.row(row).as_slice() {
        [one] => Some(&grid.cells[*one]).filter(|cell| cell.rows == 1),
        _ => None,
    }
}

/// The section whose title a row is.
fn title(grid: &Grid, row: usize) -> Option<Section> {
    section_of_title(&alone(grid, row)?.text)
}

fn parted(grid: &Grid) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut section = None;
    let mut first = 0;
    for row in 0..grid.n_rows {
        let own = title(grid, row);
        section = own.or(section);
        let has_table = match section {
            Some(Section::Disclosure | Section::Requests | Section::Challenges) => true,
            None | Some(Section::Overview | Section::Problems | Section::Other) => false,
        };
        let Some(cell) = alone(grid, row) else { continue };
        if own.is_some() || !has_table || cell.text.contains('。') {
            blocks.extend(rows(grid, first, row));
            first = row + 1;
            let text = cell.text.trim_matches(is_unseen).to_owned();
            if !text.is_empty() {
                blocks.push(Block::Line(Line { text, spot: cell.spot }));
            }
        }
    }
    blocks.extend(rows(grid, first, grid.n_rows));
    blocks
}

/// Some rows as a table of their own, whose cells keep their places in the file.
fn rows(grid: &Grid, first: usize, end: usize) -> Option<Block> {
    let own = grid.cells.iter().filter(|cell| (first..end).contains(&cell.row));
    let cells: Vec<GridCell> =
        own.map(|cell| GridCell { row: cell.row - first, ..cell.clone() }).collect();
    let is_blank = cells.iter().all(|cell| cell.text.is_empty());
    (!is_blank).then(|| Block::Grid(Grid::new(cells)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_parted_at_its_titles() {
        let cell = |text: &str, row, column, columns| GridCell {
            text: text.to_owned(),
            row,
            column,
            rows: 1,
            columns,
            ..GridCell::default()
        };
        let mut sheet = Sheet::default();
        sheet.push_grid(Grid::new(vec![
            cell("一、总体情况", 0, 0, 2),
            cell("各项工作都已完成", 1, 0, 2),
            cell("二、主动公开政府信息情况", 2, 0, 2),
            cell("第二十条第（五）项", 3, 0, 2),
            cell("行政许可", 4, 0, 1),
            cell("5", 4, 1, 1),
            cell("注：数字已核对。", 5, 0, 2),
        ]));
        part(&mut sheet);
        let shown = sheet.blocks.iter().map(|block| match block {
            Block::Line(line) => line.text.clone(),
            Block::Grid(grid) => format!("{} 行 {}", grid.n_rows, grid.cells[2].spot),
        });
        let expected = [
            "一、总体情况",
            "各项工作都已完成",
            "二、主动公开政府信息情况",
            "2 行 第1张表第5行第2列",
            "注：数字已核对。",
        ];
        assert_eq!(shown.collect::<Vec<_>>(), expected);
    }
}
