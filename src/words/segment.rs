//! A run cut into words, the cheapest way.

use super::lexicon::Lexicon;

/// The words of a run.
pub(super) struct Words {
    /// For each character, where its word begins and ends.
    spans: Vec<(usize, usize)>,
    /// For each character, whether it stands alone though it rarely does.
    stray: Vec<bool>,
    /// For each character and for the end, the cost of all words from there on, cut the cheapest way.
    rest: Vec<u32>,
}

/// The cost of a word that the office or the report itself gives.
const OWN: u32 = 6;

impl Words {
    pub(super) fn of(run: &[char], lexicon: &Lexicon, own: &[Vec<char>]) -> Self {
        let n = run.len();
        // From the end: what the rest costs at least, and how long its first word is.
        let mut best: Vec<(u32, usize)> = vec![(0, 0); n + 1];
        for i in (0..n).rev() {
            let (rest, _) = best[i + 1];
            let mut cheapest = (rest + lexicon.cost_alone(run[i]), 1);
            lexicon.words_at(&run[i..], |length, cost| {
                let cost = best[i + length].0 + cost;
                if cost <= cheapest.0 {
                    cheapest = (cost, length);
                }
            });
            for word in own_at(own, &run[i..]) {
                let cost = best[i + word.len()].0 + OWN;
                if cost <= cheapest.0 {
                    cheapest = (cost, word.len());
                }
            }
            best[i] = cheapest;
        }
        let mut spans = Vec::with_capacity(n);
        let mut i = 0;
        while i < n {
            let end = i + best[i].1;
            spans.extend((i..end).map(|_| (i, end)));
            i = end;
        }
        let alone = |i: usize| spans[i].1 - spans[i].0 == 1;
        let stray = (0..n).map(|i| alone(i) && !lexicon.is_free(run[i])).collect();
        let rest = best.into_iter().map(|(cost, _)| cost).collect();
        Self { spans, stray, rest }
    }

    /// The cost of the words between two borders, neither of which is crossed.
    pub(super) fn cost(&self, from: usize, to: usize) -> u32 {
        self.rest[from] - self.rest[to]
    }

    /// The border at or before a place that no word crosses.
    pub(super) fn border_before(&self, at: usize) -> usize {
        self.spans.get(at).map_or(at, |(start, _)| *start)
    }

    /// The border at or behind a place that no word crosses.
    pub(super) fn border_behind(&self, at: usize) -> usize {
        if self.crosses(at) { self.spans[at].1 } else { at }
    }

    /// The begin and the end of the word of a character.
    pub(super) fn span(&self, i: usize) -> (usize, usize) {
        self.spans[i]
    }

    /// The number of characters the word of a character has.
    pub(super) fn length(&self, i: usize) -> usize {
        self.spans[i].1 - self.spans[i].0
    }

    /// True if a character stands alone though it rarely does.
    pub(super) fn is_stray(&self, i: usize) -> bool {
        self.stray.get(i).copied().unwrap_or(false)
    }

    /// True if a word goes on across the border before a character.
    pub(super) fn crosses(&self, border: usize) -> bool {
        border > 0 && self.spans.get(border).is_some_and(|(start, _)| *start < border)
    }
}

/// The words of a sorted list that a text begins with.
fn own_at<'a>(own: &'a [Vec<char>], text: &[char]) -> impl Iterator<Item = &'a Vec<char>> {
    let first = text[0];
    let from = own.partition_point(|word| word[0] < first);
    own[from..]
        .iter()
        .take_while(move |word| word[0] == first)
        .filter(|word| text.starts_with(word))
}
