//! Words for changes.

use super::words::{Words, by_field};

by_field! {
    /// Words that say how something changed against the year before. All that name a change
    /// (`up`, `down`, `based`, `compared`, `unclear`) take the figure behind them out of the tables.
    #[derive(Debug, Clone, Default)]
    pub(crate) struct GrowthWords {
        /// Growing.
        pub(crate) up: Words,
        /// Shrinking.
        pub(crate) down: Words,
        /// 加快, 放缓: a rate is more or less by some points.
        pub(crate) faster: Words,
        pub(crate) slower: Words,
        /// 增, 降: one character that tells a change right before a percentage.
        pub(crate) up_alone: Words,
        pub(crate) down_alone: Words,
        /// Of these, the names of a rate.
        pub(crate) rates: Words,
        /// A comparison with the year before in one word.
        pub(crate) based: Words,
        /// A comparison with the year that is named.
        pub(crate) compared: Words,
        /// Before a change: with which period it is compared.
        pub(crate) by_periods: Words,
        /// The year of the report.
        pub(crate) this_year: Words,
        /// A change, and nobody can tell of how much.
        pub(crate) unclear: Words,
        /// The year before.
        pub(crate) last_year: Words,
        /// The state at its end.
        pub(crate) last_state: Words,
        /// Behind a year, and without a sense of its own there.
        pub(crate) same_period: String,
        /// The end of a clause that says that nothing has changed.
        pub(crate) same: Words,
        /// The verb of becoming a multiple.
        pub(crate) turned: String,
        /// Behind that verb: twice as much.
        pub(crate) doubled: Words,
        /// Between the year before and its figure.
        pub(crate) base_links: Words,
        /// Of these, those that need nothing before the year.
        pub(crate) base_ends: Words,
        /// Before the year before, where its figure is compared with.
        pub(crate) base_behind: Words,
        /// Words with one of these in them that compare nothing.
        pub(crate) no_bases: Words,
        /// Likewise, where the figure must be followed by a word of `goes_on`.
        pub(crate) base_from: Words,
        /// Before what became less of the time that something took.
        pub(crate) down_of_times: Words,
        /// The opposite.
        pub(crate) up_of_times: Words,
        /// Before the time that something takes less than before.
        pub(crate) down_by: Words,
        /// Before the number that something grew to.
        pub(crate) base_to: Words,
        /// Words for the number of what was told before.
        pub(crate) amounts: Words,
        /// The same, each with the counter of what it is the number of.
        pub(crate) amounts_in: Vec<(String, String)>,
        /// The beginnings of a change.
        pub(crate) goes_on: Words,
        /// Likewise, where the figure must be followed by a word of `compared_behind`.
        pub(crate) base_with: Words,
        /// The end of a comparison.
        pub(crate) compared_behind: Words,
        /// Allowed beside the year and what came in, where a clause tells of the year before.
        pub(crate) told_plainly: Words,
    }
}

#[cfg(test)]
impl GrowthWords {
    /// All words that name a change.
    pub(super) fn changes(&self) -> impl Iterator<Item = &str> {
        [&self.up, &self.down, &self.based, &self.compared, &self.unclear]
            .into_iter()
            .flat_map(Words::iter)
    }
}
