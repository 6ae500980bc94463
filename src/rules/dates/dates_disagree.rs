//! NB110: two days of one sentence follow each other, and are as far apart as it says.

use std::ops::Range;

use crate::diag::{Label, Severity};
use crate::edition::Edition;
use crate::law::{self, Authority};
use crate::report::{Date, Report};
use crate::rules::machinery::text::numbering::whole_number;
use crate::rules::machinery::text::{Piece, pieces, sentences};
use crate::rules::machinery::word_lists::WordLists;
use crate::rules::machinery::written_dates::{WrittenDate, dates, joins, last_of_spread};
use crate::rules::{Docs, Findings, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB110",
    name: "dates-disagree",
    title: "同一句中的两个日期先后颠倒，或与所写的天数不符",
    severity: Severity::Warning,
    fixed: false,
    authority: Authority::Arithmetic,
    basis: &[law::FORMAT_2021_ACCURACY],
    editions: Edition::ALL,
    docs: Docs {
        what: "“5月6日收到……，5月28日作出答复”，答复的日子是否在收到之前；“7月20日至7月12日”“5月17日至15日”，止期是否在起期之前；“1月24日批准，2月2日公开，用时9天”，写的天数是否等于两个日子相隔的天数，算上首尾的也可以。工作日、跨年度的不作判断。",
        why: "先后颠倒、天数不合，两个日期中必有一个写错，或者天数没有跟着改。",
        example: "[overview]\ntext = \"5月6日收到一件申请，4月28日作出答复。\"",
        corrected: "[overview]\ntext = \"5月6日收到一件申请，5月28日作出答复。\"",
    },
    check,
};

/// More findings in one text say nothing more.
const MOST: usize = 10;

fn check(report: &Report, findings: &mut Findings<'_>) {
    let year = report.header.year;
    for piece in pieces(report) {
        let before = findings.list.len();
        for sentence in sentences(piece.printed()) {
            let text = &piece.printed()[sentence.clone()];
            let days = days(text);
            for pair in days.windows(2) {
                if let [first, last] = pair
                    && findings.list.len() - before < MOST
                {
                    judge(&piece, sentence.start, (text, year), (first, last), findings);
                }
            }
        }
    }
}

/// The days that a sentence names: 5月15日至17日 names two.
fn days(text: &str) -> Vec<WrittenDate> {
    let named = dates(text).into_iter().filter(|date| date.day.is_some());
    named
        .flat_map(|date| {
            let last = last_of_spread(text, &date);
            [Some(date), last]
        })
        .flatten()
        .collect()
}

/// Judges two days of a sentence that begins at a byte of the piece.
fn judge(
    piece: &Piece<'_>,
    start: usize,
    (text, year): (&str, Option<u16>),
    (first, last): (&WrittenDate, &WrittenDate),
    findings: &mut Findings<'_>,
) {
    let Some((from, to)) = both(first, last, year) else { return };
    let place = |date: &WrittenDate| piece.place(start + date.range.start..start + date.range.end);
    let said = |date: &WrittenDate| text[date.range.clone()].to_owned();
    let order = match (is_period(text, first, last), is_reply(text, first, last)) {
        (true, _) => Some(("止期", "起期")),
        (false, true) => Some(("答复的日子", "收到的日子")),
        (false, false) => None,
    };
    if let Some((later, earlier)) = order.filter(|_| to < from) {
        let message = format!("{later}“{}”在{earlier}“{}”之前", said(last), said(first));
        let finding = findings.report(place(last), message, later);
        finding.related.push(Label::new(place(first), earlier));
        finding.help.push("核对两个日期，改正写错的那一个；跨年度的，写明年份".to_owned());
        return;
    }
    let Some((told, at)) = span_told(text, last).filter(|_| from < to) else { return };
    let apart = days_between(from, to);
    // Both ends may be counted, or one of them.
    if told == apart || told == apart + 1 {
        return;
    }
    let message = format!(
        "“{}”到“{}”相隔 {apart} 天（算上首尾是 {} 天），这里写的是 {told} 天",
        said(first),
        said(last),
        apart + 1
    );
    let at = piece.place(start + at.start..start + at.end);
    let finding = findings.report(at, message, "与两个日期不符");
    finding.related.extend([first, last].map(|date| Label::new(place(date), "")));
    finding.help.push("核对两个日期和天数，改正写错的那一个".to_owned());
}

/// Two days as days of the calendar; none where a year is unsure: a day of winter and one of spring may be of two years.
fn both(first: &WrittenDate, last: &WrittenDate, year: Option<u16>) -> Option<(Date, Date)> {
    const AUTUMN: u8 = 10;
    const SPRING: u8 = 3;
    let told = first.year.or(year)?;
    let over_years = first.month >= AUTUMN && last.month <= SPRING && last.year.is_none();
    if over_years || first.year.is_none() && last.year.is_some() {
        return None;
    }
    let from = Date::new(told, first.month, first.day?)?;
    let to = Date::new(last.year.unwrap_or(told), last.month, last.day?)?;
    Some((from, to))
}

/// True if two days bound a period of one month or of years that are told: 7月20日至7月12日. 11月1日至2月28日 goes on in the next year.
fn is_period(text: &str, first: &WrittenDate, last: &WrittenDate) -> bool {
    let certain = first.month == last.month || last.year.is_some();
    certain && joins(&text[first.range.end..last.range.start])
}

/// True if something came in on one day and was answered on the other: 5月6日收到申请，于4月28日答复.
fn is_reply(text: &str, first: &WrittenDate, last: &WrittenDate) -> bool {
    const MARKS: &[char] = &['，', '；', '。', '、'];
    let lists = WordLists::get();
    let behind = |date: &WrittenDate| text[date.range.end..].split(MARKS).next();
    let came = behind(first).is_some_and(|clause| lists.came_in.are_in(clause));
    let answered = behind(last).is_some_and(|clause| lists.answered_on.start_of(clause).is_some());
    came && answered
}

/// The number of days told behind the later day, and its bytes: 2月2日公开，用时9天. 举办为期2天的培训 is of something within.
fn span_told(text: &str, last: &WrittenDate) -> Option<(u32, Range<usize>)> {
    const REACH: usize = 24;
    const UNIT: char = '天';
    let lists = WordLists::get();
    let behind = &text[last.range.end..];
    let reach = behind.char_indices().nth(REACH).map_or(behind.len(), |(at, _)| at);
    // Another figure between is of something else.
    let figure = behind[..reach].find(|c: char| c.is_ascii_digit()).unwrap_or(reach);
    let (word, lasted) = lists.lasted.first_in(&behind[..figure])?;
    // 分三批举办，每期为期两天 is of each of them.
    if lists.of_each_span.are_in(&behind[..word]) {
        return None;
    }
    // 期间共 may stand in 试运行期间共, and more words than one in a row.
    let mut number = word + lasted.len();
    while let Some(more) = lists.lasted.start_of(&behind[number..]) {
        number += more.len();
    }
    let (told, length) = whole_number(&behind[number..])?;
    let end = number + length;
    let of_all = behind[end..].strip_prefix(UNIT).is_some_and(|rest| !rest.starts_with('的'));
    of_all.then(|| (told, last.range.end + number..last.range.end + end))
}

/// The number of days from one day to a later one, of the same year or another.
fn days_between(from: Date, to: Date) -> u32 {
    let (mut day, mut n) = (from, 0);
    /// More than two years are no span that a report counts in days.
    const LONGEST: u32 = 800;
    while day < to && n < LONGEST {
        let (year, month) = (day.year(), day.month());
        let next = Date::new(year, month, day.day() + 1)
            .or_else(|| Date::new(year, month + 1, 1))
            .or_else(|| Date::new(year + 1, 1, 1));
        let Some(next) = next else { break };
        day = next;
        n += 1;
    }
    n
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_text};

    #[test]
    fn an_answer_before_what_it_answers() {
        check(
            &RULE,
            r#"
[report]
year = 2023
[overview]
text = "5月6日收到一件申请，4月28日作出答复。"
#                           ^ 答复的日子
"#,
        );
        for wrong in [
            "例如，5月6日收到居民提交的申请，经核对后，于4月28日答复申请人。",
            "7月20日至7月12日，开展集中宣传。",
            "预算1月24日经批准，2月2日公开，用时19天。",
            "网站5月20日起试运行，6月18日上线，试运行期共19天。",
            "5月15日至17日举办全系统业务培训班，为期四天，124人参加。",
            "5月15日—17日集中培训，历时7天。",
            "5月17日至15日举办培训班。",
        ] {
            check_text(&RULE, wrong, "", 1);
        }
    }

    #[test]
    fn days_that_follow_each_other() {
        for fine in [
            "5月6日收到一件申请，5月28日作出答复。",
            "12月24日收到的申请，1月15日答复。",
            "预算1月24日经批准，2月2日公开，用时9天。",
            "5月1日至5月31日，开展为期31天的集中宣传。",
            "5月6日收到申请；4月28日召开会议，历时2天。",
            "11月1日至2月28日，开展检查。",
            "5月6日收到申请，5月28日答复，用时16个工作日。",
            "5月10日至6月20日，分批举办为期2天的培训。",
            "3月1日至3月31日，集中开放共5天。",
            "5月15日至17日举办培训班，为期三天。5月15日至17日分三批举办，每批为期一天。",
            "5月15日至17日举办为期四天的培训班。",
        ] {
            check_text(&RULE, fine, "", 0);
        }
    }
}
