//! The characters that may begin or end a line (GB/T 15834-2011, 5.1), and their spacing.

use std::ops::Range;

/// The class of a piece of text in line breaking and spacing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// The blank at the beginning of a paragraph.
    Indent,
    /// A character as wide as its cell.
    Han,
    /// An opening mark, whose left half is blank.
    Open,
    /// A closing mark or a stop, whose right half is blank.
    Close,
    /// A mark half a cell wide (间隔号).
    Middle,
    /// 破折号 or 省略号, two cells that stay together.
    Dash,
    /// A Western word.
    West,
    /// A blank between Western words.
    Space,
}

const OPEN: [char; 12] = ['（', '《', '〈', '「', '『', '【', '〖', '〔', '［', '｛', '“', '‘'];
const CLOSE: [char; 20] = [
    '，', '。', '、', '；', '：', '！', '？', '）', '》', '〉', '」', '』', '】', '〗', '〕', '］',
    '｝', '”', '’', '．',
];
const NEVER_FIRST: [char; 45] = [
    '，', '。', '、', '；', '：', '！', '？', '）', '》', '〉', '」', '』', '】', '〗', '〕', '］',
    '｝', '”', '’', '．', '·', '•', '・', '～', '〜', '％', '‰', '℃', '°', '′', '″', '々', '/',
    '-', '–', ',', '.', ';', ':', '!', '?', ')', ']', '}', '%',
];
const NEVER_LAST: [char; 20] = [
    '（', '《', '〈', '「', '『', '【', '〖', '〔', '［', '｛', '“', '‘', '￥', '¥', '$', '(', '[',
    '{', '№', '＃',
];

/// The character as it is printed; `None` for those that print nothing.
pub(super) fn printable(character: char) -> Option<char> {
    match character {
        '\t' | '\n' | '\r' | '\u{A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' => {
            Some(' ')
        }
        '\u{AD}'
        | '\u{200B}'..='\u{200F}'
        | '\u{2028}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}'
        | '\u{FE00}'..='\u{FE0F}'
        | '\u{FEFF}'
        | '\u{E0000}'..='\u{E0FFF}' => None,
        _ if character.is_control() => None,
        _ => Some(character),
    }
}

/// The class of a character; `None` when only its face can tell how wide it is.
///
/// `between_letters` says that Western letters or figures stand on both sides.
pub(super) fn class(character: char, between_letters: bool) -> Option<Class> {
    Some(match character {
        '’' | '·' if between_letters => Class::West,
        '·' | '•' | '・' => Class::Middle,
        '—' | '―' | '…' | '⋯' => Class::Dash,
        _ if OPEN.contains(&character) => Class::Open,
        _ if CLOSE.contains(&character) => Class::Close,
        '\0'..='\u{7F}' => Class::West,
        '\u{2E80}'..='\u{FF60}' | '\u{FFE0}'..='\u{FFE6}' | '\u{20000}'..='\u{3FFFF}' => Class::Han,
        _ => return None,
    })
}

/// True if no line may begin with this character.
pub(super) fn never_first(character: char) -> bool {
    NEVER_FIRST.contains(&character)
}

/// True if no line may end with this character.
pub(super) fn never_last(character: char) -> bool {
    NEVER_LAST.contains(&character)
}

/// A part of a Western run that stays whole.
#[derive(Debug, PartialEq)]
pub(super) struct Piece {
    /// Its characters in the run.
    pub(super) range: Range<usize>,
    /// True if it is a blank.
    pub(super) space: bool,
    /// True if a line may end before it.
    pub(super) may_break_before: bool,
    /// Its cost.
    pub(super) penalty: f64,
}

/// Takes a Western run apart where a line may end: after blanks, after slashes and hyphens between
/// letters, and in addresses after any sign that structures them.
pub(super) fn western_pieces(characters: &[char], address: bool) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut penalty = None;
    for i in 0..characters.len() {
        let after = characters.get(i + 1);
        let cost = cost_after(characters, i, address);
        if cost.is_none() && after.is_some_and(|c| *c != ' ') {
            continue;
        }
        pieces.push(Piece {
            range: start..i + 1,
            space: characters[start..=i].iter().all(|c| *c == ' '),
            may_break_before: penalty.is_some(),
            penalty: penalty.unwrap_or(0.0),
        });
        start = i + 1;
        penalty = cost;
    }
    pieces
}

/// The cost of ending a line after a character of a Western run; `None` where it is forbidden.
fn cost_after(characters: &[char], i: usize, address: bool) -> Option<f64> {
    let after = *characters.get(i + 1)?;
    match characters[i] {
        // The number of a standard: `GB/T 9704`.
        ' ' if after.is_ascii_digit() && i > 0 && characters[i - 1].is_ascii_uppercase() => None,
        ' ' if after != ' ' => Some(0.0),
        '/' | '?' | '&' | '=' | '#' | '@' if address && after != '/' => Some(0.5),
        '-' | '_' | '.' | '%' | '+' | ',' | ';' | ':' if address && after != '/' => Some(1.0),
        '/' | '-' if word_before(characters, i) && word_after(characters, i) => Some(1.0),
        _ => None,
    }
}

/// True if at least so many letters stand before and behind a sign that a line may end there.
const WORD: usize = 3;

fn word_before(characters: &[char], i: usize) -> bool {
    characters[..i].iter().rev().take_while(|c| c.is_ascii_alphabetic()).count() >= WORD
}

fn word_after(characters: &[char], i: usize) -> bool {
    characters[i + 1..].iter().take_while(|c| c.is_ascii_alphabetic()).count() >= WORD
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str, address: bool) -> Vec<String> {
        let characters: Vec<char> = text.chars().collect();
        western_pieces(&characters, address)
            .into_iter()
            .map(|piece| {
                let mark = if piece.may_break_before { "|" } else { "" };
                format!("{mark}{}", characters[piece.range].iter().collect::<String>())
            })
            .collect()
    }

    #[test]
    fn addresses_break_at_their_signs() {
        assert_eq!(
            pieces("http://www.a-b.cn/x?y=1", true),
            ["http://", "|www.", "|a-", "|b.", "|cn/", "|x?", "|y=", "|1"]
        );
        assert_eq!(pieces("2023-01-29", false), ["2023-01-29"]);
    }

    #[test]
    fn words_break_after_blanks() {
        assert_eq!(pieces("PDF/A and 1.5", false), ["PDF/A", " ", "|and", " ", "|1.5"]);
        assert_eq!(pieces("input/output", false), ["input/", "|output"]);
        assert_eq!(pieces("GB/T 9704", false), ["GB/T", " 9704"]);
    }
}
