//! The share of a text that stands nearly word for word in another one.
//!
//! Both are cut into clauses at `。！？；` and line ends. A clause is compared without blanks, marks and
//! figures, so that one in which only the figures changed is the same. It is a repeat when it is equal
//! to a clause of the other text, or when at least three quarters of its runs of three characters stand
//! in one such clause. The work is linear in the length of both texts, but for a logarithm.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use super::{is_han, length};
use crate::report::UNFILLED;

/// Of how many runs of three characters a clause must share this many, in percent.
const SHARED: usize = 75;
/// A clause of fewer characters is a repeat only when it is equal.
const SHORTEST: usize = 10;
/// A run in more clauses than this does not help to find the one that was copied.
const COMMON: usize = 16;
/// The number of likely clauses that are looked at in full.
const LIKELY: usize = 3;

/// The clauses of a text, to look others up in.
pub(in crate::rules) struct Clauses {
    /// The bare words of every clause.
    bare: BTreeSet<Vec<char>>,
    /// For each clause that is long enough its runs, sorted.
    runs: Vec<Vec<u64>>,
    /// Each run with the number of a clause that has it, sorted.
    index: Vec<(u64, usize)>,
}

/// A clause of a text, and whether it is a repeat.
pub(in crate::rules) struct Clause {
    /// The bytes of the text, without the blanks at its ends.
    pub(in crate::rules) range: Range<usize>,
    /// The number of characters it has, blanks not counted.
    pub(in crate::rules) length: usize,
    /// True if it stands nearly word for word in the other text.
    pub(in crate::rules) repeated: bool,
}

impl Clauses {
    /// The clauses of some texts.
    pub(in crate::rules) fn of<'a>(texts: impl IntoIterator<Item = &'a str>) -> Self {
        let mut bare = BTreeSet::new();
        for text in texts {
            bare.extend(clauses(text).map(|range| bare_words(&text[range])));
        }
        bare.remove(&Vec::new());
        let long = bare.iter().filter(|words| words.len() >= SHORTEST);
        let runs: Vec<Vec<u64>> = long.map(|words| runs(words)).collect();
        let mut index: Vec<(u64, usize)> = runs
            .iter()
            .enumerate()
            .flat_map(|(i, runs)| runs.iter().map(move |run| (*run, i)))
            .collect();
        index.sort_unstable();
        Self { bare, runs, index }
    }

    /// True if there is nothing to compare with.
    pub(in crate::rules) fn is_empty(&self) -> bool {
        self.bare.is_empty()
    }

    /// The clauses of another text, each held against these.
    pub(in crate::rules) fn compare(&self, text: &str) -> Vec<Clause> {
        let compared = clauses(text).map(|range| {
            let words = &text[range.clone()];
            let length = length(words);
            Clause { repeated: self.holds(&bare_words(words)), range, length }
        });
        compared.collect()
    }

    /// True if some bare words stand nearly so in a clause.
    fn holds(&self, words: &Vec<char>) -> bool {
        if words.is_empty() || self.bare.contains(words) {
            return !words.is_empty();
        }
        if words.len() < SHORTEST {
            return false;
        }
        let runs = runs(words);
        self.likely(&runs).into_iter().any(|i| {
            let shared = runs.iter().filter(|run| self.runs[i].binary_search(run).is_ok()).count();
            shared * 100 >= runs.len() * SHARED
        })
    }

    /// The clauses that share most of the runs that are not common, the likeliest first.
    fn likely(&self, runs: &[u64]) -> Vec<usize> {
        let mut seen: Vec<usize> = Vec::new();
        for run in runs {
            let start = self.index.partition_point(|(other, _)| other < run);
            let with = self.index[start..].iter().take_while(|(other, _)| other == run);
            let with: Vec<usize> = with.take(COMMON + 1).map(|(_, i)| *i).collect();
            if with.len() <= COMMON {
                seen.extend(with);
            }
        }
        seen.sort_unstable();
        let mut counted: Vec<(usize, usize)> =
            seen.chunk_by(|a, b| a == b).map(|same| (same.len(), same[0])).collect();
        counted.sort_unstable_by_key(|(count, i)| (std::cmp::Reverse(*count), *i));
        counted.into_iter().take(LIKELY).map(|(_, i)| i).collect()
    }
}

/// The fingerprints of a clause: of every `WINDOW` neighbouring runs of `RUN` characters the one with the least hash,
/// each once. By them two clauses that share a stretch of `WINDOW + RUN - 1` characters share one, whatever stands round it.
pub(in crate::rules) fn fingerprints(clause: &str) -> Vec<u64> {
    const RUN: usize = 8;
    const WINDOW: usize = 8;
    // FNV-1a, over characters in the place of bytes, and stirred so that its least values are spread over all runs.
    let hash = |run: &[char]| {
        let hash = run.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, c| {
            (hash ^ u64::from(u32::from(*c))).wrapping_mul(0x0100_0000_01b3)
        });
        (hash ^ (hash >> 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    };
    let hashes: Vec<u64> = bare_words(clause).windows(RUN).map(hash).collect();
    let window = WINDOW.min(hashes.len()).max(1);
    let mut least: Vec<u64> =
        hashes.windows(window).filter_map(|hashes| hashes.iter().min().copied()).collect();
    least.sort_unstable();
    least.dedup();
    least
}

/// The bytes of every clause, without the blanks at its ends; never empty.
fn clauses(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    text.split_inclusive(['。', '！', '？', '；', ';', '\n']).filter_map(move |piece| {
        let begin = start + (piece.len() - piece.trim_start().len());
        start += piece.len();
        let words = piece.trim();
        (!words.is_empty()).then(|| begin..begin + words.len())
    })
}

/// The characters and letters of a clause, with one sign for each figure.
fn bare_words(clause: &str) -> Vec<char> {
    const FIGURE: char = '0';
    let clause = match clause.contains(UNFILLED) {
        true => Cow::Owned(clause.replace(UNFILLED, "0")),
        false => Cow::Borrowed(clause),
    };
    let mut bare: Vec<char> = Vec::new();
    let mut in_braces = false;
    for c in clause.chars() {
        match c {
            // A figure that could not be bound.
            '{' | '}' => in_braces = c == '{',
            _ if in_braces => continue,
            _ if is_of_figure(c) || is_han(c) || c.is_ascii_alphabetic() => {}
            _ => continue,
        }
        let sign = if c == '{' || c == '}' || is_of_figure(c) { FIGURE } else { c };
        if sign != FIGURE || bare.last() != Some(&FIGURE) {
            bare.push(sign);
        }
    }
    bare
}

/// True if a character is a digit, Arabic or Chinese.
fn is_of_figure(c: char) -> bool {
    matches!(
        c,
        '0'..='9' | '０'..='９' | '零' | '〇' | '一' | '二' | '两' | '三' | '四' | '五' | '六' | '七' | '八'
            | '九' | '十' | '百' | '千' | '万' | '亿'
    )
}

/// Every run of three characters, each once, sorted.
fn runs(words: &[char]) -> Vec<u64> {
    // A character takes at most 21 bits.
    let pack = |run: &[char]| run.iter().fold(0, |all, c| all << 21 | u64::from(u32::from(*c)));
    let mut runs: Vec<u64> = words.windows(3).map(pack).collect();
    runs.sort_unstable();
    runs.dedup();
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn repeats(last: &str, this: &str) -> Vec<bool> {
        Clauses::of([last]).compare(this).iter().map(|clause| clause.repeated).collect()
    }

    const LAST: &str = "2022年，我局通过门户网站主动公开政府信息1,234条，比上年增长5.6%。完善信息发布审核制度，落实“三审三校”要求；开展专题培训两次。";

    #[test]
    fn other_figures_make_no_other_clause() {
        let this =
            "2023年，我局通过门户网站主动公开政府信息 98 条，比上年增长12%。开展专题培训十五次。";
        assert_eq!(repeats(LAST, this), [true, true]);
    }

    #[test]
    fn a_word_changed_is_still_a_repeat_and_a_new_clause_is_not() {
        let this = "我局通过门户网站及时主动公开政府信息98条，比上年增长12%。新建政策问答平台，回应咨询三百余次；完善信息发布审核制度，落实“三审三校”工作要求。";
        assert_eq!(repeats(LAST, this), [true, false, true]);
    }

    #[test]
    fn words_in_common_are_no_copy() {
        let this = "门户网站公开政府信息的审核由办公室负责，专题培训由人事科组织。";
        assert_eq!(repeats(LAST, this), [false]);
        assert_eq!(repeats("", this), [false]);
        assert!(Clauses::of(["。；\n"]).is_empty());
    }

    #[test]
    fn a_megabyte_against_a_megabyte_does_not_explode() {
        let one: String = (0..20_000_u32)
            .map(|i| {
                let word = |n: u32| char::from_u32(0x4e00 + n % 5000).unwrap();
                format!("推进{}{}领域公开，完善{}制度；", word(i), word(i * 7), word(i * 13))
            })
            .collect();
        let same = "推进政府信息公开工作".repeat(30_000);
        let texts = [one.as_str(), same.as_str()];
        let all = Clauses::of(texts);
        assert!(texts.iter().all(|text| all.compare(text).iter().all(|clause| clause.repeated)));
        let other = one.replace("推进", "促进");
        assert_eq!(all.compare(&other).len(), 20_000);
    }
}
