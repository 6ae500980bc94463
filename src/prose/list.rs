//! Lists of parts of a whole: 共128件，其中…；83条（含解读8条）.

use rust_decimal::Decimal;

use super::arithmetic::added;
use super::lexicon::{Counter, Word};
use super::mention::Mention;
use super::numeral::{Exactness, Unit};
use super::slip::{are_swapped, lost_digit, lost_scale, near};

/// The marks between two parts.
const MARKS: &[char] = &['，', '；', '、', '。', '：', '（', '）', '\n'];

/// Some parts of a whole, in order.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct List {
    /// The figure that is taken apart, by its place among the mentions.
    pub(crate) whole: usize,
    /// Its parts.
    pub(crate) parts: Vec<usize>,
    /// The sum of the parts.
    pub(crate) sum: Decimal,
    /// The opening of the list.
    pub(crate) opening: Opening,
    /// True if 等 says that more could be named.
    pub(crate) open_end: bool,
    /// True if the whole may be this figure or the sum of it and the one beside it.
    pub(crate) ambiguous: bool,
    /// Figures before the whole that could be the whole instead.
    pub(crate) rivals: Vec<usize>,
    /// True if figures in other units stand among the parts.
    pub(crate) mixed: bool,
    /// True if some of the parts count pieces of information in another unit than the whole.
    pub(crate) mixed_pieces: bool,
}

/// The opening of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Opening {
    /// 其中, 包括.
    Plain,
    /// A colon or a bracket, and no word.
    Bare,
    /// 分别为: all parts are named.
    All,
    /// 主要有: some parts are named.
    Some,
}

impl Opening {
    pub(crate) fn of(word: Word) -> Option<Self> {
        match word {
            Word::Opens => Some(Self::Plain),
            Word::OpensAll => Some(Self::All),
            Word::OpensSome => Some(Self::Some),
            _ => None,
        }
    }
}

impl List {
    /// A list with no parts yet.
    pub(crate) fn new(whole: usize, opening: Opening) -> Self {
        Self {
            whole,
            parts: Vec::new(),
            sum: Decimal::ZERO,
            opening,
            open_end: false,
            ambiguous: false,
            rivals: Vec::new(),
            mixed: false,
            mixed_pieces: false,
        }
    }

    /// Adds a part by its place among the mentions.
    pub(crate) fn add(&mut self, part: usize, mentions: &[Mention]) {
        self.parts.push(part);
        self.sum = self.sum.saturating_add(mentions[part].value);
    }

    /// Makes a figure behind the whole the whole, where the parts come just to it: 36个，比上年增加6个，分别为部门4个、乡镇2个.
    pub(crate) fn settle(&mut self, mentions: &[Mention]) {
        let Some(first) = self.parts.first() else { return };
        let whole = &mentions[self.whole];
        let fits = |i: &usize| mentions[*i].same_unit(whole) && mentions[*i].value == self.sum;
        if self.sum != whole.value
            && let Some(nearer) = (self.whole + 1..*first).find(fits)
        {
            self.whole = nearer;
        }
    }

    /// Takes out the parts that a part before them is divided into: 38件；不予公开11件，理由是甲7件、乙4件；无法提供5件. A semicolon
    /// or a comma stands before the part, lesser marks between those it has, and they come just to it.
    pub(crate) fn leave_out_nested(&mut self, text: &str, mentions: &[Mention]) {
        let is_behind = |pair: &[usize], mark: char| {
            let between = text.get(mentions[pair[0]].range.end..mentions[pair[1]].digits.start);
            between.and_then(|words| words.chars().find(|c| MARKS.contains(c))) == Some(mark)
        };
        let (mut kept, mut i) = (Vec::new(), 0);
        while let Some(part) = self.parts.get(i) {
            kept.push(*part);
            let rest = &self.parts[i..];
            i += 1;
            if !rest.get(..2).is_some_and(|pair| is_behind(pair, '，')) {
                continue;
            }
            let n = 1 + rest[1..].windows(2).take_while(|pair| is_behind(pair, '、')).count();
            if n > 1 && added(mentions, &rest[1..=n]) == mentions[*part].value {
                i += n;
            }
        }
        if kept.len() < self.parts.len() {
            self.sum = added(mentions, &kept);
            self.parts = kept;
            self.open_end |= self.sum < mentions[self.whole].value;
        }
    }

    /// Takes out parts that are totals of others.
    pub(crate) fn leave_out(&mut self, totals: &[usize], mentions: &[Mention]) {
        self.parts.retain(|part| !totals.contains(part));
        self.sum = added(mentions, &self.parts);
    }

    /// True if every part is an exact figure.
    pub(crate) fn is_exact(&self, mentions: &[Mention]) -> bool {
        self.parts.iter().all(|part| mentions[*part].exactness == Exactness::Exact)
    }

    /// True if the parts already make up the whole.
    pub(crate) fn is_full(&self, mentions: &[Mention]) -> bool {
        !self.parts.is_empty() && self.sum == mentions[self.whole].value
    }

    /// True if a slip in any of its figures would show.
    pub(crate) fn decides(&self, mentions: &[Mention]) -> bool {
        self.is_full(mentions) || self.claims_all(mentions)
    }

    /// True if the list means to name every part of the whole.
    pub(crate) fn claims_all(&self, mentions: &[Mention]) -> bool {
        if self.is_selection() {
            return false;
        }
        let whole = mentions[self.whole].value;
        let ends_with_rest = self.parts.last().is_some_and(|part| mentions[*part].is_rest);
        // （维持5件、纠正2件） names all; where most is missing, it only gives examples.
        let most = self.sum.saturating_add(self.sum) >= whole;
        self.opening == Opening::All || ends_with_rest || self.opening == Opening::Bare && most
    }

    /// True if three parts or more leave no room for another one worth naming.
    pub(crate) fn is_nearly_full(&self, mentions: &[Mention]) -> bool {
        const MANY: usize = 3;
        let whole = mentions[self.whole].value;
        let nearly =
            self.sum.saturating_mul(Decimal::TEN) >= whole.saturating_mul(Decimal::from(9));
        !self.is_selection() && self.parts.len() >= MANY && nearly
    }

    /// True if what the parts lack is a slip in one of the figures rather than a part left out: next to nothing, more
    /// than the smallest part that is named, or just what a lost or a turned digit makes.
    pub(crate) fn lacks_by_slip(&self, mentions: &[Mention]) -> bool {
        const SEVERAL: usize = 3;
        /// Of two digits, any two numbers that differ by a multiple of nine might be.
        const SWAPPED: usize = 3;
        let whole = mentions[self.whole].value;
        let lacks = whole - self.sum;
        let some = self.open_end || self.opening == Opening::Some || self.parts.len() < 2;
        if some || lacks <= Decimal::ZERO {
            return false;
        }
        let one_in = |n: u32| lacks.saturating_mul(Decimal::from(n)) <= whole;
        // 487条，其中网站298条、公众号180条: of two, only where next to nothing is missing.
        let large = whole >= Decimal::ONE_HUNDRED && one_in(50);
        if self.mixed {
            return large && self.mixed_pieces;
        }
        let values = || self.parts.iter().map(|part| mentions[*part].value);
        let smallest = values().filter(|value| !value.is_zero()).min();
        let larger = smallest.is_some_and(|smallest| lacks >= smallest);
        let lost = |value: Decimal| {
            are_swapped(value, value + lacks, SWAPPED)
                || lost_digit(value, value + lacks)
                || lost_scale(value, value + lacks)
        };
        self.parts.len() >= SEVERAL && (one_in(50) || one_in(10) && larger)
            || large
            || are_swapped(whole, self.sum, SWAPPED)
            || values().any(lost)
    }

    /// True if another part would make up the whole, but for a slip.
    pub(crate) fn is_slip_with(&self, part: &Mention, mentions: &[Mention]) -> bool {
        near(self.sum.saturating_add(part.value), mentions[self.whole].value, 20)
    }

    /// True if another figure near it explains by how much the parts miss the whole.
    pub(crate) fn is_filled(&self, text: &str, mentions: &[Mention]) -> bool {
        self.is_filled_behind(mentions)
            || is_filled_between(text, mentions, &self.parts, self.whole)
            || self.is_of_two_wholes(text, mentions)
    }

    /// True if one of the next figures of the sentence, of which nothing is known, is just what the parts lack: it may be one of
    /// them in other words.
    fn is_filled_behind(&self, mentions: &[Mention]) -> bool {
        const NEAR: usize = 3;
        let (Some(last), whole) = (self.parts.last(), &mentions[self.whole]) else { return false };
        let fits = |next: &Mention| {
            let alike = next.same_unit(whole) && next.sentence == whole.sentence;
            let plain = next.counted.is_none() && next.growth.is_none() && next.list.is_none();
            alike && plain && self.sum.checked_add(next.value) == Some(whole.value)
        };
        mentions[last + 1..].iter().take(NEAR).any(fits)
    }

    /// True if the parts are those of the whole and the figure told beside it: 建议22件、提案35件（主办19件、协办38件）.
    fn is_of_two_wholes(&self, text: &str, mentions: &[Mention]) -> bool {
        let whole = &mentions[self.whole];
        let before = self.whole.checked_sub(1).map(|before| &mentions[before]);
        before.is_some_and(|before| {
            let between = text.get(before.range.end..whole.digits.start).unwrap_or_default();
            let name = between.strip_prefix('、').filter(|name| !name.contains(MARKS));
            let beside = name.is_some() && before.same_unit(whole) && before.counted.is_none();
            beside && before.value.checked_add(whole.value) == Some(self.sum)
        })
    }

    /// True if the parts exceed the whole by next to nothing.
    pub(crate) fn exceeds_by_slip(&self, mentions: &[Mention]) -> bool {
        const MANY: usize = 3;
        let whole = mentions[self.whole].value;
        let by_one = self.parts.len() >= MANY && self.sum - whole == Decimal::ONE;
        near(self.sum, whole, 20) && self.parts.len() > 1 || by_one
    }

    /// True if only some parts are named, or figures of something else stand among them.
    fn is_selection(&self) -> bool {
        self.open_end || self.mixed || self.opening == Opening::Some || self.parts.len() < 2
    }
}

/// True if a figure that a pause joins to one of some parts is just what they lack to come to their whole: （1）予以公开110件、部分公开
/// 21件；（2）….
pub(crate) fn is_filled_between(
    text: &str,
    mentions: &[Mention],
    parts: &[usize],
    whole: usize,
) -> bool {
    const LONGEST: usize = 12;
    let lacking = mentions[whole].value - added(mentions, parts);
    parts.iter().filter(|part| !parts.contains(&(**part + 1))).any(|part| {
        let (part, Some(next)) = (&mentions[*part], mentions.get(part + 1)) else { return false };
        let between = text.get(part.range.end..next.digits.start).unwrap_or_default();
        let name = between.strip_prefix('、').filter(|name| !name.contains(MARKS));
        let short = name.is_some_and(|name| name.chars().count() <= LONGEST);
        short && next.unit.counter().is_some() && next.value == lacking
    })
}

/// True if a figure can be a part of a whole: both count the same kind of unit.
pub(crate) fn can_be_part(whole: &Mention, part: &Mention) -> bool {
    let counts = matches!(whole.unit, Unit::Counter(_) | Unit::Yuan);
    counts && whole.same_unit(part) && part.of_this_year
}

/// True if both count what is published, each in a unit of its own: 131条，其中网站39条、公众号92篇.
pub(crate) fn are_pieces(whole: &Mention, part: &Mention) -> bool {
    let piece = |mention: &Mention| mention.unit.counter().is_some_and(Counter::is_piece);
    piece(whole) && piece(part) && part.of_this_year && whole.counted.is_none()
}
