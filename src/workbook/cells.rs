//! The contents of the sheets of a workbook.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{DataRef, Reader as _, Xlsx};

use super::plan::Sheet;
use super::typed::{Filled, Typed, Value};
use super::unpack::{no_workbook, unpacked};
use super::{Fault, foreign};
use crate::budget::{CELL_CHARS, SHEET_CELLS};

/// An opened workbook.
pub(super) enum Book {
    /// A package of parts, whose sheets are read as they are asked for.
    Packed(Box<Xlsx<Cursor<Vec<u8>>>>),
    /// Another format, whose sheets have been read.
    Foreign(Vec<Typed>),
}

impl Book {
    /// Opens a file.
    ///
    /// # Errors
    ///
    /// The kind of file it is instead.
    pub(super) fn open(bytes: &[u8]) -> Result<Self, Fault> {
        if let Some(sheets) = foreign::read(bytes) {
            return Ok(Self::Foreign(sheets?.into_iter().map(|(typed, _)| typed).collect()));
        }
        Xlsx::new(Cursor::new(unpacked(bytes)?))
            .map(|book| Self::Packed(Box::new(book)))
            .map_err(|_| no_workbook())
    }

    /// The names of the sheets, in order.
    pub(super) fn names(&self) -> Vec<String> {
        match self {
            Self::Packed(book) => book.sheet_names(),
            Self::Foreign(sheets) => sheets.iter().map(|sheet| sheet.name.clone()).collect(),
        }
    }

    /// The cells of a sheet that must be there; one that was renamed is known by its title.
    pub(super) fn typed(&mut self, sheet: &Sheet) -> Result<Typed, Fault> {
        let names = self.names();
        if names.iter().any(|known| known == sheet.name) {
            return self.cells(sheet.name);
        }
        let squeezed = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        let title = squeezed(sheet.title);
        let is_it = |typed: &Typed| match typed.cells.get(&(0, 0)).map(|filled| &filled.value) {
            Some(Value::Text(text)) => squeezed(text) == title,
            Some(Value::Blank | Value::Number(_) | Value::Else(_) | Value::Error(_)) | None => {
                false
            }
        };
        let all = names.iter().filter_map(|name| self.cells(name).ok());
        let mut titled: Vec<Typed> = all.filter(is_it).collect();
        let n = titled.len();
        if n == 1
            && let Some(found) = titled.pop()
        {
            return Ok(found);
        }
        let others: String = names.iter().take(10).map(|name| format!("“{name}”")).collect();
        Err(Fault {
            address: String::new(),
            message: match n {
                0 => format!("没有名为“{}”的工作表，只有{others}", sheet.name),
                _ => format!("没有名为“{}”的工作表，标题是它的有 {n} 张", sheet.name),
            },
            help: format!(
                "工作表的名称不要改：把“{}”那一张的名称改回“{}”；删掉了的，用 nianbao export 重新导出一份",
                sheet.title, sheet.name
            ),
        })
    }

    /// The cells of a sheet.
    pub(super) fn cells(&mut self, name: &str) -> Result<Typed, Fault> {
        let damaged = || Fault {
            address: name.to_owned(),
            message: "这张工作表读不出来，文件可能已损坏".to_owned(),
            help: "用 Excel 或 WPS 打开后另存为 .xlsx，再导入".to_owned(),
        };
        let book = match self {
            Self::Packed(book) => book,
            Self::Foreign(sheets) => {
                return sheets.iter().find(|sheet| sheet.name == name).cloned().ok_or_else(damaged);
            }
        };
        let merged = book.merge_cells_by_sheet_name(name).map_err(|_| damaged())?;
        let merged = merged.iter().map(|d| (d.start.0, d.start.1, d.end.0, d.end.1)).collect();
        let mut reader = book.worksheet_cells_reader(name).map_err(|_| damaged())?;
        let mut cells = BTreeMap::new();
        while let Some(cell) = reader.next_cell_with_formula().map_err(|_| damaged())? {
            // Blanks at the beginning may say under whom a unit stands.
            let text = |text: &str| match text.trim_end() {
                blank if blank.trim_start().is_empty() => Value::Text(String::new()),
                shown => Value::Text(shown.chars().take(CELL_CHARS).collect()),
            };
            let value = match cell.value {
                DataRef::Empty => Value::Blank,
                DataRef::Int(number) => Value::Number(number as f64),
                DataRef::Float(number) => Value::Number(number),
                DataRef::String(shown) => text(&shown),
                DataRef::SharedString(shown) => text(shown),
                DataRef::Bool(_) => Value::Else("逻辑值"),
                DataRef::Error(error) => Value::Error(error.to_string()),
                DataRef::DateTime(_) | DataRef::DateTimeIso(_) | DataRef::DurationIso(_) => {
                    Value::Else("日期或时间")
                }
            };
            let formula = cell.formula.filter(|formula| !formula.is_empty());
            let formula = formula.map(|formula| formula.chars().take(CELL_CHARS).collect());
            let shows = !matches!(&value, Value::Blank) && value != Value::Text(String::new());
            if formula.is_some() || shows {
                let before = cells.insert(cell.pos, Filled { value, formula });
                // No cell can hold two things; which of them is meant cannot be known.
                if before.is_some() {
                    return Err(damaged());
                }
            }
            if cells.len() > SHEET_CELLS {
                return Err(Fault {
                    address: name.to_owned(),
                    message: format!("这张工作表的内容太多，超过 {SHEET_CELLS} 格"),
                    help: "表格之外的内容移到别的文件，再导入".to_owned(),
                });
            }
        }
        Ok(Typed { name: name.to_owned(), cells, merged })
    }
}

/// A worksheet as it shows: texts and numbers by row and column from 0.
#[derive(Debug, Clone, Default)]
pub(crate) struct Shown {
    /// Its name.
    pub(crate) name: String,
    /// Rows, columns and what stands there, from top to bottom.
    pub(crate) cells: Vec<(usize, usize, String)>,
    /// Merged cells: first row, first column, last row, last column.
    pub(crate) merged: Vec<[usize; 4]>,
}

/// The contents of all worksheets of a workbook as shown.
///
/// # Errors
///
/// When it is no workbook, or exceeds the budget.
pub(crate) fn shown(bytes: &[u8]) -> Result<Vec<Shown>, Fault> {
    let mut book = Book::open(bytes)?;
    let mut all = Vec::new();
    for name in book.names() {
        // A sheet of charts has no cells.
        let Ok(typed) = book.cells(&name) else { continue };
        let at = |n: u32| usize::try_from(n).unwrap_or(usize::MAX);
        let cells = typed.cells.iter().map(|((row, column), filled)| {
            let text = match &filled.value {
                Value::Blank => String::new(),
                Value::Number(number) => number.to_string(),
                Value::Text(text) => text.clone(),
                Value::Else(what) => (*what).to_owned(),
                Value::Error(error) => error.clone(),
            };
            (at(*row), at(*column), text)
        });
        let cells = cells.collect();
        let merged = typed.merged.iter().map(|(a, b, c, d)| [at(*a), at(*b), at(*c), at(*d)]);
        all.push(Shown { name, cells, merged: merged.collect() });
    }
    Ok(all)
}
