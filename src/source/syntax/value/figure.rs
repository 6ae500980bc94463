//! One figure: with a unit, thousands separators, in full width, or a word for none.

use std::str::FromStr as _;

use super::super::super::names::Figure;
use super::super::half_width;
use super::mended::{KEY, Mended, NOTHING, is_quote, remarked};
use crate::report::Money;

/// The text typed for one figure.
pub(super) enum Typed {
    /// A figure, and words behind it.
    Number(String, String),
    /// A word for none.
    Zero(String),
    /// A dash or the like, which may mean none or not known.
    Dash(String),
    /// A word for not known.
    Unknown(String),
    /// Nothing.
    Blank,
    /// Something else.
    Other,
}

pub(super) fn read(kind: Figure, typed: &str) -> Typed {
    let inner =
        typed.trim_matches(|c: char| is_quote(c) || c == '"' || c == '\'' || c.is_whitespace());
    if inner.is_empty() {
        return Typed::Blank;
    }
    match inner {
        "无" | "没有" | "零" | "〇" | "○" | "Ｏ" | "O" | "o" | "无此项" | "未发生" | "未收取"
        | "不涉及" | "none" | "None" | "null" | "nil" => {
            return Typed::Zero(inner.to_owned());
        }
        "未填" | "待填" | "待定" | "不详" | "暂无" | "暂缺" | "未知" | "不知道" | "?" | "？"
        | "待核实" | "待统计" | "…" | "……" | "..." => {
            return Typed::Unknown(inner.to_owned());
        }
        _ => {}
    }
    let is_dash = |c: char| "-－—–―─一~～/／\\＼|*×xX.．。·".contains(c);
    if inner.chars().all(is_dash) || ["N/A", "n/a", "NA", "n.a."].contains(&inner) {
        return Typed::Dash(inner.to_owned());
    }
    number(kind, inner).unwrap_or(Typed::Other)
}

/// A figure with thousands separators, full-width digits, a unit or words behind it.
pub(super) fn number(kind: Figure, inner: &str) -> Option<Typed> {
    let half: Vec<(usize, char)> = inner.char_indices().map(|(i, c)| (i, half_width(c))).collect();
    let mut digits = String::new();
    let mut end = 0;
    for (n, (i, c)) in half.iter().enumerate() {
        let next_is_digit = half.get(n + 1).is_some_and(|(_, c)| c.is_ascii_digit());
        let groups = || half[n + 1..].iter().take_while(|(_, c)| c.is_ascii_digit()).count() == 3;
        match c {
            c if c.is_ascii_digit() => digits.push(*c),
            '+' | '-' if n == 0 && next_is_digit => digits.push(*c),
            '.' if next_is_digit && !digits.is_empty() && !digits.contains('.') => digits.push('.'),
            ',' | '\'' | '_' | ' ' | '，' if next_is_digit && groups() && !digits.is_empty() => {}
            _ => break,
        }
        end = i + inner[*i..].chars().next().map_or(0, char::len_utf8);
    }
    if !digits.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let digits = unpadded(&digits);
    let tail = inner[end..].trim();
    let value = Money::from_str(digits.trim_start_matches('+')).ok()?;
    let (value, rest) = with_unit(kind, value, &digits, tail)?;
    Some(Typed::Number(value, rest.trim().to_owned()))
}

/// The digits without zeros before them.
fn unpadded(digits: &str) -> String {
    let (sign, rest) = match digits.strip_prefix(['+', '-']) {
        Some(rest) => (&digits[..1], rest),
        None => ("", digits),
    };
    let bare = rest.trim_start_matches('0');
    let bare =
        if bare.is_empty() || bare.starts_with('.') { format!("0{bare}") } else { bare.to_owned() };
    format!("{sign}{bare}")
}

/// Units of counts that are no part of a figure.
const COUNTERS: &[&str] =
    &["件次", "人次", "件", "宗", "份", "个", "项", "次", "条", "起", "例", "部", "册", "家", "人"];

/// The figure in the unit of its cell, and what is left behind it.
fn with_unit<'t>(
    kind: Figure,
    value: Money,
    digits: &str,
    tail: &'t str,
) -> Option<(String, &'t str)> {
    let scaled = |factor: Money| (value * factor).normalize().to_string();
    let ten_thousand = Money::from(10_000);
    let units: &[(&str, Option<Money>)] = &match kind {
        Figure::TenThousands => [
            ("亿元", Some(ten_thousand)),
            ("万元", None),
            ("万", None),
            ("元", Some(Money::ONE / ten_thousand)),
        ],
        Figure::Yuan => [
            ("亿元", Some(ten_thousand * ten_thousand)),
            ("万元", Some(ten_thousand)),
            ("万", Some(ten_thousand)),
            ("元", None),
        ],
        Figure::Count | Figure::Change => {
            [("万", Some(ten_thousand)), ("", None), ("", None), ("", None)]
        }
    };
    for (unit, factor) in units.iter().filter(|(unit, _)| !unit.is_empty()) {
        if let Some(rest) = tail.strip_prefix(unit) {
            let rest =
                COUNTERS.iter().find_map(|counter| rest.strip_prefix(counter)).unwrap_or(rest);
            return Some((factor.map_or_else(|| digits.to_owned(), scaled), rest));
        }
    }
    let rest = match kind {
        Figure::Count | Figure::Change => {
            COUNTERS.iter().find_map(|counter| tail.strip_prefix(counter)).unwrap_or(tail)
        }
        Figure::TenThousands | Figure::Yuan => tail,
    };
    Some((digits.to_owned(), rest))
}

fn unit(kind: Figure) -> &'static str {
    match kind {
        Figure::Count | Figure::Change => "件",
        Figure::TenThousands => "万元",
        Figure::Yuan => "元",
    }
}

/// One figure.
pub(super) fn figure(kind: Figure, typed: &str) -> Option<Mended> {
    Some(match read(kind, typed) {
        Typed::Blank => Mended::new("等号后面没有值", None)
            .help("在等号后填写数字，没有的写 0；还不知道的在行首加 #，或写 \"\""),
        Typed::Zero(word) => {
            Mended::new(format!("这里要写数字，“{word}”写成 0"), Some("0".to_owned()))
        }
        Typed::Unknown(word) => {
            Mended::new(format!("这里要写数字，写的是“{word}”"), Some("\"\"".to_owned()))
                .help(NOTHING)
        }
        Typed::Dash(word) => {
            Mended::new(format!("这里要写数字，写的是“{word}”"), None).help(NOTHING)
        }
        Typed::Number(value, tail) if tail.is_empty() => {
            if value == typed {
                return None;
            }
            let what = format!("“{}”不是一个数字：只写数字，不带单位、引号和千分号", typed.trim());
            let help = match kind {
                Figure::TenThousands | Figure::Yuan => {
                    format!("单位是{}，写成 {value}", unit(kind))
                }
                Figure::Count | Figure::Change => String::new(),
            };
            Mended::new(what, Some(value)).help(help)
        }
        Typed::Number(value, tail) => {
            let inner = tail.trim_matches(['（', '）', '(', ')', ' ']);
            if value.is_empty() || inner.starts_with(|c: char| c.is_ascii_digit()) {
                return Some(Mended::new(format!("“{typed}”不是一个数字"), None).help(NOTHING));
            }
            let mended = remarked(value, &tail);
            if tail.starts_with(['（', '(']) {
                let line =
                    format!("{}  # {}", mended.value.as_deref().unwrap_or_default(), mended.remark);
                return Some(
                    mended
                        .help(format!("写成 {KEY} = {line}；要印在表中的，写成一条备注 [[notes]]")),
                );
            }
            mended
        }
        Typed::Other => Mended::new(format!("“{}”不是一个数字", typed.trim()), None)
            .help(format!("只写阿拉伯数字，不带单位和千分号；{NOTHING}")),
    })
}
