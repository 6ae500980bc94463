//! The units of the body, told with two numbers: 全乡辖11个行政村……12个村全部设立公开栏.

use std::ops::Range;

use rust_decimal::Decimal;

use crate::diag::Label;
use crate::prose::{Exactness, Mention, Passage, Prose, Words, one_slip};
use crate::report::{Report, Text};
use crate::rules::figures::judge::{clause, place};
use crate::rules::machinery::other_bodies::Name;
use crate::rules::machinery::text::around;
use crate::rules::machinery::word_groups::UnitWords;
use crate::rules::machinery::word_lists::WordLists;
use crate::rules::{Findings, Held};

/// The most tellings of a report that are compared.
const MOST: usize = 200;
/// The marks that end the words before a figure.
const ENDS: &[char] =
    &['，', '。', '；', '：', '！', '？', '\n', '（', '）', '“', '”', ',', ';', ':'];

/// The way in which a figure tells the number of some units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum How {
    /// As the number of all: 辖11个村, 全乡11个村.
    All,
    /// With something that is said of all: 11个村均, 11个村中.
    Each,
    /// Without either, where it may be that of all: 对11个村开展考核.
    Plain,
    /// As that of some, or of nobody knows which.
    Some,
}

/// A figure that counts units of the body.
struct Telling<'a> {
    passage: &'a Passage,
    text: &'a Text,
    /// The place of its text among all.
    nth: usize,
    figure: usize,
    /// The list of names its noun is of.
    names: usize,
    /// The bytes from its digits to the end of its noun.
    words: Range<usize>,
    how: How,
    /// True if its sentence tells that the number has changed.
    changed: bool,
}

/// Reports every number of all units of a kind that is near to the one told elsewhere, and told nowhere else.
pub(super) fn judge_own_units(report: &Report, findings: &mut Findings<'_>) {
    let prose = findings.prose(report);
    let own = report.agency.name.as_deref().unwrap_or_default().trim();
    let told = tellings(prose, report, own);
    for here in &told {
        let at = place(here.passage, here.text, &here.mention().digits);
        let said = findings.list.iter().any(|finding| finding.primary.place == at);
        if said || here.mention().bound || here.is_known(&told) {
            continue;
        }
        let Some(other) = here.other_number(&told) else { continue };
        let values = [here.value(), other.value()];
        for (one, value) in [(here, values[1]), (other, values[0])] {
            findings.held(one.passage, one.figure, Held::Text(format!("另一处写的是 {value}")));
        }
        let [said, elsewhere] = [here, other].map(|one| clause(one.text, &one.words));
        let finding = findings.report(
            at,
            format!(
                "这里写“{said}”，另一处写的是“{elsewhere}”，一处 {}，一处 {}",
                values[0], values[1]
            ),
            "两处不同",
        );
        let at = place(other.passage, other.text, &other.mention().digits);
        finding.related.push(Label::new(at, values[1].to_string()));
        finding.help.push("一共有多少，全文写成一个数；说的是一部分的，写明是哪一部分".to_owned());
    }
}

/// Every figure of the texts that counts units of the body.
fn tellings<'a>(prose: &'a Prose, report: &'a Report, own: &str) -> Vec<Telling<'a>> {
    let words = &WordLists::get().own_units;
    let mut told = Vec::new();
    for (nth, (passage, text)) in prose.each(report).enumerate() {
        let printed = text.printed();
        let units: Vec<Option<(usize, usize)>> =
            passage.mentions.iter().map(|mention| unit(words, printed, mention)).collect();
        for (figure, mention) in passage.mentions.iter().enumerate() {
            let Some((names, end)) = units[figure] else { continue };
            if told.len() == MOST {
                return told;
            }
            let before = Before::of(printed, mention.digits.start);
            let how = match before.how(words, own) {
                How::Plain if is_each(words, printed, passage, &units, figure) => How::Each,
                How::Plain if is_divided(passage, figure) => How::All,
                how => how,
            };
            let changed =
                words.changed.are_in(&printed[around(printed, &mention.digits, &['。', '\n'])]);
            let words = mention.digits.start..end;
            told.push(Telling { passage, text, nth, figure, names, words, how, changed });
        }
    }
    told
}

/// The names a figure of units has behind it, and the end of the one that stands there.
fn unit(words: &UnitWords, text: &str, mention: &Mention) -> Option<(usize, usize)> {
    let counter = mention.unit.counter()?;
    let plain = mention.exactness == Exactness::Exact && mention.growth.is_none();
    if !plain || !mention.of_this_year || !words.counters.has(&counter.word) {
        return None;
    }
    let behind = text.get(mention.range.end..)?;
    let longest =
        |names: &Words| names.iter().filter(|name| behind.starts_with(name)).map(str::len).max();
    let found = words.names.iter().enumerate().filter_map(|(i, names)| Some((longest(names)?, i)));
    let (length, names) = found.max_by_key(|(length, i)| (*length, usize::MAX - i))?;
    ends_there(words, &behind[length..]).then_some((names, mention.range.end + length))
}

/// True if a name of units ends before these words: 村民 and 村（社区） are something else.
fn ends_there(words: &UnitWords, rest: &str) -> bool {
    if let Some(inside) = rest.strip_prefix('（') {
        return words.bracketed.start_of(inside).is_none();
    }
    // 36个县直部门和乡镇 are not 36个县直部门.
    let joins = words.joins.start_of(rest).filter(|joins| *joins != "，");
    if let Some(joins) = joins {
        return rest[joins.len()..].starts_with(|c: char| c.is_ascii_digit() || c == '两');
    }
    let other = words.not_all.start_of(rest).is_some();
    let follows = [&words.all, &words.behind].iter().any(|list| list.start_of(rest).is_some());
    !rest.starts_with(char::is_alphabetic) || follows && !other
}

/// The words before a figure.
struct Before<'a> {
    /// Those of its clause.
    clause: &'a str,
    /// Those of its sentence.
    sentence: &'a str,
}

impl<'a> Before<'a> {
    fn of(text: &'a str, start: usize) -> Self {
        /// The reach of a sentence before a figure, in bytes.
        const REACH: usize = 240;
        let near = &text[text.ceil_char_boundary(start.saturating_sub(REACH))..start];
        let sentence = near.rsplit(['。', '\n']).next().unwrap_or_default();
        let clause = sentence.rsplit(ENDS).next().unwrap_or_default();
        Self { clause, sentence }
    }

    /// The way in which the words before a figure let it tell the number of units; plainly where they leave it open.
    fn how(&self, words: &UnitWords, own: &str) -> How {
        if words.picked.are_in(self.sentence) {
            return How::Some;
        }
        // 辖46个行政村、3个社区: what is said of the first holds for the next.
        let first = self.clause.find(|c: char| c.is_ascii_digit() || c == '两');
        let lead = match first {
            None => self.clause,
            Some(at) if words.joins.end_of(self.clause).is_some() => &self.clause[..at],
            Some(_) => return How::Some,
        };
        let lead = lead.trim();
        let without = |list: &Words| list.end_of(lead).map(|word| &lead[..lead.len() - word.len()]);
        let named = |name: &&str| words.signs.end_of(name).is_some() && name.chars().count() > 1;
        let body = without(&words.has).or_else(|| without(&words.has_by_name).filter(named));
        if let Some(body) = body {
            // 白石镇辖12个村 in the report of its 县 are not all that the 县 has.
            return if is_another(words, own, body) { How::Some } else { How::All };
        }
        let of_all = whole_area(words, lead).is_some_and(|sign| is_own(own, sign));
        if of_all || words.wholes.end_of(lead).is_some() {
            return How::All;
        }
        let open = lead.is_empty() || words.leads.end_of(lead).is_some();
        if open { How::Plain } else { How::Some }
    }
}

/// The sign of the area that words end with, if it is told as a whole: 县 of 全县.
fn whole_area<'a>(words: &UnitWords, lead: &'a str) -> Option<&'a str> {
    let sign = words.signs.end_of(lead)?;
    let (before, sign) = lead.split_at(lead.len() - sign.len());
    words.whole.end_of(before).map(|_| sign)
}

/// True if words end with the name of an area that is not in the name of the body.
fn is_another(words: &UnitWords, own: &str, name: &str) -> bool {
    let Some(sign) = words.signs.end_of(name) else { return false };
    if let Some(sign) = whole_area(words, name) {
        return !is_own(own, sign);
    }
    let before = name[..name.len() - sign.len()].char_indices().next_back();
    before.is_some_and(|(at, _)| !own.is_empty() && !own.contains(&name[at..]))
}

/// True if the area of a body may be of this kind; 全县15个乡镇 in the report of one of them are none of its own.
fn is_own(own: &str, sign: &str) -> bool {
    own.is_empty() || Name::of(own).map_or_else(|| own.contains(sign), |name| name.is_of_area(sign))
}

/// True if the words behind a figure and its noun say something of all: 11个村均, 44个村和3个社区都.
fn is_each(
    words: &UnitWords,
    text: &str,
    passage: &Passage,
    units: &[Option<(usize, usize)>],
    figure: usize,
) -> bool {
    /// The most kinds of units side by side.
    const KINDS: usize = 4;
    for i in (figure..passage.mentions.len()).take(KINDS) {
        let Some((_, end)) = units[i] else { return false };
        let rest = &text[end..];
        if words.not_all.start_of(rest).is_none() && words.all.start_of(rest).is_some() {
            return true;
        }
        let Some(joins) = words.joins.start_of(rest) else { return false };
        let next = passage.mentions.get(i + 1);
        if joins == "，" || next.is_none_or(|next| next.digits.start != end + joins.len()) {
            return false;
        }
    }
    false
}

/// True if a bracket or a list takes the figure apart: 12个派出所（城区3个、乡镇9个）.
fn is_divided(passage: &Passage, figure: usize) -> bool {
    let whole = passage.mentions[figure].value;
    let mut lists = passage.lists.iter().filter(|list| list.whole == figure);
    lists.any(|list| list.parts.len() > 1 && list.sum == whole)
}

impl Telling<'_> {
    fn mention(&self) -> &Mention {
        &self.passage.mentions[self.figure]
    }

    fn value(&self) -> Decimal {
        self.mention().value
    }

    fn is_beside(&self, other: &Self) -> bool {
        self.nth == other.nth && self.mention().sentence == other.mention().sentence
    }

    fn comes_before(&self, other: &Self) -> bool {
        (self.nth, self.figure) < (other.nth, other.figure)
    }

    /// The number of times that this number is told of these units.
    fn times(&self, told: &[Self]) -> usize {
        let same = |other: &&Self| other.names == self.names && other.value() == self.value();
        told.iter().filter(same).count()
    }

    /// True if the number is told elsewhere, or is what others come to or leave.
    fn is_known(&self, told: &[Self]) -> bool {
        let others = || told.iter().filter(|other| other.names == self.names);
        // 14个村、3个社区……17个村
        let is_sum = |one: &Self, other: &Self| {
            !std::ptr::eq(one, other) && one.value().saturating_add(other.value()) == self.value()
        };
        self.times(told) > 1
            || others().any(|one| told.iter().any(|other| is_sum(one, other)))
            || others().any(|other| self.is_left_of(other))
    }

    /// True if the sentences round it tell how many are missing: 1个乡镇没有专栏，14个乡镇均有专栏.
    fn is_left_of(&self, whole: &Self) -> bool {
        /// The figures before and behind that are looked at.
        const NEAR: usize = 6;
        let missing = whole.value().saturating_sub(self.value());
        let mentions = &self.passage.mentions;
        let near = self.figure.saturating_sub(NEAR)..(self.figure + NEAR).min(mentions.len());
        let own = self.mention();
        missing > Decimal::ZERO
            && mentions[near].iter().any(|other| {
                other.sentence.abs_diff(own.sentence) <= 1
                    && other.same_unit(own)
                    && other.value == missing
            })
    }

    /// True if the two figures behind it take its units apart and come to a value: 8个县中仍有3个没有，另外6个已有.
    fn parts_come_to(&self, value: Decimal) -> bool {
        let behind = self.passage.mentions.get(self.figure + 1..).unwrap_or_default();
        let [one, other, ..] = behind else { return false };
        let own = self.mention();
        let beside = [one, other].iter().all(|m| m.sentence == own.sentence && m.same_unit(own));
        beside && one.value.saturating_add(other.value) == value
    }

    /// Another number of the same units that this one should be.
    fn other_number<'s>(&self, told: &'s [Self]) -> Option<&'s Self> {
        let fits = |other: &&Self| {
            other.names == self.names
                && other.value() != self.value()
                && !other.is_beside(self)
                && !self.changed
                && !other.changed
                && are_near(self.value(), other.value())
                && self.contradicts(other, told)
        };
        let fitting = || told.iter().filter(fits);
        fitting().find(|other| other.how == How::All).or_else(|| fitting().next())
    }

    /// True if both numbers are of all, and the other one is the more certain.
    fn contradicts(&self, other: &Self, told: &[Self]) -> bool {
        let often = other.times(told) > 1;
        let of_each = |one: &Self| {
            one.names == other.names && one.value() == other.value() && one.how == How::Each
        };
        match (self.how, other.how) {
            (How::Some, _) | (_, How::Some) | (How::Plain, How::Each | How::Plain) => false,
            (How::All, How::All) => often || other.comes_before(self),
            (How::Each, How::All) => true,
            (How::Each, How::Plain) if self.parts_come_to(other.value()) => true,
            // What is told of some cannot be more than all.
            (How::Plain, How::All) => self.value() > other.value(),
            (How::All | How::Each, How::Each | How::Plain) => {
                often && (other.value() > self.value() || told.iter().any(of_each))
            }
        }
    }
}

/// True if one number is the other by mistake: they differ by two at most, or by one slip, and not by as much as a part.
fn are_near(a: Decimal, b: Decimal) -> bool {
    let (less, more) = (a.min(b), a.max(b));
    let close = more.saturating_sub(less) <= Decimal::TWO;
    let slip = less >= Decimal::TEN && one_slip(a, b);
    less > Decimal::ONE && less.saturating_mul(Decimal::TWO) > more && (close || slip)
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check_text;

    #[test]
    fn two_numbers_of_all() {
        for wrong in [
            "我乡辖11个行政村。全年更新公开栏，12个村全部达到标准。",
            "街道下辖8个社区。9个社区居委会都配有信息员。",
            "我镇辖46个行政村、3个社区。44个行政村和3个社区都有公开栏。",
            "局下设17个内设机构和12个派出所。全县13个派出所均有公示栏。",
            "对9个县（市、区）开展考核。对9个县（市、区）进行培训。8个县（市、区）中仍有3个没有专区。",
            "对9个县（市、区）开展考核。8个县（市、区）中仍有3个没有专区，另外6个已经建成。",
            "培训时42个分局都到会，对42个分局逐一考核。41个分局全部参加演练。",
            "县局所属14个派出所。13个派出所里有4个更新迟缓。",
            "云岭县共有15个乡镇。对16个乡镇开展考核。",
        ] {
            check_text(&super::super::text_contradicts_itself::RULE, wrong, "", 1);
        }
    }

    #[test]
    fn units_of_the_body_and_of_others() {
        let rule = &super::super::text_contradicts_itself::RULE;
        let of = |name: &str| format!("[agency]\nname = \"{name}\"\nkind = \"government\"");
        let county = of("云岭县人民政府");
        check_text(rule, "云岭县辖15个乡镇。全县14个乡镇均有专区。", &county, 1);
        check_text(rule, "白石镇辖11个村，青溪镇辖12个村，全部公开。", &county, 0);
        check_text(rule, "白石镇辖11个村。青溪镇的12个村都已公开。", &county, 0);
        let town = of("云岭县白石镇人民政府");
        check_text(rule, "白石镇辖11个村。全镇12个村均有公开栏。", &town, 1);
        check_text(rule, "白石镇辖11个村。全县12个村均为试点。", &town, 0);
        check_text(rule, "白石镇辖11个村。青溪镇辖12个村。", &town, 0);
        let street = of("云岭市青桐区人民政府芦汀街道办事处");
        check_text(rule, "街道下辖14个社区。全街道13个社区均有专栏。", &street, 1);
    }

    #[test]
    fn some_of_them_or_others() {
        for fine in [
            "我乡辖11个行政村。11个村全部设立公开栏。",
            "我乡辖12个行政村。试点先行，11个村全部设立公开栏。",
            "我乡辖12个行政村。1个村正在搬迁，11个村均设立公开栏。",
            "我乡辖12个行政村。抽查11个村，11个村中有2个没有更新。",
            "我乡辖12个行政村。涉及征地的11个村均张榜公示。",
            "我镇辖14个村、3个社区。17个村全部设立公开栏。",
            "我镇辖14个村、3个社区。17个村（社区）全部设立公开栏。",
            "我乡辖12个行政村。今年2个村合并，现在11个村均设立公开栏。",
            "我乡辖12个行政村。对11个村开展检查。",
            "我乡辖12个行政村。13个村民小组均选出代表。",
            "我乡辖12个行政村。13个中心村都设查阅点。",
            "全县15个乡镇全部完成。14个乡镇（街道）均有专栏。",
            "全县15个乡镇中，有1个没有专栏，14个乡镇均有专栏。",
            "全县15个乡镇全部完成。5个乡镇均为优秀。",
            "对9个县（市、区）开展考核。8个县（市、区）中仍有3个没有专区，另外5个已经建成。",
            "全县35个县直部门全部完成。对36个县直部门和乡镇开展考核。",
            "全县15个乡镇全部完成。其余14个乡镇均有专栏。",
        ] {
            check_text(&super::super::text_contradicts_itself::RULE, fine, "", 0);
        }
    }
}
