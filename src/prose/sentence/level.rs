//! [`Level`]: the state of the reading on one level of brackets.

use crate::prose::clause::Counted;
use crate::prose::lexicon::Counter;
use crate::prose::numeral::Unit;
use crate::prose::token::{Token, What};

/// All that is open on one level of brackets.
#[derive(Default)]
pub(super) struct Level {
    /// The words since the last mark or figure.
    pub(super) words: Vec<Token>,
    /// The words of the clause before, if it held no figure.
    pub(super) before: Vec<Token>,
    /// True if no mark stands between the last figure and the words.
    pub(super) behind_figure: bool,
    /// A figure whose clause has not yet said what it counts.
    pub(super) pending: Option<Pending>,
    /// True if the last figure counts documents or other things that the tables do not know.
    pub(super) behind_other: bool,
    /// Figures of the sentence.
    pub(super) figures: Vec<usize>,
    /// Open lists, the innermost last.
    pub(super) lists: Vec<usize>,
    /// True if a semicolon has been passed since the last list was opened.
    pub(super) semicolon: bool,
    /// The place among the mentions of what follows the last semicolon.
    pub(super) since_semicolon: usize,
    /// True if a figure stands on this level, its holder apart.
    pub(super) has_figure: bool,
    /// The scope outside of the bracket.
    pub(super) scope_before: Option<super::scope::Scope>,
    /// True if what stood before the bracket was of the year of the report.
    pub(super) was_of_this_year: Option<bool>,
    /// True if this clause opened the innermost list.
    pub(super) just_opened: bool,
    /// The figures whose shares are told next, in the same order.
    pub(super) shared: Vec<usize>,
    /// The figure that is told as the whole of these shares.
    pub(super) shared_whole: Option<usize>,
    /// The thing that is named as their whole, where no figure tells it.
    pub(super) shared_thing: Option<Counted>,
    /// The things that the next figures count, where 分别 has named it before.
    pub(super) waiting: Vec<Counted>,
}

impl Level {
    /// True if no more than a noun or a verb stands between the last figure and here: 71人次参加（三月38人次、九月33人次）.
    pub(super) fn says_little(&self, text: &str) -> bool {
        const LONGEST: usize = 4;
        let n = self.words.iter().map(|token| text[token.range.clone()].chars().count());
        self.words.iter().all(|token| token.what == What::Other) && n.sum::<usize>() <= LONGEST
    }
}

/// A figure that stands before the words for what it counts, or whose words are in another clause.
pub(super) struct Pending {
    pub(super) mention: usize,
    /// The clause before, for 收到申请，共15件.
    pub(super) before: Vec<Token>,
    /// A verb before the figure whose object stands behind it, for 收到15件申请.
    pub(super) verb: Vec<Token>,
}

/// True if cases are counted in it.
pub(super) fn is_of_cases(unit: Unit) -> bool {
    unit == Unit::Yuan || unit.counter().is_some_and(Counter::counts_cases)
}

/// True if applicants are counted in it: 名, 家.
pub(super) fn counts_applicants(unit: Unit) -> bool {
    unit.counter().is_some_and(Counter::counts_applicants)
}

/// True if a figure in it may be one of the tables.
pub(super) fn is_countable(unit: Unit) -> bool {
    unit == Unit::Yuan || unit.counter().is_some_and(Counter::is_of_tables)
}

/// A mean that a part of a sentence tells.
#[derive(Debug, Default)]
pub(super) struct Averaged {
    /// True if there is one.
    pub(super) is_told: bool,
    /// The place of its word, if it holds for its own figure alone.
    pub(super) from: Option<usize>,
}
