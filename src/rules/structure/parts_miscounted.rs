//! NB010: the opening lists the six parts that the report has.

use std::ops::Range;

use crate::diag::{Place, Severity};
use crate::edition::{Axis, Edition, Section};
use crate::law::{self, Authority};
use crate::report::{FieldPath, Report};
use crate::rules::machinery::text::sentences;
use crate::rules::machinery::word_lists::WordLists;
use crate::rules::{Docs, Findings, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB010",
    name: "parts-miscounted",
    title: "引言列举的部分与六个部分不符",
    severity: Severity::Warning,
    fixed: false,
    authority: Authority::Notice,
    basis: &[law::FORMAT_2021_SECTIONS],
    editions: Edition::ALL,
    docs: Docs {
        what: "自拟的引言列举报告各部分的，六个部分是否列全，有没有列出格式之外的部分；写了“N个部分”的，是否为六个；第六部分的名称写得不同的给出提示。标准引言由程序写出，自然相符。措辞不必与标题完全相同：第四部分写成“行政复议、行政诉讼情况”“行政复议和行政诉讼情况”都可以。",
        why: "引言说六个部分却只列出五个，是编写时漏了一项，读者一数就会发现。",
        example: "[opening]\ntext = \"本报告包括总体情况、主动公开政府信息情况、政府信息公开行政复议和行政诉讼情况、存在的主要问题及改进情况、其他需要报告的事项六个部分。\"",
        corrected: "# 不写 [opening]，由程序按标准表述写出；或者补上“收到和处理政府信息公开申请情况”",
    },
    check,
};

/// A list of fewer parts than this is no list of all parts.
const LEAST: usize = 3;

fn check(report: &Report, findings: &mut Findings<'_>) {
    let Some(opening) = &report.opening else { return };
    let text = opening.printed();
    for sentence in sentences(text) {
        let words = &text[sentence.clone()];
        if let Some(miscount) = miscount(report, words) {
            let range = sentence.start + miscount.range.start..sentence.start + miscount.range.end;
            let place = Place::Text(FieldPath::new("opening.text"), opening.typed_range(range));
            let finding =
                findings.report_as(miscount.severity, place, miscount.message, miscount.label);
            finding.help.push(miscount.help);
            return;
        }
    }
}

/// A list of parts that is not that of the form.
struct Miscount {
    severity: Severity,
    /// The bytes of the sentence.
    range: Range<usize>,
    message: String,
    label: String,
    help: String,
}

/// The miscount of a sentence that lists the parts, if it has one.
fn miscount(report: &Report, words: &str) -> Option<Miscount> {
    let sections = report.form().sections.iter().map(|section| section.section);
    let unnamed: Vec<Section> =
        sections.filter(|section| first_name(*section, words).is_none()).collect();
    let n = report.form().sections.len();
    let listed = n - unnamed.len();
    if listed < LEAST {
        return None;
    }
    let said = count(words);
    let list = list(words, said.as_ref().map(|(_, range)| range.start));
    if let Some(range) = misnamed_last(report, words, &unnamed) {
        return Some(last_misnamed(section_name(report, Section::Other), words, range));
    }
    let foreign: Vec<Range<usize>> =
        items(words, list.clone()).filter(|item| is_foreign(&words[item.clone()])).collect();
    let names: Vec<&str> = foreign.iter().map(|item| &words[item.clone()]).collect();
    let names = names.join("”“");
    let missing: Vec<&str> = unnamed.iter().map(|section| section_name(report, *section)).collect();
    let missing = missing.join("”“");
    if let Some(first) = foreign.first() {
        let (rest, help) = if unnamed.is_empty() {
            let help = format!("删去“{names}”，有关内容写进相应的部分；部分的个数写成{n}个");
            (format!("报告印出的是{n}个"), help)
        } else {
            let help = "按格式的六个部分列举；或者删去 [opening]，由程序按标准表述写出";
            (format!("又缺少“{missing}”"), help.to_owned())
        };
        return Some(Miscount {
            severity: RULE.severity,
            range: first.clone(),
            message: format!("引言列出的“{names}”不在格式规定的{n}个部分之内，{rest}"),
            label: "格式中没有这一部分".to_owned(),
            help,
        });
    }
    // 由总体情况、……等六个部分组成: the list is not meant to be whole.
    let said_n = said.as_ref().map(|(said, _)| *said);
    if !unnamed.is_empty() && is_left_open(words, list, listed, said_n) {
        return miscounted(said?, n, words);
    }
    if !unnamed.is_empty() {
        let said_n = said.as_ref().map_or(String::new(), |(said, _)| format!("说{said}个部分，"));
        return Some(Miscount {
            severity: RULE.severity,
            range: said.map_or(0..words.trim_end().len(), |(_, range)| range),
            message: format!("引言{said_n}只列出{listed}个，缺少“{missing}”"),
            label: format!("列出了{listed}个"),
            help: "补上缺少的部分；或者删去 [opening]，由程序按标准表述写出".to_owned(),
        });
    }
    let (said, range) = said.filter(|(said, _)| *said != n && said + not_counted(words) != n)?;
    Some(Miscount {
        severity: RULE.severity,
        range,
        message: format!("引言说{said}个部分，列出的是{n}个"),
        label: format!("应为{n}个"),
        help: "改正部分的个数".to_owned(),
    })
}

/// The number of parts that a sentence names apart from those it counts: 除总体情况外，报告另有五个部分.
fn not_counted(words: &str) -> usize {
    const BUT: char = '除';
    let Some((_, named)) = words.split_once(BUT) else { return 0 };
    let named = named.split(['，', '。', '；']).next().unwrap_or_default();
    let Some(_) = WordLists::get().openings.not_counted.end_of(named) else { return 0 };
    Section::ALL.iter().filter(|section| first_name(**section, named).is_some()).count()
}

/// The last part under another name.
fn last_misnamed(name: &str, words: &str, range: Range<usize>) -> Miscount {
    Miscount {
        severity: Severity::Hint,
        message: format!("第六部分的名称写成了“{}”", &words[range.clone()]),
        range,
        label: format!("应为“{name}”"),
        help: format!("写成“{name}”"),
    }
}

/// The miscount of a list that is not meant to be whole: 由总体情况、……等五个部分组成.
fn miscounted((said, range): (usize, Range<usize>), n: usize, words: &str) -> Option<Miscount> {
    let of_parts = words[range.end..].starts_with("部分") && said != n;
    of_parts.then(|| Miscount {
        severity: RULE.severity,
        range,
        message: format!("引言说{said}个部分，报告印出的是{n}个"),
        label: format!("应为{n}个"),
        help: "改正部分的个数".to_owned(),
    })
}

/// The name of a section in running text.
fn section_name(report: &Report, section: Section) -> &'static str {
    let mut sections = report.form().sections.iter();
    sections.find(|of| of.section == section).map_or("", |of| of.in_text)
}

/// The bytes of a sentence in which its parts are listed, up to their number.
fn list(words: &str, number: Option<usize>) -> Range<usize> {
    let first = Section::ALL.iter().filter_map(|section| first_name(*section, words)).min();
    let first = first.unwrap_or(0);
    let start = WordLists::get()
        .parts_begin
        .iter()
        .filter_map(|sign| words[..first].rfind(sign).map(|at| at + sign.len()))
        .max()
        .unwrap_or(0);
    // 由七个部分组成：…: the number stands before the list.
    let end = number.filter(|number| *number > first).or_else(|| {
        let behind = &words[first..];
        let told_next = WordLists::get().parts_end.iter().filter_map(|sign| behind.find(sign));
        behind.find(['组', '。']).into_iter().chain(told_next).min().map(|at| first + at)
    });
    start..end.unwrap_or(words.len()).max(start)
}

/// True if a list of so many parts ends with 等 and is not meant to be whole: no number follows, or several parts lack.
fn is_left_open(words: &str, list: Range<usize>, listed: usize, said: Option<usize>) -> bool {
    let ends = words[list].trim_end_matches(['的', '共', ' ']);
    let open = WordLists::get().list_goes_on.iter().any(|sign| ends.ends_with(sign));
    open && said.is_none_or(|said| listed + 1 < said)
}

/// The members of a list of parts, without what stands around their names.
fn items(words: &str, list: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let mut at = list.start;
    words[list].split_inclusive(['、', '，', '；']).flat_map(with_last).filter_map(move |item| {
        let start = at;
        at += item.len();
        let name = item.trim_end_matches(['、', '，', '；', '等', '共', ' ']);
        let lead = name.len() - name.trim_start_matches(['以', '和', '及', ' ']).len();
        (name.len() > lead).then(|| start + lead..start + name.len())
    })
}

/// A member of the list, and behind 和 one more that is no part of the form: 其他需要报告的事项和工作思路.
fn with_last(item: &str) -> impl Iterator<Item = &str> {
    let joined = WordLists::get().parts_joined.iter().find_map(|and| {
        let at = item.rfind(and)?;
        let (one, other) =
            (&item[..at], item[at + and.len()..].trim_end_matches(['、', '，', '；']));
        let is_part = Section::ALL.iter().any(|section| first_name(*section, one).is_some());
        (is_part && is_foreign(other)).then_some(at)
    });
    let (one, other) = item.split_at(joined.unwrap_or(item.len()));
    [one, other].into_iter().filter(|part| !part.is_empty())
}

/// True if a member of the list is none of the parts of the form, in whatever words.
fn is_foreign(name: &str) -> bool {
    // 存在的主要问题、改进情况 are one part, and so are 复议、诉讼.
    !Section::ALL.iter().any(|section| first_name(*section, name).is_some())
        && !WordLists::get().parts_go_on.are_in(name)
        && name.chars().count() >= 4
}

/// The name of the last part, where it is the only one that is not named rightly: 其他报告的事项.
fn misnamed_last(report: &Report, words: &str, unnamed: &[Section]) -> Option<Range<usize>> {
    if unnamed != [Section::Other] {
        return None;
    }
    let start = WordLists::get().last_part.iter().filter_map(|sign| words.rfind(sign)).max()?;
    let number = count(words).map(|(_, range)| range.start).filter(|number| *number > start);
    let end = number.unwrap_or(words.len());
    let name = words[start..end].split(['、', '，', '。', '；', '组', '等', '共']).next()?;
    let is_near = report.form().sections.len() > LEAST && name.contains("事项");
    is_near.then(|| start..start + name.len())
}

/// The place where a sentence names a part, in the words of the form or of the Regulation.
fn first_name(section: Section, words: &str) -> Option<usize> {
    let signs = WordLists::get().part_signs.get(section.key())?;
    signs.iter().filter_map(|name| words.find(name)).min()
}

/// The number before `个部分` or `部分`, and its bytes.
fn count(words: &str) -> Option<(usize, Range<usize>)> {
    const DIGITS: &str = "一二三四五六七八九";
    let ends = WordLists::get().parts.iter().flat_map(|sign| words.match_indices(sign));
    ends.filter_map(|(at, _)| {
        let before = words[..at].trim_end().trim_end_matches(['个', '大']).trim_end();
        let digit = before.chars().next_back()?;
        let value = DIGITS.chars().position(|d| d == digit).map(|i| i + 1);
        let value = value.or_else(|| digit.to_digit(10).and_then(|d| usize::try_from(d).ok()))?;
        Some((value, before.len() - digit.len_utf8()..at))
    })
    .next()
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::points_at;

    fn opening(text: &str, expected: &[(&str, &str)]) {
        points_at(&RULE, &format!("[opening]\ntext = \"{text}\"\n"), expected);
    }

    #[test]
    fn s004_07_six_parts_of_which_five_are_named() {
        opening(
            "包括总体情况、主动公开情况、行政复议诉讼情况、主要问题和其他需要报告的事项六个部分。",
            &[("六个", "缺少“收到和处理政府信息公开申请情况”")],
        );
    }

    #[test]
    fn a_wrong_number_of_parts() {
        opening(
            "由总体情况、主动公开、收到和处理申请、复议诉讼、主要问题、其他需要报告的事项五个部分组成。",
            &[("五个", "应为6个")],
        );
    }

    #[test]
    fn a_part_that_is_not_counted() {
        let rest = "报告另有主动公开、收到和处理申请、复议诉讼、主要问题、其他需要报告的事项";
        opening(&format!("除总体情况外，{rest}五个部分。"), &[]);
        opening(&format!("除总体情况外，{rest}四个部分。"), &[("四个", "应为6个")]);
    }

    #[test]
    fn a_list_that_is_left_open() {
        opening("报告由总体情况、主动公开政府信息情况、收到和处理申请情况等六个部分组成。", &[]);
        opening(
            "报告由总体情况、主动公开政府信息情况、收到和处理申请情况等五个部分组成。",
            &[("五个", "报告印出的是6个")],
        );
        opening("报告从总体情况、主动公开政府信息情况、收到和处理申请情况等五个方面编写。", &[]);
        opening(
            "全文包括总体情况、主动公开政府信息情况、收到和处理申请情况、行政复议和行政诉讼情况、存在的主要问题及改进情况等内容。",
            &[],
        );
    }

    #[test]
    fn parts_without_a_measure_word() {
        opening(
            "报告由总体情况、主动公开、收到和处理申请、主要问题、其他需要报告的事项等六部分组成。",
            &[("六", "缺少“政府信息公开行政复议和行政诉讼情况”")],
        );
    }

    #[test]
    fn parts_that_the_form_does_not_have() {
        opening(
            "本报告由总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、政府信息公开行政复议、行政诉讼情况、存在的主要问题及改进情况、其他需要报告的事项、2025年工作思路七个部分组成。",
            &[("2025年工作思路", "格式中没有这一部分")],
        );
        opening(
            "本报告由七个部分组成：总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、行政复议和行政诉讼情况、存在的主要问题及改进情况、其他需要报告的事项和2025年工作思路。",
            &[("2025年工作思路", "格式中没有这一部分")],
        );
        opening(
            "本报告由七个部分组成：总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、行政复议和行政诉讼情况、存在的主要问题及改进情况、其他需要报告的事项、2025年工作思路，所列数据的统计期限为2024年1月1日至2024年12月31日。",
            &[("2025年工作思路", "引言列出的“2025年工作思路”不在格式规定的6个部分之内")],
        );
        opening(
            "内容包括概述、主动公开政府信息情况、依申请公开政府信息情况、政府信息公开的支出与收费情况、行政复议和行政诉讼情况、存在的问题及改进措施、其他需要报告的事项。",
            &[("政府信息公开的支出与收费情况", "格式中没有这一部分")],
        );
    }

    #[test]
    fn the_eight_parts_of_old() {
        opening(
            "由概述、主动公开政府信息情况、依申请公开政府信息情况、咨询处理情况、复议和诉讼情况、支出与收费情况、存在的主要问题和改进措施、附表八个部分组成。",
            &[("支出与收费情况", "不在格式规定的6个部分之内，又缺少“其他需要报告的事项”")],
        );
    }

    #[test]
    fn the_sixth_part_under_another_name() {
        opening(
            "本报告包括总体情况、主动公开、收到和处理申请、复议诉讼、主要问题及改进情况、其他报告的事项共六个部分。",
            &[("其他报告的事项", "其他需要报告的事项")],
        );
    }

    #[test]
    fn all_six_in_other_words_or_no_list() {
        opening(
            "全文包括总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、因政府信息公开工作被申请行政复议和提起行政诉讼情况、政府信息公开工作存在的主要问题及改进情况、其他需要报告的事项。",
            &[],
        );
        opening(
            "根据《中华人民共和国政府信息公开条例》，编制2023年政府信息公开工作年度报告。",
            &[],
        );
        points_at(&RULE, "", &[]);
    }
}
