//! [`Words`]: a list of words that are asked for together; and `by_field!`, records of many of them.

use std::fmt::{self, Formatter};
use std::sync::OnceLock;

use serde::de::{self, Deserialize, Deserializer, SeqAccess, Visitor};

/// A list of words from a file of data.
///
/// The words stand in one text, so that a list is read as fast as a word; many lists are not asked for in a run, so that each is
/// indexed when it is.
#[derive(Clone, Default)]
pub(crate) struct Words {
    /// The words, each with [`END`] behind it; an empty word is found nowhere, and only among all.
    text: String,
    index: OnceLock<Index>,
}

/// The places of the words of a list.
#[derive(Debug, Clone, Default)]
struct Index {
    /// The place behind each of them.
    ends: Vec<u32>,
    /// The characters with which words begin and end, so that most places of a text cost one look.
    begins: Characters,
    closes: Characters,
}

/// The character behind a word, which is part of none, and stands in JSON as it is; the build writes it, and a test holds both
/// to it.
const END: u8 = 0x7f;

impl Words {
    /// True if a word is one of them.
    pub(crate) fn has(&self, word: &str) -> bool {
        let first = word.chars().next();
        let may = first.is_none_or(|first| self.index().begins.may_hold(first));
        may && self.iter().any(|own| own == word)
    }

    /// True if one of them stands in a text.
    pub(crate) fn are_in(&self, text: &str) -> bool {
        let index = self.index();
        let begins = |(_, c): &(usize, char)| index.begins.may_hold(*c);
        let mut places = text.char_indices().filter(begins);
        places.any(|(at, _)| self.iter().any(|word| text[at..].starts_with(word)))
    }

    /// The first of them that a text begins with.
    pub(crate) fn start_of(&self, text: &str) -> Option<&str> {
        text.chars().next().filter(|first| self.index().begins.may_hold(*first))?;
        self.iter().find(|word| text.starts_with(word))
    }

    /// The first of them that a text ends with.
    pub(crate) fn end_of(&self, text: &str) -> Option<&str> {
        text.chars().next_back().filter(|last| self.index().closes.may_hold(*last))?;
        self.iter().find(|word| text.ends_with(word))
    }

    /// The first place of a text where one of them stands, and the longest that does.
    pub(crate) fn first_in(&self, text: &str) -> Option<(usize, &str)> {
        let index = self.index();
        let begins = |(_, c): &(usize, char)| index.begins.may_hold(*c);
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
        let mut start = 0;
        self.index().ends.iter().filter_map(move |end| {
            let word = self.text.get(start..*end as usize);
            start = *end as usize + 1;
            word
        })
    }
}

impl fmt::Debug for Words {
    /// The index follows from the words, and may not be there yet.
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Words").field(&self.text).finish()
    }
}

impl Words {
    fn of(text: String) -> Self {
        Self { text, index: OnceLock::new() }
    }

    fn index(&self) -> &Index {
        self.index.get_or_init(|| Index::of(&self.text))
    }
}

impl Index {
    /// Of words that each have [`END`] behind them.
    fn of(text: &str) -> Self {
        /// Of a word with its end, in bytes: most have two characters or three.
        const LENGTH: usize = 8;
        let mut index = Self { ends: Vec::with_capacity(text.len() / LENGTH), ..Self::default() };
        let mut start = 0;
        for word in text.split_terminator(char::from(END)) {
            let end = start + word.len();
            index.ends.extend(u32::try_from(end));
            index.begins.add(word.chars().next());
            index.closes.add(word.chars().next_back());
            start = end + 1;
        }
        index
    }
}

impl<'w> FromIterator<&'w str> for Words {
    fn from_iter<I: IntoIterator<Item = &'w str>>(words: I) -> Self {
        let mut text = String::new();
        for word in words {
            text.push_str(word);
            text.push(char::from(END));
        }
        Self::of(text)
    }
}

impl<'de> Deserialize<'de> for Words {
    /// A list as the file of data has it, or the one text that the build makes of it.
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(WordsVisitor)
    }
}

struct WordsVisitor;

impl<'de> Visitor<'de> for WordsVisitor {
    type Value = Words;

    fn expecting(&self, to: &mut Formatter<'_>) -> fmt::Result {
        to.write_str("a list of words")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Words, E> {
        Ok(Words::of(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Words, A::Error> {
        let mut text = String::new();
        while let Some(word) = list.next_element::<String>()? {
            if word.contains(char::from(END)) {
                return Err(de::Error::custom("a word with the mark of its end"));
            }
            text.push_str(&word);
            text.push(char::from(END));
        }
        Ok(Words::of(text))
    }
}

/// Reads a list of words one by one.
pub(crate) fn listed<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<String>, D::Error> {
    Words::deserialize(from).map(|words| words.iter().map(str::to_owned).collect())
}

/// Some characters, of which it is quickly known that others are none.
#[derive(Debug, Clone, Default)]
struct Characters([u64; 4]);

impl Characters {
    fn add(&mut self, c: Option<char>) {
        if let Some((place, bit)) = c.map(Self::bit) {
            self.0[place] |= bit;
        }
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

/// A record that is read from a file of data into one value, field by field; every field must be there, and no other.
///
/// The reading that serde derives keeps each field apart until the last one is read. For a record of some hundred lists that is
/// a megabyte of machine code.
macro_rules! by_field {
    (
        $(#[$of_record:meta])*
        $seen:vis struct $record:ident {
            $($(#[$of_field:meta])* $field_seen:vis $field:ident: $kind:ty,)*
        }
    ) => {
        $(#[$of_record])*
        $seen struct $record {
            $($(#[$of_field])* $field_seen $field: $kind,)*
        }

        impl<'de> serde::Deserialize<'de> for $record {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                const FIELDS: &[&str] = &[$(stringify!($field)),*];

                struct Fields;

                impl<'de> serde::de::Visitor<'de> for Fields {
                    type Value = $record;

                    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        f.write_str(stringify!($record))
                    }

                    fn visit_map<A: serde::de::MapAccess<'de>>(
                        self,
                        mut map: A,
                    ) -> Result<$record, A::Error> {
                        use serde::de::Error;
                        let mut record = $record::default();
                        let mut n = 0;
                        while let Some(key) = map.next_key::<String>()? {
                            match key.as_str() {
                                $(stringify!($field) => record.$field = map.next_value()?,)*
                                _ => return Err(A::Error::unknown_field(&key, FIELDS)),
                            }
                            n += 1;
                        }
                        // No file of data has a key twice.
                        match n == FIELDS.len() {
                            true => Ok(record),
                            false => Err(A::Error::custom("a list is missing")),
                        }
                    }
                }

                from.deserialize_struct(stringify!($record), FIELDS, Fields)
            }
        }
    };
}

pub(crate) use by_field;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_where_they_stand_and_others_are_not() {
        let list = ["公开", "公", "abc", "处理费"].map(str::to_owned);
        let words: Words = serde_json::from_value(list.to_vec().into()).unwrap();
        let joined: Words =
            serde_json::from_value("公开\u{7f}公\u{7f}abc\u{7f}处理费\u{7f}".into()).unwrap();
        assert_eq!(words.iter().collect::<Vec<_>>(), joined.iter().collect::<Vec<_>>());
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
