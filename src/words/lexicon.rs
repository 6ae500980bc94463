//! The lists that come with the program: words, terms, and how characters may stand and be mistaken.

use super::han::{CHARACTERS, place};
use super::terms::Terms;

/// Words, terms and lists of characters, ready to be looked up.
pub(super) struct Lexicon {
    /// For each Chinese character, where the words that begin with it start in `words`.
    begins: Vec<u32>,
    /// The tail behind the first character of a word, packed, with its cost; sorted for each first character.
    words: Vec<(u64, u8)>,
    /// The terms of the field.
    pub(super) terms: Terms,
    /// Right wordings that are one character off a term.
    right: Vec<Vec<char>>,
    /// For each Chinese character, how it may stand.
    classes: Vec<u8>,
    /// The groups of characters that sound or look alike, by character.
    alike: Vec<(char, u16)>,
}

/// It often stands alone.
const FREE: u8 = 1;
/// It is a word of grammar.
const GRAMMAR: u8 = 2;
/// A term without it is often right as well.
const OPTIONAL: u8 = 4;
/// It counts things.
const COUNTER: u8 = 8;
/// It names a kind of place.
const PLACE: u8 = 16;
/// It ends the name of a body.
const BODY: u8 = 32;

/// A word that begins with it may stand behind it.
const PRECEDES_ITSELF: u8 = 64;
/// It begins longer words as a prefix.
const PREFIX: u8 = 128;

/// The costs of the words by class, the commonest first.
const COSTS: [u8; 4] = [8, 10, 12, 13];
/// The cost of a word that is one character twice, unless it is a word of grammar (仅仅).
const COST_DOUBLED: u8 = 15;
/// The cost of a single character that often stands alone.
const COST_FREE: u32 = 9;
/// The cost of a single word of grammar.
const COST_GRAMMAR: u32 = 7;
/// The cost of any other single character.
const COST_STRAY: u32 = 14;

impl Lexicon {
    /// The lists of `assets/words`.
    pub(super) fn built_in() -> Self {
        let classes = classes(include_str!("../../assets/words/characters.txt"));
        let (begins, words) = words(include_str!("../../assets/words/words.txt"), &classes);
        let (entries, mut right) = terms(include_str!("../../assets/words/terms.txt"));
        let right_lines = include_str!("../../assets/words/right.txt").lines();
        right.extend(right_lines.filter(|l| is_entry(l)).map(|l| l.chars().collect()));
        right.sort();
        Self {
            begins,
            words,
            terms: Terms::new(entries),
            right,
            classes,
            alike: alike(include_str!("../../assets/words/alike.txt")),
        }
    }

    /// The words that a text begins with: how long each is and what it costs.
    pub(super) fn words_at(&self, text: &[char], mut each: impl FnMut(usize, u32)) {
        let Some(first) = text.first().and_then(|c| place(*c)) else { return };
        let words = &self.words[self.begins[first] as usize..self.begins[first + 1] as usize];
        if words.is_empty() {
            return;
        }
        let packed =
            |n: usize| text.get(n).map_or(0, |c| u64::from(u32::from(*c)) << (SHIFT * (3 - n)));
        let Some(second) = Some(packed(1)).filter(|second| *second != 0) else { return };
        let keys = [second, second | packed(2), second | packed(2) | packed(3)];
        // Words with one second character stand together.
        let from = words.partition_point(|(tail, _)| *tail < second);
        let next = second + (1 << (SHIFT * 2));
        for (tail, cost) in words[from..].iter().take_while(|(tail, _)| *tail < next) {
            if let Some(n) = keys.iter().take(text.len() - 1).position(|key| key == tail) {
                each(n + 2, u32::from(*cost));
            }
        }
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

    /// True if two characters are easily mistaken for each other, by sound or by shape.
    pub(super) fn are_alike(&self, a: char, b: char) -> bool {
        let groups = |c: char| {
            let from = self.alike.partition_point(|(other, _)| *other < c);
            self.alike[from..].iter().take_while(move |(other, _)| *other == c).map(|(_, g)| *g)
        };
        groups(a).any(|group| groups(b).any(|other| other == group))
    }

    /// True if a wording is right though it is one character off a term.
    pub(super) fn is_right(&self, words: &[char]) -> bool {
        self.right.binary_search_by(|right| right.as_slice().cmp(words)).is_ok()
    }

    fn class(&self, c: char) -> u8 {
        place(c).map_or(0, |i| self.classes[i])
    }
}

/// Bits of a character in a packed word.
const SHIFT: usize = 21;

/// True if a line of a list is no remark and not blank.
fn is_entry(line: &str) -> bool {
    !line.is_empty() && !line.starts_with('#')
}

/// Reads the list of words: a line for each first character, the classes of frequency by `;`, and in each what follows
/// the first character of words of two, of three and of four characters by `,`.
fn words(list: &str, classes: &[u8]) -> (Vec<u32>, Vec<(u64, u8)>) {
    let mut begins = Vec::with_capacity(CHARACTERS + 1);
    let mut words: Vec<(u64, u8)> = Vec::new();
    for line in list.lines().filter(|line| is_entry(line)) {
        let mut rest = line.chars();
        let Some(first) = rest.next().and_then(place) else { continue };
        let from = words.len();
        begins.resize(first + 1, from as u32);
        let doubled = u64::from(u32::from(line.chars().next().unwrap_or_default())) << (SHIFT * 2);
        for (class, cost) in rest.as_str().split(';').zip(COSTS) {
            for (tails, length) in class.split(',').zip(1..) {
                let mut key = 0;
                for (i, c) in tails.chars().enumerate() {
                    key |= u64::from(u32::from(c)) << (SHIFT * (2 - i % length));
                    if i % length == length - 1 {
                        // 常常: only where nothing else is possible.
                        let is_doubled = key == doubled && classes[first] & GRAMMAR == 0;
                        words.push((key, if is_doubled { COST_DOUBLED } else { cost }));
                        key = 0;
                    }
                }
            }
        }
        words[from..].sort_unstable();
    }
    begins.resize(CHARACTERS + 1, words.len() as u32);
    (begins, words)
}

/// Reads the list of terms, and the wordings beside them that are right as well.
///
/// A line holds terms, each with such wordings behind it in brackets; or beginnings, a `×` and endings, any of which
/// make a term.
fn terms(list: &str) -> (Vec<Vec<char>>, Vec<Vec<char>>) {
    let mut terms: Vec<Vec<char>> = Vec::new();
    let mut right: Vec<Vec<char>> = Vec::new();
    for line in list.lines().filter(|line| is_entry(line)) {
        if let Some((beginnings, endings)) = line.split_once('×') {
            for beginning in beginnings.split_whitespace() {
                let whole = |ending: &str| beginning.chars().chain(ending.chars()).collect();
                terms.extend(endings.split_whitespace().map(whole));
            }
            continue;
        }
        for entry in line.split_whitespace() {
            // 县级以上人民政府（可作：县以上人民政府）
            let (term, forms) = entry.split_once("（可作：").unwrap_or((entry, ""));
            terms.push(term.chars().collect());
            let forms = forms.trim_end_matches('）').split('、').filter(|form| !form.is_empty());
            right.extend(forms.map(|form| form.chars().collect::<Vec<char>>()));
        }
    }
    (terms, right)
}

/// Reads the list of characters: lines of a class and its characters.
fn classes(list: &str) -> Vec<u8> {
    let mut classes = vec![0; CHARACTERS];
    for line in list.lines().filter(|line| is_entry(line)) {
        let Some((name, characters)) = line.split_once('：') else { continue };
        let class = match name {
            "虚词" => FREE | GRAMMAR,
            "可省" => OPTIONAL,
            "自接" => PRECEDES_ITSELF,
            "前缀" => PREFIX,
            "量词" => FREE | COUNTER,
            "地名" => FREE | PLACE,
            "机构" => FREE | BODY,
            _ => FREE,
        };
        for i in characters.chars().filter_map(place) {
            classes[i] |= class;
        }
    }
    classes
}

/// Reads the groups of characters that sound or look alike, a group a line.
fn alike(list: &str) -> Vec<(char, u16)> {
    let groups = list.lines().filter(|line| is_entry(line)).zip(0u16..);
    let mut alike: Vec<(char, u16)> =
        groups.flat_map(|(line, group)| line.chars().map(move |c| (c, group))).collect();
    alike.sort_unstable();
    alike
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_well_formed() {
        let lexicon = Lexicon::built_in();
        assert!(lexicon.words.len() > 20_000, "{}", lexicon.words.len());
        for c in "的和在".chars() {
            assert!(lexicon.is_grammar(c), "{c}");
        }
        assert!(lexicon.are_alike('理', '例') && lexicon.are_alike('末', '未'));
        assert!(!lexicon.are_alike('政', '公'));
    }

    #[test]
    fn the_lists_stay_small() {
        let bytes = include_str!("../../assets/words/words.txt").len()
            + include_str!("../../assets/words/terms.txt").len()
            + include_str!("../../assets/words/right.txt").len()
            + include_str!("../../assets/words/characters.txt").len()
            + include_str!("../../assets/words/alike.txt").len();
        assert!(bytes < 300 * 1024, "{bytes}");
    }
}
