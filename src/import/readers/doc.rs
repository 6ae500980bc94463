//! Word files as they were before .docx (`.doc`, `.wps`) to sheets: the pieces of the text, and the cells of tables by the
//! properties of their paragraphs (MS-DOC). The only user of `cfb`.

use std::io::{Cursor, Read as _};

use super::super::error::ImportError;
use super::super::letters::raised;
use super::super::sheet::{Dropped, Reason, Sheet, Spot};
use super::rows::{self, Row};
use super::sprm::{Marks, Paragraph, elsewhere, long, marks, paragraph, word};
use crate::budget::{PUBLISHED_BYTES, PUBLISHED_NODES};

/// The places in the header of the file that lead to what is needed of it.
mod fib {
    pub(super) const FLAGS: usize = 0x0a;
    pub(super) const ENCRYPTED: u16 = 0x0100;
    pub(super) const TABLE_1: u16 = 0x0200;
    /// The number of characters of the text, of footnotes, headers, macros, comments, endnotes and text boxes.
    pub(super) const COUNTS: usize = 0x4c;
    pub(super) const CHARACTERS: usize = 0xfa;
    pub(super) const PARAGRAPHS: usize = 0x0102;
    pub(super) const PIECES: usize = 0x01a2;
}

/// The bytes of a page of properties.
const PAGE: usize = 512;

/// The most characters of a text; a report has some thousands.
const MOST_CHARACTERS: usize = 2_000_000;

/// Reads a file.
///
/// # Errors
///
/// When it is no Word file, is encrypted, or is damaged.
pub(super) fn read(bytes: &[u8]) -> Result<Sheet, ImportError> {
    let damaged = || ImportError::damaged("Word 文件（.doc、.wps）");
    if bytes.len() > PUBLISHED_BYTES {
        return Err(ImportError::too_large(&format!("文件超过 {} MB", PUBLISHED_BYTES >> 20)));
    }
    let mut container = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(|_| damaged())?;
    let mut stream = |name: &str| -> Option<Vec<u8>> {
        let stream = container.open_stream(name).ok()?;
        let mut own = Vec::new();
        stream.take(PUBLISHED_BYTES as u64).read_to_end(&mut own).ok()?;
        Some(own)
    };
    if stream("EncryptedPackage").is_some() {
        return Err(encrypted());
    }
    let Some(main) = stream("WordDocument") else {
        return Err(damaged());
    };
    let flags = word(&main, fib::FLAGS).ok_or_else(damaged)?;
    if flags & fib::ENCRYPTED != 0 {
        return Err(encrypted());
    }
    let name = if flags & fib::TABLE_1 == 0 { "0Table" } else { "1Table" };
    let table = stream(name).ok_or_else(damaged)?;
    let data = stream("Data").unwrap_or_default();
    let file = File { main, table, data };
    let characters = file.characters().ok_or_else(damaged)?;
    let mut reader = Reader::of(&file).ok_or_else(damaged)?;
    let counts: Vec<usize> =
        (0..8).map(|i| long(&file.main, fib::COUNTS + i * 4).unwrap_or(0) as usize).collect();
    // Titles often stand in boxes.
    let boxes = counts[..6].iter().sum::<usize>();
    reader.text(&characters, boxes, counts[6]);
    reader.text(&characters, 0, counts[0]);
    let heads = reader.headers(&characters, counts[0] + counts[1], counts[2]);
    let Reader { mut sheet, is_tracked, has_lists, .. } = reader;
    let dropped = |text| Dropped { reason: Reason::RepeatedHead, text, spot: Spot::default() };
    sheet.dropped.extend(heads.into_iter().map(dropped));
    if is_tracked {
        sheet
            .remarks
            .push("Word 文件里有没有接受的修订：删除的文字没有读，插入的文字当作正文读".to_owned());
    }
    if has_lists {
        sheet.remarks.push("有的段落用了自动编号，旧版 Word 文件里的自动编号不读：核对各部分的序号，或者另存为 .docx 再读".to_owned());
    }
    Ok(sheet)
}

fn encrypted() -> ImportError {
    ImportError::new("这个文件加了密码，读不出来", "用 Word 或 WPS 打开，去掉密码后另存一份，再读")
}

/// The streams of a file.
struct File {
    main: Vec<u8>,
    table: Vec<u8>,
    data: Vec<u8>,
}

/// Some bytes of the text with what holds there.
struct Run<T> {
    start: u32,
    end: u32,
    holds: T,
}

impl File {
    /// The part of the table stream that the header points to there.
    fn part(&self, at: usize) -> Option<&[u8]> {
        let start = long(&self.main, at)? as usize;
        let n = long(&self.main, at + 4)? as usize;
        self.table.get(start..start.checked_add(n)?)
    }

    /// The characters of the file, each with the byte where it stands.
    fn characters(&self) -> Option<Vec<(char, u32)>> {
        let mut rest = self.part(fib::PIECES)?;
        while let [1, tail @ ..] = rest {
            rest = tail.get(2 + usize::from(word(tail, 0)?)..)?;
        }
        let [2, tail @ ..] = rest else { return None };
        let n_bytes = long(tail, 0)? as usize;
        let pieces = tail.get(4..4usize.checked_add(n_bytes)?)?;
        let n = pieces.len().checked_sub(4)? / 12;
        let mut out = Vec::new();
        for i in 0..n {
            let (first, next) = (long(pieces, i * 4)?, long(pieces, i * 4 + 4)?);
            let count = next.checked_sub(first)? as usize;
            if out.len() + count > MOST_CHARACTERS {
                return None;
            }
            let place = long(pieces, (n + 1) * 4 + i * 8 + 2)?;
            // A flag says that the characters take one byte each.
            let is_narrow = place & 0x4000_0000 != 0;
            let start = if is_narrow { (place & 0x3fff_ffff) / 2 } else { place & 0x3fff_ffff };
            let width = if is_narrow { 1 } else { 2 };
            let bytes =
                self.main.get(start as usize..(start as usize).checked_add(count * width)?)?;
            for (j, unit) in bytes.chunks(width).enumerate() {
                let c = match unit {
                    [one] => encoding_rs::mem::decode_latin1(&[*one]).chars().next()?,
                    [low, high] => char::from_u32(u32::from(u16::from_le_bytes([*low, *high])))
                        .unwrap_or('\u{fffd}'),
                    _ => return None,
                };
                let c = if is_narrow { from_western(unit[0], c) } else { c };
                out.push((c, start + u32::try_from(j * width).ok()?));
            }
        }
        Some(out)
    }

    /// The runs of paragraphs or characters, whose entries have that many bytes, with what is read of their properties.
    fn runs<T: Default>(
        &self,
        at: usize,
        entry: usize,
        mut read: impl FnMut(&[u8]) -> Option<T>,
    ) -> Option<Vec<Run<T>>> {
        let Some(index) = self.part(at) else { return Some(Vec::new()) };
        let n = index.len().saturating_sub(4) / 8;
        let pages = (0..n).filter_map(|i| long(index, (n + 1) * 4 + i * 4));
        let mut runs = Vec::new();
        // No page of the file is named twice.
        for page in pages.take(self.main.len() / PAGE) {
            let start = (page & 0x3f_ffff) as usize * PAGE;
            let Some(page) = self.main.get(start..start + PAGE) else { continue };
            let n = usize::from(page[PAGE - 1]);
            for i in 0..n {
                let (Some(start), Some(end)) = (long(page, i * 4), long(page, i * 4 + 4)) else {
                    break;
                };
                let offset = page.get((n + 1) * 4 + i * entry).copied().unwrap_or(0);
                let at = usize::from(offset) * 2;
                let own = if offset == 0 { None } else { grouped(page, at, entry > 1) };
                runs.push(Run { start, end, holds: read(own.unwrap_or_default())? });
                if runs.len() > MOST_CHARACTERS {
                    return None;
                }
            }
        }
        runs.sort_by_key(|run| run.start);
        Some(runs)
    }

    /// The paragraphs; none if their properties are longer than any file needs.
    fn paragraphs(&self) -> Option<Vec<Run<Paragraph>>> {
        let (mut left, mut n_cells) = (PUBLISHED_BYTES, PUBLISHED_NODES);
        self.runs(fib::PARAGRAPHS, 13, |own| {
            let own = self.all_properties(own);
            left = left.checked_sub(own.len())?;
            let paragraph = paragraph(own);
            let n = paragraph.row.as_ref().map_or(0, |row| row.cells.len());
            n_cells = n_cells.checked_sub(n)?;
            Some(paragraph)
        })
    }

    /// The properties of a paragraph, which stand in the data stream if they are many.
    fn all_properties<'a>(&'a self, own: &'a [u8]) -> &'a [u8] {
        let Some(at) = elsewhere(own) else { return own };
        let Some(n) = word(&self.data, at) else { return own };
        self.data.get(at + 2..at + 2 + usize::from(n)).unwrap_or_default()
    }
}

/// The properties that stand at a place of a page: those of a paragraph behind the number of its style.
fn grouped(page: &[u8], at: usize, is_paragraph: bool) -> Option<&[u8]> {
    let n = usize::from(*page.get(at)?);
    if !is_paragraph {
        return page.get(at + 1..at + 1 + n);
    }
    let (start, n) = match n {
        0 => (at + 2, 2 * usize::from(*page.get(at + 1)?)),
        n => (at + 1, 2 * n - 1),
    };
    page.get(start + 2..start + n)
}

/// The Western characters from 0x80 to 0x9f; the others are those of Latin 1.
fn from_western(byte: u8, latin: char) -> char {
    if (0x80..0xa0).contains(&byte) {
        encoding_rs::WINDOWS_1252.decode(&[byte]).0.chars().next().unwrap_or(latin)
    } else {
        latin
    }
}

struct Reader {
    paragraphs: Vec<Run<Paragraph>>,
    runs: Vec<Run<Marks>>,
    sheet: Sheet,
    rows: Vec<Row>,
    cells: Vec<String>,
    cell: Vec<String>,
    words: String,
    /// The words of the paragraph that are struck out.
    struck: String,
    is_tracked: bool,
    has_lists: bool,
}

impl Reader {
    fn of(file: &File) -> Option<Self> {
        Some(Self {
            paragraphs: file.paragraphs()?,
            runs: file.runs(fib::CHARACTERS, 1, |own| Some(marks(own)))?,
            sheet: Sheet::default(),
            rows: Vec::new(),
            cells: Vec::new(),
            cell: Vec::new(),
            words: String::new(),
            struck: String::new(),
            is_tracked: false,
            has_lists: false,
        })
    }

    /// The paragraphs and tables of some characters.
    fn text(&mut self, characters: &[(char, u32)], from: usize, count: usize) {
        let end = from.saturating_add(count).min(characters.len());
        let Some(own) = characters.get(from..end) else { return };
        // Instructions of fields are no words; what they show is.
        let mut fields: Vec<bool> = Vec::new();
        let mut n_instructions = 0;
        for (c, at) in own {
            match c {
                '\u{13}' => {
                    fields.push(true);
                    n_instructions += 1;
                }
                '\u{14}' | '\u{15}' => {
                    n_instructions -= usize::from(fields.pop() == Some(true));
                    if *c == '\u{14}' {
                        fields.push(false);
                    }
                }
                '\r' | '\u{7}' | '\u{c}' => self.end(*c, *at),
                _ if n_instructions > 0 => {}
                '\u{b}' => self.push('\n', *at),
                '\u{1e}' => self.push('-', *at),
                '\u{1}'..='\u{8}' | '\u{1f}' | '\u{e}'..='\u{12}' => {}
                _ => self.push(*c, *at),
            }
        }
        self.end('\r', u32::MAX);
        self.end_table();
    }

    /// The words of headers and footers, which are no part of the text.
    fn headers(&self, characters: &[(char, u32)], from: usize, count: usize) -> Vec<String> {
        let end = from.saturating_add(count).min(characters.len());
        let own: String =
            characters.get(from..end).unwrap_or_default().iter().map(|(c, _)| *c).collect();
        let lines = own
            .split(['\r', '\u{7}'])
            .map(|line| line.chars().filter(|c| !c.is_control()).collect());
        lines.filter(|line: &String| !line.trim().is_empty()).collect()
    }

    /// Ends a paragraph, a cell or a row.
    fn end(&mut self, mark: char, at: u32) {
        let words = std::mem::take(&mut self.words);
        self.sheet.leave_out(Reason::Struck, &std::mem::take(&mut self.struck));
        let paragraph =
            run_at(&self.paragraphs, at).map(|run| run.holds.clone()).unwrap_or_default();
        self.has_lists |= paragraph.in_list && !words.trim().is_empty();
        if mark == '\u{7}' {
            if paragraph.ends_row {
                self.end_row(paragraph.row.as_deref());
                return;
            }
            self.cell.push(words);
            let lines: Vec<String> = std::mem::take(&mut self.cell);
            let lines: Vec<&str> =
                lines.iter().map(|line| line.trim()).filter(|line| !line.is_empty()).collect();
            self.cells.push(lines.join(" "));
            return;
        }
        if paragraph.in_table && at != u32::MAX {
            self.cell.push(words);
            return;
        }
        self.end_table();
        for line in words.split('\n') {
            self.sheet.push_line(line, None);
        }
    }

    fn end_row(&mut self, shape: Option<&Row>) {
        let texts = std::mem::take(&mut self.cells);
        self.rows.push(rows::filled(shape.unwrap_or(&Row::default()), texts));
    }

    fn end_table(&mut self) {
        // Cells without the end of their row are lines.
        let loose = self.cells.drain(..).chain(self.cell.drain(..));
        rows::end_table(std::mem::take(&mut self.rows), loose, &mut self.sheet);
    }

    /// Adds a character to the words, unless it is hidden, was deleted while changes were tracked, or is struck out.
    fn push(&mut self, c: char, at: u32) {
        let marks = run_at(&self.runs, at).map(|run| run.holds).unwrap_or_default();
        self.is_tracked |= marks.is_tracked;
        if marks.is_left_out {
            return;
        }
        let words = if marks.is_struck { &mut self.struck } else { &mut self.words };
        match marks.is_raised {
            true => words.push_str(&raised(&c.to_string())),
            false => words.push(c),
        }
    }
}

fn run_at<T>(runs: &[Run<T>], at: u32) -> Option<&Run<T>> {
    let i = runs.partition_point(|run| run.start <= at).checked_sub(1)?;
    runs.get(i).filter(|run| at < run.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file of one page of properties that is named many times, whose paragraphs all have the same long properties.
    fn repeated(n_pages: usize) -> File {
        let mut main = vec![0; PAGE * 3];
        let entry = 13;
        let n = 29;
        let page = &mut main[PAGE..2 * PAGE];
        for i in 0..n {
            page[i * 4..i * 4 + 4].copy_from_slice(&u32::try_from(i).unwrap().to_le_bytes());
            page[(n + 1) * 4 + i * entry] = 250;
        }
        page[n * 4..n * 4 + 4].copy_from_slice(&u32::try_from(n).unwrap().to_le_bytes());
        page[500] = 5;
        page[PAGE - 1] = u8::try_from(n).unwrap();
        let mut table = vec![0; (n_pages + 1) * 4];
        table.extend(1u32.to_le_bytes().repeat(n_pages));
        let length = u32::try_from(table.len()).unwrap();
        main[fib::PARAGRAPHS + 4..fib::PARAGRAPHS + 8].copy_from_slice(&length.to_le_bytes());
        File { main, table, data: Vec::new() }
    }

    #[test]
    fn a_page_that_is_named_a_million_times_is_read_as_often_as_there_are_pages() {
        assert_eq!(repeated(1).paragraphs().unwrap().len(), 29);
        assert_eq!(repeated(1_000_000).paragraphs().unwrap().len(), 29 * 3);
    }

    #[test]
    fn instructions_of_fields_are_left_out_and_what_they_show_is_not() {
        let file = File { main: Vec::new(), table: Vec::new(), data: Vec::new() };
        let mut reader = Reader::of(&file).unwrap();
        let text = "甲\u{13}PAGE \u{13}DATE\u{14}乙\u{15}\u{14}丙\u{15}丁\r";
        let characters: Vec<(char, u32)> = text.chars().zip(0..).collect();
        reader.text(&characters, 0, characters.len());
        let lines = &reader.sheet.blocks;
        assert!(format!("{lines:?}").contains("甲丙丁"), "{lines:?}");
    }
}
