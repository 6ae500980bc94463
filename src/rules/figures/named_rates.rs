//! Rates and multiples that are named after the figures that give them: 整改率, 是网站的2.5倍.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::diag::{Label, Severity};
use crate::prose::{Mention, Passage, Ratio, Unit};
use crate::report::Text;
use crate::rules::figures::amounts::{as_told, is_rate_as_told};
use crate::rules::figures::judge::{clause, place};
use crate::rules::figures::plausible::is_slip;
use crate::rules::{Findings, Held};

/// The rates of a text that are named after another figure; one that only its words tie to a part is wrong only where one
/// slip explains it.
pub(super) fn judge_named_rates(findings: &mut Findings<'_>, passage: &Passage, text: &Text) {
    let mut judged = BTreeSet::new();
    let is_typed = |ratio: &&Ratio| {
        let rate = &passage.mentions[ratio.rate];
        // 6个列入下年计划，整改率90.5%: of the figures of this year before it.
        let of_part = passage.mentions[ratio.part].of_this_year && is_name_alone(text, rate);
        // 上年审计查出的68个问题，整改61个，整改率89.7%: all three of one time.
        let figures = [rate, &passage.mentions[ratio.part], &passage.mentions[ratio.whole]];
        let of_one_time = figures.iter().all(|figure| !figure.of_this_year)
            && figures.iter().all(|figure| figure.sentence == rate.sentence);
        rate.is_typed() || (rate.unit == Unit::Times || of_part || of_one_time) && !rate.bound
    };
    for ratio in passage.ratios.iter().filter(is_typed) {
        let told = passage.mentions[ratio.rate].value;
        let sure = !ratio.by_name || ratio.value == told || is_slip(ratio.value, told);
        if sure && judged.insert(ratio.rate) {
            judge_ratio(findings, passage, text, ratio);
        }
    }
}

/// True if a rate is told by its short name alone, without a word for another year.
fn is_name_alone(text: &Text, rate: &Mention) -> bool {
    const LONGEST: usize = 8;
    let before = text.printed().get(..rate.digits.start).unwrap_or_default();
    let name = before.rsplit(['，', '；', '。', '（', '\n', ',']).next().unwrap_or_default();
    let mut chars = name.chars();
    let short = chars.by_ref().take(LONGEST).all(char::is_alphabetic) && chars.next().is_none();
    short && !name.contains('年')
}

/// A rate that is named after one of the figures before it.
fn judge_ratio(findings: &mut Findings<'_>, passage: &Passage, text: &Text, ratio: &Ratio) {
    let [rate, part, whole] =
        [ratio.rate, ratio.part, ratio.whole].map(|figure| &passage.mentions[figure]);
    let others = ratio.others.iter().map(|other| passage.mentions[*other].value);
    let parts = others.fold(part.value, Decimal::saturating_add);
    let told = format!("{} 除以 {}", as_told(parts, part), as_told(whole.value, whole));
    let sign = if rate.unit == Unit::Times { " 倍" } else { "%" };
    let figures = [ratio.part, ratio.whole].into_iter().filter(|_| !ratio.by_name);
    for figure in figures.chain([ratio.rate]) {
        findings.held(passage, figure, Held::Text(told.clone()));
    }
    if rate.value == ratio.value {
        return;
    }
    let scale = if rate.unit == Unit::Times { Decimal::ONE } else { Decimal::ONE_HUNDRED };
    let exact = parts.saturating_mul(scale).checked_div(whole.value).unwrap_or(ratio.value);
    let severity = if is_rate_as_told(exact, rate) { Severity::Hint } else { findings.severity() };
    // 为年度计划395亿元的95.7%
    let said = clause(text, &(rate.phrase.start..rate.range.end));
    let said = said.trim_start_matches('的');
    let finding = findings.report_as(
        severity,
        place(passage, text, &rate.digits),
        format!("“{said}”：{told} 是 {}{sign}", ratio.value),
        format!("应为 {}{sign}", ratio.value),
    );
    for (figure, name) in [(part, "分子"), (whole, "分母")] {
        finding.related.push(Label::new(place(passage, text, &figure.digits), name));
    }
    finding.help.push("核对件数和比率；按别的数计算的，在文字中写明".to_owned());
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check_text;

    const RULE: &crate::rules::Rule = &super::super::share_wrong::RULE;

    #[test]
    fn multiples_of_two_figures_that_cannot_be_others() {
        for wrong in [
            "发放惠企手册3600册、联系卡1500册，前者为后者的2.6倍。",
            "全年微信推送720条，微博推送480条，微信推送量是微博的1.8倍。",
        ] {
            check_text(RULE, wrong, "", 1);
        }
    }

    #[test]
    fn multiples_of_those_or_of_other_figures() {
        for fine in [
            "发放惠企手册3600册、联系卡1500册，前者为后者的2.4倍。",
            "制作图解28期、动漫7期，两者合计35期，前者为后者的4倍。",
            "全年微信推送720条，微博推送480条，微信推送量是微博的1.5倍。",
            "全年微信推送720条，微博推送480条，微信阅读量是微博的1.8倍。",
            "微信推送720条，其中微信解读96条，微博推送480条，微信推送量是微博的1.5倍。",
        ] {
            check_text(RULE, fine, "", 0);
        }
    }
}
