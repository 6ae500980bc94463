//! Moves from one rank to another: 由上年的第9位上升到第4位，前移5位.

use std::ops::Range;

use crate::prose::Passage;
use crate::report::Text;
use crate::rules::Findings;
use crate::rules::figures::judge::place;
use crate::rules::machinery::text::CLAUSE_ENDS;
use crate::rules::machinery::text::numbering::whole_number;
use crate::rules::machinery::word_lists::WordLists;

/// Reports every move that is not the one from the first of two ranks to the second.
pub(super) fn judge_rank_moves(findings: &mut Findings<'_>, passage: &Passage, text: &Text) {
    let printed = text.printed();
    let ranks = ranks(printed);
    for pair in ranks.windows(2) {
        let [from, to] = pair else { continue };
        let Some(told) = moved(printed, from, to) else { continue };
        let right = from.value.abs_diff(to.value);
        let rises = to.value < from.value;
        if told.by == right && told.rises == rises {
            continue;
        }
        let way = if rises { "前移" } else { "后移" };
        let said = &printed[from.range.start..told.range.end];
        let finding = findings.report(
            place(passage, text, &told.range),
            format!("“{said}”：由第 {} 到第 {}，是{way} {right} 位", from.value, to.value),
            format!("应为{way} {right} 位"),
        );
        finding.help.push("核对前后的位次和升降，改正写错的那一个".to_owned());
    }
}

/// A rank: 第9位.
struct Rank {
    range: Range<usize>,
    value: u32,
}

fn ranks(text: &str) -> Vec<Rank> {
    let places = &WordLists::get().rank_moves.places;
    let ranks = text.match_indices('第').filter_map(|(start, sign)| {
        let from = start + sign.len();
        let (value, length) = whole_number(&text[from..])?;
        let place = places.start_of(&text[from + length..])?;
        Some(Rank { range: start..from + length + place.len(), value })
    });
    ranks.collect()
}

/// A move that is told behind two ranks.
struct Told {
    range: Range<usize>,
    rises: bool,
    by: u32,
}

/// The move that the clause behind two ranks tells, if the one is said to have become the other.
fn moved(text: &str, from: &Rank, to: &Rank) -> Option<Told> {
    /// The most characters between the ranks.
    const NEAR: usize = 12;
    let words = &WordLists::get().rank_moves;
    let before = text[..from.range.start].rsplit(CLAUSE_ENDS).next()?;
    let between = &text[from.range.end..to.range.start];
    let joined = words.becomes.end_of(between).is_some() || words.becomes.are_in(between);
    let near = between.chars().count() <= NEAR && !between.contains(CLAUSE_ENDS);
    if !words.from.are_in(before) || !joined || !near {
        return None;
    }
    let behind = text[to.range.end..].strip_prefix(['，', '（'])?;
    let start = text.len() - behind.len();
    let clause = behind.split(CLAUSE_ENDS).next()?;
    let said = words.openings.start_of(clause).map_or(clause, |word| &clause[word.len()..]);
    let (up, down) = (words.up.start_of(said), words.down.start_of(said));
    let rest = said[up.xor(down)?.len()..].trim_start_matches('了');
    let (by, length) = whole_number(rest)?;
    let end = rest[length..].trim_start_matches('个');
    words.counted.has(end).then_some(Told {
        range: start..start + clause.len(),
        rises: up.is_some(),
        by,
    })
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check_text;

    const RULE: &crate::rules::Rule = &super::super::change_wrong::RULE;

    #[test]
    fn moves_that_are_not_those_of_the_ranks() {
        for wrong in [
            "在全省考核中，我市由上年的第9位上升到第4位，前移6位。",
            "我区由上年的第9位升至第5位，前进3个位次。",
            "综合排名从第十二名提升至第七名，上升了四个名次。",
            "我县由第4名降至第6名，上升2位。",
        ] {
            check_text(RULE, wrong, "", 1);
        }
    }

    #[test]
    fn moves_of_the_ranks_or_of_something_else() {
        for fine in [
            "在全省考核中，我市由上年的第9位上升到第4位，前移5位。",
            "综合排名从第十二名提升至第七名，上升了五个名次。",
            "我县由第4名降至第6名，后移2位。",
            "我市由第9位上升到第4位，得分提高6分。",
            "一季度列第9位，二季度列第4位，前移6位的是邻县。",
        ] {
            check_text(RULE, fine, "", 0);
        }
    }
}
