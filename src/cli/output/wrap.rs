//! Words in rows of a terminal.

use super::excerpt::columns;

/// Marks that end something, and begin no row.
const NEVER_FIRST: &str = "，。；：、）》”’";

/// Some words in rows of so many columns, none of which begins with a mark that ends something: such a mark hangs over.
pub(super) fn wrapped(words: &str, width: usize) -> Vec<String> {
    rows_of(words, width, |c, row| NEVER_FIRST.contains(c).then_some(row.len()))
}

/// Some words in rows of at most so many columns: a mark that ends something takes the word before it along.
pub(super) fn wrapped_within(words: &str, width: usize) -> Vec<String> {
    rows_of(words, width, |c, row| {
        let (at, last) = row.char_indices().next_back()?;
        let end = at - before_in_word(&row[..at], last);
        (NEVER_FIRST.contains(c) && end > 0).then_some(end)
    })
}

/// Rows; `ends` says for some characters that have no room where the row before them ends.
fn rows_of(words: &str, width: usize, ends: impl Fn(char, &str) -> Option<usize>) -> Vec<String> {
    let mut rows = vec![String::new()];
    for c in words.chars() {
        let Some(row) = rows.last_mut() else { break };
        if columns(row) + columns(c.encode_utf8(&mut [0; 4])) <= width {
            row.push(c);
            continue;
        }
        let end = ends(c, row).unwrap_or_else(|| row.len() - before_in_word(row, c));
        if end == row.len() && ends(c, row).is_some() {
            row.push(c);
            continue;
        }
        let mut next = row.split_off(end);
        next.push(c);
        rows.push(next);
    }
    let trimmed = rows
        .iter()
        .enumerate()
        .map(|(i, row)| if i == 0 { row.trim_end().to_owned() } else { row.trim().to_owned() });
    trimmed.collect()
}

/// The bytes at the end of a row that belong to the figure, name of a file or command that a character goes on; none
/// where the row has nothing before it.
fn before_in_word(row: &str, c: char) -> usize {
    let in_word = |c: char| c.is_ascii_alphanumeric() || "._-/:".contains(c);
    let n = row.len() - row.trim_end_matches(in_word).len();
    if in_word(c) && n < row.len() { n } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_keep_their_figures() {
        assert_eq!(wrapped("本年新收 1234", 11), ["本年新收", "1234"]);
        assert_eq!(wrapped("表中是“新收”，", 12), ["表中是“新收”，"]);
        assert_eq!(wrapped("", 4), [""]);
        assert_eq!(wrapped_within("写成年报.toml", 11), ["写成年报", ".toml"]);
        assert_eq!(wrapped_within("名单是2023年度的", 8), ["名单是", "2023年度", "的"]);
        assert_eq!(wrapped_within("abcdefgh", 3), ["abc", "def", "gh"]);
        assert_eq!(wrapped_within("留在甲/a.toml）", 14), ["留在甲", "/a.toml）"]);
        assert_eq!(wrapped_within("没有收：写的是", 6), ["没有", "收：写", "的是"]);
    }
}
