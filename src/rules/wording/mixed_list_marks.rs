//! NB808: the items of one list are set apart by one mark.

use crate::diag::Severity;
use crate::edition::Edition;
use crate::law::{self, Authority};
use crate::report::Report;
use crate::rules::machinery::text::numbering::{Style, markers};
use crate::rules::machinery::text::sightings::Sightings;
use crate::rules::machinery::text::{Piece, Role, has_any, pieces};
use crate::rules::{Docs, Findings, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB808",
    name: "mixed-list-marks",
    title: "同一列举中标点不一致",
    severity: Severity::Hint,
    fixed: false,
    authority: Authority::Standard,
    basis: &[law::PUNCTUATION],
    editions: Edition::ALL,
    docs: Docs {
        what: "“一是……二是……”各项之间是否有的用分号、有的用句号；并列的引号、书名号之间是否有的加顿号、有的不加；一串“某某N条”之间是否只有一处换了标点。",
        why: "同一列举的各项，标点一般一致；标有引号、书名号的并列成分之间，通常不用顿号。",
        example: "[overview]\ntext = \"一是完善栏目；二是加强运维。三是开展培训。\"",
        corrected: "[overview]\ntext = \"一是完善栏目；二是加强运维；三是开展培训。\"",
    },
    check,
};

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fault {
    Items,
    Quotes,
    Counts,
}

fn check(report: &Report, findings: &mut Findings<'_>) {
    let mut seen = Sightings::new();
    for piece in pieces(report).iter().filter(|piece| piece.role != Role::Title) {
        items(piece, &mut seen);
        quotes(piece, &mut seen);
        counts(piece, &mut seen);
    }
    for seen in seen.into_kinds() {
        let (message, help) = match seen.kind {
            Fault::Items => {
                ("“一是……二是……”各项之间有的用分号，有的用句号", "各项之间用同一种标点")
            }
            Fault::Quotes => ("并列的引号或书名号之间有的加顿号，有的不加", "统一，通常都不加顿号"),
            Fault::Counts => ("一串并列的数字之间只有这一处用了不同的标点", "各项之间用同一种标点"),
        };
        let finding =
            findings.report(seen.first(), format!("{message}{}", seen.times()), "与其他各项不同");
        seen.show_others(finding);
        finding.help.push(help.to_owned());
    }
}

/// 一是…；二是…。三是…: the mark before each item must be that before the second.
fn items(piece: &Piece<'_>, seen: &mut Sightings<Fault>) {
    let text = piece.printed();
    let mut first_mark = None;
    for marker in markers(text).iter().filter(|marker| marker.style == Style::Running) {
        if marker.number == 1 {
            first_mark = None;
            continue;
        }
        let before = text[..marker.range.start].trim_end();
        let Some(mark) = before.chars().next_back().filter(|c| matches!(c, '。' | '；')) else {
            continue;
        };
        match first_mark {
            None => first_mark = Some(mark),
            Some(first) if first != mark => {
                seen.add(Fault::Items, piece, before.len() - mark.len_utf8()..marker.range.end);
                first_mark = Some(mark);
            }
            Some(_) => {}
        }
    }
}

/// Quotations side by side, some with 、 between and some without.
fn quotes(piece: &Piece<'_>, seen: &mut Sightings<Fault>) {
    let text = piece.printed();
    for (close, open) in [('”', '“'), ('》', '《')] {
        let with = format!("{close}、{open}");
        let without = format!("{close}{open}");
        let (Some(_), Some(at)) = (text.find(&with), text.find(&without)) else { continue };
        let n_with = text.matches(&with).count();
        let n_without = text.matches(&without).count();
        let (at, length) = match text.find(&with) {
            Some(with_at) if n_with < n_without => (with_at, with.len()),
            _ => (at, without.len()),
        };
        seen.add(Fault::Quotes, piece, at..at + length);
    }
}

/// 甲3条、乙4条、丙5条，丁6条: one mark among at least four that is not like the others.
fn counts(piece: &Piece<'_>, seen: &mut Sightings<Fault>) {
    /// The longest item of a list, in bytes.
    const ITEM: usize = 60;
    let text = piece.printed();
    let mut run: Vec<(usize, char)> = Vec::new();
    let mut from = 0;
    for (at, c) in text.char_indices() {
        if !matches!(c, '、' | '，' | '。' | '；' | '：' | '（' | '）' | '(' | ')' | '\n' | ',')
        {
            continue;
        }
        let item = &text[from..at];
        let counted = item.len() <= ITEM && is_counted(item);
        if counted && matches!(c, '、' | '，') {
            run.push((at, c));
        } else {
            judge(piece, &run, counted, seen);
            run.clear();
        }
        from = at + c.len_utf8();
    }
}

fn judge(piece: &Piece<'_>, run: &[(usize, char)], counted: bool, seen: &mut Sightings<Fault>) {
    if run.len() < 4 || !counted {
        return;
    }
    let commas: Vec<_> = run.iter().filter(|(_, c)| *c == '，').collect();
    let pauses: Vec<_> = run.iter().filter(|(_, c)| *c == '、').collect();
    let odd = match (commas.as_slice(), pauses.as_slice()) {
        ([only], [_, _, ..]) | ([_, _, ..], [only]) => only,
        _ => return,
    };
    seen.add(Fault::Counts, piece, odd.0..odd.0 + odd.1.len_utf8());
}

/// True if an item ends with a number and its unit, and is an item of a list and no comparison.
fn is_counted(item: &str) -> bool {
    if has_any(item, &["其中", "同比", "较", "比上", "比去", "比2", "增加", "减少", "净增"])
    {
        return false;
    }
    let unit = item.trim_end();
    ['条', '件', '篇', '个', '次', '份', '项', '宗', '期', '场'].iter().any(|sign| {
        unit.strip_suffix(*sign).is_some_and(|rest| rest.ends_with(|c: char| c.is_ascii_digit()))
    })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::points_at;

    fn overview(text: &str, expected: &[(&str, &str)]) {
        points_at(&RULE, &format!("[overview]\ntext = '''\n{text}\n'''\n"), expected);
    }

    #[test]
    fn s000_10_a_semicolon_and_a_full_stop() {
        overview(
            "一是完善栏目；二是加强运维。三是开展培训。",
            &[("。三是", "有的用分号，有的用句号")],
        );
    }

    #[test]
    fn s001_05_a_pause_between_some_quotations() {
        overview("新增“甲”、“乙”栏目，完善“丙”、“丁”“戊”栏目。", &[("”“", "有的加顿号")]);
    }

    #[test]
    fn s002_15_one_comma_among_pauses() {
        overview("（包含公文8条、权力9条、资金5条、采购7条，其他6条）", &[("，", "只有这一处")]);
    }

    #[test]
    fn lists_of_one_kind() {
        overview(
            "一是完善栏目。细化目录；充实内容。二是加强运维。三是培训。\n一是甲；二是乙；三是丙。\n《甲》《乙》和《丙》、“丁”。收到9条，答复8条、转办7条，办结6条。\n行政复议8件，比上年增加2件，其中维持4件、纠正2件，纠正数增加1件。",
            &[],
        );
    }
}
