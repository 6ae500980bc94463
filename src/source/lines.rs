//! The lines of a text, and where in them a byte stands.

use std::ops::Range;

/// A place as people count: line and column from 1, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The column, in characters.
    pub column: usize,
}

impl Position {
    /// The position of a byte of `text`; a byte beyond the end is taken for the end.
    pub fn of(text: &str, byte: usize) -> Self {
        let mut byte = byte.min(text.len());
        while !text.is_char_boundary(byte) {
            byte -= 1;
        }
        let line_start = text[..byte].rfind('\n').map_or(0, |i| i + 1);
        Self {
            line: 1 + text[..line_start].bytes().filter(|b| *b == b'\n').count(),
            column: 1 + text[line_start..byte].chars().filter(|c| *c != '\u{feff}').count(),
        }
    }
}

/// The lines of a text, found once for many positions.
#[derive(Debug, Clone)]
pub struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
    /// In long lines, a byte now and then and the characters of its line before it.
    marks: Vec<(usize, usize)>,
}

/// The most bytes read to find a place in a long line or a long text.
pub(super) const STRIDE: usize = 1024;

impl<'a> Lines<'a> {
    /// The lines of `text`.
    pub fn of(text: &'a str) -> Self {
        let (mut starts, mut marks) = (vec![0], Vec::new());
        let (mut from, mut n_characters) = (0, 0);
        for (i, character) in text.char_indices() {
            if i - from >= STRIDE {
                marks.push((i, n_characters));
                from = i;
            }
            match character {
                '\n' => {
                    starts.push(i + 1);
                    (from, n_characters) = (i + 1, 0);
                }
                '\u{feff}' => {}
                _ => n_characters += 1,
            }
        }
        Self { text, starts, marks }
    }

    /// The position of a byte; the same as [`Position::of`].
    pub fn position(&self, byte: usize) -> Position {
        let byte = floor(self.text, byte);
        let line = self.starts.partition_point(|start| *start <= byte);
        let start = self.starts[line - 1];
        let mark = self.marks.partition_point(|(at, _)| *at <= byte).checked_sub(1);
        let (from, before) =
            mark.map(|i| self.marks[i]).filter(|(at, _)| *at > start).unwrap_or((start, 0));
        let rest = self.text[from..byte].chars().filter(|c| *c != '\u{feff}').count();
        Position { line, column: 1 + before + rest }
    }

    /// The bytes of a line, counted from 1, without its end; empty beyond the last.
    pub fn range(&self, line: usize) -> Range<usize> {
        let Some(start) = line.checked_sub(1).and_then(|i| self.starts.get(i)).copied() else {
            return self.text.len()..self.text.len();
        };
        let end = self.starts.get(line).map_or(self.text.len(), |next| next - 1);
        let end = if self.text[start..end].ends_with('\r') { end - 1 } else { end };
        start..end
    }
}

/// The start of the character that the byte lies in.
pub(super) fn floor(text: &str, byte: usize) -> usize {
    let mut byte = byte.min(text.len());
    while !text.is_char_boundary(byte) {
        byte -= 1;
    }
    byte
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_characters_and_pass_over_a_byte_order_mark() {
        let text = "\u{feff}一二\n三四五";
        assert_eq!(Position::of(text, text.find('二').unwrap()), Position { line: 1, column: 2 });
        assert_eq!(Position::of(text, text.find('五').unwrap()), Position { line: 2, column: 3 });
        assert_eq!(Position::of(text, 10_000), Position { line: 2, column: 4 });
        let lines = Lines::of(text);
        for byte in 0..20 {
            assert_eq!(lines.position(byte), Position::of(text, byte), "{byte}");
        }
    }

    #[test]
    fn lines_stand_without_their_ends() {
        let text = "一\r\n\n三";
        let lines = Lines::of(text);
        let all: Vec<&str> = (1..=4).map(|line| &text[lines.range(line)]).collect();
        assert_eq!(all, ["一", "", "三", ""]);
        assert_eq!(&text[Lines::of(text).range(0)], "");
    }
}
