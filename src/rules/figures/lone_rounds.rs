//! Rounds of a year in a sentence that tells their interval and all of them, whatever stands between: 《简报》每季度编发一期，全年共4期，
//! 印送各部门.

use std::ops::Range;

use rust_decimal::Decimal;

use crate::prose::{Lexicon, Mention, Passage};
use crate::report::Text;
use crate::rules::figures::alone::{counts, is_reported, sentence};
use crate::rules::figures::judge::{clause, place};
use crate::rules::machinery::text::numbering::whole_number;
use crate::rules::{Findings, Held};

const EACH: char = '每';

/// Reports every number of all rounds of a year that their interval does not give, and that no other rule has judged.
pub(super) fn judge_lone_rounds(findings: &mut Findings<'_>, passage: &Passage, text: &Text) {
    let printed = text.printed();
    for (at, _) in printed.match_indices(EACH) {
        let sentence = sentence(printed, at);
        let Some((all, n)) = rounds(passage, printed, at, &sentence) else { continue };
        let told = &passage.mentions[all];
        if findings.is_held(passage, all) || is_reported(findings, passage, text, &sentence) {
            continue;
        }
        let counter = told.unit.counter().map_or("", |counter| counter.word.as_str());
        findings.held(passage, all, Held::Text(format!("一年 {n} {counter}")));
        if told.value == n || told.bound {
            continue;
        }
        let finding = findings.report(
            place(passage, text, &told.digits),
            format!(
                "按这里写的间隔，一年是 {n} {counter}，写的却是“{}”",
                clause(text, &told.phrase)
            ),
            format!("其余无误时是 {n}"),
        );
        finding.help.push("核对多久一次、一年几次；少办、多办了的，在文字中写明".to_owned());
    }
}

/// The figure of all rounds of a year, and what it should be, by the interval that begins at a place.
fn rounds(
    passage: &Passage,
    text: &str,
    at: usize,
    sentence: &Range<usize>,
) -> Option<(usize, Decimal)> {
    const VERB: usize = 14;
    let sums = &Lexicon::get().sums;
    let periods = &sums.periods;
    let said = text.get(sentence.clone())?;
    // 无一停刊 says that none is wanting.
    let said =
        periods.none_wanting.iter().fold(said.to_owned(), |said, word| said.replace(word, ""));
    let before = text.get(sentence.start..at)?;
    let of_each = text.get(at + EACH.len_utf8()..sentence.end)?;
    let (name, n) = periods
        .rounds_of_a_year
        .iter()
        .filter(|(period, _)| of_each.starts_with(period.as_str()))
        .max_by_key(|(period, _)| period.len())?;
    let (own, behind) = of_each[name.len()..].split_once('，')?;
    let (verb, each, counter) = number(own)?;
    let plain = verb.chars().count() <= VERB && !verb.contains(['、', '（']);
    let others = said.matches(EACH).count() > 1
        || sums.bounds.are_in(&said)
        || periods.not_all_rounds.are_in(&said)
        || periods.several_have.iter().any(|word| !word.contains(EACH) && before.contains(word))
        || before.contains(|c: char| c.is_ascii_digit());
    if !plain || others {
        return None;
    }
    let from = sentence.end - behind.len();
    let alike = |i: &usize| {
        let mention = &passage.mentions[*i];
        mention.digits.start >= from && mention.unit.counter().is_some_and(|c| c.word == counter)
    };
    let mut all = counts(passage, text, &(from..sentence.end))?;
    all.retain(alike);
    let &[all] = all.as_slice() else { return None };
    let total = &passage.mentions[all];
    is_of_year(text, from, total, own).then_some(())?;
    let n: Decimal = n.parse().ok()?;
    let right = n.checked_mul(Decimal::from(each))?;
    // 每月发布3条，全年发布40条: how many at least, as like as not.
    let certain = sums.counted_rounds.has(counter) && each == 1;
    (certain || total.value < right).then_some((all, right))
}

/// The first number of a clause with the words before it and its counter: 编发, 1 and 期 of 编发一期.
fn number(clause: &str) -> Option<(&str, u32, &'static str)> {
    let numbers = clause.char_indices().filter_map(|(at, _)| {
        let (n, length) = whole_number(&clause[at..])?;
        let counter = Lexicon::get().counters.start_of(&clause[at + length..])?;
        Some((&clause[..at], n, counter.word.as_str()))
    });
    numbers.into_iter().next()
}

/// True if the words of its clause say that a number is of the whole year and of what the clause of each tells: 全年共编发, 全年共.
fn is_of_year(text: &str, from: usize, total: &Mention, own: &str) -> bool {
    let lexicon = Lexicon::get();
    let lead = text.get(from..total.digits.start).unwrap_or_default();
    let lead = lead.rsplit('，').next().unwrap_or_default();
    let year = lexicon.clauses.own_years.start_of(lead);
    let rest = year.map_or(lead, |year| &lead[year.len()..]);
    let adds = lexicon.sums.adds.start_of(rest);
    let rest = adds.map_or(rest, |word| &rest[word.len()..]);
    (year.is_some() || adds.is_some()) && rest.chars().all(|c| own.contains(c))
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check_text;

    const RULE: &crate::rules::Rule = &super::super::average_wrong::RULE;

    #[test]
    fn rounds_of_a_year_that_their_interval_does_not_give() {
        for wrong in [
            "《政务公开工作简报》每季度编发一期，全年共12期，印送各部门。",
            "县政府公报每月出刊1期，全年共出刊10期、无一停刊或合刊。",
            "每季度开展1次政务新媒体检查，全年共开展检查3次，通报问题账号8个。",
            "低保名单每月公示2次，全年12个月无间断，共公示20次。",
        ] {
            check_text(RULE, wrong, "", 1);
        }
    }

    #[test]
    fn rounds_that_come_out_or_are_of_something_else() {
        for fine in [
            "《政务公开工作简报》每季度编发一期，全年共4期，印送各部门。",
            "各村《公开简报》每季度编发一期，全年共48期。",
            "14个村每季度编发一期，全年共56期。",
            "《简报》原则上每季度编发一期，全年共5期。",
            "每季度召开一次例会，全年共研究议题12次。",
            "每月发布3条，全年发布40条。",
            "低保名单每月公示2次，全年共公示24次。",
        ] {
            check_text(RULE, fine, "", 0);
        }
    }
}
