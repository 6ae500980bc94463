//! A value as it was meant: what is amiss with it, and how it is written.

mod figure;
mod mended;
mod row;
mod word;

use super::super::keys::KeyKind;
use super::super::names::Holds;
use crate::edition::Edition;
use figure::figure;
pub(in super::super) use mended::{KEY, Mended};
use row::{list, named};
pub(in super::super) use word::date;
use word::{boolean, choice, text, whole};

/// The fault of the text typed for a key, if it can be told.
pub(in super::super) fn mend(holds: &Holds, typed: &str, year: Option<u16>) -> Option<Mended> {
    let typed = typed.trim();
    match holds {
        Holds::Figure(kind) => figure(*kind, typed),
        Holds::List(columns) => list(holds, columns, typed),
        Holds::Named(columns) => named(holds, columns, typed),
        Holds::Key(key) => {
            let label = key.label(Edition::LATEST).split(['；', '（']).next().unwrap_or_default();
            match key.kind {
                KeyKind::Line | KeyKind::Path | KeyKind::File | KeyKind::Text | KeyKind::Lines => {
                    text(label, typed)
                }
                KeyKind::Choice => choice(&key.choices(), typed),
                KeyKind::Date => date(typed, year),
                KeyKind::Year => whole(typed, "年份只写四位数字，不加“年”和引号"),
                KeyKind::Whole(..) => whole(typed, "只写数字，不带单位和引号"),
                KeyKind::Boolean => boolean(typed),
                KeyKind::Count
                | KeyKind::Money
                | KeyKind::Names
                | KeyKind::Table
                | KeyKind::Tables => None,
            }
        }
    }
}
