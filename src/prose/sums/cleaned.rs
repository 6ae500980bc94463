//! Documents that were gone through, and what became of them: 对126件规范性文件进行清理，保留91件、修改11件、废止16件、宣布失效8件.

use super::gap::lead;
use super::{Figures, Sum, of};
use crate::prose::arithmetic::added;
use crate::prose::lexicon::Lexicon;
use crate::prose::mention::Mention;
use crate::prose::slip::{near, one_slip};

/// The sums of what became of such documents with the number of all of them, the nearest figure before.
pub(super) fn of_cleaned(text: &str, mentions: &[Mention], figures: &Figures) -> Vec<Sum> {
    const FEWEST: usize = 2;
    let named = |i: usize| Lexicon::get().sums.cleaned.has(name(text, &mentions[i]));
    let mut rows: Vec<Vec<usize>> = Vec::new();
    let mut last_nth = None;
    for (nth, i) in figures.own.iter().enumerate() {
        let counts = mentions[*i].counts_exactly() && named(*i);
        let goes_on = last_nth.is_some_and(|last: usize| last + 1 == nth)
            && rows.last().is_some_and(|row| mentions[row[0]].same_unit(&mentions[*i]));
        if counts {
            match rows.last_mut().filter(|_| goes_on) {
                Some(row) => row.push(*i),
                None => rows.push(vec![*i]),
            }
            last_nth = Some(nth);
        }
    }
    rows.retain(|row| row.len() >= FEWEST);
    rows.iter().filter_map(|row| sum_of(text, mentions, figures, row)).collect()
}

fn sum_of(text: &str, mentions: &[Mention], figures: &Figures, row: &[usize]) -> Option<Sum> {
    const NEAR: u32 = 10;
    let first = row[0];
    let before = figures.own.iter().rev().filter(|i| **i < first);
    let whole = *before.into_iter().find(|i| mentions[**i].same_unit(&mentions[first]))?;
    let between = text.get(mentions[whole].range.end..mentions[first].digits.start)?;
    let cleans = &Lexicon::get().sums.cleans;
    let told = cleans.are_in(between) || cleans.are_in(lead(text, &mentions[whole]));
    let (sum, value) = (added(mentions, row), mentions[whole].value);
    let fits = sum == value;
    // 保留352条、修改97条 may leave others that nothing names.
    let all = row.len() > 2 || sum > value;
    let close = all && near(sum, value, NEAR) || one_slip(sum, value);
    (told && mentions[whole].counts_exactly() && (fits || close))
        .then(|| of(row, Some(whole), fits))
}

/// The words of a figure's clause before it, without those that only lead to it.
fn name<'a>(text: &'a str, figure: &Mention) -> &'a str {
    let lead = lead(text, figure);
    let lead = lead.rsplit(['：', '（']).next().unwrap_or_default();
    let opens = &Lexicon::get().sums.opens;
    opens.start_of(lead).map_or(lead, |word| &lead[word.len()..]).trim_start_matches('共')
}
