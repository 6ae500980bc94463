//! Figures that share a sentence with no others, so that what it says of two of them can be of nothing else.

use std::ops::Range;

use crate::diag::Place;
use crate::prose::{Exactness, Mention, Passage, Unit};
use crate::report::Text;
use crate::rules::Findings;

/// The marks that end a sentence, or a part of it that speaks for itself.
const ENDS: &[char] = &['。', '；', ';', '！', '？', '：', '\n'];

/// The bytes of the sentence round a place of a text, from mark to mark.
pub(super) fn sentence(text: &str, at: usize) -> Range<usize> {
    /// The most bytes that are looked at on either side.
    const REACH: usize = 600;
    let from = text.ceil_char_boundary(at.saturating_sub(REACH));
    let to = text.floor_char_boundary(text.len().min(at.saturating_add(REACH)));
    let before = text.get(from..at).unwrap_or_default();
    let start = before.rfind(ENDS).map_or(from, |mark| {
        let length = before[mark..].chars().next().map_or(0, char::len_utf8);
        from + mark + length
    });
    let end = text.get(at..to).and_then(|behind| behind.find(ENDS)).map_or(to, |mark| at + mark);
    start..end
}

/// The places of the figures of a sentence among those of its text.
pub(super) fn figures(passage: &Passage, sentence: &Range<usize>) -> Range<usize> {
    let before = |end: usize| passage.mentions.partition_point(|m| m.digits.start < end);
    before(sentence.start)..before(sentence.end)
}

/// The numbers of things and amounts that a sentence tells, in order; none where one of them is told roughly, or of each of
/// several.
pub(super) fn counts(passage: &Passage, text: &str, sentence: &Range<usize>) -> Option<Vec<usize>> {
    let all = figures(passage, sentence).map(|i| (i, &passage.mentions[i]));
    let counted = all.filter(|(_, m)| matches!(m.unit, Unit::Counter(_) | Unit::Yuan));
    let plain = |mention: &Mention| {
        mention.exactness == Exactness::Exact
            && !mention.is_average(text)
            && !mention.is_of_each(text)
            && !mention.is_for_each(text)
    };
    counted.map(|(i, mention)| plain(mention).then_some(i)).collect()
}

/// The smaller and the larger of the only two counts of a sentence, in one unit.
pub(super) fn only_two(passage: &Passage, counts: &[usize]) -> Option<(usize, usize)> {
    let &[one, other] = counts else { return None };
    let [first, second] = [one, other].map(|i| &passage.mentions[i]);
    if !first.same_unit(second) || first.value == second.value {
        return None;
    }
    Some(if first.value < second.value { (one, other) } else { (other, one) })
}

/// True if the rule has found something in a sentence before.
pub(super) fn is_reported(
    findings: &Findings<'_>,
    passage: &Passage,
    text: &Text,
    sentence: &Range<usize>,
) -> bool {
    let typed = text.typed_range(sentence.clone());
    findings.list.iter().any(|finding| match &finding.primary.place {
        Place::Text(path, range) => *path == passage.path && typed.contains(&range.start),
        _ => false,
    })
}
