//! Labels of the form, and how a printed one is held against them.

use super::super::letters::{is_note_mark, key, likeness, numeral};

/// The fit of a printed label to one of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::import) enum Fit {
    /// Word for word, blanks and marks aside.
    Exact,
    /// In other words that are known to mean the same.
    Listed,
    /// Nearly, and none other nearly as well.
    Near,
}

/// From which likeness on a label may be meant at all, and how much less the next one must be alike.
const ALIKE: f64 = 0.6;
const APART: f64 = 0.15;

/// A label of the form with the words under which it is also printed.
pub(super) struct Label<T> {
    pub(super) meant: T,
    exact: Vec<String>,
    listed: Vec<String>,
}

impl<T: Copy + PartialEq> Label<T> {
    /// The label, with other words for it.
    pub(super) fn new(meant: T, label: &str, also: &[&str]) -> Self {
        let whole = key(label);
        let mut listed: Vec<String> = also.iter().map(|words| key(words)).collect();
        let short = key(without_remark(label));
        // Numbers are lost, or typed by the word processor; a label of two characters is too little without one.
        for words in [&whole, &short] {
            let bare = without_number(words);
            if bare.chars().count() > 2 {
                listed.push(bare.to_owned());
            }
        }
        let numbered: Vec<String> =
            also.iter().map(|words| format!("{}{}", number_of(label), key(words))).collect();
        listed.extend(numbered);
        Self { meant, exact: vec![whole, short], listed }
    }

    fn fit(&self, printed: &str) -> Option<Fit> {
        if self.exact.iter().any(|label| label == printed) {
            Some(Fit::Exact)
        } else if self
            .listed
            .iter()
            .any(|label| label == printed || label == without_number(printed))
        {
            Some(Fit::Listed)
        } else {
            None
        }
    }

    fn likeness(&self, printed: &str) -> f64 {
        let all = self.exact.iter().chain(&self.listed);
        all.map(|label| likeness(label, printed)).fold(0.0, f64::max)
    }
}

/// The mark of a note behind a label, for example `注①` or raised digits, and the label without it.
pub(super) fn unmarked(printed: &str) -> (&str, Option<&str>) {
    let printed = printed.trim_end();
    let bare = printed.trim_end_matches(is_note_mark);
    if bare.len() < printed.len() && !bare.is_empty() && !bare.ends_with('注') {
        return (bare.trim_end(), Some(&printed[bare.len()..]));
    }
    let Some(at) = printed.rfind('注') else { return (printed, None) };
    let number = printed[at + '注'.len_utf8()..].trim();
    let is_number = |c: char| c.is_ascii_digit() || ('①'..='⑳').contains(&c);
    let is_mark = !number.is_empty() && number.chars().all(is_number) && at > 0;
    if is_mark { (printed[..at].trim_end(), Some(&printed[at..])) } else { (printed, None) }
}

/// The one label that printed words are, by their key.
pub(super) fn same<T: Copy + PartialEq>(labels: &[Label<T>], printed: &str) -> Option<(T, Fit)> {
    let printed = key(unmarked(printed).0);
    if printed.is_empty() {
        return None;
    }
    let mut fits: Vec<(T, Fit)> =
        labels.iter().filter_map(|label| Some((label.meant, label.fit(&printed)?))).collect();
    fits.sort_by_key(|(_, fit)| *fit);
    match fits.as_slice() {
        [only] => Some(*only),
        [first, second, ..] if first.1 < second.1 => Some(*first),
        _ => None,
    }
}

/// The one label that printed words are nearly, among those that `may` be meant.
pub(super) fn near<T: Copy + PartialEq>(
    labels: &[Label<T>],
    printed: &str,
    may: impl Fn(T) -> bool,
) -> Option<T> {
    let printed = key(unmarked(printed).0);
    if printed.chars().count() < 2 {
        return None;
    }
    let mut scores: Vec<(f64, T)> = labels
        .iter()
        .filter(|label| may(label.meant))
        .map(|label| (label.likeness(&printed), label.meant))
        .collect();
    scores.sort_by(|a, b| b.0.total_cmp(&a.0));
    let (best, meant) = *scores.first()?;
    let next = scores.get(1).map_or(0.0, |(score, _)| *score);
    (best >= ALIKE && best - next >= APART).then_some(meant)
}

/// A label without the remark in brackets at its end.
fn without_remark(label: &str) -> &str {
    match label.char_indices().skip(1).find(|(_, c)| *c == '（') {
        Some((i, _)) if label.ends_with('）') => &label[..i],
        _ => label,
    }
}

/// A key without the number before it.
pub(super) fn without_number(key: &str) -> &str {
    let digits = key.trim_start_matches(|c: char| c.is_ascii_digit());
    if digits.len() < key.len() {
        return digits;
    }
    let is_numeral = |c: char| numeral(&c.to_string()).is_some() || c == '十';
    // 一 may begin a word, too; behind a number of the form a word of its own begins.
    key.strip_prefix(is_numeral).unwrap_or(key)
}

/// The key of the number before a label.
fn number_of(label: &str) -> String {
    let whole = key(label);
    let bare = without_number(&whole);
    whole[..whole.len() - bare.len()].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_known_by_their_words() {
        let labels = [
            Label::new(1, "（一）予以公开", &[]),
            Label::new(
                2,
                "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
                &["部分公开"],
            ),
            Label::new(3, "2.其他法律行政法规禁止公开", &["其他法律行政止公开"]),
            Label::new(4, "3.其他", &["其他处理"]),
        ];
        assert_eq!(same(&labels, "(一) 予以公开"), Some((1, Fit::Exact)));
        assert_eq!(same(&labels, "予以公开"), Some((1, Fit::Listed)));
        assert_eq!(same(&labels, "（二）部分公开"), Some((2, Fit::Exact)));
        assert_eq!(same(&labels, "2、其他法律行政止公开"), Some((3, Fit::Listed)));
        assert_eq!(same(&labels, "（六）其他处理"), Some((4, Fit::Listed)));
        assert_eq!(same(&labels, "（一）予以公开 注①"), Some((1, Fit::Exact)));
        assert_eq!(same(&labels, "（一）予以公开²"), Some((1, Fit::Exact)));
        assert_eq!(unmarked("（一）予以公开 *"), ("（一）予以公开", Some("*")));
        assert_eq!(same(&labels, "其他"), None);
        assert_eq!(near(&labels, "2.其他法律法规禁止公开", |_| true), Some(3));
        assert_eq!(near(&labels, "总计", |_| true), None);
    }
}
