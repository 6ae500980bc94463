//! NB801: nothing of editors, templates and web pages is left in the text.

use std::ops::Range;
use std::sync::OnceLock;

use crate::diag::Severity;
use crate::edition::Edition;
use crate::law::{self, Authority};
use crate::report::Report;
use crate::rules::machinery::text::dictionary::Dictionary;
use crate::rules::machinery::text::sightings::Sightings;
use crate::rules::machinery::text::{Piece, is_han, pieces};
use crate::rules::{Docs, Findings, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB801",
    name: "editor-residue",
    title: "文字中残留编辑标记、模板说明或未填的占位符",
    severity: Severity::Error,
    fixed: false,
    authority: Authority::Practice,
    basis: &[law::PRACTICE, law::FORMAT_2021_ACCURACY],
    editions: Edition::ALL,
    docs: Docs {
        what: "文字中是否残留 Word 书签、“**”“##”等排版记号、网页标签、“（文字描述）”“该部分以表格形式报告”等模板说明、“XX”“××”等占位符，以及看不见的控制字符和从 PDF 复制来的部首字符。",
        why: "这些不是报告的内容，印出来有损公信力；看不见的字符会使检索和朗读出错。",
        example: "[overview]\ntext = \"该部分以表格形式报告。一是**加强平台建设**。\"",
        corrected: "[overview]\ntext = \"一是加强平台建设。\"",
    },
    check,
};

/// The kind of residue.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Residue {
    /// One of the words of the list.
    Word(String),
    /// `**…**` or `##`.
    Markup(&'static str),
    /// `<b>`.
    Tag,
    /// `XX`, `××`, `____`.
    Blank,
    /// A character that is not seen, or not what it looks like.
    Character(char),
}

fn check(report: &Report, findings: &mut Findings<'_>) {
    let mut seen = Sightings::new();
    for piece in pieces(report) {
        let mut found = residues(&piece);
        found.sort_by_key(|(_, range)| (range.start, std::cmp::Reverse(range.end)));
        let mut end = 0;
        for (residue, range) in found {
            if range.start >= end {
                end = range.end;
                seen.add(residue, &piece, range);
            }
        }
    }
    for seen in seen.into_kinds() {
        let words = shown(&seen.words);
        let (what, help) = match &seen.kind {
            Residue::Word(_) => {
                (format!("“{words}”是编辑软件或模板留下的"), "删去，或换成要写的内容")
            }
            Residue::Markup(sign) => {
                (format!("“{sign}”是排版记号，会照样印出"), "删去记号，只留文字")
            }
            Residue::Tag => (format!("“{words}”是网页标签"), "删去标签，只留文字"),
            Residue::Blank => (format!("“{words}”是没有填写的占位符"), "换成实际的内容"),
            Residue::Character(c) => (
                format!("有{}（U+{:04X}）", name(*c), u32::from(*c)),
                "删去这个字符，或重新输入这个字",
            ),
        };
        let finding = findings.report(seen.first(), what + &seen.times(), "残留");
        seen.show_others(finding);
        finding.help.push(help.to_owned());
    }
}

/// Characters that are residue when they stand in a row.
const RUNS: [char; 8] = ['*', '#', 'X', 'x', '×', 'Ｘ', '□', '_'];

fn words() -> &'static Dictionary {
    static WORDS: OnceLock<Dictionary> = OnceLock::new();
    WORDS.get_or_init(|| Dictionary::of_words(include_str!("data/residue.txt")))
}

fn residues(piece: &Piece<'_>) -> Vec<(Residue, Range<usize>)> {
    let text = piece.printed();
    let mut found = Vec::new();
    for hit in words().find(text) {
        let end = hit.start + hit.entry.wrong.len();
        // A bracket takes all that it holds: [bookmark: _GoBack].
        let open = hit.entry.wrong.starts_with(['[', '（', '(']);
        let closed = near(&text[end..], 60).find([']', '）', ')']).filter(|_| open);
        let end = closed
            .map_or(end, |i| end + i + text[end + i..].chars().next().map_or(0, char::len_utf8));
        found.push((Residue::Word(hit.entry.wrong.clone()), hit.start..end));
    }
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        let run = if RUNS.contains(&c) { rest.len() - rest.trim_start_matches(c).len() } else { 0 };
        let range = at..at + run;
        let line_start = at == 0 || text[..at].ends_with('\n');
        let mut next = at + c.len_utf8();
        match c {
            '*' if run > 1 => {
                let close = near(&rest[run..], 240).find("**").map(|i| at + run + i + 2);
                next = close.unwrap_or(range.end);
                found.push((Residue::Markup("**"), at..next));
            }
            '#' if line_start && (run > 1 || rest[run..].starts_with(' ')) => {
                next = range.end;
                found.push((Residue::Markup("#"), range));
            }
            '<' => {
                if let Some(length) = tag(rest) {
                    next = at + length;
                    found.push((Residue::Tag, at..next));
                }
            }
            'X' | 'x' | '×' | 'Ｘ' | '□' | '_' => {
                next = range.end;
                if run > c.len_utf8() && is_blank(text, &range) {
                    found.push((Residue::Blank, range));
                }
            }
            _ if is_odd(c) => found.push((Residue::Character(c), at..next)),
            _ => {}
        }
        at = next;
    }
    found
}

/// The beginning of a text, at most that many bytes and one line.
fn near(text: &str, bytes: usize) -> &str {
    let mut end = bytes.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text[..end].split('\n').next().unwrap_or_default()
}

/// The bytes of the tag at the beginning of a text; `<` before Chinese is a book mark (NB805).
fn tag(text: &str) -> Option<usize> {
    let inner = &text[1..];
    let name = inner.strip_prefix('/').unwrap_or(inner);
    let begins = name.starts_with(|c: char| c.is_ascii_alphabetic());
    let close = near(inner, 200).find('>')?;
    (begins && !inner[..close].contains(is_han)).then_some(close + 2)
}

/// True if a run of crosses or lines stands in Chinese text and not in an address.
fn is_blank(text: &str, range: &Range<usize>) -> bool {
    let apart = |c: Option<char>| c.is_none_or(|c| !c.is_ascii_graphic());
    let alone =
        apart(text[..range.start].chars().next_back()) && apart(text[range.end..].chars().next());
    alone && !masks_name(text, range)
}

/// True if crosses stand for a name within a title that is quoted: “关于××片区征收补偿方案的批复”.
fn masks_name(text: &str, range: &Range<usize>) -> bool {
    const ABOUT: &str = "关于";
    let crosses = text[range.clone()].chars().all(|c| "×XxＸ".contains(c));
    let before = text[..range.start].rsplit(['。', '\n']).next().unwrap_or_default();
    let quoted = before.rsplit(['“', '《']).next().filter(|said| said.len() < before.len());
    let open = quoted.is_some_and(|said| !said.contains(['”', '》']) && said.starts_with(ABOUT));
    let closes = text[range.end..].split(['。', '\n']).next();
    crosses && open && closes.is_some_and(|said| said.contains(['”', '》']))
}

/// True if a character is not seen, has no agreed shape, or only looks like a Chinese one.
fn is_odd(c: char) -> bool {
    // Control characters and those that nobody sees are found when the file is read.
    matches!(
        c,
        '\u{fffc}' | '\u{fffd}' | '\u{e000}'..='\u{f8ff}' | '\u{2e80}'..='\u{2fdf}'
    )
}

fn name(c: char) -> &'static str {
    match c {
        '\u{2e80}'..='\u{2fdf}' => "只是形似汉字的部首字符",
        '\u{e000}'..='\u{f8ff}' => "没有统一字形的自造字",
        '\u{fffc}' | '\u{fffd}' => "转换编码时丢失的字符",
        _ => "看不见的字符",
    }
}

/// The words as a message shows them, not too long.
fn shown(words: &str) -> String {
    const MOST: usize = 20;
    let mut shown: String = words.chars().take(MOST).collect();
    if words.chars().nth(MOST).is_some() {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::points_at;

    fn overview(text: &str, expected: &[(&str, &str)]) {
        points_at(&RULE, &format!("[overview]\ntext = '''\n{text}\n'''\n"), expected);
    }

    #[test]
    fn s000_01_a_bookmark_of_a_word_processor() {
        points_at(
            &RULE,
            "[[overview.parts]]\nheading = \"[bookmark: _GoBack]办好政务新媒体\"\ntext = \"全年平稳。\"\n",
            &[("[bookmark: _GoBack]", "编辑软件或模板留下的")],
        );
    }

    #[test]
    fn s000_05_an_instruction_left_standing() {
        overview("该部分以表格形式报告。表格见下。", &[("该部分以表格形式报告", "模板")]);
    }

    #[test]
    fn s004_09_marks_of_a_text_format() {
        overview("一是**办好网站**。二是**管好新媒体**。", &[("**办好网站**", "共2处")]);
    }

    #[test]
    fn blanks_tags_and_unseen_characters() {
        overview(
            "发布信息XX条、××件，<br/>培训⼀次。\n# 小结\n（文字描述，略）",
            &[
                ("XX", "占位符，共2处"),
                ("<br/>", "网页标签"),
                ("⼀", "部首字符"),
                ("# ".trim(), "排版记号"),
                ("（文字描述，略）", "模板留下的"),
            ],
        );
    }

    #[test]
    fn crosses_for_a_name_in_a_title_are_no_blank() {
        overview("申请公开“关于××片区征收补偿方案的批复”，已告知获取方式。", &[]);
        overview("公开“××片区”信息。", &[("××", "占位符")]);
    }

    #[test]
    fn addresses_brackets_and_book_marks_are_no_residue() {
        overview(
            "见http://www.example.gov.cn/xxgk/_a__b.html，邮箱gpzfxxk@163.com，《关于<条例>的通知》，3×4，PDF，（略有下降），C#，※",
            &[],
        );
    }

    #[test]
    fn the_list_is_well_formed() {
        assert!(super::words().entries().count() > 30);
    }
}
