//! [`Trie`]: finding the longest phrase that a text begins with.

use std::collections::BTreeMap;

use super::sense::Sense;

/// A tree of characters in which the longest phrase at a place is found.
#[derive(Debug)]
pub(super) struct Trie {
    nodes: Vec<(BTreeMap<char, usize>, Option<Sense>)>,
}

impl Default for Trie {
    fn default() -> Self {
        Self { nodes: vec![(BTreeMap::new(), None)] }
    }
}

impl Trie {
    /// Adds every spelling of a pattern; a spelling that is there keeps its first sense.
    pub(super) fn insert_all(&mut self, pattern: &str, sense: Sense) {
        for spelling in spellings(pattern) {
            let mut here = 0;
            for c in spelling.chars() {
                here = match self.nodes[here].0.get(&c) {
                    Some(next) => *next,
                    None => {
                        self.nodes.push((BTreeMap::new(), None));
                        let next = self.nodes.len() - 1;
                        self.nodes[here].0.insert(c, next);
                        next
                    }
                };
            }
            if here != 0 {
                self.nodes[here].1.get_or_insert(sense);
            }
        }
    }

    /// The longest phrase that a text begins with, in bytes, and its sense.
    pub(super) fn longest(&self, text: &str) -> Option<(usize, Sense)> {
        let mut here = 0;
        let mut found = None;
        for (i, c) in text.char_indices() {
            let Some(next) = self.nodes[here].0.get(&c) else { break };
            here = *next;
            found = self.nodes[here].1.map(|sense| (i + c.len_utf8(), sense)).or(found);
        }
        found
    }
}

/// All spellings of a pattern such as `(部分|)公开`.
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
    fn a_pattern_stands_for_its_spellings() {
        assert_eq!(
            spellings("(甲|乙|)丙(丁|)"),
            ["甲丙丁", "甲丙", "乙丙丁", "乙丙", "丙丁", "丙"]
        );
    }
}
