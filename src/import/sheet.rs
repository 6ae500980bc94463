//! [`Sheet`]: a published report as all readers give it, text and tables in reading order.

use std::fmt;

use super::letters::n_seen;

/// A published report before anything in it is understood.
#[derive(Debug, Clone, Default)]
pub(super) struct Sheet {
    /// Paragraphs and tables in reading order.
    pub(super) blocks: Vec<Block>,
    /// The text that the reader has left out, which is of a page and not of the report.
    pub(super) dropped: Vec<Dropped>,
    /// The remarks of the reader that the user must know, each in one phrase.
    pub(super) remarks: Vec<String>,
    /// The person or body that the file's properties name.
    pub(super) author: Option<String>,
    /// Our own data inside the file.
    pub(super) own: Option<Own>,
    /// The pages without a usable text.
    pub(super) blind: Vec<u32>,
    /// The pages whose text a program recognised in a picture.
    pub(super) recognised: Vec<u32>,
    /// The numbers of paragraphs and tables that were added.
    pub(super) n_lines: usize,
    pub(super) n_grids: usize,
    /// True if it is to go back into the data file that it was made from, which numbers the parts of a section anew.
    pub(super) goes_back: bool,
}

/// The data that this program puts into the files that it makes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Own {
    /// The data file inside a PDF or an OFD file.
    DataFile(String),
    /// The figures inside a web page, as JSON.
    Island(String),
}

/// A piece of a sheet.
#[derive(Debug, Clone)]
pub(super) enum Block {
    /// A paragraph, or a line that stands alone.
    Line(Line),
    /// A table.
    Grid(Grid),
}

/// A paragraph.
#[derive(Debug, Clone, Default)]
pub(super) struct Line {
    /// Its words, without line ends.
    pub(super) text: String,
    /// Its place.
    pub(super) spot: Spot,
}

/// A place in the file, as people look for it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Spot {
    /// The page, from 1.
    pub(super) page: Option<u32>,
    /// The paragraph of the file, from 1; none within a table.
    pub(super) line: Option<usize>,
    /// The table of the file, its row and its column, each from 1.
    pub(super) cell: Option<[usize; 3]>,
}

impl fmt::Display for Spot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(page) = self.page {
            write!(f, "第{page}页")?;
        }
        match (self.cell, self.line) {
            (Some([table, row, column]), _) => write!(f, "第{table}张表第{row}行第{column}列"),
            (None, Some(line)) => write!(f, "第{line}段"),
            (None, None) => Ok(()),
        }
    }
}

/// The reasons why characters of a file may be missing from the report; there are no others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// A page number.
    PageNumber,
    /// A line that stands at the head or foot of every page, or the head of a table on its next page.
    RepeatedHead,
    /// A list of contents, which says again what the titles say.
    Contents,
    /// A hyphen or mark by which a line was joined with the next.
    LineJoin,
    /// Characters that only make room.
    Layout,
    /// A web page round the report: its bars, lists and links.
    Frame,
    /// Words that are printed, and struck out.
    Struck,
    /// Words that the file holds and hides.
    Hidden,
}

impl Reason {
    /// The reason in words.
    pub fn name(self) -> &'static str {
        match self {
            Self::PageNumber => "页码",
            Self::RepeatedHead => "各页重复的页眉页脚、表头",
            Self::Contents => "目录",
            Self::LineJoin => "换行处的连字符",
            Self::Layout => "排版用的空白和线",
            Self::Frame => "网页的导航、按钮、索引信息等",
            Self::Struck => "划掉的文字",
            Self::Hidden => "隐藏的文字",
        }
    }
}

/// Characters that are not in the report, and why.
#[derive(Debug, Clone)]
pub(super) struct Dropped {
    pub(super) reason: Reason,
    pub(super) text: String,
    pub(super) spot: Spot,
}

/// A table: cells on rows and columns, some of them merged.
#[derive(Debug, Clone, Default)]
pub(super) struct Grid {
    /// The cells from top to bottom and left to right.
    pub(super) cells: Vec<GridCell>,
    pub(super) n_rows: usize,
    pub(super) n_columns: usize,
    /// For each place the index of its cell.
    at: Vec<Option<usize>>,
    /// True if cells are beyond what a table may have.
    is_cut: bool,
}

/// A cell of a table.
#[derive(Debug, Clone, Default)]
pub(super) struct GridCell {
    /// Its words on one line.
    pub(super) text: String,
    /// Its first row and column, from 0.
    pub(super) row: usize,
    pub(super) column: usize,
    /// The numbers of rows and columns that it takes.
    pub(super) rows: usize,
    pub(super) columns: usize,
    pub(super) spot: Spot,
}

/// The most rows and columns of a table, and places in all: those of the form have 30 rows and 15 columns.
const MOST: usize = 2_000;
const MOST_PLACES: usize = 400_000;

impl Grid {
    /// A table of cells that know their places; of two at one place the first has it.
    pub(super) fn new(mut cells: Vec<GridCell>) -> Self {
        let n_cells = cells.len();
        cells.retain(|cell| cell.row < MOST && cell.column < MOST);
        let is_cut = cells.len() < n_cells;
        for cell in &mut cells {
            cell.rows = cell.rows.clamp(1, MOST - cell.row);
            cell.columns = cell.columns.clamp(1, MOST - cell.column);
        }
        let n_rows = cells.iter().map(|cell| cell.row + 1).max().unwrap_or(0);
        let n_columns = cells.iter().map(|cell| cell.column + cell.columns).max().unwrap_or(0);
        if n_rows * n_columns > MOST_PLACES {
            return Self { is_cut: true, ..Self::default() };
        }
        let mut at = vec![None; n_rows * n_columns];
        for (i, cell) in cells.iter_mut().enumerate() {
            cell.rows = cell.rows.min(n_rows - cell.row);
            for row in cell.row..cell.row + cell.rows {
                for column in cell.column..cell.column + cell.columns {
                    let place: &mut Option<usize> = &mut at[row * n_columns + column];
                    place.get_or_insert(i);
                }
            }
        }
        Self { cells, n_rows, n_columns, at, is_cut }
    }

    /// The index of the cell at a place.
    pub(super) fn at(&self, row: usize, column: usize) -> Option<usize> {
        if row < self.n_rows && column < self.n_columns {
            self.at[row * self.n_columns + column]
        } else {
            None
        }
    }

    /// The words at a place; none where nothing stands.
    pub(super) fn text(&self, row: usize, column: usize) -> &str {
        self.at(row, column).map_or("", |i| self.cells[i].text.as_str())
    }

    /// The cells of a row from left to right, each once, also those that begin above it.
    pub(super) fn row(&self, row: usize) -> Vec<usize> {
        let mut cells: Vec<usize> = (0..self.n_columns).filter_map(|c| self.at(row, c)).collect();
        cells.dedup();
        cells
    }

    /// Numbers the cells of the table for people.
    pub(super) fn numbered(mut self, table: usize) -> Self {
        for cell in &mut self.cells {
            cell.spot.cell = Some([table, cell.row + 1, cell.column + 1]);
        }
        self
    }
}

impl Sheet {
    /// Adds a paragraph, unless it is blank.
    pub(super) fn push_line(&mut self, text: &str, page: Option<u32>) {
        let text = text.trim_matches(super::letters::is_unseen);
        if text.is_empty() {
            return;
        }
        self.n_lines += 1;
        let spot = Spot { page, line: Some(self.n_lines), cell: None };
        self.blocks.push(Block::Line(Line { text: text.to_owned(), spot }));
    }

    /// Adds a table, unless it is empty.
    pub(super) fn push_grid(&mut self, grid: Grid) {
        if grid.is_cut {
            self.remarks.push(format!(
                "第{}张表太大，{MOST} 行以后或整张表没有读：一份年报的表没有这么大",
                self.n_grids + 1
            ));
        }
        if grid.cells.iter().any(|cell| !cell.text.is_empty()) {
            self.n_grids += 1;
            self.blocks.push(Block::Grid(grid.numbered(self.n_grids)));
        }
    }

    /// The paragraphs among some blocks, each with the index of its block.
    pub(super) fn lines(
        &self,
        range: std::ops::Range<usize>,
    ) -> impl Iterator<Item = (usize, &str)> {
        self.blocks[range.clone()].iter().zip(range).filter_map(|(block, i)| match block {
            Block::Line(line) => Some((i, line.text.as_str())),
            Block::Grid(_) => None,
        })
    }

    /// Takes out the control characters, which nobody sees and no data file can hold; those that make room become blanks.
    pub(super) fn drop_controls(&mut self) {
        for block in &mut self.blocks {
            match block {
                Block::Line(line) => without_controls(&mut line.text),
                Block::Grid(grid) => {
                    grid.cells.iter_mut().for_each(|cell| without_controls(&mut cell.text));
                }
            }
        }
    }

    /// Leaves out words for a reason, unless they are blank.
    pub(super) fn leave_out(&mut self, reason: Reason, words: &str) {
        let text = words.trim_matches(super::letters::is_unseen).to_owned();
        if !text.is_empty() {
            self.dropped.push(Dropped { reason, text, spot: Spot::default() });
        }
    }

    /// Leaves out paragraphs for a reason.
    pub(super) fn drop_lines(&mut self, reason: Reason, is_dropped: impl Fn(&str) -> bool) {
        let blocks = std::mem::take(&mut self.blocks);
        for block in blocks {
            match block {
                Block::Line(Line { text, spot }) if is_dropped(&text) => {
                    self.dropped.push(Dropped { reason, text, spot });
                }
                kept => self.blocks.push(kept),
            }
        }
    }

    /// The number of characters that are seen in the paragraphs and tables.
    pub(super) fn n_seen(&self) -> usize {
        let of = |block: &Block| match block {
            Block::Line(line) => n_seen(&line.text),
            Block::Grid(grid) => grid.cells.iter().map(|cell| n_seen(&cell.text)).sum(),
        };
        self.blocks.iter().map(of).sum()
    }
}

fn without_controls(text: &mut String) {
    let is_kept = |c: char| !c.is_control() || c == '\n' || c == '\t';
    if !text.chars().all(is_kept) {
        let seen = text.chars().filter(|c| is_kept(*c) || c.is_whitespace());
        *text = seen.map(|c| if is_kept(c) { c } else { ' ' }).collect();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_taken_out() {
        let mut sheet = Sheet::default();
        sheet.push_line("全年\u{1f}公开\u{b}信息\u{7f}9条", None);
        sheet.push_grid(Grid::new(vec![cell("0\u{1f}\n1", [0, 0, 1, 1])]));
        sheet.drop_controls();
        assert_eq!(sheet.lines(0..1).next(), Some((0, "全年公开 信息9条")));
        assert!(matches!(&sheet.blocks[1], Block::Grid(grid) if grid.cells[0].text == "0\n1"));
    }

    fn cell(text: &str, [row, column, rows, columns]: [usize; 4]) -> GridCell {
        GridCell { text: text.to_owned(), row, column, rows, columns, spot: Spot::default() }
    }

    #[test]
    fn merged_cells_stand_at_all_their_places() {
        let grid = Grid::new(vec![
            cell("甲", [0, 0, 2, 1]),
            cell("乙", [0, 1, 1, 2]),
            cell("丙", [1, 1, 1, 1]),
            cell("丁", [1, 2, 9, 1]),
        ]);
        assert_eq!((grid.n_rows, grid.n_columns), (2, 3));
        assert_eq!([grid.text(1, 0), grid.text(0, 2), grid.text(1, 2)], ["甲", "乙", "丁"]);
        assert_eq!(grid.row(1), [0, 2, 3]);
        assert_eq!(grid.at(5, 5), None);
        assert!(Grid::new(vec![cell("", [1_999, 1_999, 1, 1])]).cells.is_empty());
    }
}
