//! The office above: the list of its units from the names it has, what goes out to them, what comes back, and where
//! each of them stands.
//!
//! `Roll` reads names from a text or a table, [`Guess`] tells the kind and level of a body from its name, and
//! [`proposal`] makes the list of both. Nothing here writes to the terminal.

mod across;
mod added;
mod doubts;
mod entry;
mod findings;
mod guess;
mod handed_out;
mod headings;
mod list;
mod matching;
mod receive;
mod receiving;
mod returned;
mod roll;
mod send;
mod sending;
mod stand;
mod table;
mod told;
mod typed;
mod word_lists;

pub(crate) use across::{
    Across, Alike, Common, FEWEST_UNITS, LEAST_CASES, MEASURES, Measure, Median, Odd, Rate,
    UnitRates, across, across_document, across_head, across_parts, across_workbook,
};
pub(crate) use added::{LISTED, added_up, sum_table};
pub(crate) use findings::findings;
pub(crate) use guess::Guess;
pub(crate) use handed_out::{
    findings_workbook, send_back, sheet_of, stand_document, stand_head, stand_workbook,
};
pub use list::new_list;
pub(crate) use list::{NoList, Proposal, proposal};
pub(crate) use receive::{Fate, Inbox, Looked, Outcome};
pub(crate) use receiving::{Received, Way, receive};
pub use roll::Roll;
pub(crate) use send::{Contents, LastReports, last_reports};
pub(crate) use sending::{KEPT, Sending, due_of, send_all};
pub(crate) use stand::{Stand, UnitStand, reminder, stand};
pub use table::rows;
pub(crate) use told::told;
