//! Problems that are all done in one place and some of which are open in another: 反馈问题65项，均已整改到位……督查反馈的问题尚有2项没有改完.

use std::ops::Range;

use rust_decimal::Decimal;

use crate::diag::Label;
use crate::prose::{Exactness, Mention, Passage};
use crate::report::{Report, Text};
use crate::rules::figures::judge::{clause, place};
use crate::rules::machinery::text::{CLAUSE_ENDS, SENTENCE_ENDS};
use crate::rules::machinery::word_groups::SettledWords;
use crate::rules::machinery::word_lists::WordLists;
use crate::rules::{Findings, Held};

/// The most figures of problems of a report that are compared.
const MOST: usize = 60;
/// A number of problems that are all done, or of which some are open.
struct Told<'a> {
    passage: &'a Passage,
    text: &'a Text,
    /// The place of the text among those of the report.
    place: usize,
    /// The figure: that of all problems, or of those that are open.
    figure: usize,
    /// All problems, where the sentence tells how many there are.
    whole: Option<Decimal>,
    /// The sentence before and behind the figure of them all.
    said: [&'a str; 2],
    /// The words before the verb by which they were found: 专项检查.
    source: &'a str,
    /// The verb: 发现.
    verb: &'a str,
    words: Range<usize>,
}

/// Reports every number of open problems of which all are said to be done elsewhere.
pub(super) fn judge_open_again(report: &Report, findings: &mut Findings<'_>) {
    let words = &WordLists::get().settled;
    let prose = findings.prose(report);
    let mut done = Vec::new();
    let mut open = Vec::new();
    for (nth, (passage, text)) in prose.each(report).enumerate() {
        for figure in 0..passage.mentions.len() {
            if done.len() + open.len() >= MOST {
                break;
            }
            let at = At { passage, text, nth, figure };
            done.extend(at.done(words));
            open.extend(at.open(words).or_else(|| at.open_of_all(words)));
        }
    }
    for some in &open {
        let Some(all) = done.iter().find(|all| all.denies(some, words)) else { continue };
        report_pair(findings, some, all);
    }
}

fn report_pair(findings: &mut Findings<'_>, some: &Told<'_>, all: &Told<'_>) {
    let [here, there] = [some, all].map(|one| clause(one.text, &one.words));
    for (this, that) in [(some, &there), (all, &here)] {
        findings.held(this.passage, this.figure, Held::Text(format!("另一处写“{that}”")));
    }
    let [at, elsewhere] = [some, all].map(|one| {
        let digits = &one.passage.mentions[one.figure].digits;
        place(one.passage, one.text, digits)
    });
    let message = format!("这里写“{here}”，另一处写“{there}”，不能都对");
    let finding = findings.report(at, message, "还有没有完成的");
    finding.related.push(Label::new(elsewhere, "说的是全部"));
    finding.help.push("核对是否都已完成；时间不同的，写明各到什么时候".to_owned());
}

/// A figure in its text.
#[derive(Clone, Copy)]
struct At<'a> {
    passage: &'a Passage,
    text: &'a Text,
    nth: usize,
    figure: usize,
}

impl<'a> At<'a> {
    fn mention(&self) -> &'a Mention {
        &self.passage.mentions[self.figure]
    }

    /// The text of its sentence before and behind it.
    fn around(&self) -> Option<(&'a str, &'a str)> {
        /// The reach of a statement, in bytes.
        const REACH: usize = 240;
        let printed = self.text.printed();
        let mention = self.mention();
        let plain = mention.unit.counter().is_some() && mention.exactness == Exactness::Exact;
        let from = printed.floor_char_boundary(mention.digits.start.saturating_sub(REACH));
        let to = printed.floor_char_boundary(mention.range.end + REACH);
        let before = printed.get(from..mention.digits.start)?.rsplit(SENTENCE_ENDS).next()?;
        let behind = printed.get(mention.range.end..to)?.split(SENTENCE_ENDS).next()?;
        plain.then_some((before, behind))
    }

    /// 反馈问题65项，均已整改到位; 检查发现的8条问题已经全部整改到位.
    fn done(self, words: &'a SettledWords) -> Option<Told<'a>> {
        let (before, behind) = self.around()?;
        let skipped = match words.matters.start_of(behind) {
            Some(noun) => noun.len(),
            None => {
                words.matters.end_of(before)?;
                behind.strip_prefix('，').map(|rest| behind.len() - rest.len())?
            }
        };
        let said = behind[skipped..].split(CLAUSE_ENDS).next()?;
        let (at, every) = words.every.first_in(said)?;
        let settled = words.done.are_in(&said[at + every.len()..]);
        let planned = words.planned.are_in(said) || words.planned.are_in(before);
        let told = self.told(words, (before, behind), skipped + said.len())?;
        (settled && !planned && self.mention().value >= Decimal::TWO).then_some(told)
    }

    /// 督查反馈的问题尚有2项没有改完.
    fn open(self, words: &'a SettledWords) -> Option<Told<'a>> {
        let (before, behind) = self.around()?;
        let has = words.left.end_of(before)?;
        let of = before[..before.len() - has.len()].trim_end_matches('中');
        words.matters.end_of(of)?;
        let noun = words.matters.start_of(behind).map_or(0, str::len);
        let said = behind[noun..].split(CLAUSE_ENDS).next()?;
        words.not_done.start_of(said)?;
        self.told(words, (before, behind), noun + said.len())
    }

    /// 发现问题8条，已整改7条，剩余1条正在办理: where those that are done and those that are open are all.
    fn open_of_all(self, words: &'a SettledWords) -> Option<Told<'a>> {
        let (before, behind) = self.around()?;
        let whole = self.figure.checked_sub(2)?;
        let [all, done] = [whole, whole + 1].map(|figure| &self.passage.mentions[figure]);
        let own = self.mention();
        let same = all.sentence == own.sentence && all.same_unit(own) && done.same_unit(own);
        let adds_up = done.value.saturating_add(own.value) == all.value;
        let between = self.text.printed().get(all.range.end..own.digits.start)?;
        let said = behind.split(CLAUSE_ENDS).next()?;
        let is_open = words.under_way.are_in(said)
            || words.under_way.are_in(before.rsplit(CLAUSE_ENDS).next()?);
        let (ahead, beyond) = At { figure: whole, ..self }.around()?;
        let named =
            words.matters.end_of(ahead).is_some() || words.matters.start_of(beyond).is_some();
        let told = self.told(words, (ahead, beyond), said.len())?;
        let told = Told { whole: Some(all.value), ..told };
        (same && adds_up && words.done.are_in(between) && is_open && named).then_some(told)
    }

    /// All that is told up to some bytes behind the figure, with the verb by which the problems were found, in the words of the sentence
    /// before the figure of them all.
    fn told(
        self,
        words: &'a SettledWords,
        (before, behind): (&'a str, &'a str),
        reach: usize,
    ) -> Option<Told<'a>> {
        let found = words.found.iter().filter_map(|verb| Some((before.rfind(verb)?, verb)));
        let (at, verb) = found.max()?;
        let source = before[..at].trim_end_matches(CLAUSE_ENDS).rsplit(CLAUSE_ENDS).next()?;
        let end = self.mention().range.end + reach;
        Some(Told {
            passage: self.passage,
            text: self.text,
            place: self.nth,
            figure: self.figure,
            whole: None,
            said: [before, behind],
            source,
            verb,
            words: self.mention().phrase.start..end,
        })
    }
}

impl<'a> Told<'a> {
    fn mention(&self) -> &'a Mention {
        &self.passage.mentions[self.figure]
    }

    /// True if it cannot be that all of these problems are done and some of those are open: what found them is the same, and nothing
    /// tells that one is of another time.
    fn denies(&self, some: &Self, words: &SettledWords) -> bool {
        let own = self.mention();
        let apart = !(self.place == some.place && own.sentence == some.mention().sentence);
        let as_many = match some.whole {
            Some(whole) => whole == own.value,
            None => some.mention().value <= own.value,
        };
        let at_another_time = |told: &Self| {
            let said = told.said.concat();
            let often = words.often.all_in(&said).collect::<Vec<_>>();
            let said = often.iter().fold(said.clone(), |said, word| said.replace(word, ""));
            words.times.are_in(&said)
        };
        apart
            && as_many
            && own.same_unit(some.mention())
            && self.verb == some.verb
            && self.is_of_source(some)
            && ![self, some].into_iter().any(at_another_time)
    }

    /// True if the same has found the problems: 检查 and 专项检查, but not 网站检查 and 公众号检查; 督查 where the other sentence speaks of
    /// it.
    fn is_of_source(&self, some: &Self) -> bool {
        let ends = |one: &str, other: &str| !one.is_empty() && other.ends_with(one);
        if ends(self.source, some.source) || ends(some.source, self.source) {
            return true;
        }
        const LENGTH: usize = 2;
        let named = |told: &Self| {
            let n = told.source.chars().count();
            let word: String = told.source.chars().skip(n.saturating_sub(LENGTH)).collect();
            word.chars().all(char::is_alphabetic).then_some(word).filter(|word| !word.is_empty())
        };
        // 全年4期，反馈问题65项 names nothing in its clause.
        let word = named(some).filter(|word| self.said[0].contains(word.as_str()));
        word.is_some() && named(self).is_none()
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check_text;

    const RULE: &crate::rules::Rule = &super::super::text_contradicts_itself::RULE;

    #[test]
    fn all_done_in_one_place_and_some_open_in_another() {
        for wrong in [
            "督查通报4次，反馈问题65项，均已整改到位。督查反馈的问题尚有2项没有改完，都涉及旧文件补录。",
            "开展专项检查，发现公示时间短等问题8条，已整改7条，剩余1条正在办理。检查发现的8条问题已经全部整改到位。",
            "专项检查查出问题12个，年底前全部销号。专项检查查出的问题仍有3个没有销号。",
            "第三方评估指出的9个问题已全部整改。第三方评估指出的9个问题整改了8个，另有1个正在整改。",
        ] {
            check_text(RULE, wrong, "", 1);
        }
    }

    #[test]
    fn problems_of_another_check_or_another_time() {
        for fine in [
            "检查发现问题8条，已整改7条，剩余1条正在办理。检查发现的8条问题仍有1条没有办完。",
            "上半年检查发现问题8个，已整改7个，剩余1个正在整改。检查发现的8个问题到年底已全部整改。",
            "网站检查发现问题8个，已整改7个，剩余1个限期整改。公众号检查发现的8个问题已全部整改到位。",
            "专项检查查出问题12个，年底前全部销号。群众反映的问题仍有3个没有解决。",
            "督查反馈问题65项，要求均整改到位。督查反馈的问题尚有2项没有改完。",
        ] {
            check_text(RULE, fine, "", 0);
        }
    }
}
