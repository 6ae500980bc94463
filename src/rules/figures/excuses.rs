//! Figures that equal none of their readings, and are told of more than one of them, or of what others leave.

use rust_decimal::Decimal;

use crate::edition::{RequestColumn, RequestRow};
use crate::prose::{
    Counted, Joined, Lexicon, Mention, Passage, QuantityKind, Reading, Sense, Term, readings,
    row_value, senses, whole_group,
};
use crate::report::Report;
use crate::rules::machinery::word_lists::WordLists;

/// The most figures of a sentence that are looked at.
const NEAR: usize = 16;

/// True if a figure of all others is what the outcomes told before it leave of the total: 予以公开47件；部分公开10件；其他情形56件.
pub(super) fn is_rest_of_outcomes(report: &Report, passage: &Passage, figure: usize) -> bool {
    let mentions = &passage.mentions;
    let own = &mentions[figure];
    let Some(total) = row_value(report, RequestRow::OutcomeTotal) else { return false };
    let rest = own.counted.as_ref().is_some_and(|counted| match counted.terms.as_slice() {
        [Term::Quantity(quantity)] => Lexicon::get().quantity("other") == Some(*quantity),
        _ => false,
    });
    let told = mentions[..figure].iter().rev().take(NEAR);
    let told = told.take_while(|before| own.sentence - before.sentence <= NEAR / 2);
    let outcome = |m: &&Mention| {
        let counted = m.counted.as_ref();
        counted.is_some_and(|c| c.kind == QuantityKind::Outcome && c.applicant.is_empty())
    };
    let (n, sum) = told
        .filter(outcome)
        .fold((0, own.value), |(n, sum), before| (n + 1, sum.saturating_add(before.value)));
    (rest || own.is_rest) && n > 1 && sum == total
}

/// True if a figure is what several things come to that are named behind it: 其余49件为无法提供、不予处理和其他处理.
pub(super) fn is_sum_of_named(
    report: &Report,
    (passage, text): (&Passage, &str),
    figure: usize,
) -> bool {
    let mention = &passage.mentions[figure];
    let Some(own) = &mention.counted else { return false };
    let behind = &text[mention.range.end..];
    let next = passage.mentions.get(figure + 1).map_or(behind.len(), |next| {
        next.digits.start.saturating_sub(mention.range.end).min(behind.len())
    });
    let named = behind.get(..next).unwrap_or_default();
    let named = senses(named.split(['，', '。', '；', '（', '\n']).next().unwrap_or_default());
    let quantities = named.iter().filter_map(|sense| match sense {
        Sense::Quantity(quantity) => Some(Term::Quantity(*quantity)),
        Sense::Applicant(_) | Sense::Subject(_) | Sense::Aspect(_) | Sense::Word(_) => None,
    });
    let mut columns: Vec<RequestColumn> = named.iter().flat_map(columns_of).copied().collect();
    columns.sort_unstable();
    columns.dedup();
    let terms: Vec<Term> = quantities.collect();
    // 不掌握相关信息无法提供: a row and its group are one thing.
    let of_one =
        |row: &Counted| whole_group(row).is_some_and(|group| terms.contains(&group.terms[0]));
    let alone = |term: &Term| Counted { terms: vec![*term], ..own.clone() };
    let nested = terms.iter().any(|term| of_one(&alone(term)));
    let terms = if nested { Vec::new() } else { terms };
    let of_rows = Counted { terms, joined: Joined::Sum, strict: true, ..own.clone() };
    let of_columns = Counted { applicant: columns, ..own.clone() };
    let several = [
        Some(of_rows).filter(|counted| counted.terms.len() > 1),
        Some(of_columns).filter(|counted| counted.applicant.len() > 1),
    ];
    several.into_iter().flatten().any(|counted| {
        readings(report, &counted).into_iter().flatten().any(|r| r.value == Some(mention.value))
    })
}

fn columns_of(sense: &Sense) -> &'static [RequestColumn] {
    match sense {
        Sense::Applicant(applicant) => &Lexicon::get().applicants[*applicant],
        Sense::Quantity(_) | Sense::Subject(_) | Sense::Aspect(_) | Sense::Word(_) => &[],
    }
}

/// True if a figure is what is left when those are taken off that the sentence names so before it: 扣除不予处理12件和其他处理7件后，
/// 作出答复94件.
pub(super) fn is_left_when_taken_off(
    (passage, text): (&Passage, &str),
    figure: usize,
    groups: &[Vec<Reading>],
) -> bool {
    let mentions = &passage.mentions;
    let own = &mentions[figure];
    let before = &text[..own.digits.start];
    let sentence = before.rsplit(['。', '；', '\n']).next().unwrap_or_default();
    let off = WordLists::get().deeds.taken_off.first_in(sentence);
    let Some((at, _)) = off else { return false };
    let from = before.len() - sentence.len() + at;
    let taken = mentions[..figure].iter().rev().take(NEAR);
    let taken = taken.take_while(|m| m.digits.start > from).filter(|m| m.same_unit(own));
    let taken = taken.fold(Decimal::ZERO, |sum, m| sum.saturating_add(m.value));
    let values = groups.iter().flatten().filter_map(|reading| reading.value);
    !taken.is_zero() && values.into_iter().any(|value| value - taken == own.value)
}

/// True if a figure of all others is what is left of a figure that the sentence tells before it: 征求意见12件，4件不予公开，其余8件公开.
pub(super) fn is_rest_of_told((passage, text): (&Passage, &str), figure: usize) -> bool {
    const REACH: usize = 6;
    let mentions = &passage.mentions;
    let own = &mentions[figure];
    // 其他 is the name of a row.
    let rests = &Lexicon::get().clauses.left_in_all;
    let of_outcome = own.counted.as_ref().is_some_and(|c| c.applicant.is_empty());
    let rest = rests.end_of(&text[..own.digits.start]).is_some() && of_outcome;
    let before = figure.saturating_sub(REACH)..figure;
    let near = before.filter(|i| {
        let mention = &mentions[*i];
        mention.sentence == own.sentence && mention.same_unit(own) && mention.counts_exactly()
    });
    let near: Vec<usize> = near.collect();
    let left = |nth: usize| {
        let parts = near[nth + 1..].iter().map(|i| mentions[*i].value);
        parts.fold(mentions[near[nth]].value, |left, part| left - part)
    };
    // 自然人38件，其余9件: of a figure of the tables, which are judged.
    let of_tables = |nth: &usize| mentions[near[*nth]].counted.is_some();
    let mut wholes = (0..near.len().saturating_sub(1)).filter(|nth| !of_tables(nth));
    rest && wholes.any(|nth| left(nth) == own.value)
}

/// True if some documents are those that a clean-up kept, which come with the others to what it went through: 评估77件，58件继续有效，
/// 19件废止.
pub(super) fn is_kept_by_cleaning((passage, text): (&Passage, &str), figure: usize) -> bool {
    const REACH: usize = 4;
    let mention = &passage.mentions[figure];
    let kept = &WordLists::get().deeds.kept;
    let behind = text.get(mention.range.end..).unwrap_or_default();
    let lead = text.get(..mention.digits.start).unwrap_or_default();
    let told = kept.start_of(behind).is_some() || kept.end_of(lead).is_some();
    let within = figure.saturating_sub(REACH)..(figure + REACH + 1).min(passage.mentions.len());
    let alike = |i: &usize| {
        let other = &passage.mentions[*i];
        other.same_unit(mention) && other.sentence.abs_diff(mention.sentence) < 2
    };
    let beside: Vec<usize> = within.filter(|i| *i != figure).filter(alike).collect();
    let value = |i: usize| passage.mentions[i].value;
    let wholes = beside.iter().filter(|whole| **whole < figure);
    let of = |whole: usize| {
        let mut others = beside.iter().filter(|other| **other > whole);
        others.any(|other| value(*other).saturating_add(mention.value) == value(whole))
    };
    told && wholes.into_iter().any(|whole| of(*whole))
}

/// True if the clause of a figure of answers, or the one before it, tells what became of cases against them: 经法院判决维持的答复2份; 被复议机关
/// 撤销的答复，本年有1件.
pub(super) fn is_of_answers_in_cases((passage, text): (&Passage, &str), figure: usize) -> bool {
    let own = &passage.mentions[figure];
    let flow = own.counted.as_ref().is_some_and(|counted| match counted.kind {
        QuantityKind::Handled | QuantityKind::Intake => true,
        QuantityKind::CarriedIn
        | QuantityKind::CarriedOut
        | QuantityKind::Outcome
        | QuantityKind::Rest
        | QuantityKind::Request
        | QuantityKind::Proceeding
        | QuantityKind::Document
        | QuantityKind::Fee => false,
    });
    let words = passage.words_before(text, figure);
    let clauses = words.rsplit(['。', '；', '\n']).next().unwrap_or_default();
    let lexicon = Lexicon::get();
    let result = |sense: &Sense| match sense {
        Sense::Aspect(aspect) => lexicon.aspects[*aspect].kind() == QuantityKind::Proceeding,
        Sense::Quantity(_) | Sense::Applicant(_) | Sense::Subject(_) | Sense::Word(_) => false,
    };
    // 区人民法院一审受理的信息公开案件7件
    let of_court = lexicon.clauses.courts.are_in(clauses) && words.ends_with("案件");
    flow && (of_court || senses(clauses).iter().any(result))
}

#[cfg(test)]
mod tests {
    use crate::rules::figures::{text_flow_wrong, text_outcome_wrong};
    use crate::rules::testing::check_text;

    const TABLE: &str = "[requests]\nreceived = [97, 12, 0, 0, 6, 1]\ncarried_in = [3, 0, 0, 0, 0, 0]\ncarried_out = [5, 1, 0, 0, 0, 0]\n[requests.outcome]\ngranted = [38, 5, 0, 0, 3, 1]\npartly_granted = [9, 1, 0, 0, 0, 0]\nrefused.third_party_rights = [5, 1, 0, 0, 1, 0]\nunavailable.not_held = [26, 3, 0, 0, 1, 0]\nunavailable.needs_compiling = 0\nunavailable.still_unclear = 0\nnot_processed.petition_or_complaint = 0\nnot_processed.published_material = 0\nnot_processed.excessive = 0\nnot_processed.confirmation = 0\nother.fee_unpaid = 0\nother.other = 0\nnot_processed.repeated = [11, 1, 0, 0, 0, 0]\nother.not_supplemented = [6, 0, 0, 0, 1, 0]\ntotal = [95, 11, 0, 0, 6, 1]";

    #[test]
    fn figures_of_several_rows_or_of_the_rest() {
        for (fine, wrong) in [
            ("其余49件为无法提供、不予处理和其他处理", "其余48件为无法提供"),
            ("其余9件分属商业企业、法律服务机构和其他申请人", "其余9件分属商业企业"),
        ] {
            let before = "办结政府信息公开申请113件，予以公开47件，";
            let before = if fine.contains("商业") {
                "予以公开政府信息公开申请47件，自然人38件，"
            } else {
                before
            };
            check_text(&text_outcome_wrong::RULE, &format!("{before}{fine}。"), TABLE, 0);
            check_text(&text_outcome_wrong::RULE, &format!("{before}{wrong}。"), TABLE, 1);
        }
        let rest = "依法办结政府信息公开申请113件：一是予以公开47件；二是部分公开10件；三是不予公开7件；四是其他情形49件。";
        check_text(&text_outcome_wrong::RULE, rest, TABLE, 0);
    }

    #[test]
    fn figures_of_answers_without_some_or_in_cases() {
        for (text, n) in [
            ("政府信息公开申请扣除不予处理12件和其他处理7件后，作出答复94件。", 0),
            ("政府信息公开申请不予处理12件和其他处理7件，作出答复94件。", 1),
            ("被复议机关撤销的政府信息公开申请答复，我局本年有1件。", 0),
        ] {
            check_text(&text_flow_wrong::RULE, text, TABLE, n);
        }
    }
}
