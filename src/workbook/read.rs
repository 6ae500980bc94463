//! A workbook's figures.

use super::belongs::{of_another_edition, shifted, wrong_identities, wrong_identity};
use super::cells::Book;
use super::looks::looks;
use super::plan::{FIRST_ROW, Planned, Sheet, Spot, a1, sheets};
use super::typed::{Filled, Typed, Value};
use super::unpack::no_workbook;
use super::{Content, Fault, KEPT_DIGITS, Reading, SheetFigure, foreign, kind, n_digits};
use crate::edition::{Cell, NumberKind, Section};
use crate::guard::guarded;
use crate::invisible::is_invisible;
use crate::report::{MAX_COUNT, Money, Report};

/// From how many cells outside a table on, only the first of them is named.
const MANY_STRAYS: usize = 6;
/// Reads the figures of the three tables from a workbook that [`write`](super::write()) began, whatever
/// program has saved it since. `report` says which edition, body and year they must be of.
///
/// A cell that is not understood is told with its address; [`compare`](super::compare()) takes a workbook as a whole
/// or not at all.
pub fn read(bytes: &[u8], report: &Report) -> Reading {
    // Whatever the reader of workbooks stumbles over, the file is not one that Excel or WPS wrote.
    guarded(|| read_unguarded(bytes, report))
        .unwrap_or_else(|_| Reading { faults: vec![no_workbook()], ..Reading::default() })
}

/// Takes blank cells for 0, as an office may ask for, in every table in which a number stands, and says how many.
pub(crate) fn blanks_as_zeros(reading: &mut Reading) {
    let is_number = |figure: &&SheetFigure| matches!(figure.content, Content::Number(_));
    let begun: Vec<Section> =
        reading.figures.iter().filter(is_number).map(|figure| figure.cell.section()).collect();
    let is_meant = |figure: &&mut SheetFigure| {
        // A total that is blank is added up.
        figure.content == Content::Blank
            && !figure.cell.is_total()
            && begun.contains(&figure.cell.section())
    };
    let mut n = 0;
    for figure in reading.figures.iter_mut().filter(is_meant) {
        figure.content = Content::Number(Money::ZERO);
        n += 1;
    }
    if n > 0 {
        reading.remarks.push(remark(String::new(), format!("空着的 {n} 格按 0")));
    }
}

/// The remark on figures that do not show when the workbook is opened, because they may be older than those that do.
pub(crate) fn hidden_in_words(bytes: &[u8], reading: &Reading) -> Option<String> {
    let looks = looks(bytes);
    let mut said: Vec<String> = Vec::new();
    let mut sheets: Vec<&str> =
        reading.figures.iter().filter_map(|figure| figure.address.split('!').next()).collect();
    sheets.dedup();
    for (sheet, looks) in sheets.iter().filter_map(|sheet| Some((sheet, looks.get(*sheet)?))) {
        if looks.is_hidden {
            said.push(format!("工作表“{sheet}”是隐藏的"));
        }
        for (n, what) in [(looks.hidden_rows, "行"), (looks.hidden_columns, "处列")] {
            if n > 0 {
                said.push(format!("“{sheet}”有 {n} {what}是隐藏的"));
            }
        }
    }
    (!said.is_empty()).then(|| format!("{}，里面的数也读了，请核对", said.join("，")))
}

fn remark(address: String, message: String) -> Fault {
    Fault { address, message, help: String::new() }
}

fn read_unguarded(bytes: &[u8], report: &Report) -> Reading {
    let mut reading = Reading::default();
    let mut book = match Book::open(bytes) {
        Ok(book) => book,
        Err(fault) => {
            reading.faults.push(fault);
            return reading;
        }
    };
    let sheets = sheets(report.form());
    let mut known = Vec::new();
    for sheet in &sheets {
        match book.typed(sheet) {
            Ok(typed) => {
                if typed.name != sheet.name {
                    let message = format!("工作表“{}”按标题认作“{}”", typed.name, sheet.name);
                    reading.remarks.push(remark(String::new(), message));
                }
                known.push((sheet, typed));
            }
            Err(fault) => reading.faults.push(fault),
        }
    }
    // A text holds a sheet at a time; of the others nothing is said.
    if foreign::is_one_sheet(bytes)
        && let Some((sheet, _)) = known.first()
    {
        reading.faults.clear();
        let message = format!("CSV 文件里只有“{}”一张表，别的表没有动", sheet.name);
        reading.remarks = vec![remark(String::new(), message)];
    }
    reading.faults.extend(wrong_identities(&known, report));
    for (sheet, typed) in &known {
        understand(sheet, typed, report, &mut reading);
    }
    reading.faults.extend(copies(&mut book, &known, report));
    reading
}

/// Compares a sheet with its plan, and reads its figures when every label is where it must be.
fn understand(sheet: &Sheet, typed: &Typed, report: &Report, reading: &mut Reading) {
    let Reading { figures, faults, remarks } = reading;
    let address = |row: u32, column: u32| format!("{}!{}", typed.name, a1(row, column));
    let shifted = of_another_edition(sheet, typed, report)
        .or_else(|| shifted(sheet, typed).map(|shifted| shifted.fault()));
    if let Some(fault) = shifted {
        // Of a sheet whose rows or columns have moved, no figure is known to be where it seems to be.
        faults.push(fault);
        return;
    }
    faults.extend(merged_figures(sheet, typed, &address));
    faults.extend(strays(sheet, typed, &address));
    for spot in &sheet.cells {
        let Planned::Figure { cell, formula } = &spot.content else { continue };
        let address = address(spot.row, spot.column.into());
        let filled = typed.cells.get(&(spot.row, u32::from(spot.column)));
        match content(*cell, formula.as_deref(), filled) {
            Ok(content) => {
                if let (Some(Value::Text(text)), Content::Number(number)) =
                    (filled.map(|filled| &filled.value), &content)
                {
                    let message = format!("写成文字的“{}”读作 {number}", text.trim());
                    remarks.push(remark(address.clone(), message));
                }
                figures.push(SheetFigure { cell: *cell, address, content });
            }
            Err((message, help)) => {
                let message = format!("{}{message}", report.form().cell_name(*cell));
                faults.push(Fault { address, message, help: help.to_owned() });
            }
        }
    }
}

/// The contents outside the cells of the table.
fn strays(sheet: &Sheet, typed: &Typed, address: &impl Fn(u32, u32) -> String) -> Vec<Fault> {
    let covers = |spot: &&Spot, row: u32, column: u32| {
        (spot.row..=spot.last_row).contains(&row)
            && (u32::from(spot.column)..=u32::from(spot.last_column)).contains(&column)
    };
    let is_stray =
        |(row, column): (u32, u32)| match sheet.cells.iter().find(|spot| covers(spot, row, column))
        {
            Some(spot) => (spot.row, u32::from(spot.column)) != (row, column),
            None => row >= FIRST_ROW || column > 0,
        };
    let strays: Vec<_> = typed.cells.iter().filter(|(place, _)| is_stray(**place)).collect();
    let (n_named, more) = match strays.len() {
        n if n < MANY_STRAYS => (n, String::new()),
        n => (1, format!("等，共{n}格")),
    };
    let fault = |((row, column), filled): &(&(u32, u32), &Filled)| Fault {
        address: address(*row, *column),
        message: match &filled.value {
            Value::Number(number) => format!("表格之外写了“{number}”{more}"),
            Value::Text(text) if !text.is_empty() => {
                format!("表格之外写了“{}”{more}", text.trim().chars().take(20).collect::<String>())
            }
            Value::Else(what) => format!("表格之外写了{what}{more}"),
            Value::Text(_) | Value::Error(_) | Value::Blank => format!("表格之外写了公式{more}"),
        },
        help: "填错了格的，移到应填的格；备注请写到别的工作表".to_owned(),
    };
    strays.iter().take(n_named).map(fault).collect()
}

/// Sheets beside the known ones that are copies of them with other figures: which ones are meant
/// cannot be known.
fn copies(book: &mut Book, known: &[(&Sheet, Typed)], report: &Report) -> Vec<Fault> {
    let mut faults = Vec::new();
    let names = book.names();
    for name in names.iter().filter(|name| known.iter().all(|(_, typed)| typed.name != **name)) {
        let Ok(copy) = book.cells(name) else { continue };
        let is_of = |(sheet, _): &&(&Sheet, Typed)| shifted(sheet, &copy).is_none();
        let Some((sheet, original)) = known.iter().find(is_of) else { continue };
        let differs = |spot: &Spot| {
            let value = |typed: &Typed| {
                let filled = typed.cells.get(&(spot.row, u32::from(spot.column)));
                filled.map_or(String::new(), |filled| shown(&filled.value))
            };
            matches!(spot.content, Planned::Figure { formula: None, .. })
                && value(&copy) != value(original)
        };
        // One of another body or year stands there to be compared with.
        if wrong_identity(&copy, report).is_none() && sheet.cells.iter().any(differs) {
            let original = &original.name;
            faults.push(Fault {
                address: name.clone(),
                message: format!(
                    "这张工作表和“{original}”是同一张表，数却不一样，分不清要用哪一张"
                ),
                help: format!("只留要用的一张，名称叫“{original}”，另一张删去或移到别的文件"),
            });
        }
    }
    faults
}

/// The text of a cell, to be compared.
fn shown(value: &Value) -> String {
    match value {
        Value::Blank => String::new(),
        Value::Number(number) => number.to_string(),
        Value::Text(text) => text.trim().to_owned(),
        Value::Else(what) => (*what).to_owned(),
        Value::Error(error) => error.clone(),
    }
}

/// Figures that have been merged with their neighbours.
fn merged_figures(
    sheet: &Sheet,
    typed: &Typed,
    address: &impl Fn(u32, u32) -> String,
) -> Vec<Fault> {
    let wrong = typed.merged.iter().filter(|(row, column, last_row, last_column)| {
        sheet.cells.iter().any(|spot| {
            let touches = *row <= spot.last_row
                && spot.row <= *last_row
                && *column <= u32::from(spot.last_column)
                && u32::from(spot.column) <= *last_column;
            let inside = spot.row <= *row
                && *last_row <= spot.last_row
                && u32::from(spot.column) <= *column
                && *last_column <= u32::from(spot.last_column);
            matches!(spot.content, Planned::Figure { .. }) && touches && !inside
        })
    });
    wrong
        .map(|(row, column, last_row, last_column)| Fault {
            address: format!("{}:{}", address(*row, *column), a1(*last_row, *last_column)),
            message: "这几格合并在一起了，分不清是哪一格的数".to_owned(),
            help: "取消合并，逐格填写".to_owned(),
        })
        .collect()
}

/// The figure in a cell; else its fault and the remedy.
fn content(
    cell: Cell,
    formula: Option<&str>,
    filled: Option<&Filled>,
) -> Result<Content, (String, &'static str)> {
    let Some(Filled { value, formula: typed }) = filled else { return Ok(Content::Blank) };
    if let (Some(formula), Some(typed)) = (formula, typed)
        && plain(formula) == plain(typed)
    {
        return Ok(Content::Added);
    }
    let number = match (value, typed) {
        (Value::Number(number), _) => *number,
        // A formula that shows a text may show another one tomorrow.
        (Value::Text(text), None) if number_in(text).is_some() => {
            number_in(text).unwrap_or_default()
        }
        (Value::Blank, None) => return Ok(Content::Blank),
        // A formula that shows nothing fills nothing.
        (Value::Text(text), _) if text.is_empty() => return Ok(Content::Blank),
        (Value::Blank, Some(_)) => {
            return Err((
                "是公式，文件里没有它的结果".to_owned(),
                "用 Excel 或 WPS 打开这份工作簿，保存一次再导入；或者直接填数",
            ));
        }
        (Value::Text(text), _) => {
            return Err((
                format!("写的是文字“{}”，不是数", text.trim()),
                "只填数，不写单位；左上角有绿色三角的，选中后点旁边的感叹号，选“转换为数字”；没有的填 0",
            ));
        }
        (Value::Else(what), _) => {
            return Err((format!("是{what}，不是数"), "把这一格的格式改为“常规”，重新填数"));
        }
        (Value::Error(error), _) => {
            return Err((format!("是公式的错误 {error}，不是数"), "改正公式，或者直接填数"));
        }
    };
    // The shortest text that is this number is what was typed, as long as it has no more digits than are kept.
    let exact = format!("{number}").parse::<Money>().ok();
    let kind = kind(cell);
    match exact {
        Some(number) if kind != NumberKind::Change && number < Money::ZERO => {
            Err((format!("是负数 {number}"), "填不小于 0 的数"))
        }
        Some(number) if number.abs() > Money::from(MAX_COUNT) => {
            Err((format!("是 {number}，大得不合常理"), "核对这个数"))
        }
        Some(number) if kind != NumberKind::Amount && !number.is_integer() => {
            Err((format!("是小数 {number}"), "这里只能填整数"))
        }
        Some(number) if n_digits(number) > KEPT_DIGITS => Err((
            format!("是 {number}，有效数字超过{KEPT_DIGITS}位，是公式算出来的尾数"),
            "按实际金额直接填数",
        )),
        Some(number) => Ok(Content::Number(number.normalize())),
        None => Err((format!("是 {number}，不是能用的数"), "核对这个数")),
    }
}

/// A formula as it compares with another one. The equals sign of `COUNT(…)=6` goes on both sides.
fn plain(formula: &str) -> String {
    let kept = |c: &char| !c.is_whitespace() && *c != '$' && *c != '=';
    formula.chars().filter(kept).map(|c| c.to_ascii_uppercase()).collect()
}

/// The number that a text says in digits of any width, with separators between thousands where they stand; none where
/// it says anything else.
fn number_in(text: &str) -> Option<f64> {
    let narrow = |c: char| match c {
        '０'..='９' => {
            char::from_u32(u32::from(c) - u32::from('０') + u32::from('0')).unwrap_or(c)
        }
        '．' => '.',
        '，' => ',',
        '－' => '-',
        c => c,
    };
    let plain: String = text.trim().chars().filter(|c| !is_invisible(*c)).map(narrow).collect();
    let unsigned = plain.strip_prefix('-').unwrap_or(&plain);
    let (whole, fraction) =
        unsigned.split_once('.').map_or((unsigned, None), |(whole, rest)| (whole, Some(rest)));
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let rest: Vec<&str> = groups.collect();
    let is_grouped = rest.is_empty()
        || (first.len() <= 3 && rest.iter().all(|group| group.len() == 3 && is_digits(group)));
    if !is_digits(first) || !is_grouped || !fraction.is_none_or(is_digits) {
        return None;
    }
    plain.replace(',', "").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_numbers_only_where_they_can_be_nothing_else() {
        for (text, number) in [
            (" 7 ", 7.0),
            ("３", 3.0),
            ("１，２３４", 1234.0),
            ("1,234,567.50", 1_234_567.5),
            ("-2", -2.0),
            ("\u{200B}12", 12.0),
        ] {
            assert_eq!(number_in(text), Some(number), "{text}");
        }
        for text in
            ["", "7件", "1 2", "1,23", "12,3456", "1.2.3", "一", "-", "1.", ",1", "1e3", "inf"]
        {
            assert_eq!(number_in(text), None, "{text}");
        }
    }
}
