//! The bodies under a body, and what their reports add up to.
//!
//! A [`UnitList`] says who must report and under whom; [`sum`] adds the [`HandedIn`] reports up and says
//! of every unit whether it is in the sum and, if not, why. Nothing is added that is missing, has errors or is
//! of another year, and a figure that one report leaves out is not taken for 0.

mod figure;
mod joint;
mod provenance;
mod state;
mod summary;

use std::collections::BTreeMap;

use crate::edition::Edition;
use crate::report::{AgencyKind, AgencyLevel, Date, Settings};

pub use figure::Figure;
pub(crate) use joint::{Deduction, Joint};
pub(crate) use provenance::{PREFIX, provenance};
pub(crate) use state::State;
pub use state::{HandedIn, Share};
pub(crate) use summary::{Difference, Standing, Total};
pub use summary::{Summary, sum};

/// The number of levels a list may have; more are a slip, and no state has as many.
pub(crate) const MAX_LEVELS: usize = 32;

/// The units and their superiors, as in `units.toml`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitList {
    /// The body whose report the sum goes into; empty when nobody said.
    pub name: String,
    /// The report year.
    pub year: u16,
    /// The units in the order of the list; each stands once, and no unit is under itself.
    pub units: Vec<Unit>,
    /// Documents that several units made together; `None` when the list says nothing of them.
    pub joint: Option<Vec<Joint>>,
    /// The day by which reports are to be handed in.
    pub due: Option<Date>,
    /// The file with the rules of the office for all its units, relative to the list.
    pub rules_file: Option<String>,
    /// Those rules, once the file has been read.
    pub rules: Option<Settings>,
}

/// A body that reports, or a group of such bodies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// Its name in the list.
    pub name: String,
    /// The name of the body in its data file, if it is another.
    pub agency: Option<String>,
    /// The unit above it; directly under the body of the list when absent.
    pub under: Option<usize>,
    /// Its data file, relative to the list; a group has none.
    pub file: Option<String>,
    /// The scope of its file's figures, where there are units under it.
    pub holds: Holds,
    /// The kind of body.
    pub kind: Option<AgencyKind>,
    /// On which level of government it stands.
    pub level: Option<AgencyLevel>,
}

/// The scope of a unit's figures, with other units under it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Holds {
    /// Its own figures; those of the units under it are added.
    #[default]
    Own,
    /// The units under it too; their reports are only compared.
    Summed,
}

impl Holds {
    /// All of them with their keys in the list and their meaning.
    pub const ALL: &'static [(Self, &'static str, &'static str)] = &[
        (Self::Own, "own", "只是本机关自己的数据，下级另外相加"),
        (Self::Summed, "summed", "已经汇总了下级，下级不再相加"),
    ];
}

impl UnitList {
    /// A list that says no more than who reports to whom.
    pub(crate) fn of(name: String, year: u16, units: Vec<Unit>) -> Self {
        Self { name, year, units, joint: None, due: None, rules_file: None, rules: None }
    }

    /// The edition of the form that the reports of its units follow.
    pub fn edition(&self) -> Edition {
        Edition::for_year(self.year).unwrap_or(Edition::LATEST)
    }

    /// The units under a unit, or under the body of the list, at any depth, in the order of the list.
    pub fn below(&self, of: Option<usize>) -> Vec<usize> {
        (0..self.units.len()).filter(|unit| self.is_below(*unit, of)).collect()
    }

    /// As [`below`](Self::below), but each unit stands right before those under it.
    pub fn tree(&self, of: Option<usize>) -> Vec<usize> {
        let mut under: BTreeMap<Option<usize>, Vec<usize>> = BTreeMap::new();
        for (i, unit) in self.units.iter().enumerate() {
            under.entry(unit.under).or_default().push(i);
        }
        let mut next: Vec<usize> = under.remove(&of).unwrap_or_default();
        next.reverse();
        let mut tree = Vec::new();
        while let Some(unit) = next.pop() {
            tree.push(unit);
            next.extend(under.remove(&Some(unit)).unwrap_or_default().into_iter().rev());
        }
        tree
    }

    /// The number of levels a unit stands below the body of the list; the topmost units stand at 1.
    pub fn level(&self, unit: usize) -> usize {
        1 + self.above(unit).count()
    }

    /// True if there are units under a unit.
    pub fn has_units(&self, unit: usize) -> bool {
        self.units.iter().any(|other| other.under == Some(unit))
    }

    /// The body with that name that has units under it: the body of the list itself, or a unit.
    pub fn find(&self, name: &str) -> Option<Option<usize>> {
        if self.name == name {
            return Some(None);
        }
        let unit = self.units.iter().position(|unit| unit.agency() == name || unit.name == name)?;
        self.has_units(unit).then_some(Some(unit))
    }

    /// The units above a unit, the nearest first.
    fn above(&self, unit: usize) -> impl Iterator<Item = usize> {
        let up = |unit: usize| self.units.get(unit).and_then(|unit| unit.under);
        std::iter::successors(up(unit), move |above| up(*above)).take(MAX_LEVELS)
    }

    fn is_below(&self, unit: usize, of: Option<usize>) -> bool {
        of.is_none_or(|of| self.above(unit).any(|above| above == of))
    }

    /// The unit between a unit and a body above it whose file already holds the unit's figures; the
    /// one highest up, because that is whose file is added.
    fn contained_in(&self, unit: usize, of: Option<usize>) -> Option<usize> {
        self.above(unit)
            .take_while(|above| Some(*above) != of)
            .filter(|above| {
                let above = &self.units[*above];
                above.file.is_some() && above.holds == Holds::Summed
            })
            .last()
    }
}

impl Unit {
    /// The name that its data file must bear.
    pub fn agency(&self) -> &str {
        self.agency.as_deref().unwrap_or(&self.name)
    }
}
