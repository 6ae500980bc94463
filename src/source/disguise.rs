//! A data file without what it says: its form for one who looks for a fault of the program, and no word of it.

use super::keys::KEY_TABLES;
use super::names;
use super::syntax::is_starter_comment;

/// The text with every Chinese character of its values as 某, every letter as x and every digit but 0 as 1.
///
/// Heads, keys, signs, blanks, characters that nobody sees and the comments of a starter stay, and every line has as
/// many characters as before: what is wrong with the form of the file is still wrong with it.
pub fn disguised(text: &str) -> String {
    text.split_inclusive('\n').map(line).collect()
}

fn line(line: &str) -> String {
    let words = line.trim();
    if is_head(words) {
        return line.to_owned();
    }
    if let Some(comment) = words.strip_prefix('#') {
        let is_own = is_starter_comment(comment) || is_entry_of_starter(comment);
        return if is_own { line.to_owned() } else { masked(line) };
    }
    match line.split_once('=') {
        Some((key, value)) if is_known(key) => {
            // What stands behind # is of the starter, as far as that wrote it.
            let (value, remark) = match value.rfind("  # ") {
                Some(at) => value.split_at(at),
                None => (value, ""),
            };
            format!("{key}={}{}", masked(value), masked(remark))
        }
        _ => masked(line),
    }
}

fn is_head(words: &str) -> bool {
    let name = words.trim_start_matches('[').split(']').next().unwrap_or_default();
    words.starts_with('[') && name.split('.').all(is_known)
}

fn is_entry_of_starter(comment: &str) -> bool {
    comment.split_once('=').is_some_and(|(key, value)| {
        is_known(key)
            && value
                .split('#')
                .next()
                .unwrap_or_default()
                .trim_matches(['"', ' ', '[', ']', '{', '}', ','])
                .is_empty()
    })
}

fn is_known(word: &str) -> bool {
    let word = word.trim().rsplit('.').next().unwrap_or_default();
    names::is_known(KEY_TABLES, word)
}

fn masked(text: &str) -> String {
    let mask = |c: char| match c {
        '1'..='9' => '1',
        'a'..='z' => 'x',
        'A'..='Z' => 'X',
        c if c.is_alphabetic() => '某',
        c => c,
    };
    text.chars().map(mask).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_figures_are_hidden_and_the_form_stays() {
        let text = "# 说我自己的话\nformat = \"2021\"\n[agency]\nname = “清水县教育局”  # 机关全称\n#licences = \n[disclosure]\nlicences = 1，052件\u{200b}\ntext = '''\n2023年受理Abc 30件。\n’’’\n";
        assert_eq!(
            disguised(text),
            "# 某某某某某某\nformat = \"1011\"\n[agency]\nname = “某某某某某某”  # 某某某某\n#licences = \n[disclosure]\nlicences = 1，011某\u{200b}\ntext = '''\n1011某某某Xxx 10某。\n’’’\n"
        );
    }
}
