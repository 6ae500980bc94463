//! NB806: blanks around figures are used throughout or not at all.

use crate::diag::Severity;
use crate::edition::Edition;
use crate::law::{self, Authority};
use crate::report::Report;
use crate::rules::machinery::text::sightings::Sightings;
use crate::rules::machinery::text::{Role, is_han, pieces};
use crate::rules::{Docs, Findings, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB806",
    name: "uneven-spacing",
    title: "汉字与数字之间的空格时有时无，或文字中有多余的空格",
    severity: Severity::Hint,
    fixed: false,
    authority: Authority::Practice,
    basis: &[law::PRACTICE],
    editions: Edition::ALL,
    docs: Docs {
        what: "汉字与数字之间的空格是否全文一致；汉字之间是否有空格；段内是否有制表符。段首段末的空格不印出，不算。",
        why: "同一篇文字里“2023 年”和“2023年”并存，是拼接不同来源的文字留下的痕迹。",
        example: "[overview]\ntext = \"2023 年公开信息120条，比2022年增长5%。\"",
        corrected: "[overview]\ntext = \"2023年公开信息120条，比2022年增长5%。\"",
    },
    check,
};

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Space {
    /// A blank between a Chinese character and a figure.
    AtFigure,
    /// No blank there.
    NoneAtFigure,
    /// A blank between two Chinese characters.
    BetweenHan,
    /// A tab.
    Tab,
}

fn check(report: &Report, findings: &mut Findings<'_>) {
    let mut seen = Sightings::new();
    for piece in pieces(report) {
        let text = piece.printed();
        let mut solid: Option<(usize, char)> = None; // the last character that is no blank
        for (at, c) in text.char_indices() {
            if matches!(c, ' ' | '\u{a0}' | '\u{3000}' | '\t') {
                if c == '\t' && solid.is_some() {
                    seen.add(Space::Tab, &piece, at..at + 1);
                }
                continue;
            }
            if let Some((before, last)) = solid {
                let end = before + last.len_utf8();
                let range = with_figures(text, before..at + c.len_utf8());
                let at_figure =
                    is_han(last) && c.is_ascii_digit() || last.is_ascii_digit() && is_han(c);
                if at_figure {
                    let kind = if end < at { Space::AtFigure } else { Space::NoneAtFigure };
                    seen.add(kind, &piece, range);
                } else if end < at
                    && is_han(last)
                    && is_han(c)
                    && piece.role != Role::Title
                    && !joins_issuers(text, end)
                {
                    seen.add(Space::BetweenHan, &piece, range);
                }
            }
            solid = (c != '\n' && c != '\r').then_some((at, c));
        }
    }
    let kinds = seen.into_kinds();
    let count = |kind| kinds.iter().find(|seen| seen.kind == kind).map_or(0, |seen| seen.count);
    let (with, without) = (count(Space::AtFigure), count(Space::NoneAtFigure));
    for seen in &kinds {
        let (message, help) = match seen.kind {
            Space::AtFigure | Space::NoneAtFigure => {
                let rarer = if with <= without { Space::AtFigure } else { Space::NoneAtFigure };
                if with == 0 || without == 0 || seen.kind != rarer {
                    continue;
                }
                (
                    format!("汉字与数字之间{with}处有空格，{without}处没有，例如“{}”", seen.words),
                    "全文统一，一般不加空格",
                )
            }
            Space::BetweenHan => {
                (format!("汉字之间有空格：“{}”{}", seen.words, seen.times()), "删去空格")
            }
            Space::Tab => (format!("文字中有制表符{}", seen.times()), "删去制表符"),
        };
        let finding = findings.report(seen.first(), message, "");
        seen.show_others(finding);
        finding.help.push(help.to_owned());
    }
}

/// True if a blank sets apart the issuers of a document in its title: 《甲局 乙局关于…的通知》.
fn joins_issuers(text: &str, blank: usize) -> bool {
    let (before, after) = text.split_at(blank);
    let title = before.rsplit(['《', '》', '\n']).next().unwrap_or_default();
    let opens = before[..before.len() - title.len()].ends_with('《');
    let rest = after.split(['》', '\n']).next().unwrap_or_default();
    opens
        && after[rest.len()..].starts_with('》')
        && rest.contains("关于")
        && !title.contains("关于")
}

/// A boundary together with the whole figure that stands at it, as far as a year reaches.
fn with_figures(text: &str, range: std::ops::Range<usize>) -> std::ops::Range<usize> {
    const MOST: usize = 8;
    let words = &text[range.clone()];
    if words.starts_with(|c: char| c.is_ascii_digit()) {
        let before =
            text[..range.start].bytes().rev().take(MOST).take_while(u8::is_ascii_digit).count();
        return range.start - before..range.end;
    }
    if words.ends_with(|c: char| c.is_ascii_digit()) {
        let after = text[range.end..].bytes().take(MOST).take_while(u8::is_ascii_digit).count();
        return range.start..range.end + after;
    }
    range
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::points_at;

    fn overview(text: &str, expected: &[(&str, &str)]) {
        points_at(&RULE, &format!("[overview]\ntext = '''\n{text}\n'''\n"), expected);
    }

    #[test]
    fn s004_21_with_and_without_blanks() {
        overview("2023 年公开信息120条，比2022年增长5%。", &[("2023 年", "1处有空格，5处没有")]);
    }

    #[test]
    fn blanks_between_characters_and_tabs() {
        overview(
            "公开信 息九条\t，其中六条转载。",
            &[("信 息", "汉字之间有空格"), ("\t", "制表符")],
        );
    }

    #[test]
    fn joint_issuers_are_set_apart_by_blanks() {
        overview("转发《省水利厅 省财政厅关于做好防汛工作的通知》。", &[]);
        overview("转发《关于做好防汛 工作的通知》。", &[("汛 工", "汉字之间有空格")]);
    }

    #[test]
    fn one_way_throughout() {
        overview("　　2023年公开信息120条。\n  培训3次，见 http://www.example.gov.cn/ 。", &[]);
        overview("2023 年公开信息 120 条。", &[]);
    }
}
