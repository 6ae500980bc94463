//! INDEX structures of CFF: numbered pieces of bytes (Adobe Technical Note 5176, 5).

use super::{Uncut, length, number_at};

/// An INDEX of a table.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Index<'a> {
    count: usize,
    /// The bytes of one offset.
    size: usize,
    offsets: &'a [u8],
    /// The contents; offset 1 is their first byte.
    pieces: &'a [u8],
}

impl<'a> Index<'a> {
    /// The INDEX that begins at a place of a table, and the place behind it.
    pub(super) fn at(table: &'a [u8], start: usize) -> Option<(Self, usize)> {
        let count = usize::from(number_at(table, start)?);
        if count == 0 {
            return Some((Self::default(), start + 2));
        }
        let size = usize::from(*table.get(start + 2)?);
        if !(1..=4).contains(&size) {
            return None;
        }
        let offsets = table.get(start + 3..start + 3 + (count + 1) * size)?;
        let begin = start + 3 + offsets.len();
        let index = Self { count, size, offsets, pieces: table.get(begin..)? };
        let end = index.offset(count)?;
        let pieces = index.pieces.get(..end)?;
        Some((Self { pieces, ..index }, begin + end))
    }

    pub(super) fn len(&self) -> usize {
        self.count
    }

    /// A piece by its number.
    pub(super) fn get(&self, number: usize) -> Option<&'a [u8]> {
        if number >= self.count {
            return None;
        }
        self.pieces.get(self.offset(number)?..self.offset(number + 1)?)
    }

    /// The beginning of a piece.
    fn offset(&self, number: usize) -> Option<usize> {
        let bytes = self.offsets.get(number * self.size..(number + 1) * self.size)?;
        bytes.iter().fold(0usize, |offset, byte| offset << 8 | usize::from(*byte)).checked_sub(1)
    }
}

/// An INDEX of pieces that lie one behind the other and end at these places.
pub(super) fn written(ends: &[usize], pieces: &[u8]) -> Result<Vec<u8>, Uncut> {
    let count = u16::try_from(ends.len()).map_err(|_| Uncut::Broken("字形数"))?;
    let mut index = count.to_be_bytes().to_vec();
    if count == 0 {
        return Ok(index);
    }
    let last = length(pieces.len() + 1)?;
    let size = (4 - last.leading_zeros() as usize / 8).max(1);
    index.reserve(1 + size * (ends.len() + 1) + pieces.len());
    index.push(size as u8);
    for end in std::iter::once(&0).chain(ends) {
        index.extend(&length(end + 1)?.to_be_bytes()[4 - size..]);
    }
    index.extend(pieces);
    Ok(index)
}
