//! Grades of one scale that divide those that were graded: 年终考核12个股室，优秀3个，合格9个; 一等5个、二等9个、三等6个，参加考核的20个.

use super::gap::lead;
use super::together::are_counted_alike;
use super::{Figures, Sum, of};
use crate::prose::arithmetic::added;
use crate::prose::lexicon::{Grade, Lexicon};
use crate::prose::mention::Mention;
use crate::prose::slip::{near, one_slip};

/// A grade, by the places of its scale and of itself in the lists of words.
type Rank = (usize, usize);

/// The sums of the rows of grades of a sentence or bracket with the number of those that were graded.
pub(super) fn of_grades(text: &str, mentions: &[Mention], figures: &Figures) -> Vec<Sum> {
    let own = &figures.own;
    let exact = |i: &usize| mentions[*i].counts_exactly();
    let ranks = own
        .iter()
        .map(|i| Some(i).filter(|i| exact(i)).map_or_else(Vec::new, |i| ranks(text, mentions, *i)));
    let ranks: Vec<Vec<Rank>> = ranks.collect();
    let (mut sums, mut first) = (Vec::new(), 0);
    while first < own.len() {
        let alike = |n: usize| mentions[own[first]].same_unit(&mentions[own[first + n]]);
        let row = row_of_scale(&ranks[first..], alike);
        if row.len() > 1 {
            sums.extend(of_row(text, mentions, figures, first, &row));
        }
        first += row.len().max(1);
    }
    sums
}

/// The grades of the first figures, as many as have different ones of one scale, and one unit.
fn row_of_scale(ranks: &[Vec<Rank>], is_alike: impl Fn(usize) -> bool) -> Vec<Rank> {
    let row = |(scale, _): &Rank| {
        let mut row: Vec<Rank> = Vec::new();
        for (n, own) in ranks.iter().enumerate() {
            let of_scale = own.iter().find(|(own, _)| own == scale);
            match of_scale.filter(|rank| is_alike(n) && !row.contains(rank)) {
                Some(rank) => row.push(*rank),
                None => break,
            }
        }
        row
    };
    let rows = ranks.first().into_iter().flatten().map(row);
    rows.max_by_key(Vec::len).unwrap_or_default()
}

fn of_row(
    text: &str,
    mentions: &[Mention],
    figures: &Figures,
    first: usize,
    ranks: &[Rank],
) -> Option<Sum> {
    let (own, n) = (&figures.own, ranks.len());
    let parts = &own[first..first + n];
    let sum = added(mentions, parts);
    // 14个县考核，优秀五家
    let alike = |i: &usize| {
        let (one, other) = (&mentions[*i], &mentions[parts[0]]);
        let bodies = &Lexicon::get().bodies.ends;
        let of_bodies = || {
            let houses = other.unit.counter().is_some_and(|counter| counter.word == "家");
            houses && bodies.start_of(&text[one.range.end..]).is_some()
        };
        let alike = one.same_unit(other) || are_counted_alike(text, one, other) || of_bodies();
        alike && one.counts_exactly()
    };
    let value = |i: usize| mentions[i].value;
    let before: Vec<usize> = own[..first].iter().copied().filter(alike).collect();
    let behind = own[first + n..].iter().copied().find(alike);
    let next = behind.filter(|i| *i == parts[n - 1] + 1);
    let holder = figures.holder.filter(alike);
    let earlier = figures.earlier.iter().copied().filter(alike);
    let mut wholes = before.iter().copied().chain(holder).chain(earlier).chain(behind);
    if let Some(whole) = wholes.find(|whole| value(*whole) == sum) {
        return Some(of(parts, Some(whole), true));
    }
    // 13个乡镇和31个部门参加，优秀12家、良好27家、一般5家; 优秀3个、良好5个，1个暂不评定
    let of_two = |pair: &[usize]| value(pair[0]).saturating_add(value(pair[1])) == sum;
    let with_next =
        |whole: usize| next.is_some_and(|next| sum.saturating_add(value(next)) == value(whole));
    let last = before.last().copied().or(holder);
    // 18个内设机构和6个直属单位
    let counted =
        |i: &&usize| mentions[**i].counts_exactly() && mentions[**i].unit.counter().is_some();
    let all: Vec<usize> = own[..first].iter().filter(counted).copied().collect();
    let same = |i: usize| mentions[i].same_unit(&mentions[parts[0]]);
    let in_two = last.is_none_or(|i| !same(i)) && all.windows(2).any(of_two);
    if before.windows(2).any(of_two) || in_two || last.is_some_and(with_next) {
        return None;
    }
    let graded = |i: &usize| is_graded(text, mentions, *i);
    let whole = behind.filter(graded).or(last.filter(|i| *i + 1 == parts[0] || graded(i)))?;
    let open = parts.iter().any(|part| mentions[*part].open_end);
    let over = sum > value(whole);
    let close = near(sum, value(whole), 2) || one_slip(sum, value(whole));
    let told = over || closes(ranks) && close;
    (told && !open).then(|| of(parts, Some(whole), false))
}

/// True if the grades of a row leave none out: three with the last that need be told, the best and the one that all others have, or
/// those who passed and those who failed.
fn closes(ranks: &[Rank]) -> bool {
    let scales = &Lexicon::get().sums.grading.scales;
    let grades = || ranks.iter().filter_map(|(scale, nth)| scales.get(*scale)?.get(*nth));
    let last = grades().any(|grade| grade.ends);
    let rest = grades().any(|grade| grade.is_rest);
    let best = ranks.iter().any(|(_, nth)| *nth == 0);
    rest && (best || last) || ranks.len() > 2 && best && last
}

/// The grades that a figure may count: 优秀等次9家; 评为优秀的9家; 27名评价为“好”.
fn ranks(text: &str, mentions: &[Mention], i: usize) -> Vec<Rank> {
    let words = &Lexicon::get().sums.grading;
    let without_noun = |name: &'_ str| {
        let name = name.trim_end_matches('的').to_owned();
        let noun = words.nouns.end_of(&name).map_or(0, str::len);
        name[..name.len() - noun].to_owned()
    };
    let mention = &mentions[i];
    let name = lead(text, mention).rsplit(['：', ':']).next().unwrap_or_default();
    // 27个单位中优秀6个, but 得中的1个
    let name = name
        .rsplit_once(['中', '里'])
        .map_or(name, |(_, own)| if own.trim_matches('的').is_empty() { name } else { own });
    let found = grades_at_end(without_noun(name).trim_end_matches('”'));
    if !found.is_empty() {
        return found;
    }
    // 27名评价为“好”，3名评价为“较好”
    let behind = text.get(mention.range.end..).unwrap_or_default();
    let behind = behind.split(['，', '、', '；', '。', '）', '\n']).next().unwrap_or_default();
    // 13个单位为优秀
    let noun = words.nouns.start_of(behind).filter(|noun| noun.chars().count() > 1);
    let behind = noun.map_or(behind, |noun| &behind[noun.len()..]);
    let Some(verb) = words.verbs.start_of(behind) else { return Vec::new() };
    let said = without_noun(behind[verb.len()..].trim_matches(['“', '”']));
    let whole = |(scale, nth): &Rank| words.scales[*scale][*nth].names.has(&said);
    grades_at_end(&said).into_iter().filter(whole).collect()
}

/// The grades that some words end with: by a name of several characters anywhere, by one of a single character alone or behind a verb.
fn grades_at_end(name: &str) -> Vec<Rank> {
    let words = &Lexicon::get().sums.grading;
    let scales = words.scales.iter().enumerate();
    let grades = scales.flat_map(|(scale, grades)| {
        grades.iter().enumerate().map(move |(nth, grade)| ((scale, nth), grade))
    });
    let longest = |grade: &'static Grade| {
        grade.names.iter().filter(|own| name.ends_with(own)).max_by_key(|own| own.len())
    };
    let ends: Vec<(&str, Rank)> =
        grades.filter_map(|(rank, grade)| Some((longest(grade)?, rank))).collect();
    let Some(longest) = ends.iter().map(|(word, _)| word.len()).max() else { return Vec::new() };
    let before = name[..name.len() - longest].trim_end_matches('“');
    let long = name[name.len() - longest..].chars().count() > 1;
    let alone = before.is_empty() || words.verbs.end_of(before).is_some();
    // 不优秀, 未达标: the grade of another word.
    let plain = !before.ends_with(['不', '未', '较', '非']);
    let of_longest =
        ends.into_iter().filter(|(word, _)| word.len() == longest && plain && (long || alone));
    of_longest.map(|(_, rank)| rank).collect()
}

/// True if the words around a figure say that those it counts were graded: 参加考核的21个科室; 对45个单位考评.
fn is_graded(text: &str, mentions: &[Mention], i: usize) -> bool {
    const REACH: usize = 14;
    let mention = &mentions[i];
    let words = &Lexicon::get().sums.grading.graded;
    let behind: String = text[mention.range.end..].chars().take(REACH).collect();
    let behind = behind.split(['，', '。', '；', '：']).next().unwrap_or_default();
    words.are_in(lead(text, mention)) || words.are_in(behind)
}
