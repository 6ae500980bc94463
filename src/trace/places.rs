//! [`Texts`]: places in the texts of a report as pages count them, in what is printed and in what is typed.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::Serialize;

use crate::report::{FieldPath, Report, Text};

/// Words of a printed paragraph; offsets count UTF-16 units, as scripts do.
#[derive(Debug, Clone, Serialize, PartialEq, Eq)]
pub(crate) struct Printed {
    /// The index of the paragraph in the text, from 0.
    pub(crate) paragraph: usize,
    /// The length of the paragraph, without a heading that runs into it.
    pub(crate) length: usize,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// Words of a text as a field shows it, in UTF-16 units.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Typed {
    start: usize,
    end: usize,
}

/// A text as a field shows it: the end of its last line goes without saying.
pub(crate) fn as_shown(typed: &str) -> String {
    typed.replace("\r\n", "\n").trim_end_matches('\n').to_owned()
}

/// The texts of a report by their addresses, made ready once for many findings.
#[derive(Default)]
pub(crate) struct Texts<'a>(BTreeMap<FieldPath, Indexed<'a>>);

/// A text in which a place is found without reading all that stands before it.
struct Indexed<'a> {
    text: &'a Text,
    /// The bytes of each paragraph in the text as printed.
    paragraphs: Vec<Range<usize>>,
    printed: Units<'a>,
    typed: Units<'a>,
    /// The units of the text as its field shows it.
    shown: usize,
}

impl<'a> Texts<'a> {
    pub(crate) fn of(report: &'a Report) -> Self {
        let texts = report.texts().into_iter();
        Self(texts.map(|(path, text)| (path, Indexed::of(text))).collect())
    }

    /// The text with that address.
    pub(crate) fn text(&self, path: &FieldPath) -> Option<&Text> {
        self.0.get(path).map(|indexed| indexed.text)
    }

    /// The place in the printed paragraphs of some bytes of the text with that address as typed.
    pub(crate) fn words(&self, path: &FieldPath, typed: &Range<usize>) -> Option<Printed> {
        self.0.get(path).and_then(|text| text.words(typed))
    }

    /// The place in its field of some bytes of the text with that address as typed.
    pub(crate) fn typed(&self, path: &FieldPath, typed: &Range<usize>) -> Option<Typed> {
        self.0.get(path).map(|text| text.typed(typed))
    }
}

impl<'a> Indexed<'a> {
    fn of(text: &'a Text) -> Self {
        Self {
            text,
            paragraphs: text.paragraphs().map(|paragraph| paragraph.range).collect(),
            printed: Units::of(text.printed()),
            typed: Units::of(text.typed()),
            shown: as_shown(text.typed()).encode_utf16().count(),
        }
    }

    /// The place in its field of some bytes of the text as typed.
    fn typed(&self, typed: &Range<usize>) -> Typed {
        let units = |byte: usize| self.typed.before(byte).min(self.shown);
        Typed { start: units(typed.start), end: units(typed.end) }
    }

    /// The place in the printed paragraphs of some bytes of the text as typed.
    fn words(&self, typed: &Range<usize>) -> Option<Printed> {
        let start = printed(self.text, typed.start, |bound| bound.start);
        let end = printed(self.text, typed.end, |bound| bound.end);
        let index = self.paragraphs.partition_point(|paragraph| paragraph.end <= start);
        let paragraph = self.paragraphs.get(index)?;
        let begin = self.printed.before(paragraph.start);
        let within = |byte: usize| {
            let byte = byte.clamp(paragraph.start, paragraph.end);
            self.printed.before(byte).saturating_sub(begin)
        };
        Some(Printed {
            paragraph: index,
            length: within(paragraph.end),
            start: within(start),
            end: within(end),
        })
    }
}

/// The UTF-16 units of a text, counted without reading all that stands before a place; the end of a line is one.
struct Units<'a> {
    text: &'a str,
    /// A byte now and then, and the units before it.
    marks: Vec<(usize, usize)>,
}

impl<'a> Units<'a> {
    fn of(text: &'a str) -> Self {
        /// The most bytes read to count the units before a place.
        const STRIDE: usize = 1024;
        let (mut marks, mut units, mut next) = (Vec::new(), 0, 0);
        let mut characters = text.char_indices().peekable();
        while let Some((byte, character)) = characters.next() {
            if byte >= next {
                marks.push((byte, units));
                next = byte + STRIDE;
            }
            let is_half = character == '\r' && characters.peek().is_some_and(|(_, c)| *c == '\n');
            units += if is_half { 0 } else { character.len_utf16() };
        }
        Self { text, marks }
    }

    /// The number of units before a byte.
    fn before(&self, byte: usize) -> usize {
        let mark = self.marks.partition_point(|(at, _)| *at <= byte).checked_sub(1);
        let (from, before) = mark.map_or((0, 0), |i| self.marks[i]);
        let rest = self.text.get(from..byte).unwrap_or_default();
        before + rest.encode_utf16().count() - rest.matches("\r\n").count()
    }
}

/// The byte of the printed text for one of the typed text; one inside `{{ … }}` becomes that end of
/// the figure which `inside` names.
fn printed(text: &Text, typed: usize, inside: impl Fn(&Range<usize>) -> usize) -> usize {
    let mut shift = (0, 0);
    for bound in text.bound() {
        if typed <= bound.typed.start {
            break;
        }
        if typed < bound.typed.end {
            return inside(&bound.printed);
        }
        shift = (bound.typed.end, bound.printed.end);
    }
    (shift.1 + (typed - shift.0)).min(text.printed().len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_far_inside_a_long_paragraph_are_found_too() {
        let long = "甲𠮷a".repeat(2000);
        let text = Text::new(format!("第一段。\n{long}错字{long}\n"));
        let at = text.typed().find("错字").unwrap();
        let found = Indexed::of(&text).words(&(at..at + "错字".len())).unwrap();
        assert_eq!(found, Printed { paragraph: 1, length: 16002, start: 8000, end: 8002 });
        for byte in 0..12 {
            let _ = Indexed::of(&Text::new("𠮷\n\n乙")).words(&(byte..byte + 1));
        }
    }

    #[test]
    fn places_in_a_field_count_the_end_of_a_line_once_and_that_of_the_last_not_at_all() {
        let lines = "甲𠮷a\r\n乙\n".repeat(500);
        let text = Text::new(format!("{lines}错字\r\n\r\n"));
        let indexed = Indexed::of(&text);
        let shown = as_shown(text.typed());
        for byte in (0..=text.typed().len()).filter(|byte| text.typed().is_char_boundary(*byte)) {
            if text.typed()[..byte].ends_with('\r') {
                continue;
            }
            let before = text.typed()[..byte].replace("\r\n", "\n").encode_utf16().count();
            let start = before.min(shown.encode_utf16().count());
            assert_eq!(indexed.typed(&(byte..byte)), Typed { start, end: start }, "{byte}");
        }
    }
}
