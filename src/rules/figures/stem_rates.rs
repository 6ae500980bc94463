//! Rates that are named after the verb of the figure right before them: 应关联26件，实际关联24件，关联率92.3%; and those of two opposites.

use rust_decimal::Decimal;

use crate::diag::Label;
use crate::prose::{Exactness, Passage, Unit, percent};
use crate::report::Text;
use crate::rules::figures::amounts::{as_told, is_rate_as_told};
use crate::rules::figures::judge::{clause, place};
use crate::rules::machinery::text::CLAUSE_ENDS;
use crate::rules::machinery::word_lists::WordLists;
use crate::rules::{Findings, Held};

const RATE: char = '率';

/// Reports every such rate that its figures do not give, and two opposites that are more than all.
pub(super) fn judge_stem_rates(findings: &mut Findings<'_>, passage: &Passage, text: &Text) {
    let printed = text.printed();
    for rate in 0..passage.mentions.len() {
        let Some(name) = name_of_rate(passage, printed, rate) else { continue };
        let at = place(passage, text, &passage.mentions[rate].digits);
        if findings.list.iter().any(|finding| finding.primary.place == at) {
            continue; // One slip is one finding.
        }
        if says_all(passage, printed, rate, name) {
            judge_all(findings, (passage, text), rate);
        } else if let Some((whole, part)) = figures(passage, printed, rate, name)
            && !is_judged(passage, rate)
        {
            judge(findings, (passage, text), rate, (whole, part));
        }
        judge_opposite(findings, (passage, text), rate, name);
    }
}

/// The name of a rate without its last character: 关联 of 关联率为.
fn name_of_rate<'t>(passage: &Passage, text: &'t str, rate: usize) -> Option<&'t str> {
    const LENGTH: std::ops::RangeInclusive<usize> = 2..=4;
    let mention = &passage.mentions[rate];
    let plain = mention.unit == Unit::Percent
        && mention.exactness == Exactness::Exact
        && mention.growth.is_none()
        && !mention.bound;
    let clause = passage.words_before(text, rate).rsplit(CLAUSE_ENDS).next()?;
    let (name, verb) = clause.rsplit_once(RATE)?;
    let linked = verb.is_empty() || WordLists::get().deeds.rate_links.has(verb);
    let letters = name.chars().all(char::is_alphabetic);
    (plain && linked && letters && LENGTH.contains(&name.chars().count())).then_some(name)
}

fn is_judged(passage: &Passage, rate: usize) -> bool {
    passage.ratios.iter().any(|ratio| ratio.rate == rate) || passage.mentions[rate].share.is_some()
}

/// The whole and the part of a rate: the only two figures of their unit before it in the sentence, of which the second has its name.
fn figures(passage: &Passage, text: &str, rate: usize, name: &str) -> Option<(usize, usize)> {
    let mentions = &passage.mentions;
    let part = rate.checked_sub(1)?;
    let own = &mentions[part];
    let directly = passage.words_before(text, rate).starts_with('，')
        && passage.words_before(text, rate).matches('，').count() == 1;
    let before = (0..part).rev().take_while(|i| mentions[*i].sentence == own.sentence);
    let mut alike = before.filter(|i| mentions[*i].same_unit(own) && mentions[*i].counts_exactly());
    let whole = alike.next().filter(|_| alike.next().is_none())?;
    let lead = passage.words_before(text, part).rsplit(CLAUSE_ENDS).next().unwrap_or_default();
    let behind = text.get(own.range.end..mentions[rate].digits.start).unwrap_or_default();
    let behind = behind.split(CLAUSE_ENDS).next().unwrap_or_default();
    // 受理申请41件，复议纠错3件，纠错率: of other cases.
    let of_whole = passage.words_before(text, whole).rsplit(CLAUSE_ENDS).next().unwrap_or_default();
    let deeds = &WordLists::get().deeds;
    let due = deeds.due.are_in(of_whole) || of_whole.contains(name) && deeds.really.are_in(lead);
    let parted = text.get(mentions[whole].range.end..own.digits.start)?.contains('；');
    let named = |said: &str| said.contains(name) && !WordLists::get().deeds.not_done.are_in(said);
    let fits = own.counts_exactly()
        && own.sentence == mentions[rate].sentence
        && mentions[whole].value >= own.value;
    (directly && fits && due && !parted && (named(lead) || named(behind))).then_some((whole, part))
}

fn judge(
    findings: &mut Findings<'_>,
    (passage, text): (&Passage, &Text),
    rate: usize,
    (whole, part): (usize, usize),
) {
    let [told, whole_told, part_told] = [rate, whole, part].map(|i| &passage.mentions[i]);
    let Some(right) = percent(part_told.value, whole_told.value, told.places) else { return };
    let said = format!(
        "{} 除以 {}",
        as_told(part_told.value, part_told),
        as_told(whole_told.value, whole_told)
    );
    for figure in [rate, whole, part] {
        findings.held(passage, figure, Held::Text(said.clone()));
    }
    let exact = part_told.value.saturating_mul(Decimal::ONE_HUNDRED);
    let exact = exact.checked_div(whole_told.value).unwrap_or(right);
    if is_rate_as_told(exact, told) {
        return;
    }
    let words = clause(text, &(told.phrase.start..told.range.end));
    let finding = findings.report(
        place(passage, text, &told.digits),
        format!("“{words}”：{said} 是 {right}%"),
        format!("应为 {right}%"),
    );
    for (figure, name) in [(part_told, "分子"), (whole_told, "分母")] {
        finding.related.push(Label::new(place(passage, text, &figure.digits), name));
    }
    finding.help.push("核对件数和比率；按别的数计算的，在文字中写明".to_owned());
}

/// True if the clause before a rate says that all was done that it is the rate of: 已全部办结并答复，办结率为.
fn says_all(passage: &Passage, text: &str, rate: usize, name: &str) -> bool {
    let words = passage.words_before(text, rate);
    let mut clauses = words.rsplit(CLAUSE_ENDS);
    clauses.next();
    let said = clauses.next().unwrap_or_default();
    WordLists::get().deeds.done_in_all.are_in(said)
        && said.contains(name)
        && !WordLists::get().deeds.not_done.are_in(said)
}

fn judge_all(findings: &mut Findings<'_>, (passage, text): (&Passage, &Text), rate: usize) {
    let told = &passage.mentions[rate];
    if told.value == Decimal::ONE_HUNDRED {
        return;
    }
    findings.held(passage, rate, Held::Text("前面说的是全部".to_owned()));
    let words = clause(text, &(told.phrase.start..told.range.end));
    let finding = findings.report(
        place(passage, text, &told.digits),
        format!("前面说的是全部，这里写的却是“{words}”"),
        "应为 100%",
    );
    finding.help.push("核对是不是全部，改正写错的那一处".to_owned());
}

/// Reports a rate and its opposite that are more than all: 满意率96%，不满意率5%.
fn judge_opposite(
    findings: &mut Findings<'_>,
    (passage, text): (&Passage, &Text),
    rate: usize,
    name: &str,
) {
    const NOT: &[char] = &['不', '未'];
    let opposite = rate.checked_sub(1).and_then(|before| {
        let other = name_of_rate(passage, text.printed(), before)?;
        let opposed =
            name.strip_prefix(NOT) == Some(other) || other.strip_prefix(NOT) == Some(name);
        opposed.then_some(before)
    });
    let Some(before) = opposite else { return };
    let [one, other] = [before, rate].map(|i| &passage.mentions[i]);
    let sum = one.value.saturating_add(other.value);
    for figure in [before, rate] {
        findings.held(passage, figure, Held::Text(format!("两项合起来是 {sum}%")));
    }
    // Each may be rounded up.
    let rounded = Decimal::new(1, one.places.min(other.places));
    if sum <= Decimal::ONE_HUNDRED || one.places > 0 && sum - Decimal::ONE_HUNDRED <= rounded {
        return;
    }
    let finding = findings.report(
        place(passage, text, &other.digits),
        format!("两个相反的比率合起来是 {sum}%，超过 100%"),
        format!("不超过 {}%", Decimal::ONE_HUNDRED - one.value),
    );
    finding.related.push(Label::new(place(passage, text, &one.digits), "相反的比率"));
    finding.help.push("核对两个比率，改正写错的那一个".to_owned());
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check_text;

    const RULE: &crate::rules::Rule = &super::super::share_wrong::RULE;

    #[test]
    fn rates_that_their_figures_do_not_give() {
        for wrong in [
            "应与解读相关联的政策文件26件，实际关联24件，关联率达100%。",
            "应报备规范性文件7件，已报备7件，报备率为70%。",
            "承办建议提案180件，已全部办结并答复，办结率为98.9%。",
            "收回问卷300份，满意率为96%，不满意率为5%。",
        ] {
            check_text(RULE, wrong, "", 1);
        }
    }

    #[test]
    fn rates_of_their_figures_or_of_others() {
        for fine in [
            "应与解读相关联的政策文件26件，实际关联24件，关联率达92.3%。",
            "应报备规范性文件7件，已报备7件，报备率为100%。",
            "承办建议提案180件，已全部办结并答复，办结率为100%。",
            "承办建议提案180件，已全部办结并答复，满意率为98.9%。",
            "收回问卷300份，满意率为95%，不满意率为1%。",
            "县级机关26家，乡镇关联24家、村关联12家，关联率达80%。",
            "承办提案180件，未全部办结，办结率为98.9%。",
        ] {
            check_text(RULE, fine, "", 0);
        }
    }
}
