//! The shared machinery of the rules: sums and their repair, cells, dates, the year before, text and words.

pub(super) mod cells;
pub(super) mod days_in_force;
pub(super) mod document_numbers;
pub(super) mod equations;
pub(super) mod last_year;
pub(super) mod notice_names;
pub(super) mod official_names;
pub(super) mod other_bodies;
pub(super) mod own_words;
pub(super) mod repair;
pub(super) mod row_words;
pub(super) mod slips;
pub(super) mod sums;
pub(super) mod text;
pub(super) mod word_groups;
pub(super) mod word_lists;
pub(super) mod written_dates;
pub(super) mod year_words;
