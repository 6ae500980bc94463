//! [`Trie`]: finding the longest phrase that a text begins with.

use std::collections::BTreeMap;

use super::sense::Sense;

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

impl Trie {
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

    /// The longest phrase that a text begins with, in bytes, and its sense.
    pub(super) fn longest(&self, text: &str) -> Option<(usize, Sense)> {
        let mut here = None;
        let mut found = None;
        for (i, c) in text.char_indices() {
            let Some(next) = self.step(here, c) else { break };
            here = Some(next);
            found = self.nodes[next].sense.map(|sense| (i + c.len_utf8(), sense)).or(found);
        }
        found
    }
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
    use super::*;

    #[test]
    fn every_spelling_is_found_and_keeps_its_first_sense() {
        let mut trie = Trie::default();
        trie.insert_all("(甲|乙|)丙(丁|)", Sense::Quantity(1));
        trie.insert_all("(丙|丙丁)戊", Sense::Quantity(2));
        trie.insert_all("丙", Sense::Quantity(3));
        for spelling in spellings("(甲|乙|)丙(丁|)") {
            assert_eq!(trie.longest(&spelling), Some((spelling.len(), Sense::Quantity(1))));
        }
        assert_eq!(trie.longest("丙丁戊己"), Some(("丙丁戊".len(), Sense::Quantity(2))));
        assert_eq!(trie.longest("丙己"), Some(("丙".len(), Sense::Quantity(1))));
        assert_eq!(trie.longest("甲丁"), None);
    }

    #[test]
    fn a_pattern_stands_for_its_spellings() {
        assert_eq!(
            spellings("(甲|乙|)丙(丁|)"),
            ["甲丙丁", "甲丙", "乙丙丁", "乙丙", "丙丁", "丙"]
        );
    }
}
