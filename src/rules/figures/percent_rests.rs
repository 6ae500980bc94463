//! Shares of a whole of which the last is all the rest: 文字占68.3%，图片占21.2%，其余11.5%为音视频.

use rust_decimal::Decimal;

use crate::diag::Label;
use crate::prose::{Exactness, Lexicon, Mention, Passage, Unit};
use crate::report::Text;
use crate::rules::figures::judge::{clause, place};
use crate::rules::{Findings, Held};

const MARKS: &[char] = &['，', '；', '、', ',', ';'];

/// Reports every rest that does not make a hundred of the shares before it.
pub(super) fn judge_percent_rests(findings: &mut Findings<'_>, passage: &Passage, text: &Text) {
    for rest in 2..passage.mentions.len() {
        let shares = shares_before(passage, text.printed(), rest);
        if shares.len() > 1 {
            judge(findings, (passage, text), rest, &shares);
        }
    }
}

/// The shares in a row right before one that is said to be the rest; none if it is not, or is judged as the share of a figure.
fn shares_before(passage: &Passage, text: &str, rest: usize) -> Vec<usize> {
    const MOST: usize = 12;
    let mentions = &passage.mentions;
    let told = &mentions[rest];
    let is_share = |mention: &Mention| {
        mention.unit == Unit::Percent
            && mention.exactness == Exactness::Exact
            && mention.share.is_none()
            && mention.growth.is_none()
            && mention.sentence == told.sentence
    };
    let words = passage.words_before(text, rest);
    let named = words.trim_start_matches(MARKS).trim_end_matches(['为', '占', '的']);
    let is_rest = named.len() < words.len() && Lexicon::get().clauses.left_in_all.has(named);
    if !is_rest || !is_share(told) {
        return Vec::new();
    }
    let mut shares = Vec::new();
    for i in (0..rest).rev().take(MOST) {
        if !is_share(&mentions[i]) {
            // 共48条，文字占68.3%: of what is told before them.
            let counts = matches!(mentions[i].unit, Unit::Counter(_) | Unit::Yuan);
            let same = mentions[i].sentence == told.sentence;
            return if same && !counts { Vec::new() } else { shares };
        }
        let lead = passage.words_before(text, i);
        let clause = lead.rsplit(['，', '；', '。', '：', '、', '\n']).next().unwrap_or_default();
        if !Lexicon::get().clauses.shares.are_in(clause) {
            return Vec::new();
        }
        shares.push(i);
        // The first one begins the row.
        if lead.contains(['。', '：', '；', '\n']) {
            break;
        }
    }
    shares
}

fn judge(
    findings: &mut Findings<'_>,
    (passage, text): (&Passage, &Text),
    rest: usize,
    shares: &[usize],
) {
    let mentions = &passage.mentions;
    let told = &mentions[rest];
    let others = shares.iter().fold(Decimal::ZERO, |sum, i| sum + mentions[*i].value);
    let right = Decimal::ONE_HUNDRED - others;
    let said: Vec<String> =
        shares.iter().rev().map(|i| format!("{}%", mentions[*i].value)).collect();
    let held = format!("100% 减去 {}", said.join("、"));
    findings.held(passage, rest, Held::Text(held));
    // Each may be rounded by half of its last place.
    let steps = shares.iter().chain([&rest]).map(|i| Decimal::new(1, mentions[*i].places));
    let off = steps.sum::<Decimal>() / Decimal::TWO;
    if (told.value - right).abs() <= off || right <= Decimal::ZERO {
        return;
    }
    let words = clause(text, &(told.phrase.start..told.range.end));
    let finding = findings.report(
        place(passage, text, &told.digits),
        format!("“{words}”：前面各项占 {}，合计 {others}%，其余是 {right}%", said.join("、")),
        format!("应为 {right}%"),
    );
    for share in shares.iter().rev() {
        finding.related.push(Label::new(place(passage, text, &mentions[*share].digits), ""));
    }
    finding.help.push("核对各项的占比，使它们合计为 100%".to_owned());
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check_text;

    const RULE: &crate::rules::Rule = &super::super::share_wrong::RULE;

    #[test]
    fn rests_that_do_not_make_a_hundred() {
        for wrong in [
            "从信息载体看，文字信息占68.3%，图片信息占21.2%，其余11.5%为音视频信息。",
            "按发布渠道划分，网站占55%，公众号占32%，剩余15%为公开栏。",
        ] {
            check_text(RULE, wrong, "", 1);
        }
    }

    #[test]
    fn rests_of_a_hundred_or_of_something_else() {
        for fine in [
            "从信息载体看，文字信息占68.3%，图片信息占21.2%，其余10.5%为音视频信息。",
            "文字信息占68.33%，图片信息占21.2%，其余10.5%为音视频信息。",
            "网站更新率55%，公众号更新率32%，其余栏目更新率15%。",
            "网站占55%，其余占40%的是公众号。",
        ] {
            check_text(RULE, fine, "", 0);
        }
    }
}
