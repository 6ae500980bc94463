//! Ranks that have changed, with by how much: 列第5位，比上年的第9位前移4位.

use std::ops::Range;

use crate::prose::Lexicon;
use crate::rules::machinery::text::numbering::whole_number;
use crate::rules::machinery::word_lists::WordLists;

/// Two ranks with the number of places between them that a text tells.
pub(super) struct Move {
    /// The rank before, and the one now.
    pub(super) from: u32,
    pub(super) to: u32,
    /// The number of places, where the text tells it.
    pub(super) by: Option<u32>,
    /// The bytes of that number, or else of the rank now.
    pub(super) digits: Range<usize>,
    /// True if the text says that the rank has become better.
    pub(super) up: bool,
}

impl Move {
    /// True if the places lie between the two ranks, in the direction that is told.
    pub(super) fn comes_out(&self) -> bool {
        let (better, worse) = if self.up { (self.to, self.from) } else { (self.from, self.to) };
        worse.checked_sub(better).is_some_and(|places| self.by.is_none_or(|by| by == places))
    }
}

/// Every move of a text: one in a piece of a sentence that tells two ranks and nothing of a third.
pub(super) fn moves(text: &str) -> Vec<Move> {
    let mut start = 0;
    let pieces = text.split_inclusive(['。', '；', '\n']).map(|piece| {
        let from = start;
        start += piece.len();
        (from, piece)
    });
    pieces.filter_map(|(from, piece)| of_piece(from, piece)).collect()
}

fn of_piece(start: usize, piece: &str) -> Option<Move> {
    let words = &WordLists::get().ranks;
    let ranks: Vec<(usize, usize, u32)> = piece
        .match_indices('第')
        .filter_map(|(at, sign)| {
            let number = at + sign.len();
            let (rank, length) = whole_number(&piece[number..])?;
            let end = number + length;
            let named = words.moved.start_of(&piece[end..]).is_some();
            named.then_some((at, end, rank))
        })
        .collect();
    let [(first_at, first_end, first), (second_at, _, second)] = ranks.as_slice() else {
        return None;
    };
    // 由第9位上升到第4位，前移5位: the first verb tells no places.
    let told = |list: &crate::prose::Words, up: bool| -> Option<(usize, usize, u32, bool)> {
        let mut verbs = list.iter().flat_map(|word| piece.match_indices(word));
        verbs.find_map(|(at, word)| {
            let number = at + word.len();
            let rest = piece.get(number..)?;
            let skipped = rest.len() - rest.trim_start_matches('了').len();
            let (by, length) = whole_number(&rest[skipped..])?;
            let from = number + skipped;
            words.moved.start_of(&piece[from + length..])?;
            Some((from, from + length, by, up))
        })
    };
    let (better, worse) = (told(&words.better, true), told(&words.worse, false));
    let Some((from, to, by, up)) = better.xor(worse) else {
        return by_direction(start, piece, &ranks[0], &ranks[1]);
    };
    let year = &Lexicon::get().growth.last_year;
    let lead = |at: usize, floor: usize| {
        let said = piece.get(floor..at).unwrap_or_default();
        said.rsplit(['，', '、', '（']).next().unwrap_or_default()
    };
    let is_of_last_year = |said: &str| year.are_in(said);
    let (one, other) = (lead(*first_at, 0), lead(*second_at, *first_end));
    let base_is_first = if words.changes_from.end_of(one).is_some() || is_of_last_year(one) {
        true
    } else if is_of_last_year(other) || other.starts_with(['比', '较']) {
        false
    } else {
        return None;
    };
    let (before, now) = if base_is_first { (*first, *second) } else { (*second, *first) };
    Some(Move { from: before, to: now, by: Some(by), digits: start + from..start + to, up })
}

/// A move of which nothing but the direction is told: 由第三名上升到第五名.
fn by_direction(
    start: usize,
    piece: &str,
    (first_at, first_end, from): &(usize, usize, u32),
    (second_at, second_end, to): &(usize, usize, u32),
) -> Option<Move> {
    let words = &WordLists::get().ranks;
    let between = piece.get(*first_end..*second_at)?;
    let place = words.moved.start_of(between)?;
    let verb = between[place.len()..].strip_suffix(words.becomes.end_of(between)?)?;
    let (better, worse) = (words.better.has(verb), words.worse.has(verb));
    let from_first = words.changes_from.end_of(piece.get(..*first_at)?).is_some();
    let digits = start + second_at + '第'.len_utf8()..start + second_end;
    (from_first && better != worse).then_some(Move {
        from: *from,
        to: *to,
        by: None,
        digits,
        up: better,
    })
}
