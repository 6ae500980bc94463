//! Sections one, five and six: text as typed, and as printed once its figures are bound.

use std::ops::Range;

use super::{FieldPath, traces};

/// A narrative section: text, then any number of parts that the program numbers （一）（二）….
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Narrative {
    /// The style of the headings of its parts.
    pub heading_style: HeadingStyle,
    /// The text before the parts.
    pub text: Option<Text>,
    /// The parts in order.
    pub parts: Vec<Part>,
}

/// A part of a narrative section.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Part {
    /// The aspect of section one that it treats.
    pub aspect: Option<Aspect>,
    /// The heading without its number.
    pub heading: Option<Text>,
    /// The text.
    pub text: Option<Text>,
}

/// The style of the headings of parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum HeadingStyle {
    /// On a line of their own.
    #[default]
    OwnLine,
    /// At the beginning of the first paragraph.
    RunIn,
}

impl HeadingStyle {
    /// All styles with their keys in the data file and their names.
    pub const ALL: &'static [(Self, &'static str, &'static str)] =
        &[(Self::OwnLine, "own-line", "标题独占一行"), (Self::RunIn, "run-in", "标题后接正文")];
}

/// One of the five aspects that section one must treat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aspect {
    /// 主动公开.
    Disclosure,
    /// 依申请公开.
    Requests,
    /// 政府信息管理.
    Management,
    /// 政府信息公开平台建设.
    Platform,
    /// 监督保障.
    Supervision,
}

impl Aspect {
    /// All aspects with their keys in the data file and their names.
    pub const ALL: &'static [(Self, &'static str, &'static str)] = &[
        (Self::Disclosure, "disclosure", "主动公开"),
        (Self::Requests, "requests", "依申请公开"),
        (Self::Management, "management", "政府信息管理"),
        (Self::Platform, "platform", "政府信息公开平台建设"),
        (Self::Supervision, "supervision", "监督保障"),
    ];
}

impl Narrative {
    /// True if there is nothing to print.
    pub fn is_empty(&self) -> bool {
        self.text.as_ref().is_none_or(Text::is_blank) && self.parts.iter().all(Part::is_empty)
    }

    /// True if there is nothing but headings, or less.
    pub fn says_nothing(&self) -> bool {
        self.text.as_ref().is_none_or(Text::is_blank)
            && self.parts.iter().all(|part| !part.says_something())
    }

    /// Adds every text of this section, with its address, in reading order.
    pub(super) fn texts<'a>(&'a self, at: &FieldPath, texts: &mut Vec<(FieldPath, &'a Text)>) {
        texts.extend(self.text.as_ref().map(|text| (at.key("text"), text)));
        let parts = at.key("parts");
        for (i, part) in self.parts.iter().enumerate() {
            let at = parts.index(i);
            texts.extend(part.heading.as_ref().map(|text| (at.key("heading"), text)));
            texts.extend(part.text.as_ref().map(|text| (at.key("text"), text)));
        }
    }

    /// As [`texts`](Self::texts), to be rewritten in place.
    pub(super) fn texts_mut<'a>(
        &'a mut self,
        at: &FieldPath,
        texts: &mut Vec<(FieldPath, &'a mut Text)>,
    ) {
        texts.extend(self.text.as_mut().map(|text| (at.key("text"), text)));
        for (i, part) in self.parts.iter_mut().enumerate() {
            let at = at.key("parts").index(i);
            texts.extend(part.heading.as_mut().map(|text| (at.key("heading"), text)));
            texts.extend(part.text.as_mut().map(|text| (at.key("text"), text)));
        }
    }
}

impl Part {
    /// True if there is nothing to print: it stands there to be written.
    pub fn is_empty(&self) -> bool {
        [&self.heading, &self.text].into_iter().flatten().all(Text::is_blank)
    }

    /// True if there is more than a heading; a heading that is a whole sentence says something itself.
    pub fn says_something(&self) -> bool {
        let is_sentence = |heading: &Text| heading.printed().contains(['。', '；', '！', '？']);
        self.text.as_ref().is_some_and(|text| !text.is_blank())
            || self.heading.as_ref().is_some_and(is_sentence)
    }
}

/// A text as typed, with `{{ … }}` where a figure is bound, and as printed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Text {
    typed: String,
    printed: String,
    bound: Vec<Bound>,
    /// All pieces that are printed otherwise than typed: bound figures, and traces of pasting.
    pieces: Vec<Bound>,
}

/// The place of a bound figure in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bound {
    /// The bytes of `{{ … }}` in the text as typed.
    pub typed: Range<usize>,
    /// The bytes of the figure in the text as printed.
    pub printed: Range<usize>,
}

/// A paragraph of a printed text: a line that is not blank, without the blanks at its ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph<'a> {
    /// The words.
    pub text: &'a str,
    /// The bytes in the text as printed.
    pub range: Range<usize>,
}

impl Text {
    /// A text in which nothing is bound yet: it prints as it was typed but for [`traces`] of pasting.
    pub fn new(typed: impl Into<String>) -> Self {
        let text = Self { typed: typed.into(), ..Self::default() };
        text.with_figures(&[])
    }

    /// This text with each figure in `figures` (bytes of `{{ … }}` as typed, and what to print
    /// instead; in order, not overlapping) put in place.
    #[must_use]
    pub fn with_figures(self, figures: &[(Range<usize>, String)]) -> Self {
        let figures = figures.iter().map(|(range, figure)| (range.clone(), figure.as_str(), true));
        let mut replaced: Vec<(Range<usize>, &str, bool)> = figures.collect();
        let is_free = |range: &Range<usize>| {
            !replaced.iter().any(|(other, ..)| other.start < range.end && range.start < other.end)
        };
        let traces: Vec<_> = traces(&self.typed)
            .into_iter()
            .filter(|(range, _)| is_free(range))
            .map(|(range, trace)| (range, trace.printed, false))
            .collect();
        replaced.extend(traces);
        replaced.sort_by_key(|(range, ..)| range.start);
        let mut printed = String::with_capacity(self.typed.len());
        let (mut bound, mut pieces) = (Vec::new(), Vec::new());
        let mut end = 0;
        for (range, words, is_figure) in replaced {
            printed.push_str(&self.typed[end..range.start]);
            let start = printed.len();
            printed.push_str(words);
            end = range.end;
            let piece = Bound { typed: range, printed: start..printed.len() };
            if is_figure {
                bound.push(piece.clone());
            }
            pieces.push(piece);
        }
        printed.push_str(&self.typed[end..]);
        Self { typed: self.typed, printed, bound, pieces }
    }

    /// The text as typed.
    pub fn typed(&self) -> &str {
        &self.typed
    }

    /// The text as printed.
    pub fn printed(&self) -> &str {
        &self.printed
    }

    /// The bound figures, in order.
    pub fn bound(&self) -> &[Bound] {
        &self.bound
    }

    /// True if there is nothing to print.
    pub fn is_blank(&self) -> bool {
        self.printed.trim().is_empty()
    }

    /// The paragraphs: each line that is not blank is one.
    pub fn paragraphs(&self) -> impl Iterator<Item = Paragraph<'_>> {
        let mut start = 0;
        self.printed.split_inclusive('\n').filter_map(move |line| {
            let line_start = start;
            start += line.len();
            let text = line.trim();
            let begin = line_start + (line.len() - line.trim_start().len());
            (!text.is_empty()).then(|| Paragraph { text, range: begin..begin + text.len() })
        })
    }

    /// The bytes as typed that a range of the printed text comes from; a range that touches a bound
    /// figure takes the whole of its `{{ … }}`.
    pub fn typed_range(&self, printed: Range<usize>) -> Range<usize> {
        let start = self.typed_offset(printed.start, true, |bound| bound.typed.start);
        let end = self.typed_offset(printed.end, false, |bound| bound.typed.end);
        start..end.max(start)
    }

    /// The position as typed of a byte as printed; a beginning lies behind what is not printed.
    fn typed_offset(
        &self,
        printed: usize,
        is_start: bool,
        inside: impl Fn(&Bound) -> usize,
    ) -> usize {
        let mut shift_typed = 0;
        let mut shift_printed = 0;
        for bound in &self.pieces {
            let passes = is_start && bound.printed.is_empty() && printed == bound.printed.start;
            if printed <= bound.printed.start && !passes {
                break;
            }
            if printed < bound.printed.end {
                return inside(bound);
            }
            shift_typed = bound.typed.end;
            shift_printed = bound.printed.end;
        }
        (shift_typed + (printed - shift_printed)).min(self.typed.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bound_text() -> Text {
        let typed = "收到{{ a }}件，答复{{ b }}件";
        let first = typed.find("{{ a }}").unwrap();
        let second = typed.find("{{ b }}").unwrap();
        Text::new(typed)
            .with_figures(&[(first..first + 7, "128".into()), (second..second + 7, "7".into())])
    }

    #[test]
    fn figures_are_put_in_place() {
        assert_eq!(bound_text().printed(), "收到128件，答复7件");
    }

    #[test]
    fn printed_ranges_lead_back_to_what_was_typed() {
        let text = bound_text();
        let at = |words: &str| {
            let start = text.printed().find(words).unwrap();
            &text.typed()[text.typed_range(start..start + words.len())]
        };
        assert_eq!(at("收到"), "收到");
        assert_eq!(at("128"), "{{ a }}");
        assert_eq!(at("2"), "{{ a }}");
        assert_eq!(at("件，答复"), "件，答复");
        assert_eq!(at("收到128件，答复7件"), text.typed());
    }

    #[test]
    fn traces_of_pasting_are_not_printed_and_places_behind_them_are_right() {
        let typed = "• 共\u{200b}收到{{ a }}件，\u{3000}均已\u{b}答复。";
        let figure = typed.find("{{ a }}").unwrap();
        let text = Text::new(typed).with_figures(&[(figure..figure + 7, "12".into())]);
        assert_eq!(text.printed(), "共收到12件，均已\n答复。");
        assert_eq!(text.bound().len(), 1);
        let at = |words: &str| {
            let start = text.printed().find(words).unwrap();
            &text.typed()[text.typed_range(start..start + words.len())]
        };
        assert_eq!(at("收到"), "收到");
        assert_eq!(at("12"), "{{ a }}");
        assert_eq!(at("均已"), "均已");
        assert_eq!(at("答复"), "答复");
        assert_eq!(Text::new(typed).printed(), "共收到{{ a }}件，均已\n答复。");
    }

    #[test]
    fn every_line_that_is_not_blank_is_a_paragraph() {
        let text = Text::new("\n　一\r\n\n  二 \n三");
        let words: Vec<_> = text.paragraphs().map(|p| p.text.to_owned()).collect();
        assert_eq!(words, ["一", "二", "三"]);
        for paragraph in text.paragraphs() {
            assert_eq!(&text.printed()[paragraph.range.clone()], paragraph.text);
        }
    }
}
