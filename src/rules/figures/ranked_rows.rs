//! Figures that are told in the order of their size: 由多到少为47件、30件、12件; 47件最多，30件次之.

use crate::prose::{Exactness, Mention, Passage};
use crate::rules::machinery::text::CLAUSE_ENDS;
use crate::rules::machinery::word_lists::WordLists;

/// Two neighbours of a row of which the second is larger than the order allows.
pub(super) struct Misplaced {
    /// The figure that comes first, and the one behind it.
    pub(super) first: usize,
    pub(super) second: usize,
    /// True if the row is said to fall, false if it is said to rise.
    pub(super) falls: bool,
}

/// Every pair of neighbours that contradicts the order in which the text tells them, one for each row.
pub(super) fn misplaced(passage: &Passage, text: &str) -> Vec<Misplaced> {
    let mut found: Vec<Misplaced> = sorted(passage, text);
    found.extend(by_rank(passage, text));
    found
}

/// 由多到少依次为47件、30件、12件.
fn sorted(passage: &Passage, text: &str) -> Vec<Misplaced> {
    let words = &WordLists::get().leaders.sorted;
    let orders = [(&words.falling, true), (&words.rising, false)];
    let told = orders.into_iter().filter(|(list, _)| list.are_in(text));
    let all = told.flat_map(|(list, falls)| {
        let told = list.iter().flat_map(|word| text.match_indices(word));
        told.filter_map(move |(at, word)| {
            let row = row_behind(passage, text, at + word.len())?;
            let (first, second) = first_against(&passage.mentions, &row, falls)?;
            Some(Misplaced { first, second, falls })
        })
    });
    all.collect()
}

/// The figures of the clause that begins at a byte, each with no more than a name before it.
fn row_behind(passage: &Passage, text: &str, from: usize) -> Option<Vec<usize>> {
    /// The most characters before the first figure, and of a name.
    const OPENING: usize = 24;
    const NAME: usize = 14;
    const FEWEST: usize = 3;
    let mentions = &passage.mentions;
    let first = mentions.partition_point(|m| m.digits.start < from);
    let begins = mentions.get(first)?;
    let opening = text.get(from..begins.digits.start)?;
    let plain = !opening.contains(['。', '；', '\n']) && opening.matches('，').count() <= 1;
    let told = !opening.contains('，') || WordLists::get().leaders.sorted.in_turn.are_in(opening);
    let near = opening.chars().count() <= OPENING && plain && told;
    let joined = |i: &usize| {
        let between = text.get(mentions[*i - 1].range.end..mentions[*i].digits.start);
        between.is_some_and(|words| {
            let name = words.strip_prefix(['、', '，', '和', '；']);
            name.is_some_and(|name| {
                name.chars().count() <= NAME && name.chars().all(char::is_alphabetic)
            })
        })
    };
    let alike = |i: &usize| mentions[*i].same_unit(begins) && is_plain(&mentions[*i]);
    let rest = (first + 1..mentions.len()).take_while(|i| alike(i) && joined(i));
    let row: Vec<usize> = std::iter::once(first).chain(rest).collect();
    (near && is_plain(begins) && row.len() >= FEWEST).then_some(row)
}

fn first_against(mentions: &[Mention], row: &[usize], falls: bool) -> Option<(usize, usize)> {
    let against = |pair: &&[usize]| {
        let (one, other) = (mentions[pair[0]].value, mentions[pair[1]].value);
        if falls { one < other } else { one > other }
    };
    row.windows(2).find(against).map(|pair| (pair[0], pair[1]))
}

fn is_plain(mention: &Mention) -> bool {
    mention.exactness == Exactness::Exact && mention.growth.is_none() && !mention.bound
}

/// 无法提供30件最多，予以公开47件次之: figures that are followed by their ranks.
fn by_rank(passage: &Passage, text: &str) -> Vec<Misplaced> {
    let words = &WordLists::get().leaders.sorted;
    let mentions = &passage.mentions;
    let ranked = |i: usize, place: &crate::prose::Words| {
        let clause_at = |at: usize| {
            let behind = text.get(at..).unwrap_or_default();
            let clause = behind.strip_prefix('，').unwrap_or(behind);
            clause.split(CLAUSE_ENDS).next().unwrap_or_default()
        };
        // 47件次之 has been read as 47件次.
        let counter = text.get(mentions[i].digits.end..).and_then(|unit| unit.chars().next());
        let behind_counter = mentions[i].digits.end + counter.map_or(0, char::len_utf8);
        place.has(clause_at(mentions[i].range.end)) || place.has(clause_at(behind_counter))
    };
    let pairs = (1..mentions.len()).filter_map(|second| {
        let first = second - 1;
        let (one, other) = (&mentions[first], &mentions[second]);
        let leads = ranked(first, &words.first) && ranked(second, &words.second);
        let follows = ranked(first, &words.second) && ranked(second, &words.third);
        let alike = one.same_unit(other) && one.sentence == other.sentence;
        let plain = is_plain(one) && is_plain(other) && alike;
        ((leads || follows) && plain && one.value < other.value).then_some(Misplaced {
            first,
            second,
            falls: true,
        })
    });
    pairs.collect()
}
