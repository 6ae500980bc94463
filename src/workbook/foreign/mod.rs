//! Workbooks that other programs save in formats of their own: `.ods`, the old `.xls` and `.et`, and a sheet as `.csv`.
//!
//! Of a formula only the result is read, as the program that saved it had it.

mod csv;
mod ods;
mod xls;

use super::Fault;
use super::typed::{Looks, Typed};
use super::unpack::{LIMITS, fault, no_workbook, too_large};
use crate::budget::WORKBOOK_BYTES;
use crate::package::Zipped;

/// The formats, by the first bytes of a file.
#[derive(Clone, Copy)]
enum Format {
    Ods,
    Xls,
    /// Any other file, which may be a sheet as a text.
    Text,
}

impl Format {
    /// The format of a file; nothing where it is a package of another kind.
    fn of(bytes: &[u8]) -> Option<Self> {
        if bytes.starts_with(&xls::MAGIC) {
            return Some(Self::Xls);
        }
        if bytes.starts_with(b"PK\x03\x04") {
            let head = bytes.get(..200).unwrap_or(bytes);
            let is_ods = head.windows(ods::KIND.len()).any(|window| window == ods::KIND);
            return is_ods.then_some(Self::Ods);
        }
        Some(Self::Text)
    }
}

/// The sheets of such a workbook with their looks; nothing where it is none.
pub(super) fn read(bytes: &[u8]) -> Option<Result<Vec<(Typed, Looks)>, Fault>> {
    match Format::of(bytes)? {
        Format::Text => csv::read(bytes).map(|typed| Ok(vec![(typed, Looks::default())])),
        Format::Ods | Format::Xls if bytes.len() > WORKBOOK_BYTES => Some(Err(too_large())),
        Format::Ods => Some(of_ods(bytes)),
        Format::Xls => Some(xls::read(bytes)),
    }
}

/// True if a file is such a workbook with several sheets.
pub(crate) fn is_foreign(bytes: &[u8]) -> bool {
    match Format::of(bytes) {
        Some(Format::Ods) => true,
        Some(Format::Xls) => xls::is_workbook(bytes),
        Some(Format::Text) | None => false,
    }
}

/// True if a file holds one sheet and no more, whatever workbook it was saved from.
pub(super) fn is_one_sheet(bytes: &[u8]) -> bool {
    matches!(Format::of(bytes), Some(Format::Text)) && csv::read(bytes).is_some()
}

fn of_ods(bytes: &[u8]) -> Result<Vec<(Typed, Looks)>, Fault> {
    let mut zip = Zipped::open(bytes, LIMITS).map_err(fault)?;
    let content = zip.bytes("content.xml").map_err(fault)?.ok_or_else(no_workbook)?;
    let text = String::from_utf8(content).map_err(|_| no_workbook())?;
    ods::read(&text).map_err(fault)
}
