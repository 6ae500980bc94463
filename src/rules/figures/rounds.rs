//! Rounds of a year that each of some bodies has, and all of them: 14个村每季度更新一次公开栏，全年共56期.

use rust_decimal::Decimal;

use crate::diag::Label;
use crate::prose::{Exactness, Lexicon, Mention, Passage, one_slip};
use crate::report::Text;
use crate::rules::figures::judge::{clause, place};
use crate::rules::{Findings, Held};

/// The marks that end a clause.
const MARKS: &[char] = &['，', '。', '；', '：', '、', '\n'];
/// A body that needs no name.
const OWN: char = '我';

/// Reports every number of all rounds of a year that is not what the bodies have, each so many.
pub(super) fn judge_rounds(findings: &mut Findings<'_>, passage: &Passage, text: &Text) {
    for (all, mention) in passage.mentions.iter().enumerate() {
        let Some((bodies, n)) = bodies_before(text.printed(), &passage.mentions, all) else {
            judge_own_rounds(findings, (passage, text), all);
            continue;
        };
        let number = &passage.mentions[bodies];
        let (right, told) = (number.value.saturating_mul(n), mention.value);
        let said = format!("{} 乘以一年 {n} 次", number.value);
        if told == right {
            findings.held(passage, all, Held::Text(said));
            continue;
        }
        // Of all bodies together, or of some other number of them.
        if !is_near(told, number.value, n) || mention.bound && number.bound {
            continue;
        }
        findings.held(passage, all, Held::Text(said.clone()));
        let finding = findings.report(
            place(passage, text, &mention.digits),
            format!("{said}是 {right}，这里写的是“{}”", clause(text, &mention.phrase)),
            format!("其余无误时是 {right}"),
        );
        finding.related.push(Label::new(place(passage, text, &number.digits), "个数"));
        finding.help.push("核对有几个、一年几次；不是每个都有那么多次的，在文字中写明".to_owned());
    }
}

/// Reports a number of all rounds of a year that is about, and not just, what the period between two of them gives: 每季度通报一次，
/// 全年通报3次.
fn judge_own_rounds(findings: &mut Findings<'_>, (passage, text): (&Passage, &Text), all: usize) {
    let told = &passage.mentions[all];
    let told_before = own_rounds(text.printed(), told);
    let Some(n) = told_before.or_else(|| rounds_behind(text.printed(), told)) else { return };
    // Twice a year or every month: a round that was left out, or one too many, and not half a year.
    if (told.value - n).abs() > Decimal::ONE || told.bound {
        return;
    }
    let said = format!("一年 {n} 次");
    findings.held(passage, all, Held::Text(said.clone()));
    if told.value == n {
        return;
    }
    let finding = findings.report(
        place(passage, text, &told.digits),
        format!("按这里写的间隔，是{said}，写的却是“{}”", clause(text, &told.phrase)),
        format!("其余无误时是 {n}"),
    );
    finding.help.push("核对多久一次、一年几次；少办、多办了的，在文字中写明".to_owned());
}

/// The rounds that the clause before a number of all of them says there are in a year, where one body has them.
fn own_rounds(text: &str, told: &Mention) -> Option<Decimal> {
    const REACH: usize = 48;
    const EACH: char = '每';
    let lexicon = Lexicon::get();
    let sums = &lexicon.sums;
    let counter = told.unit.counter().filter(|_| counts(told))?;
    if !sums.counted_rounds.has(&counter.word) {
        return None;
    }
    let before = text.get(..told.digits.start)?;
    let from = before.char_indices().rev().nth(REACH).map_or(0, |(at, _)| at);
    let said = before[from..].rsplit(['。', '；', '！', '\n']).next()?;
    let (subject, _) = said.rsplit_once(EACH)?;
    let of_each = &said[subject.len()..];
    // 自2月起每月一次; 各村每季度一次; 14个村每季度一次: not the rounds of a year, or of several bodies.
    let body = subject.rsplit('，').next().unwrap_or_default();
    // 对各科室每月通报一次 are still the rounds of one body.
    let several =
        sums.periods.several_have.are_in(body) && sums.periods.done_to.start_of(body).is_none();
    let several = several || body.contains(char::is_numeric);
    let partly =
        sums.periods.parts_of_time.are_in(subject) || sums.periods.not_all_rounds.are_in(subject);
    let plain = !several && !partly;
    let round = sums
        .one_round
        .iter()
        .any(|round| of_each.contains(round) && round.ends_with(counter.word.as_str()));
    rounds_of_each(&without_brackets(&format!("{OWN}{of_each}"))).filter(|_| plain && round)
}

/// The rounds of a year by the words right behind the number of all of them: 全年召开例会4次，每季度一次.
fn rounds_behind(text: &str, told: &Mention) -> Option<Decimal> {
    const EACH: char = '每';
    const VERB: usize = 4;
    const REACH: usize = 24;
    let lexicon = Lexicon::get();
    let sums = &lexicon.sums;
    let counter = told.unit.counter().filter(|_| counts(told))?;
    let before = text.get(..told.digits.start)?;
    let from = before.char_indices().rev().nth(REACH).map_or(0, |(at, _)| at);
    let clause = before[from..].rsplit(MARKS).next()?;
    lexicon.clauses.own_years.start_of(clause)?;
    let of_each = text.get(told.range.end..)?.strip_prefix(['，', '（'])?.strip_prefix(EACH)?;
    let (period, n) = longest_period(of_each)?;
    let behind = &of_each[period.len()..];
    let (at, round) =
        sums.one_round.iter().filter(|round| round.ends_with(counter.word.as_str())).find_map(
            |round| {
                let starts = behind.char_indices().take(VERB + 1).map(|(at, _)| at);
                Some((starts.into_iter().find(|at| behind[*at..].starts_with(round))?, round))
            },
        )?;
    let verb = &behind[..at];
    let ends =
        behind[at + round.len()..].chars().next().is_none_or(|c| MARKS.contains(&c) || c == '）');
    let bounded = sums.bounds.are_in(verb) || sums.periods.several_have.are_in(verb);
    let plain =
        ends && !bounded && !sums.periods.several_have.are_in(clause) && !verb.contains(MARKS);
    n.parse().ok().filter(|_| plain && sums.counted_rounds.has(&counter.word))
}

/// The longest period that begins a text, and how many of them a year has.
fn longest_period(text: &str) -> Option<&'static (String, String)> {
    let periods = Lexicon::get().sums.periods.rounds_of_a_year.iter();
    periods
        .filter(|(period, _)| text.starts_with(period.as_str()))
        .max_by_key(|(period, _)| period.len())
}

/// The number of bodies that the words before a number of rounds tell, with the rounds that each has in a year.
fn bodies_before(text: &str, mentions: &[Mention], all: usize) -> Option<(usize, Decimal)> {
    /// 每季度更新1次: the one round may be a figure.
    const REACH: usize = 2;
    let sums = &Lexicon::get().sums;
    let told = &mentions[all];
    if !counts(told) || !told.unit.counter().is_some_and(|c| sums.counted_rounds.has(&c.word)) {
        return None;
    }
    (1..=REACH).filter_map(|back| all.checked_sub(back)).find_map(|bodies| {
        let number = &mentions[bodies];
        let plain =
            counts(number) && number.value > Decimal::ONE && number.sentence == told.sentence;
        let between = text.get(number.range.end..told.digits.start).filter(|_| plain)?;
        Some((bodies, rounds_of_each(&without_brackets(between))?))
    })
}

fn counts(mention: &Mention) -> bool {
    mention.exactness == Exactness::Exact
        && mention.growth.is_none()
        && mention.unit.counter().is_some()
}

/// The rounds that each body has in a year, by the words between the number of bodies and that of all rounds:
/// 村每季度更新一次公开栏，全年共.
fn rounds_of_each(between: &str) -> Option<Decimal> {
    const EACH: char = '每';
    const LONGEST: usize = 8;
    let sums = &Lexicon::get().sums;
    let (said, total) = between.split_once('，')?;
    let (noun, of_each) = said.split_once(EACH)?;
    let (period, n) = longest_period(of_each)?;
    let of_each = &of_each[period.len()..];
    let (verb, round) =
        sums.one_round.iter().find_map(|round| Some((of_each.find(round)?, round)))?;
    let (verb, object) = (&of_each[..verb], &of_each[verb + round.len()..]);
    let short = |words: &str| words.chars().count() <= LONGEST && !words.contains(MARKS);
    let bounded = sums.bounds.iter().any(|bound| verb.contains(bound));
    let plain = short(noun) && !noun.is_empty() && short(verb) && short(object) && !bounded;
    (plain && is_total(total, verb)).then(|| n.parse().ok()).flatten()
}

/// True if some words say no more than that all rounds of a year follow: 全年共, 全年更新.
fn is_total(words: &str, verb: &str) -> bool {
    let lexicon = Lexicon::get();
    let Some(year) = lexicon.clauses.own_years.start_of(words) else { return false };
    let rest = &words[year.len()..];
    let rest = lexicon.sums.adds.start_of(rest).map_or(rest, |word| &rest[word.len()..]);
    rest.is_empty() || rest == verb || lexicon.sums.total_alone.has(rest)
}

/// True if a number of rounds is that of about as many bodies, or is the right one but for a slip.
fn is_near(told: Decimal, bodies: Decimal, n: Decimal) -> bool {
    let quarter = Decimal::new(25, 2);
    // 21个村每季度更新一次，全年63次: all of them one round too few.
    let rounds = told.checked_div(bodies).unwrap_or_default();
    if bodies >= Decimal::TEN && (rounds - n).abs() == Decimal::ONE && rounds > Decimal::ONE {
        return true;
    }
    let whole = (told % n).is_zero();
    let others = told.checked_div(n).unwrap_or_default();
    let close = (others - bodies).abs() <= bodies.saturating_mul(quarter);
    whole && close || told >= Decimal::TEN && one_slip(told, bodies.saturating_mul(n))
}

/// Some words without what stands in brackets.
fn without_brackets(words: &str) -> String {
    let mut depth = 0_usize;
    let mut kept = String::new();
    for c in words.chars() {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' => depth = depth.saturating_sub(1),
            c if depth == 0 => kept.push(c),
            _ => {}
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use crate::rules::figures::average_wrong::RULE;
    use crate::rules::testing::check_text;

    #[test]
    fn rounds_of_some_other_number_of_bodies() {
        for wrong in [
            "11个村每季度公示一次账目，全年共40期，村民可随时查看。",
            "9个社区每月更新1次公示栏，全年共96次。",
            "16个村（社区）每半年评议一次，全年评议23次。",
            "17个村（社区）的公开栏每季度更换一次，全年共更换51次。",
            "主要负责人每季度听取一次汇报，全年3次。",
            "对各科室的报送情况每月通报一次，全年通报11次。",
            "领导小组每半年召开一次例会，全年共召开3次。",
            "全年召开例会3次，每季度一次。",
        ] {
            check_text(&RULE, wrong, "", 1);
        }
    }

    #[test]
    fn rounds_of_all_or_of_something_else() {
        for fine in [
            "11个村每季度公示一次账目，全年共44期，村民可随时查看。",
            "11个乡镇每季度通报一次，全年共4期。",
            "11个村每季度公示一次账目，全年共开展培训40期。",
            "9个社区每月至少更新一次公示栏，全年共120期。",
            "12个村每季度更新一次公开栏，2个社区每月更新一次，全年共72期。",
            "9个社区每月更新一次公示栏，全年接待来访96次。",
            "17个村（社区）的公开栏每季度更换一次，全年共更换68次。",
            "主要负责人每季度听取一次汇报，全年4次。",
            "主要负责人每季度听取不少于一次汇报，全年5次。",
            "自2月起每月通报一次，全年通报11次。",
            "下半年每月通报一次，全年通报11次。",
            "各村每季度公示一次账目，全年共3期。",
            "每季度通报一次，全年开展督查3次。",
            "每季度通报一次，三季度因故未通报，全年通报3次。",
            "每月通报一次，通报督查3次。",
            "全年召开例会4次，每季度召开1次。",
            "全年召开例会5次，每季度不少于一次。",
            "全年各村召开例会3次，每季度一次征求意见。",
        ] {
            check_text(&RULE, fine, "", 0);
        }
    }
}
