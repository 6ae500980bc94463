//! Plain text to sheets: lines to paragraphs.

use super::super::error::ImportError;
use super::super::letters::{n_seen, narrow, squeezed};
use super::super::sheet::{Reason, Sheet};
use super::super::texts::begins_a_paragraph;

/// Tables that stand in every data file.
const DATA_TABLES: [&str; 2] = ["[report]", "[agency]"];

/// A line that is shorter than this part of the longest ends a paragraph.
const FULL: (usize, usize) = (4, 5);

/// Reads a text.
///
/// # Errors
///
/// When nothing stands in it, or it is a data file.
pub(super) fn read(text: &str) -> Result<Sheet, ImportError> {
    if n_seen(text) == 0 {
        return Err(ImportError::new("文件里没有文字", "检查是否选错了文件"));
    }
    if is_data_file(text) {
        return Err(ImportError::new(
            "这就是数据文件，不用读入",
            "要检查、生成，直接用 nianbao check、nianbao build；要接着做下一年的，用 nianbao new --from",
        ));
    }
    let mut sheet = Sheet::default();
    // A form feed is the end of a page.
    let lines: Vec<&str> =
        text.split(['\n', '\u{c}']).map(|line| line.trim_end_matches('\r')).collect();
    let longest = longest(&lines);
    let goes_on = goes_on(&lines);
    let mut open = String::new();
    for (i, line) in lines.iter().enumerate() {
        let words = line.trim_matches(super::super::letters::is_unseen);
        let words = match heading(words) {
            Some((mark, words)) => {
                sheet.leave_out(Reason::Layout, mark);
                words
            }
            None => words,
        };
        if let Some((cells, lines)) = drawn(words) {
            sheet.push_line(&std::mem::take(&mut open), None);
            sheet.push_line(&cells, None);
            sheet.leave_out(Reason::Layout, &lines);
            continue;
        }
        if is_page_number(words) {
            sheet.leave_out(Reason::PageNumber, words);
            continue;
        }
        if words.is_empty() {
            // A blank line inside a sentence is a change of page.
            if !open.is_empty() && (ends(&open) || !goes_on[i]) {
                sheet.push_line(&std::mem::take(&mut open), None);
            }
            continue;
        }
        let is_indented = line.starts_with([' ', '\t', '\u{3000}']);
        let begins = begins_a_paragraph(words) || is_figures(words) || (is_indented && ends(&open));
        if begins || is_figures(&open) {
            sheet.push_line(&std::mem::take(&mut open), None);
        }
        let joint = match (open.chars().next_back(), words.chars().next()) {
            (Some(a), Some(b)) if a.is_ascii_alphanumeric() && b.is_ascii_alphabetic() => " ",
            _ => "",
        };
        open.push_str(joint);
        open.push_str(words);
        let is_short = n_seen(words) * FULL.1 < longest * FULL.0;
        if longest == 0 || is_short || (ends(words) && n_seen(words) < longest) {
            sheet.push_line(&std::mem::take(&mut open), None);
        }
    }
    sheet.push_line(&open, None);
    Ok(sheet)
}

/// True for the text of a data file, whose labels and comments would read like those of a report.
fn is_data_file(text: &str) -> bool {
    DATA_TABLES.iter().all(|table| text.lines().any(|line| line.starts_with(table)))
}

/// The mark of a heading as Markdown has it, and its words; none for any other line.
fn heading(line: &str) -> Option<(&str, &str)> {
    let words = line.trim_start_matches('#');
    let mark = &line[..line.len() - words.len()];
    (words.starts_with(' ') && (1..=6).contains(&mark.len())).then(|| (mark, words.trim_start()))
}

/// The cells of a row of a table whose lines are drawn with characters, and these characters; none for any other line.
fn drawn(line: &str) -> Option<(String, String)> {
    let is_line = |c: char| ('\u{2500}'..='\u{257f}').contains(&c) || matches!(c, '|' | '+' | '｜');
    if line.chars().count() < 3 || !line.starts_with(is_line) || !line.ends_with(is_line) {
        return None;
    }
    // Between rows stand strokes and, in some, marks of how a column is set.
    let is_ruling = line.chars().all(|c| is_line(c) || c.is_whitespace() || "-=:".contains(c));
    if is_ruling {
        return Some((String::new(), squeezed(line)));
    }
    let cells: Vec<&str> =
        line.split(is_line).map(str::trim).filter(|cell| !cell.is_empty()).collect();
    Some((cells.join("　"), line.chars().filter(|c| is_line(*c)).collect()))
}

/// The length at which lines were broken; 0 where they were not: paragraphs on one line each differ in length.
fn longest(lines: &[&str]) -> usize {
    let mut lengths: Vec<usize> = lines
        .iter()
        .filter(|line| drawn(line.trim()).is_none())
        .map(|line| n_seen(line))
        .filter(|n| *n > 12)
        .collect();
    lengths.sort_unstable();
    let Some(longest) = lengths.get(lengths.len() * 19 / 20).copied() else { return 0 };
    // Where lines are broken, most of the long ones are about as long.
    let n_like = lengths.iter().filter(|n| **n + 4 >= longest && **n <= longest + 4).count();
    if longest <= 80 && n_like * 5 >= lengths.len() { longest } else { 0 }
}

fn ends(text: &str) -> bool {
    text.ends_with(['。', '；', '：', '！', '？', '”', '）'])
}

/// For each line, true if the first words from there on go on with a sentence.
fn goes_on(lines: &[&str]) -> Vec<bool> {
    let mut goes_on = vec![false; lines.len()];
    let mut next = false;
    for (goes_on, line) in goes_on.iter_mut().zip(lines).rev() {
        let line = line.trim();
        if !line.is_empty() && !is_page_number(line) {
            next = !begins_a_paragraph(line) && !is_figures(line);
        }
        *goes_on = next;
    }
    goes_on
}

/// A line of nothing but figures and marks, as of a table that was flattened.
fn is_figures(line: &str) -> bool {
    // The first word that is none ends it, however long the line is.
    let mut seen = line.chars().filter(|c| !c.is_whitespace()).map(narrow).peekable();
    seen.peek().is_some() && seen.all(|c| c.is_ascii_digit() || "./-—,".contains(c))
}

/// `- 3 -`, `— 3 —`, `第3页`, `3 / 7`.
pub(super) fn is_page_number(line: &str) -> bool {
    let words: String = squeezed(line).chars().map(narrow).collect();
    let inner = words.trim_matches(['-', '—', '–', '―', '·']);
    let is_number = |text: &str| {
        !text.is_empty() && text.chars().count() <= 4 && text.chars().all(|c| c.is_ascii_digit())
    };
    let is_dashed = inner.len() < words.len() && is_number(inner);
    let named = words.strip_prefix('第').and_then(|rest| rest.split_once('页'));
    let is_named = named.is_some_and(|(number, rest)| {
        is_number(number) && (rest.is_empty() || rest.starts_with(['共', '/', ',']))
    });
    is_dashed || is_named
}

#[cfg(test)]
mod tests {
    use super::super::super::sheet::Block;
    use super::*;

    fn lines(text: &str) -> Vec<String> {
        let of = |block: Block| match block {
            Block::Line(line) => line.text,
            Block::Grid(_) => String::new(),
        };
        read(text).unwrap().blocks.into_iter().map(of).collect()
    }

    #[test]
    fn lines_broken_at_a_width_are_joined() {
        let text = "一、总体情况\n  本年全县各级行政机关共收到政府信息公开申请一\n百二十三件，均已答复，没有结转下年度继续办理的\n\n- 3 -\n\n申请。\n（一）主动公开。各单位按照要求主动公开政府信息\n共若干条。\n";
        assert_eq!(
            lines(text),
            [
                "一、总体情况",
                "本年全县各级行政机关共收到政府信息公开申请一百二十三件，均已答复，没有结转下年度继续办理的申请。",
                "（一）主动公开。各单位按照要求主动公开政府信息共若干条。",
            ]
        );
    }

    #[test]
    fn paragraphs_on_a_line_each_stay_apart() {
        let text = "甲县人民政府\n一、总体情况\n本年工作有序。\n另一段文字，没有句号\n一是开展培训，覆盖全县所有单位和乡镇街道，共计三百余人参加，效果良好。\n";
        assert_eq!(lines(text).len(), 5);
    }

    #[test]
    fn lines_of_tables_may_be_drawn() {
        let text = "| 信息内容 | 件数 |\n| --- | :-: |\n| 规章 | 3 |\n+----+----+\n║ 规范 │ 4 ║\n|x|没有闭合\n## 三、标题\n#3号\n";
        let expected = ["信息内容　件数", "规章　3", "规范　4", "|x|没有闭合", "三、标题", "#3号"];
        assert_eq!(lines(text), expected);
        assert_eq!(read(text).unwrap().dropped.len(), 6);
    }

    #[test]
    fn page_numbers_are_known() {
        for text in ["- 3 -", "— 12 —", "—1—", "第3页", "第 3 页 共 7 页"] {
            assert!(is_page_number(text), "{text}");
        }
        for text in ["3", "0 0 3", "—", "第3页的表", "2023年"] {
            assert!(!is_page_number(text), "{text}");
        }
    }
}
