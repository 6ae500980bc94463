//! The year into which applications are said to be carried over: what is left of the report year goes to the next.

use super::stray_years::sentence_of;
use super::written_years::{Year, years};
use crate::prose::Lexicon;
use crate::rules::Findings;
use crate::rules::machinery::text::Piece;
use crate::rules::machinery::word_lists::WordLists;

/// Judges the year into which something is said to be carried over: what is left of this year goes to the next. Returns
/// whether that was wrong.
pub(super) fn of_carry_over(
    piece: &Piece<'_>,
    written: &Year,
    year: u16,
    findings: &mut Findings<'_>,
) -> bool {
    let text = piece.printed();
    let sentence = sentence_of(text, &written.range);
    let before = text[sentence.start..written.range.start].trim_end();
    let lexicon = Lexicon::get();
    let behind = text[written.range.end..].trim_start_matches('度');
    // 把重心转到2023年重点工作 carries nothing over.
    let is_carried = lexicon.clauses.carried_into.end_of(before).is_some()
        && (behind.is_empty() || WordLists::get().goes_on_then.start_of(behind).is_some());
    // 上年结转到2023年的3件 and 2021年转入2023年的任务 came from a year before.
    let from_before = lexicon.growth.last_year.are_in(before)
        || years(before).iter().any(|other| other.year < written.year);
    let from_before = from_before && !is_of_this_year(before, written.year);
    if !is_carried || written.year > year || from_before {
        return false;
    }
    let next = year + 1;
    let message =
        format!("本年没有办结的转到下一年，下一年是{next}年，这里写的是{}年", written.year);
    findings
        .report(piece.place(written.range.clone()), message, format!("应为{next}年"))
        .help
        .push("改正年份；说的是上年转来的，写明“上年”".to_owned());
    true
}

/// True if all that a sentence says of the year before is what was carried over from it, and a figure of its own says what is
/// carried over into another year: 2022年结转3件，共办理58件，4件结转2023年.
fn is_of_this_year(before: &str, year: u16) -> bool {
    const MARKS: &[char] = &['，', '；', '、', ','];
    let lexicon = Lexicon::get();
    let (told, own) = before.rsplit_once(MARKS).unwrap_or(("", before));
    let counted = own.contains(|c: char| c.is_ascii_digit());
    let carried = &lexicon.clauses.carried_from;
    let is_flow = |end: usize| {
        let behind = told[end..].trim_start_matches('度');
        carried.start_of(behind).is_some()
    };
    let past = years(told).into_iter().filter(|other| other.year < year);
    let named = lexicon.growth.last_year.all_in(told).collect::<Vec<_>>();
    let words =
        named.iter().flat_map(|word| told.match_indices(word).map(|(at, _)| at + word.len()));
    let silent = years(own).is_empty() && !lexicon.growth.last_year.are_in(own);
    let mut ends = past.map(|other| other.range.end).chain(words).peekable();
    counted && silent && ends.peek().is_some() && ends.all(is_flow)
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check_text;

    const RULE: &crate::rules::Rule = &super::super::other_year::RULE;

    #[test]
    fn what_is_left_goes_to_the_next_year() {
        for wrong in [
            "2022年结转3件，共办理58件，年内答复54件，4件结转2023年。",
            "上年结转3件，年内答复54件，另有4件转入2023年继续办理。",
        ] {
            check_text(RULE, wrong, "", 1);
        }
        for fine in [
            "2022年结转3件，年内答复54件，4件结转2024年。",
            "2022年收到5件，答复3件，2件结转2023年。",
            "2022年未办结的2件，结转2023年办理。",
            "2022年未办结的2件结转2023年，均已答复。",
        ] {
            check_text(RULE, fine, "", 0);
        }
    }
}
