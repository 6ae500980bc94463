//! The contents of a cell: nothing, a figure, or something that is no figure.

use std::fmt;

/// A number of documents, decisions, applications or cases.
pub type Count = u64;

/// The largest number a cell can hold; anything above is a slip of the hand.
pub const MAX_COUNT: Count = 999_999_999_999;

/// An amount of money as an exact decimal that keeps the digits as typed.
pub type Money = rust_decimal::Decimal;

/// A number of table 1 as it is printed: a count, a change with its sign, or an amount of money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Number {
    /// The number, exact, with the decimals as typed.
    pub value: Money,
    /// True if a plus sign was typed before it, which only a change can have.
    pub plus: bool,
}

impl From<Money> for Number {
    fn from(value: Money) -> Self {
        Self { value, plus: false }
    }
}

impl From<Count> for Number {
    fn from(count: Count) -> Self {
        Money::from(count).into()
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.plus { "+" } else { "" })?;
        self.value.fmt(f)
    }
}

/// The value of one cell in the data file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Entry<T = Count> {
    /// Nothing was written: not filled, which is not 0.
    #[default]
    Absent,
    /// A usable figure.
    Value(T),
    /// Something was written that cannot stand in this cell, kept as it was typed.
    Unusable(String),
}

impl<T> Entry<T> {
    /// The figure, if there is one.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Unusable(_) => None,
        }
    }

    /// The same entry with its figure as something else.
    pub fn map<U>(self, to: impl FnOnce(T) -> U) -> Entry<U> {
        match self {
            Self::Absent => Entry::Absent,
            Self::Value(value) => Entry::Value(to(value)),
            Self::Unusable(typed) => Entry::Unusable(typed),
        }
    }

    /// True if nothing was written.
    pub fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }
}

impl Entry<Count> {
    /// The figure, if there is one.
    pub fn count(&self) -> Option<Count> {
        self.value().copied()
    }
}

impl Entry<Number> {
    /// The figure as a count, if it is one.
    pub fn count(&self) -> Option<Count> {
        let value = self.value()?.value;
        value.is_integer().then(|| Count::try_from(value).ok())?
    }
}

/// As a draft prints it: the figure, what was typed instead, or the mark of an unfilled cell.
impl<T: fmt::Display> fmt::Display for Entry<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Absent => f.write_str(super::UNFILLED),
            Self::Value(value) => value.fmt(f),
            Self::Unusable(typed) => f.write_str(typed),
        }
    }
}

/// A figure as it stands in the printed table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Figure {
    /// Typed in the data file.
    Typed(Count),
    /// A total that was left out and is added up here.
    Computed(Count),
    /// Not to be had: not filled, unusable, or a total over such cells.
    Missing,
}

impl Figure {
    /// The number, wherever it comes from.
    pub fn count(&self) -> Option<Count> {
        match self {
            Self::Typed(count) | Self::Computed(count) => Some(*count),
            Self::Missing => None,
        }
    }

    /// The figure of a typed cell, or else the sum of the cells it should be the total of.
    pub(super) fn of_total(entry: &Entry, parts: impl IntoIterator<Item = Option<Count>>) -> Self {
        match entry {
            Entry::Value(count) => Self::Typed(*count),
            Entry::Unusable(_) => Self::Missing,
            Entry::Absent => sum(parts).map_or(Self::Missing, Self::Computed),
        }
    }
}

/// The sum, if every part is there.
pub(super) fn sum(parts: impl IntoIterator<Item = Option<Count>>) -> Option<Count> {
    parts.into_iter().try_fold(0, |total: Count, part| total.checked_add(part?))
}
