//! Two figures that a sentence tells beside each other, of which the one is what the other was: 由25人增至40人; 180条，比二季度的150条多30条.

use crate::prose::{Lexicon, Mention, Passage, Unit};

/// Two figures of which the one is the base of the other.
pub(super) struct Compared {
    /// The figure that the other one was, or is compared with.
    pub(super) base: usize,
    pub(super) now: usize,
    /// Their difference, where the sentence tells it behind them.
    pub(super) difference: Option<usize>,
}

/// The two figures right before another one, or before the words behind them, if the words between them leave no doubt which of
/// them is the base; `next` is the first figure behind.
pub(super) fn compared_before(passage: &Passage, text: &str, next: usize) -> Option<Compared> {
    let mentions = &passage.mentions;
    let last = next.checked_sub(1)?;
    let difference = Some(last).filter(|last| *last > 1 && is_difference(passage, text, *last));
    let other = last - usize::from(difference.is_some());
    let one = other.checked_sub(1)?;
    let alike = [Some(one), Some(other), difference].into_iter().flatten().all(|i| {
        let mention = &mentions[i];
        is_comparable(mention)
            && (mention.same_unit(&mentions[one]) || difference == Some(i))
            && mention.sentence == mentions[one].sentence
    });
    let [lead, between] = [one, other].map(|i| passage.words_before(text, i));
    let base = direction(lead, between, difference.is_some()).filter(|_| alike)?;
    let (base, now) = base.of(one, other);
    Some(Compared { base, now, difference })
}

/// True if a figure is an exact number, amount or percentage.
fn is_comparable(mention: &Mention) -> bool {
    mention.is_exact_number() || matches!(mention.unit, Unit::Percent | Unit::Points)
}

/// True if the words before a figure say that it is how much more or less something is.
fn is_difference(passage: &Passage, text: &str, figure: usize) -> bool {
    let growth = &Lexicon::get().growth;
    let words = passage.words_before(text, figure).trim_end_matches('了');
    growth.up.end_of(words).is_some() || growth.down.end_of(words).is_some()
}

/// The figure of two that is the base of a change.
pub(super) enum Base {
    First,
    Second,
}

impl Base {
    /// The base and the other one of two figures.
    pub(super) fn of(&self, one: usize, other: usize) -> (usize, usize) {
        match self {
            Self::First => (one, other),
            Self::Second => (other, one),
        }
    }
}

/// The base of two figures by the words before each.
pub(super) fn direction(lead: &str, between: &str, has_difference: bool) -> Option<Base> {
    const SHORT: usize = 14;
    let lexicon = Lexicon::get();
    let growth = &lexicon.growth;
    let lead = lead.rsplit(['，', '。', '；', '：', '\n']).next().unwrap_or_default();
    let short = between.chars().count() <= SHORT;
    let grown = growth.base_to.are_in(between) && growth.goes_on.start_of(between).is_some();
    if short && growth.base_from.are_in(lead) && (grown || becomes(between)) {
        return Some(Base::First);
    }
    let clause = between.strip_prefix(['，', '（'])?;
    if !short || clause.contains(['，', '、', '；', '。']) {
        return None;
    }
    // 93.4%，上年为92.2%
    let earlier = growth.last_year.start_of(clause).map(|year| &clause[year.len()..]);
    if earlier.is_some_and(|link| link.is_empty() || growth.base_ends.has(link)) {
        return Some(Base::Second);
    }
    if has_difference && growth.base_behind.start_of(clause).is_some() && clause.ends_with('的') {
        return Some(Base::Second);
    }
    // 去年11件，今年14件
    let own = growth.this_year.start_of(clause).is_some();
    (own && growth.last_year.are_in(lead)).then_some(Base::First)
}

/// True if words between two figures begin with a short verb of becoming: 优化为, 扩充到今年的.
fn becomes(between: &str) -> bool {
    /// The most characters of the verb.
    const VERB: usize = 4;
    let end = Lexicon::get().growth.base_to.first_in(between).map_or(0, |(at, _)| at);
    let verb = &between[..end];
    (1..=VERB).contains(&verb.chars().count())
        && between.chars().all(|c| c.is_alphanumeric() || c == '的')
}
