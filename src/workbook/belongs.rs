//! Sheets that are of this report, by their labels, their edition, their body and year.

use super::Fault;
use super::plan::{Planned, Sheet, Spot, a1, identities, identity, sheets};
use super::typed::{Typed, Value};
use crate::edition::{Edition, Form};
use crate::report::Report;

/// That sheets speak of some other body or year; those that say the same are named together.
pub(super) fn wrong_identities(known: &[(&Sheet, Typed)], report: &Report) -> Vec<Fault> {
    let mut faults: Vec<Fault> = Vec::new();
    for (_, typed) in known {
        let Some(mut fault) = wrong_identity(typed, report) else { continue };
        fault.address = format!("{}!{}", typed.name, a1(1, 0));
        match faults.iter_mut().find(|said| said.message == fault.message) {
            Some(said) => said.address = format!("{}、{}", said.address, fault.address),
            None => faults.push(fault),
        }
    }
    faults
}

pub(super) fn wrong_identity(typed: &Typed, report: &Report) -> Option<Fault> {
    let found = match typed.cells.get(&(1, 0)).map(|filled| &filled.value) {
        Some(Value::Text(text)) => text.trim(),
        Some(Value::Blank | Value::Number(_) | Value::Else(_) | Value::Error(_)) | None => "",
    };
    // A workbook made before name or year were known belongs to the report into which it is read.
    if identities(report).iter().any(|known| same(found, known)) {
        return None;
    }
    let expected = identity(report);
    let is_known = report.agency.name.is_some() && report.header.year.is_some();
    Some(Fault {
        address: String::new(),
        message: match found {
            "" => format!("没有写是哪个机关、哪一年度的，数据文件是“{expected}”"),
            _ => format!("写的是“{found}”，数据文件是“{expected}”"),
        },
        help: if is_known {
            format!(
                "核对是不是拿错了文件；确认无误的，把这一格改为“{expected}”（工作表有保护的，先“撤销工作表保护”，没有密码）"
            )
        } else {
            "先在数据文件中填写机关全称（name）和报告年度（year），再导入".to_owned()
        },
    })
}

/// The first label that is not where it must be.
pub(super) struct Shifted<'a> {
    spot: &'a Spot,
    label: &'a str,
    /// The value there instead.
    found: String,
    /// The number of labels of the sheet that are not in their place.
    n: usize,
    /// The name of the sheet in the workbook.
    name: String,
}

pub(super) fn shifted<'a>(sheet: &'a Sheet, typed: &Typed) -> Option<Shifted<'a>> {
    let at = |spot: &Spot| {
        typed.cells.get(&(spot.row, u32::from(spot.column))).map(|filled| &filled.value)
    };
    let labels = sheet.cells.iter().filter_map(|spot| match &spot.content {
        Planned::Label(text) => Some((spot, text.as_str())),
        Planned::Figure { .. } => None,
    });
    let is_there = |spot: &Spot, text: &str| match at(spot) {
        Some(Value::Text(typed)) => same(typed, text),
        _ => false,
    };
    let wrong: Vec<(&Spot, &str)> = labels.filter(|(spot, text)| !is_there(spot, text)).collect();
    let (spot, label) = wrong.first()?;
    let found = match at(spot) {
        Some(Value::Text(typed)) if !typed.is_empty() => format!("写的是“{}”", typed.trim()),
        Some(Value::Number(number)) => format!("写的是 {number}"),
        Some(Value::Else(what)) => format!("写的是{what}"),
        Some(Value::Error(error)) => format!("是公式的错误 {error}"),
        Some(Value::Text(_) | Value::Blank) | None => "是空的".to_owned(),
    };
    Some(Shifted { spot, label, found, n: wrong.len(), name: typed.name.clone() })
}

impl Shifted<'_> {
    pub(super) fn fault(&self) -> Fault {
        let Self { spot, label, found, n, name } = self;
        let more =
            if *n > 1 { format!("（本表共有{n}处这样的表头）") } else { String::new() };
        Fault {
            address: format!("{name}!{}", a1(spot.row, spot.column.into())),
            message: format!("这里应是表头“{label}”，{found}{more}"),
            help: "行、列可能有增删或移动，本表的数没有读；请照 nianbao export 导出的样子恢复表头（工作表有保护的，先“撤销工作表保护”，没有密码）"
                .to_owned(),
        }
    }
}

/// That a sheet is the one of another edition of the form.
pub(super) fn of_another_edition(sheet: &Sheet, typed: &Typed, report: &Report) -> Option<Fault> {
    shifted(sheet, typed)?;
    let is_of = |edition: &&Edition| {
        let sheets = sheets(edition.form());
        sheets.iter().any(|other| other.name == sheet.name && shifted(other, typed).is_none())
    };
    let other = Edition::ALL.iter().filter(|edition| **edition != report.edition).find(is_of)?;
    let name = |form: &Form| format!("{}年格式（{}）", form.edition.key(), form.notice.number);
    Some(Fault {
        address: typed.name.clone(),
        message: format!("是{}的表，数据文件是{}", name(other.form()), name(report.form())),
        help: "核对是不是拿错了文件；要换格式的，用 nianbao export 从数据文件导出一份，重新填写"
            .to_owned(),
    })
}

/// True if two labels are the same but for blanks and line breaks.
fn same(a: &str, b: &str) -> bool {
    let words = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    words(a) == words(b)
}
