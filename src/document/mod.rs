//! The contents of the paper, not its look: the one tree that every renderer walks.
//!
//! A [`Document`] has no sizes, colours or fonts. HTML and Word take it as it is; the PDF takes the
//! pages that the layout makes of it. Because there is only this one tree, the three
//! outputs carry the same words in the same order.

mod build;
mod charts;
pub mod comparison;
mod grid;
mod links;
pub mod listing;
mod notes;
pub mod sheet;
mod tables;
mod wording;
pub mod words;

pub use build::{build, meta, standard_fee, standard_opening};
pub use charts::{Chart, ChartKind, ChartRow};
pub use grid::{Placed, TableGrid};

use crate::digest::Digest;
use crate::edition::Edition;
use crate::invisible::is_invisible;
use crate::report::{Date, FieldPath};

/// The sentence that marks a draft.
pub const DRAFT_MARK: &str = "草稿，内容未定，请勿公布";

/// A complete report, ready to be rendered.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Document {
    /// The description of the document, not printed in its body.
    pub meta: Meta,
    /// Title, opening, six sections and closing, in reading order.
    pub blocks: Vec<Block>,
}

impl Document {
    /// All words of the document, in reading order.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.blocks.iter().flat_map(Block::texts)
    }

    /// Its tables, in reading order.
    pub fn tables(&self) -> impl Iterator<Item = &Table> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Table(table) => Some(table),
            Block::Title(_)
            | Block::Heading(_)
            | Block::Paragraph(_)
            | Block::Chart(_)
            | Block::Closing { .. } => None,
        })
    }
}

/// The description of the document: file properties, page head, draft mark.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Meta {
    /// The edition of the form.
    pub edition: Edition,
    /// The full title of the report, on one line.
    pub title: String,
    /// The body whose report it is; stands as author, never a person.
    pub agency: String,
    /// The report year.
    pub year: Option<u16>,
    /// The date of publication; the only date any output may carry.
    pub published: Option<Date>,
    /// True if every page must be marked as a draft.
    pub draft: bool,
}

impl Meta {
    /// The title for properties, window frames and lists of files. A draft says so before all else,
    /// because lists cut titles at their end.
    pub fn titled(&self) -> String {
        format!("{}{}", if self.draft { "（草稿）" } else { "" }, self.title)
    }

    /// A file name without extension that every system accepts, from the title; a draft says so. One that would
    /// be too long is cut before the year, and tells by a digest which title it stands for.
    pub fn file_name(&self) -> String {
        /// File systems take 255 bytes; the extension and the draft mark need some of them.
        const LONGEST: usize = 200;
        /// The end of a long title that is kept.
        const LONGEST_END: usize = 100;
        let mut name = for_file_name(&self.title).trim().trim_matches('.').trim().to_owned();
        if name.len() > LONGEST {
            let year = self.year.map(|year| format!("{year}年"));
            let from_year = year.as_ref().and_then(|year| name.rfind(year.as_str()));
            let end = from_year.map(|at| &name[at..]).filter(|end| end.len() <= LONGEST_END);
            let end = end.or(year.as_deref()).unwrap_or_default();
            let end = format!("…{}…{end}", Digest::of(self.title.as_bytes()).short());
            let at = (0..=LONGEST - end.len()).rev().find(|at| name.is_char_boundary(*at));
            name = format!("{}{end}", &name[..at.unwrap_or(0)]);
        }
        format!(
            "{}{}",
            if name.is_empty() { "report" } else { &name },
            if self.draft { "（草稿）" } else { "" }
        )
    }
}

/// A text as it may stand in the name of a file on every system: what nobody sees left out, other characters that are not
/// allowed as `_`.
pub(crate) fn for_file_name(text: &str) -> String {
    let is_bad = |c: char| c.is_control() || r#"/\:*?"<>|"#.contains(c);
    let seen = text.chars().filter(|c| !is_invisible(*c));
    seen.map(|c| if is_bad(c) { '_' } else { c }).collect()
}

/// One block of the document.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Block {
    /// The title, as the pieces between which a line may be broken (body; year and name of the report).
    Title(Vec<String>),
    /// A heading: level 1 is a section `一、`, level 2 a part `（一）`.
    Heading(Heading),
    /// A paragraph of text.
    Paragraph(Paragraph),
    /// One of the three national tables, or one of a check sheet.
    Table(Table),
    /// A chart of figures that stand in a table above it.
    Chart(Chart),
    /// The name of the body and the date at the end.
    Closing {
        /// The name of the body.
        agency: String,
        /// The date in Chinese words, for example `2024年1月29日`; absent when none is known.
        date: Option<String>,
    },
}

impl Block {
    /// All words of the block, and what stands for a chart; no piece holds a line break.
    fn texts(&self) -> Vec<&str> {
        match self {
            Self::Title(pieces) => pieces.iter().map(String::as_str).collect(),
            Self::Heading(heading) => vec![&heading.text],
            Self::Paragraph(paragraph) => paragraph
                .lead_in
                .iter()
                .map(|heading| heading.text.as_str())
                .chain(paragraph.text.iter().map(Inline::text))
                .collect(),
            Self::Table(table) => {
                let cells = table.rows().flat_map(|row| &row.cells);
                let words = cells.flat_map(|cell| [Some(cell.text.as_str()), cell.note.as_deref()]);
                words.flatten().chain(table.notes.iter().map(String::as_str)).collect()
            }
            Self::Chart(chart) => {
                let labels = chart.rows.iter().map(|row| &row.label);
                let series = chart.series.iter().chain([&chart.title, &chart.description]);
                labels.chain(series).chain(&chart.list).map(String::as_str).collect()
            }
            Self::Closing { agency, date } => {
                std::iter::once(agency.as_str()).chain(date.as_deref()).collect()
            }
        }
    }
}

/// A heading, on a line of its own or at the beginning of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Heading {
    /// 1 for a section, 2 for a part.
    pub level: u8,
    /// The text with its number, for example `一、总体情况`.
    pub text: String,
    /// A stable ASCII name for links and bookmarks, for example `overview` or `overview-2`.
    pub anchor: String,
    /// The source of the text, when it comes from the data file.
    pub origin: Option<FieldPath>,
}

/// A paragraph; its first line is indented by two characters in every output.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Paragraph {
    /// A heading that runs into the text (`（一）主动公开情况。`), with its closing mark.
    pub lead_in: Option<Heading>,
    /// The text.
    pub text: Vec<Inline>,
    /// The source of the text, when it comes from the data file.
    pub origin: Option<FieldPath>,
}

/// A piece of running text. No piece contains a line break.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Inline {
    /// Plain text.
    Text(String),
    /// A web or mail address that readers can follow.
    Link {
        /// The text as printed.
        text: String,
        /// The complete target, with its scheme (`https://…`, `mailto:…`).
        target: String,
    },
}

impl Inline {
    /// The words of this piece.
    pub fn text(&self) -> &str {
        match self {
            Self::Text(text) | Self::Link { text, .. } => text,
        }
    }
}

/// The kind of a [`Table`]: one of the three national tables, or of those of a check sheet or a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TableKind {
    /// Table 1, under section two: 4 columns, groups of rows each with its own head.
    Disclosure,
    /// Table 2, under section three: 10 columns, a head of three rows.
    Requests,
    /// Table 3, under section four: 15 columns, a head of three rows.
    Challenges,
    /// A table of words on a check sheet; its name is its own within the document.
    Plain(&'static str),
    /// A table of figures that is none of the form's; its name is its own within the document.
    Figures(&'static str),
    /// The signature lines of a check sheet.
    Signatures,
}

impl TableKind {
    /// True if its cells hold words, which begin at the left, and not figures.
    pub fn holds_words(self) -> bool {
        match self {
            Self::Disclosure | Self::Requests | Self::Challenges | Self::Figures(_) => false,
            Self::Plain(_) | Self::Signatures => true,
        }
    }
}

/// A table with merged cells.
///
/// Rows stand in groups. A group's head rows belong to that group: in table 1 each
/// head names an item of article 20, tables 2 and 3 have one group whose head is the table's.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Table {
    /// Its kind.
    pub kind: TableKind,
    /// The summary of the table, in one phrase, for screen readers and file properties; not printed.
    pub caption: String,
    /// The relative widths of the columns.
    pub column_widths: Vec<u16>,
    /// The rows, group by group.
    pub groups: Vec<RowGroup>,
    /// The notes printed under the table, each a whole paragraph beginning with `注：` or with the mark
    /// of the cell it speaks of.
    pub notes: Vec<String>,
}

/// Rows under one head.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct RowGroup {
    /// The head rows, repeated when the group goes on over a page.
    pub head: Vec<Row>,
    /// The rows below the head.
    pub body: Vec<Row>,
}

/// The cells that begin in this row; cells that reach down from a row above are not repeated.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Row {
    /// The cells from left to right.
    pub cells: Vec<Cell>,
}

/// One cell, possibly over several columns and rows.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Cell {
    /// The kind of cell.
    pub kind: CellKind,
    /// The label, or the figure as printed; empty only where the form prints nothing.
    pub text: String,
    /// A remark printed directly behind the figure, with its brackets, for example `（其中修订16件）`.
    pub note: Option<String>,
    /// The mark of the note under the table that speaks of the cell, for example `注①`; the note begins
    /// with it.
    pub mark: Option<String>,
    /// The number of columns the cell covers, at least 1.
    pub column_span: usize,
    /// The number of rows the cell covers, at least 1.
    pub row_span: usize,
    /// The address of the figure, when the cell holds one.
    pub origin: Option<FieldPath>,
}

/// The role of a cell in its table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CellKind {
    /// Heads the columns it stands over.
    ColumnHead,
    /// Heads the rows it stands beside.
    RowHead,
    /// Stands where the heads of rows and of columns meet and heads neither: there the form says what of
    /// its figures must be equal, which is no name of a row.
    Corner,
    /// A figure.
    Figure,
}

impl CellKind {
    /// True if a cell of this kind names rows or columns.
    pub fn is_head(self) -> bool {
        match self {
            Self::ColumnHead | Self::RowHead => true,
            Self::Corner | Self::Figure => false,
        }
    }
}

impl Table {
    /// All rows from top to bottom, heads included.
    pub fn rows(&self) -> impl Iterator<Item = &Row> {
        self.groups.iter().flat_map(|group| group.head.iter().chain(&group.body))
    }

    /// The number of columns the grid has.
    pub fn n_columns(&self) -> usize {
        self.column_widths.len()
    }

    /// The place in [`notes`](Self::notes) of the note that a mark leads to.
    pub fn note_of(&self, mark: &str) -> Option<usize> {
        self.notes.iter().position(|note| note.starts_with(mark))
    }
}

impl Cell {
    /// The words of the cell, with its mark and its note.
    pub fn words(&self) -> String {
        let more = [&self.mark, &self.note].into_iter().flatten();
        std::iter::once(&self.text).chain(more).map(String::as_str).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_become_file_names() {
        let name = |title: &str, draft| {
            let report = crate::report::Report::empty(Edition::Y2021);
            Meta { title: title.to_owned(), ..build(&report, draft).meta }.file_name()
        };
        assert_eq!(name("海东市人民政府2023年年报", false), "海东市人民政府2023年年报");
        assert_eq!(name("../a:b", true), "_a_b（草稿）");
        assert_eq!(name("", false), "report");
        assert_eq!(name("a\u{202e}lmth.b\u{200b}", false), "almth.b");
        let of_year = |title: &str| {
            let report = crate::report::Report::empty(Edition::Y2021);
            let meta = build(&report, false).meta;
            Meta { title: title.to_owned(), year: Some(2023), ..meta }.file_name()
        };
        let long = |agency: &str, rest: &str| format!("{}{agency}2023年{rest}", "长".repeat(500));
        let (one, two) = (of_year(&long("甲", "年报")), of_year(&long("乙", "年报")));
        assert!(one.len() <= 200 && one.ends_with("2023年年报") && one != two, "{one} {two}");
        let late = of_year(&long("甲", &"又".repeat(99)));
        assert!(late.len() <= 200 && late.ends_with("2023年"), "{late}");
    }
}
