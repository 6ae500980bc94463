//! The stand of the units and the findings on their reports as files, and the sheets that go back to units.

use std::path::{Path, PathBuf};

use super::findings::{HEADS, UnitFinding, findings, free_name, sheet_back};
use super::send::stem;
use super::stand::{Stand, UnitStand, note_sent_back, save_sent_back, sent_back};
use crate::document::Document;
use crate::document::listing::{Listing, listing};
use crate::files;
use crate::load::SENT_BACK;
use crate::render::{Format, RenderError, Renderer};
use crate::report::Date;
use crate::units::UnitList;
use crate::workbook;

/// The line that says whose units stand where on a day.
pub(crate) fn stand_head(list: &UnitList, today: Date) -> String {
    let due = match list.due {
        None => "名单没有写截止日期（due），不看逾期".to_owned(),
        Some(due) => format!("截止日期 {due}"),
    };
    format!("{}{}年度报送情况，截至 {today}，{due}", list.name, list.year)
}

/// The columns of the stand as a workbook: heads, and widths in characters.
const COLUMNS: [(&str, u16); 5] =
    [("单位", 18), ("上级", 14), ("情况", 10), ("说明", 30), ("数据文件", 18)];

/// The columns of them that a document has; a page has less room than a sheet.
const OF_A_PAGE: [usize; 3] = [0, 2, 3];

fn rows(list: &UnitList, stand: &Stand) -> Vec<Vec<String>> {
    let row = |row: &UnitStand| {
        let unit = &list.units[row.unit];
        let above = unit.under.map(|under| list.units[under].name.clone()).unwrap_or_default();
        let file = unit.file.clone().unwrap_or_default();
        vec![unit.name.clone(), above, row.words(), row.details(list), file]
    };
    stand.due().map(row).collect()
}

/// The name of the stand, without the body.
fn name(list: &UnitList) -> String {
    format!("{}年{}报送情况", list.year, list.edition().form().report_name)
}

/// The line over the table of the stand.
fn caption(list: &UnitList, stand: &Stand) -> String {
    format!("{}；{}", stand_head(list, stand.today), stand.counts())
}

/// The stand as a workbook.
///
/// # Errors
///
/// When it is more than a sheet can hold.
pub(crate) fn stand_workbook(list: &UnitList, stand: &Stand) -> Result<Vec<u8>, String> {
    let title = format!("{}{}", list.name, name(list));
    workbook::write_listing(&title, &caption(list, stand), &COLUMNS, &rows(list, stand))
}

/// The stand as a document.
pub(crate) fn stand_document(list: &UnitList, stand: &Stand) -> Document {
    let of_a_page = |row: &Vec<String>| OF_A_PAGE.map(|column| row[column].clone()).to_vec();
    listing(&Listing {
        edition: list.edition(),
        agency: list.name.clone(),
        year: list.year,
        title: vec![
            list.name.clone(),
            format!("{}年{}", list.year, list.edition().form().report_name),
            "报送情况".to_owned(),
        ],
        caption: caption(list, stand),
        heads: OF_A_PAGE.map(|column| COLUMNS[column].0.to_owned()).to_vec(),
        rows: rows(list, stand).iter().map(of_a_page).collect(),
    })
}

/// The findings on all reports that are there, in one workbook.
///
/// # Errors
///
/// When they are more than a sheet can hold.
pub(crate) fn findings_workbook(list: &UnitList, stand: &Stand) -> Result<Vec<u8>, String> {
    const WIDTHS: [u16; 8] = [12, 4, 12, 4, 5, 22, 22, 18];
    let all: Vec<&UnitStand> = stand.due().collect();
    let found = findings(&all, list).concat();
    let rows: Vec<Vec<String>> = found.iter().map(|finding| finding.cells(list)).collect();
    let columns: Vec<(&str, u16)> = HEADS.into_iter().zip(WIDTHS).collect();
    let title = format!("{}{}年度报告的问题", list.name, list.year);
    let line = format!("{}；共 {} 处问题", stand_head(list, stand.today), rows.len());
    workbook::write_listing(&title, &line, &columns, &rows)
}

/// The sheet of findings on the report of a unit as a Word file, and its name without extension.
///
/// # Errors
///
/// When it cannot be made.
pub(crate) fn sheet_of(
    list: &UnitList,
    row: &UnitStand,
    found: &[UnitFinding],
    today: Date,
) -> Result<(String, Vec<u8>), RenderError> {
    let day = format!("{}年{}月{}日", today.year(), today.month(), today.day());
    let document = sheet_back(list, row, found, day);
    let bytes = Renderer::new().render(&document, Format::Docx)?;
    Ok((format!("{}问题单", stem(list, row.unit)), bytes))
}

/// Makes the sheet of every unit that handed in what cannot be used and has none yet, and remembers that it goes back;
/// the files that hold them now.
///
/// # Errors
///
/// When one cannot be made or written.
pub(crate) fn send_back(
    list: &UnitList,
    list_path: &Path,
    stand: &Stand,
) -> Result<Vec<PathBuf>, String> {
    let above = list_path.parent().unwrap_or_else(|| Path::new(""));
    let folder = above.join(SENT_BACK);
    let rows: Vec<&UnitStand> = stand.to_send_back().collect();
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let mut sent = sent_back(above);
    let _lock = files::lock(&folder).map_err(|error| error.to_string())?;
    files::remove_leftovers(&folder);
    let mut made = Vec::new();
    for (row, found) in rows.iter().zip(findings(&rows, list)) {
        let sheet = sheet_of(list, row, &found, stand.today);
        let unit = &list.units[row.unit].name;
        let (name, bytes) = sheet.map_err(|error| format!("无法生成“{unit}”的问题单：{error}"))?;
        let target = free_name(&folder, &name, &bytes);
        if !files::is_there(&target) {
            files::create_whole(&target, &bytes).map_err(|error| error.to_string())?;
        }
        made.push(target);
        note_sent_back(&mut sent, list, row, list_path, stand.today);
    }
    save_sent_back(above, &sent).map_err(|error| error.to_string())?;
    Ok(made)
}
