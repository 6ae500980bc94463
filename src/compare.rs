//! [`Comparison`]: the figures of two years side by side, as far as both forms count the same.

use rust_decimal::{Decimal, RoundingStrategy};

use crate::edition::{
    Cell, Edition, Form, RequestColumn, RequestRow, RequestRowPlace, Section, comparable,
};
use crate::report::{Entry, Money, Report};

/// Two reports side by side.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// The earlier report.
    pub last: Side,
    /// The later report.
    pub this: Side,
    /// The comparable parts: table 1, the totals of table 2, one block for each kind of applicant,
    /// table 3. A table of which nothing can be compared is left out.
    pub blocks: Vec<Block>,
    /// The parts that cannot be compared, each with its reason.
    pub refused: Vec<Refused>,
}

/// The body and the year of the report.
#[derive(Debug, Clone, PartialEq)]
pub struct Side {
    /// The full name of the body.
    pub agency: Option<String>,
    /// The report year.
    pub year: Option<u16>,
    /// The edition of the form.
    pub edition: Edition,
}

/// The lines of one table, or of one column of table 2.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    /// The section whose table it is.
    pub section: Section,
    /// The title of the section, with its number.
    pub title: &'static str,
    /// For a column of table 2 that is not its total: which kind of applicant, and its label.
    pub applicant: Option<(RequestColumn, &'static str)>,
    /// The lines, from top to bottom.
    pub lines: Vec<Line>,
}

/// One figure in both years.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Its cell.
    pub cell: Cell,
    /// The labels that it shares with lines beside it, from the outermost inwards: a row of tables 1 and
    /// 3, the outcomes of table 2 and a group of them.
    pub groups: Vec<&'static str>,
    /// Its own label.
    pub label: String,
    /// The figure of the earlier report, as printed there.
    pub last: Entry<Money>,
    /// The figure of the later report, as printed there.
    pub this: Entry<Money>,
}

/// Figures that the two forms count differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// The table or rows.
    pub what: String,
    /// The reason why they cannot be compared.
    pub why: String,
}

impl Comparison {
    /// Puts two reports side by side; which of them is the earlier one is for the caller to know.
    pub fn of(last: &Report, this: &Report) -> Self {
        let form = last.edition.max(this.edition).form();
        let cells: Vec<Cell> = comparable(last.edition, this.edition).collect();
        let mut blocks = Vec::new();
        let mut add = |section, applicant: Option<RequestColumn>, own: &dyn Fn(Cell) -> bool| {
            let own = cells.iter().copied().filter(|cell| cell.section() == section && own(*cell));
            let lines: Vec<Line> = own.map(|cell| line(form, last, this, cell)).collect();
            if !lines.is_empty() {
                let applicant = applicant.map(|c| (c, form.requests.column_label(c)));
                let title = form.section_title(section);
                blocks.push(Block { section, title, applicant, lines });
            }
        };
        let in_column = |column: RequestColumn| move |cell: Cell| matches!(cell, Cell::Requests(_, other) if other == column);
        add(Section::Disclosure, None, &|_| true);
        add(Section::Requests, None, &in_column(RequestColumn::Total));
        for column in RequestColumn::APPLICANTS {
            add(Section::Requests, Some(*column), &in_column(*column));
        }
        add(Section::Challenges, None, &|_| true);
        Self { last: side(last), this: side(this), blocks, refused: refused(last, this, &cells) }
    }
}

impl Block {
    /// True if it is one kind of applicant and was 0 in every line of both years.
    pub fn is_empty_column(&self) -> bool {
        self.applicant.is_some() && self.lines.iter().all(Line::is_zero)
    }
}

impl Line {
    /// True if it was 0 in both years.
    pub fn is_zero(&self) -> bool {
        [&self.last, &self.this].iter().all(|entry| entry.value().is_some_and(Decimal::is_zero))
    }

    /// By how much the figure is larger than that of the earlier report.
    pub fn difference(&self) -> Option<Money> {
        self.this.value()?.checked_sub(*self.last.value()?).map(|d| d.normalize())
    }

    /// The change in percent of the earlier figure, rounded half up to one decimal; `None` when that was
    /// not above 0 or is not known.
    pub fn change(&self) -> Option<Decimal> {
        let last = *self.last.value().filter(|last| **last > Decimal::ZERO)?;
        let change = self.difference()?.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(last)?;
        let mut change = change.round_dp_with_strategy(1, RoundingStrategy::MidpointAwayFromZero);
        change.rescale(1);
        Some(change)
    }

    /// [`difference`](Self::difference) with its sign, as tables print it.
    pub fn difference_text(&self) -> String {
        self.difference().map_or_else(|| UNKNOWN.to_owned(), signed)
    }

    /// [`change`](Self::change) with its sign, as tables print it.
    pub fn change_text(&self) -> String {
        self.change().map_or_else(|| UNKNOWN.to_owned(), |change| signed(change) + "%")
    }
}

/// The sign in tables where something cannot be worked out.
pub(crate) const UNKNOWN: &str = "—";

/// `+12`, `-3`, `0`.
fn signed(number: Decimal) -> String {
    if number > Decimal::ZERO { format!("+{number}") } else { number.to_string() }
}

fn side(report: &Report) -> Side {
    Side { agency: report.agency.name.clone(), year: report.header.year, edition: report.edition }
}

fn line(form: &'static Form, last: &Report, this: &Report, cell: Cell) -> Line {
    let (groups, label) = match cell {
        Cell::Disclosure(row, column) => (
            vec![form.disclosure.row_label(row)],
            form.disclosure.column_label(row, column).to_owned(),
        ),
        Cell::Requests(row, _) => of_requests(form, row),
        Cell::Challenges(proceeding, column) => (
            vec![form.challenges.proceeding_label(proceeding)],
            form.challenges.column_label(column).to_owned(),
        ),
    };
    Line { cell, groups, label, last: figure(last, cell), this: figure(this, cell) }
}

/// The labels that a row of table 2 shares with others, and its own.
fn of_requests(form: &'static Form, row: RequestRow) -> (Vec<&'static str>, String) {
    let table = &form.requests;
    let name = table.row_name(row);
    match table.rows.iter().find(|entry| entry.row == row).map(|entry| entry.place) {
        Some(RequestRowPlace::Grouped(group)) => {
            let group = table.group_label(group);
            let own = name.strip_prefix(group).unwrap_or(&name).trim_start();
            (vec![table.outcome_label, group], own.to_owned())
        }
        Some(RequestRowPlace::Outcome) => (vec![table.outcome_label], name),
        Some(RequestRowPlace::Top) | None => (Vec::new(), name),
    }
}

/// The number that the report prints, or what stands there instead.
fn figure(report: &Report, cell: Cell) -> Entry<Money> {
    report.printed(cell).map_or_else(|| report.typed(cell), Entry::Value)
}

/// The parts of both forms that are not among the comparable cells.
fn refused(last: &Report, this: &Report, cells: &[Cell]) -> Vec<Refused> {
    if last.edition == this.edition {
        return Vec::new();
    }
    let name = |report: &Report| {
        format!("{}年格式（{}）", report.edition.key(), report.form().notice.number)
    };
    let why = format!("{}与{}统计的内容不同", name(last), name(this));
    let later = last.edition.max(this.edition).form();
    [Section::Disclosure, Section::Requests, Section::Challenges]
        .into_iter()
        .filter_map(|section| {
            let own: Vec<Cell> = later.cells().filter(|cell| cell.section() == section).collect();
            let not: Vec<Cell> = own.iter().copied().filter(|cell| !cells.contains(cell)).collect();
            let title = later.section_title(section);
            let what = match (not.len(), own.len()) {
                (0, _) => return None,
                (n, all) if n == all => format!("“{title}”整张表"),
                _ => format!("“{title}”的{}", names(later, &not).join("、")),
            };
            Some(Refused { what, why: why.clone() })
        })
        .collect()
}

/// The rows of some cells, those of a group under its name, each once.
fn names(form: &'static Form, cells: &[Cell]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for cell in cells {
        let name = match cell {
            Cell::Requests(row, _) => match of_requests(form, *row) {
                (groups, _) if groups.len() > 1 => groups[1].to_owned(),
                (_, own) => own,
            },
            Cell::Disclosure(..) | Cell::Challenges(..) => form.row_name(*cell),
        };
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edition::{DisclosureColumn, DisclosureRow};

    const LICENCES: Cell = Cell::Disclosure(DisclosureRow::Licences, DisclosureColumn::Decisions);

    fn reports(last: Edition) -> (Report, Report) {
        (Report::empty(last), Report::empty(Edition::Y2021))
    }

    fn find(comparison: &Comparison, cell: Cell) -> &Line {
        let mut lines = comparison.blocks.iter().flat_map(|block| &block.lines);
        lines.find(|line| line.cell == cell).unwrap()
    }

    #[test]
    fn every_cell_of_one_form_is_compared_once() {
        let (last, this) = reports(Edition::Y2021);
        let comparison = Comparison::of(&last, &this);
        let mut cells: Vec<Cell> =
            comparison.blocks.iter().flat_map(|block| &block.lines).map(|line| line.cell).collect();
        cells.sort_unstable();
        let mut all: Vec<Cell> = this.form().cells().collect();
        all.sort_unstable();
        assert_eq!(cells, all);
        assert_eq!(comparison.refused, []);
        assert_eq!(comparison.blocks.len(), 1 + 1 + 6 + 1);
    }

    #[test]
    fn differences_and_changes() {
        for (before, now, difference, change) in [
            (100, 128, "+28", "+28.0%"),
            (128, 100, "-28", "-21.9%"),
            (3, 3, "0", "0.0%"),
            (0, 7, "+7", "—"),
            (0, 0, "0", "—"),
            (8, 1, "-7", "-87.5%"),
        ] {
            let (mut last, mut this) = reports(Edition::Y2021);
            last.put(LICENCES, Money::from(before));
            this.put(LICENCES, Money::from(now));
            let comparison = Comparison::of(&last, &this);
            let line = find(&comparison, LICENCES);
            assert_eq!(
                (line.difference_text(), line.change_text()),
                (difference.into(), change.into())
            );
            assert_eq!(line.is_zero(), before + now == 0);
        }
    }

    #[test]
    fn exact_amounts_stay_exact_and_what_is_not_filled_is_no_zero() {
        let fees = Cell::Disclosure(DisclosureRow::Fees, DisclosureColumn::Amount);
        let (mut last, mut this) = reports(Edition::Y2021);
        last.put(fees, Money::new(17_256_168, 4));
        this.put(fees, Money::new(17_256, 1));
        this.put(LICENCES, Money::from(5));
        let comparison = Comparison::of(&last, &this);
        assert_eq!(find(&comparison, fees).difference_text(), "-0.0168");
        let line = find(&comparison, LICENCES);
        assert_eq!((line.difference(), line.change(), line.is_zero()), (None, None, false));
        assert_eq!(line.last, Entry::Absent);
    }

    #[test]
    fn what_another_form_counts_otherwise_is_refused_by_name() {
        let (last, this) = reports(Edition::Y2019);
        let comparison = Comparison::of(&last, &this);
        let sections: Vec<Section> = comparison.blocks.iter().map(|block| block.section).collect();
        assert!(!sections.contains(&Section::Disclosure));
        assert!(sections.contains(&Section::Requests) && sections.contains(&Section::Challenges));
        let what: Vec<&str> = comparison.refused.iter().map(|r| r.what.as_str()).collect();
        assert_eq!(
            what,
            [
                "“二、主动公开政府信息情况”整张表",
                "“三、收到和处理政府信息公开申请情况”的（一）予以公开、（二）部分公开、（三）不予公开、（四）无法提供、（五）不予处理、（六）其他处理",
            ]
        );
        assert!(comparison.refused[0].why.contains("国办公开办函〔2019〕60号"));
    }
}
