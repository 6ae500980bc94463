//! NB618: a figure has its unit, and the same one wherever it is told.

use std::ops::Range;

use crate::diag::{Label, Severity};
use crate::edition::Edition;
use crate::law::{self, Authority};
use crate::prose::{BareKind, bare_numbers, names_quantity};
use crate::report::Report;
use crate::rules::figures::judge::{clause, place};
use crate::rules::figures::scale_lost::judge_scales;
use crate::rules::machinery::word_lists::WordLists;
use crate::rules::{Docs, Findings, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB618",
    name: "unit-missing",
    title: "数字后面缺少量词，或者漏了“万”",
    severity: Severity::Warning,
    fixed: false,
    authority: Authority::Notice,
    basis: &[law::FORMAT_2021_ACCURACY],
    editions: Edition::ALL,
    docs: Docs {
        what: "申请、办理结果、复议诉讼和公开信息的数后面是否漏了“件”“条”等量词，率、占比的数后面是否漏了“%”；同一篇只指一处，其余的在旁边列出。冒号后面只列数字的不作判断。同样的数字一处写“元”、一处写“万元”的，也指出。",
        why: "多半是删改时连量词一起删掉了；没有量词的数不能与表格核对，读者也可能看成别的数。",
        example: "[overview]\ntext = \"全年收到政府信息公开申请20件，其中部分公开7，占35%。\"",
        corrected: "[overview]\ntext = \"全年收到政府信息公开申请20件，其中部分公开7件，占35%。\"",
    },
    check,
};

/// The number of the other places that are shown.
const SHOWN: usize = 8;

fn check(report: &Report, findings: &mut Findings<'_>) {
    judge_scales(report, findings);
    let prose = findings.prose(report);
    let mut found = Vec::new();
    for (passage, text) in prose.each(report) {
        let printed = text.printed();
        let bare = bare_numbers(printed, &passage.mentions, &passage.unread);
        let missing = bare.into_iter().filter(|bare| bare.kind == BareKind::NoUnit);
        found.extend(missing.filter_map(|bare| {
            let lacking = lacking(printed, &bare.range, &bare.words)?;
            Some((place(passage, text, &bare.range), passage, text, bare, lacking))
        }));
    }
    let Some((at, _, text, bare, first)) = found.first() else { return };
    let one_kind = found.iter().all(|(.., lacking)| lacking == first);
    let said = clause(text, &(bare.words.start..bare.range.end));
    let times = match found.len() {
        1 => String::new(),
        n if one_kind => format!("，全文共 {n} 处"),
        n => format!("，全文没有量词或“%”的数共 {n} 处"),
    };
    let message = format!("“{said}”后面没有{}{times}", first.word());
    let finding = findings.report(at.clone(), message, first.label());
    for (at, .., lacking) in found.iter().skip(1).take(SHOWN) {
        finding.related.push(Label::new(at.clone(), lacking.label()));
    }
    let add = match first {
        _ if !one_kind => "补上“件”“条”等量词，是比率的补上“%”；有了量词，程序才能与表格核对",
        Lacking::Counter => "补上“件”“条”等量词；有了量词，程序才能与表格核对",
        Lacking::Percent => "补上“%”；有了“%”，程序才能核对这个比率",
    };
    finding.help.push(add.to_owned());
}

/// The thing that a number should have behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lacking {
    /// The unit in which things are counted.
    Counter,
    /// The sign of a rate.
    Percent,
}

impl Lacking {
    fn word(self) -> &'static str {
        match self {
            Self::Counter => "量词",
            Self::Percent => "“%”",
        }
    }

    fn label(self) -> String {
        format!("缺少{}", self.word())
    }
}

/// The thing that is missing behind a number that ends its clause, where the words before it say what it counts.
fn lacking(text: &str, number: &Range<usize>, words: &Range<usize>) -> Option<Lacking> {
    const ENDS: &[char] = &['，', '。', '；', '、', '（', '\n', ',', ';'];
    let behind = text[number.end..].trim_start_matches([' ', '\u{3000}']);
    let mut rest = behind.chars();
    let ends = rest.next().is_none_or(|c| ENDS.contains(&c));
    // 分别为3、5件: the unit stands behind the last one.
    let goes_on = rest.next().is_some_and(char::is_numeric);
    if !ends || goes_on {
        return None;
    }
    let before = text.get(words.start..number.start).unwrap_or_default().trim_end();
    if is_of_bare_row(text, number) {
        return None;
    }
    if is_rate(before, &text[number.clone()]) {
        return Some(Lacking::Percent);
    }
    let lists = WordLists::get();
    let total =
        lists.totals.end_of(before).map_or(before, |total| &before[..before.len() - total.len()]);
    let of_things = lists.totals.are_in(before) && lists.counted_things.end_of(total).is_some();
    // 收费通知件数为0: the unit stands in the name.
    let named = before.contains(['数', '额', '率']);
    (!named && (of_things || names_quantity(before))).then_some(Lacking::Counter)
}

/// True if a number stands in a row behind a colon that has names and numbers only: 申请人：自然人6，企业1，律师事务所2。
fn is_of_bare_row(text: &str, number: &Range<usize>) -> bool {
    const LONGEST: usize = 160;
    const FEWEST: usize = 2;
    let stops = ['。', '；', '\n'];
    let near = text[..number.start].char_indices().rev().nth(LONGEST).map_or(0, |(at, _)| at);
    let said = text[near..number.start].rsplit(stops).next().unwrap_or_default();
    let Some((_, said)) = said.rsplit_once('：') else { return false };
    let behind: String = text[number.start..].chars().take(LONGEST).collect();
    let behind = behind.split(stops).next().unwrap_or_default().to_owned();
    let row = format!("{said}{behind}");
    let is_item = |item: &str| {
        let name = item.trim_end_matches(|c: char| c.is_ascii_digit());
        name.len() < item.len() && !name.is_empty() && name.chars().all(char::is_alphabetic)
    };
    let items = row.split(['，', '、']);
    items.clone().count() >= FEWEST && items.into_iter().all(is_item)
}

/// True if a number between 1 and 100 is a rate by the words before it: 办结率100.
fn is_rate(before: &str, number: &str) -> bool {
    const WHOLE: f64 = 100.0;
    let before = before.trim_end_matches(['了', '：']);
    let value: f64 = number.parse().unwrap_or_default();
    value > 1.0 && value <= WHOLE && WordLists::get().rates.end_of(before).is_some()
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_text};

    #[test]
    fn a_figure_without_its_unit() {
        check(
            &RULE,
            "[overview]\ntext = \"全年收到政府信息公开申请20件，其中部分公开7，占35%。\"\n#                                                 ^ 缺少量词\n",
        );
        for wrong in [
            "全年收到政府信息公开申请344，均已答复。",
            "全年公开信息共计453。网站运行平稳。",
            "行政复议3，行政诉讼1。",
            "全部按时答复，办结率100，未出现投诉。",
            "当面提交申请13件，占比1.3。",
        ] {
            check_text(&RULE, wrong, "", 1);
        }
    }

    #[test]
    fn a_rate_lacks_its_sign_and_no_unit() {
        check(
            &RULE,
            "[overview]\ntext = \"申请全部按时答复，办结率100，未出现投诉。\"\n#                               ^ 缺少“%”\n",
        );
        check(
            &RULE,
            "[overview]\ntext = \"办结率100，行政复议3，行政诉讼1件。\"\n#             ^ 全文没有量词或“%”的数共 2 处\n",
        );
    }

    #[test]
    fn numbers_that_need_none() {
        for fine in [
            "收到政府信息公开申请20件，部分公开7件。",
            "予以公开、部分公开分别为3、5件。",
            "办理结果：5，3，2。",
            "申请人：自然人6，企业1，律师事务所2。途径：网上提交5，当面提交2。",
            "依照《条例》第三十六条第1，2项答复。",
            "考核得分92.5，居全县第3。",
            "办结率、答复率分别为98、100%，差错率为0，优秀率1，排名靠前。",
            "信息处理费收费通知件数为0，收取金额为0元。",
            "政务公开2024，为民服务365。",
            "收到申请后20个工作日内答复，热线12345，均畅通。",
        ] {
            check_text(&RULE, fine, "", 0);
        }
    }
}
