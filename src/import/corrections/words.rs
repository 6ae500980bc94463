//! Words held against words: sentences, what of them differs, and which bound figures outlive a change.

use std::hash::Hash;
use std::ops::Range;

use similar::{Algorithm, DiffTag, capture_diff_slices};

use super::super::letters::{is_unseen, squeezed};
use crate::report::{Bound, Text};

/// The most pieces of a text that are told apart one by one; a report has some hundred sentences, and a sentence some
/// hundred characters.
const MOST_PIECES: usize = 5_000;

/// A sentence of a printed text, with the blanks and line ends behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sentence {
    pub(super) range: Range<usize>,
    /// Its characters, and a line end if its paragraph ends with it: two sentences with the same are the same.
    key: String,
}

/// The sentences of a text as printed.
pub(super) fn sentences(text: &str) -> Vec<Sentence> {
    let mut starts: Vec<usize> = Vec::new();
    let mut has_ended = true;
    for (at, c) in text.char_indices() {
        let is_end = matches!(c, '。' | '！' | '？' | '；' | '\n');
        let is_behind = is_end || is_unseen(c) || matches!(c, '”' | '’' | '）' | '』' | '」');
        if has_ended && !is_behind {
            starts.push(at);
        }
        // Marks at the very beginning belong to the first sentence.
        has_ended = if starts.is_empty() { true } else { is_end || has_ended && is_behind };
    }
    let ends = starts.iter().skip(1).copied().chain([text.trim_end().len()]);
    let all: Vec<Range<usize>> = starts.iter().zip(ends).map(|(start, end)| *start..end).collect();
    let n = all.len();
    let of = |(i, range): (usize, Range<usize>)| {
        let words = &text[range.clone()];
        let end = if i + 1 < n && words.contains('\n') { "\n" } else { "" };
        Sentence { key: format!("{}{end}", squeezed(words)), range }
    };
    all.into_iter().enumerate().map(of).collect()
}

/// The runs of sentences that differ, by their numbers in either text.
pub(super) fn differing(
    before: &[Sentence],
    after: &[Sentence],
) -> Vec<(Range<usize>, Range<usize>)> {
    let keys = |all: &[Sentence]| all.iter().map(|one| one.key.clone()).collect::<Vec<String>>();
    let runs = runs(&keys(before), &keys(after));
    runs.into_iter().filter(|run| !run.0).map(|(_, old, new)| (old, new)).collect()
}

/// The bytes of some sentences; the place before the first where there are none.
pub(super) fn bytes(text: &str, all: &[Sentence], run: &Range<usize>) -> Range<usize> {
    let start = all.get(run.start).map_or(text.trim_end().len(), |one| one.range.start);
    let end = if run.is_empty() { start } else { all[run.end - 1].range.end };
    start..end
}

/// Pieces of two lists that are the same or differ, in order.
pub(super) fn runs<T: Eq + Hash + Ord>(
    before: &[T],
    after: &[T],
) -> Vec<(bool, Range<usize>, Range<usize>)> {
    if before.len().max(after.len()) > MOST_PIECES {
        return vec![(before == after, 0..before.len(), 0..after.len())];
    }
    let ops = capture_diff_slices(Algorithm::Myers, before, after);
    let of = |op: similar::DiffOp| {
        let (tag, old, new) = op.as_tag_tuple();
        (tag == DiffTag::Equal, old, new)
    };
    ops.into_iter().map(of).collect()
}

/// Words in the place of some of a text, as they are typed: figures that are bound there stay bound where the change
/// leaves them as they were. The others go to `unbound`.
pub(super) fn retyped(
    text: &Text,
    printed: &Range<usize>,
    words: &str,
    unbound: &mut Vec<Unbound>,
) -> String {
    let old: Vec<(usize, char)> = text.printed()[printed.clone()]
        .char_indices()
        .map(|(at, c)| (at + printed.start, c))
        .collect();
    let new: Vec<char> = words.chars().collect();
    let before: Vec<char> = old.iter().map(|(_, c)| *c).collect();
    // Where each character stands in the new words.
    let mut place: Vec<Option<usize>> = vec![None; old.len()];
    for (is_same, from, to) in runs(&before, &new) {
        if is_same {
            for (i, j) in from.zip(to) {
                place[i] = Some(j);
            }
        }
    }
    let mut typed = String::new();
    let mut next = 0;
    let inside =
        |bound: &&Bound| printed.start <= bound.printed.start && bound.printed.end <= printed.end;
    for bound in text.bound().iter().filter(inside).filter(|bound| !bound.printed.is_empty()) {
        let own = |at: &usize| bound.printed.contains(at);
        let places: Vec<usize> = (0..old.len()).filter(|i| own(&old[*i].0)).collect();
        let (Some(first), Some(last)) = (places.first(), places.last()) else { continue };
        let expression = &text.typed()[bound.typed.clone()];
        let start = place[*first].filter(|start| {
            let follows = |(n, i): (usize, &usize)| place[*i] == Some(start + n);
            let is_whole = places.iter().enumerate().all(follows);
            let end = start + places.len();
            // A digit that was put before or behind it makes it another number.
            let joined = |j: Option<usize>, i: Option<usize>| {
                let is_new = i.is_none_or(|i| place.get(i).copied().flatten() != j);
                j.and_then(|j| new.get(j)).is_some_and(|c| is_new && is_of_number(*c))
            };
            let before = joined(start.checked_sub(1), first.checked_sub(1));
            is_whole && *start >= next && !before && !joined(Some(end), Some(last + 1))
        });
        match start {
            Some(start) => {
                typed.extend(&new[next..start]);
                typed.push_str(expression);
                next = start + places.len();
            }
            None => unbound.push(Unbound::of(text, bound)),
        }
    }
    typed.extend(&new[next..]);
    typed
}

/// A figure that a correction made to be a typed one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unbound {
    /// The expression as it was typed: `{{ … }}`.
    pub(crate) expression: String,
    /// The figure that it printed.
    pub(crate) printed: String,
}

impl Unbound {
    pub(super) fn of(text: &Text, bound: &Bound) -> Self {
        Self {
            expression: text.typed()[bound.typed.clone()].to_owned(),
            printed: text.printed()[bound.printed.clone()].to_owned(),
        }
    }
}

fn is_of_number(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '.' | '．' | '%' | '％') || ('０'..='９').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn differs(before: &str, after: &str) -> Vec<(String, String)> {
        let (a, b) = (sentences(before), sentences(after));
        let words = |text: &str, all: &[Sentence], run: &Range<usize>| {
            text[bytes(text, all, run)].to_owned()
        };
        differing(&a, &b)
            .iter()
            .map(|(old, new)| (words(before, &a, old), words(after, &b, new)))
            .collect()
    }

    #[test]
    fn sentences_differ_one_by_one_and_blanks_do_not_count() {
        assert_eq!(differs("甲。 乙；\n\n丙", "甲。乙；\n丙\n"), []);
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(differs("甲。乙。丙。", "甲。丁。丙。"), [pair("乙。", "丁。")]);
        assert_eq!(differs("甲。丙。", "甲。乙。丙。"), [pair("", "乙。")]);
        assert_eq!(differs("甲。丙。", "甲。\n丙。"), [pair("甲。", "甲。\n")]);
        assert_eq!(differs("甲。\n丙。", "甲。丙。"), [pair("甲。\n", "甲。")]);
        assert_eq!(differs("甲。“乙。”丙。", "甲。丙。"), [pair("“乙。”", "")]);
        assert_eq!(differs("", "甲。"), [pair("", "甲。")]);
    }

    #[test]
    fn bound_figures_stay_bound_where_the_change_leaves_them() {
        let text = Text::new("收到{{ a }}件，占{{ b }}。".to_owned());
        let range = |words: &str| {
            let start = text.typed().find(words).unwrap();
            start..start + words.len()
        };
        let figures = [(range("{{ a }}"), "15".to_owned()), (range("{{ b }}"), "8%".to_owned())];
        let text = text.clone().with_figures(&figures);
        let retyped = |words: &str| {
            let mut unbound = Vec::new();
            let typed = retyped(&text, &(0..text.printed().len()), words, &mut unbound);
            (typed, unbound.into_iter().map(|one| one.expression).collect::<Vec<_>>())
        };
        let (typed, lost) = retyped("共收到15件申请，占8%。");
        assert_eq!((typed.as_str(), lost.len()), ("共收到{{ a }}件申请，占{{ b }}。", 0));
        let (typed, lost) = retyped("收到150件，占8%。");
        assert_eq!((typed.as_str(), lost.len()), ("收到150件，占{{ b }}。", 1));
        let (typed, lost) = retyped("收到16件。");
        assert_eq!(
            (typed.as_str(), lost),
            ("收到16件。", vec!["{{ a }}".to_owned(), "{{ b }}".to_owned()])
        );
    }
}
