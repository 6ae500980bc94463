//! A workbook's figures.

use super::belongs::{of_another_edition, shifted, wrong_identities, wrong_identity};
use super::cells::{Book, Filled, Typed, Value};
use super::plan::{FIRST_ROW, Planned, Sheet, Spot, a1, sheets};
use super::unpack::no_workbook;
use super::{Content, Fault, KEPT_DIGITS, Reading, SheetFigure, kind, n_digits};
use crate::edition::{Cell, NumberKind};
use crate::guard::guarded;
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
        .unwrap_or_else(|_| Reading { figures: Vec::new(), faults: vec![no_workbook()] })
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
            Ok(typed) => known.push((sheet, typed)),
            Err(fault) => reading.faults.push(fault),
        }
    }
    reading.faults.extend(wrong_identities(&known, report));
    for (sheet, typed) in &known {
        understand(sheet, typed, report, &mut reading);
    }
    reading.faults.extend(copies(&mut book, &sheets, &known, report));
    reading
}

/// Compares a sheet with its plan, and reads its figures when every label is where it must be.
fn understand(sheet: &Sheet, typed: &Typed, report: &Report, reading: &mut Reading) {
    let Reading { figures, faults } = reading;
    let address = |row: u32, column: u32| format!("{}!{}", sheet.name, a1(row, column));
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
            Ok(content) => figures.push(SheetFigure { cell: *cell, address, content }),
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
fn copies(
    book: &mut Book,
    sheets: &[Sheet],
    known: &[(&Sheet, Typed)],
    report: &Report,
) -> Vec<Fault> {
    let mut faults = Vec::new();
    let names = book.names();
    for name in names.iter().filter(|name| sheets.iter().all(|sheet| sheet.name != **name)) {
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
            let original = sheet.name;
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
