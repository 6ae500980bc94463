//! Shares of which the words behind say that they are more or less than a half: 占47.6%，已经超过一半.

use rust_decimal::Decimal;

use crate::diag::Severity;
use crate::prose::{Exactness, Lexicon, Passage, Unit};
use crate::report::Text;
use crate::rules::Findings;
use crate::rules::figures::judge::{clause, place};
use crate::rules::machinery::word_lists::WordLists;

/// Reports every share that is on the other side of a half than its words say.
pub(super) fn judge_halves(findings: &mut Findings<'_>, passage: &Passage, text: &Text) {
    let (printed, lists) = (text.printed(), WordLists::get());
    let (half, shares) = (Decimal::from(50), &Lexicon::get().clauses.shares);
    for mention in &passage.mentions {
        let told = mention.unit == Unit::Percent
            && mention.exactness == Exactness::Exact
            && mention.growth.is_none()
            && !mention.bound;
        let words = printed.get(mention.phrase.start..mention.digits.start).unwrap_or_default();
        let told = told && (mention.share.is_some() || shares.are_in(words));
        let behind = printed.get(mention.range.end..).unwrap_or_default();
        let behind = behind.trim_start_matches(['，', '、', '（']);
        // 占47.6%，超过半数的单位……: of something else.
        let ends = |word: &str| !behind[word.len()..].starts_with(char::is_alphanumeric);
        let over = lists.over_half.start_of(behind).is_some_and(ends);
        let under = lists.under_half.start_of(behind).is_some_and(ends);
        let wrong = over && mention.value <= half || under && mention.value >= half;
        if !told || !wrong {
            continue;
        }
        let said = clause(text, &(mention.phrase.start..mention.range.end));
        let words = if over { "超过一半" } else { "不到一半" };
        let finding = findings.report_as(
            Severity::Warning,
            place(passage, text, &mention.digits),
            format!("“{said}”，后面又说{words}"),
            format!("并没有{words}"),
        );
        finding.help.push("核对占比和后面的说法，改正写错的一处".to_owned());
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check_text;

    #[test]
    fn shares_on_the_other_side_of_a_half() {
        for wrong in [
            "发布信息63条，其中政策类30条，占47.6%，已经超过一半。",
            "发布信息63条，其中政策类33条，占52.4%，不到一半。",
        ] {
            check_text(&super::super::share_wrong::RULE, wrong, "", 1);
        }
    }

    #[test]
    fn shares_as_the_words_say() {
        for fine in [
            "发布信息63条，其中政策类33条，占52.4%，已经超过一半。",
            "发布信息63条，其中政策类30条，占47.6%，不到一半。",
            "发布信息63条，其中政策类30条，占47.6%，接近一半。",
            "发布信息63条，其中政策类30条，占47.6%，超过半数的单位参加了培训。",
            "发布信息63条，政策类增长47.6%，已经超过一半。",
        ] {
            check_text(&super::super::share_wrong::RULE, fine, "", 0);
        }
    }
}
