//! Values that are no figures: texts, words to choose, days, and yes or no.

use super::super::super::keys::dated;
use super::super::super::literal::quoted;
use super::super::half_width;
use super::mended::{Mended, is_quote, remarked};
use crate::report::Date;

/// A text without its quotes, or with others.
pub(super) fn text(label: &str, typed: &str) -> Option<Mended> {
    if typed.is_empty() {
        return Some(
            Mended::new("等号后面没有值", None)
                .help("在等号后填写文字，两边加英文引号；暂时没有的，在行首加 # 或写 \"\""),
        );
    }
    let (value, tail) = match typed.strip_prefix(['"', '\'']) {
        Some(rest) => match rest.split_once(&typed[..1]) {
            // Closed, and something behind it.
            Some((inner, tail)) if !tail.contains(&typed[..1]) => (inner, tail.trim()),
            Some(_) => {
                let inner = rest.strip_suffix(&typed[..1]).unwrap_or(rest);
                return Some(
                    Mended::new("引号里面又有英文引号", Some(quoted(&chinese_quotes(inner))))
                        .help("文字里面的引号用中文引号“”，只在开头和末尾用英文引号"),
                );
            }
            None => {
                let inner = rest.trim_end_matches(is_quote);
                let what = if inner.len() < rest.len() {
                    "文字以英文引号开头，却以中文引号结束"
                } else {
                    "文字没有用引号结束"
                };
                return Some(Mended::new(what, Some(quoted(inner.trim()))));
            }
        },
        None => {
            let inner = typed.trim_matches(|c: char| is_quote(c) || c.is_whitespace());
            let what = if typed.starts_with(is_quote) {
                "值两边用的是中文引号，须用英文引号".to_owned()
            } else {
                format!("“{label}”是文字，两边要加英文引号")
            };
            return Some(Mended::new(what, Some(quoted(&chinese_quotes(inner)))));
        }
    };
    (!tail.is_empty()).then(|| remarked(quoted(value), tail))
}

/// Quotes within a text as Chinese writes them, in pairs.
fn chinese_quotes(text: &str) -> String {
    let mut opens = true;
    let mut swap = |c: char| {
        if c != '"' {
            return c;
        }
        opens = !opens;
        if opens { '”' } else { '“' }
    };
    text.chars().map(&mut swap).collect()
}

pub(super) fn choice(choices: &[(&'static str, &'static str)], typed: &str) -> Option<Mended> {
    let word = typed.trim_matches(|c: char| is_quote(c) || c.is_whitespace() || c == '"');
    let (first, tail) = word.split_once([' ', '　', '|', '，', ',']).unwrap_or((word, ""));
    let is_meant = |(key, meaning): &&(&str, &str)| {
        key.eq_ignore_ascii_case(first) || *meaning == first || *meaning == word
    };
    let found = choices.iter().find(is_meant).or_else(|| {
        let mut near =
            choices.iter().filter(|(_, meaning)| !first.is_empty() && meaning.contains(first));
        let only = near.next();
        only.filter(|_| near.next().is_none())
    });
    let words: Vec<String> =
        choices.iter().map(|(key, meaning)| format!("\"{key}\" {meaning}")).collect();
    let allowed = format!("写英文引号里的一个：{}", words.join("、"));
    let what = if typed.is_empty() {
        "等号后面没有值"
    } else if typed.starts_with('"') && tail.is_empty() && typed.matches('"').count() > 1 {
        return None;
    } else if typed.starts_with(is_quote) {
        "值两边用的是中文引号，须用英文引号"
    } else {
        "这里是文字，两边要加英文引号"
    };
    Some(match found {
        Some((key, _)) => Mended::new(what, Some(format!("\"{key}\""))),
        None => Mended::new(what, None).help(allowed),
    })
}

/// A day in one of the ways in which people write days.
pub(in super::super::super) fn date(typed: &str, year: Option<u16>) -> Option<Mended> {
    if typed.is_empty() {
        return Some(Mended::new("等号后面没有值", None).help(dated(
            "在等号后填写日期，写成 {next}-01-09 的样子；暂时没有的，在行首加 #",
            year,
        )));
    }
    let form = dated("日期写成 {next}-01-09 的样子：四位年、两位月、两位日，不加引号", year);
    let plain: String = typed.chars().map(half_width).collect();
    let plain = plain.trim_matches(|c: char| is_quote(c) || c == '"' || c.is_whitespace());
    let what = format!("“{}”不是日期的写法", plain.chars().take(20).collect::<String>());
    let end = plain.rfind(|c: char| c.is_ascii_digit()).map_or(0, |i| i + 1);
    let tail = plain[end..].trim_start_matches(['日', '号']).trim();
    let parts: Vec<&str> = plain[..end]
        .split(|c: char| "年月日.-/、 —－".contains(c))
        .filter(|part| !part.is_empty())
        .collect();
    let number = |part: &str| part.parse::<u16>().ok();
    let day = match parts.as_slice() {
        [year, month, day] if year.len() == 4 => {
            let (month, day) = (number(month)?, number(day)?);
            number(year).and_then(|year| {
                Date::new(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
            })
        }
        _ => None,
    };
    Some(match day {
        Some(day) if day.to_string() == typed => return None,
        Some(day) => {
            let value = day.to_string();
            Mended { remark: tail.to_owned(), ..Mended::new(what, Some(value)) }
        }
        None if parts.len() == 3 => {
            Mended::new(format!("没有“{plain}”这一天，或日期写法不对"), None).help(form)
        }
        None => Mended::new(what, None).help(form),
    })
}

pub(super) fn whole(typed: &str, help: &str) -> Option<Mended> {
    if typed.is_empty() {
        return Some(
            Mended::new("等号后面没有值", None).help("在等号后填写数字；暂时没有的，在行首加 #"),
        );
    }
    let plain: String = typed.chars().map(half_width).collect();
    let digits: String = plain.chars().filter(char::is_ascii_digit).collect();
    if digits == typed {
        return None;
    }
    let value = digits.parse::<u64>().ok().map(|number| number.to_string());
    Some(Mended::new(format!("“{typed}”不是一个数字"), value).help(match digits.is_empty() {
        true => help,
        false => "",
    }))
}

pub(super) fn boolean(typed: &str) -> Option<Mended> {
    let plain = typed.trim_matches(|c: char| is_quote(c) || c == '"' || c.is_whitespace());
    let value = match plain.to_lowercase().as_str() {
        "是" | "对" | "要" | "印" | "加" | "yes" | "y" | "true" | "1" | "on" => Some("true"),
        "否" | "不" | "不要" | "不印" | "不加" | "no" | "n" | "false" | "0" | "off" => {
            Some("false")
        }
        _ => None,
    };
    if matches!(typed, "true" | "false") {
        return None;
    }
    let what = if typed.is_empty() {
        "等号后面没有值".to_owned()
    } else {
        format!("“{plain}”不是 true 或 false")
    };
    Some(Mended::new(what, value.map(str::to_owned)).help(match value {
        Some(_) => "",
        None => "是写 true，否写 false，不加引号；不需要的在行首加 #",
    }))
}
