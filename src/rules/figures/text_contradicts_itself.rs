//! NB609: one quantity has one number.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::diag::Severity;
use crate::edition::Edition;
use crate::law::{self, Authority};
use crate::prose::{
    self, Exactness, Lexicon, Mention, Passage, Prose, QuantityKind, Thing, are_swapped,
};
use crate::report::{Report, Text};
use crate::rules::figures::all_but_some::judge_all_but_some;
use crate::rules::figures::judge::{judge_claims, judge_figures};
use crate::rules::figures::not_all_done::judge_not_all_done;
use crate::rules::figures::open_again::judge_open_again;
use crate::rules::figures::own_units::judge_own_units;
use crate::rules::figures::plausible::is_slip;
use crate::rules::figures::still_there::judge_still_there;
use crate::rules::figures::told_again::told_again;
use crate::rules::figures::told_before::judge_referring;
use crate::rules::figures::told_by_name::told_by_name;
use crate::rules::figures::told_division::told_divisions;
use crate::rules::figures::told_meetings::told_meetings;
use crate::rules::figures::told_turned::told_turned;
use crate::rules::figures::two_numbers::{Figure, compare, unit};
use crate::rules::{Docs, Findings, Held, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB609",
    name: "text-contradicts-itself",
    title: "同一件事前后写得不一样",
    severity: Severity::Warning,
    fixed: false,
    authority: Authority::Arithmetic,
    basis: &[law::FORMAT_2021_ACCURACY],
    editions: Edition::ALL,
    docs: Docs {
        what: "同一件事在报告的两处写了不同的数：同一个网站或公众号的信息条数、信息总数、同样的事项，不论前后用的话是否一字不差；“停更6个；停更的6个均已注销”“2164条信息中网站只有275条”一类再说一遍的，总数和分项都要与前面相同；“186条信息中”一类再提前面的数，只差一位数字或者颠倒两位的也算。“这23件”“上述3件”“11件申请中”一类指前面说过的件数，前面和表中都没有而有相近的，也算。本单位下辖的村、社区、乡镇、派出所等一共有多少，“辖11个村”“全乡11个村”“11个村均”“11个村中”说的都是全部，有一处相差一两个或者一位数字的，也算；抽查、试点、其余的若干个不算。“7个乡镇已全部建成查阅点”与“仍有2个乡镇没有建成查阅点”，“4个问题已全部整改，其中一个尚未完成”，“督查反馈问题65项，均已整改”与“督查反馈的问题尚有2项没有改完”，“公开栏内容陈旧问题已经全部改好”与第五部分的“少数公开栏的内容停留在上年”，不能都对。总数与其中一项用了同一个名称的，作提示。文字中的信息处理费与 [other] handling_fee 填写的金额比较。",
        why: "两个数必有一个是错的，或者说的不是同一件事，可以换个说法。",
        example: "[overview]\ntext = \"全年主动公开政府信息20条。\"\n[problems]\ntext = \"主动公开政府信息16条，数量偏少。\"",
        corrected: "[overview]\ntext = \"全年主动公开政府信息20条。\"\n[problems]\ntext = \"主动公开政府信息20条，数量偏少。\"",
    },
    check,
};

/// The most figures whose things are compared; a report has some dozens.
const MOST: usize = 400;

/// The digits of a number that no other is by chance but for two digits that stand the other way round.
const LONG: usize = 4;

/// A figure whose thing is known, with its text as read, the text itself, and its place among the mentions.
struct Told<'a> {
    passage: &'a Passage,
    text: &'a Text,
    figure: usize,
    thing: Thing<'a>,
    /// True if other figures of the text confirm it.
    adds_up: bool,
}

fn check(report: &Report, findings: &mut Findings<'_>) {
    judge_figures(report, findings, |counted| counted.kind == QuantityKind::Fee);
    judge_claims(report, findings, |counted| counted.kind == QuantityKind::Fee);
    judge_referring(report, findings);
    let own = report.agency.name.as_deref().unwrap_or_default().trim();
    let prose = findings.prose(report);
    let values = values(prose);
    let mut told: Vec<Told<'_>> = Vec::new();
    let mut judged = BTreeSet::new();
    for (nth, (passage, text)) in prose.each(report).enumerate() {
        judged.extend(judge_repeated(findings, passage, text).into_iter().map(|here| (nth, here)));
        for (before, here) in told_by_name(passage, text) {
            judged.insert((nth, here));
            compare(findings, (passage, text, before), (passage, text, here));
        }
        let adding_up = adding_up(passage);
        let figures = 0..passage.mentions.len();
        for figure in figures.filter(|figure| passage.mentions[*figure].is_typed()) {
            let Some(thing) = Thing::of(passage, text.printed(), figure, own) else { continue };
            if told.len() == MOST {
                return;
            }
            let adds_up = adding_up.contains(&figure);
            let here = Told { passage, text, figure, thing, adds_up };
            if judged.contains(&(nth, figure)) {
                continue;
            }
            if judge(findings, &told, &here, &values) {
                judged.insert((nth, figure));
            }
            told.push(here);
        }
    }
    for (before, nth, here) in told_divisions(prose, report) {
        if judged.insert((nth, here.2)) {
            compare(findings, before, here);
        }
    }
    let twice = told_turned(prose, report).into_iter().chain(told_meetings(prose, report));
    for (before, (nth, here)) in twice {
        if judged.insert((nth, here.2)) {
            compare(findings, before, here);
        }
    }
    judge_told_again(report, findings, &judged);
    judge_own_units(report, findings);
    judge_all_but_some(report, findings);
    judge_not_all_done(report, findings);
    judge_open_again(report, findings);
    judge_still_there(report, findings);
}

/// Reports every figure that is told once more with its noun, and otherwise; `judged` are those of which something has
/// been said.
fn judge_told_again(
    report: &Report,
    findings: &mut Findings<'_>,
    judged: &BTreeSet<(usize, usize)>,
) {
    let prose = findings.prose(report);
    let adding_up: Vec<BTreeSet<usize>> = prose.passages.iter().map(adding_up).collect();
    let is_known = |nth: usize, figure: usize| {
        judged.contains(&(nth, figure)) || adding_up[nth].contains(&figure)
    };
    for (here, before) in told_again(prose, report, is_known) {
        compare(findings, before.shown(), here.shown());
    }
}

/// Every value of the texts with its unit, and how often it is told.
fn values(prose: &Prose) -> BTreeMap<(Decimal, &'static str), usize> {
    let mut values = BTreeMap::new();
    for mention in prose.passages.iter().flat_map(|passage| &passage.mentions) {
        *values.entry((mention.value, unit(mention))).or_default() += 1;
    }
    values
}

/// Compares a figure with those told before it; true if it contradicts one.
fn judge(
    findings: &mut Findings<'_>,
    told: &[Told<'_>],
    here: &Told<'_>,
    values: &BTreeMap<(Decimal, &str), usize>,
) -> bool {
    let now = here.mention();
    // 企业120家 and 210家次 are not one count.
    let times = |mention: &Mention| unit(mention).ends_with('次');
    let alike = |before: &&Told<'_>| {
        let earlier = before.mention();
        let same = earlier.same_unit(now) && times(earlier) == times(now);
        same && !before.is_beside(here) && !before.runs_on_to(here)
    };
    let alike: Vec<&Told<'_>> = told.iter().filter(alike).collect();
    let is_same = |before: &&&Told<'_>| before.thing.is(&here.thing);
    let same: Vec<&Told<'_>> = alike.iter().filter(is_same).copied().collect();
    if let Some(equal) = same.iter().find(|before| before.mention().value == now.value) {
        let detail = format!("另一处写的也是 {}", now.value);
        findings.held(here.passage, here.figure, Held::Text(detail.clone()));
        findings.held(equal.passage, equal.figure, Held::Text(detail));
        return false;
    }
    let once = |mention: &Mention| values.get(&(mention.value, unit(mention))) == Some(&1);
    if let Some(first) = same.first() {
        // 3个问题全部销号 may be the 3 of a part.
        let sure = !here.thing.is_all && !here.thing.is_attributive;
        let reported = sure || once(now) && !leaves_others(here);
        if reported {
            compare(findings, first.place(), here.place());
        }
        return reported;
    }
    // 公开信息12843条, 更新信息12834条: nobody counts two things so near by chance.
    let turned = |before: &&&Told<'_>| {
        // 涉及个人信息的1146条公示记录: of something else than 政务信息1164条.
        let attributive = before.thing.is_attributive || here.thing.is_attributive;
        let both = before.thing.is_information() && here.thing.is_information() && !attributive;
        both && are_swapped(before.mention().value, now.value, LONG)
    };
    let may_be = |before: &&&Told<'_>| {
        (before.thing.may_be(&here.thing) || turned(before))
            && !(before.adds_up && here.adds_up)
            && is_slip(before.mention().value, now.value)
    };
    let before = alike.iter().find(may_be).filter(|_| once(now));
    if let Some(before) = before {
        compare(findings, before.place(), here.place());
    }
    before.is_some()
}

/// True if the words behind a figure speak of the others: 18个问题年底前全部销号，其余明年完成.
fn leaves_others(here: &Told<'_>) -> bool {
    let behind = &here.text.printed()[here.mention().range.end..];
    let sentence = behind.split(['。', '\n']).next().unwrap_or_default();
    let others = &Lexicon::get().sums.others;
    sentence.split(['，', '；']).take(3).any(|clause| others.start_of(clause).is_some())
}

/// 整改事项11项，11项均已完成: a figure without a name of its own, of which something is said of all, is one of those before
/// it in its sentence, or what they come to or leave. Returns those of which something has been said.
fn judge_repeated(findings: &mut Findings<'_>, passage: &Passage, text: &Text) -> Vec<usize> {
    /// The most figures of a sentence that are looked at.
    const NEAR: usize = 8;
    let mut judged = Vec::new();
    let mentions = &passage.mentions;
    let exact = |m: &&Mention| m.exactness == Exactness::Exact && m.of_this_year;
    for (i, now) in mentions.iter().enumerate().skip(1) {
        let before = &mentions[i - 1];
        let lead = text.printed().get(before.range.end..now.digits.start).unwrap_or_default();
        let beside = matches!(lead, "，" | "；" | "、");
        let alone = beside && now.is_said_of_all(text.printed());
        let noun = noun_of_all(text.printed(), now).filter(|_| beside);
        let whole = noun.and_then(|noun| whole_of_noun(passage, text, i, noun));
        let alike = before.same_unit(now) && before.sentence == now.sentence;
        let counts = now.unit.counter().is_some() && now.is_typed();
        if !((alone || whole.is_some()) && alike && counts && exact(&now) && exact(&before)) {
            continue;
        }
        let near = mentions[i.saturating_sub(NEAR)..i].iter();
        let near = near.filter(|m| m.sentence == now.sentence && m.same_unit(now));
        let values: Vec<Decimal> = near.map(|m| m.value).collect();
        let known = (0..values.len()).any(|from| comes_to(&values[from..], now.value));
        // 30项，25项均已完成: a smaller one may be a part.
        let larger = values.iter().all(|value| *value < now.value);
        let close = now.value - before.value < Decimal::TEN;
        let last = (passage, text, i - 1);
        if let Some(whole) = whole.filter(|_| !known) {
            judged.push(i);
            compare(findings, (passage, text, whole), (passage, text, i));
        } else if known {
            let detail = format!("前面写的也是 {}", now.value);
            findings.held(passage, i, Held::Text(detail));
        } else if larger && close {
            judged.push(i);
            compare(findings, last, (passage, text, i));
        }
    }
    judged
}

/// The noun of a figure that stands for all that was told of it: 问题 of 27个问题年底前全部销号.
fn noun_of_all<'a>(text: &'a str, figure: &Mention) -> Option<&'a str> {
    const NOUN: usize = 2;
    const LONGEST: usize = 10;
    let behind = &text[figure.range.end..];
    let end = behind.char_indices().nth(LONGEST).map_or(behind.len(), |(at, _)| at);
    let (at, _) = Lexicon::get().things.all.first_in(&behind[..end])?;
    let noun = behind.char_indices().nth(NOUN).map_or(0, |(at, _)| at);
    let plain = behind[..at].chars().all(char::is_alphabetic);
    (noun <= at && noun > 0 && plain).then(|| &behind[..noun])
}

/// The figure of a sentence that has a noun and is the whole of a sum that comes out.
fn whole_of_noun(passage: &Passage, text: &Text, here: usize, noun: &str) -> Option<usize> {
    let mentions = &passage.mentions;
    let is_whole = |sum: &&prose::Sum| sum.fits && sum.complete && sum.parts.len() > 1;
    let wholes = passage.sums.iter().filter(is_whole).filter_map(|sum| sum.total);
    let mut named = wholes.filter(|whole| {
        let told = &mentions[*whole];
        let words = text.printed().get(told.phrase.start..told.digits.start).unwrap_or_default();
        let behind = &text.printed()[told.range.end..];
        // 27个问题，18个问题年底前全部销号，其余明年完成: one of the parts may be meant.
        let parts = passage.sums.iter().filter(|sum| sum.total == Some(*whole));
        let mut parts = parts.flat_map(|sum| &sum.parts);
        parts.all(|part| mentions[*part].value < mentions[here].value)
            && *whole < here
            && told.sentence == mentions[here].sentence
            && told.same_unit(&mentions[here])
            && (words.ends_with(noun) || behind.starts_with(noun))
    });
    named.next().filter(|_| named.next().is_none())
}

/// True if figures come to a value from the first on, with each one behind it added or taken away: 9项，新增3项、取消2项 are
/// ten, and 18件，销号11件 leave seven.
fn comes_to(values: &[Decimal], value: Decimal) -> bool {
    let Some((first, others)) = values.split_first() else { return false };
    let mut sums = vec![*first];
    for other in others {
        if sums.contains(&value) {
            return true;
        }
        let both = |sum: &Decimal| [sum.saturating_add(*other), sum.saturating_sub(*other).abs()];
        sums = sums.iter().flat_map(both).collect();
    }
    sums.contains(&value)
}

impl Told<'_> {
    fn place(&self) -> Figure<'_> {
        (self.passage, self.text, self.figure)
    }

    fn mention(&self) -> &Mention {
        &self.passage.mentions[self.figure]
    }

    /// True if nothing but words stand between both, which belong to the second: 9个所得满分的6个.
    fn runs_on_to(&self, other: &Self) -> bool {
        let next = std::ptr::eq(self.passage, other.passage) && self.figure + 1 == other.figure;
        let from = self.mention().range.end;
        let between = self.text.printed().get(from..other.mention().digits.start);
        next && between.is_some_and(|words| words.chars().all(char::is_alphabetic))
    }

    /// True if both are parts of one list, where one name stands for two parts.
    fn is_beside(&self, other: &Self) -> bool {
        let (own, other_list) = (self.mention().list, other.mention().list);
        std::ptr::eq(self.passage, other.passage) && own.is_some() && own == other_list
    }
}

/// The figures that are the whole or a part of a list or a sum that comes out.
fn adding_up(passage: &Passage) -> BTreeSet<usize> {
    let mentions = &passage.mentions;
    let lists = passage
        .lists
        .iter()
        .filter(|list| list.parts.len() > 1 && list.sum == mentions[list.whole].value);
    let of_lists = lists.flat_map(|list| list.parts.iter().chain([&list.whole]));
    let sums = passage.sums.iter().filter(|sum| sum.fits);
    let of_sums = sums.flat_map(|sum| sum.parts.iter().chain(&sum.total));
    of_lists.chain(of_sums).copied().collect()
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_text};

    #[test]
    fn two_numbers_for_one_thing() {
        check(
            &RULE,
            r#"
[overview]
text = "全年主动公开政府信息20条。"
[problems]
text = "主动公开政府信息16条，数量偏少。"
#                       ^ 一处 16条，一处 20条
"#,
        );
    }

    #[test]
    fn s002_14_whole_and_part_have_one_name() {
        check(
            &RULE,
            r#"
[overview]
text = "全县共主动公开政府信息1355条，其中转载701条，主动公开政府信息618条。"
#                                                                    ^ 总数 1355条与其中一项 618条用了同一个名称
"#,
        );
    }

    #[test]
    fn the_fee_of_the_text_and_the_fee_of_the_form() {
        check(
            &RULE,
            r#"
[other]
handling_fee = { notices = 2, amount = 600 }
text = "收取信息处理费800元。"
#                     ^ “信息处理费”收取金额是 600
"#,
        );
        check_text(
            &RULE,
            "收取信息处理费600元。",
            "[other]\nhandling_fee = { notices = 2, amount = 600 }",
            0,
        );
        check_text(
            &RULE,
            "县教育局收取信息处理费200元，县林业局收取信息处理费400元。应收信息处理费800元。",
            "[other]\nhandling_fee = { notices = 2, amount = 600 }",
            0,
        );
        check_text(
            &RULE,
            "收取0元信息处理费。",
            "[other]\nhandling_fee = { notices = 0, amount = 0 }",
            0,
        );
    }

    #[test]
    fn what_was_told_before_is_told_again() {
        for wrong in
            ["提出整改事项11项，12项均已完成。", "检出不合格36批次。不合格的63批次已核查处置。"]
        {
            check_text(&RULE, wrong, "", 1);
        }
        for fine in [
            "提出整改事项11项，11项均已完成。",
            "发现问题12个，整改10个，2个均已列入计划。",
            "共办结35件，网上30件，当面5件，35件均未超期。",
            "检出不合格36批次。不合格的36批次已核查处置。",
            "受理投诉32件，28件均已办结，其余4件正在办理。",
            "梳理整改任务30项，25项均已完成，5项正在推进。",
            "抽查栏目48个，36个均符合要求。",
            "来信12件，来电18件，来访15件，45件全部办结。",
            "检查企业120家，全年检查企业210家次。",
            "梳理清单9项，新增3项、取消2项，10项均已公布。",
            "上年遗留问题3个，今年新发现5个，已销号1个，7个均在整改。",
        ] {
            check_text(&RULE, fine, "", 0);
        }
    }

    #[test]
    fn other_things_or_the_same_number() {
        for fine in [
            "主动公开政府信息20条。本年度主动公开政府信息20条。",
            "门户网站主动公开政府信息20条，公众号主动公开政府信息16条。",
            "网站作用凸显，主动公开政府信息20条；微信发展平稳，主动公开政府信息16条。",
            "发布政策解读材料20条，转载政策解读材料16条；新增订阅用户数20个，上年新增订阅用户数16个。",
            "公开专区配自助终端4台。2026年每季度检修1次，全年不少于4次；专区再添自助终端2台。",
            "网站、公示屏、公众号三个渠道公开税务信息372条，其中网站314条，公众号58条。",
        ] {
            check_text(&RULE, fine, "", 0);
        }
    }
}
