//! [`Product`]: so many of each, so many times, and what they come to: 9个村，每村2人，共18人.

use rust_decimal::Decimal;

use super::each::{Product, is_mean, name_of_each, scaled, totals};
use super::gap::MARKS;
use super::named_rounds::rounds_named;
use super::periods::{mean_of_a_period, tells_part_of_time};
use crate::prose::lexicon::{Counter, Lexicon};
use crate::prose::mention::Mention;
use crate::prose::numeral::{Exactness, Unit};
use crate::prose::slip::one_slip;
use crate::prose::spelled::spelled;

/// The products of a text. Where none of the figures that may be meant comes out, it is the pair that one slip explains.
pub(in crate::prose) fn products(text: &str, mentions: &[Mention]) -> Vec<Product> {
    (0..mentions.len()).filter_map(|each| product(text, mentions, each)).collect()
}

fn product(text: &str, mentions: &[Mention], each: usize) -> Option<Product> {
    if let Some(mean) = mean_of_a_period(text, mentions, each) {
        return Some(mean);
    }
    // 平均每场约257个 is a mean that need not come out exactly.
    let about = mentions.get(each)?.exactness == Exactness::About && is_mean(text, &mentions[each]);
    let told =
        mentions.get(each).filter(|m| (m.counts_exactly() || about) && !m.value.is_zero())?;
    let name = name_of_each(text, mentions, each)?;
    if is_bounded(text, mentions, each) {
        return None;
    }
    let totals = totals(text, mentions, each);
    let numbers = numbers(text, mentions, each, name);
    let pairs = || totals.iter().flat_map(|total| numbers.iter().map(move |n| (*total, *n)));
    let apart = |(total, (times, _)): &(usize, (Option<usize>, Decimal))| *times != Some(*total);
    let rounded = told.places > 0 || is_mean(text, told);
    let of = |(total, (times, n)): (usize, (Option<usize>, Decimal)), fits| Product {
        each,
        times,
        n,
        total,
        rounded,
        fits,
        counted: "个",
    };
    let comes_out = |(total, (_, n)): &(usize, (Option<usize>, Decimal))| {
        let total = &mentions[*total];
        is_product(told, *n, total, rounded) || about && is_roughly(told, *n, total)
    };
    let spelled = spelled_before(text, mentions, each, name).map(|n| (None, n));
    let spelled = || totals.iter().filter_map(|total| Some((*total, spelled?)));
    if let Some(fitting) = spelled().chain(pairs().filter(apart)).find(comes_out) {
        return Some(of(fitting, true));
    }
    // 选派14人，分三批进行，每批4人: by no more than one of them has.
    let off = |total: usize, n: Decimal| {
        (mentions[total].value - told.value.saturating_mul(n)).abs() <= told.value
    };
    let by_few = |(total, (_, n)): &(usize, (Option<usize>, Decimal))| {
        stands_beside(text, mentions, each, *total) && off(*total, *n)
    };
    if let Some(pair) = spelled().find(by_few).filter(|_| told.value >= Decimal::TWO) {
        return Some(of(pair, false));
    }
    let explained = |(total, (times, n)): &(usize, (Option<usize>, Decimal))| {
        let beside = stands_beside(text, mentions, each, *total);
        let in_order = times.is_some_and(|times| {
            stand_in_order(text, mentions, (times, each, *total))
                && is_off(told, *n, &mentions[*total])
        });
        let beside = beside
            || has_number_between(text, mentions, (each, *total), name)
            || is_shared_out(text, mentions, (*total, *times, each));
        in_order || !about && beside && is_explained(told, *n, times.is_some(), &mentions[*total])
    };
    pairs().filter(apart).find(explained).map(|pair| of(pair, false))
}

/// True if a figure of each is no more than a bound (平均每月不足9条), or is of those beyond one (超出30页的部分每页收取10元).
fn is_bounded(text: &str, mentions: &[Mention], each: usize) -> bool {
    let words = &Lexicon::get().sums;
    let to = mentions[each].digits.start;
    let from = each.checked_sub(1).map_or(0, |before| mentions[before].range.end);
    let before = text.get(..to).unwrap_or_default();
    words.beyond.are_in(text.get(from..to).unwrap_or_default())
        || words.bounds.end_of(before).is_some()
}

/// The figures that may be the number of those of which each has some, the nearest first.
fn numbers(
    text: &str,
    mentions: &[Mention],
    each: usize,
    name: &str,
) -> Vec<(Option<usize>, Decimal)> {
    /// The most figures before that are looked at.
    const NEAR: usize = 24;
    let words = &Lexicon::get().sums;
    if words.periods.days.start_of(name).is_some() {
        return Vec::new();
    }
    if let Some((_, n)) =
        words.periods.of_a_year.iter().find(|(period, _)| name.starts_with(period))
    {
        let n: Decimal = n.parse().unwrap_or_default();
        // 15个村，每村每月1次
        if let Some(outer) = outer_name(text, mentions, each) {
            let of_outer = numbers(text, mentions, each, outer).into_iter();
            return of_outer.map(|(_, outer)| (None, outer.saturating_mul(n))).collect();
        }
        // 每季度抽查1次，全年抽查5次: not on average.
        let whole_year =
            !tells_part_of_time(text, mentions, each) && !tells_months_behind(text, mentions, each);
        let mean = is_mean(text, &mentions[each]) && whole_year && !n.is_zero();
        return Some((None, n)).filter(|_| mean).into_iter().collect();
    }
    if let Some(n) = rounds_named(text, mentions, each, name) {
        return vec![(None, n)];
    }
    let is_number = |i: &usize| {
        let other = &mentions[*i];
        let own = other.counts_exactly()
            && other.value > Decimal::ONE
            && !are_cases_of_bodies(other, name);
        own && is_named(text, mentions, (*i, each), name)
    };
    // 第11至30件按每件100元计2000元: twenty of them.
    if let Some(n) = each.checked_sub(1).and_then(|before| of_a_span(text, &mentions[before])) {
        return vec![(None, n)];
    }
    let last = mentions.len().min(each + 3);
    let mut near: Vec<usize> = (each.saturating_sub(NEAR)..last)
        .filter(|i| *i != each && mentions[*i].sentence <= mentions[each].sentence)
        .filter(is_number)
        .collect();
    // 意见征集18次、网上调查9次，共收到反馈1350条，平均每次50条: both together.
    let joined = |pair: &[usize]| {
        let between = text.get(mentions[pair[0]].range.end..mentions[pair[1]].digits.start)?;
        let row = pair[1] == pair[0] + 1 && between.starts_with(['、', '和']);
        let both = mentions[pair[0]].value.saturating_add(mentions[pair[1]].value);
        (row && mentions[pair[1]].same_unit(&mentions[pair[0]])).then_some((None, both))
    };
    let both: Vec<(Option<usize>, Decimal)> = near.windows(2).filter_map(joined).collect();
    near.sort_by_key(|i| i.abs_diff(each));
    let told = near.into_iter().map(|i| (Some(i), mentions[i].value));
    let two = number_of_two_kinds(text, mentions, each, name).map(|n| (None, n));
    told.chain(two).chain(both).collect()
}

/// The number of those from one place in a row to another, which is that of the figure: 第11至30件.
fn of_a_span(text: &str, last: &Mention) -> Option<Decimal> {
    const TO: [char; 5] = ['至', '到', '—', '-', '～'];
    const NTH: char = '第';
    let before = text.get(..last.digits.start)?;
    let first = before.trim_end_matches(TO);
    let lead = first.trim_end_matches(|c: char| c.is_ascii_digit());
    let is_span = first.len() < before.len() && lead.ends_with(NTH);
    let first: Decimal = first[lead.len()..].parse().ok().filter(|_| is_span)?;
    Some(last.value.checked_sub(first)? + Decimal::ONE)
}

/// True if the clause behind a mean tells months, of which the total may be: 月均访问1.7万次，6月至12月共11.9万次.
fn tells_months_behind(text: &str, mentions: &[Mention], each: usize) -> bool {
    const MONTH: char = '月';
    let behind = text.get(mentions[each].range.end..).unwrap_or_default();
    let clause = behind.strip_prefix('，').unwrap_or_default();
    let clause = clause.split(['，', '；', '。', '\n']).next().unwrap_or_default();
    clause.match_indices(MONTH).any(|(at, _)| {
        let before = clause[..at].trim_end_matches('个').chars().next_back();
        before.is_some_and(|c| c.is_ascii_digit() || spelled(c).is_some())
    })
}

/// The number that the clause directly before spells out: 组织学习两次，每次11人.
fn spelled_before(text: &str, mentions: &[Mention], each: usize, name: &str) -> Option<Decimal> {
    const EACH: &str = "每";
    const VERB: usize = 4;
    let from = each.checked_sub(1).map_or(0, |before| mentions[before].range.end);
    let said = text.get(from..mentions[each].digits.start)?;
    let (before, _) = said.rsplit_once(EACH)?;
    let clause = before.strip_suffix(['，', '、'])?.rsplit(['，', '；', '。', '\n']).next()?;
    let counter = name.chars().next()?;
    // 分三批进行，每批4人
    let (number, verb) = clause.rsplit_once(counter)?;
    let number = number.chars().next_back().filter(|_| verb.chars().count() <= VERB)?;
    spelled(number).filter(|n| *n > 1).map(Decimal::from)
}

/// The first name of two that stand behind one 每 each: 村 of 每村每月.
fn outer_name<'a>(text: &'a str, mentions: &[Mention], each: usize) -> Option<&'a str> {
    const EACH: char = '每';
    const LONGEST: usize = 6;
    let from = each.checked_sub(1).map_or(0, |before| mentions[before].range.end);
    let said = text.get(from..mentions[each].digits.start)?;
    let (before, _) = said.rsplit_once(EACH)?;
    let (_, outer) = before.rsplit_once(EACH)?;
    let plain = !outer.is_empty() && outer.chars().all(char::is_alphabetic);
    (plain && outer.chars().count() <= LONGEST).then_some(outer)
}

/// True if a figure counts cases, and what each has is told of bodies: 4件分属四个部门，每个部门1件.
fn are_cases_of_bodies(figure: &Mention, name: &str) -> bool {
    let lexicon = Lexicon::get();
    let noun = lexicon.counters.start_of(name).map_or(name, |c| &name[c.word.len()..]);
    let of_cases = figure.unit.counter().is_some_and(Counter::counts_cases);
    of_cases && lexicon.sums.bodies.start_of(noun).is_some()
}

/// The number of bodies of two kinds that stand side by side, where each has some: 26个部门、14个乡镇共80人，每个单位2人.
fn number_of_two_kinds(
    text: &str,
    mentions: &[Mention],
    each: usize,
    name: &str,
) -> Option<Decimal> {
    const NEAR: usize = 6;
    const LONGEST: usize = 8;
    let lexicon = Lexicon::get();
    let noun = lexicon.counters.start_of(name).map_or(name, |c| &name[c.word.len()..]);
    lexicon.sums.bodies.start_of(noun)?;
    let joined = |first: &usize| {
        let (one, other) = (&mentions[*first], &mentions[*first + 1]);
        let between = text.get(one.range.end..other.digits.start).unwrap_or_default();
        let behind = text.get(other.range.end..).unwrap_or_default();
        let row = |word: &str| between.contains(word) || behind.starts_with(word);
        let joins = lexicon.sums.joins.iter().any(row) || between.contains('、');
        joins
            && between.chars().count() <= LONGEST
            && !between.contains(['，', '；', '。'])
            && one.counts_exactly()
            && other.counts_exactly()
            && one.same_unit(other)
            && !are_cases_of_bodies(one, name)
            && one.sentence == mentions[each].sentence
    };
    let last = each.saturating_sub(1);
    let mut pairs = (each.saturating_sub(NEAR)..last).filter(joined);
    let first = pairs.next().filter(|_| pairs.next().is_none())?;
    Some(mentions[first].value.saturating_add(mentions[first + 1].value))
}

/// True if a figure counts the things that a name begins with: 14个村的公开栏 for 村, 举办4场 for 场.
fn is_named(text: &str, mentions: &[Mention], (figure, each): (usize, usize), name: &str) -> bool {
    /// The reach of the words round a figure, in characters.
    const NEAR: usize = 8;
    let lexicon = &Lexicon::get();
    let mention = &mentions[figure];
    let Unit::Counter(counter) = mention.unit else { return false };
    let noun = lexicon.counters.start_of(name).map_or("", |counter| &name[counter.word.len()..]);
    let general = lexicon.sums.general.has(&counter.word);
    if name.starts_with(counter.word.as_str()) && !general {
        return true;
    }
    // 惠及企业82家，户均30万元
    if lexicon.sums.households.has(name) && lexicon.sums.households.has(&counter.word) {
        return mention.sentence == mentions[each].sentence;
    }
    // 罚款4件、共4.2万元，平均每件1.05万元: of things of any kind only the unit says which.
    if noun.is_empty() && lexicon.sums.general.has(name) {
        return name == counter.word && mention.sentence == mentions[each].sentence;
    }
    let noun = if noun.is_empty() { name } else { noun };
    let behind = text[mention.range.end..].chars().take(NEAR);
    let behind: String = behind.take_while(|c| !MARKS.contains(c) && *c != '。').collect();
    let before = text.get(mention.phrase.start..mention.digits.start).unwrap_or_default();
    let before = before.rsplit(MARKS).next().unwrap_or_default();
    let start: String = noun.chars().take(2).collect();
    let long = start.chars().count() == 2 && (behind.contains(&start) || before.contains(&start));
    let first: String = noun.chars().take(1).collect();
    let short = lexicon.sums.short_nouns.has(&first)
        && (behind.contains(&first) || before.ends_with(&first));
    long || short
}

/// True if one figure times a number is another, or another shared out among them is the one, as far as it is printed.
fn is_product(each: &Mention, n: Decimal, total: &Mention, rounded: bool) -> bool {
    let product = each.value.saturating_mul(n);
    let near = total.step > Decimal::ONE && (product - total.value).abs() < total.step;
    let mean = total.value.checked_div(n).unwrap_or_default();
    let off = (mean - each.value).abs();
    let half = off.saturating_add(off) <= each.step;
    product == total.value || near || rounded && half
}

/// True if one slip in one of three figures explains that they do not come out.
fn is_explained(each: &Mention, n: Decimal, n_is_told: bool, total: &Mention) -> bool {
    let product = each.value.saturating_mul(n).normalize();
    // 28640.5亩，每亩80元，共229.12万元: as far as the total is printed.
    let printed = product.checked_div(total.step).map(|steps| steps.trunc());
    let printed = printed.map_or(product, |steps| steps.saturating_mul(total.step).normalize());
    let product = if product.scale() > 0 || total.step > Decimal::ONE { printed } else { product };
    if product.scale() == 0 && one_slip(total.value, product) || has_lost_scale(each, n, total) {
        return true;
    }
    let steps = |value: Decimal| value.checked_div(each.step);
    let of_each = shared(total.value, n, each.step).and_then(steps).zip(steps(each.value));
    if of_each.is_some_and(|(right, told)| one_slip(right, told)) {
        return true;
    }
    let of_n = shared(total.value, each.value, Decimal::ONE).filter(|_| n_is_told);
    of_n.is_some_and(|value| {
        let whole = value.saturating_mul(each.value);
        one_slip(value, n) && (whole - total.value).abs() < each.step.saturating_mul(value)
    })
}

/// True if all that some come to is ten thousand times too little: 286.5公里，投资4.73万元，平均每公里165.1万元.
fn has_lost_scale(each: &Mention, n: Decimal, total: &Mention) -> bool {
    /// A figure of fewer digits agrees by chance.
    const FEWEST: usize = 3;
    const LARGE: u32 = 100;
    let exact = each.value.saturating_mul(n) == scaled(total.value) && n >= Decimal::from(LARGE);
    let told = (each.digits.len() >= FEWEST || exact) && total.digits.len() >= FEWEST;
    let right = Mention { value: scaled(total.value), step: scaled(total.step), ..total.clone() };
    // 罚款金额4382.6亿元，平均每件12.3万元: or ten thousand times too much.
    let less = |value: Decimal| value.checked_div(Decimal::from(10_000)).unwrap_or_default();
    let left = Mention { value: less(total.value), step: less(total.step), ..total.clone() };
    let money = each.unit == Unit::Yuan && total.unit == Unit::Yuan;
    let rounded = each.places > 0 || is_mean_value(each, n, &left);
    told && money
        && (is_product(each, n, &right, each.places > 0) || is_product(each, n, &left, rounded))
}

/// True if a value shared out is the other one, as far as that is printed.
fn is_mean_value(each: &Mention, n: Decimal, total: &Mention) -> bool {
    let mean = total.value.checked_div(n).unwrap_or_default();
    (mean - each.value).abs().saturating_mul(Decimal::TWO) <= each.step
}

/// True if nothing but the number of them stands between what each has and all of them: 每人每月100元，公示2156人，全年共计258.72万元.
fn has_number_between(
    text: &str,
    mentions: &[Mention],
    (each, total): (usize, usize),
    name: &str,
) -> bool {
    const LONGEST: usize = 24;
    let between = text.get(mentions[each].range.end..mentions[total].digits.start);
    let short = between.is_some_and(|words| {
        words.chars().count() <= LONGEST && !words.contains(['；', ';', '。', '：', '（', '）'])
    });
    let names = [Some(name), outer_name(text, mentions, each)];
    let is_number = |i: usize| {
        names.into_iter().flatten().any(|name| is_named(text, mentions, (i, each), name))
    };
    // 每村配信息员1名，9个村，全年开展培训20人次: of one each, nobody multiplies.
    let same = mentions[each].same_unit(&mentions[total]) && mentions[each].value >= Decimal::TEN;
    total == each + 2 && short && same && is_number(each + 1)
}

/// True if all of them, their number and a mean stand in a row: 资金2.46亿元，受益企业8200家，平均每家3万元.
fn is_shared_out(
    text: &str,
    mentions: &[Mention],
    (total, times, each): (usize, Option<usize>, usize),
) -> bool {
    const LONGEST: usize = 36;
    let between = text.get(mentions[total].range.end..mentions[each].digits.start);
    let short = between.is_some_and(|words| {
        words.chars().count() <= LONGEST && !words.contains(['；', ';', '。', '：', '\n'])
    });
    times == Some(total + 1) && each == total + 2 && short && is_mean(text, &mentions[each])
}

/// True if a number, what each has, and all of them stand side by side, and nothing else can be meant: 培训4期，累计232人次，平均
/// 每期58人; 编发24期，每期发行3.2万册，全年发行76.8万册.
fn stand_in_order(
    text: &str,
    mentions: &[Mention],
    (times, each, total): (usize, usize, usize),
) -> bool {
    const LONGEST: usize = 24;
    const PARTING: &[char] = &['；', ';', '。', '：', '\n'];
    let words = &Lexicon::get().sums;
    let first = times.min(each).min(total);
    let side_by_side = times == first && each.max(total) == first + 2;
    let gap = |from: usize, to: usize| {
        let gap = text.get(mentions[from].range.end..mentions[to].digits.start);
        // 赠阅至村（社区）: a bracket within is no more than a name.
        let paired = |gap: &&str| gap.matches('（').count() == gap.matches('）').count();
        let gap = gap.filter(|gap| paired(gap) || gap.starts_with("（每"));
        gap.filter(|gap| gap.chars().count() <= LONGEST && !gap.contains(PARTING))
    };
    let gaps = [(first, first + 1), (first + 1, first + 2)];
    if !side_by_side || gaps.iter().any(|(from, to)| gap(*from, *to).is_none()) {
        return false;
    }
    if each > total {
        // 11个市局88人（每市8人）
        let between = text.get(mentions[total].range.end..mentions[each].digits.start);
        let bracketed = between.is_some_and(|words| words.starts_with("（每"));
        return bracketed || is_mean(text, &mentions[each]);
    }
    let said = gap(each, total).unwrap_or_default();
    let clause = said.rsplit(MARKS).next().unwrap_or_default();
    // 每次抽查12个单位，全年通报96个问题: of something else.
    let verb = last_word(&text[..mentions[each].digits.start]);
    words.of_all.start_of(clause).is_some() && clause.ends_with(verb)
}

/// The last two characters of some words.
fn last_word(words: &str) -> &str {
    let start = words.char_indices().rev().nth(1).map_or(0, |(at, _)| at);
    &words[start..]
}

/// True if a mean that is told roughly is near to what all of them shared out come to.
fn is_roughly(each: &Mention, n: Decimal, total: &Mention) -> bool {
    const FAR: u32 = 20;
    let mean = total.value.checked_div(n).unwrap_or_default();
    (mean - each.value).abs().saturating_mul(Decimal::from(FAR)) <= mean
}

/// True if a mean is far from what all of them shared out come to, though not so far that something else is meant.
fn is_off(each: &Mention, n: Decimal, total: &Mention) -> bool {
    let mean = total.value.checked_div(n).unwrap_or_default();
    let far = match each.exactness {
        Exactness::Exact => (mean - each.value).abs() >= each.step,
        Exactness::About => !is_roughly(each, n, total),
        Exactness::AtLeast => false,
    };
    let (smaller, larger) = (mean.min(each.value), mean.max(each.value));
    far && larger <= smaller.saturating_mul(Decimal::TWO)
}

/// A value shared out among some, rounded to a step.
fn shared(value: Decimal, n: Decimal, step: Decimal) -> Option<Decimal> {
    let mean = value.checked_div(n)?.checked_div(step)?.round();
    mean.checked_mul(step).filter(|mean| !mean.is_zero())
}

/// True if two figures stand beside each other in words that tie them: 张贴672张次，平均每村48张次.
fn stands_beside(text: &str, mentions: &[Mention], each: usize, total: usize) -> bool {
    const LONGEST: usize = 16;
    let (first, second) = (each.min(total), each.max(total));
    let between = text.get(mentions[first].range.end..mentions[second].digits.start);
    let words = between.unwrap_or_default();
    let near = second == first + 1 && words.chars().count() <= LONGEST;
    // 提问176个，现场回答152个，会后回答24个，平均每期22个: the parts of the one stand between.
    let inner = mentions.get(first + 1..second).unwrap_or_default();
    let sum = inner.first().and_then(|part| part.sum.or(part.list));
    let are_parts = sum.is_some() && inner.iter().all(|part| part.sum.or(part.list) == sum);
    (near || are_parts) && !words.contains(['；', ';', '。', '：', '（', '）'])
}
