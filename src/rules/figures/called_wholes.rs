//! Wholes that a share calls by the name of a figure before it: 主办64件、会办136件；公开主办件复文59件，占主办件的92.2%.

use rust_decimal::Decimal;

use crate::prose::{Exactness, Lexicon, Mention, Passage, percent};
use crate::report::Text;
use crate::rules::figures::plausible::is_slip;
use crate::rules::machinery::text::CLAUSE_ENDS;

/// The figure that a share calls its whole, if it gives the share as told, is smaller than the part, or gives it but for a slip.
pub(super) fn called_whole(passage: &Passage, text: &Text, i: usize) -> Option<Decimal> {
    /// The most figures before a part that are looked at.
    const NEAR: usize = 12;
    let (mentions, printed) = (&passage.mentions, text.printed());
    let told = &mentions[i];
    let share = told.share.as_ref().filter(|share| {
        share.whole.is_none() && share.whole_figure.is_none() && share.others.is_empty()
    })?;
    let part = &mentions[share.part];
    let name = name_of_whole(printed, part, told)?;
    let is_called = |figure: &usize| {
        let other = &mentions[*figure];
        let near = other.sentence + 1 >= part.sentence;
        let plain = other.exactness == Exactness::Exact && other.growth.is_none();
        near && plain
            && other.same_unit(part)
            && stem(words_before(printed, mentions, *figure)).ends_with(name)
    };
    let mut called = (share.part.saturating_sub(NEAR)..share.part).filter(is_called);
    let whole = mentions[called.next()?].value;
    if called.any(|other| mentions[other].value != whole) {
        return None;
    }
    let right = percent(part.value, whole, told.places)?;
    let meant = right == told.value || part.value > whole || is_slip(right, told.value);
    meant.then_some(whole)
}

/// The name that the words behind 占 give the whole of a share, without its counter: 主办 of 占主办件的.
fn name_of_whole<'a>(text: &'a str, part: &Mention, share: &Mention) -> Option<&'a str> {
    const SHARE: char = '占';
    const LENGTHS: std::ops::RangeInclusive<usize> = 2..=10;
    let said = text.get(part.range.end..share.digits.start)?;
    let (_, name) = said.rsplit(CLAUSE_ENDS).next()?.rsplit_once(SHARE)?;
    let name = stem(name.strip_suffix('的')?);
    let counter = part.unit.counter().map_or("", |counter| counter.word.as_str());
    let name = name.strip_suffix(counter).unwrap_or(name);
    let plain = name.chars().all(char::is_alphabetic);
    (plain && LENGTHS.contains(&name.chars().count())).then_some(name)
}

/// A name without the words for how many there are.
fn stem(mut name: &str) -> &str {
    let sums = &Lexicon::get().sums;
    while let Some(end) = sums.number_names.end_of(name).or(sums.share_names.end_of(name)) {
        name = &name[..name.len() - end.len()];
    }
    name
}

/// The words of a figure from the last mark before it.
fn words_before<'a>(text: &'a str, mentions: &[Mention], figure: usize) -> &'a str {
    let from = figure.checked_sub(1).map_or(0, |before| mentions[before].range.end);
    let said = text.get(from..mentions[figure].digits.start).unwrap_or_default();
    said.rsplit(CLAUSE_ENDS).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check_text;

    #[test]
    fn shares_of_a_figure_that_has_the_name_of_their_whole() {
        for wrong in [
            "建议83件、提案117件，其中主办64件、会办136件；公开主办件复文69件，占主办件的92.2%。",
            "承办建议146件，其中主办58件、协办88件。公开主办件答复51件，占主办件的78.9%。",
        ] {
            check_text(&super::super::share_wrong::RULE, wrong, "", 1);
        }
        for fine in [
            "建议83件、提案117件，其中主办64件、会办136件；公开主办件复文59件，占主办件的92.2%。",
            "承办建议146件，其中主办58件、协办88件。公开主办件答复51件，占主办件的87.9%。",
            "承办建议146件，其中主办58件、协办88件。公开答复43件，占应公开件的95.6%。",
            "主办建议42件、提案36件。公开主办件答复68件，占主办件的87.2%。",
            "上半年主办31件、下半年主办58件。公开主办件答复73件，占主办件的82.0%。",
        ] {
            check_text(&super::super::share_wrong::RULE, fine, "", 0);
        }
    }
}
