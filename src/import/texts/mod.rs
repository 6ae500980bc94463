//! Paragraphs of a sheet to the texts of a report: sections, parts, title, dates, contact, fee.

mod header;
mod narrative;
mod titles;

pub(super) use header::{Head, Labelled, contact, date_of, fee, head, labelled};
pub(super) use narrative::{Piece, is_numbered_on, narrative};
pub(super) use titles::{begins_a_paragraph, is_numbered_title, section_of_title};
