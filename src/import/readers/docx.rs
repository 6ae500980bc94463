//! Word files to sheets.

use std::collections::BTreeMap;

use super::super::error::ImportError;
use super::super::letters::{n_seen, raised};
use super::super::sheet::{Block, Dropped, Grid, GridCell, Line, Reason, Sheet, Spot};
use super::looks::Look;
use super::numbering::{Numbering, find, local, plain, value};
use super::tracked::{self, Tracked};
use crate::budget::{PACKAGE_BYTES, PACKAGE_NODES, PACKAGE_PARTS};
use crate::package::xml::{Element, unescape};
use crate::package::{Limits, Package, PackageError, is_kind};

const LIMITS: Limits = Limits { parts: PACKAGE_PARTS, bytes: PACKAGE_BYTES, nodes: PACKAGE_NODES };

/// Reads a Word file.
///
/// # Errors
///
/// When it is none, or exceeds the budget.
pub(super) fn read(bytes: &[u8]) -> Result<Sheet, ImportError> {
    read_without(bytes, None)
}

/// Reads a Word file as if the changes that one person made while changes were tracked had been rejected, and all others
/// accepted.
///
/// # Errors
///
/// When it is none, or exceeds the budget.
pub(super) fn read_without(bytes: &[u8], author: Option<&str>) -> Result<Sheet, ImportError> {
    let mut package = Package::open(bytes, LIMITS).map_err(|error| wrong(&error))?;
    let main = package.relations("").map_err(|error| wrong(&error))?;
    let main = main.iter().find(|r| is_kind(r, "officeDocument")).map(|r| r.target.clone());
    let main = main.unwrap_or_else(|| "word/document.xml".to_owned());
    let document = package.xml(&main).map_err(|error| wrong(&error))?;
    let document = document.ok_or_else(|| ImportError::damaged("Word 文件（.docx）"))?;
    let relations = package.relations(&main).map_err(|error| wrong(&error))?;
    let mut part = |kind: &str| -> Option<Element> {
        let target = relations.iter().find(|r| is_kind(r, kind))?.target.clone();
        package.xml(&target).ok().flatten()
    };
    let numbering = Numbering::of(part("numbering"), part("styles"));
    let rejected = author.map(str::to_owned);
    let mut reader = Reader { numbering, rejected, ..Reader::default() };
    let body = document.elements().find(|element| local(&element.name) == "body");
    reader.blocks(body.ok_or_else(|| ImportError::damaged("Word 文件（.docx）"))?);
    let mut sheet = reader.sheet;
    let furniture: Vec<String> = relations
        .iter()
        .filter(|r| is_kind(r, "header") || is_kind(r, "footer"))
        .map(|r| r.target.clone())
        .collect();
    for target in furniture {
        let Ok(Some(part)) = package.xml(&target) else { continue };
        let mut reader = Reader::default();
        reader.blocks(&part);
        let lines = reader.sheet.blocks.into_iter().filter_map(|block| match block {
            Block::Line(line) => Some(line.text),
            Block::Grid(_) => None,
        });
        let mut words: Vec<String> = lines.collect();
        let mut marks = Vec::new();
        watermarks(&part, &mut marks);
        marks.retain(|mark| words.iter().all(|words| !words.contains(mark.as_str())));
        words.append(&mut marks);
        sheet.dropped.extend(words.into_iter().map(|text| Dropped {
            reason: Reason::RepeatedHead,
            text,
            spot: Spot::default(),
        }));
    }
    if let Ok(Some(core)) = package.xml("docProps/core.xml") {
        let creator = core.elements().find(|element| local(&element.name) == "creator");
        let creator = creator.map(plain).filter(|name| !name.trim().is_empty());
        sheet.author = creator.map(|name| name.trim().to_owned());
    }
    if reader.is_tracked {
        sheet
            .remarks
            .push("Word 文件里有没有接受的修订：删除的文字没有读，插入的文字当作正文读".to_owned());
    }
    Ok(sheet)
}

/// The words of watermarks, which are drawn and stand in no paragraph.
fn watermarks(element: &Element, marks: &mut Vec<String>) {
    for child in element.elements() {
        if local(&child.name) == "textpath"
            && let Some(words) = child.get("string")
        {
            marks.push(unescape(words));
        }
        watermarks(child, marks);
    }
}

/// The people who tracked changes in a Word file, and its comments; none of a file of another kind.
pub(super) fn tracked(bytes: &[u8]) -> Tracked {
    let Ok(mut package) = Package::open(bytes, LIMITS) else { return Tracked::default() };
    let Ok(Some(document)) = package.xml("word/document.xml") else { return Tracked::default() };
    let relations = package.relations("word/document.xml").unwrap_or_default();
    let target = relations.iter().find(|r| is_kind(r, "comments")).map(|r| r.target.clone());
    let comments = target.and_then(|target| package.xml(&target).ok().flatten());
    Tracked::of(&document, comments.as_ref())
}

fn wrong(error: &PackageError) -> ImportError {
    match error {
        PackageError::TooManyParts | PackageError::TooLarge => {
            ImportError::too_large("Word 文件解压后太大")
        }
        PackageError::Part(_, why) if why.contains("过多") => {
            ImportError::too_large("Word 文件的内容太多")
        }
        PackageError::OldOrEncrypted
        | PackageError::NoZip
        | PackageError::NoContentTypes
        | PackageError::Part(..) => ImportError::damaged("Word 文件（.docx）"),
    }
}

#[derive(Default)]
struct Reader {
    numbering: Numbering,
    sheet: Sheet,
    /// A heading that runs into the paragraph behind it.
    run_in: String,
    is_tracked: bool,
    /// The person whose tracked changes are not taken.
    rejected: Option<String>,
}

impl Reader {
    /// True if the words in a tracked change stand in the text.
    fn stands(&mut self, change: &Element) -> bool {
        self.is_tracked = true;
        tracked::stands(change, self.rejected.as_deref())
    }

    /// True if the next paragraph goes on the line of this one: by a style separator, or because the end of this one
    /// was deleted while changes were tracked.
    fn runs_on(&mut self, paragraph: &Element) -> bool {
        let mark = find(paragraph, "pPr").and_then(|properties| find(properties, "rPr"));
        let Some(mark) = mark else { return false };
        let has_end = tracked::of(mark).is_none_or(|change| self.stands(change));
        find(mark, "specVanish").is_some() || !has_end
    }

    /// The paragraphs and tables below an element.
    fn blocks(&mut self, element: &Element) {
        for child in element.elements() {
            match local(&child.name) {
                "p" => self.paragraph(child),
                "tbl" => {
                    self.end_heading();
                    self.table(child);
                }
                "sdt" | "sdtContent" | "customXml" | "smartTag" | "txbxContent" => {
                    self.blocks(child);
                }
                "ins" | "del" | "moveTo" | "moveFrom" if self.stands(child) => self.blocks(child),
                "AlternateContent" => {
                    if let Some(choice) = find(child, "Choice") {
                        self.blocks(choice);
                    }
                }
                _ => {}
            }
        }
        self.end_heading();
    }

    /// A heading with no paragraph to run into stands on a line of its own.
    fn end_heading(&mut self) {
        let heading = std::mem::take(&mut self.run_in);
        if !heading.is_empty() {
            self.sheet.push_line(&heading, None);
        }
    }

    fn paragraph(&mut self, paragraph: &Element) {
        let mut words = Words::default();
        self.runs(paragraph, &mut words);
        // What stands in a frame on its own stands before the paragraph to which it is tied.
        for frame in std::mem::take(&mut words.frames) {
            self.blocks(&frame);
        }
        let number = self.numbering.next(paragraph);
        let text = format!("{}{number}{}", std::mem::take(&mut self.run_in), words.text);
        if self.runs_on(paragraph) {
            self.run_in = text;
            return;
        }
        for line in text.split('\n') {
            self.sheet.push_line(line, None);
        }
    }

    /// The words of a paragraph's runs; a manual line break is a line end.
    fn runs(&mut self, element: &Element, words: &mut Words) {
        for child in element.elements() {
            match local(&child.name) {
                "t" => words.text.push_str(&plain(child)),
                "tab" | "ptab" => words.text.push('\t'),
                "br" | "cr" => {
                    if !matches!(value(child, "type"), Some("page" | "column")) {
                        words.text.push('\n');
                    }
                }
                "noBreakHyphen" => words.text.push('-'),
                "ins" | "moveTo" | "del" | "moveFrom" => {
                    if self.stands(child) {
                        self.runs(child, words);
                    }
                }
                "delText" => words.text.push_str(&plain(child)),
                "r" => self.run(child, words),
                "txbxContent" => words.frames.push(child.clone()),
                "AlternateContent" => {
                    if let Some(choice) = find(child, "Choice") {
                        self.runs(choice, words);
                    }
                }
                "pPr" | "rPr" | "instrText" | "delInstrText" | "fldChar" | "tbl" => {}
                _ => self.runs(child, words),
            }
        }
    }

    /// The words of a run, if they stand in the text.
    fn run(&mut self, run: &Element, words: &mut Words) {
        let mut own = Words::default();
        self.runs(run, &mut own);
        words.frames.append(&mut own.frames);
        match Look::of(run) {
            Look::Plain => words.text.push_str(&own.text),
            Look::Raised => words.text.push_str(&raised(&own.text)),
            Look::Left(reason) => self.sheet.leave_out(reason, &own.text),
        }
    }

    /// The words of a cell on one line.
    fn cell(&mut self, cell: &Element) -> String {
        let mut inner = Self {
            numbering: std::mem::take(&mut self.numbering),
            rejected: self.rejected.clone(),
            ..Self::default()
        };
        inner.blocks(cell);
        self.numbering = inner.numbering;
        self.is_tracked |= inner.is_tracked;
        self.sheet.dropped.append(&mut inner.sheet.dropped);
        let lines: Vec<String> = inner
            .sheet
            .blocks
            .into_iter()
            .filter_map(|block| match block {
                Block::Line(Line { text, .. }) => Some(text),
                Block::Grid(_) => None,
            })
            .collect();
        lines.join(" ")
    }

    fn table(&mut self, table: &Element) {
        let mut rows = Vec::new();
        collect(table, "tr", &["tbl", "tc"], &mut rows);
        // A row comes and goes as a whole.
        rows.retain(|row| {
            let change = find(row, "trPr").and_then(tracked::of);
            change.is_none_or(|change| self.stands(change))
        });
        let has_inner = rows.iter().any(|row| holds(row, "tbl"));
        let mut cells: Vec<GridCell> = Vec::new();
        // The cell that a column goes on with, if one does.
        let mut open: BTreeMap<usize, usize> = BTreeMap::new();
        for (row, row_element) in rows.iter().enumerate() {
            let mut own = Vec::new();
            collect(row_element, "tc", &["tbl"], &mut own);
            let number = |parent: Option<&Element>, name: &str| -> usize {
                let typed = parent.and_then(|p| find(p, name)).and_then(|e| value(e, "val"));
                typed.and_then(|typed| typed.trim().parse().ok()).unwrap_or(0)
            };
            let mut column = number(find(row_element, "trPr"), "gridBefore").min(100);
            for cell in own {
                let properties = find(cell, "tcPr");
                let columns = number(properties, "gridSpan").clamp(1, 100);
                let merge = properties.and_then(|p| find(p, "vMerge"));
                let continues = merge.is_some_and(|m| value(m, "val") != Some("restart"));
                if has_inner {
                    // It only makes room for what stands in it.
                    self.blocks(cell);
                } else if let (true, Some(above)) = (continues, open.get(&column).copied()) {
                    cells[above].rows += 1;
                } else {
                    let text = self.cell(cell);
                    let spot = Spot::default();
                    cells.push(GridCell { text, row, column, rows: 1, columns, spot });
                    open.retain(|at, _| *at < column || *at >= column + columns);
                    if merge.is_some() {
                        open.insert(column, cells.len() - 1);
                    }
                }
                column += columns;
            }
        }
        // A frame round paragraphs is no table.
        let is_text = cells.iter().any(|cell| n_seen(&cell.text) > 400);
        if is_text || cells.iter().all(|cell| cell.column == 0) {
            for cell in cells {
                self.sheet.push_line(&cell.text, None);
            }
        } else {
            self.sheet.push_grid(Grid::new(cells));
        }
    }
}

#[derive(Default)]
struct Words {
    text: String,
    frames: Vec<Element>,
}

/// The elements of a name below another, but not below any of `not`.
fn collect<'a>(element: &'a Element, name: &str, not: &[&str], found: &mut Vec<&'a Element>) {
    for child in element.elements() {
        let own = local(&child.name);
        if own == name {
            found.push(child);
        } else if !not.contains(&own) {
            collect(child, name, not, found);
        }
    }
}

fn holds(element: &Element, name: &str) -> bool {
    element.elements().any(|child| local(&child.name) == name || holds(child, name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::package::{Part, pack, relations_part};

    /// A Word file with that body and those lists.
    fn docx(body: &str, numbering: &str) -> Vec<u8> {
        const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
        let document = format!("<w:document {W}><w:body>{body}</w:body></w:document>");
        let lists = format!("<w:numbering {W}>{numbering}</w:numbering>");
        let inside = crate::package::Relation::inside;
        pack(&[
            relations_part("_rels/.rels", &[inside("r1", "officeDocument", "word/document.xml")]),
            Part::new("word/document.xml", "application/xml".to_owned(), document),
            relations_part(
                "word/_rels/document.xml.rels",
                &[inside("r1", "numbering", "numbering.xml")],
            ),
            Part::new("word/numbering.xml", "application/xml".to_owned(), lists),
        ])
        .unwrap()
    }

    fn words(sheet: &Sheet) -> Vec<String> {
        let of = |block: &Block| match block {
            Block::Line(line) => line.text.clone(),
            Block::Grid(grid) => {
                let cells = grid.cells.iter();
                cells.map(|c| format!("{}@{},{}+{}", c.text, c.row, c.column, c.rows)).collect()
            }
        };
        sheet.blocks.iter().map(of).collect()
    }

    #[test]
    fn a_heading_that_runs_into_its_text_is_on_its_line() {
        let separated = "<w:pPr><w:rPr><w:vanish/><w:specVanish/></w:rPr></w:pPr>";
        let heading = |text: &str| format!("<w:p>{separated}<w:r><w:t>{text}</w:t></w:r></w:p>");
        let body = format!(
            "{}<w:p><w:r><w:t>公开8条。</w:t></w:r></w:p>{}",
            heading("（一）公开。"),
            heading("（二）管理。")
        );
        let sheet = read(&docx(&body, "")).unwrap();
        assert_eq!(words(&sheet), ["（一）公开。公开8条。", "（二）管理。"]);
    }

    #[test]
    fn numbers_of_lists_are_read_and_deleted_words_are_not() {
        let list = "<w:abstractNum w:abstractNumId=\"4\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"chineseCountingThousand\"/><w:lvlText w:val=\"（%1）\"/></w:lvl></w:abstractNum><w:num w:numId=\"2\"><w:abstractNumId w:val=\"4\"/></w:num>";
        let numbered = |text: &str| {
            format!(
                "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"2\"/></w:numPr></w:pPr>{text}</w:p>"
            )
        };
        let body = format!(
            "{}{}<w:p><w:r><w:t>共2</w:t></w:r><w:r><w:t>3件</w:t></w:r></w:p>",
            numbered("<w:r><w:t>主动公开</w:t></w:r>"),
            numbered(
                "<w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:ins><w:r><w:t>新</w:t></w:r></w:ins>"
            ),
        );
        let sheet = read(&docx(&body, list)).unwrap();
        assert_eq!(words(&sheet), ["（一）主动公开", "（二）新", "共23件"]);
        assert_eq!(sheet.remarks.len(), 1);
    }

    #[test]
    fn merged_cells_of_tables_are_one() {
        let cell = |properties: &str, text: &str| {
            format!(
                "<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"
            )
        };
        let (restart, go_on) = ("<w:vMerge w:val=\"restart\"/>", "<w:vMerge/>");
        let body = format!(
            "<w:tbl><w:tr>{}{}</w:tr><w:tr>{}{}{}</w:tr></w:tbl>",
            cell(restart, "甲"),
            cell("<w:gridSpan w:val=\"2\"/>", "乙"),
            cell(go_on, ""),
            cell("", "1"),
            cell("", "2"),
        );
        let sheet = read(&docx(&body, "")).unwrap();
        assert_eq!(words(&sheet), ["甲@0,0+2乙@0,1+11@1,1+12@1,2+1"]);
    }

    #[test]
    fn watermarks_are_read() {
        let header = "<w:hdr><w:p><w:r><w:pict><v:shapetype><v:textpath on=\"t\"/></v:shapetype>\
                      <v:shape><v:textpath string=\"草&#x7A3F;\"/></v:shape></w:pict></w:r></w:p></w:hdr>";
        let mut marks = Vec::new();
        watermarks(&crate::package::xml::parse(header).unwrap(), &mut marks);
        assert_eq!(marks, ["草稿"]);
    }

    #[test]
    fn what_is_no_word_file_is_refused() {
        assert!(read(b"PK\x03\x04word/").unwrap_err().message.contains("不完整"));
        let sound = docx("<w:p/>", "");
        for end in [10, sound.len() / 2, sound.len() - 1] {
            assert!(read(&sound[..end]).is_err(), "{end}");
        }
    }
}
