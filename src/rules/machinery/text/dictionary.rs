//! Words that are always wrong, what to write instead, and where they are right after all.

use std::collections::BTreeMap;

/// Some words to look for, found in one pass over a text.
#[derive(Debug, Default)]
pub(in crate::rules) struct Dictionary {
    /// By the first character, the longest first.
    entries: BTreeMap<char, Vec<Entry>>,
    /// One bit for each first character below U+10000, so that most characters cost one look.
    first: Vec<u64>,
}

/// A word to look for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::rules) struct Entry {
    /// The word.
    pub(in crate::rules) wrong: String,
    /// The right wording; empty when the word is to be deleted.
    pub(in crate::rules) right: String,
    /// Beginnings of what follows where the word is right.
    unless_before: Vec<String>,
    /// Ends of what precedes where the word is right.
    unless_after: Vec<String>,
}

/// A word of the dictionary in a text.
#[derive(Debug)]
pub(in crate::rules) struct Hit<'a> {
    /// The entry.
    pub(in crate::rules) entry: &'a Entry,
    /// The byte at which it begins.
    pub(in crate::rules) start: usize,
}

impl Dictionary {
    /// A dictionary from lists such as `data/typos.txt`; a later list may replace words of an
    /// earlier one, so that a user's own list comes last.
    ///
    /// Fails with the first line that is no entry.
    pub(in crate::rules) fn read(lists: &[&str]) -> Result<Self, String> {
        let mut dictionary = Self::default();
        for line in lists.iter().flat_map(|list| words(list)) {
            dictionary.add(entry(line).ok_or_else(|| line.to_owned())?);
        }
        Ok(dictionary)
    }

    /// A dictionary of words to be deleted, one a line; lines that begin with `#` are remarks.
    pub(in crate::rules) fn of_words(list: &str) -> Self {
        let mut dictionary = Self::default();
        for word in words(list) {
            dictionary.add(Entry { wrong: word.to_owned(), ..Entry::default() });
        }
        dictionary
    }

    fn add(&mut self, entry: Entry) {
        let Some(first) = entry.wrong.chars().next() else { return };
        if let Ok(code) = u16::try_from(u32::from(first)) {
            self.first.resize(1024, 0);
            self.first[usize::from(code) / 64] |= 1 << (code % 64);
        }
        let alike = self.entries.entry(first).or_default();
        if let Some(same) = alike.iter_mut().find(|other| other.wrong == entry.wrong) {
            *same = entry;
            return;
        }
        let at = alike.partition_point(|other| other.wrong.len() >= entry.wrong.len());
        alike.insert(at, entry);
    }

    /// The words of the dictionary in a text, in order and not overlapping.
    pub(in crate::rules) fn find<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Hit<'a>> {
        let mut end = 0;
        text.char_indices().filter_map(move |(start, c)| {
            if start < end || !self.may_begin(c) {
                return None;
            }
            let rest = &text[start..];
            // The longest word wins.
            let mut entries = self.entries.get(&c)?.iter();
            let entry = entries.find(|entry| {
                if !rest.starts_with(entry.wrong.as_str()) {
                    return false;
                }
                let (before, after) = (&text[..start], &rest[entry.wrong.len()..]);
                !entry.unless_before.iter().any(|word| after.starts_with(word.as_str()))
                    && !entry.unless_after.iter().any(|word| before.ends_with(word.as_str()))
            })?;
            end = start + entry.wrong.len();
            Some(Hit { entry, start })
        })
    }

    fn may_begin(&self, c: char) -> bool {
        match u16::try_from(u32::from(c)) {
            Ok(code) => self
                .first
                .get(usize::from(code) / 64)
                .is_some_and(|bits| bits >> (code % 64) & 1 == 1),
            Err(_) => true,
        }
    }

    /// All entries, by their first characters.
    #[cfg(test)]
    pub(in crate::rules) fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.entries.values().flatten()
    }
}

/// Reads `错 → 对（后面是：甲、乙；前面是：丙）`, of which the brackets may be left out.
fn entry(line: &str) -> Option<Entry> {
    let (wrong, rest) = line.split_once('→')?;
    let (right, exceptions) = match rest.split_once('（') {
        Some((right, exceptions)) => (right, exceptions.trim_end().strip_suffix('）')?),
        None => (rest, ""),
    };
    let mut entry = Entry {
        wrong: wrong.trim().to_owned(),
        right: right.trim().to_owned(),
        ..Entry::default()
    };
    for exception in exceptions.split('；').filter(|exception| !exception.is_empty()) {
        let (side, neighbours) = exception.split_once('：')?;
        let list = match side.trim() {
            "后面是" => &mut entry.unless_before,
            "前面是" => &mut entry.unless_after,
            _ => return None,
        };
        list.extend(neighbours.split('、').map(|word| word.trim().to_owned()));
    }
    let is_filled = |words: &[String]| words.iter().all(|word| !word.is_empty());
    let whole = is_filled(&entry.unless_before) && is_filled(&entry.unless_after);
    (!entry.wrong.is_empty() && whole).then_some(entry)
}

/// The words of a list, one a line; lines that begin with `#` are remarks.
pub(in crate::rules) fn words(lines: &str) -> impl Iterator<Item = &str> {
    lines.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(files: &[&str], text: &str) -> Vec<(usize, String)> {
        let dictionary = Dictionary::read(files).unwrap();
        dictionary.find(text).map(|hit| (hit.start, hit.entry.right.clone())).collect()
    }

    #[test]
    fn words_are_found_unless_their_neighbours_excuse_them() {
        let list = "# 注\n\n各别 → 个别（后面是：墅；前面是：于、分）\n";
        assert_eq!(found(&[list], "各别县区"), [(0, "个别".to_owned())]);
        assert_eq!(found(&[list], "各别墅、于各别，分各别"), []);
    }

    #[test]
    fn a_later_list_replaces_words() {
        let (one, two) = ("甲乙 → 丙", "甲乙 → 丁\n甲乙乙 → 戊");
        assert_eq!(
            found(&[one, two], "甲乙，甲乙乙"),
            [(0, "丁".to_owned()), (9, "戊".to_owned())]
        );
    }

    #[test]
    fn a_line_that_is_no_entry_is_named() {
        for line in ["甲", "→ 乙", "甲 → 乙（丙）", "甲 → 乙（后面是：）", "甲 → 乙（后面是：丙"]
        {
            assert_eq!(Dictionary::read(&["丙 → 丁", line]).unwrap_err(), line);
        }
    }
}
