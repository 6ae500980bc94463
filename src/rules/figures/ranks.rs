//! Ranks beyond the number of those that are ranked: 在36家参评单位中列第38位.

use std::ops::Range;

use crate::prose::{Exactness, Mention, Passage};
use crate::rules::machinery::text::numbering::whole_number;
use crate::rules::machinery::word_groups::RankWords;
use crate::rules::machinery::word_lists::WordLists;

/// A rank with the number of those among whom it is.
pub(super) struct Rank {
    /// The rank.
    pub(super) rank: u32,
    /// Its bytes, from 第 on.
    pub(super) words: Range<usize>,
    /// The bytes of the rank alone.
    pub(super) digits: Range<usize>,
    /// The figure that tells the number.
    pub(super) of: usize,
}

/// Every rank of a text that stands beside the number of those that are ranked.
pub(super) fn ranks(passage: &Passage, text: &str) -> Vec<Rank> {
    let words = &WordLists::get().ranks;
    let ranks = text.match_indices('第').filter_map(|(start, sign)| {
        let from = start + sign.len();
        let (rank, length) = whole_number(text.get(from..)?)?;
        let digits = from..from + length;
        let place = words.places.start_of(&text[digits.end..])?;
        let named = place.chars().all(char::is_alphabetic);
        let end = digits.end + if named { place.len() } else { 0 };
        let of = passage.mentions.partition_point(|m| m.range.end <= start).checked_sub(1)?;
        let among = Among::of(words, text, &passage.mentions[of], start)?;
        among.are_ranked(words, named).then_some(Rank { rank, words: start..end, digits, of })
    });
    ranks.collect()
}

/// The words round a number of some that may be ranked.
struct Among<'a> {
    before: &'a str,
    between: &'a str,
    /// True if bodies alone have the counter: 36家.
    bodies: bool,
}

impl<'a> Among<'a> {
    /// The words round a number, if it is near enough to the rank that begins at a byte.
    fn of(words: &RankWords, text: &'a str, number: &Mention, rank: usize) -> Option<Self> {
        /// The most bytes between the number and the rank, and before it.
        const REACH: usize = 90;
        const BODIES: &str = "家";
        let counter = number.unit.counter()?;
        let counts = words.counters.has(&counter.word) && number.exactness == Exactness::Exact;
        let between = text.get(number.range.end..rank).filter(|words| words.len() <= REACH)?;
        let start = number.digits.start;
        let floor = text.ceil_char_boundary(start.saturating_sub(REACH));
        let before = text[floor..start].rsplit(['，', '。', '；', '\n']).next()?;
        let near = !between.contains(['。', '；', '\n', '：', '“', '第']);
        let bodies = counter.word == BODIES;
        (counts && near).then_some(Self { before, between, bodies })
    }

    /// True if the words say that the rank is among them; `named` is true if a counter stands behind the rank.
    fn are_ranked(&self, words: &RankWords, named: bool) -> bool {
        let (noun, rest) = self.noun(words);
        let inside = noun.strip_suffix(['、', '，']).unwrap_or(noun);
        let known = words.ranked.has(inside);
        let plain = known || !inside.contains(['，', '、', '“']) && !words.apart.are_in(inside);
        let named_bodies =
            words.ranked.end_of(inside).is_some() || inside.is_empty() && self.bodies;
        // 在5个街道、15个县直部门中列第18位: both are ranked.
        let joined = WordLists::get().own_units.joins.end_of(self.before).is_some();
        if !plain || !named_bodies || joined {
            return false;
        }
        let stands = words.stands.end_of(rest);
        match words.among.start_of(rest) {
            Some(among) => {
                let rest = &rest[among.len()..];
                let open = rest.strip_prefix('，').unwrap_or(rest);
                !words.apart.are_in(rest)
                    && !open.contains(['，', '、'])
                    && !rest.contains(|c: char| c.is_ascii_digit())
                    && (named || stands.is_some())
            }
            // 在全县15个乡镇排名第16
            None if !rest.is_empty() => stands.is_some_and(|verb| verb == rest),
            // 居全市12个县区第13位
            None => self.is_given(words) && named,
        }
    }

    /// The noun behind the number, and what follows it.
    fn noun(&self, words: &RankWords) -> (&'a str, &'a str) {
        if let Some((at, _)) = words.among.first_in(self.between) {
            return self.between.split_at(at);
        }
        // The longest verb: 综合排名 ends with 排名.
        let verbs = words.stands.iter().filter(|verb| self.between.ends_with(verb));
        let verb = verbs.map(str::len).max().unwrap_or(0);
        self.between.split_at(self.between.len() - verb)
    }

    /// True if a word before the number gives the rank: 居全市12个县区.
    fn is_given(&self, words: &RankWords) -> bool {
        /// The most characters between them.
        const LONGEST: usize = 6;
        words.stands.iter().any(|verb| {
            let at = self.before.rfind(verb).map(|at| at + verb.len());
            at.is_some_and(|at| self.before[at..].chars().count() <= LONGEST)
        })
    }
}
