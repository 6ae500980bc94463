//! NB805: 〈〉 stands inside 《》, and document numbers have all their parts, years in 〔〕.

use crate::diag::Severity;
use crate::edition::Edition;
use crate::law::{self, Authority};
use crate::report::Report;
use crate::rules::machinery::document_numbers::{Fault, malformed};
use crate::rules::machinery::official_names::unbracketed;
use crate::rules::machinery::text::sightings::Sightings;
use crate::rules::machinery::text::{Piece, is_han, pieces};
use crate::rules::{Docs, Findings, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB805",
    name: "nested-marks",
    title: "书名号或发文字号写法不规范",
    severity: Severity::Hint,
    fixed: false,
    authority: Authority::Standard,
    basis: &[law::PUNCTUATION, law::LAYOUT_DOCUMENT_NUMBER],
    editions: Edition::ALL,
    docs: Docs {
        what: "书名号之内又用书名号的，里面一层是否为“〈〉”；有没有用大于号、小于号代替书名号；发文字号中的年份是否用六角括号“〔〕”，跟在文件名称后面的发文字号是否用括号括入；发文字号有没有少了“号”、多了“第”或“0”，年份是否写全、放在机关代字之后；许可、处罚、答复等案卷的编号可以写“第”和“0”。",
        why: "双书名号之内用单书名号；发文字号由机关代字、年份、顺序号组成，写成“国办函〔2020〕109号”，写法不全的，读者难以查到原文。",
        example: "[opening]\ntext = \"《关于印发<办法>的通知》（国办函[2020]109号）\"",
        corrected: "[opening]\ntext = \"《关于印发〈办法〉的通知》（国办函〔2020〕109号）\"",
    },
    check,
};

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Nesting {
    /// `<…>`.
    Angle,
    /// 《 inside 《》.
    Doubled,
    /// `[2020]12号`.
    Year,
    /// 《…》国办函〔2020〕109号.
    Bare,
    /// 〔2024〕第5号, and how to write it.
    Number(Fault, String),
}

fn check(report: &Report, findings: &mut Findings<'_>) {
    let mut seen = Sightings::new();
    for piece in pieces(report) {
        marks(&piece, &mut seen);
        for range in unbracketed(piece.printed()) {
            seen.add(Nesting::Bare, &piece, range);
        }
        for number in malformed(piece.printed()) {
            seen.add(Nesting::Number(number.fault, number.right), &piece, number.range);
        }
    }
    for seen in seen.into_kinds() {
        let (message, help, basis) = match &seen.kind {
            Nesting::Number(fault, right) => {
                let message = format!("发文字号“{}”{}{}", seen.words, told(*fault), seen.times());
                let finding = findings.report(seen.first(), message, "");
                seen.show_others(finding);
                finding.help.push(format!("写成“{right}”"));
                finding.basis = vec![law::LAYOUT_DOCUMENT_NUMBER];
                continue;
            }
            Nesting::Angle => {
                let help = "书名号之内改为“〈〉”，单独使用的改为“《》”";
                ("用小于号、大于号代替了书名号", help, law::PUNCTUATION)
            }
            Nesting::Doubled => {
                ("书名号之内又用了双书名号", "里面一层改为“〈〉”", law::PUNCTUATION)
            }
            Nesting::Bare => {
                let help = "写成《……》（国办函〔2020〕109号）";
                ("文件名称后面的发文字号没有用括号括入", help, law::PUNCTUATION)
            }
            Nesting::Year => {
                let help = "改为“〔〕”，例如国办函〔2020〕109号";
                ("发文字号的年份没有用六角括号", help, law::LAYOUT_DOCUMENT_NUMBER)
            }
        };
        let finding = findings.report(seen.first(), format!("{message}{}", seen.times()), "");
        seen.show_others(finding);
        finding.help.push(help.to_owned());
        finding.basis = vec![basis];
    }
}

/// The fault of a document number.
fn told(fault: Fault) -> &'static str {
    match fault {
        Fault::NoSign => "后面少了“号”",
        Fault::Ordinal => "的顺序号前多了“第”",
        Fault::Zero => "的顺序号前多了“0”",
        Fault::ShortYear => "的年份没有写全",
        Fault::YearFirst => "的年份写在了机关代字前面",
        Fault::NoBrackets => "的年份没有用六角括号括入",
        Fault::Misplaced => "的括号里写的不是年份",
    }
}

fn marks(piece: &Piece<'_>, seen: &mut Sightings<Nesting>) {
    let text = piece.printed();
    let mut open: Vec<char> = Vec::new();
    let mut before = None;
    for (at, c) in text.char_indices() {
        match c {
            '《' => {
                if open.last() == Some(&'《') {
                    seen.add(Nesting::Doubled, piece, at..at + c.len_utf8());
                }
                open.push(c);
            }
            '〈' => open.push(c),
            '》' | '〉' => {
                open.pop();
            }
            '\n' => open.clear(),
            '<' => {
                if let Some(length) = angle(&text[at..]) {
                    seen.add(Nesting::Angle, piece, at..at + length);
                }
            }
            '[' | '［' | '【' | '（' | '(' | '〖' if before.is_some_and(is_han) => {
                if let Some(length) = year(&text[at..]) {
                    seen.add(Nesting::Year, piece, at..at + length);
                }
            }
            _ => {}
        }
        before = Some(c);
    }
}

/// The bytes of `<…>` with Chinese in it at the beginning of a text.
fn angle(text: &str) -> Option<usize> {
    let mut han = false;
    for (at, c) in text.char_indices().skip(1).take(60) {
        match c {
            '>' => return han.then_some(at + 1),
            '<' | '\n' => return None,
            _ => han |= is_han(c),
        }
    }
    None
}

/// The bytes of a bracketed year at the beginning of a text, when a document's number follows.
fn year(text: &str) -> Option<usize> {
    let open = text.chars().next()?.len_utf8();
    let digits = text[open..].bytes().take(5).take_while(u8::is_ascii_digit).count();
    let rest = &text[open + digits..];
    let close = rest.chars().next().filter(|c| "]］】）)〗".contains(*c))?.len_utf8();
    let number = rest[close..].trim_start_matches('第');
    let n = number.bytes().take(6).take_while(u8::is_ascii_digit).count();
    (digits == 4 && n > 0 && number[n..].starts_with('号')).then_some(open + digits + close)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::points_at;

    fn overview(text: &str, expected: &[(&str, &str)]) {
        points_at(&RULE, &format!("[overview]\ntext = '''\n{text}\n'''\n"), expected);
    }

    #[test]
    fn s001_04_angles_inside_book_marks() {
        overview("依据《关于印发<年报格式>的通知》编制。", &[("<年报格式>", "代替了书名号")]);
    }

    #[test]
    fn s002_16_angles_in_two_places() {
        overview(
            "依据《关于印发<年报格式>的通知》。依据《关于印发<收费办法>的通知》。",
            &[("<年报格式>", "共2处")],
        );
    }

    #[test]
    fn doubled_book_marks_and_years() {
        overview(
            "《关于印发《办法》的通知》（国办函[2020]109号）",
            &[("《", "双书名号"), ("[2020]", "六角括号")],
        );
        overview("某办发（2021）第3号", &[("（2021）", "六角括号")]);
    }

    #[test]
    fn a_document_number_without_brackets() {
        overview(
            "依据《年报格式的通知》国办公开办函〔2021〕30号要求编制。",
            &[("国办公开办函〔2021〕30号", "括号括入")],
        );
    }

    #[test]
    fn document_numbers_with_a_part_amiss() {
        overview(
            "《要点》（某政办发〔2024〕5），《方案》（某政办发〔2024〕第06号）",
            &[("〔2024〕5", "少了“号”"), ("〔2024〕第06号", "多了“第”")],
        );
    }

    #[test]
    fn what_is_written_well() {
        overview(
            "《关于印发〈办法〉的通知》（国办函〔2020〕109号），2023年（2022年）3<5，《甲》《乙》，<br>",
            &[],
        );
    }
}
