//! [`Words`]: a list of words that are asked for together.

use serde::Deserialize;

/// A list of words from a file of data.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(from = "Vec<String>")]
pub(crate) struct Words {
    list: Vec<String>,
    /// The characters with which words begin and end, so that most places of a text cost one look.
    begins: Characters,
    ends: Characters,
}

impl Words {
    /// True if a word is one of them.
    pub(crate) fn has(&self, word: &str) -> bool {
        self.iter().any(|own| own == word)
    }

    /// True if one of them stands in a text.
    pub(crate) fn are_in(&self, text: &str) -> bool {
        let begins = |(_, c): &(usize, char)| self.begins.may_hold(*c);
        let mut places = text.char_indices().filter(begins);
        places.any(|(at, _)| self.iter().any(|word| text[at..].starts_with(word)))
    }

    /// The first of them that a text begins with.
    pub(crate) fn start_of(&self, text: &str) -> Option<&str> {
        text.chars().next().filter(|first| self.begins.may_hold(*first))?;
        self.iter().find(|word| text.starts_with(word))
    }

    /// The first of them that a text ends with.
    pub(crate) fn end_of(&self, text: &str) -> Option<&str> {
        text.chars().next_back().filter(|last| self.ends.may_hold(*last))?;
        self.iter().find(|word| text.ends_with(word))
    }

    /// The first place of a text where one of them stands, and the longest that does.
    pub(crate) fn first_in(&self, text: &str) -> Option<(usize, &str)> {
        let begins = |(_, c): &(usize, char)| self.begins.may_hold(*c);
        text.char_indices().filter(begins).find_map(|(at, _)| {
            let there = self.iter().filter(|word| text[at..].starts_with(word));
            there.max_by_key(|word| word.len()).map(|word| (at, word))
        })
    }

    /// Those that stand in a text, in their order: one look tells that a word is not there, and to search for its places
    /// takes much longer.
    pub(crate) fn all_in(&self, text: &str) -> impl Iterator<Item = &str> {
        self.iter().filter(move |word| text.contains(word))
    }

    /// All of them in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        self.list.iter().map(String::as_str)
    }
}

impl From<Vec<String>> for Words {
    /// A list of words; an empty one is found nowhere, and only among all.
    fn from(list: Vec<String>) -> Self {
        let begins = Characters::of(list.iter().filter_map(|word| word.chars().next()));
        let ends = Characters::of(list.iter().filter_map(|word| word.chars().next_back()));
        Self { list, begins, ends }
    }
}

/// Some characters, of which it is quickly known that others are none.
#[derive(Debug, Clone, Default)]
struct Characters([u64; 4]);

impl Characters {
    fn of(characters: impl Iterator<Item = char>) -> Self {
        let mut all = Self::default();
        for (place, bit) in characters.map(Self::bit) {
            all.0[place] |= bit;
        }
        all
    }

    /// False if a character is none of them.
    fn may_hold(&self, c: char) -> bool {
        let (place, bit) = Self::bit(c);
        self.0[place] & bit != 0
    }

    fn bit(c: char) -> (usize, u64) {
        let code = u32::from(c);
        ((code >> 6 & 3) as usize, 1 << (code & 63))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_where_they_stand_and_others_are_not() {
        let list = ["公开", "公", "abc", "处理费"].map(str::to_owned);
        let words = Words::from(list.to_vec());
        for text in
            ["公开", "不公开", "信息处理费", "xabc", "abc", "公", "开公司", "处理", "", "费"]
        {
            let any = |is: fn(&str, &str) -> bool| list.iter().find(|word| is(text, word)).cloned();
            assert_eq!(words.start_of(text), any(|t, w| t.starts_with(w)).as_deref(), "{text}");
            assert_eq!(words.end_of(text), any(|t, w| t.ends_with(w)).as_deref(), "{text}");
            assert_eq!(words.are_in(text), any(|t, w| t.contains(w)).is_some(), "{text}");
            assert_eq!(words.has(text), any(|t, w| t == w).is_some(), "{text}");
            let places = list.iter().filter_map(|word| Some((text.find(word)?, word.as_str())));
            let first = places.min_by_key(|(at, word)| (*at, usize::MAX - word.len()));
            assert_eq!(words.first_in(text), first, "{text}");
            let all: Vec<&str> = words.all_in(text).collect();
            let contained = list.iter().filter(|word| text.contains(word.as_str()));
            assert_eq!(all, contained.collect::<Vec<_>>(), "{text}");
        }
        assert!(!Words::default().are_in("公开"));
    }
}
