//! The number of one document, told twice and not the same: 《要点》（某政发〔2022〕8号）, then 某政发〔2022〕18号.

use std::ops::Range;

use crate::diag::{Label, Severity};
use crate::rules::Findings;
use crate::rules::machinery::official_names::{number, titles, year_and_serial};
use crate::rules::machinery::text::Piece;

/// A document number behind the title of its document.
struct Titled<'a> {
    piece: &'a Piece<'a>,
    title: &'a str,
    /// The bytes of the number.
    range: Range<usize>,
}

impl<'a> Titled<'a> {
    fn words(&self) -> &'a str {
        &self.piece.printed()[self.range.clone()]
    }

    /// The code of the issuer.
    fn code(&self) -> &'a str {
        self.words().split(BRACKETS).next().unwrap_or_default()
    }
}

const BRACKETS: &[char] = &['〔', '[', '［', '【', '（', '('];
/// More numbers than this are not compared.
const MOST: usize = 60;

/// Compares the numbers of documents with those behind their titles.
pub(super) fn numbers_differ(pieces: &[Piece<'_>], findings: &mut Findings<'_>) {
    let mut all = Vec::new();
    for piece in pieces {
        titled(piece, &mut all);
    }
    all.truncate(MOST);
    for (i, later) in all.iter().enumerate() {
        let other = all[..i]
            .iter()
            .find(|first| first.title == later.title && differ(first.words(), later.words()));
        let Some(first) = other else { continue };
        let message = format!(
            "《{}》的文号这里写的是“{}”，前面是“{}”",
            later.title,
            later.words(),
            first.words()
        );
        let finding =
            findings.report(later.piece.place(later.range.clone()), message, "文号前后不同");
        finding.related.push(Label::new(first.piece.place(first.range.clone()), "前面的文号"));
        finding.help.push("核对文件原文，改正写错的文号".to_owned());
    }
    for piece in pieces {
        untitled(piece, &all, findings);
    }
}

/// The numbers of a text that stand behind titles.
fn titled<'a>(piece: &'a Piece<'a>, found: &mut Vec<Titled<'a>>) {
    let text = piece.printed();
    for title in titles(text) {
        let from = title.end + '》'.len_utf8();
        let Some(behind) = text.get(from..) else { continue };
        let skipped = behind.len() - behind.trim_start_matches(['（', '(', ' ']).len();
        let Some(length) = number(&behind[skipped..]) else { continue };
        let range = from + skipped..from + skipped + length;
        found.push(Titled { piece, title: &text[title], range });
    }
}

/// Numbers without a title that are nearly one with a title, as far as none has it as its own.
fn untitled(piece: &Piece<'_>, all: &[Titled<'_>], findings: &mut Findings<'_>) {
    let text = piece.printed();
    for (bracket, _) in text.match_indices('〔') {
        let near = all.iter().find_map(|titled| {
            let start = bracket.checked_sub(titled.code().len())?;
            let length = text
                .get(start..)
                .filter(|rest| rest.starts_with(titled.code()))
                .and_then(number)?;
            let words = &text[start..start + length];
            let (own, told) = (year_and_serial(titled.words()), year_and_serial(words));
            (own.0 == told.0 && is_slip(own.1, told.1)).then(|| (titled, start..start + length))
        });
        let Some((titled, range)) = near else { continue };
        let words = &text[range.clone()];
        if all.iter().any(|titled| {
            titled.words() == words
                || titled.piece.path == piece.path && titled.range.end == range.end
        }) {
            continue;
        }
        let message = format!("“{words}”与《{}》的文号“{}”差一位", titled.title, titled.words());
        let finding =
            findings.report_as(Severity::Hint, piece.place(range), message, "是否同一份文件");
        finding.related.push(Label::new(titled.piece.place(titled.range.clone()), "有名称的文号"));
        finding.help.push("是同一份文件的，改正写错的文号；是另一份的，写明名称".to_owned());
    }
}

/// True if two numbers are of one issuer and one year and not the same.
fn differ(first: &str, later: &str) -> bool {
    let code = |words: &'_ str| words.split(BRACKETS).next().map(str::to_owned);
    let (a, b) = (year_and_serial(first), year_and_serial(later));
    code(first) == code(later) && a.0 == b.0 && a.1 != b.1
}

/// True if one number becomes the other by a figure that is left out, or by two in each other's place.
fn is_slip(own: &str, told: &str) -> bool {
    let (short, long) = if own.len() < told.len() { (own, told) } else { (told, own) };
    let left_out = |i: usize| long[..i] == short[..i] && long[i + 1..] == short[i..];
    match long.len() - short.len() {
        0 => {
            let mut figures = (own.as_bytes().to_vec(), told.as_bytes().to_vec());
            figures.0.sort_unstable();
            figures.1.sort_unstable();
            own != told && figures.0 == figures.1
        }
        1 => (0..long.len()).any(left_out),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::points_at;

    const RULE: &crate::rules::Rule = &super::super::document_name_differs::RULE;

    fn texts(first: &str, later: &str, expected: &[(&str, &str)]) {
        let lines = format!("[opening]\ntext = \"{first}\"\n[problems]\ntext = \"{later}\"\n");
        points_at(RULE, &lines, expected);
    }

    #[test]
    fn one_document_with_two_numbers() {
        let first = "对照《全市政务公开工作要点》（某政办发〔2022〕8号）细化任务。";
        texts(
            first,
            "落实《全市政务公开工作要点》（某政办发〔2022〕9号）。",
            &[("某政办发〔2022〕9号", "前面是“某政办发〔2022〕8号”")],
        );
        texts(first, "继续落实某政办发〔2022〕18号文件。", &[("某政办发〔2022〕18号", "差一位")]);
    }

    #[test]
    fn numbers_of_other_documents() {
        let first = "对照《全市政务公开工作要点》（某政办发〔2022〕8号）细化任务。";
        for later in [
            "落实某政办发〔2022〕8号文件、某政办发〔2022〕9号文件、某政发〔2022〕18号文件。",
            "落实《全市考核办法》（某政办发〔2022〕18号）和某政办发〔2022〕18号文件。",
            "落实《全市政务公开工作要点》（某政办发〔2021〕18号）、《全市政务公开工作要点》（某县政办发〔2022〕18号）。",
        ] {
            texts(first, later, &[]);
        }
    }
}
