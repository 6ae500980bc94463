//! The kinds of words of names and labels, as bits; `build.rs` reads this file, too.

/// A kind of place: `县`.
pub(super) const PLACE: u8 = 1;
/// A kind of body: `局`.
pub(super) const BODY: u8 = 2;
/// The unit behind a figure: `件`.
pub(super) const MEASURE: u8 = 4;
/// It begins what follows: `和`.
pub(super) const FORWARD: u8 = 8;
/// It ends what precedes: `的`.
pub(super) const BACK: u8 = 16;
