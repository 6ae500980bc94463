//! The least, the mean and the greatest of one thing, told side by side: 平均11.3个工作日，最短3个工作日，最长20个工作日.

use crate::prose::{Exactness, Mention, Passage};
use crate::rules::machinery::word_lists::WordLists;

/// Two figures of which the first cannot be more than the second.
pub(super) struct Pair<'a> {
    pub(super) less: Told<'a>,
    pub(super) more: Told<'a>,
}

/// A figure as that of the least, the mean or the greatest.
#[derive(Debug, Clone, Copy)]
pub(super) struct Told<'a> {
    pub(super) figure: usize,
    /// Its place among the figures of its sentence.
    nth: usize,
    order: Order,
    /// The words of its clause before it.
    pub(super) clause: &'a str,
    /// The word that says which it is.
    word: &'a str,
}

/// The place of a figure among others of its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Order {
    Least,
    Mean,
    Greatest,
}

/// Every two figures, side by side in one sentence of a text, that tell the least, the mean or the greatest of one thing.
pub(super) fn pairs<'a>(passage: &Passage, text: &'a str) -> Vec<Pair<'a>> {
    let mentions = &passage.mentions;
    let mut found = Vec::new();
    let mut start = 0;
    for piece in text.split_inclusive(['。', '；', '\n']) {
        let end = start + piece.len();
        let from = mentions.partition_point(|mention| mention.digits.start < start);
        let to = mentions.partition_point(|mention| mention.digits.start < end);
        // 最多的一个月20条: the month is no figure.
        let counts = |figure: &usize| !text[mentions[*figure].digits.start..].starts_with('一');
        let mut told: Vec<Told<'a>> = Vec::new();
        let mut begin = start;
        for (nth, figure) in (from..to).filter(counts).enumerate() {
            let words = text.get(begin..mentions[figure].digits.start);
            let is_first = told.is_empty();
            let one = words.and_then(|words| Told::of(&mentions[figure], words, figure, is_first));
            told.extend(one.map(|one| Told { nth, ..one }));
            begin = mentions[figure].range.end;
        }
        found.extend(pairs_of(mentions, told));
        start = end;
    }
    found
}

/// The pairs of what a sentence tells, if it is told of one thing: each once, and one behind the other.
fn pairs_of<'a>(mentions: &[Mention], mut told: Vec<Told<'a>>) -> Vec<Pair<'a>> {
    let in_turn = told.windows(2).all(|two| two[0].nth + 1 == two[1].nth);
    told.sort_by_key(|one| one.order);
    let once = told.windows(2).all(|two| two[0].order != two[1].order);
    if !in_turn || !once {
        return Vec::new();
    }
    let comparable = |two: &&[Told<'a>]| {
        mentions[two[0].figure].same_unit(&mentions[two[1].figure]) && two[0].has_base_of(&two[1])
    };
    let pairs = told.windows(2).filter(comparable);
    pairs.map(|two| Pair { less: two[0], more: two[1] }).collect()
}

impl<'a> Told<'a> {
    /// The figure, if a word before it says which of some it is; `before` are the words behind the figure before it, and only
    /// the first of a sentence may name what is told of.
    fn of(mention: &Mention, before: &'a str, figure: usize, is_first: bool) -> Option<Self> {
        /// The most characters between the word and its figure.
        const NEAR: usize = 12;
        let words = &WordLists::get().spans;
        let clause = before.rsplit(['，', '、', '（', '：', '\n']).next()?;
        let kinds = [
            (&words.least, Order::Least),
            (&words.mean, Order::Mean),
            (&words.greatest, Order::Greatest),
        ];
        let mut all = kinds.into_iter().filter_map(|(list, order)| {
            let (at, word) = list.first_in(clause)?;
            Some((at, word.len(), order))
        });
        let (at, length, order) = all.next()?;
        let (lead, behind) = (&clause[..at], &clause[at + length..]);
        let alone = all.next().is_none() && behind.chars().count() <= NEAR;
        // 最多的14条 is taken for none of this year.
        let plain = mention.exactness == Exactness::Exact
            && mention.growth.is_none()
            && !words.apart.are_in(clause);
        let of_the_same = is_first || lead.is_empty() || words.leads.has(lead);
        let word = &clause[at..at + length];
        (alone && plain && of_the_same).then_some(Self { figure, nth: 0, order, clause, word })
    }

    /// True if both may be told of the same: a mean of each month says nothing of the most of a day.
    fn has_base_of(&self, other: &Self) -> bool {
        let (mean, extreme) = match (self.order, other.order) {
            (Order::Mean, _) => (self, other),
            (_, Order::Mean) => (other, self),
            _ => return self.bases().iter().all(|base| other.is_of(base)),
        };
        let words = &WordLists::get().spans;
        let of_mean = mean.bases();
        let period = of_mean.iter().any(|base| words.periods.has(base));
        // 平均每场32人，最多的乡镇18人: of what it is the most is said.
        let named = extreme.clause.split_once('的').is_some_and(|(_, name)| !name.is_empty());
        let shared = of_mean.iter().any(|base| extreme.clause.contains(base));
        (shared || !period && (!named || of_mean.is_empty()))
            && extreme.bases().iter().all(|base| of_mean.contains(base))
    }

    /// True if it is told of one of these, or of nothing in particular.
    fn is_of(&self, base: &str) -> bool {
        let own = self.bases();
        own.is_empty() || own.contains(&base)
    }

    /// The periods or things of which it is told, of one each: 月 of 月均 and of 单月.
    fn bases(&self) -> Vec<&'static str> {
        let words = &WordLists::get().spans;
        let of_one = |base: &&str| {
            let mut places = self.clause.match_indices(base);
            let each = words.mean.has(self.word) && self.word.starts_with(base);
            each || places.any(|(at, _)| {
                let before = self.clause[..at].trim_end_matches('个');
                words.of_one.end_of(before).is_some()
            })
        };
        words.bases.iter().filter(of_one).collect()
    }
}
