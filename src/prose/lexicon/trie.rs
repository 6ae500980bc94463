//! [`Trie`]: all phrases as a tree of characters, of which a table is made when the program is built.

use std::collections::BTreeMap;

use serde_json::Value;

use super::sense::{Sense, Word};

/// A tree of characters in which the longest phrase at a place is found.
#[derive(Debug, Default)]
pub(super) struct Trie {
    /// The first characters of phrases, which are many.
    first: BTreeMap<char, usize>,
    nodes: Vec<Node>,
}

/// A character of phrases, with those that may follow it.
#[derive(Debug)]
struct Node {
    c: char,
    /// The meaning of the phrase that ends here.
    sense: Option<Sense>,
    /// The first that follows, and the next one that stands beside it.
    child: Option<usize>,
    beside: Option<usize>,
}

/// Makes a meaning of the place of an entry in its list.
type MakeSense = fn(usize) -> Sense;

impl Trie {
    /// The phrases of both files of data; none if one has not the form that the program reads.
    pub(super) fn of(phrases: &Value, words: &Value) -> Option<Self> {
        let mut trie = Self::default();
        let mut learn = |phrases: &Value, sense| {
            for phrase in phrases.as_array()? {
                trie.insert_all(phrase.as_str()?, sense);
            }
            Some(())
        };
        let senses: [(&str, MakeSense); 4] = [
            ("quantity", Sense::Quantity),
            ("applicant", Sense::Applicant),
            ("subject", Sense::Subject),
            ("aspect", Sense::Aspect),
        ];
        for (name, sense) in senses {
            for (i, entry) in phrases.get(name)?.as_array()?.iter().enumerate() {
                learn(entry.get("phrases")?, sense(i))?;
            }
        }
        let plain: BTreeMap<Word, Value> =
            serde_json::from_value(words.get("words")?.clone()).ok()?;
        for (word, phrases) in &plain {
            learn(phrases, Sense::Word(*word))?;
        }
        let growth = words.get("growth")?;
        for name in ["up", "down", "based", "compared", "unclear"] {
            learn(growth.get(name)?, Sense::Word(Word::Change))?;
        }
        learn(growth.get("last_year")?, Sense::Word(Word::OtherPeriod))?;
        Some(trie)
    }

    /// The tree as `table` reads it, in which what may follow is written once wherever it is the same; none if it is too large
    /// for that.
    pub(super) fn table(&self) -> Option<Vec<u8>> {
        let mut shared = Shared::default();
        let first: Option<Vec<(char, u16)>> = self
            .first
            .iter()
            .map(|(c, node)| Some((*c, shared.node(self, *node, NONE)?)))
            .collect();
        let mut table = Vec::new();
        let first = first?;
        table.extend(u16::try_from(first.len()).ok()?.to_le_bytes());
        for (c, node) in first {
            table.extend(u32::from(c).to_le_bytes());
            table.extend(node.to_le_bytes());
        }
        for (c, numbers) in shared.nodes {
            table.extend(u32::from(c).to_le_bytes());
            table.extend(numbers.into_iter().flat_map(u16::to_le_bytes));
        }
        Some(table)
    }

    /// Adds every spelling of a pattern such as `(部分|)公开`; one that is there keeps its first sense.
    pub(super) fn insert_all(&mut self, pattern: &str, sense: Sense) {
        // The ends of all spellings so far; nothing has been spelt yet.
        let mut ends: Vec<Option<usize>> = vec![None];
        let mut rest = pattern;
        while !rest.is_empty() {
            let (plain, behind) = rest.split_once('(').unwrap_or((rest, ""));
            for end in &mut ends {
                *end = self.spell(*end, plain);
            }
            let Some((choices, behind)) = behind.split_once(')') else { break };
            let mut after = Vec::with_capacity(ends.len() * 2);
            for choice in choices.split('|') {
                after.extend(ends.iter().map(|end| self.spell(*end, choice)));
            }
            ends = after;
            rest = behind;
        }
        for end in ends.into_iter().flatten() {
            self.nodes[end].sense.get_or_insert(sense);
        }
    }

    /// Adds some characters behind a node, or as the first ones; gives the last.
    fn spell(&mut self, from: Option<usize>, characters: &str) -> Option<usize> {
        characters.chars().fold(from, |from, c| Some(self.next(from, c)))
    }

    /// The node of a character behind another, added where there is none.
    fn next(&mut self, from: Option<usize>, c: char) -> usize {
        if let Some(there) = self.step(from, c) {
            return there;
        }
        let new = self.nodes.len();
        let beside = from.and_then(|from| self.nodes[from].child.replace(new));
        if from.is_none() {
            self.first.insert(c, new);
        }
        self.nodes.push(Node { c, sense: None, child: None, beside });
        new
    }

    fn step(&self, from: Option<usize>, c: char) -> Option<usize> {
        let Some(from) = from else { return self.first.get(&c).copied() };
        let children = std::iter::successors(self.nodes[from].child, |i| self.nodes[*i].beside);
        children.into_iter().find(|i| self.nodes[*i].c == c)
    }
}

/// No node, or no sense, in the table.
const NONE: u16 = u16::MAX;

/// The nodes of a table: each a character with its sense, the first node that follows, and the next one beside it.
#[derive(Default)]
struct Shared {
    nodes: Vec<(char, [u16; 3])>,
    known: BTreeMap<(char, [u16; 3]), u16>,
}

impl Shared {
    /// The number of a node of the tree that stands before another; none if there are too many.
    fn node(&mut self, trie: &Trie, node: usize, beside: u16) -> Option<u16> {
        let node = &trie.nodes[node];
        let mut children: Vec<usize> =
            std::iter::successors(node.child, |i| trie.nodes[*i].beside).collect();
        // In one order wherever they stand.
        children.sort_by_key(|i| std::cmp::Reverse(trie.nodes[*i].c));
        let child =
            children.into_iter().try_fold(NONE, |beside, child| self.node(trie, child, beside))?;
        let sense = node.sense.map_or(Some(NONE), code)?;
        let entry = (node.c, [sense, child, beside]);
        if let Some(known) = self.known.get(&entry) {
            return Some(*known);
        }
        let number = u16::try_from(self.nodes.len()).ok().filter(|number| *number != NONE)?;
        self.nodes.push(entry);
        self.known.insert(entry, number);
        Some(number)
    }
}

/// The number of a sense in the table; none if there are too many of its kind.
fn code(sense: Sense) -> Option<u16> {
    let (kind, number) = match sense {
        Sense::Quantity(number) => (0, number),
        Sense::Applicant(number) => (1, number),
        Sense::Subject(number) => (2, number),
        Sense::Aspect(number) => (3, number),
        Sense::Word(word) => (4, word as usize),
    };
    u8::try_from(number).ok().map(|number| kind << 8 | u16::from(number))
}

/// All spellings of a pattern.
#[cfg(test)]
pub(super) fn spellings(pattern: &str) -> Vec<String> {
    let mut spellings = vec![String::new()];
    let mut rest = pattern;
    while !rest.is_empty() {
        let (plain, behind) = rest.split_once('(').unwrap_or((rest, ""));
        for spelling in &mut spellings {
            spelling.push_str(plain);
        }
        let Some((choices, behind)) = behind.split_once(')') else { break };
        spellings = spellings
            .iter()
            .flat_map(|start| choices.split('|').map(move |choice| format!("{start}{choice}")))
            .collect();
        rest = behind;
    }
    spellings
}

#[cfg(test)]
mod tests {
    use super::super::table::PhraseTable;
    use super::*;

    #[test]
    fn every_spelling_is_found_and_keeps_its_first_sense() {
        let mut trie = Trie::default();
        trie.insert_all("(甲|乙|)丙(丁|)", Sense::Quantity(1));
        trie.insert_all("(丙|丙丁)戊", Sense::Quantity(2));
        trie.insert_all("丙", Sense::Quantity(3));
        let table = PhraseTable::read(trie.table().unwrap().leak()).unwrap();
        for spelling in spellings("(甲|乙|)丙(丁|)") {
            assert_eq!(table.longest(&spelling), Some((spelling.len(), Sense::Quantity(1))));
        }
        assert_eq!(table.longest("丙丁戊己"), Some(("丙丁戊".len(), Sense::Quantity(2))));
        assert_eq!(table.longest("丙己"), Some(("丙".len(), Sense::Quantity(1))));
        assert_eq!(table.longest("甲丁"), None);
        assert_eq!(table.longest(""), None);
    }

    #[test]
    fn equal_continuations_are_written_once() {
        let size = |pattern| {
            let mut trie = Trie::default();
            trie.insert_all(pattern, Sense::Quantity(1));
            (trie.nodes.len(), trie.table().unwrap().len())
        };
        let (one, other) = (size("甲丙丁"), size("(甲|乙)丙丁"));
        assert_eq!((one.0, other.0), (3, 6));
        // One first character and one node more, of sixteen bytes together.
        assert_eq!(other.1, one.1 + 16);
    }

    #[test]
    fn a_pattern_stands_for_its_spellings() {
        assert_eq!(
            spellings("(甲|乙|)丙(丁|)"),
            ["甲丙丁", "甲丙", "乙丙丁", "乙丙", "丙丁", "丙"]
        );
    }
}
