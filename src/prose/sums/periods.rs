//! Means of a period of time right behind what they share out: 推送287篇，月均24篇; 访问3.86亿次，日均105.8万次; 五年累计2208件，年均441.6件.

use rust_decimal::Decimal;

use super::each::{Product, name_of_each, totals};
use super::gap::last_clause;
use crate::prose::lexicon::Lexicon;
use crate::prose::mention::Mention;
use crate::prose::numeral::{Exactness, Unit};
use crate::prose::spelled::spelled;

/// The mean of a period that a figure tells, with the figure directly before that it shares out; none where it may share out another
/// one, or where the time that was counted is not the whole of a year or of so many years.
///
/// That a mean is too high may have a reason nobody tells, such as a page that went online in May; as for days, only one that is far
/// too high is wrong.
pub(super) fn mean_of_a_period(text: &str, mentions: &[Mention], each: usize) -> Option<Product> {
    let total = each.checked_sub(1)?;
    let (mean, whole) = (mentions.get(each)?, mentions.get(total)?);
    let name = name_of_each(text, mentions, each)?;
    let before = text.get(..whole.digits.start)?;
    let name = name.trim_end_matches(['约', '近', '超', '达']).trim_end_matches("大约");
    let of_year = is_of_year(before);
    let numbers = Numbers::of(name, before)?.of_days_told(before);
    let told = mean.exactness != Exactness::AtLeast && !mean.value.is_zero();
    let beside = stands_right_behind(text, whole, mean);
    let alike = told && beside && totals(text, mentions, each).contains(&total);
    if !alike || tells_part_of_time(text, mentions, each) {
        return None;
    }
    let shared = |n: u32| whole.value.checked_div(Decimal::from(n)).unwrap_or_default();
    let of = |n: u32, fits| Product {
        each,
        times: None,
        n: Decimal::from(n),
        total,
        rounded: true,
        fits,
        counted: numbers.counted,
    };
    if let Some(n) = numbers.all().find(|n| is_near(mean, shared(*n))) {
        return Some(of(n, true));
    }
    if is_of_another(text, mentions, each, &numbers) {
        return None;
    }
    // 累计访问3.86亿次，日均10.6万次: perhaps since the site went online.
    let since_then =
        Lexicon::get().sums.periods.in_all.are_in(last_clause(before)) && !numbers.are_years;
    let low = mean.value < shared(numbers.most) && !since_then;
    let high = mean.value > shared(numbers.least).saturating_mul(Decimal::from(numbers.too_high));
    // 推送1095条，平均每天30条: ten times as many as there were.
    let shifted = || {
        let tenth = mean.value.checked_div(Decimal::TEN).unwrap_or_default();
        tenth == shared(numbers.usual) && numbers.usual > 300
    };
    // 全年发布1825条，日均6条: of no number of days that may be counted.
    let of_no_days = of_year && mean.exactness == Exactness::Exact && !since_then;
    (low || high || shifted() || of_no_days).then(|| of(numbers.usual, false))
}

/// True if the clause of a whole tells it of the year.
fn is_of_year(before: &str) -> bool {
    let clause = last_clause(before);
    Lexicon::get().clauses.own_years.iter().any(|year| clause.contains(year))
}

/// The number of periods that there may be.
struct Numbers {
    least: u32,
    most: u32,
    usual: u32,
    /// By how much a mean is too high to be that of a part of the time that is not told.
    too_high: u32,
    are_years: bool,
    counted: &'static str,
}

impl Numbers {
    /// The numbers of a period in the time of which the words before a whole tell.
    fn of(name: &str, before: &str) -> Option<Self> {
        const QUARTER: char = '季';
        let words = &Lexicon::get().sums;
        if words.periods.years.has(name) {
            return Some(Self { are_years: true, ..Self::exactly(years_told(before)?, "年") });
        }
        if let Some((_, n)) = words.periods.of_a_year.iter().find(|(period, _)| name == period) {
            let counted = if name.starts_with(QUARTER) { "个季度" } else { "个月" };
            return Some(Self::exactly(n.parse().ok()?, counted));
        }
        if words.periods.weeks.has(name) {
            return Some(Self { most: 53, ..Self::exactly(52, "周") });
        }
        // The days of a year, or its working days.
        let days = Self { least: 240, most: 366, too_high: 8, ..Self::exactly(365, "天") };
        words.periods.days_of_a_year.has(name).then_some(days)
    }

    fn exactly(n: u32, counted: &'static str) -> Self {
        Self { least: n, most: n, usual: n, too_high: 1, are_years: false, counted }
    }

    /// Those of 按365天计.
    fn of_days_told(self, before: &str) -> Self {
        const DAYS: &str = "365天";
        let sentence = before.rsplit(['。', '\n']).next().unwrap_or_default();
        let days = self.most > 300 && sentence.contains(DAYS);
        if days { Self::exactly(365, "天") } else { self }
    }

    /// The days of a year, and all that may be its working days.
    fn all(&self) -> impl Iterator<Item = u32> {
        /// The most working days of a year, with some for shifts at weekends.
        const WORKING: u32 = 270;
        const FULL: u32 = 350;
        let of_days = self.most > FULL && self.least < WORKING;
        let counted = move |n: &u32| !of_days || *n <= WORKING || *n >= FULL;
        std::iter::once(self.usual).chain((self.least..=self.most).filter(counted))
    }
}

/// The number of years that the clause before a whole says are added: 五年累计收到2208件, 近5年共2208件.
fn years_told(before: &str) -> Option<u32> {
    const YEAR: char = '年';
    let (said, behind) = last_clause(before).rsplit_once(YEAR)?;
    let digits = said.trim_end_matches(|c: char| c.is_ascii_digit());
    let written = said[digits.len()..].parse().ok();
    let spelled = || said.chars().next_back().and_then(spelled)?.try_into().ok();
    let n = written.or_else(spelled).filter(|n| (2..=20).contains(n))?;
    behind.chars().all(char::is_alphabetic).then_some(n)
}

/// True if a mean may be that of another figure of its sentence, or of some in a row: 图解12件、短视频5件，平均每月1.4件.
fn is_of_another(text: &str, mentions: &[Mention], each: usize, numbers: &Numbers) -> bool {
    const LONGEST: usize = 5;
    let (told, sentence) = (&mentions[each], mentions[each].sentence);
    let comes_out = |value: Decimal| {
        numbers
            .all()
            .any(|n| is_near(told, value.checked_div(Decimal::from(n)).unwrap_or_default()))
    };
    let others = totals(text, mentions, each);
    let mut added = Decimal::ZERO;
    let row = mentions[..each].iter().rev().take(LONGEST);
    let row = row.take_while(|m| m.sentence == sentence && m.same_unit(told));
    row.into_iter().any(|m| {
        added = added.saturating_add(m.value);
        comes_out(added)
    }) || others.iter().any(|i| comes_out(mentions[*i].value))
}

/// True if a mean stands behind its whole with nothing but a comma and the words of the mean between: 推送287篇，月均约24篇.
fn stands_right_behind(text: &str, whole: &Mention, mean: &Mention) -> bool {
    const LONGEST: usize = 12;
    const PARTING: &[char] = &['；', ';', '。', '：', '（', '）', '\n'];
    let gap = text.get(whole.range.end..mean.digits.start).unwrap_or_default();
    let says_mean = Lexicon::get().sums.means.averaged.are_in(gap);
    says_mean && gap.chars().count() <= LONGEST && !gap.contains(PARTING)
}

/// True if a sentence tells of a part of a year before a figure: 自5月上线以来推送287篇.
pub(super) fn tells_part_of_time(text: &str, mentions: &[Mention], figure: usize) -> bool {
    let sentence = mentions[figure].sentence;
    let own = mentions[..figure].iter().rev().take_while(|m| m.sentence == sentence);
    let before = text.get(..mentions[figure].digits.start).unwrap_or_default();
    let said = before.rsplit(['。', '\n']).next().unwrap_or_default();
    let months = own.into_iter().any(|m| matches!(m.unit, Unit::Month | Unit::Day));
    months || Lexicon::get().sums.periods.parts_of_time.are_in(said)
}

/// True if a mean is what is shared out, to the place to which it is printed; where it is told roughly, to a twentieth.
fn is_near(mean: &Mention, shared: Decimal) -> bool {
    const FAR: u32 = 20;
    let off = (mean.value - shared).abs();
    let printed = off.saturating_add(off) <= mean.step;
    // 月均约29篇 is rounded to whole ones, 日均约10万次 to no place that is told.
    printed
        || mean.exactness != Exactness::Exact && off.saturating_mul(Decimal::from(FAR)) <= shared
}
