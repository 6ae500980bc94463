//! Totals of a numbered row behind an aside in another unit: 第一期120人、第二期95人，另组织“以会代训”6次，累计215人.

use super::gap::last_clause;
use super::{Figures, Sum, of};
use crate::prose::arithmetic::added;
use crate::prose::lexicon::Lexicon;
use crate::prose::mention::Mention;
use crate::prose::slip::one_slip;
use crate::prose::spelled::spelled;

/// The sums of numbered rows whose total stands behind figures in other units, where they come out, or do but for a slip or a figure
/// of the aside.
pub(super) fn of_numbered(text: &str, mentions: &[Mention], figures: &Figures) -> Vec<Sum> {
    let own = &figures.own;
    (0..own.len()).filter_map(|first| sum_from(text, mentions, &own[first..])).collect()
}

/// The sum of the numbered row that begins some figures.
fn sum_from(text: &str, mentions: &[Mention], own: &[usize]) -> Option<Sum> {
    /// The most figures of an aside.
    const ASIDE: usize = 3;
    let alike = |i: usize| mentions[i].counts_exactly() && mentions[i].same_unit(&mentions[own[0]]);
    let numbered = own
        .iter()
        .zip(1..)
        .take_while(|(i, n)| alike(**i) && number_of(text, &mentions[**i]) == Some(*n));
    let n = numbered.count();
    let (parts, behind) = own.split_at_checked(n).filter(|_| n > 1)?;
    let aside =
        behind.iter().take(ASIDE).take_while(|i| !mentions[**i].same_unit(&mentions[own[0]]));
    let aside: Vec<usize> = aside.copied().collect();
    let total = *behind.get(aside.len()).filter(|i| !aside.is_empty() && alike(**i))?;
    if !adds(text, &mentions[total]) {
        return None;
    }
    let (sum, told) = (added(mentions, parts), mentions[total].value);
    let with_aside = aside.iter().any(|i| sum.saturating_add(mentions[*i].value) == told);
    let meant = sum == told || with_aside || one_slip(sum, told);
    meant.then(|| of(parts, Some(total), sum == told))
}

/// The number that the words right before a figure give it in its row: 2 of 第二期95人.
fn number_of(text: &str, figure: &Mention) -> Option<u32> {
    const ORDER: char = '第';
    const LONGEST: usize = 4;
    let clause = clause_before(text, figure);
    let rest = clause.strip_prefix(ORDER)?;
    let number = rest.chars().next()?;
    let short = rest.chars().count() <= LONGEST;
    let digit = || number.to_digit(10);
    spelled(number).and_then(|n| n.try_into().ok()).or_else(digit).filter(|_| short)
}

/// True if the words before a figure say no more than that it adds up others: 累计, 共培训.
fn adds(text: &str, figure: &Mention) -> bool {
    const VERB: usize = 4;
    let clause = clause_before(text, figure);
    let word = Lexicon::get().sums.adds.start_of(clause);
    word.is_some_and(|word| clause[word.len()..].chars().count() <= VERB)
}

/// The end of the clause before a figure.
fn clause_before<'a>(text: &'a str, figure: &Mention) -> &'a str {
    const REACH: usize = 12;
    const ENDS: &[char] = &['。', '：', '（', '\n'];
    let before = text.get(..figure.digits.start).unwrap_or_default();
    let from = before.char_indices().rev().nth(REACH).map_or(0, |(at, _)| at);
    last_clause(&before[from..]).rsplit(ENDS).next().unwrap_or_default()
}
