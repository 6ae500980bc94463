//! The places of the values of a published report in its text.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::diag::Place;
use crate::report::FieldPath;

/// The places of a published report's values in its text, and what people call them.
#[derive(Debug, Clone, Default)]
pub struct PlacesIn {
    /// The bytes of each value.
    pub values: BTreeMap<FieldPath, Range<usize>>,
    /// Pieces of texts: the address of the text, its bytes as typed, and the byte at which these stand.
    pub texts: Vec<(FieldPath, Range<usize>, usize)>,
    /// The names of the places as people call them, in the order of the text.
    pub spots: Vec<(Range<usize>, String)>,
}

impl PlacesIn {
    /// The bytes that a place stands for; a value that is not printed is shown at what it would stand in.
    pub(super) fn range(&self, place: &Place) -> Range<usize> {
        match place {
            Place::Bytes(range) => range.clone(),
            Place::File => 0..0,
            Place::Value(path) | Place::Key(path) => self.value(path),
            Place::Text(path, typed) => {
                let piece = self.texts.iter().find(|(own, range, _)| {
                    own == path && range.start <= typed.start && typed.start <= range.end
                });
                match piece {
                    Some((_, range, start)) => {
                        let end = typed.end.min(range.end).max(typed.start);
                        start + typed.start - range.start..start + end - range.start
                    }
                    None => self.value(path),
                }
            }
        }
    }

    fn value(&self, path: &FieldPath) -> Range<usize> {
        let mut path = path.clone();
        loop {
            if let Some(range) = self.values.get(&path) {
                return range.clone();
            }
            if path.is_root() {
                return 0..0;
            }
            path = path.parent();
        }
    }

    /// The name of the place of a byte as people call it.
    pub(super) fn spot(&self, byte: usize) -> Option<&str> {
        let after = self.spots.partition_point(|(range, _)| range.start <= byte);
        let (_, spot) = self.spots.get(after.checked_sub(1)?)?;
        (!spot.is_empty()).then_some(spot.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_lead_into_the_text_of_the_file() {
        let text = FieldPath::new("overview.text");
        let places = PlacesIn {
            values: BTreeMap::from([(FieldPath::new("overview"), 0..4)]),
            texts: vec![(text.clone(), 0..6, 10), (text.clone(), 7..13, 30)],
            spots: vec![(0..4, "第1段".to_owned()), (10..16, "第2段".to_owned())],
        };
        assert_eq!(places.range(&Place::Text(text.clone(), 9..13)), 32..36);
        assert_eq!(places.range(&Place::Text(text.clone(), 3..9)), 13..16);
        assert_eq!(places.range(&Place::Value(FieldPath::new("overview.parts[0].text"))), 0..4);
        assert_eq!(places.range(&Place::Value(FieldPath::new("report.year"))), 0..0);
        assert_eq!((places.spot(12), places.spot(2)), (Some("第2段"), Some("第1段")));
    }
}
