//! Shared by the rules on texts: the texts of a report, their sentences, and places that are counted.

pub(in crate::rules) mod dictionary;
pub(in crate::rules) mod numbering;
pub(in crate::rules) mod prescribed;
pub(in crate::rules) mod sightings;
pub(in crate::rules) mod similarity;

use std::borrow::Cow;
use std::ops::Range;

use crate::diag::Place;
use crate::report::{FieldPath, Narrative, Report, Text};

/// The marks that end a clause.
pub(in crate::rules) const CLAUSE_ENDS: &[char] =
    &['，', '；', '：', '。', '、', ',', ';', '\n', '（', '）'];
/// The marks that end a sentence, or a part of one that stands by itself.
pub(in crate::rules) const SENTENCE_ENDS: &[char] = &['。', '！', '？', '；', '\n'];

/// A text of the report that is printed, with its address.
pub(in crate::rules) struct Piece<'a> {
    /// Its place.
    pub(in crate::rules) path: FieldPath,
    /// The kind of text.
    pub(in crate::rules) role: Role,
    text: Cow<'a, Text>,
}

/// The use of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::rules) enum Role {
    /// The title of the report, when the clerk wrote his own.
    Title,
    /// The heading of a part.
    Heading,
    /// Running text.
    Body,
    /// A remark on a table or a cell.
    Note,
}

impl Piece<'_> {
    /// The text as printed.
    pub(in crate::rules) fn printed(&self) -> &str {
        self.text.printed()
    }

    /// The place of some bytes of the printed text.
    pub(in crate::rules) fn place(&self, printed: Range<usize>) -> Place {
        Place::Text(self.path.clone(), self.text.typed_range(printed))
    }
}

/// All texts of a report in reading order; a waiver's reason is not printed and not among them.
pub(in crate::rules) fn pieces(report: &Report) -> Vec<Piece<'_>> {
    let single =
        |path: FieldPath, role, text: &str| Piece { path, role, text: Cow::Owned(Text::new(text)) };
    let mut pieces: Vec<Piece<'_>> = Vec::new();
    if let Some(title) = &report.header.title {
        pieces.push(single(FieldPath::new("report.title"), Role::Title, title));
    }
    pieces.extend(report.texts().into_iter().map(|(path, text)| {
        let is_heading = path.as_str().ends_with(".heading");
        let role = if is_heading { Role::Heading } else { Role::Body };
        Piece { path, role, text: Cow::Borrowed(text) }
    }));
    pieces.extend(report.notes.iter().enumerate().map(|(i, note)| {
        single(FieldPath::new("notes").index(i).key("text"), Role::Note, &note.text)
    }));
    pieces
}

/// The texts of one narrative section, headings among them, in reading order.
pub(in crate::rules) fn section_pieces<'a>(narrative: &'a Narrative, key: &str) -> Vec<Piece<'a>> {
    let at = FieldPath::new(key);
    let mut pieces = Vec::new();
    let mut push = |path: FieldPath, role, text: &'a Option<Text>| {
        pieces.extend(text.as_ref().map(|text| Piece { path, role, text: Cow::Borrowed(text) }));
    };
    push(at.key("text"), Role::Body, &narrative.text);
    for (i, part) in narrative.parts.iter().enumerate() {
        let at = at.key("parts").index(i);
        push(at.key("heading"), Role::Heading, &part.heading);
        push(at.key("text"), Role::Body, &part.text);
    }
    pieces
}

/// The bytes round some others up to the next of some marks, as far as a few hundred bytes reach on either side.
pub(in crate::rules) fn around(text: &str, at: &Range<usize>, marks: &[char]) -> Range<usize> {
    const REACH: usize = 600;
    let from = text.floor_char_boundary(at.start.saturating_sub(REACH));
    let to = text.ceil_char_boundary(at.end.saturating_add(REACH));
    let before = text[from..at.start].rsplit(marks).next().map_or(0, str::len);
    let behind = text[at.end..to].split(marks).next().map_or(0, str::len);
    at.start - before..at.end + behind
}

/// The sentences of a text with their marks: bytes up to and with `。！？`, or to the end of a line.
pub(in crate::rules) fn sentences(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    text.split_inclusive(['。', '！', '？', '\n']).map(move |piece| {
        let range = start..start + piece.len();
        start = range.end;
        range
    })
}

/// The bytes of every line that is not blank, without the blanks at its ends.
pub(in crate::rules) fn lines(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    text.split_inclusive('\n').filter_map(move |line| {
        let begin = start + (line.len() - line.trim_start().len());
        start += line.len();
        let words = line.trim();
        (!words.is_empty()).then(|| begin..begin + words.len())
    })
}

/// True if a text holds one of the words.
pub(in crate::rules) fn has_any(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.contains(word))
}

/// True if a character is a Chinese one.
pub(in crate::rules) fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '\u{20000}'..='\u{323af}' | '〇')
}

/// The number of characters a text has, blanks not counted.
pub(in crate::rules) fn length(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_and_lines_cover_the_text() {
        let text = "一，二。三；四\n五";
        let words = |ranges: Vec<Range<usize>>| -> Vec<String> {
            ranges.into_iter().map(|r| text[r].to_owned()).collect()
        };
        assert_eq!(words(sentences(text).collect()), ["一，二。", "三；四\n", "五"]);
        let lined = " 一\n\n　二 \n";
        let found: Vec<_> = lines(lined).map(|r| &lined[r]).collect();
        assert_eq!(found, ["一", "二"]);
    }
}
