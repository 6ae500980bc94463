//! Days on which laws are said to have come into force, and did not.

use std::ops::Range;

use super::text::sentences;
use super::word_lists::WordLists;
use super::written_dates::{WrittenDate, dates};
use super::year_words::{InForceWords, LawInForce};

/// A day on which a law did not come into force.
pub(in crate::rules) struct OtherDay {
    /// The bytes of the day.
    pub(in crate::rules) range: Range<usize>,
    /// The name of the law, without marks.
    pub(in crate::rules) law: &'static str,
    /// The day on which it did.
    pub(in crate::rules) right: String,
}

type Day = (u16, u8, u8);

/// The days of a text on which a law is said to have come into force, and did not: 《条例》自2019年5月1日起施行.
pub(in crate::rules) fn other_days(text: &str) -> Vec<OtherDay> {
    let words = &WordLists::get().in_force;
    // 《条例》 may stand for another one where there are several.
    let others = text.matches("条例》").count() - text.matches("《条例》").count();
    let ours = text.matches("信息公开条例》").count() == others;
    let mut found = Vec::new();
    for sentence in sentences(text).filter(|sentence| words.verbs.are_in(&text[sentence.clone()])) {
        let said = &text[sentence.clone()];
        let titles = titles(said);
        for date in dates(said) {
            let named = titles.iter().find(|title| says_in_force(words, said, &date, title));
            let Some(title) = named else { continue };
            let Some((law, is_short)) = law(words, &said[title.clone()]) else { continue };
            if is_short && !ours {
                continue;
            }
            let Some(right) = other_day(law, &date, is_short) else { continue };
            let range = sentence.start + date.range.start..sentence.start + date.range.end;
            let name = law.names.first().map_or("", String::as_str);
            found.push(OtherDay { range, law: name, right });
        }
    }
    found
}

/// The names in marks of a sentence, without them.
fn titles(sentence: &str) -> Vec<Range<usize>> {
    const MOST: usize = 50;
    let mut opens = None;
    let named = sentence.match_indices(['《', '》']).filter_map(|(at, mark)| {
        if mark == "《" {
            opens = Some(at + mark.len());
            return None;
        }
        opens.take().map(|start| start..at)
    });
    named.take(MOST).collect()
}

/// The law of a name, and whether the name is the short one.
fn law<'a>(words: &'a InForceWords, name: &str) -> Option<(&'a LawInForce, bool)> {
    let whole = words.laws.iter().find(|law| law.names.iter().any(|own| own == name));
    let short = || words.laws.iter().find(|law| law.short.as_deref() == Some(name));
    whole.map(|law| (law, false)).or_else(|| short().map(|law| (law, true)))
}

/// True if the words round a day say that the law of a title came into force on it: 《条例》自2019年5月15日起施行, 2019年5月15日起，新修订的《条例》施行.
fn says_in_force(
    words: &InForceWords,
    said: &str,
    date: &WrittenDate,
    title: &Range<usize>,
) -> bool {
    let plain = |between: &str| {
        let between = between.trim();
        between.is_empty() || words.between.has(between)
    };
    let close = title.end + '》'.len_utf8();
    let open = title.start - '《'.len_utf8();
    let behind = if close <= date.range.start {
        let between = without_bracket(&said[close..date.range.start]);
        plain(between).then(|| &said[date.range.end..])
    } else if date.range.end <= open {
        plain(&said[date.range.end..open]).then(|| without_bracket(&said[close..]))
    } else {
        None
    };
    let Some(behind) = behind else { return false };
    let clause = behind.split(['，', '。', '；']).next().unwrap_or_default();
    let Some((at, verb)) = words.verbs.first_in(clause) else { return false };
    let rest = &clause[at + verb.len()..];
    // 2019年6月1日《条例》施行后 is of a day behind it; 自2019年5月15日《条例》施行以来 is not.
    let of_other_day = words.not_the_day.start_of(rest).is_some()
        && words.from.end_of(said[..date.range.start].trim_end()).is_none();
    plain(&clause[..at]) && !of_other_day
}

/// A text without the bracket that it begins with: （国务院令第711号，以下简称《条例》）自.
fn without_bracket(text: &str) -> &str {
    let inside = text.strip_prefix(['（', '(']);
    inside.and_then(|text| text.split_once(['）', ')'])).map_or(text, |(_, behind)| behind)
}

/// The day on which a law came into force, where that is another one than the day that is written.
fn other_day(law: &LawInForce, date: &WrittenDate, is_short: bool) -> Option<String> {
    let days: Vec<Day> = law.days.iter().filter_map(|day| day_of(day)).collect();
    let year = date.year?;
    let same = |day: &Day| {
        (day.0, day.1) == (year, date.month) && date.day.is_none_or(|written| written == day.2)
    };
    // A year far from all of them is that of another law of this name, or of a change that is not known here.
    let nearest = days.iter().rev().min_by_key(|day| day.0.abs_diff(year))?;
    let near = nearest.0.abs_diff(year) <= u16::from(!is_short);
    let (year, month, day) = *nearest;
    (near && !days.iter().any(same)).then(|| format!("{year}年{month}月{day}日"))
}

fn day_of(day: &str) -> Option<Day> {
    let mut parts = day.split('-');
    let year = parts.next()?.parse().ok()?;
    let month = parts.next()?.parse().ok()?;
    Some((year, month, parts.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        other_days(text).into_iter().map(|day| day.right).collect()
    }

    #[test]
    fn every_day_can_be_read() {
        for law in &WordLists::get().in_force.laws {
            let days: Vec<Day> = law.days.iter().filter_map(|day| day_of(day)).collect();
            assert!(days.len() == law.days.len() && days.is_sorted(), "{law:?}");
        }
    }

    #[test]
    fn another_day_than_that_of_the_law() {
        for text in [
            "新修订的《条例》自2019年5月1日起施行，本报告依照其规定编制。",
            "2019年4月15日起，新修订的《中华人民共和国政府信息公开条例》施行。",
            "《政府信息公开条例》（国务院令第711号）于2019年6月正式实施。",
            "自2019年5月5日《条例》施行以来，我局规范答复。",
        ] {
            assert_eq!(found(text), ["2019年5月15日"], "{text}");
        }
        let law = "新修订的《中华人民共和国行政复议法》自2024年1月11日起施行。";
        assert_eq!(found(law), ["2024年1月1日"]);
    }

    #[test]
    fn the_day_of_the_law_and_days_of_other_things() {
        for text in [
            "新修订的《条例》自2019年5月15日起施行。《政府信息公开条例》2019年5月起实施。",
            "《中华人民共和国政府信息公开条例》自2008年5月1日起施行。",
            "2019年4月3日公布的《条例》自5月15日起施行。",
            "2019年6月1日《条例》施行后，第一件申请当天答复。",
            "《碧溪县养犬管理条例》自2019年3月1日起施行，《条例》自2019年3月1日起施行。",
            "《条例》自2022年3月1日起施行。",
            "2019年5月1日起，按照《条例》规范答复，确保施行顺利。",
        ] {
            assert_eq!(found(text), Vec::<String>::new(), "{text}");
        }
    }
}
