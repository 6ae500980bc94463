//! The ways in which a single character may stand, and the tail behind one in a word.

use super::han::place;

/// It often stands alone.
pub(super) const FREE: u8 = 1;
/// It is a word of grammar.
pub(super) const GRAMMAR: u8 = 2;
/// A term without it is often right as well.
pub(super) const OPTIONAL: u8 = 4;
/// It counts things.
pub(super) const COUNTER: u8 = 8;
/// It names a kind of place.
pub(super) const PLACE: u8 = 16;
/// It ends the name of a body.
pub(super) const BODY: u8 = 32;
/// A word that begins with it may stand behind it.
pub(super) const PRECEDES_ITSELF: u8 = 64;
/// It begins longer words as a prefix.
pub(super) const PREFIX: u8 = 128;

/// The bits of a character in a packed word, and those of its cost.
const BITS: u32 = 15;
pub(super) const COST_BITS: u32 = 8;

/// The tail behind the first character of a word, up to three characters, as a number in the order of the characters; 0 stands
/// for none, and so does a character outside the block.
pub(super) fn packed(tail: impl IntoIterator<Item = char>) -> u64 {
    let number = |c: char| place(c).map_or(0, |place| place as u64 + 1);
    let tail = tail.into_iter().take(3).zip(0u32..);
    tail.fold(0, |key, (c, i)| key | number(c) << (BITS * (2 - i)))
}

/// The number behind the last of those whose second character is that of a packed tail of one character.
pub(super) fn next_second(tail: u64) -> u64 {
    tail + (1 << (BITS * 2))
}

/// The packed tail and the cost of a word.
pub(super) fn tail_and_cost(word: u64) -> (u64, u32) {
    (word >> COST_BITS, (word & 0xff) as u32)
}
