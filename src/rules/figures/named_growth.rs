//! A number that grew by things that are named: 由29项调整为32项，新增“灌区管理”“粮食收储”“防汛抗旱”三项.

use rust_decimal::Decimal;

use crate::diag::{Label, Severity};
use crate::prose::{Balance, Exactness, Lexicon, Mention, Passage, Sum};
use crate::report::Text;
use crate::rules::figures::judge::{clause, place};
use crate::rules::machinery::text::numbering::whole_number;
use crate::rules::{Findings, Held};

/// Reports every number that did not grow by as many as are said to be new.
pub(super) fn judge_named_growth(findings: &mut Findings<'_>, passage: &Passage, text: &Text) {
    for (now, pair) in passage.mentions.windows(2).enumerate() {
        let now = now + 1;
        let [base, mention] = pair else { continue };
        let Some(new) = new_ones(text.printed(), base, mention) else { continue };
        // One slip is one finding.
        let of_balance = |b: &Balance| b.came.contains(&now) || b.went.contains(&now);
        let of_sum = |sum: &Sum| sum.total == Some(now) || sum.parts.contains(&now);
        if passage.balances.iter().any(of_balance) || passage.sums.iter().any(of_sum) {
            continue;
        }
        let right = base.value.saturating_add(new);
        findings.held(passage, now, Held::Text(format!("{} 加新增的 {new}", base.value)));
        if right == mention.value || mention.bound && base.bound {
            continue;
        }
        let said = base.digits.start..mention.range.end;
        let finding = findings.report_as(
            Severity::Warning,
            place(passage, text, &mention.digits),
            format!("“{}”，新增 {new}，{} 加 {new} 是 {right}", clause(text, &said), base.value),
            format!("其余无误时是 {right}"),
        );
        finding.related.push(Label::new(place(passage, text, &base.digits), "原来的数"));
        finding.help.push("核对前后的数和新增的数；另有取消、合并的，在文字中写明".to_owned());
    }
}

/// The number of the new ones that are named behind two figures of which one is what the other grew to, if nothing went.
fn new_ones(text: &str, base: &Mention, now: &Mention) -> Option<Decimal> {
    const SHORT: usize = 8;
    const LONGEST: usize = 60;
    let (growth, sums) = (&Lexicon::get().growth, &Lexicon::get().sums);
    let counts = |m: &Mention| m.exactness == Exactness::Exact && m.unit.counter().is_some();
    let between = text.get(base.range.end..now.digits.start)?;
    let reaches = growth.base_to.end_of(between).is_some() && between.chars().count() <= SHORT;
    let grew = counts(base) && base.same_unit(now) && now.value > base.value;
    if !(grew && reaches && starts(&text[..base.digits.start])) {
        return None;
    }
    let sentence = text[now.range.end..].split(['。', '；', '\n']).next()?;
    let gone = sums.goes.are_in(sentence) || sums.stock_went.are_in(sentence);
    let told = sentence.strip_prefix('，')?;
    let clause = told.split('，').next().filter(|clause| clause.chars().count() <= LONGEST)?;
    let rest = &told[clause.len()..];
    let more = sums.stock_came.are_in(rest) || sums.comes.are_in(rest);
    let named =
        sums.comes.start_of(clause).map(|verb| clause[verb.len()..].trim_start_matches('了'))?;
    let row = named.starts_with('“').then(|| named.rfind('”')).flatten()?;
    let number = &named[row + '”'.len_utf8()..];
    let counter = &now.unit.counter()?.word;
    let (n, length) = whole_number(number)?;
    let all = number[length..].strip_prefix(counter.as_str())?.is_empty();
    (all && !gone && !more).then(|| Decimal::from(n))
}

/// True if the words before a figure say that something began with it: 由原来的42项.
fn starts(before: &str) -> bool {
    const REACH: usize = 12;
    let near = before.chars().rev().take(REACH);
    let near: Vec<char> = near.take_while(|c| !"，。；\n".contains(*c)).collect();
    let words: String = near.into_iter().rev().collect();
    Lexicon::get().growth.base_from.iter().any(|word| words.contains(word))
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check_text;

    #[test]
    fn grown_by_another_number_than_the_new_ones() {
        for wrong in [
            "一级事项由29项调整为31项，新增“灌区管理”“粮食收储”“防汛抗旱”三项。",
            "目录由原来的42项增加到45项，增加了“低空经济”“数据流通”2项。",
        ] {
            check_text(&super::super::parts_do_not_add_up::RULE, wrong, "", 1);
        }
    }

    #[test]
    fn grown_by_the_new_ones_or_by_others() {
        for fine in [
            "一级事项由29项调整为32项，新增“灌区管理”“粮食收储”“防汛抗旱”三项。",
            "一级事项由29项调整为31项，新增“灌区管理”“粮食收储”“防汛抗旱”三项，取消一项。",
            "一级事项由29项调整为31项，合并两项，新增“灌区管理”“粮食收储”“防汛抗旱”三项。",
            "目录由42项增加到45项，新增“低空经济”“数据流通”等两项。",
            "目录由42项增加到45项，新增“低空经济”“数据流通”两项，划入一项。",
            "目录由42项增加到45项，新增“低空经济”“数据流通”两项重点内容。",
        ] {
            check_text(&super::super::parts_do_not_add_up::RULE, fine, "", 0);
        }
    }
}
