//! [`sum`]: the reports of a list added up, with what is not in the sum and why.

use super::joint::deductions;
use super::{Deduction, Figure, HandedIn, Holds, Share, State, UnitList};
use crate::edition::Edition;
use crate::report::Money;

/// The sum of the reports under a body.
#[derive(Debug, Clone, PartialEq)]
pub struct Summary {
    /// The list it was made from.
    pub list: UnitList,
    /// The unit whose subordinates were added; the body of the list when absent.
    pub of: Option<usize>,
    /// The edition of all reports that were added.
    pub edition: Edition,
    /// The units under that body, in the order of the list.
    pub standings: Vec<Standing>,
    /// Every figure of the form, in its order.
    pub totals: Vec<Total>,
    /// The remarks in the reports that were added: unit, what they speak of, words.
    pub notes: Vec<(usize, String, String)>,
}

/// The state of a unit in the sum.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    /// The unit, as an index into the list.
    pub unit: usize,
    /// The readiness of its report to be added.
    pub state: State,
    /// The unit above it whose file holds its figures already, so that its own are not added.
    pub contained_in: Option<usize>,
    /// Its figures in the order of [`Figure::all`], if it handed in a report of the right edition.
    pub figures: Vec<Option<Money>>,
}

/// The sum of a figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Total {
    /// The figure.
    pub figure: Figure,
    /// The sum, each jointly made document counted once; `None` when a report leaves the figure out.
    pub sum: Option<Money>,
    /// The contributors with their shares, without those who contributed 0, in the order of the list.
    pub parts: Vec<(usize, Money)>,
    /// The units whose reports were to be added but leave the figure out, or have more digits than can be added exactly.
    pub lacking: Vec<usize>,
    /// The deduction for jointly made documents.
    pub deductions: Vec<Deduction>,
}

/// A figure that differs from the sum.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// The figure, as an index into the totals.
    pub total: usize,
    /// The figure of the report.
    pub stated: Money,
    /// The sum of the units.
    pub sum: Money,
}

/// Adds up the reports of the units under a body of the list, `None` for that of the list itself.
///
/// `handed_in` holds one entry for every unit of the list; those that are not under the body are not looked
/// at. A report that is missing, has errors, or is of another body, year or edition is not added; nor is the
/// report of a unit whose figures are in that of a unit above it.
pub fn sum(list: &UnitList, of: Option<usize>, handed_in: &[HandedIn]) -> Summary {
    let edition = list.edition();
    let figures = Figure::all(edition.form());
    let mut states: Vec<State> =
        (0..list.units.len()).map(|unit| state(list, unit, handed_in.get(unit), edition)).collect();
    // From the deepest level upwards, so that each sum is compared with what lies under it.
    let mut sums: Vec<usize> = list
        .below(of)
        .into_iter()
        .filter(|unit| list.units[*unit].holds == Holds::Summed && states[*unit].is_good())
        .filter(|unit| list.has_units(*unit))
        .collect();
    sums.sort_by_key(|unit| std::cmp::Reverse(list.level(*unit)));
    for unit in sums {
        let own = add(list, Some(unit), handed_in, &states, edition, &figures);
        let share = share(handed_in, unit);
        let stated = |i: usize| share.and_then(|share| share.figures.get(i).copied().flatten());
        let differing = own.differences(stated).len();
        if own.is_complete() && differing > 0 {
            states[unit] = State::Unequal(differing);
        }
    }
    add(list, of, handed_in, &states, edition, &figures)
}

/// Adds what can be added, given the state of every unit.
fn add(
    list: &UnitList,
    of: Option<usize>,
    handed_in: &[HandedIn],
    states: &[State],
    edition: Edition,
    figures: &[Figure],
) -> Summary {
    let standings: Vec<Standing> = list
        .below(of)
        .into_iter()
        .map(|unit| Standing {
            unit,
            state: states[unit].clone(),
            contained_in: list.contained_in(unit, of),
            figures: share(handed_in, unit)
                .filter(|share| share.edition == Some(edition))
                .map(|share| share.figures.clone())
                .unwrap_or_default(),
        })
        .collect();
    let added: Vec<&Standing> = standings.iter().filter(|standing| standing.is_added()).collect();
    let counted_in = |unit: usize| {
        let file = list.contained_in(unit, of).unwrap_or(unit);
        added.iter().any(|standing| standing.unit == file).then_some(file)
    };
    let joint = list.joint.as_deref().unwrap_or_default();
    let totals = figures
        .iter()
        .enumerate()
        .map(|(i, figure)| {
            let (mut total, sum) = added_up(*figure, i, &added);
            total.deductions = deductions(*figure, joint, &total.parts, counted_in);
            let times: u64 = total.deductions.iter().map(|deduction| deduction.times).sum();
            if total.lacking.is_empty() && !added.is_empty() {
                total.sum = Some(sum - Money::from(times));
            }
            total
        })
        .collect();
    let notes = added
        .iter()
        .filter_map(|standing| Some((standing.unit, share(handed_in, standing.unit)?)))
        .flat_map(|(unit, share)| {
            share.notes.iter().map(move |(at, text)| (unit, at.clone(), text.clone()))
        })
        .collect();
    Summary { list: list.clone(), of, edition, standings, totals, notes }
}

/// The parts of a figure, the units that lack it, and what the parts add up to.
fn added_up(figure: Figure, i: usize, added: &[&Standing]) -> (Total, Money) {
    let mut total =
        Total { figure, sum: None, parts: Vec::new(), lacking: Vec::new(), deductions: Vec::new() };
    let mut sum = Money::ZERO;
    for standing in added {
        let part = standing.figures.get(i).copied().flatten();
        match part.and_then(|part| Some((part, exact_sum(sum, part)?))) {
            Some((part, next)) => {
                sum = next;
                if !part.is_zero() {
                    total.parts.push((standing.unit, part));
                }
            }
            None => total.lacking.push(standing.unit),
        }
    }
    (total, sum)
}

/// The sum, unless it has more digits than a number can hold.
fn exact_sum(left: Money, right: Money) -> Option<Money> {
    let scale = left.scale().max(right.scale());
    left.checked_add(right).filter(|sum| sum.scale() == scale)
}

fn share(handed_in: &[HandedIn], unit: usize) -> Option<&Share> {
    match handed_in.get(unit) {
        Some(HandedIn::Share(share)) => Some(share),
        Some(HandedIn::Nothing | HandedIn::Unreadable(_)) | None => None,
    }
}

/// The readiness of the share that a unit handed in, whatever lies under it.
fn state(list: &UnitList, unit: usize, handed_in: Option<&HandedIn>, edition: Edition) -> State {
    let Some(entry) = list.units.get(unit).filter(|entry| entry.file.is_some()) else {
        return State::Group;
    };
    let share = match handed_in {
        None | Some(HandedIn::Nothing) => return State::Missing,
        Some(HandedIn::Unreadable(why)) => return State::Unreadable(why.clone()),
        Some(HandedIn::Share(share)) => share,
    };
    // That it is another report altogether says more than what is wrong with it.
    match (&share.agency, share.year, share.edition) {
        (Some(agency), _, _) if agency != entry.agency() => State::OtherBody(agency.clone()),
        (_, Some(year), _) if year != list.year => State::OtherYear(year),
        (_, _, Some(other)) if other != edition => State::OtherEdition(other),
        _ if share.errors > 0 => State::Wrong(share.errors),
        // Adding the units under it would count them twice.
        _ if share.is_sum && entry.holds == Holds::Own && list.has_units(unit) => State::SumAsOwn,
        _ => State::Good,
    }
}

impl Summary {
    /// The name of the body whose subordinates were added.
    pub fn body(&self) -> &str {
        self.of.map_or(&self.list.name, |of| &self.list.units[of].name)
    }

    /// The unit directly under the body that is added up, of which a unit is part, or that unit itself.
    pub fn topmost(&self, unit: usize) -> usize {
        let above = self.list.above(unit).take_while(|above| Some(*above) != self.of);
        above.last().unwrap_or(unit)
    }

    /// The name of a unit.
    pub fn name(&self, unit: usize) -> &str {
        self.list.units.get(unit).map_or("", |unit| &unit.name)
    }

    /// The units whose report is due and is not in the sum.
    pub fn lacking(&self) -> impl Iterator<Item = &Standing> {
        self.standings
            .iter()
            .filter(|standing| standing.contained_in.is_none() && standing.state.is_lacking())
    }

    /// The units whose report is in the sum.
    pub fn added(&self) -> impl Iterator<Item = &Standing> {
        self.standings.iter().filter(|standing| standing.is_added())
    }

    /// True if every report that is due is in the sum, with every figure of the tables. The handling fee is
    /// no part of them: reports tell of it in words, and those of the older form need not tell of it.
    pub fn is_complete(&self) -> bool {
        self.lacking().next().is_none()
            && self.added().next().is_some()
            && self.totals.iter().all(|total| total.sum.is_some() || !total.figure.is_of_tables())
    }

    /// True if a figure is looked for in the sum: one of the tables always, the handling fee where a report
    /// tells of it.
    pub fn is_told(&self, total: &Total) -> bool {
        total.figure.is_of_tables() || total.lacking.len() < self.added().count()
    }

    /// The figures in which a report that should be this sum differs from it; `stated` tells the report's
    /// figure by its place in [`Figure::all`]. A figure that either side leaves out does not differ, and
    /// nor does a number of documents that may be lower because some were made by several units.
    pub fn differences(&self, stated: impl Fn(usize) -> Option<Money>) -> Vec<Difference> {
        let mut differences = Vec::new();
        for (i, total) in self.totals.iter().enumerate() {
            let (Some(stated), Some(sum)) = (stated(i), total.sum) else { continue };
            if stated != sum && !self.may_be_joint(total, stated) {
                differences.push(Difference { total: i, stated, sum });
            }
        }
        differences
    }

    /// True if a lower figure may be right because units made documents together and the list does not
    /// say which: no unit made more than all of them.
    pub fn may_be_joint(&self, total: &Total, stated: Money) -> bool {
        let most = total.parts.iter().map(|(_, part)| *part).max().unwrap_or_default();
        self.list.joint.is_none()
            && total.figure.counts_documents()
            && total.sum.is_some_and(|sum| stated < sum)
            && stated >= most
    }
}

impl Standing {
    /// True if its report is in the sum.
    pub fn is_added(&self) -> bool {
        self.contained_in.is_none() && self.state.is_good()
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Joint, Unit};
    use super::*;
    use crate::edition::{DisclosureColumn, DisclosureRow};

    const ISSUED: usize = 3;

    /// A share whose figures are all `n`, the third of them documents.
    fn share(agency: &str, n: i64) -> HandedIn {
        let figures = Figure::all(Edition::Y2021.form());
        HandedIn::Share(Share {
            agency: Some(agency.to_owned()),
            title: String::new(),
            year: Some(2023),
            edition: Some(Edition::Y2021),
            errors: 0,
            figures: vec![Some(Money::from(n)); figures.len()],
            notes: Vec::new(),
            is_sum: false,
        })
    }

    fn list(units: &[(&str, Option<usize>, Holds)], joint: &[&[usize]]) -> UnitList {
        let unit = |(name, under, holds): &(&str, Option<usize>, Holds)| Unit {
            name: (*name).to_owned(),
            agency: None,
            under: *under,
            file: (!name.starts_with('组')).then(|| format!("{name}.toml")),
            holds: *holds,
            kind: None,
            level: None,
        };
        let joint = joint.iter().map(|units| Joint {
            document: "办法".to_owned(),
            units: units.to_vec(),
            row: DisclosureRow::NormativeDocuments,
            columns: vec![DisclosureColumn::Issued],
        });
        UnitList {
            name: "县".to_owned(),
            year: 2023,
            units: units.iter().map(unit).collect(),
            joint: Some(joint.collect()),
            due: None,
            rules_file: None,
            rules: None,
        }
    }

    fn issued(summary: &Summary) -> Option<Money> {
        assert_eq!(
            summary.totals[ISSUED].figure.path().as_str(),
            "disclosure.normative_documents.issued"
        );
        summary.totals[ISSUED].sum
    }

    const OWN: Holds = Holds::Own;

    #[test]
    fn only_what_is_good_is_added_and_everything_else_is_said() {
        let names = ["甲", "乙", "丙", "丁", "戊"];
        let units: Vec<_> = names.iter().map(|name| (*name, None, OWN)).collect();
        let changed = |name: &str, change: fn(&mut Share)| {
            let HandedIn::Share(mut share) = share(name, 100) else { unreachable!() };
            change(&mut share);
            HandedIn::Share(share)
        };
        let handed_in = [
            share("甲", 1),
            changed("乙", |share| share.errors = 2),
            changed("丙", |share| share.year = Some(2022)),
            share("甲", 100),
            HandedIn::Nothing,
        ];
        let summary = sum(&list(&units, &[]), None, &handed_in);
        let states: Vec<State> = summary.standings.iter().map(|s| s.state.clone()).collect();
        let other = State::OtherBody("甲".to_owned());
        let expected =
            [State::Good, State::Wrong(2), State::OtherYear(2022), other, State::Missing];
        assert_eq!(states, expected);
        assert_eq!(issued(&summary), Some(Money::ONE));
        assert!(!summary.is_complete() && summary.lacking().count() == 4);
        assert!(!sum(&list(&units[..1], &[]), None, &[HandedIn::Nothing]).is_complete());
    }

    #[test]
    fn a_figure_left_out_leaves_its_sum_open_and_no_other() {
        let HandedIn::Share(mut left_out) = share("乙", 5) else { unreachable!() };
        left_out.figures[ISSUED] = None;
        let units = [("甲", None, OWN), ("乙", None, OWN)];
        let summary = sum(&list(&units, &[]), None, &[share("甲", 2), HandedIn::Share(left_out)]);
        assert_eq!((issued(&summary), summary.totals[0].sum), (None, Some(Money::from(7))));
        assert_eq!(summary.totals[ISSUED].lacking, [1]);
        assert!(!summary.is_complete());
    }

    #[test]
    fn figures_under_figures_are_added_once() {
        let county = |holds| {
            [("县甲", None, holds), ("组", Some(0), OWN), ("乡", Some(1), OWN), ("局", None, OWN)]
        };
        let handed_in = [share("县甲", 10), HandedIn::Nothing, share("乡", 10), share("局", 1)];
        let summary = sum(&list(&county(Holds::Own), &[]), None, &handed_in);
        assert_eq!(issued(&summary), Some(Money::from(21)));
        let summary = sum(&list(&county(Holds::Summed), &[]), None, &handed_in);
        assert_eq!(issued(&summary), Some(Money::from(11)));
        assert!(summary.is_complete());
        let summary = sum(&list(&county(Holds::Summed), &[]), Some(0), &handed_in);
        assert_eq!((issued(&summary), summary.standings.len()), (Some(Money::from(10)), 2));
        // A sum that the list takes for the county's own figures.
        let HandedIn::Share(mut own) = share("县甲", 10) else { unreachable!() };
        own.is_sum = true;
        let mut handed_in = handed_in;
        handed_in[0] = HandedIn::Share(own);
        let summary = sum(&list(&county(Holds::Own), &[]), None, &handed_in);
        assert_eq!(summary.standings[0].state, State::SumAsOwn);
        // A sum that is not the sum of what lies under it.
        let handed_in = [share("县甲", 10), HandedIn::Nothing, share("乡", 9), share("局", 1)];
        let summary = sum(&list(&county(Holds::Summed), &[]), None, &handed_in);
        let n = summary.totals.len();
        assert_eq!(summary.standings[0].state, State::Unequal(n));
        assert_eq!(issued(&summary), Some(Money::ONE));
    }

    #[test]
    fn a_joint_document_is_taken_off_only_where_it_was_counted_twice() {
        let units = [("甲", None, OWN), ("乙", None, OWN), ("丙", None, OWN)];
        let joint: &[&[usize]] = &[&[0, 1, 2], &[0, 1]];
        let of = |n: [i64; 3]| {
            let handed_in = [share("甲", n[0]), share("乙", n[1]), share("丙", n[2])];
            sum(&list(&units, joint), None, &handed_in)
        };
        assert_eq!(issued(&of([5, 5, 5])), Some(Money::from(12)));
        // 乙 has room for one document only, and 丙 for none.
        let summary = of([5, 1, 0]);
        assert_eq!(issued(&summary), Some(Money::from(5)));
        let without: Vec<&[usize]> =
            summary.totals[ISSUED].deductions.iter().map(|d| d.without.as_slice()).collect();
        assert_eq!(without, [&[2], &[1]]);
        // The same document in the sum of a county counts once there.
        let units = [("甲", None, Holds::Summed), ("乙", Some(0), OWN), ("丙", None, OWN)];
        let handed_in = [share("甲", 4), HandedIn::Nothing, share("丙", 4)];
        let summary = sum(&list(&units, &[&[1, 2]]), None, &handed_in);
        assert_eq!(issued(&summary), Some(Money::from(7)));
    }

    #[test]
    fn a_sum_keeps_every_digit_or_is_not_made() {
        let long: Money = "0.0000000000000000000000000001".parse().unwrap();
        assert_eq!(exact_sum(Money::new(15, 1), Money::new(225, 2)), Some(Money::new(375, 2)));
        assert_eq!(exact_sum(Money::from(999_999_999_999_u64), long), None);
    }
}
