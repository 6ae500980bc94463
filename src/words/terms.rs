//! Terms of the field, found by how they begin and by how they end.

use super::han::{CHARACTERS, place};

/// A shorter term is only a word.
pub(super) const SHORTEST: usize = 4;
/// From this length on a term is known even where every character belongs to a word.
pub(super) const LONG: usize = 7;

/// Terms, in the order of their characters and in that of their tails.
#[derive(Debug, Clone, Default)]
pub(super) struct Terms {
    /// All terms, one behind the other.
    chars: Vec<char>,
    whole: Index,
    /// By what stands behind the head of a term.
    tails: Index,
}

/// Terms in one order.
#[derive(Debug, Clone, Default)]
struct Index {
    /// For each Chinese character, where its second characters start in `seconds`.
    begins: Vec<u32>,
    /// The second characters of entries, each with where its entries start; the last one only ends the list.
    seconds: Vec<(char, u32)>,
    entries: Vec<Entry>,
}

/// Where a term, or its tail, stands in the list of all.
#[derive(Debug, Clone, Copy)]
struct Entry {
    start: u32,
    length: u8,
    /// The number of characters of the term before this tail; 0 for a whole term.
    head: u8,
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
    pub(super) fn new<T: AsRef<[char]>>(terms: impl IntoIterator<Item = T>) -> Self {
        let mut chars: Vec<char> = Vec::new();
        let mut whole = Vec::new();
        for term in terms {
            let term = term.as_ref();
            let is_term = (SHORTEST..=LONGEST).contains(&term.len());
            if is_term && term.iter().all(|c| place(*c).is_some()) {
                let (start, length) = (chars.len() as u32, term.len() as u8);
                whole.push(Entry { start, length, head: 0 });
                chars.extend(term);
            }
        }
        if whole.is_empty() {
            return Self::default();
        }
        sort(&mut whole, &chars);
        whole.dedup_by(|a, b| a.of(&chars) == b.of(&chars));
        let tail = |entry: &Entry| {
            let head = head(usize::from(entry.length)) as u8;
            Entry { start: entry.start + u32::from(head), length: entry.length - head, head }
        };
        let mut tails: Vec<Entry> = whole.iter().map(tail).collect();
        sort(&mut tails, &chars);
        let (whole, tails) = (Index::new(whole, &chars), Index::new(tails, &chars));
        Self { chars, whole, tails }
    }

    /// Walks along a text with the terms that begin as it does, and tells which depart from it, and where, from a
    /// number of characters on.
    pub(super) fn along<'a>(&'a self, text: &[char], from: usize, mut each: impl FnMut(Step<'a>)) {
        walk(&self.whole, &self.chars, text, |entries, depth, departs| {
            for entry in entries.iter().filter(|_| !departs || depth >= from) {
                let term = entry.of(&self.chars);
                each(if departs { Step::Departs(term, depth) } else { Step::Whole(term) });
            }
        });
    }

    /// The terms whose tails a text begins with, each whole.
    pub(super) fn with_tail<'a>(&'a self, text: &[char], mut each: impl FnMut(&'a [char])) {
        walk(&self.tails, &self.chars, text, |entries, depth, departs| {
            if !departs {
                for entry in entries {
                    let start = entry.start as usize;
                    each(&self.chars[start - usize::from(entry.head)..start + depth]);
                }
            }
        });
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

/// Longer terms are no terms.
const LONGEST: usize = 40;

impl Entry {
    fn of<'a>(&self, chars: &'a [char]) -> &'a [char] {
        let start = self.start as usize;
        &chars[start..start + usize::from(self.length)]
    }
}

impl Index {
    /// An index of entries in the order of their characters; none is shorter than two.
    fn new(entries: Vec<Entry>, chars: &[char]) -> Self {
        let mut begins = Vec::with_capacity(CHARACTERS + 1);
        let mut seconds: Vec<(char, u32)> = Vec::new();
        let mut last = None;
        for (entry, i) in entries.iter().zip(0u32..) {
            let [first, second, ..] = entry.of(chars) else { continue };
            if last != Some((first, second)) {
                last = Some((first, second));
                begins.resize(place(*first).map_or(0, |at| at + 1), seconds.len() as u32);
                seconds.push((*second, i));
            }
        }
        begins.resize(CHARACTERS + 1, seconds.len() as u32);
        seconds.push(('\0', entries.len() as u32));
        Self { begins, seconds, entries }
    }

    /// The entries that begin as a text does, as far as two characters tell.
    fn starting(&self, text: &[char]) -> &[Entry] {
        let [first, second, ..] = text else { return &[] };
        let Some(at) = place(*first).filter(|_| !self.begins.is_empty()) else { return &[] };
        let (from, to) = (self.begins[at] as usize, self.begins[at + 1] as usize);
        match self.seconds[from..to].binary_search_by_key(second, |(c, _)| *c) {
            Ok(i) => {
                let range =
                    self.seconds[from + i].1 as usize..self.seconds[from + i + 1].1 as usize;
                &self.entries[range]
            }
            Err(_) => &[],
        }
    }
}

/// Puts entries into the order of their characters.
fn sort(entries: &mut Vec<Entry>, chars: &[char]) {
    // The first three characters tell most of them apart.
    let key = |entry: &Entry| {
        let first = entry.of(chars).iter().chain(&['\0'; 3]).take(3);
        first.fold(0u64, |key, c| key << 21 | u64::from(u32::from(*c)))
    };
    let mut keyed: Vec<(u64, Entry)> = entries.iter().map(|entry| (key(entry), *entry)).collect();
    keyed.sort_unstable_by(|(a, x), (b, y)| {
        a.cmp(b).then_with(|| x.of(chars).cmp(y.of(chars))).then(x.start.cmp(&y.start))
    });
    *entries = keyed.into_iter().map(|(_, entry)| entry).collect();
}

/// Walks along a text with the entries that begin as it does: at each depth those that end there, and those that go on
/// another way (`true`).
fn walk<'a>(
    index: &'a Index,
    chars: &[char],
    text: &[char],
    mut each: impl FnMut(&'a [Entry], usize, bool),
) {
    let mut entries = index.starting(text);
    let mut depth = 2;
    while !entries.is_empty() {
        // Entries that end here stand before those that go on.
        let ended = entries.partition_point(|entry| usize::from(entry.length) <= depth);
        each(&entries[..ended], depth, false);
        entries = &entries[ended..];
        let of = |entry: &Entry| chars[entry.start as usize + depth];
        let (from, to) = text.get(depth).map_or((0, 0), |c| {
            let from = entries.partition_point(|entry| of(entry) < *c);
            (from, from + entries[from..].partition_point(|entry| of(entry) == *c))
        });
        each(&entries[..from], depth, true);
        each(&entries[to..], depth, true);
        entries = &entries[from..to];
        depth += 1;
    }
}
