//! Meetings told twice with as many who came, and with another number of meetings: 培训3期，共191人次……全年培训4期191人次.

use rust_decimal::Decimal;

use crate::prose::{Exactness, Lexicon, Mention, Passage, Prose, Unit};
use crate::report::{Report, Text};
use crate::rules::figures::two_numbers::Figure;
use crate::rules::machinery::text::CLAUSE_ENDS;

/// A number of meetings with that of all who came.
struct Told<'a> {
    meetings: Figure<'a>,
    place: (usize, usize),
    came: &'a Mention,
    /// The kind of meetings: 培训.
    noun: String,
}

/// Every number of meetings that is another one than that told before with as many who came, with that one.
pub(super) fn told_meetings<'a>(
    prose: &'a Prose,
    report: &'a Report,
) -> Vec<(Figure<'a>, (usize, Figure<'a>))> {
    const MOST: usize = 60;
    let mut told: Vec<Told<'a>> = Vec::new();
    for (nth, (passage, text)) in prose.each(report).enumerate() {
        let all = (0..passage.mentions.len()).filter_map(|came| Told::of(nth, passage, text, came));
        told.extend(all.take(MOST - told.len().min(MOST)));
    }
    let mut found = Vec::new();
    for (i, here) in told.iter().enumerate() {
        let before = told[..i].iter().find(|before| before.contradicts(here));
        found.extend(before.map(|before| (before.meetings, (here.place.0, here.meetings))));
    }
    found
}

impl<'a> Told<'a> {
    fn of(nth: usize, passage: &'a Passage, text: &'a Text, figure: usize) -> Option<Self> {
        /// The most figures between the meetings and those who came, and fewer than nobody counts by chance.
        const NEAR: usize = 6;
        const FEWEST: Decimal = Decimal::ONE_HUNDRED;
        const LENGTH: usize = 2;
        let came = &passage.mentions[figure];
        let plain = |mention: &Mention| {
            let exact = mention.exactness == Exactness::Exact && mention.growth.is_none();
            exact && mention.is_typed() && matches!(mention.unit, Unit::Counter(_))
        };
        let people = came.unit.counter().is_some_and(|counter| counter.counts_persons());
        if !plain(came) || !people || came.value < FEWEST {
            return None;
        }
        let near = (figure.saturating_sub(NEAR)..figure).rev();
        let printed = text.printed();
        let meetings = near
            .filter(|i| passage.mentions[*i].sentence == came.sentence)
            .find(|i| plain(&passage.mentions[*i]) && is_of_meetings(&passage.mentions[*i]))?;
        let mention = &passage.mentions[meetings];
        let clause = printed[..mention.digits.start].rsplit(CLAUSE_ENDS).next()?;
        let skipped = clause.chars().count().checked_sub(LENGTH)?;
        let noun: String = clause.chars().skip(skipped).collect();
        let named = noun.chars().all(char::is_alphabetic);
        let told =
            Self { meetings: (passage, text, meetings), place: (nth, came.sentence), came, noun };
        named.then_some(told)
    }

    fn contradicts(&self, other: &Self) -> bool {
        let [own, now] = [self, other].map(|told| &told.meetings.0.mentions[told.meetings.2]);
        let alike = self.came.value == other.came.value && self.came.same_unit(other.came);
        let same = own.same_unit(now) && self.noun == other.noun && self.place != other.place;
        alike && same && own.value != now.value
    }
}

/// True if a figure counts meetings, rounds or the like.
fn is_of_meetings(mention: &Mention) -> bool {
    let rounds = &Lexicon::get().things.rounds;
    mention.unit.counter().is_some_and(|counter| rounds.has(&counter.word))
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check_text;

    const RULE: &crate::rules::Rule = &super::super::text_contradicts_itself::RULE;

    #[test]
    fn as_many_came_to_another_number_of_meetings() {
        for wrong in [
            "组织业务培训3期，参加人数分别是62人、58人、71人，共191人次。上年问题“培训少”的改进情况：全年培训4期191人次。",
            "举办政策宣讲8场，听众462人次。全年宣讲9场462人次，送到园区。",
        ] {
            check_text(RULE, wrong, "", 1);
        }
        for fine in [
            "组织业务培训3期，共191人次。全年培训3期191人次。",
            "举办政策宣讲8场，听众462人次。全年培训9场462人次。",
            "举办政策宣讲8场，听众462人次。全年宣讲9场527人次，其中园区1场。",
        ] {
            check_text(RULE, fine, "", 0);
        }
    }
}
