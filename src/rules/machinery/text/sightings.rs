//! The same mistake in many places: one finding that counts them and shows the first ones.

use std::collections::BTreeMap;
use std::ops::Range;

use super::Piece;
use crate::diag::{Diagnostic, Label, Place};

/// The number of places one finding shows.
const SHOWN: usize = 4;

/// Places of mistakes, by kind, in the order in which the kinds were first seen.
pub(in crate::rules) struct Sightings<K> {
    kinds: Vec<Seen<K>>,
    /// The position of a kind in `kinds`.
    index: BTreeMap<K, usize>,
}

/// One kind of mistake.
pub(in crate::rules) struct Seen<K> {
    /// The kind.
    pub(in crate::rules) kind: K,
    /// The number of times it was seen.
    pub(in crate::rules) count: usize,
    /// The words at the first place.
    pub(in crate::rules) words: String,
    /// The first places; never empty.
    places: Vec<Place>,
}

impl<K: Ord + Clone> Sightings<K> {
    /// Nothing seen yet.
    pub(in crate::rules) fn new() -> Self {
        Self { kinds: Vec::new(), index: BTreeMap::new() }
    }

    /// Adds one sighting at some bytes of a printed text.
    pub(in crate::rules) fn add(&mut self, kind: K, piece: &Piece<'_>, printed: Range<usize>) {
        let Some(i) = self.index.get(&kind).copied() else {
            let words = piece.printed()[printed.clone()].to_owned();
            self.index.insert(kind.clone(), self.kinds.len());
            self.kinds.push(Seen { kind, count: 1, words, places: vec![piece.place(printed)] });
            return;
        };
        let seen = &mut self.kinds[i];
        seen.count += 1;
        if seen.places.len() < SHOWN {
            seen.places.push(piece.place(printed));
        }
    }

    /// The kinds in the order in which they were first seen.
    pub(in crate::rules) fn into_kinds(self) -> Vec<Seen<K>> {
        self.kinds
    }
}

impl<K> Seen<K> {
    /// The first place, where the finding points.
    pub(in crate::rules) fn first(&self) -> Place {
        self.places[0].clone()
    }

    /// `，共3处` when there is more than one.
    pub(in crate::rules) fn times(&self) -> String {
        if self.count > 1 { format!("，共{}处", self.count) } else { String::new() }
    }

    /// Marks the next places in a finding.
    pub(in crate::rules) fn show_others(&self, finding: &mut Diagnostic) {
        finding.related.extend(self.places.iter().skip(1).map(|p| Label::new(p.clone(), "")));
    }
}
