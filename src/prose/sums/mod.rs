//! Figures in a row that mean to add up, with or without a word that says so: 文字83篇、图文56篇，共139篇.
//!
//! The lists of [`List`] open with a word. Much else is added up in texts: what stands before
//! 合计 and 共, what divides a whole by 按…分, the parts that follow their whole with nothing but a comma.
//! This reading looks at figures of one unit on one level of brackets and at what stands between them.

mod bands;
mod cleaned;
mod confirmed;
mod counted;
mod differences;
mod each;
mod evident;
mod gap;
mod grades;
mod group;
mod heads;
mod left_over;
mod levels;
mod lines;
mod money_rates;
mod multiples;
mod named_rounds;
mod names;
mod numbered;
mod opposites;
mod pairs;
mod periods;
mod plans;
mod products;
mod quarters;
mod rates;
mod remains;
mod rows;
mod stock;
mod together;
mod told_totals;
mod totals;

use std::collections::BTreeSet;

use super::list::List;
use super::mention::Mention;
use super::numeral::Unit;
pub(crate) use each::Product;
use gap::Gap;
use group::Group;
pub(crate) use plans::{BesidePlan, beside_plans};
pub(super) use products::products;
pub(crate) use rates::{Ratio, name_of_share};
pub(crate) use stock::Balance;

/// Figures that mean to add up to another one.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Sum {
    /// The figures that are added.
    pub(crate) parts: Vec<usize>,
    /// The figure that they should come to; none where it is the applications of the report.
    pub(crate) total: Option<usize>,
    /// True if a single part is larger than the whole that it is said to be a part of.
    pub(crate) impossible: bool,
    /// True if the parts are said to be all there are; if not, only what exceeds the total is a mistake.
    pub(crate) complete: bool,
    /// True if they do add up.
    pub(crate) fits: bool,
    /// True if any slip in one of them would show.
    pub(crate) decides: bool,
    /// True if the parts are those of the bodies of an area that took the applications.
    pub(crate) by_level: bool,
    /// True if the parts are the smaller of two figures and what is told to be between them, and the total the larger one.
    pub(crate) of_change: bool,
}

/// The rates and multiples of a text with the figures that give them.
pub(super) fn ratios(text: &str, mentions: &[Mention], lists: &[List], sums: &[Sum]) -> Vec<Ratio> {
    let mut found = rates::ratios(text, mentions, lists, sums);
    found.extend(multiples::multiples(text, mentions));
    found.extend(plans::ratios(text, mentions));
    found.extend(money_rates::ratios(text, mentions));
    found
}

/// The sums of a text; `about_requests` is whether applications are its matter.
pub(super) fn sums(text: &str, mentions: &[Mention], about_requests: bool) -> Vec<Sum> {
    /// A sentence with more figures is a table, and the search would be slow.
    const MOST: usize = 200;
    let mut found: Vec<Sum> = Vec::new();
    for group in groups(text, mentions).into_iter().filter(|group| group.own.len() <= MOST) {
        let gaps = gaps(text, mentions, &group);
        let reading = Group { text, mentions, figures: &group, gaps: &gaps, about_requests };
        found.extend(reading.sums());
        found.extend(bands::of_bands(text, mentions, &group));
        found.extend(cleaned::of_cleaned(text, mentions, &group));
        found.extend(grades::of_grades(text, mentions, &group));
        found.extend(together::told_together(text, mentions, &group));
        found.extend(remains::of_remains(text, mentions, &group));
        found.extend(plans::cancelled(text, mentions, &group));
        found.extend(pairs::of_bodies(text, mentions, &group));
        found.extend(pairs::apart(text, mentions, &group));
        found.extend(pairs::of_two_kinds(text, mentions, &group));
        found.extend(pairs::one_for_each(text, mentions, &group));
        found.extend(pairs::interleaved(text, mentions, &group));
        found.extend(pairs::in_two_units(text, mentions, &group));
        found.extend(counted::in_another_unit(text, mentions, &group));
        found.extend(counted::of_persons(text, mentions, &group));
        found.extend(numbered::of_numbered(text, mentions, &group));
        found.extend(quarters::of_quarters(text, mentions, &group));
        found.extend(plans::accounts(text, mentions, &group));
        let opposites = opposites::of_opposites(text, mentions, &group, &found);
        found.extend(opposites);
        let further = told_totals::of_told_totals(text, mentions, &group, &found);
        found.extend(further);
    }
    found.extend(differences::from_one_to_another(text, mentions));
    found.extend(differences::net(text, mentions));
    found.extend(pairs::points(text, mentions));
    found.extend(lines::across_lines(text, mentions));
    // What two readings find is one sum.
    let mut told = BTreeSet::new();
    found.retain(|sum| told.insert((sum.parts.clone(), sum.total)));
    found
}

/// The balances of a text: stocks at the beginning and the end, with what came and went between them.
pub(super) fn balances(text: &str, mentions: &[Mention]) -> Vec<Balance> {
    /// A sentence with more figures is a table.
    const MOST: usize = 40;
    let groups = groups(text, mentions).into_iter().filter(|group| group.own.len() <= MOST);
    groups.flat_map(|group| stock::balances(text, mentions, &group)).collect()
}

/// The parts of a list that add up parts before them: 公开32件、部分公开8件，合计40件；不予公开9件.
pub(super) fn subtotals(list: &List, sums: &[Sum]) -> Vec<usize> {
    let own = |part: &usize| list.parts.contains(part);
    let inner = sums.iter().filter(|sum| sum.fits && sum.parts.iter().all(own));
    let behind = |sum: &Sum| sum.total.filter(|total| sum.parts.iter().all(|i| i < total));
    inner.filter_map(behind).collect()
}

/// True if a figure behind the parts of a list adds them up to less than its whole, of which they may be some: 5236条，三个领域分别为634条、
/// 512条、187条，合计1333条.
pub(crate) fn has_own_total(list: &List, mentions: &[Mention], sums: &[Sum]) -> bool {
    if list.sum >= mentions[list.whole].value {
        return false;
    }
    let behind = |total: usize| list.parts.iter().all(|part| *part < total);
    sums.iter().any(|sum| sum.fits && sum.parts == list.parts && sum.total.is_some_and(behind))
}

/// The figures of one sentence or of one pair of brackets.
struct Figures {
    /// The beginning of the sentence or the bracket.
    start: usize,
    /// The figures, without shares, changes and means.
    own: Vec<usize>,
    /// The figures of the sentence before, where this is a sentence.
    before: Vec<usize>,
    /// The figures of the paragraph before the sentence, as many as may be the whole of what follows.
    earlier: Vec<usize>,
    /// The figure that a bracket stands behind.
    holder: Option<usize>,
}

/// The figures of a text by sentences and brackets.
fn groups(text: &str, mentions: &[Mention]) -> Vec<Figures> {
    /// The number of figures of a paragraph that are remembered as possible wholes.
    const REMEMBERED: usize = 24;
    let new = |start| Figures {
        start,
        own: Vec::new(),
        before: Vec::new(),
        earlier: Vec::new(),
        holder: None,
    };
    let (mut done, mut open) = (Vec::new(), vec![new(0)]);
    // Marks alone are no sentence, however many there are.
    let has_figures = |figures: &Figures| !figures.own.is_empty();
    let mut next = 0;
    for (at, c) in text.char_indices() {
        while let Some(mention) = mentions.get(next).filter(|m| m.digits.start <= at) {
            let counts = matches!(mention.unit, Unit::Counter(_) | Unit::Yuan);
            // 新收198件，月均16.5件；上半年113件: nobody adds a mean.
            let added = counts && mention.growth.is_none() && !mention.is_average(text);
            if let Some(last) = open.last_mut().filter(|_| added) {
                last.own.push(next);
            }
            next += 1;
        }
        let behind = at + c.len_utf8();
        match c {
            '（' | '(' => {
                let holder = open.last().and_then(|last| last.own.last().copied());
                let holder = holder.filter(|i| holds_bracket(text, &mentions[*i], at));
                open.push(Figures { holder, ..new(behind) });
            }
            '）' | ')' if open.len() > 1 => done.extend(open.pop().filter(has_figures)),
            '。' | '！' | '？' | '\n' => {
                done.extend(open.drain(1..).filter(has_figures));
                let mut sentence = std::mem::replace(&mut open[0], new(behind));
                match (c, has_figures(&sentence)) {
                    ('\n', _) => {}
                    (_, true) => {
                        open[0].before.clone_from(&sentence.own);
                        open[0].earlier = [&sentence.earlier[..], &sentence.own].concat();
                        let n = open[0].earlier.len().saturating_sub(REMEMBERED);
                        open[0].earlier.drain(..n);
                    }
                    // A full stop behind another ends nothing anew.
                    (_, false) => {
                        open[0].before = std::mem::take(&mut sentence.before);
                        open[0].earlier = std::mem::take(&mut sentence.earlier);
                    }
                }
                done.extend(Some(sentence).filter(has_figures));
            }
            _ => {}
        }
    }
    done.extend(open.into_iter().filter(has_figures));
    done
}

/// True if a bracket stands behind a figure, or behind the noun or verb of its clause: 71人次参加（三月38人次、九月33人次）.
fn holds_bracket(text: &str, figure: &Mention, bracket: usize) -> bool {
    const LONGEST: usize = 4;
    let between = text.get(figure.range.end..bracket).unwrap_or_default();
    between.chars().count() <= LONGEST && between.chars().all(char::is_alphabetic)
}

/// The number of the figures before that the words between two figures say are added: 前两项合计.
pub(super) fn counts_parts(words: &str) -> Option<usize> {
    Gap::of(words).counts_parts()
}

/// For each figure of a group the words before it, from the figure before it or the beginning of the sentence.
fn gaps(text: &str, mentions: &[Mention], figures: &Figures) -> Vec<Gap> {
    let own = figures.own.iter().map(|i| &mentions[*i]);
    let before = std::iter::once(figures.start).chain(own.clone().map(|figure| figure.range.end));
    let gap =
        |(from, figure): (usize, &Mention)| text.get(from..figure.digits.start).unwrap_or_default();
    before.zip(own).map(gap).map(Gap::of).collect()
}

/// The sum of some figures, complete and possible.
fn of(parts: &[usize], total: Option<usize>, fits: bool) -> Sum {
    Sum {
        parts: parts.to_vec(),
        total,
        impossible: false,
        complete: true,
        fits,
        decides: true,
        by_level: false,
        of_change: false,
    }
}

/// The sum of the smaller of two figures and what is told to be between them, which comes to the larger.
fn of_change(smaller: usize, change: usize, larger: usize, fits: bool) -> Sum {
    Sum { of_change: true, ..of(&[smaller, change], Some(larger), fits) }
}
