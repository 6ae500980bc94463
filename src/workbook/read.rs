//! A workbook's figures; the only user of `calamine`.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{DataRef, Reader as _, Xlsx};

use super::plan::{FIRST_ROW, Planned, Sheet, Spot, a1, identity, sheets};
use super::{Content, Fault, KEPT_DIGITS, Reading, SheetFigure, kind, n_digits};
use crate::edition::{Cell, NumberKind};
use crate::report::{MAX_COUNT, Money, Report, UNFILLED};

/// A workbook of these three tables has some tens of kilobytes; anything larger is some other file.
const MAX_WORKBOOK: usize = 4 * 1024 * 1024;

/// Reads the figures of the three tables from a workbook that [`write`](super::write()) began, whoever
/// has saved it since. `report` says which edition, body and year they must be of.
///
/// What is not understood is told with its address; [`compare`](super::compare()) takes a workbook as a whole
/// or not at all.
pub fn read(bytes: &[u8], report: &Report) -> Reading {
    let mut reading = Reading::default();
    if bytes.len() > MAX_WORKBOOK {
        reading.faults.push(whole("文件太大，不像是本程序导出的工作簿"));
        return reading;
    }
    let Ok(mut book) = Xlsx::new(Cursor::new(bytes)) else {
        reading
            .faults
            .push(whole("不是 Excel 工作簿（.xlsx），或文件已损坏；.xls 和 .et 请先另存为 .xlsx"));
        return reading;
    };
    for sheet in &sheets(report.form()) {
        match typed(&mut book, sheet.name) {
            Ok(typed) => understand(sheet, &typed, report, &mut reading),
            Err(fault) => reading.faults.push(fault),
        }
    }
    reading
}

fn whole(message: &str) -> Fault {
    Fault {
        address: String::new(),
        message: message.to_owned(),
        help: "先用 nianbao export 导出一份，在其中填写，再导入".to_owned(),
    }
}

/// What stands in the cells of a sheet, by row and column counted from 0.
struct Typed {
    cells: BTreeMap<(u32, u32), Filled>,
    /// Merged cells: first row, first column, last row, last column.
    merged: Vec<(u32, u32, u32, u32)>,
}

/// A cell in which something stands.
struct Filled {
    value: Value,
    formula: Option<String>,
}

/// What a cell shows.
enum Value {
    Blank,
    Number(f64),
    Text(String),
    /// A date, a truth value or an error, as the reader is to be told.
    Else(&'static str),
}

fn typed(book: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Result<Typed, Fault> {
    let missing = || Fault {
        address: String::new(),
        message: format!("没有“{name}”这张工作表"),
        help: "工作表的名称和张数不要改；用 nianbao export 重新导出一份对照".to_owned(),
    };
    if !book.sheet_names().iter().any(|known| known == name) {
        return Err(missing());
    }
    let damaged = |_| Fault {
        address: name.to_owned(),
        message: "这张工作表读不出来，文件可能已损坏".to_owned(),
        help: "用 Excel 或 WPS 打开后另存为 .xlsx，再导入".to_owned(),
    };
    let merged = book.merge_cells_by_sheet_name(name).map_err(damaged)?;
    let merged = merged.iter().map(|d| (d.start.0, d.start.1, d.end.0, d.end.1)).collect();
    let mut reader = book.worksheet_cells_reader(name).map_err(damaged)?;
    let mut cells = BTreeMap::new();
    while let Some(cell) = reader.next_cell_with_formula().map_err(damaged)? {
        let value = match cell.value {
            DataRef::Empty => Value::Blank,
            DataRef::Int(number) => Value::Number(number as f64),
            DataRef::Float(number) => Value::Number(number),
            DataRef::String(text) if text.trim().is_empty() => Value::Blank,
            DataRef::SharedString(text) if text.trim().is_empty() => Value::Blank,
            DataRef::String(text) => Value::Text(text),
            DataRef::SharedString(text) => Value::Text(text.to_owned()),
            DataRef::Bool(_) => Value::Else("逻辑值"),
            DataRef::Error(_) => Value::Else("公式的错误"),
            DataRef::DateTime(_) | DataRef::DateTimeIso(_) | DataRef::DurationIso(_) => {
                Value::Else("日期或时间")
            }
        };
        let formula = cell.formula.filter(|formula| !formula.is_empty());
        if formula.is_some() || !matches!(value, Value::Blank) {
            cells.insert(cell.pos, Filled { value, formula });
        }
    }
    Ok(Typed { cells, merged })
}

/// Compares a sheet with its plan, and reads its figures when every label is where it must be.
fn understand(sheet: &Sheet, typed: &Typed, report: &Report, reading: &mut Reading) {
    let Reading { figures, faults } = reading;
    let address = |row: u32, column: u32| format!("{}!{}", sheet.name, a1(row, column));
    let shifted = shifted(sheet, typed, &address);
    let is_whole = shifted.is_none();
    faults.extend(shifted);
    faults.extend(wrong_identity(typed, report, &address));
    if !is_whole {
        // Of a sheet whose rows or columns have moved, no figure is known to be where it seems to be.
        return;
    }
    faults.extend(merged_figures(sheet, typed, &address));
    for ((row, column), filled) in &typed.cells {
        let planned = sheet.cells.iter().find(|spot| covers(spot, *row, *column));
        let is_top = |spot: &Spot| (spot.row, u32::from(spot.column)) == (*row, *column);
        let is_stray = match planned {
            Some(spot) => !is_top(spot),
            None => *row >= FIRST_ROW || *column > 0,
        };
        if is_stray {
            let shown = match &filled.value {
                Value::Number(number) => number.to_string(),
                Value::Text(text) => text.trim().chars().take(20).collect(),
                Value::Else(what) => (*what).to_owned(),
                Value::Blank => "公式".to_owned(),
            };
            faults.push(Fault {
                address: address(*row, *column),
                message: format!("表格之外写了“{shown}”"),
                help: "填错了格的，移到应填的格；备注请写到别的工作表".to_owned(),
            });
        }
    }
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

fn covers(spot: &Spot, row: u32, column: u32) -> bool {
    (spot.row..=spot.last_row).contains(&row)
        && (u32::from(spot.column)..=u32::from(spot.last_column)).contains(&column)
}

/// The first label that is not where it must be; how many more there are.
fn shifted(sheet: &Sheet, typed: &Typed, address: &impl Fn(u32, u32) -> String) -> Option<Fault> {
    let at = |spot: &Spot| typed.cells.get(&(spot.row, u32::from(spot.column)));
    let wrong: Vec<(&Spot, &str)> = sheet
        .cells
        .iter()
        .filter_map(|spot| match &spot.content {
            Planned::Label(text) => Some((spot, text.as_str())),
            Planned::Figure { .. } => None,
        })
        .filter(|(spot, text)| {
            !matches!(at(spot).map(|filled| &filled.value), Some(Value::Text(typed)) if same(typed, text))
        })
        .collect();
    let (spot, text) = wrong.first()?;
    let found = match at(spot).map(|filled| &filled.value) {
        Some(Value::Text(typed)) => format!("写的是“{}”", typed.trim()),
        Some(Value::Number(number)) => format!("写的是 {number}"),
        Some(Value::Else(what)) => format!("写的是{what}"),
        Some(Value::Blank) | None => "是空的".to_owned(),
    };
    let more = match wrong.len() {
        1 => String::new(),
        n => format!("（本表共有{n}处这样的表头）"),
    };
    Some(Fault {
        address: address(spot.row, spot.column.into()),
        message: format!("这里应是表头“{text}”，{found}{more}"),
        help: "行、列可能有增删或移动，本表的数没有读；请照 nianbao export 导出的样子恢复表头"
            .to_owned(),
    })
}

/// Whether two labels are the same but for blanks and line breaks.
fn same(a: &str, b: &str) -> bool {
    let words = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    words(a) == words(b)
}

/// That a sheet speaks of some other body or year.
fn wrong_identity(
    typed: &Typed,
    report: &Report,
    address: &impl Fn(u32, u32) -> String,
) -> Option<Fault> {
    let expected = identity(report);
    let found = match typed.cells.get(&(1, 0)).map(|filled| &filled.value) {
        Some(Value::Text(text)) => text.as_str(),
        Some(Value::Blank | Value::Number(_) | Value::Else(_)) | None => "",
    };
    // A workbook that was made before name or year were known is for whom it is brought back to.
    if same(found, &expected) || found.contains(UNFILLED) {
        return None;
    }
    Some(Fault {
        address: address(1, 0),
        message: match found {
            "" => format!("没有写是哪个机关、哪一年度的，数据文件是“{expected}”"),
            _ => format!("写的是“{}”，数据文件是“{expected}”", found.trim()),
        },
        help: format!("核对是不是拿错了文件；确认无误的，把这一格改为“{expected}”"),
    })
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

/// What stands in a cell of figures; else what is wrong with it and what to do.
fn content(
    cell: Cell,
    formula: Option<&str>,
    filled: Option<&Filled>,
) -> Result<Content, (String, &'static str)> {
    let Some(Filled { value, formula: typed }) = filled else { return Ok(Content::Blank) };
    let plain = |formula: &str| {
        let kept = |c: &char| !c.is_whitespace() && *c != '$' && *c != '=';
        formula.chars().filter(kept).map(|c| c.to_ascii_uppercase()).collect::<String>()
    };
    // The equals sign of `COUNT(…)=6` goes on both sides, so the two stay comparable.
    if let (Some(formula), Some(typed)) = (formula, typed)
        && plain(formula) == plain(typed)
    {
        return Ok(Content::Added);
    }
    let number = match (value, typed) {
        (Value::Number(number), _) => *number,
        (Value::Blank, None) => return Ok(Content::Blank),
        (Value::Blank, Some(_)) => {
            return Err((
                "是公式，文件里没有它的结果".to_owned(),
                "用 Excel 或 WPS 打开这份工作簿，保存一次再导入；或者直接填数",
            ));
        }
        (Value::Text(text), _) => {
            return Err((
                format!("写的是文字“{}”，不是数", text.trim()),
                "只填数，不写单位；左上角有绿色三角的是文字，改为数字格式后重新输入；没有的填 0",
            ));
        }
        (Value::Else(what), _) => {
            return Err((format!("是{what}，不是数"), "把这一格的格式改为“常规”，重新填数"));
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
