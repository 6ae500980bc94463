//! The figures that a share may be of: those that its words, its list or the tables make the whole of its part.

use rust_decimal::Decimal;

use crate::edition::RequestRow;
use crate::prose::{self, Counted, Mention, Passage, QuantityKind, Term, whole_group};
use crate::report::{Report, Text};
use crate::rules::figures::wholes::{due, to_handle};
use crate::rules::machinery::word_lists::WordLists;

/// The figures that a share may be of, the likeliest first.
pub(super) fn wholes(
    report: &Report,
    (passage, text): (&Passage, &Text),
    i: usize,
) -> Vec<Decimal> {
    let mentions = &passage.mentions;
    let Some(share) = mentions[i].share.as_ref().filter(|_| is_of_done(passage, text, i)) else {
        return Vec::new();
    };
    if let Some(whole) = share.whole_figure {
        return vec![mentions[whole].value];
    }
    if let Some(whole) = &share.whole {
        return values(report, whole);
    }
    if share.finish {
        return wholes_of_finished(report, passage, i, share.part);
    }
    let wholes = wholes_of_part(report, passage, share.part);
    if wholes.is_empty() {
        has_part(passage, text, share.part).into_iter().collect()
    } else {
        wholes
    }
}

/// The figure right before another one that has it: 192条有83条在第四季度发布.
fn has_part(passage: &Passage, text: &Text, part: usize) -> Option<Decimal> {
    const HAS: &str = "有";
    let whole = &passage.mentions[part.checked_sub(1)?];
    let own = &passage.mentions[part];
    let between = passage.words_before(text.printed(), part);
    let has = between.strip_suffix(HAS).is_some_and(|noun| noun.chars().count() <= 6);
    let plain = !between.contains(['，', '；', '。', '、', '：']);
    let fits = whole.same_unit(own) && whole.value > own.value && whole.counts_exactly();
    (has && plain && fits).then_some(whole.value)
}

/// The figures that one may be a part of by what it counts, or by its list or sum.
pub(super) fn wholes_of_part(report: &Report, passage: &Passage, figure: usize) -> Vec<Decimal> {
    let mentions = &passage.mentions;
    let part = &mentions[figure];
    let mut wholes = Vec::new();
    if let Some(list) = part.list {
        wholes.push(mentions[passage.lists[list].whole].value);
    }
    if let Some(total) = part.sum.and_then(|sum| passage.sums[sum].total)
        && total != figure
    {
        wholes.push(mentions[total].value);
    }
    if part.counted.as_ref().is_some_and(|counted| counted.kind == QuantityKind::Outcome) {
        wholes.extend(prose::row_value(report, RequestRow::OutcomeTotal));
        wholes.extend(to_handle(report));
    }
    if let Some(group) = part.counted.as_ref().and_then(whole_group) {
        wholes.extend(values(report, &group));
    }
    if adds_outcomes(passage, figure) {
        wholes.extend(prose::row_value(report, RequestRow::OutcomeTotal));
        wholes.extend(to_handle(report));
    }
    if adds_applicants(passage, figure) {
        wholes.extend(to_handle(report));
    }
    if let Some(counted) = part.counted.as_ref().filter(|counted| !counted.at_most) {
        wholes.extend(all_of(counted).iter().flat_map(|counted| values(report, counted)));
    }
    wholes.dedup();
    if wholes.len() == 1 && is_nested(passage, part) {
        // The share of a part of a part may be of the outer whole.
        wholes.extend(outer_whole(passage, part));
    }
    wholes
}

/// The sums of cells that some words may stand for.
fn values(report: &Report, counted: &Counted) -> Vec<Decimal> {
    let readings = prose::readings(report, counted);
    readings.into_iter().flatten().filter_map(|reading| reading.value).collect()
}

/// The possible wholes of a rate of those that were finished.
fn wholes_of_finished(
    report: &Report,
    passage: &Passage,
    rate: usize,
    part: usize,
) -> Vec<Decimal> {
    if let Some(due) = due(passage, rate) {
        return vec![due];
    }
    let mentions = &passage.mentions;
    // 受理470件，办结465件，办结率: the figure before the one that was finished.
    let own = &mentions[part];
    let may_be = |m: &&Mention| m.of_this_year && m.same_unit(own) && m.value >= own.value;
    let before = mentions[..part].iter().rev().take(3).find(may_be);
    let before = before.filter(|m| mentions[rate].sentence - m.sentence <= 1);
    let mut all: Vec<Decimal> = before.map(|m| m.value).into_iter().collect();
    if own.counted.as_ref().is_some_and(|counted| counted.kind == QuantityKind::Handled) {
        // 办结74件，结转下年度4件，办结率94.9%: of all that there were to handle.
        all.extend(to_handle(report));
    }
    all
}

/// True if a figure is what some outcomes come to: 公开9件、部分公开6件，合计15件，占46.9%.
fn adds_outcomes(passage: &Passage, figure: usize) -> bool {
    let is_outcome = |part: &usize| {
        let counted = passage.mentions[*part].counted.as_ref();
        counted.is_some_and(|counted| counted.kind == QuantityKind::Outcome)
    };
    let own = passage.sums.iter().filter(|sum| sum.total == Some(figure) && sum.fits);
    own.into_iter().any(|sum| sum.parts.iter().all(is_outcome))
}

/// True if a figure is what the applications of some applicants come to: 商业企业34件、科研机构12件，共46件.
fn adds_applicants(passage: &Passage, figure: usize) -> bool {
    let of_some = |part: &usize| {
        let counted = passage.mentions[*part].counted.as_ref();
        counted.is_some_and(|c| !c.applicant.is_empty() && c.kind != QuantityKind::Outcome)
    };
    let mut own = passage.sums.iter().filter(|sum| sum.total == Some(figure) && sum.fits);
    own.any(|sum| sum.parts.iter().all(of_some))
}

/// The things of which those that a figure counts are some: applications of all applicants, cases whatever became
/// of them.
fn all_of(counted: &Counted) -> Vec<Counted> {
    let mut all = Vec::new();
    if !counted.applicant.is_empty() && counted.kind != QuantityKind::Outcome {
        // 自然人1303件，占88.5%.
        all.push(Counted { applicant: Vec::new(), ..counted.clone() });
    }
    if counted.kind == QuantityKind::Proceeding {
        let of_all = |term: &Term| match term {
            Term::Subject { subject, .. } => Term::Subject { subject: *subject, aspect: None },
            Term::Quantity(_) | Term::Requests => *term,
        };
        all.push(Counted { terms: counted.terms.iter().map(of_all).collect(), ..counted.clone() });
    }
    all
}

fn is_nested(passage: &Passage, part: &Mention) -> bool {
    outer_whole(passage, part).is_some()
}

fn outer_whole(passage: &Passage, part: &Mention) -> Option<Decimal> {
    let whole = &passage.mentions[passage.lists[part.list?].whole];
    Some(passage.mentions[passage.lists[whole.list?].whole].value)
}

/// True unless a rate of completion stands behind a figure that is not said to be completed, nor was received, and so may be
/// one of several of which all are meant: 主办131件、会办93件，办复率100%.
fn is_of_done(passage: &Passage, text: &Text, i: usize) -> bool {
    let mentions = &passage.mentions;
    let Some(share) = mentions[i].share.as_ref().filter(|share| share.finish) else { return true };
    let part = &mentions[share.part];
    let from = share.part.checked_sub(1).map_or(0, |before| mentions[before].range.end);
    let to = mentions[i].phrase.start.max(from);
    let said = text.printed().get(from..to).unwrap_or_default();
    part.counted.is_some() || WordLists::get().completed.are_in(said)
}
