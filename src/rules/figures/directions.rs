//! Directions told behind two figures without a number: 由68件变为74件，略有减少; 新收2件，较上年的2件有所增加.

use std::cmp::Ordering;

use crate::diag::Label;
use crate::prose::{Lexicon, Mention, Passage};
use crate::report::Text;
use crate::rules::figures::amounts::as_told;
use crate::rules::figures::compared_pairs::direction;
use crate::rules::figures::judge::place;

use crate::rules::machinery::text::CLAUSE_ENDS;
use crate::rules::machinery::word_lists::WordLists;
use crate::rules::{Findings, Held};

/// Reports every direction that the two figures before it contradict.
pub(super) fn judge_directions(findings: &mut Findings<'_>, passage: &Passage, text: &Text) {
    for (first, pair) in passage.mentions.windows(2).enumerate() {
        if let [one, other] = pair
            && is_pair(one, other)
            && let Some(said) = direction_behind(text.printed(), other)
        {
            judge(findings, (passage, text), first, &said);
        }
    }
}

fn is_pair(one: &Mention, other: &Mention) -> bool {
    let exact = one.is_exact_number() && other.is_exact_number();
    exact && one.same_unit(other) && one.sentence == other.sentence
}

/// A direction that a clause tells.
struct Said {
    range: std::ops::Range<usize>,
    rises: bool,
    /// True if the clause goes on behind the figure: 较上年的2件有所增加.
    goes_on: bool,
}

/// The direction that the words behind a figure tell up to the end of its clause, or those of the next one, and nothing else.
fn direction_behind(text: &str, figure: &Mention) -> Option<Said> {
    let words = &WordLists::get().directions;
    let behind = &text[figure.range.end..];
    let next = behind.strip_prefix('，');
    let start = figure.range.end + behind.len() - next.unwrap_or(behind).len();
    let clause = next.unwrap_or(behind).split(CLAUSE_ENDS).next()?;
    let mut said = clause;
    for list in [&words.subjects, &words.with, &words.adverbs] {
        said = list.start_of(said).map_or(said, |word| &said[word.len()..]);
    }
    let (up, down) = (words.up.start_of(said), words.down.start_of(said));
    let word = up.xor(down)?;
    let end = said[word.len()..].trim_start_matches('了');
    let alone = end.is_empty() || words.ends.has(end);
    let range = start..start + clause.len();
    alone.then_some(Said { range, rises: up.is_some(), goes_on: next.is_none() })
}

fn judge(
    findings: &mut Findings<'_>,
    (passage, text): (&Passage, &Text),
    first: usize,
    said: &Said,
) {
    let mentions = &passage.mentions;
    let Some((base, now)) = base_and_now(passage, text.printed(), first, said) else { return };
    let [base, now] = [base, now].map(|i| &mentions[i]);
    let told = format!("由 {} 到 {}", as_told(base.value, base), as_told(now.value, now));
    for figure in [first, first + 1] {
        findings.held(passage, figure, Held::Text(told.clone()));
    }
    let (way, right) = match (now.value.cmp(&base.value), said.rises) {
        (Ordering::Greater, true) | (Ordering::Less, false) => return,
        (Ordering::Greater, false) => ("增加", "写反了"),
        (Ordering::Less, true) => ("减少", "写反了"),
        (Ordering::Equal, _) => ("没有变化", "两个数相同"),
    };
    let words = &text.printed()[said.range.clone()];
    let message = format!("文字说“{words}”，而{told}，是{way}");
    let finding = findings.report(place(passage, text, &said.range), message, right);
    for (figure, name) in [(base, "原来的数"), (now, "现在的数")] {
        finding.related.push(Label::new(place(passage, text, &figure.digits), name));
    }
    finding.help.push("核对前后两个数，改正写错的那一个，或者改写增减".to_owned());
}

/// The figure that another one was before, and the other one, if the words between them leave no doubt.
fn base_and_now(
    passage: &Passage,
    text: &str,
    first: usize,
    said: &Said,
) -> Option<(usize, usize)> {
    const SHORT: usize = 10;
    let [lead, between] = [first, first + 1].map(|i| passage.words_before(text, i));
    if let Some(base) = direction(lead, between, false).filter(|_| !said.goes_on) {
        return Some(base.of(first, first + 1));
    }
    let growth = &Lexicon::get().growth;
    let clause = between.strip_prefix('，').filter(|clause| clause.chars().count() <= SHORT)?;
    // 较上年的2件有所增加
    let compared = growth.base_behind.start_of(clause)?;
    let named = clause[compared.len()..].strip_suffix('的')?;
    (said.goes_on && growth.last_year.has(named)).then_some((first + 1, first))
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check_text;

    const RULE: &crate::rules::Rule = &super::super::change_wrong::RULE;

    #[test]
    fn directions_that_the_figures_contradict() {
        for wrong in [
            "行政处罚公示由68条变为74条，略有减少。",
            "办件材料由12份减至9份，有所增加。",
            "全年解读2件，较上年的2件有所增加。",
            "去年发布11条，今年发布14条，同比下降。",
        ] {
            check_text(RULE, wrong, "", 1);
        }
    }

    #[test]
    fn directions_of_the_figures_or_of_something_else() {
        for fine in [
            "行政处罚公示由68条变为74条，略有增加。",
            "公示由68条变为74条，投诉略有减少。",
            "全年解读3件，较上年的2件有所增加。",
            "去年发布11条，今年发布14条，同比上升。",
            "公示由68条变为74条，减少了群众跑腿。",
        ] {
            check_text(RULE, fine, "", 0);
        }
    }
}
