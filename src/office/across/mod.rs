//! The reports of a list side by side: their rates, those that are far from the others', and texts that stand in several.
//!
//! Nothing here says that anything is wrong. What is far from the others is named with the measure and the figures it was
//! found by, and the office looks itself.

mod alike;
mod measures;
mod odd;
mod shown;

use std::path::Path;
use std::sync::atomic::AtomicBool;

pub(crate) use alike::{Alike, Common};
pub(crate) use measures::{MEASURES, Measure, Rate};
pub(crate) use odd::{FEWEST_UNITS, LEAST_CASES, Median, Odd};
pub(crate) use shown::{across_document, across_head, across_parts, across_workbook};

use super::stand::{Stand, UnitStand};
use crate::bind;
use crate::files;
use crate::ordered::in_order;
use crate::report::Report;
use crate::rules::{OwnText, REPEATED_LIMIT};
use crate::source::{self, SourceFile};
use crate::units::{Holds, State, UnitList};

/// The reports of a list side by side.
#[derive(Debug)]
pub(crate) struct Across {
    /// The units whose figures are compared, in the order of the tree.
    pub(crate) rows: Vec<UnitRates>,
    /// The median of each measure, in the order of [`MEASURES`].
    pub(crate) medians: Vec<Median>,
    /// The rates that are far from those of the others.
    pub(crate) odd: Vec<Odd>,
    /// The texts that stand in those of others.
    pub(crate) alike: Vec<Alike>,
    /// The clauses that most units have, which count for no copy.
    pub(crate) common: Vec<Common>,
    /// The share of a text, in percent, from which on it is named.
    pub(crate) limit: usize,
    /// The number of reports whose texts were compared.
    pub(crate) n_texts: usize,
    /// The units whose figures are not compared, and why.
    pub(crate) left_out: Vec<(usize, String)>,
}

/// The figures of a unit that rates are made of.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct UnitRates {
    /// The unit, as an index into the list.
    pub(crate) unit: usize,
    /// The applications received; none where not all of them are filled in.
    pub(crate) received: Option<u64>,
    /// Those that were dealt with.
    pub(crate) dealt_with: Option<u64>,
    /// Its rates in the order of [`MEASURES`]; none where a figure is not filled in.
    pub(crate) rates: Vec<Option<Rate>>,
}

/// Holds the reports of a list against each other, read on all cores.
pub(crate) fn across(list: &UnitList, stand: &Stand) -> Across {
    let due: Vec<&UnitStand> = stand.due().collect();
    let edition = list.edition();
    let never = AtomicBool::new(false);
    let mut rows = Vec::new();
    let mut texts: Vec<(usize, OwnText)> = Vec::new();
    let mut left_out = Vec::new();
    let read = |i: usize| {
        let row = due[i];
        let report = readable(&row.state).then(|| report_in(row.file.as_deref()?)).flatten()?;
        let has_figures = figures_fit(list, row).is_ok() && report.edition == edition;
        let rates = has_figures.then(|| UnitRates::of(row.unit, &report));
        Some((OwnText::of(&report), rates))
    };
    in_order(due.len(), &never, read, |i, found| {
        let row = due[i];
        if let Err(why) = figures_fit(list, row) {
            left_out.push((row.unit, why));
        }
        if let Some((text, rates)) = found {
            texts.push((row.unit, text));
            rows.extend(rates);
        }
    });
    let office = list.rules.as_ref().and_then(|rules| rules.similarity);
    let limit = usize::from(office.unwrap_or(REPEATED_LIMIT));
    let n_texts = texts.len();
    let (alike, common) = alike::find(texts, limit);
    let medians = odd::medians(&rows);
    let odd = odd::find(&rows, &medians);
    Across { rows, medians, odd, alike, common, limit, n_texts, left_out }
}

/// True if a report is that of its unit and year, whatever else is wrong with it.
fn readable(state: &State) -> bool {
    match state {
        State::Good | State::Wrong(_) | State::Unequal(_) | State::SumAsOwn => true,
        State::Group
        | State::Missing
        | State::Unreadable(_)
        | State::OtherYear(_)
        | State::OtherEdition(_)
        | State::OtherBody(_) => false,
    }
}

/// The reason why the figures of a unit are not compared.
fn figures_fit(list: &UnitList, row: &UnitStand) -> Result<(), String> {
    let unit = &list.units[row.unit];
    match &row.state {
        State::Good if unit.holds == Holds::Summed && list.has_units(row.unit) => {
            Err("是汇总数，含下级".to_owned())
        }
        State::Good => Ok(()),
        State::Unreadable(_) => Err("读不了".to_owned()),
        state => Err(state.name()),
    }
}

fn report_in(path: &Path) -> Option<Report> {
    let source = SourceFile::parse("", files::read_text(path).ok()?);
    Some(bind::bind(source::read(&source).0?, None).0)
}
