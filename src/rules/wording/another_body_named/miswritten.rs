//! The name of the report's own body with a character left out, or one too many: 清河街道办事处 for 清河路街道办事处.

use std::ops::Range;

use crate::report::Report;
use crate::rules::Findings;
use crate::rules::machinery::text::{Role, pieces};
use crate::rules::machinery::word_lists::WordLists;

/// The shortest name of which a character may be missed.
const SHORTEST: usize = 6;
/// The characters at the end of a name by which it is found; they are right.
const END: usize = 3;
/// The characters at its beginning that must be right, so that it is no other body's name.
const BEGIN: usize = 3;

/// Reports the first place at which a report writes the name of its body with one character left out or added.
pub(super) fn judge_miswritten(report: &Report, own: &str, findings: &mut Findings<'_>) {
    let name: Vec<char> = own.chars().collect();
    if name.len() < SHORTEST.max(BEGIN + END) {
        return;
    }
    for piece in pieces(report).iter().filter(|piece| piece.role != Role::Note) {
        let text = piece.printed();
        let Some(range) = miswritten(text, own, &name) else { continue };
        let place = piece.place(range.clone());
        // Said above already.
        if findings.list.iter().any(|finding| finding.primary.place == place) {
            return;
        }
        let message = format!("“{}”与本机关的名称“{own}”差一个字", &text[range]);
        let finding = findings.report(place, message, "与机关名称不符");
        finding.help.push(format!("写作“{own}”；不是本机关的，不用改"));
        return;
    }
}

/// The bytes of the first such name in a text.
fn miswritten(text: &str, own: &str, name: &[char]) -> Option<Range<usize>> {
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
            (begins && is_one_off(&said, name)).then_some(start..end)
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
