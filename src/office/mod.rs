//! The office above: the list of its units from the names it has, what goes out to them, what comes back, and where
//! each of them stands.
//!
//! [`Roll`] reads names from a text or a table, [`Guess`] tells the kind and level of a body from its name, and
//! [`new_list`] makes the list of both. Nothing here writes to the terminal.

mod doubts;
mod entry;
mod findings;
mod guess;
mod headings;
mod list;
mod matching;
mod receive;
mod returned;
mod roll;
mod send;
mod stand;
mod table;
mod typed;

pub(crate) use findings::{HEADS, findings, free_name, sheet_back};
pub(crate) use guess::Guess;
pub(crate) use list::{added, body_above, new_list};
pub(crate) use receive::{
    Inbox, Ledger, Looked, Outcome, inbox, ledger, look, remove_leftovers, save_ledger, sort, take,
};
pub(crate) use roll::Roll;
pub(crate) use send::{Contents, LastReports, Sent, last_reports, send, stem};
pub(crate) use stand::{
    Stand, UnitStand, note_sent_back, reminder, save_sent_back, sent_back, stand,
};
pub(crate) use table::rows;
