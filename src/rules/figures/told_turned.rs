//! One figure told twice with two digits that stand the other way round: 公众号203条……公众号由专人值守，全年推送230条.

use rust_decimal::Decimal;

use crate::prose::{Exactness, Lexicon, Mention, Passage, Prose, Unit, are_swapped};
use crate::report::{Report, Text};
use crate::rules::figures::two_numbers::Figure;
use crate::rules::machinery::text::{CLAUSE_ENDS, SENTENCE_ENDS};

/// The most figures of a report that are compared.
const MOST: usize = 400;
/// A figure with the words round it.
struct Told<'a> {
    figure: Figure<'a>,
    /// The place of its sentence: of the text among those of the report, and in the text.
    place: (usize, usize),
    /// The sentence up to it, from the figure before on.
    before: &'a str,
    /// All of the sentence before it.
    sentence: &'a str,
    adds_up: bool,
    /// Its digits in order, which are those of every number with two of them turned round.
    digits: Vec<char>,
}

/// Every figure that is one told before with two digits turned round, with that one: both of them are told once, count in one unit,
/// and have a long name or a place of publication in common.
pub(super) fn told_turned<'a>(
    prose: &'a Prose,
    report: &'a Report,
) -> Vec<(Figure<'a>, (usize, Figure<'a>))> {
    let mut told: Vec<Told<'a>> = Vec::new();
    let mut found = Vec::new();
    for (nth, (passage, text)) in prose.each(report).enumerate() {
        for figure in 0..passage.mentions.len() {
            let Some(here) = Told::of(nth, passage, text, figure) else { continue };
            if told.len() == MOST {
                return once(found, &told);
            }
            let before = told.iter().find(|before| before.is_turned(&here));
            found.extend(before.map(|before| (before.figure, (nth, here.figure))));
            told.push(here);
        }
    }
    once(found, &told)
}

/// Those pairs of which no other figure has either value.
fn once<'a>(
    pairs: Vec<(Figure<'a>, (usize, Figure<'a>))>,
    told: &[Told<'a>],
) -> Vec<(Figure<'a>, (usize, Figure<'a>))> {
    let is_once = |figure: &Figure<'_>| {
        let own = &figure.0.mentions[figure.2];
        let alike = |other: &&Told<'_>| {
            other.mention().value == own.value && other.mention().same_unit(own)
        };
        told.iter().filter(alike).count() == 1
    };
    pairs.into_iter().filter(|(before, (_, here))| is_once(before) && is_once(here)).collect()
}

impl<'a> Told<'a> {
    fn of(nth: usize, passage: &'a Passage, text: &'a Text, figure: usize) -> Option<Self> {
        /// The reach of the words round a figure, in bytes.
        const REACH: usize = 150;
        let mention = &passage.mentions[figure];
        let plain = mention.is_typed()
            && matches!(mention.unit, Unit::Counter(_))
            && mention.exactness == Exactness::Exact
            && mention.growth.is_none()
            && mention.unread.is_none()
            && mention.of_others.is_none()
            && mention.value >= Decimal::TEN
            && mention.counted.as_ref().is_none_or(|counted| counted.at_most);
        if !plain {
            return None;
        }
        let printed = text.printed();
        let floor = printed.floor_char_boundary(mention.digits.start.saturating_sub(REACH));
        let last = figure.checked_sub(1).map_or(0, |before| passage.mentions[before].range.end);
        let before =
            printed.get(floor.max(last)..mention.digits.start)?.rsplit(SENTENCE_ENDS).next()?;
        let sentence = printed[floor..mention.digits.start].rsplit(SENTENCE_ENDS).next()?;
        Some(Self {
            figure: (passage, text, figure),
            place: (nth, mention.sentence),
            before,
            sentence,
            adds_up: mention.sum.is_some(),
            digits: in_order(mention.value),
        })
    }

    fn mention(&self) -> &'a Mention {
        &self.figure.0.mentions[self.figure.2]
    }

    /// True if this figure is another one with two digits turned round, and is told of the same thing.
    fn is_turned(&self, other: &Self) -> bool {
        const LONG: usize = 3;
        let (own, now) = (self.mention(), other.mention());
        let alike = own.unit == now.unit && self.place != other.place;
        let turned = |length| are_swapped(own.value, now.value, length);
        let apart = !(self.adds_up && other.adds_up);
        if !alike || !apart || self.digits != other.digits || !turned(2) {
            return false;
        }
        let named = self.name().is_some_and(|name| {
            other.before.ends_with(&name) || other.name().is_some_and(|own| own == name)
        });
        let channel = self.channel().is_some_and(|own| other.channel() == Some(own));
        let people = own.unit.counter().is_some_and(|counter| counter.counts_persons());
        let all = Lexicon::get().sums.total.end_of(other.before).is_some();
        named || turned(LONG) && channel || people && all && self.shares_word(other)
    }

    /// True if the sentences up to both figures have a word of three characters in common: 开放日.
    fn shares_word(&self, other: &Self) -> bool {
        const LENGTH: usize = 3;
        let words = &Lexicon::get().things;
        let said: Vec<char> = self.sentence.chars().collect();
        said.windows(LENGTH).any(|three| {
            let word: String = three.iter().collect();
            let plain = three.iter().all(|c| c.is_alphabetic());
            let little = words.empty.are_in(&word) || words.acts.are_in(&word);
            plain && !little && other.sentence.contains(&word)
        })
    }

    /// The long name right before the figure: 取水许可 of 办理取水许可85件.
    fn name(&self) -> Option<String> {
        const LENGTH: usize = 4;
        let clause = self.before.rsplit(CLAUSE_ENDS).next()?;
        let n = clause.chars().count().checked_sub(LENGTH)?;
        let name: String = clause.chars().skip(n).collect();
        let words = &Lexicon::get().things;
        let little = words.empty.are_in(&name)
            || words.acts.are_in(&name)
            || words.information.are_in(&name);
        (name.chars().all(char::is_alphabetic) && !little).then_some(name)
    }

    /// The only place of publication that is named before the figure, behind the figure before it or else in the sentence.
    fn channel(&self) -> Option<&'static str> {
        let own = Lexicon::get().things.channels.iter().filter_map(|names| {
            let said = |text: &str| names.iter().any(|name| text.contains(name.as_str()));
            Some((names.first()?.as_str(), said(self.before), said(self.sentence)))
        });
        let named: Vec<(&str, bool, bool)> = own.filter(|(_, near, far)| *near || *far).collect();
        let near = named.iter().any(|(_, near, _)| *near);
        let mut all = named.into_iter().filter(|(_, own, _)| *own || !near);
        all.next().filter(|_| all.next().is_none()).map(|(name, ..)| name)
    }
}

/// The digits of a number in order.
fn in_order(value: Decimal) -> Vec<char> {
    let mut digits: Vec<char> = value.normalize().to_string().chars().collect();
    digits.sort_unstable();
    digits
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check_text;

    const RULE: &crate::rules::Rule = &super::super::text_contradicts_itself::RULE;

    #[test]
    fn digits_that_stand_the_other_way_round() {
        for wrong in [
            "发布信息418条，网站专栏156条，微信公众号203条，公告栏59条。公众号由三名干部轮流值守，全年推送230条。",
            "办结特种设备登记43件，建筑起重机械备案21件。今年办理特种设备登记34件，结果逐件上网。",
            "政府公报编发12期，刊登文件186件。政府公报全年刊登文件168件，赠阅到村。",
            "举办公众开放日两次，参加居民76人。开放日人数偏少，两次加起来67人。",
        ] {
            check_text(RULE, wrong, "", 1);
        }
    }

    #[test]
    fn figures_of_two_things_or_of_another_time() {
        for fine in [
            "发布信息418条，网站专栏156条，微信公众号203条，公告栏59条。视频号由三名干部轮流值守，全年推送230条。",
            "办结特种设备登记43件，建筑起重机械备案21件。今年办理特种设备注销34件，结果逐件上网。",
            "举办公众开放日两次，参加居民76人。业务学习人数偏少，加起来67人。",
            "举办公众开放日两次，参加居民76人。开放日人数偏少，教师只有67人。",
            "公众号推送图解126条。2022年公众号推送162条，本年有所减少。",
        ] {
            check_text(RULE, fine, "", 0);
        }
    }
}
