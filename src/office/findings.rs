//! The findings on the reports of units: for the sheet that goes back to each, and for one workbook of all.

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use super::stand::UnitStand;
use crate::diag::{Diagnostic, Place};
use crate::document::listing::{Listing, listing};
use crate::document::{Block, Document, Inline, Paragraph};
use crate::files;
use crate::load::{Loaded, load_alone};
use crate::ordered::in_order;
use crate::report::Report;
use crate::source::{Lines, locate};
use crate::units::{Figure, State, UnitList};

/// A finding on the report of a unit, in the words of each column.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct UnitFinding {
    /// The unit, as an index into the list.
    pub(crate) unit: usize,
    /// The line of its file; none where it is of the whole file.
    pub(crate) line: Option<usize>,
    /// The cell of the form, where it is of one.
    pub(crate) cell: String,
    /// Its severity.
    pub(crate) severity: &'static str,
    /// Its code; none where the report is of no use as it is.
    pub(crate) code: &'static str,
    /// The fault.
    pub(crate) message: String,
    /// The remedies.
    pub(crate) repair: String,
    /// The provisions.
    pub(crate) provision: String,
}

/// The heads of the columns of [`UnitFinding::cells`].
pub(crate) const HEADS: [&str; 8] = ["单位", "行", "格", "程度", "代码", "问题", "怎样改", "依据"];

impl UnitFinding {
    /// Its words, column by column.
    pub(crate) fn cells(&self, list: &UnitList) -> Vec<String> {
        vec![
            list.units[self.unit].name.clone(),
            self.line.map_or(String::new(), |line| line.to_string()),
            self.cell.clone(),
            self.severity.to_owned(),
            self.code.to_owned(),
            self.message.clone(),
            self.repair.clone(),
            self.provision.clone(),
        ]
    }
}

/// The findings on the reports of some units, read on all cores; nothing for those without a file.
pub(crate) fn findings(rows: &[&UnitStand], list: &UnitList) -> Vec<Vec<UnitFinding>> {
    let mut all = Vec::with_capacity(rows.len());
    let never = AtomicBool::new(false);
    in_order(rows.len(), &never, |i| of_unit(rows[i], list), |_, found| all.push(found));
    all
}

fn of_unit(row: &UnitStand, list: &UnitList) -> Vec<UnitFinding> {
    let whole = |message: String, repair: &str| UnitFinding {
        unit: row.unit,
        severity: "错误",
        message,
        repair: repair.to_owned(),
        ..UnitFinding::default()
    };
    let name = list.units[row.unit].agency();
    let year = list.year;
    let mut found: Vec<UnitFinding> = match &row.state {
        State::Good | State::Wrong(_) => Vec::new(),
        State::Group | State::Missing => return Vec::new(),
        State::Unreadable(why) => {
            return vec![whole(format!("文件不能用：{why}"), "重新报送本单位的、能打开的文件")];
        }
        State::OtherYear(other) => vec![whole(
            format!("报来的是{other}年度的报告，要报的是{year}年度的"),
            "报送本年度的报告；只是年度写错的，改正年度",
        )],
        State::OtherBody(other) => vec![whole(
            format!("报告写的机关是“{other}”，名单上是“{name}”"),
            "机关全称写得与名单一致；报错了文件的，换成本单位的",
        )],
        State::OtherEdition(other) => vec![whole(
            format!("报告用的是{}版格式，{year}年度用的不是这一版", other.key()),
            "按本年度的格式填报",
        )],
        State::SumAsOwn => vec![whole(
            "报来的是含下级的汇总数，要报的是本机关自己的数".to_owned(),
            "只报本机关自己的数，下级另外报送",
        )],
        State::Unequal(n) => vec![whole(
            format!("有 {n} 格与下级各单位相加的数不一致"),
            "与下级各单位的报告逐格核对，改正不对的一方",
        )],
    };
    let Some(path) = &row.file else { return found };
    match load_alone(path, list.rules.as_ref()) {
        Ok(loaded) => found.extend(of_report(row.unit, &loaded)),
        Err(error) => found.push(whole(error.to_string(), "重新报送一份能打开的文件")),
    }
    found
}

/// The findings on a report that was loaded, the gravest first.
fn of_report(unit: usize, loaded: &Loaded) -> Vec<UnitFinding> {
    let lines = Lines::of(loaded.source.text());
    let mut findings: Vec<&Diagnostic> = loaded.review.findings.iter().collect();
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    let found = |finding: &Diagnostic| UnitFinding {
        unit,
        line: Some(lines.position(locate(&loaded.source, &finding.primary.place).start).line),
        cell: cell(loaded.review.report.as_ref(), &finding.primary.place),
        severity: finding.severity.name(),
        code: finding.code,
        message: finding.message.clone(),
        repair: repair(finding),
        provision: finding.basis.iter().map(ToString::to_string).collect::<Vec<_>>().join("；"),
    };
    findings.into_iter().map(found).collect()
}

/// The name of the cell at a place; none where it is of no cell.
fn cell(report: Option<&Report>, place: &Place) -> String {
    let path = match place {
        Place::Value(path) | Place::Key(path) => path,
        Place::Text(..) | Place::Bytes(_) | Place::File => return String::new(),
    };
    let Some(report) = report else { return String::new() };
    let form = report.form();
    let mut cells = form.cells().filter(|cell| Figure::Cell(*cell).path() == *path);
    cells.next().map_or(String::new(), |cell| form.cell_name(cell))
}

/// The remedies of a finding, and the change after which it is gone, where there is only one.
fn repair(finding: &Diagnostic) -> String {
    let change = finding.repair.as_ref().map(|repair| match repair.text.as_str() {
        "" => "删去".to_owned(),
        text => format!("改为 {}", text.trim()),
    });
    let said = change.into_iter().chain(finding.help.iter().cloned());
    said.collect::<Vec<_>>().join("；")
}

/// The sheet that goes back to a unit with the findings on its report.
pub(crate) fn sheet_back(
    list: &UnitList,
    row: &UnitStand,
    found: &[UnitFinding],
    day: String,
) -> Document {
    let edition = list.edition();
    let agency = list.units[row.unit].agency();
    let n = found.iter().filter(|finding| finding.severity == "错误").count();
    let due = match list.due {
        Some(due) => format!("于{}年{}月{}日前", due.year(), due.month(), due.day()),
        None => String::new(),
    };
    let when = if row.is_late { "尽快".to_owned() } else { due };
    let mut text = format!(
        "{agency}：你单位报来的报告有{n}处错误，请改正后{when}重新报送。下表里的警告、提示请核对，确实无误的不必改。"
    );
    if n == found.len() {
        text.truncate(text.find("下表").unwrap_or(text.len()));
    }
    let place = |finding: &UnitFinding| {
        let line = finding.line.map(|line| format!("第{line}行"));
        let cell = Some(finding.cell.clone()).filter(|cell| !cell.is_empty());
        line.into_iter().chain(cell).collect::<Vec<_>>().join("，")
    };
    let rows = found.iter().enumerate().map(|(i, finding)| {
        vec![
            (i + 1).to_string(),
            format!("{}{}", finding.severity, finding.code),
            place(finding),
            finding.message.clone(),
            finding.repair.clone(),
            finding.provision.clone(),
        ]
    });
    let mut heads = ["序号", "程度", "位置", "问题", "怎样改", "依据"].map(str::to_owned).to_vec();
    let mut rows: Vec<Vec<String>> = rows.collect();
    // Slips of the file itself rest on no provision.
    if found.iter().all(|finding| finding.provision.is_empty()) {
        heads.truncate(5);
        rows.iter_mut().for_each(|row| row.truncate(5));
    }
    let mut document = listing(&Listing {
        edition,
        agency: list.name.clone(),
        year: list.year,
        title: vec![
            agency.to_owned(),
            format!("{}年{}", list.year, edition.form().report_name),
            "问题单".to_owned(),
        ],
        caption: "需要改正的问题".to_owned(),
        heads,
        rows,
    });
    let paragraph = Paragraph { lead_in: None, text: vec![Inline::Text(text)], origin: None };
    document.blocks.insert(1, Block::Paragraph(paragraph));
    document.blocks.push(Block::Closing { agency: list.name.clone(), date: Some(day) });
    document
}

/// The first of the names `NAME.docx`, `NAME2.docx` … in a folder that nothing has, or that holds those bytes already.
pub(crate) fn free_name(folder: &Path, name: &str, bytes: &[u8]) -> PathBuf {
    let mut n = 1;
    loop {
        let number = if n == 1 { String::new() } else { n.to_string() };
        let path = folder.join(format!("{name}{number}.docx"));
        let is_free = !files::is_there(&path);
        if is_free || files::read_bytes(&path).is_ok_and(|there| there == bytes) {
            return path;
        }
        n += 1;
    }
}
