//! [`Held`]: what a rule has held a figure against, as it says itself.

use std::collections::BTreeMap;

use crate::report::FieldPath;

/// The other side of a comparison in which a figure of a text stands.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::rules) enum Held {
    /// Cells or fees, by their names and values, and their addresses.
    Tables(String, Vec<FieldPath>),
    /// Other figures of the text.
    Text(String),
    /// The report of the year before.
    LastYear(String),
}

/// All that the rules of one check have held against something, by the text and the place among its figures.
#[derive(Debug, Default)]
pub(in crate::rules) struct Holder(BTreeMap<FieldPath, BTreeMap<usize, Held>>);

impl Held {
    /// Its weight in deciding: a cell more than a sum of the text.
    fn weight(&self) -> u8 {
        match self {
            Self::Tables(..) => 2,
            Self::LastYear(_) => 1,
            Self::Text(_) => 0,
        }
    }
}

impl Holder {
    /// Adds what one figure was held against; what decides most is kept, and of alike the first.
    pub(in crate::rules) fn add(&mut self, text: &FieldPath, figure: usize, held: Held) {
        if !self.0.contains_key(text) {
            self.0.insert(text.clone(), BTreeMap::new());
        }
        let Some(own) = self.0.get_mut(text) else { return };
        if own.get(&figure).is_none_or(|before| before.weight() < held.weight()) {
            own.insert(figure, held);
        }
    }

    /// The comparisons of the figures of one text, by their places among its figures.
    pub(in crate::rules) fn of(&self, text: &FieldPath) -> Option<&BTreeMap<usize, Held>> {
        self.0.get(text)
    }
}
