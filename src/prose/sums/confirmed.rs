//! Shares behind a row that say what its figures come to, although the figures do not.

use rust_decimal::Decimal;

use super::group::Group;
use crate::prose::arithmetic::percent;
use crate::prose::numeral::{Exactness, Unit};

impl Group<'_> {
    /// True if a share behind a row is what the row gives once one of its figures is what the others make it: 应急信息38条，预警
    /// 22条，提示13条，预警占62.9%, which is that of 22 in 35.
    pub(super) fn is_confirmed(&self, head: usize, parts: &[usize]) -> bool {
        let (value, sum) = (self.value(head), self.added(parts));
        let larger = parts.iter().all(|part| self.value(*part) <= value.max(sum));
        let shares = self.shares_behind(parts);
        if shares.is_empty() || !larger {
            return false;
        }
        let fitting = |part: usize| value - (sum - self.value(part));
        let first_two = self.added(&parts[..parts.len().min(2)]);
        shares.into_iter().any(|(share, places)| {
            let gives = |part: Decimal, whole| percent(part, whole, places) == Some(share);
            let of_sum = parts.iter().any(|part| gives(self.value(*part), sum));
            let of_two = parts.len() > 2 && gives(first_two, sum);
            let of_whole = parts
                .iter()
                .any(|part| fitting(*part) > Decimal::ZERO && gives(fitting(*part), value));
            let told = parts.iter().any(|part| gives(self.value(*part), value));
            (of_sum || of_two || of_whole) && !told
        })
    }

    /// The shares behind the last of some figures in its sentence, up to the next figure of another kind, with their decimals.
    fn shares_behind(&self, parts: &[usize]) -> Vec<(Decimal, u32)> {
        const NEAR: usize = 3;
        /// The fewest characters of a share that is hardly met by chance.
        const DECISIVE: usize = 4;
        let Some(last) = parts.last() else { return Vec::new() };
        let sentence = self.mentions[*last].sentence;
        let behind = self.mentions.get(last + 1..).unwrap_or_default().iter();
        let shares = behind
            .take(NEAR)
            .take_while(|m| m.sentence == sentence && m.unit == Unit::Percent)
            .filter(|m| m.growth.is_none() && m.exactness == Exactness::Exact)
            .filter(|m| m.digits.len() >= DECISIVE && m.value < Decimal::ONE_HUNDRED);
        shares.map(|m| (m.value, m.places)).collect()
    }
}
