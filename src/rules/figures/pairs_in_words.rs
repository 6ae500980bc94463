//! Changes of two figures that are told in words: 由50人增至65人，增加三成; 由40人扩充到80人，人数翻了一番.

use std::ops::Range;

use rust_decimal::Decimal;

use crate::diag::Label;
use crate::prose::{Lexicon, Mention, Passage};
use crate::report::Text;
use crate::rules::figures::amounts::as_told;
use crate::rules::figures::compared_pairs::{Compared, compared_before};
use crate::rules::figures::judge::place;
use crate::rules::figures::rates_of_pairs::base_and_difference;
use crate::rules::figures::rough_shares::{InWords, share_in_words};
use crate::rules::machinery::text::CLAUSE_ENDS;
use crate::rules::machinery::word_lists::WordLists;
use crate::rules::{Findings, Held};

/// Reports every change in words that the two figures before it do not bear out.
pub(super) fn judge_pairs_in_words(findings: &mut Findings<'_>, passage: &Passage, text: &Text) {
    for last in 1..passage.mentions.len() {
        let Some(said) = change_behind(text.printed(), &passage.mentions[last]) else { continue };
        let printed = text.printed();
        let told = compared_before(passage, printed, last + 1).map(Told::Both).or_else(|| {
            let (base, by) = base_and_difference(passage, printed, last + 1, said.rises)?;
            Some(Told::By { base, by })
        });
        if let Some(told) = told {
            judge(findings, (passage, text), &told, &said);
        }
    }
}

/// Two figures of which the change is told: what was and what is, or what was and by how much it changed.
enum Told {
    Both(Compared),
    By { base: usize, by: usize },
}

/// A change that a clause tells in words.
struct Said {
    range: Range<usize>,
    rises: bool,
    of: Extent,
}

/// The size of a change, in words.
enum Extent {
    Part(InWords),
    /// 翻番: at least twice as much, or nearly so.
    Doubled,
}

/// The change that the clause behind a figure tells in words, and nothing besides.
fn change_behind(text: &str, figure: &Mention) -> Option<Said> {
    let (words, growth) = (&WordLists::get().directions, &Lexicon::get().growth);
    /// The most characters of the unit behind its counter: 1.3个工作日.
    const UNIT: usize = 3;
    let (unit, behind) = text[figure.range.end..].split_once('，')?;
    let plain = unit.chars().count() <= UNIT && unit.chars().all(char::is_alphabetic);
    let behind = Some(behind).filter(|_| plain)?;
    let start = text.len() - behind.len();
    let clause = behind.split(CLAUSE_ENDS).next()?;
    let range = start..start + clause.len();
    let mut said = clause;
    for list in [&words.subjects, &words.with, &words.adverbs] {
        said = list.start_of(said).map_or(said, |word| &said[word.len()..]);
    }
    if let Some(turned) = said.strip_prefix(growth.turned.as_str()) {
        let doubled = growth.doubled.has(turned);
        return doubled.then_some(Said { range, rises: true, of: Extent::Doubled });
    }
    let up = growth.up.start_of(said).or_else(|| words.up.start_of(said));
    let down = [&growth.down, &words.down, &words.shrinks];
    let down = down.into_iter().find_map(|list| list.start_of(said));
    let word = up.xor(down)?;
    let rest = said[word.len()..].trim_start_matches(['了', '达']);
    let part = share_in_words(rest)?;
    Some(Said { range, rises: up.is_some(), of: Extent::Part(part) })
}

fn judge(
    findings: &mut Findings<'_>,
    (passage, text): (&Passage, &Text),
    told: &Told,
    said: &Said,
) {
    let (was, other, named) = match told {
        Told::Both(compared) => (compared.base, compared.now, "变成的数"),
        Told::By { base, by } => (*base, *by, "增减的数"),
    };
    let [base, now] = [was, other].map(|i| &passage.mentions[i]);
    let difference = match told {
        Told::Both(_) => now.value.saturating_sub(base.value),
        Told::By { .. } if said.rises => now.value,
        Told::By { .. } => -now.value,
    };
    let change = difference.saturating_mul(Decimal::ONE_HUNDRED);
    let Some(percent) = change.checked_div(base.value) else { return };
    let became = base.value.saturating_add(difference);
    let told = format!("由 {} 到 {}", as_told(base.value, base), as_told(became, base));
    for figure in [was, other] {
        findings.held(passage, figure, Held::Text(told.clone()));
    }
    let turned = (percent > Decimal::ZERO) != said.rises;
    if !turned && said.of.holds(percent.abs()) || base.bound && now.bound {
        return;
    }
    let way = if percent > Decimal::ZERO { "增长" } else { "减少" };
    let right = percent.abs().round_dp(1).normalize();
    let words = &text.printed()[said.range.clone()];
    let message = format!("文字说“{words}”，而{told}，是{way} {right}%");
    let label = format!("实为{way} {right}%");
    let finding = findings.report(place(passage, text, &said.range), message, label);
    for (figure, name) in [(base, "原来的数"), (now, named)] {
        finding.related.push(Label::new(place(passage, text, &figure.digits), name));
    }
    finding.help.push("核对前后两个数，改正写错的那一个，或者改写增减".to_owned());
}

impl Extent {
    /// True if a change in per cent is what the words say.
    fn holds(&self, percent: Decimal) -> bool {
        /// The least growth that is called doubling.
        const LEAST: u32 = 90;
        /// The most by which a change is off that is told in tenths, or as a fraction.
        const TENTHS: u32 = 6;
        const FRACTION: u32 = 3;
        match self {
            Self::Doubled => percent >= Decimal::from(LEAST),
            Self::Part(InWords { of, bound: None, .. }) => {
                let tenths = (*of % Decimal::TEN).is_zero() && *of != Decimal::from(50);
                let off = Decimal::from(if tenths { TENTHS } else { FRACTION });
                (percent - *of).abs() < off
            }
            Self::Part(InWords { of, bound: Some(bound), .. }) => bound.holds(percent, *of),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check_text;

    const RULE: &crate::rules::Rule = &super::super::change_wrong::RULE;

    #[test]
    fn changes_that_the_figures_do_not_bear_out() {
        for wrong in [
            "信息员队伍由50人增至65人，增加四分之一。",
            "栏目由80个优化为64个，减少16个，精简四分之一。",
            "平均用时由6.5个工作日降至5.2个工作日，减少1.3个工作日，压缩四分之一。",
            "信息员由上年的40人扩充到60人，人数翻了一番。",
            "全年公开信息84条，比上年的60条多24条，增长近三成。",
            "考核权重由3%调至5%，实现翻番。",
            "与上年的5件相比，多2件，增幅两成。",
        ] {
            check_text(RULE, wrong, "", 1);
        }
    }

    #[test]
    fn changes_that_the_figures_bear_out() {
        for fine in [
            "信息员队伍由50人增至65人，增加三成。",
            "信息员队伍由48人增至61人，增加四分之一。",
            "栏目由80个优化为64个，减少16个，精简五分之一。",
            "平均用时由6.5个工作日降至5.2个工作日，减少1.3个工作日，压缩两成。",
            "信息员由上年的40人扩充到80人，人数翻了一番。",
            "全年公开信息84条，比上年的60条多24条，增长四成。",
            "全年公开信息83条，比上年的60条多23条，增长近四成。",
            "考核权重由3%调至6%，实现翻番。",
            "与上年的5件相比，多2件，增幅四成。",
            "栏目由80个优化为64个，减少四分之一的空白栏目。",
        ] {
            check_text(RULE, fine, "", 0);
        }
    }
}
