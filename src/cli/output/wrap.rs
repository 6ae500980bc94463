//! Words in rows of a terminal.

use super::excerpt::columns;

/// Some words in rows of so many columns, none of which begins with a mark that ends something.
pub(super) fn wrapped(words: &str, width: usize) -> Vec<String> {
    const NEVER_FIRST: &str = "，。；：、）”》";
    let mut rows = vec![String::new()];
    for c in words.chars() {
        let Some(row) = rows.last_mut() else { break };
        let full = columns(row) + columns(c.encode_utf8(&mut [0; 4])) > width;
        // A figure is not torn apart, where its row has something before it.
        let digits = row.len() - row.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        if !full || NEVER_FIRST.contains(c) {
            row.push(c);
        } else if c.is_ascii_digit() && digits > 0 && digits < row.len() {
            let moved = row.split_off(row.len() - digits);
            rows.push(format!("{moved}{c}"));
        } else {
            rows.push(c.to_string());
        }
    }
    rows.iter().map(|row| row.trim().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_keep_their_figures() {
        assert_eq!(wrapped("本年新收 1234", 11), ["本年新收", "1234"]);
        assert_eq!(wrapped("表中是“新收”，", 12), ["表中是“新收”，"]);
        assert_eq!(wrapped("", 4), [""]);
    }
}
