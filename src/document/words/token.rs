//! A text as the words of the list, figures with their units, marks, and characters that none of
//! these explain: the division with the fewest of them.

use super::lexicon::{self, Entry, is_numeral};

/// A piece of the text, from byte to byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) kind: TokenKind,
}

/// The role of a piece of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// A word of several characters; a place or a body may end with it.
    Word { place: bool, body: bool },
    /// A figure or a Western word, with its unit.
    Figure,
    /// One character that says what a place is.
    Place,
    /// One character that says what a body is.
    Body,
    /// One character that begins what follows.
    Forward,
    /// One character that ends what precedes.
    Back,
    /// `族`, which ends the name of a people inside the name of a place.
    People,
    /// An opening mark; `〔` of a document's number is tied to what precedes.
    Opening { tied: bool },
    /// A closing mark or a stop.
    Closing,
    /// Blanks.
    Space,
    /// A character of no known word.
    Unknown,
}

/// The pieces of a text in order.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let characters: Vec<(usize, char)> = text.char_indices().collect();
    let n = characters.len();
    let byte = |i: usize| characters.get(i).map_or(text.len(), |(at, _)| *at);
    // For each place the least cost to come there, from where, and as what.
    let mut best: Vec<(u32, usize, TokenKind)> = vec![(u32::MAX, 0, TokenKind::Unknown); n + 1];
    best[0].0 = 0;
    for start in 0..n {
        if best[start].0 == u32::MAX {
            continue;
        }
        for (end, kind, cost) in candidates(text, &characters, start, &byte) {
            let cost = best[start].0 + cost;
            if cost < best[end].0 {
                best[end] = (cost, start, kind);
            }
        }
    }
    let mut tokens = Vec::new();
    let mut end = n;
    while end > 0 {
        let (_, start, kind) = best[end];
        tokens.push(Token { start: byte(start), end: byte(end), kind });
        end = start;
    }
    tokens.reverse();
    tokens
}

/// A token that may begin at a character: where it ends, what it is, and what it costs.
fn candidates(
    text: &str,
    characters: &[(usize, char)],
    start: usize,
    byte: &impl Fn(usize) -> usize,
) -> Vec<(usize, TokenKind, u32)> {
    const WORD: u32 = 10;
    let at = |i: usize| characters.get(i).map(|(_, c)| *c);
    let Some(first) = at(start) else { return Vec::new() };
    let run = |from: usize, is: fn(char) -> bool| {
        (from..characters.len()).find(|i| !at(*i).is_some_and(is)).unwrap_or(characters.len())
    };
    if first.is_whitespace() {
        return vec![(run(start, char::is_whitespace), TokenKind::Space, 0)];
    }
    if is_opening(first) {
        return vec![(start + 1, TokenKind::Opening { tied: first == '〔' && start > 0 }, 0)];
    }
    if is_closing(first) {
        return vec![(start + 1, TokenKind::Closing, 0)];
    }
    if is_western(first) {
        let end = run(start, is_western);
        return vec![(measured(text, end, byte), TokenKind::Figure, WORD)];
    }
    let mut found = Vec::new();
    if first == '第' {
        let bracket = usize::from(at(start + 1) == Some('（'));
        let from = start + 1 + bracket;
        let to = run(from, |c| is_numeral(c) || c.is_ascii_digit());
        let closed = to + usize::from(bracket == 1 && at(to) == Some('）'));
        if to > from && closed == to + bracket {
            found.push((measured(text, closed, byte), TokenKind::Figure, WORD));
        }
    }
    if is_numeral(first) {
        let to = run(start, is_numeral);
        let end = measured(text, to, byte);
        if end > to {
            found.push((end, TokenKind::Figure, WORD + 1));
        }
    }
    let mut alone = Entry::default();
    for (word, entry) in lexicon::beginnings(&text[byte(start)..]) {
        match word.chars().count() {
            1 => alone = entry,
            n => {
                let kind = TokenKind::Word { place: entry.place, body: entry.body };
                found.push((start + n, kind, WORD));
            }
        }
    }
    let (kind, cost) = standing_alone(first, alone);
    found.push((start + 1, kind, cost));
    found
}

/// The kind of a character that is a word of its own, and what it costs.
fn standing_alone(character: char, entry: Entry) -> (TokenKind, u32) {
    match entry {
        _ if character == '族' => (TokenKind::People, 14),
        _ if entry.place => (TokenKind::Place, 12),
        _ if entry.body => (TokenKind::Body, 12),
        _ if entry.forward => (TokenKind::Forward, 12),
        _ if entry.back => (TokenKind::Back, 12),
        _ => (TokenKind::Unknown, 16),
    }
}

/// The end of a figure that has come to `end`, with the longest unit that follows.
fn measured(text: &str, end: usize, byte: &impl Fn(usize) -> usize) -> usize {
    lexicon::beginnings(&text[byte(end)..])
        .find(|(_, entry)| entry.measure)
        .map_or(end, |(unit, _)| end + unit.chars().count())
}

fn is_opening(c: char) -> bool {
    ['（', '《', '〈', '「', '『', '【', '〖', '〔', '［', '｛', '“', '‘', '(', '[', '{']
        .contains(&c)
}

fn is_closing(c: char) -> bool {
    [
        '，', '。', '、', '；', '：', '！', '？', '）', '》', '〉', '」', '』', '】', '〗', '〕',
        '］', '｝', '”', '’', '．', '·', '—', '…', '～', ',', ';', ':', '!', '?', ')', ']', '}',
    ]
    .contains(&c)
}

fn is_western(c: char) -> bool {
    (c.is_ascii_graphic() && !is_opening(c) && !is_closing(c)) || c == '−'
}
