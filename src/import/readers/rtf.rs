//! RTF, also under the name `.doc`, to sheets.

use encoding_rs::Encoding;

use super::super::error::ImportError;
use super::super::letters::raised;
use super::super::sheet::{Dropped, Reason, Sheet, Spot};
use super::rows::{self, Cell, Row};
use crate::budget::{PUBLISHED_BYTES, PUBLISHED_DEPTH};

/// Groups whose words are not of the text.
const NO_TEXT: &[&str] = &[
    "fonttbl",
    "colortbl",
    "stylesheet",
    "info",
    "pict",
    "object",
    "themedata",
    "datastore",
    "listtable",
    "listoverridetable",
    "rsidtbl",
    "generator",
    "latentstyles",
    "xmlnstbl",
    "fldinst",
    "bkmkstart",
    "bkmkend",
    "footnote",
    "annotation",
    "atnid",
    "atnauthor",
    "colorschememapping",
    "filetbl",
    "revtbl",
    "nonshppict",
    "pgdsctbl",
];

/// Groups of heads and feet of pages.
const FURNITURE: &[&str] =
    &["header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf"];

/// The most cells of a row that are laid out; the widest table of the form has fifteen, and Word sets 63 at most.
const MOST_CELLS: usize = 200;

/// Reads a file.
///
/// # Errors
///
/// When it exceeds the budget.
pub(super) fn read(bytes: &[u8]) -> Result<Sheet, ImportError> {
    if bytes.len() > PUBLISHED_BYTES {
        return Err(ImportError::too_large(&format!("文件超过 {} MB", PUBLISHED_BYTES >> 20)));
    }
    let mut reader = Reader::default();
    reader.groups.push(Group::default());
    let mut rest = bytes;
    while let Some((token, after)) = token(rest) {
        reader.take(&token)?;
        rest = match token {
            // Bytes of a picture, whose brackets are none.
            Token::Word("bin", Some(n)) => {
                let n = usize::try_from(n).unwrap_or(0);
                after.get(n..).ok_or_else(|| ImportError::damaged("RTF 文件"))?
            }
            _ => after,
        };
    }
    reader.end_paragraph();
    reader.end_table();
    let mut sheet = reader.sheet;
    let dropped =
        |text: String| Dropped { reason: Reason::RepeatedHead, text, spot: Spot::default() };
    let furniture = reader.furniture.lines().filter(|line| !line.trim().is_empty());
    sheet.dropped.extend(furniture.map(|line| dropped(line.trim().to_owned())));
    if reader.is_tracked {
        sheet
            .remarks
            .push("文件里有没有接受的修订：删除的文字没有读，插入的文字当作正文读".to_owned());
    }
    Ok(sheet)
}

/// A piece of the file.
enum Token<'a> {
    Open,
    Close,
    /// A control word with its number.
    Word(&'a str, Option<i32>),
    /// A control character, such as the mark of a destination that old readers leave out.
    Symbol(u8),
    /// A byte of text, written as itself or by its number.
    Byte(u8),
}

/// The next piece, and what is left behind it.
fn token(bytes: &[u8]) -> Option<(Token<'_>, &[u8])> {
    let (first, rest) = bytes.split_first()?;
    match first {
        b'{' => Some((Token::Open, rest)),
        b'}' => Some((Token::Close, rest)),
        b'\r' | b'\n' => token_behind_line_ends(rest),
        b'\\' => {
            let n = rest.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
            if n == 0 {
                let (symbol, behind) = rest.split_first()?;
                if *symbol == b'\'' {
                    // Where no number follows, nothing of what does is lost.
                    let byte = behind.get(..2).and_then(byte_of);
                    let rest = if byte.is_some() { &behind[2..] } else { behind };
                    return Some((Token::Byte(byte.unwrap_or(b'?')), rest));
                }
                return Some((Token::Symbol(*symbol), behind));
            }
            let (name, mut behind) = rest.split_at(n);
            let has_sign = behind.first() == Some(&b'-');
            let digits =
                behind[usize::from(has_sign)..].iter().take_while(|b| b.is_ascii_digit()).count();
            let mut number = None;
            if digits > 0 {
                let (own, after) = behind.split_at(usize::from(has_sign) + digits);
                number = std::str::from_utf8(own).ok().and_then(|own| own.parse().ok());
                behind = after;
            }
            let behind = behind.strip_prefix(b" ").unwrap_or(behind);
            Some((Token::Word(std::str::from_utf8(name).ok()?, number), behind))
        }
        byte => Some((Token::Byte(*byte), rest)),
    }
}

/// The byte of two digits to the base of 16.
fn byte_of(digits: &[u8]) -> Option<u8> {
    u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

/// Line ends of the file are none of the text.
fn token_behind_line_ends(rest: &[u8]) -> Option<(Token<'_>, &[u8])> {
    let n = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
    token(&rest[n..])
}

/// The character that a control word stands for.
fn character(name: &str) -> Option<&'static str> {
    const CHARACTERS: &[(&str, &str)] = &[
        ("line", "\n"),
        ("tab", "\t"),
        ("emdash", "—"),
        ("endash", "–"),
        ("lquote", "‘"),
        ("rquote", "’"),
        ("ldblquote", "“"),
        ("rdblquote", "”"),
        ("bullet", "•"),
    ];
    CHARACTERS.iter().find(|(own, _)| *own == name).map(|(_, character)| *character)
}

#[derive(Debug, Clone)]
struct Group {
    is_left_out: bool,
    is_furniture: bool,
    is_hidden: bool,
    is_struck: bool,
    is_raised: bool,
    /// The number of characters that stand for one that old readers cannot show.
    stand_ins: usize,
}

impl Default for Group {
    fn default() -> Self {
        Self {
            is_left_out: false,
            is_furniture: false,
            is_hidden: false,
            is_struck: false,
            is_raised: false,
            stand_ins: 1,
        }
    }
}

#[derive(Default)]
struct Reader {
    encoding: Option<&'static Encoding>,
    groups: Vec<Group>,
    /// True behind the mark of a destination that old readers leave out.
    is_optional: bool,
    bytes: Vec<u8>,
    high: Option<u16>,
    to_skip: usize,
    words: String,
    furniture: String,
    sheet: Sheet,
    in_table: bool,
    shape: Row,
    next: Cell,
    lines: Vec<String>,
    texts: Vec<String>,
    rows: Vec<Row>,
    is_tracked: bool,
}

impl Reader {
    fn group(&mut self) -> &mut Group {
        if self.groups.is_empty() {
            self.groups.push(Group::default());
        }
        let last = self.groups.len() - 1;
        &mut self.groups[last]
    }

    fn take(&mut self, token: &Token<'_>) -> Result<(), ImportError> {
        if !matches!(token, Token::Byte(_)) {
            self.decode();
        }
        match token {
            Token::Open => {
                if self.groups.len() > PUBLISHED_DEPTH {
                    return Err(ImportError::too_large("文件里的分组套了太多层"));
                }
                let own = self.group().clone();
                self.groups.push(own);
                self.to_skip = 0;
            }
            Token::Close => {
                self.groups.pop();
                self.to_skip = 0;
            }
            Token::Symbol(symbol) => match symbol {
                b'*' => {
                    self.is_optional = true;
                    return Ok(());
                }
                b'~' => self.push(" "),
                b'_' => self.push("-"),
                b'\\' | b'{' | b'}' => self.push(&char::from(*symbol).to_string()),
                b'\r' | b'\n' => self.end_paragraph(),
                _ => {}
            },
            Token::Word(name, number) => self.word(name, *number),
            Token::Byte(_) if self.to_skip > 0 => self.to_skip -= 1,
            Token::Byte(byte) => self.bytes.push(*byte),
        }
        self.is_optional = false;
        Ok(())
    }

    fn word(&mut self, name: &str, number: Option<i32>) {
        let is_on = number != Some(0);
        if FURNITURE.contains(&name) {
            self.group().is_furniture = true;
        } else if NO_TEXT.contains(&name)
            || self.is_optional && name != "shptxt" && name != "shpinst"
        {
            self.group().is_left_out = true;
        }
        match name {
            "ansicpg" => {
                let label = format!("windows-{}", number.unwrap_or(1252));
                self.encoding = if number == Some(936) {
                    Some(encoding_rs::GBK)
                } else {
                    Encoding::for_label(label.as_bytes())
                };
            }
            "uc" => self.group().stand_ins = usize::try_from(number.unwrap_or(1)).unwrap_or(1),
            "u" => {
                let unit = number.unwrap_or(0).rem_euclid(0x1_0000);
                self.unit(u16::try_from(unit).unwrap_or(0xfffd));
                self.to_skip = self.group().stand_ins;
            }
            "deleted" | "v" => {
                self.is_tracked |= name == "deleted" && is_on;
                self.group().is_hidden = is_on;
            }
            "revised" => self.is_tracked |= is_on,
            "strike" | "striked" => self.group().is_struck = is_on,
            "super" => self.group().is_raised = is_on,
            "nosupersub" => self.group().is_raised = false,
            "plain" => {
                let group = self.group();
                (group.is_hidden, group.is_struck, group.is_raised) = (false, false, false);
            }
            "par" | "sect" | "page" => self.end_paragraph(),
            "intbl" => self.in_table = true,
            "pard" => self.in_table = false,
            "trowd" => (self.shape, self.next) = (Row::default(), Cell::default()),
            "trleft" => self.shape.left = number.unwrap_or(0),
            "clvmrg" => self.next.is_below = true,
            "clmrg" => self.next.is_behind = true,
            "cellx" => {
                let cell = Cell { right: number.unwrap_or(0), ..std::mem::take(&mut self.next) };
                if self.shape.cells.len() < MOST_CELLS {
                    self.shape.cells.push(cell);
                }
            }
            "cell" => self.end_cell(),
            "row" => self.end_row(),
            _ => self.push(character(name).unwrap_or_default()),
        }
    }

    /// A half of a character outside the first plane waits for the other.
    fn unit(&mut self, unit: u16) {
        let units: Vec<u16> = self.high.take().into_iter().chain([unit]).collect();
        if (0xd800..0xdc00).contains(&unit) {
            self.high = Some(unit);
            return;
        }
        let text = String::from_utf16_lossy(&units);
        self.push(&text);
    }

    fn decode(&mut self) {
        let bytes = std::mem::take(&mut self.bytes);
        if bytes.is_empty() {
            return;
        }
        let declared = self.encoding.unwrap_or(encoding_rs::WINDOWS_1252);
        // Fonts may be Chinese although the file says that it is Western.
        let chinese = encoding_rs::GBK.decode_without_bom_handling_and_without_replacement(&bytes);
        let text = match chinese {
            Some(text) if declared == encoding_rs::WINDOWS_1252 => text.into_owned(),
            _ => declared.decode_without_bom_handling(&bytes).0.into_owned(),
        };
        self.push(&text);
    }

    fn push(&mut self, text: &str) {
        let Group { is_left_out, is_furniture, is_hidden, is_struck, is_raised, .. } =
            *self.group();
        if is_left_out || is_hidden {
            return;
        }
        if is_struck {
            self.sheet.leave_out(Reason::Struck, text);
            return;
        }
        let raised = is_raised.then(|| raised(text));
        let text = raised.as_deref().unwrap_or(text);
        if is_furniture { &mut self.furniture } else { &mut self.words }.push_str(text);
    }

    fn end_paragraph(&mut self) {
        self.decode();
        if self.group().is_furniture {
            self.furniture.push('\n');
            return;
        }
        if self.group().is_left_out {
            return;
        }
        let words = std::mem::take(&mut self.words);
        if self.in_table {
            self.lines.push(words);
            return;
        }
        self.end_table();
        for line in words.split('\n') {
            self.sheet.push_line(line, None);
        }
    }

    fn end_cell(&mut self) {
        self.lines.push(std::mem::take(&mut self.words));
        let lines: Vec<String> = std::mem::take(&mut self.lines);
        let lines = lines.iter().map(|line| line.trim()).filter(|line| !line.is_empty());
        self.texts.push(lines.collect::<Vec<_>>().join(" "));
    }

    fn end_row(&mut self) {
        let texts = std::mem::take(&mut self.texts);
        let row = rows::filled(&self.shape, texts);
        self.rows.push(row);
    }

    fn end_table(&mut self) {
        let loose = self.texts.drain(..).chain(self.lines.drain(..));
        rows::end_table(std::mem::take(&mut self.rows), loose, &mut self.sheet);
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::sheet::Block;
    use super::*;

    #[test]
    fn characters_are_read_in_every_way_in_which_they_are_written() {
        let sheet = read(
            b"{\\rtf1\\ansi\\ansicpg936\\uc1{\\fonttbl{\\f0 Song;}}{\\header No\\par}\\'b9\\'ab\\u24320?{\\*\\x y}3\\'bc\\'fe\\par\r\n\
            \\trowd\\cellx1000\\clvmgf\\cellx2000\\intbl 1\\cell 2\\cell\\row\\pard a{\\deleted b}c\\par}",
        )
        .unwrap();
        let of = |block: &Block| match block {
            Block::Line(line) => line.text.clone(),
            Block::Grid(grid) => {
                (0..2).map(|column| format!("|{}", grid.text(0, column))).collect()
            }
        };
        assert_eq!(sheet.blocks.iter().map(of).collect::<Vec<_>>(), ["公开3件", "|1|2", "ac"]);
        assert_eq!(sheet.dropped[0].text, "No");
        assert_eq!(sheet.remarks.len(), 1);
    }

    fn lines(bytes: &[u8]) -> Vec<String> {
        let of = |block: Block| match block {
            Block::Line(line) => line.text,
            Block::Grid(grid) => panic!("{grid:?}"),
        };
        read(bytes).unwrap().blocks.into_iter().map(of).collect()
    }

    #[test]
    fn struck_words_are_left_out_and_raised_digits_are_no_figures() {
        let text = b"{\\rtf1 {\\strike 36}37{\\super 1}\\strike x\\strike0 y\\par}";
        assert_eq!(lines(text), ["37\u{b9}y"]);
        let left = read(text).unwrap().dropped.into_iter().map(|dropped| dropped.text);
        assert_eq!(left.collect::<Vec<_>>(), ["36", "x"]);
    }

    #[test]
    fn a_byte_whose_number_is_none_ends_nothing() {
        assert_eq!(lines(b"{\\rtf1 a\\'zzb\\par c\\'\\par d\\'b"), ["a?zzb", "c?", "d?b"]);
    }

    #[test]
    fn brackets_among_the_bytes_of_a_picture_are_none() {
        assert_eq!(lines(b"{\\rtf1 a{\\pict\\bin5 }{}\\\\}b\\par}"), ["ab"]);
        assert_eq!(lines(b"{\\rtf1 a{\\pict\\bin-5 x}b\\par}"), ["ab"]);
        assert!(read(b"{\\rtf1 a{\\pict\\bin2147483647 x}b\\par}").is_err());
    }

    #[test]
    fn a_row_of_cells_without_number_keeps_its_words() {
        let row =
            format!("{{\\rtf1\\trowd{}\\intbl 1\\cell 2\\cell\\row}}", "\\cellx9".repeat(900));
        let Block::Grid(grid) = &read(row.as_bytes()).unwrap().blocks[0] else { panic!() };
        assert_eq!([grid.text(0, 0), grid.text(0, 1)], ["1", "2"]);
    }
}
