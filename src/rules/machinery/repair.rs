//! The smallest repair: the fewest cells whose change satisfies every broken equation of a table.

use crate::report::{Count, MAX_COUNT};
use crate::rules::machinery::equations::{At, Equation, Figures, Sheet};

/// The number of equally small repairs that are told apart; with more, any cell may be the wrong one.
const TOLD_APART: usize = 3;

/// A cell, what it says, and what it would have to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::rules) struct Change {
    pub(in crate::rules) at: At,
    pub(in crate::rules) from: Count,
    pub(in crate::rules) to: Count,
}

/// The repair of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::rules) enum Repair {
    /// These changes together, and no other of that number.
    Only(Vec<Change>),
    /// Any one of these; each list is as short as the others.
    OneOf(Vec<Vec<Change>>),
    /// So many changes of a single cell that none is likelier than the others.
    AnyOfMany,
    /// No change of one cell, and no clear one of two.
    Unclear,
}

/// Finds the smallest repair of a table with broken equations.
///
/// Only typed cells can have been typed wrong. First one cell is tried, then two: for each cell of
/// a broken equation, the figure that would make that equation true. Equations that lack a figure
/// are neither broken nor mended.
pub(in crate::rules) fn smallest(sheet: &Sheet) -> Repair {
    let figures = sheet.figures();
    let mut singles = Vec::new();
    let mut firsts = Vec::new();
    for change in candidates(sheet, &figures) {
        let after = sheet.figures_with(&[(change.at, change.to)]);
        if sheet.equations.iter().any(|equation| equation.is_broken(&after)) {
            firsts.push((change, after));
        } else {
            singles.push(vec![change]);
        }
    }
    if singles.len() > TOLD_APART {
        return Repair::AnyOfMany;
    }
    if !singles.is_empty() {
        return choose(singles);
    }
    let mut pairs: Vec<Vec<Change>> = Vec::new();
    for (first, after) in &firsts {
        for second in candidates(sheet, after).into_iter().filter(|second| second.at != first.at) {
            let mended = sheet.figures_with(&[(first.at, first.to), (second.at, second.to)]);
            if sheet.equations.iter().any(|equation| equation.is_broken(&mended)) {
                continue;
            }
            let mut pair = vec![*first, second];
            pair.sort_unstable();
            if !pairs.contains(&pair) {
                pairs.push(pair);
            }
            if pairs.len() > TOLD_APART {
                return Repair::Unclear;
            }
        }
    }
    choose(pairs)
}

fn choose(mut repairs: Vec<Vec<Change>>) -> Repair {
    match repairs.len() {
        1 => Repair::Only(repairs.remove(0)),
        2..=TOLD_APART => Repair::OneOf(repairs),
        _ => Repair::Unclear,
    }
}

/// Every change of one typed cell that makes one broken equation true.
fn candidates(sheet: &Sheet, figures: &Figures) -> Vec<Change> {
    let mut changes = Vec::new();
    for equation in sheet.equations.iter().filter(|equation| equation.is_broken(figures)) {
        let Some((left, right)) = equation.sides(figures) else { continue };
        for (at, grows) in cells(sheet, equation) {
            let Some(from) = figures[at.0][at.1] else { continue };
            // A cell on the left side must make up what the right side has more, and conversely.
            let to = if grows {
                (from + right).checked_sub(left)
            } else {
                (from + left).checked_sub(right)
            };
            if let Some(to) = to.filter(|to| *to <= MAX_COUNT) {
                let change = Change { at, from, to };
                if !changes.contains(&change) {
                    changes.push(change);
                }
            }
        }
    }
    changes
}

/// The typed cells that stand on exactly one side of an equation, and whether it is the left one.
fn cells(sheet: &Sheet, equation: &Equation) -> Vec<(At, bool)> {
    let sources =
        |side: &[At]| -> Vec<At> { side.iter().flat_map(|at| sheet.sources(*at)).collect() };
    let (left, right) = (sources(&equation.left), sources(&equation.right));
    let on_left = left.iter().filter(|at| !right.contains(at)).map(|at| (*at, true));
    let on_right = right.iter().filter(|at| !left.contains(at)).map(|at| (*at, false));
    on_left.chain(on_right).filter(|(at, _)| sheet.is_typed(*at)).collect()
}
