//! Chinese characters, and their numbers in the common block.

pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '〇')
}

/// The block of common Chinese characters.
const FIRST: u32 = 0x4e00;
const LAST: u32 = 0x9fff;

/// The number of characters in it.
pub(super) const CHARACTERS: usize = (LAST - FIRST) as usize + 1;

/// The place of a Chinese character among all, where it is one of the common block.
pub(super) fn place(c: char) -> Option<usize> {
    let code = u32::from(c);
    (FIRST..=LAST).contains(&code).then(|| (code - FIRST) as usize)
}
