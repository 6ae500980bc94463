//! The paragraphs of a section to its text and its parts.

use super::titles::part;
use crate::report::{Aspect, FieldPath, HeadingStyle, Narrative, Part, Text};

/// The longest heading that may run into its text.
const LONGEST_HEADING: usize = 45;

/// A piece of a text: its bytes as typed, and the paragraph it comes from with the byte where it begins there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::import) struct Piece {
    pub(in crate::import) at: FieldPath,
    pub(in crate::import) typed: std::ops::Range<usize>,
    pub(in crate::import) paragraph: usize,
    pub(in crate::import) start: usize,
}

/// True if the parts of a section are numbered from one without a gap.
pub(in crate::import) fn is_numbered_on(paragraphs: &[(usize, &str)]) -> bool {
    numbers(paragraphs).zip(1..).all(|(number, expected)| number == expected)
}

/// The numbers of the parts of a section.
fn numbers(paragraphs: &[(usize, &str)]) -> impl Iterator<Item = usize> {
    paragraphs.iter().filter_map(|(_, text)| part(text)).map(|(number, _)| number)
}

/// Splits the paragraphs of a section, each with its number in the sheet. The parts must be numbered from one in
/// order: the program numbers them again, and must change nothing. Where that is known to whoever reads on, numbers
/// may be left out, as after a part was taken away, or stand twice.
pub(in crate::import) fn narrative(
    paragraphs: &[(usize, &str)],
    root: &FieldPath,
    may_skip: bool,
) -> (Narrative, Vec<Piece>) {
    let in_order = is_numbered_on(paragraphs) || may_skip && numbers(paragraphs).is_sorted();
    let mut pieces = Vec::new();
    let first = if in_order {
        paragraphs.iter().position(|(_, text)| part(text).is_some()).unwrap_or(paragraphs.len())
    } else {
        paragraphs.len()
    };
    let text = joined(&paragraphs[..first], &[], &root.key("text"), &mut pieces);
    let mut narrative = Narrative { text, ..Narrative::default() };
    let (mut n_run_in, mut n_own_line) = (0, 0);
    let mut stopped = Vec::new();
    let mut rest = &paragraphs[first..];
    while let Some(((number, begins), _)) = rest.split_first() {
        let n = rest[1..].iter().position(|(_, text)| part(text).is_some());
        let (own, after) = rest[1..].split_at(n.unwrap_or(rest.len() - 1));
        rest = after;
        let at = root.key("parts").index(narrative.parts.len());
        let words = part(begins).map_or(*begins, |(_, words)| words);
        let offset = begins.len() - words.len();
        let (heading, behind) = heading(words);
        stopped.push(words[heading.len()..].starts_with('。'));
        let mut part = Part::default();
        if !heading.is_empty() {
            let runs_in = !behind.is_empty() || words.trim_end().ends_with('。');
            *(if runs_in { &mut n_run_in } else { &mut n_own_line }) += 1;
            pieces.push(Piece {
                at: at.key("heading"),
                typed: 0..heading.len(),
                paragraph: *number,
                start: offset,
            });
            part.heading = Some(Text::new(heading));
            part.aspect = (root.as_str() == "overview").then(|| aspect(heading)).flatten();
        }
        let start = begins.len() - behind.len();
        let lead = if behind.is_empty() { None } else { Some((*number, behind, start)) };
        part.text = joined(own, lead.as_slice(), &at.key("text"), &mut pieces);
        narrative.parts.push(part);
    }
    if n_run_in > n_own_line {
        narrative.heading_style = HeadingStyle::RunIn;
    } else if n_run_in > 0 {
        // What stands on a line of its own gets no stop; where one stood, it stays.
        let ended = narrative.parts.iter_mut().zip(stopped).filter(|(_, stopped)| *stopped);
        for (part, _) in ended.filter(|(part, _)| part.text.is_some()) {
            part.heading =
                part.heading.take().map(|heading| Text::new(format!("{}。", heading.typed())));
        }
    }
    (narrative, pieces)
}

/// The heading with which a part begins, and the text that runs on behind it. A stop behind a heading is the
/// program's to print.
fn heading(words: &str) -> (&str, &str) {
    let words = words.trim_end();
    let stop = words.find(['。', '：']);
    match stop {
        None if words.chars().count() <= LONGEST_HEADING => (words, ""),
        Some(at) if words[..at].chars().count() <= LONGEST_HEADING => {
            let is_colon = words[at..].starts_with('：');
            let mark = '。'.len_utf8();
            let end = if is_colon { at + mark } else { at };
            // A short sentence of a paragraph with figures is no heading.
            if words[..at].contains(|c: char| c.is_ascii_digit()) {
                return ("", words);
            }
            (&words[..end], words[at + mark..].trim_start())
        }
        None | Some(_) => ("", words),
    }
}

/// Paragraphs as a text, with a first one that begins within a paragraph.
fn joined(
    paragraphs: &[(usize, &str)],
    lead: &[(usize, &str, usize)],
    at: &FieldPath,
    pieces: &mut Vec<Piece>,
) -> Option<Text> {
    let whole = paragraphs.iter().map(|(number, text)| (*number, *text, 0));
    let mut typed = String::new();
    for (paragraph, text, start) in lead.iter().copied().chain(whole) {
        if !typed.is_empty() {
            typed.push('\n');
        }
        let range = typed.len()..typed.len() + text.len();
        pieces.push(Piece { at: at.clone(), typed: range, paragraph, start });
        typed.push_str(text);
    }
    (!typed.is_empty()).then(|| Text::new(typed + "\n"))
}

/// The aspect that a heading of section one names.
fn aspect(heading: &str) -> Option<Aspect> {
    const WORDS: &[(Aspect, &[&str])] = &[
        (Aspect::Requests, &["依申请公开", "依申请"]),
        (Aspect::Disclosure, &["主动公开"]),
        (Aspect::Management, &["政府信息管理", "信息管理"]),
        (Aspect::Platform, &["平台建设", "公开平台", "平台"]),
        (Aspect::Supervision, &["监督保障", "监督"]),
    ];
    let named = WORDS.iter().filter(|(_, words)| words.iter().any(|word| heading.contains(word)));
    let mut named = named.map(|(aspect, _)| *aspect);
    // A heading that names two says nothing for certain.
    named.next().filter(|_| named.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(lines: &[&str]) -> Narrative {
        let lines: Vec<(usize, &str)> = lines.iter().copied().enumerate().collect();
        narrative(&lines, &FieldPath::new("overview"), false).0
    }

    fn typed(text: &Option<Text>) -> &str {
        text.as_ref().map_or("", |text| text.typed().trim_end())
    }

    #[test]
    fn parts_with_headings_on_lines_of_their_own() {
        let found = split(&[
            "引语。",
            "（一）主动公开情况",
            "一是甲。",
            "二是乙。",
            "（二）监督保障",
            "丙。",
        ]);
        assert_eq!(typed(&found.text), "引语。");
        assert_eq!(found.heading_style, HeadingStyle::OwnLine);
        assert_eq!(typed(&found.parts[0].text), "一是甲。\n二是乙。");
        assert_eq!(found.parts[0].aspect, Some(Aspect::Disclosure));
        assert_eq!(typed(&found.parts[1].heading), "监督保障");
    }

    #[test]
    fn headings_that_run_into_their_text() {
        let found = split(&[
            "（一）聚焦重点，深化主动公开。全年公开3条。",
            "（二）依申请公开情况。收到2件。",
        ]);
        assert_eq!(found.heading_style, HeadingStyle::RunIn);
        assert_eq!(typed(&found.parts[0].heading), "聚焦重点，深化主动公开");
        assert_eq!(typed(&found.parts[1].text), "收到2件。");
        assert_eq!(found.parts[1].aspect, Some(Aspect::Requests));
    }

    #[test]
    fn parts_out_of_order_stay_as_they_are_typed() {
        let found = split(&["（一）甲", "丙。", "（三）乙", "丁。"]);
        assert!(found.parts.is_empty());
        assert_eq!(typed(&found.text), "（一）甲\n丙。\n（三）乙\n丁。");
        let again = |lines: &[&str]| {
            let lines: Vec<(usize, &str)> = lines.iter().copied().enumerate().collect();
            narrative(&lines, &FieldPath::new("overview"), true).0.parts.len()
        };
        assert_eq!(again(&["（一）甲", "丙。", "（三）乙", "丁。"]), 2);
        // Lists within parts begin again.
        assert_eq!(again(&["（一）甲", "（一）丙。", "（二）丁。", "（二）乙", "（一）戊。"]), 0);
    }

    #[test]
    fn a_heading_keeps_its_own_stop_and_gets_none_of_another_paragraph() {
        let found = split(&["（一）甲。", "乙。", "（二）丙", "见丙。", "（三）丁", "戊。"]);
        let headings: Vec<&str> = found.parts.iter().map(|part| typed(&part.heading)).collect();
        assert_eq!(headings, ["甲。", "丙", "丁"]);
    }

    #[test]
    fn every_piece_leads_to_its_paragraph() {
        let lines = ["（一）甲。乙丙。", "丁。"];
        let numbered: Vec<(usize, &str)> = lines.iter().copied().enumerate().collect();
        let (found, pieces) = narrative(&numbered, &FieldPath::new("other"), false);
        let text = |piece: &Piece| match piece.at.as_str() {
            "other.parts[0].heading" => found.parts[0].heading.clone().unwrap(),
            _ => found.parts[0].text.clone().unwrap(),
        };
        for piece in &pieces {
            let words = &text(piece).typed()[piece.typed.clone()].to_owned();
            assert!(lines[piece.paragraph][piece.start..].starts_with(words), "{piece:?}");
        }
        assert_eq!(pieces.len(), 3);
    }
}
