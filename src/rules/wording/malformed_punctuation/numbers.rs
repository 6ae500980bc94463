//! Numbers that are cut off, hold letters, or have another mark for their point.

use super::{BadMark, is_chinese};
use crate::rules::machinery::text::sightings::Sightings;
use crate::rules::machinery::text::{Piece, is_han};
use crate::rules::machinery::word_lists::WordLists;

/// Letters among the figures of a number, and numbers cut off from what they count.
pub(super) fn figures(piece: &Piece<'_>, seen: &mut Sightings<BadMark>) {
    let text = piece.printed();
    let mut end = 0;
    for (at, c) in text.char_indices() {
        if at < end || !is_figure_or_twin(c) {
            continue;
        }
        let length = text[at..].find(|c| !is_figure_or_twin(c)).unwrap_or(text.len() - at);
        end = at + length;
        let word = &text[at..end];
        let before = text[..at].chars().next_back();
        let after = text[end..].chars().next();
        let digits = word.bytes().filter(u8::is_ascii_digit).count();
        // 1O条, l2件; but not O2O, OL1 or the name of a file.
        let counts = after.is_some_and(|c| COUNTERS.contains(c));
        if digits > 0 && digits < word.len() && counts && before.is_none_or(is_break) {
            seen.add(BadMark::Letter, piece, at..end);
        }
        if digits == word.len() && counts && before == Some('，') {
            cut_off(piece, at, end, seen);
        }
    }
}

/// 收到信件，183条，: a verb with its object, and behind a comma nothing but the number.
fn cut_off(piece: &Piece<'_>, number: usize, end: usize, seen: &mut Sightings<BadMark>) {
    let text = piece.printed();
    let rest = text[end..].strip_prefix('余').unwrap_or(&text[end..]);
    let closes = rest.chars().nth(1).is_none_or(|c| "，。；\n".contains(c));
    let clause = text[..number - '，'.len_utf8()]
        .rsplit(['，', '。', '；', '：', '、', '\n', '（'])
        .next()
        .unwrap_or_default();
    let lists = WordLists::get();
    let is_act =
        lists.counted_acts.are_in(clause) && lists.counted_objects.end_of(clause).is_some();
    if closes && is_act && clause.chars().all(is_han) {
        seen.add(BadMark::Apart, piece, number - clause.len() - '，'.len_utf8()..end);
    }
}

/// 91。65%, 137。6万: a full stop or a comma between the figures of one number.
pub(super) fn points(piece: &Piece<'_>, seen: &mut Sightings<BadMark>) {
    /// The most figures before the point: 2024 and 12345 are numbers of their own.
    const WHOLE: usize = 3;
    let text = piece.printed();
    for (at, mark) in text.match_indices(['。', '，']) {
        let before = &text[..at];
        let whole = before.bytes().rev().take(WHOLE + 1).take_while(u8::is_ascii_digit).count();
        let behind = &text[at + mark.len()..];
        let part = behind.bytes().take_while(u8::is_ascii_digit).count();
        // 分别占8、12，5%: a list.
        let listed = before[..before.len() - whole].ends_with(['.', '、', '，', '-', '—', '/']);
        let unit = &behind[part..];
        let rate = unit.starts_with('%');
        let large = mark == "。" && unit.starts_with(['万', '亿']);
        if (1..=WHOLE).contains(&whole) && (1..=2).contains(&part) && !listed && (rate || large) {
            let end = at + mark.len() + part + usize::from(rate);
            seen.add(BadMark::Point, piece, at - whole..end);
        }
    }
}

/// Things counted in this field.
const COUNTERS: &str = "条件次篇期项个份场人余万户家页元部封";

/// A figure, or a letter that looks like one.
fn is_figure_or_twin(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, 'O' | 'o' | 'l' | 'I')
}

/// True of a character that can stand before a number: a Chinese character or mark, or a blank.
fn is_break(c: char) -> bool {
    is_chinese(Some(c)) || c.is_whitespace()
}
