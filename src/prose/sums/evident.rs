//! Rows that nothing calls the parts of their head, but that would come to it exactly but for two turned digits, or for 万 left
//! out of one figure: 18734户，个体14355户、企业3948户、合作社251户; 收入52386.4万元，缴费19842.6万元，补助32543.8元.

use rust_decimal::Decimal;

use super::group::Group;
use crate::prose::slip::{are_swapped, lost_scale, near};

impl Group<'_> {
    /// The first figures behind a head that such a slip keeps from coming to it; the row may go on with something else.
    pub(super) fn evident_parts<'p>(&self, head: usize, parts: &'p [usize]) -> Option<&'p [usize]> {
        const FEWEST: usize = 2;
        /// Of more parts, any slip may be in any of them.
        const MOST: usize = 12;
        let rows = (FEWEST..=parts.len().min(MOST)).map(|n| &parts[..n]);
        let turned =
            rows.rev().find(|row| self.is_turned(head, row) || self.has_lost_scale(head, row));
        turned.or_else(|| Some(parts).filter(|parts| self.are_of_one_noun(head, parts)))
    }

    /// True if all of several parts are named after the noun of their head and come near to it: 解读16篇，文字解读7篇、图文解读8篇、视频解读3篇.
    fn are_of_one_noun(&self, head: usize, parts: &[usize]) -> bool {
        const SEVERAL: usize = 3;
        const NEAR: u32 = 5;
        let (value, sum) = (self.value(head), self.added(parts));
        if parts.len() < SEVERAL || sum == value || !near(sum, value, NEAR) {
            return false;
        }
        let name: Vec<char> = self.lead(head).chars().collect();
        let nouns = name.windows(2).map(|noun| noun.iter().collect::<String>());
        let ends =
            |noun: &String| parts.iter().all(|part| self.lead(*part).ends_with(noun.as_str()));
        nouns.into_iter().any(|noun| ends(&noun))
    }

    /// True if two neighbouring digits of the head or of a part, the other way round, make the parts come to the head, and the
    /// figures are so large that they hardly do so by chance.
    fn is_turned(&self, head: usize, parts: &[usize]) -> bool {
        const SHORTEST: usize = 3;
        /// The odds against chance.
        const ODDS: usize = 300;
        let (value, sum) = (self.value(head), self.added(parts));
        let figures = parts.iter().chain([&head]);
        let n_turns: usize = figures.map(|i| self.n_digits(*i).saturating_sub(1)).sum();
        let step = parts.iter().chain([&head]).map(|i| self.mentions[*i].step).min();
        let n_steps = step.and_then(|step| value.checked_div(step)).unwrap_or_default();
        let fitting = |part: Decimal| value - (sum - part);
        sum != value
            && n_steps >= Decimal::from(n_turns.saturating_mul(ODDS))
            && parts.iter().all(|part| self.value(*part) < value)
            && (are_swapped(value, sum, SHORTEST)
                || parts
                    .iter()
                    .map(|part| self.value(*part))
                    .any(|part| are_swapped(part, fitting(part), SHORTEST)))
    }

    /// The digits of a figure as printed.
    fn n_digits(&self, i: usize) -> usize {
        let digits = self.text.get(self.mentions[i].digits.clone()).unwrap_or_default();
        digits.bytes().filter(u8::is_ascii_digit).count()
    }

    /// True if a part that is ten thousand times as large makes the parts come to the head.
    fn has_lost_scale(&self, head: usize, parts: &[usize]) -> bool {
        let lacks = self.value(head) - self.added(parts);
        parts.iter().map(|part| self.value(*part)).any(|part| lost_scale(part, part + lacks))
    }
}
