//! [`PhraseTable`]: all phrases as a table that was made when the program was built, and lies in it as it is looked up.

use super::sense::Sense;

/// Finds the longest phrase that a text begins with.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct PhraseTable {
    /// The first characters of phrases in order, each with its node.
    first: &'static [[u8; FIRST]],
    nodes: &'static [[u8; NODE]],
}

/// The bytes of a first character and of a node, as `trie` writes them.
const FIRST: usize = 6;
const NODE: usize = 10;
/// No node, or no sense.
const NONE: u16 = u16::MAX;

impl PhraseTable {
    /// The phrases of the program.
    pub(super) fn get() -> Self {
        Self::read(include_bytes!(concat!(env!("OUT_DIR"), "/lists/phrases"))).unwrap_or_default()
    }

    pub(super) fn read(bytes: &'static [u8]) -> Option<Self> {
        let (n, rest) = bytes.split_first_chunk()?;
        let (first, nodes) = rest.split_at_checked(FIRST * usize::from(u16::from_le_bytes(*n)))?;
        Some(Self { first: first.as_chunks().0, nodes: nodes.as_chunks().0 })
    }

    /// The longest phrase that a text begins with, in bytes, and its sense.
    pub(super) fn longest(&self, text: &str) -> Option<(usize, Sense)> {
        let mut characters = text.char_indices();
        let (_, c) = characters.next()?;
        let place = self.first.binary_search_by_key(&u32::from(c), character).ok()?;
        let mut here = self.nodes.get(usize::from(number(&self.first[place], 4)))?;
        let mut found = sense(here).map(|sense| (c.len_utf8(), sense));
        for (at, c) in characters {
            let mut next = self.node(number(here, 6));
            while let Some(node) = next.filter(|node| character(node) != u32::from(c)) {
                next = self.node(number(node, 8));
            }
            let Some(node) = next else { break };
            here = node;
            found = sense(here).map(|sense| (at + c.len_utf8(), sense)).or(found);
        }
        found
    }

    fn node(&self, number: u16) -> Option<&'static [u8; NODE]> {
        self.nodes.get(usize::from(number))
    }

    /// The number of phrases, all spellings counted.
    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        let first = self.first.iter().map(|first| self.node(number(first, 4)));
        first.map(|node| self.len_from(node.unwrap())).sum()
    }

    /// The number of phrases that a node ends or leads to.
    #[cfg(test)]
    fn len_from(&self, node: &[u8; NODE]) -> usize {
        let mut len = usize::from(sense(node).is_some());
        let mut next = self.node(number(node, 6));
        while let Some(child) = next {
            len += self.len_from(child);
            next = self.node(number(child, 8));
        }
        len
    }
}

fn sense(node: &[u8; NODE]) -> Option<Sense> {
    match number(node, 4) {
        NONE => None,
        code => Sense::from_code(code),
    }
}

fn character<const N: usize>(entry: &[u8; N]) -> u32 {
    u32::from_le_bytes([entry[0], entry[1], entry[2], entry[3]])
}

fn number<const N: usize>(entry: &[u8; N], at: usize) -> u16 {
    u16::from_le_bytes([entry[at], entry[at + 1]])
}
