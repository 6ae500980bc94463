//! NB109: a day that the text names is one that the calendar has.

use crate::diag::Severity;
use crate::edition::Edition;
use crate::law::{self, Authority};
use crate::report::{Date, Report};
use crate::rules::machinery::text::pieces;
use crate::rules::machinery::written_dates::{WrittenDate, dates};
use crate::rules::{Docs, Findings, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB109",
    name: "date-impossible",
    title: "文字中的日期不存在",
    severity: Severity::Error,
    fixed: false,
    authority: Authority::Arithmetic,
    basis: &[law::FORMAT_2021_ACCURACY],
    editions: Edition::ALL,
    docs: Docs {
        what: "文字中写到的某月某日是否存在：4月、6月、9月、11月没有31日，2月只有闰年有29日（没有写年份的2月29日不作判断），一年没有13月。写成“2023.11.31”的也算。",
        why: "不存在的日期必是写错了月份或者日子，读者无从知道事情是哪一天做的。",
        example: "[overview]\ntext = \"5月6日至11月31日，在便民服务中心设立咨询台。\"",
        corrected: "[overview]\ntext = \"5月6日至11月30日，在便民服务中心设立咨询台。\"",
    },
    check,
};

/// More findings in one text say nothing more.
const MOST: usize = 10;

fn check(report: &Report, findings: &mut Findings<'_>) {
    for piece in pieces(report) {
        let text = piece.printed();
        // 11月31号文件 may be a document of November.
        let is_day = |date: &WrittenDate| !text[date.range.clone()].ends_with('号');
        let impossible = dates(text).into_iter().filter(|date| is_day(date) && !exists(date));
        for date in impossible.take(MOST) {
            let said = &text[date.range.clone()];
            let finding = findings.report(
                piece.place(date.range.clone()),
                format!("没有“{said}”{}", if date.day.is_some() { "这一天" } else { "这个月" }),
                last_day(&date),
            );
            finding.help.push("核对月份和日子".to_owned());
        }
    }
}

/// True if the calendar has the day, or the month of a year; 2月29日 is there in some years.
fn exists(date: &WrittenDate) -> bool {
    const MONTHS: u8 = 12;
    let has_month = date.year.is_none() || (1..=MONTHS).contains(&date.month);
    date.day.map_or(has_month, |day| has_day(date, day))
}

/// The last day of the month that a date names, or that there is no such month.
fn last_day(date: &WrittenDate) -> String {
    match (28..=31).rev().find(|day| has_day(date, *day)) {
        Some(last) => format!("{}月最后一天是{last}日", date.month),
        None => "一年只有12个月".to_owned(),
    }
}

/// True if the month of a date has a day; without a year, that of a leap year.
fn has_day(date: &WrittenDate, day: u8) -> bool {
    const LEAP: u16 = 2000;
    Date::new(date.year.unwrap_or(LEAP), date.month, day).is_some()
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_text};

    #[test]
    fn days_that_no_calendar_has() {
        check(
            &RULE,
            r#"
[overview]
text = "5月6日到11月31日，在大厅设立咨询台。"
#               ^ 11月最后一天是30日
"#,
        );
        for wrong in [
            "2023年2月29日召开会议。",
            "自6月1日起至九月三十一日止。",
            "2023.11.31公布。",
            "13月5日召开会议。",
            "2022年13月召开会议。",
        ] {
            check_text(&RULE, wrong, "", 1);
        }
    }

    #[test]
    fn days_that_exist() {
        for right in [
            "2024年2月29日召开会议，2月29日印发。",
            "截至12月31日，4月至11月30日，公开信息31条。",
            "11月31号文件印发。",
            "2022年12月召开会议，历时13月。",
            "1—11月31人参加培训，6月31项任务完成。",
        ] {
            check_text(&RULE, right, "", 0);
        }
    }
}
