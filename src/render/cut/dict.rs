//! DICT structures of CFF: operands and the operator behind them (Adobe Technical Note 5176, 4).

/// The entries of a dictionary, each operator with its operands as they are written; an operator of two bytes has the
/// second one and [`TWO`].
///
/// None has more than some dozens; a face of many dictionaries that share a long one would be read again and again.
pub(super) fn entries(mut dict: &[u8]) -> Option<Vec<(u16, &[u8])>> {
    const LONGEST: usize = 4096;
    if dict.len() > LONGEST {
        return None;
    }
    let mut entries = Vec::new();
    let mut at = 0;
    while at < dict.len() {
        let n = operand(dict.get(at..)?)?;
        if n > 0 {
            at += n;
            continue;
        }
        let operands = &dict[..at];
        let operator = match dict[at] {
            12 => {
                at += 1;
                TWO | u16::from(*dict.get(at)?)
            }
            operator => u16::from(operator),
        };
        entries.push((operator, operands));
        dict = dict.get(at + 1..)?;
        at = 0;
    }
    // Operands without an operator are no entry.
    dict.is_empty().then_some(entries)
}

/// Marks an operator of two bytes.
pub(super) const TWO: u16 = 12 << 8;

/// The length of the operand at the beginning; 0 for an operator.
fn operand(bytes: &[u8]) -> Option<usize> {
    match bytes.first()? {
        0..=21 => Some(0),
        28 => Some(3),
        29 => Some(5),
        // A real ends with a half byte that is 15.
        30 => Some(2 + bytes[1..].iter().position(|b| b & 0x0F == 0x0F || b >> 4 == 0x0F)?),
        32..=246 => Some(1),
        247..=254 => Some(2),
        22..=27 | 31 | 255 => None,
    }
}

/// The operands of an entry, where they are whole numbers.
pub(super) fn integers<const N: usize>(operands: &[u8]) -> Option<[i32; N]> {
    let mut numbers = [0; N];
    let mut rest = operands;
    for number in &mut numbers {
        let n = operand(rest)?;
        let byte = |i: usize| rest.get(i).copied().map(i32::from);
        *number = match byte(0)? {
            28 => i32::from(i16::from_be_bytes([*rest.get(1)?, *rest.get(2)?])),
            29 => i32::from_be_bytes(rest.get(1..5)?.try_into().ok()?),
            b @ 32..=246 => b - 139,
            b @ 247..=250 => (b - 247) * 256 + byte(1)? + 108,
            b @ 251..=254 => -(b - 251) * 256 - byte(1)? - 108,
            _ => return None,
        };
        rest = rest.get(n..)?;
    }
    rest.is_empty().then_some(numbers)
}

/// A whole number in five bytes, whatever its size, so that places are known before they are written.
pub(super) fn five(number: i32) -> [u8; 5] {
    let [a, b, c, d] = number.to_be_bytes();
    [29, a, b, c, d]
}
