//! Places in the texts of a report as pages count them: [`Texts`] in what is printed, [`typed`] in what is typed.

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

/// Some bytes of a text as its field shows it.
pub(crate) fn typed(text: &Text, range: &Range<usize>) -> Option<Typed> {
    let end = as_shown(text.typed()).encode_utf16().count();
    let units = |byte: usize| {
        let before = text.typed().get(..byte)?;
        Some(before.replace("\r\n", "\n").encode_utf16().count().min(end))
    };
    Some(Typed { start: units(range.start)?, end: units(range.end)? })
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
    /// A byte of the text as printed now and then, and the UTF-16 units before it.
    marks: Vec<(usize, usize)>,
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
}

impl<'a> Indexed<'a> {
    fn of(text: &'a Text) -> Self {
        /// The most bytes read to count the units before a place.
        const STRIDE: usize = 1024;
        let (mut marks, mut units, mut next) = (Vec::new(), 0, 0);
        for (byte, character) in text.printed().char_indices() {
            if byte >= next {
                marks.push((byte, units));
                next = byte + STRIDE;
            }
            units += character.len_utf16();
        }
        let paragraphs = text.paragraphs().map(|paragraph| paragraph.range).collect();
        Self { text, paragraphs, marks }
    }

    /// The place in the printed paragraphs of some bytes of the text as typed.
    fn words(&self, typed: &Range<usize>) -> Option<Printed> {
        let start = printed(self.text, typed.start, |bound| bound.start);
        let end = printed(self.text, typed.end, |bound| bound.end);
        let index = self.paragraphs.partition_point(|paragraph| paragraph.end <= start);
        let paragraph = self.paragraphs.get(index)?;
        let begin = self.units(paragraph.start);
        let within = |byte: usize| {
            let byte = byte.clamp(paragraph.start, paragraph.end);
            self.units(byte).saturating_sub(begin)
        };
        Some(Printed {
            paragraph: index,
            length: within(paragraph.end),
            start: within(start),
            end: within(end),
        })
    }

    /// The number of UTF-16 units of the printed text before a byte.
    fn units(&self, byte: usize) -> usize {
        let mark = self.marks.partition_point(|(at, _)| *at <= byte).checked_sub(1);
        let (from, before) = mark.map_or((0, 0), |i| self.marks[i]);
        let rest = self.text.printed().get(from..byte).unwrap_or_default();
        before + rest.encode_utf16().count()
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
}
