//! The old binary workbooks (`.xls`, `.et`; MS-XLS): their stream is looked through before `calamine` reads it, which trusts
//! the places and extents that it names.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read as _, Write as _};

use calamine::{Data, Reader as _, SheetVisible, Xls};

use super::super::Fault;
use super::super::typed::{Filled, Looks, Typed, Value};
use super::super::unpack::too_large;
use crate::budget::{
    CELL_CHARS, LAID_OUT_CELLS, SHEET_CELLS, SHEETS, WORKBOOK_READ_BYTES, WORKBOOK_UNPACKED_BYTES,
};

/// The first bytes of every such file.
pub(super) const MAGIC: [u8; 4] = [0xD0, 0xCF, 0x11, 0xE0];

/// The records that are looked at (MS-XLS 2.3).
mod record {
    pub(super) const EXTENT: u16 = 0x0200;
    pub(super) const SHEET: u16 = 0x0085;
    pub(super) const BEGIN: u16 = 0x0809;
    pub(super) const END: u16 = 0x000A;
    pub(super) const ROW: u16 = 0x0208;
    pub(super) const COLUMNS: u16 = 0x007D;
    pub(super) const PASSWORD: u16 = 0x002F;
    /// The format of cells (XF), which are named by their numbers.
    pub(super) const FORMAT: u16 = 0x00E0;
    /// Those that fill one cell, whose row and column come first.
    pub(super) const CELLS: [u16; 7] = [0x0203, 0x0204, 0x00D6, 0x0205, 0x027E, 0x00FD, 0x0006];
    /// Those that fill several of a row.
    pub(super) const MANY: u16 = 0x00BD;
}

/// The streams in which a workbook stands, of Excel 97 and of older ones.
const STREAMS: [&str; 2] = ["Workbook", "Book"];

/// True if a file of the old formats holds a workbook, and no text of a Word file.
pub(super) fn is_workbook(bytes: &[u8]) -> bool {
    cfb::CompoundFile::open(Cursor::new(bytes))
        .is_ok_and(|file| STREAMS.iter().any(|name| file.is_stream(name)))
}

/// Reads a workbook.
///
/// # Errors
///
/// When it is none, is encrypted, or exceeds the budget.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<(Typed, Looks)>, Fault> {
    let mut container = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(|_| damaged())?;
    let mut stream = |name: &str| -> Option<Vec<u8>> {
        let stream = container.open_stream(name).ok()?;
        let mut own = Vec::new();
        stream.take(WORKBOOK_UNPACKED_BYTES).read_to_end(&mut own).ok()?;
        Some(own)
    };
    if stream("EncryptedPackage").is_some() {
        return Err(encrypted());
    }
    let (name, stream) =
        STREAMS.into_iter().find_map(|name| Some((name, stream(name)?))).ok_or_else(damaged)?;
    let (stream, looks) = looked_through(stream)?;
    let plain = contained(name, &stream).ok_or_else(damaged)?;
    let mut book = Xls::new(Cursor::new(plain)).map_err(|_| damaged())?;
    let known = book.sheets_metadata().to_vec();
    let mut sheets = Vec::new();
    for (sheet, looks) in known.into_iter().zip(looks) {
        let Ok(range) = book.worksheet_range(&sheet.name) else { continue };
        let merged = book.merge_cells_by_sheet_name(&sheet.name).unwrap_or_default();
        let merged: BTreeSet<_> =
            merged.iter().map(|d| (d.start.0, d.start.1, d.end.0, d.end.1)).collect();
        let (top, left) = range.start().unwrap_or_default();
        let mut cells = BTreeMap::new();
        for (row, column, data) in range.used_cells() {
            let at = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
            let Some(value) = value(data) else { continue };
            let place = (top.saturating_add(at(row)), left.saturating_add(at(column)));
            cells.insert(place, Filled { value, formula: None });
        }
        if cells.len() > SHEET_CELLS {
            return Err(too_large());
        }
        let is_hidden = sheet.visible != SheetVisible::Visible;
        sheets.push((Typed { name: sheet.name, cells, merged }, Looks { is_hidden, ..looks }));
    }
    Ok(sheets)
}

fn value(data: &Data) -> Option<Value> {
    Some(match data {
        Data::Empty => return None,
        Data::Int(number) => Value::Number(*number as f64),
        Data::Float(number) => Value::Number(*number),
        Data::String(text) => match text.trim_end() {
            blank if blank.trim_start().is_empty() => return None,
            text => Value::Text(text.chars().take(CELL_CHARS).collect()),
        },
        Data::Bool(_) => Value::Else("逻辑值"),
        Data::Error(error) => Value::Error(error.to_string()),
        Data::DateTime(_) | Data::DateTimeIso(_) | Data::DurationIso(_) => {
            Value::Else("日期或时间")
        }
    })
}

/// A stream whose sheets begin where a record does and whose cells lie within the budget, without the extents that it says
/// they have, and the looks of its sheets.
fn looked_through(mut stream: Vec<u8>) -> Result<(Vec<u8>, Vec<Looks>), Fault> {
    let mut begins: BTreeMap<usize, (u16, usize)> = BTreeMap::new();
    let mut sheets = Vec::new();
    let mut indents = Vec::new();
    let mut at = 0;
    while let (Some(kind), Some(length)) = (two(&stream, at), two(&stream, at + 2)) {
        let length = usize::from(length);
        let inside = at + 4;
        if inside + length > stream.len() {
            break;
        }
        begins.insert(at, (kind, length));
        match kind {
            record::PASSWORD => return Err(encrypted()),
            record::SHEET => {
                let place = stream.get(inside..inside + 4).and_then(|four| four.try_into().ok());
                let place = place.map(u32::from_le_bytes).ok_or_else(damaged)?;
                sheets.push(usize::try_from(place).unwrap_or(usize::MAX));
            }
            record::FORMAT => {
                let steps = stream.get(inside + 8).filter(|_| length > 8);
                indents.push(steps.map_or(0, |steps| usize::from(steps & 0x0F)));
            }
            // The reader makes room for as many cells as this says.
            record::EXTENT => stream[inside..inside + length].fill(0),
            _ => {}
        }
        at = inside + length;
    }
    if sheets.len() > SHEETS || sheets.len() * stream.len() > WORKBOOK_READ_BYTES * 4 {
        return Err(too_large());
    }
    let mut laid_out = 0_u64;
    let mut looks = Vec::new();
    for sheet in sheets {
        if !begins.contains_key(&sheet) {
            return Err(damaged());
        }
        let (extent, of_sheet) = extent_of(&stream, &begins, &indents, sheet);
        laid_out += extent.0 * extent.1;
        if laid_out > LAID_OUT_CELLS {
            return Err(too_large());
        }
        looks.push(of_sheet);
    }
    Ok((stream, looks))
}

/// Two bytes of a stream as a number.
fn two(stream: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(stream.get(at..at + 2)?.try_into().ok()?))
}

/// The rows and columns up to the last cell of the sheet that begins there, and its looks; `indents` are those of the formats
/// of cells. Charts lie within a sheet as streams of their own, and are passed over, as the reader does.
fn extent_of(
    stream: &[u8],
    begins: &BTreeMap<usize, (u16, usize)>,
    indents: &[usize],
    sheet: usize,
) -> ((u64, u64), Looks) {
    let mut looks = Looks::default();
    let mut rows = BTreeSet::new();
    let mut last = (0_u64, 0_u64);
    let (mut has_begun, mut depth) = (false, 0_usize);
    for (at, (kind, length)) in begins.range(sheet..) {
        let inside = at + 4;
        let has_flag =
            |at: usize, flag: u16| two(stream, inside + at).is_some_and(|f| f & flag != 0);
        match *kind {
            record::BEGIN if has_begun => depth += 1,
            record::BEGIN => has_begun = true,
            record::END if depth == 0 => break,
            record::END => depth -= 1,
            _ if depth > 0 => {}
            record::ROW if *length >= 16 && has_flag(12, 0x20) => {
                rows.insert(two(stream, inside));
            }
            record::COLUMNS if *length >= 10 && has_flag(8, 1) => looks.hidden_columns += 1,
            kind if kind == record::MANY || record::CELLS.contains(&kind) => {
                let n_more = if kind == record::MANY { length.saturating_sub(6) / 6 } else { 0 };
                let row = two(stream, inside).unwrap_or(u16::MAX);
                let column = two(stream, inside + 2).unwrap_or(u16::MAX);
                last.0 = last.0.max(u64::from(row) + 1);
                last.1 = last.1.max(u64::from(column) + 1 + n_more as u64);
                let format = two(stream, inside + 4).map(usize::from);
                let indent = format.and_then(|format| indents.get(format)).filter(|n| **n > 0);
                if let Some(indent) = indent.filter(|_| looks.indents.len() < SHEET_CELLS) {
                    looks.indents.insert((row.into(), column.into()), *indent);
                }
            }
            _ => {}
        }
    }
    looks.hidden_rows = rows.len();
    (last, looks)
}

/// The stream in a container of its own, in which nothing else is.
fn contained(name: &str, stream: &[u8]) -> Option<Vec<u8>> {
    let mut container =
        cfb::CompoundFile::create_with_version(cfb::Version::V3, Cursor::new(Vec::new())).ok()?;
    container.create_stream(name).ok()?.write_all(stream).ok()?;
    container.flush().ok()?;
    Some(container.into_inner().into_inner())
}

/// That a file of the old formats cannot be read.
fn damaged() -> Fault {
    Fault {
        address: String::new(),
        message: "是旧格式（.xls、.et）的文件，读不出来：已损坏，或者不是表格".to_owned(),
        help: "用 Excel 或 WPS 打开，另存为不加密码的 .xlsx，再导入".to_owned(),
    }
}

fn encrypted() -> Fault {
    Fault {
        address: String::new(),
        message: "文件加了密码".to_owned(),
        help: "用 Excel 或 WPS 打开，去掉密码，另存为 .xlsx，再导入".to_owned(),
    }
}
