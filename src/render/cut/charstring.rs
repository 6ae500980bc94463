//! Outlines of CFF without subroutines (Adobe Technical Note 5177): bytes copied, calls replaced by what they call.

use super::Uncut;
use super::index::Index;
use crate::budget::FILE_BYTES;

const BROKEN: Uncut = Uncut::Broken("CFF 字形");
/// Operands at one time, calls within calls, and bytes of one outline, as the format allows.
const OPERANDS: usize = 48;
const CALLS: u8 = 10;
const BYTES: usize = 65_535;

/// The most that all outlines of a face come to: each alone may call the same subroutines over and over.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// Their bytes.
    pub(super) bytes: usize,
    /// The tokens read for them: subroutines can call without drawing.
    pub(super) steps: usize,
}

impl Limits {
    /// As many bytes as a font file may have, and a thousand tokens for each of the most glyphs.
    pub(super) const FACE: Self = Self { bytes: FILE_BYTES as usize, steps: 1 << 26 };
}

/// Appends an outline, given as it stands in its face; its tokens are taken from the limits.
pub(super) fn copy(
    outline: &[u8],
    global: &Index<'_>,
    local: &Index<'_>,
    left: &mut Limits,
    out: &mut Vec<u8>,
) -> Result<(), Uncut> {
    let start = out.len();
    let operands = Operands { numbers: [Number { value: 0, length: 0 }; OPERANDS], n: 0 };
    let mut copy = Copy { global, local, out, start, operands, stems: 0, left };
    copy.run(outline, 0).map(|_| ())
}

struct Copy<'a, 'o> {
    global: &'a Index<'a>,
    local: &'a Index<'a>,
    out: &'o mut Vec<u8>,
    start: usize,
    operands: Operands,
    /// The number of stems named so far, on which the length of hint masks depends.
    stems: usize,
    left: &'a mut Limits,
}

/// The operands that wait for an operator; as copied they stand at the end, one behind the other, whichever
/// subroutine left them.
struct Operands {
    numbers: [Number; OPERANDS],
    n: usize,
}

impl Operands {
    /// Adds one; `None` if there are too many.
    fn push(&mut self, number: Number) -> Option<()> {
        *self.numbers.get_mut(self.n)? = number;
        self.n += 1;
        Some(())
    }

    /// Takes the last one.
    fn pop(&mut self) -> Option<Number> {
        self.n = self.n.checked_sub(1)?;
        self.numbers.get(self.n).copied()
    }
}

/// An operand and the number of its bytes.
#[derive(Clone, Copy)]
struct Number {
    value: i32,
    length: u8,
}

impl Number {
    /// The operand that one byte from 32 to 246 stands for.
    fn in_one_byte(byte: u8) -> Self {
        Self { value: i32::from(byte) - 139, length: 1 }
    }
}

impl Copy<'_, '_> {
    /// Copies up to the end of the outline or of the subroutine; true at the end of the outline.
    fn run(&mut self, code: &[u8], depth: u8) -> Result<bool, Uncut> {
        // Up to here it is copied; what follows is copied in one piece before a call and at the end.
        let mut copied = 0;
        let mut at = 0;
        while let Some(byte) = code.get(at) {
            self.left.steps = self.left.steps.checked_sub(1).ok_or(BROKEN)?;
            let operator = *byte;
            match operator {
                // Most tokens by far.
                32..=246 => self.operands.push(Number::in_one_byte(operator)).ok_or(BROKEN)?,
                28 | 247..=255 => {
                    at += self.operand(&code[at..])?;
                    continue;
                }
                10 | 29 => {
                    self.extend(&code[copied..at])?;
                    copied = at + 1;
                    if self.call(operator == 29, depth)? {
                        return Ok(true);
                    }
                }
                11 => {
                    self.extend(&code[copied..at])?;
                    return Ok(false);
                }
                14 => {
                    // Four operands make an accented letter of two glyphs.
                    if self.operands.n >= 4 {
                        return Err(Uncut::Unusual);
                    }
                    self.extend(&code[copied..=at])?;
                    return Ok(true);
                }
                1 | 3 | 18 | 23 => {
                    self.stems += self.operands.n / 2;
                    self.operands.n = 0;
                }
                19 | 20 => {
                    self.stems += self.operands.n / 2;
                    self.operands.n = 0;
                    at += self.stems.div_ceil(8);
                    code.get(at).ok_or(BROKEN)?;
                }
                12 => {
                    // Flex; the others calculate.
                    if !matches!(code.get(at + 1).ok_or(BROKEN)?, 34..=37) {
                        return Err(Uncut::Unusual);
                    }
                    self.operands.n = 0;
                    at += 1;
                }
                4..=8 | 21 | 22 | 24..=27 | 30 | 31 => self.operands.n = 0,
                0 | 2 | 9 | 13 | 15..=17 => return Err(BROKEN),
            }
            at += 1;
        }
        self.extend(code.get(copied..).unwrap_or_default())?;
        Ok(false)
    }

    /// Counts an operand of more than one byte; gives its length.
    fn operand(&mut self, code: &[u8]) -> Result<usize, Uncut> {
        let byte = |i: usize| code.get(i).copied().map(i32::from).ok_or(BROKEN);
        let (length, value) = match byte(0)? {
            28 => (3, i32::from((byte(1)? << 8 | byte(2)?) as i16)),
            b @ 247..=250 => (2, (b - 247) * 256 + byte(1)? + 108),
            b @ 251..=254 => (2, -(b - 251) * 256 - byte(1)? - 108),
            // A fraction, which names no subroutine.
            _ => (5, i32::MAX),
        };
        let n = usize::from(length);
        if code.len() < n {
            return Err(BROKEN);
        }
        self.operands.push(Number { value, length }).ok_or(BROKEN)?;
        Ok(n)
    }

    /// Copies a subroutine in place of its call, whose number is the last operand; true if the outline ends in it.
    fn call(&mut self, global: bool, depth: u8) -> Result<bool, Uncut> {
        if depth >= CALLS {
            return Err(BROKEN);
        }
        let number = self.operands.pop().ok_or(BROKEN)?;
        self.out.truncate(self.out.len() - usize::from(number.length));
        let index = if global { self.global } else { self.local };
        let bias = match index.len() {
            ..1240 => 107,
            1240..33_900 => 1131,
            33_900.. => 32_768,
        };
        let number = number.value.checked_add(bias).and_then(|n| usize::try_from(n).ok());
        let code = number.and_then(|number| index.get(number)).ok_or(BROKEN)?;
        self.run(code, depth + 1)
    }

    fn extend(&mut self, bytes: &[u8]) -> Result<(), Uncut> {
        let end = self.out.len() + bytes.len();
        if end - self.start > BYTES || end > self.left.bytes {
            return Err(BROKEN);
        }
        self.out.extend(bytes);
        Ok(())
    }
}
