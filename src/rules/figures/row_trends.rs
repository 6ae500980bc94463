//! Rows of figures that are said to rise or to fall from each to the next, and do not: 58条、71条、85条，呈逐年下降态势.

use crate::diag::Label;
use crate::prose::{Exactness, Passage, Unit};
use crate::report::Text;
use crate::rules::figures::judge::place;
use crate::rules::figures::trends::{Trend, behind};
use crate::rules::machinery::word_lists::WordLists;
use crate::rules::{Findings, Held};

/// The most characters between a row and the words for a trend: 呈, 实现.
const NEAR: usize = 2;

/// Reports every trend that the row before it contradicts; rows with a year before them are judged by their years.
pub(super) fn judge_row_trends(findings: &mut Findings<'_>, passage: &Passage, text: &Text) {
    let words = &WordLists::get().trends;
    let printed = text.printed();
    let mut first = 0;
    while first < passage.mentions.len() {
        let row = row(passage, printed, first);
        let figures = first..first + row;
        first += row;
        let Some(last) = figures.clone().last().filter(|_| row > 1) else { continue };
        let told = behind(words, printed, passage.mentions[last].range.end);
        // 办理质量逐年上升 is said of something else.
        let of_row = |trend: &Trend| {
            let said = &printed[trend.range.clone()];
            let before = words.steady.first_in(said).map_or(said, |(at, _)| &said[..at]);
            trend.years.is_none() && before.chars().count() <= NEAR
        };
        let Some(trend) =
            told.filter(|told| of_row(told) && !names_years(passage, printed, figures.start))
        else {
            continue;
        };
        judge(findings, (passage, text), figures, &trend);
    }
}

/// True if a year stands in the clause before a figure: 2023年、2022年分别为.
fn names_years(passage: &Passage, text: &str, figure: usize) -> bool {
    let before =
        text[..passage.mentions[figure].digits.start].rsplit(['，', '。', '；', '\n']).next();
    let mut years = before.unwrap_or_default().match_indices('年');
    let said = before.unwrap_or_default();
    years.any(|(at, _)| said[..at].ends_with(|c: char| c.is_ascii_digit()))
}

/// The number of figures in a row from one on, parted by pauses alone.
fn row(passage: &Passage, text: &str, first: usize) -> usize {
    let mentions = &passage.mentions;
    let begins = &mentions[first];
    let counts = matches!(begins.unit, Unit::Counter(_) | Unit::Yuan | Unit::Percent);
    let goes_on = |i: &usize| {
        let (before, mention) = (&mentions[*i - 1], &mentions[*i]);
        let between = text.get(before.range.end..mention.digits.start);
        mention.exactness == Exactness::Exact
            && mention.same_unit(begins)
            && matches!(between, Some("、" | "和" | "，"))
    };
    let plain = counts && begins.exactness == Exactness::Exact;
    1 + (first + 1..mentions.len()).take_while(|i| plain && goes_on(i)).count()
}

fn judge(
    findings: &mut Findings<'_>,
    (passage, text): (&Passage, &Text),
    figures: std::ops::Range<usize>,
    trend: &Trend,
) {
    let mentions = &passage.mentions;
    let printed = text.printed();
    let said: Vec<&str> = figures.clone().map(|i| &printed[mentions[i].range.clone()]).collect();
    for figure in figures.clone() {
        findings.held(passage, figure, Held::Text(format!("依次为 {}", said.join("、"))));
    }
    let against = |pair: &[crate::prose::Mention]| match pair {
        [before, next] if trend.rises => next.value < before.value,
        [before, next] => next.value > before.value,
        _ => false,
    };
    if !mentions[figures.clone()].windows(2).any(against) {
        return;
    }
    let way = if trend.rises { "上升" } else { "下降" };
    let finding = findings.report(
        place(passage, text, &trend.range),
        format!(
            "文字写“{}”，而这几个数依次是 {}，不是依次{way}的",
            &printed[trend.range.clone()],
            said.join("、")
        ),
        "与前面的数不符",
    );
    for figure in figures {
        finding.related.push(Label::new(place(passage, text, &mentions[figure].digits), ""));
    }
    finding.help.push("核对各个数，改正写错的那一个，或者改写升降".to_owned());
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check_text;

    const RULE: &crate::rules::Rule = &super::super::change_wrong::RULE;

    #[test]
    fn rows_that_go_the_other_way() {
        for wrong in [
            "近三年发布信息58条、71条、85条，呈逐年下降态势。",
            "四个季度测评得分依次为88.2分、90.5分、89.7分、94.1分，实现逐季上升。",
        ] {
            check_text(RULE, wrong, "", 1);
        }
    }

    #[test]
    fn rows_that_go_the_way_that_is_told_or_of_something_else() {
        for fine in [
            "近三年发布信息58条、71条、85条，呈逐年上升态势。",
            "发布政策58条、解读71条、动态65条，逐年上升。",
            "近三年发布信息58条、71条、65条，总体呈逐年上升态势。",
            "近三年发布信息58条、71条、65条，办理质量逐年上升。",
        ] {
            check_text(RULE, fine, "", 0);
        }
    }
}
