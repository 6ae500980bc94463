//! [`Published`]: a published report as it was read, and as a file in which findings have their places.

use std::collections::BTreeMap;
use std::ops::Range;

use super::account::Account;
use super::confidence::{Class, Judged};
use super::letters::key;
use super::sheet::{Block, Own, Reason, Sheet, Spot};
use super::tables::{Tables, Value};
use super::texts::Piece;
use crate::diag::{Diagnostic, Docs, Place, Problem, Severity};
use crate::document::DRAFT_MARK;
use crate::edition::{Axis as _, Cell, Section};
use crate::report::{FieldPath, Report};
use crate::source::{PlacesIn, SourceFile};

/// The places of the values of a report in its sheet: block, and cell of it in a table.
#[derive(Debug, Clone, Default)]
pub(super) struct Places {
    pub(super) values: BTreeMap<FieldPath, (usize, Option<usize>)>,
    pub(super) texts: Vec<Piece>,
}

/// A published report that was read.
#[derive(Debug)]
pub struct Published {
    /// The report: what is printed, and nothing added up or mended.
    pub report: Report,
    /// The certainty of each cell of the form, with the reason where it is poor.
    pub classes: BTreeMap<Cell, Judged>,
    /// The fate of every character of the file.
    pub account: Account,
    pub(super) places: Places,
    pub(super) tables: Tables,
    pub(super) sheet: Sheet,
    /// The text of the data file that the file itself carries.
    pub(super) own: Option<String>,
    /// Figures that differ from the data that the file itself carries: the cell, what is printed, what it carries.
    pub(super) changed: Vec<(Cell, String, String)>,
    /// The sections whose parts are numbered otherwise than the data file will number them.
    pub(super) renumbered: Vec<Section>,
}

impl Published {
    /// The number of cells of a section that are of a class.
    pub fn count(&self, section: Section, class: Class) -> usize {
        let of = |(cell, (own, _)): &(&Cell, &Judged)| cell.section() == section && *own == class;
        self.classes.iter().filter(of).count()
    }

    /// True if nothing is doubtful and everything was read.
    pub fn is_sure(&self) -> bool {
        self.classes.values().all(|(class, _)| *class <= Class::Reliable) && self.changed.is_empty()
    }

    /// The remarks on the file that the user must read, each in one phrase.
    pub fn remarks(&self) -> Vec<String> {
        let mut remarks = self.sheet.remarks.clone();
        if let Some(mark) = self.draft_mark() {
            remarks.push(format!("文件标着“{mark}”：核对是不是定稿"));
        }
        if !self.sheet.blind.is_empty() {
            let pages: Vec<String> = self.sheet.blind.iter().map(u32::to_string).collect();
            remarks.push(format!("第 {} 页是图片或没有可用的文字，没有读", pages.join("、")));
        }
        if !self.sheet.recognised.is_empty() {
            let pages: Vec<String> = self.sheet.recognised.iter().map(u32::to_string).collect();
            remarks.push(format!(
                "第 {} 页是扫描件，文字是识别出来的，可能认错：对照图片核对",
                pages.join("、")
            ));
        }
        remarks
    }

    /// The mark that this is a draft and not what was approved: a watermark or a line at the head of its pages.
    fn draft_mark(&self) -> Option<&'static str> {
        const MARKS: [&str; 5] = ["草稿", "初稿", "讨论稿", "征求意见稿", "送审稿"];
        let mark = |text: &str| MARKS.into_iter().find(|mark| text.contains(mark));
        // Web pages list drafts of other documents, and only ours say so of themselves.
        let is_ours = |text: &str| text.contains(DRAFT_MARK);
        let mut marks = self.account.dropped.iter().filter_map(|left| match left.reason {
            Some(Reason::RepeatedHead) => mark(&left.text),
            _ => is_ours(&left.text).then(|| MARKS[0]),
        });
        let title = || self.report.header.title.as_deref().and_then(mark);
        marks.next().or_else(title)
    }

    /// The data file that the file itself carries, if it carries one.
    pub fn own_data_file(&self) -> Option<&str> {
        self.own.as_deref()
    }

    /// True if anything of the table of a section was found.
    pub fn has_table(&self, section: Section) -> bool {
        self.tables.cells.keys().any(|cell| cell.section() == section)
    }

    /// The place of a cell in the file, in words; empty where it was not found.
    pub fn spot(&self, cell: Cell) -> String {
        let found = self.tables.cells.get(&cell);
        found.map_or(String::new(), |found| super::tables::spot(&self.sheet, found.at).to_string())
    }

    /// The file as text, with a place for everything that was read, and what is amiss with labels, blanks,
    /// places and properties.
    pub fn audit(&self, name: &str) -> (SourceFile, Vec<Diagnostic>) {
        let transcript = Transcript::of(&self.sheet);
        let mut places = PlacesIn { spots: transcript.spots.clone(), ..PlacesIn::default() };
        for (path, (block, cell)) in &self.places.values {
            places.values.insert(path.clone(), transcript.range(*block, *cell));
        }
        for piece in &self.places.texts {
            let start = transcript.range(piece.paragraph, None).start + piece.start;
            places.texts.push((piece.at.clone(), piece.typed.clone(), start));
        }
        let findings = self.findings(&transcript);
        (SourceFile::published(name, transcript.text, places), findings)
    }

    fn findings(&self, transcript: &Transcript) -> Vec<Diagnostic> {
        let mut found: Vec<Diagnostic> = Vec::new();
        for remark in &self.tables.remarks {
            let place = Place::Bytes(transcript.range(remark.at.0, Some(remark.at.1)));
            let mut diagnostic =
                Diagnostic::new(remark.code, remark.severity, place, remark.message.clone(), "");
            diagnostic.help.extend(help(remark.code).map(str::to_owned));
            found.push(diagnostic);
        }
        found.extend(self.titles());
        found.extend(self.form_differs());
        for (cell, printed, carried) in &self.changed {
            let message = format!(
                "{}印的是 {printed}，文件自带的数据是 {carried}：发布后被改动",
                self.report.form().cell_name(*cell)
            );
            let place = Place::Value(FieldPath::of(*cell));
            found.push(
                Diagnostic::new("NB016", Severity::Error, place, message, "")
                    .help("查明是哪一处改错了；以数据文件为准的，重新生成并发布"),
            );
        }
        found.extend(self.blanks());
        found.extend(self.unreadable());
        if let Some(author) = self.sheet.author.as_deref().filter(|author| is_person(author)) {
            let message = format!("文件属性里的作者写的是“{author}”，像是个人姓名");
            let help = "用 Word 或 WPS 的“文档属性”删去作者，再发布";
            found.push(
                Diagnostic::new("NB817", Severity::Hint, Place::File, message, "").help(help),
            );
        }
        found
    }

    /// Titles of sections in other words than those of the form; a number that is lost is the list's of a word
    /// processor.
    fn titles(&self) -> Vec<Diagnostic> {
        let of = |section: &crate::edition::SectionTitle| {
            let path = FieldPath::new(section.section.key());
            let (block, _) = self.places.values.get(&path)?;
            let Block::Line(line) = &self.sheet.blocks[*block] else { return None };
            let printed = key(&line.text);
            if printed == key(section.title) || printed == key(section.name()) {
                return None;
            }
            let (words, title) = (&line.text, section.title);
            let message = format!("标题“{words}”与格式不一致，格式里是“{title}”");
            let place = Place::Value(path);
            Some(
                Diagnostic::new("NB015", Severity::Warning, place, message, "")
                    .help(help("NB015")?),
            )
        };
        self.report.form().sections.iter().filter_map(of).collect()
    }

    /// The form of another year than the report's.
    fn form_differs(&self) -> Option<Diagnostic> {
        let expected = crate::edition::Edition::for_year(self.report.header.year?)?;
        if expected == self.report.edition || self.tables.cells.is_empty() {
            return None;
        }
        let message = format!(
            "{}年的年报用的是{}年版的表格，应用{}年版",
            self.report.header.year.unwrap_or_default(),
            self.report.edition.key(),
            expected.key()
        );
        let place = Place::Value(FieldPath::new(Section::Disclosure.key()));
        Some(Diagnostic::new("NB209", Severity::Error, place, message, "").help(help("NB209")?))
    }

    /// Blank cells and marks, one finding for each row that has some.
    fn blanks(&self) -> Vec<Diagnostic> {
        let mut rows: BTreeMap<FieldPath, (Vec<&str>, Cell, usize)> = BTreeMap::new();
        for (cell, found) in &self.tables.cells {
            let shown = match (&found.value, found.trouble) {
                (Value::Blank, None) => "空着",
                (Value::Mark(mark), None) => mark,
                _ => continue,
            };
            let row = rows.entry(FieldPath::row_of(*cell)).or_insert((Vec::new(), *cell, 0));
            row.2 += 1;
            if !row.0.contains(&shown) {
                row.0.push(shown);
            }
        }
        let of = |(marks, cell, n): &(Vec<&str>, Cell, usize)| {
            let name = self.report.form().row_name(*cell);
            let marks: Vec<String> = marks
                .iter()
                .map(|mark| {
                    if *mark == "空着" {
                        "空着".to_owned()
                    } else {
                        format!("写的是“{mark}”")
                    }
                })
                .collect();
            let message = format!("“{name}”一行有 {n} 格{}", marks.join("或者"));
            let place = Place::Value(FieldPath::of(*cell));
            Diagnostic::new("NB309", Severity::Hint, place, message, "")
                .help("没有的填 0；空着的和画线的，读的人分不清是没有还是没填")
        };
        rows.values().map(of).collect()
    }

    /// Cells in which something stands that cannot be taken for one number.
    fn unreadable(&self) -> Vec<Diagnostic> {
        let of = |(cell, found): (&Cell, &super::tables::Found)| {
            let trouble = found.trouble?;
            // Of a row that is said to be out of place, its cells are not said again.
            if matches!(cell, Cell::Requests(..)) && !found.is_whole {
                return None;
            }
            let name = self.report.form().cell_name(*cell);
            let place = Place::Value(FieldPath::of(*cell));
            let message = format!("{name}读不出来：{trouble}");
            Some(
                Diagnostic::new("NB310", Severity::Warning, place, message, "")
                    .help("对照原文核对这一格；这一格没有参加核对"),
            )
        };
        self.tables.cells.iter().filter_map(of).collect()
    }
}

/// The remedy for what is amiss with a label.
fn help(code: &str) -> Option<&'static str> {
    PROBLEMS.iter().find(|problem| problem.code == code).map(|problem| problem.docs.corrected)
}

/// A name of two to four Chinese characters that is not the name of a body.
fn is_person(author: &str) -> bool {
    const BODIES: &[&str] =
        &["局", "办", "府", "委", "厅", "部", "院", "中心", "用户", "管理员", "站"];
    let n = author.chars().count();
    let is_chinese = author.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    (2..=4).contains(&n) && is_chinese && !BODIES.iter().any(|end| author.ends_with(end))
}

/// A sheet as text: a paragraph on a line, a row of a table on a line.
struct Transcript {
    text: String,
    /// The bytes of each block, and of the cells of tables.
    blocks: Vec<(Range<usize>, Vec<Range<usize>>)>,
    spots: Vec<(Range<usize>, String)>,
}

impl Transcript {
    fn of(sheet: &Sheet) -> Self {
        let mut out = Self { text: String::new(), blocks: Vec::new(), spots: Vec::new() };
        for block in &sheet.blocks {
            let start = out.text.len();
            let mut cells = Vec::new();
            match block {
                Block::Line(line) => {
                    out.text.push_str(&line.text.replace('\n', " "));
                    out.spot(start, line.spot);
                    out.text.push('\n');
                }
                Block::Grid(grid) => {
                    cells = vec![0..0; grid.cells.len()];
                    for row in 0..grid.n_rows {
                        for (n, index) in grid
                            .row(row)
                            .into_iter()
                            .filter(|i| grid.cells[*i].row == row)
                            .enumerate()
                        {
                            out.text.push_str(if n == 0 { "" } else { " │ " });
                            let from = out.text.len();
                            let cell = &grid.cells[index];
                            // A blank cell has a place, too.
                            let words = cell.text.replace('\n', " ");
                            out.text.push_str(if words.is_empty() { "□" } else { &words });
                            cells[index] = from..out.text.len();
                            out.spot(from, cell.spot);
                        }
                        out.text.push('\n');
                    }
                }
            }
            let end = out.text.len().saturating_sub(1).max(start);
            out.blocks.push((start..end, cells));
        }
        out
    }

    fn spot(&mut self, start: usize, spot: Spot) {
        self.spots.push((start..self.text.len(), spot.to_string()));
    }

    fn range(&self, block: usize, cell: Option<usize>) -> Range<usize> {
        let Some((whole, cells)) = self.blocks.get(block) else { return 0..0 };
        cell.and_then(|cell| cells.get(cell)).unwrap_or(whole).clone()
    }
}

impl Published {
    pub(super) fn island(&self) -> Option<&Own> {
        self.sheet.own.as_ref()
    }
}

const WHY: &str =
    "公布的年报供公众和评估单位逐格对照，栏目名称、格数与全国统一格式不一致，就无法汇总和比较。";

macro_rules! problem {
    ($code:literal, $name:literal, $title:literal, $severity:ident, $what:literal, example: $example:literal, corrected: $corrected:literal) => {
        Problem {
            code: $code,
            name: $name,
            title: $title,
            severity: Severity::$severity,
            docs: Docs { what: $what, why: WHY, example: $example, corrected: $corrected },
        }
    };
}

/// The problems of a published report as a file, beside those of its words and figures.
pub const PROBLEMS: &[Problem] = &[
    problem!(
        "NB015",
        "section-title-differs",
        "部分的标题与格式不一致",
        Warning,
        "六个部分的标题应与格式一字不差。",
        example: "五、政府信息公开工作存在的不足和打算",
        corrected: "改为格式里的标题"
    ),
    problem!(
        "NB016",
        "changed-after-publication",
        "公布的文件与自带的数据不一致",
        Error,
        "本程序生成的网页、PDF 和 OFD 里带有数据；印出来的数与它不同，说明发布后被改动。",
        example: "印的是 128，自带的数据是 125",
        corrected: "查明是哪一处改错了；以数据文件为准的，重新生成并发布"
    ),
    problem!(
        "NB208",
        "disclosure-label-differs",
        "表一的行名与格式不一致",
        Warning,
        "公布的年报表一的行名应与格式一字不差。",
        example: "规范性文件",
        corrected: "改为“行政规范性文件”等格式里的行名"
    ),
    problem!(
        "NB209",
        "old-form-used",
        "用了旧版格式的栏目",
        Error,
        "2021 年度起的年报应用国办公开办函〔2021〕30号的格式。",
        example: "本年新制作数量",
        corrected: "改用现行格式的表格；用 nianbao build 生成的表格就是现行格式"
    ),
    problem!(
        "NB305",
        "request-label-differs",
        "表二的行名与格式不一致",
        Warning,
        "公布的年报表二的行名、组名应与格式一字不差。",
        example: "2.其他法律行政止公开",
        corrected: "改为格式里的行名"
    ),
    problem!(
        "NB309",
        "cell-blank",
        "公布的表里有空格或者画了线",
        Hint,
        "三张表每一格都应有数。",
        example: "（一）予以公开 │ 3 │ │ / │ — │ 0 │ 0 │ 3",
        corrected: "没有的填 0"
    ),
    problem!(
        "NB310",
        "cells-shifted",
        "公布的表里一行的格数不对，或者有格并在一起",
        Warning,
        "一行多一格、少一格，数就错到别的列去了；这样的行不读，也不参加核对。",
        example: "（一）予以公开 │ 3 │ 0 │ 0 │ 0 │ 0 │ 3",
        corrected: "照格式补齐或拆开这一行的格"
    ),
    problem!(
        "NB403",
        "challenge-head-differs",
        "表三的表头与格式不一致或不完整",
        Warning,
        "公布的年报表三的表头应与格式一字不差。",
        example: "结果",
        corrected: "改为“结果纠正”等格式里的表头"
    ),
    problem!(
        "NB817",
        "person-in-properties",
        "文件属性里有个人姓名",
        Hint,
        "Word、WPS 会把电脑用户的姓名写进文件属性，公布后谁都能看到。",
        example: "作者：某某",
        corrected: "删去文件属性里的作者，再发布"
    ),
];
