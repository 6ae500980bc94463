//! The difference of two figures of which the one became the other: 由48.2万增至61.7万人，净增13.5万人; 由13.9天缩短到11.4天，少用2.5天.

use super::gap::{MARKS, lead};
use super::{Sum, of_change};
use crate::prose::arithmetic::added;
use crate::prose::lexicon::{Lexicon, Words};
use crate::prose::mention::Mention;
use crate::prose::numeral::{Exactness, Unit};

/// The sums of the smaller figure and the change, which come to the larger one; means and those told of the year before among them.
pub(super) fn from_one_to_another(text: &str, mentions: &[Mention]) -> Vec<Sum> {
    let threes = mentions.windows(3).enumerate();
    threes.filter_map(|(first, _)| of_three(text, mentions, first)).collect()
}

fn of_three(text: &str, mentions: &[Mention], first: usize) -> Option<Sum> {
    let [base, now, change] = [0, 1, 2].map(|n| &mentions[first + n]);
    let together = base.sentence == change.sentence;
    let exact = [base, now, change].iter().all(|m| m.exactness == Exactness::Exact);
    let counts =
        [base, now, change].iter().all(|m| matches!(m.unit, Unit::Counter(_) | Unit::Yuan));
    if !together || !exact || !counts || !base.same_unit(now) || !now.same_unit(change) {
        return None;
    }
    let words = Lexicon::get();
    let growth = &words.growth;
    let lead = text.get(
        first.checked_sub(1).map_or(0, |before| mentions[before].range.end)..base.digits.start,
    )?;
    let lead = lead.rsplit(['。', '；', '\n']).next().unwrap_or_default();
    let between = text.get(base.range.end..now.digits.start)?;
    let behind = text.get(now.range.end..change.digits.start)?;
    let said = behind.rsplit(MARKS).next().unwrap_or_default();
    let starts = growth.base_from.iter().any(|word| lead.contains(word));
    let reaches = growth.base_to.end_of(between).is_some() && is_short(between);
    let (more, fewer) = (base.value < now.value, now.value < base.value);
    // 由61个整合为47个，关停14个: of what came or went, where the figure is the last of the sentence.
    let last = mentions.get(first + 3).is_none_or(|next| next.sentence != change.sentence);
    let up = growth.up.end_of(behind).is_some() || last && more && words.sums.comes.are_in(behind);
    let less = [&growth.down, &growth.down_of_times];
    let down = less.iter().any(|words| words.end_of(behind).is_some())
        || growth.down_by.has(said)
        || last && fewer && words.sums.goes.are_in(behind);
    if !starts || !reaches || up == down || !is_short(behind) {
        return None;
    }
    let (smaller, larger) = if up { (first, first + 1) } else { (first + 1, first) };
    let misses = (added(mentions, &[smaller, first + 2]) - mentions[larger].value).abs();
    // Figures told in 万 are rounded each.
    let steps = [base, now, change].map(|m| m.step);
    let rounded = steps.iter().any(|step| *step > rust_decimal::Decimal::ONE);
    let allowed = if rounded {
        steps.into_iter().max().unwrap_or_default()
    } else {
        rust_decimal::Decimal::ZERO
    };
    Some(of_change(smaller, first + 2, larger, misses <= allowed))
}

/// The sums of what went and the net change, which come to what came, or the other way round: 新增14项、删除6项，净增8项; 制发6件，废止9件，
/// 现行有效38件，比上年末减少3件.
pub(super) fn net(text: &str, mentions: &[Mention]) -> Vec<Sum> {
    let told: Vec<usize> =
        (0..mentions.len()).filter(|i| mentions[*i].unit != Unit::Year).collect();
    let pairs = told.windows(2).enumerate();
    pairs
        .filter_map(|(nth, pair)| of_flows(text, mentions, (pair[0], pair[1]), &told[nth + 2..]))
        .collect()
}

fn of_flows(
    text: &str,
    mentions: &[Mention],
    (one, other): (usize, usize),
    behind: &[usize],
) -> Option<Sum> {
    let words = &Lexicon::get().sums;
    /// Before 年: more than one.
    const SEVERAL: &[char] = &['两', '二', '三', '四', '五', '近'];
    /// The most characters of a name with its verb: 行政规范性文件制发.
    const NAME: usize = 12;
    let lead = |i: usize| lead(text, &mentions[i]);
    let plain = |i: usize| mentions[i].counts_exactly() && lead(i).chars().count() <= NAME;
    let comes =
        |i: usize| plain(i) && (words.comes.are_in(lead(i)) || words.stock_came.are_in(lead(i)));
    let goes = |i: usize| plain(i) && words.goes.are_in(lead(i));
    // 印发11件（部门印发3件），废止6件: of a bracket, and behind it.
    let between = text.get(mentions[one].range.end..mentions[other].digits.start)?;
    if between.contains('）') && !between.contains('（') {
        return None;
    }
    let (came, went) = match (comes(one) && goes(other), goes(one) && comes(other)) {
        (true, false) => (one, other),
        (false, true) => (other, one),
        _ => return None,
    };
    // What there is in the end may be told before the change.
    let compares = |i: usize| lead(i).starts_with(['比', '较']);
    let ends = |i: &&usize| !compares(**i) && words.stock_ends.are_in(lead(**i));
    let stock = behind.first().filter(ends);
    let change = *behind.get(usize::from(stock.is_some()))?;
    let figures = [came, went, change].map(|i| &mentions[i]);
    let alike =
        figures.iter().all(|m| m.same_unit(figures[0]) && m.sentence == figures[0].sentence);
    let up = is_net(lead(change), &words.net_more, &Lexicon::get().growth.up);
    let down = is_net(lead(change), &words.net_fewer, &Lexicon::get().growth.down);
    // 注销7个，年末35个；粉丝净增4万个: of something else.
    let named = lead(change);
    let own = words.net_more.has(named) || words.net_fewer.has(named) || compares(change);
    if !alike || up == down || stock.is_some() && !own || figures[2].exactness != Exactness::Exact {
        return None;
    }
    // 两年净减9件: of both years together.
    let years = |i: usize| lead(i).contains('年') && lead(i).starts_with(SEVERAL);
    if years(change) {
        return None;
    }
    let (smaller, larger) = if up { (went, came) } else { (came, went) };
    let fits = added(mentions, &[smaller, change]) == mentions[larger].value;
    Some(of_change(smaller, change, larger, fits))
}

/// True if some words tell a net change: 净增; 比上年末减少.
fn is_net(lead: &str, net: &Words, change: &Words) -> bool {
    let since = lead.starts_with(['比', '较']) && Lexicon::get().growth.last_state.are_in(lead);
    net.end_of(lead).is_some() || since && change.end_of(lead).is_some()
}

/// True if words between two figures say no more than a verb and a name.
fn is_short(words: &str) -> bool {
    const LONGEST: usize = 8;
    words.chars().count() <= LONGEST && !words.contains(['；', '。', '：'])
}
