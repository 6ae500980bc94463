//! Lists of parts of a whole: 共128件，其中…；83条（含解读8条）.

use rust_decimal::Decimal;

use super::lexicon::Word;
use super::mention::Mention;
use super::numeral::{Exactness, Unit};

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

    /// True if only some parts are named, or figures of something else stand among them.
    fn is_selection(&self) -> bool {
        self.open_end || self.mixed || self.opening == Opening::Some || self.parts.len() < 2
    }
}

/// True if a figure can be a part of a whole: both count the same kind of unit.
pub(crate) fn can_be_part(whole: &Mention, part: &Mention) -> bool {
    matches!(whole.unit, Unit::Counter(_)) && whole.same_unit(part) && part.of_this_year
}
