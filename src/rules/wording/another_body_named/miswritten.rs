//! The name of the report's own body with a character left out, or one too many: 清河街道办事处 for 清河路街道办事处.

use std::ops::Range;

use crate::rules::machinery::word_lists::WordLists;

/// The characters at the end of a name by which it is found; they are right.
const END: usize = 3;
/// The characters at its beginning that must be right, so that it is no other body's name.
const BEGIN: usize = 3;
/// The shortest name of which a character may be missed.
const SHORTEST: usize = BEGIN + END;

/// The bytes of the first place of a text where the name of its body stands with one character left out or added.
pub(super) fn own_name(text: &str, own: &str) -> Option<Range<usize>> {
    let name: Vec<char> = own.chars().collect();
    if name.len() < SHORTEST {
        return None;
    }
    let tail: String = name[name.len() - END..].iter().collect();
    let head: String = name[..BEGIN].iter().collect();
    text.match_indices(&tail).find_map(|(at, _)| {
        let end = at + tail.len();
        let before = &text[..end];
        if before.ends_with(own) {
            return None;
        }
        [name.len() - 1, name.len() + 1].into_iter().find_map(|length| {
            let (start, _) = before.char_indices().rev().nth(length - 1)?;
            let said: Vec<char> = before[start..].chars().collect();
            let begins = before[start..].starts_with(&head);
            (begins && is_one_off(&said, &name)).then_some(start..end)
        })
    })
}

/// True if one name is the other with a character added, which is none that names are often written without.
fn is_one_off(one: &[char], other: &[char]) -> bool {
    let (short, long) = if one.len() < other.len() { (one, other) } else { (other, one) };
    let at = short.iter().zip(long).position(|(a, b)| a != b).unwrap_or(short.len());
    let rest = long.get(at + 1..).unwrap_or_default();
    let optional = long
        .get(at)
        .is_none_or(|c| WordLists::get().selves.optional.has(c.encode_utf8(&mut [0; 4])));
    short.get(at..).unwrap_or_default() == rest && !optional
}
