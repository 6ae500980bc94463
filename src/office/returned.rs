//! A returned file: its body and year, and the data file that it makes.

use std::collections::BTreeSet;
use std::path::Path;

use super::send::beginning;
use crate::edition::{Cell, RequestRow, Section};
use crate::import::{self, Class};
use crate::load::{is_data_path, is_published};
use crate::report::Report;
use crate::source::{self, SourceFile};
use crate::units::{Unit, UnitList};
use crate::workbook::{self, Fault, Reading};

/// The kind of a returned file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum ReturnedKind {
    /// A data file.
    Data,
    /// A workbook of the three tables.
    Workbook,
    /// A published report.
    Published,
}

/// The marks by which a returned file is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Returned {
    /// Its kind.
    pub(super) kind: ReturnedKind,
    /// The body that it names.
    pub(super) agency: Option<String>,
    /// Its year.
    pub(super) year: Option<u16>,
    /// True if figures have been filled in.
    pub(super) has_figures: bool,
    /// True if texts have been filled in.
    pub(super) has_texts: bool,
    /// The table that it holds, if it holds only one because it is a single sheet.
    pub(super) table: Option<Section>,
}

impl Returned {
    /// Looks at the bytes of a file; its name tells only that it is a data file.
    ///
    /// # Errors
    ///
    /// The reason why it is no report, or cannot be read.
    pub(super) fn of(bytes: &[u8], path: &Path) -> Result<Self, String> {
        if let Some(source) = data_file(bytes, path) {
            if source.is_unit_list() {
                return Err("是单位名单，不是报告".to_owned());
            }
            if !source.is_report() {
                return Err("不是年报的数据文件".to_owned());
            }
            let report = source::read(&source).0;
            let report = report.ok_or("数据文件有看不懂的地方，用 nianbao check 查看")?;
            return Ok(Self::of_report(ReturnedKind::Data, report));
        }
        if let Some((agency, year)) = workbook::identity_in(bytes) {
            let has_figures = !workbook::is_blank(bytes);
            let kind = ReturnedKind::Workbook;
            let table = workbook::only_table(bytes);
            return Ok(Self { kind, agency, year, has_figures, has_texts: false, table });
        }
        if is_csv(path) {
            let why = "CSV 文件不是由下发的工作簿存成的，认不出是哪一格的数；把数填在下发的工作簿（.xlsx）里，再收";
            return Err(why.to_owned());
        }
        let published = import::read(bytes).map_err(|error| {
            let help = if is_table(path) { SAVE_AS_XLSX } else { &error.help };
            format!("{error}；{help}")
        })?;
        Ok(Self::of_report(ReturnedKind::Published, published.report))
    }

    fn of_report(kind: ReturnedKind, report: Report) -> Self {
        Self {
            kind,
            has_figures: has_figures(&report),
            has_texts: !report.overview.is_empty() || !report.problems.is_empty(),
            agency: report.agency.name,
            year: report.header.year,
            table: None,
        }
    }

    /// True if nothing has been filled in; of what is no data file, no figure: notes and notices have texts, too.
    pub(super) fn is_blank(&self) -> bool {
        !self.has_figures && (self.kind == ReturnedKind::Published || !self.has_texts)
    }
}

/// The remedy for a table that could not be read.
const SAVE_AS_XLSX: &str = "用 Excel 或 WPS 打开，不加密码另存为 .xlsx，再收";

/// True if a file is a table by its name.
fn is_table(path: &Path) -> bool {
    const TABLES: [&str; 5] = ["xlsx", "xls", "et", "ods", "xlsb"];
    path.extension().is_some_and(|e| TABLES.iter().any(|table| e.eq_ignore_ascii_case(table)))
}

/// True if a file is a text of separated cells by its name.
fn is_csv(path: &Path) -> bool {
    path.extension().is_some_and(|e| e.eq_ignore_ascii_case("csv"))
}

/// True if a figure has been filled in that was not carried in when the file was made.
pub(super) fn has_figures(report: &Report) -> bool {
    let is_carried = |cell: &Cell| matches!(cell, Cell::Requests(RequestRow::CarriedIn, _));
    let mut cells = report.form().cells().filter(|cell| !is_carried(cell));
    cells.any(|cell| !report.typed(cell).is_absent())
}

/// The data file in some bytes, if its name says that it is one, or it is a text that looks like one.
fn data_file(bytes: &[u8], path: &Path) -> Option<SourceFile> {
    let is_text = path.extension().is_some_and(|e| e.eq_ignore_ascii_case("txt"));
    if !is_data_path(path) && is_published(path) && !is_text {
        return None;
    }
    let text = text_of(bytes)?;
    let source = SourceFile::parse(path.display().to_string(), text);
    (is_data_path(path) || source.is_report()).then_some(source)
}

/// A text in whatever encoding; old editors save what is Chinese in one of their own.
fn text_of(bytes: &[u8]) -> Option<String> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(text.to_owned()),
        Err(_) => import::plain_text(bytes).ok(),
    }
}

/// A data file that is to be the report of a unit, and what is to be said of it.
pub(super) type Made = (String, Vec<String>);

/// The data file that a returned file makes; figures of a workbook go into `base`, which is there or went out.
///
/// # Errors
///
/// Everything in it that cannot be read, each in one phrase.
pub(super) fn made_of(
    bytes: &[u8],
    path: &Path,
    list: &UnitList,
    unit: usize,
    base: Option<&str>,
    blank_is_zero: bool,
) -> Result<Made, Vec<String>> {
    if let Some(source) = data_file(bytes, path) {
        let is_plain = std::str::from_utf8(bytes).is_ok();
        let recoded = (!is_plain).then(|| "文件编码转成了 UTF-8".to_owned());
        let agency = source::read(&source).0.and_then(|report| report.agency.name);
        let named = not_as_listed(agency.as_deref(), &list.units[unit]);
        return Ok((source.text().to_owned(), recoded.into_iter().chain(named).collect()));
    }
    if workbook::identity_in(bytes).is_some() {
        return of_workbook(bytes, list, unit, base, blank_is_zero);
    }
    let mut published =
        import::read(bytes).map_err(|error| vec![format!("{error}；{}", error.help)])?;
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let entry = &list.units[unit];
    let mut remarks = published.remarks();
    if !published.account.listed.is_empty() {
        let n = published.account.listed.len();
        remarks.push(format!("有 {n} 处文字没有地方放，列在数据文件末尾"));
    }
    let agency = &mut published.report.agency;
    agency.kind = entry.kind.or(agency.kind);
    agency.level = entry.level.or(agency.level);
    remarks.extend(not_as_listed(agency.name.as_deref(), entry));
    agency.name.get_or_insert_with(|| entry.agency().to_owned());
    let doubtful = published.classes.values().filter(|(class, _)| *class > Class::Reliable).count();
    if doubtful > 0 {
        remarks.push(format!("有 {doubtful} 格存疑或没有读出，在数据文件里逐行标明，请对照原件"));
    }
    Ok((import::data_file(&published, &name), remarks))
}

/// The remark on a body that a file does not name as the list does.
fn not_as_listed(agency: Option<&str>, unit: &Unit) -> Option<String> {
    match agency {
        None => Some("文件里没有写机关名称".to_owned()),
        Some(name) if name == unit.agency() => None,
        Some(name) => Some(format!("写的机关是“{name}”，与名单上的不同，改成一致的才计入汇总")),
    }
}

fn of_workbook(
    bytes: &[u8],
    list: &UnitList,
    unit: usize,
    base: Option<&str>,
    blank_is_zero: bool,
) -> Result<Made, Vec<String>> {
    let text =
        base.map_or_else(|| source::starter(&beginning(list, unit, None), None), ToOwned::to_owned);
    let source = SourceFile::parse(list.units[unit].name.clone(), text);
    let report = source::read(&source).0;
    let report = report
        .ok_or_else(|| vec!["已有的数据文件看不懂，工作簿的数填不进去；先改正它".to_owned()])?;
    let mut reading = workbook::read(bytes, &report);
    if blank_is_zero {
        workbook::blanks_as_zeros(&mut reading);
    }
    let changes =
        workbook::compare(&report, &reading, false).map_err(|faults| in_words(&faults))?;
    let taken = remarks_of(&reading);
    let hidden = workbook::hidden_in_words(bytes, &reading);
    let alone = workbook::left_alone_in_words(&report, &reading);
    let remarks: Vec<String> = taken.into_iter().chain(alone).chain(hidden).collect();
    let mut new = report;
    for change in &changes {
        match change.new {
            Some(number) => new.put(change.cell, number),
            None => new.clear(change.cell),
        }
    }
    let without = source::without_sources(changes.iter().map(|change| change.cell));
    let text = source::edit(&source, &new, &without).map_err(|error| vec![error.to_string()])?;
    Ok((text, remarks))
}

/// Faults in words; what to do is said once.
fn in_words(faults: &[Fault]) -> Vec<String> {
    let mut said = BTreeSet::new();
    let words = |fault: &Fault| match said.insert(fault.help.clone()) {
        true => format!("{fault}；{}", fault.help),
        false => fault.to_string(),
    };
    faults.iter().map(words).collect()
}

/// The remarks on everything that was taken otherwise than it stands there; the first of many.
fn remarks_of(reading: &Reading) -> Vec<String> {
    const MOST: usize = 5;
    let all = &reading.remarks;
    let more = (all.len() > MOST).then(|| format!("……这样的共 {} 处", all.len()));
    all.iter().take(MOST).map(ToString::to_string).chain(more).collect()
}
