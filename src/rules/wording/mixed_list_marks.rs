//! NB808: the items of one list are set apart by one mark.

use crate::diag::Severity;
use crate::edition::Edition;
use crate::law::{self, Authority};
use crate::report::Report;
use crate::rules::machinery::text::numbering::{Style, markers};
use crate::rules::machinery::text::sightings::Sightings;
use crate::rules::machinery::text::{Piece, Role, pieces, sentences};
use crate::rules::machinery::word_lists::WordLists;
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
        what: "“一是……二是……”各项之间是否有的用分号、有的用句号；并列的引号、书名号之间是否有的加顿号、有的不加；一串“某某N条”之间是否只有一处换了标点，最后一项前面是否换成了分号。",
        why: "同一列举的各项，标点一般一致；标有引号、书名号的并列成分之间，通常不用顿号。",
        example: "[overview]\ntext = \"一是完善栏目；二是加强运维。三是开展培训。\"",
        corrected: "[overview]\ntext = \"一是完善栏目；二是加强运维；三是开展培训。\"",
    },
    check,
};

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Mixture {
    Items,
    Quotes,
    Counts,
    Closing,
}

fn check(report: &Report, findings: &mut Findings<'_>) {
    let mut seen = Sightings::new();
    for piece in pieces(report).iter().filter(|piece| piece.role != Role::Title) {
        items(piece, &mut seen);
        quotes(piece, &mut seen);
        counts(piece, &mut seen);
        closings(piece, &mut seen);
    }
    for seen in seen.into_kinds() {
        let (message, help) = match seen.kind {
            Mixture::Items => ("“一是……二是……”各项之间用了不同的标点", "各项之间用同一种标点"),
            Mixture::Quotes => {
                ("并列的引号或书名号之间有的加顿号，有的不加", "统一，通常都不加顿号")
            }
            Mixture::Counts => {
                ("一串并列的数字之间只有这一处用了不同的标点", "各项之间用同一种标点")
            }
            Mixture::Closing => {
                ("一串并列的数字用逗号或顿号分开，最后一项前面却用了分号", "各项之间用同一种标点")
            }
        };
        let finding =
            findings.report(seen.first(), format!("{message}{}", seen.times()), "与其他各项不同");
        seen.show_others(finding);
        finding.help.push(help.to_owned());
    }
}

/// 一是…；二是…。三是…: the mark before each item must be that before the second.
fn items(piece: &Piece<'_>, seen: &mut Sightings<Mixture>) {
    let text = piece.printed();
    let mut first_mark = None;
    for marker in markers(text).iter().filter(|marker| marker.style == Style::Running) {
        if marker.number == 1 {
            first_mark = None;
            continue;
        }
        let before = text[..marker.range.start].trim_end();
        let Some(mark) = before.chars().next_back().filter(|c| matches!(c, '。' | '；' | '，'))
        else {
            continue;
        };
        match first_mark {
            None => first_mark = Some(mark),
            Some(first) if first != mark => {
                seen.add(Mixture::Items, piece, before.len() - mark.len_utf8()..marker.range.end);
                first_mark = Some(mark);
            }
            Some(_) => {}
        }
    }
}

/// Quotations side by side, some with 、 between and some without.
fn quotes(piece: &Piece<'_>, seen: &mut Sightings<Mixture>) {
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
        seen.add(Mixture::Quotes, piece, at..at + length);
    }
}

/// 甲3条、乙4条、丙5条，丁6条: one mark among at least four that is not like the others.
fn counts(piece: &Piece<'_>, seen: &mut Sightings<Mixture>) {
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

fn judge(piece: &Piece<'_>, run: &[(usize, char)], counted: bool, seen: &mut Sightings<Mixture>) {
    if run.len() < 4 || !counted {
        return;
    }
    let commas: Vec<_> = run.iter().filter(|(_, c)| *c == '，').collect();
    let pauses: Vec<_> = run.iter().filter(|(_, c)| *c == '、').collect();
    let odd = match (commas.as_slice(), pauses.as_slice()) {
        ([only], [_, _, ..]) | ([_, _, ..], [only]) => only,
        _ => return,
    };
    seen.add(Mixture::Counts, piece, odd.0..odd.0 + odd.1.len_utf8());
}

/// 其中甲3条，乙4条；丙5条。: a list that begins with one mark and has a semicolon before its last item.
fn closings(piece: &Piece<'_>, seen: &mut Sightings<Mixture>) {
    let text = piece.printed();
    for sentence in sentences(text) {
        let words = text[sentence.clone()].trim_end_matches(['。', '\n']);
        let mut list: Vec<Item> = Vec::new();
        let mut start = 0;
        for part in words.split_inclusive(['、', '，', '；', '：', '（', '）', ':']) {
            let (begin, item) = (start, part.trim_end_matches(SIGNS));
            start += part.len();
            let mark = words[..begin].chars().next_back();
            let lead = WordLists::get().opens_counts.start_of(item);
            let bare = lead.and_then(|lead| item.strip_prefix(lead)).unwrap_or(item);
            let leads = bare.len() < item.len() || matches!(mark, Some('：' | ':'));
            match counted(bare) {
                Some((number, unit)) if leads => {
                    let whole = list.last().map(|item: &Item| item.number);
                    list = vec![Item { mark: begin, number, unit, whole }];
                }
                Some((number, unit)) => {
                    list.push(Item { mark: begin, number, unit, whole: None });
                }
                // 其中： is followed by the list, its whole before it.
                None if bare.is_empty() => {}
                None => list.clear(),
            }
        }
        if let Some(mark) = odd_closing(words, &list) {
            let at = sentence.start + mark;
            seen.add(Mixture::Closing, piece, at..at + '；'.len_utf8());
        }
    }
}

/// An item of a list of counts: where the mark before it ends, its number and its unit.
struct Item {
    mark: usize,
    number: u64,
    unit: char,
    /// The number before the list, which may be its sum.
    whole: Option<u64>,
}

const SIGNS: [char; 7] = ['、', '，', '；', '：', '（', '）', ':'];

/// The semicolon before the last item of a list whose other items are set apart by another mark.
fn odd_closing(words: &str, list: &[Item]) -> Option<usize> {
    let [first, others @ .., last] = list else { return None };
    let mark = |item: &Item| words[..item.mark].chars().next_back();
    let usual = mark(others.first()?).filter(|c| matches!(c, '，' | '、'))?;
    let alike = others.iter().all(|item| mark(item) == Some(usual));
    let unit = list.iter().all(|item| item.unit == first.unit);
    // Only where all of them come to the whole is it certain that the last one is of the list.
    let sum = list.iter().fold(0u64, |sum, item| sum.saturating_add(item.number));
    let anew = WordLists::get().says_anew.are_in(&words[last.mark..]);
    (mark(last) == Some('；') && alike && unit && first.whole == Some(sum) && !anew)
        .then(|| last.mark - '；'.len_utf8())
}

/// True if an item ends with a number and its unit, and is an item of a list and no comparison.
fn is_counted(item: &str) -> bool {
    !item.contains("其中") && counted(item).is_some()
}

/// The number and the unit that an item of a list ends with; a comparison is no item.
fn counted(item: &str) -> Option<(u64, char)> {
    let item = item.trim_end();
    let unit = item.chars().next_back().filter(|c| "条件篇个次份项宗期场".contains(*c))?;
    let rest = &item[..item.len() - unit.len_utf8()];
    let digits = rest.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let number = rest[digits..].parse().ok()?;
    (!WordLists::get().compared.are_in(item)).then_some((number, unit))
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
            &[("。三是", "各项之间用了不同的标点")],
        );
        overview("一是完善栏目，二是加强运维；三是开展培训。", &[("；三是", "用了不同的标点")]);
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
    fn a_semicolon_before_the_last_item_only() {
        let odd = [("；", "最后一项前面却用了分号")];
        overview("公开信息20条，其中政策3条，动态8条；公告9条。", &odd);
        overview("公开信息20条，其中：政策3条、动态8条；公告9条。", &odd);
        // Not all of 40 are of the list, and what was carried in is none of them.
        overview("新收40件，其中自然人4件、商业企业2件；上年结转2件。", &[]);
        overview("机构职能3条，工作动态8条，通知公告2条；人事9条。", &[]);
        overview("办结5件，其中予以公开3件，部分公开1件；结转下年度1件。", &[]);
        // 公告9条 is no part of the 11.
        overview("公开信息11条，其中政策3条，动态8条；公告9条。", &[]);
        overview("其中政策3条；动态8条；公告9条。其中政策3条，动态8条；回应9次。", &[]);
        overview(
            "收到申请9件，答复8件；转办1件。网站3条，其中图解2条；公众号4条，其中图解3条。",
            &[],
        );
    }

    #[test]
    fn lists_of_one_kind() {
        overview(
            "一是完善栏目。细化目录；充实内容。二是加强运维。三是培训。\n一是甲；二是乙；三是丙。\n《甲》《乙》和《丙》、“丁”。收到9条，答复8条、转办7条，办结6条。\n行政复议8件，比上年增加2件，其中维持4件、纠正2件，纠正数增加1件。",
            &[],
        );
    }
}
