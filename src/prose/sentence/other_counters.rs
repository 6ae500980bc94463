//! The last part of a list in a counter of its own: 17份，其中图文8份、文字6份、短视频3个.

use rust_decimal::Decimal;

use super::reader::Reader;
use crate::prose::lexicon::Lexicon;
use crate::prose::list::Opening;

impl Reader<'_> {
    /// True if a figure ends a row of parts told with pauses, in the counter of another form of what is published, and is all that
    /// they leave of their whole, or one too many.
    pub(super) fn ends_in_other_counter(&self, list: usize, index: usize) -> bool {
        const FEWEST: usize = 2;
        const LONGEST: usize = 8;
        let (list, part) = (&self.lists[list], &self.mentions[index]);
        let lexicon = Lexicon::get();
        let Some(last) = list.parts.last().map(|last| &self.mentions[*last]) else { return false };
        let whole = &self.mentions[list.whole];
        let text = self.text.printed();
        let between = text.get(last.range.end..part.digits.start);
        let name = between.and_then(|between| between.strip_prefix('、')).unwrap_or_default();
        let plain = (1..=LONGEST).contains(&name.chars().count())
            && name.chars().all(char::is_alphabetic)
            && lexicon.clauses.statement.start_of(name).is_none();
        let ends = text[part.range.end..].starts_with(['，', '。', '；', '）']);
        let forms = &lexicon.sums.forms;
        let of_form = part.unit.counter().is_some_and(|counter| forms.has(&counter.word));
        let own = whole.same_unit(last) && whole.counted.is_none();
        let plainly = list.opening != Opening::Some && !list.open_end && !list.mixed_pieces;
        let too_many = list.sum.saturating_add(part.value) - whole.value;
        list.parts.len() >= FEWEST
            && plain
            && ends
            && of_form
            && own
            && plainly
            && list.sum < whole.value
            && (Decimal::ZERO..=Decimal::ONE).contains(&too_many)
    }
}
