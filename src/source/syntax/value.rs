//! A value as it was meant: what is amiss with it, and how it is written.

use std::str::FromStr;

use super::super::keys::{KeyKind, dated};
use super::super::names::{Figure, Holds, column_of};
use super::super::write::quoted;
use super::half_width;
use crate::edition::Edition;
use crate::report::{Date, Money};

/// What is amiss with a value, and how it is written.
pub(in super::super) struct Mended {
    /// What is amiss.
    pub(in super::super) what: String,
    /// What to do; empty where that is to write the line as it should be.
    pub(in super::super) help: String,
    /// The value as it should be, where only one can be meant.
    pub(in super::super) value: Option<String>,
    /// What belongs behind `#`.
    pub(in super::super) remark: String,
}

impl Mended {
    fn new(what: impl Into<String>, value: Option<String>) -> Self {
        Self { what: what.into(), help: String::new(), value, remark: String::new() }
    }

    fn help(self, help: impl Into<String>) -> Self {
        Self { help: help.into(), ..self }
    }
}

/// What stands in help for the key, which a value does not know.
pub(in super::super) const KEY: &str = "〔键〕";

/// What to do where nothing was filled.
pub(in super::super) const NOTHING: &str = "没有的写 0；还不知道的写 \"\"，或者在行首加 #";

/// What is amiss with what was typed for a key, if it can be told.
pub(in super::super) fn mend(holds: &Holds, typed: &str, year: Option<u16>) -> Option<Mended> {
    let typed = typed.trim();
    match holds {
        Holds::Figure(kind) => figure(*kind, typed),
        Holds::List(columns) => list(holds, columns, typed),
        Holds::Named(columns) => named(holds, columns, typed),
        Holds::Key(key) => {
            let label = key.label(Edition::LATEST).split(['；', '（']).next().unwrap_or_default();
            match key.kind {
                KeyKind::Line | KeyKind::Path | KeyKind::File | KeyKind::Text | KeyKind::Lines => {
                    text(label, typed)
                }
                KeyKind::Choice => choice(&key.choices(), typed),
                KeyKind::Date => date(typed, year),
                KeyKind::Year => whole(typed, "年份只写四位数字，不加“年”和引号"),
                KeyKind::Whole(..) => whole(typed, "只写数字，不带单位和引号"),
                KeyKind::Boolean => boolean(typed),
                KeyKind::Count
                | KeyKind::Money
                | KeyKind::Names
                | KeyKind::Table
                | KeyKind::Tables => None,
            }
        }
    }
}

/// A text without its quotes, or with others.
fn text(label: &str, typed: &str) -> Option<Mended> {
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

/// A value with words behind it that belong behind `#`.
fn remarked(value: String, tail: &str) -> Mended {
    let tail = tail.trim_matches(['#', '＃', ' ']);
    let bare = tail.trim_start_matches(['，', ',', '；', ';', '。', ' ']);
    Mended {
        what: format!("“{}”是说明，要写在 # 之后", bare.chars().take(20).collect::<String>()),
        help: String::new(),
        value: Some(value),
        remark: bare.to_owned(),
    }
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

fn choice(choices: &[(&'static str, &'static str)], typed: &str) -> Option<Mended> {
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
pub(in super::super) fn date(typed: &str, year: Option<u16>) -> Option<Mended> {
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

fn whole(typed: &str, help: &str) -> Option<Mended> {
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

fn boolean(typed: &str) -> Option<Mended> {
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

/// What was typed for one figure.
enum Typed {
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

fn read(kind: Figure, typed: &str) -> Typed {
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
fn number(kind: Figure, inner: &str) -> Option<Typed> {
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
fn figure(kind: Figure, typed: &str) -> Option<Mended> {
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

/// The cells of a row written as a list, however they are parted, and what stands behind it.
fn cells(typed: &str) -> (Vec<String>, String) {
    let is_open = |c: char| "[［【(（{｛".contains(c);
    let is_close = |c: char| "]］】)）}｝".contains(c);
    let inner = typed.trim().trim_start_matches(|c: char| is_open(c) || c.is_whitespace());
    let has_bracket = inner.len() < typed.trim().len();
    let (inner, tail) = match inner.find(is_close) {
        Some(at) => {
            let close = inner[at..].chars().next().map_or(0, char::len_utf8);
            (&inner[..at], inner[at + close..].trim())
        }
        None => (inner, ""),
    };
    let is_comma = |c: char| ",，、；;".contains(c);
    let pieces: Vec<&str> = if inner.contains(is_comma) {
        inner.split(is_comma).collect()
    } else {
        inner.split_whitespace().collect()
    };
    let mut cells: Vec<String> = pieces.into_iter().map(|piece| piece.trim().to_owned()).collect();
    let mut tail = tail.to_owned();
    // Without brackets, the remark begins within the last cell.
    if !has_bracket && let Some(last) = cells.last_mut() {
        let end = last.find(|c: char| c.is_whitespace()).unwrap_or(last.len());
        tail = last[end..].trim().to_owned();
        last.truncate(end);
    }
    (cells, tail)
}

fn list(holds: &Holds, columns: &[(&str, &str)], typed: &str) -> Option<Mended> {
    let labels: Vec<&str> = columns
        .split_last()
        .map_or(&[][..], |(_, parts)| parts)
        .iter()
        .map(|column| column.1)
        .collect();
    let n = labels.len();
    let form = format!("[{}]", labels.join(", "));
    let plain: String = typed.chars().map(half_width).collect();
    if typed.is_empty() {
        return Some(
            Mended::new("等号后面没有值", None)
                .help(format!("按 {form} 的次序写 {n} 个数；全部没有的写 0，还不知道的在行首加 #")),
        );
    }
    if plain.contains('=') || plain.contains(':') && plain.contains(['{', '｛']) {
        return by_name(holds, typed);
    }
    if let Typed::Zero(word) = read(Figure::Count, typed) {
        return Some(Mended::new(format!("这里要写数字，“{word}”写成 0"), Some("0".to_owned())));
    }
    if !typed.starts_with(|c: char| "[［【(（{｛".contains(c))
        && !plain.contains([',', '、', ';', ' ', '\t'])
    {
        let mended = figure(Figure::Count, typed)?;
        return Some(Mended {
            help: format!("一行写 {n} 个数 {form}；全部没有的写 0，还不知道的写 \"\""),
            value: mended.value.filter(|v| v == "0"),
            ..mended
        });
    }
    let (cells, tail) = cells(typed);
    let mut values = Vec::new();
    let mut amiss = None;
    let mut clear = true;
    for (i, cell) in cells.iter().enumerate() {
        match read(Figure::Count, cell) {
            // A comma behind the last is allowed.
            Typed::Blank if i + 1 == cells.len() && i >= n && cell.is_empty() => {}
            Typed::Blank if cell.is_empty() => {
                amiss = amiss.or(Some("方括号里有空着的位置".to_owned()));
                clear = false;
                values.push("0".to_owned());
            }
            Typed::Blank => values.push("\"\"".to_owned()),
            Typed::Zero(word) => {
                amiss = amiss.or(Some(format!("这里要写数字，“{word}”写成 0")));
                values.push("0".to_owned());
            }
            Typed::Unknown(word) => {
                amiss = amiss.or(Some(format!("这里要写数字，写的是“{word}”")));
                values.push("\"\"".to_owned());
            }
            Typed::Dash(word) => {
                amiss = amiss.or(Some(format!("这里要写数字，写的是“{word}”")));
                clear = false;
                values.push("0".to_owned());
            }
            Typed::Number(value, rest) if rest.is_empty() => {
                if value != *cell {
                    amiss =
                        amiss.or(Some(format!("“{cell}”不是一个数字：只写数字，不带单位和千分号")));
                }
                values.push(value);
            }
            Typed::Number(..) | Typed::Other => {
                return Some(Mended::new(format!("“{cell}”不是一个数字"), None).help(format!(
                    "写成 {n} 个数 {form}，用英文逗号隔开；没有的写 0，还不知道的写 \"\""
                )));
            }
        }
    }
    let is_whole = values.len() == n || values.len() == n + 1;
    let right = format!("[{}]", values.join(", "));
    let ascii = |c: char| c.is_ascii_digit() || "[], \"\t".contains(c);
    if amiss.is_none()
        && tail.is_empty()
        && typed.starts_with('[')
        && typed.ends_with(']')
        && typed.contains(',')
        && typed.chars().all(ascii)
    {
        return None;
    }
    let what = amiss.unwrap_or_else(|| brackets(typed));
    let mended = Mended {
        remark: tail,
        ..Mended::new(what, Some(right.clone()).filter(|_| is_whole && clear))
    };
    Some(if !is_whole {
        mended.help(format!("写成 {n} 个数 {form}，用英文逗号隔开，最后用 ] 结束"))
    } else if !clear {
        mended.help(format!("没有的写 0，写成 {right}；还不知道的写 \"\""))
    } else {
        mended
    })
}

/// What is amiss with the brackets and commas of a list.
fn brackets(typed: &str) -> String {
    if !typed.starts_with(|c: char| "[［【(（{｛".contains(c)) {
        "一组数要写在方括号 [ ] 里".to_owned()
    } else if typed.starts_with(['(', '（', '{', '｛']) {
        "一行各列的数应写在方括号 [ ] 里".to_owned()
    } else if typed.contains(['，', '、', '；', '［', '］', '【', '】']) {
        "方括号和逗号要用半角（英文）的".to_owned()
    } else if !typed.contains([']']) {
        "方括号里的一组数没有写完整，缺少结尾的 ]".to_owned()
    } else if !typed.contains(',') {
        "各数之间没有用英文逗号隔开".to_owned()
    } else {
        "方括号里的一组数写得不对".to_owned()
    }
}

/// A row by the names of its columns.
fn by_name(holds: &Holds, typed: &str) -> Option<Mended> {
    let (typed, tail) = match typed.rfind(['}', '｝']) {
        Some(at) => {
            let end = at + typed[at..].chars().next().map_or(0, char::len_utf8);
            (&typed[..end], typed[end..].trim())
        }
        None => (typed, ""),
    };
    let inner = typed.trim().trim_matches(|c: char| "{}｛｝[]［］()（） ".contains(c));
    let mut pairs = Vec::new();
    let mut amiss = None;
    for piece in inner.split([',', '，', '、', ';', '；']).filter(|piece| !piece.trim().is_empty())
    {
        let (name, value) = piece.split_once(['=', '＝', ':', '：'])?;
        let name = name.trim().trim_matches(['"', '“', '”']);
        let (key, kind) = column(holds, name)?;
        if key != name {
            amiss = amiss.or(Some(format!("列名要写英文，“{name}”写成 {key}")));
        }
        let value = value.trim();
        let right = match read(kind, value) {
            Typed::Number(right, rest) if rest.is_empty() => right,
            Typed::Zero(_) => "0".to_owned(),
            Typed::Unknown(_) => "\"\"".to_owned(),
            Typed::Blank if value.is_empty() => {
                return Some(
                    Mended::new("等号后面没有值", None)
                        .help("在等号后填写数字，没有的写 0；还不知道的写 \"\"，或者在行首加 #"),
                );
            }
            Typed::Blank => "\"\"".to_owned(),
            Typed::Dash(word) => {
                return Some(
                    Mended::new(format!("这里要写数字，写的是“{word}”"), None).help(NOTHING),
                );
            }
            Typed::Number(..) | Typed::Other => {
                return Some(
                    Mended::new(format!("“{value}”不是一个数字"), None)
                        .help("只写阿拉伯数字，不带单位和千分号；没有的写 0"),
                );
            }
        };
        if right != value {
            amiss = amiss.or(Some(format!("“{value}”不是一个数字：只写数字，不带单位和千分号")));
        }
        pairs.push(format!("{key} = {right}"));
    }
    let what = amiss.unwrap_or_else(|| {
        if typed.contains([':', '：']) {
            "花括号里列名和数之间要用英文等号 =".to_owned()
        } else if typed.contains(['，', '、', '；', '｛', '｝', '＝', ';']) {
            "花括号、等号和逗号要用半角（英文）的".to_owned()
        } else {
            "花括号没有配对，或各列之间没有用英文逗号隔开".to_owned()
        }
    });
    let is_right = typed.starts_with('{') && typed.ends_with('}') && typed.is_ascii();
    let what = match is_right && what.starts_with("花括号没有配对") {
        true if tail.is_empty() => return None,
        true => remarked(String::new(), tail).what,
        false => what,
    };
    let right = format!("{{ {} }}", pairs.join(", "));
    (!pairs.is_empty())
        .then(|| Mended { remark: tail.to_owned(), ..Mended::new(what, Some(right)) })
}

/// The column that a name means, and what stands in it.
fn column(holds: &Holds, name: &str) -> Option<(&'static str, Figure)> {
    let kind_of = |key: &str| match holds {
        Holds::Named(columns) => {
            columns.iter().find(|column| column.0 == key).map(|column| (column.0, column.2))
        }
        Holds::List(columns) => {
            columns.iter().find(|column| column.0 == key).map(|column| (column.0, Figure::Count))
        }
        Holds::Key(_) | Holds::Figure(_) => None,
    };
    kind_of(name).or_else(|| kind_of(column_of(holds, name)?))
}

fn named(
    holds: &Holds,
    columns: &[(&'static str, &'static str, Figure)],
    typed: &str,
) -> Option<Mended> {
    let each: Vec<String> = columns.iter().map(|(key, ..)| format!("{key} = …")).collect();
    let labels: Vec<&str> = columns.iter().map(|(_, label, _)| *label).collect();
    let form = format!("{{ {} }}（{}）", each.join(", "), labels.join("、"));
    if typed.is_empty() {
        return Some(
            Mended::new("等号后面没有值", None)
                .help(format!("写成 {form}；全部没有的写 0，还不知道的在行首加 #")),
        );
    }
    if typed.contains(['=', '＝', ':', '：']) {
        return by_name(holds, typed);
    }
    if let Typed::Zero(word) = read(Figure::Count, typed) {
        return Some(Mended::new(format!("这里要写数字，“{word}”写成 0"), Some("0".to_owned())));
    }
    if let Typed::Dash(word) | Typed::Unknown(word) = read(Figure::Count, typed) {
        return Some(
            Mended::new(format!("这里要写数字，写的是“{word}”"), None)
                .help(format!("{NOTHING}；有数的写成 {form}")),
        );
    }
    if let Some(Typed::Number(value, rest)) =
        number(Figure::Count, typed).filter(|_| !typed.contains([',', '，', '、']))
        && value == "0"
        && !rest.is_empty()
    {
        return Some(remarked(value, &rest));
    }
    let (cells, tail) = cells(typed);
    let mut pairs = Vec::new();
    for ((key, _, kind), cell) in columns.iter().zip(&cells) {
        match read(*kind, cell) {
            Typed::Number(value, rest) if rest.is_empty() => pairs.push(format!("{key} = {value}")),
            Typed::Zero(_) => pairs.push(format!("{key} = 0")),
            Typed::Unknown(_) => pairs.push(format!("{key} = \"\"")),
            Typed::Number(..) | Typed::Dash(_) | Typed::Blank | Typed::Other => {}
        }
    }
    let is_whole = pairs.len() == columns.len() && cells.len() == columns.len();
    let right = is_whole.then(|| format!("{{ {} }}", pairs.join(", ")));
    let mended =
        Mended { remark: tail, ..Mended::new("每个数之前要写列名和等号", right) };
    Some(if is_whole {
        mended
    } else {
        mended.help(format!("写成 {form}；全部为零时写 0"))
    })
}

fn is_quote(c: char) -> bool {
    matches!(
        c,
        '‘' | '’'
            | '“'
            | '”'
            | '＂'
            | '＇'
            | '「'
            | '」'
            | '『'
            | '』'
            | '`'
            | '´'
            | '′'
            | '″'
            | '〝'
            | '〞'
    )
}
