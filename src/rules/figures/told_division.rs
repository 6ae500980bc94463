//! A whole and one of its parts that are told once more elsewhere: 信息2164条，其中网站275条……2164条信息中网站只有278条.

use rust_decimal::Decimal;

use crate::prose::{Exactness, Lexicon, Mention, Passage, Prose, Unit, one_slip};
use crate::report::{Report, Text};

/// A figure by the text it stands in, as read and as written, and its place there.
type Figure<'a> = (&'a Passage, &'a Text, usize);

/// The marks that end the words of a figure.
pub(super) const ENDS: &[char] =
    &['，', '。', '；', '：', '、', '！', '？', '\n', ',', ';', ':', '（', '）'];
/// The most divisions of a report that are compared.
const MOST: usize = 400;

/// A whole and a part of it.
pub(super) struct Division<'a> {
    pub(super) passage: &'a Passage,
    pub(super) text: &'a Text,
    whole: usize,
    pub(super) part: usize,
    /// The name of the part.
    pub(super) name: &'a str,
    /// The place of its text among all, and that of its sentence.
    place: (usize, usize),
}

/// Every part or whole that has another number where the division is told again, each with the one told before and its
/// own text among all.
pub(super) fn told_divisions<'a>(
    prose: &'a Prose,
    report: &'a Report,
) -> Vec<(Figure<'a>, usize, Figure<'a>)> {
    let all = divisions_of(prose, report);
    let mut found = Vec::new();
    for (nth, here) in all.iter().enumerate() {
        if here.is_of_a_round() {
            continue;
        }
        let before = all[..nth].iter().filter(|before| !before.is_of_a_round());
        let before: Vec<&Division<'a>> =
            before.filter(|before| before.is_told_again_by(here)).collect();
        found.extend(other_part(&before, here).or_else(|| other_whole(&before, here)));
    }
    found
}

/// The divisions of all texts in order; none where they are too many.
pub(super) fn divisions_of<'a>(prose: &'a Prose, report: &'a Report) -> Vec<Division<'a>> {
    let mut all: Vec<Division<'a>> = Vec::new();
    for (nth, (passage, text)) in prose.each(report).enumerate() {
        all.extend(divisions(passage, text, nth));
        if all.len() > MOST {
            return Vec::new();
        }
    }
    all
}

/// The divisions of a text.
fn divisions<'a>(passage: &'a Passage, text: &'a Text, nth: usize) -> Vec<Division<'a>> {
    let mentions = &passage.mentions;
    let of_lists =
        passage.lists.iter().flat_map(|list| list.parts.iter().map(|part| (list.whole, *part)));
    let of_sums = passage.sums.iter().filter_map(|sum| Some((sum.total?, &sum.parts)));
    let of_sums = of_sums.flat_map(|(total, parts)| parts.iter().map(move |part| (total, *part)));
    let mut pairs: Vec<(usize, usize)> = of_lists.chain(of_sums).collect();
    pairs.sort_unstable();
    pairs.dedup();
    let division = |(whole, part): (usize, usize)| {
        let fits = counts(&mentions[whole]) && counts(&mentions[part]) && whole != part;
        let name = name(text.printed(), mentions, part).filter(|_| fits)?;
        Some(Division { passage, text, whole, part, name, place: (nth, mentions[part].sentence) })
    };
    pairs.into_iter().filter_map(division).collect()
}

impl<'a> Division<'a> {
    pub(super) fn part(&self) -> &'a Mention {
        &self.passage.mentions[self.part]
    }

    pub(super) fn whole(&self) -> &'a Mention {
        &self.passage.mentions[self.whole]
    }

    /// The words behind the part, up to the next mark.
    fn behind(&self) -> &'a str {
        const REACH: usize = 16;
        let behind = &self.text.printed()[self.part().range.end..];
        let end = behind.char_indices().nth(REACH).map_or(behind.len(), |(at, _)| at);
        behind[..end].split(ENDS).next().unwrap_or_default().trim_start_matches(['的', '为', '是'])
    }

    fn figure(&self, figure: usize) -> Figure<'a> {
        (self.passage, self.text, figure)
    }

    /// True if another one of the same kinds of things stands in another text, or says that its whole was told before: 2164条信息中.
    fn is_told_again_by(&self, other: &Self) -> bool {
        const NEAR: usize = 10;
        let units = self.part().same_unit(other.part()) && self.whole().same_unit(other.whole());
        let behind = &other.text.printed()[other.whole().range.end..];
        let end = behind.char_indices().nth(NEAR).map_or(behind.len(), |(at, _)| at);
        let behind = behind[..end].split(ENDS).next().unwrap_or_default();
        let refers = Lexicon::get().clauses.within.are_in(behind);
        self.place != other.place && units && (self.place.0 != other.place.0 || refers)
    }

    /// True if it is of one of several rounds, each of which has such a whole: 第二季度检查12个栏目，合格8个.
    fn is_of_a_round(&self) -> bool {
        const REACH: usize = 90;
        let text = self.text.printed();
        let start = self.whole().digits.start;
        let from = (start.saturating_sub(REACH)..=start).find(|at| text.is_char_boundary(*at));
        let said = &text[from.unwrap_or(start)..self.part().digits.start.max(start)];
        let said = said.rsplit('。').next().unwrap_or_default();
        said.contains('第') || said.contains("季度") || said.contains("半年")
    }

    /// True if the part has the same name, or a longer or shorter one.
    fn is_called(&self, other: &Self) -> bool {
        self.name.contains(other.name) || other.name.contains(self.name)
    }
}

/// The part told before that has another number now, of the same whole.
fn other_part<'a>(
    before: &[&Division<'a>],
    here: &Division<'a>,
) -> Option<(Figure<'a>, usize, Figure<'a>)> {
    let of_whole = || before.iter().filter(|b| b.whole().value == here.whole().value);
    if of_whole().any(|before| before.part().value == here.part().value) {
        return None;
    }
    let mut called = of_whole().filter(|before| before.is_called(here));
    let first = called.next().filter(|first| {
        let value = first.part().value;
        called.all(|other| other.part().value == value)
    })?;
    // 32条问题中网站10条已改: some of those of the site.
    if !here.behind().is_empty() && here.behind() != first.behind() && here.behind() != here.name {
        return None;
    }
    let typed = here.part().is_typed() && one_slip(first.part().value, here.part().value);
    typed.then(|| (first.figure(first.part), here.place.0, here.figure(here.part)))
}

/// The whole told before that has another number now, where its part is the same.
fn other_whole<'a>(
    before: &[&Division<'a>],
    here: &Division<'a>,
) -> Option<(Figure<'a>, usize, Figure<'a>)> {
    let (part, whole) = (here.part(), here.whole());
    let of_part = || {
        let alike = before.iter().filter(|before| before.is_called(here));
        alike.filter(|before| before.part().value == part.value)
    };
    if of_part().any(|before| before.whole().value == whole.value) {
        return None;
    }
    let sure = |b: &&&Division<'a>| part.value >= Decimal::TEN || b.name == here.name;
    let first = of_part().find(sure)?;
    let slip = whole.value >= Decimal::TEN && one_slip(first.whole().value, whole.value);
    (slip && whole.is_typed())
        .then(|| (first.figure(first.whole), here.place.0, here.figure(here.whole)))
}

/// The name of a part: the words before it, or those behind where none stand there.
fn name<'a>(text: &'a str, mentions: &[Mention], part: usize) -> Option<&'a str> {
    const SHORTEST: usize = 2;
    const LONGEST: usize = 16;
    let lexicon = Lexicon::get();
    let from = part.checked_sub(1).map_or(0, |before| mentions[before].range.end);
    let lead = text.get(from..mentions[part].digits.start)?;
    let lead = lead.rsplit(ENDS).next().unwrap_or_default();
    let inner =
        lexicon.clauses.within.iter().filter_map(|word| Some(lead.rfind(word)? + word.len()));
    let mut lead = inner.max().map_or(lead, |at| &lead[at..]);
    lead = lexicon.sums.opens.start_of(lead).map_or(lead, |word| &lead[word.len()..]);
    let rest = lexicon.sums.rest.start_of(lead).is_some();
    let little = [&lexicon.sums.share_names, &lexicon.things.empty, &lexicon.things.information];
    while let Some(end) = little.iter().find_map(|words| words.end_of(lead)) {
        lead = &lead[..lead.len() - end.len()];
    }
    while let Some(word) = lexicon.things.empty.start_of(lead) {
        lead = &lead[word.len()..];
    }
    let name = if lead.is_empty() || rest {
        let behind = text.get(mentions[part].range.end..)?;
        let end = behind.char_indices().take(LONGEST).find(|(_, c)| ENDS.contains(c))?;
        behind[..end.0].trim_start_matches(['的', '为', '是'])
    } else {
        lead
    };
    let n = name.chars().count();
    let plain = name.chars().all(char::is_alphabetic) && (SHORTEST..=LONGEST).contains(&n);
    plain.then_some(name)
}

/// True if a figure counts things, exactly and as they are.
pub(super) fn counts(mention: &Mention) -> bool {
    matches!(mention.unit, Unit::Counter(_))
        && mention.exactness == Exactness::Exact
        && mention.growth.is_none()
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check_text;

    #[test]
    fn a_part_or_a_whole_told_with_another_number() {
        for wrong in [
            "发布警务信息2164条，其中公众号1889条、网站275条。存在的问题：2164条信息中网站只有278条。",
            "发布警务信息2164条，其中公众号1889条、网站275条。存在的问题：2167条信息中网站只有275条。",
            "推送214篇，原创64篇，其余150篇为转载。存在的问题：214篇里转载有180篇。",
        ] {
            check_text(&super::super::text_contradicts_itself::RULE, wrong, "", 1);
        }
    }

    #[test]
    fn the_same_division_or_another_one() {
        for fine in [
            "发布警务信息2164条，其中公众号1889条、网站275条。存在的问题：2164条信息中网站只有275条。",
            "发布警务信息2164条，其中公众号1889条、网站275条。2164条信息中解读只有27条。",
            "收到建议60条，其中民生类28条、经济类32条。办理诉求68条，其中民生类28条、其他40条。",
            "培训60人，其中部门28人、乡镇32人。培训60人，其中部门中层8人。",
            "一轮检查12个栏目，合格9个、不合格3个。二轮检查12个栏目，合格8个、不合格4个。",
            "第一轮检查12个栏目，合格9个、不合格3个。第二轮检查的12个栏目中合格8个、不合格4个。",
        ] {
            check_text(&super::super::text_contradicts_itself::RULE, fine, "", 0);
        }
    }
}
