//! Tables put together to a font.

/// A table of a font with its name.
pub(in crate::render) type Table = ([u8; 4], Vec<u8>);

/// A font of some tables, which are put into the order of their names.
pub(in crate::render) fn font(flavour: [u8; 4], mut tables: Vec<Table>) -> Vec<u8> {
    const DIRECTORY: usize = 12;
    const RECORD: usize = 16;
    tables.sort_unstable_by_key(|(name, _)| *name);
    // A font made here has a dozen tables, each within the limit for files.
    let n = tables.len() as u16;
    let selector = n.checked_ilog2().unwrap_or(0) as u16;
    let range = 16 << selector;
    let mut font = Vec::with_capacity(
        DIRECTORY + tables.iter().map(|(_, table)| RECORD + table.len() + 3).sum::<usize>(),
    );
    font.extend(flavour);
    for number in [n, range, selector, n * RECORD as u16 - range] {
        font.extend(number.to_be_bytes());
    }
    let mut at = DIRECTORY + RECORD * tables.len();
    let mut sums = 0u32;
    for (name, table) in &tables {
        let sum = checksum(table);
        sums = sums.wrapping_add(sum);
        font.extend(name);
        for number in [sum, at as u32, table.len() as u32] {
            font.extend(number.to_be_bytes());
        }
        at += table.len().next_multiple_of(4);
    }
    let sum = sums.wrapping_add(checksum(&font));
    for (name, table) in &tables {
        let start = font.len();
        font.extend(table);
        font.resize(font.len().next_multiple_of(4), 0);
        if name == b"head"
            && let Some(adjustment) = font.get_mut(start + 8..start + 12)
        {
            adjustment.copy_from_slice(&0xB1B0_AFBA_u32.wrapping_sub(sum).to_be_bytes());
        }
    }
    font
}

/// The sum of a table's words of four bytes, the last one filled up with zeros.
fn checksum(table: &[u8]) -> u32 {
    let words = table.chunks_exact(4);
    let mut last = [0; 4];
    last[..words.remainder().len()].copy_from_slice(words.remainder());
    words
        .map(|word| u32::from_be_bytes([word[0], word[1], word[2], word[3]]))
        .fold(u32::from_be_bytes(last), u32::wrapping_add)
}
