//! The properties of paragraphs, characters and rows of old Word files (`doc`), which are lists of codes with operands.

use std::rc::Rc;

use super::rows::{Cell, Row};

/// The properties of a paragraph that speak of tables and lists.
#[derive(Debug, Clone, Default)]
pub(super) struct Paragraph {
    pub(super) in_table: bool,
    pub(super) ends_row: bool,
    pub(super) in_list: bool,
    pub(super) row: Option<Rc<Row>>,
}

/// The properties of characters that leave them out of the text, or part them from the word before them.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Marks {
    pub(super) is_left_out: bool,
    pub(super) is_struck: bool,
    pub(super) is_raised: bool,
    pub(super) is_tracked: bool,
}

pub(super) fn paragraph(own: &[u8]) -> Paragraph {
    let mut paragraph = Paragraph::default();
    for (code, operand) in properties(own) {
        let is_on = operand.first().is_some_and(|byte| *byte != 0);
        match code {
            code::IN_TABLE => paragraph.in_table = is_on,
            code::ROW_END => paragraph.ends_row = is_on,
            code::LIST => paragraph.in_list = word(operand, 0).is_some_and(|n| n != 0),
            code::TABLE => paragraph.row = row(operand).map(Rc::new),
            _ => {}
        }
    }
    paragraph
}

pub(super) fn marks(own: &[u8]) -> Marks {
    let mut marks = Marks::default();
    for (code, operand) in properties(own) {
        let is_on = operand.first().is_some_and(|byte| *byte & 1 != 0);
        marks.is_tracked |= is_on && matches!(code, code::DELETED | code::INSERTED);
        marks.is_left_out |= is_on && matches!(code, code::DELETED | code::HIDDEN);
        marks.is_struck |= is_on && matches!(code, code::STRUCK | code::STRUCK_TWICE);
        marks.is_raised |= code == code::POSITION && operand.first() == Some(&1);
    }
    marks
}

/// The place of the properties in the data stream, if they are too many to stand where they belong.
pub(super) fn elsewhere(own: &[u8]) -> Option<usize> {
    let huge = properties(own).filter(|(code, _)| code::HUGE.contains(code)).last();
    huge.and_then(|(_, at)| long(at, 0)).map(|at| at as usize)
}

/// Single properties, each with its operand.
pub(super) fn properties(mut bytes: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    std::iter::from_fn(move || {
        let code = word(bytes, 0)?;
        let rest = &bytes[2..];
        let size = match (code, code >> 13) {
            // Two properties say in their own ways how long they are.
            (code::TABLE, _) => usize::from(word(rest, 0)?) + 1,
            (code::TABS, _) => usize::from(*rest.first()?) + 1,
            (_, 0 | 1) => 1,
            (_, 2 | 4 | 5) => 2,
            (_, 3) => 4,
            (_, 7) => 3,
            (..) => usize::from(*rest.first()?) + 1,
        };
        let operand = rest.get(..size)?;
        bytes = &rest[size..];
        Some((code, operand))
    })
}

/// The shape of a row: the edges of its cells, and which of them go on from others.
fn row(operand: &[u8]) -> Option<Row> {
    let n = usize::from(*operand.get(2)?);
    let edge = |i: usize| word(operand, 3 + i * 2).map(|edge| i32::from(edge.cast_signed()));
    let cell = |i: usize| {
        let flags = word(operand, 3 + (n + 1) * 2 + i * 20).unwrap_or(0);
        Some(Cell {
            text: String::new(),
            right: edge(i + 1)?,
            is_below: (flags >> 5) & 3 == 1,
            is_behind: flags & 3 == 1,
        })
    };
    Some(Row { left: edge(0)?, cells: (0..n).map(cell).collect::<Option<Vec<Cell>>>()? })
}

/// The properties that are looked at, by their codes.
mod code {
    pub(super) const IN_TABLE: u16 = 0x2416;
    pub(super) const ROW_END: u16 = 0x2417;
    pub(super) const LIST: u16 = 0x460b;
    pub(super) const TABLE: u16 = 0xd608;
    pub(super) const TABS: u16 = 0xc615;
    pub(super) const HUGE: [u16; 2] = [0x6645, 0x6646];
    pub(super) const DELETED: u16 = 0x0800;
    pub(super) const INSERTED: u16 = 0x0801;
    pub(super) const HIDDEN: u16 = 0x083c;
    pub(super) const STRUCK: u16 = 0x0837;
    pub(super) const STRUCK_TWICE: u16 = 0x2a53;
    /// 1 is raised, 2 is lowered.
    pub(super) const POSITION: u16 = 0x2a48;
}

pub(super) fn word(bytes: &[u8], at: usize) -> Option<u16> {
    let own = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_le_bytes([own[0], own[1]]))
}

pub(super) fn long(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from(word(bytes, at)?) | u32::from(word(bytes, at.checked_add(2)?)?) << 16)
}
