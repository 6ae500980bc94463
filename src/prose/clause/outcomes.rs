//! The outcomes of table 2, and which of them the form divides.

use super::counted::{Counted, Term};
use crate::edition::{Edition, RequestRow, RequestRowPlace};
use crate::prose::lexicon::{Cell, Lexicon, Quantity, QuantityKind};

/// The quantity that stands for the whole group of an outcome.
pub(in crate::prose) fn group_of(lexicon: &Lexicon, quantity: usize) -> Option<usize> {
    let row = match lexicon.quantities[quantity].readings.first()?.0.as_slice() {
        [Cell::Request(row)] => *row,
        _ => return None,
    };
    let table = &Edition::LATEST.form().requests;
    let is_group = |quantity: &Quantity| match quantity.readings.first().map(|sum| sum.0.as_slice())
    {
        Some([Cell::Group(group)]) => table.group_rows(*group).any(|own| own == row),
        _ => false,
    };
    lexicon.quantities.iter().position(is_group)
}

/// The whole group of the outcome that a figure counts, if it is one row of several.
pub(crate) fn whole_group(counted: &Counted) -> Option<Counted> {
    let [Term::Quantity(quantity)] = counted.terms.as_slice() else { return None };
    let group = group_of(Lexicon::get(), *quantity)?;
    Some(Counted { terms: vec![Term::Quantity(group)], ..counted.clone() })
}

/// True if a figure counts an outcome that the form names as one of several reasons: 行政执法案卷 of 不予公开.
pub(in crate::prose) fn is_reason(counted: &Counted) -> bool {
    let lexicon = Lexicon::get();
    let named = |term: &Term| match term {
        Term::Quantity(quantity) => group_of(lexicon, *quantity).is_some(),
        Term::Subject { .. } | Term::Requests => false,
    };
    counted.kind == QuantityKind::Outcome && counted.terms.iter().all(named)
}

/// True if the form has an outcome beside another one that it divides, and not in it: 不予处理 beside 无法提供.
pub(in crate::prose) fn is_beside(part: &Counted, whole: &Counted) -> bool {
    divided(part, whole).is_some_and(|(own, all)| own.iter().all(|row| !all.contains(row)))
}

/// True if two figures count outcomes in different rows of the form.
pub(in crate::prose) fn are_apart(one: &Counted, other: &Counted) -> bool {
    let outcomes = [one, other].iter().all(|counted| counted.kind == QuantityKind::Outcome);
    let (own, others) = (rows(one), rows(other));
    outcomes && !own.is_empty() && !others.is_empty() && own.iter().all(|row| !others.contains(row))
}

/// True if the form divides an outcome, and another is one of those that it is divided into: 本机关不掌握 in 无法提供.
pub(in crate::prose) fn is_within(part: &Counted, whole: &Counted) -> bool {
    divided(part, whole).is_some_and(|(own, all)| {
        own.iter().all(|row| all.contains(row)) && all.iter().any(|row| !own.contains(row))
    })
}

/// The rows of an outcome and those of another one, which the form divides.
fn divided(part: &Counted, whole: &Counted) -> Option<(Vec<RequestRow>, Vec<RequestRow>)> {
    let outcomes = [part, whole].iter().all(|counted| counted.kind == QuantityKind::Outcome);
    let (own, all) = outcomes.then(|| (rows(part), rows(whole)))?;
    let known = !own.is_empty() && !all.is_empty() && all.iter().all(is_grouped);
    known.then_some((own, all))
}

/// The rows of table 2 that the readings of a figure are made of.
fn rows(counted: &Counted) -> Vec<RequestRow> {
    let table = &Edition::LATEST.form().requests;
    let quantities = counted.terms.iter().filter_map(|term| match term {
        Term::Quantity(quantity) => Some(&Lexicon::get().quantities[*quantity]),
        Term::Subject { .. } | Term::Requests => None,
    });
    let cells = quantities.flat_map(|quantity| &quantity.readings).flat_map(|sum| &sum.0);
    let of = |cell: &Cell| match cell {
        Cell::Request(row) => vec![*row],
        Cell::Group(group) => table.group_rows(*group).collect(),
        Cell::Challenge(..) | Cell::Document(..) | Cell::HandlingFee | Cell::FeeNotices => {
            Vec::new()
        }
    };
    cells.flat_map(of).collect()
}

/// True if a row stands in a group with others.
fn is_grouped(row: &RequestRow) -> bool {
    let mut labels = Edition::LATEST.form().requests.rows.iter();
    let own = labels.find(|label| label.row == *row);
    own.is_some_and(|label| matches!(label.place, RequestRowPlace::Grouped(_)))
}
