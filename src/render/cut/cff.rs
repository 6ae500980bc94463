//! The table `CFF ` with some of its glyphs (Adobe Technical Note 5176).

use super::charstring::Limits;
use super::dict::{TWO, entries, five, integers};
use super::index::{Index, written};
use super::{Uncut, charstring, length, number_at};

const BROKEN: Uncut = Uncut::Broken("CFF 表");

/// Operators of dictionaries.
const NOTICE: u16 = 1;
const FONT_BOX: u16 = 5;
const CHARSET: u16 = 15;
const CHAR_STRINGS: u16 = 17;
const PRIVATE: u16 = 18;
const SUBROUTINES: u16 = 19;
const COPYRIGHT: u16 = TWO;
const FONT_MATRIX: u16 = TWO | 7;
const OUTLINE_TYPE: u16 = TWO | 6;
const KEYED_BY_NUMBER: u16 = TWO | 30;
const CID_COUNT: u16 = TWO | 34;
const FONT_DICTS: u16 = TWO | 36;
const SELECTION: u16 = TWO | 37;
const FONT_NAME: u16 = TWO | 38;

/// Selections name font dictionaries by one byte.
const FONT_DICTS_AT_MOST: usize = 256;

/// A thousandth of an em, and the unit: the operands of matrices.
const THOUSANDTH: [u8; 12] = [30, 10, 0, 31, 139, 139, 30, 10, 0, 31, 139, 139];
const UNIT: [u8; 6] = [140, 139, 139, 140, 139, 139];

/// A font dictionary of a face: the metrics and subroutines that some of its glyphs share.
struct FontDict<'a> {
    name: Option<&'a [u8]>,
    matrix: Option<&'a [u8]>,
    /// Its private dictionary without the place of subroutines.
    private: Vec<u8>,
    local: Index<'a>,
}

/// A face as far as it is needed.
struct Face<'a> {
    name: &'a [u8],
    notices: Vec<(u16, &'a [u8])>,
    matrix: Option<&'a [u8]>,
    font_box: &'a [u8],
    global: Index<'a>,
    outlines: Index<'a>,
    dicts: Vec<FontDict<'a>>,
    /// The table of the font dictionary that each glyph has; none if there is only one.
    selection: Option<&'a [u8]>,
}

/// The table with these glyphs, numbered in their order and keyed by these numbers.
pub(super) fn cut(table: &[u8], glyphs: &[u16], mut limits: Limits) -> Result<Vec<u8>, Uncut> {
    let face = Face::read(table).ok_or(BROKEN)?;
    let mut outlines = Vec::new();
    let mut ends = Vec::with_capacity(glyphs.len());
    let mut used: Vec<usize> = Vec::new();
    let mut selected: Vec<u8> = Vec::with_capacity(glyphs.len());
    for glyph in glyphs {
        let number = face.dict_of(*glyph).ok_or(BROKEN)?;
        let dict = face.dicts.get(number).ok_or(BROKEN)?;
        let outline = face.outlines.get(usize::from(*glyph)).ok_or(BROKEN)?;
        charstring::copy(outline, &face.global, &dict.local, &mut limits, &mut outlines)?;
        ends.push(outlines.len());
        let place = used.iter().position(|known| *known == number).unwrap_or_else(|| {
            used.push(number);
            used.len() - 1
        });
        selected.push(place as u8);
    }
    let dicts: Vec<&FontDict<'_>> = used.iter().map(|number| &face.dicts[*number]).collect();
    write(&face, &dicts, &selected, &written(&ends, &outlines)?)
}

/// Puts the parts of a face together.
fn write(
    face: &Face<'_>,
    dicts: &[&FontDict<'_>],
    selected: &[u8],
    outlines: &[u8],
) -> Result<Vec<u8>, Uncut> {
    let n = u16::try_from(selected.len()).map_err(|_| BROKEN)?;
    let mut strings = Strings::default();
    let keyed_by = [strings.add(b"Adobe"), strings.add(b"Identity")];
    let notices: Vec<(u16, i32)> =
        face.notices.iter().map(|(operator, text)| (*operator, strings.add(text))).collect();
    let names: Vec<Option<i32>> =
        dicts.iter().map(|dict| dict.name.map(|name| strings.add(name))).collect();
    let strings = written(&strings.ends, &strings.bytes)?;
    let name = written(&[face.name.len()], face.name)?;
    let top = |places: [usize; 4]| top_dict(face, keyed_by, &notices, n, places);

    // All places are written in five bytes, so that the length is known beforehand.
    let charset_at = 4 + name.len() + top([0; 4])?.len() + strings.len() + NO_SUBROUTINES.len();
    let charset = charset(n);
    let selection_at = charset_at + charset.len();
    let selection = selection(selected);
    let private_at = selection_at + selection.len();
    let private: Vec<u8> = dicts.iter().flat_map(|dict| &dict.private).copied().collect();
    let dicts_at = private_at + private.len();
    let dicts = font_dicts(dicts, face.matrices().1, &names, private_at)?;
    let outlines_at = dicts_at + dicts.len();

    let top = top([charset_at, outlines_at, dicts_at, selection_at])?;
    let header = [1, 0, 4, 4];
    let parts: [&[u8]; 10] = [
        &header,
        &name,
        &top,
        &strings,
        &NO_SUBROUTINES,
        &charset,
        &selection,
        &private,
        &dicts,
        outlines,
    ];
    let table = parts.concat();
    length(table.len())?;
    Ok(table)
}

/// An INDEX of nothing.
const NO_SUBROUTINES: [u8; 2] = [0, 0];

/// The top dictionary: what the glyphs are keyed by, texts, and the places of charset, outlines, font dictionaries and
/// selection.
fn top_dict(
    face: &Face<'_>,
    [registry, ordering]: [i32; 2],
    notices: &[(u16, i32)],
    n: u16,
    places: [usize; 4],
) -> Result<Vec<u8>, Uncut> {
    let mut top = Vec::new();
    let mut put = |operands: &[u8], operator: u16| {
        top.extend(operands);
        if operator >= TWO {
            top.push(12);
        }
        top.push(operator as u8);
    };
    put(&[five(registry), five(ordering), five(0)].concat(), KEYED_BY_NUMBER);
    // Not directly before the matrix, where a validator of PDF/A misreads it.
    put(&five(i32::from(n)), CID_COUNT);
    for (operator, text) in notices {
        put(&five(*text), *operator);
    }
    put(face.matrices().0, FONT_MATRIX);
    put(face.font_box, FONT_BOX);
    for (place, operator) in places.into_iter().zip([CHARSET, CHAR_STRINGS, FONT_DICTS, SELECTION])
    {
        put(&number(place)?, operator);
    }
    written(&[top.len()], &top)
}

/// The font dictionaries with the numbers of their names, and a matrix for those without one; their private
/// dictionaries lie one behind the other.
fn font_dicts(
    dicts: &[&FontDict<'_>],
    matrix: &[u8],
    names: &[Option<i32>],
    private_at: usize,
) -> Result<Vec<u8>, Uncut> {
    let (mut written_dicts, mut ends) = (Vec::new(), Vec::new());
    let mut at = private_at;
    for (dict, name) in dicts.iter().zip(names) {
        written_dicts.extend(dict.matrix.unwrap_or(matrix));
        written_dicts.extend([12, 7]);
        written_dicts.extend(number(dict.private.len())?);
        written_dicts.extend(number(at)?);
        written_dicts.push(PRIVATE as u8);
        if let Some(name) = name {
            written_dicts.extend(five(*name));
            written_dicts.extend([12, 38]);
        }
        ends.push(written_dicts.len());
        at += dict.private.len();
    }
    written(&ends, &written_dicts)
}

/// A place or a length as an operand.
fn number(n: usize) -> Result<[u8; 5], Uncut> {
    i32::try_from(n).map(five).map_err(|_| BROKEN)
}

/// Glyphs keyed by their numbers: one range (format 2).
fn charset(n: u16) -> Vec<u8> {
    match n.checked_sub(2) {
        None => vec![0],
        Some(more) => [&[2, 0, 1][..], &more.to_be_bytes()].concat(),
    }
}

/// The font dictionaries of the glyphs, in ranges (format 3).
fn selection(selected: &[u8]) -> Vec<u8> {
    let mut selection = vec![3, 0, 0];
    let mut ranges = 0u16;
    let mut last = None;
    for (glyph, dict) in (0u16..).zip(selected) {
        if last.replace(dict) != Some(dict) {
            ranges += 1;
            selection.extend(glyph.to_be_bytes());
            selection.push(*dict);
        }
    }
    selection[1..3].copy_from_slice(&ranges.to_be_bytes());
    selection.extend((selected.len() as u16).to_be_bytes());
    selection
}

impl<'a> Face<'a> {
    fn read(table: &'a [u8]) -> Option<Self> {
        let header = table.first_chunk::<4>()?;
        if header[0] != 1 {
            return None;
        }
        let (names, at) = Index::at(table, usize::from(header[2]))?;
        let (tops, at) = Index::at(table, at)?;
        let (strings, at) = Index::at(table, at)?;
        let (global, _) = Index::at(table, at)?;
        let mut face = Self {
            name: names.get(0)?,
            notices: Vec::new(),
            matrix: None,
            font_box: &[139; 4],
            global,
            outlines: Index::default(),
            dicts: Vec::new(),
            selection: None,
        };
        let top = entries(tops.get(0)?)?;
        let mut keyed_by_number = false;
        let (mut font_dicts, mut private) = (None, None);
        for (operator, operands) in &top {
            match *operator {
                NOTICE | COPYRIGHT => {
                    // One of the standard strings is no notice.
                    if let Some(text) = string(&strings, operands)? {
                        face.notices.retain(|(known, _)| known != operator);
                        face.notices.push((*operator, text));
                    }
                }
                FONT_BOX => face.font_box = operands,
                FONT_MATRIX => face.matrix = Some(operands),
                CHAR_STRINGS => face.outlines = Index::at(table, place(operands)?)?.0,
                OUTLINE_TYPE if integers(operands)? != [2] => return None,
                KEYED_BY_NUMBER => keyed_by_number = true,
                FONT_DICTS => font_dicts = Some(Index::at(table, place(operands)?)?.0),
                SELECTION => face.selection = Some(table.get(place(operands)?..)?),
                PRIVATE => private = Some(*operands),
                _ => {}
            }
        }
        if keyed_by_number {
            face.selection?;
            let font_dicts = font_dicts.filter(|dicts| dicts.len() <= FONT_DICTS_AT_MOST)?;
            for number in 0..font_dicts.len() {
                face.dicts.push(FontDict::read(table, font_dicts.get(number)?, &strings)?);
            }
        } else {
            face.selection = None;
            face.dicts.push(FontDict::of(table, private?, None, None)?);
        }
        Some(face)
    }

    /// The matrix of the top dictionary, and that of font dictionaries without one: their product scales the outlines,
    /// and is a thousandth of an em where the face has none.
    fn matrices(&self) -> (&[u8], &[u8]) {
        let is_in_dicts = self.dicts.iter().any(|dict| dict.matrix.is_some());
        match self.matrix {
            Some(own) => (own, &UNIT),
            None if is_in_dicts => (&UNIT, &THOUSANDTH),
            None => (&THOUSANDTH, &UNIT),
        }
    }

    /// The font dictionary of a glyph.
    fn dict_of(&self, glyph: u16) -> Option<usize> {
        let Some(selection) = self.selection else { return Some(0) };
        match selection.first()? {
            0 => selection.get(1 + usize::from(glyph)).copied().map(usize::from),
            3 => {
                let n = usize::from(number_at(selection, 1)?);
                let first = |range: usize| number_at(selection, 3 + 3 * range);
                // The ranges ascend; the last one that begins with the glyph or before it.
                let (mut low, mut high) = (0, n);
                while low < high {
                    let middle = low.midpoint(high);
                    if first(middle)? <= glyph { low = middle + 1 } else { high = middle }
                }
                let range = low.checked_sub(1)?;
                (first(range + 1)? > glyph).then_some(())?;
                selection.get(5 + 3 * range).copied().map(usize::from)
            }
            _ => None,
        }
    }
}

impl<'a> FontDict<'a> {
    fn read(table: &'a [u8], dict: &'a [u8], strings: &Index<'a>) -> Option<Self> {
        let (mut name, mut matrix, mut private) = (None, None, None);
        for (operator, operands) in entries(dict)? {
            match operator {
                FONT_NAME => name = string(strings, operands)?,
                FONT_MATRIX => matrix = Some(operands),
                PRIVATE => private = Some(operands),
                _ => {}
            }
        }
        Self::of(table, private?, name, matrix)
    }

    /// With the private dictionary of which an entry tells length and place.
    fn of(
        table: &'a [u8],
        private: &[u8],
        name: Option<&'a [u8]>,
        matrix: Option<&'a [u8]>,
    ) -> Option<Self> {
        let [length, start] = integers(private)?.map(|n| usize::try_from(n).ok());
        let (length, start) = (length?, start?);
        let mut private = Vec::with_capacity(length.min(256));
        let mut local = Index::default();
        for (operator, operands) in entries(table.get(start..start.checked_add(length)?)?)? {
            if operator == SUBROUTINES {
                local = Index::at(table, start.checked_add(place(operands)?)?)?.0;
                continue;
            }
            private.extend(operands);
            if operator >= TWO {
                private.push(12);
            }
            private.push(operator as u8);
        }
        Some(Self { name, matrix, private, local })
    }
}

/// A place in a table.
fn place(operands: &[u8]) -> Option<usize> {
    let [place] = integers(operands)?;
    usize::try_from(place).ok()
}

/// The text with a number; none for the standard ones, which stand in no face.
fn string<'a>(strings: &Index<'a>, operands: &[u8]) -> Option<Option<&'a [u8]>> {
    /// Notices have some hundreds of characters; any number of dictionaries may name the same text.
    const LONGEST: usize = 65_535;
    match place(operands)?.checked_sub(STANDARD_STRINGS) {
        Some(own) => strings.get(own).filter(|text| text.len() <= LONGEST).map(Some),
        None => Some(None),
    }
}

const STANDARD_STRINGS: usize = 391;

/// Texts that a face is written with.
#[derive(Default)]
struct Strings {
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

impl Strings {
    /// Adds a text; gives its number.
    fn add(&mut self, text: &[u8]) -> i32 {
        self.bytes.extend(text);
        self.ends.push(self.bytes.len());
        (STANDARD_STRINGS + self.ends.len() - 1) as i32
    }
}

/// The advance of a glyph in the table itself, for tests: the nominal width and the operand before the first operator
/// where there is one too many, or the default width.
#[cfg(test)]
pub(super) fn advance(table: &[u8], glyph: u16) -> Option<u16> {
    let face = Face::read(table)?;
    let dict = &face.dicts[face.dict_of(glyph)?];
    let width = |name: u16| {
        let entries = entries(&dict.private)?;
        let found = entries.iter().find(|(operator, _)| *operator == name);
        found.map_or(Some(0), |(_, operands)| integers(operands).map(|[n]: [i32; 1]| n))
    };
    let (default, nominal) = (width(20)?, width(21)?);
    let outline = face.outlines.get(usize::from(glyph))?;
    let mut first = None;
    let (mut n, mut at) = (0, 0);
    loop {
        let token = outline.get(at..)?;
        let length = match token.first()? {
            28 => 3,
            32..=246 => 1,
            247..=254 => 2,
            255 => 5,
            operator => {
                let own = match operator {
                    21 => n > 2,
                    4 | 22 => n > 1,
                    1 | 3 | 18 | 19 | 20 | 23 => n % 2 == 1,
                    14 => n == 1,
                    _ => false,
                };
                let width = if own { nominal + first? } else { default };
                return u16::try_from(width).ok();
            }
        };
        if n == 0 {
            first = integers(&token[..length]).map(|[n]: [i32; 1]| n);
        }
        n += 1;
        at += length;
    }
}
