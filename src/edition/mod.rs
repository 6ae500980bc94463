//! The national form, as data: its sections, tables, rows, columns and exact labels.
//!
//! Reading a data file, building the document, writing a starter file and generating the
//! documentation all walk the one [`Form`] of an edition. No text of the form is written anywhere else.

mod cell;
mod guidance;
mod keys;
mod outcome;
#[cfg(test)]
mod rehearsal;
mod unchanged;
mod variants;
mod y2019;
mod y2021;

pub use cell::{Cell, comparable};
pub use guidance::Guidance;
pub use keys::{
    Axis, ChallengeColumn, DisclosureColumn, DisclosureRow, NumberKind, Proceeding, RequestColumn,
    RequestGroup, RequestRow, Section,
};
pub use outcome::OutcomeKind;

use crate::law::Provision;

/// An edition of the national form, in order of time.
///
/// To add the next one:
/// 1. add a variant here and to [`Edition::ALL`], with its [`key`](Edition::key) and [`form`](Edition::form);
/// 2. copy the newest `src/edition/yNNNN.rs` and change what the notice changed; rows and columns that
///    are new become variants in `src/edition/keys.rs`, with a line in `src/edition/guidance.rs` and their phrases in
///    `src/prose/data/phrases.toml`;
/// 3. follow the compiler through every `match` it now rejects: after a new edition the guidance, after a new row of
///    table 1 or a column also the readings of texts; then the tests that count rows (`src/document/tables.rs`);
/// 4. say in [`Edition::for_year`] from which report year it holds;
/// 5. put the notice into `src/law/provisions.rs` and its text into `tests/law`, let the rules cite it, and give the
///    older forms their [`Form::provisions`];
/// 6. go through the `editions` of all rules: most hold for what comes after, too ([`Edition::and_later`]);
/// 7. add a report of that edition to `examples/` and to `tests/releases`; run `UPDATE=1 cargo test` and read the
///    diff of `docs/`.
///
/// `src/edition/rehearsal.rs` is such a form for unit tests, put in by this list; nothing else was needed for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Edition {
    /// 国办公开办函〔2019〕60号, for the report years 2019 and 2020.
    Y2019,
    /// 国办公开办函〔2021〕30号, for the report years from 2021 on.
    Y2021,
    /// The rehearsal of the next one.
    #[cfg(test)]
    Rehearsal,
}

impl Edition {
    /// All editions, oldest first.
    pub const ALL: &'static [Self] = &[
        Self::Y2019,
        Self::Y2021,
        #[cfg(test)]
        Self::Rehearsal,
    ];

    /// The newest edition.
    pub const LATEST: Self = Self::ALL[Self::ALL.len() - 1];

    /// This edition and all that came after it: most that holds for a form holds for the next.
    pub const fn and_later(self) -> &'static [Self] {
        Self::ALL.split_at(self as usize).1
    }

    /// The form of this edition.
    pub fn form(self) -> &'static Form {
        match self {
            Self::Y2019 => &y2019::FORM,
            Self::Y2021 => &y2021::FORM,
            #[cfg(test)]
            Self::Rehearsal => &rehearsal::FORM,
        }
    }

    /// The name used in the data file, `format = "2021"`.
    pub fn key(self) -> &'static str {
        match self {
            Self::Y2019 => "2019",
            Self::Y2021 => "2021",
            #[cfg(test)]
            Self::Rehearsal => "2998",
        }
    }

    /// The edition with that name in the data file.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|edition| edition.key() == key)
    }

    /// The edition by which the report of `year` must be made, if this program knows it.
    pub fn for_year(year: u16) -> Option<Self> {
        match year {
            ..2019 => None,
            2019 | 2020 => Some(Self::Y2019),
            #[cfg(test)]
            rehearsal::FIRST_YEAR.. => Some(Self::Rehearsal),
            2021.. => Some(Self::Y2021),
        }
    }
}

/// The form of one edition: everything it prints, in its order.
#[derive(Debug)]
pub struct Form {
    /// The edition.
    pub edition: Edition,
    /// The notice that issued it.
    pub notice: &'static Provision,
    /// Substitutes for provisions that hold for the newest form only, for reports of this
    /// one: each of those, and the provision that says the same here, if one does.
    pub provisions: &'static [(Provision, Option<Provision>)],
    /// The sections in order, with their exact titles.
    pub sections: &'static [SectionTitle],
    /// The name of the report that follows the body and the year in a title.
    pub report_name: &'static str,
    /// Table 1.
    pub disclosure: DisclosureTable,
    /// Table 2.
    pub requests: RequestsTable,
    /// Table 3.
    pub challenges: ChallengesTable,
}

impl Form {
    /// A provision as it is cited for a report of this form; none where only later notices say such a thing.
    pub fn provision(&self, provision: Provision) -> Option<Provision> {
        let own = self.provisions.iter().find(|(newest, _)| *newest == provision);
        own.map_or(Some(provision), |(_, own)| *own)
    }

    /// The exact title of a section, with its number.
    pub fn section_title(&self, section: Section) -> &'static str {
        self.sections.iter().find(|s| s.section == section).map_or("", |s| s.title)
    }

    /// The name of a section within a sentence.
    pub fn section_in_text(&self, section: Section) -> &'static str {
        self.sections.iter().find(|s| s.section == section).map_or("", |s| s.in_text)
    }
}

/// A section and its exact title.
#[derive(Debug)]
pub struct SectionTitle {
    /// The section.
    pub section: Section,
    /// The title with its number, for example `一、总体情况`.
    pub title: &'static str,
    /// The name within a sentence, where a title that holds a mark of enumeration would read as two.
    pub in_text: &'static str,
    /// Other words, without a number, under which published reports print it.
    pub also: &'static [&'static str],
}

impl SectionTitle {
    /// The title without its number.
    pub fn name(&self) -> &'static str {
        self.title.split_once('、').map_or(self.title, |(_, name)| name)
    }
}

/// Table 1: blocks of rows, each headed by an item of article 20.
#[derive(Debug)]
pub struct DisclosureTable {
    /// The relative widths of the four columns.
    pub column_widths: &'static [u16],
    /// The blocks from top to bottom.
    pub blocks: &'static [DisclosureBlock],
}

/// One block of table 1.
#[derive(Debug)]
pub struct DisclosureBlock {
    /// The item of article 20, over the whole width.
    pub title: &'static str,
    /// The label over the row labels.
    pub item_label: &'static str,
    /// The columns; a single one takes the width that is left.
    pub columns: &'static [(DisclosureColumn, &'static str)],
    /// The rows with their labels.
    pub rows: &'static [(DisclosureRow, &'static str)],
}

impl DisclosureTable {
    /// Every cell of the table from top to bottom and left to right.
    pub fn cells(&self) -> impl Iterator<Item = (DisclosureRow, DisclosureColumn)> {
        self.blocks.iter().flat_map(|block| {
            block
                .rows
                .iter()
                .flat_map(|(row, _)| block.columns.iter().map(|(column, _)| (*row, *column)))
        })
    }

    /// The label of a row.
    pub fn row_label(&self, row: DisclosureRow) -> &'static str {
        self.blocks
            .iter()
            .flat_map(|b| b.rows)
            .find(|(r, _)| *r == row)
            .map_or("", |(_, label)| label)
    }

    /// The label of a column without its measure, as texts speak of it: `本年制发` for `本年制发件数`.
    pub fn short_column_label(&self, row: DisclosureRow, column: DisclosureColumn) -> &'static str {
        let label = self.column_label(row, column);
        let short = label.strip_suffix("件数").or_else(|| label.strip_suffix("数量"));
        short.filter(|short| !short.ends_with('总')).unwrap_or(label)
    }

    /// The label of a column in the block of `row`.
    pub fn column_label(&self, row: DisclosureRow, column: DisclosureColumn) -> &'static str {
        self.blocks
            .iter()
            .filter(|block| block.rows.iter().any(|(r, _)| *r == row))
            .flat_map(|block| block.columns)
            .find(|(c, _)| *c == column)
            .map_or("", |(_, label)| label)
    }
}

/// Table 2: what happened to applications, by kind of applicant.
#[derive(Debug)]
pub struct RequestsTable {
    /// The relative widths of the ten columns.
    pub column_widths: &'static [u16],
    /// The sentence in the upper left corner that states the equation.
    pub corner: &'static str,
    /// Over all columns of figures.
    pub applicants_label: &'static str,
    /// Over the columns of legal persons and other organisations.
    pub organisations_label: &'static str,
    /// The columns of figures from left to right.
    pub columns: &'static [RequestColumnLabel],
    /// Beside all outcome rows.
    pub outcome_label: &'static str,
    /// The rows from top to bottom.
    pub rows: &'static [RequestRowLabel],
    /// The labels of the outcome groups.
    pub groups: &'static [(RequestGroup, &'static str)],
}

/// A column of figures in table 2.
#[derive(Debug)]
pub struct RequestColumnLabel {
    /// The column.
    pub column: RequestColumn,
    /// Its exact label.
    pub label: &'static str,
    /// True if it stands under the heading of organisations.
    pub organisation: bool,
}

/// A row of table 2.
#[derive(Debug)]
pub struct RequestRowLabel {
    /// The row.
    pub row: RequestRow,
    /// Its exact label.
    pub label: &'static str,
    /// Its place.
    pub place: RequestRowPlace,
}

/// The place of a row of table 2.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RequestRowPlace {
    /// Its label takes all label columns.
    Top,
    /// Beside the outcome label, with no group.
    Outcome,
    /// Beside the outcome label, in a group.
    Grouped(RequestGroup),
}

impl RequestsTable {
    /// The rows whose sum is the total of outcomes: every outcome row but the total itself.
    pub fn result_rows(&self) -> impl Iterator<Item = RequestRow> {
        self.rows
            .iter()
            .filter(|r| r.place != RequestRowPlace::Top && r.row != RequestRow::OutcomeTotal)
            .map(|r| r.row)
    }

    /// The rows of a group; a group that the form does not divide is the one row with its label.
    pub fn group_rows(&self, group: RequestGroup) -> impl Iterator<Item = RequestRow> {
        let label = self.group_label(group);
        let is_of_group = move |row: &&RequestRowLabel| {
            row.place == RequestRowPlace::Grouped(group) || row.label == label
        };
        self.rows.iter().filter(is_of_group).map(|row| row.row)
    }

    /// The label of a group.
    pub fn group_label(&self, group: RequestGroup) -> &'static str {
        self.groups.iter().find(|(g, _)| *g == group).map_or("", |(_, label)| label)
    }

    /// The label of a row.
    pub fn row_label(&self, row: RequestRow) -> &'static str {
        self.rows.iter().find(|r| r.row == row).map_or("", |r| r.label)
    }

    /// The label of a column.
    pub fn column_label(&self, column: RequestColumn) -> &'static str {
        self.columns.iter().find(|c| c.column == column).map_or("", |c| c.label)
    }
}

/// Table 3: reconsideration and litigation.
#[derive(Debug)]
pub struct ChallengesTable {
    /// The relative widths of the fifteen columns.
    pub column_widths: &'static [u16],
    /// Over the columns of reconsideration.
    pub reconsideration_label: &'static str,
    /// Over the columns of litigation.
    pub litigation_label: &'static str,
    /// Over the columns of litigation without prior reconsideration.
    pub direct_label: &'static str,
    /// Over the columns of litigation after reconsideration.
    pub after_label: &'static str,
    /// The five columns under each of the three kinds.
    pub columns: &'static [(ChallengeColumn, &'static str)],
}

impl ChallengesTable {
    /// The name of a kind of proceeding in messages, from the labels over its columns.
    pub fn proceeding_label(&self, proceeding: Proceeding) -> &'static str {
        match proceeding {
            Proceeding::Reconsideration => self.reconsideration_label,
            Proceeding::LitigationDirect => self.direct_label,
            Proceeding::LitigationAfter => self.after_label,
        }
    }

    /// The label of a column.
    pub fn column_label(&self, column: ChallengeColumn) -> &'static str {
        self.columns.iter().find(|(c, _)| *c == column).map_or("", |(_, label)| label)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_year_has_its_form() {
        let keys: Vec<_> =
            (2018..=2023).map(|year| Edition::for_year(year).map(Edition::key)).collect();
        let (old, new) = (Some("2019"), Some("2021"));
        assert_eq!(keys, [None, old, old, new, new, new]);
    }

    #[test]
    fn what_holds_from_an_edition_on_holds_for_the_newest() {
        assert_eq!(Edition::Y2019.and_later(), Edition::ALL);
        assert_eq!(Edition::LATEST.and_later(), [Edition::LATEST]);
        for edition in Edition::ALL {
            assert_eq!(edition.and_later().first(), Some(edition));
        }
    }

    #[test]
    fn no_two_columns_or_rows_share_a_key() {
        fn distinct<A: Axis>() {
            for (i, one) in A::ALL.iter().enumerate() {
                assert_eq!(A::from_key(one.key()).map(Axis::index), Some(i), "{}", one.key());
            }
        }
        distinct::<DisclosureRow>();
        distinct::<DisclosureColumn>();
        distinct::<RequestRow>();
        distinct::<RequestColumn>();
        distinct::<ChallengeColumn>();
    }

    #[test]
    fn what_stands_alone_is_the_only_column_of_its_block() {
        for block in Edition::ALL.iter().flat_map(|edition| edition.form().disclosure.blocks) {
            let alone = block.columns.len() == 1;
            assert!(
                block.columns.iter().all(|(c, _)| c.stands_alone() == alone),
                "{}",
                block.title
            );
        }
    }
}
