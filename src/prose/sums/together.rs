//! Figures that the next one tells together again, without a word that adds: 建议41件、提案53件，94件全部办结; 13个乡镇和31个部门接受考核，
//! 44家单位中…

use super::gap::MARKS;
use super::{Figures, Sum, of};
use crate::prose::arithmetic::added;
use crate::prose::lexicon::Lexicon;
use crate::prose::mention::Mention;
use crate::prose::slip::{are_swapped, near, one_slip};

/// The sums of two or three figures of a sentence or bracket that the one behind them tells again as one.
pub(super) fn told_together(text: &str, mentions: &[Mention], figures: &Figures) -> Vec<Sum> {
    let own = &figures.own;
    let all = (2..own.len()).filter(|nth| is_told_again(text, mentions, own[*nth]));
    all.filter_map(|nth| sum_before(text, mentions, figures, nth)).collect()
}

fn sum_before(text: &str, mentions: &[Mention], figures: &Figures, nth: usize) -> Option<Sum> {
    const MOST: usize = 3;
    const NTH: u32 = 10;
    const SHORTEST: usize = 2;
    const HALF: u32 = 2;
    let own = &figures.own;
    let total = own[nth];
    let value = mentions[total].value;
    let joined = |pair: &&[usize]| are_joined(text, &mentions[pair[0]], &mentions[pair[1]]);
    let n = 1 + own[..nth].windows(2).rev().take(MOST).take_while(joined).count();
    let row = &own[nth - n..nth];
    let last = &mentions[*row.last()?];
    let exact = row.iter().all(|part| mentions[*part].counts_exactly());
    if !(2..=MOST).contains(&n) || !exact || !are_counted_alike(text, last, &mentions[total]) {
        return None;
    }
    let parts = (2..=n).map(|n| &row[row.len() - n..]);
    if let Some(parts) = parts.clone().find(|parts| added(mentions, parts) == value) {
        return Some(of(parts, Some(total), true));
    }
    // 网站12件、信函8件，12件…: the first once more.
    let earlier = figures.earlier.iter().chain(&figures.holder).chain(&own[..nth]);
    let told = earlier.into_iter().any(|i| mentions[*i].value == value);
    let sum = added(mentions, row);
    let swapped = are_swapped(sum, value, SHORTEST);
    let slip = near(sum, value, NTH) || one_slip(sum, value) && near(sum, value, HALF) || swapped;
    let larger = row.iter().all(|part| mentions[*part].value < value);
    (!told && slip && larger).then(|| of(row, Some(total), false))
}

/// True if nothing names a figure but what stands behind it, which says something of all it counts or takes it apart: 94件全部; 44家单位中.
fn is_told_again(text: &str, mentions: &[Mention], i: usize) -> bool {
    const LONGEST: usize = 8;
    let mention = &mentions[i];
    let before = text.get(..mention.digits.start).unwrap_or_default();
    let lexicon = Lexicon::get();
    let behind = text.get(mention.range.end..).unwrap_or_default();
    let clause = behind.split(['，', '。', '；', '：', '\n']).next().unwrap_or_default();
    let starts = clause.char_indices().take(LONGEST + 1).map(|(at, _)| at);
    let mut rests = starts.map(|at| &clause[at..]);
    let said = rests.any(|rest| {
        let all = lexicon.things.all.start_of(rest).is_some();
        all || lexicon.clauses.within.start_of(rest).is_some()
    });
    before.ends_with(MARKS) && mention.counts_exactly() && said
}

/// True if two figures are told side by side: 建议41件、提案53件; 18个科室和9个单位.
fn are_joined(text: &str, one: &Mention, other: &Mention) -> bool {
    const LONGEST: usize = 12;
    let sums = &Lexicon::get().sums;
    let between = text.get(one.range.end..other.digits.start).unwrap_or_default();
    let short =
        between.chars().count() <= LONGEST && !between.contains(['，', '；', '。', '（', '：']);
    let mark = between.matches('、').count() == 1;
    let word = sums.joins.iter().any(|word| between.contains(word)) && !between.contains('、');
    short && (mark || word) && one.same_unit(other)
}

/// True if two figures count the same, or bodies in two ways: 31个部门, 44家单位.
pub(super) fn are_counted_alike(text: &str, one: &Mention, other: &Mention) -> bool {
    let behind = text.get(other.range.end..).unwrap_or_default();
    const NEAR: usize = 8;
    const BODY: &str = "家";
    let bodies = &Lexicon::get().sums.bodies;
    let noun: String = text[one.range.end..].chars().take(NEAR).collect();
    let of_bodies = other.unit.counter().is_some_and(|counter| counter.word == BODY);
    if of_bodies && one.unit.counter().is_some() && bodies.are_in(&noun) {
        return true;
    }
    one.same_unit(other)
        || one.unit.counter().is_some()
            && other.unit.counter().is_some()
            && bodies.start_of(behind).is_some()
}
