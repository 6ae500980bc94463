//! Terms of the field, found by how they begin and by how they end.
//!
//! `build.rs` reads this file, too: the terms that come with the program lie in it as they do in memory.

use std::borrow::Cow;
use std::collections::HashMap;

use super::han::{CHARACTERS, place};

/// A shorter term is only a word.
pub(super) const SHORTEST: usize = 4;
/// From this length on a term is known even where every character belongs to a word.
pub(super) const LONG: usize = 7;
/// Longer terms are no terms.
const LONGEST: usize = 40;
/// More terms are not looked for.
const MOST: usize = 60_000;

/// Terms, in the order of their characters and in that of their tails.
#[derive(Debug, Clone, Default)]
pub(super) struct Terms {
    /// The characters of all terms; one that stands in another has none of its own.
    pub(super) chars: Cow<'static, [char]>,
    pub(super) whole: Index,
    /// By what stands behind the head of a term.
    pub(super) tails: Index,
}

/// Terms in one order.
#[derive(Debug, Clone, Default)]
pub(super) struct Index {
    /// For each Chinese character, where its second characters start in `seconds`.
    pub(super) begins: Cow<'static, [u16]>,
    /// The second characters of entries, each with where its entries start; the last one only ends the list.
    pub(super) seconds: Cow<'static, [u32]>,
    pub(super) entries: Cow<'static, [u32]>,
}

/// The position of a term, or its tail, among the characters of all, in one number.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry(u32);

impl Entry {
    /// The entry of a term that starts at a character and has so many.
    fn whole(start: usize, length: usize) -> Self {
        Self((start as u32) << 8 | (length as u32) << 2)
    }

    /// The entry of what stands behind the head of a term.
    fn tail(self) -> Self {
        let head = head(self.length());
        let tail = Self::whole(self.start() + head, self.length() - head);
        Self(tail.0 | head as u32)
    }

    fn start(self) -> usize {
        (self.0 >> 8) as usize
    }

    fn length(self) -> usize {
        (self.0 >> 2 & 0x3f) as usize
    }

    /// The number of characters of the term that stand before, where this is a tail.
    fn head(self) -> usize {
        (self.0 & 3) as usize
    }

    fn of(self, chars: &[char]) -> &[char] {
        &chars[self.start()..self.start() + self.length()]
    }
}

/// The way a term goes along with a text.
pub(super) enum Step<'a> {
    /// The text holds all of it.
    Whole(&'a [char]),
    /// So many of its characters are those of the text, the next is another.
    Departs(&'a [char], usize),
}

/// The length of the head of a term: an edit leaves either head or tail as they are, or stands at their seam.
pub(super) fn head(term: usize) -> usize {
    if term >= LONG { 3 } else { 2 }
}

impl Terms {
    /// Makes the tables of some terms.
    pub(super) fn new<T: AsRef<[char]>>(terms: impl IntoIterator<Item = T>) -> Self {
        let mut terms: Vec<Vec<char>> = terms
            .into_iter()
            .map(|term| term.as_ref().to_vec())
            .filter(|term| (SHORTEST..=LONGEST).contains(&term.len()))
            .filter(|term| term.iter().all(|c| place(*c).is_some()))
            .collect();
        terms.sort_unstable();
        terms.dedup();
        terms.truncate(MOST);
        if terms.is_empty() {
            return Self::default();
        }
        let (chars, entries) = lay_out(&terms);
        let mut tails: Vec<Entry> = entries.iter().map(|entry| entry.tail()).collect();
        tails.sort_by(|a, b| a.of(&chars).cmp(b.of(&chars)));
        let (whole, tails) = (Index::new(&entries, &chars), Index::new(&tails, &chars));
        Self { chars: Cow::Owned(chars), whole, tails }
    }

    /// The terms of tables that were made before.
    pub(super) const fn built_in(chars: &'static [char], whole: Index, tails: Index) -> Self {
        Self { chars: Cow::Borrowed(chars), whole, tails }
    }

    /// Walks along a text with the terms that begin as it does, and tells which depart from it behind their heads by what
    /// may be one edit. Terms of fewer than so many characters are told only where they are whole.
    pub(super) fn along<'a>(
        &'a self,
        text: &[char],
        shortest: usize,
        mut each: impl FnMut(Step<'a>),
    ) {
        walk(&self.whole, &self.chars, text, |entries, depth, departs| {
            if !departs {
                entries.iter().for_each(|entry| each(Step::Whole(Entry(*entry).of(&self.chars))));
                return;
            }
            // No term that is long enough has its head behind it yet.
            if depth < head(shortest) {
                return;
            }
            // Where one character is missing, another or in the place of its neighbour, what follows it in the term is
            // this character of the text or the next. Most terms go on another way.
            let (here, next) = (text.get(depth), text.get(depth + 1));
            for entry in entries.iter().copied().map(Entry) {
                let length = entry.length();
                if depth < head(length) || length < shortest {
                    continue;
                }
                let behind = (depth + 1 < length).then(|| &self.chars[entry.start() + depth + 1]);
                if behind.is_none() || behind == here || behind == next {
                    each(Step::Departs(entry.of(&self.chars), depth));
                }
            }
        });
    }

    /// The terms of so many characters or more whose tails a text begins with, each whole.
    pub(super) fn with_tail<'a>(
        &'a self,
        text: &[char],
        shortest: usize,
        mut each: impl FnMut(&'a [char]),
    ) {
        walk(&self.tails, &self.chars, text, |entries, depth, departs| {
            if !departs && depth + head(shortest) >= shortest {
                for entry in entries {
                    let (start, head) = (Entry(*entry).start(), Entry(*entry).head());
                    if head + depth >= shortest {
                        each(&self.chars[start - head..start + depth]);
                    }
                }
            }
        });
    }

    /// True if some term begins with two characters.
    pub(super) fn any_begins(&self, first: char, second: char) -> bool {
        !self.whole.starting(&[first, second]).is_empty()
    }

    /// True if a text begins with a term of more than so many characters.
    pub(super) fn begins(&self, text: &[char], longer_than: usize) -> bool {
        let mut found = false;
        walk(&self.whole, &self.chars, text, |entries, depth, departs| {
            found |= !departs && !entries.is_empty() && depth > longer_than;
        });
        found
    }

    /// True if a text ends with a term.
    pub(super) fn ends(&self, text: &[char]) -> bool {
        (SHORTEST..=LONGEST.min(text.len())).any(|n| {
            let mut found = false;
            walk(&self.whole, &self.chars, &text[text.len() - n..], |entries, depth, departs| {
                found |= !departs && !entries.is_empty() && depth == n;
            });
            found
        })
    }
}

/// The characters of some terms, and where each term stands among them.
fn lay_out(terms: &[Vec<char>]) -> (Vec<char>, Vec<Entry>) {
    let mut longest_first: Vec<&[char]> = terms.iter().map(Vec::as_slice).collect();
    longest_first.sort_by_key(|term| std::cmp::Reverse(term.len()));
    let mut chars: Vec<char> = Vec::new();
    let mut starts: HashMap<&[char], usize> = HashMap::new();
    for term in longest_first {
        if starts.contains_key(term) {
            continue;
        }
        let start = chars.len();
        chars.extend(term);
        for length in SHORTEST..=term.len() {
            for (i, part) in term.windows(length).enumerate() {
                starts.entry(part).or_insert(start + i);
            }
        }
    }
    let entry = |term: &Vec<char>| {
        Entry::whole(starts.get(term.as_slice()).copied().unwrap_or(0), term.len())
    };
    let entries = terms.iter().map(entry).collect();
    (chars, entries)
}

impl Index {
    /// An index of entries in the order of their characters; none is shorter than two.
    fn new(entries: &[Entry], chars: &[char]) -> Self {
        let mut begins: Vec<u16> = Vec::with_capacity(CHARACTERS + 1);
        let mut seconds: Vec<u32> = Vec::new();
        let mut last = None;
        for (entry, i) in entries.iter().zip(0u16..) {
            let [first, second, ..] = entry.of(chars) else { continue };
            if last != Some((first, second)) {
                last = Some((first, second));
                begins.resize(place(*first).map_or(0, |at| at + 1), seconds.len() as u16);
                seconds.push(second_at(*second, i));
            }
        }
        begins.resize(CHARACTERS + 1, seconds.len() as u16);
        seconds.push(second_at('\0', entries.len() as u16));
        let entries: Vec<u32> = entries.iter().map(|entry| entry.0).collect();
        Self { begins: begins.into(), seconds: seconds.into(), entries: entries.into() }
    }

    /// The index of tables that were made before.
    pub(super) const fn built_in(
        begins: &'static [u16],
        seconds: &'static [u32],
        entries: &'static [u32],
    ) -> Self {
        Self {
            begins: Cow::Borrowed(begins),
            seconds: Cow::Borrowed(seconds),
            entries: Cow::Borrowed(entries),
        }
    }

    /// The entries that begin as a text does, as far as two characters tell.
    fn starting(&self, text: &[char]) -> &[u32] {
        let [first, second, ..] = text else { return &[] };
        let Some(at) = place(*first).filter(|_| !self.begins.is_empty()) else { return &[] };
        let (from, to) = (usize::from(self.begins[at]), usize::from(self.begins[at + 1]));
        let code = u32::from(*second);
        match self.seconds[from..to].binary_search_by_key(&code, |second| second >> 16) {
            Ok(i) => {
                let start = |i: usize| (self.seconds[from + i] & 0xffff) as usize;
                &self.entries[start(i)..start(i + 1)]
            }
            Err(_) => &[],
        }
    }
}

/// A second character with where its entries start, in one number; every character of a term is one of two bytes.
fn second_at(second: char, start: u16) -> u32 {
    u32::from(second) << 16 | u32::from(start)
}

/// Walks along a text with the entries that begin as it does: at each depth those that end there, and those that go on
/// another way (`true`).
fn walk<'a>(
    index: &'a Index,
    chars: &[char],
    text: &[char],
    mut each: impl FnMut(&'a [u32], usize, bool),
) {
    let mut entries = index.starting(text);
    let mut depth = 2;
    while let Some(first) = entries.first() {
        // Entries that end here stand before those that go on; mostly there is none.
        let ended = match Entry(*first).length() <= depth {
            true => entries.partition_point(|entry| Entry(*entry).length() <= depth),
            false => 0,
        };
        each(&entries[..ended], depth, false);
        entries = &entries[ended..];
        let of = |entry: &u32| chars[Entry(*entry).start() + depth];
        let (from, to) = text.get(depth).map_or((0, 0), |c| {
            let from = entries.partition_point(|entry| of(entry) < *c);
            let goes_on = entries.get(from).is_some_and(|entry| of(entry) == *c);
            let end = || from + entries[from..].partition_point(|entry| of(entry) == *c);
            (from, if goes_on { end() } else { from })
        });
        each(&entries[..from], depth, true);
        each(&entries[to..], depth, true);
        entries = &entries[from..to];
        depth += 1;
    }
}
