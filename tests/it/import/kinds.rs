//! Every kind of damage in every kind of file: a wrong figure is certain only where no equation speaks against it, and
//! what a damage and its equations do not touch stays certain.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use nianbao::edition::{Axis as _, Cell, Form, RequestColumn, RequestRow};
use nianbao::internals::import::Class;
use nianbao::report::{Money, Report};

use super::carriers::{Carrier, Row, carriers};
use super::damage::{Dice, n_seeds, touched, truths};
use super::number;

/// A damage: its kind, what is put in the place of what, what is printed afterwards, and the cells that it touches.
struct Damage {
    kind: &'static str,
    edits: Vec<(Range<usize>, String)>,
    printed: BTreeMap<Cell, Money>,
    near: Vec<Cell>,
}

#[test]
fn no_damage_of_any_file_makes_a_wrong_figure_certain() {
    for truth in truths() {
        let form = truth.form();
        let equations = equations(form);
        for carrier in carriers(&truth) {
            for seed in 1..=n_seeds() * 2 {
                let damage = damage(&carrier, &truth, &mut Dice(seed * 6_700_417));
                let name = format!("{} seed {seed}: {}", carrier.name, damage.kind);
                let text = edited(&carrier.text, damage.edits);
                let Ok(published) = nianbao::internals::import::read(&carrier.file(&text)) else {
                    panic!("{name}: not read")
                };
                let near = touched(form, &damage.near);
                for row in &carrier.rows {
                    for printed in &row.cells {
                        let cell = printed.cell;
                        // A row that is gone may be the one that tells two forms apart by their tables; the year does.
                        let (class, why) = published
                            .classes
                            .get(&cell)
                            .unwrap_or_else(|| panic!("{name}: {cell:?} is of another form"));
                        if *class == Class::Certain {
                            let read = number(&published, cell);
                            let is_known = damage.printed.contains_key(&cell);
                            let is_right = read == truth.printed(cell);
                            let is_shown = is_known
                                && read == damage.printed.get(&cell).copied()
                                && !speaks_against(cell, &equations, &damage.printed);
                            assert!(is_right || is_shown, "{name}: {cell:?} is certain and wrong");
                        } else {
                            assert!(near.contains(&cell), "{name}: {cell:?} is not touched: {why}");
                        }
                    }
                }
            }
        }
    }
}

fn edited(text: &str, mut edits: Vec<(Range<usize>, String)>) -> String {
    edits.sort_by_key(|(range, _)| std::cmp::Reverse(range.start));
    let mut text = text.to_owned();
    for (range, words) in edits {
        text.replace_range(range, &words);
    }
    text
}

/// Sums that must be equal, for example a total and its parts.
type Equation = (Vec<Cell>, Vec<Cell>);

fn equations(form: &Form) -> Vec<Equation> {
    let totals = form.cells().filter(|cell| cell.is_total());
    let mut all: Vec<Equation> = totals.map(|total| (form.parts_of(total), vec![total])).collect();
    let total_of_totals = Cell::Requests(RequestRow::OutcomeTotal, RequestColumn::Total);
    let results = form.requests.result_rows();
    let down = results.map(|row| Cell::Requests(row, RequestColumn::Total)).collect();
    all.push((down, vec![total_of_totals]));
    for column in RequestColumn::ALL {
        let at = |row| Cell::Requests(row, *column);
        all.push((
            vec![at(RequestRow::Received), at(RequestRow::CarriedIn)],
            vec![at(RequestRow::OutcomeTotal), at(RequestRow::CarriedOut)],
        ));
    }
    all
}

/// True if an equation of the cell does not hold for what is printed.
fn speaks_against(cell: Cell, equations: &[Equation], printed: &BTreeMap<Cell, Money>) -> bool {
    let sum = |cells: &[Cell]| {
        cells.iter().try_fold(Money::ZERO, |sum, cell| Some(sum + printed.get(cell)?))
    };
    equations.iter().filter(|(left, right)| left.contains(&cell) || right.contains(&cell)).any(
        |(left, right)| match (sum(left), sum(right)) {
            (Some(left), Some(right)) => left != right,
            _ => false,
        },
    )
}

fn damage(carrier: &Carrier, truth: &Report, dice: &mut Dice) -> Damage {
    let all: BTreeMap<Cell, Money> = carrier
        .rows
        .iter()
        .flat_map(|row| &row.cells)
        .map(|printed| (printed.cell, truth.printed(printed.cell).unwrap()))
        .collect();
    let row = &carrier.rows[dice.roll(carrier.rows.len())];
    let other = &carrier.rows[dice.roll(carrier.rows.len() - 1)];
    let own = |row: &Row| row.cells.iter().map(|printed| printed.cell).collect::<Vec<Cell>>();
    let one = &row.cells[dice.roll(row.cells.len())];
    let digits = |range: &Range<usize>| carrier.text[range.clone()].to_owned();
    let mut printed = all.clone();
    let mut put = |cell: Cell, text: &str| match text.parse::<Money>() {
        Ok(number) => drop(printed.insert(cell, number)),
        Err(_) => drop(printed.remove(&cell)),
    };
    let (kind, edits, near) = match dice.roll(10) {
        0 => {
            let changed = changed(&digits(&one.digits), dice);
            put(one.cell, &changed);
            ("a digit", vec![(one.digits.clone(), changed)], vec![one.cell])
        }
        1 => {
            // Two digits at once, wherever they stand.
            let second = &other.cells[dice.roll(other.cells.len())];
            let mut edits = vec![(one.digits.clone(), changed(&digits(&one.digits), dice))];
            if second.cell != one.cell {
                edits.push((second.digits.clone(), changed(&digits(&second.digits), dice)));
            }
            put(one.cell, &edits[0].1);
            if let Some((_, text)) = edits.get(1) {
                put(second.cell, text);
            }
            ("two digits", edits, Vec::new())
        }
        2 => ("a cell less", vec![(one.whole.clone(), String::new())], own(row)),
        3 => {
            let twice = carrier.text[one.whole.clone()].repeat(2);
            ("a cell twice", vec![(one.whole.clone(), twice)], own(row))
        }
        4 => {
            put(one.cell, "");
            ("a blank", vec![(one.digits.clone(), String::new())], own(row))
        }
        5 => {
            let cut = cut(&carrier.text[row.label.clone()], dice);
            // In a text without lines, the row above has the figures, too.
            let above = carrier.rows.iter().rfind(|other| other.range.end <= row.range.start);
            let above = above.filter(|_| carrier.name.starts_with("text")).map(own);
            let near = own(row).into_iter().chain(above.into_iter().flatten()).collect();
            ("a label", vec![(row.label.clone(), cut)], near)
        }
        6 if row.range != other.range && row.cells.len() == other.cells.len() => {
            // All figures of two rows change places, and their labels stay.
            let mut edits = Vec::new();
            for (a, b) in row.cells.iter().zip(&other.cells) {
                put(a.cell, &digits(&b.digits));
                put(b.cell, &digits(&a.digits));
                edits.push((a.digits.clone(), digits(&b.digits)));
                edits.push((b.digits.clone(), digits(&a.digits)));
            }
            ("rows without labels", edits, Vec::new())
        }
        7 => {
            // All figures of two columns of table 2 change places, and their heads stay.
            let (a, b) = (dice.roll(7), dice.roll(7));
            let mut edits = Vec::new();
            for row in carrier.rows.iter().filter(|row| row.cells.len() == 7 && a != b) {
                let (one, other) = (&row.cells[a], &row.cells[b]);
                put(one.cell, &digits(&other.digits));
                put(other.cell, &digits(&one.digits));
                edits.push((one.digits.clone(), digits(&other.digits)));
                edits.push((other.digits.clone(), digits(&one.digits)));
            }
            ("columns without heads", edits, Vec::new())
        }
        8 if row.range != other.range && row.cells.len() == other.cells.len() => {
            // Rows with their labels, and whatever stands beside them.
            let edits = vec![
                (row.range.clone(), carrier.text[other.range.clone()].to_owned()),
                (other.range.clone(), carrier.text[row.range.clone()].to_owned()),
            ];
            // A row that takes the name of a group along makes another table.
            ("rows with labels", edits, all.keys().copied().collect())
        }
        _ => {
            ("a row less", vec![(row.range.clone(), String::new())], all.keys().copied().collect())
        }
    };
    // What is printed otherwise than it was is near, too.
    let differing = all.keys().filter(|cell| printed.get(cell) != all.get(cell)).copied();
    let near = near.into_iter().chain(differing).collect();
    Damage { kind, edits, printed, near }
}

/// Digits of which one is lost, another one, or followed by one more.
fn changed(digits: &str, dice: &mut Dice) -> String {
    let at = dice.roll(digits.len());
    let digit = char::from(b'1' + u8::try_from(dice.roll(9)).unwrap());
    let mut changed = digits.to_owned();
    match dice.roll(3) {
        0 if digits.len() > 1 => drop(changed.remove(at)),
        1 => changed.insert(at, digit),
        _ => changed.replace_range(at..=at, &digit.to_string()),
    }
    changed
}

/// A label that lacks some characters.
fn cut(label: &str, dice: &mut Dice) -> String {
    let label: Vec<char> = label.chars().collect();
    if label.is_empty() {
        return String::new();
    }
    let at = dice.roll(label.len());
    let n = 1 + dice.roll(label.len());
    label[..at].iter().chain(label.iter().skip(at + n)).collect()
}

#[test]
fn the_damages_that_nothing_shows_are_those_that_are_known() {
    // Figures of two columns or rows that change places under their heads add up as before: the read-me says so.
    let truth = &truths()[1];
    let equations = equations(truth.form());
    let carrier = &carriers(truth)[0];
    let swap: BTreeSet<&str> = (1..200)
        .filter_map(|seed| {
            let damage = damage(carrier, truth, &mut Dice(seed * 6_700_417));
            let wrong = |(cell, number): (&Cell, &Money)| truth.printed(*cell) != Some(*number);
            let is_hidden = damage.printed.len()
                == carrier.rows.iter().map(|r| r.cells.len()).sum::<usize>()
                && damage.printed.iter().any(wrong)
                && damage
                    .printed
                    .keys()
                    .all(|cell| !speaks_against(*cell, &equations, &damage.printed));
            is_hidden.then_some(damage.kind)
        })
        .collect();
    assert!(
        swap.iter().all(|kind| ["rows without labels", "columns without heads"].contains(kind)),
        "{swap:?}"
    );
}
