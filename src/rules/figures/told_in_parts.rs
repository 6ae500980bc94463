//! Figures of which the sentence tells a part, or that are parts of another one, so that the table is held to both.

use rust_decimal::Decimal;

use crate::prose::{Counted, Joined, Mention, Passage, QuantityKind, Reading, Term, readings};
use crate::report::Report;

/// Of the rows that a part of a list may be of, the one that its whole is of: 过程性信息不予公开3件，申请人为自然人2件、企业1件.
pub(super) fn of_row_of_whole(
    report: &Report,
    passage: &Passage,
    part: &Mention,
    counted: &Counted,
) -> Option<Counted> {
    let whole = &passage.mentions[passage.lists[part.list?].whole];
    let own = whole.counted.as_ref()?;
    let several = counted.terms.len() > 1 && counted.joined == Joined::Any;
    let same = several && own.terms == counted.terms && own.applicant.is_empty();
    let alone = |of: &Counted, term: &Term| Counted { terms: vec![*term], ..of.clone() };
    let is_told = |term: &&Term| {
        let all = readings(report, &alone(own, term));
        all.into_iter().flatten().any(|reading| reading.value == Some(whole.value))
    };
    let mut told = counted.terms.iter().filter(is_told).filter(|_| same);
    let only = told.next().filter(|_| told.next().is_none())?;
    Some(alone(counted, only))
}

/// True if the sentence tells what was handled apart: 共处理申请104件，答复95件，结转下年9件.
pub(super) fn is_told_apart(report: &Report, passage: &Passage, figure: usize) -> bool {
    let mentions = &passage.mentions;
    let mut behind = mentions[figure + 1..].iter();
    behind.by_ref().take_while(|m| m.sentence == mentions[figure].sentence).any(|mention| {
        let handled =
            mention.counted.as_ref().filter(|counted| counted.kind == QuantityKind::Handled);
        let strict = handled.map(|counted| readings(report, counted).concat());
        strict.is_some_and(|all| {
            all.iter().any(|reading| !reading.loose && reading.value == Some(mention.value))
        })
    })
}

/// True if the sentence tells what a cell counts in two figures: 废止6件、宣布失效5件; 办理完毕11件，办理上年结转4件.
pub(super) fn is_told_in_two(passage: &Passage, figure: usize, groups: &[Vec<Reading>]) -> bool {
    /// The most figures before and behind that are looked at.
    const NEAR: usize = 4;
    let mentions = &passage.mentions;
    let one = &mentions[figure];
    let Some(counted) = &one.counted else { return false };
    let goes_with = |other: &&Mention| {
        let alike = other.counted.as_ref().is_some_and(|also| match counted.kind {
            QuantityKind::Document => also.terms == counted.terms,
            QuantityKind::Handled => also.kind == QuantityKind::CarriedIn && also.at_most,
            QuantityKind::Intake
            | QuantityKind::CarriedIn
            | QuantityKind::CarriedOut
            | QuantityKind::Outcome
            | QuantityKind::Rest
            | QuantityKind::Request
            | QuantityKind::Proceeding
            | QuantityKind::Fee => false,
        });
        alike && other.sentence == one.sentence && other.is_typed()
    };
    let told = groups.iter().flatten().filter(|reading| !reading.loose).filter_map(|r| r.value);
    let near = figure.saturating_sub(NEAR)..(figure + NEAR + 1).min(mentions.len());
    let sums: Vec<Decimal> = near
        .filter(|i| *i != figure)
        .map(|i| &mentions[i])
        .filter(goes_with)
        .map(|other| one.value.saturating_add(other.value))
        .collect();
    told.into_iter().any(|value| sums.contains(&value))
}
