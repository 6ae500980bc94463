//! The lists that come with the program: words, terms, and how characters may stand and be mistaken.
//!
//! `build.rs` makes tables of the lists in `assets/words`; they are read where they lie.

use super::characters::{
    BODY, COUNTER, FREE, GRAMMAR, OPTIONAL, PLACE, PRECEDES_ITSELF, PREFIX, next_second, packed,
    tail_and_cost,
};
use super::han::place;
use super::terms::{Index, Terms};

/// Words, terms and lists of characters, ready to be looked up.
pub(super) struct Lexicon {
    /// For each Chinese character, where the words that begin with it start in `words`.
    begins: &'static [u16],
    /// The tail behind the first character of a word, packed, with its cost; sorted for each first character.
    words: &'static [u64],
    /// Common words of the field of two characters, packed.
    common: &'static [u32],
    /// The same, the second character in front of the first.
    common_ends: &'static [u32],
    /// These words, and what may be right though it is one slip off one of them, packed.
    right_pairs: &'static [u32],
    /// The terms of the field.
    pub(super) terms: Terms,
    /// Right wordings that are one character off a term, sorted.
    right: &'static [&'static str],
    /// Terms that are names of the form, and nothing else without one of their characters, sorted.
    fixed: &'static [&'static str],
    /// Verbs of which the first character does alone before an object, sorted.
    verbs: &'static [&'static str],
    /// Words and idioms in which a character or a word stands twice, sorted.
    doubles: &'static [&'static str],
    /// For each Chinese character, how it may stand.
    classes: &'static [u8],
    /// The groups of characters that sound or look alike, by character: each with the number of a group, packed.
    alike: &'static [u32],
}

/// The cost of a single character that often stands alone.
const COST_FREE: u32 = 9;
/// The cost of a single word of grammar.
const COST_GRAMMAR: u32 = 7;
/// The cost of any other single character.
const COST_STRAY: u32 = 14;

/// The bytes of a table that the build made.
macro_rules! built {
    ($name:literal) => {
        include_bytes!(concat!(env!("OUT_DIR"), "/words/", $name))
    };
}

/// A table of numbers, as they are written there: the least significant byte first.
macro_rules! table {
    ($name:literal, $number:ty) => {{
        const BYTES: &[u8] = built!($name);
        const SIZE: usize = size_of::<$number>();
        const LENGTH: usize = BYTES.len() / SIZE;
        static NUMBERS: [$number; LENGTH] = {
            let mut numbers = [0; LENGTH];
            let mut i = 0;
            while i < BYTES.len() {
                numbers[i / SIZE] |= (BYTES[i] as $number) << (i % SIZE * 8);
                i += 1;
            }
            numbers
        };
        &NUMBERS
    }};
}

/// The bytes of the characters of all terms, two for each.
const CHARACTERS_OF_TERMS: &[u8] = built!("terms");

/// The characters of all terms, one term behind the other.
static TERMS: [char; CHARACTERS_OF_TERMS.len() / 2] = {
    let mut chars = ['\0'; CHARACTERS_OF_TERMS.len() / 2];
    let mut i = 0;
    while i < chars.len() {
        let code = u16::from_le_bytes([CHARACTERS_OF_TERMS[2 * i], CHARACTERS_OF_TERMS[2 * i + 1]]);
        if let Some(c) = char::from_u32(code as u32) {
            chars[i] = c;
        }
        i += 1;
    }
    chars
};

/// The lists of `assets/words`.
pub(super) static BUILT_IN: Lexicon = Lexicon {
    begins: table!("begins", u16),
    words: table!("words", u64),
    common: table!("common", u32),
    common_ends: table!("common.ends", u32),
    right_pairs: table!("common.right", u32),
    terms: Terms::built_in(
        &TERMS,
        Index::built_in(
            table!("whole.begins", u16),
            table!("whole.seconds", u32),
            table!("whole", u32),
        ),
        Index::built_in(
            table!("tails.begins", u16),
            table!("tails.seconds", u32),
            table!("tails", u32),
        ),
    ),
    right: &include!(concat!(env!("OUT_DIR"), "/words/right")),
    fixed: &include!(concat!(env!("OUT_DIR"), "/words/fixed")),
    verbs: &include!(concat!(env!("OUT_DIR"), "/words/verbs")),
    doubles: &include!(concat!(env!("OUT_DIR"), "/words/doubles")),
    classes: built!("classes"),
    alike: table!("alike", u32),
};

impl Lexicon {
    /// The words that a text begins with: how long each is and what it costs.
    pub(super) fn words_at(&self, text: &[char], mut each: impl FnMut(usize, u32)) {
        let [first, second, rest @ ..] = text else { return };
        let Some(first) = place(*first) else { return };
        let words =
            &self.words[usize::from(self.begins[first])..usize::from(self.begins[first + 1])];
        let one = packed([*second]);
        if words.is_empty() || one == 0 {
            return;
        }
        let two = rest.first().map(|third| one | packed(['\0', *third]));
        let three = rest.get(1).and_then(|fourth| Some(two? | packed(['\0', '\0', *fourth])));
        let keys = [Some(one), two, three];
        // Words with one second character stand together.
        let from = words.partition_point(|word| tail_and_cost(*word).0 < one);
        for word in &words[from..] {
            let (tail, cost) = tail_and_cost(*word);
            if tail >= next_second(one) {
                break;
            }
            if let Some(n) = keys.iter().position(|key| *key == Some(tail)) {
                each(n + 2, cost);
            }
        }
    }

    /// The characters before which a character ends a common word of the field.
    pub(super) fn ends_common(&self, second: char) -> impl Iterator<Item = char> {
        partners(self.common_ends, second)
    }

    /// The characters behind which a character begins one.
    pub(super) fn begins_common(&self, first: char) -> impl Iterator<Item = char> {
        partners(self.common, first)
    }

    /// True if two characters are a common word, or may be right though they are one slip off one.
    pub(super) fn is_right_pair(&self, first: char, second: char) -> bool {
        partners(self.right_pairs, first).any(|c| c == second)
    }

    /// The cost of a character that stands alone.
    pub(super) fn cost_alone(&self, c: char) -> u32 {
        match self.class(c) {
            class if class & GRAMMAR != 0 => COST_GRAMMAR,
            class if class & FREE != 0 => COST_FREE,
            _ => COST_STRAY,
        }
    }

    /// True if a character often stands alone.
    pub(super) fn is_free(&self, c: char) -> bool {
        self.class(c) & FREE != 0
    }

    /// True if it is a word of grammar.
    pub(super) fn is_grammar(&self, c: char) -> bool {
        self.class(c) & GRAMMAR != 0
    }

    /// True if a term without it is often right as well.
    pub(super) fn is_optional(&self, c: char) -> bool {
        self.class(c) & OPTIONAL != 0
    }

    /// True if it counts things.
    pub(super) fn is_counter(&self, c: char) -> bool {
        self.class(c) & COUNTER != 0
    }

    /// True if it names a kind of place.
    pub(super) fn is_place(&self, c: char) -> bool {
        self.class(c) & PLACE != 0
    }

    /// True if it ends the name of a body.
    pub(super) fn is_body(&self, c: char) -> bool {
        self.class(c) & BODY != 0
    }

    /// True if a word that begins with it may stand behind it.
    pub(super) fn may_precede_itself(&self, c: char) -> bool {
        self.class(c) & PRECEDES_ITSELF != 0
    }

    /// True if it begins longer words as a prefix.
    pub(super) fn is_prefix(&self, c: char) -> bool {
        self.class(c) & PREFIX != 0
    }

    /// True if no word of the lists begins with a character and no common one is like it: it is seldom meant but in a name.
    pub(super) fn is_rare(&self, c: char) -> bool {
        let begins_none = place(c).is_none_or(|first| self.begins[first] == self.begins[first + 1]);
        let from = self.alike.partition_point(|pair| pair >> 16 < u32::from(c));
        let unlike = self.alike.get(from).is_none_or(|pair| pair >> 16 != u32::from(c));
        begins_none && unlike && self.class(c) == 0
    }

    /// True if two characters are easily mistaken for each other, by sound or by shape.
    pub(super) fn are_alike(&self, a: char, b: char) -> bool {
        let groups = |c: char| {
            let from = self.alike.partition_point(|pair| pair >> 16 < u32::from(c));
            let own = self.alike[from..].iter().take_while(move |pair| *pair >> 16 == u32::from(c));
            own.map(|pair| pair & 0xffff)
        };
        groups(a).any(|group| groups(b).any(|other| other == group))
    }

    /// True if a wording is right though it is one character off a term.
    pub(super) fn is_right(&self, words: &[char]) -> bool {
        is_listed(self.right, words)
    }

    /// The characters of the longest word or phrase with which a text begins and in which a character or a word stands twice by
    /// nature: 常常, 井井有条, 地地力 of 耕地地力.
    pub(super) fn doubled(&self, text: &[char]) -> Option<usize> {
        let first = text.first()?;
        let begins = |word: &str| word.chars().next();
        let from = self.doubles.partition_point(|word| begins(word) < Some(*first));
        let own = self.doubles[from..].iter().take_while(|word| begins(word) == Some(*first));
        let there = own.filter(|word| {
            let mut there = text.iter();
            word.chars().all(|c| there.next() == Some(&c))
        });
        there.map(|word| word.chars().count()).max()
    }

    /// True if no character of a term can be left out: a name of the form, or an idiom.
    pub(super) fn is_fixed(&self, term: &[char]) -> bool {
        is_listed(self.fixed, term)
    }

    /// True if a verb does without its second character before an object.
    pub(super) fn does_alone(&self, verb: &[char]) -> bool {
        is_listed(self.verbs, verb)
    }

    fn class(&self, c: char) -> u8 {
        place(c).map_or(0, |i| self.classes[i])
    }
}

/// The second characters of packed pairs whose first is a given one.
fn partners(pairs: &'static [u32], first: char) -> impl Iterator<Item = char> {
    let from = pairs.partition_point(|pair| pair >> 16 < u32::from(first));
    let own = pairs[from..].iter().take_while(move |pair| *pair >> 16 == u32::from(first));
    own.filter_map(|pair| char::from_u32(pair & 0xffff))
}

/// True if a sorted list holds a wording.
fn is_listed(list: &[&str], words: &[char]) -> bool {
    list.binary_search_by(|entry| entry.chars().cmp(words.iter().copied())).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_well_formed() {
        let lexicon = &BUILT_IN;
        assert!(lexicon.words.len() > 20_000, "{}", lexicon.words.len());
        for c in "的和在".chars() {
            assert!(lexicon.is_grammar(c), "{c}");
        }
        assert!(lexicon.are_alike('理', '例') && lexicon.are_alike('末', '未'));
        assert!(!lexicon.are_alike('政', '公'));
        let mut words = Vec::new();
        let text: Vec<char> = "社会主义".chars().collect();
        lexicon.words_at(&text, |length, _| words.push(length));
        assert_eq!(words, [2, 4]);
    }

    #[test]
    fn the_lists_stay_small() {
        let bytes = include_str!("../../assets/words/words.txt").len()
            + include_str!("../../assets/words/terms.txt").len()
            + include_str!("../../assets/words/sectors.txt").len()
            + include_str!("../../assets/words/right.txt").len()
            + include_str!("../../assets/words/doubles.txt").len()
            + include_str!("../../assets/words/characters.txt").len()
            + include_str!("../../assets/words/fixed.txt").len()
            + include_str!("../../assets/words/verbs.txt").len()
            + include_str!("../../assets/words/alike.txt").len()
            + include_str!("../../assets/words/common.txt").len();
        assert!(bytes < 300 * 1024, "{bytes}");
    }
}
