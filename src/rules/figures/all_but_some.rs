//! Things that all have in one place and some have not in another: 7个乡镇已全部建成查阅点……仍有2个乡镇没有建成查阅点.

use std::ops::Range;

use crate::diag::Label;
use crate::prose::{Exactness, Mention, Passage, Words};
use crate::report::{Report, Text};
use crate::rules::figures::judge::{clause, place};
use crate::rules::machinery::word_lists::WordLists;
use crate::rules::{Findings, Held};

/// The most sentences of a report that are compared.
const MOST: usize = 100;
/// The marks that end a statement.
const ENDS: &[char] = &['，', '。', '；', '：', '、', '！', '\n', ',', ';'];
/// Marks of a bracket, which a noun may have: 乡镇（街道）.
const BRACKETS: &[char] = &['（', '）'];

/// A figure with what the things it counts have, or have not.
struct Said<'a> {
    passage: &'a Passage,
    text: &'a Text,
    figure: usize,
    /// True if all of them have it.
    all: bool,
    noun: &'a str,
    /// The act with what came of it: 建成查阅点.
    deed: &'a str,
    words: Range<usize>,
}

/// Reports every number of things that have not what all are said to have.
pub(super) fn judge_all_but_some(report: &Report, findings: &mut Findings<'_>) {
    let prose = findings.prose(report);
    let said = prose.each(report).flat_map(|(passage, text)| {
        (0..passage.mentions.len()).filter_map(move |figure| Said::of(passage, text, figure))
    });
    let said: Vec<Said<'_>> = said.take(MOST).collect();
    for some in said.iter().filter(|one| !one.all) {
        let Some(all) = said.iter().find(|all| all.all && all.denies(some)) else { continue };
        let [one, other] = [some, all].map(|one| clause(one.text, &one.words));
        for (this, that) in [(some, &other), (all, &one)] {
            findings.held(this.passage, this.figure, Held::Text(format!("另一处写“{that}”")));
        }
        let [at, elsewhere] =
            [some, all].map(|one| place(one.passage, one.text, &one.mention().digits));
        let message = format!("这里写“{one}”，另一处写“{other}”，不能都对");
        let finding = findings.report(at, message, "两处不同");
        finding.related.push(Label::new(elsewhere, "说的是全部"));
        finding.help.push("核对是否都已完成；时间不同的，写明各到什么时候".to_owned());
    }
}

impl<'a> Said<'a> {
    fn of(passage: &'a Passage, text: &'a Text, figure: usize) -> Option<Self> {
        /// The reach of a statement, in bytes.
        const REACH: usize = 120;
        let words = &WordLists::get().all_but_some;
        let mention = &passage.mentions[figure];
        let plain = mention.unit.counter().is_some()
            && mention.is_typed()
            && mention.exactness == Exactness::Exact;
        if !plain {
            return None;
        }
        let printed = text.printed();
        let (start, end) = (mention.digits.start, mention.range.end);
        let ceiling = printed.floor_char_boundary(end + REACH);
        let behind = printed[end..ceiling].split(ENDS).next().unwrap_or_default();
        let before = &printed[..start];
        let lacks = words.some.end_of(before);
        let (noun, deed) = match lacks {
            Some(_) => split(&words.not, behind)?,
            None => match split(&words.all, behind) {
                Some(split) => split,
                None => made_by_all(before, behind)?,
            },
        };
        let deed = deed.split(BRACKETS).next().unwrap_or_default();
        let of_noun = |c: char| c.is_alphabetic() || BRACKETS.contains(&c);
        let named = (1..=10).contains(&noun.chars().count()) && noun.chars().all(of_noun);
        let words = start - lacks.map_or(0, str::len)..end + behind.len();
        let said = Self { passage, text, figure, all: lacks.is_none(), noun, deed, words };
        named.then_some(said)
    }

    fn mention(&self) -> &Mention {
        &self.passage.mentions[self.figure]
    }

    /// True if it cannot be that all have something and these have not.
    fn denies(&self, some: &Self) -> bool {
        let alike = self.mention().same_unit(some.mention()) && self.noun == some.noun;
        let apart = std::ptr::eq(self.passage, some.passage)
            && self.mention().sentence == some.mention().sentence;
        alike
            && !apart
            && some.mention().value <= self.mention().value
            && (is_one_deed(self.deed, some.deed) || has_not_the_same(self.deed, some.deed))
    }
}

/// The noun and what all are said to have, where the verb says that it was set up, and no plan: 12个村全部建成公开栏.
fn made_by_all<'a>(before: &str, behind: &'a str) -> Option<(&'a str, &'a str)> {
    let words = &WordLists::get().all_but_some;
    let (noun, deed) = behind.split_once(words.all_of_made.as_str())?;
    let sentence = before.rsplit(['。', '；', '\n']).next().unwrap_or_default();
    let planned = words.plans.are_in(sentence);
    (words.made.start_of(deed).is_some() && !planned).then_some((noun, deed))
}

/// The noun before one of some words, and what stands behind it.
fn split<'a>(words: &Words, text: &'a str) -> Option<(&'a str, &'a str)> {
    let (at, word) = words.first_in(text)?;
    Some((&text[..at], &text[at + word.len()..]))
}

/// True if some have not the thing that all have set up: 建成政务公开专区 and 没有政务公开专区.
fn has_not_the_same(all: &str, thing: &str) -> bool {
    const SHORTEST: usize = 3;
    let made = &WordLists::get().all_but_some.made;
    let verb = made.start_of(all).map(|verb| all[verb.len()..].trim_start_matches('了'));
    thing.chars().count() >= SHORTEST && verb.is_some_and(|all| all.ends_with(thing))
}

/// True if both did the same thing: 建成政府信息公开查阅点 and 设立查阅点, but not 更新公开栏 and 设立公开栏.
fn is_one_deed(one: &str, other: &str) -> bool {
    /// The characters of a verb, and the fewest of what it is done to.
    const WORD: usize = 2;
    let parts = |deed: &'_ str| {
        let at = deed.char_indices().nth(WORD)?.0;
        Some((deed[..at].to_owned(), deed[at..].trim_start_matches('了').to_owned()))
    };
    let Some(((verb, thing), (other_verb, other_thing))) = parts(one).zip(parts(other)) else {
        return false;
    };
    let made = &WordLists::get().all_but_some.made;
    let same_verb = verb == other_verb || made.has(&verb) && made.has(&other_verb);
    let long = thing.chars().count().min(other_thing.chars().count()) >= WORD;
    let same_thing = thing.ends_with(&other_thing) || other_thing.ends_with(&thing);
    same_verb && long && same_thing
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check_text;

    #[test]
    fn all_have_and_some_have_not() {
        for wrong in [
            "7个乡镇已全部建成政府信息公开查阅点，运行良好。仍有2个乡镇没有建成政府信息公开查阅点。",
            "12个村均已设立公开栏。还有3个村尚未建立公开栏。",
            "26个乡镇（街道）已全部建成政务公开专区，运行良好。还有8个乡镇（街道）没有政务公开专区。",
            "全县18个村全部建成公开栏。尚有2个村没有设立公开栏。",
        ] {
            check_text(&super::super::text_contradicts_itself::RULE, wrong, "", 1);
        }
        for fine in [
            "7个乡镇已全部建成查阅点。仍有2个乡镇没有配备专职人员。",
            "12个村均已设立公开栏。还有3个村没有更新公开栏。",
            "12个村均已设立公开栏。还有3个社区没有设立公开栏。",
            "7个乡镇年底前全部建成查阅点。仍有2个乡镇没有建成查阅点。",
            "上半年仍有2个乡镇没有建成查阅点。7个乡镇已全部建成查阅点。",
            "12个村均已完成。还有3个村没有完成。",
            "26个乡镇（街道）已全部建成政务公开专区。还有8个乡镇（街道）没有配备电脑。",
            "力争18个村全部建成公开栏。尚有2个村没有设立公开栏。",
        ] {
            check_text(&super::super::text_contradicts_itself::RULE, fine, "", 0);
        }
    }
}
