//! Cells whose row and column a sentence names apart from each other: 不予公开的13件，十件来自自然人; 尚未审结的案件，复议1件.

use rust_decimal::Decimal;

use crate::edition::{ChallengeColumn, Proceeding, RequestColumn};
use crate::prose::{
    AspectColumn, Counted, Joined, Lexicon, Passage, QuantityKind, Sense, SubjectRow, Term, Word,
    readings, senses,
};
use crate::report::Report;

/// In the name of those who reconsider, and of what they do.
const RECONSIDERED: &str = "复议";

/// The most bytes of a sentence that are looked at.
const LONGEST: usize = 600;

/// True if a figure is that of a cell whose row or column is named elsewhere in its sentence.
pub(super) fn is_cross_cell(
    report: &Report,
    (passage, text): (&Passage, &str),
    figure: usize,
) -> bool {
    let mention = &passage.mentions[figure];
    let Some(own) = &mention.counted else { return false };
    let at = mention.digits.start;
    let is_value = |counted: Counted| values(report, &counted).any(|value| value == mention.value);
    match own.kind {
        QuantityKind::Proceeding => {
            let mut named = the_only_result(&senses(sentence_before(text, at)));
            named.extend(senses(clause_behind(text, mention.range.end)));
            named.extend(results_round_whole(passage, text, figure));
            named.extend(results_of_whole(passage, figure));
            named.extend(the_only_result(&of_open(&senses(since_semicolon(text, at)))));
            with_results(own, named.iter()).any(is_value)
        }
        kind if !is_of_applications(kind) => false,
        _ if own.applicant.is_empty() => {
            let behind = senses(clause_behind(text, mention.range.end));
            with_applicants(own, &senses(head(text, at))).any(is_value)
                || own.kind == QuantityKind::Outcome && in_rows(own, &behind).any(is_value)
        }
        _ => {
            let mut named = senses(head(text, at));
            named.extend(senses(&unowned(passage, text, figure)));
            // 2件自然人的、1件企业的，合计3件年末还在办理中: of no row that is told before.
            if own.kind == QuantityKind::Request {
                named.extend(senses(sentence_behind(text, mention.range.end)));
            }
            let carried = Lexicon::get().clauses.flow_carried.are_in(head(text, at));
            let flows = ["carried_in", "carried_out"].into_iter().filter(|_| carried);
            let flows = flows.filter_map(|key| Lexicon::get().quantity(key));
            named.extend(flows.map(Sense::Quantity));
            in_rows(own, &named).any(is_value)
        }
    }
}

/// True if some outcomes are all those of applicants that the sentence names before them: 自然人申请62件，结果为：予以公开23件…
pub(super) fn are_all_of_applicants(report: &Report, text: &str, at: usize, sum: Decimal) -> bool {
    let Some(handled) = Lexicon::get().quantity("handled") else { return false };
    let all = of_rows(QuantityKind::Handled, handled, Vec::new());
    let named = senses(head(text, at));
    with_applicants(&all, &named).any(|counted| values(report, &counted).any(|value| value == sum))
}

/// True if nothing is what a claim denies, of some applicants that the sentence names before it: 企业新收14件，无上年结转.
pub(super) fn are_none_of_applicants(
    report: &Report,
    text: &str,
    at: usize,
    denied: &Counted,
) -> bool {
    let named = senses(head(text, at));
    // As the claim itself is judged, by the first reading.
    let is_none =
        |counted: Counted| values(report, &counted).next().is_some_and(|value| value.is_zero());
    if denied.kind == QuantityKind::Proceeding {
        // 复议后起诉6件，没有结果纠正的案件: of those that the sentence tells of, and no others.
        let named = senses(sentence_before(text, at));
        let is_named = |term: &Term| {
            let subject = term.subject();
            named.iter().any(|sense| matches!(sense, Sense::Subject(own) if Some(*own) == subject))
        };
        let of_others = !denied.terms.iter().all(is_named);
        let by_court = of_those_who_decide(clause_behind(text, at)).is_some_and(|subject| {
            let own = [Sense::Subject(subject)];
            of_subjects(denied, &own).any(is_none)
        });
        return by_court || of_others && of_subjects(denied, &named).any(is_none);
    }
    // 法律服务机构没有不予处理的申请
    let named = [named, senses(clause_behind(text, at))].concat();
    let of_all = is_of_applications(denied.kind) && denied.applicant.is_empty();
    of_all && with_applicants(denied, &named).any(is_none)
}

/// True if all applications of some applicants were dealt with that the sentence names before a claim: 企业新收14件，均已办结.
pub(super) fn are_all_handled(report: &Report, text: &str, at: usize) -> bool {
    let open = Lexicon::get().quantity("carried_out");
    let open = open.map(|open| of_rows(QuantityKind::CarriedOut, open, Vec::new()));
    open.is_some_and(|open| are_none_of_applicants(report, text, at, &open))
}

/// The cases that are decided by those whom some words name alone: 没有发生法院判决纠正的案件.
fn of_those_who_decide(words: &str) -> Option<usize> {
    let lexicon = Lexicon::get();
    let (courts, reviewers) = (lexicon.clauses.courts.are_in(words), words.contains(RECONSIDERED));
    let of_court = |row: &SubjectRow| match row {
        SubjectRow::Proceeding(row) => *row != Proceeding::Reconsideration,
        SubjectRow::Document(_) => false,
    };
    let of_reviewers =
        |row: &SubjectRow| *row == SubjectRow::Proceeding(Proceeding::Reconsideration);
    if courts == reviewers {
        return None;
    }
    lexicon.subjects.iter().position(|subject| match courts {
        true => subject.rows.len() > 1 && subject.rows.iter().all(of_court),
        false => subject.rows.iter().all(of_reviewers),
    })
}

/// The same results of the cases of each kind that is named.
fn of_subjects<'a>(
    denied: &'a Counted,
    named: &'a [Sense],
) -> impl Iterator<Item = Counted> + use<'a> {
    named.iter().filter_map(|sense| {
        let Sense::Subject(own) = *sense else { return None };
        let of_own = |term: &Term| match term {
            Term::Subject { aspect, .. } => Term::Subject { subject: own, aspect: *aspect },
            Term::Quantity(_) | Term::Requests => *term,
        };
        let mut terms: Vec<Term> = denied.terms.iter().map(of_own).collect();
        terms.dedup();
        Some(Counted { terms, ..denied.clone() })
    })
}

fn is_of_applications(kind: QuantityKind) -> bool {
    match kind {
        QuantityKind::Intake
        | QuantityKind::Request
        | QuantityKind::Handled
        | QuantityKind::CarriedIn
        | QuantityKind::CarriedOut
        | QuantityKind::Outcome
        | QuantityKind::Rest => true,
        QuantityKind::Proceeding | QuantityKind::Document | QuantityKind::Fee => false,
    }
}

/// The same rows of each kind of applicant that is named, and of all that are.
fn with_applicants<'a>(
    own: &'a Counted,
    named: &'a [Sense],
) -> impl Iterator<Item = Counted> + use<'a> {
    let lexicon = Lexicon::get();
    let each = named.iter().filter_map(|sense| match sense {
        Sense::Applicant(applicant) => Some(lexicon.applicants[*applicant].clone()),
        Sense::Quantity(_) | Sense::Subject(_) | Sense::Aspect(_) | Sense::Word(_) => None,
    });
    let mut all: Vec<RequestColumn> = each.clone().flatten().collect();
    all.sort_unstable();
    all.dedup();
    let sets = each.chain(std::iter::once(all)).filter(|applicant| !applicant.is_empty());
    sets.map(|applicant| Counted { applicant, ..own.clone() })
}

/// The same applicants in each row that is named.
fn in_rows<'a>(own: &'a Counted, named: &'a [Sense]) -> impl Iterator<Item = Counted> + use<'a> {
    named.iter().filter_map(|sense| match sense {
        Sense::Quantity(quantity) => {
            let kind = Lexicon::get().quantities[*quantity].kind;
            is_of_applications(kind).then(|| of_rows(kind, *quantity, own.applicant.clone()))
        }
        // 手头在办的，自然人2件
        Sense::Word(Word::Unfinished) => {
            let open = Lexicon::get().quantity("carried_out")?;
            Some(of_rows(QuantityKind::CarriedOut, open, own.applicant.clone()))
        }
        Sense::Applicant(_) | Sense::Subject(_) | Sense::Aspect(_) | Sense::Word(_) => None,
    })
}

/// The same cases with each result that is named.
fn with_results<'a>(
    own: &'a Counted,
    named: impl Iterator<Item = &'a Sense>,
) -> impl Iterator<Item = Counted> {
    let all_results = own.terms.iter().all(|term| match term {
        Term::Subject { aspect, .. } => aspect.is_none(),
        Term::Quantity(_) | Term::Requests => false,
    });
    let aspects = named.filter_map(|sense| match sense {
        Sense::Aspect(aspect) => Some(*aspect),
        Sense::Quantity(_) | Sense::Applicant(_) | Sense::Subject(_) | Sense::Word(_) => None,
    });
    aspects.filter(move |_| all_results).map(|aspect| {
        let with = |term: &Term| match term {
            Term::Subject { subject, .. } => {
                Term::Subject { subject: *subject, aspect: Some(aspect) }
            }
            Term::Quantity(_) | Term::Requests => *term,
        };
        Counted { terms: own.terms.iter().map(with).collect(), ..own.clone() }
    })
}

/// A count of some applicants in one row, or of all where none are given.
pub(super) fn of_rows(
    kind: QuantityKind,
    quantity: usize,
    applicant: Vec<RequestColumn>,
) -> Counted {
    Counted {
        kind,
        terms: vec![Term::Quantity(quantity)],
        joined: Joined::Any,
        applicant,
        only_hint: false,
        strict: false,
        at_most: false,
    }
}

fn values(report: &Report, counted: &Counted) -> impl Iterator<Item = Decimal> {
    readings(report, counted).into_iter().flatten().filter_map(|reading| reading.value)
}

/// The results of the cases whose number a figure is a part of: 3件尚未审结，其中直接起诉1件.
fn results_of_whole(passage: &Passage, figure: usize) -> Vec<Sense> {
    let list = passage.mentions[figure].list.map(|list| &passage.lists[list]);
    let whole = list.and_then(|list| passage.mentions[list.whole].counted.as_ref());
    let terms = whole.map_or(&[][..], |whole| whole.terms.as_slice());
    let result = |term: &Term| match term {
        Term::Subject { aspect, .. } => aspect.map(Sense::Aspect),
        Term::Quantity(_) | Term::Requests => None,
    };
    terms.iter().filter_map(result).collect()
}

/// The results that the words round the figure of a whole name: 仍有3件尚未审结，其中直接起诉1件.
fn results_round_whole(passage: &Passage, text: &str, figure: usize) -> Vec<Sense> {
    let own = &passage.mentions[figure];
    let listed = own.list.map(|list| passage.lists[list].whole);
    let summed = || own.sum.and_then(|sum| passage.sums[sum].total);
    listed.or_else(summed).map_or_else(Vec::new, |whole| {
        senses(clause_behind(text, passage.mentions[whole].range.end))
    })
}

/// The words before a figure since the last semicolon: 未审结2件，直接起诉1件.
fn since_semicolon(text: &str, at: usize) -> &str {
    sentence_before(text, at).rsplit(['；', ';']).next().unwrap_or_default()
}

/// Some senses with the result of cases that are said to be open in a word of its own: 未了结.
fn of_open(named: &[Sense]) -> Vec<Sense> {
    let pending = AspectColumn::Proceeding(ChallengeColumn::Pending);
    let aspects = &Lexicon::get().aspects;
    let open = aspects.iter().position(|aspect| aspect.column == pending);
    let with = |sense: &Sense| match (sense, open) {
        (Sense::Word(Word::Unfinished), Some(open)) => Sense::Aspect(open),
        (sense, _) => *sense,
    };
    named.iter().map(with).collect()
}

/// The only result of cases that some words name; none where they name several.
fn the_only_result(named: &[Sense]) -> Vec<Sense> {
    let is_result = |sense: &&Sense| matches!(sense, Sense::Aspect(_));
    let mut results: Vec<Sense> = named.iter().filter(is_result).copied().collect();
    results.dedup();
    if results.len() == 1 { results } else { Vec::new() }
}

/// The words of a sentence before a place.
fn sentence_before(text: &str, at: usize) -> &str {
    let from = text.ceil_char_boundary(at.saturating_sub(LONGEST));
    let before = text.get(from..at).unwrap_or_default();
    before.rsplit(['。', '！', '？', '\n']).next().unwrap_or_default()
}

/// The words of a sentence before its first figure, which say of what it tells.
fn head(text: &str, at: usize) -> &str {
    let before = sentence_before(text, at);
    let is_digit = |c: char| c.is_ascii_digit();
    // 2022年结转至2023年的申请: years are no figures.
    let mut end = 0;
    while let Some(digit) = before[end..].find(is_digit).map(|at| end + at) {
        let behind = before[digit..].trim_start_matches(is_digit);
        if !behind.starts_with(['年', '月', '日']) {
            return &before[..digit];
        }
        end = before.len() - behind.len();
    }
    before
}

/// The words before the first figure of some applicants behind the last one that is of all, or of something else, and those right
/// before a figure: what stands between them is told of others.
fn unowned(passage: &Passage, text: &str, figure: usize) -> String {
    let of_some = |i: &usize| {
        let counted = passage.mentions[*i].counted.as_ref();
        counted.is_some_and(|counted| !counted.applicant.is_empty())
    };
    let first = (0..figure).rev().find(|i| !of_some(i)).map_or(0, |last| last + 1);
    let before = |i: usize| {
        let words = passage.words_before(text, i);
        words.rsplit(['。', '！', '？', '\n']).next().unwrap_or_default()
    };
    if first == figure {
        before(figure).to_owned()
    } else {
        [before(first), before(figure)].join("，")
    }
}

/// The words of a sentence behind a figure.
fn sentence_behind(text: &str, at: usize) -> &str {
    let to = text.floor_char_boundary(text.len().min(at.saturating_add(LONGEST)));
    let behind = text.get(at..to).unwrap_or_default();
    behind.split(['。', '；', '！', '？', '\n']).next().unwrap_or_default()
}

/// The words of a clause from a place on, such as the end of a figure.
fn clause_behind(text: &str, at: usize) -> &str {
    let behind = text.get(at..).unwrap_or_default();
    let to = behind.find(['，', '。', '；', '、', '！', '？', '\n']).unwrap_or(behind.len());
    &behind[..to]
}

#[cfg(test)]
mod tests {
    use crate::rules::figures::{
        outcomes_do_not_add_up, text_applicants_wrong, text_challenges_wrong, text_flow_wrong,
        text_outcome_wrong,
    };
    use crate::rules::testing::check_text;

    const TABLE: &str = "[requests]\nreceived = [61, 14, 1, 0, 7, 2]\ncarried_in = [3, 0, 0, 0, 1, 0]\ncarried_out = [2, 1, 0, 0, 0, 0]\n[requests.outcome]\ngranted = [44, 8, 1, 0, 6, 1]\nrefused.third_party_rights = [10, 2, 0, 0, 1, 0]\nunavailable.not_held = [8, 3, 0, 0, 1, 1]\ntotal = [62, 13, 1, 0, 8, 2]\n[challenges]\nreconsideration = [3, 1, 0, 1]\nlitigation_direct = [1, 0, 0, 0]\nlitigation_after = [1, 0, 0, 1]\n";

    #[test]
    fn a_row_and_a_column_named_apart_make_a_cell() {
        for fine in [
            "保护第三方合法权益不予公开的政府信息公开申请13件，10件来自自然人，2件来自商业企业，1件来自法律服务机构。",
            "年末未了的政府信息公开申请结转下年，自然人2件，商业企业1件。",
        ] {
            check_text(&text_applicants_wrong::RULE, fine, TABLE, 0);
        }
        let wrong = "我局收到政府信息公开申请85件，其中自然人62件。";
        check_text(&text_applicants_wrong::RULE, wrong, TABLE, 1);
        for (text, n) in [
            ("法律服务机构的政府信息公开申请，新收7件、上年结转1件，8件已全部办结。", 0),
            ("法律服务机构的政府信息公开申请，新收7件、上年结转5件。", 1),
        ] {
            check_text(&text_flow_wrong::RULE, text, TABLE, n);
        }
        // The row of the figure before is that of no other.
        let of_another = "办结商业企业的政府信息公开申请13件：予以公开8件、不掌握8件。";
        check_text(&text_outcome_wrong::RULE, of_another, TABLE, 1);
    }

    #[test]
    fn figures_behind_a_rate_of_the_year_before_are_of_that_year() {
        for (text, n) in [
            (
                "政府信息公开申请办结率由上年的94.5%（应办73件、办结69件）提高到96.6%（应办89件、办结86件）。",
                0,
            ),
            (
                "政府信息公开申请办结率由上年的94.5%（应办73件、办结69件）提高到96.6%。办结政府信息公开申请69件。",
                1,
            ),
        ] {
            check_text(&text_flow_wrong::RULE, text, TABLE, n);
        }
    }

    #[test]
    fn outcomes_of_some_applicants_are_no_list_of_all() {
        for (text, n) in [
            (
                "我局办结的自然人政府信息公开申请62件，结果为：予以公开44件，不予公开10件，无法提供8件。",
                0,
            ),
            ("我局办结政府信息公开申请86件，结果为：予以公开44件，不予公开10件，无法提供8件。", 1),
        ] {
            check_text(&outcomes_do_not_add_up::RULE, text, TABLE, n);
        }
    }

    #[test]
    fn a_result_named_apart_from_its_cases() {
        for (text, n) in [
            ("年末尚未审结的政府信息公开案件，行政复议1件，复议后起诉1件。", 0),
            ("年末尚未审结的政府信息公开案件，行政复议2件。", 1),
        ] {
            check_text(&text_challenges_wrong::RULE, text, TABLE, n);
        }
    }
}
