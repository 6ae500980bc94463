//! Outcomes and applicants that are said to be the most, where the tables have more of another: 以商业企业提出的为最多; 办结的申请中，无法提供最多.

use rust_decimal::Decimal;

use crate::edition::RequestColumn;
use crate::prose::{Lexicon, Passage, QuantityKind, Sense, Word, readings, senses};
use crate::report::{Report, Text};
use crate::rules::Findings;
use crate::rules::figures::alone::sentence;
use crate::rules::figures::cross_cells::of_rows;
use crate::rules::figures::judge::{clause, place};
use crate::rules::machinery::text::CLAUSE_ENDS;
use crate::rules::machinery::word_lists::WordLists;

/// A row or column with its number.
struct Row {
    key: Key,
    label: String,
    value: Decimal,
}

/// The names of outcomes and applicants that the form sets side by side.
#[derive(Clone, Copy, PartialEq)]
enum Key {
    Outcome(&'static str),
    Applicant(RequestColumn),
}

/// Reports every outcome of applications, and every kind of applicants, that a text calls the most of all, and the table does not.
pub(super) fn judge_greatest_rows(
    report: &Report,
    findings: &mut Findings<'_>,
    passage: &Passage,
    text: &Text,
) {
    let printed = text.printed();
    let mut start = 0;
    for piece in printed.split_inclusive(CLAUSE_ENDS) {
        let range = start..start + piece.trim_end_matches(CLAUSE_ENDS).len();
        start += piece.len();
        let Some(key) = most(printed, &printed[range.clone()], range.start) else { continue };
        let rows = rows(report, key);
        let own = rows.iter().find(|row| row.key == key);
        let greatest = rows.iter().max_by_key(|row| row.value);
        let (Some(own), Some(greatest)) = (own, greatest) else { continue };
        if own.value >= greatest.value {
            continue;
        }
        let finding = findings.report(
            place(passage, text, &range),
            format!(
                "文字说“{}”，表中{}是 {}，{}是 {}",
                clause(text, &range),
                own.label,
                own.value,
                greatest.label,
                greatest.value
            ),
            format!("{}更多", greatest.label),
        );
        finding
            .help
            .push("核对台账：文字写错的，改正文字；只在一部分里最多的，写明是哪一部分".to_owned());
    }
}

/// The only outcome or kind of applicants that a clause calls the most, in a sentence on applications that names no other point of view.
fn most(text: &str, said: &str, at: usize) -> Option<Key> {
    let words = &WordLists::get().leaders;
    let word = words.greatest.end_of(said)?;
    let name = said.strip_suffix(word)?;
    if name.is_empty() || name.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let named = keys(name);
    let &[key] = named.as_slice() else { return None };
    // 企业申请中，予以公开的最多; 不予公开的申请以自然人最多: of some of them.
    let sentence = &text[sentence(text, at)];
    let others = keys(sentence).into_iter().any(|other| match (key, other) {
        (Key::Outcome(_), Key::Applicant(_)) | (Key::Applicant(_), Key::Outcome(_)) => true,
        (Key::Outcome(_), Key::Outcome(_)) | (Key::Applicant(_), Key::Applicant(_)) => false,
    });
    let request = |sense: &Sense| matches!(sense, Sense::Word(Word::Request | Word::Application));
    let of_requests = senses(sentence).iter().any(request);
    let earlier = Lexicon::get().growth.last_year.are_in(sentence);
    (of_requests && !others && !earlier).then_some(key)
}

/// The outcomes and applicants that some words name.
fn keys(words: &str) -> Vec<Key> {
    let lexicon = Lexicon::get();
    let mut keys: Vec<Key> = Vec::new();
    for sense in senses(words) {
        let key = match sense {
            Sense::Quantity(quantity) => {
                let own = lexicon.quantities[quantity].key.as_str();
                OUTCOMES.iter().find(|key| **key == own).map(|key| Key::Outcome(key))
            }
            Sense::Applicant(applicant) => match lexicon.applicants[applicant].as_slice() {
                &[column] => Some(Key::Applicant(column)),
                _ => None,
            },
            Sense::Subject(_) | Sense::Aspect(_) | Sense::Word(_) => None,
        };
        keys.extend(key.filter(|key| !keys.contains(key)));
    }
    keys
}

/// The outcomes that the form sets side by side, by the keys of the lexicon.
const OUTCOMES: &[&str] =
    &["granted", "partly_granted", "refused", "unavailable", "not_processed", "other"];

/// All that the form sets beside an outcome or a kind of applicants, as far as it is filled in.
fn rows(report: &Report, key: Key) -> Vec<Row> {
    let lexicon = Lexicon::get();
    let row = |key, kind, quantity: &str, applicant| {
        let counted = of_rows(kind, lexicon.quantity(quantity)?, applicant);
        let reading = readings(report, &counted).into_iter().flatten().next()?;
        Some(Row { key, label: reading.name, value: reading.value? })
    };
    let of_outcome =
        |name: &&'static str| row(Key::Outcome(name), QuantityKind::Outcome, name, Vec::new());
    let of_applicant = |column: &RequestColumn| {
        row(Key::Applicant(*column), QuantityKind::Intake, "received_new", vec![*column])
    };
    match key {
        Key::Outcome(_) => OUTCOMES.iter().filter_map(of_outcome).collect(),
        Key::Applicant(_) => RequestColumn::APPLICANTS.iter().filter_map(of_applicant).collect(),
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::figures::order_impossible::RULE;
    use crate::rules::testing::check_text;

    const TABLE: &str = "[requests]\nreceived = [61, 14, 1, 0, 7, 2]\ncarried_in = [3, 0, 0, 0, 1, 0]\ncarried_out = [2, 1, 0, 0, 0, 0]\n[requests.outcome]\ngranted = [44, 8, 1, 0, 6, 1]\npartly_granted = 0\nrefused.third_party_rights = [10, 2, 0, 0, 1, 0]\nunavailable.not_held = [8, 3, 0, 0, 1, 1]\ntotal = [62, 13, 1, 0, 8, 2]\n";

    #[test]
    fn rows_that_are_not_the_greatest() {
        for wrong in [
            "新收政府信息公开申请中，以商业企业提出的为最多，自然人次之。",
            "办结的政府信息公开申请，部分公开的最多。",
        ] {
            check_text(&RULE, wrong, TABLE, 1);
        }
    }

    #[test]
    fn rows_that_are_or_are_so_among_some() {
        for fine in [
            "新收政府信息公开申请中，以自然人提出的为最多，商业企业次之。",
            "办结的政府信息公开申请，予以公开的最多。",
            "科研机构的政府信息公开申请，予以公开的最多。",
            "走访商业企业最多的街道，收到政府信息公开申请3件。",
            "上年新收政府信息公开申请，以商业企业提出的为最多。",
        ] {
            check_text(&RULE, fine, TABLE, 0);
        }
    }
}
