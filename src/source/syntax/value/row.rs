//! A row of figures: a list, or the columns by their names.

use super::super::super::names::{Figure, Holds, column_of};
use super::super::half_width;
use super::figure::{Typed, figure, number, read};
use super::mended::{Mended, NOTHING, remarked};

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

pub(super) fn list(holds: &Holds, columns: &[(&str, &str)], typed: &str) -> Option<Mended> {
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
    list_of_cells(typed, n, &form)
}

/// A row of `n` figures as a list, or what was typed for one.
fn list_of_cells(typed: &str, n: usize, form: &str) -> Option<Mended> {
    let (cells, tail) = cells(typed);
    let Mending { values, amiss, is_clear: clear } = match mended_cells(&cells, n) {
        Ok(mending) => mending,
        Err(cell) => {
            return Some(Mended::new(format!("“{cell}”不是一个数字"), None).help(format!(
                "写成 {n} 个数 {form}，用英文逗号隔开；没有的写 0，还不知道的写 \"\""
            )));
        }
    };
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

/// The cells of a list as they are written.
#[derive(Default)]
struct Mending {
    values: Vec<String>,
    /// The fault of the first that is not written so.
    amiss: Option<String>,
    /// True if only one figure can be meant by each.
    is_clear: bool,
}

/// Reads the cells of a list of `n` figures; the error is a cell that is no figure.
fn mended_cells(cells: &[String], n: usize) -> Result<Mending, &str> {
    let mut mending = Mending { is_clear: true, ..Mending::default() };
    for (i, cell) in cells.iter().enumerate() {
        let (value, amiss, is_clear) = match read(Figure::Count, cell) {
            // A comma behind the last is allowed.
            Typed::Blank if i + 1 == cells.len() && i >= n && cell.is_empty() => continue,
            Typed::Blank if cell.is_empty() => {
                ("0".to_owned(), Some("方括号里有空着的位置".to_owned()), false)
            }
            Typed::Blank => ("\"\"".to_owned(), None, true),
            Typed::Zero(word) => {
                ("0".to_owned(), Some(format!("这里要写数字，“{word}”写成 0")), true)
            }
            Typed::Unknown(word) => {
                ("\"\"".to_owned(), Some(format!("这里要写数字，写的是“{word}”")), true)
            }
            Typed::Dash(word) => {
                ("0".to_owned(), Some(format!("这里要写数字，写的是“{word}”")), false)
            }
            Typed::Number(value, rest) if rest.is_empty() => {
                let amiss = (value != *cell)
                    .then(|| format!("“{cell}”不是一个数字：只写数字，不带单位和千分号"));
                (value, amiss, true)
            }
            Typed::Number(..) | Typed::Other => return Err(cell),
        };
        mending.values.push(value);
        mending.amiss = mending.amiss.or(amiss);
        mending.is_clear &= is_clear;
    }
    Ok(mending)
}

/// The fault in the brackets and commas of a list.
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
        let right = match mended_cell(kind, value) {
            Ok(right) => right,
            Err(mended) => return Some(mended),
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

/// The figure of a column as it is written; the error says that only its author can tell which.
fn mended_cell(kind: Figure, value: &str) -> Result<String, Mended> {
    match read(kind, value) {
        Typed::Number(right, rest) if rest.is_empty() => Ok(right),
        Typed::Zero(_) => Ok("0".to_owned()),
        Typed::Unknown(_) => Ok("\"\"".to_owned()),
        Typed::Blank if value.is_empty() => Err(Mended::new("等号后面没有值", None)
            .help("在等号后填写数字，没有的写 0；还不知道的写 \"\"，或者在行首加 #")),
        Typed::Blank => Ok("\"\"".to_owned()),
        Typed::Dash(word) => {
            Err(Mended::new(format!("这里要写数字，写的是“{word}”"), None).help(NOTHING))
        }
        Typed::Number(..) | Typed::Other => {
            Err(Mended::new(format!("“{value}”不是一个数字"), None)
                .help("只写阿拉伯数字，不带单位和千分号；没有的写 0"))
        }
    }
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

pub(super) fn named(
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
