//! Places of the body itself, too short to be terms, that are one character off: 云领县 in the report of 云岭县.

use super::lexicon::Lexicon;
use super::segment::Words;
use super::{Certainty, Found, Own, Run, SlipKind};

/// The places of a run that are a place of the body but for one character like the right one in sound or shape.
pub(super) fn find(run: &Run, words: &Words, lexicon: &Lexicon, own: &Own) -> Vec<Found> {
    let mut found = Vec::new();
    for place in &own.places {
        let n = place.len();
        for (start, there) in run.chars.windows(n).enumerate() {
            let differ = |i: &usize| there[*i] != place[*i];
            let mut different = (0..n).filter(differ);
            let (Some(i), None) = (different.next(), different.next()) else { continue };
            // Of another kind it is another place.
            let is_slip = i + 1 < n
                && lexicon.are_alike(there[i], place[i])
                && !own.words.iter().any(|word| word == there)
                && !words.crosses(start)
                && !words.crosses(start + n);
            if is_slip {
                found.push(Found {
                    range: start..start + n,
                    right: place.iter().collect(),
                    kind: SlipKind::Replaced,
                    certainty: Certainty::Possible,
                });
            }
        }
    }
    found
}
