//! [`Cell`]: one figure of the three national tables, for whatever treats all tables alike.

use super::{
    Axis, ChallengeColumn, DisclosureColumn, DisclosureRow, Edition, Form, Proceeding,
    RequestColumn, RequestRow, RequestRowPlace, RequestsTable, Section,
};

/// A cell of figures in one of the three tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cell {
    /// Of table 1.
    Disclosure(DisclosureRow, DisclosureColumn),
    /// Of table 2.
    Requests(RequestRow, RequestColumn),
    /// Of table 3.
    Challenges(Proceeding, ChallengeColumn),
}

impl Cell {
    /// The section whose table it stands in.
    pub fn section(self) -> Section {
        match self {
            Self::Disclosure(..) => Section::Disclosure,
            Self::Requests(..) => Section::Requests,
            Self::Challenges(..) => Section::Challenges,
        }
    }

    /// True if it is a total of other cells of its table.
    pub fn is_total(self) -> bool {
        match self {
            Self::Disclosure(..) => false,
            Self::Requests(row, column) => {
                column == RequestColumn::Total || row == RequestRow::OutcomeTotal
            }
            Self::Challenges(_, column) => column == ChallengeColumn::Total,
        }
    }
}

/// The cells that mean the same in the forms of both editions, in the order of the later one's form.
///
/// Within one edition these are all cells. Across a change of form they are table 3 and those rows of
/// table 2 that no change of the outcomes touches: new and carried over applications, and totals.
pub fn comparable(from: Edition, to: Edition) -> impl Iterator<Item = Cell> {
    let form = from.max(to).form();
    form.cells().filter(move |cell| from == to || cell.outlives_a_form())
}

impl Cell {
    /// True if it means the same in every edition of the form.
    fn outlives_a_form(self) -> bool {
        match self {
            Self::Disclosure(..) => false,
            Self::Requests(row, _) => matches!(
                row,
                RequestRow::Received
                    | RequestRow::CarriedIn
                    | RequestRow::OutcomeTotal
                    | RequestRow::CarriedOut
            ),
            Self::Challenges(..) => true,
        }
    }
}

impl Form {
    /// Every cell of the three tables, from top to bottom and left to right.
    pub fn cells(&self) -> impl Iterator<Item = Cell> {
        let disclosure = self.disclosure.cells().map(|(row, column)| Cell::Disclosure(row, column));
        let requests = self.requests.rows.iter().flat_map(|row| {
            self.requests.columns.iter().map(|column| Cell::Requests(row.row, column.column))
        });
        let challenges = Proceeding::ALL.iter().flat_map(|proceeding| {
            let columns = self.challenges.columns.iter();
            columns.map(|(column, _)| Cell::Challenges(*proceeding, *column))
        });
        disclosure.chain(requests).chain(challenges)
    }

    /// The cells whose sum a total is; none for a cell that is no total.
    pub fn parts_of(&self, total: Cell) -> Vec<Cell> {
        match total {
            Cell::Requests(row, RequestColumn::Total) => {
                RequestColumn::APPLICANTS.iter().map(|c| Cell::Requests(row, *c)).collect()
            }
            Cell::Requests(RequestRow::OutcomeTotal, column) => {
                self.requests.result_rows().map(|row| Cell::Requests(row, column)).collect()
            }
            Cell::Challenges(proceeding, ChallengeColumn::Total) => ChallengeColumn::RESULTS
                .iter()
                .map(|column| Cell::Challenges(proceeding, *column))
                .collect(),
            Cell::Disclosure(..) | Cell::Requests(..) | Cell::Challenges(..) => Vec::new(),
        }
    }

    /// The row of a cell as messages call it.
    pub fn row_name(&self, cell: Cell) -> String {
        match cell {
            Cell::Disclosure(row, _) => self.disclosure.row_label(row).to_owned(),
            Cell::Challenges(proceeding, _) => {
                self.challenges.proceeding_label(proceeding).to_owned()
            }
            Cell::Requests(row, _) => self.requests.row_name(row),
        }
    }

    /// The column of a cell as messages call it.
    pub fn column_name(&self, cell: Cell) -> &'static str {
        match cell {
            Cell::Disclosure(row, column) => self.disclosure.column_label(row, column),
            Cell::Requests(_, column) => self.requests.column_label(column),
            Cell::Challenges(_, column) => self.challenges.column_label(column),
        }
    }

    /// A cell as messages call it.
    pub fn cell_name(&self, cell: Cell) -> String {
        let (row, column) = (self.row_name(cell), self.column_name(cell));
        match cell {
            Cell::Disclosure(..) | Cell::Challenges(..) => format!("“{row}”的“{column}”"),
            Cell::Requests(..) => format!("“{row}”一行“{column}”一列"),
        }
    }
}

impl RequestsTable {
    /// A row as messages call it: its label without the remark in brackets, after that of its group.
    pub fn row_name(&self, row: RequestRow) -> String {
        let Some(entry) = self.rows.iter().find(|r| r.row == row) else { return String::new() };
        let label = short(entry.label);
        match entry.place {
            RequestRowPlace::Grouped(group) => format!("{} {label}", self.group_label(group)),
            RequestRowPlace::Top | RequestRowPlace::Outcome => label.to_owned(),
        }
    }
}

/// A label without the remark it carries in brackets, as long as something is left.
fn short(label: &str) -> &str {
    match label.char_indices().skip(1).find(|(_, c)| *c == '（') {
        Some((i, _)) if label[i..].ends_with('）') => &label[..i],
        _ => label,
    }
}

#[cfg(test)]
mod tests {
    use super::super::RequestGroup;
    use super::*;

    #[test]
    fn the_form_of_2021_has_two_hundred_cells() {
        let form = Edition::Y2021.form();
        let count = |section| form.cells().filter(|cell| cell.section() == section).count();
        assert_eq!(count(Section::Disclosure), 10);
        assert_eq!(count(Section::Requests), 25 * 7);
        assert_eq!(count(Section::Challenges), 15);
    }

    #[test]
    fn the_form_of_2019_has_one_hundred_and_ninety_eight_cells() {
        let form = Edition::Y2019.form();
        let count = |section| form.cells().filter(|cell| cell.section() == section).count();
        assert_eq!(count(Section::Disclosure), 2 * 3 + 4 * 3 + 2 + 2);
        assert_eq!(count(Section::Requests), 23 * 7);
        assert_eq!(count(Section::Challenges), 15);
        let other: Vec<_> = form.requests.group_rows(RequestGroup::Other).collect();
        assert_eq!(other, [RequestRow::UndividedOther]);
    }

    #[test]
    fn across_the_change_of_form_only_sums_and_table_3_are_comparable() {
        for (from, to) in [(Edition::Y2019, Edition::Y2021), (Edition::Y2021, Edition::Y2019)] {
            let cells: Vec<Cell> = comparable(from, to).collect();
            assert_eq!(cells.len(), 4 * 7 + 15);
            assert!(cells.iter().all(|cell| cell.section() != Section::Disclosure));
            for edition in [from, to] {
                let form = edition.form();
                assert!(cells.iter().all(|cell| form.cells().any(|own| own == *cell)));
            }
        }
    }

    #[test]
    fn within_an_edition_every_cell_is_comparable() {
        for edition in Edition::ALL {
            assert!(comparable(*edition, *edition).eq(edition.form().cells()));
        }
    }

    #[test]
    fn totals_and_only_totals_have_parts() {
        for form in Edition::ALL.iter().map(|edition| edition.form()) {
            for cell in form.cells() {
                assert_eq!(cell.is_total(), !form.parts_of(cell).is_empty(), "{cell:?}");
            }
        }
        let form = Edition::Y2021.form();
        let total = Cell::Requests(RequestRow::OutcomeTotal, RequestColumn::Business);
        assert_eq!(form.parts_of(total).len(), 21);
    }

    #[test]
    fn a_cell_is_called_by_its_labels() {
        let form = Edition::Y2021.form();
        let name = |cell| form.cell_name(cell);
        assert_eq!(
            name(Cell::Requests(RequestRow::StateSecret, RequestColumn::Total)),
            "“（三）不予公开 1.属于国家秘密”一行“总计”一列"
        );
        assert_eq!(
            name(Cell::Requests(RequestRow::PartlyGranted, RequestColumn::Business)),
            "“（二）部分公开”一行“商业企业”一列"
        );
        assert_eq!(
            name(Cell::Disclosure(DisclosureRow::Regulations, DisclosureColumn::Issued)),
            "“规章”的“本年制发件数”"
        );
        assert_eq!(
            name(Cell::Challenges(Proceeding::LitigationAfter, ChallengeColumn::Pending)),
            "“复议后起诉”的“尚未审结”"
        );
    }
}
