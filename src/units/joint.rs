//! Documents that several units made together and each of them counted.

use std::collections::BTreeMap;

use super::Figure;
use crate::edition::{Cell, DisclosureColumn, DisclosureRow};
use crate::report::Money;

/// A document that several units made together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Joint {
    /// Its name.
    pub document: String,
    /// The units that each counted it; each stands once.
    pub units: Vec<usize>,
    /// The row in which they counted it.
    pub row: DisclosureRow,
    /// The columns in which they counted it.
    pub columns: Vec<DisclosureColumn>,
}

/// The deduction for a jointly made document, so that it counts once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deduction {
    /// The index of the document in the list.
    pub joint: usize,
    /// The number of times too often it was counted.
    pub times: u64,
    /// Units that are said to have counted it although their figure has no room for it.
    pub without: Vec<usize>,
}

/// The deductions for jointly made documents from the sum of a figure.
///
/// `parts` are the figures that were added, by unit; `counted_in` tells whose file holds the figures of a
/// unit, if any that was added does. A unit whose figure is too small for all the documents it is said to have
/// counted has not counted them, so nothing is taken off for it.
pub(super) fn deductions(
    figure: Figure,
    joint: &[Joint],
    parts: &[(usize, Money)],
    counted_in: impl Fn(usize) -> Option<usize>,
) -> Vec<Deduction> {
    let Figure::Cell(Cell::Disclosure(row, column)) = figure else { return Vec::new() };
    let mut left: BTreeMap<usize, Money> = parts.iter().copied().collect();
    let mut deductions = Vec::new();
    for (index, joint) in joint.iter().enumerate() {
        if joint.row != row || !joint.columns.contains(&column) {
            continue;
        }
        let mut files: Vec<usize> = joint.units.iter().filter_map(|u| counted_in(*u)).collect();
        files.sort_unstable();
        files.dedup();
        let mut without = Vec::new();
        let mut counted: u64 = 0;
        for file in files {
            match left.get_mut(&file).filter(|left| **left >= Money::ONE) {
                Some(left) => {
                    *left -= Money::ONE;
                    counted += 1;
                }
                None => without.push(file),
            }
        }
        let times = counted.saturating_sub(1);
        if times > 0 || !without.is_empty() {
            deductions.push(Deduction { joint: index, times, without });
        }
    }
    deductions
}
